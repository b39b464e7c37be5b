"""The file of sources: every alias leads to its source, sides and ranks hold, a user's file is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.extract.sentences import tokenise
from figures.lexicon.sources import LexiconError, SourceLexicon, read_sources


@pytest.fixture(scope="module")
def sources() -> SourceLexicon:
    return read_sources()


def test_every_alias_names_its_source(sources: SourceLexicon) -> None:
    for source in sources.sources.values():
        for name in (source.name, *source.aliases):
            found = sources.source(name)
            assert found is not None, name
            assert found.name == source.name, name


def test_every_alias_is_found_in_text(sources: SourceLexicon) -> None:
    for source in sources.sources.values():
        for name in (source.name, *source.aliases):
            words = tuple(tokenise(name, 0, len(name)))
            hit = sources.match(words, 0)
            assert hit is not None, name
            assert hit[1] == source.name, name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("U.N. High Commissioner for Refugees", "UNHCR"),
        ("UN's refugee agency", "UNHCR"),
        ("U.S. Geological Survey", "USGS"),
        ("WHO", "WHO"),
        ("who", None),
        ("is", None),
        ("observatory", None),
        ("Observatory's", "Syrian Observatory for Human Rights"),
        ("observatories", None),
    ],
)
def test_match(sources: SourceLexicon, words: str, name: str | None) -> None:
    hit = sources.match(tuple(tokenise(words, 0, len(words))), 0)
    assert (hit[1] if hit else None) == name


def test_three_un_bodies_are_three(sources: SourceLexicon) -> None:
    assert len({sources.source(one).name for one in ("OCHA", "OHCHR", "UNHCR")}) == 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Pentagon", "U.S."),
        ("Russian Ministry of Defence", "Russian"),
        ("Chadian Health Ministry", "Chadian"),
        ("Sri Lankan army", "Sri Lankan"),
        ("UNHCR", None),
        ("local officials", None),
        (None, None),
    ],
)
def test_side(sources: SourceLexicon, name: str | None, side: str | None) -> None:
    assert sources.side_of(name) == side


def test_opposed_both_ways(sources: SourceLexicon) -> None:
    assert sources.opposed("Russian", "Ukrainian")
    assert sources.opposed("Ukrainian", "Russian")
    assert not sources.opposed("Ukrainian", "Polish")
    assert not sources.opposed(None, "Russian")


@pytest.mark.parametrize(
    ("side", "party", "kind", "relation"),
    [
        ("Russian", "Russian", "military", "own"),
        ("Ukrainian", "Russian", "military", "opponent"),
        ("British", "Russian", "military", "third_party"),
        ("U.S.", "American", "military", "own"),
        (None, "Russian", "intergovernmental", "third_party"),
        (None, "Russian", "media", "unknown"),
        ("Russian", None, "military", "unknown"),
    ],
)
def test_relation(sources: SourceLexicon, side: str | None, party: str | None, kind: str, relation: str) -> None:
    assert sources.relation_of(side, party, kind) == relation  # type: ignore[arg-type]


def test_rank(sources: SourceLexicon) -> None:
    assert sources.rank_of("Office for National Statistics") < sources.rank_of("Reuters")
    assert sources.rank_of("village elders", "witness") == sources.ranks["witness"]
    assert sources.rank_of(None) == 9


def test_user_file_adds_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[source]]\nname = "Harbour Trust"\ntype = "ngo"\naliases = ["HT"]\n'
        '[[source]]\nname = "UNHCR"\ntype = "intergovernmental"\nrank = 1\n'
        '[opposed]\npairs = [["Northern", "Southern"]]\n',
        encoding="utf-8",
    )
    own = read_sources([path])
    assert own.source("HT").name == "Harbour Trust"  # type: ignore[union-attr]
    assert own.rank_of("UNHCR") == 1
    assert own.opposed("Southern", "Northern")
    assert own.opposed("Russian", "Ukrainian")


@pytest.mark.parametrize(
    "text", ['[[source]]\nname = "X"\n', '[[source]]\nname = "X"\ntype = "wizard"\n', "not toml", "\x00"]
)
def test_wrong_user_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own\.toml"):
        read_sources([path])


def test_missing_user_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="absent"):
        read_sources([tmp_path / "absent.toml"])
