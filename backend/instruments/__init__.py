"""Instruments as frozen data packs: their structure, their words in each language and the check of an answer."""

from backend.instruments.collection import HOME, check, freeze, load, newest, pack, packs
from backend.instruments.instrument import Item, ItemText, Pack, PackText, Reliability
from backend.instruments.marks import answer_is_complete, check_marks
from backend.instruments.mistake import InstrumentError, Mistake, UnknownInstrument

__all__ = [
    "HOME",
    "InstrumentError",
    "Item",
    "ItemText",
    "Mistake",
    "Pack",
    "PackText",
    "Reliability",
    "UnknownInstrument",
    "answer_is_complete",
    "check",
    "check_marks",
    "freeze",
    "load",
    "newest",
    "pack",
    "packs",
]
