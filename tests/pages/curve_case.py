"""Makes episodes as the pages get them, from totals alone, without a database; it tests nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask, render_template

from backend.actions.event_view import EventRow
from backend.actions.families import Person
from backend.actions.off_curve import OffCurve
from backend.actions.overview import EpisodeView, MemberCurves, RaterRow
from backend.actions.sessions import SessionRow
from backend.actions.trajectories import Curve
from backend.instruments import Pack, packs
from backend.pages.beside_curve import differences, sparks
from backend.pages.curve_readings import readings
from backend.pages.curve_sheet import Shown, sheet
from backend.pages.event_words import event_words
from backend.pages.goal_lines import goal_words
from backend.pages.raters import relations_to_choose
from backend.pages.small_multiples import multiples
from backend.scoring import (
    OPEN_REFERENCE,
    AgeGroup,
    Scored,
    Trajectory,
    alliance_trajectory,
    outcome_trajectory,
    reliable_change,
)
from tests.support.databases import SECRET

FIRST = date(2026, 5, 12)
MARIA = (138, 169, 194, 218, 206, 231, 243, 222, 205)
JONAS = {1: 130, 3: 156, 5: 184, 7: 201, 9: 162}
SRS = (340, 352, 364, 370, 368, 375, 379, 371, 347)
EPISODE = UUID(int=1)
ids = count(1000)

Totals = Sequence[int | None] | Mapping[int, int | None]


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app that only draws: nothing here opens its database."""
    from backend import create_app
    from backend.settings import Settings

    folder = tmp_path_factory.mktemp("drawing")
    app = create_app(Settings(data=Path(folder), database_url=f"sqlite:///{folder}/none.sqlite", secret=SECRET))
    with app.test_request_context("/"):
        yield app


def held(days: Sequence[int]) -> tuple[SessionRow, ...]:
    """Gives one session for each number of days after the first, oldest first."""
    rows = enumerate((FIRST + timedelta(days=after) for after in days), start=1)
    return tuple(
        SessionRow(UUID(int=next(ids)), EPISODE, UUID(int=2), "Solsikke 12", n, day, "family", None) for n, day in rows
    )


def fortnightly(number: int) -> tuple[SessionRow, ...]:
    """Gives so many sessions, one a fortnight."""
    return held(range(0, 14 * number, 14))


def scored(form: Pack, rows: Sequence[SessionRow], totals: Totals) -> list[Scored]:
    """Gives the forms of one rater; a total of None is a form with its last line missing."""
    by_number = totals if isinstance(totals, Mapping) else dict(enumerate(totals, start=1))
    answered = [(row, by_number[row.number]) for row in rows if row.number in by_number]
    return [Scored(row.id, row.held_on, form.id, _scores(form, total), total) for row, total in answered]


