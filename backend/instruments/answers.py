"""Checks one answer against the items of its pack; it scores nothing and never repeats what was answered."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from backend.instruments.drawing import drawing_mistake
from backend.instruments.instrument import FACES, Item, Pack
from backend.instruments.mistake import InstrumentError
from backend.scoring import MARK_MAX, ScoringError, check_mark

LONGEST_ID: Final = 20
LONGEST_TEXT: Final = 2000


@dataclass(frozen=True)
class Checked:
    """An answer that fits its pack: marks 0…10 000 by item or goal, and every other answer by item, in their order."""

    marks: Mapping[str, int]
    answers: Mapping[str, object]


def check_answer(pack: Pack, marks: object, answers: object, goals: Collection[str] = frozenset()) -> Checked:
    """Return the answer in the order of the items when every required item is answered and nothing else is.

    `marks` are whole numbers 0…10 000 from the low end, by line or by goal; `answers` are faces 1…4, choices on the
    pack's scale, texts of 1…2 000 characters, drawings, by item. `goals` are the ids of the goals that may be marked.
    Errors: InstrumentError that lists every mistake, in Danish because people are told it.
    """
    if not isinstance(marks, Mapping) or not isinstance(answers, Mapping):
        raise InstrumentError(["Svaret skal være mærker og svar med hvert sit spørgsmål."])
    mistakes = [*_strangers(pack, marks, answers, goals)]
    for item in pack.items:
        mistakes += _of_item(pack, item, marks, answers, goals)
    if not mistakes and not marks and not answers:
        mistakes.append("Der er ikke svaret på noget i skemaet.")
    if mistakes:
        raise InstrumentError(mistakes)
    lines = [item.id for item in pack.items if item.type == "line" and item.id in marks]
    return Checked(
        {place: check_mark(marks[place]) for place in (*lines, *(goal for goal in marks if goal in goals))},
        {item.id: answers[item.id] for item in pack.items if item.id in answers},
    )


def _strangers(
    pack: Pack, marks: Mapping[object, object], answers: Mapping[object, object], goals: Collection[str]
) -> Iterator[str]:
    """Explain each key under which this pack has nothing to answer."""
    lines = {item.id for item in pack.items if item.type == "line"}
    others = {item.id for item in pack.items if item.type not in {"line", "goals"}}
    aims = set(goals) if pack.asks_goals else set()
    for given in (*(key for key in marks if key not in lines | aims), *(key for key in answers if key not in others)):
        yield f"Spørgsmålet {str(given)[:LONGEST_ID]} findes ikke i skemaet."


def _of_item(
    pack: Pack, item: Item, marks: Mapping[str, object], answers: Mapping[str, object], goals: Collection[str]
) -> Iterator[str]:
    """Explain what is wrong with the answer to one item; goals are many lines under one item."""
    if item.type == "goals":
        marked = [goal for goal in goals if goal in marks]
        yield from (_mark_mistake("målet") for goal in marked if not _on_the_line(marks[goal]))
        if item.required and not marked:
            yield f"Spørgsmålet {item.id} mangler et mærke ved mindst ét mål."
        return
    given = marks if item.type == "line" else answers
    if item.id in given:
        yield from filter(None, [_mistake(pack, item, given[item.id])])
    elif item.required:
        yield f"Spørgsmålet {item.id} mangler et {'mærke' if item.type == 'line' else 'svar'}."


def _mistake(pack: Pack, item: Item, value: object) -> str:
    """Explain what is wrong with one value, or give nothing."""
    if item.type == "line":
        return "" if _on_the_line(value) else _mark_mistake(item.id)
    if item.type == "text":
        return _text_mistake(item.id, value)
    if item.type == "drawing":
        return drawing_mistake(item.id, value)
    least, most = FACES if item.type == "face" else pack.scale or FACES
    if type(value) is int and least <= value <= most:
        return ""
    return f"Svaret på {item.id} skal være et helt tal fra {least} til {most}."


def _text_mistake(item: str, value: object) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_TEXT:
        return f"Svaret på {item} skal være en tekst på 1 til {LONGEST_TEXT} tegn."
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        return f"Svaret på {item} indeholder tegn, der ikke kan gemmes."
    return ""


def _mark_mistake(item: str) -> str:
    return f"Mærket for {item} skal være et helt tal fra 0 til {MARK_MAX}."


def _on_the_line(mark: object) -> bool:
    try:
        check_mark(mark)
    except ScoringError:
        return False
    return True
