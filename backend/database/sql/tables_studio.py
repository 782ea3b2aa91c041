"""The tables of the manager's pictures. A column is named like the field of its record in ``database.studio``."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from backend.database.sql.column_types import UtcDateTime
from backend.database.sql.tables import metadata

image_versions = Table(
    "image_versions",
    metadata,
    Column("version_id", String(64), primary_key=True),
    Column("picture_id", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", ForeignKey("image_versions.version_id")),
    Column("kind", String(20), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("mime_type", String(100), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("aspect_ratio", String(10), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("wish", Text, nullable=False),
    Column("engine", String(60), nullable=False),
    Column("model", String(100), nullable=False),
    Column("spec", JSON, nullable=False),
    Column("alt", JSON, nullable=False),
    Column("menu_code", String(40)),
    Column("created_by", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Unique("picture_id", "number"),
    CheckConstraint("number >= 1", name="number"),
)

image_jobs = Table(
    "image_jobs",
    metadata,
    Column("job_id", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("request", JSON, nullable=False),
    Column("asked_by", String(64), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    Column("runner", String(64)),
    Column("version_id", ForeignKey("image_versions.version_id")),
    Column("problem", JSON, nullable=False),
    Column("paid", Boolean, nullable=False),
)
Index(None, image_jobs.c.state, image_jobs.c.asked_at)

card_changes = Table(
    "card_changes",
    metadata,
    Column("menu_code", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version_id", ForeignKey("image_versions.version_id")),
    Column("rolled_back", Boolean, nullable=False),
    Column("changed_by", String(64), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("live_at", UtcDateTime, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("withdrawn_by", String(64)),
)
"""Only ever added to: what a card has shown can always be told. The primary key lets one of two managers win."""

card_sightings = Table(
    "card_sightings",
    metadata,
    Column("menu_code", String(40), primary_key=True),
    Column("device_id", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)
"""Which change of a card each kiosk last said that it shows."""
