"""The embedded backend: sessions, understanding, orders, live messages and the database."""

__version__ = "0.1.0"
