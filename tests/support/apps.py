"""Holds the app under test, on both databases: its settings, itself, and a browser without a login."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.databases import SECRET

if TYPE_CHECKING:
    from backend.settings import Settings


class ReadingClient(FlaskClient):
    """A browser that reads every answer to its end, and so leaves no static file open."""

    def open(self, *args: Any, buffered: bool = True, **options: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **options)


NewApp = Callable[["Settings"], Flask]


@pytest.fixture
def settings(tmp_path: Path, standing_url: str) -> Settings:
    """The settings of one test: its own folder, an empty database, a loopback origin."""
    from backend.settings import Settings

    return Settings(data=tmp_path, database_url=standing_url, secret=SECRET)


@pytest.fixture
def new_app() -> Iterator[NewApp]:
    """A function that makes one more app, such as the same one after a restart; its connections end with the test."""
    from backend import create_app
    from backend.database import db

    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        app = create_app(settings)
        app.test_client_class = ReadingClient
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def standing_apps() -> dict[str, Flask]:
    """The apps of this test process by the URL of their database, as the workers of a server stand for all requests."""
    return {}


@pytest.fixture
def app(standing_apps: dict[str, Flask], settings: Settings) -> Iterator[Flask]:
    """The whole app on an empty database; a test that changes the app itself asks `new_app` for one of its own."""
    from backend import create_app
    from backend.commands import WORDING
    from backend.database import db
    from backend.instruments import lay_over

    url = settings.database_url
    if url not in standing_apps:
        standing_apps[url] = create_app(settings)
        standing_apps[url].test_client_class = ReadingClient
    app = standing_apps[url]
    app.config["SETTINGS"] = settings
    lay_over(settings.data / WORDING)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a login, on the app's own origin."""
    return app.test_client()
