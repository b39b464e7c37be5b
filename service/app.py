"""The HTTP service: the desk behind a few paths, as JSON. ``create_app`` is the factory that uvicorn serves.

Reads are open. Writes are taken only while the server is bound to loopback: who can reach it there owns the machine.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import Body, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from pydantic import ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import figures
from figures.desk import Desk
from figures.extract import extract
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, normalised_instant
from figures.publish.files import csv_text
from figures.reconcile import Reconciliation, check, compare, reconcile, to_json
from figures.reconcile import latest as latest_of
from figures.store import StoreError, open_store
from figures.table import flat, tabulate, to_rows
from service import problems
from service.schemas import (
    ArticleIn,
    ArticleOutcome,
    ConflictList,
    DraftIn,
    DraftVerdicts,
    FigurePage,
    Health,
    Ingested,
    LatestAnswer,
    MetricInfo,
    Problem,
)

MOST_BYTES: Final = 5_000_000  # of one request: some thousand articles; larger batches come in several
MOST_ARTICLES: Final = 1_000
NOTHING: Final = "No contradiction found in these articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the server runs on. ``writable`` is set where it is bound to loopback."""

    store: str = "figures.db"
    writable: bool = False

    @classmethod
    def from_environment(cls) -> Settings:
        """``FIGURES_STORE`` and ``FIGURES_WRITABLE``, as ``figures serve`` sets them."""
        return cls(
            store=os.environ.get("FIGURES_STORE", "figures.db"),
            writable=os.environ.get("FIGURES_WRITABLE", "") == "1",
        )


def create_app(settings: Settings | None = None, lexicon: Lexicon | None = None) -> FastAPI:
    """Make the application on a store, which is opened when the server starts and closed when it stops."""
    given = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_store(given.store) as store:
            app.state.desk = Desk(store, lexicon or default_lexicon())
            if not store.is_compared():
                app.state.desk.refresh()  # an ingestion was cut off before it compared
            yield

    app = FastAPI(
        title="Figures",
        version=figures.__version__,
        summary="Numbers in the news, who said them, and which of them cannot all be true.",
        lifespan=lifespan,
        default_response_class=Response,
        responses={"default": {"model": Problem, "description": "A problem, as RFC 9457 has it"}},
    )
    app.state.settings = given
    app.add_middleware(LimitBody, most=MOST_BYTES)
    problems.install(app)
    _add_state(app)
    _add_reads(app)
    _add_writes(app)
    return app


