"""What officials decided about files that failed the gate, and about signatures without a file."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
# What is in quarantine already; which checks had failed is in the audit.
_BACKFILL = """
INSERT INTO quarantines
    (id, intent_id, state, file_sha256, code, reports, quarantined_at, changed_at)
SELECT gen_random_uuid(), i.id, 'open', i.quarantined_sha256,
       coalesce(i.last_error, 'certificates.gate_refused'),
       jsonb_build_array(jsonb_build_object('at', i.changed_at, 'failed', coalesce((
           SELECT jsonb_agg(jsonb_build_object('check', name, 'detail', ''))
           FROM audit_rows a, jsonb_array_elements_text(a.detail -> 'checks') AS name
           WHERE a.subject = 'intent:' || i.id AND a.action = 'intent.quarantined'
             AND a.detail ->> 'file_sha256' = i.quarantined_sha256
             AND a.at = (SELECT max(at) FROM audit_rows l
                         WHERE l.subject = a.subject AND l.action = a.action)
       ), '[]'::jsonb))),
       i.changed_at, i.changed_at
FROM intents i WHERE i.state = 'quarantined'
"""


def upgrade() -> None:
    op.create_table(
        "quarantines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intent_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reports", postgresql.JSONB(), nullable=False),
        sa.Column("quarantined_at", _INSTANT, nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'examining', 'discarded', 'released', 'cancelled')",
            name=op.f("ck_quarantines_state_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'cancelled') OR approval_id IS NOT NULL",
            name=op.f("ck_quarantines_decided_by_two"),
        ),
        sa.ForeignKeyConstraint(
            ["intent_id"], ["intents.id"], name=op.f("fk_quarantines_intent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantines")),
    )
    op.create_index(
        "uq_quarantines_open",
        "quarantines",
        ["intent_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('open', 'examining')"),
    )
    op.create_index(
        "ix_quarantines_examining",
        "quarantines",
        ["id"],
        postgresql_where=sa.text("state = 'examining'"),
    )
    op.create_index("ix_quarantines_intent_id", "quarantines", ["intent_id"])
    op.execute(_BACKFILL)
    _acknowledgements()


def _acknowledgements() -> None:
    columns = (
        ("acknowledged_at", _INSTANT),
        ("acknowledged_by", sa.Text()),
        ("acknowledged_reason", sa.Text()),
        ("approval_id", sa.Uuid()),
    )
    for name, kind in columns:
        op.add_column("seal_log_entries", sa.Column(name, kind, nullable=True))
    op.create_check_constraint(
        op.f("ck_seal_log_entries_acknowledged_whole"),
        "seal_log_entries",
        "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)"
        " AND (acknowledged_at IS NULL) = (acknowledged_reason IS NULL)",
    )
