"""A real browser on real pages: the five journeys, hostile articles, no console error, nothing inaccessible.

Needs Debian's chromium and Playwright from the package index; skipped, with the reason, where either is missing.
"""

from __future__ import annotations

import gc
import io
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="the service extra is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import figures  # noqa: E402
from figures.desk import Desk  # noqa: E402
from figures.store import open_store  # noqa: E402
from service.app import Settings, create_app  # noqa: E402

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}; apt-get install chromium"),
    # The server's thread and the browser's pipes end a moment after the test that used them.
    pytest.mark.filterwarnings("default::ResourceWarning", "default::pytest.PytestUnraisableExceptionWarning"),
]
SEEDS: Final = Path(__file__).resolve().parent.parent / "seeds"
DRAFT: Final = (
    "Ukraine's General Staff said 498 Russian soldiers had been killed in Ukraine since 24 February.\n\n"
    "More than 1 million people have fled Ukraine, according to UNHCR."
)
HOSTILE: Final = figures.Article(
    article_id="hostile",
    outlet=f'<img src=x onerror="window.owned=1">{"Unbroken" * 15}',
    published_at="2022-03-05",
    title="</h1><script>window.owned=1</script> 31 people killed in Lima",
    url="javascript:window.owned=1",
    text='The <svg onload="window.owned=1"> said.</p><script>window.owned=1</script>\n\n'
    "The Health Ministry of Peru said on Saturday that 31 people had been killed in a flood in Lima.",
)


