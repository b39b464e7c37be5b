"""Pages, feeds, archives, agency JSON, CSV, PDF and Word give articles; each broken one gives one clear line."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from figures.extract import extract
from figures.ingest import read
from figures.ingest.formats import FormatError, reader, sniff
from figures.model import Article, Skipped

for library in ("trafilatura", "feedparser", "fastwarc", "pypdf", "docx"):
    pytest.importorskip(library, reason="the formats extra is not installed")

TEXT = "The storm killed 12 people on the coast, the governor said on Tuesday, and over 300 families lost their homes."
MORE = "Officials in the district said that 40 houses were destroyed and that the search for the missing would go on."
PAGE = f"""<!doctype html><html lang="en"><head><title>Storm kills 12</title>
<meta property="article:published_time" content="2022-03-02T10:30:00Z">
<meta property="og:site_name" content="Example News">
<link rel="canonical" href="https://news.example/storm"></head><body><nav><a href="/">Home</a> 99 more stories</nav>
<article><h1>Storm kills 12</h1><p>{TEXT}</p><p>{MORE}</p></article><footer>Copyright 2022</footer></body></html>"""
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Example Feed</title><item><guid>one</guid><title>Storm</title><link>https://news.example/1</link>
<pubDate>Wed, 02 Mar 2022 10:30:00 GMT</pubDate><description>short</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>{MORE}</p>]]></content:encoded></item>
<item><guid>two</guid><title>Flood</title><description>&lt;b&gt;Seven&lt;/b&gt; people died.</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example Atom</title><id>f</id>
<updated>2022-03-02T10:30:00Z</updated><entry><id>three</id><title>Storm</title><updated>2022-03-02T10:30:00Z</updated>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""
NINJS = {
    "uri": "urn:example:7", "version": "2", "pubStatus": "usable", "firstCreated": "2022-03-02T10:30:00Z",
    "provider": "Example Agency", "headlines": [{"role": "main", "value": "Storm kills 12"}],
    "bodies": [{"contentType": "text/html", "value": f"<p>{TEXT}</p><p>{MORE}</p>"}],
}  # fmt: skip
NEWSAPI = {
    "status": "ok",
    "articles": [
        {
            "source": {"name": "Example News"},
            "title": "Storm",
            "publishedAt": "2022-03-02T10:30:00Z",
            "content": f"{TEXT} … [+1234 chars]",
        }
    ],
}
REGISTRY = {
    "articles": {
        "results": [
            {
                "uri": "5",
                "title": "Storm",
                "body": TEXT,
                "dateTimePub": "2022-03-02T10:30:00Z",
                "source": {"title": "Example News"},
            }
        ]
    }
}


def pdf(*pages: str) -> bytes:
    """A document of plain text, a page each, as small as the format allows."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, text in enumerate(pages):
        shown = f"BT /F1 11 Tf 40 700 Td ({text}) Tj ET"
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] {resources} /Contents {5 + 2 * i} 0 R >>")
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    out, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{at:010d} 00000 n \n" for at in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}"
    return out.encode("latin-1")


def docx() -> bytes:
    import docx as library

    document = library.Document()
    document.core_properties.title = "Situation report"
    document.add_paragraph(TEXT)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Houses destroyed", "40"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def warc(*pages: str, status: str = "200 OK") -> bytes:
    out = b""
    for number, page in enumerate(pages):
        body = page.encode()
        http = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            "WARC-Date: 2022-03-03T00:00:00Z\r\n"
            f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        out += head.encode() + http + b"\r\n\r\n"
    return out


def ingest(path: Path) -> tuple[list[Article], list[Skipped]]:
    skipped: list[Skipped] = []
    return list(read(path, on_skip=skipped.append)), skipped


def write(tmp_path: Path, name: str, content: bytes | str | dict[str, Any]) -> Path:
    path = tmp_path / name
    data = json.dumps(content) if isinstance(content, dict) else content
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


