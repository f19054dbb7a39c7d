"""Holds how hard it is to read what families read in Danish, on each form and each screen around it.

LIX is words a sentence plus the percentage of words of more than six letters (Björnsson 1968): below 25 is easy, as a
book for children; 30 is plain. A text on screen is a sentence of its own, and a name is a short word.
`python -m scripts.readability` says every figure, and fails when one is too high.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal

from babel.messages.extract import extract_from_file

from backend.instruments import Pack, packs
from scripts.translations import FOR_FAMILIES, KEYWORDS, PLACEHOLDER, ROOT

LONG = 7  # letters
EASY, PLAIN = 20, 30
CHILD = 17  # whole years; a form for nobody older is for children
# Published word for word: an easier wording would be another question.
QUOTED = {"foraeldre-oplevelse": "the parents' survey of the national evaluation", "who-5": "the index of WHO"}
# Where a screen begins, and the code that says something on it; what the file includes is read with it.
FORM, FAMILY, LINK = "frontend/templates/family/form.html", "frontend/templates/family", "frontend/templates/link"
STARTS = {
    FORM: ["backend/actions/sitting.py"],
    f"{FAMILY}/handover.html": [],
    f"{FAMILY}/finished.html": [],
    f"{FAMILY}/unlock.html": [],
    f"{FAMILY}/together_lines.html": [f"{FAMILY}/together.html"],
    f"{FAMILY}/together_curve.html": ["backend/pages/together_words.py"],
    f"{LINK}/invited.html": ["backend/pages/formats.py", "backend/pages/messages.py"],
    f"{LINK}/screens.html": [],
    f"{LINK}/gone.html": ["backend/actions/invitations.py", "backend/pages/invitations.py"],
}
NAME = "Maja"
INCLUDED = re.compile(r"""\{%-?\s*(?:include|from|import)\s+"([\w/]+\.html)\"""")
SLOT = re.compile(r"\{\w+\}")
SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def lix(texts: Iterable[str]) -> Decimal:
    """Gives the LIX of texts, to one decimal; 0 when there is no word."""
    sentences = [part for text in texts for part in SENTENCE.split(text) if WORD.search(part)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return Decimal(0)
    long = sum(sum(letter.isalpha() for letter in word) >= LONG for word in words)
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


def shown_to_raters(form: Pack) -> Iterator[str]:
    """Gives what a collateral rater reads on a form in Danish, with a name wherever it is put in."""
    text = form.rater_text("da")
    yield from (text.title, SLOT.sub(NAME, text.heading), text.intro, *text.choices.values())
    for item in text.items:
        said = (item.name, item.description, item.low, item.high, item.question)
        yield from (SLOT.sub(NAME, words) for words in said)


def allowed(form: Pack) -> int:
    """Gives the highest LIX that a form may have."""
    return EASY if form.max_age is not None and form.max_age <= CHILD else PLAIN


def sources() -> list[str]:
    """Gives every file with sentences that families read."""
    found = (ROOT.glob(f"{name}*.html") if name.endswith("/") else [ROOT / name] for name in FOR_FAMILIES)
    return sorted(str(file.relative_to(ROOT)) for files in found for file in files)


def written(file: str) -> list[str]:
    """Gives the Danish sentences that a file writes on screen, with a name wherever one is put in."""
    method = "jinja2" if file.endswith(".html") else "python"
    messages = (found[1] for found in extract_from_file(method, ROOT / file, keywords=KEYWORDS))
    return [SLOT.sub(NAME, PLACEHOLDER.sub(NAME, str(message))) for message in messages]


def files_of(start: str) -> set[str]:
    """Gives the files of a screen: where it begins, what is included from there, and the code that speaks on it."""
    files, unread = set(STARTS[start]), [start]
    while unread:
        files.add(file := unread.pop())
        included = {f"frontend/templates/{name}" for name in INCLUDED.findall((ROOT / file).read_text("utf-8"))}
        unread += included - files - STARTS.keys()
    return files


def screens() -> dict[str, set[str]]:
    """Gives the sentences of each screen by the file it begins in."""
    return {start: {text for file in files_of(start) for text in written(file)} for start in STARTS}


def figures() -> dict[str, tuple[Decimal, int]]:
    """Gives the LIX of every form, by whom it is read, and every screen, and the highest that each may have."""
    forms = {form.id: (lix(shown(form)), allowed(form)) for form in packs().values()}
    raters = {f"{form.id}, rater": (lix(shown_to_raters(form)), PLAIN) for form in packs().values() if form.raters}
    around = {start: (lix(texts), EASY if start == FORM else PLAIN) for start, texts in screens().items()}
    return forms | raters | around


def too_hard() -> list[str]:
    """Gives one sentence for each form and each screen that is too hard to read."""
    return [f"{name}: LIX {value}, at most {most}." for name, (value, most) in figures().items() if value > most]


def main() -> int:
    """Prints every figure, and what is too hard to read; gives 1 if anything is."""
    print(*(f"{value:5} of {most}  {name}" for name, (value, most) in figures().items()), sep="\n")
    print(*(found := too_hard()), sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
