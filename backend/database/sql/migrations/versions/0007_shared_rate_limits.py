"""Rate limits that several backends share."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rates_spent",
        sa.Column("replica", sa.String(length=64), nullable=False),
        sa.Column("bucket", sa.String(length=40), nullable=False),
        sa.Column("client", sa.String(length=100), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("replica", "bucket", "client", name=op.f("pk_rates_spent")),
    )
    op.create_index(op.f("ix_rates_spent_at"), "rates_spent", ["at"], unique=False)
