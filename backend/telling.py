"""Holds how a problem is told: problem+json to programs, a Danish page or fragment to people, from one table."""

from __future__ import annotations

from flask import Flask, current_app, jsonify, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from backend.problems import Problem

BY_STATUS = {400: "malformed", 401: "not-logged-in", 403: "forbidden", 404: "missing", 405: "not-allowed"}
BY_STATUS |= {409: "conflict", 413: "too-large", 415: "malformed", 422: "invalid", 429: "too-many", 503: "unavailable"}
ELSEWHERE = {"not-logged-in": "login.show", "handed-over": "tablet.shell"}


def tell_problems(app: Flask) -> None:
    """Registers how every kind of failure is told."""
    app.register_error_handler(Problem, tell)
    app.register_error_handler(HTTPException, _tell_http)
    app.register_error_handler(OperationalError, _tell_storage)
    app.register_error_handler(Exception, _tell_unexpected)


def tell(problem: Problem) -> Response:
    """Gives the answer for a problem; a page that needs a login or an unlock leads there instead."""
    if _for_program():
        return as_json(problem)
    if problem.kind in ELSEWHERE and request.method == "GET":
        return _lead_to(url_for(ELSEWHERE[problem.kind]))
    fragment = request.headers.get("HX-Request") == "true"
    template = "pieces/problem.html" if fragment else "problem.html"
    return current_app.make_response((render_template(template, problem=problem), problem.status))


def as_json(problem: Problem) -> Response:
    """Gives the `application/problem+json` answer of a problem."""
    response: Response = jsonify(problem.as_json())
    response.status_code, response.content_type = problem.status, "application/problem+json"
    if problem.kind == "too-many":
        response.headers["Retry-After"] = "60"
    return response


def _lead_to(address: str) -> Response:
    if request.headers.get("HX-Request") == "true":
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _for_program() -> bool:
    wanted = request.accept_mimetypes.best == "application/json"
    return request.path.startswith("/api/") or request.is_json or wanted


def _tell_http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return Response.force_type(error.get_response(), request.environ)
    kind = BY_STATUS.get(error.code or 500, "failed" if (error.code or 500) >= 500 else "malformed")
    told = tell(Problem(kind))
    if error.code == 405 and error.get_response().headers.get("Allow"):
        told.headers["Allow"] = error.get_response().headers["Allow"]
    return told


def _tell_storage(error: OperationalError) -> Response:
    current_app.logger.error("database unavailable: %s", type(error.orig).__name__)
    return tell(Problem("unavailable"))


def _tell_unexpected(error: Exception) -> Response:
    if current_app.testing:
        raise error
    current_app.logger.exception("unexpected failure")
    return tell(Problem("failed"))
