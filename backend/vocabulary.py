"""Holds the closed lists of words that are stored: roles, places, kinds, reasons, relations; no screen words."""

from __future__ import annotations

ROLES = ("therapist", "leader", "evaluator", "admin")
PLACES = ("parent", "child", "young", "grandparent", "partner", "other")
CLOSE_REASONS = ("planned", "moved_on", "unilateral")
SESSION_KINDS = ("individual", "family", "group", "network")
RELATIONS = ("parent", "teacher", "pedagogue", "psychologist", "other")
SCOPES = ("read", "write")
LANGUAGES = ("da", "en")
ENVELOPE_STATES = ("received", "opened", "conflict", "quarantined", "set_aside")
