"""Holds how one session is laid out: sheets of forms with a cell a person, what is missing, what to talk about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from backend.actions.answer_view import AnswerView, Line
from backend.actions.chosen_forms import PHASES
from backend.actions.extra_turns import Extra
from backend.actions.session_view import Attendance, SessionView
from backend.instruments import Pack, PackText
from backend.pages import answer_words, form_words
from backend.pages.language import locale
from backend.pages.sentences import Alert, alliance_alert, flag_sentences
from backend.scoring import Flag, Zone


@dataclass(frozen=True)
class Cell:
    """One person's answer on one form, or its absence; `asked` says whether a form of the sheet was chosen."""

    one: Attendance
    form: Pack
    answer: AnswerView | None
    asked: bool
    lines: Mapping[str, Line]

    @property
    def open(self) -> bool:
        """Says whether the form was chosen for the person and is neither answered nor skipped with a reason."""
        return self.asked and (self.answer is None or self.answer.unexplained)

    def line(self, row: int) -> Line | None:
        """Gives the line in a row: forms of one family ask the same in the same order, for other ages."""
        return self.lines.get(self.form.items[row].id) if row < len(self.form.items) else None


@dataclass(frozen=True)
class Sheet:
    """The forms of one family with everybody's cells, in the order of the people; named after that for the oldest."""

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
        return any(one.others for one in self.view.shown)

    @property
    def more(self) -> tuple[tuple[tuple[Extra, ...], ...], ...]:
        """Gives the turns besides start and end: for each person who answers and each form, its waves."""
        people: dict[UUID, dict[str, list[Extra]]] = {}
        for extra in self.view.extras:
            people.setdefault(extra.rater_id or extra.member_id, {}).setdefault(extra.form.id, []).append(extra)
        return tuple(tuple(map(tuple, forms.values())) for forms in people.values())

    @property
    def voices(self) -> tuple[Attendance, ...]:
        """Gives those who have answered a form that is neither of the start nor of the end."""
        return tuple(one for one in self.view.shown if one.voices)

    def waiting(self, phase: str) -> tuple[Attendance, ...]:
        """Gives those who are here and have not answered the form of a phase."""
        return tuple(cell.one for sheet in self._of(phase) for cell in sheet.cells if cell.open)

    def titles(self, phase: str) -> str:
        """Names the forms that are handed over in a phase: those not answered yet, or of those who are proposed."""
        people = self.waiting(phase) or [one for one in self.view.people if one.person.id in self.proposed]
        forms = dict.fromkeys(one.start if phase == "start" else one.end for one in people)
        return ", ".join(dict.fromkeys(form.text(locale().language).title.lower() for form in forms))

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
    return {word.__name__: word for word in (*form_words.WORDS, *answer_words.WORDS)}


def board_of(view: SessionView) -> Board:
    """Lays out a session."""
    sheets = tuple(_sheets(view.shown))
    cells = [cell for sheet in sheets for cell in sheet.cells if cell.answer]
    alerts = [
        alliance_alert(cell.one.person.alias, cell.answer.point, cell.answer.curve) for cell in cells if cell.answer
    ]
    red = [cell for cell in cells if cell.answer and cell.answer.point and cell.answer.point.zone is Zone.RED]
    proposed = frozenset(one.person.id for one in view.present) or frozenset(_old_enough(view))
    flags = [(cell.one.person.alias, sentence) for cell in cells if cell.answer for sentence in _flags(cell.answer)]
    return Board(view, sheets, proposed, tuple(filter(None, alerts)), tuple(red), tuple(flags))


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
    return [one.person.id for one in view.people if one.person.age >= (one.start.min_age or 0)]


def _sheets(people: tuple[Attendance, ...]) -> Iterator[Sheet]:
    for phase in PHASES:
        chosen = [one.start if phase == "start" else one.end for one in people]
        answered = [view.instrument for one in people for view in one.answers.values()]
        asked = [form for form, one in zip(chosen, people, strict=True) if one.present]
        used = [form for form in (*asked, *answered) if form.phase == phase]
        oldest_first = sorted(used, key=lambda form: (not form.on_curve, -(form.min_age or 0), form.id))
        for family in dict.fromkeys(form.family for form in oldest_first):
            first = next(form for form in oldest_first if form.family == family)
            cells = tuple(_cell(first, one, form) for one, form in zip(people, chosen, strict=True))
            yield Sheet(first, first.text(locale().language), cells)


def _cell(first: Pack, one: Attendance, chosen: Pack) -> Cell:
    answer = one.answers.get(first.family)
    asked = one.present and chosen.family == first.family
    form = answer.instrument if answer else chosen if asked else first
    lines = {line.item: line for line in answer.lines} if answer else {}
    return Cell(one, form, answer, asked or answer is not None, lines)
