"""Holds what makes Linjen an app on the home screen: its manifest, and the service worker with what it keeps."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, url_for

from backend.instruments import packs
from backend.pages.tablet import spoken_languages
from backend.pages.words import asset
from backend.security.access import allow

page = Blueprint("worker", __name__)
KEPT = ("css/*.css", "js/*.js", "icons/*.svg", "icons/linjen-*.png", "vendor/idb-*/*.js", "vendor/hpke-core-*/*.js")
SIZES = (192, 512)


@page.get("/sw.js")
@allow(anyone=True, handed_over=True)
def script() -> Response:
    """Gives the service worker, with the addresses that it keeps and one version for all of them."""
    static = Path(current_app.static_folder or "")
    screens = _screens()
    addresses = [*screens, *(_address(static, file) for file in _files(static))]
    shell = {"version": _version(static, tuple(screens)), "addresses": addresses}
    source = f"const SHELL = {json.dumps(shell)};\n\n{(static / 'sw.js').read_text()}"
    return Response(source, mimetype="text/javascript")


@page.get("/manifest.webmanifest")
@allow(anyone=True, handed_over=True)
def manifest() -> Response:
    """Gives the manifest by which the browser puts Linjen on the home screen."""
    told = {
        "id": "/",
        "name": "Linjen",
        "short_name": "Linjen",
        "description": "Marker linjen. Se kurven.",
        "lang": "da",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "orientation": "any",
        "background_color": "#faf8f5",
        "theme_color": "#faf8f5",
        "icons": [_icon(size, purpose) for size in SIZES for purpose in ("any", "maskable")],
    }
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")


def _icon(size: int, purpose: str) -> dict[str, str]:
    source = asset(f"icons/linjen-{size}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _screens() -> list[str]:
    """Gives the addresses of the shell, its words and every blank form in every language: nothing personal in any."""
    forms = [
        url_for("tablet.blank_form", instrument=form.id, version=form.version, language=language)
        for form in packs().values()
        for language in form.languages
    ]
    return [url_for("tablet.shell"), *(url_for("tablet.words", language=code) for code in spoken_languages()), *forms]


def _files(static: Path) -> list[Path]:
    return sorted(file for pattern in KEPT for file in static.glob(pattern))


def _address(static: Path, file: Path) -> str:
    return asset(file.relative_to(static).as_posix())


@cache
def _version(static: Path, screens: tuple[str, ...]) -> str:
    """Gives one hash over everything that a new version or a licensed wording could change in what is kept."""
    root = static.parent.parent
    sources = [*static.rglob("*"), *static.parent.rglob("*.html"), *static.parent.rglob("*.mo")]
    sources += [*(root / "backend").rglob("*.toml"), *(root / "backend" / "pages").glob("*.py")]
    digest = hashlib.sha256("\n".join(screens).encode())
    for file in sorted(file for file in sources if file.is_file()):
        digest.update(file.as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
