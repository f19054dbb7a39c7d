"""Holds the headers on every answer and the check that unsafe requests come from our own pages."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

from backend.problems import Problem

OURS = ("script-src", "style-src", "img-src", "connect-src", "font-src", "manifest-src", "worker-src", "form-action")
NOBODYS = ("default-src", "base-uri", "frame-ancestors")
POLICY = "; ".join([f"{name} 'none'" for name in NOBODYS] + [f"{name} 'self'" for name in OURS])
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def protect(app: Flask) -> None:
    """Checks where unsafe requests come from and puts the headers on every answer."""
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def _refuse_other_sites() -> None:
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        raise Problem("cross-site")
    unnamed = {None, "null"} if site else {None}  # under no-referrer a browser calls our own origin "null"
    if origin not in unnamed and origin != current_app.config["SETTINGS"].origin:
        raise Problem("cross-site")


def _add_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if current_app.config["SETTINGS"].encrypted:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint == "static":
        del response.headers["Content-Disposition"], response.headers["Expires"]
    else:
        response.headers["Cache-Control"] = "no-store"
    return response
