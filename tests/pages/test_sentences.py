"""Tests what a curve says in whole sentences, each with the number it is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from backend.actions.trajectories import Curve
from backend.instruments import packs
from backend.pages import sentences
from backend.scoring import OPEN_REFERENCE, AgeGroup, Flag, Scored, Trajectory, alliance_trajectory, outcome_trajectory

FIRST = date(2026, 5, 12)
ORS, SRS = packs()["ors"], packs()["srs"]


def scored(form: str, totals: Sequence[int | None], scores: Sequence[dict[str, int]] = ()) -> list[Scored]:
    items = list(scores) or [{} for _ in totals]
    days = (FIRST + timedelta(weeks=week) for week in range(len(totals)))
    return [Scored(n, day, form, items[n], total) for n, (day, total) in enumerate(zip(days, totals, strict=True))]


def curve_of(trajectory: Trajectory, form: str = "ors") -> Curve:
    return Curve(UUID(int=1), None, None, None, form, packs()[form], trajectory)


def outcome(*totals: int | None, forms: Sequence[Scored] = (), rc: str = "6.600") -> Curve:
    given = list(forms) or scored("ors", totals)
    made = outcome_trajectory(
        given, group=AgeGroup.ADULT, cutoff=250, reliable_change=Decimal(rc), course=OPEN_REFERENCE
    )
    return curve_of(made)


def alliance(*totals: int | None, scores: Sequence[dict[str, int]] = ()) -> Curve:
    return curve_of(alliance_trajectory(scored("srs", totals, scores), cutoff=360), "srs")


MARIA = (138, 169, 194, 218, 206, 231, 243, 222, 205)


def zone_of_last(curve: Curve) -> str:
    return sentences.zone_sentence(curve.trajectory.last, curve)


def test_a_yellow_total_is_between_two_named_lines() -> None:
    assert zone_of_last(outcome(*MARIA)) == "20,5 ligger mellem alarmlinjen 18,4 og mållinjen 22,0."


def test_a_green_total_is_on_or_over_the_target_line() -> None:
    assert zone_of_last(outcome(138, 169)) == "16,9 ligger på eller over mållinjen 16,2."


def test_a_red_total_under_the_alarm_line_says_so() -> None:
    assert zone_of_last(outcome(138, 100)) == "10,0 ligger under alarmlinjen 12,7."


def test_a_red_total_under_start_and_alarm_names_both() -> None:
    assert zone_of_last(outcome(243, 170)).startswith("17,0 er 7,3 under start (grænse 6,6) og under alarmlinjen ")


def test_a_red_total_that_has_fallen_alone_names_the_reliable_change() -> None:
    assert zone_of_last(outcome(400, 384, rc="1.5")) == "38,4 er 1,6 under start (grænse 1,5)."


def test_the_first_total_has_no_zone_and_no_total_has_no_number() -> None:
    assert zone_of_last(outcome(138)) == "Det første tal er 13,8. Zonen vises fra andet tal."
    assert zone_of_last(outcome()) == zone_of_last(outcome(None)) == "Ingen tal endnu."


@pytest.mark.parametrize(
    ("totals", "text"),
    [
        (MARIA, "Bedret siden start: op 6,7, og grænsen for sikker ændring er 6,6."),
        (
            (200, 280),
            "Bedret siden start og nu på eller over cut-off 25: op 8,0, og grænsen for sikker ændring er 6,6.",
        ),
        ((200, 231), "Ingen sikker ændring siden start: op 3,1, og grænsen er 6,6."),
        ((200, 200), "Ingen sikker ændring siden start: det samme tal, og grænsen er 6,6."),
        ((243, 171), "Forværret siden start: ned 7,2, og grænsen for sikker ændring er 6,6."),
        ((138,), "Ét tal endnu. Ændring vises fra andet tal."),
        ((), "Ingen tal endnu."),
    ],
)
def test_what_has_happened_since_the_start_is_said_with_the_limit_it_is_measured_by(
    totals: tuple[int, ...], text: str
) -> None:
    assert sentences.status_sentence(outcome(*totals)) == text


def test_a_member_without_a_curve_has_no_numbers_yet() -> None:
    assert sentences.status_sentence(None) == "Ingen tal endnu."


@pytest.mark.parametrize(
    ("totals", "text"),
    [((222, 205), "Ned 1,7 fra sidst."), ((200, 207), "Op 0,7 fra sidst."), ((200, 200), "Som sidst."), ((138,), "")],
)
def test_the_change_since_last_time(totals: tuple[int, ...], text: str) -> None:
    assert sentences.change_sentence(outcome(*totals).trajectory.last) == text


def test_a_start_over_the_cutoff_is_a_question_to_talk_about() -> None:
    assert sentences.flag_sentences(outcome(264)) == [
        "Starten 26,4 lå på eller over cut-off 25. Tal om det: deler familien bekymringen?"
    ]


def test_a_sawtooth_and_a_change_of_form_are_said_and_can_be_asked_for_alone() -> None:
    given = scored("ors", (100, 200, 100, 200, 100, 200, 100))
    changed = [*given[:-1], Scored(99, given[-1].held_on, "cors", {}, 100)]
    curve = outcome(forms=changed)
    assert [text.split()[0] for text in sentences.flag_sentences(curve)] == ["Tallene", "Skemaet"]
    assert sentences.flag_sentences(curve, [Flag.FORM_CHANGED])[0].startswith("Skemaet er skiftet undervejs.")


def test_a_fall_in_the_alliance_names_both_rules_and_the_item_that_fell_most() -> None:
    before = {"relationship": 94, "goals": 95, "approach": 90, "overall": 95}
    after = {"relationship": 92, "goals": 80, "approach": 87, "overall": 93}
    curve = alliance(371, 347, scores=(before, after))
    alert = sentences.alliance_alert("Maria", curve.trajectory.last, curve)
    assert alert == sentences.Alert(
        "Marias SRS faldt 2,4 fra sidst – tal om det",
        "Nu 34,7, under grænsen 36. Mest på ”Mål og emner”: fra 9,5 til 8,0.",
        "Vises ved fald på 1,0 eller mere og ved tal under 36.",
    )


def test_an_alliance_under_the_limit_alerts_without_a_fall() -> None:
    curve = alliance(340)
    alert = sentences.alliance_alert("Jonas", curve.trajectory.last, curve)
    assert alert is not None
    assert (alert.title, alert.detail) == ("Jonas’ SRS er under grænsen – tal om det", "Nu 34,0, under grænsen 36.")


def test_a_fall_that_stays_over_the_limit_alerts_and_says_so() -> None:
    curve = alliance(390, 375)
    alert = sentences.alliance_alert("Maja", curve.trajectory.last, curve)
    assert alert is not None
    assert alert.detail == "Nu 37,5, stadig på eller over grænsen 36."


def test_a_good_alliance_is_no_alert() -> None:
    curve = alliance(380, 375)
    assert sentences.alliance_alert("Maja", curve.trajectory.last, curve) is None
    assert sentences.alliance_alert("Maja", None, None) is None


def test_the_course_is_named_as_ours_for_whom_and_from_what() -> None:
    assert sentences.course_sentence(outcome(*MARIA)) == (
        "Linjens åbne referenceforløb v1 – ikke FIT-Outcomes’ kurve. Beregnet for en voksen med start 13,8."
    )
    assert sentences.course_sentence(alliance(380)) == sentences.course_sentence(outcome()) == ""


def test_the_weekly_rule_says_when_and_that_one_may_go_on() -> None:
    day = date(2026, 11, 24)
    assert sentences.weekly_sentence("Karim", day - timedelta(days=3), "ORS", day) == (
        "Karim svarede for 3 dage siden; ORS bruges højst én gang om ugen. I kan godt fortsætte."
    )
    assert "svarede i går;" in sentences.weekly_sentence("Karim", day - timedelta(days=1), "ORS", day)
    assert "svarede i dag;" in sentences.weekly_sentence("Karim", day, "ORS", day)


def test_sessions_and_families_are_counted_in_words() -> None:
    assert [sentences.sessions_counted(n) for n in (0, 1, 9)] == ["ingen samtaler", "én samtale", "ni samtaler"]
    assert [sentences.families_counted(n) for n in (0, 1, 14)] == ["ingen familier", "én familie", "14 familier"]
