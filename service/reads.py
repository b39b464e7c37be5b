"""Paths that read figures: metrics, the latest of each, rows by filters, one row and why it was read so, exports."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import orjson
import pandas as pd
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from starlette.background import BackgroundTask

from figures.desk import Desk
from figures.model import normalised_instant
from figures.publish.evidence import drawn_rules, reasons_of
from figures.publish.files import csv_text, write_file
from figures.publish.linked import settled
from figures.reconcile import implausible_growth, to_json
from figures.reconcile.comparable import Knowledge
from figures.reconcile.latest import in_scope, latest_of
from figures.reconcile.latest import latest as latest_known
from service.answers import fresh, json_answer, plain_values
from service.desks import TheDesk
from service.schemas import Explanation, FigurePage, FigureRow, GrowthAnswer, LatestAnswer, MetricInfo
from service.visitors import allow

__all__ = ["routes"]

_PAGE: Final = 1000
_FILES: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "hxl.csv": "text/csv; charset=utf-8",
    "ucdp.csv": "text/csv; charset=utf-8",
    "annotations.json": "application/ld+json",
    "jsonld": "application/ld+json",
    "atom": "application/atom+xml",
}
FileFormat = Literal["csv", "jsonl", "parquet", "zip", "hxl.csv", "ucdp.csv", "annotations.json", "jsonld", "atom"]


def routes() -> APIRouter:
    """The paths under ``/v1``."""
    router = APIRouter(prefix="/v1", tags=["figures"], dependencies=[Depends(allow("read")), Depends(fresh)])
    router.add_api_route("/metrics", metrics, response_model=list[MetricInfo])
    router.add_api_route("/metrics/{metric}/latest", latest, response_model=LatestAnswer)
    router.add_api_route("/metrics/{metric}/growth", growth, response_model=GrowthAnswer)
    router.add_api_route("/figures", figures_page, response_model=FigurePage)
    router.add_api_route("/figures.csv", figures_csv, response_class=Response, responses=_content("text/csv"))
    router.add_api_route(
        "/figures.jsonl", figures_jsonl, response_class=Response, responses=_content("application/jsonl")
    )
    router.add_api_route("/figures/{figure_id}", one_figure, response_model=FigureRow)
    router.add_api_route("/figures/{figure_id}/explanation", explanation, response_model=Explanation)
    router.add_api_route(
        "/export", export, response_class=Response, responses=_content(*dict.fromkeys(_FILES.values()))
    )
    return router


def _content(*media_types: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {one.partition(";")[0]: {} for one in media_types}, "description": "The file"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which rows are asked for: exact values of columns, a span of days, words of the sentence or title."""

    columns: Mapping[str, str]
    since: str | None
    until: str | None
    search: str | None

    def options(self) -> dict[str, Any]:
        """The same as the store takes it."""
        return {"since": self.since, "until": self.until, "search": self.search, **self.columns}


def _chosen(
    metric: Annotated[str | None, Query(examples=["deaths"])] = None,
    source: Annotated[str | None, Query(examples=["UNHCR"])] = None,
    source_type: str | None = None,
    place: Annotated[str | None, Query(examples=["Ukraine"])] = None,
    iso3: Annotated[str | None, Query(examples=["UKR"])] = None,
    party: Annotated[str | None, Query(examples=["Russian"])] = None,
    population: Annotated[str | None, Query(examples=["troops"])] = None,
    event: Annotated[str | None, Query(examples=["invasion:Ukraine:2022-02-24"])] = None,
    aspect: str | None = None,
    modality: str | None = None,
    outlet: str | None = None,
    article_id: str | None = None,
    q: Annotated[str | None, Query(description="words of the sentence or title", max_length=200)] = None,
    since: Annotated[date | None, Query(description="as_of on or after this day")] = None,
    until: Annotated[date | None, Query(description="as_of on or before this day")] = None,
) -> Chosen:
    asked = {
        "metric": metric, "source": source, "source_type": source_type, "place": place, "iso3": iso3, "party": party,
        "population": population, "event": event, "aspect": aspect, "modality": modality, "outlet": outlet,
        "article_id": article_id,
    }  # fmt: skip
    return Chosen(
        columns={name: value for name, value in asked.items() if value is not None},
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        search=q or None,
    )


