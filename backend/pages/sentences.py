"""Holds what a curve says in whole sentences, each with the number it is judged by; it judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.actions.trajectories import Curve
from backend.clock import today as today_in_denmark
from backend.pages.curve_remarks import REMARKS
from backend.pages.formats import limit, number_word, points, possessive, tenths
from backend.pages.language import locale
from backend.pages.language import translated as _
from backend.scoring import ALLIANCE_FALL, OPEN_REFERENCE, AgeGroup, Course, Flag, Point, Reason, Status, Zone


@dataclass(frozen=True)
class Alert:
    """What staff should talk about: a short title, the numbers behind it, and the rules that it came from."""

    title: str
    detail: str
    rules: str


def sessions_counted(number: int) -> str:
    """Writes a number of sessions: "ni samtaler"."""
    if number == 0:
        return _("ingen samtaler")
    return _("én samtale") if number == 1 else _("%(number)s samtaler", number=number_word(number))


def families_counted(number: int) -> str:
    """Writes a number of families: "to familier"."""
    if number == 0:
        return _("ingen familier")
    return _("én familie") if number == 1 else _("%(number)s familier", number=number_word(number))


def zone_sentence(point: Point | None, curve: Curve) -> str:
    """Says where a total lies, with the lines or the limit that put it there."""
    if point is None or point.total is None:
        return _("Ingen tal endnu.")
    now = tenths(point.total)
    if point.zone is None:
        return _("Det første tal er %(now)s. Zonen vises fra andet tal.", now=now)
    if point.zone is Zone.RED:
        return _red_sentence(point, curve)
    if point.zone is Zone.GREEN:
        return _("%(now)s ligger på eller over mållinjen %(target)s.", now=now, target=tenths(point.target))
    lines = {"now": now, "alarm": tenths(point.alarm), "target": tenths(point.target)}
    if point.total == point.alarm:
        return _("%(now)s ligger på alarmlinjen %(alarm)s og under mållinjen %(target)s.", **lines)
    return _("%(now)s ligger mellem alarmlinjen %(alarm)s og mållinjen %(target)s.", **lines)


def _red_sentence(point: Point, curve: Curve) -> str:
    named = {
        "now": tenths(point.total),
        "alarm": tenths(point.alarm),
        "fall": tenths(abs(point.since_first or 0)),
        "limit": reliable_limit(curve),
    }
    if len(point.reasons) == 2:
        return _("%(now)s er %(fall)s under start (grænse %(limit)s) og under alarmlinjen %(alarm)s.", **named)
    if Reason.BELOW_ALARM in point.reasons:
        return _("%(now)s ligger under alarmlinjen %(alarm)s.", **named)
    return _("%(now)s er %(fall)s under start (grænse %(limit)s).", **named)


def status_sentence(curve: Curve | None) -> str:
    """Says what has happened since the first total, with the reliable change it is measured by."""
    last = curve.trajectory.last if curve else None
    if curve is None or last is None:
        return _("Ingen tal endnu.")
    change = last.since_first
    if change is None or curve.trajectory.status is None:
        return _("Ét tal endnu. Ændring vises fra andet tal.")
    moved = _moved(change)
    named = {"moved": moved, "limit": reliable_limit(curve), "cutoff": limit(curve.trajectory.cutoff)}
    return {
        Status.RECOVERED: _(
            "Bedret siden start og nu på eller over cut-off %(cutoff)s: %(moved)s, "
            "og grænsen for sikker ændring er %(limit)s.",
            **named,
        ),
        Status.IMPROVED: _("Bedret siden start: %(moved)s, og grænsen for sikker ændring er %(limit)s.", **named),
        Status.UNCHANGED: _(
            "Ingen sikker ændring siden start: %(moved)s, og grænsen er %(limit)s.",
            **named,
        ),
        Status.DETERIORATED: _(
            "Forværret siden start: %(moved)s, og grænsen for sikker ændring er %(limit)s.", **named
        ),
    }[curve.trajectory.status]


def change_sentence(point: Point | None) -> str:
    """Says what has happened since the last total: "Ned 1,7 fra sidst."; nothing at the first."""
    if point is None or point.change is None:
        return ""
    if point.change == 0:
        return _("Som sidst.")
    up, by = point.change > 0, tenths(abs(point.change))
    return _("Op %(by)s fra sidst.", by=by) if up else _("Ned %(by)s fra sidst.", by=by)


def _moved(change: int) -> str:
    if change == 0:
        return _("det samme tal")
    by = tenths(abs(change))
    return _("op %(by)s", by=by) if change > 0 else _("ned %(by)s", by=by)


def reliable_limit(curve: Curve) -> str:
    """Writes the reliable change that a curve is judged by; a curve without one has a dash."""
    change = curve.trajectory.reliable_change
    return tenths(None) if change is None else points(change)


def flag_sentences(curve: Curve, flags: Iterable[Flag] | None = None) -> list[str]:
    """Gives what to talk about on an outcome curve: all its flags, or some; alliance has `alliance_alert`."""
    totals = curve.trajectory.totals
    known = {
        Flag.INTAKE_AT_OR_OVER_CUTOFF: _(
            "Starten %(first)s lå på eller over cut-off %(cutoff)s. Tal om det: deler familien bekymringen?",
            first=tenths(totals[0] if totals else None),
            cutoff=limit(curve.trajectory.cutoff),
        ),
        Flag.SAWTOOTH: _(
            "Tallene svinger op og ned med mindst %(limit)s. Tal om, hvordan skemaet bliver brugt.",
            limit=reliable_limit(curve),
        ),
        Flag.FORM_CHANGED: _("Skemaet er skiftet undervejs. Sammenlign tallene før og efter med omtanke."),
    }
    return [known[flag] for flag in (curve.trajectory.flags if flags is None else flags) if flag in known]


def alliance_alert(name: str, point: Point | None, curve: Curve | None) -> Alert | None:
    """Gives the alert of an alliance total, with both rules and the item that fell most; None when there is none."""
    if point is None or curve is None or not point.alerts:
        return None
    whose, form = possessive(name), curve.instrument.id.upper()
    if Flag.ALLIANCE_FALLEN in point.alerts:
        fall = tenths(abs(point.change or 0))
        title = _("%(whose)s %(form)s faldt %(fall)s fra sidst – tal om det", whose=whose, form=form, fall=fall)
    else:
        title = _("%(whose)s %(form)s er under grænsen – tal om det", whose=whose, form=form)
    return Alert(title, " ".join(filter(None, (_level(point, curve), fell_sentence(point, curve)))), _rules(curve))


def _level(point: Point, curve: Curve) -> str:
    named = {"now": tenths(point.total), "cutoff": limit(curve.trajectory.cutoff)}
    if Flag.ALLIANCE_UNDER_CUTOFF in point.alerts:
        return _("Nu %(now)s, under grænsen %(cutoff)s.", **named)
    return _("Nu %(now)s, stadig på eller over grænsen %(cutoff)s.", **named)


def _rules(curve: Curve) -> str:
    named = {"cutoff": limit(curve.trajectory.cutoff), "fall": tenths(ALLIANCE_FALL)}
    return _("Vises ved fald på %(fall)s eller mere og ved tal under %(cutoff)s.", **named)


def fell_sentence(point: Point, curve: Curve) -> str:
    """Says which item fell most since the last total, from what to what; nothing when none did."""
    earlier = [each for each in curve.trajectory.counted if each.n is not None and point.n and each.n == point.n - 1]
    if point.fell_most is None or not earlier:
        return ""
    words = {item.id: item.name for item in curve.instrument.text(locale().language).items}
    return _(
        "Mest på ”%(item)s”: fra %(before)s til %(now)s.",
        item=words.get(point.fell_most, point.fell_most),
        before=tenths(earlier[0].scores[point.fell_most]),
        now=tenths(point.scores[point.fell_most]),
    )


def course_name(course: Course) -> str:
    """Names an expected course; one that is not Linjen's own keeps the name it came with."""
    if course.id != OPEN_REFERENCE.id:
        return course.label
    return _("Linjens åbne referenceforløb v%(version)s", version=course.version)


