"""Promise A7: every unsafe route refuses a request that another site made, before it looks at anything else."""

from __future__ import annotations

from uuid import uuid4

from flask import Flask

from tests.factories import ORIGIN, a_house, somebody

SAFE = {"GET", "HEAD", "OPTIONS"}
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://other.linjen.example"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
)


def test_every_unsafe_route_refuses_every_foreign_request(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = app.test_client()
    client.set_cookie("linjen", person.token)
    tried = 0
    for rule in app.url_map.iter_rules():
        values = dict.fromkeys(rule.arguments, uuid4())
        path = app.url_map.bind("127.0.0.1").build(rule.endpoint, values)
        for method in (rule.methods or set()) - SAFE:
            for headers in FOREIGN:
                answer = client.open(path, method=method, headers=headers)
                assert answer.status_code == 403, f"{method} {path} from {headers}"
                tried += 1
    assert tried >= 6 * 12


def test_our_own_pages_and_programs_without_a_browser_pass(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = app.test_client()
    client.set_cookie("linjen", person.token)
    own: tuple[dict[str, str], ...] = (
        {},
        {"Origin": ORIGIN},
        {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    )
    for number, headers in enumerate(own):
        answer = client.post("/api/v1/families", json={"alias": f"Mos {number}"}, headers=headers)
        assert answer.status_code == 201
