"""The registry of template versions: which is live, and the pictures made for its approval."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)


def template_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare versions and comparisons in the service's metadata."""
    # Which version of each form is live. The files come with the program; the digest says which.
    template_versions = Table(
        "template_versions",
        metadata,
        Column("form", Text, primary_key=True),
        Column("version", Text, primary_key=True),
        # Never changed: a trigger sees to it.
        Column("digest", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("live_since", DateTime(timezone=True)),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        Index("uq_template_versions_live", "form", unique=True, postgresql_where="state = 'live'"),
        CheckConstraint("state IN ('draft', 'proposed', 'live', 'retired')", name="state_known"),
        CheckConstraint(
            "(state IN ('live', 'retired')) <= (live_since IS NOT NULL)", name="was_live"
        ),
    )

    # What the second person looks at: the same sample in the live version and in the proposed one.
    template_comparisons = Table(
        "template_comparisons",
        metadata,
        Column("form", Text, primary_key=True),
        Column("version", Text, primary_key=True),
        Column("sample", Text, primary_key=True),
        Column("against", Text, nullable=False),
        Column("before_sha256", Text, nullable=False),
        Column("after_sha256", Text, nullable=False),
        Column("difference_sha256", Text, nullable=False),
        Column("changed_pixels", Integer, nullable=False),
        Column("pixels", Integer, nullable=False),
        ForeignKeyConstraint(
            ["form", "version"], ["template_versions.form", "template_versions.version"]
        ),
    )
    return template_versions, template_comparisons
