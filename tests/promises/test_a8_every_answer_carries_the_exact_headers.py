"""Promise A8: pages, JSON, files and errors all carry the same strict headers, and only files may be cached."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import a_browser, a_house, somebody

POLICY = {
    "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'", "style-src 'self'",
    "img-src 'self'", "connect-src 'self'", "font-src 'self'", "manifest-src 'self'", "worker-src 'self'",
    "form-action 'self'",
}  # fmt: skip
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "path",
    ["/log-ind", "/i-dag", "/api/v1/families", "/api/v1/nothing", "/nowhere", "/static/css/base.css", "/healthz"],
)
def test_the_headers_are_exact(app: Flask, path: str) -> None:
    with app.app_context():
        client = a_browser(app, somebody(a_house()))
    answer = client.get(path)
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: answer.headers[name] for name in EXACT} == EXACT
    assert "Server" not in answer.headers
    if not path.startswith("/static"):
        assert answer.headers["Cache-Control"] == "no-store"
