"""Tests what the home screen is told of Linjen, and what is kept for it, without a browser that installs it."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from tests.factories import a_browser


def test_the_manifest_speaks_the_language_that_it_says_whatever_the_browser_reads(app: Flask) -> None:
    client = a_browser(app)
    told = [client.get("/manifest.webmanifest", headers={"Accept-Language": code}).json for code in ("da", "en")]
    assert told[0] == told[1]
    assert (told[0]["lang"], told[0]["description"]) == ("da", "Marker linjen. Se kurven.")


@pytest.mark.parametrize("address", ["/log-ind", "/tablet", "/api/v1/docs"])
def test_every_stylesheet_that_a_frame_names_is_there_and_kept(app: Flask, address: str) -> None:
    client = a_browser(app)
    named = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get(address).text)
    kept = json.loads(client.get("/sw.js").text.removeprefix("const SHELL = ").split(";\n", 1)[0])["addresses"]
    assert len(named) >= 3
    assert [client.get(sheet).status_code for sheet in named] == [200] * len(named)
    assert set(named) <= set(kept)
