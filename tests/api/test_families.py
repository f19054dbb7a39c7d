"""Tests the JSON of the families that one works with: a page at a time, and what a program learns of the others."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from backend.api.families import PAGE
from tests.factories import a_browser, a_case, a_house, somebody

ADDRESS = "/api/v1/families"


def test_families_come_by_alias_a_page_at_a_time_and_the_header_says_how_many(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = [a_case(person) for _ in range(5)]
        a_case(somebody(a_house()))
    browser = a_browser(app, person)
    whole = browser.get(ADDRESS)
    assert [row["alias"] for row in whole.json] == sorted(case.family.alias for case in cases)
    pages = [browser.get(ADDRESS, query_string={"page": page, "page_size": 2}) for page in (1, 2, 3)]
    assert [row for page in pages for row in page.json] == whole.json
    told = json.loads(pages[1].headers["X-Pagination"])
    assert told == {
        "total": 5, "total_pages": 3, "first_page": 1, "last_page": 3, "page": 2, "previous_page": 1, "next_page": 3,
    }  # fmt: skip


@pytest.mark.parametrize("page", [2, 10**30])
def test_a_page_beyond_the_last_is_empty(app: Flask, page: int) -> None:
    with app.app_context():
        person = a_case(somebody(a_house())).therapist
    assert a_browser(app, person).get(ADDRESS, query_string={"page": page}).json == []


@pytest.mark.parametrize("asked", [{"page": 0}, {"page_size": 0}, {"page_size": PAGE + 1}, {"page": "to"}])
def test_a_page_that_cannot_be_is_refused(app: Flask, asked: dict[str, object]) -> None:
    with app.app_context():
        person = somebody(a_house())
    answer = a_browser(app, person).get(ADDRESS, query_string=asked)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert set(answer.json["errors"]) == set(asked)


def test_the_openapi_document_tells_of_the_pages(app: Flask) -> None:
    asked = a_browser(app).get("/api/v1/openapi.json").json["paths"][ADDRESS]["get"]
    sizes = {one["name"]: one["schema"] for one in asked["parameters"]}
    assert (sizes["page_size"]["default"], sizes["page_size"]["maximum"]) == (PAGE, PAGE)
    assert "X-Pagination" in asked["responses"]["200"]["headers"]
