"""``figures ingest`` over much: what was kept is not read again, and the summary tells what became of everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from figures.cli import reading
from figures.cli.inputs import Inputs, general
from figures.extract import many
from figures.extract.many import reader_id
from figures.store import open_store


def news(path: Path, count: int, extra: str = "") -> Path:
    lines = [
        json.dumps({
            "article_id": f"a{number}", "outlet": "Anvil Wire", "published_at": "2023-02-08",
            "text": f"Police in Adana said on Monday that {number + 100} people were killed.{extra}",
        })
        for number in range(count)
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def read_articles(monkeypatch):
    """The ids of the articles that were read rather than passed over."""
    seen = []
    whole = many.extract

    def counted(article, *rest, **named):
        seen.append(article.article_id)
        return whole(article, *rest, **named)

    monkeypatch.setattr(many, "extract", counted)
    return seen


def test_what_was_read_is_not_read_again(run, tmp_path, read_articles):
    file = news(tmp_path / "news.jsonl", 5)
    run("ingest", file, "--store", "desk.db")
    news(file, 7)
    ran = run("ingest", file, "--store", "desk.db")
    assert read_articles == [f"a{number}" for number in (0, 1, 2, 3, 4, 5, 6)]
    assert ran.lines[0] == "2 articles: 2 added; 2 numbers read. 5 articles read before, unchanged."
    assert run("ingest", file, "--store", "desk.db").lines == ["7 articles: 7 unchanged."]


def test_a_changed_text_and_another_lexicon_are_read_again(run, tmp_path, read_articles):
    file = news(tmp_path / "news.jsonl", 2)
    run("ingest", file, "--store", "desk.db")
    news(file, 2, extra=" Nothing else is known.")
    assert "2 revised" in run("ingest", file, "--store", "desk.db").out
    own = tmp_path / "own.toml"
    own.write_text(
        '[[metric]]\nname = "lanterns"\ntitle = "lanterns"\ndefinition = "Lanterns that were counted."\n'
        'unit = "item"\nnoun = ["lantern"]\nexamples = ["They counted {12} lanterns."]\n',
        encoding="utf-8",
    )
    assert reader_id() != reader_id([own])
    del read_articles[:]
    run("--metrics", own, "ingest", file, "--store", "desk.db")
    assert read_articles == ["a0", "a1"]


def test_an_ingestion_that_was_cut_off_goes_on(run, tmp_path, monkeypatch, read_articles):
    file = news(tmp_path / "news.jsonl", 450)
    whole = many.extract

    def cut_off(article, *rest, **named):
        if article.article_id == "a430":
            raise KeyboardInterrupt
        return whole(article, *rest, **named)

    monkeypatch.setattr(many, "extract", cut_off)
    ran = run("ingest", file, "--store", "desk.db", "--workers", 1)
    assert ran.status == 130
    assert "interrupted; 400 articles of this run are kept; the same command goes on there" in ran.err
    monkeypatch.setattr(many, "extract", whole)
    with open_store(tmp_path / "desk.db") as store:
        kept = store.counts().articles
    assert kept == 400, "articles are kept in groups of two hundred"
    del read_articles[:]
    run("ingest", file, "--store", "desk.db", "--workers", 1)
    assert read_articles == [f"a{number}" for number in range(400, 450)]


def test_the_summary_counts_what_was_left_out_by_its_reason(run, tmp_path):
    file = news(tmp_path / "news.jsonl", 2)
    file.write_text(file.read_text("utf-8") + '{"text": 5}\n{"article_id": "x", "text": ""}\n{broken\n[also\n', "utf-8")
    ran = run("ingest", file, "--store", "desk.db")
    assert ran.status == 2
    left_out = next(line for line in ran.lines if "left out" in line)
    assert left_out.startswith("4 left out: 2 not valid JSON …")
    assert len(ran.err.splitlines()) == 4


def test_an_article_that_the_reader_stumbles_over_is_left_out(run, tmp_path, monkeypatch):
    def stumble(article, *_rest, **_named):
        if article.article_id == "a1":
            raise ValueError("no such luck")
        return []

    monkeypatch.setattr(many, "extract", stumble)
    ran = run("ingest", news(tmp_path / "news.jsonl", 3), "--store", "desk.db")
    assert ran.status == 2
    assert "a1: the reader stumbled over it (ValueError: no such luck)" in ran.err
    assert "2 added" in ran.out


def test_speed_is_told_of_what_can_be_measured(run, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MEASURABLE", 100)
    assert "kB/s" in run("ingest", news(tmp_path / "news.jsonl", 5), "--store", "desk.db").out


def test_a_bar_knows_how_many_articles_are_to_come(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    news(folder / "news.jsonl", 12)
    (folder / "a.txt").write_text("One.", "utf-8")
    assert Inputs([str(folder)]).expected() == 13
    (folder / "web.warc.gz").write_bytes(b"")
    assert Inputs([str(folder)]).expected() is None


def test_like_reasons_are_counted_together():
    assert general("not valid JSON (unexpected end, column 12); mend the line") == "not valid JSON …"
    assert (
        general("longer than 40,000 bytes, which no article is; split it") == "longer than N bytes, which no article is"
    )


def page_of_quake(path: Path, killed: str, rest: str = "") -> Path:
    lines = [{
        "url": "https://news.example/quake?utm_source=feed", "outlet": "Anvil Wire", "published_at": "2023-02-08",
        "title": "Quake", "text": f"UNHCR said on Monday that {killed} people were killed in Adana.{rest}",
    }]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return path


def test_the_same_address_with_new_text_is_a_new_version_and_its_figures_are_shown(run, tmp_path):
    file = tmp_path / "news.jsonl"
    run("ingest", page_of_quake(file, "12"), "--store", "desk.db")
    ran = run("ingest", page_of_quake(file, "30", " Another 41 people were injured."), "--store", "desk.db")
    assert ran.lines[0] == "1 article: 1 revised; 2 numbers read."
    assert ran.lines[1:4] == [
        "Revised: Quake",
        "  changed: deaths 12 → 30, UNHCR",
        "  added: injuries 41, UNHCR",
    ]
    shown = run("revisions", "https://news.example/quake", "--store", "desk.db")
    assert shown.lines == ["Version 1 to 2:", *ran.lines[2:4]]
    rows = [
        json.loads(line)
        for line in run("revisions", "http://news.example/quake#top", "--format", "jsonl", "--store", "desk.db").lines
    ]
    assert [(row["change"], row["value_before"], row["value_after"]) for row in rows] == [
        ("changed", 12, 30),
        ("added", None, 41),
    ]


def test_what_did_not_change_is_no_revision(run, tmp_path):
    file = tmp_path / "news.jsonl"
    run("ingest", page_of_quake(file, "12"), "--store", "desk.db")
    assert run("revisions", "https://news.example/quake", "--store", "desk.db").lines == [
        "One version; nothing has changed."
    ]
    ran = run("ingest", page_of_quake(file, "12", " Rescuers are at work."), "--store", "desk.db")
    assert ran.lines[1] == "Revised: Quake: no figure changed"
    assert "  No figure changed." in run("revisions", "https://news.example/quake", "--store", "desk.db").lines


def test_an_article_that_is_not_there_has_no_revisions(run, tmp_path):
    run("ingest", page_of_quake(tmp_path / "news.jsonl", "12"), "--store", "desk.db")
    ran = run("revisions", "nothing", "--store", "desk.db")
    assert ran.status == 2
    assert "no such article in the store" in ran.err


def test_what_an_ingestion_that_was_cut_off_had_kept_is_compared_when_somebody_asks(run, tmp_path, monkeypatch):
    said = (
        ("Anvil Wire", "1,541 people were killed", "AFAD"),
        ("Osier Post", "At most 200 people were killed", "UNHCR"),
    )
    clash = [
        {
            "article_id": outlet, "outlet": outlet, "published_at": "2023-02-08",
            "text": f"{killed} in the earthquake in Adana on Monday, {source} said on Tuesday.",
        }
        for outlet, killed, source in said
    ]  # fmt: skip
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(map(json.dumps, clash)), "utf-8")
    whole = run("conflicts", file, "--format", "jsonl").lines
    assert len(whole) == 1
    from figures.desk import Desk

    monkeypatch.setattr(Desk, "refresh", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    run("ingest", file, "--store", "desk.db")
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    ran = run("conflicts", "--store", "desk.db", "--format", "jsonl")
    assert [json.loads(one)["conflict_id"] for one in ran.lines] == [json.loads(one)["conflict_id"] for one in whole]
    assert "comparing what it kept" in ran.err
