"""The first house."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    op.create_table(
        "failed_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_attempt")),
    )
    with op.batch_alter_table("failed_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failed_attempt_account_failed_at"), ["account", "failed_at"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_audit_entry_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_agency_id_member_id"), ["agency_id", "member_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_audit_entry_agency_id_number"), ["agency_id", "number"], unique=True)

    op.create_table(
        "audit_head",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_audit_head_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "licence",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument", sa.String(length=20), nullable=False),
        sa.Column("licensor", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_licence_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_licence")),
    )
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_licence_agency_id_instrument"), ["agency_id", "instrument"], unique=False)

    op.create_table(
        "team",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_team_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_team")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_team_agency_id_name")),
    )
    op.create_table(
        "family",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("alias", sa.String(length=80), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "team_id"], ["team.agency_id", "team.id"], name=op.f("fk_family_agency_id_team_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_family_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_family")),
        sa.UniqueConstraint("agency_id", "alias", name=op.f("uq_family_agency_id_alias")),
    )
    op.create_table(
        "staff",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('therapist', 'leader', 'evaluator', 'admin')", name=op.f("ck_staff_role_known")),
        sa.ForeignKeyConstraint(
            ["agency_id", "team_id"], ["team.agency_id", "team.id"], name=op.f("fk_staff_agency_id_team_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_staff_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "episode",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.String(length=80), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.String(length=12), nullable=True),
        sa.Column("course_id", sa.String(length=40), nullable=False),
        sa.Column("course_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "close_reason IN ('planned', 'moved_on', 'unilateral')", name=op.f("ck_episode_close_reason_known")
        ),
        sa.CheckConstraint("(closed_on IS NULL) = (close_reason IS NULL)", name=op.f("ck_episode_closed_with_reason")),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_episode_closed_after_opening")),
        sa.ForeignKeyConstraint(
            ["agency_id", "family_id"], ["family.agency_id", "family.id"], name=op.f("fk_episode_agency_id_family_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_episode_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_episode")),
    )
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_episode_agency_id_family_id"), ["agency_id", "family_id"], unique=False)

    op.create_table(
        "family_therapist",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id", "family_id"],
            ["family.agency_id", "family.id"],
            name=op.f("fk_family_therapist_agency_id_family_id"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "staff_id"],
            ["staff.agency_id", "staff.id"],
            name=op.f("fk_family_therapist_agency_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_family_therapist_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_family_therapist")),
    )
    with op.batch_alter_table("family_therapist", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_family_therapist_agency_id_family_id"), ["agency_id", "family_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_family_therapist_agency_id_staff_id_family_id"),
            ["agency_id", "staff_id", "family_id"],
            unique=True,
        )

    op.create_table(
        "login_session",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scope", sa.String(length=8), nullable=True),
        sa.Column("label", sa.String(length=80), nullable=True),
        sa.Column("hand_over", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("scope IN ('read', 'write')", name=op.f("ck_login_session_scope_known")),
        sa.ForeignKeyConstraint(
            ["agency_id", "staff_id"], ["staff.agency_id", "staff.id"], name=op.f("fk_login_session_agency_id_staff_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_login_session_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_login_session")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_token_hash"), ["token_hash"], unique=True)

    op.create_table(
        "member",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.String(length=80), nullable=False),
        sa.Column("birth_month", sa.String(length=7), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "place IN ('parent', 'child', 'young', 'grandparent', 'partner', 'other')",
            name=op.f("ck_member_place_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "family_id"], ["family.agency_id", "family.id"], name=op.f("fk_member_agency_id_family_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_member_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_agency_id_family_id"), ["agency_id", "family_id"], unique=False)

    op.create_table(
        "episode_member",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("cutoff_group", sa.String(length=12), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "episode_id"],
            ["episode.agency_id", "episode.id"],
            name=op.f("fk_episode_member_agency_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "member_id"],
            ["member.agency_id", "member.id"],
            name=op.f("fk_episode_member_agency_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_episode_member_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_episode_member")),
        sa.UniqueConstraint(
            "agency_id", "episode_id", "member_id", name=op.f("uq_episode_member_agency_id_episode_id_member_id")
        ),
    )
    op.create_table(
        "rater",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("alias", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "relation IN ('parent', 'teacher', 'pedagogue', 'psychologist', 'other')",
            name=op.f("ck_rater_relation_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "episode_id"], ["episode.agency_id", "episode.id"], name=op.f("fk_rater_agency_id_episode_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "member_id"], ["member.agency_id", "member.id"], name=op.f("fk_rater_agency_id_member_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_rater_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_rater")),
    )
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rater_agency_id_episode_id_member_id"),
            ["agency_id", "episode_id", "member_id"],
            unique=False,
        )

    op.create_table(
        "therapy_session",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('individual', 'family', 'group', 'network')", name=op.f("ck_therapy_session_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "episode_id"],
            ["episode.agency_id", "episode.id"],
            name=op.f("fk_therapy_session_agency_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_therapy_session_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_therapy_session")),
        sa.UniqueConstraint(
            "agency_id", "episode_id", "number", name=op.f("uq_therapy_session_agency_id_episode_id_number")
        ),
    )
    with op.batch_alter_table("therapy_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_therapy_session_agency_id_episode_id_held_on"),
            ["agency_id", "episode_id", "held_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_therapy_session_agency_id_held_on"), ["agency_id", "held_on"], unique=False
        )

    op.create_table(
        "presence",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("start_form", sa.String(length=20), nullable=False),
        sa.Column("end_form", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "member_id"], ["member.agency_id", "member.id"], name=op.f("fk_presence_agency_id_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "session_id"],
            ["therapy_session.agency_id", "therapy_session.id"],
            name=op.f("fk_presence_agency_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_presence_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_presence")),
        sa.UniqueConstraint(
            "agency_id", "session_id", "member_id", name=op.f("uq_presence_agency_id_session_id_member_id")
        ),
    )
    op.create_table(
        "response",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("rater_id", sa.Uuid(), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("instrument", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("curve", sa.String(length=20), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("scoring_version", sa.Integer(), nullable=False),
        sa.Column("skipped_reason", sa.String(length=200), nullable=True),
        sa.Column("capture", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("total BETWEEN 0 AND 400", name=op.f("ck_response_total_on_scale")),
        sa.ForeignKeyConstraint(
            ["agency_id", "episode_id"],
            ["episode.agency_id", "episode.id"],
            name=op.f("fk_response_agency_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "member_id"], ["member.agency_id", "member.id"], name=op.f("fk_response_agency_id_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "rater_id"], ["rater.agency_id", "rater.id"], name=op.f("fk_response_agency_id_rater_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "session_id"],
            ["therapy_session.agency_id", "therapy_session.id"],
            name=op.f("fk_response_agency_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_response_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_response")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_response_agency_id_episode_id_member_id"),
            ["agency_id", "episode_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_response_agency_id_member_id_received_at"),
            ["agency_id", "member_id", "received_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_response_agency_id_session_id"), ["agency_id", "session_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_agency_id_session_id"))
        batch_op.drop_index(batch_op.f("ix_response_agency_id_member_id_received_at"))
        batch_op.drop_index(batch_op.f("ix_response_agency_id_episode_id_member_id"))

    op.drop_table("response")
    op.drop_table("presence")
    with op.batch_alter_table("therapy_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_therapy_session_agency_id_held_on"))
        batch_op.drop_index(batch_op.f("ix_therapy_session_agency_id_episode_id_held_on"))

    op.drop_table("therapy_session")
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rater_agency_id_episode_id_member_id"))

    op.drop_table("rater")
    op.drop_table("episode_member")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_agency_id_family_id"))

    op.drop_table("member")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_token_hash"))

    op.drop_table("login_session")
    with op.batch_alter_table("family_therapist", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_therapist_agency_id_staff_id_family_id"))
        batch_op.drop_index(batch_op.f("ix_family_therapist_agency_id_family_id"))

    op.drop_table("family_therapist")
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_episode_agency_id_family_id"))

    op.drop_table("episode")
    op.drop_table("staff")
    op.drop_table("family")
    op.drop_table("team")
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_licence_agency_id_instrument"))

    op.drop_table("licence")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_agency_id_number"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_agency_id_member_id"))

    op.drop_table("audit_entry")
    with op.batch_alter_table("failed_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_attempt_account_failed_at"))

    op.drop_table("failed_attempt")
    op.drop_table("agency")
