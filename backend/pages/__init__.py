"""Holds the screens for htmx: one file a screen, the same template for page and fragment; no ORM and no rule."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

SCREENS = (
    "login", "today", "families", "episodes", "curves", "sessions", "tablet", "instruments", "language",
    "worker", "ipads", "visits", "settling",
    "caseload", "goals", "raters", "comparison", "groups", "links", "invitations",
    "follow_ups", "search",
    "events", "handovers", "intervention_types",
    "together", "corrections",
    "team", "supervision",
)  # fmt: skip


def register(app: Flask) -> None:
    """Registers every screen, and the words and formats that the templates use."""
    import_module("backend.pages.words").register(app)
    for name in SCREENS:
        app.register_blueprint(import_module(f"backend.pages.{name}").page)
