"""Holds the closed lists of words that are stored: roles, places, kinds, relations, waves; no screen words."""

from __future__ import annotations

ROLES = ("therapist", "leader", "evaluator", "admin")
PLACES = ("parent", "child", "young", "grandparent", "partner", "other")
CLOSE_REASONS = ("planned", "moved_on", "unilateral")
SESSION_KINDS = ("individual", "family", "group", "network")
RELATIONS = (
    "parent",
    "teacher",
    "pedagogue",
    "psychologist",
    "grandparent",
    "partner",
    "sibling",
    "friend",
    "contact_person",
    "health_visitor",
    "other",
)
SCOPES = ("read", "write")
LANGUAGES = ("da", "en")  # of staff
FAMILY_LANGUAGES = ("da", "en", "ar", "uk", "tr", "so", "pl")
GOAL_LEVELS = ("child", "parent", "family")
GOAL_AIMS = ("improve", "keep")
PHASES = ("start", "end", "any")
WAVES = ("baseline", "midway", "final")
ENVELOPE_STATES = ("received", "opened", "conflict", "quarantined", "set_aside")
EVENT_KINDS = ("intervention", "authority", "life", "pause")
FOLLOW_UP_STATES = ("new", "called", "adjusted", "withdrawn")
INTERVENTION_TYPES = (  # of a new agency; each agency changes its own
    "Praktisk pædagogisk støtte (PPS)",
    "Familiebehandling (FAMBH)",
    "Støttekontaktperson (SKP)",
    "Anden støtte",
)
