"""Spread over many tasks or done in one piece, reading and comparing give the same rows."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.extract import extract
from figures.ingest import read_all
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, Conflict
from figures.query import ask, read_table
from figures.reconcile import Reconciliation, reconcile
from figures.reconcile.events import assign_events
from figures.spark import buckets
from figures.spark.comparing import conflict_row, reconcile_archive
from figures.spark.reading import extract_archive
from figures.spark.rows import to_spark, to_table
from figures.spark.session import SparkError, open_session, problem
from figures.spark.sources import find
from figures.table import flat, tabulate

ROOT = Path(__file__).resolve().parent.parent
LEXICON = default_lexicon()
PLACES = ("Mongo", "Kharkiv", "Adana", "Tripoli", "Manila")
CAUSES = ("flood", "earthquake", "fire", "airstrike")
SPEAKERS = ("police", "the Health Ministry", "the Red Cross", "the mayor", "UNHCR")


def told(number: int) -> Article:
    """A report of our own making: a story is told by several outlets, now and then with another number."""
    story = number // 4
    place, cause = PLACES[story % len(PLACES)], CAUSES[story // 2 % len(CAUSES)]
    day = date(2023, 2, 6) + timedelta(days=story // 3)
    dead, hurt = 112 + 31 * story + (70 if number % 4 == 3 else 0), 1240 + 17 * story
    speaker, other = SPEAKERS[number % 5], SPEAKERS[(number + 2) % 5]
    digits = f"{hurt:,}" if number % 7 else f"{int(str(hurt)[:2] + str(hurt)[3] + str(hurt)[2]):,}"
    text = (
        f"At least {dead} people were killed when a {cause} struck {place} on {day:%A}, {speaker} said. "
        f"Some {digits} others were wounded, {other} said on {day:%A}.\n\n"
        f"Unemployment in Turkey rose to {9 + number % 3}.{number % 10} percent in January, according to the "
        f"statistics office. More than {3 + story % 3},000 people left their homes, {speaker} said."
    )
    return Article(
        article_id=f"told-{number}", outlet=f"Paper {number % 6}", title=f"{cause.title()} kills {dead} in {place}",
        published_at=(day + timedelta(days=number % 2)).isoformat(), text=text,
    )  # fmt: skip


def table_of(articles: list[Article]) -> pd.DataFrame:
    return tabulate(figure for one in articles for figure in extract(one, LEXICON))


def in_buckets(table: pd.DataFrame, count: int) -> tuple[pd.DataFrame, list[Conflict]]:
    """What the cluster does, one bucket after the other: rows with final event and origin, and the conflicts."""
    events = flat(assign_events(table, LEXICON))
    events["home"], events["digits"] = buckets.rooms_of(events, LEXICON)["home"], buckets.shuffled_digits(events)
    alike = events[events["digits"].notna()].drop(columns="digits")
    homes = buckets.joined(buckets.crossing(alike, LEXICON) if len(alike) else [])
    rows = buckets.buckets_of(to_spark(events.drop(columns=["home", "digits"])), LEXICON, count, homes)

    def around(bucket: int, *rooms: str) -> pd.DataFrame:
        own = rows[list(rooms)].eq(bucket).fillna(False).any(axis=1)
        return rows[rows["article_id"].isin(rows.loc[own, "article_id"])]

    origins = pd.concat([
        buckets.origins_of(part, one, LEXICON) for one in range(count) if len(part := around(one, "home"))
    ])  # fmt: skip
    rows["origin_group"] = rows["figure_id"].map(origins.set_index("figure_id")["origin_group"])
    conflicts = [
        conflict
        for one in range(count)
        if len(part := around(one, *buckets.ROOMS))
        for conflict in buckets.conflicts_of(part, one, LEXICON)[0]
    ]
    return to_table(rows.drop(columns=list(buckets.ROOMS))), sorted(
        conflicts, key=lambda one: (-one.severity, one.conflict_id)
    )


@settings(max_examples=12)
@given(
    st.lists(st.integers(min_value=0, max_value=47), min_size=2, max_size=24, unique=True),
    st.integers(min_value=1, max_value=9),
)
def test_any_number_of_buckets_gives_what_the_whole_gives(numbers: list[int], count: int) -> None:
    table = table_of([told(one) for one in numbers])
    whole = reconcile(table, LEXICON)
    rows, conflicts = in_buckets(table, count)
    pd.testing.assert_frame_equal(rows, whole.table)
    assert conflicts == list(whole.conflicts)


def test_the_seeds_in_buckets() -> None:
    table = table_of(list(read_all([ROOT / "seeds"], on_skip=lambda _: None)))
    whole = reconcile(table, LEXICON)
    rows, conflicts = in_buckets(table, 7)
    pd.testing.assert_frame_equal(rows, whole.table)
    assert conflicts == list(whole.conflicts)
    assert conflicts


def test_one_body_s_number_with_its_digits_in_another_order_joins_two_events() -> None:
    rows = [
        {
            "figure_id": f"f{at}", "article_id": f"a{at}", "outlet": f"Paper {at}", "metric": "injuries",
            "unit": "person",
            "value": value, "source": "UNHCR", "source_type": "intergovernmental", "source_mention": "UNHCR",
            "population": "people", "published_at": "2024-03-02", "as_of": "2024-03-02", "as_of_basis": "stated",
            "event": f"flood:{place}:2024-03-0{1 + 3 * at}", "place": place,
            "sentence": f"{value:,} were hurt, UNHCR said.",
            "quote": f"{value:,}", "start": 400, "end": 405,
        }
        for at, (value, place) in enumerate(((5840, "Mongo"), (5480, "Mongo")))
    ]  # fmt: skip
    table = tabulate(rows)
    whole = reconcile(table, LEXICON)
    assert [one.kind for one in whole.conflicts] == ["misquote"]
    for count in (1, 2, 5, 11):
        assert in_buckets(table, count)[1] == list(whole.conflicts)


def test_homes_join_through_chains() -> None:
    assert buckets.joined([(5, 3), (9, 5), (7, 8)]) == {5: 3, 3: 3, 9: 3, 7: 7, 8: 7}


def test_importing_figures_never_imports_spark() -> None:
    code = (
        "import sys, figures, figures.cli, figures.spark.reading, figures.spark.comparing, figures.query;"
        "assert not {'pyspark', 'duckdb'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert "apt-get install openjdk-17-jre-headless" in (problem() or "")
    with pytest.raises(SparkError, match="Java 17"):
        open_session()


def test_paths_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "part.parquet").mkdir()
    for name in ("part.parquet/0.parquet", "a.jsonl", "b.warc.gz", "c.txt", "c.toml", ".hidden", "manifest.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = find([str(tmp_path), "s3a://bucket/articles.parquet"])
    assert found.parquet == (f"{tmp_path}/part.parquet", "s3a://bucket/articles.parquet")
    assert found.lines == (f"{tmp_path}/a.jsonl",)
    assert found.files == (f"{tmp_path}/b.warc.gz", f"{tmp_path}/c.txt")
    with pytest.raises(SparkError, match="no such file"):
        find([str(tmp_path / "none")])
    (tmp_path / "empty").mkdir()
    with pytest.raises(SparkError, match="nothing in it"):
        find([str(tmp_path / "empty")])


# With Spark itself: one small session for all of it.


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    lacking = problem()
    if lacking is not None:
        pytest.skip(lacking)
    opened = open_session(
        "local[2,4]", {"spark.driver.memory": "1g", "spark.sql.shuffle.partitions": "3", "spark.ui.enabled": "false"}
    )
    yield opened
    opened.stop()


def deadly_once(marker: Path, poison: str = "") -> Callable[[], Lexicon]:
    """A lexicon whose reader kills its own worker, the first time; and stumbles, every time, over one word."""
    driver, mark = os.getpid(), str(marker)

    def make() -> Lexicon:
        # Nested, so that workers get them by value: they cannot import a test.
        from figures.lexicon import default_lexicon as packaged
        from figures.lexicon.confidence import ConfidenceLexicon

        class Stumbling(ConfidenceLexicon):
            __slots__ = ()

            def probability(self, signs: Any) -> float:
                if poison and poison in sys._getframe(1).f_locals["document"].article.text:
                    raise RuntimeError("no such luck")
                return super().probability(signs)

        if os.getpid() != driver and not os.path.exists(mark):  # noqa: PTH110
            with open(mark, "w"):  # noqa: PTH123
                os.kill(os.getpid(), signal.SIGKILL)
        of = packaged()
        known = of.confidence
        parts = {one: getattr(known, one) for one in ("intercept", "ceiling", "definite_victim", "weights")}
        return replace(of, confidence=Stumbling(**parts)) if poison else of

    return make


@pytest.fixture(scope="module")
def archive(session: Any, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Articles of every kind, some of them poisoned, read and compared by workers one of which dies in each job."""
    folder = tmp_path_factory.mktemp("archive")
    return Archive(session, folder)


