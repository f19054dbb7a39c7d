"""Holds what machines ask about the server: alive, ready, and figures for Prometheus on loopback only."""

from __future__ import annotations

from importlib import import_module
from time import perf_counter

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest

from backend.problems import Problem, missing
from backend.security.access import allow
from backend.settings import LOOPBACK

health = Blueprint("health", __name__)


@health.get("/healthz")
@allow(anyone=True, handed_over=True)
def alive() -> Response:
    """Says that the process answers."""
    return jsonify(status="ok")


@health.get("/readyz")
@allow(anyone=True, handed_over=True)
def ready() -> Response:
    """Says whether the database answers and is migrated to the models of this version."""
    at, wanted = import_module("backend.migrating").revisions()
    if at != wanted:
        raise Problem("unavailable", "Databasen er ikke migreret til denne version.")
    return jsonify(status="ok", revision=at)


@health.get("/metrics")
@allow(anyone=True, handed_over=True)
def metrics() -> Response:
    """Gives request durations by route, to callers on this machine only."""
    if request.remote_addr not in LOOPBACK:
        raise missing()
    registry: CollectorRegistry = current_app.extensions["metrics"]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@health.record_once
def _measure(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]
    registry = CollectorRegistry()
    durations = Histogram("linjen_request_seconds", "Request duration", ("route", "status"), registry=registry)
    app.extensions["metrics"] = registry

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if "began" in g:
            durations.labels(request.endpoint or "none", response.status_code).observe(perf_counter() - g.began)
        return response
