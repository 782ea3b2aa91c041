"""The database on SQLite and PostgreSQL: one set of tables, migrations and repositories for both."""