FORMATS: dict[str, bytes | str | dict[str, Any]] = {
    "page.html": PAGE, "feed.rss": RSS, "feed.atom": ATOM, "web.warc": warc(PAGE),
    "web.warc.gz": gzip.compress(warc(PAGE)),
    "item.json": NINJS, "search.json": NEWSAPI, "registry.json": REGISTRY, "report.pdf": pdf(TEXT, MORE),
    "report.docx": docx(), "rows.csv": f'outlet,published_at,text,extra\nExample News,2022-03-02,"{TEXT}",x\n',
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_the_article_is_read_with_its_evidence(tmp_path: Path, name: str) -> None:
    articles, _ = ingest(write(tmp_path, name, FORMATS[name]))
    assert articles
    article = articles[0]
    assert "killed 12 people" in article.text
    assert "99 more stories" not in article.text
    figures = extract(article)
    assert ("deaths", 12) in {(one.metric, one.value) for one in figures}
    assert all(article.field_text(one.field)[one.start : one.end] == one.quote for one in figures)


@pytest.mark.parametrize(
    "name", ["page.html", "feed.rss", "feed.atom", "web.warc", "item.json", "search.json", "registry.json"]
)
def test_date_and_outlet_come_along(tmp_path: Path, name: str) -> None:
    article = ingest(write(tmp_path, name, FORMATS[name]))[0][0]
    assert str(article.published_at).startswith("2022-03-02T10:30:00")
    assert str(article.outlet).startswith("Example")


@pytest.mark.parametrize("name", FORMATS)
def test_content_tells_the_format_not_the_name(tmp_path: Path, name: str) -> None:
    if name.endswith((".json", ".csv")):
        pytest.skip("JSON and CSV have no first bytes of their own")
    by_name = ingest(write(tmp_path, name, FORMATS[name]))[0]
    by_content = ingest(write(tmp_path, "unnamed", FORMATS[name]))[0]
    assert [one.text for one in by_content] == [one.text for one in by_name]


def test_standard_input_takes_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = FORMATS["report.pdf"]
    assert isinstance(data, bytes)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,) = read("-", published_at="2022-03-02")
    assert "killed 12 people" in article.text


def test_pages_of_a_report_are_told_by_offset(tmp_path: Path) -> None:
    article = ingest(write(tmp_path, "report.pdf", FORMATS["report.pdf"]))[0][0]
    from figures.ingest.formats.portable import page_of

    pages = {one.metric: page_of(article.text, one.start) for one in extract(article)}
    assert pages["deaths"] == 1
    assert pages["buildings_destroyed"] == 2


def test_excerpts_are_said_to_be_partial(tmp_path: Path) -> None:
    articles, skipped = ingest(write(tmp_path, "feed.rss", RSS))
    assert [one.title for one in articles] == ["Storm", "Flood"]
    assert [one.reason for one in skipped if "excerpts" in one.reason] == [
        "1 of its entries are excerpts; numbers further down were not seen"
    ]
    assert all(one.warning for one in skipped)


def test_entries_of_two_feeds_are_two_articles_though_they_have_one_guid(tmp_path: Path) -> None:
    feed = (
        "<rss><channel><title>{0}</title><item><guid>1001</guid>{1}<description>{2}</description></item>"
        "</channel></rss>"
    )
    for linked in (True, False):
        folder = tmp_path / str(linked)
        folder.mkdir()
        for outlet, killed in (("Out A", 12), ("Out B", 40)):
            link = f"<link>https://{outlet[-1]}.example/1001</link>" if linked else ""
            write(folder, f"{outlet}.rss", feed.format(outlet, link, f"At least {killed} people were killed."))
        articles, skipped = ingest(folder)
        assert len({one.article_id for one in articles}) == 2
        assert not [one for one in skipped if not one.warning]


@pytest.mark.parametrize("name", ["page.html", "feed.atom", "report.pdf", "report.docx"])
def test_a_text_by_its_name_is_read_by_what_it_holds(tmp_path: Path, name: str) -> None:
    by_content = ingest(write(tmp_path, "named.txt", FORMATS[name]))[0]
    assert [one.text for one in by_content] == [one.text for one in ingest(write(tmp_path, name, FORMATS[name]))[0]]


def test_json_lines_named_as_a_text_are_read_as_such(tmp_path: Path) -> None:
    line = json.dumps({"article_id": "a", "text": TEXT, "published_at": "2022-03-02"})
    (article,), _ = ingest(write(tmp_path, "lines.txt", line + "\n"))
    assert (article.article_id, article.text) == ("a", TEXT)
    (plain,), _ = ingest(write(tmp_path, "brace.txt", "{as the ministry put it} 12 people were killed."))
    assert plain.text.startswith("{as")


