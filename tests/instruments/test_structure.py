"""Tests that every mistake in a pack.toml is found and explained; each spoils one place of a copy of what ships."""

from pathlib import Path

import pytest

from tests.instruments.making import MISSING, NO_WORDS, UNKNOWN, changed, copied, said_besides_freezing

ORS, SRS = "packs/ors/1/pack.toml", "packs/srs/1/pack.toml"
PERSONAL = '[[items]]\nid = "personal"\ntype = "line"\n'
OFF_SCALE = "A cut-off has one decimal and is 0.1 to 40.0, not"
NO_NUMBER = 'Write a number with a decimal point, such as "25.0", not'
NO_RELIABILITY = "Reliable change needs an SD above 0 and an alpha from 0 to below 1, not"
FOUR_LINES = "The total 0-40 needs exactly 4 items of the type 'line', and there are"
TYPES = "'line' or 'face' or 'choice' or 'text' or 'drawing' or 'goals'"
KINDS = "'outcome' or 'alliance' or 'young' or 'goals' or 'participation' or 'experience' or 'wellbeing'"
OF_STRUCTURE = [
    ('id = "ors"', 'id = "ohs"', ["id: 'ohs' is not the name of its folder, 'ors'; make them the same."]),
    (
        'id = "ors"',
        'id = "Ors"',
        [
            "id: 'Ors' cannot be used; write 1 to 20 small letters, digits and hyphens.",
            "id: 'Ors' is not the name of its folder, 'ors'; make them the same.",
        ],
    ),
    ('version = "1"', 'version = "2"', ["version: '2' is not the name of its folder, '1'; make them the same."]),
    ('version = "1"', "version = 1", [f"version: {NO_WORDS}"]),
    ('family = "ors"', 'family = "who"', ["family: 'who' is not known here; use 'ors' or 'srs' or 'gsrs'."]),
    (
        'family = "ors"',
        'family = "srs"',
        ["family: The curve 'srs' is for the kind 'alliance', and this pack is 'outcome'."],
    ),
    ('kind = "outcome"\n', "", [f"kind: {MISSING}"]),
    ('phase = "start"', 'phase = "middle"', ["phase: 'middle' is not known here; use 'start' or 'end' or 'any'."]),
    ('total = "0-40"', 'total = "0-50"', ["total: '0-50' is not known here; use '0-40' or '0-100' or 'none'."]),
    ("requires_licence = true\n", "", [f"requires_licence: {MISSING}"]),
    (
        "requires_licence = true",
        'requires_licence = "yes"',
        ["requires_licence: Write true or false, not 'yes'."],
    ),
    ("requires_licence", "require_licence", [f"requires_licence: {MISSING}", f"require_licence: {UNKNOWN}"]),
    ("min_age = 13", "min_age = 13.5", ["audience.min_age: Write a whole number from 0 to 120, not Decimal('13.5')."]),
    ("min_age = 13", "min_age = 121", ["audience.min_age: Write a whole number from 0 to 120, not 121."]),
    ("min_age = 13", "min_age = true", ["audience.min_age: Write a whole number from 0 to 120, not True."]),
    (
        "min_age = 13",
        "min_age = 13\nmax_age = 12",
        ["audience.max_age: The highest age, 12, is below the lowest, 13."],
    ),
    ("min_age = 13", "least_age = 13", [f"audience.least_age: {UNKNOWN}"]),
    ("[licence]", "[license]", [f"licence.licensor: {MISSING}", f"licence.note: {MISSING}", f"license: {UNKNOWN}"]),
    ("licensor = ", "owner = ", [f"licence.licensor: {MISSING}", f"licence.owner: {UNKNOWN}"]),
    (
        "Scott D. Miller og Barry L. Duncan",
        "M" * 81,
        ["licence.licensor: The words are 81 characters long; at most 80 fit."],
    ),
    ('id = "close"', 'id = "personal"', ["items[1].id: The id 'personal' is used twice; each item needs its own."]),
    (
        'id = "close"',
        'id = "Close ties"',
        ["items[1].id: 'Close ties' cannot be used; write small letters, digits and underscores."],
    ),
    ('id = "close"\n', "", [f"items[1].id: {MISSING}"]),
    ('type = "line"', 'type = "slider"', [f"items[0].type: 'slider' is not known here; use {TYPES}."]),
    ('type = "line"', 'type = "face"', [f"items: {FOUR_LINES} 4."]),
    ('type = "line"\n', "", [f"items[0].type: {MISSING}"]),
    ('type = "line"', 'type = "line"\nwidth = 3', [f"items[0].width: {UNKNOWN}"]),
    (PERSONAL, "", [f"items: {FOUR_LINES} 3."]),
    ('points = "32.0"', 'points = "0.0"', [f"cutoffs.child.points: {OFF_SCALE} 0.0."]),
    ('points = "32.0"', "points = 40.1", [f"cutoffs.child.points: {OFF_SCALE} 40.1."]),
    ('points = "32.0"', "points = 32.05", [f"cutoffs.child.points: {OFF_SCALE} 32.05."]),
    (
        'points = "32.0"',
        'points = "32,0"',
        [f"cutoffs.child.points: {NO_NUMBER} '32,0'."],
    ),
    (
        'points = "32.0"',
        "points = -32.0",
        [f"cutoffs.child.points: {NO_NUMBER} '-32.0'."],
    ),
    ('points = "32.0"\n', "", [f"cutoffs.child.points: {MISSING}"]),
    (
        'points = "32.0"\nsource = ',
        'points = "32.0"\norigin = ',
        [f"cutoffs.child.source: {MISSING}", f"cutoffs.child.origin: {UNKNOWN}"],
    ),
    (
        "[cutoffs.child]",
        "[cutoffs.kid]",
        [f"cutoffs.child.points: {MISSING}", f"cutoffs.child.source: {MISSING}", f"cutoffs.kid: {UNKNOWN}"],
    ),
    ('sd = "9"', 'sd = "0"', [f"reliable_change: {NO_RELIABILITY} 0 and 0.93."]),
    ('alpha = "0.93"', "alpha = 1.0", [f"reliable_change: {NO_RELIABILITY} 9 and 1.0."]),
    ('sd = "9"\n', "", [f"reliable_change.sd: {MISSING}"]),
    ('alpha = "0.93"\n', "", [f"reliable_change.alpha: {MISSING}"]),
    ('sd_source = "Linjens kliniske noter, afsnit 3"\n', "", [f"reliable_change.sd_source: {MISSING}"]),
    (
        "alpha_source",
        "alpha_from",
        [f"reliable_change.alpha_source: {MISSING}", f"reliable_change.alpha_from: {UNKNOWN}"],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), OF_STRUCTURE)
