"""Holds the check that every Danish sentence on screen has its translation; Danish is the source and has no catalogue.

A language that staff reads has every sentence; one that only families read has those of the family's screens.
`python -m scripts.translations` names what is missing or broken and fails; `--write` brings the catalogues up to date.
A sentence is what code marks with `_` or `Sentence`, what a problem is called, and what an instrument says to staff.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from backend.instruments import Pack, packs
from backend.problems import KINDS
from backend.vocabulary import FAMILY_LANGUAGES, LANGUAGES

ROOT = Path(__file__).parents[1]
SOURCES = (("frontend/templates", [("**.html", "jinja2")]), ("backend", [("**.py", "python")]))
FOR_FAMILIES = (
    "frontend/templates/family/",
    "frontend/templates/link/gone.html",
    "frontend/templates/link/invited.html",
    "frontend/templates/link/layout.html",
    "frontend/templates/link/screens.html",
    "frontend/templates/layout_family.html",
    "frontend/templates/tablet/words.html",
    "backend/actions/invitations.py",
    "backend/actions/sitting.py",
    "backend/pages/formats.py",
    "backend/pages/invitations.py",
    "backend/pages/messages.py",
    "backend/pages/together_words.py",
)
KEYWORDS = DEFAULT_KEYWORDS | {"Sentence": None}
CATALOGUES = ROOT / "frontend" / "translations"
PLACEHOLDER = re.compile(r"%\(\w+\)s")
MARKUP = re.compile(r"[<>&\"]")  # templates write a translation as it is


def wanted() -> Catalog:
    """Gives every sentence that a person may read on screen."""
    catalogue = Catalog(project="Linjen", charset="utf-8")
    for folder, methods in SOURCES:
        for file, _line, message, comments, context in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS):
            catalogue.add(message, locations=[(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    for kind in KINDS.values():
        for message in (kind.title, kind.advice):
            catalogue.add(message, locations=[("backend/problems.py", 0)])
    for form in packs().values():
        for message in said_to_staff(form):
            catalogue.add(message, locations=[(f"backend/instruments/shipped/packs/{form.id}", 0)])
    return catalogue


def wanted_in(language: str, whole: Catalog) -> Catalog:
    """Gives the sentences of the screens that are shown in a language."""
    if language in LANGUAGES:
        return whole
    part = Catalog(project="Linjen", charset="utf-8")
    for message in whole:
        if message.id and any(place.startswith(FOR_FAMILIES) for place, _line in message.locations):
            part[message.id] = message
    return part


def said_to_staff(form: Pack) -> Iterator[str]:
    """Gives what an instrument tells staff in Danish alone: whose it is, and where its numbers come from."""
    yield from (form.licensor, form.licence_note, *form.cutoff_sources.values())
    if form.bands:
        yield form.bands_source
    if form.reliability:
        yield from (form.reliability.sd_source, form.reliability.alpha_source)


def read(file: Path) -> Catalog:
    """Gives one language's catalogue; its folder names the language."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parents[1].name)


def compiled(catalogue: Catalog) -> bytes:
    """Gives the binary form that the app reads."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def finished(message: Message | None) -> bool:
    """Says whether a translation is there, whole and not merely guessed; a plural has several texts."""
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def broken(message: Message) -> bool:
    """Says whether a translation lacks a placeholder, has one too many, or holds what a template reads as markup."""
    source, text = str(message.id), str(message.string)
    return sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text)) or bool(MARKUP.search(text))


def mistakes(file: Path, template: Catalog) -> Iterator[str]:
    """Gives one sentence for each mistake in one language's catalogue."""
    name = file.relative_to(ROOT)
    if not file.exists():
        yield f"{name}: is missing; --write makes it."
        return
    catalogue = read(file)
    for message in template:
        if message.id and not finished(catalogue.get(message.id, message.context)):
            yield f"{name}: no finished translation of {message.id!r}."
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"{name}: {message.id!r} is on no screen any more."
        if message.id and broken(message):
            yield f"{name}: the translation of {message.id!r} has other placeholders, or markup."
    binary = file.with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != compiled(catalogue):
        yield f"{binary.relative_to(ROOT)}: is not compiled from its catalogue."


def begun(language: str) -> Catalog:
    """Gives an empty catalogue in a language, which says that nobody has validated it."""
    name = Locale(language).get_display_name("en")
    return Catalog(
        locale=language,
        header_comment=f"# {name} translations of Linjen's Danish sentences, not yet checked by a native reader.",
        project="Linjen",
        version="1",
        msgid_bugs_address="-",
        last_translator="Linjen",
        language_team=name,
        revision_date=datetime.now(UTC),
        charset="utf-8",
        fuzzy=False,
    )


def bring_up_to_date(file: Path, template: Catalog) -> None:
    """Adds new sentences, drops old ones, and compiles; new sentences stay empty until somebody translates them."""
    language = file.parents[1].name
    catalogue = read(file) if file.exists() else begun(language)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalogue, ignore_obsolete=True, include_lineno=False, omit_header=False, sort_output=True)
    file.with_suffix(".mo").write_bytes(compiled(catalogue))


def main() -> int:
    """Checks or writes every catalogue; gives 1 if something is missing."""
    whole = wanted()
    files = {
        language: CATALOGUES / language / "LC_MESSAGES" / "messages.po"
        for language in FAMILY_LANGUAGES
        if language != "da"
    }
    if "--write" in sys.argv[1:]:
        for language, file in files.items():
            bring_up_to_date(file, wanted_in(language, whole))
    found = [mistake for language, file in files.items() for mistake in mistakes(file, wanted_in(language, whole))]
    print(*found, f"Translations: {len(whole)} sentences, {len(files)} languages beside Danish.", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
