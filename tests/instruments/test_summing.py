"""Tests of what is summed from answers without a clinical total: well-being, means of themes, bands."""

from decimal import Decimal

import pytest

from backend.instruments import InstrumentError, band_of, pack, theme_means, wellbeing_percent
from backend.scoring import score_tenths

WHO = [item.id for item in pack("who-5").items]
PARENTS = [item.id for item in pack("foraeldre-oplevelse").items]


@pytest.mark.parametrize(("steps", "percent"), [([0] * 5, 0), ([5] * 5, 100), ([1, 2, 3, 4, 5], 60), ([3] * 5, 60)])
def test_well_being_is_the_sum_of_the_choices_times_four(steps: list[int], percent: int) -> None:
    assert wellbeing_percent(pack("who-5"), dict(zip(WHO, steps, strict=True))) == percent


def test_well_being_needs_every_choice_and_a_form_that_has_it() -> None:
    assert wellbeing_percent(pack("who-5"), dict.fromkeys(WHO[1:], 5)) is None
    assert wellbeing_percent(pack("foraeldre-oplevelse"), dict.fromkeys(PARENTS, 5)) is None


def test_a_theme_is_the_mean_of_its_answered_items() -> None:
    given = dict.fromkeys(PARENTS, 2) | {"competence": 3, "openness": 6}
    del given["informed"]
    means = theme_means(pack("foraeldre-oplevelse"), given)
    assert means["tillid"] == Decimal("4.5")
    assert means["sammenhaeng"] == means["inddragelse"] == 2
    assert list(means) == list(pack("foraeldre-oplevelse").themes)


def test_a_theme_that_nobody_answered_has_no_mean() -> None:
    assert theme_means(pack("foraeldre-oplevelse"), {"control": 4}) == {"hverdag": 4}
    assert theme_means(pack("ors"), {}) == {}


@pytest.mark.parametrize(
    ("tenths", "band"),
    [(10, "low"), (34, "low"), (35, "middle"), (50, "middle"), (84, "middle"), (85, "high"), (100, "high")],
)
def test_a_score_is_in_the_band_of_the_whole_number_it_rounds_to_half_up(tenths: int, band: str) -> None:
    assert band_of(pack("boern-inddragelse"), tenths) == band


def test_every_mark_of_the_childrens_form_has_a_band() -> None:
    found = [band_of(pack("boern-inddragelse"), score_tenths(mark)) for mark in range(10_001)]
    assert list(dict.fromkeys(found)) == ["low", "middle", "high"]
    assert found == sorted(found, key=["low", "middle", "high"].index)


def test_a_score_off_the_scale_or_a_form_without_bands_is_refused() -> None:
    for name, tenths in (("boern-inddragelse", 101), ("boern-inddragelse", 9), ("ors", 50)):
        with pytest.raises(InstrumentError, match=f"{name} version 1 has no band for {tenths} tenths"):
            band_of(pack(name), tenths)
