"""Alembic's scripts. ``backend.database.sql.migrate`` runs them at start."""
