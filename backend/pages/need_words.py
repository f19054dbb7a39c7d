"""Holds how a reason for needing somebody is said: one sentence, its numbers underneath, and the next step; no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import url_for

from backend.actions.by_need import WITHOUT
from backend.actions.caseload import CaseRow
from backend.instruments import packs
from backend.pages.formats import day, limit, number_word, possessive, tenths
from backend.pages.language import locale
from backend.pages.language import translated as _
from backend.pages.sentences import sessions_counted
from backend.scoring import Early, Flag, Ground, Need, Reason

WORDS_AT_MOST: Final = 90  # characters of what was promised; the rest is on the family's own page
ALSO_AT_MOST: Final = 2


@dataclass(frozen=True)
class Said:
    """One reason as the caseload tells it: the sentence, and the numbers under it."""

    title: str
    detail: str

    def under(self, heading: str) -> str:
        """Gives the sentence without the heading that it stands under; the numbers where it says no more than that."""
        return self.detail if self.title == heading else self.title.removeprefix(f"{heading}: ")


@dataclass(frozen=True)
class Step:
    """What to do next, in the words of the button, and where it is done."""

    words: str
    address: str


def need_words() -> dict[str, str]:
    """Names the needs as the filters do, in their order, and last the families without an open episode."""
    return {
        Need.RED: _("Rød"),
        Need.ALLIANCE: _("SRS"),
        Need.DETERIORATED: _("Forværret"),
        Need.UNSCORED: _("Ikke scoret"),
        Need.YELLOW: _("Gul"),
        Need.FOLLOW_UP: _("Opfølgning"),
        Need.READY: _("Klar"),
        Need.NEW: _("Ny"),
        Need.GREEN: _("Grøn"),
        WITHOUT: _("Uden forløb"),
    }


def said(row: CaseRow) -> Said:
    """Says why a family stands where it does, with what else there is to know in the second line."""
    if row.episode_id is None:
        return _without(row)
    first, *others = row.grounds
    title, detail = _SAID[first.need](first, row)
    also = [sentence for ground in others if (sentence := _also(ground, row))]
    return Said(title, " ".join(filter(None, (detail, *also[:ALSO_AT_MOST]))))


def next_step(row: CaseRow) -> Step:
    """Says what to do next about a family."""
    if row.episode_id is None:
        return Step(_("Åbn forløb"), url_for("families.show", family_id=row.family_id, _anchor="forloeb"))
    first = row.grounds[0]
    words, anchor = _step(first, row)
    if anchor == "kurve" and first.key is not None:
        return Step(words, url_for("curves.show", episode_id=row.episode_id, member_id=first.key))
    fold = {"afslutning": "afslut", "opfoelgning": None if row.follow_up else "opfoelgning"}.get(anchor or "")
    whose = first.key if fold == "opfoelgning" else None
    return Step(words, url_for("episodes.show", episode_id=row.episode_id, vis=fold, hvem=whose, _anchor=anchor))


def _step(first: Ground, row: CaseRow) -> tuple[str, str | None]:
    """Gives the words, and the place on the episode's page, or the curve."""
    see, agree = (_("Se kurve"), "kurve"), (_("Aftal opfølgning"), "opfoelgning")
    return {
        Need.RED: see if row.follow_up else agree,
        Need.ALLIANCE: (_("Ring til %(name)s", name=_name(first, row)), "opfoelgning"),
        Need.DETERIORATED: see if row.follow_up else agree,
        Need.UNSCORED: (_("Aftal samtale"), "opfoelgning"),
        Need.YELLOW: see,
        Need.FOLLOW_UP: (_("Ring op"), "opfoelgning"),
        Need.READY: (_("Forbered afslutning"), "afslutning"),
        Need.NEW: (_("Gør klar"), None),
        Need.GREEN: (_("Se forløbet"), None),
    }[first.need]


def whom(row: CaseRow) -> str:
    """Says whom the first reason is about, with the age, or how many persons the family has."""
    person = row.people.get(row.grounds[0].key) if row.grounds else None  # type: ignore[call-overload]
    if person is not None:
        return _("%(name)s, %(age)s år", name=person.alias, age=person.age)
    return _("1 person") if len(row.people) == 1 else _("%(number)s personer", number=len(row.people))


