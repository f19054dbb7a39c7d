"""Holds what an operator types as `flask --app backend …`: it asks, calls one action and says what came of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from uuid import UUID

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend import database, demo, instruments
from backend.actions import agencies, inbox, sealing_keys, tokens
from backend.actions.agencies import NewStaff
from backend.instruments import HOME, Mistake, as_shipped, check, check_wording, lay_over
from backend.models import Agency, Team
from backend.problems import Problem
from backend.security.access import rule_of
from backend.security.audit import broken_links
from backend.settings import UnsafeSettings
from backend.vocabulary import FAMILY_LANGUAGES, ROLES, SCOPES

SHORTEST_PASSWORD = 12
WORDING = "wording"  # the folder below LINJEN_DATA
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PIN = re.compile(r"[0-9]{4,8}")

operator = AppGroup()


def register(app: Flask) -> None:
    """Adds every command to the app's own command line, and lays the agency's wording over the forms that ship."""
    lay_over(app.config["SETTINGS"].data / WORDING)
    for command in operator.commands.values():
        app.cli.add_command(command)


@operator.command("migrate")
def migrate() -> None:
    """Bring the database to the tables of this version; starting the server does the same."""
    with told():
        import_module("backend.migrating").migrate(current_app.config["SETTINGS"])
    click.echo("The database is up to date.")


@operator.command("create-agency")
@click.argument("name")
def create_agency(name: str) -> None:
    """Create the agency NAME, such as "Familiehuset"."""
    with told():
        if any(agency.name == name for agency in agencies.agencies()):
            raise click.ClickException(f"There is an agency {name!r} already.")
        agency = agencies.create_agency(name)
    click.echo(f"Created the agency {agency.name!r} with id {agency.id}.")


@operator.command("create-staff")
@click.option("--agency", "agency_name", prompt="Agency", help="Its name or id.")
@click.option("--email", prompt="E-mail", help="What the person logs in with.")
@click.option("--name", prompt="Name", help="As families and colleagues see it.")
@click.option("--role", prompt="Role", type=click.Choice(ROLES))
@click.option("--title", prompt="Title", help="What the agency calls the role, such as Familiebehandler.")
@click.option("--team", "team_name", help="The team to belong to; made when the agency has none of that name.")
def create_staff(agency_name: str, email: str, name: str, role: str, title: str, team_name: str | None) -> None:
    """Add a member of staff who can log in at once.

    The password and the PIN code that unlocks the tablet are asked for, or read as the first and second line of
    standard input when that is not a terminal. They are never given as options, where other users could see them.
    """
    if not EMAIL.fullmatch(email):
        raise click.BadParameter("write an e-mail address, such as anne@kommune.example", param_hint="--email")
    password, pin = asked("Password", SHORTEST_PASSWORD), asked_pin()
    with told():
        agency = found_agency(agency_name)
        team_id = found_team(agency, team_name) if team_name else None
        new = NewStaff(email, name, title, role, password, pin, team_id)
        try:
            staff = agencies.add_staff(agency.id, new)
        except IntegrityError as error:
            raise click.ClickException(f"Somebody logs in with {email} already.") from error
    click.echo(f"Created {staff.name}, {staff.role} in {agency.name}, with id {staff.id}.")


@operator.command("seed-demo")
def seed_demo() -> None:
    """Make the demo agency with invented families unless it is there, and print one login a role."""
    with told():
        logins = demo.seed_demo()
    for login in logins:
        click.echo(login.line)
    click.echo(f"The PIN code of everybody in the demo is {demo.PIN}.")


@operator.command("check-instruments")
def check_instruments() -> None:
    """Name every mistake in the instrument packs and in the wording that was loaded; exit code 1 when there is one."""
    mend(check(HOME, FAMILY_LANGUAGES) or check_wording(current_app.config["SETTINGS"].data / WORDING))
    click.echo("The instruments are complete and unchanged.")


@operator.command("load-wording")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def load_wording(folder: Path) -> None:
    """Lay the official wording in FOLDER, <id>/<version>/<language>.toml, over the forms that ship.

    The forms must be licensed ones, their items the same, their words without digits. Answers that were given before
    keep the words they were given to. Restart the server to use the new ones.
    """
    home = current_app.config["SETTINGS"].data / WORDING
    loaded = instruments.load_wording(folder, home, as_shipped())
    mend(loaded.mistakes)
    lay_over(home)
    for form in loaded.packs:
        click.echo(f"Loaded {form.id} version {form.version}. Restart the server to use it.")


@operator.command("give-token")
@click.argument("email")
@click.argument("label")
@click.option("--scope", type=click.Choice(SCOPES), default="read", show_default=True)
def give_token(email: str, label: str, scope: str) -> None:
    """Give a program named LABEL access to what the member of staff with EMAIL may see; the token is shown once."""
    with told():
        click.echo(tokens.give_token(email, label, scope))


@operator.command("revoke-token")
@click.argument("email")
@click.argument("label")
def revoke_token(email: str, label: str) -> None:
    """End the access token LABEL of the member of staff with EMAIL at once."""
    with told():
        tokens.revoke_token(email, label)
    click.echo("Revoked.")


@operator.command("verify-audit")
def verify_audit() -> None:
    """Follow the audit chain of every agency; exit code 1 when an entry was changed, removed or moved."""
    broken = 0
    with told():
        for agency in agencies.agencies():
            with database.transaction(agency.id, writes=False) as session:
                links = broken_links(session)
            broken += len(links)
            numbers = ", ".join(map(str, links))
            click.echo(f"{agency.name}: " + (f"broken at entry {numbers}" if links else "unbroken"))
    if broken:
        raise click.ClickException(f"Broken links: {broken}. Keep the database as it is and compare it with a backup.")


@operator.command("open-inbox")
def open_inbox() -> None:
    """Open what tablets have deposited and nobody has opened yet; starting the server does the same."""
    with told():
        click.echo(f"Opened: {inbox.open_all()}.")


@operator.command("list-sealing-keys")
def list_sealing_keys() -> None:
    """List the keys that tablets seal with, oldest first, and how many envelopes still need each."""
    with told():
        for key in sealing_keys.listed():
            use = "in use" if key.current else "kept"
            click.echo(f"{key.kid}  {use} since {key.made_at:%Y-%m-%d %H:%M} UTC, needed by {key.needed}")


@operator.command("rotate-sealing-key")
def rotate_sealing_key() -> None:
    """Make a new key for tablets to seal with; each takes it at its next contact, and earlier keys are kept."""
    with told():
        click.echo(f"Tablets seal with {sealing_keys.rotate().kid} from their next contact.")


@operator.command("remove-sealing-key")
@click.argument("kid")
def remove_sealing_key(kid: str) -> None:
    """Remove the earlier key KID for ever; refused while an envelope, or a tablet that is in use, may need it."""
    with told():
        sealing_keys.remove(kid)
    click.echo("Removed.")


@operator.command("routes-allowed")
def routes_allowed() -> None:
    """List every route with whom it is for; a route that says nothing answers nobody."""
    for route in sorted(current_app.url_map.iter_rules(), key=lambda route: route.rule):
        rule = rule_of(route.endpoint)
        whom = "nobody" if rule is None else "anyone" if rule.anyone else ", ".join(rule.roles) or "an enrolled tablet"
        handed_over = "; also on a tablet that is handed over" if rule is not None and rule.handed_over else ""
        methods = ",".join(sorted((route.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods} {route.rule}: {whom}{handed_over}")


def mend(mistakes: list[Mistake]) -> None:
    """Names every mistake, one a line, and ends with exit code 1 when there is one."""
    for mistake in mistakes:
        click.echo(str(mistake))
    if mistakes:
        raise click.ClickException(f"Mistakes to mend: {len(mistakes)}.")


@contextmanager
def told() -> Iterator[None]:
    """Turns a problem into one message for the operator and exit code 1."""
    try:
        yield
    except Problem as problem:
        fields = "; ".join(f"{name}: {sentence}" for name, sentence in problem.fields.items())
        said = fields or problem.detail
        if problem.kind == "unavailable":
            cause = getattr(problem.__cause__, "orig", problem.title)
            said = f"The database cannot be used ({cause}). If it is new, run `flask --app backend migrate` first."
        raise click.ClickException(said) from problem
    except UnsafeSettings as unsafe:
        raise click.ClickException(str(unsafe)) from unsafe


def asked(what: str, shortest: int) -> str:
    """Gives a secret of at least so many characters, typed unseen or read as one line of standard input."""
    typed = sys.stdin.isatty()
    secret = click.prompt(what, hide_input=True, confirmation_prompt=True) if typed else sys.stdin.readline()
    secret = str(secret).rstrip("\r\n")
    if len(secret) < shortest:
        raise click.ClickException(f"The {what.lower()} has {len(secret)} characters; use at least {shortest}.")
    return secret


def asked_pin() -> str | None:
    """Gives a PIN code of 4 to 8 digits, or None when none is wanted: the password unlocks the tablet too."""
    typed = sys.stdin.isatty()
    pin = click.prompt("PIN code", default="", hide_input=True, show_default=False) if typed else sys.stdin.readline()
    pin = str(pin).rstrip("\r\n")
    if pin and not PIN.fullmatch(pin):
        raise click.ClickException("A PIN code is 4 to 8 digits.")
    return pin or None


def found_agency(name: str) -> Agency:
    """Gives the agency of a name or id."""
    known = agencies.agencies()
    found = [agency for agency in known if name in {agency.name, str(agency.id)}]
    if len(found) != 1:
        listed = ", ".join(repr(agency.name) for agency in known) or "none; create one first"
        raise click.ClickException(f"{len(found)} agencies are called {name!r}. There is: {listed}.")
    return found[0]


def found_team(agency: Agency, name: str) -> UUID:
    """Gives the id of an agency's team, which is made when there is none of that name."""
    with database.transaction(agency.id, writes=False) as session:
        team_id = session.scalar(select(Team.id).where(Team.name == name))
    if team_id is None:
        team_id = agencies.add_team(agency.id, name).id
        click.echo(f"Created the team {name!r}.")
    return team_id
