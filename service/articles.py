"""Paths of articles: in, one or many, each with its own outcome; out to read; withdrawn."""

from __future__ import annotations

import logging
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Depends, HTTPException, Query, Request, Response
from pydantic import ValidationError

from figures.desk import Desk
from figures.extract import extract
from figures.model import Article, Figure
from figures.table import to_rows
from service.answers import fresh, json_answer
from service.comparing import Comparer
from service.desks import TheDesk
from service.problems import problem
from service.schemas import ArticleIn, ArticleOut, ArticleOutcome, Ingested, Withdrawn, sayable
from service.telemetry import Numbers
from service.visitors import TheVisitor, allow

__all__ = ["MOST_ARTICLES", "article_of", "routes"]

MOST_ARTICLES: Final = 1_000

EXAMPLES: Final = {
    "one": {"summary": "One article", "value": {
        "article_id": "example-1", "outlet": "Example Wire", "published_at": "2022-03-02",
        "title": "Two counts of the dead", "url": "https://news.example/1",
        "text": "The ministry said on Wednesday that 498 soldiers had been killed.",
    }},
    "many": {"summary": "Many articles", "value": [
        {"article_id": "example-1", "text": "The ministry said on Wednesday that 498 soldiers had been killed."},
        {"article_id": "example-2", "text": "More than a million people have fled, the agency said on Thursday."},
    ]},
}  # fmt: skip


def routes() -> APIRouter:
    """The paths under ``/v1``."""
    router = APIRouter(prefix="/v1", tags=["articles"])
    router.add_api_route(
        "/articles", add_articles, methods=["POST"], response_model=Ingested, dependencies=[Depends(allow("ingest"))]
    )
    router.add_api_route(
        "/articles/{article_id:path}", one_article, response_model=ArticleOut,
        dependencies=[Depends(allow("read")), Depends(fresh)],
    )  # fmt: skip
    router.add_api_route(
        "/articles/{article_id:path}", withdraw_article, methods=["DELETE"], response_model=Withdrawn,
        dependencies=[Depends(allow("ingest"))],
    )  # fmt: skip
    return router


def add_articles(
    request: Request,
    desk: TheDesk,
    articles: Annotated[ArticleIn | list[ArticleIn | Any], Body(openapi_examples=EXAMPLES)],
    wait: Annotated[
        bool, Query(description="false: answer once the articles are on disk, and compare them afterwards")
    ] = True,
) -> Response:
    """Read one article or many. Sending one again changes nothing; each has its own outcome."""
    batch = articles if isinstance(articles, list) else [articles]
    if len(batch) > MOST_ARTICLES:
        raise HTTPException(413, f"{len(batch):,} articles in one request; send at most {MOST_ARTICLES:,}")
    if not batch:
        raise HTTPException(422, "an empty list; send one article or a list of articles")
    read = [_read(one, desk) for one in batch]
    outcomes = desk.store.add_many(one for one in read if isinstance(one, tuple))
    listed = []
    for asked, one in zip(batch, read, strict=True):
        if isinstance(one, str):
            listed.append(ArticleOutcome(article_id=_id_of(asked), status="rejected", reason=one))
            continue
        done = next(outcomes)
        listed.append(
            ArticleOutcome(
                article_id=done.article_id, status=done.outcome, figures=done.figures, revision=done.revision
            )
        )
    numbers: Numbers = request.app.state.numbers
    for outcome in listed:
        numbers.articles.labels(outcome.status).inc()
    if all(isinstance(one, str) for one in read):
        detail = f"no article was taken; of the first: {listed[0].reason}"
        return problem(422, detail, title="Nothing to read", articles=[one.model_dump() for one in listed])
    comparer: Comparer = request.app.state.comparer
    compared = comparer.compare() if wait else comparer.later()
    answer = Ingested(articles=listed, compared=compared, conflicts=desk.store.conflict_count())
    return json_answer(answer.model_dump())


def one_article(request: Request, desk: TheDesk, article_id: str) -> Response:
    """An article as it was read, with its figures; a withdrawn one without."""
    found = desk.store.article(article_id)
    if found is None:
        raise HTTPException(404, f"no article {article_id}")
    article = found.article
    answer = {
        "article_id": article.article_id, "outlet": article.outlet, "published_at": article.published_at,
        "title": article.title, "url": article.url, "text": article.text, "revision": found.revision,
        "added_at": found.added_at, "changed_at": found.changed_at, "withdrawn_at": found.withdrawn_at,
        "withdrawn_why": found.withdrawn_why,
        "figures": to_rows(desk.store.table(reconciled=True, article_id=article_id)),
    }  # fmt: skip
    return json_answer(answer, request=request)


def withdraw_article(
    desk: TheDesk,
    visitor: TheVisitor,
    article_id: str,
    reason: Annotated[str | None, Query(max_length=2000, description="why, for whoever asks later")] = None,
) -> Response:
    """Withdraw an article: its figures leave every answer. The article stays readable."""
    if desk.store.article(article_id) is None:
        raise HTTPException(404, f"no article {article_id}")
    desk.withdraw(article_id, by=visitor.name or visitor.kind, reason=reason)
    return json_answer({"article_id": article_id, "status": "withdrawn"})


def article_of(asked: Any) -> Article | str:
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


def _read(asked: Any, desk: Desk) -> tuple[Article, list[Figure]] | str:
    article = article_of(asked)
    if isinstance(article, str):
        return article
    try:
        return article, extract(article, desk.lexicon)
    except Exception:
        # One article that our reading trips over must not cost the batch; the log tells where it did.
        more = {"article_id": article.article_id}
        logging.getLogger("figures.articles").exception("not read", extra={"more": more})
        return "this article could not be read; that is a fault of ours, and the server's log tells more"


def _id_of(asked: Any) -> str | None:
    """The id that a rejected item gave itself, where it did and an answer can carry it."""
    found = asked.get("article_id") if isinstance(asked, dict) else getattr(asked, "article_id", None)
    if not isinstance(found, str):
        return None
    try:
        return sayable(found)
    except ValueError:
        return None