def course_sentence(curve: Curve) -> str:
    """Names the expected course of an outcome curve, for whom and from which first total; nothing without a course."""
    course, totals = curve.trajectory.course, curve.trajectory.totals
    if course is None or not totals:
        return ""
    group = {AgeGroup.CHILD: _("et barn"), AgeGroup.ADOLESCENT: _("en ung"), AgeGroup.ADULT: _("en voksen")}
    return _(
        "%(course)s – ikke FIT-Outcomes’ kurve. Beregnet for %(whom)s med start %(first)s.",
        course=course_name(course),
        whom=group[curve.trajectory.cutoff_group or AgeGroup.ADULT],
        first=tenths(totals[0]),
    )


def weekly_sentence(name: str, last: date, form: str, today: date | None = None) -> str:
    """Says that somebody answered an outcome form less than a week ago, and that staff may go on."""
    days = ((today or today_in_denmark()) - last).days
    ago = {0: _("i dag"), 1: _("i går")}.get(days) or _("for %(number)s dage siden", number=days)
    return _(
        "%(name)s svarede %(ago)s; %(form)s bruges højst én gang om ugen. I kan godt fortsætte.",
        name=name,
        ago=ago,
        form=form,
    )


SENTENCES = (
    sessions_counted,
    families_counted,
    zone_sentence,
    status_sentence,
    change_sentence,
    reliable_limit,
    flag_sentences,
    alliance_alert,
    fell_sentence,
    course_name,
    course_sentence,
    weekly_sentence,
    *REMARKS,
)
