"""Tests the same outbox in the engine nearest to Safari's: sealed, kept over a reload, sent once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from selenium.webdriver.remote.webdriver import WebDriver

from backend.clock import today
from tests.browser.outbox.tablet import ASK, CALL, QUIET, THERAPIST, Visit, stored, therapist_of
from tests.support.servers import Server


def run(browser: WebDriver, script: str, given: Any) -> Any:
    """Runs an asynchronous function of the page and gives its result."""
    ends = "arguments[1], (error) => arguments[1]({ reason: String(error) })"
    return browser.execute_async_script(f"({script})(arguments[0]).then({ends})", given)


def asked(browser: WebDriver, address: str, body: dict[str, Any]) -> Any:
    """Asks the API as the page may, and gives the answer's body."""
    answer = run(browser, ASK, [address, body])
    assert answer.get("status") in {200, 201, 204}, answer
    return answer["json"]


def called(browser: WebDriver, module: str, name: str, *given: Any) -> Any:
    """Calls a function that a module of the page exports."""
    answer = run(browser, CALL, [module, name, given])
    assert "reason" not in answer, answer
    return answer.get("value")


def a_visit(browser: WebDriver, server: Server) -> Visit:
    """Logs in, makes a family with an open episode, and enrols the browser as a tablet."""
    asked(browser, "login", {"email": THERAPIST.email, "password": THERAPIST.password})
    family = asked(browser, "families", {"alias": f"Solsikke {uuid4().hex[:6]}"})["id"]
    member = {"alias": "Kanariefugl", "birth_month": "1990-05", "place": "parent"}
    member_id = asked(browser, f"families/{family}/members", member)["id"]
    episode_id = asked(browser, f"families/{family}/episodes", {"opened_on": today().isoformat()})["id"]
    called(browser, "enrolling", "enrol", "Annes iPad")
    return Visit(therapist_of(server), UUID(episode_id), UUID(member_id))


def test_the_engine_of_safari_keeps_seals_and_sends_as_well(webkit: WebDriver, live_server: Server) -> None:
    webkit.get(f"{live_server.url}{QUIET}")
    visit = a_visit(webkit, live_server)
    called(webkit, "vault", "keep", "draft", {"lines": [1]})
    ids = [called(webkit, "outbox", "deposit", visit.answer()) for _ in range(2)]
    webkit.refresh()
    assert called(webkit, "outbox", "waiting")["count"] == 2
    assert called(webkit, "vault", "recall", "draft", {"withinMs": 1_200_000}) == {"lines": [1]}
    outcome = called(webkit, "sender", "sendNow")
    assert outcome == {"sent": 2, "left": 0, "stopped": None, "reached": True}
    assert [stored(live_server)[name] for name in ids] == [1, 1]
