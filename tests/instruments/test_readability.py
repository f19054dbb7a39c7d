"""Tests that what families read on a form is plain Danish, and of the figure that says so."""

from decimal import Decimal

import pytest

from backend.instruments import packs
from scripts.readability import EASY, PLAIN, allowed, figures, lix, main, shown_to_raters, too_hard


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], "0"),
        (["…", "12"], "0"),
        (["Kat"], "1.0"),
        (["En kat. En hund!"], "2.0"),
        (["En kat", "En elefant"], "27.0"),  # 4 words in 2 sentences, 1 of them long
        (["Hvordan går det derhjemme?"], "54.0"),
        (["Mor-barn er ét ord"], "29.0"),
    ],
)
def test_lix_is_words_a_sentence_and_the_percentage_of_long_words(texts: list[str], expected: str) -> None:
    assert lix(texts) == Decimal(expected)


def test_every_form_is_plain_danish_and_childrens_forms_are_easy() -> None:
    assert too_hard() == []
    assert main() == 0


def test_the_forms_of_children_are_held_to_the_easier_figure() -> None:
    easy = {name for name, form in packs().items() if allowed(form) == EASY}
    assert easy == {"cors", "csrs", "ycors", "ycsrs", "cgsrs", "boern-inddragelse"}
    assert {allowed(form) for name, form in packs().items() if name not in easy} == {PLAIN}


def test_what_a_rater_reads_has_a_figure_of_its_own_with_a_name_put_in() -> None:
    rated = {name for name in figures() if name.endswith(", rater")}
    assert rated == {"ors, rater", "cors, rater", "ycors, rater"}
    assert "Hvordan går det for Maja i skolen?" in list(shown_to_raters(packs()["cors"]))
