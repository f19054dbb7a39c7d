"""Holds the JSON under /api/v1: one blueprint a resource, its marshmallow schemas beside it, OpenAPI made from them."""

from __future__ import annotations

from http import HTTPStatus
from importlib import import_module

from flask import Flask
from flask_smorest import Api
from werkzeug.wrappers import Response

from backend.api import schemas
from backend.problems import KINDS, Problem
from backend.security.access import open_to_all
from backend.telling import BY_STATUS, tell

RESOURCES = (
    "login",
    "instruments",
    "families",
    "episodes",
    "responses",
    "trajectories",
    "tablets",
    "inbox",
    "visit_plans",
)
PLACES = {"json", "query", "key", "value"}  # where the library says a mistake was; nothing that the caller wrote
CONFIG = {
    "API_TITLE": "Linjen",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {
        "security": [{"login": []}, {"token": []}],
        "components": {
            "securitySchemes": {
                "login": {"type": "apiKey", "in": "cookie", "name": "__Host-linjen"},
                "token": {"type": "http", "scheme": "bearer"},
                "tablet": {"type": "apiKey", "in": "cookie", "name": "__Host-tablet"},
            }
        },
    },
}


class LinjenApi(Api):  # type: ignore[misc]
    """flask-smorest with Linjen's one shape of errors."""

    ERROR_SCHEMA = schemas.Problem

    def _register_responses(self) -> None:
        told = {"content": {"application/problem+json": {"schema": self.ERROR_SCHEMA}}}
        for status in HTTPStatus:
            self.spec.components.response(status.name, {"description": status.phrase} | told, lazy=True)
        self.spec.components.response("DEFAULT_ERROR", {"description": "A problem"} | told, lazy=True)

    def handle_http_exception(self, error: Exception) -> Response:
        """Tells what the library refuses, such as a body that does not fit its schema, from the one table."""
        code = getattr(error, "code", None) or 500
        said = (getattr(error, "data", None) or {}).get("messages", {})
        kind = BY_STATUS.get(code, "failed" if code >= 500 else "malformed")
        told = tell(Problem(kind, fields=flattened(said) if KINDS[kind].status in {400, 422} else None))
        allowed = error.get_response().headers.get("Allow") if hasattr(error, "get_response") else None
        if allowed:
            told.headers["Allow"] = allowed
        return told


def flattened(said: object, path: str = "") -> dict[str, str]:
    """Gives nested validation messages as one sentence a field: `marks.personal` → what is wrong with it."""
    if isinstance(said, dict):
        return {
            name: text
            for key, value in said.items()
            for name, text in flattened(value, path if key in PLACES else f"{path}.{key}".strip(".")).items()
        }
    sentences = said if isinstance(said, list) else [said]
    return {path or "body": " ".join(str(sentence) for sentence in sentences)}


def register(app: Flask) -> None:
    """Registers every resource, the OpenAPI document and the viewer for it."""
    app.config.update(CONFIG)
    api = LinjenApi(app)
    for name in RESOURCES:
        for blueprint in import_module(f"backend.api.{name}").blueprints:
            api.register_blueprint(blueprint)
    open_to_all(app, "api-docs.openapi_json")
    app.register_blueprint(import_module("backend.api.docs").docs)
    app.register_blueprint(import_module("backend.api.health").health)
    app.extensions["openapi"] = api.spec
    app.register_error_handler(RecursionError, _tell_too_deep)


def _tell_too_deep(error: RecursionError) -> Response:
    """Tells JSON that is nested too deep as what it is; any other endless recursion is a mistake of ours."""
    if "decoding a JSON" not in str(error):
        raise error
    return tell(Problem("malformed"))
