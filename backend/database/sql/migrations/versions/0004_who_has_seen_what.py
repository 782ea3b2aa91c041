"""How far each staff window has acknowledged, alarms for what none has, and who is connected where."""

import sqlalchemy as sa
from alembic import op

from backend.database.sql.column_types import LogId

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cursors",
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("acknowledged", LogId, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_cursors")),
    )
    op.create_index(op.f("ix_cursors_acknowledged"), "cursors", ["acknowledged"], unique=False)
    op.create_index(op.f("ix_cursors_at"), "cursors", ["at"], unique=False)
    op.create_table(
        "order_alarms",
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("log_id", LogId, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_alarms")),
    )
    op.create_index(op.f("ix_order_alarms_raised_at"), "order_alarms", ["raised_at"], unique=False)
    op.create_table(
        "presence",
        sa.Column("replica", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connections", sa.JSON(), nullable=False),
        sa.Column("sent", sa.BigInteger(), nullable=False),
        sa.Column("replayed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("replica", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_at"), "presence", ["at"], unique=False)
