"""A tenfold caseload: a page finds whom somebody called lately, and where a member was, without reading all of them."""

from alembic import op
from sqlalchemy.sql.elements import conv

from backend.table_changes import index

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    index("follow_up", "agency_id", "called_at")
    index("presence", "agency_id", "member_id")


def downgrade() -> None:
    op.drop_index(conv("ix_presence_agency_id_member_id"), "presence")
    op.drop_index(conv("ix_follow_up_agency_id_called_at"), "follow_up")
