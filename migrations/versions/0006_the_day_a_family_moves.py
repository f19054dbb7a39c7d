"""The day a family moves: a handover that is planned moves it to the next therapist's team on its day.

Going back, a family is in the team it is to move to, as it was at once before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.elements import conv

from backend.table_changes import add_pointer, changed, drop_pointer

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BOTH = conv("ck_family_moves_somewhere_on_a_day")


def upgrade() -> None:
    with changed("family") as family:
        add_pointer(family, "family", "moves_to_id", "team")
        family.add_column(sa.Column("moves_on", sa.Date(), nullable=True))
        family.create_check_constraint(BOTH, "(moves_on IS NULL) = (moves_to_id IS NULL)")


def downgrade() -> None:
    family = sa.table("family", sa.column("team_id"), sa.column("moves_to_id"))
    moving = family.c.moves_to_id.is_not(None)
    op.execute(family.update().where(moving).values(team_id=family.c.moves_to_id))
    with changed("family") as batch:
        batch.drop_constraint(BOTH, type_="check")
        batch.drop_column("moves_on")
        drop_pointer(batch, "family", "moves_to_id")
