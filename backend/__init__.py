"""The embedded backend: sessions, understanding, orders, live messages and the database."""
