"""The command line as a person and as a pipe meet it: rows, listings, one-line errors, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from figures.model import COLUMNS, QUANTITY_COLUMNS

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
VOA = SEEDS / "voa-2022-03-03.txt"
STORY = "Police in Ostrava said on Tuesday that 12 people were killed and 30 wounded in a fire.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def rows(ran):
    return [json.loads(line) for line in ran.lines]


# extract


def test_extract_gives_rows_with_the_public_names(run):
    ran = run("extract", VOA, "--format", "jsonl")
    assert ran.status == 0
    assert ran.err == ""
    found = rows(ran)
    assert found
    assert all(list(row) == list(COLUMNS) for row in found)
    text = VOA.read_text(encoding="utf-8")
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in found if row["field"] == "text")
    assert {row["outlet"] for row in found} == {"VOA"}


def test_extract_of_all_quantities_adds_three_columns(run, article):
    found = rows(run("extract", article, "--published-at", "2023-05-03", "--format", "jsonl", "--all-quantities"))
    assert all(list(row) == [*COLUMNS, *QUANTITY_COLUMNS] for row in found)


def test_extract_as_csv_has_a_header_and_a_row_a_figure(run):
    ran = run("extract", VOA, "--format", "csv")
    found = list(csv.DictReader(io.StringIO(ran.out)))
    assert list(found[0]) == list(COLUMNS)
    assert "498" in {row["value"] for row in found}


def test_extract_for_people_shows_numbers_as_written(run):
    ran = run("extract", VOA)
    assert ran.status == 0
    assert any(line.split()[:2] == ["498", "deaths"] for line in ran.lines)
    assert ">2,000" in ran.out


def test_an_article_cannot_move_the_cursor(run, tmp_path):
    article = {"article_id": "x\x1b[2J", "outlet": "O\x1b]0;x\x07", "title": "\x9b31m", "published_at": "2023-05-03"}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**article, "text": "Police said \x1b[31m12 people were killed\x1b[0m in a fire."}))
    for ran in (run("extract", path), run("conflicts", path, path), run("check", path)):
        assert not set(ran.out) & {"\x1b", "\x07", "\x9b"}


def test_options_date_a_bare_text(run, article):
    found = rows(run("extract", article, "--outlet", "Daily", "--published-at", "2023-05-03", "--format", "jsonl"))
    assert {(row["outlet"], row["published_at"]) for row in found} == {("Daily", "2023-05-03")}


def test_an_undated_text_is_read_with_a_warning(run, article):
    ran = run("extract", article, "--format", "jsonl")
    assert ran.status == 0
    assert ran.err.count("\n") == 1
    assert "published_at" in ran.err
    assert all(row["published_at"] is None for row in rows(ran))


def test_many_undated_articles_are_counted(run, tmp_path):
    path = tmp_path / "undated.jsonl"
    lines = (json.dumps({"article_id": f"a{number}", "text": STORY}) for number in range(40))
    path.write_text("\n".join(lines))
    ran = run("extract", path, "--format", "jsonl")
    assert ran.status == 0
    assert len(ran.err.splitlines()) == 4
    assert ran.err.splitlines()[-1].endswith("37 more")


def test_a_broken_file_is_named_and_the_rest_is_read(run, article, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\xfa nothing")
    ran = run("extract", broken, article, "--published-at", "2023-05-03", "--format", "jsonl")
    assert ran.status == 2
    assert str(broken) in ran.err
    assert len(ran.err.splitlines()) == 1
    assert rows(ran)


def test_a_missing_path_is_one_line(run):
    ran = run("extract", "nowhere.txt")
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 1
    assert "nowhere.txt" in ran.err


# usage


@pytest.mark.parametrize(
    "words",
    [
        ["bogus"],
        ["extract"],
        ["extract", "--format", "xml", str(VOA)],
        ["latest"],
        ["latest", "deaths", "--policy", "best", "--from", str(VOA)],
        ["conflicts", "--fail-on", "grave", str(VOA)],
        ["conflicts"],
        ["export", "table.xlsx", "--from", str(VOA)],
        ["report", "report.pdf", "--from", str(VOA)],
        ["explain", "f00", "--from", str(VOA)],
        ["check", "nowhere.txt"],
        ["latest", "deaths", "--known-by", "soon", "--from", str(VOA)],
        ["--metrics", "nowhere.toml", "extract", str(VOA)],
        ["metrics", "no_such_metric"],
    ],
    ids=" ".join,
)
def test_a_slip_is_one_clear_line_and_status_two(run, words):
    ran = run(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("figures: ")
    assert "Traceback" not in ran.err


def test_no_arguments_ask_what_there_is(run):
    ran = run()
    assert "Commands:" in ran.out + ran.err


def test_version(run):
    assert run("--version").out.startswith("figures ")


def test_a_reader_may_leave_early():
    command = f"{sys.executable} -m figures extract --format jsonl {SEEDS} | head -n 1"
    ended = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert ended.stdout.count(b"\n") == 1
    assert ended.stderr == b""
    assert ended.returncode == 0


def test_help_comes_without_the_heavy_libraries():
    code = (
        "import sys; from figures.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('pandas', 'pyarrow', 'sqlalchemy', 'quantulum3') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ended.stdout.splitlines()[-1] == "[]"


# answers


def test_conflicts_are_read_straight_from_files(run):
    ran = run("conflicts", SEEDS, "--format", "jsonl")
    assert ran.status == 0
    found = rows(ran)
    assert {one["kind"] for one in found} >= {"disagreement", "misquote", "arithmetic"}
    for one in found:
        assert all(set(COLUMNS) <= set(row) for camp in one["camps"] for row in camp)
        assert one["explanation"]


def test_the_seeds_show_what_they_are_there_for(run):
    found = {one["kind"]: one for one in rows(run("conflicts", SEEDS, "--format", "jsonl"))}
    assert len(rows(run("conflicts", SEEDS, "--format", "jsonl"))) == 3
    camps = [sorted({row["value"] for row in camp}) for camp in found["disagreement"]["camps"]]
    assert sorted(camps) == [[498], [5840, 6000]]
    camps = [sorted({row["value"] for row in camp}) for camp in found["misquote"]["camps"]]
    assert sorted(camps) == [[547982], [574982]]
    assert {row["value"] for camp in found["arithmetic"]["camps"] for row in camp} == {498, 1597, 2005}


def test_fail_on_ends_with_one(run):
    assert run("conflicts", SEEDS, "--fail-on", "high").status == 1
    assert run("conflicts", VOA, "--fail-on", "low").status == 0


def test_conflicts_for_people(run):
    ran = run("conflicts", SEEDS)
    assert "≈5,840" in ran.out
    assert "498" in ran.out
    assert ran.lines[-1].endswith("it does not know what is true.")


def test_conflicts_as_csv(run):
    found = list(csv.DictReader(io.StringIO(run("conflicts", SEEDS, "--format", "csv").out)))
    assert len(found) == 3
    assert any("498" in one["camps"] and "5,840" in one["camps"] for one in found)


def test_no_conflict_is_said_in_words(run, article):
    ran = run("conflicts", article)
    assert "no contradiction found in these articles" in ran.out.lower()


def test_latest_from_files(run):
    ran = run("latest", "refugees", "--from", SEEDS, "--format", "jsonl")
    assert ran.status == 0
    assert any(row["value"] == 1_200_000 for row in rows(ran))
    assert run("latest", "refugees", "--from", SEEDS).status == 0


def test_latest_knows_what_was_known(run):
    ran = run("latest", "refugees", "--from", SEEDS, "--known-by", "2022-03-01", "--format", "jsonl")
    values = [row["value"] for row in rows(ran)]
    assert 660_000 in values
    assert 1_200_000 not in values


def test_latest_of_a_contested_series_gives_no_number(run):
    scope = ("--party", "Russian", "--population", "troops")
    ran = run("latest", "deaths", *scope, "--from", SEEDS, "--format", "jsonl")
    contested = [row for row in rows(ran) if row["contested"]]
    assert contested
    assert all(row["value"] is None for row in contested)


def test_compare_and_explain_take_the_beginning_of_an_id(run):
    found = rows(run("conflicts", SEEDS, "--format", "jsonl", "--kind", "disagreement"))
    one, other = (camp[0]["figure_id"] for camp in found[0]["camps"])
    ran = run("compare", one, other[:12], "--from", SEEDS, "--format", "jsonl")
    assert rows(ran)[0]["outcome"] == "conflict"
    assert "they conflict" in run("compare", one, other, "--from", SEEDS).out
    ran = run("explain", one, "--from", SEEDS)
    assert ran.status == 0
    assert "~~~" in ran.out
    assert "metric" in ran.out


def test_check_finds_what_a_draft_gets_wrong(run, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "Russia's Defence Ministry said on Wednesday that 498 Russian soldiers had been killed in Ukraine.\n"
    )
    ran = run("check", draft, "--published-at", "2022-03-05", "--against", SEEDS, "--format", "jsonl")
    assert [row["verdict"] for row in rows(ran)] == ["supported"]
    assert ran.status == 0
    draft.write_text(
        "Russia's Defence Ministry said on Wednesday that 948 Russian soldiers had been killed in Ukraine.\n"
    )
    ran = run("check", draft, "--published-at", "2022-03-05", "--against", SEEDS)
    assert ran.status == 1
    assert "conflicts" in ran.out


def test_metrics_are_listed(run):
    ran = run("metrics", "--format", "jsonl")
    names = {row["name"] for row in rows(ran)}
    assert {"deaths", "refugees", "missiles_launched", "vote_share"} <= names
    assert "deaths" in run("metrics").out


# files and the store


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_export_gives_the_same_bytes_twice(run, tmp_path, ending):
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    assert run("export", first, "--from", SEEDS).status == 0
    assert run("export", second, "--from", SEEDS).status == 0
    assert first.read_bytes() == second.read_bytes()


def test_report_is_one_page(run, tmp_path):
    target = tmp_path / "deep" / "report.html"
    ran = run("report", target, "--from", SEEDS)
    assert ran.status == 0
    page = target.read_text(encoding="utf-8")
    assert "5,840" in page
    assert str(target) in ran.out


def test_a_store_is_made_and_answers_the_same(run, tmp_path):
    store = tmp_path / "desk.db"
    assert run("ingest", SEEDS, "--store", store).status == 0
    assert run("ingest", SEEDS, "--store", store).status == 0
    kept = run("conflicts", "--store", store, "--format", "jsonl")
    read = run("conflicts", SEEDS, "--format", "jsonl")
    assert [one["conflict_id"] for one in rows(kept)] == [one["conflict_id"] for one in rows(read)]
    assert run("--store", store, "latest", "refugees").status == 0


def test_the_environment_names_the_store(run, tmp_path, monkeypatch):
    store = tmp_path / "desk.db"
    monkeypatch.setenv("FIGURES_STORE", str(store))
    assert run("ingest", VOA).status == 0
    assert store.exists()
    assert run("conflicts").status == 0


def test_a_withdrawn_article_leaves_every_answer(run, tmp_path):
    store = tmp_path / "desk.db"
    run("ingest", SEEDS, "--store", store)
    assert run("withdraw", "tidewater-2022-03-03-poland", "--reason", "misprint", "--store", store).status == 0
    found = rows(run("conflicts", "--store", store, "--format", "jsonl"))
    assert "misquote" not in {one["kind"] for one in found}
    assert run("withdraw", "nothing", "--store", store).status == 2


def test_a_dismissed_conflict_leaves_the_list(run, tmp_path):
    store = tmp_path / "desk.db"
    run("ingest", SEEDS, "--store", store)
    found = {one["kind"]: one for one in rows(run("conflicts", "--store", store, "--format", "jsonl"))}
    misquote = found["misquote"]["conflict_id"]
    review = ("review", misquote, "dismissed", "--as", "Copy desk", "--reason", "misread", "--store", store)
    assert run(*review).status == 0
    listed = [one["conflict_id"] for one in rows(run("conflicts", "--store", store, "--format", "jsonl"))]
    assert misquote not in listed
    shown = rows(run("conflicts", "--store", store, "--dismissed", "--format", "jsonl"))
    assert misquote in [one["conflict_id"] for one in shown]


def test_a_pipe_hears_nothing_on_standard_error(tmp_path):
    command = [sys.executable, "-m", "figures", "ingest", str(SEEDS), "--store", str(tmp_path / "s.sqlite")]
    ended = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONWARNINGS": "default"})
    assert ended.stderr == b""


def test_an_unknown_kind_of_conflict_is_a_usage_error(run):
    ran = run("conflicts", "--kind", "quarrel", SEEDS)
    assert ran.status == 2
    assert "no such kind; use arithmetic" in ran.err


def test_a_misspelt_metric_gets_the_name_it_is_near_to(run, article):
    ran = run("latest", "deths", "--from", article)
    assert ran.status == 2
    assert "did you mean deaths?" in ran.err
