"""Holds the one family of errors that people and programs are told about, with its status and Danish words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


class Sentence(str):
    """A Danish sentence that people are told, in their own language on screen and in Danish everywhere else.

    `source` is the sentence with `%(name)s` where something is filled in, the key of every translation.
    """

    source: str
    named: Mapping[str, object]

    def __new__(cls, source: str, **named: object) -> Self:
        """Fills the named values in."""
        told = super().__new__(cls, source % named if named else source)
        told.source, told.named = source, named
        return told


@dataclass(frozen=True)
class Kind:
    """One row of the table: HTTP status, title in Danish and what to do next."""

    status: int
    title: str
    advice: str


KINDS: Mapping[str, Kind] = {
    "invalid": Kind(422, "Noget skal rettes", "Ret felterne og prøv igen. Intet er gemt."),
    "malformed": Kind(400, "Det kunne ikke læses", "Send igen som gyldig JSON eller formular."),
    "not-logged-in": Kind(401, "Du er ikke logget ind", "Log ind og prøv igen."),
    "not-enrolled": Kind(401, "iPad’en er ikke tilmeldt", "Tilmeld den igen. Det, der venter på den, bliver liggende."),
    "wrong-login": Kind(401, "E-mail eller adgangskode passer ikke", "Prøv igen, eller spørg din administrator."),
    "wrong-pin": Kind(401, "PIN-koden passer ikke", "Prøv igen."),
    "forbidden": Kind(403, "Det har din rolle ikke adgang til", "Spørg din leder, hvis du skal bruge det."),
    "cross-site": Kind(403, "Kaldet kom fra et andet websted", "Åbn Linjen i sit eget vindue og prøv igen."),
    "missing": Kind(404, "Det findes ikke her", "Gå tilbage, og vælg fra listen."),
    "not-allowed": Kind(405, "Det kan man ikke her", "Gå tilbage, og brug knapperne på siden."),
    "conflict": Kind(409, "Det passer ikke med det, der allerede er gemt", "Hent siden igen og se, hvad der står."),
    "closed": Kind(409, "Forløbet er afsluttet", "Åbn et nyt forløb for at fortsætte."),
    "no-licence": Kind(409, "Skemaet mangler licens", "Bed en administrator registrere licensen."),
    "too-large": Kind(413, "Det er for stort", "Send mindre ad gangen."),
    "handed-over": Kind(423, "iPad’en er givet videre", "Lås op med PIN-kode først."),
    "too-many": Kind(429, "For mange forsøg", "Vent et minut, og prøv igen."),
    "failed": Kind(500, "Noget gik galt hos os", "Prøv igen. Hvad der er gemt, er stadig gemt."),
    "unavailable": Kind(503, "Der kan ikke gemmes lige nu", "Vent lidt, og prøv igen."),
}


class Problem(Exception):
    """Something a person or program must be told: a kind of the table, plus what is wrong field by field.

    `fields` maps a field's name to one Danish sentence; `detail` replaces the general advice. A `Sentence` of either is
    told in the reader's language.
    """

    def __init__(self, kind: str, detail: str | None = None, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(kind, detail, fields)
        self.kind = kind
        self.detail = detail or Sentence(KINDS[kind].advice)
        self.fields = dict(fields or {})

    @property
    def status(self) -> int:
        return KINDS[self.kind].status

    @property
    def title(self) -> str:
        return Sentence(KINDS[self.kind].title)

    def as_json(self) -> dict[str, object]:
        """Gives the body of an `application/problem+json` answer (RFC 9457)."""
        body: dict[str, object] = {
            "type": f"urn:linjen:problem:{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        return body | ({"errors": self.fields} if self.fields else {})


def missing() -> Problem:
    """Gives the one answer for what does not exist and for what is somebody else's: they must not differ."""
    return Problem("missing")


def invalid(**fields: str) -> Problem:
    """Gives the answer for input that cannot be used, one Danish sentence a field."""
    return Problem("invalid", fields=fields)
