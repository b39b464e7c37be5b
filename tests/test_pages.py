"""Pages show what the store holds, escaped, with each decision signed; every view is also data."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import jinja2
import jinja2.meta
import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed")

from fastapi.testclient import TestClient

from figures.model import Article
from figures.publish.cards import environment
from figures.publish.words import DISCLAIMER
from figures.reconcile.comparable import Knowledge
from service import pages_views
from service.app import Settings, create_app
from service.pages_drafts import DraftPage
from service.pages_render import Frame, Pictures

MOSCOW = {
    "article_id": "m", "outlet": "One Wire", "published_at": "2022-03-02", "title": "Moscow gives a first number",
    "url": "https://one.example/m",
    "text": "Russia's Defence Ministry said on Wednesday that 498 Russian soldiers had been killed in Ukraine"
    " since the invasion began.",
}  # fmt: skip
KYIV = {
    "article_id": "desk/k", "outlet": "Other Wire", "published_at": "2022-03-02", "title": "Kyiv counts Russian dead",
    "text": "About 5,840 Russian soldiers have been killed in Ukraine since the invasion began, the Ukrainian General"
    " Staff said on Wednesday.",
}  # fmt: skip
EARLIER = {
    "article_id": "e", "outlet": "One Wire", "published_at": "2022-03-01",
    "text": "UNHCR said on Tuesday that 660,000 refugees had fled Ukraine since the invasion began.",
}  # fmt: skip
LATER = {
    "article_id": "l", "outlet": "One Wire", "published_at": "2022-03-02",
    "text": "UNHCR said on Wednesday that 874,000 refugees had fled Ukraine since the invasion began.",
}  # fmt: skip
HOSTILE = {
    "article_id": "x\"><script>alert('id')</script>", "outlet": "<img src=x onerror=alert(1)>",
    "published_at": "2022-03-02", "title": "</title><script>alert('title')</script> 31 dead",
    "url": "javascript:alert('url')",
    "text": "The <svg onload=alert(1)> Ministry of <b>Health</b> of Peru said on Wednesday that 31 people had been"
    " killed in a flood in Lima.</p><script>alert('text')</script>\n\n{{ 7*7 }} ${7*7}",
}  # fmt: skip


@contextmanager
def serving(folder: Path, **settings: Any) -> Iterator[TestClient]:
    store = str(folder / "s.db")
    app = create_app(Settings(store=store, writable=True, requests_a_minute=0, checks_a_minute=0, **settings))
    with TestClient(app, base_url="http://127.0.0.1", headers={"accept": "text/html"}) as one:
        yield one


def fill(client: TestClient) -> TestClient:
    answer = client.post("/v1/articles", json=[MOSCOW, KYIV, EARLIER, LATER])
    assert [one["status"] for one in answer.json()["articles"]] == ["added"] * 4
    return client


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A server on an empty store."""
    with serving(tmp_path) as one:
        yield one


