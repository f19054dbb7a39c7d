"""Holds the follow-ups of the demo: some written by hand, others from invented alliance totals that fell far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise, takewhile
from random import Random
from typing import Any, Final

from backend.actions.working_days import next_working_day
from backend.clock import DENMARK
from backend.demo.invented import InventedEpisode
from backend.demo.rows import Home, Rows
from backend.instruments import packs
from backend.models import Episode, FollowUp, Response, TherapySession

NOON: Final = time(12)
FALL: Final = 30  # tenths: far enough that a caseload has a few
RECENT: Final = timedelta(days=30)
FORGOTTEN: Final = timedelta(days=4)
AGREED: Final = (
    "Vi bruger de første ti minutter på det, som fylder mest i dag.",
    "Vi taler langsommere, og pauserne må være lange.",
    "Næste gang er det kun de voksne, der kommer.",
    "Det var mest ugen, der var hård. Vi holder fast i planen.",
)


@dataclass(frozen=True, slots=True)
class ByHand:
    """One follow-up that staff wrote; `member` counts from 0, None is the family, `due` days from today."""

    member: int | None
    words: str
    due: int
    state: str = "new"
    agreed: str = ""


BY_HAND: Final[Mapping[str, tuple[ByHand, ...]]] = {
    "Solsikke 12": (
        ByHand(
            0,
            "Ring til Maria om den nye rådgiver",
            -27,
            "adjusted",
            "Vi begynder hver samtale med det, som Maria vil tale om. Jonas henter Noah, så hun kan blive til slut.",
        ),
    ),
    "Regnbue 7": (
        ByHand(
            0,
            "Ring til Amal med tolk om gruppen",
            -8,
            "called",
            "Amal kommer i gruppen hver anden tirsdag. Tolken er med på telefon.",
        ),
        ByHand(1, "Ring til Omar: hvordan går det med at sove i egen seng?", 0),
    ),
    "Viben 2": (ByHand(0, "Ring til Bodil om kørsel til gruppen", -3),),
    "Svalen 4": (ByHand(None, "Ring til familien om netværksmødet", 3),),
    "Mejsen 6": (
        ByHand(0, "Ring til Ellinor om skolestarten", -5, "called", "Skolen holder møde med os i næste uge."),
    ),
}


def add_follow_ups(rows: Rows, home: Home, episode: InventedEpisode) -> None:
    """Adds the follow-ups of the episode that was added last, if it is open: by hand, and one for a far fall."""
    if episode.closed_on is not None:
        return
    today = rows.moment.astimezone(DENMARK).date()
    for one in BY_HAND.get(home.family.alias, ()):
        member_id = None if one.member is None else home.member_ids[one.member]
        due_on = today + timedelta(days=one.due)
        made_on = min(today, due_on) - timedelta(days=1)
        _add(rows, home, made_on, due_on, one.state, one.agreed, member_id=member_id, cause_id=None, words=one.words)
    if home.family.alias not in BY_HAND:
        _add_cause(rows, home, today)


def _add_cause(rows: Rows, home: Home, today: date) -> None:
    """Adds the follow-up of the latest far fall of an alliance total, called unless it is new or forgotten."""
    fallen = [each for each in _falls(rows) if today - RECENT <= each[0] < today]
    if not fallen:
        return
    held_on, response = max(fallen, key=lambda each: each[0])
    due_on, rng = next_working_day(held_on), Random(home.family.alias)  # noqa: S311
    state = "new" if due_on >= today - FORGOTTEN else rng.choice(("called", "adjusted"))
    agreed = "" if state == "new" else rng.choice(AGREED)
    cause = {"member_id": response["member_id"], "cause_id": response["id"], "words": ""}
    _add(rows, home, held_on, due_on, state, agreed, **cause)


def _falls(rows: Rows) -> Iterator[tuple[date, dict[str, Any]]]:
    """Gives the own answers of the episode that was added last whose alliance total fell far, and their days."""
    episode_id = rows.waiting[Episode][-1]["id"]
    given = list(takewhile(lambda row: row["episode_id"] == episode_id, reversed(rows.waiting[Response])))[::-1]
    held = takewhile(lambda row: row["episode_id"] == episode_id, reversed(rows.waiting[TherapySession]))
    days = {row["id"]: row["held_on"] for row in held}
    own = [row for row in given if row["rater_id"] is None and row["total"] is not None]
    for member_id in dict.fromkeys(row["member_id"] for row in own):
        totals = [r for r in own if r["member_id"] == member_id and packs()[r["instrument"]].kind == "alliance"]
        yield from ((days[b["session_id"]], b) for a, b in pairwise(totals) if a["total"] - b["total"] >= FALL)


def _add(rows: Rows, home: Home, made_on: date, due_on: date, state: str, agreed: str, **about: Any) -> None:
    called = min(datetime.combine(due_on, NOON, DENMARK), rows.moment)
    rows.add(
        FollowUp,
        episode_id=rows.waiting[Episode][-1]["id"],
        due_on=due_on,
        state=state,
        agreed=agreed,
        created_by=home.staff_id,
        created_at=min(datetime.combine(made_on, NOON, DENMARK), rows.moment),
        called_at=None if state == "new" else called,
        adjusted_at=called if state == "adjusted" else None,
        withdrawn_at=None,
        **about,
    )