def _scores(form: Pack, total: int | None) -> dict[str, int]:
    items = form.items if total is not None else form.items[:-1]
    return {item.id: 10 + 9 * (200 if total is None else total) // 40 for item in items}


def a_person(alias: str = "Maria", age: int = 38, place: str = "parent", born: str = "1988-03") -> Person:
    """Gives one member of a family."""
    return Person(UUID(int=next(ids)), alias, place, age, born, "da")


def ors(
    person: Person,
    rows: Sequence[SessionRow],
    totals: Totals,
    rater: str | None = None,
    group: AgeGroup = AgeGroup.ADULT,
    forms: Sequence[str] = ("ors",),
) -> Curve:
    """Gives an outcome curve, the person's own or another rater's; several forms follow each other in equal shares."""
    share = -(-len(rows) // len(forms))
    given = [
        one for i, form in enumerate(forms) for one in scored(packs()[form], rows[i * share : (i + 1) * share], totals)
    ]
    form = packs()[forms[-1]]
    trajectory = outcome_trajectory(
        given,
        group=group,
        cutoff=form.cutoffs[group],
        reliable_change=max(reliable_change(used.sd, used.alpha) for used in map(packs().__getitem__, forms)),
        course=OPEN_REFERENCE,
    )
    return _curve(person, form, trajectory, rater)


def srs(person: Person, rows: Sequence[SessionRow], totals: Totals) -> Curve:
    """Gives a person's own alliance curve."""
    form = packs()["srs"]
    return _curve(person, form, alliance_trajectory(scored(form, rows, totals), cutoff=form.cutoffs["all"]), None)


def _curve(person: Person, form: Pack, trajectory: Trajectory, rater: str | None) -> Curve:
    rater_id = UUID(int=next(ids)) if rater else None
    return Curve(person.id, rater_id, rater, "other" if rater else None, form.family, form, trajectory)


def a_view(rows: Sequence[SessionRow], *members: tuple[Person, Sequence[Curve]]) -> EpisodeView:
    """Gives the episode of these sessions, given oldest first, and members."""
    return EpisodeView(
        id=EPISODE,
        family_id=UUID(int=2),
        family="Solsikke 12",
        programme="Familiebehandling",
        opened_on=FIRST - timedelta(days=7),
        closed_on=None,
        close_reason=None,
        course=OPEN_REFERENCE,
        members=tuple(MemberCurves(person, tuple(curves)) for person, curves in members),
        raters=tuple(
            RaterRow(curve.rater_id, person.id, curve.rater, "other", None)
            for person, curves in members
            for curve in curves
            if curve.rater_id and curve.rater
        ),
        sessions=tuple(reversed(rows)),
    )


def an_event(kind: str, name: str, after: int, until: int | None = None, about: Person | None = None) -> EventRow:
    """Gives one event so many days after the first session; a pause until so many."""
    since, end = FIRST + timedelta(days=after), None if until is None else FIRST + timedelta(days=until)
    return EventRow(
        id=UUID(int=next(ids)),
        kind=kind,
        name=name,
        type="Familiebehandling (FAMBH)" if kind == "intervention" else None,
        member=about.alias if about else None,
        since=since,
        until=end,
        reason="",
        agreement=(),
        history=(),
        written_by="Anne Krog",
        written_at=datetime.combine(since, time(12), UTC),
        type_id=UUID(int=3) if kind == "intervention" else None,
        member_id=about.id if about else None,
    )


def skipped(person: Person, row: SessionRow, reason: str, form: str = "ors") -> OffCurve:
    """Gives one form that a person skipped in a session."""
    return OffCurve(person.id, row.id, packs()[form], reason)


def faces(person: Person, row: SessionRow) -> OffCurve:
    """Gives one answer with faces."""
    return OffCurve(person.id, row.id, packs()["ycors"], None)


def solsikke() -> EpisodeView:
    """Gives Maria's nine sessions as the mockups show them, with Jonas beside her and a summer in between."""
    rows, maria = held((0, 14, 28, 42, 98, 119, 140, 168, 196)), a_person()
    return a_view(rows, (maria, [ors(maria, rows, MARIA), srs(maria, rows, SRS), ors(maria, rows, JONAS, "Jonas")]))


def curve_page(view: EpisodeView, *vis: str) -> str:
    """Draws the screen of the first member's curve."""
    drawn = sheet(view, view.members[0].person.id, Shown.of(vis))
    beside = {"sparks": sparks(drawn.outcome), "differences": differences(drawn), "readings": readings(drawn)}
    return render_template("staff/curve.html", view=view, sheet=drawn, **beside)


def episode_page(view: EpisodeView) -> str:
    """Draws the screen of an episode."""
    people = {str(one.person.id): one.person.alias for one in view.members}
    given = {"open_form": "", "problem": None, "typed": {}, "goals": (), "relations": relations_to_choose()}
    return render_template(
        "staff/episode.html",
        view=view,
        multiples=multiples(view),
        people=people,
        **given,
        **goal_words(),
        **event_words(),
    )


def seen(html: str, tag: str) -> list[str]:
    """Gives the text of every element of a kind, white space made single."""
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", text).split()) for text in found]


def rows_of(html: str) -> dict[str, list[str]]:
    """Gives the table as its row heads and cells."""
    table = re.search(r"<table.*?</table>", html, re.DOTALL)
    assert table is not None
    found = {}
    for row in re.findall(r"<tr.*?</tr>", table[0], re.DOTALL):
        head, *rest = seen(row, "t[hd]")
        found[head] = rest
    return found


def walk(number: int) -> list[int | None]:
    """Gives so many totals that rise and fall."""
    return [150 + 10 * (n % 7) for n in range(number)]


def alone(totals: Sequence[int | None], *, days: int = 14) -> str:
    """Draws the screen of somebody with this curve alone."""
    rows, maria = held([days * n for n in range(len(totals))]), a_person()
    return curve_page(a_view(rows, (maria, [ors(maria, rows, totals)])))
