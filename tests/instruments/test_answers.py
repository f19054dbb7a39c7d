"""Tests of the check of an answer against the items of its pack, for every type of item."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.instruments import (
    LONGEST_TEXT,
    MOST_POINTS,
    MOST_STROKES,
    SIDE,
    Checked,
    InstrumentError,
    check_answer,
    pack,
    packs,
)
from tests.instruments.making import ITEMS, marks, ors

FACE = {"face": 3}
GOAL, OTHER = "8f1f8f4e-0000-4000-8000-000000000001", "8f1f8f4e-0000-4000-8000-000000000002"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def mistakes(name: str, given: object, answers: object, *goals: str) -> tuple[str, ...]:
    with pytest.raises(InstrumentError) as caught:
        check_answer(pack(name), given, answers, frozenset(goals))
    return caught.value.mistakes


def test_a_complete_answer_is_given_back_in_the_order_of_the_items() -> None:
    given = dict(reversed(marks(personal=0, overall=10_000).items()))
    checked = check_answer(ors(), given, {})
    assert list(checked.marks.items()) == [("personal", 0), ("close", 5000), ("social", 5000), ("overall", 10_000)]
    assert checked.answers == {}


@pytest.mark.parametrize("mark", [-1, 10_001, True, False, 5000.0, "5000", None, [5000]])
def test_a_mark_that_is_no_whole_number_on_the_line_is_refused(mark: object) -> None:
    assert mistakes("ors", marks(close=mark), {}) == ("Mærket for close skal være et helt tal fra 0 til 10000.",)


def test_an_item_without_a_mark_is_refused() -> None:
    given = marks()
    del given["social"]
    assert mistakes("ors", given, {}) == ("Spørgsmålet social mangler et mærke.",)


def test_an_item_that_the_form_does_not_have_is_refused_and_named_in_short() -> None:
    given = marks(**{"relationship-" * 100: 1})
    assert mistakes("ors", given, {}) == ("Spørgsmålet relationship-relatio findes ikke i skemaet.",)


@pytest.mark.parametrize(("given", "answers"), [(marks(close=1), {"close": 1}), (marks(), {"face": 1})])
def test_an_answer_of_another_type_than_its_item_is_refused(given: object, answers: Mapping[str, object]) -> None:
    assert mistakes("ors", given, answers) == (f"Spørgsmålet {next(iter(answers))} findes ikke i skemaet.",)


def test_every_mistake_of_an_answer_is_told_at_once_and_no_mark_is_repeated() -> None:
    told = mistakes("ors", {"goals": 7777, "personal": -7777, "close": "7777", "social": 5000}, {})
    assert told == (
        "Spørgsmålet goals findes ikke i skemaet.",
        "Mærket for personal skal være et helt tal fra 0 til 10000.",
        "Mærket for close skal være et helt tal fra 0 til 10000.",
        "Spørgsmålet overall mangler et mærke.",
    )
    assert "7777" not in " ".join(told)


def test_an_empty_answer_misses_every_required_item() -> None:
    assert len(mistakes("ors", {}, {})) == len(ITEMS)


@pytest.mark.parametrize("given", [None, [], "ors", 7])
def test_an_answer_that_is_no_table_is_refused(given: object) -> None:
    told = ("Svaret skal være mærker og svar med hvert sit spørgsmål.",)
    assert mistakes("ors", given, {}) == mistakes("ors", {}, given) == told


@pytest.mark.parametrize("face", [1, 4])
def test_a_face_is_kept_as_its_number(face: int) -> None:
    assert check_answer(pack("ycors"), {}, {"face": face}) == Checked({}, {"face": face})


@pytest.mark.parametrize("face", [0, 5, True, 2.0, "2", None])
def test_a_face_that_there_is_not_is_refused(face: object) -> None:
    assert mistakes("ycors", {}, {"face": face}) == ("Svaret på face skal være et helt tal fra 1 til 4.",)


def test_a_form_without_required_items_needs_at_least_one_answer() -> None:
    assert mistakes("ycors", {}, {}) == ("Der er ikke svaret på noget i skemaet.",)


@pytest.mark.parametrize(("name", "least", "most"), [("who-5", 0, 5), ("foraeldre-oplevelse", 1, 6)])
def test_a_choice_is_a_step_of_the_scale_of_its_form(name: str, least: int, most: int) -> None:
    items = [item.id for item in pack(name).items]
    for step in (least, most):
        chosen = dict.fromkeys(items, step)
        assert check_answer(pack(name), {}, chosen).answers == chosen
    for step in (least - 1, most + 1, True, None):
        told = mistakes(name, {}, dict.fromkeys(items, most) | {items[0]: step})
        assert told == (f"Svaret på {items[0]} skal være et helt tal fra {least} til {most}.",)


def test_a_choice_that_is_missing_is_refused() -> None:
    assert "Spørgsmålet calm mangler et svar." in mistakes("who-5", {}, {"cheerful": 5})


WORDS = {"experience": 1, "involved": 2}


@pytest.mark.parametrize("text", ["a", "  to ord \n og 😀 \u202eמה\u202c ", "x" * LONGEST_TEXT])
def test_a_text_is_kept_as_it_was_written(text: str) -> None:
    assert check_answer(pack("familie-inddragelse"), WORDS, {"words": text}).answers == {"words": text}


def test_a_text_that_is_not_required_may_be_missing() -> None:
    assert check_answer(pack("familie-inddragelse"), WORDS, {}) == Checked(WORDS, {})


@pytest.mark.parametrize("text", ["", "x" * (LONGEST_TEXT + 1), 7, None, ["a"]])
def test_a_text_that_is_empty_or_too_long_is_refused(text: object) -> None:
    told = ("Svaret på words skal være en tekst på 1 til 2000 tegn.",)
    assert mistakes("familie-inddragelse", WORDS, {"words": text}) == told


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_that_no_database_can_keep_is_refused(text: str) -> None:
    told = ("Svaret på words indeholder tegn, der ikke kan gemmes.",)
    assert mistakes("familie-inddragelse", WORDS, {"words": text}) == told


@pytest.mark.parametrize(
    "strokes",
    [
        [[0, 0]],
        [[0, SIDE, SIDE, 0]],
        [[1, 1]] * MOST_STROKES,
        [[1, 2] * MOST_POINTS],
        [[1, 2] * (MOST_POINTS // 2)] * 2,
    ],
)
def test_a_drawing_within_the_limits_is_kept(strokes: list[list[int]]) -> None:
    answers = FACE | {"drawing": {"strokes": strokes}}
    assert check_answer(pack("ycors"), {}, answers).answers == answers


@pytest.mark.parametrize(
    "strokes", [[[1, 1]] * (MOST_STROKES + 1), [[1, 2] * (MOST_POINTS + 1)], [[1, 2] * MOST_POINTS, [1, 2]]]
)
def test_a_drawing_that_is_too_large_is_refused(strokes: list[list[int]]) -> None:
    told = ("Tegningen i drawing er for stor: højst 200 streger og 4000 punkter.",)
    assert mistakes("ycors", {}, {"drawing": {"strokes": strokes}}) == told


@pytest.mark.parametrize(
    "drawing",
    [
        None,
        [],
        {},
        {"strokes": []},
        {"strokes": {}},
        {"strokes": [[]]},
        {"strokes": [[1]]},
        {"strokes": [[1, 2, 3]]},
        {"strokes": ["12"]},
        {"strokes": [[1, SIDE + 1]]},
        {"strokes": [[-1, 1]]},
        {"strokes": [[1.0, 1]]},
        {"strokes": [[True, 1]]},
        {"strokes": [[1, 1]], "image": "5 MB"},
    ],
)
def test_a_drawing_that_is_no_strokes_is_refused(drawing: object) -> None:
    told = ("Tegningen i drawing skal være streger af hele tal fra 0 til 1000, to for hvert punkt.",)
    assert mistakes("ycors", {}, {"drawing": drawing}) == told


def test_goals_are_marked_under_their_own_ids() -> None:
    assert check_answer(pack("maal"), {OTHER: 0, GOAL: 10_000}, {}, {GOAL, OTHER}).marks == {OTHER: 0, GOAL: 10_000}
    assert check_answer(pack("maal"), {GOAL: 5}, {}, {GOAL, OTHER}).marks == {GOAL: 5}


def test_a_goal_that_is_not_the_familys_is_refused() -> None:
    told = mistakes("maal", {GOAL: 5, OTHER: 5}, {}, GOAL)
    assert told == (f"Spørgsmålet {OTHER[:20]} findes ikke i skemaet.",)


def test_goals_without_any_mark_or_with_a_wrong_one_are_refused() -> None:
    assert mistakes("maal", {}, {}, GOAL) == ("Spørgsmålet goals mangler et mærke ved mindst ét mål.",)
    told = ("Mærket for målet skal være et helt tal fra 0 til 10000.",)
    assert mistakes("maal", {GOAL: -1}, {}, GOAL) == told


def test_goals_are_not_marked_on_a_form_without_them() -> None:
    assert mistakes("ors", marks(**{GOAL: 5}), {}, GOAL) == (f"Spørgsmålet {GOAL[:20]} findes ikke i skemaet.",)


def checked_or_refused(name: str, given: object, answers: object) -> Checked | None:
    try:
        return check_answer(pack(name), given, answers, {GOAL})
    except InstrumentError:
        return None


@given(st.sampled_from(sorted(packs())), JSON, JSON)
def test_whatever_arrives_is_kept_as_it_is_or_refused(name: str, given: object, answers: object) -> None:
    assert checked_or_refused(name, given, answers) in (None, Checked(given, answers))


@given(st.sampled_from(sorted(packs())), st.data())
def test_whatever_stands_under_a_known_item_is_kept_as_it_is_or_refused(name: str, data: st.DataObject) -> None:
    items = [item.id for item in pack(name).items] + [GOAL]
    lines, others = (data.draw(st.dictionaries(st.sampled_from(items), JSON)) for _ in range(2))
    assert checked_or_refused(name, lines, others) in (None, Checked(lines, others))
