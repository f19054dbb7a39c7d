"""The tablet that deposits sealed envelopes; a hand-over under way keeps its lock and gets an id."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


LOGINS = sa.table(
    "login_session", sa.column("agency_id", sa.Uuid()), sa.column("id", sa.Uuid()), sa.column("hand_over", sa.JSON())
)


def upgrade() -> None:
    op.create_table(
        "tablet",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("enrolled_by", sa.Uuid(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_seq", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.JSON(), nullable=False),
        sa.Column("oldest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("persisted", sa.Boolean(), nullable=True),
        sa.Column("evicted", sa.JSON(), nullable=False),
        sa.Column("accounted", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("next_seq >= 1", name=op.f("ck_tablet_numbers_from_one")),
        sa.ForeignKeyConstraint(
            ["agency_id", "enrolled_by"], ["staff.agency_id", "staff.id"], name=op.f("fk_tablet_agency_id_enrolled_by")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_tablet_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_tablet")),
    )
    with op.batch_alter_table("tablet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tablet_token_hash"), ["token_hash"], unique=True)

    op.create_table(
        "envelope",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("tablet_id", sa.Uuid(), nullable=False),
        sa.Column("claimed_tablet", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kid", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_note", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'opened', 'conflict', 'quarantined', 'set_aside')",
            name=op.f("ck_envelope_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "family_id"], ["family.agency_id", "family.id"], name=op.f("fk_envelope_agency_id_family_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "member_id"], ["member.agency_id", "member.id"], name=op.f("fk_envelope_agency_id_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "response_id"],
            ["response.agency_id", "response.id"],
            name=op.f("fk_envelope_agency_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "staff_id"], ["staff.agency_id", "staff.id"], name=op.f("fk_envelope_agency_id_staff_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "tablet_id"], ["tablet.agency_id", "tablet.id"], name=op.f("fk_envelope_agency_id_tablet_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_envelope_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_envelope")),
        sa.UniqueConstraint(
            "agency_id", "envelope_id", "digest", name=op.f("uq_envelope_agency_id_envelope_id_digest")
        ),
    )
    with op.batch_alter_table("envelope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_envelope_agency_id_state"), ["agency_id", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_envelope_agency_id_tablet_id_seq"), ["agency_id", "tablet_id", "seq"], unique=False
        )

    _rewrite_hand_overs(lambda stored: {"id": str(uuid4()), "session": stored["session"]})


def downgrade() -> None:
    _rewrite_hand_overs(lambda stored: {"session": stored["session"], "turns": []})
    with op.batch_alter_table("envelope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_envelope_agency_id_tablet_id_seq"))
        batch_op.drop_index(batch_op.f("ix_envelope_agency_id_state"))

    op.drop_table("envelope")
    with op.batch_alter_table("tablet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tablet_token_hash"))

    op.drop_table("tablet")


def _rewrite_hand_overs(new_shape) -> None:
    """Keeps every tablet that is in a family's hands locked: turns are no longer kept on the server."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(LOGINS)).all():
        if row.hand_over is not None:
            mine = (LOGINS.c.agency_id == row.agency_id) & (LOGINS.c.id == row.id)
            connection.execute(LOGINS.update().where(mine).values(hand_over=new_shape(row.hand_over)))
