"""Tests of the form that is proposed for an age, and of the forms that staff may choose instead."""

import itertools

import pytest

from backend.instruments import InstrumentError, form_for, forms_of, packs

EXPECTED = {
    ("start", "individual"): ("ycors", "cors", "ors"),
    ("start", "group"): ("ycors", "cors", "ors"),
    ("end", "individual"): ("ycsrs", "csrs", "srs"),
    ("end", "group"): ("cgsrs", "cgsrs", "gsrs"),
    ("any", "individual"): ("maal", "maal", "maal"),
    ("any", "group"): ("maal", "maal", "maal"),
}
AGES = [(age, 0 if age < 6 else 1 if age < 13 else 2) for age in range(100)]
FIT = {name for name, form in packs().items() if form.phase != "any"}


@pytest.mark.parametrize(("phase", "setting"), EXPECTED)
def test_every_age_has_its_form_in_every_phase_and_setting(phase: str, setting: str) -> None:
    found = {age: form_for(phase, age, setting).id for age, _ in AGES}
    assert found == {age: EXPECTED[phase, setting][place] for age, place in AGES}


def test_a_person_of_unknown_age_is_proposed_the_form_for_adults() -> None:
    assert [form_for(phase, None).id for phase in ("start", "end")] == ["ors", "srs"]


@pytest.mark.parametrize(
    ("age", "usable", "expected"),
    [
        (4, {"ors", "cors"}, "cors"),
        (9, {"ors", "ycors"}, "ors"),
        (7, {"ors", "ycors"}, "ycors"),
        (30, {"ycors", "cors"}, "cors"),
        (9, {"ors", "srs"}, "ors"),
    ],
)
def test_the_nearest_form_that_is_licensed_stands_in(age: int, usable: set[str], expected: str) -> None:
    assert form_for("start", age, usable=usable).id == expected


def test_a_group_without_a_licensed_form_of_its_own_has_the_one_of_a_talk() -> None:
    assert form_for("end", 30, "group", {"srs"}).id == "srs"
    assert [form.id for form in forms_of("end", "group", {"srs", "csrs"})] == ["srs", "csrs"]


def test_without_any_usable_form_there_is_none_to_propose() -> None:
    with pytest.raises(InstrumentError, match="no usable form for the phase start"):
        form_for("start", 9, usable={"srs"})
    assert forms_of("start", usable=()) == ()


def test_every_form_can_be_chosen_in_exactly_one_phase() -> None:
    listed = {
        setting: [form.id for phase in ("start", "end", "any") for form in forms_of(phase, setting)]
        for setting in ("individual", "group")
    }
    assert sorted({*listed["individual"], *listed["group"]}) == sorted(packs())
    assert all(len(set(names)) == len(names) for names in listed.values())
    assert {"gsrs", "cgsrs"}.isdisjoint(listed["individual"])


def test_what_is_usable_limits_what_can_be_chosen() -> None:
    for phase, size in itertools.product(("start", "end"), (0, 1, 2)):
        usable = sorted(FIT)[:size]
        assert {form.id for form in forms_of(phase, usable=usable)} <= set(usable)
