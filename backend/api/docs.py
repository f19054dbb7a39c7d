"""Holds the viewer of the OpenAPI document: a page without script, made from the same document that programs read."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from backend.security.access import allow

docs = Blueprint("api-viewer", __name__, url_prefix="/api/v1")


@docs.get("/docs")
@allow(anyone=True)
def show() -> str:
    """Shows every call with its fields and answers."""
    return render_template("api_docs.html", document=current_app.extensions["openapi"].to_dict())