class Archive:
    def __init__(self, session: Any, folder: Path) -> None:
        self.session, self.folder = session, folder
        self.told = [told(number) for number in range(40)]
        changed = replace(self.told[3], text="Nine people were killed in Mongo on Monday, police said.", title="")
        rows = pd.DataFrame(
            [{name: getattr(one, name) for name in ARTICLE} for one in [*self.told, self.told[5], changed]]
        )
        rows.assign(section="world").to_parquet(folder / "told.parquet", row_group_size=10)
        lines = [
            orjson.dumps({"article_id": "dated", "text": "Four people were killed in Adana, police said."}),
            b'{"article_id": "cut off", "text": "Five peo',
            orjson.dumps({"article_id": "nul", "text": "Six people\0 were killed, police said."}),
            orjson.dumps({"article_id": "long", "text": "Seven people were killed. " * 400_000}),
            orjson.dumps({"article_id": "bad", "text": "Poison: 12 people were killed, police said.", **DATED}),
            orjson.dumps({"article_id": "good", "text": "Eight people were killed in Adana, police said.", **DATED}),
        ]
        (folder / "lines.jsonl").write_bytes(b"\r\n".join(lines))
        (folder / "crawl.warc.gz").write_bytes(gzip.compress(WARC))
        paths = [str(ROOT / "seeds"), *(str(folder / one) for one in ("told.parquet", "lines.jsonl", "crawl.warc.gz"))]
        self.read = extract_archive(
            session, paths, str(folder / "read"), deadly_once(folder / "killed-1", poison="Poison")
        )
        self.compared = reconcile_archive(
            session, str(folder / "read"), str(folder / "compared"), deadly_once(folder / "killed-2"), buckets=5
        )
        wild = list(read_all(paths[:1] + paths[3:], on_skip=lambda _: None))
        plain = list(read_all([folder / "lines.jsonl"], on_skip=lambda _: None))
        kept = {"a": changed, "b": self.told[3]}
        # Of one id with two contents either may stay, the same on every machine.
        text = self.ask("SELECT sentence FROM figures WHERE article_id = 'told-3' LIMIT 1", "read")[0][0]
        mine = kept["a"] if "Nine people" in text else kept["b"]
        articles = [mine if one.article_id == "told-3" else one for one in self.told]
        self.articles = [*wild, *articles, *(one for one in plain if one.article_id != "bad")]
        self.table = table_of(self.articles)

    def ask(self, sql: str, name: str) -> list[tuple[Any, ...]]:
        return list(ask(sql, [self.folder / name]).rows)

    @property
    def whole(self) -> Reconciliation:
        return reconcile(self.table, LEXICON)


