"""What operators see of messages that could not be handled: a row each, the body encrypted."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parked_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("aggregate_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.Column("deliveries", sa.Integer(), nullable=False),
        sa.Column("replays", sa.Integer(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replay_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_messages")),
        sa.UniqueConstraint(
            "queue", "body_digest", name=op.f("uq_parked_messages_queue_body_digest")
        ),
        schema="records",
    )
    op.create_index(
        "ix_parked_messages_queue",
        "parked_messages",
        ["queue", "parked_at", "id"],
        schema="records",
    )
    op.create_index(
        "ix_parked_messages_requested",
        "parked_messages",
        ["parked_at", "id"],
        postgresql_where="replay_requested_at IS NOT NULL",
        schema="records",
    )
