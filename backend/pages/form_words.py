"""Holds how staff screens name a form: its title, for whom it is made, and what nobody has validated; no answers."""

from __future__ import annotations

from backend.instruments import Pack, packs
from backend.pages.language import locale
from backend.pages.language import translated as _
from backend.pages.words import language_words


def form_title(form: Pack | str) -> str:
    """Gives the short title of a form on this screen."""
    return (packs()[form] if isinstance(form, str) else form).text(locale().language).title


def form_name(form: Pack) -> str:
    """Names a form to staff: by what it is about, or by its title with the short name that the field knows."""
    known = {
        "boern-inddragelse": _("Børns inddragelse"),
        "familie-inddragelse": _("Familiens inddragelse"),
        "foraeldre-oplevelse": _("Forældres oplevelse"),
        "maal": _("Mål"),
        "who-5": "WHO-5",
    }
    return known.get(form.id) or f"{form_title(form)} ({form.id.upper()})"


def ages(form: Pack) -> str:
    """Says for which ages a form is made; nothing where it is for everybody."""
    if form.min_age is None:
        return "" if form.max_age is None else _("under %(age)s år", age=form.max_age + 1)
    if form.max_age is None:
        return _("%(age)s år og op", age=form.min_age)
    return _("%(first)s–%(last)s år", first=form.min_age, last=form.max_age)


def form_option(form: Pack) -> str:
    """Names a form in a list to choose from, as briefly as the field does: "CORS, 6–12 år"."""
    told = (form.id.upper(), ages(form), "" if form.validated else _("ikke valideret"))
    return ", ".join(part for part in told if part)


def form_notes(form: Pack, age: int, language: str) -> list[str]:
    """Gives what staff should know before somebody of an age who reads a language is given a form."""
    return [note for note in (_age_note(form, age), _validity_note(form), _language_note(form, language)) if note]


def _age_note(form: Pack, age: int) -> str:
    if (form.min_age or 0) <= age and (form.max_age is None or age <= form.max_age):
        return ""
    return _("%(form)s er lavet til %(ages)s. Vælg efter modenhed.", form=form_name(form), ages=ages(form))


def _validity_note(form: Pack) -> str:
    if form.validated:
        return ""
    return _("%(form)s er ikke valideret og indgår ikke i kurver.", form=form_name(form))


def _language_note(form: Pack, language: str) -> str:
    named = {"form": form_name(form), "language": language_words().get(language, language)}
    if language not in form.languages:
        return _("%(form)s findes ikke på %(language)s og bliver vist på dansk.", **named)
    if not form.text(language).validated:
        return _("%(form)s på %(language)s er en ikke valideret oversættelse.", **named)
    return ""


def unvalidated_languages() -> list[str]:
    """Names the languages of families in which the text of a form is a translation that nobody has validated."""
    texts = [form.text(code) for form in packs().values() for code in form.languages]
    unvalidated = {text.language for text in texts if not text.validated}
    return [word for code, word in language_words().items() if code in unvalidated]


WORDS = (form_title, form_name, ages, form_option, form_notes)
