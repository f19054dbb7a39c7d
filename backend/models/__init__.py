"""Holds every table of Linjen as typed ORM rows; no rule and no query."""

from backend.models.answers import Response
from backend.models.base import Base, Owned
from backend.models.care import Episode, EpisodeMember, GroupMeeting, Presence, Rater, TherapySession
from backend.models.logins import FailedAttempt, LoginSession
from backend.models.people import Agency, Family, FamilyTherapist, Member, Staff, Team
from backend.models.records import AuditEntry, AuditHead, Licence
from backend.models.review import (
    Event,
    FamilyWords,
    FollowUp,
    Handover,
    InterventionType,
    Standing,
    SupervisionCase,
)
from backend.models.tablets import Envelope, Tablet
from backend.models.voices import Goal, Link

__all__ = [
    "Agency",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Envelope",
    "Episode",
    "EpisodeMember",
    "Event",
    "FailedAttempt",
    "Family",
    "FamilyTherapist",
    "FamilyWords",
    "FollowUp",
    "Goal",
    "GroupMeeting",
    "Handover",
    "InterventionType",
    "Licence",
    "Link",
    "LoginSession",
    "Member",
    "Owned",
    "Presence",
    "Rater",
    "Response",
    "Staff",
    "Standing",
    "SupervisionCase",
    "Tablet",
    "Team",
    "TherapySession",
]
