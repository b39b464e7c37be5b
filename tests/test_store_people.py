"""Accounts, sessions and keys: secrets are kept as hashes, and what is revoked ends at once. On both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from figures.store import Store, StoreError, open_store
from figures.store.passwords import hashed_password, is_password

PASSWORD = "correct horse battery"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2022, 3, 3, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(target: str, clock: Clock) -> Iterator[Store]:
    with open_store(target, clock=clock) as opened:
        yield opened


def everything(target: str) -> str:
    """All that a stolen database holds, as text."""
    url = make_url(target if "://" in target else f"sqlite:///{target}")
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        rows = [row for name in names for row in connection.execute(text(f"SELECT * FROM {name}"))]
    engine.dispose()
    return repr(rows)


def test_who_knows_the_password_gets_a_session_and_nobody_else_does(store: Store, target: str) -> None:
    people = store.people
    made = people.add(" A. Reviewer ", PASSWORD, role="reviewer")
    assert (made.name, made.role) == ("A. Reviewer", "reviewer")
    assert people.accounts() == [made]
    assert people.log_in("A. Reviewer", "correct horse batterx") is None
    assert people.log_in("B. Nobody", PASSWORD) is None
    found = people.log_in("A. Reviewer", PASSWORD)
    assert found is not None
    account, token = found
    assert account == made
    assert people.session(token) == made
    assert people.session(token + "x") is None
    kept = everything(target)
    assert PASSWORD not in kept
    assert token not in kept


def test_a_session_ends_by_itself_and_by_signing_out(store: Store, clock: Clock) -> None:
    store.people.add("A.", PASSWORD, role="reader")
    sessions = [store.people.log_in("A.", PASSWORD) for _ in range(2)]
    first, second = (one[1] for one in sessions if one)
    store.people.log_out(first)
    assert store.people.session(first) is None
    clock.now += timedelta(hours=11)
    assert store.people.session(second) is not None
    clock.now += timedelta(hours=2)
    assert store.people.session(second) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda people: people.remove("A."),
        lambda people: people.set_password("A.", PASSWORD + "!"),
        lambda people: people.set_role("A.", "reader"),
    ],
)
def test_a_change_of_the_account_ends_its_sessions(store: Store, change: Callable[[Any], Any]) -> None:
    store.people.add("A.", PASSWORD, role="admin")
    found = store.people.log_in("A.", PASSWORD)
    assert found is not None
    change(store.people)
    assert store.people.session(found[1]) is None


def test_a_new_password_replaces_the_old_one(store: Store) -> None:
    store.people.add("A.", PASSWORD, role="admin")
    store.people.set_password("A.", "another long one")
    assert store.people.log_in("A.", PASSWORD) is None
    assert store.people.log_in("A.", "another long one") is not None
    assert store.people.remove("A.")
    assert not store.people.remove("A.")
    assert store.people.log_in("A.", "another long one") is None


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("", PASSWORD, "reader"), "no name"),
        (("a\nb", PASSWORD, "reader"), "no name"),
        (("x" * 100, PASSWORD, "reader"), "no name"),
        (("A.", "short", "reader"), "too short"),
        (("A.", "x" * 2000, "reader"), "too long"),
        (("A.", PASSWORD, "king"), "no role"),
        (("Known", PASSWORD, "reader"), "there is such an account"),
    ],
)
def test_accounts_that_are_refused(store: Store, arguments: tuple[str, str, str], expected: str) -> None:
    store.people.add("Known", PASSWORD, role="reader")
    with pytest.raises(StoreError, match=expected):
        store.people.add(arguments[0], arguments[1], role=arguments[2])
    with pytest.raises(StoreError, match="no such account"):
        store.people.set_password("Nobody", PASSWORD)


def test_a_key_is_shown_once_and_revoked_for_good(store: Store, target: str) -> None:
    made, key = store.people.create_key("wire", ["ingest", "read"])
    other, another = store.people.create_key("wire", ["admin"])
    assert made.scopes == ("read", "ingest")
    assert key.startswith("fig_")
    assert len(key) > 40
    assert key != another
    assert store.people.api_key(key) == made
    assert store.people.api_key("fig_none") is None
    assert key not in everything(target)
    assert store.people.revoke_key(made.key_id)
    assert not store.people.revoke_key(made.key_id)
    assert store.people.api_key(key) is None
    assert store.people.api_key(another) == other
    assert [one.revoked_at is None for one in store.people.api_keys()].count(True) == 1


@pytest.mark.parametrize(("name", "scopes"), [("x", []), ("x", ["fly"]), ("", ["read"])])
def test_keys_that_are_refused(store: Store, name: str, scopes: list[str]) -> None:
    with pytest.raises(StoreError):
        store.people.create_key(name, scopes)


def test_a_password_is_salted() -> None:
    one, other = hashed_password(PASSWORD), hashed_password(PASSWORD)
    assert one != other
    assert is_password(PASSWORD, one)
    assert is_password(PASSWORD, other)
    assert not is_password(PASSWORD + " ", one)
    assert not is_password(PASSWORD, None)
