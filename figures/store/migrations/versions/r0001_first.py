"""The first schema. Stores older than the migrations have it already and are only marked with it."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TEXTS: Final = (
    ("metric", "source", "source_type", "source_relation", "source_mention", "relayed_by", "standing", "outlet"),
    ("title", "url"),
    ("published_at",),
    ("comparator",),
    ("unit", "population", "party", "place", "place_role", "iso3", "event", "as_of", "as_of_basis"),
    ("period_start", "period_end", "aspect", "modality", "origin_group"),
    ("sentence", "quote", "field"),
    ("rules",),
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table("meta", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "articles",
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("published_at", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.Text),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_why", sa.Text),
    )
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.article_id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("published_at", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("replaced_at", sa.Text, nullable=False),
    )
    op.create_table(
        "figures",
        sa.Column("figure_id", sa.String, primary_key=True),
        *(sa.Column(name, sa.Text) for name in (*_TEXTS[0], *_TEXTS[1])),
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.article_id"), nullable=False),
        *(sa.Column(name, sa.Text) for name in _TEXTS[2]),
        *(sa.Column(name, sa.Float) for name in ("value", "low", "high")),
        *(sa.Column(name, sa.Text) for name in _TEXTS[3]),
        sa.Column("precision", sa.Float),
        *(sa.Column(name, sa.Text) for name in (*_TEXTS[4], *_TEXTS[5])),
        sa.Column("confidence", sa.Float),
        *(sa.Column(name, sa.Text) for name in _TEXTS[6]),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in _TEXTS[7]),
        sa.Column("final_event", sa.Text),
        sa.Column("final_origin_group", sa.Text),
    )
    op.create_index("ix_figures_article_id", "figures", ["article_id"])
    op.create_index("figures_by_metric", "figures", ["metric", "figure_id"])
    op.create_table(
        "corrections",
        sa.Column("correction_id", sa.Integer, primary_key=True),
        sa.Column("figure_id", sa.String, nullable=False, index=True),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "conflicts",
        sa.Column("conflict_id", sa.String, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("severity", sa.Float, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("metric", sa.Text, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("compatible", sa.Text, nullable=False),
        sa.Column("gap", sa.Float, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("detected_at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("gone_at", sa.Text),
    )
    op.create_index("conflicts_by_severity", "conflicts", ["severity", "conflict_id"])
    op.create_table(
        "conflict_members",
        sa.Column("conflict_id", sa.String, sa.ForeignKey("conflicts.conflict_id"), primary_key=True),
        sa.Column("camp", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("figure_id", sa.String, nullable=False, index=True),
    )
    op.create_table(
        "uncompared",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("metric", sa.Text, nullable=False),
        sa.Column("a", sa.String, nullable=False),
        sa.Column("b", sa.String, nullable=False),
        sa.Column("missing", sa.Text, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
    )
    op.create_table(
        "reviews",
        sa.Column("review_id", sa.Integer, primary_key=True),
        sa.Column("conflict_id", sa.String, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("metric", sa.Text, nullable=False, index=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
    )
    op.create_table(
        "latest",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("metric", sa.Text, nullable=False, index=True),
        *(sa.Column(name, sa.Text) for name in ("unit", "event", "population", "party", "place", "place_role")),
        sa.Column("aspect", sa.Text),
        sa.Column("as_of", sa.Text),
        sa.Column("value", sa.Float),
        sa.Column("contested", sa.Integer),
        sa.Column("row", sa.Text, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("cursor", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("conflict_id", sa.String, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
    )
