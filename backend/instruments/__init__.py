"""Instruments as frozen data packs: structure, words in each language, the choice of a form, the check of an answer."""

from backend.instruments.answers import LONGEST_TEXT, Checked, check_answer
from backend.instruments.choosing import form_for, forms_of
from backend.instruments.collection import (
    HOME,
    as_shipped,
    check,
    check_wording,
    freeze,
    lay_over,
    load,
    newest,
    pack,
    packs,
)
from backend.instruments.drawing import MOST_POINTS, MOST_STROKES, SIDE
from backend.instruments.instrument import FACES, Item, ItemText, Pack, PackText, Reliability
from backend.instruments.mistake import InstrumentError, Mistake, UnknownInstrument
from backend.instruments.summing import band_of, theme_means, wellbeing_percent
from backend.instruments.wording import load_wording

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
    "as_shipped",
    "band_of",
    "check",
    "check_answer",
    "check_wording",
    "form_for",
    "forms_of",
    "freeze",
    "lay_over",
    "load",
    "load_wording",
    "newest",
    "pack",
    "packs",
    "theme_means",
    "wellbeing_percent",
]
