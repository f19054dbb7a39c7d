"""Proposes a form by phase, age and setting; who decides is the therapist, and what is licensed is known elsewhere."""

from collections.abc import Collection
from typing import Final

from backend.instruments.collection import packs
from backend.instruments.instrument import Pack, Phase, Setting
from backend.instruments.mistake import InstrumentError

OLDER_THAN_ANYBODY: Final = 200  # whole years


def form_for(
    phase: Phase, age: int | None, setting: Setting = "individual", usable: Collection[str] | None = None
) -> Pack:
    """Give the form that fits an age in whole years best, or the nearest of those that are usable.

    Without an age the form for the oldest is given. `usable` are the ids that the agency may use, None = all. The age
    is guidance: the therapist may choose any of `forms_of`. Errors: InstrumentError when none of the phase is usable.
    """
    years = OLDER_THAN_ANYBODY if age is None else age
    forms = forms_of(phase, setting, usable)
    if not forms:
        raise InstrumentError([f"There is no usable form for the phase {phase}."])
    return min(forms, key=lambda form: _years_away(form, years))


def forms_of(phase: Phase, setting: Setting = "individual", usable: Collection[str] | None = None) -> tuple[Pack, ...]:
    """List the forms that staff may choose for a phase, in the order of `packs`.

    A setting without a usable form of its own has those of a talk with one family: a group starts with them.
    """
    forms = [form for form in packs().values() if form.phase == phase and (usable is None or form.id in usable)]
    own = tuple(form for form in forms if form.setting == setting)
    return own or tuple(form for form in forms if form.setting == "individual")


def _years_away(form: Pack, age: int) -> int:
    below = 0 if form.min_age is None else form.min_age - age
    above = 0 if form.max_age is None else age - form.max_age
    return max(below, above, 0)
