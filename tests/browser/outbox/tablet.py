"""Holds an enrolled tablet in a real browser, and what its server has kept; the faults between them are not here."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import BrowserContext, Page

from backend.clock import today
from backend.demo import logins
from tests.support.servers import ROOT, Server

QUIET = "/healthz"  # a page of ours without a script of its own
ITEMS = ("personal", "close", "social", "overall")
THERAPIST = next(login for login in logins() if login.role == "therapist")

LOAD = """() => Promise.all(["sender", "vault"].map((module) => import(`/static/js/${module}.js`)))"""
CALL = """async ([module, name, given]) => {
  const room = await import(`/static/js/${module}.js`);
  return Promise.resolve(room[name](...given)).then(
    (value) => ({ value }),
    (error) => ({ reason: error.reason ?? String(error) }),
  );
}"""
ASK = """async ([address, body]) => {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`/api/v1/${address}`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, json: answer.status === 204 ? null : await answer.json() };
}"""
UNTIL = """async (wanted) => {
  const { onStatus } = await import("/static/js/sender.js");
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`never ${JSON.stringify(wanted)}`)), 120_000);
    onStatus((now) => Object.entries(wanted).every(([name, value]) => now[name] === value) && resolve(now));
  });
}"""
ROWS = """async () => {
  const { transact } = await import("/static/js/store.js");
  return transact("readonly", ({ outbox }) => outbox.index("seq").getAll());
}"""


class NotKept(Exception):
    """Raised when a module of the page threw; the message is its reason."""


@dataclass(frozen=True)
class Visit:
    """Whose answers are marked in a test: a member of an open episode, and who hands the tablet over."""

    staff_id: UUID
    episode_id: UUID
    member_id: UUID

    def answer(self, mark: int = 6250, *, session_id: UUID | None = None, skipped: bool = False) -> dict[str, Any]:
        """Gives one form as the page deposits it, marked or skipped, in a session that the server may not know yet."""
        touch = {"line_px": 580.5, "input": "tap", "ms": 1200, "remarks": 1}
        capture = {"items": {} if skipped else dict.fromkeys(ITEMS, touch), "dpr": 2, "viewport": [1180, 820]}
        return {
            "staff_id": str(self.staff_id),
            "session": {
                "id": str(session_id or uuid4()),
                "episode_id": str(self.episode_id),
                "held_on": today().isoformat(),
                "kind": "family",
            },
            "member_id": str(self.member_id),
            "person": None,
            "rater_id": None,
            "instrument": "ors",
            "version": "1",
            "language": "da",
            "marks": {} if skipped else dict.fromkeys(ITEMS, mark),
            "skipped": skipped,
            "capture": capture | {"zoom": 1, "mode": "all"},
        }


@dataclass
class Tablet:
    """One page of an enrolled tablet: it calls the page's own modules, and nothing stands in for them."""

    page: Page
    visit: Visit

    def call(self, module: str, name: str, *given: Any) -> Any:
        """Calls a function that a module of the page exports. Raises NotKept with the reason it threw."""
        answer = self.page.evaluate(CALL, [module, name, given])
        if "reason" in answer:
            raise NotKept(answer["reason"])
        return answer.get("value")

    def deposit(self, answer: dict[str, Any] | None = None) -> str:
        """Deposits an answer and gives its id."""
        deposited: str = self.call("outbox", "deposit", answer or self.visit.answer())
        return deposited

    def send(self) -> dict[str, Any]:
        """Sends now and gives how it went."""
        outcome: dict[str, Any] = self.call("sender", "sendNow")
        return outcome

    def until(self, **wanted: Any) -> dict[str, Any]:
        """Waits until the sender's status is so, and gives it."""
        status: dict[str, Any] = self.page.evaluate(UNTIL, wanted)
        return status

    def rows(self) -> list[dict[str, Any]]:
        """Gives what lies in the outbox, in the order of its numbers."""
        rows: list[dict[str, Any]] = self.page.evaluate(ROWS)
        return rows

    def reload(self) -> None:
        """Loads the page afresh: what was only in memory is gone."""
        self.page.reload()
        self.page.evaluate(LOAD)

    def second_tab(self) -> Tablet:
        """Opens another tab of the same tablet."""
        page = self.page.context.new_page()
        page.goto(self.page.url)
        page.evaluate(LOAD)
        return Tablet(page, self.visit)


