"""The seeds are what their manifest says: one text of Voice of America unchanged, the rest ours and marked so."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
MANIFEST = tomllib.loads((SEEDS / "manifest.toml").read_text(encoding="utf-8"))["article"]
BRIEFS = [json.loads(line) for line in (SEEDS / "briefs.jsonl").read_text(encoding="utf-8").splitlines()]
VOA_SHA256 = "d65268922ef4ed414449a77061669b1f3877a5bcfc1647426947d0f887fd5654"


def test_the_report_of_voice_of_america_stands_unchanged():
    content = (SEEDS / "voa-2022-03-03.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == VOA_SHA256


def test_every_text_is_in_the_manifest_and_every_entry_has_its_text():
    listed = [one["file"] for one in MANIFEST]
    assert sorted(listed) == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert len(set(listed)) == len(listed)


def test_all_but_one_are_marked_as_reconstructions():
    original = [one["article_id"] for one in MANIFEST if not one["reconstruction"]]
    assert original == ["voa-2022-03-03"]
    assert all(one["reconstruction"] for one in BRIEFS)
    assert len(MANIFEST) + len(BRIEFS) - 1 >= 15


@pytest.mark.parametrize("entry", [*MANIFEST, *BRIEFS], ids=lambda one: one["article_id"])
def test_an_entry_says_what_reading_needs(entry):
    assert entry["outlet"]
    published = str(entry["published_at"])
    day = date.fromisoformat(published[:10])
    assert date(2022, 2, 28) <= day <= date(2022, 3, 5)
    if len(published) > 10:
        assert datetime.fromisoformat(published).tzinfo is not None


@pytest.mark.parametrize("entry", [one for one in MANIFEST if one["reconstruction"]], ids=lambda one: one["file"])
def test_a_reconstruction_is_short(entry):
    words = (SEEDS / entry["file"]).read_text(encoding="utf-8").split()
    assert 80 <= len(words) <= 250


def test_the_two_copies_differ_only_in_their_furniture():
    wire, copy = (
        (SEEDS / f"{name}-2022-03-02-moscow.txt").read_text(encoding="utf-8") for name in ("larkfield", "quayside")
    )
    body = wire.removeprefix("MOSCOW (Larkfield Wire) — ").strip()
    assert copy.strip() == f"{body}\n\nReporting by Larkfield Wire"
