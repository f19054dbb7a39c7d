"""Wires Linjen together: create_app is the only place where the rooms meet, and importing this file imports no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from backend.settings import Settings

LARGEST_REQUEST = 256 * 1024  # bytes
COMPRESSED = [
    "text/html",
    "text/css",
    "text/javascript",
    "image/svg+xml",
    "application/json",
    "application/manifest+json",
]
"""Lengths tell nobody anything: our cookies are SameSite=Strict, so no other site can ask for an answer to measure."""


def create_app(settings: Settings | None = None) -> Flask:
    """Makes the app for the given settings, or for those of the environment."""
    from flask import Flask  # noqa: PLC0415  the scoring room must stay importable without Flask
    from flask_compress import Compress  # noqa: PLC0415
    from werkzeug.middleware.proxy_fix import ProxyFix  # noqa: PLC0415

    from backend import api, commands, database, pages, telling  # noqa: PLC0415
    from backend.security import access, headers, logins  # noqa: PLC0415
    from backend.settings import Settings  # noqa: PLC0415

    settings = settings or Settings.from_environment()
    app = Flask("backend", template_folder="../frontend/templates", static_folder="../frontend/static")
    app.config.update(SETTINGS=settings, SECRET_KEY=settings.secret, MAX_CONTENT_LENGTH=LARGEST_REQUEST)
    app.config.update(SEND_FILE_MAX_AGE_DEFAULT=0, MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST)
    app.config.update(COMPRESS_MIMETYPES=COMPRESSED, COMPRESS_ALGORITHM=["br", "gzip"])
    app.config.update(COMPRESS_ALGORITHM_STREAMING=["br"], COMPRESS_BR_LEVEL=5, COMPRESS_BR_MODE=1)
    Compress(app)
    database.connect(app, settings)
    telling.tell_problems(app)
    headers.protect(app)
    logins.watch(app)
    access.guard(app)
    api.register(app)
    pages.register(app)
    commands.register(app)
    access.open_to_all(app, "static")
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app