@dataclass(frozen=True)
class Office:
    """Where a tablet is enrolled: the login of a therapist there, and a member of a family with an open episode."""

    login: list[Any]
    visit: Visit


def office_of(context: BrowserContext, server: Server) -> Office:
    """Logs a therapist in, and makes a family with an open episode."""
    page = context.new_page()
    page.goto(f"{server.url}{QUIET}")
    _asked(page, "login", {"email": THERAPIST.email, "password": THERAPIST.password})
    family = _asked(page, "families", {"alias": f"Solsikke {uuid4().hex[:6]}"})["id"]
    member = {"alias": "Kanariefugl", "birth_month": "1990-05", "place": "parent"}
    member_id = _asked(page, f"families/{family}/members", member)["id"]
    episode_id = _asked(page, f"families/{family}/episodes", {"opened_on": today().isoformat()})["id"]
    page.close()
    return Office(context.cookies(), Visit(therapist_of(server), UUID(episode_id), UUID(member_id)))


def enrolled_tablet(context: BrowserContext, server: Server, office: Office | None = None) -> Tablet:
    """Enrols a browser as a tablet and takes the login away again: what is sent from it needs none."""
    office = office or office_of(context, server)
    context.add_cookies(office.login)
    page = context.new_page()
    page.goto(f"{server.url}{QUIET}")
    page.evaluate(LOAD)
    tablet = Tablet(page, office.visit)
    tablet.call("enrolling", "enrol", "Annes iPad")
    for cookie in office.login:
        context.clear_cookies(name=cookie["name"])
    return tablet


def stored(server: Server) -> Counter[str]:
    """Counts the responses that the server has stored, by the id of their envelope."""
    return _counted(server, "SELECT id FROM response")


def received(server: Server) -> Counter[str]:
    """Counts the envelopes that the server has kept, opened or not, by id."""
    return _counted(server, "SELECT envelope_id FROM envelope")


def arrived(server: Server, session_id: UUID) -> list[str]:
    """Gives the ids of the responses that the server has stored in a session, sorted."""
    rows = ask(server, "SELECT id FROM response WHERE session_id = ?", session_id.hex)
    return sorted(str(UUID(name)) for (name,) in rows)


def ask(server: Server, question: str, *given: object) -> list[tuple[Any, ...]]:
    """Asks the server's database file directly."""
    with closing(sqlite3.connect(f"file:{server.data / 'linjen.sqlite'}?mode=ro", uri=True)) as database:
        return database.execute(question, given).fetchall()


def therapist_of(server: Server) -> UUID:
    """Gives the id of the therapist who hands the tablet over."""
    ((found,),) = ask(server, "SELECT id FROM staff WHERE email = ?", THERAPIST.email)
    return UUID(found)


def rotated_key(server: Server) -> str:
    """Lets the operator rotate the sealing key of a running server, and gives the name of the new one."""
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "backend", "rotate-sealing-key"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LINJEN_DATA": str(server.data)},
        check=True,
        capture_output=True,
    )
    return (server.data / "keys" / "current").read_text()


def _counted(server: Server, question: str) -> Counter[str]:
    return Counter(str(UUID(name)) for (name,) in ask(server, question))


def _asked(page: Page, address: str, body: dict[str, Any]) -> Any:
    answer = page.evaluate(ASK, [address, body])
    assert answer["status"] in {200, 201, 204}, answer
    return answer["json"]
