"""Promise A1: every route × every kind of caller is declared here and tried; a route that is not declared fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule

from backend.actions import (
    episodes,
    events,
    follow_ups,
    goals,
    groups,
    inbox,
    intervention_types,
    links,
    settling,
    supervision,
)
from backend.clock import today
from backend.security.access import rule_of
from tests.factories import (
    Person,
    a_browser,
    a_case,
    a_deposit,
    a_house,
    a_session,
    a_tablet,
    an_answer,
    an_envelope,
    somebody,
)

CARE = frozenset({"therapist", "leader"})
STAFF = CARE | {"evaluator", "admin"}
KEEPERS = CARE | {"admin"}
NOBODY = frozenset({"anonymous", "tablet"})  # callers without a login
ANYONE = STAFF | NOBODY
DECLARED = {
    "static": ANYONE,
    "health.alive": ANYONE,
    "health.ready": ANYONE,
    "health.metrics": ANYONE,
    "api-docs.openapi_json": ANYONE,
    "api-viewer.show": ANYONE,
    "api-login.log_in": ANYONE,
    "api-login.log_out": STAFF,
    "api-instruments.listed": STAFF,
    "api-instruments.shown": STAFF,
    "api-families.listed": CARE,
    "api-families.added": CARE,
    "api-families.member_added": CARE,
    "api-families.episode_opened": CARE,
    "api-episodes.closed": CARE,
    "api-episodes.rater_added": CARE,
    "api-episodes.session_held": CARE,
    "api-responses.put": CARE,
    "api-tablets.enrolled": KEEPERS,
    "api-inbox.deposited": frozenset({"tablet"}),
    "api-trajectories.trajectories": CARE,
    "login.show": ANYONE,
    "login.log_in": ANYONE,
    "login.log_out": STAFF,
    "today.home": STAFF,
    "today.show": STAFF,
    "today.begin": CARE,
    "families.listed": CARE,
    "caseload.show": CARE,
    "families.ask_new": CARE,
    "families.add": CARE,
    "families.show": CARE,
    "families.add_member": CARE,
    "families.open_episode": CARE,
    "episodes.show": CARE,
    "episodes.hold_session": CARE,
    "episodes.add_rater": CARE,
    "episodes.close": CARE,
    "curves.show": CARE,
    "sessions.show": CARE,
    "sessions.choose": CARE,
    "sessions.give": CARE,
    "sessions.give_one": CARE,
    "sessions.skip": CARE,
    "sessions.note": CARE,
    "sessions.words_of_family": CARE,
    "together.show": CARE,
    "together.begin": CARE,
    "together.say": CARE,
    "together.hide": CARE,
    "corrections.show": CARE,
    "corrections.correct": CARE,
    "sessions.end": CARE,
    "instruments.show": STAFF,
    "instruments.record": frozenset({"admin"}),
    "language.choose": STAFF,
    "worker.script": ANYONE,
    "worker.manifest": ANYONE,
    "tablet.shell": ANYONE,
    "tablet.words": ANYONE,
    "tablet.blank_form": ANYONE,
    "tablet.turns": CARE,
    "tablet.unlock": CARE,
    "api-visit-plans.made": CARE,
    "visits.show": CARE,
    "ipads.show": KEEPERS,
    "ipads.ask": KEEPERS,
    "ipads.revoke": KEEPERS,
    "ipads.account": KEEPERS,
    "settling.show": KEEPERS,
    "settling.accept": CARE,
    "settling.set_aside": KEEPERS,
    "goals.write": CARE,
    "goals.reword": CARE,
    "goals.end": CARE,
    "episodes.reopen": CARE,
    "events.ask_new": CARE,
    "events.write": CARE,
    "events.show": CARE,
    "events.replace": CARE,
    "events.withdraw": CARE,
    "handovers.show": CARE,
    "handovers.hand_over": CARE,
    "handovers.undo": CARE,
    "handovers.done": CARE,
    "intervention_types.show": frozenset({"admin"}),
    "intervention_types.add": frozenset({"admin"}),
    "intervention_types.rename": frozenset({"admin"}),
    "intervention_types.move_up": frozenset({"admin"}),
    "intervention_types.use": frozenset({"admin"}),
    "raters.remove": CARE,
    "comparison.show": CARE,
    "groups.listed": CARE,
    "groups.ask_new": CARE,
    "groups.add": CARE,
    "groups.show": CARE,
    "groups.add_people": CARE,
    "groups.give": CARE,
    "links.waiting": CARE,
    "links.choose": CARE,
    "links.make": CARE,
    "links.revoke": CARE,
    "links.remind": CARE,
    "team.show": frozenset({"leader"}),
    "supervision.listed": CARE,
    "supervision.ask_new": CARE,
    "supervision.ask": CARE,
    "supervision.finish": CARE,
    "invitations.show": ANYONE,
    "invitations.begin": ANYONE,
    "invitations.answer": ANYONE,
    "follow_ups.listed": CARE,
    "follow_ups.promise": CARE,
    "follow_ups.call": CARE,
    "follow_ups.adjust": CARE,
    "follow_ups.move": CARE,
    "follow_ups.withdraw": CARE,
    "follow_ups.reopen": CARE,
    "search.show": CARE,
}
WHILE_HANDED_OVER = {
    "static", "health.alive", "health.ready", "health.metrics", "api-docs.openapi_json", "api-inbox.deposited",
    "tablet.shell", "tablet.words", "tablet.blank_form", "tablet.turns", "tablet.unlock",
    "worker.script", "worker.manifest",
    "together.show", "together.say", "together.hide",
}  # fmt: skip
CALLERS = ("anonymous", "tablet", "therapist", "other therapist", "leader", "evaluator", "admin", "other agency")
OUTSIDE = {"other therapist", "other agency"}
SEEN_BY_COLLEAGUES = {"ipads.revoke", "ipads.account"}  # every tablet is on the list of the agency


@dataclass(frozen=True)
class Address:
    """One route and method with real ids filled in; `personal` says that it names somebody's family."""

    endpoint: str
    method: str
    path: str
    personal: bool


