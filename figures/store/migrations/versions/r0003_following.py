"""What following one article needs: names of events with their links, what is pending, and figures found by number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from figures.store.plain import sorted_digits

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, the column and the indexes; they are filled when everything is next compared."""
    op.add_column("figures", sa.Column("quiet", sa.Integer))
    op.create_index("figures_by_event", "figures", ["event", "metric", "value"])
    op.create_index("figures_by_final", "figures", ["final_event", "metric"])
    op.create_index("figures_by_number", "figures", ["value", "metric"])
    op.add_column("figures", sa.Column("digits", sa.String))
    op.add_column("figures", sa.Column("series", sa.BigInteger))
    op.add_column("latest", sa.Column("series", sa.BigInteger))
    op.create_index("ix_latest_series", "latest", ["series"])
    _sort_digits()
    op.create_index("figures_by_digits", "figures", ["digits", "metric", "place"])
    op.create_index("uncompared_by_a", "uncompared", ["a"])
    op.create_index("uncompared_by_b", "uncompared", ["b"])
    op.create_index("latest_by_place", "latest", ["metric", "place"])
    op.create_table(
        "pending",
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("old", sa.Text, nullable=False),
    )
    op.create_table(
        "story_links",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("article", sa.String, primary_key=True),
        sa.Column("spot", sa.String, primary_key=True),
        sa.Column("family", sa.String, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_index("story_links_by_family", "story_links", ["family", "spot", "first"])
    op.create_index("story_links_by_spot", "story_links", ["spot", "first"])
    op.execute("INSERT INTO meta (key, value) VALUES ('whole_version', '0')")


def _sort_digits() -> None:
    connection = op.get_bind()
    numbers = connection.execute(sa.text("SELECT DISTINCT value, precision FROM figures WHERE value IS NOT NULL")).all()
    put = sa.text("UPDATE figures SET digits = :digits WHERE value = :value AND precision = :precision")
    rows = [
        {"digits": digits, "value": value, "precision": precision}
        for value, precision in numbers
        if precision is not None and (digits := sorted_digits(value, precision)) is not None
    ]
    if rows:
        connection.execute(put, rows)
