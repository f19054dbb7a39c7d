"""Tests the picture and the words of every curve with bad or odd input against what was looked at and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from backend.actions.overview import EpisodeView
from backend.scoring import AgeGroup
from tests.pages.curve_case import (
    MARIA,
    SRS,
    a_person,
    a_view,
    an_event,
    curve_page,
    drawing,
    episode_page,
    faces,
    fortnightly,
    held,
    ors,
    skipped,
    solsikke,
    srs,
    walk,
)
from tests.pages.golden_files import hold, pictures, words

__all__ = ["drawing"]
pytestmark = pytest.mark.usefixtures("drawing")

TARGET_AFTER_138, ALARM_AFTER_138 = 162, 127


def happened() -> EpisodeView:
    view = solsikke()
    events = (
        an_event("intervention", "familiebehandling", 28),
        an_event("pause", "sommerferie", 46, 88),
        an_event("intervention", "støttekontaktperson", 106, about=a_person("Maja")),
        an_event("authority", "ny rådgiver", 142),
        an_event("authority", "ny behandler", 143),
        an_event("life", "moren er begyndt på uddannelse igen", 150),
    )
    return replace(view, events=events)


def alone(*totals: int | None, born: str = "1988-03", days: int = 14) -> EpisodeView:
    rows, maria = held([days * n for n in range(len(totals))]), a_person(born=born)
    return a_view(rows, (maria, [ors(maria, rows, totals)]))


def together(*totals: int) -> EpisodeView:
    rows, maria = fortnightly(len(totals)), a_person()
    return a_view(rows, (maria, [ors(maria, rows, [200] * len(totals)), srs(maria, rows, totals)]))


def missing_sessions() -> EpisodeView:
    rows, maria = fortnightly(8), a_person()
    return a_view(rows, (maria, [ors(maria, rows, {1: 200, 2: 210, 5: 230, 8: 215})]))


def form_changed() -> EpisodeView:
    rows, maja = fortnightly(6), a_person("Maja", 13, "young", "2013-01")
    group, forms = AgeGroup.ADOLESCENT, ("cors", "ors")
    return a_view(rows, (maja, [ors(maja, rows, (200, 215, 222, 235, 241, 250), group=group, forms=forms)]))


def turned(age: int, group: AgeGroup, form: str) -> EpisodeView:
    rows, maja = fortnightly(4), a_person("Maja", age, "young", f"{2026 - age}-06")
    return a_view(rows, (maja, [ors(maja, rows, (220, 245, 250, 262), group=group, forms=(form,))]))


def others_alone() -> EpisodeView:
    rows, noah = fortnightly(3), a_person("Noah", 9, "child", "2017-02")
    return a_view(rows, (noah, [ors(noah, rows, [252, 260, 276], "Klasselærer", AgeGroup.CHILD)]))


def skips() -> EpisodeView:
    rows, maria = fortnightly(6), a_person()
    curves = [
        ors(maria, rows, {n: MARIA[n - 1] for n in (1, 2, 4, 6)}),
        srs(maria, rows, {n: SRS[n - 1] for n in (1, 2, 3, 6)}),
    ]
    view = a_view(rows, (maria, curves))
    forms = skipped(maria, rows[2], "ville ikke i dag"), skipped(maria, rows[4], "", "srs")
    return replace(view, members=(replace(view.members[0], beside=forms),))


def with_faces(*beside: int) -> EpisodeView:
    rows, ida, maria = fortnightly(2), a_person("Ida", 5, "child", "2021-02"), a_person()
    view = a_view(rows, (ida, []), *((maria, [ors(maria, rows, [total])]) for total in beside))
    ours = replace(view.members[0], beside=tuple(faces(ida, row) for row in rows))
    return replace(view, members=(ours, *view.members[1:]))


CASES: Mapping[str, Callable[[], EpisodeView]] = {
    "solsikke": solsikke,
    "events": happened,
    "single": lambda: alone(138),
    "missing-sessions": missing_sessions,
    "same-day": lambda: alone(138, 169, 194, days=0),
    "three-hundred": lambda: alone(*walk(300), days=7),
    "on-cutoff-at-start": lambda: alone(250),
    "on-cutoff-at-last": lambda: alone(184, 250),
    "on-target": lambda: alone(138, TARGET_AFTER_138),
    "under-target": lambda: alone(138, TARGET_AFTER_138 - 1),
    "on-alarm": lambda: alone(138, ALARM_AFTER_138),
    "under-alarm": lambda: alone(138, ALARM_AFTER_138 - 1),
    "rc-up": lambda: alone(138, 204),
    "under-rc-up": lambda: alone(138, 203),
    "rc-down": lambda: alone(338, 272),
    "under-rc-down": lambda: alone(338, 273),
    "srs-on-limit": lambda: together(369, 360),
    "srs-under-limit": lambda: together(359, 359),
    "srs-fall-of-one": lambda: together(380, 370),
    "srs-fall-under-one": lambda: together(380, 371),
    "form-changed": form_changed,
    "others-alone": others_alone,
    "turned-13": lambda: turned(13, AgeGroup.CHILD, "cors"),
    "turned-18": lambda: turned(18, AgeGroup.ADOLESCENT, "ors"),
    "skipped": skips,
    "incomplete": lambda: alone(138, None, 194),
    "faces": with_faces,
    "faces-beside-others": lambda: with_faces(190),
}
SMALL = ("events", "single", "form-changed", "others-alone", "skipped", "faces-beside-others")


@pytest.mark.parametrize("case", CASES)
def test_every_case_says_and_draws_what_was_looked_at(case: str) -> None:
    html = curve_page(CASES[case]())
    hold(f"{case}.txt", words(html))
    hold(f"{case}.svg", pictures(html))


@pytest.mark.parametrize("case", SMALL)
def test_every_case_is_drawn_small_as_was_looked_at(case: str) -> None:
    html = episode_page(CASES[case]())
    rows = html[html.index('class="multiples"') : html.index("curve-foot")]
    hold(f"small-{case}.txt", words(rows))
    hold(f"small-{case}.svg", pictures(rows))


def test_each_question_is_drawn_as_was_looked_at() -> None:
    hold("questions.svg", pictures(curve_page(form_changed(), "", "spoergsmaal")))


def test_a_difference_is_shown_line_by_line_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINJEN_GOLDEN", "renew")
    hold("case.txt", "Grøn zone\nOp 1,0\n", tmp_path)
    monkeypatch.delenv("LINJEN_GOLDEN")
    hold("case.txt", "Grøn zone\nOp 1,0\n", tmp_path)
    with pytest.raises(pytest.fail.Exception, match=r"-Op 1,0\n\+Op 2,0\nLook at it"):
        hold("case.txt", "Grøn zone\nOp 2,0\n", tmp_path)


def test_nothing_is_kept_for_a_case_that_is_gone() -> None:
    known = {f"{case}.{kind}" for case in CASES for kind in ("txt", "svg")} | {"questions.svg"}
    kept = {file.name for file in (Path(__file__).parent / "golden").iterdir()}
    assert kept == known | {f"small-{case}.{kind}" for case in SMALL for kind in ("txt", "svg")}