class LimitBody:
    """Refuse a request body above a size, whether or not its length was declared."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what arrives, and stop at the limit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise HTTPException(413, f"the request is larger than {self.most:,} bytes; send it in parts")
            return message

        await self.app(scope, counted, send)


def get_desk(request: Request) -> Desk:
    """The desk of this application."""
    desk: Desk = request.app.state.desk
    return desk


_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def may_write(request: Request) -> None:
    """Refuse a write where the server is reachable from elsewhere, or was reached under another name.

    A page on the web can make a browser resolve that page's own name to loopback; the name it asks for gives it away.
    """
    if request.url.hostname not in _LOOPBACK:
        raise HTTPException(403, f"writes are taken on {', '.join(sorted(_LOOPBACK))} alone, not under another name")
    if not request.app.state.settings.writable:
        raise HTTPException(
            403, "this server takes no writes: it is not bound to loopback; use figures ingest on its host"
        )


TheDesk = Annotated[Desk, Depends(get_desk)]


def _json(value: object, status: int = 200) -> Response:
    return Response(
        orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS), status_code=status, media_type="application/json"
    )


def _add_state(app: FastAPI) -> None:
    @app.get("/", include_in_schema=False)
    def _root() -> Response:
        return RedirectResponse("/docs")

    @app.get("/health", response_model=Health, tags=["state"])
    def health() -> Response:
        """Whether the process answers."""
        return _json({"status": "ok", "version": figures.__version__})

    @app.get("/ready", response_model=Health, tags=["state"])
    def ready(desk: TheDesk) -> Response:
        """Whether the store answers."""
        desk.store.counts()
        return _json({"status": "ok", "version": figures.__version__})


def _add_reads(app: FastAPI) -> None:
    @app.get("/v1/metrics", response_model=list[MetricInfo], tags=["figures"])
    def metrics(desk: TheDesk) -> Response:
        """The metrics that the store holds, with how many figures of each."""
        counts = flat(desk.store.table())["metric"].value_counts()
        known = desk.lexicon.metrics
        return _json([
            {
                "metric": name, "title": known.metric(name).title, "definition": known.metric(name).definition,
                "unit": known.metric(name).unit, "figures": int(count),
            }
            for name, count in sorted(((str(one), n) for one, n in counts.items()), key=lambda one: (-one[1], one[0]))
        ])  # fmt: skip

    @app.get("/v1/metrics/{metric}/latest", response_model=LatestAnswer, tags=["figures"])
    def latest(
        desk: TheDesk,
        metric: str,
        place: str | None = None,
        party: str | None = None,
        population: str | None = None,
        event: str | None = None,
        known_by: Annotated[str | None, Query(description="a date: what had been published by then")] = None,
        policy: Literal["latest", "conservative", "range"] = "latest",
    ) -> Response:
        """The latest figure of a metric, one answer a series; camps where opposed parties disagree."""
        scope = {"place": place, "party": party, "population": population, "event": event}
        asked = {name: value for name, value in scope.items() if value is not None}
        try:
            normalised_instant(known_by)
        except ValueError:
            raise HTTPException(400, f"known_by {known_by}: no date; write 2022-03-02") from None
        try:
            answer = latest_of(
                desk.store.table(reconciled=True),
                metric,
                policy=policy,
                known_by=known_by,
                lexicon=desk.lexicon,
                **asked,
            )
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        return _json({"metric": metric, "policy": policy, "series": _plain_rows(answer)})

    @app.get("/v1/figures", response_model=FigurePage, tags=["figures"])
    def figures_page(
        desk: TheDesk,
        metric: str | None = None,
        source: str | None = None,
        place: str | None = None,
        party: str | None = None,
        population: str | None = None,
        article_id: str | None = None,
        q: Annotated[str | None, Query(description="words of the sentence or title")] = None,
        since: Annotated[str | None, Query(description="as_of on or after this date")] = None,
        until: Annotated[str | None, Query(description="as_of on or before this date")] = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> Response:
        """Rows of the table, a page at a time."""
        filters = _filters(metric, source, place, party, population, article_id)
        page = _page(desk, cursor=cursor, limit=limit, since=since, until=until, search=q, **filters)
        return _json({"figures": page.rows, "next_cursor": page.cursor})

    @app.get(
        "/v1/figures.{ending}",
        tags=["figures"],
        responses={200: {"content": {"text/csv": {}, "application/jsonl": {}}}},
    )
    def figures_file(
        desk: TheDesk,
        ending: Literal["csv", "jsonl"],
        metric: str | None = None,
        source: str | None = None,
        place: str | None = None,
        party: str | None = None,
        population: str | None = None,
        article_id: str | None = None,
    ) -> Response:
        """The same rows as a file, streamed."""
        pages = _pages(desk, _filters(metric, source, place, party, population, article_id))
        if ending == "jsonl":
            lines = (orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for rows in pages for row in rows)
            return StreamingResponse(lines, media_type="application/jsonl")
        return StreamingResponse(_csv(pages), media_type="text/csv; charset=utf-8")

    @app.get("/v1/figures/{figure_id}", tags=["figures"])
    def one_figure(desk: TheDesk, figure_id: str) -> Response:
        """One row, with the final event and origin."""
        row = desk.store.figure(figure_id)
        if row is None:
            raise HTTPException(404, f"no figure {figure_id}; list them at /v1/figures")
        return _json(row)

    @app.get("/v1/conflicts", response_model=ConflictList, tags=["conflicts"])
    def conflicts(
        desk: TheDesk, metric: str | None = None, min_level: Literal["low", "medium", "high"] = "low"
    ) -> Response:
        """Figures that cannot all be true, the clearest first, with full rows inside the camps."""
        found = desk.store.conflicts(min_level=min_level, metric=metric)
        ids = {key for one in found for camp in (*one.conflict.camps, one.conflict.compatible) for key in camp}
        table = desk.store.table(reconciled=True, figure_ids=sorted(ids))
        return _json({
            "conflicts": [{**to_json(one.conflict, table), "detected_at": one.detected_at} for one in found],
            "uncompared": len(desk.store.uncompared()),
            "note": None if found else NOTHING,
        })  # fmt: skip

    @app.get("/v1/conflicts/{conflict_id}", tags=["conflicts"])
    def one_conflict(desk: TheDesk, conflict_id: str) -> Response:
        """One conflict, dismissed or gone though it be."""
        found = desk.store.conflict(conflict_id)
        if found is None:
            raise HTTPException(404, f"no conflict {conflict_id}; list them at /v1/conflicts")
        ids = [key for camp in (*found.conflict.camps, found.conflict.compatible) for key in camp]
        table = desk.store.table(reconciled=True, figure_ids=ids)
        return _json({**to_json(found.conflict, table), "detected_at": found.detected_at, "gone_at": found.gone_at})

    @app.get("/v1/compare", tags=["conflicts"])
    def compare_two(desk: TheDesk, a: str, b: str) -> Response:
        """Whether two figures are about the same thing, and whether they agree, in words."""
        one, other = desk.store.figure(a), desk.store.figure(b)
        for key, row in ((a, one), (b, other)):
            if row is None:
                raise HTTPException(404, f"no figure {key}; list them at /v1/figures")
        assert one is not None
        assert other is not None
        relation = compare(one, other, desk.lexicon)
        names = ("verdict", "outcome", "kind", "gap", "reasons", "missing", "explanation")
        return _json({name: getattr(relation, name) for name in names} | {"a": one, "b": other})

    @app.get("/v1/articles/{article_id}", tags=["articles"])
    def one_article(desk: TheDesk, article_id: str) -> Response:
        """An article as it was read, with its figures."""
        found = desk.store.article(article_id)
        if found is None:
            raise HTTPException(404, f"no article {article_id}")
        article = found.article
        return _json({
            "article_id": article.article_id, "outlet": article.outlet, "published_at": article.published_at,
            "title": article.title, "url": article.url, "text": article.text, "revision": found.revision,
            "withdrawn_at": found.withdrawn_at,
            "figures": to_rows(desk.store.table(reconciled=True, article_id=article_id)),
        })  # fmt: skip


def _add_writes(app: FastAPI) -> None:
    @app.post("/v1/articles", response_model=Ingested, tags=["articles"], dependencies=[Depends(may_write)])
    def add_articles(desk: TheDesk, articles: Annotated[ArticleIn | list[ArticleIn | Any], Body()]) -> Response:
        """Read one article or many. Sending one again changes nothing; each has its own outcome."""
        batch = articles if isinstance(articles, list) else [articles]
        if len(batch) > MOST_ARTICLES:
            raise HTTPException(413, f"{len(batch):,} articles in one request; send at most {MOST_ARTICLES:,}")
        if not batch:
            raise HTTPException(422, "an empty list; send one article or a list of articles")
        made = [_article(one) for one in batch]
        summary = desk.ingest(one for one in made if isinstance(one, Article))
        outcomes = iter(summary.outcomes)
        listed = []
        for asked, one in zip(batch, made, strict=True):
            if isinstance(one, str):
                listed.append(ArticleOutcome(article_id=_id_of(asked), status="rejected", reason=one))
                continue
            done = next(outcomes)
            listed.append(ArticleOutcome(article_id=done.article_id, status=done.outcome, figures=done.figures))
        answer = Ingested(articles=listed, conflicts=len(desk.store.conflicts()))
        return _json(answer.model_dump(), 200 if any(isinstance(one, Article) for one in made) else 422)

    @app.delete("/v1/articles/{article_id}", tags=["articles"], dependencies=[Depends(may_write)])
    def withdraw_article(desk: TheDesk, article_id: str, reason: str | None = None) -> Response:
        """Withdraw an article: its figures leave every answer. The article stays readable."""
        if desk.store.article(article_id) is None:
            raise HTTPException(404, f"no article {article_id}")
        desk.withdraw(article_id, by="http", reason=reason)
        return _json({"article_id": article_id, "status": "withdrawn"})

    @app.post("/v1/check", response_model=DraftVerdicts, tags=["check"])
    def check_draft(desk: TheDesk, draft: DraftIn) -> Response:
        """Check each number of a draft against itself and against what the store holds. Nothing is stored."""
        made = _article(ArticleIn(**draft.model_dump()))
        if isinstance(made, str):
            raise HTTPException(422, made)
        rows = tabulate(extract(made, desk.lexicon))
        inside: Reconciliation = reconcile(rows, desk.lexicon)
        verdicts = check(rows, desk.store.table(reconciled=True), desk.lexicon)
        return _json({
            "verdicts": [one.to_row() for one in verdicts],
            "conflicts": [to_json(one, inside.table) for one in inside.conflicts],
        })  # fmt: skip


def _id_of(asked: Any) -> str | None:
    """The id that a rejected item gave itself, where it did."""
    found = asked.get("article_id") if isinstance(asked, dict) else getattr(asked, "article_id", None)
    return found if isinstance(found, str) else None


def _article(asked: Any) -> Article | str:
    """The article, or why it cannot be read: a malformed item of a batch is its own outcome, the others go on."""
    try:
        given = asked if isinstance(asked, ArticleIn) else ArticleIn.model_validate(asked)
    except ValidationError as error:
        first = error.errors()[0]
        return ": ".join([*(str(part) for part in first["loc"]), first["msg"]])
    try:
        return Article(
            article_id=given.article_id or "", text=given.text, outlet=given.outlet, published_at=given.published_at,
            title=given.title, url=given.url,
        )  # fmt: skip
    except ValueError as error:
        return f"published_at {given.published_at!r}: {error}; give an ISO 8601 date, such as 2022-03-02"


def _filters(
    metric: str | None, source: str | None, place: str | None, party: str | None, population: str | None,
    article_id: str | None,
) -> dict[str, str]:  # fmt: skip
    asked = {
        "metric": metric, "source": source, "place": place, "party": party, "population": population,
        "article_id": article_id,
    }  # fmt: skip
    return {name: value for name, value in asked.items() if value is not None}


def _page(desk: Desk, **options: Any) -> Any:
    try:
        return desk.store.figures(**options)
    except StoreError as error:
        raise HTTPException(400, str(error)) from None


def _pages(desk: Desk, filters: dict[str, str]) -> Iterator[list[dict[str, Any]]]:
    cursor = None
    while True:
        page = desk.store.figures(cursor=cursor, limit=1000, **filters)
        yield page.rows
        cursor = page.cursor
        if cursor is None:
            return


def _csv(pages: Iterator[list[dict[str, Any]]]) -> Iterator[str]:
    for number, rows in enumerate(pages):
        text = csv_text(rows)
        # Each page is written with its header; only the first keeps it.
        yield text if number == 0 else text.partition("\r\n")[2] if rows else ""


def _plain_rows(frame: Any) -> list[dict[str, Any]]:
    """A DataFrame of answers as JSON values: dates as ISO days, NaN and infinities as null."""
    text = frame.reset_index(drop=list(frame.index.names) == [None]).to_json(
        orient="records", date_format="iso", date_unit="s"
    )
    rows: list[dict[str, Any]] = orjson.loads(text)
    for row in rows:
        if row.get("as_of"):
            row["as_of"] = row["as_of"][:10]  # a day, as in every other answer
    return rows
