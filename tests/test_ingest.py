"""Reading files: what is read, what is refused, and the one line that says why."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from figures.ingest import InputError, InputWarning, files, read, read_all
from figures.model import Article, Skipped

TEXT = "At least 12 people were killed on Thursday, the ministry said.\n"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*records: Any) -> str:
    return "".join(json.dumps(one) + "\n" for one in records)


def record(**changes: Any) -> dict[str, Any]:
    return {"article_id": "a1", "outlet": "Larkfield Wire", "published_at": "2022-03-03", "text": TEXT} | changes


def gather(path: Path | str | list[Path], **given: Any) -> tuple[list[Article], list[str]]:
    told: list[Skipped] = []
    paths = path if isinstance(path, list) else [path]
    articles = list(read_all(paths, on_skip=told.append, **given))
    return articles, [str(one) for one in told]


# What is read


def test_text_with_options(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    (article,), told = gather(
        path, outlet="Larkfield Wire", published_at="2022-03-03", title="Strike", url="https://x.example/1"
    )
    assert (article.text, article.outlet, article.published_at, article.title) == (
        TEXT,
        "Larkfield Wire",
        "2022-03-03",
        "Strike",
    )
    assert told == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps({"outlet": "Sidecar", "published_at": "2022-03-02", "ignored": [1]})),
        ("a.toml", 'outlet = "Sidecar"\npublished_at = 2022-03-02\n'),
    ],
)
def test_text_with_sidecar(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / name, content)
    for path in (tmp_path / "a.txt", tmp_path):
        (article,), told = gather(path, outlet="Option")
        assert (article.outlet, article.published_at, told) == ("Sidecar", "2022-03-02", [])


@pytest.mark.parametrize("kind", ["toml", "jsonl"])
def test_text_with_manifest(tmp_path: Path, kind: str) -> None:
    write(tmp_path / "sub" / "a.txt", TEXT)
    entry = {
        "file": "sub/a.txt",
        "article_id": "first",
        "outlet": "Larkfield Wire",
        "published_at": "2022-03-03T10:00:00Z",
    }
    if kind == "toml":
        body = "[[article]]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in entry.items())
        write(tmp_path / "manifest.toml", "# ours\n" + body + "reconstruction = true\n")
    else:
        write(tmp_path / "manifest.jsonl", lines(entry))
    for path in (tmp_path, tmp_path / f"manifest.{kind}"):
        (article,), told = gather(path)
        assert (article.article_id, article.published_at, told) == ("first", "2022-03-03T10:00:00+00:00", [])


def test_a_text_that_is_named_heeds_the_manifest_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    write(
        tmp_path / "manifest.toml", '[[article]]\nfile = "a.txt"\narticle_id = "first"\npublished_at = "2022-03-03"\n'
    )
    (article,), told = gather(path)
    assert (article.article_id, told) == ("first", [])


def test_json_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path / "news.jsonl", lines(record(figures=[1], x=None), record(article_id=7, title=None, url=None)) + "\n"
    )
    (first, second), told = gather(path)
    assert first == Article(**record())
    assert (second.article_id, second.title, told) == ("7", "", [])


@pytest.mark.parametrize("content", [json.dumps(record(), indent=2), json.dumps([record()])])
def test_one_json_document(tmp_path: Path, content: str) -> None:
    (article,), told = gather(write(tmp_path / "news.json", content))
    assert (article.article_id, told) == ("a1", [])


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.jsonl", "c.txt", ".hidden.txt", ".git/x.txt", "readme.md", "photo.jpg"):
        write(tmp_path / name, lines(record()) if name == "a.jsonl" else f"{name}: {TEXT}")
    articles, told = gather(tmp_path, published_at="2022-03-03")
    assert [one.text.split(":")[0] for one in articles[1:]] == ["c.txt", "b/10.txt", "b/2.txt"]
    assert articles[0].article_id == "a1"
    assert [one.partition(": ")[2] for one in told] == ["1 file of no format known here passed over: .jpg 1"]


def test_the_text_is_kept_to_the_character(tmp_path: Path) -> None:
    text = "  12 dead\r\n\r\n\u00a034\u2009000 fled — “no one” 🙂 e\u0301\n\n"
    (article,), _ = gather(write(tmp_path / "a.txt", text), published_at="2022-03-03")
    assert article.text == text
    (article,), _ = gather(write(tmp_path / "b.txt", b"\xef\xbb\xbf" + text.encode()), published_at="2022-03-03")
    assert article.text == text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("content", "identity"), [(lines(record()), "a1"), (TEXT, Article(text=TEXT, outlet="O").article_id)]
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, mark: bytes, content: str, identity: str) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mark + content.encode())))
    (article,), _ = gather("-", outlet="O")
    assert article.article_id == identity


def test_standard_input_longer_than_the_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [record(article_id=f"a{n}", text=TEXT * n) for n in range(1, 60)]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines(*many).encode())))
    articles, told = gather("-")
    assert [one.text for one in articles] == [one["text"] for one in many]
    assert told == []


def test_a_named_file_of_any_ending_is_read_by_what_it_holds(tmp_path: Path) -> None:
    assert gather(write(tmp_path / "note.md", TEXT), published_at="2022-03-03")[0][0].text == TEXT
    assert gather(write(tmp_path / "dump", lines(record())))[0][0].article_id == "a1"


def test_the_same_article_twice_is_yielded_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", lines(record(), record()))
    articles, told = gather([path, path])
    assert (len(articles), told) == (1, [])


# What is refused: the file, the line, and what to do


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"caf\xe9 12", "not UTF-8 (byte 0xe9 at position 4); convert"),
        (b"12 dead\0\1", "looks binary"),
        ("12 dead".encode("utf-16"), "UTF-16"),
        (b"\xed\xa0\xbd12", "not UTF-8"),
    ],
)
def test_bad_texts(tmp_path: Path, content: bytes, expected: str) -> None:
    path = write(tmp_path / "bad.txt", content)
    good = write(tmp_path / "good.txt", TEXT)
    articles, told = gather([path, good], published_at="2022-03-03")
    assert [one.text for one in articles] == [TEXT]
    (line,) = told
    assert line.startswith(f"{path}: ")
    assert expected in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"article_id": "x", "text": "12', "not valid JSON"),
        (b"[1, 2]", "found a list"),
        (b'"12 dead"', "found a string"),
        (b"{}", 'no "text"'),
        (json.dumps(record(text=None)).encode(), "text must be a string, not null"),
        (json.dumps(record(text=12)).encode(), "text must be a string, not a number"),
        (json.dumps(record(text="  ")).encode(), "text is empty"),
        (json.dumps(record(outlet=["x"])).encode(), "outlet must be a string, not a list"),
        (json.dumps(record(title={"x": 1})).encode(), "title must be a string, not an object"),
        (
            json.dumps(record(article_id=True)).encode(),
            "article_id must be a string or a whole number, not true or false",
        ),
        (json.dumps(record(published_at=1646265600)).encode(), "published_at must be a string, not a number"),
        (json.dumps(record(published_at="last Thursday")).encode(), "no ISO 8601 date; write 2022-03-03"),
        (json.dumps(record(published_at="2022-02-30")).encode(), "no ISO 8601 date"),
        (json.dumps(record(text="12\0dead")).encode(), "NUL"),
        (json.dumps(record(text="\ud83d 12")).encode(), "surrogate"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b"\0\0\0", "binary"),
        (b"{" * 5000, "not valid JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", "not valid JSON"),
    ],
)
def test_bad_lines(tmp_path: Path, line: bytes, expected: str) -> None:
    path = write(
        tmp_path / "news.jsonl", lines(record()).encode() + line + b"\n" + lines(record(article_id="a3")).encode()
    )
    articles, told = gather(path)
    assert [one.article_id for one in articles] == ["a1", "a3"]
    (reason,) = told
    assert reason.startswith(f"{path}:2: ")
    assert expected in reason
    assert "\n" not in reason
    assert len(reason) < 300 + len(str(path))


def test_a_missing_date_is_a_warning_and_never_today(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", lines(record(published_at=None)))
    told: list[Skipped] = []
    (article,) = read(path, on_skip=told.append)
    assert article.published_at is None
    (one,) = told
    assert one.warning
    assert "published_at" in str(one)


def test_a_missing_path_among_others(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", TEXT)
    articles, told = gather([tmp_path / "none.txt", good], published_at="2022-03-03")
    assert len(articles) == 1
    assert told == [f"{tmp_path / 'none.txt'}: no such file; check the spelling, or give the full path"]


def test_a_missing_path_alone_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.jsonl")


def test_without_a_callback_nothing_is_lost_in_silence(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", "nonsense\n" + lines(record()))
    with pytest.warns(InputWarning, match=r"news\.jsonl:1: not valid JSON"):
        assert len(list(read(path))) == 1


def test_one_id_with_two_contents(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", lines(record(), record(text="13 dead")))
    articles, told = gather(path)
    assert [one.text for one in articles] == [TEXT]
    assert told[0].startswith(f"{path}:2: article_id 'a1' was already read from {path}:1 with other content")


def test_an_enormous_line_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    for size in (1000, 1001, 1002, 2000, 2001, 5000):
        path = write(tmp_path / "news.jsonl", lines(record()) + "x" * size + "\n" + lines(record(article_id="a3")))
        articles, told = gather(path)
        assert [one.article_id for one in articles] == ["a1", "a3"]
        assert len(told) == 1
    path = write(tmp_path / "big.txt", "12 dead " * 500)
    assert "longer than" in gather(path)[1][0]


def test_a_manifest_that_cannot_be_trusted_keeps_its_texts_out(tmp_path: Path) -> None:
    write(tmp_path / "a" / "a.txt", TEXT)
    write(tmp_path / "a" / "manifest.toml", "[[article]\n")
    write(tmp_path / "b" / "b.txt", TEXT)
    articles, told = gather(tmp_path, published_at="2022-03-03")
    assert len(articles) == 1
    assert len(told) == 1
    assert "manifest.toml: not valid TOML" in told[0]
    assert gather(tmp_path / "a" / "a.txt")[0] == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('file = "none.txt"', "lists 'none.txt', which is not there"),
        ('file = "../out.txt"', "outside the manifest's folder"),
        ('outlet = "x"', 'no "file"'),
        ('file = "a.txt"\noutlet = 3', "a.txt: outlet must be a string, not a number"),
        ('file = "a.txt"\npublished_at = "soon"', "no ISO 8601 date"),
    ],
)
def test_bad_manifest_entries(tmp_path: Path, entry: str, expected: str) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "manifest.toml", f"[[article]]\n{entry}\n")
    write(tmp_path / "z.jsonl", lines(record()))
    articles, told = gather(tmp_path, outlet="O")
    assert "a1" in [one.article_id for one in articles]
    assert any(expected in one for one in told)


def test_a_bad_sidecar_keeps_its_text_out(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "a.json", '{"outlet": ')
    articles, told = gather(tmp_path)
    assert articles == []
    assert "a.json: not valid JSON" in told[0]
    assert "a.txt, which is not read" in told[0]


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: write(path / "x.jpg", "x")])
def test_an_empty_folder_says_so(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    make(tmp_path / "empty")
    assert "holds no articles" in gather(tmp_path / "empty")[1][0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is readable to the superuser")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    path.chmod(0)
    assert "cannot be read" in gather(path)[1][0]
