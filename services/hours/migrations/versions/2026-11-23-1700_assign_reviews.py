"""Reviewers take claims into hand; the queue's indexes hold all that it is filtered by."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WAITING = "state IN ('submitted', 'employer_approved')"
_FILTERED = ["person_id", "year", "subject_kind", "activity_kind"]


def upgrade() -> None:
    op.create_table(
        "review_assignments",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_review_assignments_claim_id")
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_review_assignments")),
    )
    op.create_index("ix_review_assignments_until", "review_assignments", ["until"])
    op.create_index(
        "ix_claims_queue",
        "claims",
        ["state", "submitted_at", "id"],
        postgresql_include=["organisation_id", *_FILTERED],
        postgresql_where=_WAITING,
    )
    op.create_index(
        "ix_claims_queue_at",
        "claims",
        ["organisation_id", "state", "submitted_at", "id"],
        postgresql_include=_FILTERED,
        postgresql_where=_WAITING,
    )
    op.drop_index("ix_claims_waiting", "claims")
    op.drop_index("ix_claims_waiting_at", "claims")
