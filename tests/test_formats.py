"""Every export is read back by a reader of that format that is not ours, and holds what the table holds."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import figures
from figures.api import LoadError
from figures.lexicon import default_lexicon
from figures.model import Article, Conflict, Figure, RuleUse, figure_id
from figures.publish.cells import cell, from_cell
from figures.publish.feed import to_atom
from figures.publish.files import WRITERS, write_file
from figures.reconcile import Reconciliation, reconcile
from figures.table import tabulate, to_rows

SENTENCE = "The office said 40 of 400 houses burned, and 40 people died."


def figure(**changes: Any) -> Figure:
    given: dict[str, Any] = {
        "metric": "deaths", "source": "Interior Ministry", "outlet": "Example Wire", "article_id": "a 1",
        "published_at": "2022-03-02", "value": 40.0, "low": 40.0, "high": 40.0, "unit": "person",
        "sentence": SENTENCE, "quote": "40", "start": 145, "end": 147,
        "as_of": date(2022, 3, 2), "as_of_basis": "stated",
        "place": "Exampleton", "iso3": "FRA", "url": "https://news.example/1",
        "rules": (RuleUse(column="sentence", rule="sentence", start=100, end=100 + len(SENTENCE)),),
    }  # fmt: skip
    given |= changes
    return Figure(
        figure_id=figure_id(given["article_id"], "text", given["start"], given["end"], given["metric"]), **given
    )


@pytest.fixture
def table() -> pd.DataFrame:
    return tabulate([
        figure(),
        figure(
            article_id="a2", metric="refugees", value=1000.0, low=1000.0, high=inf, comparator="more_than", outlet="=1",
        ),
        figure(article_id="a3", metric="helicopters", unit="item", value=None, low=3.0, high=9.0, comparator="vague"),
        figure(article_id="a4", title="'=not a formula", url=None, as_of=None, as_of_basis=None),
    ])  # fmt: skip


@pytest.fixture
def disputed() -> Reconciliation:
    said = {
        "m": "Russia's Defence Ministry said on Wednesday that 498 Russian soldiers had been killed in Ukraine.",
        "k": "About 5,840 Russian soldiers have been killed in Ukraine, Ukraine's General Staff said on Wednesday.",
    }
    articles = [Article(article_id=k, outlet="Osier Desk", published_at="2022-03-02", text=v) for k, v in said.items()]
    outcome: Reconciliation = reconcile(tabulate(one for article in articles for one in figures.extract(article)))
    assert len(outcome.conflicts) == 1
    return outcome


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_the_order_of_rows_changes_no_byte(table: pd.DataFrame, tmp_path: Path, ending: str) -> None:
    one, other = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
    write_file(table, one)
    write_file(table.iloc[::-1], other)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_an_empty_table_is_a_valid_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"none{ending}"
    assert write_file(tabulate([]), path) == 0
    assert path.stat().st_size > 0 or ending == ".jsonl"


def test_a_failed_write_leaves_the_old_file(
    table: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    write_file(table, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setitem(WRITERS, ".csv", fail)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="no space"):
        write_file(table, path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''=1", "'quoted'", "-5", "+", "@x", "plain", "'", ""])
def test_cells_come_back_whatever_they_begin_with(text: str) -> None:
    written = cell(text)
    assert isinstance(written, str)
    assert not written.startswith(("=", "+", "-", "@"))
    assert from_cell(written) == text


class TestPackage:
    def test_it_gives_the_same_table_back(self, table: pd.DataFrame, tmp_path: Path) -> None:
        path = tmp_path / "figures.zip"
        write_file(table, path)
        pd.testing.assert_frame_equal(figures.load(path), table)

    def test_frictionless_finds_it_valid(self, table: pd.DataFrame, tmp_path: Path) -> None:
        frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
        path = tmp_path / "figures.zip"
        write_file(table, path)
        with zipfile.ZipFile(path) as package:
            package.extractall(tmp_path / "package")
        report = frictionless.Package(str(tmp_path / "package" / "datapackage.json")).validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
        assert report.tasks[0].stats["rows"] == len(table)

    @pytest.mark.parametrize(
        ("content", "message"), [(b"PK\x03\x04 broken", "no readable zip"), (None, r"figures\.csv is missing")]
    )
    def test_another_zip_is_refused_in_one_line(self, tmp_path: Path, content: bytes | None, message: str) -> None:
        path = tmp_path / "other.zip"
        if content is None:
            with zipfile.ZipFile(path, "w") as package:
                package.writestr("readme.txt", "nothing")
        else:
            path.write_bytes(content)
        with pytest.raises(LoadError, match=message):
            figures.load(path)


def test_libhxl_reads_tags_and_numbers(table: pd.DataFrame, tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl", reason="libhxl is not installed")
    path = tmp_path / "out.hxl.csv"
    write_file(table, path)
    source = hxl.data(io.BytesIO(path.read_bytes()))
    tags = {column.display_tag for column in source.columns}
    assert {"#affected+killed", "#affected+killed+min", "#affected+killed+max", "#affected+refugees"} <= tags
    assert {"#indicator+value+num", "#date+end", "#date+reported", "#country+code", "#meta+source", "#meta+url"} <= tags
    rows = list(source)
    assert [row.get("#affected+killed-min-max") for row in rows if row.get("#indicator+name") == "deaths"] == [
        "40",
        "40",
    ]
    (refugees,) = [row for row in rows if row.get("#indicator+name") == "refugees"]
    assert refugees.get("#affected+refugees+min") == "1000"
    assert not refugees.get("#affected+refugees+max")


class TestAnnotations:
    def collection(self, table: pd.DataFrame, tmp_path: Path) -> dict[str, Any]:
        path = tmp_path / "out.annotations.json"
        write_file(table, path)
        read: dict[str, Any] = json.loads(path.read_bytes())
        return read

    def test_selectors_pin_the_words(self, table: pd.DataFrame, tmp_path: Path) -> None:
        items = self.collection(table, tmp_path)["first"]["items"]
        assert len(items) == len(table)
        text = "x" * 100 + SENTENCE
        for item in items:
            quotation, position = item["target"]["selector"]
            assert text[position["start"] : position["end"]] == quotation["exact"]
            before, after = text[: position["start"]], text[position["end"] :]
            assert before.endswith(quotation["prefix"])
            assert after.startswith(quotation["suffix"])

    def test_an_article_without_an_address_has_a_name(self, table: pd.DataFrame, tmp_path: Path) -> None:
        sources = {item["target"]["source"] for item in self.collection(table, tmp_path)["first"]["items"]}
        assert sources == {"https://news.example/1", "urn:figures:article:a4"}

    def test_pyld_expands_it(self, table: pd.DataFrame, tmp_path: Path) -> None:
        jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is not installed")
        oa = "http://www.w3.org/ns/oa#"
        # The published context in short: nothing is fetched in a test.
        context = {
            "@context": {
                "id": "@id", "type": "@type", "@vocab": oa,
                "TextPositionSelector": f"{oa}TextPositionSelector",
                "source": {"@id": f"{oa}hasSource", "@type": "@id"},
            }
        }  # fmt: skip
        expanded = jsonld.expand(self.collection(table, tmp_path), {"documentLoader": fixed(context)})
        assert expanded[0]["@type"] == [f"{oa}AnnotationCollection"]
        assert "https://news.example/1" in json.dumps(expanded)


def fixed(context: dict[str, Any]) -> Callable[[str, Any], dict[str, Any]]:
    def loader(url: str, _: Any) -> dict[str, Any]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    return loader


def test_linked_data_claims_what_was_said_and_rates_nothing(table: pd.DataFrame, tmp_path: Path) -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is not installed")
    path = tmp_path / "out.jsonld"
    write_file(table, path)
    content = json.loads(path.read_bytes())
    schema = {"@context": {"@vocab": "https://schema.org/"}}
    nodes = jsonld.expand(content, {"documentLoader": fixed(schema)})
    assert [node["@type"] for node in nodes] == [["https://schema.org/Claim"]] * len(table)
    assert "ClaimReview" not in path.read_text("utf-8")
    assert "reviewRating" not in path.read_text("utf-8")
    ranged = next(node["about"] for node in content["@graph"] if node["about"].get("minValue") == 3)
    assert "value" not in ranged
    assert ranged["maxValue"] == 9


class TestUcdp:
    def rows(self, table: pd.DataFrame, tmp_path: Path) -> list[dict[str, str]]:
        path = tmp_path / "out.ucdp.csv"
        write_file(table, path)
        return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))

    def test_best_is_empty_where_two_sides_disagree(self, disputed: Reconciliation, tmp_path: Path) -> None:
        (row,) = self.rows(disputed.table, tmp_path)
        assert (row["best"], row["contested"]) == ("", "true")
        assert float(row["low"]) == 498
        assert float(row["high"]) > 5840

    def test_an_open_bound_is_empty(self, table: pd.DataFrame, tmp_path: Path) -> None:
        (row,) = [row for row in self.rows(table, tmp_path) if row["metric"] == "refugees"]
        assert (row["low"], row["high"]) == ("1000", "")


class TestFeed:
    def test_feedparser_reads_one_entry_a_conflict(self, disputed: Reconciliation, tmp_path: Path) -> None:
        feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
        path = tmp_path / "out.atom"
        write_file(disputed.table, path, conflicts=disputed.conflicts)
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo
        (entry,) = feed.entries
        assert "498" in entry.title
        assert "5,840" in entry.title
        assert entry.summary == disputed.conflicts[0].explanation
        assert {tag.term for tag in entry.tags} >= {"disagreement", "high"}
        assert "Ukraine's General Staff said on Wednesday" in entry.content[0].value

    def test_hostile_text_stays_text(self) -> None:
        feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
        low, high = figure(sentence="<script>\x00]]>&amp;", quote="40"), figure(article_id="a2", source="<b>Mayor")
        rows = {row["figure_id"]: row for row in to_rows(tabulate([low, high]))}
        conflict = Conflict(
            conflict_id="c1", kind="disagreement", severity=60.0, level="high", metric="deaths", gap=0.5,
            series={"metric": "deaths", "place": "<i>x"}, camps=((low.figure_id,), (high.figure_id,)),
            explanation="\x0b<x>",
        )  # fmt: skip
        feed = feedparser.parse(to_atom([conflict], rows, default_lexicon()))
        assert not feed.bozo
        assert len(feed.entries) == 1


def test_a_claim_review_is_what_the_reviewer_wrote_and_only_of_what_was_resolved(run: Any, root: Path) -> None:
    run("ingest", root / "seeds", "--store", "desk.db")
    found = [json.loads(line) for line in run("conflicts", "--store", "desk.db", "--format", "jsonl").lines]
    chosen = {one["kind"]: one for one in found}
    assert set(chosen) == {"misquote", "disagreement", "arithmetic"}
    run("review", chosen["disagreement"]["conflict_id"], "confirmed", "--as", "Copy desk", "--store", "desk.db")
    run("export", "before.jsonld", "--store", "desk.db")
    assert "ClaimReview" not in Path("before.jsonld").read_text("utf-8")
    words = "The agency's table of 3 March has 547,982; the other was a slip."
    misquote = chosen["misquote"]
    run("review", misquote["conflict_id"], "resolved", "--note", words, "--as", "Copy desk", "--store", "desk.db")
    run("export", "out.jsonld", "--store", "desk.db")
    graph = json.loads(Path("out.jsonld").read_bytes())["@graph"]
    (review,) = [node for node in graph if node["@type"] == "ClaimReview"]
    assert review["reviewBody"] == words
    assert review["author"] == {"name": "Copy desk"}
    members = [figure["figure_id"] for camp in misquote["camps"] for figure in camp]
    assert review["itemReviewed"] == [{"@id": f"urn:figures:claim:{one}"} for one in members]
    assert not {"reviewRating", "ratingValue"} & set(json.dumps(graph).split('"'))
    claims = {node["@id"] for node in graph if node["@type"] == "Claim"}
    assert {one["@id"] for one in review["itemReviewed"]} <= claims
