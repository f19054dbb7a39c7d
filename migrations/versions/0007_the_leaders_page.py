"""The leader's page: how a team's sessions are covered is counted from an index in which an episode lies together."""

from alembic import op
from sqlalchemy.sql.elements import conv

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TOGETHER = conv("ix_response_of_an_episode")


def upgrade() -> None:
    columns = ["agency_id", "episode_id", "session_id", "rater_id", "instrument", "skipped_reason"]
    op.create_index(TOGETHER, "response", columns)


def downgrade() -> None:
    op.drop_index(TOGETHER, "response")
