"""Whoever runs the service makes keys and accounts from the command line; secrets are shown once or never."""

from __future__ import annotations

import io
import json

import pytest

from figures.cli.serving import is_loopback
from figures.store import open_store


@pytest.fixture
def typed(monkeypatch):
    def type_in(words: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(words))

    return type_in


def test_a_key_is_printed_once_listed_without_itself_and_revoked(run, tmp_path):
    made = run("keys", "create", "wire", "--scope", "ingest", "--scope", "read", "--store", "desk.db")
    assert made.status == 0
    key = made.out.strip()
    assert key.startswith("fig_")
    with open_store(tmp_path / "desk.db") as store:
        found = store.people.api_key(key)
    assert found is not None
    assert found.scopes == ("read", "ingest")
    listed = run("keys", "list", "--store", "desk.db")
    assert key not in listed.out
    assert found.key_id in listed.out
    assert run("keys", "revoke", found.key_id, "--store", "desk.db").out == f"{found.key_id}: revoked\n"
    again = run("keys", "revoke", found.key_id, "--store", "desk.db")
    assert (again.status, len(again.err.splitlines())) == (2, 1)
    (row,) = map(json.loads, run("keys", "list", "--format", "jsonl", "--store", "desk.db").lines)
    assert row["revoked_at"]


def test_accounts_are_added_listed_changed_and_removed(run, typed, tmp_path):
    typed("correct horse battery\n")
    asked = ("users", "add", "A. Reviewer", "--role", "reviewer", "--password-stdin", "--store", "desk.db")
    assert run(*asked).out == "A. Reviewer: reviewer\n"
    assert "A. Reviewer" in run("users", "list", "--store", "desk.db").out
    typed("another long password\n")
    assert run("users", "passwd", "A. Reviewer", "--password-stdin", "--store", "desk.db").status == 0
    with open_store(tmp_path / "desk.db") as store:
        assert store.people.log_in("A. Reviewer", "correct horse battery") is None
        assert store.people.log_in("A. Reviewer", "another long password") is not None
    assert run("users", "remove", "A. Reviewer", "--store", "desk.db").status == 0
    assert run("users", "list", "--store", "desk.db").out == "No accounts\n"
    assert run("users", "remove", "A. Reviewer", "--store", "desk.db").status == 2


def test_no_account_without_a_password_of_its_own(run, typed):
    typed("")
    assert run("users", "add", "A.", "--role", "admin", "--store", "desk.db").status == 2
    refused = run("users", "add", "A.", "--role", "admin", "--password-stdin", "--store", "desk.db")
    assert (refused.status, "too short" in refused.err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("keys", "create", "wire", "--store", "desk.db"),
        ("keys", "create", "wire", "--scope", "fly", "--store", "desk.db"),
        ("keys", "list", "--store", "none.db"),
        ("users", "add", "A.", "--role", "king", "--store", "desk.db"),
        ("serve", "--public-url", "desk.example", "--store", "desk.db"),
    ],
)
def test_what_is_asked_wrongly_is_one_line(run, arguments):
    ran = run(*arguments)
    assert (ran.status, len(ran.err.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("desk", False)],
)
def test_loopback_is_known(host, expected):
    assert is_loopback(host) is expected
