"""Tests that a full batch of envelopes asks the database no more questions than a single one."""

from __future__ import annotations

import pytest
from flask import Flask

from backend.database import db
from tests.actions.depositing import deposit, outcomes
from tests.factories import Case, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody
from tests.support.questions import questions

BATCH = 50


@pytest.mark.parametrize("form", ["ors", "ycors", "who-5"])
def test_fifty_answers_take_hardly_more_questions_than_one(app: Flask, form: str) -> None:
    with app.app_context():
        case: Case = a_case(somebody(a_house()))
        tablet, held = a_tablet(case.therapist), [a_session(case) for _ in range(BATCH)]
        one, *more = ([an_envelope(tablet, a_deposit(case, some, form)) for some in held] for _ in range(3))
        asked = []
        for batch in (one, [more[0][0]], more[1]):
            with questions(db.engine) as sent:
                assert outcomes(deposit(tablet, *batch)) == [("created", None)] * len(batch)
            asked.append(len(sent))
    first, single, again = asked
    assert single == again < 20
    assert first < 30
