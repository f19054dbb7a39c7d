"""Tests of the command line against the real instrument packs."""

import json
import runpy
import sys

import pytest

from backend.scoring.__main__ import main


def run(line: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main(line.split()) == 0
    return json.loads(capsys.readouterr().out)


def refusal(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(line.split())
    assert stopped.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    return told.err


def test_four_marks_of_an_adult_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ors 6250 6250 6250 6250 --age 34", capsys) == {
        "instrument": "ors",
        "scores": {"personal": "6.6", "close": "6.6", "social": "6.6", "overall": "6.6"},
        "total": "25.2",
        "cutoff_group": "adult",
        "cutoff": "25.0",
        "side": "at_or_over",
        "scoring_version": 1,
    }


@pytest.mark.parametrize(("mark", "total", "side"), [(6249, "24.9", "under"), (6250, "25.0", "at_or_over")])
def test_a_total_equal_to_the_cutoff_counts_as_over(mark: int, total: str, side: str, capsys) -> None:
    answer = run(f"ors {mark} 6250 6250 6050 --age 18", capsys)
    assert (answer["total"], answer["side"]) == (total, side)


@pytest.mark.parametrize(("age", "group", "cutoff"), [(17, "adolescent", "28.0"), (18, "adult", "25.0")])
def test_the_age_chooses_the_cutoff(age: int, group: str, cutoff: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(f"ors 6250 6250 6250 6250 --age {age}", capsys)
    assert (answer["cutoff_group"], answer["cutoff"]) == (group, cutoff)


def test_a_form_with_one_cutoff_for_all_needs_no_age(capsys: pytest.CaptureFixture[str]) -> None:
    answer = run("srs 9000 9000 9000 8950", capsys)
    assert answer["scores"] == {"relationship": "9.1", "goals": "9.1", "approach": "9.1", "overall": "9.1"}
    assert (answer["total"], answer["cutoff_group"], answer["cutoff"], answer["side"]) == (
        "36.0",
        "all",
        "36.0",
        "at_or_over",
    )


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("tors 1 2 3 4 --age 34", "There is no instrument 'tors'; use one of "),
        ("ors 1 2 3 --age 34", "ors has 4 items (personal, close, social, overall); give one mark for each."),
        ("ors 1 2 3 10001 --age 34", "The mark 10001 is outside the line: use a whole number from 0 to 10000."),
        ("ors 1 2 3 -1 --age 34", "The mark -1 is outside the line: use a whole number from 0 to 10000."),
        ("ors 1 2 3 4.5 --age 34", "A mark is a whole number from 0 to 10000, not '4.5'."),
        ("ors 1 2 3 4", "add --age and the whole years"),
        ("ors 1 2 3 4 --age -1", "An age is 0 or more, not -1."),
        ("ors", "the following arguments are required: marks"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(line: str, advice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert advice in refusal(line, capsys)


def test_the_package_runs_as_a_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["scoring", "ors", "0", "0", "0", "0", "--age", "34"])
    monkeypatch.delitem(sys.modules, "backend.scoring.__main__")
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("backend.scoring", run_name="__main__")
    assert stopped.value.code == 0
    assert json.loads(capsys.readouterr().out)["total"] == "0.0"