def addresses(app: Flask) -> Iterator[Address]:
    with app.app_context():
        case = a_case(somebody(HOUSES[app]))
        held = a_session(case)
        trajectories = f"?episode={case.episode.id}"
        goal = goals.write_goal(case.therapist.actor, case.episode.id, "Ro om morgenen", "keep")
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lise")
        group = groups.create_group(case.therapist.actor, "Forældregruppe", today(), [case.member.id])
        link = links.make_link(case.therapist.actor, held.id, case.member.id, "ors")
        other = a_case(case.therapist)  # which nobody closes on the way
        invited = links.make_link(case.therapist.actor, a_session(other).id, other.member.id, "ors")
        tablet = a_tablet(case.therapist)
        inbox.deposit(tablet.depositor, [an_envelope(tablet, a_deposit(case, held)) | {"kid": "0" * 16}])
        answered = an_answer(case, held)
        asked = supervision.ask(case.therapist.actor, case.episode.id, case.member.id, "Hvad nu?")
        event = events.write_event(case.therapist.actor, case.episode.id, events.Change("life", "flytning", today()))
        kind = intervention_types.types(case.therapist.actor)[0]
        follow_up = follow_ups.promise(case.therapist.actor, case.episode.id, None, "Ring om skolen")
        (unsettled,) = settling.to_settle(case.therapist.actor)
    ids = {
        "family_id": case.family.id,
        "member_id": case.member.id,
        "episode_id": case.episode.id,
        "session_id": held.id,
        "case_id": asked.id,
        "response_id": answered.id,
        "goal_id": goal.id,
        "event_id": event.id,
        "type_id": kind.id,
        "follow_up_id": follow_up.id,
        "rater_id": rater.id,
        "group_id": group.id,
        "link_id": link.view.id,
        "token": invited.token,
        "tablet_id": tablet.id,
        "envelope_id": unsettled.id,
        "instrument": "ors",
        "version": "1",
        "language": "da",
        "filename": "css/base.css",
    }
    OWNERS[app] = case.therapist
    rules: list[Rule] = list(app.url_map.iter_rules())
    for rule in rules:
        path = app.url_map.bind("127.0.0.1").build(rule.endpoint, {name: ids[name] for name in rule.arguments})
        personal = bool(rule.arguments - {"instrument", "version", "language", "filename", "response_id", "token"})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            query = trajectories if rule.endpoint == "api-trajectories.trajectories" else ""
            yield Address(rule.endpoint, method, path + query, personal)


HOUSES: dict[Flask, object] = {}
OWNERS: dict[Flask, Person] = {}


def test_every_route_is_declared_here_and_in_the_code_alike(app: Flask) -> None:
    with app.app_context():
        for endpoint in app.view_functions:
            rule = rule_of(endpoint)
            assert rule is not None, f"{endpoint} declares nobody"
            allowed = frozenset(rule.roles) | (ANYONE if rule.anyone else {"tablet"} if rule.tablet else set())
            assert allowed == DECLARED.get(endpoint), f"{endpoint} is for {sorted(allowed)}: declare it in this file"
            assert rule.handed_over == (endpoint in WHILE_HANDED_OVER), f"{endpoint}, while the tablet is handed over"


@pytest.mark.parametrize("caller", CALLERS)
def test_every_route_answers_a_caller_as_declared(app: Flask, caller: str) -> None:
    with app.app_context():
        house = HOUSES[app] = a_house()
        elsewhere = a_house()
    every = list(addresses(app))
    with app.app_context():
        tablet = a_tablet(OWNERS[app]) if caller == "tablet" else None
    for address in every:
        if address.endpoint.endswith("log_out"):
            continue
        with app.app_context():
            person = {
                "anonymous": lambda: None,
                "tablet": lambda: None,
                "therapist": lambda: OWNERS[app],
                "other agency": lambda: CACHE.setdefault((app, caller), somebody(elsewhere)),
                "other therapist": lambda: CACHE.setdefault((app, caller), somebody(house)),
            }.get(caller, lambda: CACHE.setdefault((app, caller), somebody(house, caller)))()
            client = a_browser(app, person, tablet)
        role = {"other therapist": "therapist", "other agency": "therapist"}.get(caller, caller)
        answer = client.open(address.path, method=address.method, json={} if "/api/" in address.path else None)
        told = f"{address.method} {address.path} for {caller}: {answer.status}"
        if role not in DECLARED[address.endpoint]:
            to_login = answer.status_code == 303 and answer.headers["Location"].endswith("/log-ind")
            assert answer.status_code in {401, 403} or (caller in NOBODY and to_login), told
        elif caller in OUTSIDE and address.personal and answer.status_code != 422:
            seen = address.endpoint in SEEN_BY_COLLEAGUES and caller == "other therapist"
            assert answer.status_code == (403 if seen else 404), told
        else:
            assert answer.status_code not in {401, 403, 404, 405} or address.endpoint.endswith("log_in"), told
        assert answer.status_code < 500, told


CACHE: dict[tuple[Flask, str], Person] = {}