ARTICLE = ("article_id", "outlet", "published_at", "title", "url", "text")
DATED = {"outlet": "Anvil Wire", "published_at": "2023-02-08"}
PAGE = (
    b"<html><head><title>Storm kills 15 in Manila</title></head><body><article><p>A typhoon killed 15 people in Manila "
    b"on Monday and injured 112, the Red Cross said. The storm made landfall in the morning and moved on, while "
    b"several towns had no power.</p><p>More than 4,500 people were evacuated, the mayor said.</p></article></body>"
    b"</html>"
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b"
WARC = b"".join(
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: https://example.org/%d\r\n"
    b"WARC-Date: 2023-02-0%dT10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (number, number, number + 6, len(http), http)
    for number in (1, 2)
    for http in [HEAD % (len(PAGE), PAGE)]
)


def test_the_archive_is_read_as_a_laptop_reads_it(archive: Archive) -> None:
    pytest.importorskip("fastwarc")
    rows = read_table([archive.folder / "read" / "figures.parquet"])
    pd.testing.assert_frame_equal(rows, archive.table)
    assert archive.read.figures == len(rows)
    assert archive.read.articles == len(archive.articles)
    ids = archive.ask("SELECT article_id, figures FROM articles ORDER BY 1", "read")
    assert [one[0] for one in ids] == sorted(one.article_id for one in archive.articles)
    assert sum(one[1] for one in ids) == len(rows)


def test_a_poisoned_article_is_named_and_the_others_go_on(archive: Archive) -> None:
    told_of = dict(archive.ask("SELECT reason, warning FROM skipped", "read"))
    wrong = [one for one, warning in told_of.items() if not warning]
    assert len(wrong) == archive.read.skipped == 5
    for words in (
        "no valid JSON", "NUL character", "an article at most 10,000,000", "RuntimeError: no such luck",
        "told-3: article_id was already read with other content",
    ):  # fmt: skip
        assert [one for one in wrong if words in one], words
    assert [one for one, warning in told_of.items() if warning and one.startswith("dated: read without")]


def test_workers_were_killed_and_nothing_is_lost(archive: Archive) -> None:
    assert (archive.folder / "killed-1").exists()
    assert (archive.folder / "killed-2").exists()


def test_the_archive_is_compared_as_a_laptop_compares_it(archive: Archive) -> None:
    whole = archive.whole
    pd.testing.assert_frame_equal(read_table([archive.folder / "compared" / "figures.parquet"]), whole.table)
    columns = list(conflict_row(whole.conflicts[0]))
    rows = archive.ask(f"SELECT {', '.join(columns)} FROM conflicts", "compared")
    assert [dict(zip(columns, one, strict=True)) for one in rows] == [conflict_row(one) for one in whole.conflicts]
    assert archive.compared.conflicts == len(whole.conflicts) > 5
    assert archive.compared.figures == len(archive.table)
    pending = archive.ask("SELECT metric, a, b FROM uncompared", "compared")
    assert pending == [(one.metric, one.a, one.b) for one in whole.uncompared]


def test_what_is_there_is_not_written_over(archive: Archive) -> None:
    with pytest.raises(SparkError, match="is there already; name another folder"):
        reconcile_archive(archive.session, str(archive.folder / "read"), str(archive.folder / "compared"), buckets=1)


def test_what_is_no_archive_is_refused(archive: Archive) -> None:
    with pytest.raises(SparkError, match="no figures: it lacks"):
        reconcile_archive(archive.session, str(archive.folder / "told.parquet"), str(archive.folder / "x"))
    shutil.copytree(archive.folder / "compared" / "conflicts.parquet", archive.folder / "other.parquet")
    with pytest.raises(SparkError, match="no text column"):
        extract_archive(archive.session, [str(archive.folder / "other.parquet")], str(archive.folder / "y"))


def test_the_commands_end_to_end(tmp_path: Path) -> None:
    if (lacking := problem()) is not None:
        pytest.skip(lacking)
    articles = [told(number) for number in range(24)]
    lines = [orjson.dumps({name: getattr(one, name) for name in ARTICLE}) for one in articles]
    (tmp_path / "news.jsonl").write_bytes(b"\n".join([*lines, b'{"article_id": "empty"}']))
    how = ["--master", "local[1,4]", "--conf", "spark.driver.memory=512m", "--conf", "spark.sql.shuffle.partitions=2"]

    def figures(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "figures", "spark", *words], cwd=tmp_path, capture_output=True, text=True,
            check=False, timeout=600,
        )  # fmt: skip

    read = figures("extract", *how, "news.jsonl", "read")
    assert (read.returncode, read.stdout) == (2, f"24 articles, {len(table_of(articles))} figures: read\n"), read.stderr
    assert "1 left out; the reasons stand in read/skipped.parquet" in read.stderr
    compared = figures("reconcile", *how, "read", "compared")
    whole = reconcile(table_of(articles), LEXICON)
    told_of = f"{len(whole.table)} figures compared, {len(whole.conflicts)} conflicts: compared\n"
    assert (compared.returncode, compared.stdout) == (0, told_of), compared.stderr
    pd.testing.assert_frame_equal(read_table([tmp_path / "compared" / "figures.parquet"]), whole.table)
    again = figures("reconcile", *how, "read", "compared")
    assert again.returncode == 2
    assert "is there already; name another folder" in again.stderr