TheChosen = Annotated[Chosen, Depends(_chosen)]


def metrics(request: Request, desk: TheDesk) -> Response:
    """The metrics that the store holds, with how many figures of each, the most first."""
    known = desk.lexicon.metrics
    answer = []
    for name, count in desk.store.metric_counts().items():
        one = known.metric(name)
        answer.append({
            "metric": name, "title": one.title, "definition": one.definition, "unit": one.unit, "figures": count,
        })  # fmt: skip
    return json_answer(answer, request=request)


def latest(
    request: Request,
    desk: TheDesk,
    metric: str,
    place: str | None = None,
    party: str | None = None,
    population: str | None = None,
    event: str | None = None,
    source: str | None = None,
    known_by: Annotated[
        str | None, Query(description="a date: what had been published by then", examples=["2022-03-02"])
    ] = None,
    policy: Literal["latest", "conservative", "range"] = "latest",
) -> Response:
    """The latest figure of a metric, one answer a series; camps and no best where opposed parties disagree."""
    asked = {"place": place, "party": party, "population": population, "event": event, "source": source}
    scope = {name: value for name, value in asked.items() if value is not None}
    if known_by is not None:
        try:
            known_by = normalised_instant(known_by)
        except ValueError:
            raise HTTPException(400, f"known_by {known_by}: no date; write 2022-03-02") from None
    series = _latest_series(desk, metric, policy, known_by, scope)
    return json_answer({"metric": metric, "policy": policy, "known_by": known_by, "series": series}, request=request)


def growth(request: Request, desk: TheDesk, metric: str) -> Response:
    """Counts of a metric that grow faster than the age of their event allows.

    They stand in no list of conflicts: a body that begins to count in another way grows just so.
    """
    table = desk.store.table(reconciled=True, metric=metric)
    found = implausible_growth(table, desk.lexicon) if len(table) else ()
    note = None if found else "No count of this metric grows implausibly fast"
    return json_answer(
        {"metric": metric, "grown": [to_json(one, table) for one in found], "note": note}, request=request
    )


def _latest_series(
    desk: Desk,
    metric: str,
    policy: Literal["latest", "conservative", "range"],
    known_by: str | None,
    scope: dict[str, str],
) -> list[dict[str, Any]]:
    if known_by is not None:
        # What had been published by then may have made other stories of it.
        table = desk.store.table()
        return _plain_rows(latest_known(table, metric, policy=policy, known_by=known_by, lexicon=desk.lexicon, **scope))
    if policy == "latest" and "source" not in scope:
        rows = [plain_values(row) for row in desk.store.latest_rows(metric)]
        if not scope or not rows:
            return rows
        frame = pd.DataFrame(rows, columns=list(rows[0])).astype(object)
        frame["series"] = range(len(rows))
        return [rows[at] for at in in_scope(frame, Knowledge(desk.lexicon), **scope)["series"]]
    table = desk.store.table(reconciled=True, metric=metric)
    return _plain_rows(latest_of(table, metric, policy=policy, lexicon=desk.lexicon, **scope))


