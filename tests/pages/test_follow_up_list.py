"""Tests the list of follow-ups where it is long: the first, the next of a kind, and a mistake far down."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest
from flask import Flask

from backend.actions import follow_up_list
from backend.clock import today
from tests.pages.test_follow_ups import HTMX, a_desk, promised

NOBODY = UUID(int=1)


def test_the_next_of_a_long_list_are_fetched_as_rows_alone_and_stand_on_a_page_without_script(app: Flask) -> None:
    case, browser = a_desk(app)
    for number in range(follow_up_list.SHOWN["due"] + 1):
        promised(app, case, f"Ring {number:02}", today())
    html = browser.get("/opfoelgninger").text
    further, again = re.findall(r'"(/opfoelgninger\?liste=due[^"]+)"', html)
    assert further == again
    assert case.family.alias not in unescape(further)
    last = f"Ring {follow_up_list.SHOWN['due']:02}"
    assert last not in html
    rows = browser.get(unescape(further), headers=HTMX).text
    assert last in rows
    assert "<html" not in rows
    assert "Vis flere" not in rows
    page = browser.get(unescape(further)).text
    assert last in page
    assert "I dag og før" in page
    assert "Ring 00" not in page


@pytest.mark.parametrize(
    "asked",
    [
        "liste=ingen",
        "liste=due&efter=-1",
        f"liste=due&efter=2026-11-24_{NOBODY}_2026-11-23T10:00:00_{NOBODY}",
        f"liste=done&efter=0001-01-01T00:00:00%2B12:00_{NOBODY}",
        "liste=coming&efter=x&uden=y",
    ],
)
def test_a_list_that_is_not_there_is_no_mistake_of_ours(app: Flask, asked: str) -> None:
    _, browser = a_desk(app)
    assert browser.get(f"/opfoelgninger?{asked}").status_code == 200


def test_a_mistake_in_a_row_far_down_is_told_at_its_form_with_what_was_typed(app: Flask) -> None:
    case, browser = a_desk(app)
    rows = [promised(app, case, f"Ring {number:02}", today()) for number in range(follow_up_list.SHOWN["due"] + 2)]
    answer = browser.post(f"/opfoelgninger/{rows[-1].id}/flyt", data={"due_on": "2020-01-01"})
    assert answer.status_code == 422
    assert f'id="follow-up-{rows[-1].id}"' in answer.text
    assert 'value="2020-01-01"' in answer.text
    further = re.findall(r'"(/opfoelgninger\?liste=due[^"]+)"', answer.text)[0]
    behind = browser.get(unescape(further), headers=HTMX).text
    assert f'id="follow-up-{rows[-2].id}"' in behind
    assert f'id="follow-up-{rows[-1].id}"' not in behind
