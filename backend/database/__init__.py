"""The Database interface, and behind it SQLAlchemy on SQLite or PostgreSQL."""
