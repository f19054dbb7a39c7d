"""Instruments as frozen data packs: structure, words in each language, the choice of a form, the check of an answer."""

from backend.instruments.answers import LONGEST_TEXT, Checked, check_answer
from backend.instruments.choosing import form_for, forms_of
from backend.instruments.collection import HOME, check, freeze, load, newest, pack, packs
from backend.instruments.drawing import MOST_POINTS, MOST_STROKES, SIDE
from backend.instruments.instrument import FACES, Item, ItemText, Pack, PackText, Reliability
from backend.instruments.marks import answer_is_complete, check_marks
from backend.instruments.mistake import InstrumentError, Mistake, UnknownInstrument
from backend.instruments.summing import band_of, theme_means, wellbeing_percent

__all__ = [
    "FACES",
    "HOME",
    "LONGEST_TEXT",
    "MOST_POINTS",
    "MOST_STROKES",
    "SIDE",
    "Checked",
    "InstrumentError",
    "Item",
    "ItemText",
    "Mistake",
    "Pack",
    "PackText",
    "Reliability",
    "UnknownInstrument",
    "answer_is_complete",
    "band_of",
    "check",
    "check_answer",
    "check_marks",
    "form_for",
    "forms_of",
    "freeze",
    "load",
    "newest",
    "pack",
    "packs",
    "theme_means",
    "wellbeing_percent",
]
