"""Holds the invented staff of a demo agency and what they log in with; no person is real and no password secret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.demo.caseload import Plan
from backend.vocabulary import ROLES

PASSWORD: Final = "demo-solsikke-havtorn"  # noqa: S105  (printed at every start)
PIN: Final = "2468"
DOMAIN: Final = "demo.linjen.invalid"
TITLES: Final = {
    "therapist": "Familiebehandler",
    "leader": "Teamleder",
    "evaluator": "Konsulent",
    "admin": "Administrator",
}
MAILBOXES: Final = {"therapist": "terapeut", "leader": "leder", "evaluator": "konsulent", "admin": "admin"}
TEAMS: Final = ("Team Fjord", "Team Skov", "Team Eng")
NAMES: Final = (
    "Anne K.",
    "Bo L.",
    "Carina M.",
    "David N.",
    "Elin O.",
    "Finn P.",
    "Gitte R.",
    "Hussein S.",
    "Inger T.",
    "Jakob U.",
    "Kirsten V.",
    "Leif Ø.",
)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """What somebody of one role logs in with."""

    role: str
    email: str
    password: str

    @property
    def line(self) -> str:
        """Gives role, e-mail and password with a space between."""
        return f"{self.role} {self.email} {self.password}"


@dataclass(frozen=True, slots=True)
class InventedStaff:
    """One member of staff; `team` counts the agency's teams from 0, None belongs to none."""

    role: str
    email: str
    name: str
    team: int | None

    @property
    def title(self) -> str:
        """Gives what the agency calls the role."""
        return TITLES[self.role]


def team_names(plan: Plan) -> tuple[str, ...]:
    """Gives the names of the agency's teams."""
    return tuple(TEAMS[number] if number < len(TEAMS) else f"Team {number + 1}" for number in range(plan.teams))


def therapists(plan: Plan, domain: str = DOMAIN) -> tuple[InventedStaff, ...]:
    """Gives the therapists, in the order that the families count them; the teams take them in turn."""
    return tuple(
        InventedStaff("therapist", _email("therapist", number, domain), _name(number), number % plan.teams)
        for number in range(plan.therapists)
    )


def others(plan: Plan, domain: str = DOMAIN) -> Iterator[InventedStaff]:
    """Gives a leader for each team, one evaluator and one admin."""
    for team in range(plan.teams):
        yield InventedStaff("leader", _email("leader", team, domain), f"Leder {team + 1}", team)
    yield InventedStaff("evaluator", _email("evaluator", 0, domain), "Malene E.", None)
    yield InventedStaff("admin", _email("admin", 0, domain), "Preben A.", None)


def logins(domain: str = DOMAIN) -> list[DemoLogin]:
    """Gives one login a role: the first of each."""
    return [DemoLogin(role, _email(role, 0, domain), PASSWORD) for role in ROLES]


def _email(role: str, number: int, domain: str) -> str:
    return f"{MAILBOXES[role]}{number + 1 if number else ''}@{domain}"


def _name(number: int) -> str:
    return NAMES[number] if number < len(NAMES) else f"{NAMES[number % len(NAMES)]} {number // len(NAMES) + 1}"
