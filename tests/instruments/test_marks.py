"""Tests of the check of an answer's marks against the items of its pack."""

import pytest

from backend.instruments import InstrumentError, answer_is_complete, check_marks
from tests.instruments.making import ITEMS, marks, ors


def test_a_complete_answer_is_given_back_in_the_order_of_the_items() -> None:
    given = dict(reversed(marks(personal=0, overall=10_000).items()))
    assert list(check_marks(ors(), given).items()) == [
        ("personal", 0),
        ("close", 5000),
        ("social", 5000),
        ("overall", 10_000),
    ]
    assert answer_is_complete(ors(), given)


@pytest.mark.parametrize("mark", [-1, 10_001, True, False, 5000.0, "5000", None, [5000]])
def test_a_mark_that_is_no_whole_number_on_the_line_is_refused(mark: object) -> None:
    given = marks(close=mark)
    with pytest.raises(InstrumentError) as caught:
        check_marks(ors(), given)
    assert caught.value.mistakes == ("Mærket for close skal være et helt tal fra 0 til 10000.",)
    assert not answer_is_complete(ors(), given)


def test_an_item_without_a_mark_is_refused() -> None:
    given = marks()
    del given["social"]
    with pytest.raises(InstrumentError) as caught:
        check_marks(ors(), given)
    assert caught.value.mistakes == ("Spørgsmålet social mangler et mærke.",)
    assert not answer_is_complete(ors(), given)


def test_an_item_that_the_form_does_not_have_is_refused_and_named_in_short() -> None:
    given = marks(**{"relationship-" * 100: 1})
    with pytest.raises(InstrumentError) as caught:
        check_marks(ors(), given)
    assert caught.value.mistakes == ("Spørgsmålet relationship-relatio findes ikke i skemaet.",)
    assert not answer_is_complete(ors(), given)


def test_every_mistake_of_an_answer_is_told_at_once_and_no_mark_is_repeated() -> None:
    with pytest.raises(InstrumentError) as caught:
        check_marks(ors(), {"goals": 7777, "personal": -7777, "close": "7777", "social": 5000})
    assert caught.value.mistakes == (
        "Spørgsmålet goals findes ikke i skemaet.",
        "Mærket for personal skal være et helt tal fra 0 til 10000.",
        "Mærket for close skal være et helt tal fra 0 til 10000.",
        "Spørgsmålet overall mangler et mærke.",
    )
    assert "7777" not in str(caught.value)


def test_an_empty_answer_misses_every_item() -> None:
    with pytest.raises(InstrumentError) as caught:
        check_marks(ors(), {})
    assert len(caught.value.mistakes) == len(ITEMS)
