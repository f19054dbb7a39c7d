"""Tests every sentence of the caseload word by word, and the next step that follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from backend.actions.caseload import CaseRow, Promised
from backend.pages.need_words import need_words, next_step, said, whom
from backend.scoring import Early, Flag, Ground, Need, Reason
from tests.pages.curve_case import a_person, drawing

__all__ = ["drawing"]

FAMILY, EPISODE, TEACHER = UUID(int=7), UUID(int=8), UUID(int=9)
MAJA, MARIA = a_person("Maja", 14, "young"), a_person("Maria", 38)
FELL, BELOW = Reason.FALLEN_BY_RELIABLE_CHANGE, Reason.BELOW_ALARM
RED = Ground(Need.RED, MAJA.id, reasons=(FELL,), last=171, alarm=150, since_first=-72, reliable=66)
SRS = Ground(
    Need.ALLIANCE, MARIA.id, reasons=(Flag.ALLIANCE_FALLEN,), form="srs", last=366, cutoff=360, change=-24,
    fell_most="approach",
)  # fmt: skip
PROMISED = Promised(UUID(int=10), MAJA.id, "Ring til\n  Maja om skolemødet", date(2026, 11, 25), date(2026, 11, 24))


def a_row(*grounds: Ground, **changes: Any) -> CaseRow:
    row = CaseRow(
        family_id=FAMILY,
        family="Solsikke 12",
        episode_id=EPISODE,
        need=grounds[0].need if grounds else None,
        grounds=grounds,
        spark=None,
        opened_on=date(2026, 5, 12),
        held_on=date(2026, 11, 24),
        closed_on=None,
        people={MAJA.id: MAJA, MARIA.id: MARIA},
        raters={TEACHER: "Klasselæreren"},
        follow_up=None,
    )
    return replace(row, **changes)


def a_ground(need: Need, **numbers: Any) -> Ground:
    return Ground(need, MAJA.id, **numbers)


WORDS: list[tuple[CaseRow, str, str]] = [
    (a_row(RED), "Rød zone: Maja er faldet 7,2 siden start", "Grænse for sikker ændring 6,6."),
    (
        a_row(replace(RED, reasons=(BELOW, FELL), alarm=200)),
        "Rød zone: Maja er faldet 7,2 siden start",
        "Grænse for sikker ændring 6,6. Seneste 17,1 mod alarmlinje 20,0.",
    ),
    (
        a_row(replace(RED, reasons=(BELOW,), alarm=200)),
        "Rød zone: Maja er under alarmlinjen",
        "Seneste 17,1 mod alarmlinje 20,0.",
    ),
    (
        a_row(SRS),
        "SRS faldt 2,4 hos Maria",
        "Nu 36,6, stadig på eller over grænsen 36. Mest på ”Metode”.",
    ),
    (
        a_row(replace(SRS, reasons=(Flag.ALLIANCE_UNDER_CUTOFF,), last=359, fell_most=None), follow_up=PROMISED),
        "SRS er under grænsen hos Maria",
        "Nu 35,9, under grænsen 36. Opfølgning aftalt til 25. november 2026.",
    ),
    (
        a_row(replace(RED, need=Need.DETERIORATED, rater=TEACHER, reasons=(), since_first=-70)),
        "Klasselæreren ser Maja forværret: ned 7,0 siden start",
        "Grænse for sikker ændring 6,6.",
    ),
    (
        a_row(a_ground(Need.UNSCORED, days=34, last=274)),
        "Ikke scoret i 34 dage",
        "Majas seneste tal er 27,4.",
    ),
    (a_row(a_ground(Need.UNSCORED, days=28)), "Ikke scoret i 28 dage", "Ingen tal endnu."),
    (
        a_row(a_ground(Need.YELLOW, last=241, target=254)),
        "Gul zone: Maja ligger 1,3 under mållinjen",
        "Seneste 24,1 mod mållinje 25,4.",
    ),
    (
        a_row(a_ground(Need.FOLLOW_UP, days=0), follow_up=PROMISED),
        "Opfølgning i dag: Ring til Maja om skolemødet",
        "Aftalt 24. november 2026.",
    ),
    (
        a_row(a_ground(Need.FOLLOW_UP, days=1), follow_up=replace(PROMISED, words="Ring " * 30)),
        "Opfølgning, én dag over tiden: " + " ".join(["Ring"] * 18) + " …",
        "Aftalt 24. november 2026.",
    ),
    (
        a_row(a_ground(Need.FOLLOW_UP, days=3), follow_up=PROMISED),
        "Opfølgning, tre dage over tiden: Ring til Maja om skolemødet",
        "Aftalt 24. november 2026.",
    ),
    (
        a_row(a_ground(Need.READY, over=5), a_ground(Need.READY, over=3)),
        "Klar til at afslutte",
        "På eller over cut-off i tre samtaler.",
    ),
    (
        a_row(a_ground(Need.GREEN, last=254, target=254)),
        "Grøn zone: Maja følger det forventede forløb",
        "Seneste 25,4 mod mållinje 25,4.",
    ),
    (
        a_row(a_ground(Need.NEW, reasons=(Early.FIRST,), last=243)),
        "For tidligt at sige noget om Maja",
        "Det første tal er 24,3. Zonen vises fra andet tal.",
    ),
    (
        a_row(a_ground(Need.NEW, reasons=(Early.OTHERS,), rater=TEACHER)),
        "Kun andre har svaret om Maja",
        "Klasselæreren har svaret. Zonen vises kun for personens egne tal.",
    ),
    (a_row(a_ground(Need.NEW, reasons=(Early.SKIPPED,))), "Maja har sprunget skemaet over", "Ingen tal endnu."),
    (
        a_row(a_ground(Need.NEW, reasons=(Early.INCOMPLETE,))),
        "Maja har svaret uden et samlet tal",
        "Så er der ingen zone.",
    ),
    (
        a_row(Ground(Need.NEW, reasons=(Early.NOTHING,))),
        "Ny familie: ingen har svaret endnu",
        "Ingen kurve endnu.",
    ),
    (
        a_row(Ground(Need.NEW, reasons=(Early.NOTHING,)), held_on=None),
        "Ny familie: ingen samtale endnu",
        "Ingen kurve endnu.",
    ),
    (a_row(episode_id=None), "Ny familie: intet forløb endnu", "Åbn et forløb, når I går i gang."),
    (
        a_row(episode_id=None, closed_on=date(2026, 7, 20)),
        "Intet åbent forløb",
        "Det seneste blev afsluttet 20. juli 2026.",
    ),
]


@pytest.mark.parametrize(("row", "title", "detail"), WORDS, ids=range(len(WORDS)))
def test_each_reason_is_one_sentence_with_its_numbers_underneath(
    drawing: Flask, row: CaseRow, title: str, detail: str
) -> None:
    words = said(row)
    assert (words.title, words.detail) == (title, detail)


ALSO: list[tuple[Ground, str]] = [
    (replace(RED, key=MARIA.id), "Maria er også i rød zone."),
    (SRS, "Marias SRS faldt 2,4."),
    (replace(SRS, reasons=(Flag.ALLIANCE_UNDER_CUTOFF,)), "Maria: SRS under grænsen."),
    (Ground(Need.DETERIORATED, MARIA.id, rater=TEACHER), "Klasselæreren ser Maria forværret."),
    (Ground(Need.UNSCORED, MARIA.id, days=40), "Ikke scoret i 40 dage."),
    (Ground(Need.YELLOW, MARIA.id), "Maria er i gul zone."),
    (Ground(Need.FOLLOW_UP, MARIA.id, days=1), "En opfølgning venter."),
    (Ground(Need.NEW, MARIA.id, reasons=(Early.FIRST,)), "For tidligt at sige noget om Maria."),
    (Ground(Need.NEW, MARIA.id, rater=TEACHER, reasons=(Early.OTHERS,)), "Kun andre har svaret om Maria."),
    (Ground(Need.NEW, MARIA.id, reasons=(Early.SKIPPED,)), ""),
    (Ground(Need.GREEN, MARIA.id), ""),
    (Ground(Need.READY, MARIA.id), ""),
]


@pytest.mark.parametrize(("ground", "words"), ALSO, ids=range(len(ALSO)))
def test_what_else_there_is_stands_in_the_second_line(drawing: Flask, ground: Ground, words: str) -> None:
    assert said(a_row(RED, ground)).detail == f"Grænse for sikker ændring 6,6. {words}".strip()


def test_no_more_than_two_other_reasons_are_told(drawing: Flask) -> None:
    detail = said(a_row(RED, SRS, *(ground for ground, _ in ALSO[3:6]))).detail
    assert detail == "Grænse for sikker ændring 6,6. Marias SRS faldt 2,4. Klasselæreren ser Maria forværret."


CALL = f"/forloeb/{EPISODE}?vis=opfoelgning&hvem={MAJA.id}#opfoelgning"
STEPS: list[tuple[CaseRow, str, str]] = [
    (a_row(RED), "Aftal opfølgning", CALL),
    (a_row(RED, follow_up=PROMISED), "Se kurve", f"/forloeb/{EPISODE}/kurve/{MAJA.id}"),
    (a_row(SRS), "Ring til Maria", CALL.replace(str(MAJA.id), str(MARIA.id))),
    (a_row(replace(RED, need=Need.DETERIORATED)), "Aftal opfølgning", CALL),
    (a_row(SRS, follow_up=PROMISED), "Ring til Maria", f"/forloeb/{EPISODE}#opfoelgning"),
    (a_row(a_ground(Need.UNSCORED, days=30)), "Aftal samtale", CALL),
    (a_row(a_ground(Need.YELLOW)), "Se kurve", f"/forloeb/{EPISODE}/kurve/{MAJA.id}"),
    (a_row(a_ground(Need.FOLLOW_UP), follow_up=PROMISED), "Ring op", f"/forloeb/{EPISODE}#opfoelgning"),
    (a_row(a_ground(Need.READY)), "Forbered afslutning", f"/forloeb/{EPISODE}?vis=afslut#afslutning"),
    (a_row(Ground(Need.NEW)), "Gør klar", f"/forloeb/{EPISODE}"),
    (a_row(a_ground(Need.GREEN)), "Se forløbet", f"/forloeb/{EPISODE}"),
    (a_row(episode_id=None), "Åbn forløb", f"/familier/{FAMILY}#forloeb"),
]


@pytest.mark.parametrize(("row", "words", "address"), STEPS, ids=range(len(STEPS)))
def test_the_button_is_the_next_step(drawing: Flask, row: CaseRow, words: str, address: str) -> None:
    step = next_step(row)
    assert (step.words, step.address) == (words, address)


def test_a_row_says_whom_its_reason_is_about_or_how_many_there_are(drawing: Flask) -> None:
    assert whom(a_row(RED)) == "Maja, 14 år"
    assert whom(a_row(Ground(Need.NEW))) == "2 personer"
    assert whom(a_row(episode_id=None, people={MAJA.id: MAJA})) == "1 person"


@pytest.mark.parametrize(
    ("row", "heading", "expected"),
    [
        (a_row(RED), "Rød zone", "Maja er faldet 7,2 siden start"),
        (a_row(a_ground(Need.GREEN, last=250, target=240)), "Grøn zone", "Maja følger det forventede forløb"),
        (a_row(a_ground(Need.READY, over=3)), "Klar til at afslutte", "På eller over cut-off i tre samtaler."),
        (a_row(episode_id=None), "Ny familie", "intet forløb endnu"),
        (a_row(a_ground(Need.UNSCORED, days=40)), "Ikke scoret", "Ikke scoret i 40 dage"),
        (a_row(SRS), "SRS", "SRS faldt 2,4 hos Maria"),
    ],
)
def test_under_a_heading_the_reason_does_not_say_it_again(
    drawing: Flask, row: CaseRow, heading: str, expected: str
) -> None:
    assert said(row).under(heading) == expected


def test_the_filters_stand_in_the_order_of_need(drawing: Flask) -> None:
    assert list(need_words()) == [*Need, "without"]
    assert " ".join(need_words().values()) == ("Rød SRS Forværret Ikke scoret Gul Opfølgning Klar Ny Grøn Uden forløb")
