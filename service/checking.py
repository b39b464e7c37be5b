"""The draft check: each number against the draft itself and against what the store holds. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from fastapi import APIRouter, Depends, HTTPException, Response

from figures.desk import Desk
from figures.extract import extract
from figures.model import Article
from figures.reconcile import Reconciliation, Verdict, check, reconcile, to_json
from figures.table import flat, tabulate
from service.answers import json_answer
from service.articles import article_of
from service.desks import TheDesk
from service.limits import limit_checks
from service.schemas import ArticleIn, DraftIn, DraftVerdicts
from service.visitors import allow

__all__ = ["CheckedDraft", "check_draft", "routes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDraft:
    """The verdicts on a draft's numbers, in its order, and what clashes inside it."""

    table: pd.DataFrame
    verdicts: list[Verdict]
    inside: Reconciliation


def check_draft(desk: Desk, draft: Article) -> CheckedDraft:
    """Check every number of a draft. The material is what the store holds that may speak of them."""
    table = tabulate(extract(draft, desk.lexicon))
    verdicts = check(table, _material(desk, table), desk.lexicon) if len(table) else []
    return CheckedDraft(table=table, verdicts=verdicts, inside=reconcile(table, desk.lexicon))


MOST_MATERIAL: Final = 20_000
"""Figures that a draft can be compared with while somebody waits; beyond, those of its metrics and its numbers."""


def _material(desk: Desk, table: pd.DataFrame) -> pd.DataFrame:
    """What speaks of the draft's metrics, of their parts and wholes; and its very numbers under other metrics."""
    if not desk.store.find.has_more_than(MOST_MATERIAL):
        return desk.store.table(reconciled=True)
    frame = flat(table)
    known = desk.lexicon.metrics
    metrics = {str(one) for one in frame["metric"]}
    for name, metric in known.metrics.items():
        related = {*metric.part_of, *metric.sum_of}
        if related & metrics:
            metrics.add(name)
        if name in metrics:
            metrics |= related
    values = {float(one) for one in frame["value"].dropna()}
    return desk.store.find.material(metrics=metrics, values=values)


def routes() -> APIRouter:
    """The path under ``/v1``."""
    router = APIRouter(prefix="/v1", tags=["check"], dependencies=[Depends(allow("read")), Depends(limit_checks)])
    router.add_api_route("/check", post_check, methods=["POST"], response_model=DraftVerdicts)
    return router


def post_check(desk: TheDesk, draft: DraftIn) -> Response:
    """Check each number of a draft against itself and against what the store holds. Nothing is stored."""
    made = article_of(ArticleIn(**draft.model_dump()))
    if isinstance(made, str):
        raise HTTPException(422, made)
    done = check_draft(desk, made)
    answer: dict[str, Any] = {
        "verdicts": [one.to_row() for one in done.verdicts],
        "conflicts": [to_json(one, done.inside.table) for one in done.inside.conflicts],
        "note": None if done.verdicts else "No number that is tracked was found in this draft",
    }
    return json_answer(answer)
