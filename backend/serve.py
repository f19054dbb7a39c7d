"""Starts Linjen for real: migrates, seeds the demo on first start, prints its logins, serves with gunicorn."""

from __future__ import annotations

import argparse
import gc
import os
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from backend import create_app, database
from backend.actions.inbox import open_all
from backend.actions.standing import keep_all
from backend.demo import PIN, seed_demo
from backend.migrating import migrate
from backend.settings import Settings


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings: one process, several threads."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.flask = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        options: dict[str, Any] = {
            "bind": f"{host}:{self.settings.port}",
            "workers": int(os.environ.get("LINJEN_WORKERS") or 1),
            "threads": 8,
            "worker_class": "gthread",
            "limit_request_line": 4094,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.flask


def main() -> None:
    """Reads the settings, prepares the database, and serves until stopped."""
    parser = argparse.ArgumentParser(prog="python -m backend.serve", description=main.__doc__)
    parser.add_argument("--port", type=int, help="instead of PORT")
    given = parser.parse_args()
    if given.port:
        os.environ["PORT"] = str(given.port)
    settings = Settings.from_environment()
    migrate(settings)
    app = create_app(settings)
    with app.app_context():
        if settings.demo:
            for login in seed_demo():
                print(login.line, flush=True)
            print(f"PIN {PIN} unlocks the tablet after a family has had it.", flush=True)
        open_all()
        keep_all()
        database.db.engine.dispose()
    print(f"Linjen: {settings.origin}", flush=True)
    gc.collect()
    gc.freeze()  # what is there from the start is not looked through again during an answer
    Server(app, settings).run()


if __name__ == "__main__":
    main()
