"""A store is brought to this program's schema when it is opened: adopted, copied first, or refused with a reason."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, make_url, text

from figures.model import Article
from figures.store import StoreError, open_store, schema


@pytest.fixture
def engine(target: str) -> Iterator[Engine]:
    url = make_url(target if "://" in target else f"sqlite:///{target}")
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    made = create_engine(url)
    yield made
    made.dispose()


def configured(**attributes: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", "figures.store:migrations")
    config.attributes.update(attributes)
    return config


def make_first(engine: Engine) -> None:
    """A store as the first release made it, with one article in it."""
    with engine.begin() as connection:
        command.upgrade(configured(connection=connection), "0001")
        connection.execute(text("DROP TABLE alembic_version"))
        for key, value in (("schema_version", "1"), ("content_version", "1"), ("reconciled_version", "1")):
            connection.execute(text(f"INSERT INTO meta VALUES ('{key}', '{value}')"))
        connection.execute(
            text(
                "INSERT INTO articles (article_id, revision, digest, text, title, added_at, changed_at) "
                "VALUES ('a', 1, 'x', 'Twelve.', '', '2022-03-03T12:00:00+00:00', '2022-03-03T12:00:00+00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO changes (at, change, conflict_id, level) "
                "VALUES ('2022-03-03T12:00:00+00:00', 'opened', 'c', 'high')"
            )
        )


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        found: list[Any] = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), schema.metadata
        )
    return found


def test_the_newest_revision_is_the_one_that_the_schema_names() -> None:
    assert ScriptDirectory.from_config(configured()).get_current_head() == f"{schema.SCHEMA_VERSION:04}"


def test_a_new_store_and_a_migrated_one_have_the_same_tables(target: str, engine: Engine) -> None:
    make_first(engine)
    with open_store(target):
        pass
    assert differences(engine) == []
    with engine.connect() as connection:
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            == f"{schema.SCHEMA_VERSION:04}"
        )
        version = connection.execute(text("SELECT value FROM meta WHERE key = 'schema_version'")).scalar()
        assert version == str(schema.SCHEMA_VERSION)


def test_a_fresh_store_needs_no_migration(target: str, engine: Engine) -> None:
    with open_store(target):
        pass
    assert differences(engine) == []
    with open_store(target) as again:
        assert again.counts().articles == 0


def test_what_an_older_store_held_is_still_there(target: str, engine: Engine) -> None:
    make_first(engine)
    with open_store(target) as store:
        kept = store.article("a")
        assert kept is not None
        assert kept.article.text == "Twelve."
        assert [(one.cursor, one.change, one.thread) for one in store.feed()] == [(1, "opened", "c")]
        store.add(Article(article_id="b", text="New."), [])
        assert store.counts().articles == 2


def test_a_file_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    make_first(engine)
    engine.dispose()
    for number in (1, 2):
        with open_store(path):
            pass
        copy = path.with_name("desk.sqlite.schema-1.backup")
        with closing(sqlite3.connect(copy)) as old:
            assert old.execute("SELECT article_id FROM articles").fetchall() == [("a",)]
            assert old.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall() == [("1",)]
        assert len(list(tmp_path.glob("*.backup*"))) == 1, number


def test_a_copy_never_replaces_another(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    (tmp_path / "desk.sqlite.schema-1.backup").write_text("somebody's")
    engine = create_engine(f"sqlite:///{path}")
    make_first(engine)
    engine.dispose()
    with open_store(path):
        pass
    assert (tmp_path / "desk.sqlite.schema-1.backup").read_text() == "somebody's"
    assert (tmp_path / "desk.sqlite.schema-1.backup-2").exists()


def test_a_migration_that_fails_leaves_the_store_as_it_was(target: str, engine: Engine) -> None:
    make_first(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE accounts (name TEXT)"))  # in the way
    with pytest.raises(Exception, match="accounts"), open_store(target):
        pass
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE accounts"))
        assert connection.execute(text("SELECT value FROM meta WHERE key = 'schema_version'")).scalar() == "1"
    with open_store(target) as store:
        assert store.article("a") is not None


@pytest.mark.parametrize("where", ["meta", "alembic_version"])
def test_a_newer_store_is_refused_and_left_alone(target: str, engine: Engine, where: str) -> None:
    with open_store(target):
        pass
    change = {
        "meta": "UPDATE meta SET value = '99' WHERE key = 'schema_version'",
        "alembic_version": "UPDATE alembic_version SET version_num = '0099'",
    }
    with engine.begin() as connection:
        connection.execute(text(change[where]))
    with pytest.raises(StoreError, match=r"newer Figures \(schema 99"), open_store(target):
        pass


def test_many_processes_may_open_an_older_store_at_once(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    make_first(engine)
    engine.dispose()
    work = f"from figures.store import open_store\nwith open_store({str(path)!r}) as one: print(one.counts().articles)"
    running = [subprocess.Popen([sys.executable, "-c", work], stdout=subprocess.PIPE) for _ in range(3)]
    assert [one.communicate(timeout=120)[0].strip() for one in running] == [b"1"] * 3
    assert len(list(tmp_path.glob("*.backup*"))) == 1
