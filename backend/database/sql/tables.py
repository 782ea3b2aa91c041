"""The tables. A column is named like the field of its record in ``backend.database.interface``."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from backend.database.sql.column_types import LogId, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

store = Table(
    "store",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What there is one of in a store, such as the epoch of its log."""

users = Table(
    "users",
    metadata,
    Column("user_id", String(64), primary_key=True),
    Column("user_type", String(20), nullable=False, index=True),
    Column("name", String(100), nullable=False),
    Column("pin_hash", Text),
    Column("created_at", UtcDateTime, nullable=False),
)

login_attempts = Table(
    "login_attempts",
    metadata,
    Column("user_id", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    Column("locked_until", UtcDateTime),
)
"""Kept for names that nobody has as well, so that an attempt on one costs and answers the same."""

tokens = Table(
    "tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", ForeignKey("users.user_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("user_type", String(20), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

conversations = Table(
    "conversations",
    metadata,
    Column("session_id", String(64), primary_key=True),
    Column("user_id", String(64)),
    Column("messages", JSON, nullable=False),
    Column("context", JSON, nullable=False),
    Column("order_state", JSON, nullable=False),
    Column("stage", String(40), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
    Column("version", Integer, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("order_id", String(64), primary_key=True),
    Column("order_number", Integer, nullable=False),
    Column("user_id", String(64)),
    Column("status", String(20), nullable=False),
    Column("service", String(20), nullable=False),
    Column("lines", JSON, nullable=False),
    Column("discounts", JSON, nullable=False),
    Column("total", Integer, nullable=False),
    Column("discount", Integer, nullable=False),
    Column("payable", Integer, nullable=False),
    Column("placed_at", UtcDateTime, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("assigned_to", String(64)),
    Column("estimated_ready_at", UtcDateTime),
    Column("done", JSON),
    CheckConstraint("payable = total - discount", name="sum"),
)
"""``user_id`` refers to nobody's row on purpose: a guest is forgotten before their order is."""
Index(None, orders.c.status, orders.c.placed_at)
Index(None, orders.c.user_id, orders.c.placed_at)

order_changes = Table(
    "order_changes",
    metadata,
    Column("order_id", ForeignKey("orders.order_id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("status", String(20), nullable=False),
    Column("assigned_to", String(64)),
    Column("changed_by", String(64)),
    Column("changed_at", UtcDateTime, nullable=False),
)

order_days = Table(
    "order_days",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The last order number given out on each shop day."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("key", String(100), primary_key=True),
    Column("request_digest", String(64), nullable=False),
    Column("order_id", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
)
"""``order_id`` has no foreign key: the row is claimed before the order is written, in the same transaction."""

log_counter = Table(
    "log_counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("top", LogId, nullable=False),
    CheckConstraint("id = 1", name="one"),
)

notifications = Table(
    "notifications",
    metadata,
    Column("id", LogId, primary_key=True, autoincrement=False),
    Column("topic", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("audience", String(64)),
    Column("data", JSON, nullable=False),
)
"""``audience`` is the customer concerned, ``*`` for everybody, or null for staff alone."""
Index(None, notifications.c.audience, notifications.c.id)

help_calls = Table(
    "help_calls",
    metadata,
    Column("help_id", String(64), primary_key=True),
    Column("device_id", String(64), nullable=False),
    Column("screen", String(40), nullable=False),
    Column("mode", String(20)),
    Column("cart", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("answered_by", String(64)),
    Column("answered_at", UtcDateTime),
    Column("escalated_at", UtcDateTime),
)

cursors = Table(
    "cursors",
    metadata,
    Column("owner", String(80), primary_key=True),
    Column("acknowledged", LogId, nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False, index=True),
)
"""How far a staff user (``user …``) and a device (``device …``) have acknowledged the log."""

order_alarms = Table(
    "order_alarms",
    metadata,
    Column("order_id", String(64), primary_key=True),
    Column("log_id", LogId, nullable=False),
    Column("level", Integer, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False, index=True),
    Column("over_at", UtcDateTime),
)
"""Orders that no staff window had acknowledged in time. ``log_id`` is that of their ``order.created``."""

prints = Table(
    "prints",
    metadata,
    Column("order_id", String(64), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("wanted_at", UtcDateTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("trouble", String(40), nullable=False),
    Column("ended_at", UtcDateTime),
)
"""Orders that go to paper. A try is begun by counting it: of several backends one prints."""

rates_spent = Table(
    "rates_spent",
    metadata,
    Column("replica", String(64), primary_key=True),
    Column("bucket", String(40), primary_key=True),
    Column("client", String(100), primary_key=True),
    Column("spent", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)
"""What the busiest clients have spent of their rate limits on each backend; for minutes."""

presence = Table(
    "presence",
    metadata,
    Column("replica", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("connections", JSON, nullable=False),
    Column("sent", BigInteger, nullable=False),
    Column("replayed", BigInteger, nullable=False),
)
"""Who is connected to which backend, as each of them last said."""

sold_out_menus = Table("sold_out_menus", metadata, Column("menu_code", String(40), primary_key=True))

images = Table(
    "images",
    metadata,
    Column("image_id", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("mime_type", String(100), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("engine", String(60), nullable=False),
    Column("model", String(100), nullable=False),
    Column("spec", JSON, nullable=False),
    Column("alt", JSON, nullable=False),
    Column("created_by", String(64)),
    Column("created_at", UtcDateTime, nullable=False),
)

usage_days = Table(
    "usage_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("capability", String(20), primary_key=True),
    Column("engine", String(60), primary_key=True),
    Column("model", String(100), primary_key=True),
    Column("requests", BigInteger, nullable=False),
    Column("input_tokens", BigInteger, nullable=False),
    Column("cached_input_tokens", BigInteger, nullable=False),
    Column("output_tokens", BigInteger, nullable=False),
    Column("audio_input_tokens", BigInteger, nullable=False),
    Column("audio_output_tokens", BigInteger, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),
    Column("characters", BigInteger, nullable=False),
    Column("images", BigInteger, nullable=False),
)
"""Only ever added to, by every replica."""

usage_writers = Table(
    "usage_writers",
    metadata,
    Column("writer", String(64), primary_key=True),
    Column("last", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)
"""The last batch of each process that ``usage_days`` holds: one that is sent again is told from a new one."""
