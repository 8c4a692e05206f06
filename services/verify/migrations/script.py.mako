"""${message}.

Revision ${up_revision}, after ${down_revision | comma,n}
"""

from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    # Timeouts for locks and statements are set by chassis.migrations.
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    raise NotImplementedError("expand, backfill, contract: we go forward only")
