"""The therapist's eight minutes: follow-ups, events, words, handovers, supervision, standings, corrections.

Every agency gets the kinds of help that a new one begins with. Going back loses what only the new tables can hold.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.elements import conv

from backend.table_changes import add_pointer, changed, drop_pointer, index, owned, points_at

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = "kind IN ('intervention', 'authority', 'life', 'pause')"
STATES = "state IN ('new', 'called', 'adjusted', 'withdrawn')"
NEW = "(state = 'new') = (called_at IS NULL AND withdrawn_at IS NULL)"
TYPED = "(kind = 'intervention') = (type_id IS NOT NULL)"
TYPES = (
    "Praktisk pædagogisk støtte (PPS)",
    "Familiebehandling (FAMBH)",
    "Støttekontaktperson (SKP)",
    "Anden støtte",
)
NARROW = conv("ix_response_agency_id_session_id")
WIDE = conv("ix_response_of_a_session")
TABLES = ("standing", "supervision_case", "handover", "family_words", "event", "intervention_type", "follow_up")


def upgrade() -> None:
    _make_follow_ups()
    _make_intervention_types()
    _make_events()
    _make_words_and_handovers()
    _make_supervision_and_standings()
    with changed("episode") as episode:
        add_pointer(episode, "episode", "follows_id", "episode")
    with changed("presence") as presence:
        presence.add_column(sa.Column("shares", sa.Boolean(), nullable=True))
    with changed("response") as response:
        add_pointer(response, "response", "corrected_by", "staff")
        response.add_column(sa.Column("corrected_reason", sa.String(200), nullable=True))
        response.drop_index(NARROW)
        response.create_index(WIDE, ["agency_id", "session_id", "instrument", "rater_id", "skipped_reason"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with changed("response") as response:
        response.drop_index(WIDE)
        response.create_index(NARROW, ["agency_id", "session_id"])
        response.drop_column("corrected_reason")
        drop_pointer(response, "response", "corrected_by")
    with changed("presence") as presence:
        presence.drop_column("shares")
    with changed("episode") as episode:
        drop_pointer(episode, "episode", "follows_id")


def _make_follow_ups() -> None:
    op.create_table(
        "follow_up",
        *owned("follow_up"),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        _moment("created_at", nullable=False),
        *map(_moment, ("called_at", "adjusted_at", "withdrawn_at")),
        sa.CheckConstraint(STATES, name=conv("ck_follow_up_state_known")),
        sa.CheckConstraint(NEW, name=conv("ck_follow_up_new_until_done")),
        points_at("follow_up", "episode_id", "episode"),
        points_at("follow_up", "member_id", "member"),
        points_at("follow_up", "cause_id", "response"),
        points_at("follow_up", "created_by", "staff"),
    )
    index("follow_up", "agency_id", "episode_id")
    index("follow_up", "agency_id", "state", "due_on")


def _make_intervention_types() -> None:
    table = op.create_table(
        "intervention_type",
        *owned("intervention_type"),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("agency_id", "name", name=conv("uq_intervention_type_agency_id_name")),
    )
    agencies = op.get_bind().scalars(sa.select(sa.column("id", sa.Uuid())).select_from(sa.table("agency"))).all()
    rows = [
        {"agency_id": agency, "id": uuid4(), "name": name, "position": position, "active": True}
        for agency in agencies
        for position, name in enumerate(TYPES)
    ]
    op.bulk_insert(table, rows)


def _make_events() -> None:
    op.create_table(
        "event",
        *owned("event"),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agreement", sa.JSON(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        _moment("withdrawn_at"),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        _moment("created_at", nullable=False),
        sa.CheckConstraint(KINDS, name=conv("ck_event_kind_known")),
        sa.CheckConstraint("until >= since", name=conv("ck_event_ended_after_beginning")),
        sa.CheckConstraint(TYPED, name=conv("ck_event_intervention_has_type")),
        points_at("event", "episode_id", "episode"),
        points_at("event", "member_id", "member"),
        points_at("event", "type_id", "intervention_type"),
        points_at("event", "replaces_id", "event"),
        points_at("event", "written_by", "staff"),
    )
    index("event", "agency_id", "episode_id")


def _make_words_and_handovers() -> None:
    op.create_table(
        "family_words",
        *owned("family_words"),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        _moment("created_at", nullable=False),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 2000", name=conv("ck_family_words_words_written")),
        points_at("family_words", "session_id", "therapy_session"),
        points_at("family_words", "member_id", "member"),
        points_at("family_words", "written_by", "staff"),
    )
    index("family_words", "agency_id", "session_id")
    op.create_table(
        "handover",
        *owned("handover"),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("helped", sa.Text(), nullable=False),
        _moment("created_at", nullable=False),
        points_at("handover", "episode_id", "episode"),
        points_at("handover", "from_id", "staff"),
        points_at("handover", "to_id", "staff"),
    )
    index("handover", "agency_id", "episode_id")


def _make_supervision_and_standings() -> None:
    op.create_table(
        "supervision_case",
        *owned("supervision_case"),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("team_id", "episode_id", "member_id")),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("picture", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        _moment("frozen_at", nullable=False),
        _moment("done_at"),
        points_at("supervision_case", "team_id", "team"),
        points_at("supervision_case", "episode_id", "episode"),
        points_at("supervision_case", "member_id", "member"),
        points_at("supervision_case", "asked_by", "staff"),
    )
    index("supervision_case", "agency_id", "team_id")
    index("supervision_case", "agency_id", "episode_id")
    op.create_table(
        "standing",
        *owned("standing"),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(12), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("scored_on", "held_on", "due_on")),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("spark", sa.JSON(), nullable=False),
        sa.Column("made_with", sa.Integer(), nullable=False),
        points_at("standing", "episode_id", "episode"),
    )
    index("standing", "agency_id", "episode_id", unique=True)


def _moment(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