@contextmanager
def served(store: Path, **settings: Any) -> Iterator[str]:
    """The application on a free port of loopback, in a thread of this process."""
    app = create_app(Settings(store=str(store), writable=True, requests_a_minute=0, checks_a_minute=0, **settings))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + 60
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
        assert server.started
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(30)
            gc.collect()  # what the server's loop left is collected here, not in the middle of another test


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the seeds and one hostile article, compared."""
    path = tmp_path_factory.mktemp("browser") / "seeds.db"
    with open_store(path) as store:
        Desk(store).ingest([*figures.read(SEEDS), HOSTILE])
    return path


@pytest.fixture(scope="module")
def address(filled: Path) -> Iterator[str]:
    """One server for every test of this file; those that write touch figures of their own."""
    with served(filled) as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        one = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield one
        one.close()
    gc.collect()


class Visit:
    """A page that keeps what the browser complained about."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(base_url=address, **({"viewport": {"width": 1200, "height": 900}} | options))
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))
        self.page.on("request", self._look)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _look(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.complaints.append(f"asked for {request.url}")

    def fits(self) -> bool:
        """Whether nothing is wider than the window."""
        answer: bool = self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        return answer

    def ran(self) -> bool:
        """Whether anything that an article or a draft wrote was run."""
        answer: bool = self.page.evaluate("window.owned !== undefined")
        return answer

    def conflict(self, words: str) -> None:
        self.page.goto("/")
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_url("**/conflicts/*")


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    one = Visit(browser, address)
    yield one
    one.context.close()
    assert one.complaints == []


class TestJourneys:
    def test_morning_overview_to_a_reviewed_conflict(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/")
        assert page.locator("h1").inner_text().startswith("20 articles")
        page.get_by_role("link", name="Russian troops killed, Ukraine").first.click()
        page.locator(".camp .number").first.wait_for()
        numbers = [one.inner_text() for one in page.locator(".camp .number").all()]
        assert numbers == ["498", "≈5,840"]
        page.get_by_label("Confirmed").check()
        assert not page.get_by_label("Why dismissed").is_visible()
        page.get_by_role("textbox", name="Note").fill("Both say so, each of its own count")
        page.get_by_label("Your name").fill("Ada Example")
        page.get_by_role("button", name="Add review").click()
        page.wait_for_url("**#history")
        assert "confirmed by Ada Example" in page.locator(".history").inner_text()
        page.goto("/")
        assert "confirmed" in page.locator(".look", has_text="Russian troops killed").inner_text()

    def test_a_draft_checked_and_mended(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/")
        page.get_by_role("link", name="Check a draft").click()
        page.get_by_label("Text", exact=True).fill(DRAFT)
        page.get_by_label("Day of publication").fill("2022-03-03")
        page.get_by_label("Text", exact=True).press("Control+Enter")
        page.wait_for_selector(".summary")
        assert "1 misattributed" in page.locator(".summary").inner_text()
        note = page.locator(".note-card.misattributed")
        assert "Differs in who says so" in note.inner_text()
        page.locator("a.mark.misattributed").click()
        assert "pinned" in (note.get_attribute("class") or "")
        source = "Russia's Defence Ministry said"
        page.get_by_label("Text", exact=True).fill(DRAFT.replace("Ukraine's General Staff said", source))
        page.get_by_role("button", name="Check every number").click()
        page.wait_for_selector(f"text={source}")
        assert page.locator(".note-card.misattributed").count() == 0
        assert "2 supported" in page.locator(".summary").inner_text()

    def test_a_draft_in_a_word_document(self, visit: Visit) -> None:
        docx = pytest.importorskip("docx", reason="the formats extra is not installed")
        document, body = docx.Document(), io.BytesIO()
        for paragraph in DRAFT.split("\n\n"):
            document.add_paragraph(paragraph)
        document.save(body)
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        page = visit.page
        page.goto("/check")
        page.get_by_label("Or a file").set_input_files({"name": "d.docx", "mimeType": kind, "buffer": body.getvalue()})
        page.get_by_label("Day of publication").fill("2022-03-03")
        page.get_by_role("button", name="Check every number").click()
        page.wait_for_selector(".summary")
        assert "1 misattributed" in page.locator(".summary").inner_text()

    def test_a_metrics_chart_to_its_evidence_to_the_article(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/search")
        page.get_by_role("link", name="refugees", exact=True).click()
        mark = page.locator(".chart.wide a[role=link]", has_text="1,045,459").first
        mark.click()
        row = page.locator(".figures li:target")
        assert "1,045,459" in row.inner_text()
        row.locator(".said footer a").first.click()
        page.wait_for_url("**/articles/**")
        assert page.locator("a.mark:target").inner_text() == "1,045,459"

    def test_a_misread_figure_corrected(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/search?q=Lima")
        page.locator(".figures .said footer a").first.click()
        page.wait_for_url("**/articles/hostile*")
        page.locator(".copy a.mark").last.click()
        note = page.locator(".note-card.pinned")
        assert note.locator(".ruled").is_visible()
        note.get_by_text("Misread?").click()
        note.get_by_label("What was misread").select_option("value")
        note.get_by_label("Right value").fill("13")
        note.get_by_label("Your name").fill("Ada Example")
        note.get_by_role("button", name="Put right").click()
        page.wait_for_selector("text=corrected to 13")
        assert "by Ada Example" in page.locator(".fix").first.inner_text()

    def test_search_to_export(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/")
        page.get_by_label("Search metrics").fill("Poland")
        page.get_by_label("Search metrics").press("Enter")
        page.wait_for_url("**/search?q=Poland")
        page.get_by_role("link", name="JSON Lines").first.wait_for()
        link = page.get_by_role("link", name="JSON Lines").first.get_attribute("href")
        answer = visit.context.request.get(link)
        rows = [json.loads(line) for line in answer.text().splitlines()]
        assert rows
        assert all("poland" in (row["sentence"] + row["title"]).lower() for row in rows)
        page.locator(".links a", has_text="Poland").first.click()
        assert "Place: Poland" in page.locator("h1").inner_text()


class TestHostileArticles:
    def test_nothing_of_an_article_runs(self, visit: Visit) -> None:
        for path in ("/", "/search?q=Lima", "/articles/hostile", "/metrics/deaths"):
            visit.page.goto(path)
            visit.page.wait_for_load_state("networkidle")
            assert not visit.ran()
            assert visit.page.locator('a[href^="javascript:" i], form[action^="javascript:" i]').count() == 0
        visit.page.goto("/articles/hostile")
        assert "<svg onload" in visit.page.locator(".reading").inner_text()

    def test_nor_of_a_draft(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/check")
        page.get_by_label("Headline").fill(HOSTILE.title)
        page.get_by_label("Text", exact=True).fill(f"</textarea>{HOSTILE.text}")
        page.get_by_role("button", name="Check every number").click()
        page.wait_for_selector(".summary")
        assert not visit.ran()
        assert page.get_by_label("Text", exact=True).input_value().startswith("</textarea>")

    def test_nor_of_an_address(self, visit: Visit) -> None:
        visit.page.goto("/search?q=%22%3E%3Cscript%3Ewindow.owned%3D1%3C/script%3E")
        assert not visit.ran()
        assert visit.page.locator("script:not([src])").count() == 0


WIDEST: Final = """[...document.querySelectorAll("main *")].filter((one) => !one.closest(".scroll, svg")
  && one.getBoundingClientRect().right > window.innerWidth + 1).map((one) => one.outerHTML.slice(0, 160)).slice(-1)"""
PATHS: Final = {
    "overview": "/", "metric": "/metrics/deaths", "series": "/metrics/refugees?place=Poland", "search": "/search",
    "found": "/search?q=Poland", "article": "/articles/voa-2022-03-03", "draft": "/check", "sign in": "/login",
}  # fmt: skip


class TestEveryPage:
    @pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (390, "dark")])
    def test_no_serious_accessibility_finding_and_nothing_too_wide(
        self, browser: Any, address: str, width: int, scheme: str
    ) -> None:
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
        visit = Visit(browser, address, color_scheme=scheme, viewport={"width": width, "height": 844})
        found = []

        def look(name: str) -> None:
            visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert visit.fits(), f"{name} is wider than {width}: {visit.page.evaluate(WIDEST)}"
            found.extend(
                f"{name}: {one['id']}: {one['nodes'][0]['html'][:120]}"
                for one in axe.run(visit.page).response["violations"]
                if one["impact"] in ("serious", "critical")
            )

        for name, path in PATHS.items():
            visit.page.goto(path)
            look(name)
        visit.conflict("Russian troops killed, Ukraine")
        look("conflict")
        visit.page.goto("/check")
        visit.page.get_by_label("Text", exact=True).fill(DRAFT)
        visit.page.get_by_role("button", name="Check every number").click()
        visit.page.wait_for_selector(".summary")
        look("checked draft")
        assert visit.complaints == []
        visit.page.goto("/nowhere")  # the browser itself logs that it was not found
        look("not found")
        visit.context.close()
        assert found == []

    def test_everything_is_readable_without_script(self, browser: Any, address: str) -> None:
        visit = Visit(browser, address, java_script_enabled=False)
        page = visit.page
        visit.conflict("Russian troops killed, Ukraine")
        assert page.get_by_label("Why dismissed").is_visible()
        assert page.locator(".chart.wide svg").is_visible()
        page.goto("/articles/voa-2022-03-03")
        page.locator("a.mark").first.click()
        note = page.locator(".note-card:target")
        note.get_by_text("Why this number?").click()
        assert note.locator(".ruled").is_visible()
        page.goto("/check")
        page.get_by_label("Text", exact=True).fill(DRAFT)
        page.get_by_role("button", name="Check every number").click()
        assert page.locator(".verdict").count() == 2
        visit.context.close()

    def test_the_keyboard_reaches_everything(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        page.wait_for_function("location.hash === '#main'")
        page.goto("/articles/voa-2022-03-03")
        page.locator("a.mark").first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('.note-card') !== null")
        page.keyboard.press("Escape")
        assert page.locator(".pinned").count() == 0

    def test_notes_stand_beside_their_lines_and_never_over_one_another(self, visit: Visit) -> None:
        page = visit.page
        page.goto("/articles/voa-2022-03-03")
        page.locator("details.why-read").first.evaluate("(one) => { one.open = true; }")
        page.wait_for_timeout(200)
        boxes = [one.bounding_box() for one in page.locator(".notes").all()]
        for upper, lower in pairwise(boxes):
            assert upper["y"] + upper["height"] <= lower["y"]
        assert all(box["x"] > 600 for box in boxes)

    def test_print_keeps_camps_and_charts_and_leaves_out_the_forms(self, visit: Visit) -> None:
        visit.conflict("Russian troops killed, Ukraine")
        visit.page.emulate_media(media="print")
        assert visit.page.locator(".camp .number").count() == 2
        assert visit.page.locator(".chart.wide svg").is_visible()
        assert not visit.page.get_by_role("button", name="Add review").is_visible()
        assert visit.page.pdf(format="A4")[:5] == b"%PDF-"