def test_a_folder_tells_what_it_passes_over_and_reads_what_only_lacks_a_name(tmp_path: Path) -> None:
    write(tmp_path, "no-ending", FORMATS["page.html"])
    write(tmp_path, "situation.bin", FORMATS["report.docx"])
    write(tmp_path, "photo.png", b"\x89PNG\r\n")
    write(tmp_path, "notes.md", "not an article")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    articles, skipped = ingest(tmp_path)
    assert len(articles) == 2
    (told,) = [one for one in skipped if "passed over" in one.reason]
    assert told.warning
    assert told.reason.startswith("2 files of no format known here passed over:")


def test_a_pattern_stands_for_what_it_matches(tmp_path: Path) -> None:
    for name in ("b1.txt", "b2.txt", "c1.txt"):
        write(tmp_path, name, f"{TEXT} ({name})")
    found = [one.text[-7:-1] for one in read(tmp_path / "b*.txt", published_at="2022-03-02", on_skip=print)]
    assert found == ["b1.txt", "b2.txt"]
    skipped: list[Skipped] = []
    assert list(read(tmp_path / "d*.txt", on_skip=skipped.append)) == []
    assert "no such file" in skipped[0].reason


def test_other_schemes_are_named_as_such() -> None:
    skipped: list[Skipped] = []
    assert list(read("ftp://example.com/x", on_skip=skipped.append)) == []
    assert skipped[0].where == "ftp://example.com/x"
    assert "only http and https" in skipped[0].reason


def test_a_pipe_with_a_name_is_read(tmp_path: Path) -> None:
    import os
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    line = json.dumps({"article_id": "a", "text": TEXT, "published_at": "2022-03-02"})
    writer = threading.Thread(target=pipe.write_text, args=(line,))
    writer.start()
    (article,) = read(pipe)
    writer.join()
    assert article.text == TEXT


def test_a_cancelled_item_is_not_read(tmp_path: Path) -> None:
    articles, (skipped,) = ingest(write(tmp_path, "item.json", {**NINJS, "pubStatus": "canceled"}))
    assert articles == []
    assert "figures withdraw" in skipped.reason


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 210_000_000)
    return out.getvalue()


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "x")
    return out.getvalue()


ENTITIES = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""


def encrypted_pdf() -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(TEXT)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def inflating_archive() -> bytes:
    return gzip.compress(warc("<html><body><p>" + "12 killed " * 2_100_000 + "</p></body></html>"))


