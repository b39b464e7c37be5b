"""Paths of conflicts: the list, one, a comparison of two figures, a verdict, a misread value put right."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from figures.reconcile import compare
from service.answers import fresh, json_answer
from service.desks import TheDesk
from service.documents import conflict_documents, review_document
from service.schemas import (
    Comparison,
    ConflictList,
    ConflictOut,
    CorrectionIn,
    CorrectionOut,
    ReviewIn,
    ReviewOut,
)
from service.visitors import TheVisitor, Visitor, allow

__all__ = ["NOTHING", "reads", "writes"]

NOTHING = "No contradiction found in these articles"


def reads() -> APIRouter:
    """The paths under ``/v1`` that read."""
    router = APIRouter(prefix="/v1", tags=["conflicts"], dependencies=[Depends(allow("read")), Depends(fresh)])
    router.add_api_route("/conflicts", conflicts, response_model=ConflictList)
    router.add_api_route("/conflicts/{conflict_id}", one_conflict, response_model=ConflictOut)
    router.add_api_route("/compare", compare_two, response_model=Comparison)
    return router


def writes() -> APIRouter:
    """The paths under ``/v1`` that judge."""
    router = APIRouter(prefix="/v1", dependencies=[Depends(allow("review"))])
    router.add_api_route(
        "/conflicts/{conflict_id}/review", review, methods=["POST"], response_model=ReviewOut, status_code=201,
        tags=["conflicts"],
    )  # fmt: skip
    router.add_api_route(
        "/figures/{figure_id}/review", correct, methods=["POST"], response_model=CorrectionOut, status_code=201,
        tags=["figures"],
    )  # fmt: skip
    return router


def conflicts(
    request: Request,
    desk: TheDesk,
    metric: Annotated[str | None, Query(examples=["deaths"])] = None,
    min_level: Annotated[Literal["low", "medium", "high"], Query(description="the least level to list")] = "low",
    status: Annotated[Literal["open", "reopened", "confirmed", "dismissed", "resolved"] | None, Query()] = None,
    dismissed: Annotated[bool, Query(description="list what reviewers have dismissed, too")] = False,
    cursor: Annotated[str | None, Query(max_length=2000, description="next_cursor of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Figures that cannot all be true, the clearest first, with full rows inside the camps."""
    found, following = desk.store.conflict_page(
        cursor=cursor, limit=limit, min_level=min_level, metric=metric, status=status, dismissed=dismissed
    )
    answer = {
        "conflicts": conflict_documents(desk, found),
        "next_cursor": following,
        "uncompared": desk.store.uncompared_count(),
        "note": None if found or cursor else NOTHING,
    }
    return json_answer(answer, request=request)


def one_conflict(request: Request, desk: TheDesk, conflict_id: str) -> Response:
    """One conflict with its history, dismissed or gone though it be."""
    found = desk.store.conflict(conflict_id)
    if found is None:
        raise HTTPException(404, f"no conflict {conflict_id}; list them at /v1/conflicts")
    return json_answer(conflict_documents(desk, [found])[0], request=request)


def compare_two(
    request: Request,
    desk: TheDesk,
    a: Annotated[str, Query(description="a figure_id", examples=["f0123456789abcdef"])],
    b: Annotated[str, Query(description="another", examples=["ffedcba9876543210"])],
) -> Response:
    """Whether two figures are about the same thing, and whether they agree, in words."""
    one, other = desk.store.figure(a), desk.store.figure(b)
    if one is None or other is None:
        raise HTTPException(404, f"no figure {a if one is None else b}; list them at /v1/figures")
    relation = compare(one, other, desk.lexicon)
    names = ("verdict", "outcome", "kind", "gap", "reasons", "missing", "explanation")
    return json_answer({name: getattr(relation, name) for name in names} | {"a": one, "b": other}, request=request)


def review(desk: TheDesk, visitor: TheVisitor, conflict_id: str, given: ReviewIn) -> Response:
    """Judge a conflict; verdicts are only ever added, and everybody sees them."""
    if desk.store.conflict(conflict_id) is None:
        raise HTTPException(404, f"no conflict {conflict_id}; list them at /v1/conflicts")
    reviewer = reviewer_of(visitor, given.reviewer)
    done = desk.store.review(conflict_id, given.verdict, reviewer=reviewer, reason=given.reason, note=given.note)
    return json_answer(review_document(done), 201)


def correct(desk: TheDesk, visitor: TheVisitor, figure_id: str, given: CorrectionIn) -> Response:
    """Mark a value as misread and put it right; answers use it from now on, the reading stays visible."""
    if desk.store.figure(figure_id) is None:
        raise HTTPException(404, f"no figure {figure_id}; list them at /v1/figures")
    value: Any = given.value
    done = desk.correct(figure_id, given.field, value, reviewer=reviewer_of(visitor, given.reviewer), note=given.note)
    return json_answer(asdict(done), 201)


def reviewer_of(visitor: Visitor, given: str | None) -> str:
    """Who judges, as everybody will see it: an account by its own name, a program's key beside the name it gives."""
    given = (given or "").strip()
    if visitor.kind == "session":
        return visitor.name
    if visitor.kind == "key":
        return f"{given} (with the key {visitor.name})" if given else f"the key {visitor.name}"
    if not given:
        raise HTTPException(422, "a review needs the reviewer's name: give reviewer, or sign in")
    return given