def _name(ground: Ground, row: CaseRow) -> str:
    person = row.people.get(ground.key)  # type: ignore[call-overload]
    return str(person.alias) if person else row.family


def _rater(ground: Ground, row: CaseRow) -> str:
    return str(row.raters.get(ground.rater) or _("En anden"))  # type: ignore[call-overload]


def _form(ground: Ground) -> str:
    return (ground.form or "").upper()


def _without(row: CaseRow) -> Said:
    if row.closed_on is None:
        return Said(_("Ny familie: intet forløb endnu"), _("Åbn et forløb, når I går i gang."))
    return Said(_("Intet åbent forløb"), _("Det seneste blev afsluttet %(day)s.", day=day(row.closed_on)))


def _red(ground: Ground, row: CaseRow) -> tuple[str, str]:
    name, fell = _name(ground, row), Reason.FALLEN_BY_RELIABLE_CHANGE in ground.reasons
    now = _("Seneste %(now)s mod alarmlinje %(alarm)s.", now=tenths(ground.last), alarm=tenths(ground.alarm))
    if not fell:
        return _("Rød zone: %(name)s er under alarmlinjen", name=name), now
    title = _("Rød zone: %(name)s er faldet %(fall)s siden start", name=name, fall=_fall(ground.since_first))
    return title, " ".join((_reliable(ground), now) if Reason.BELOW_ALARM in ground.reasons else (_reliable(ground),))


def _fall(change: int | None) -> str:
    return tenths(None if change is None else abs(change))


def _reliable(ground: Ground) -> str:
    return _("Grænse for sikker ændring %(limit)s.", limit=tenths(ground.reliable))


def _alliance(ground: Ground, row: CaseRow) -> tuple[str, str]:
    named = {"form": _form(ground), "name": _name(ground, row), "fall": _fall(ground.change)}
    fell = Flag.ALLIANCE_FALLEN in ground.reasons
    title = _("%(form)s faldt %(fall)s hos %(name)s", **named) if fell else ""
    level = {"now": tenths(ground.last), "cutoff": limit(ground.cutoff)}
    if Flag.ALLIANCE_UNDER_CUTOFF in ground.reasons:
        detail = _("Nu %(now)s, under grænsen %(cutoff)s.", **level)
    else:
        detail = _("Nu %(now)s, stadig på eller over grænsen %(cutoff)s.", **level)
    title = title or _("%(form)s er under grænsen hos %(name)s", **named)
    return title, " ".join(filter(None, (detail, _fell_most(ground), _talked(row))))


def _fell_most(ground: Ground) -> str:
    if ground.fell_most is None or ground.form is None:
        return ""
    words = {item.id: item.name for item in packs()[ground.form].text(locale().language).items}
    return _("Mest på ”%(item)s”.", item=words.get(ground.fell_most, ground.fell_most))


def _talked(row: CaseRow) -> str:
    return _("Opfølgning aftalt til %(day)s.", day=day(row.follow_up.due_on)) if row.follow_up else ""


def _deteriorated(ground: Ground, row: CaseRow) -> tuple[str, str]:
    named = {"rater": _rater(ground, row), "name": _name(ground, row), "fall": _fall(ground.since_first)}
    return _("%(rater)s ser %(name)s forværret: ned %(fall)s siden start", **named), _reliable(ground)


def _unscored(ground: Ground, row: CaseRow) -> tuple[str, str]:
    title = _("Ikke scoret i %(days)s dage", days=ground.days)
    if ground.last is None:
        return title, _("Ingen tal endnu.")
    return title, _("%(whose)s seneste tal er %(now)s.", whose=possessive(_name(ground, row)), now=tenths(ground.last))


def _yellow(ground: Ground, row: CaseRow) -> tuple[str, str]:
    by = tenths((ground.target or 0) - (ground.last or 0))
    title = _("Gul zone: %(name)s ligger %(by)s under mållinjen", name=_name(ground, row), by=by)
    return title, _against_target(ground)


def _against_target(ground: Ground) -> str:
    return _("Seneste %(now)s mod mållinje %(target)s.", now=tenths(ground.last), target=tenths(ground.target))


