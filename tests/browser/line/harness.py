"""Holds a small real server that shows the family screens under the real headers and keeps what they send.

It holds no rule of Linjen: what is under test is the page. `python -m tests.browser.line.harness` serves it on a
free loopback port, says the port on its first line, and stops when its standard input closes.
"""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from werkzeug.serving import make_server

from backend.security.headers import HEADERS

ROOT = Path(__file__).parents[3]
AXE = Path(__file__).parents[1] / "vendor" / "axe-4.14.1" / "axe.min.js"


@dataclass(frozen=True)
class LineItem:
    """One line's words, as a form gives them to the page."""

    id: str
    name: str
    description: str
    low: str
    high: str


ORS = (
    LineItem("personal", "Personligt", "hvordan du har haft det med dig selv", "Ikke godt", "Rigtig godt"),
    LineItem("close", "Nære relationer", "familie og nære venner", "Ikke godt", "Rigtig godt"),
    LineItem("social", "Socialt", "arbejde, skole og bekendte", "Ikke godt", "Rigtig godt"),
    LineItem("overall", "Generelt", "hvordan du alt i alt har haft det", "Ikke godt", "Rigtig godt"),
)
SRS = (
    LineItem(
        "relationship",
        "Relation",
        "",
        "Jeg følte mig ikke hørt, forstået og respekteret",
        "Jeg følte mig hørt, forstået og respekteret",
    ),
    LineItem(
        "goals",
        "Mål og emner",
        "",
        "Vi talte ikke om det, der er vigtigt for mig",
        "Vi talte om det, der er vigtigt for mig",
    ),
    LineItem(
        "approach",
        "Metode",
        "",
        "Måden, vi gjorde det på, passede ikke til mig",
        "Måden, vi gjorde det på, passede godt til mig",
    ),
    LineItem(
        "overall",
        "Alt i alt",
        "",
        "Samtalen gav mig ikke det, jeg havde brug for",
        "Samtalen gav mig det, jeg havde brug for",
    ),
)


@dataclass(frozen=True)
class Form:
    """What the form page is told: whose turn it is with which lines."""

    title: str = "Hvordan har du haft det den seneste uge?"
    items: tuple[LineItem, ...] = ORS
    instrument: str = "ors"
    version: str = "1"
    session_id: str = "7d0e1a52-5f0b-4c36-9b0e-5c6f7a8b9c01"
    member_id: str = "7d0e1a52-5f0b-4c36-9b0e-5c6f7a8b9c02"
    rater_id: str | None = None
    language: str = "da"
    direction: str = "ltr"
    who: str = "Karim"
    about: str | None = None
    seen_by: str = "Anne og dig"
    next_url: str = "/handover"
    skip_url: str = "/skip"


FORMS = {
    "ors": Form(),
    "srs": Form(title="Hvordan var samtalen i dag?", items=SRS, instrument="srs"),
    "rtl": Form(direction="rtl"),
    "about": Form(about="Maja", rater_id="7d0e1a52-5f0b-4c36-9b0e-5c6f7a8b9c03"),
}


@dataclass
class Desk:
    """What the server has received so far, and how it answers the next responses."""

    received: list[dict[str, Any]] = field(default_factory=list)
    stored: dict[str, Any] = field(default_factory=dict)
    skipped: int = 0
    answer: int = 201


def line_app() -> Flask:
    """Gives the server with one desk of its own."""
    app = Flask(__name__, template_folder=ROOT / "frontend/templates", static_folder=ROOT / "frontend/static")
    Babel(app, default_locale="da")
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
        return render_template("family/form.html", form=FORMS[name])

    @app.get("/handover")
    def handover() -> str:
        return render_template(
            "family/handover.html", next_name="Karim", thanks_name="Maja", start_url="/form/ors", unlock_url="/unlock"
        )

    @app.get("/finished")
    def finished() -> str:
        return render_template("family/finished.html", thanks_name="Karim", unlock_url="/unlock")

    @app.route("/unlock", methods=["GET", "POST"])
    def unlock() -> str:
        wrong = "PIN-koden passer ikke. Prøv igen." if request.method == "POST" else None
        return render_template("family/unlock.html", action_url="/unlock", error=wrong, cancel_url="/handover")

    @app.get("/axe.js")
    def axe() -> Response:
        return Response(AXE.read_bytes(), mimetype="text/javascript")


def _desk(app: Flask, desk: Desk) -> None:
    @app.put("/api/v1/responses/<response_id>")
    def receive(response_id: str) -> ResponseReturnValue:
        body = request.get_json()
        desk.received.append({"id": response_id, **body})
        if desk.answer == 303:
            return redirect("/handover", 303)
        if desk.answer != 201:
            return jsonify({}), desk.answer
        status = 201 if response_id not in desk.stored else 200 if desk.stored[response_id] == body else 409
        desk.stored.setdefault(response_id, body)
        return jsonify({"id": response_id}), status

    @app.post("/skip")
    def skip() -> str:
        desk.skipped += 1
        return render_template("family/finished.html", thanks_name=None, unlock_url="/unlock")

    @app.get("/desk")
    def look() -> Response:
        return jsonify({"received": desk.received, "stored": desk.stored, "skipped": desk.skipped})

    @app.post("/desk/answer/<int:status>")
    def decide(status: int) -> str:
        desk.answer = status
        return ""

    @app.post("/desk/clear")
    def clear() -> str:
        desk.received.clear()
        desk.stored.clear()
        desk.skipped, desk.answer = 0, 201
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