def figures_page(
    request: Request,
    desk: TheDesk,
    chosen: TheChosen,
    cursor: Annotated[str | None, Query(max_length=2000, description="next_cursor of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=_PAGE)] = 100,
) -> Response:
    """Rows of the table, a page at a time, by metric and id. Filters see values as they were read."""
    page = desk.store.figures(cursor=cursor, limit=limit, **chosen.options())
    return json_answer({"figures": page.rows, "next_cursor": page.cursor}, request=request)


def figures_csv(request: Request, desk: TheDesk, chosen: TheChosen) -> Response:
    """The same rows as a CSV file, streamed; cells that a spreadsheet would run are neutralised."""
    pages = _pages(desk, chosen)
    return StreamingResponse(_csv(pages), media_type=_FILES["csv"], headers=_file_headers(request, "figures.csv"))


def figures_jsonl(request: Request, desk: TheDesk, chosen: TheChosen) -> Response:
    """The same rows as JSON Lines, streamed."""
    lines = (
        b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows) for rows in _pages(desk, chosen)
    )
    return StreamingResponse(lines, media_type=_FILES["jsonl"], headers=_file_headers(request, "figures.jsonl"))


def one_figure(request: Request, desk: TheDesk, figure_id: str) -> Response:
    """One row, with the final event and origin."""
    return json_answer(_figure(desk, figure_id), request=request)


def explanation(request: Request, desk: TheDesk, figure_id: str) -> Response:
    """Why a figure was read as it was: which rule read which words, drawn on the sentence."""
    row = _figure(desk, figure_id)
    stored = desk.store.article(str(row["article_id"]))
    text = stored.article.field_text(row["field"]) if stored else None
    return json_answer(
        {
            "figure_id": row["figure_id"],
            "sentence": [{"text": one.text, "columns": list(one.columns)} for one in drawn_rules(row)],
            "reasons": [asdict(one) for one in reasons_of(row, text)],
            "corrections": [asdict(one) for one in desk.store.corrections(figure_id)],
        },
        request=request,
    )


def export(
    request: Request,
    desk: TheDesk,
    format: Annotated[FileFormat, Query(description="as figures export names them by their endings")] = "csv",
    metric: str | None = None,
) -> Response:
    """All figures, or those of a metric, as a file; the same store gives the same bytes."""
    chosen = {} if metric is None else {"metric": metric}
    table = desk.store.table(reconciled=True, **chosen)
    conflicts = [one.conflict for one in desk.store.conflicts(metric=metric)]
    folder = Path(tempfile.mkdtemp(prefix="figures-export-"))
    try:
        target = folder / f"figures.{format}"
        reviews = settled(desk.store.conflicts(metric=metric, status="resolved"))
        write_file(table, target, conflicts=conflicts, lexicon=desk.lexicon, reviews=reviews)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        target, media_type=_FILES[format], headers=_file_headers(request, target.name),
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )  # fmt: skip


def _figure(desk: Desk, figure_id: str) -> dict[str, Any]:
    row = desk.store.figure(figure_id)
    if row is None:
        raise HTTPException(404, f"no figure {figure_id}; list them at /v1/figures")
    return row


def _file_headers(request: Request, name: str) -> dict[str, str]:
    return {**request.state.reading, "Content-Disposition": f'attachment; filename="{name}"'}


def _pages(desk: Desk, chosen: Chosen) -> Iterator[list[dict[str, Any]]]:
    cursor = None
    while True:
        page = desk.store.figures(cursor=cursor, limit=_PAGE, **chosen.options())
        yield page.rows
        cursor = page.cursor
        if cursor is None:
            return


def _csv(pages: Iterator[list[dict[str, Any]]]) -> Iterator[str]:
    for number, rows in enumerate(pages):
        text = csv_text(rows)
        # Each page is written with its header; only the first keeps it.
        yield text if number == 0 else text.partition("\r\n")[2] if rows else ""


def _plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A DataFrame of answers as JSON values: dates as ISO days, NaN and infinities as null."""
    text = frame.reset_index(drop=list(frame.index.names) == [None]).to_json(
        orient="records", date_format="iso", date_unit="s"
    )
    rows: list[dict[str, Any]] = [plain_values(row) for row in orjson.loads(text)]
    for row in rows:
        if row.get("as_of"):
            row["as_of"] = row["as_of"][:10]  # a day, as in every other answer
    return rows
