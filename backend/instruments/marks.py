"""Checks the marks of one answer against the items of its pack; it scores nothing and never repeats a mark."""

from collections.abc import Iterator, Mapping

from backend.instruments.instrument import Pack
from backend.instruments.mistake import InstrumentError
from backend.scoring import MARK_MAX, ScoringError, check_mark

LONGEST_ID = 20


def check_marks(pack: Pack, marks: Mapping[str, object]) -> dict[str, int]:
    """Return the marks in the order of the items when every item has one on the line and nothing else has.

    Range: whole numbers 0…10 000 from the low end. Errors: InstrumentError that lists every mistake, in Danish because
    people are told it: item not in the pack, item without a mark, mark outside the line or not a whole number.
    """
    mistakes = list(_mistakes(pack, marks))
    if mistakes:
        raise InstrumentError(mistakes)
    return {item.id: check_mark(marks[item.id]) for item in pack.items}


def answer_is_complete(pack: Pack, marks: Mapping[str, object]) -> bool:
    """Say whether `check_marks` would accept these marks."""
    return not any(_mistakes(pack, marks))


def _mistakes(pack: Pack, marks: Mapping[str, object]) -> Iterator[str]:
    ids = [item.id for item in pack.items]
    for given in marks:
        if given not in ids:
            yield f"Spørgsmålet {given[:LONGEST_ID]} findes ikke i skemaet."
    for item in ids:
        if item not in marks:
            yield f"Spørgsmålet {item} mangler et mærke."
        elif not _on_the_line(marks[item]):
            yield f"Mærket for {item} skal være et helt tal fra 0 til {MARK_MAX}."


def _on_the_line(mark: object) -> bool:
    try:
        check_mark(mark)
    except ScoringError:
        return False
    return True
