"""Holds what staff sends to the one who is asked by a link, in the language of the form; no screens and no sending."""

from __future__ import annotations

from backend.actions.link_view import LinkView
from backend.pages.formats import moment
from backend.pages.language import speaking
from backend.pages.language import translated as _


def invitation_message(link: LinkView, address: str, sender: str) -> str:
    """Writes the message that a link goes with."""
    with speaking(link.language):
        named = {"name": link.who, "address": address, "when": moment(link.expires_at), "sender": sender}
        return _(
            "Hej %(name)s. Her er et link til et kort skema: %(address)s "
            "Det kan bruges én gang og virker til %(when)s. Venlig hilsen %(sender)s",
            **named,
        )


def reminder_message(link: LinkView, sender: str) -> str:
    """Writes the message to somebody who has not answered yet; the link itself is nowhere any more."""
    with speaking(link.language):
        named = {"name": link.who, "when": moment(link.expires_at), "sender": sender}
        return _(
            "Hej %(name)s. Du har fået et link til et kort skema. Det virker til %(when)s. "
            "Har du det ikke mere, så sig til, så får du et nyt. Venlig hilsen %(sender)s",
            **named,
        )


def slip_words(link: LinkView) -> tuple[str, str]:
    """Writes the heading and the text of the slip with the code to scan."""
    with speaking(link.language):
        when = moment(link.expires_at)
        text = _("Så åbner et kort skema. Linket kan bruges én gang og virker til %(when)s.", when=when)
        return _("Scan koden med telefonens kamera"), text


MESSAGES = (invitation_message, reminder_message, slip_words)
