"""Tests of pushing labels apart at the lines' ends."""

import pytest

from backend.scoring import LineEnd, LineKind, Scale, end_labels, spread
from tests.scoring.making import BOX


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([], ()),
        ([50], (50,)),
        ([50, 68], (50, 68)),
        ([50, 100, 75], (50, 100, 75)),
        ([50, 60], (46, 64)),
        ([60, 50], (64, 46)),
        ([50, 50, 50], (32, 50, 68)),
        ([50, 60, 150], (46, 64, 150)),
        ([50, 60, 70], (42, 60, 78)),
        ([100, 101, 50, 51], (91.5, 109.5, 41.5, 59.5)),
        ([50, 72, 60], (42.7, 78.7, 60.7)),
        ([0, 100, 101, 149], (0, 91.5, 109.5, 149)),
    ],
)
def test_labels_are_pushed_apart_and_moved_as_little_as_possible(wanted: list[float], placed: tuple[float]) -> None:
    assert spread(wanted, 18, 0, 300) == pytest.approx(placed)


def test_labels_stay_between_top_and_bottom() -> None:
    assert spread([0, 2], 18, 10, 100) == (10, 28)
    assert spread([99, 100], 18, 10, 100) == (82, 100)
    assert spread([5, 50, 105], 18, 10, 100) == (10, 50, 100)


def test_labels_without_room_run_over_at_the_bottom() -> None:
    assert spread([50, 50, 50], 18, 40, 60) == (40, 58, 76)


def test_equal_heights_keep_their_order_and_earlier_groups_absorb_later_ones() -> None:
    assert spread([100, 100, 84], 18, 0, 300) == pytest.approx((94.7, 112.7, 76.7))


def test_a_label_knows_its_line_and_its_own_height() -> None:
    ends = [LineEnd(LineKind.CUTOFF, 250), LineEnd(LineKind.OWN, 240), LineEnd(LineKind.OTHER, 100, 1)]
    labels = end_labels(ends, Scale(BOX, 0))
    assert [label.end for label in labels] == ends
    assert [label.line_y for label in labels] == [95, 100, 170]
    assert [label.y for label in labels] == [88.5, 106.5, 170]


def test_labels_stay_within_the_box() -> None:
    labels = end_labels([LineEnd(LineKind.CUTOFF, 400), LineEnd(LineKind.OWN, 400)], Scale(BOX, 0))
    assert [label.y for label in labels] == [20, 38]
    labels = end_labels([LineEnd(LineKind.CUTOFF, 0), LineEnd(LineKind.OWN, 0)], Scale(BOX, 0), gap=10)
    assert [label.y for label in labels] == [210, 220]


def test_every_kind_of_line_has_its_word() -> None:
    assert [kind.value for kind in LineKind] == ["cutoff", "target", "own", "alarm", "other"]
    assert LineEnd(LineKind.OWN, 200).rater == 0
