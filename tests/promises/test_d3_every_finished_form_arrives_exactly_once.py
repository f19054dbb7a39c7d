"""Tests promise D3: 500 random fault schedules over the page's own outbox end with server set = finished set."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from backend.clock import now
from tests.browser.outbox.faults import INBOX, Faults
from tests.browser.outbox.tablet import Tablet, arrived, enrolled_tablet, received
from tests.support.chromium import NewContext
from tests.support.servers import Server

SCHEDULES, HARD_SCHEDULES = 480, 20
STEPS = 4
PASSING = ("lose request", "lose answer", "500", "503", "401", "403", "429 60", "302", "200")
BEGIN = """async () => { const { sendNow } = await import("/static/js/sender.js"); window.sending = sendNow(); }"""
SENT = "() => window.sending"
START = """async () => (await import("/static/js/sender.js")).startSending()"""
TABS = st.sampled_from((0, 1))
FAULTS = st.sampled_from(PASSING)


class Schedule(RuleBasedStateMachine):
    """One way from the first finished form to a sound network; subclasses say what happens in between."""

    def __init__(self, tabs: list[Tablet], faults: Faults, server: Server, finished: list[str]) -> None:
        super().__init__()
        self.tabs, self.faults, self.server, self.finished = tabs, faults, server, finished
        self.session_id = uuid4()
        self.own: list[str] = []
        self.waiting = 0

    @initialize(tab=TABS)
    def finish_the_first_form(self, tab: int) -> None:
        self.finish(tab)

    def finish(self, tab: int) -> None:
        """Finishes a form in a tab: from here on it must arrive."""
        self.own.append(self.tabs[tab].deposit(self.tabs[tab].visit.answer(session_id=self.session_id)))
        self.waiting += 1

    def teardown(self) -> None:
        self.faults.coming.clear()
        while self.waiting:
            self.waiting = self.tabs[0].send()["left"]
        assert arrived(self.server, self.session_id) == sorted(self.own)
        self.finished.extend(self.own)


class Tabs(Schedule):
    """Two tabs send when they are told to and not before, so that each step has one right outcome."""

    @rule(tab=TABS)
    def finish_a_form(self, tab: int) -> None:
        self.finish(tab)

    @precondition(lambda self: self.waiting)
    @rule(tab=TABS)
    def send(self, tab: int) -> None:
        assert self.tabs[tab].send() == {"sent": self.waiting, "left": 0, "stopped": None, "reached": True}
        self.waiting = 0

    @precondition(lambda self: self.waiting)
    @rule(tab=TABS, fault=FAULTS)
    def send_with_a_fault_on_the_way(self, tab: int, fault: str) -> None:
        self.faults.then(fault)
        outcome = self.tabs[tab].send()
        assert (outcome["sent"], outcome["left"]) == (0, self.waiting)

    @rule(tab=TABS)
    def finish_a_form_while_the_server_is_slow(self, tab: int) -> None:
        left = 0 if self.waiting else 1  # a tab with nothing to send only greets
        self.faults.then("hold")
        with self.tabs[tab].page.expect_request(INBOX):
            self.tabs[tab].page.evaluate(BEGIN)
        self.finish(1 - tab)
        self.faults.release()
        assert self.tabs[tab].page.evaluate(SENT)["left"] == left
        self.waiting = left

    @precondition(lambda self: self.waiting)
    @rule(fault=st.sampled_from(("", "lose request", "lose answer", "500")))
    def send_from_two_tabs_at_once(self, fault: str) -> None:
        self.faults.then(fault)
        for tab in self.tabs:
            tab.page.evaluate(BEGIN)
        assert sum(tab.page.evaluate(SENT)["sent"] for tab in self.tabs) == self.waiting
        self.waiting = 0


class HardTimes(Schedule):
    """Tabs send by themselves while pages are left, the network goes, clocks are turned and the server is killed."""

    @rule(tab=TABS)
    def finish_a_form(self, tab: int) -> None:
        self.finish(tab)

    @rule(fault=FAULTS)
    def meet_a_fault(self, fault: str) -> None:
        self.faults.then(fault)

    @rule(tab=TABS)
    def leave_the_page_while_a_form_is_sent(self, tab: int) -> None:
        self.finish(tab)
        self.tabs[tab].page.evaluate(BEGIN)
        self.tabs[tab].reload()
        self.tabs[tab].page.evaluate(START)

    @rule(tab=TABS, hours=st.sampled_from((-24, 0, 24)))
    def turn_the_clock(self, tab: int, hours: int) -> None:
        self.tabs[tab].page.clock.set_fixed_time(now() + timedelta(hours=hours))
        self.finish(tab)

    @rule(tab=TABS)
    def lose_the_network_for_a_while(self, tab: int) -> None:
        self.tabs[tab].page.context.set_offline(True)
        self.finish(tab)
        self.tabs[tab].page.context.set_offline(False)

    @rule(tab=TABS)
    def kill_the_server_while_a_form_is_sent(self, tab: int) -> None:
        self.finish(tab)
        self.tabs[tab].page.evaluate(BEGIN)
        self.server.kill()
        self.finish(tab)
        self.server.start()


def schedules(number: int) -> settings:
    """Gives the settings of so many schedules, the same ones in every run."""
    return settings(
        max_examples=number,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def two_tabs(new_context: NewContext, server: Server) -> tuple[list[Tablet], Faults]:
    """Gives two tabs of one enrolled tablet, and what stands between it and the server."""
    first = enrolled_tablet(new_context(), server)
    return [first, first.second_tab()], Faults().between(first.page.context)


def play(machine: type[Schedule], number: int, tabs: list[Tablet], faults: Faults, server: Server) -> None:
    """Plays so many schedules; in the end the server has each finished form exactly once."""
    finished: list[str] = []
    run_state_machine_as_test(partial(machine, tabs, faults, server, finished), settings=schedules(number))
    counted = received(server)
    assert len(finished) >= number
    assert [counted[name] for name in finished] == [1] * len(finished)


@pytest.mark.heavy
def test_whatever_fails_on_the_way_every_finished_form_arrives_exactly_once(
    new_context: NewContext, live_server: Server
) -> None:
    tabs, faults = two_tabs(new_context, live_server)
    tabs[0].page.clock.install()
    tabs[0].page.clock.pause_at(now() + timedelta(minutes=5))  # no timer of the sender's steps in between
    play(Tabs, SCHEDULES, tabs, faults, live_server)


def test_whatever_page_clock_or_server_does_every_finished_form_arrives_exactly_once(
    new_context: NewContext, live_server: Server
) -> None:
    tabs, faults = two_tabs(new_context, live_server)
    for tab in tabs:
        tab.page.evaluate(START)
    play(HardTimes, HARD_SCHEDULES, tabs, faults, live_server)
