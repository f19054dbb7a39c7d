"""Holds a small real server that shows one blank form under the real headers and keeps what it hands in.

It holds no rule of Linjen: what is under test is the form. `python -m tests.browser.line.harness` serves it on a free
loopback port, says the port on its first line, and stops when its standard input closes.
"""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, render_template_string, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel, force_locale
from werkzeug.serving import make_server

from backend.instruments import pack
from backend.security.headers import HEADERS

ROOT = Path(__file__).parents[3]
AXE = Path(__file__).parents[1] / "vendor" / "axe-4.14.1" / "axe.min.js"
HOST = Path(__file__).with_name("host.js")
PAGE = """{% extends "layout_family.html" %}
{% block scripts %}<script type="module" src="/host.js"></script>{% endblock %}
{% block content %}
<div id="stage" data-slots='{{ slots | tojson }}' data-goals='{{ goals | tojson }}'></div>
{% include "family/form.html" %}
{% endblock %}"""
NAMES = {"who": "Karim", "about": None, "seen_by": "Anne og dig"}
ORS, SRS = pack("ors"), pack("srs")
FORMS = {
    "ors": (ORS, ORS.text("da"), NAMES),
    "srs": (SRS, SRS.text("da"), NAMES),
    "rtl": (ORS, replace(ORS.text("da"), direction="rtl"), NAMES),
    "about": (ORS, ORS.text("da"), NAMES | {"about": "Maja"}),
}
GOALS = ("Vi vil spise aftensmad sammen tre aftener om ugen", "At Emil sover i sin egen seng 🌙 \u200fنعم")


@dataclass
class Desk:
    """What was handed in so far, and why the next answers are not kept; "" when they are."""

    received: list[dict[str, Any]] = field(default_factory=list)
    reason: str = ""


def line_app() -> Flask:
    """Gives the server with one desk of its own."""
    app = Flask(__name__, template_folder=ROOT / "frontend/templates", static_folder=ROOT / "frontend/static")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "frontend/translations")
    Babel(app, default_locale="da")
    app.jinja_env.globals["asset"] = lambda path: url_for("static", filename=path)
    _screens(app)
    _desk(app, Desk())
    app.after_request(_real_headers)
    return app


def _real_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _screens(app: Flask) -> None:
    @app.get("/form/<name>")
    def form(name: str) -> str:
        form, text, slots = FORMS[name]
        return render_template_string(PAGE, form=form, text=text, slots=slots, goals=[])

    @app.get("/pack/<name>/<language>")
    def any_pack(name: str, language: str) -> str:
        """Shows any pack that ships, about somebody with ?about=, with goals by ?goal=, on a telephone by ?phone=1."""
        form, given = pack(name), request.args
        goals = [
            {"id": f"goal-{number}", "words": words} for number, words in enumerate(given.getlist("goal") or GOALS)
        ]
        slots = NAMES | {"about": given.get("about"), "who": given.get("who", "Karim")}
        asked = {"form": form, "text": form.text(language), "phone": given.get("phone")}
        with force_locale(language):
            return render_template_string(PAGE, **asked, slots=slots, goals=goals)

    @app.get("/kept")
    def kept() -> str:
        return "<!doctype html><html lang=da><title>Tak</title><main><h1>Tak</h1></main></html>"

    @app.get("/host.js")
    def host() -> Response:
        return Response(HOST.read_bytes(), mimetype="text/javascript")

    @app.get("/axe.js")
    def axe() -> Response:
        return Response(AXE.read_bytes(), mimetype="text/javascript")


def _desk(app: Flask, desk: Desk) -> None:
    @app.post("/desk")
    def receive() -> ResponseReturnValue:
        desk.received.append(request.get_json())
        return jsonify({"reason": desk.reason})

    @app.get("/desk")
    def look() -> Response:
        return jsonify(desk.received)

    @app.post("/desk/refuse/<reason>")
    def refuse(reason: str) -> str:
        desk.reason = reason
        return ""

    @app.post("/desk/accept")
    def accept() -> str:
        desk.reason = ""
        return ""

    @app.post("/desk/clear")
    def clear() -> str:
        desk.received.clear()
        desk.reason = ""
        return ""


def main() -> None:
    """Serves on a free loopback port until standard input closes."""
    server = make_server("127.0.0.1", 0, line_app(), threaded=True)
    print(server.port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
