"""The tables of the store: one schema for SQLite and PostgreSQL, with the column names of the public table.

Days and instants are ISO text, which both databases sort alike; open bounds and unknown values are NULL; ``rules``,
``series`` and the like are compact JSON text.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

from figures.model import COLUMNS
from figures.table import NUMBERS, OFFSETS

SCHEMA_VERSION: Final = 3
"""The newest revision in ``migrations/versions``: a new table or column is a new revision there and one more here."""

metadata: Final = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("outlet", Text),
    Column("published_at", Text),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("added_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    Column("withdrawn_by", Text),
    Column("withdrawn_why", Text),
    # Which reader the figures come from, so that an ingestion that was cut off goes on where it stopped.
    Column("read_by", String),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("outlet", Text),
    Column("published_at", Text),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("replaced_at", Text, nullable=False),
)


def _figure_column(name: str) -> Column[object]:
    if name == "figure_id":
        return Column(name, String, primary_key=True)
    if name == "article_id":
        return Column(name, ForeignKey("articles.article_id"), nullable=False, index=True)
    if name in NUMBERS:
        return Column(name, Float)
    if name in OFFSETS:
        return Column(name, Integer, nullable=False)
    return Column(name, Text)


# ``event`` and ``origin_group`` keep what the article alone says, so that comparing again starts from the
# same input; what reconcile made of them stands beside.
figures = Table(
    "figures",
    metadata,
    *(_figure_column(name) for name in COLUMNS),
    Column("final_event", Text),
    Column("final_origin_group", Text),
    # Above 0 where no number of the store stands against it, whatever its text says: a reprint then changes no
    # judgement; 2 where its metric is bound to events, so that what stands in others matters less.
    Column("quiet", Integer),
    # The digits of a number of three or more, sorted: what a misprint has in common with it.
    Column("digits", String),
    # Which answer of ``latest`` it counts for.
    Column("series", BigInteger),
    Index("figures_by_metric", "metric", "figure_id"),
    Index("figures_by_event", "event", "metric", "value"),
    Index("figures_by_final", "final_event", "metric"),
    Index("figures_by_number", "value", "metric"),
    Index("figures_by_digits", "digits", "metric", "place"),
)

# Articles that came, changed or went since the last comparison, with what their figures were until then.
pending = Table(
    "pending",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("old", Text, nullable=False),
)

# Under which spots and over which days (ordinals) a name of an event may be joined with others. ``article`` is empty
# for a name that all articles share.
story_links = Table(
    "story_links",
    metadata,
    Column("name", String, primary_key=True),
    Column("article", String, primary_key=True),
    Column("spot", String, primary_key=True),
    Column("family", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Index("story_links_by_family", "family", "spot", "first"),
    Index("story_links_by_spot", "spot", "first"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("correction_id", Integer, primary_key=True),
    Column("figure_id", String, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("value", Text),
    Column("reviewer", Text, nullable=False),
    Column("note", Text),
    Column("at", Text, nullable=False),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("conflict_id", String, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("severity", Float, nullable=False),
    Column("level", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("compatible", Text, nullable=False),
    Column("gap", Float, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("detected_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("gone_at", Text),
    # The id that the clash was first told under: it stays while figures join and the conflict's own id changes.
    Column("thread", String),
    Index("conflicts_by_severity", "severity", "conflict_id"),
)

conflict_members = Table(
    "conflict_members",
    metadata,
    Column("conflict_id", ForeignKey("conflicts.conflict_id"), primary_key=True),
    Column("camp", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("figure_id", String, nullable=False, index=True),
)

uncompared = Table(
    "uncompared",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("metric", Text, nullable=False),
    Column("a", String, nullable=False),
    Column("b", String, nullable=False),
    Column("missing", Text, nullable=False),
    Column("explanation", Text, nullable=False),
    Index("uncompared_by_a", "a"),
    Index("uncompared_by_b", "b"),
)

# ``seen`` holds the camps as the reviewer saw them, with each figure's bounds and origin: a review follows
# those, not the id of a conflict, which a copy of an article changes.
reviews = Table(
    "reviews",
    metadata,
    Column("review_id", Integer, primary_key=True),
    Column("conflict_id", String, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("metric", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
    Column("note", Text),
    Column("reviewer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("seen", Text, nullable=False),
)

latest = Table(
    "latest",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("metric", Text, nullable=False, index=True),
    Column("unit", Text),
    Column("event", Text),
    Column("population", Text),
    Column("party", Text),
    Column("place", Text),
    Column("place_role", Text),
    Column("aspect", Text),
    Column("as_of", Text),
    Column("value", Float),
    Column("contested", Integer),
    Column("row", Text, nullable=False),
    Column("series", BigInteger, index=True),
    Index("latest_by_story", "metric", "event"),
    Index("latest_by_place", "metric", "place"),
)

# Every change is kept; what the feed tells has a place in it, ``told``. A change that comes too soon after the last one
# of its thread waits, ``held``, until it is due or something newer takes its place.
changes = Table(
    "changes",
    metadata,
    Column("cursor", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("conflict_id", String, nullable=False),
    Column("level", Text, nullable=False),
    Column("detail", Text),
    Column("thread", String),
    Column("level_before", Text),
    Column("told", Integer),
    Column("told_at", Text),
    Column("held", Integer),
    Index("changes_by_thread", "thread", "cursor"),
    Index("changes_by_told", "told"),
    Index("changes_by_held", "held"),
)

# Passwords are kept as salted scrypt, keys and session tokens, which are random, as their SHA-256.
accounts = Table(
    "accounts",
    metadata,
    Column("name", String, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String, primary_key=True),
    Column("name", ForeignKey("accounts.name"), nullable=False, index=True),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("revoked_at", Text),
)
