"""Holds the app under test, on both databases: its settings, itself, and a browser without a login."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.databases import SECRET

if TYPE_CHECKING:
    from backend.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """The settings of one test: its own folder, its own database, a loopback origin."""
    from backend.settings import Settings

    return Settings(data=tmp_path, database_url=database_url, secret=SECRET)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole app on an empty database."""
    from backend import create_app
    from backend.database import db

    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a login, on the app's own origin."""
    return app.test_client()
