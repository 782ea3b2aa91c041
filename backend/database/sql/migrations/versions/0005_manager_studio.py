"""Versions of the manager's pictures, the jobs that make them, and what the menu cards show."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from backend.database.sql.column_types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "image_versions",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("picture_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime_type", sa.String(length=100), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("aspect_ratio", sa.String(length=10), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("spec", sa.JSON(), nullable=False),
        sa.Column("alt", sa.JSON(), nullable=False),
        sa.Column("menu_code", sa.String(length=40), nullable=True),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        _moment("created_at"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_image_versions_number")),
        sa.ForeignKeyConstraint(["parent"], ["image_versions.version_id"], name=op.f("fk_image_versions_parent")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_image_versions")),
        sa.UniqueConstraint("picture_id", "number", name=op.f("uq_image_versions_picture_id_number")),
    )
    op.create_index(op.f("ix_image_versions_sha256"), "image_versions", ["sha256"], unique=False)
    op.create_index(op.f("ix_image_versions_created_at"), "image_versions", ["created_at"], unique=False)
    op.create_table(
        "image_jobs",
        sa.Column("job_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        _moment("asked_at"),
        _moment("started_at", nullable=True),
        _moment("ended_at", nullable=True),
        _moment("seen_at", nullable=True),
        sa.Column("runner", sa.String(length=64), nullable=True),
        sa.Column("version_id", sa.String(length=64), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["image_versions.version_id"], name=op.f("fk_image_jobs_version_id")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_image_jobs")),
    )
    op.create_index(op.f("ix_image_jobs_asked_at"), "image_jobs", ["asked_at"], unique=False)
    op.create_index(op.f("ix_image_jobs_state_asked_at"), "image_jobs", ["state", "asked_at"], unique=False)
    op.create_table(
        "card_changes",
        sa.Column("menu_code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.String(length=64), nullable=True),
        sa.Column("rolled_back", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        _moment("changed_at"),
        _moment("live_at"),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["image_versions.version_id"], name=op.f("fk_card_changes_version_id")),
        sa.PrimaryKeyConstraint("menu_code", "number", name=op.f("pk_card_changes")),
    )
    op.create_table(
        "card_sightings",
        sa.Column("menu_code", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("menu_code", "device_id", name=op.f("pk_card_sightings")),
    )
    op.create_index(op.f("ix_card_sightings_at"), "card_sightings", ["at"], unique=False)
