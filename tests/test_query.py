"""Questions to an archive in SQL, and figures read elsewhere brought into the store."""

from __future__ import annotations

from pathlib import Path

import orjson
import pandas as pd
import pytest

from figures.extract import extract
from figures.ingest import read_all
from figures.lexicon import default_lexicon
from figures.model import Article
from figures.publish.files import write_file
from figures.query import QueryError, ask, map_table, read_table
from figures.reconcile import reconcile
from figures.spark.comparing import conflict_row
from figures.spark.rows import to_spark
from figures.store import open_store
from figures.table import keyed, tabulate

pytest.importorskip("duckdb")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def seeds() -> list[Article]:
    return list(read_all([ROOT / "seeds"], on_skip=lambda _: None))


@pytest.fixture(scope="module")
def archive(seeds, tmp_path_factory):
    """A folder as Spark writes it: figures in two parts, conflicts."""
    folder = tmp_path_factory.mktemp("archive")
    table = tabulate(figure for one in seeds for figure in extract(one, default_lexicon()))
    rows = to_spark(table)
    (folder / "figures.parquet").mkdir()
    rows.iloc[:40].to_parquet(folder / "figures.parquet" / "part-0.parquet")
    rows.iloc[40:].to_parquet(folder / "figures.parquet" / "part-1.parquet")
    (folder / "figures.parquet" / "_SUCCESS").touch()
    found = [conflict_row(one) for one in reconcile(table).conflicts]
    pd.DataFrame(found).to_parquet(folder / "conflicts.parquet")
    return folder


def values(sql, *paths):
    return list(ask(sql, paths).rows)


def test_figures_and_conflicts_are_views(archive, seeds):
    table = read_table([archive])
    assert values("SELECT count(*), count(DISTINCT article_id) FROM figures", archive) == [
        (len(table), table["article_id"].nunique())
    ]
    most = "SELECT kind FROM conflicts ORDER BY severity DESC LIMIT 1"
    assert values(most, archive / "conflicts.parquet") == [("disagreement",)]
    said = "FROM figures SELECT DISTINCT value WHERE source = 'Russian Ministry of Defence' AND party = 'Russian'"
    assert (498.0,) in values(said + " AND metric = 'deaths'", archive / "figures.parquet")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("COPY figures TO 'mine.parquet'", "one SELECT is answered"),
        ("SELECT 1; SELECT 2", "one SELECT is answered"),
        ("DROP VIEW figures", "one SELECT is answered"),
        ("SET enable_external_access = true", "one SELECT is answered"),
        ("INSTALL httpfs", "one SELECT is answered"),
        ("ATTACH 'other.db'", "one SELECT is answered"),
        ("", "one SELECT is answered"),
        ("SELECT * FROM read_text('{file}')", "Cannot access file"),
        ("SELECT * FROM read_csv('{file}')", "Cannot access file"),
        ("SELECT * FROM '{file}'", "Cannot access file"),
        ("SELECT * FROM read_parquet('https://example.org/figures.parquet')", "Error"),
        ("SELECT nothing FROM figures", "nothing"),
        ("SELEC 1", "syntax error"),
    ],
)
def test_a_question_reads_the_files_it_was_given_and_no_other(archive, tmp_path, sql, said):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(QueryError, match=said):
        list(ask(sql.replace("{file}", str(secret)), [archive]).rows)
    assert not list(Path.cwd().glob("mine.parquet"))


def test_what_is_no_archive_is_refused(tmp_path):
    with pytest.raises(QueryError, match="no Parquet there"):
        ask("SELECT 1", [tmp_path / "none"])
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    with pytest.raises(QueryError, match="no readable Parquet"):
        ask("SELECT 1", [tmp_path])
    pd.DataFrame({"colour": ["red"]}).to_parquet(tmp_path / "broken.parquet")
    with pytest.raises(QueryError, match="neither figures nor conflicts: it has colour"):
        ask("SELECT 1", [tmp_path])
    with pytest.raises(QueryError, match="neither figures"):
        read_table([tmp_path])


def test_parquet_comes_back_as_the_table_whoever_wrote_it(archive, seeds, tmp_path):
    table = tabulate(figure for one in seeds for figure in extract(one, default_lexicon()))
    pd.testing.assert_frame_equal(read_table([archive]), table)
    write_file(table, tmp_path / "exported.parquet")
    pd.testing.assert_frame_equal(read_table([tmp_path / "exported.parquet"]), table)


