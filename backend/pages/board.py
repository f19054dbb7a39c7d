"""Holds how one session is laid out: a sheet a form with a cell a person, what is missing, what to talk about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from backend.actions.session_view import AnswerView, Attendance, Line, SessionView
from backend.actions.sessions import proposed_form
from backend.instruments import Pack, PackText, packs
from backend.pages.language import locale
from backend.pages.sentences import Alert, alliance_alert, flag_sentences
from backend.scoring import Flag, Zone

PHASES = ("start", "end")


@dataclass(frozen=True)
class Cell:
    """One person's answer on one form, or its absence; `asked` says whether the form was chosen for that person."""

    one: Attendance
    answer: AnswerView | None
    asked: bool
    lines: Mapping[str, Line]

    @property
    def open(self) -> bool:
        """Says whether the form was chosen for the person and is neither answered nor skipped with a reason."""
        return self.asked and (self.answer is None or self.answer.unexplained)


@dataclass(frozen=True)
class Sheet:
    """One form of the session with everybody's cells, in the order of the people."""

    form: Pack
    text: PackText
    cells: tuple[Cell, ...]

    @property
    def begun(self) -> bool:
        """Says whether anybody has answered or skipped this form."""
        return any(cell.answer for cell in self.cells)

    @property
    def marked(self) -> bool:
        """Says whether there is a line to show."""
        return any(cell.lines for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """One session laid out; `proposed` are the members to tick before anybody has answered."""

    view: SessionView
    sheets: tuple[Sheet, ...]
    proposed: frozenset[UUID]
    alerts: tuple[Alert, ...]
    red: tuple[Cell, ...]
    flags: tuple[tuple[str, str], ...]

    @property
    def begun(self) -> bool:
        """Says whether anybody has answered or skipped a form."""
        return self.view.answered

    @property
    def others(self) -> bool:
        """Says whether a collateral rater has answered in this session."""
        return any(one.others for one in self.view.present)

    def waiting(self, phase: str) -> tuple[Attendance, ...]:
        """Gives those who are here and have not answered the form of a phase."""
        return tuple(cell.one for sheet in self._of(phase) for cell in sheet.cells if cell.open)

    @property
    def next(self) -> str:
        """Says what comes next: `start`, `end`, `close`, or nothing more in a session that is over."""
        if self.view.episode_closed or self.view.ended_at:
            return ""
        if not any(sheet.begun for sheet in self.sheets):
            return "start"
        return "close" if any(sheet.begun for sheet in self._of("end")) else "end"

    def _of(self, phase: str) -> tuple[Sheet, ...]:
        return tuple(sheet for sheet in self.sheets if sheet.form.phase == phase)


def words() -> dict[str, Callable[..., object]]:
    """Gives the words that the board's templates ask for."""
    return {word.__name__: word for word in (form_name, form_name_of, youngest, too_young)}


def board_of(view: SessionView) -> Board:
    """Lays out a session."""
    present = view.present
    sheets = tuple(_sheet(form, present) for phase in PHASES for form in _forms(phase, present))
    cells = [cell for sheet in sheets for cell in sheet.cells if cell.answer]
    alerts = [
        alliance_alert(cell.one.person.alias, cell.answer.point, cell.answer.curve) for cell in cells if cell.answer
    ]
    red = [cell for cell in cells if cell.answer and cell.answer.point and cell.answer.point.zone is Zone.RED]
    proposed = frozenset(one.person.id for one in present) or frozenset(_old_enough(view))
    flags = [(cell.one.person.alias, sentence) for cell in cells if cell.answer for sentence in _flags(cell.answer)]
    return Board(view, sheets, proposed, tuple(filter(None, alerts)), tuple(red), tuple(flags))


def form_name(form: str) -> str:
    """Gives the short title of a form on this screen."""
    return packs()[form].text(locale().language).title


def form_name_of(phase: str) -> str:
    """Gives the short title of the form proposed for a phase."""
    return form_name(proposed_form(phase))


def youngest(form: str) -> int | None:
    """Gives the age in years that a form is made for and up, or None."""
    return packs()[form].min_age


def too_young(one: Attendance) -> bool:
    """Says whether a person is younger than the guidance of the form proposed at the start; staff decides."""
    return one.person.age < (youngest(one.start_form) or 0)


def _flags(answer: AnswerView) -> list[str]:
    """Gives what to talk about now: the start at the first answer, the rest at the last."""
    if answer.curve is None or answer.point is None:
        return []
    now = [
        flag
        for flag in answer.curve.trajectory.flags
        if (flag is Flag.INTAKE_AT_OR_OVER_CUTOFF and answer.point.n == 1)
        or (flag is Flag.FORM_CHANGED and answer.point.form_changed)
        or (flag is Flag.SAWTOOTH and answer.point is answer.curve.trajectory.last)
    ]
    return flag_sentences(answer.curve, now)


def _old_enough(view: SessionView) -> list[UUID]:
    return [one.person.id for one in view.people if not too_young(one)]


def _forms(phase: str, present: tuple[Attendance, ...]) -> list[Pack]:
    used = {one.start_form if phase == "start" else one.end_form for one in present}
    used |= {answer.instrument.id for one in present for answer in one.answers.values()}
    return [form for form in packs().values() if form.id in used and form.phase == phase]


def _sheet(form: Pack, present: tuple[Attendance, ...]) -> Sheet:
    return Sheet(form, form.text(locale().language), tuple(_cell(form, one) for one in present))


def _cell(form: Pack, one: Attendance) -> Cell:
    answer = one.answers.get(form.family)
    mine = answer if answer and answer.instrument.id == form.id else None
    asked = mine is not None or (answer is None and form.id in (one.start_form, one.end_form))
    return Cell(one, mine, asked, {line.item: line for line in mine.lines} if mine else {})
