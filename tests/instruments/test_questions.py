"""Tests that every mistake in scale, themes, bands and types of a pack is explained; each spoils one copy."""

from pathlib import Path

import pytest

from tests.instruments.making import MISSING, UNKNOWN, changed, copied, said_besides_freezing

WHO, PARENTS, CHILDREN = "who-5", "foraeldre-oplevelse", "boern-inddragelse"
PICTURES = "'' or 'self' or 'home' or 'school' or 'world' or 'talk' or 'listen' or 'game' or 'all'"
ONCE = "bands: The bands must hold each whole score from 1 to 10 exactly once."
OF_QUESTIONS = [
    (
        WHO,
        "scale = [0, 5]\n",
        "",
        ["scale: This pack has choices; write their lowest and highest step, such as [1, 6]."],
    ),
    (WHO, "[0, 5]", "[5, 0]", ["scale: Write two whole numbers from 0 to 10, the lower first, not [5, 0]."]),
    (WHO, "[0, 5]", "[0, 11]", ["scale: Write two whole numbers from 0 to 10, the lower first, not [0, 11]."]),
    (WHO, "[0, 5]", "[true, 5]", ["scale: Write two whole numbers from 0 to 10, the lower first, not [True, 5]."]),
    (WHO, "[0, 5]", "7", ["scale: Write two whole numbers from 0 to 10, the lower first, not 7."]),
    (WHO, "[0, 5]", "[1, 6]", ["scale: The total 0-100 is summed from the scale [0, 5]."]),
    (
        WHO,
        'total = "0-100"',
        'total = "0-40"',
        ["items: The total 0-40 needs exactly 4 items of the type 'line', and there are 5."],
    ),
    (WHO, 'family = "who-5"', 'family = "ors"', ["family: 'ors' is not known here; use 'who-5'."]),
    (WHO, 'about = "life"\n', "", [f"about: {MISSING}"]),
    (WHO, "waves = true", 'waves = "yes"', ["waves: Write true or false, not 'yes'."]),
    (WHO, 'type = "choice"', 'type = "choice"\nrequired = 1', ["items[0].required: Write true or false, not 1."]),
    (WHO, "[audience]", "[cutoffs.all]\n[audience]", [f"cutoffs.all: {UNKNOWN}"]),
    (
        "cors",
        'picture = "home"',
        'picture = "house"',
        [f"items[1].picture: 'house' is not known here; use {PICTURES}."],
    ),
    ("cors", 'layout = "one"', 'layout = "two"', ["layout: 'two' is not known here; use 'all' or 'one'."]),
    ("cors", 'ends = "faces"', 'ends = "face"', ["ends: 'face' is not known here; use 'words' or 'faces'."]),
    (
        "ycors",
        'layout = "one"',
        'layout = "one"\nscale = [1, 4]',
        ["scale: This pack has no choices; remove the scale."],
    ),
    (
        "ycors",
        'type = "drawing"',
        'type = "choice"',
        [
            "scale: This pack has choices; write their lowest and highest step, such as [1, 6].",
            "items: Choices and faces have different steps; put them in different packs.",
        ],
    ),
    (
        "maal",
        "[[items]]",
        '[[items]]\nid = "more"\ntype = "goals"\n\n[[items]]',
        [
            "items[1].type: One item holds all goals of the family; a pack has at most one.",
        ],
    ),
    (
        "gsrs",
        'setting = "group"',
        'setting = "crowd"',
        ["setting: 'crowd' is not known here; use 'individual' or 'group'."],
    ),
    (
        "gsrs",
        'source = "Linjens',
        'origin = "Linjens',
        [f"cutoffs.all.source: {MISSING}", f"cutoffs.all.origin: {UNKNOWN}"],
    ),
    (PARENTS, '"competence", ', "", ["themes: The item 'competence' is in no theme."]),
    (
        PARENTS,
        '"competence", ',
        '"courage", ',
        [
            "themes.tillid: The theme names 'courage', and there is no such item.",
            "themes: The item 'competence' is in no theme.",
        ],
    ),
    (
        PARENTS,
        '"competence", ',
        '"competence", "control", ',
        ["themes.hverdag: The item 'control' is in a theme already."],
    ),
    (
        PARENTS,
        '["competence", "openness"]',
        '"competence"',
        [
            "themes.tillid: Write a list of names in quotation marks, not 'competence'.",
            "themes: The item 'competence' is in no theme.",
            "themes: The item 'openness' is in no theme.",
        ],
    ),
    (CHILDREN, "[9, 10]", "[8, 10]", [ONCE]),
    (CHILDREN, "low = [1, 3]\n", "", [ONCE]),
    (
        CHILDREN,
        "[1, 3]",
        "[0, 3]",
        ["bands.low: Write two whole numbers from 1 to 10, the lower first, not [0, 3].", ONCE],
    ),
    (
        CHILDREN,
        "source = ",
        "origin = ",
        [
            f"bands.source: {MISSING}",
            f"bands.origin: {UNKNOWN}",
        ],
    ),
    (
        CHILDREN,
        'type = "line"',
        'type = "text"',
        ["bands: Bands are for scores of lines, and this pack has items of another type."],
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), OF_QUESTIONS)
def test_a_mistake_in_the_questions_is_explained(
    tmp_path: Path, name: str, old: str, new: str, expected: list[str]
) -> None:
    file = f"packs/{name}/1/pack.toml"
    folder = changed(copied(tmp_path, name), file, old, new)
    found = [words for words in said_besides_freezing(folder) if words.startswith(file)]
    assert found == [f"{file}, {sentence}" for sentence in expected]
