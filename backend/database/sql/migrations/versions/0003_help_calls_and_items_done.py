"""Help calls that somebody answers, and items that are done one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("done", sa.JSON(), nullable=True))
    op.create_table(
        "help_calls",
        sa.Column("help_id", sa.String(length=64), nullable=False),
        sa.Column("device_id", sa.String(length=64), nullable=False),
        sa.Column("screen", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("cart", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("help_id", name=op.f("pk_help_calls")),
    )
    op.create_index(op.f("ix_help_calls_at"), "help_calls", ["at"], unique=False)
