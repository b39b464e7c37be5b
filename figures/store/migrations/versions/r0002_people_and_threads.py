"""Accounts, sessions and keys; conflicts and changes belong to a thread, and the feed has its own order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns; what the feed has told so far keeps its place in it."""
    op.add_column("articles", sa.Column("read_by", sa.String))
    op.add_column("conflicts", sa.Column("thread", sa.String))
    op.execute("UPDATE conflicts SET thread = conflict_id")
    for column in (
        sa.Column("thread", sa.String),
        sa.Column("level_before", sa.Text),
        sa.Column("told", sa.Integer),
        sa.Column("told_at", sa.Text),
        sa.Column("held", sa.Integer),
    ):
        op.add_column("changes", column)
    op.execute("UPDATE changes SET thread = conflict_id, told = cursor, told_at = at")
    op.create_index("changes_by_thread", "changes", ["thread", "cursor"])
    op.create_index("changes_by_told", "changes", ["told"])
    op.create_index("changes_by_held", "changes", ["held"])
    op.create_index("latest_by_story", "latest", ["metric", "event"])
    op.create_table(
        "accounts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.String, primary_key=True),
        sa.Column("name", sa.String, sa.ForeignKey("accounts.name"), nullable=False, index=True),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
    )
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("token", sa.String, nullable=False, unique=True),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text),
    )