@pytest.fixture
def filled(client: TestClient) -> TestClient:
    """A server that a test may write to."""
    return fill(client)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One server for the tests that only look, or are refused."""
    with serving(tmp_path_factory.mktemp("kept")) as one:
        yield fill(one)


def page(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    text: str = answer.text
    return text


def token(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found
    return found[1]


def conflict_path(client: TestClient) -> str:
    found = re.search(r'href="(/conflicts/[^"]+)"', page(client, "/"))
    assert found
    return found[1]


def figure_of(client: TestClient, article_id: str) -> str:
    rows = client.get("/v1/figures", params={"article_id": article_id}, headers={"accept": "*/*"}).json()["figures"]
    return str(rows[0]["figure_id"])


class TestOverview:
    def test_it_begins_with_the_sentence(self, kept: TestClient) -> None:
        text = page(kept, "/")
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", text)
        assert heading
        assert heading[1].startswith("4 articles, 2 outlets, 1–2 Mar 2022; 4 numbers read; 1 needs a look")
        assert text.index("<h1") < text.index(DISCLAIMER) < text.index("What needs a look") < text.index("What moved")

    def test_a_conflict_shows_both_numbers_and_the_gap(self, kept: TestClient) -> None:
        text = page(kept, "/")
        look = text[text.index('class="look"') : text.index("What moved")]
        assert ">498</a>" in look
        assert ">≈5,840</a>" in look
        assert "more than eleven times" in look
        assert "own side" in look

    def test_what_moved_gives_both_numbers_of_one_source(self, kept: TestClient) -> None:
        text = page(kept, "/")
        moved = text[text.index("What moved") :]
        assert "874,000" in moved
        assert "660,000" in moved
        assert "up 32%" in moved

    def test_an_empty_store_says_what_to_do(self, client: TestClient) -> None:
        text = page(client, "/")
        assert "figures ingest" in text
        assert "0 articles" in text

    def test_dismissed_conflicts_leave_it(self, filled: TestClient) -> None:
        path = conflict_path(filled)
        form = {"verdict": "dismissed", "reason": "different things", "reviewer": "Ada"}
        form["csrf"] = token(page(filled, path))
        assert filled.post(f"{path}/review", data=form, follow_redirects=False).status_code == 303
        assert "No contradiction found in these articles" in page(filled, "/")
        assert "different things" in page(filled, path)


class TestMetric:
    def test_chart_table_and_data(self, kept: TestClient) -> None:
        text = page(kept, "/metrics/deaths")
        assert "<svg" in text
        assert "contested" in text
        assert "/v1/figures.csv?metric=deaths" in text
        assert text.count("<mark>") == 2

    def test_a_scope_narrows_it(self, kept: TestClient) -> None:
        text = page(kept, "/metrics/deaths?source=Russian+Ministry+of+Defence")
        assert "<mark>498</mark>" in text
        assert "5,840</mark>" not in text

    def test_an_unknown_metric_is_not_found(self, kept: TestClient) -> None:
        assert "no_such_thing" in page(kept, "/metrics/no_such_thing", 404)

    def test_a_bad_cursor_is_said(self, kept: TestClient) -> None:
        assert "begin again" in page(kept, "/metrics/deaths?cursor=x", 400)

    def test_a_mark_leads_to_its_row_or_to_its_article(self, kept: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        text = page(kept, "/metrics/deaths")
        links = re.findall(r'xlink:href="#([^"]+)"', text)
        assert links
        assert all(f'<li id="{one}"' in text for one in links)
        monkeypatch.setattr(pages_views, "MOST_LISTED", 1)
        text = page(kept, "/metrics/deaths")
        (listed,) = re.findall(r'<li id="([^"]+)"', text)
        assert set(re.findall(r'xlink:href="#([^"]+)"', text)) == {listed}
        assert 'xlink:href="/figures/' in text
        assert "More figures" in text


class TestConflict:
    def test_card_explanation_and_question(self, kept: TestClient) -> None:
        text = page(kept, conflict_path(kept))
        assert "<mark>498</mark>" in text
        assert "<mark>About 5,840</mark>" in text
        assert "Two sides disagree" in text
        assert "What would reconcile it." in text
        assert text.count("<h1") == 1

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"reviewer": "Ada"}, "Choose what you found"),
            ({"verdict": "dismissed", "reviewer": "Ada"}, "needs a reason"),
            ({"verdict": "resolved", "reviewer": "Ada"}, "what settled it"),
            ({"verdict": "confirmed"}, "name"),
            ({"verdict": "nonsense", "reviewer": "Ada"}, "no verdict"),
        ],
    )
    def test_an_incomplete_review_says_what_is_missing(self, kept: TestClient, form: dict[str, str], said: str) -> None:
        path = conflict_path(kept)
        answer = kept.post(f"{path}/review", data={**form, "csrf": token(page(kept, path))})
        assert answer.status_code == 422
        error = re.search(r'class="error" role="alert">(.*?)<', answer.text)
        assert error
        assert said in error[1]

    def test_a_review_stands_in_the_history(self, filled: TestClient) -> None:
        path = conflict_path(filled)
        form = {"verdict": "confirmed", "note": "Both <said> it", "reviewer": "Ada", "csrf": token(page(filled, path))}
        answer = filled.post(f"{path}/review", data=form, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{path}#history")
        text = page(filled, path)
        assert "<strong>confirmed</strong> by Ada" in text
        assert "Both &lt;said&gt; it" in text

    @pytest.mark.parametrize("csrf", [None, "", "0" * 64])
    def test_no_review_without_the_pages_token(self, kept: TestClient, csrf: str | None) -> None:
        path = conflict_path(kept)
        form = {"verdict": "confirmed", "reviewer": "Ada"} | ({} if csrf is None else {"csrf": csrf})
        assert kept.post(f"{path}/review", data=form).status_code == 403
        assert "<strong>confirmed</strong>" not in page(kept, path)

    def test_one_that_is_gone_stays_readable(self, filled: TestClient) -> None:
        path = conflict_path(filled)
        assert filled.delete("/v1/articles/m").status_code in (200, 202)
        text = page(filled, path)
        assert "no longer clash" in text
        assert "Two sides disagree" in text

    def test_an_unknown_one_is_not_found(self, kept: TestClient) -> None:
        page(kept, "/conflicts/none", 404)


class TestArticle:
    def test_the_text_is_as_published_and_its_figures_are_marked(self, kept: TestClient) -> None:
        text = page(kept, "/articles/m")
        copy = re.search(r'<p class="copy">(.*?)</p>', text, re.S)
        assert copy
        plain = re.sub(r"<[^>]+>", "", copy[1]).replace("&#39;", "'")
        assert plain.strip() == MOSCOW["text"]
        assert re.search(r'<a class="mark figure"[^>]*>498</a>', text)
        assert 'href="https://one.example/m"' in text

    def test_an_id_with_a_slash_is_found(self, kept: TestClient) -> None:
        assert "Kyiv counts Russian dead" in page(kept, "/articles/desk/k")

    def test_why_this_number_names_words_and_rules(self, kept: TestClient) -> None:
        text = page(kept, "/articles/m")
        assert "Why this number?" in text
        assert '<th scope="row">metric</th><td>deaths</td>' in text
        ruled = re.search(r'<p class="ruled">(.*?)</p>', text, re.S)
        assert ruled
        assert "the figure" in ruled[1]

    def test_a_misread_number_is_put_right_and_the_reading_stays_visible(self, filled: TestClient) -> None:
        key = figure_of(filled, "m")
        form = {"field": "value", "value": "489", "note": "a slip", "reviewer": "Ada"}
        form["csrf"] = token(page(filled, "/articles/m"))
        answer = filled.post(f"/figures/{key}/review", data=form, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/articles/m#n-{key}")
        text = page(filled, "/articles/m")
        assert "read as 498, corrected to 489 by Ada" in text.replace(".0", "")
        assert "489" in page(filled, conflict_path(filled))

    def test_what_is_no_figure_leaves_and_is_told(self, filled: TestClient) -> None:
        key = figure_of(filled, "m")
        form = {"field": "figure", "value": "", "reviewer": "Ada", "csrf": token(page(filled, "/articles/m"))}
        filled.post(f"/figures/{key}/review", data=form)
        text = page(filled, "/articles/m")
        assert "Marked as no figure" in text
        assert "0 numbers read" in text
        assert "No contradiction found" in page(filled, "/")

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"field": "value", "value": "many"}, "write it in digits"),
            ({"field": "as_of", "value": "yesterday"}, "must be a day"),
            ({"field": "rules", "value": "x"}, "Choose what was misread"),
            ({"field": "metric", "value": ""}, "cannot be empty"),
        ],
    )
    def test_a_wrong_correction_is_explained(self, kept: TestClient, form: dict[str, str], said: str) -> None:
        key = figure_of(kept, "m")
        whole = {**form, "reviewer": "Ada", "csrf": token(page(kept, "/articles/m"))}
        answer = kept.post(f"/figures/{key}/review", data=whole)
        assert answer.status_code == 422
        assert said in answer.text

    def test_a_revised_one_shows_what_changed(self, filled: TestClient) -> None:
        later = {**MOSCOW, "text": MOSCOW["text"].replace("498", "512")}
        assert filled.post("/v1/articles", json=[later]).status_code == 200
        text = page(filled, "/articles/m")
        assert "revision 2" in text
        changed = text[text.index("Changed since the version before") :]
        assert "498 (Russian Ministry of Defence) → 512 (Russian Ministry of Defence)" in changed

    def test_a_withdrawn_one_says_so(self, filled: TestClient) -> None:
        filled.delete("/v1/articles/m")
        text = page(filled, "/articles/m")
        assert "Withdrawn" in text
        assert 'class="mark' not in text

    def test_a_figures_own_address_leads_to_its_place(self, kept: TestClient) -> None:
        key = figure_of(kept, "desk/k")
        answer = kept.get(f"/figures/{key}", follow_redirects=False)
        assert answer.headers["location"] == f"/articles/desk/k#{key}"


class TestSearch:
    def test_words_find_metrics_sources_places_titles_and_sentences(self, kept: TestClient) -> None:
        assert 'href="/metrics/refugees"' in page(kept, "/search?q=refug")
        assert "source=UNHCR" in page(kept, "/search?q=unhcr")
        assert "place=Ukraine" in page(kept, "/search?q=ukrai")
        assert "/articles/desk/k" in page(kept, "/search?q=counts+Russian")
        text = page(kept, "/search?q=soldiers")
        assert "<mark>498</mark>" in text
        assert "/v1/figures.csv?q=soldiers" in text

    def test_the_export_holds_the_same_figures(self, kept: TestClient) -> None:
        lines = kept.get("/v1/figures.jsonl?q=soldiers", headers={"accept": "*/*"}).text.splitlines()
        assert len(lines) == page(kept, "/search?q=soldiers").count('class="said"')

    def test_nothing_found_tells_what_was_looked_at(self, kept: TestClient) -> None:
        assert "Looked at were" in page(kept, "/search?q=zzzz")

    @pytest.mark.parametrize("asked", ["%25", "_", "%27", "%22%3E%3Cscript%3E", "%00"])
    def test_odd_words_do_no_harm(self, kept: TestClient, asked: str) -> None:
        answer = kept.get(f"/search?q={asked}")
        assert answer.status_code == (400 if asked == "%00" else 200)
        assert "<script>" not in answer.text


class TestDraft:
    DRAFT = "Ukraine's General Staff said 498 Russian soldiers had been killed in Ukraine since 24 February."

    def check(self, client: TestClient, **form: Any) -> str:
        files = form.pop("files", None)
        answer = client.post(
            "/check", data={"csrf": token(page(client, "/check")), "published_at": "2022-03-02", **form}, files=files
        )
        text: str = answer.text
        return text

    def test_number_by_number(self, kept: TestClient) -> None:
        text = self.check(kept, text=self.DRAFT)
        assert "1 number: 1 misattributed" in text
        assert "Differs in who says so" in text
        assert "You could write:" in text
        assert re.search(r'<a class="mark misattributed"[^>]*>498</a>', text)

    def test_a_clash_inside_the_draft_points_at_its_other_number(self, kept: TestClient) -> None:
        draft = (
            "Twelve people were killed in the fire in Lima on Monday, police said.\n\n"
            "The fire in Lima on Monday killed 21 people, police said."
        )
        text = self.check(kept, text=draft)
        assert "2 conflicts" in text
        assert text.count("Elsewhere in this draft:") == 2

    def test_nothing_of_it_is_stored(self, kept: TestClient) -> None:
        before = kept.get("/v1/figures.jsonl").text
        self.check(kept, text=self.DRAFT)
        assert kept.get("/v1/figures.jsonl").text == before

    def test_an_uploaded_text_is_read_and_shown_for_mending(self, kept: TestClient) -> None:
        text = self.check(kept, files={"file": ("draft.txt", self.DRAFT.encode(), "text/plain")})
        assert "1 misattributed" in text
        assert "had been killed in Ukraine since 24 February.</textarea>" in text

    def test_a_word_document_is_read(self, kept: TestClient) -> None:
        docx = pytest.importorskip("docx", reason="the formats extra is not installed")
        document, body = docx.Document(), io.BytesIO()
        document.add_paragraph(self.DRAFT)
        document.save(body)
        assert "1 misattributed" in self.check(kept, files={"file": ("draft.docx", body.getvalue())})

    def test_an_html_page_is_read(self, kept: TestClient) -> None:
        pytest.importorskip("trafilatura", reason="the formats extra is not installed")
        body = f"<!doctype html><html><body><article><h1>Draft</h1><p>{self.DRAFT}</p></article></body></html>"
        assert "misattributed" in self.check(kept, files={"file": ("draft.html", body.encode())})

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"text": "  "}, "Nothing to check"),
            ({"text": "12 died.", "published_at": "soon"}, "no date"),
            ({"text": "x" * 200_001}, "at most 200,000"),
            ({"files": {"file": ("draft.txt", b"\xff\xfe\x00broken\x80", "text/plain")}}, "draft.txt"),
            ({"files": {"file": ("draft.docx", b"PK\x03\x04nothing")}}, "draft.docx"),
        ],
    )
    def test_what_cannot_be_checked_says_why(self, kept: TestClient, form: dict[str, Any], said: str) -> None:
        error = re.search(r'class="error" role="alert">(.*?)</p>', self.check(kept, **form))
        assert error
        assert said in error[1]

    def test_a_draft_without_numbers_is_told(self, kept: TestClient) -> None:
        assert "No number to check" in self.check(kept, text="Nothing was said.")


class TestSigningIn:
    @pytest.fixture
    def private(self, tmp_path: Path) -> Iterator[TestClient]:
        app = create_app(Settings(store=str(tmp_path / "p.db"), private=True, requests_a_minute=0))
        with TestClient(app, base_url="http://desk.example", headers={"accept": "text/html"}) as one:
            app.state.desk.store.people.add("Ada", "correct horse battery", role="reviewer")
            app.state.desk.store.people.add("Rea", "correct horse battery", role="reader")
            yield one

    def enter(self, client: TestClient, name: str, password: str = "correct horse battery", **more: str) -> Any:
        text = page(client, "/login")
        form = {"name": name, "password": password, "csrf": token(text), **more}
        return client.post("/login", data=form, follow_redirects=False)

    def test_private_pages_ask_to_sign_in_and_come_back(self, private: TestClient) -> None:
        answer = private.get("/search?q=a", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fsearch%3Fq%3Da")
        answer = self.enter(private, "Ada", next="/search?q=a")
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=a")
        text = page(private, "/")
        assert "Sign out" in text
        private.post("/logout", data={"csrf": token(text)})
        assert private.get("/", follow_redirects=False).status_code == 303

    def test_a_wrong_password_is_told_without_more(self, private: TestClient) -> None:
        answer = self.enter(private, "Ada", "wrong password")
        assert answer.status_code == 401
        assert "the name or the password is wrong" in answer.text
        assert "wrong password" not in answer.text

    @pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:evil"])
    def test_signing_in_leads_nowhere_else(self, private: TestClient, target: str) -> None:
        assert self.enter(private, "Ada", next=target).headers["location"] == "/"
        assert "evil" not in page(private, f"/login?next={target}")

    def test_a_reader_sees_no_forms_and_may_not_send_them(self, private: TestClient) -> None:
        private.app.state.desk.ingest([Article(**one) for one in (MOSCOW, KYIV)])
        self.enter(private, "Rea")
        path = conflict_path(private)
        text = page(private, path)
        assert "Add review" not in text
        answer = private.post(f"{path}/review", data={"verdict": "confirmed", "csrf": token(text)})
        assert answer.status_code == 403
        self.enter(private, "Ada")
        text = page(private, path)
        assert "Your name" not in text
        form = {"verdict": "confirmed", "reviewer": "Somebody Else", "csrf": token(text)}
        private.post(f"{path}/review", data=form)
        assert "<strong>confirmed</strong> by Ada" in page(private, path)


class TestEverywhere:
    def test_hostile_articles_are_shown_not_run(self, client: TestClient) -> None:
        outcome = client.post("/v1/articles", json=[HOSTILE]).json()["articles"][0]
        assert outcome["status"] == "added"
        assert outcome["figures"] >= 1
        paths = ["/", "/search?q=people", "/search?q=Peru", "/metrics/deaths"]
        article = re.search(r'href="(/articles/[^"#]+)', page(client, "/search?q=people"))
        assert article
        for path in [*paths, article[1]]:
            text = page(client, path)
            assert not re.search(r"<script(?! src=\"/static/)", text), path
            assert not re.search(r"<(svg onload|img|b>)", text), path
            assert not re.search(r'(?:href|src|action)="\s*javascript:', text), path
            assert "49" not in re.findall(r"\$\{7\*7\} ?|\b49\b", text), path

    def test_every_view_is_also_data(self, kept: TestClient) -> None:
        for path in ("/", "/metrics/deaths", conflict_path(kept), "/articles/m", "/search?q=soldiers"):
            links = re.findall(r'<link rel="alternate" type="[^"]+" href="([^"]+)"', page(kept, path))
            assert links, path
            for link in links:
                answer = kept.get(link.replace("&amp;", "&"), headers={"accept": "*/*"})
                assert answer.status_code == 200, link

    def test_nothing_is_inline_and_nothing_comes_from_elsewhere(self, kept: TestClient) -> None:
        for path in ("/", "/metrics/deaths", conflict_path(kept), "/articles/m", "/check", "/login", "/search"):
            answer = kept.get(path)
            assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
            assert not re.search(r"<style|<script(?! src=)|\son\w+=\"|\sstyle=\"", answer.text), path
            assert not re.search(r'<(?:link|script|img)[^>]+(?:href|src)="(?:https?:)?//', answer.text), path

    def test_each_page_has_a_language_one_heading_and_labels(self, kept: TestClient) -> None:
        looked_at = ("/", "/metrics/deaths", conflict_path(kept), "/articles/m", "/check", "/login", "/search", "/none")
        for path in looked_at:
            text = kept.get(path).text
            assert '<html lang="en">' in text
            assert text.count("<h1") == 1, path
            ids = re.findall(r'\sid="([^"]+)"', text)
            assert len(ids) == len(set(ids)), path
            for field in re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', text):
                assert f'for="{field}"' in text, (path, field)

    def test_errors_are_pages_for_people_and_problems_for_programs(self, kept: TestClient) -> None:
        assert "Not found" in page(kept, "/nowhere", 404)
        assert kept.get("/nowhere", headers={"accept": "application/json"}).json()["status"] == 404

    def test_static_files_are_kept_for_good_under_their_hash(self, kept: TestClient) -> None:
        for link in re.findall(r'(?:href|src)="(/static/[^"]+)"', page(kept, "/")):
            answer = kept.get(link)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]
        assert kept.get("/static/figures.css").headers["cache-control"] == "no-cache"
        assert kept.get("/static/..%2Fapp.py").status_code == 404

    def test_no_page_compares_anything_anew(self, kept: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a page compared anew")

        paths = ("/", "/metrics/deaths", conflict_path(kept), "/articles/m", "/search?q=soldiers")
        # Whatever compares two figures begins with what is known for it.
        monkeypatch.setattr(Knowledge, "__init__", refuse)
        for path in paths:
            page(kept, path)

    @pytest.mark.parametrize(
        ("template", "names"),
        [
            ("overview.html", pages_views.OverviewPage), ("metric.html", pages_views.MetricPage),
            ("conflict.html", pages_views.ConflictPage), ("article.html", pages_views.ArticlePage),
            ("search.html", pages_views.SearchPage), ("check.html", DraftPage),
        ],
    )  # fmt: skip
    def test_a_template_uses_its_typed_page_and_nothing_else(self, template: str, names: Any) -> None:
        made = environment(jinja2.PackageLoader("service"))
        assert made.loader is not None
        source = made.loader.get_source(made, template)[0]
        free = jinja2.meta.find_undeclared_variables(made.parse(source))
        macros = {"parts", "pieces", "note", "judged", "group"}  # imported by the layout, or the template's own
        assert free <= {"page", "frame", "error", "given", *macros}
        used = set(re.findall(r"\bpage\.(\w+)", source))
        given = {one.name for one in fields(names)}
        asked_of_the_frame = {"latest", "data", "csv", "jsonl"}  # become the frame's links to data
        assert used <= given
        assert given - used <= asked_of_the_frame
        frame = made.loader.get_source(made, "layout.html")[0]
        assert set(re.findall(r"\bframe\.(\w+)", frame)) <= {one.name for one in fields(Frame)}


class TestPictures:
    def test_the_same_chart_is_drawn_once(self) -> None:
        drawn: list[dict[str, Any]] = []

        def draw(spec: dict[str, Any]) -> str:
            drawn.append(spec)
            return f"<svg>{len(drawn)}</svg>"

        pictures = Pictures(draw, most=2)
        assert pictures.draw({"a": 1}) == pictures.draw({"a": 1}) == "<svg>1</svg>"
        pictures.draw({"a": 2})
        pictures.draw({"a": 3})
        assert pictures.draw({"a": 1}) == "<svg>4</svg>"  # the oldest had to go
