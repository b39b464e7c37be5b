"""``import figures`` and the accessor: a small face that is there at once and hides nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import figures
import figures.accessor
from figures import Article, Conflict, Figure, compare, extract, latest, load, read, reconcile, tabulate
from figures.accessor import CONFLICT_COLUMNS
from figures.api import LoadError
from figures.ingest import InputWarning
from figures.store import StoreError, open_store

ARTICLES = [
    Article(
        article_id="one", outlet="Larkfield Wire", published_at="2022-03-02",
        text="More than 874,000 refugees have fled Ukraine, the U.N. refugee agency UNHCR said Wednesday.",
    ),
    Article(
        article_id="two", outlet="Osier Desk", published_at="2022-03-03",
        text="UNHCR said Thursday that 1,045,459 refugees had fled Ukraine by Wednesday.",
    ),
]  # fmt: skip


@pytest.fixture
def table() -> pd.DataFrame:
    return tabulate(one for article in ARTICLES for one in extract(article))


def test_the_face(table: pd.DataFrame) -> None:
    assert set(figures.__all__) <= set(dir(figures))
    for name in figures.__all__:
        assert getattr(figures, name) is not None
    assert all(callable(one) for one in (compare, extract, latest, load, read, reconcile, tabulate))
    assert {Article, Conflict, Figure} == {figures.Article, figures.Conflict, figures.Figure}
    assert len(table) == 2


def test_a_verb_stays_a_verb_after_its_package_was_imported() -> None:
    code = (
        "import figures.extract.numbers, figures.reconcile, figures.ingest; import figures;"
        "assert figures.extract(figures.Article(text='x')) == []; assert callable(figures.reconcile);"
        "from figures.extract import units; assert units.__name__ == 'figures.extract.units'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="fixed"):
        figures.extract = None  # type: ignore[assignment]


def test_importing_does_not_load_the_heavy_libraries() -> None:
    heavy = ("pandas", "sqlalchemy", "pyarrow", "vl_convert")
    code = f"import sys, figures; sys.exit(any(name in sys.modules for name in {heavy}))"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("first", ["import pandas, figures", "import figures; figures.tabulate; import pandas"])
def test_the_accessor_is_there_whichever_is_imported_first(first: str) -> None:
    subprocess.run([sys.executable, "-c", f"{first}; assert hasattr(pandas.DataFrame, 'figures')"], check=True)


def test_latest_and_timeline(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(table.figures.latest("refugees"), latest(table, "refugees"))
    assert len(table.figures.latest()) >= 1
    assert list(table.figures.timeline("refugees")["figure_id"])


def test_no_conflict_is_an_empty_frame_with_its_columns(table: pd.DataFrame) -> None:
    assert reconcile(table).conflicts == ()
    frame = table.figures.conflicts()
    assert frame.empty
    assert list(frame.columns) == list(CONFLICT_COLUMNS)


def test_conflicts_are_rows_with_their_camps_in_words() -> None:
    said = [
        ("m", "Russia's Defence Ministry said on Wednesday that 498 Russian soldiers had been killed in Ukraine."),
        ("k", "About 5,840 Russian soldiers have been killed in Ukraine, Ukraine's General Staff said on Wednesday."),
    ]
    articles = [
        Article(article_id=key, outlet="Osier Desk", published_at="2022-03-02", text=text) for key, text in said
    ]
    both = tabulate(one for article in articles for one in extract(article))
    (row,) = both.figures.conflicts().to_dict("records")
    assert row["kind"] == "disagreement"
    assert row["camps"] == "498 (Russian Ministry of Defence) against ≈5,840 (General Staff of Ukraine)"
    assert [row["conflict_id"]] == [one.conflict_id for one in reconcile(both).conflicts]


def test_plot(table: pd.DataFrame) -> None:
    chart = table.figures.plot("refugees")
    assert "874,000" in str(chart.spec)
    assert chart.svg().startswith("<svg")
    with pytest.raises(ValueError, match="no figures of camels"):
        table.figures.plot("camels")


def test_another_table_is_told_what_it_lacks() -> None:
    with pytest.raises(AttributeError, match=r"no table of figures: it lacks metric, source, .* figures\.tabulate"):
        _ = pd.DataFrame({"x": [1]}).figures


# load


def test_load_articles(tmp_path: Path, table: pd.DataFrame) -> None:
    import json

    lines = [
        json.dumps({"article_id": a.article_id, "outlet": a.outlet, "published_at": a.published_at, "text": a.text})
        for a in ARTICLES
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines))
    pd.testing.assert_frame_equal(load(tmp_path / "news.jsonl"), table)
    pd.testing.assert_frame_equal(load(tmp_path), table)
    (tmp_path / "a.txt").write_text(ARTICLES[0].text)
    with pytest.warns(InputWarning, match="without published_at"):
        assert len(load(tmp_path / "a.txt")) == 1


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
def test_load_what_export_wrote(tmp_path: Path, table: pd.DataFrame, name: str) -> None:
    from figures.publish.files import write_file

    write_file(table, tmp_path / name)
    pd.testing.assert_frame_equal(load(tmp_path / name), table)


def test_load_what_pandas_wrote(tmp_path: Path, table: pd.DataFrame) -> None:
    table.reset_index().to_parquet(tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(load(tmp_path / "a.parquet"), table)
    table.to_parquet(tmp_path / "b.parquet")
    pd.testing.assert_frame_equal(load(tmp_path / "b.parquet"), table)


def test_load_a_store(tmp_path: Path, table: pd.DataFrame) -> None:
    path = tmp_path / "desk.sqlite"
    with open_store(path) as store:
        list(store.add_many((article, extract(article)) for article in ARTICLES))
    pd.testing.assert_frame_equal(load(path), table)
    pd.testing.assert_frame_equal(load(f"sqlite:///{path}"), table)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "x,y\n1,2\n", r"lacks figure_id, metric, value"),
        ("a.csv", "figure_id,metric,value\n1,2,many\n", r"a\.csv:2: could not convert"),
        ("a.csv", "figure_id,metric,value\nf1,deaths,2\n", r"lacks article_id"),
        ("a.jsonl", '{"figure_id": "f1"}\nnonsense\n', r"a\.jsonl:2: no JSON object"),
        ("a.jsonl", '{"figure_id": "f1"}\n', r"lacks metric"),
        ("a.parquet", "PAR1 and nothing more", r"no readable Parquet"),
    ],
)
def test_load_says_what_is_wrong(tmp_path: Path, name: str, content: str, expected: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(LoadError, match=expected):
        load(tmp_path / name)


def test_load_from_nowhere(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no such file"):
        load(tmp_path / "none")
    with pytest.raises(LoadError, match="cannot be loaded"):
        load("https://news.example/table.csv")
    with pytest.raises(StoreError, match="folder does not exist"):
        load(f"sqlite:///{tmp_path / 'none' / 'x.sqlite'}")
