"""Every form and every voice: answers beside marks, goals, one-time links, groups and more relations.

Going back loses what only the new tables can hold: answers that are no marks, goals, links with their envelopes; a
relation that was unknown then becomes "other".
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.elements import conv

from backend.table_changes import changed, index, owned, points_at

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WAVES = "wave IN ('baseline', 'midway', 'final')"
ONE_SOURCE = "(tablet_id IS NULL) <> (link_id IS NULL)"
WAVE_KNOWN = conv("ck_response_wave_known")
FROM_ONE = conv("ck_envelope_from_tablet_or_link")
OLD = ("parent", "teacher", "pedagogue", "psychologist", "other")
OLD_RELATIONS = f"relation IN {OLD}"
RELATIONS = (
    "relation IN ('parent', 'teacher', 'pedagogue', 'psychologist', 'grandparent', 'partner', 'sibling', 'friend', "
    "'contact_person', 'health_visitor', 'other')"
)
RELATION_KNOWN = conv("ck_rater_relation_known")


def upgrade() -> None:
    _make_groups_and_goals()
    _make_links()
    with changed("rater") as rater:
        rater.drop_constraint(RELATION_KNOWN, type_="check")
        rater.alter_column("relation", existing_type=sa.String(12), type_=sa.String(16), existing_nullable=False)
        rater.create_check_constraint(RELATION_KNOWN, RELATIONS)
        rater.add_column(sa.Column("until", sa.Date(), nullable=True))
    with changed("therapy_session") as held:
        held.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        held.create_foreign_key(
            conv("fk_therapy_session_agency_id_group_id"),
            "group_meeting",
            ["agency_id", "group_id"],
            ["agency_id", "id"],
        )
        held.create_index(conv("ix_therapy_session_agency_id_group_id"), ["agency_id", "group_id"], unique=False)
    with changed("response") as response:
        response.add_column(sa.Column("answers", sa.JSON(), nullable=False, server_default="{}"))
        response.add_column(sa.Column("anonymous", sa.Boolean(), nullable=True))
        response.add_column(sa.Column("wave", sa.String(10), nullable=True))
        response.create_check_constraint(WAVE_KNOWN, WAVES)
    with changed("envelope") as envelope:
        envelope.alter_column("tablet_id", existing_type=sa.Uuid(), nullable=True)
        envelope.add_column(sa.Column("link_id", sa.Uuid(), nullable=True))
        envelope.create_foreign_key(
            conv("fk_envelope_agency_id_link_id"), "link", ["agency_id", "link_id"], ["agency_id", "id"]
        )
        envelope.create_check_constraint(FROM_ONE, ONE_SOURCE)
        envelope.create_index(conv("ix_envelope_agency_id_link_id"), ["agency_id", "link_id"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM envelope WHERE tablet_id IS NULL")
    with changed("envelope") as envelope:
        envelope.drop_index(conv("ix_envelope_agency_id_link_id"))
        envelope.drop_constraint(FROM_ONE, type_="check")
        envelope.drop_constraint(conv("fk_envelope_agency_id_link_id"), type_="foreignkey")
        envelope.drop_column("link_id")
        envelope.alter_column("tablet_id", existing_type=sa.Uuid(), nullable=False)
    with changed("response") as response:
        response.drop_constraint(WAVE_KNOWN, type_="check")
        for column in ("wave", "anonymous", "answers"):
            response.drop_column(column)
    with changed("therapy_session") as held:
        held.drop_index(conv("ix_therapy_session_agency_id_group_id"))
        held.drop_constraint(conv("fk_therapy_session_agency_id_group_id"), type_="foreignkey")
        held.drop_column("group_id")
    relation = sa.column("relation")
    op.execute(sa.table("rater", relation).update().where(relation.not_in(OLD)).values(relation="other"))
    with changed("rater") as rater:
        rater.drop_column("until")
        rater.drop_constraint(RELATION_KNOWN, type_="check")
        rater.alter_column("relation", existing_type=sa.String(16), type_=sa.String(12), existing_nullable=False)
        rater.create_check_constraint(RELATION_KNOWN, OLD_RELATIONS)
    for table in ("link", "goal", "group_meeting"):
        op.drop_table(table)


def _make_groups_and_goals() -> None:
    op.create_table(
        "group_meeting",
        *owned("group_meeting"),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        points_at("group_meeting", "created_by", "staff"),
    )
    index("group_meeting", "agency_id", "held_on")
    op.create_table(
        "goal",
        *owned("goal"),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("aim", sa.String(8), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level IN ('child', 'parent', 'family')", name=conv("ck_goal_level_known")),
        sa.CheckConstraint("aim IN ('improve', 'keep')", name=conv("ck_goal_aim_known")),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 2000", name=conv("ck_goal_words_written")),
        sa.CheckConstraint("until >= since", name=conv("ck_goal_ended_after_beginning")),
        points_at("goal", "family_id", "family"),
        points_at("goal", "episode_id", "episode"),
        points_at("goal", "member_id", "member"),
        points_at("goal", "replaces_id", "goal"),
        points_at("goal", "written_by", "staff"),
    )
    index("goal", "agency_id", "episode_id")


def _make_links() -> None:
    moments = ("created_at", "expires_at", "opened_at", "used_at", "revoked_at", "reminded_at")
    op.create_table(
        "link",
        *owned("link"),
        sa.Column("token_hash", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("episode_id", "session_id", "member_id")),
        sa.Column("rater_id", sa.Uuid(), nullable=True),
        sa.Column("instrument", sa.String(20), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("wave", sa.String(10), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=name not in moments[:2]) for name in moments),
        sa.CheckConstraint(WAVES, name=conv("ck_link_wave_known")),
        sa.CheckConstraint("expires_at > created_at", name=conv("ck_link_expires_after_making")),
        points_at("link", "episode_id", "episode"),
        points_at("link", "session_id", "therapy_session"),
        points_at("link", "member_id", "member"),
        points_at("link", "rater_id", "rater"),
        points_at("link", "created_by", "staff"),
    )
    index("link", "token_hash", unique=True)
    index("link", "agency_id", "episode_id")
    index("link", "agency_id", "session_id")
