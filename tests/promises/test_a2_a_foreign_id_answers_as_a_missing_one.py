"""Promise A2: what belongs to somebody else answers exactly as what does not exist, byte for byte."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import Case, a_browser, a_case, a_house, a_session, marks_of, somebody

MEMBER = {"alias": "Maja", "birth_month": "2012-01", "place": "child"}


def addresses(case: Case, session_id: object) -> dict[str, tuple[str, str, dict[str, object] | None]]:
    form = {"session_id": str(session_id), "member_id": str(case.member.id), "instrument": "ors", "version": "1"}
    rater = {"member_id": str(case.member.id), "relation": "teacher", "alias": "Lærer"}
    return {
        str(case.family.id): ("POST", f"/api/v1/families/{case.family.id}/members", MEMBER),
        str(case.episode.id): ("POST", f"/api/v1/episodes/{case.episode.id}/raters", rater),
        str(session_id): (
            "PUT",
            f"/api/v1/responses/{uuid4()}",
            form | {"language": "da", "marks": marks_of("ors", 1)},
        ),
        str(case.member.id): ("GET", f"/api/v1/members/{case.member.id}/trajectories?episode={case.episode.id}", None),
        f"page {case.family.id}": ("GET", f"/familier/{case.family.id}", None),
        f"page {case.episode.id}": ("GET", f"/forloeb/{case.episode.id}", None),
        f"page {session_id}": ("GET", f"/samtaler/{session_id}", None),
    }


def answer_bytes(
    client: FlaskClient, call: tuple[str, str, dict[str, object] | None], secret: str, known: str
) -> bytes:
    method, path, body = call
    text = repr((path, body)).replace(secret, known)
    path, body = eval(text, {"__builtins__": {}})
    answer = client.open(path, method=method, json=body)
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return f"{answer.status}\n{headers}\n".encode() + answer.data.replace(known.encode(), b"ID")


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same agency", "other agency"])
def test_a_foreign_id_and_a_random_id_get_the_same_answer(app: Flask, elsewhere: bool) -> None:
    with app.app_context():
        house = a_house()
        case = a_case(somebody(house))
        held = a_session(case)
        client = a_browser(app, somebody(a_house() if elsewhere else house))
    for key, call in addresses(case, held.id).items():
        secret = key.removeprefix("page ")
        foreign = answer_bytes(client, call, secret, secret)
        random = answer_bytes(client, call, secret, str(uuid4()))
        assert foreign.startswith(b"404")
        assert foreign.split(b"\n", 2)[2] == random.split(b"\n", 2)[2]
