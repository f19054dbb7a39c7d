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
def settings(tmp_path: Path, database_url: str) -> Settings:
    """The settings of one test: its own folder, its own database, a loopback origin."""
    from backend.settings import Settings

    return Settings(data=tmp_path, database_url=database_url, secret=SECRET)


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


@pytest.fixture
def app(new_app: NewApp, settings: Settings) -> Flask:
    """The whole app on an empty database."""
    return new_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a login, on the app's own origin."""
    return app.test_client()