def test_a_mistake_in_the_structure_is_explained(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    folder = changed(copied(tmp_path), ORS, old, new)
    found = [words for words in said_besides_freezing(folder) if words.startswith(ORS)]
    assert found == [f"{ORS}, {sentence}" for sentence in expected]


def test_an_unknown_kind_is_told_alone_without_what_only_follows_from_it(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), SRS, '"alliance"', '"aliance"')
    assert said_besides_freezing(folder) == [f"{SRS}, kind: 'aliance' is not known here; use {KINDS}."]


def test_an_alliance_form_may_have_a_reliable_change_which_is_then_checked(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / SRS
    path.write_text(path.read_text(encoding="utf-8") + '\n[reliable_change]\nsd = "4"\n', encoding="utf-8")
    assert said_besides_freezing(folder) == [
        f"{SRS}, reliable_change.{key}: {MISSING}" for key in ("alpha", "sd_source", "alpha_source")
    ]


def test_an_outcome_form_without_reliable_change_is_told_each_part_of_it(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), ORS, "[reliable_change]", "[change]")
    assert said_besides_freezing(folder) == [
        *(f"{ORS}, reliable_change.{key}: {MISSING}" for key in ("sd", "alpha", "sd_source", "alpha_source")),
        f"{ORS}, change: {UNKNOWN}",
    ]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("", ["items: Write at least one table headed [[items]]."]),
        ('items = "four"', ["items: Write at least one table headed [[items]]."]),
        (
            "items = [4]",
            ["items[0]: Write a table here, not 4.", f"items: {FOUR_LINES} 1."],
        ),
    ],
)
def test_items_that_are_no_list_of_tables_are_told(tmp_path: Path, items: str, expected: list[str]) -> None:
    folder = copied(tmp_path)
    path = folder / ORS
    before, *middle = path.read_text(encoding="utf-8").split("[[items]]")
    after = middle[-1].partition("[cutoffs")
    path.write_text(f"{items}\n{before}{after[1]}{after[2]}", encoding="utf-8")
    found = [words for words in said_besides_freezing(folder) if words.startswith(ORS)]
    assert found == [f"{ORS}, {sentence}" for sentence in expected]


def test_a_licence_that_is_no_table_is_told_once(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), ORS, "[audience]", 'licence = "free"\n[audience]')
    changed(folder, ORS, "[licence]", "[former]")
    assert said_besides_freezing(folder) == [
        f"{ORS}, licence: Write a table here, not 'free'.",
        f"{ORS}, former: {UNKNOWN}",
    ]
