"""Runs the migrations on the connection that backend.database opens; it reads no configuration file."""

from alembic import context

from backend.models import Base


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Writes our own column types as the plain ones they are stored as, so that a migration needs no model."""
    return "sa.DateTime(timezone=True)" if kind == "type" and type(item).__name__ == "Instant" else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=plain_type,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
