"""Tests the login screen and what leads to it."""

from __future__ import annotations

from flask import Flask

from tests.factories import PASSWORD, a_browser, a_house, somebody


def test_the_login_screen_says_whom_it_is_for_and_gives_nothing_away(app: Flask) -> None:
    html = a_browser(app).get("/log-ind").text
    assert "For medarbejdere" in html
    assert "demo" not in html
    assert "<nav" not in html


def test_logging_in_leads_to_the_day_and_out_again_to_the_login(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app)
    answer = client.post("/log-ind", data={"email": f" {person.email.upper()} ", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/i-dag")
    assert client.get("/log-ind").headers["Location"] == "/i-dag"
    assert "Anne Krog" in client.get("/i-dag").text
    assert client.post("/log-ud").headers["Location"] == "/log-ind"
    assert client.get("/i-dag").headers["Location"] == "/log-ind"


def test_a_wrong_login_keeps_the_email_and_never_the_password(app: Flask) -> None:
    answer = a_browser(app).post("/log-ind", data={"email": "anne@linjen.invalid", "password": "hemmelig gæt"})
    assert answer.status_code == 401
    assert 'value="anne@linjen.invalid"' in answer.text
    assert "hemmelig gæt" not in answer.text
    assert "E-mail eller adgangskode passer ikke" in answer.text


def test_a_browser_without_a_login_is_led_there_from_a_page_and_from_a_fragment(app: Flask) -> None:
    client = a_browser(app)
    assert client.get("/familier").headers["Location"] == "/log-ind"
    fragment = client.get("/familier", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (204, "/log-ind")