def test_a_table_whose_texts_stay_on_disk_is_the_same_table_and_gives_the_same_conflicts(archive, tmp_path):
    mapped, whole = map_table([archive / "figures.parquet"], tmp_path), read_table([archive])
    pd.testing.assert_frame_equal(keyed(mapped), whole)
    here, there = reconcile(whole), reconcile(mapped)
    assert there.conflicts == here.conflicts
    pd.testing.assert_frame_equal(keyed(there.table), here.table)


def test_a_mapped_table_has_each_figure_once_and_empty_texts_apart_from_none(archive, tmp_path):
    part = archive / "figures.parquet" / "part-0.parquet"
    frame = pd.read_parquet(part).assign(title="", place=None)
    frame.to_parquet(tmp_path / "odd.parquet")
    mapped = map_table([tmp_path / "odd.parquet", part], tmp_path)
    assert len(mapped) == len(frame)
    assert (mapped["title"] == "").all()
    assert mapped["place"].isna().all()
    assert mapped["high"].notna().all()
    with pytest.raises(QueryError, match="no figures"):
        map_table([archive / "conflicts.parquet"], tmp_path)


def test_conflicts_are_found_straight_in_a_parquet_of_figures(archive, run):
    asked = ("--format", "jsonl")
    assert run("conflicts", archive / "figures.parquet", *asked).lines == run("conflicts", ROOT / "seeds", *asked).lines
    assert "could not compare" in run("conflicts", archive / "figures.parquet", "--uncompared").out


def test_the_command_lists_and_pipes(archive, run):
    sql = "SELECT metric, count(*) AS n, min(as_of) AS first FROM figures GROUP BY ALL ORDER BY n DESC, metric LIMIT 2"
    out = run("query", sql, archive)
    assert out.status == 0
    assert out.lines[0].split() == ["metric", "n", "first"]
    rows = [orjson.loads(line) for line in run("query", "--format", "jsonl", sql, archive).lines]
    assert [one["metric"] for one in rows] == [line.split()[0] for line in out.lines[1:]]
    assert all(isinstance(one["n"], int) for one in rows)
    assert run("query", "--format", "csv", sql, archive).lines[0] == "metric,n,first"
    assert run("query", "SELECT 1 AS one WHERE false", archive).err == "No rows.\n"


def test_a_wrong_question_ends_with_one_line(archive, run):
    out = run("query", "DELETE FROM figures", archive)
    assert out.status == 2
    assert out.err.startswith("figures: one SELECT is answered, nothing else")
    assert len(out.err.splitlines()) == 1


def test_what_was_read_elsewhere_comes_into_the_store(archive, run):
    out = run("import", "--store", "desk.db", "--articles", ROOT / "seeds", archive)
    assert out.status == 0
    assert "19 articles, 71 figures imported." in out.out
    assert "Compared: 3 conflicts" in out.out
    run("ingest", "--store", "plain.db", ROOT / "seeds")
    with open_store("desk.db") as mine, open_store("plain.db") as other:
        pd.testing.assert_frame_equal(mine.table(reconciled=True), other.table(reconciled=True))
        assert [one.conflict for one in mine.conflicts()] == [one.conflict for one in other.conflicts()]
        assert mine.article("voa-2022-03-03").article.text == other.article("voa-2022-03-03").article.text
    again = run("import", "--store", "desk.db", archive)
    assert again.status == 0
    with open_store("desk.db") as mine:
        assert len(mine.table()) == 71


def test_figures_come_without_their_texts_too(archive, run):
    out = run("import", "--store", "desk.db", "--no-compare", archive / "figures.parquet")
    assert "Compared" not in out.out
    with open_store("desk.db") as mine:
        assert not mine.is_compared()
        assert mine.article("voa-2022-03-03").article.text == ""
    assert run("import", "--store", "desk.db", archive / "conflicts.parquet").err == (
        "figures: no figures among these files; name figures.parquet\n"
    )


@pytest.mark.parametrize("setting", ["spark.driver.memory", "=1"])
def test_a_setting_without_a_value_is_refused(run, setting):
    out = run("spark", "extract", "--conf", setting, "in", "out")
    assert out.status == 2
    assert "write NAME=VALUE" in out.err
