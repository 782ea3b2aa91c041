"""Alembic's environment: the caller's connection, inside the caller's transaction."""

from alembic import context

from backend.database.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
