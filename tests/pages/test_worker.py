"""Tests what the home screen is told of Linjen, without a browser that installs it."""

from __future__ import annotations

from flask import Flask

from tests.factories import a_browser


def test_the_manifest_speaks_the_language_that_it_says_whatever_the_browser_reads(app: Flask) -> None:
    client = a_browser(app)
    told = [client.get("/manifest.webmanifest", headers={"Accept-Language": code}).json for code in ("da", "en")]
    assert told[0] == told[1]
    assert (told[0]["lang"], told[0]["description"]) == ("da", "Marker linjen. Se kurven.")