def _follow_up(ground: Ground, row: CaseRow) -> tuple[str, str]:
    promised = row.follow_up
    words = _shortened(promised.words) if promised else ""
    if not ground.days:
        title = _("Opfølgning i dag: %(words)s", words=words)
    elif ground.days == 1:
        title = _("Opfølgning, én dag over tiden: %(words)s", words=words)
    else:
        title = _("Opfølgning, %(days)s dage over tiden: %(words)s", days=number_word(ground.days), words=words)
    return title, _("Aftalt %(day)s.", day=day(promised.made_on)) if promised else ""


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS_AT_MOST else line[:WORDS_AT_MOST].rsplit(" ", 1)[0] + " …"


def _ready(_ground: Ground, row: CaseRow) -> tuple[str, str]:
    over = min(ground.over for ground in row.grounds if ground.need is Need.READY)
    return _("Klar til at afslutte"), _("På eller over cut-off i %(sessions)s.", sessions=sessions_counted(over))


def _green(ground: Ground, row: CaseRow) -> tuple[str, str]:
    return _("Grøn zone: %(name)s følger det forventede forløb", name=_name(ground, row)), _against_target(ground)


def _new(ground: Ground, row: CaseRow) -> tuple[str, str]:
    named = {"name": _name(ground, row), "rater": _rater(ground, row), "now": tenths(ground.last)}
    nobody = _("Ny familie: ingen samtale endnu") if row.held_on is None else _("Ny familie: ingen har svaret endnu")
    return {
        Early.FIRST: (
            _("For tidligt at sige noget om %(name)s", **named),
            _("Det første tal er %(now)s. Zonen vises fra andet tal.", **named),
        ),
        Early.OTHERS: (
            _("Kun andre har svaret om %(name)s", **named),
            _("%(rater)s har svaret. Zonen vises kun for personens egne tal.", **named),
        ),
        Early.SKIPPED: (_("%(name)s har sprunget skemaet over", **named), _("Ingen tal endnu.")),
        Early.INCOMPLETE: (_("%(name)s har svaret uden et samlet tal", **named), _("Så er der ingen zone.")),
        Early.NOTHING: (nobody, _("Ingen kurve endnu.")),
    }[Early(ground.reasons[0])]


def _also(ground: Ground, row: CaseRow) -> str:
    """Says in a few words what else there is; nothing for what goes well."""
    if ground.need is Need.UNSCORED:
        return _("Ikke scoret i %(days)s dage.", days=ground.days)
    if ground.need is Need.FOLLOW_UP:
        return _("En opfølgning venter.")
    named = {"name": _name(ground, row), "rater": _rater(ground, row), "form": _form(ground)}
    if ground.need is Need.RED:
        return _("%(name)s er også i rød zone.", **named)
    if ground.need is Need.DETERIORATED:
        return _("%(rater)s ser %(name)s forværret.", **named)
    if ground.need is Need.YELLOW:
        return _("%(name)s er i gul zone.", **named)
    return _also_alliance(ground, named) if ground.need is Need.ALLIANCE else _also_early(ground, named)


def _also_alliance(ground: Ground, named: Mapping[str, str]) -> str:
    if Flag.ALLIANCE_FALLEN not in ground.reasons:
        return _("%(name)s: %(form)s under grænsen.", **named)
    whose, fall = possessive(named["name"]), _fall(ground.change)
    return _("%(whose)s %(form)s faldt %(fall)s.", whose=whose, form=named["form"], fall=fall)


def _also_early(ground: Ground, named: Mapping[str, str]) -> str:
    if Early.FIRST in ground.reasons:
        return _("For tidligt at sige noget om %(name)s.", **named)
    return _("Kun andre har svaret om %(name)s.", **named) if Early.OTHERS in ground.reasons else ""


_SAID: Final = {
    Need.RED: _red,
    Need.ALLIANCE: _alliance,
    Need.DETERIORATED: _deteriorated,
    Need.UNSCORED: _unscored,
    Need.YELLOW: _yellow,
    Need.FOLLOW_UP: _follow_up,
    Need.READY: _ready,
    Need.NEW: _new,
    Need.GREEN: _green,
}
