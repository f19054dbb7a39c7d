"""Holds the licence record: an instrument that needs a licence is used only while the agency has one on record."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting, looking
from backend.clock import today
from backend.instruments import Pack, packs
from backend.models import Licence
from backend.problems import Problem, Sentence, invalid
from backend.security.actor import Actor


def require(session: Session, form: Pack) -> None:
    """Raises `no-licence` when the form needs a licence that the agency has not recorded or that has expired.

    It is asked once a transaction for each form.
    """
    found: set[str] = session.info.setdefault("licensed", set())
    if not form.requires_licence or form.id in found:
        return
    held = session.scalar(select(Licence.id).where(Licence.instrument == form.id, _in_force()).limit(1))
    if held is None:
        need = Sentence("%(form)s kræver en licens. Bed en administrator registrere den.", form=form.id.upper())
        raise Problem("no-licence", need)
    found.add(form.id)


def record_licence(actor: Actor, instrument: str, licensor: str, scope: str, expires_on: date | None = None) -> Licence:
    """Records that the agency holds a licence for an instrument, from whom, for what and until when."""
    instrument = checks.choice("instrument", instrument, packs())
    licensor = checks.text("licensor", licensor, 120)
    scope = checks.text("scope", scope, 200)
    if expires_on is not None and expires_on < today():
        over = Sentence("Licensen er allerede udløbet. Skriv en senere dato, eller lad feltet være tomt.")
        raise invalid(expires_on=over)
    with acting(actor, "licence.record") as act:
        licence = act.add(
            Licence(instrument=instrument, licensor=licensor, scope=scope, recorded_on=today(), expires_on=expires_on)
        )
        act.witness(licence.id)
        return licence


def licensed(actor: Actor) -> frozenset[str]:
    """Gives the ids of the instruments that the agency may use today: no licence needed, or one on record."""
    with looking(actor) as session:
        return licensed_in(session)


def licensed_in(session: Session) -> frozenset[str]:
    """Gives the ids of the instruments that the agency may use today, inside an open transaction."""
    held = set(session.scalars(select(Licence.instrument).where(_in_force())))
    return frozenset(form.id for form in packs().values() if not form.requires_licence or form.id in held)


def licences(actor: Actor) -> list[Licence]:
    """Lists the licences that the agency has recorded, newest first."""
    with looking(actor) as session:
        return list(session.scalars(select(Licence).order_by(Licence.recorded_on.desc(), Licence.instrument)))


def _in_force() -> ColumnElement[bool]:
    return or_(Licence.expires_on.is_(None), Licence.expires_on >= today())
