"""Tests that every screen a family meets is plain Danish, so that `make check` says which one is too hard to read."""

from __future__ import annotations

from decimal import Decimal

from backend.instruments import packs
from scripts.readability import EASY, FORM, PLAIN, figures, files_of, lix, main, screens, sources, too_hard, written


def test_every_screen_and_every_form_is_plain_danish() -> None:
    assert too_hard() == []
    assert main() == 0
    assert figures().keys() >= packs().keys() | {FORM}


def test_what_stands_around_a_child_s_questions_is_held_to_the_easier_figure() -> None:
    bounds = {name: most for name, (_value, most) in figures().items()}
    assert bounds[FORM] == bounds["cors"] == EASY
    assert bounds["frontend/templates/family/handover.html"] == bounds["ors"] == PLAIN


def test_every_sentence_that_families_read_is_on_a_screen_that_is_measured() -> None:
    measured = {sentence for said in screens().values() for sentence in said}
    assert {sentence for file in sources() for sentence in written(file)} - measured == set()
    assert "Dine svar ses af Maja." in measured
    assert "Linket er brugt. Der kan kun svares én gang." in measured


def test_a_screen_is_measured_with_all_that_it_includes_and_nothing_of_the_next() -> None:
    folder = "frontend/templates/family/"
    assert {f"{folder}{name}.html" for name in ("form", "form_one", "questions", "line", "seen")} <= files_of(FORM)
    assert f"{folder}thanks.html" in files_of(f"{folder}handover.html")
    assert FORM not in files_of("frontend/templates/link/invited.html")


def test_a_heavy_sentence_is_found() -> None:
    heavy = "Besvarelsen opbevares i overensstemmelse med gældende bestemmelser om personoplysninger."
    assert lix([heavy]) > PLAIN
    assert lix(["Dit svar er gemt på iPad’en."]) == Decimal(6)
