"""Tests of the bands between and under strokes."""

import pytest

from backend.scoring import Band
from backend.scoring.band import band_under

TOP, BOTTOM = ((0, 10), (100, 20)), ((0, 30), (100, 60))


def test_the_outline_goes_out_along_the_top_and_back_along_the_bottom() -> None:
    assert Band(TOP, BOTTOM).outline == ((0, 10), (100, 20), (100, 60), (0, 30))


def test_slices_of_a_band_are_of_equal_depth_and_meet() -> None:
    upper, lower = Band(TOP, BOTTOM).slices(2)
    assert upper == Band(TOP, ((0, 20), (100, 40)))
    assert lower == Band(((0, 20), (100, 40)), BOTTOM)


def test_slices_are_rounded_to_a_tenth_of_a_pixel() -> None:
    assert Band(((0, 0),), ((0, 1),)).slices(3)[0].bottom == ((0, 0.3),)


def test_a_band_under_a_stroke_stops_at_the_floor() -> None:
    assert band_under(TOP, 36, 50).bottom == ((0, 46), (100, 50))
    assert band_under(TOP, 36, 50).top == TOP


def test_strokes_that_do_not_share_their_places_make_no_slices() -> None:
    with pytest.raises(ValueError, match="zip"):
        Band(TOP, BOTTOM[:1]).slices(2)