BROKEN: dict[str, tuple[bytes | str, str]] = {
    "not-gzip.warc.gz": (b"WARC/1.0 but not compressed", "archive"),
    "inflating.warc.gz": (inflating_archive(), "larger than 20,000,000 bytes"),
    "locked.pdf": (encrypted_pdf(), "encrypted"),
    "cut.rss": ('<?xml version="1.0"?><rss><channel><item><title>a</title><descr', "the entry has no text"),
    "nested.jsonl": ('{"a":' * 5000 + "1" + "}" * 5000 + "\n", "not valid JSON"),
    "nested.json": ("[" * 5000 + "]" * 5000, "not valid JSON"),
    "half.json": ('{"text": "12 people were killed', "not valid JSON"),
    "number.json": ("7", "expected an article as an object"),
    "bodies.json": ({**NINJS, "bodies": "x"}, 'no "text"'),
    "utf16.jsonl": ('{"text": "12 killed"}'.encode("utf-16"), "UTF-16"),
    "nul.txt": (b"12 people were \0 killed", "NUL bytes"),
    "empty.txt": (b"", "is empty"),
    "empty-page.html": ("<html><body></body></html>", "no article text was found"),
    "deep.html": ("<html>" + "<div>" * 5000 + "x", "nests more than"),
    "no-entries.rss": ("<rss><channel></channel></rss>", "no entries were found"),
    "entities.rss": (ENTITIES, "declares XML entities"),
    "cut.warc.gz": (gzip.compress(warc(PAGE, PAGE))[:300], "archive"),
    "errors.warc": (warc(PAGE, status="404 Not Found"), "no page that was fetched whole"),
    "cut.pdf": (pdf(TEXT)[:200], "is damaged"),
    "pictures.pdf": (pdf(""), "no text, only pictures"),
    "cut.docx": (docx()[:500], "is damaged"),
    "bomb.docx": (bomb(), "unpacks to more than"),
    "other.docx": (other_zip(), "no Word document"),
    "no-text.csv": ("outlet,body\nx,y\n", "no column text"),
    "latin.csv": ("text\nCaf\xe9 12 dead\n".encode("latin-1"), "not UTF-8"),
    "ragged.csv": ("text,outlet\na,b,c,d\n", "more cells than the header"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_clear_line(tmp_path: Path, name: str) -> None:
    content, reason = BROKEN[name]
    path = write(tmp_path, name, content)
    articles, skipped = ingest(path)
    assert articles == []
    (only,) = [one for one in skipped if not one.warning]
    assert reason in only.reason
    assert str(path) in only.where
    assert "\n" not in str(only)


def test_one_broken_file_of_each_format_never_stops_the_batch(tmp_path: Path) -> None:
    for name, content in FORMATS.items():
        write(tmp_path, name, content)
    for name, (content, _) in BROKEN.items():
        write(tmp_path, name, content)
    articles, skipped = ingest(tmp_path)
    assert {Path(one.where.split(",")[0]).name for one in skipped if not one.warning} == set(BROKEN)
    assert len(articles) >= 6  # copies of one page are one article


def test_a_line_of_a_hundred_megabytes_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    killed = "12 killed " * 10_000_000
    (tmp_path / "a.jsonl").write_text('{"text": "' + killed + '"}\n' + json.dumps({"text": TEXT}), "utf-8")
    (tmp_path / "b.csv").write_text('text,outlet\n"' + killed + '",x\n', "utf-8")
    (tmp_path / "c.csv").write_text("text," + killed, "utf-8")
    (tmp_path / "d.txt").write_text(killed, "utf-8")
    script = (
        "import sys\nfrom pathlib import Path\nfrom figures.ingest import read_all\nskipped = []\n"
        "articles = list(read_all([sys.argv[1]], on_skip=skipped.append))\n"
        "print(len(articles), sum(not one.warning for one in skipped))\n"
        "print(*[one.split()[1] for one in Path('/proc/self/status').read_text().splitlines() if 'VmHWM' in one])"
    )
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell how much memory a process has used")
    ended = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True)
    counts, peak = ended.stdout.splitlines()
    assert counts == "1 4"
    assert int(peak) < 600_000, "kilobytes"


def test_a_wrong_charset_is_read_with_its_evidence(tmp_path: Path) -> None:
    words = f"<p>{TEXT}</p><p>The prefect of Besan\xe7on spoke in a caf\xe9. {MORE}</p>"
    page = f'<html><head><meta charset="utf-8"><title>x</title></head><body><article>{words}</article></body></html>'
    (article,), _ = ingest(write(tmp_path, "latin.html", page.encode("latin-1")))
    figures = extract(article)
    assert ("deaths", 12) in {(one.metric, one.value) for one in figures}
    assert all(article.field_text(one.field)[one.start : one.end] == one.quote for one in figures)


def test_marks_that_turn_the_writing_round_stay_out_of_numbers(tmp_path: Path, run: Any) -> None:
    path = write(tmp_path, "turned.txt", "Police said \u202e21\u202c people were killed, and 34 people were hurt.")
    (article,), _ = ingest(path)
    figures = extract(article)
    assert all(article.text[one.start : one.end] == one.quote for one in figures)
    assert not any("\u202e" in one.quote for one in figures)
    assert 34 in {one.value for one in figures}


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "figures.ingest.formats.portable")
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(FormatError, match=r"pip install 'figures\[formats\]'"):
        reader("pdf")


@pytest.mark.parametrize(
    ("start", "suffix", "kind"),
    [
        (b"plain text with < and >", ".txt", None),
        (b'{"text": "<html>"}', "", None),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "", "html"),
        (b"text,outlet", ".csv", "csv"),
        (b"", "", None),
    ],
)
def test_sniff(start: bytes, suffix: str, kind: str | None) -> None:
    assert sniff(start, suffix) == kind
