"""Holds why an answer could not be kept by itself, in plain words with what to do; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from backend.pages.language import translated as _


@dataclass(frozen=True)
class Reason:
    """What happened, what staff can do about it, and the word on the button that keeps the answer, if one may help."""

    title: str
    advice: str
    button: str | None = None


def reason_of(code: str) -> Reason:
    """Tells the reason with a code; one without words of its own is told as an error of ours."""
    return (_to_decide() | _to_trust() | _to_try_again() | _to_set_aside()).get(code, _unknown())


def _to_decide() -> dict[str, Reason]:
    return {
        "same-id": Reason(
            _("Der er to forskellige udgaver af den samme besvarelse"),
            _(
                "Den første, vi modtog, gælder indtil videre. "
                "Godkend for at lade denne udgave afløse den, eller læg denne til side."
            ),
            _("Godkend"),
        ),
        "new-person": Reason(
            _("Svaret er fra en, der ikke var på listen"),
            _("Vælg, hvem i familien svaret hører til. Er personen ny, så opret ham eller hende under familien først."),
            _("Godkend"),
        ),
        "not-in-family": Reason(
            _("Den, der svarede, hører ikke længere til familien"),
            _("Vælg det rigtige medlem, eller læg svaret til side."),
            _("Godkend"),
        ),
        "closed": Reason(
            _("Forløbet blev afsluttet, før svaret nåede frem"),
            _("Hører svaret med til forløbet, så godkend det. Ellers læg det til side."),
            _("Godkend"),
        ),
    }


def _to_trust() -> dict[str, Reason]:
    return {
        "foreign-tablet": Reason(
            _("Besvarelsen er lavet på en anden iPad end den, den kom fra"),
            _("Er iPad’en tilmeldt på ny, så godkend. Ellers læg besvarelsen til side."),
            _("Godkend"),
        ),
        "revoked-tablet": Reason(
            _("Besvarelsen kom fra en iPad, der er tilbagekaldt"),
            _("Kender du samtalen, så godkend. Ellers læg besvarelsen til side."),
            _("Godkend"),
        ),
    }


def _to_try_again() -> dict[str, Reason]:
    return {
        "unknown-form": Reason(
            _("Skemaet findes ikke i denne udgave"),
            _("iPad’en har et ældre eller nyere skema. Prøv igen, når Linjen er opdateret."),
            _("Prøv igen"),
        ),
        "no-licence": Reason(
            _("Skemaet mangler licens"),
            _("Bed en administrator registrere licensen, og prøv så igen."),
            _("Prøv igen"),
        ),
        "unknown-session": Reason(
            _("Samtalen og forløbet findes ikke her"),
            _("Er forløbet slettet, så læg svaret til side. Ellers bed en administrator om hjælp."),
            _("Prøv igen"),
        ),
        "unknown-schema": Reason(
            _("Besvarelsen er fra en anden udgave af Linjen"),
            _("Prøv igen, når Linjen er opdateret. Hjælper det ikke, så læg den til side, og spørg familien igen."),
            _("Prøv igen"),
        ),
        "unknown-key": Reason(
            _("Nøglen til besvarelsen findes ikke her"),
            _("Bed en administrator hente den fra en sikkerhedskopi, og prøv igen. Ellers læg besvarelsen til side."),
            _("Prøv igen"),
        ),
    }


def _to_set_aside() -> dict[str, Reason]:
    return {
        "foreign-link": Reason(
            _("Svaret kom ad et engangslink, der var lavet til et andet svar"),
            _("Nogen har måske ændret det undervejs. Læg det til side, og lav et nyt link, hvis du mangler svaret."),
        ),
        "bad-marks": Reason(
            _("Svarene passer ikke til skemaet"),
            _("Svaret kan ikke regnes ud. Læg det til side, og spørg familien igen."),
        ),
        "unreadable": Reason(
            _("Besvarelsen kan ikke åbnes"),
            _("Den er blevet ændret eller ødelagt undervejs. Læg den til side, og spørg familien igen."),
        ),
        "malformed": Reason(
            _("Besvarelsen kan åbnes, men ikke læses"),
            _("Noget på iPad’en gik galt, da svaret blev forseglet. Læg besvarelsen til side, og spørg familien igen."),
        ),
    }


def _unknown() -> Reason:
    return Reason(
        _("Noget gik galt, da besvarelsen skulle gemmes"),
        _("Prøv igen. Hjælper det ikke, så bed en administrator om hjælp; besvarelsen bliver liggende her."),
        _("Prøv igen"),
    )
