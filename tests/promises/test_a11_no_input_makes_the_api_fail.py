"""Promise A11: generated requests over the OpenAPI document give no answer ≥ 500 and break no documented shape."""

from __future__ import annotations

from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.factories import a_case, a_house, a_session, a_tablet, somebody

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
EXAMPLES = 40


def test_generated_requests_never_break_the_server_or_its_word(app: Flask) -> None:
    app.testing = False
    with app.app_context():
        case = a_case(somebody(a_house()))
        held, tablet = a_session(case), a_tablet(case.therapist)
    known = {"family_id": case.family.id, "episode_id": case.episode.id, "member_id": case.member.id}
    cookie = {"Cookie": f"linjen={case.therapist.token}; tablet={tablet.token}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith("/logout"):
            continue
        tried.append(operation.path)
        attack(operation, cookie, {name: str(value) for name, value in known.items()}, str(held.id))
    assert len(tried) >= 12


def attack(operation: Any, headers: dict[str, str], known: dict[str, str], session_id: str) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=quiet, phases=[Phase.generate], database=None)
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        case.path_parameters = (case.path_parameters or {}) | {n: v for n, v in known.items() if n in operation.path}
        if isinstance(case.body, dict) and "session_id" in case.body:
            case.body = {**case.body, "session_id": session_id, "member_id": known["member_id"]}
        case.call_and_validate(headers=headers, checks=CHECKS)

    run()
