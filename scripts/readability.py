"""Holds how hard it is to read what families read in Danish on each form; `python -m scripts.readability` checks it.

LIX is words a sentence plus the percentage of words of more than six letters (Björnsson 1968): below 25 is easy, as a
book for children; 30 is plain. A text on screen is a sentence of its own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal

from backend.instruments import Pack, packs

LONG = 7  # letters
EASY, PLAIN = 20, 30
CHILD = 17  # whole years; a form for nobody older is for children
# Published word for word: an easier wording would be another question.
QUOTED = {"foraeldre-oplevelse": "the parents' survey of the national evaluation", "who-5": "the index of WHO"}
SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def lix(texts: Iterable[str]) -> Decimal:
    """Gives the LIX of texts, to one decimal; 0 when there is no word."""
    sentences = [part for text in texts for part in SENTENCE.split(text) if WORD.search(part)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return Decimal(0)
    long = sum(len(word) >= LONG for word in words)
    return round(Decimal(len(words)) / len(sentences) + Decimal(100 * long) / len(words), 1)


def shown(form: Pack) -> Iterator[str]:
    """Gives what a family reads on a form in Danish; of a published form only the words that are ours."""
    text = form.text("da")
    yield from (text.title, text.heading, text.intro)
    for item in text.items:
        yield from (item.name, item.description, item.low, item.high)
        if form.id not in QUOTED:
            yield item.question
    if form.id not in QUOTED:
        yield from (*text.choices.values(), *text.themes.values())


def allowed(form: Pack) -> int:
    """Gives the highest LIX that a form may have."""
    return EASY if form.max_age is not None and form.max_age <= CHILD else PLAIN


def too_hard() -> list[str]:
    """Gives one sentence for each form that is too hard to read."""
    found = {form: lix(shown(form)) for form in packs().values()}
    return [
        f"{form.id}: LIX {value}, at most {allowed(form)}." for form, value in found.items() if value > allowed(form)
    ]


def main() -> int:
    """Prints what is too hard to read; gives 1 if anything is."""
    found = too_hard()
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
