"""The pages: overview, metric, conflict, article, draft check, search, signing in; views of what the API gives.

Server-rendered and readable without script. ``install`` adds them to the application, with their static files and the
page that errors are shown on.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from figures.store import StoreError
from figures.table import NUMBERS
from service.checking import check_draft
from service.desks import TheDesk
from service.limits import limit_checks
from service.pages_drafts import DraftError, DraftPage, answer_of, draft_of
from service.pages_render import Frame, Pages, Visiting, get_pages
from service.pages_views import (
    MISREAD,
    SCOPE,
    article_href,
    article_page,
    conflict_page,
    metric_page,
    overview_page,
    search_page,
)
from service.visitors import FormOf, TheVisitor, Visitor, allow, form_token, log_in, log_out, read_form

__all__ = ["install"]

ThePages = Annotated[Pages, Depends(get_pages)]
READ: Final = [Depends(allow("read"))]
REVIEW: Final = [Depends(allow("review"))]
_SEE_OTHER: Final = 303
_IN_WORDS: Final = {
    401: "Sign in to see this",
    403: "Not allowed",
    404: "Not found",
    413: "Too large",
    422: "Not understood",
    429: "Too many requests",
    500: "Something went wrong here",
}


def install(app: FastAPI) -> None:
    """Add the pages to an application whose desk, visitors and problems are set up."""
    app.state.pages = Pages()
    app.state.error_page = _error_page
    router = APIRouter(include_in_schema=False, default_response_class=Response)
    _add_static(router)
    _add_reading(router)
    _add_deciding(router)
    _add_checking(router)
    _add_signing_in(router)
    app.include_router(router)


def _add_static(router: APIRouter) -> None:
    @router.get("/static/{name}")
    def static(request: Request, pages: ThePages, name: str) -> Response:
        found = pages.static.respond(name, request.url.query)
        if found is None:
            raise HTTPException(404, f"no file {name}")
        return found

    @router.get("/favicon.ico")
    def favicon(pages: ThePages) -> Response:
        return RedirectResponse(pages.static.address("figures.svg"))


def _add_reading(router: APIRouter) -> None:
    @router.get("/", dependencies=READ)
    def overview(request: Request, desk: TheDesk, visitor: TheVisitor, pages: ThePages) -> Response:
        data = (("application/json", "/v1/conflicts"), ("application/atom+xml", "/v1/conflicts.atom"))
        frame = _frame(request, visitor, "Figures", here="overview", data=data)
        return pages.render("overview.html", overview_page(desk), frame)

    @router.get("/metrics/{metric:path}", dependencies=READ)
    def metric(
        request: Request, desk: TheDesk, visitor: TheVisitor, pages: ThePages, metric: str, cursor: str | None = None
    ) -> Response:
        scope = {name: request.query_params[name] for name in SCOPE if request.query_params.get(name)}
        page = _asked(lambda: metric_page(desk, metric, scope, cursor, pages.pictures.draw))
        if page is None:
            raise HTTPException(404, f"No figures of {metric!r} have been read. The search lists what there is.")
        data = (("application/json", page.latest), ("text/csv", page.csv), ("application/jsonl", page.jsonl))
        return pages.render("metric.html", page, _frame(request, visitor, page.title, data=data))

    @router.get("/conflicts/{conflict_id}", dependencies=READ)
    def conflict(request: Request, desk: TheDesk, visitor: TheVisitor, pages: ThePages, conflict_id: str) -> Response:
        return _conflict(request, desk, visitor, pages, conflict_id)

    @router.get("/articles/{article_id:path}", dependencies=READ)
    def article(request: Request, desk: TheDesk, visitor: TheVisitor, pages: ThePages, article_id: str) -> Response:
        return _article(request, desk, visitor, pages, article_id)

    @router.get("/figures/{figure_id}", dependencies=READ)
    def figure(desk: TheDesk, figure_id: str) -> Response:
        row = desk.store.figure(figure_id)
        if row is None:
            raise HTTPException(404, f"There is no figure {figure_id}; its article may have been withdrawn.")
        return RedirectResponse(f"{article_href(str(row['article_id']))}#{quote(figure_id)}", _SEE_OTHER)

    @router.get("/search", dependencies=READ)
    def search(
        request: Request,
        desk: TheDesk,
        visitor: TheVisitor,
        pages: ThePages,
        q: Annotated[str, Query(max_length=200)] = "",
        cursor: str | None = None,
    ) -> Response:
        scope = {name: request.query_params[name] for name in ("source", "place") if request.query_params.get(name)}
        page = _asked(lambda: search_page(desk, q, scope, cursor))
        title = f"Search: {page.asked}" if page.asked else "Search"
        data = (("text/csv", page.csv), ("application/jsonl", page.jsonl))
        return pages.render("search.html", page, _frame(request, visitor, title, here="search", data=data, asked=q))


def _add_deciding(router: APIRouter) -> None:
    @router.post("/conflicts/{conflict_id}/review", dependencies=REVIEW)
    def review(
        request: Request, desk: TheDesk, visitor: TheVisitor, pages: ThePages, conflict_id: str, form: FormOf
    ) -> Response:
        verdict = _text(form, "verdict")
        try:
            if not verdict:
                raise StoreError("Choose what you found: confirmed, dismissed or resolved")
            desk.store.review(
                conflict_id,
                verdict,  # type: ignore[arg-type]
                reviewer=_reviewer(visitor, form),
                reason=(_text(form, "reason") or None) if verdict == "dismissed" else None,
                note=_text(form, "note") or None,
            )
        except StoreError as error:
            return _conflict(request, desk, visitor, pages, conflict_id, error=str(error), form=form)
        return RedirectResponse(f"/conflicts/{quote(conflict_id, safe='')}#history", _SEE_OTHER)

    @router.post("/figures/{figure_id}/review", dependencies=REVIEW)
    def misread(
        request: Request, desk: TheDesk, visitor: TheVisitor, pages: ThePages, figure_id: str, form: FormOf
    ) -> Response:
        row = desk.store.figure(figure_id)
        if row is None:
            raise HTTPException(404, f"There is no figure {figure_id}; its article may have been withdrawn.")
        article_id = str(row["article_id"])
        field = _text(form, "field")
        try:
            if field not in MISREAD:
                raise StoreError("Choose what was misread")
            value = _value(field, _text(form, "value"))
            desk.correct(figure_id, field, value, reviewer=_reviewer(visitor, form), note=_text(form, "note") or None)
        except StoreError as error:
            return _article(request, desk, visitor, pages, article_id, error=str(error))
        target = "corrections" if field == "figure" else f"n-{figure_id}"
        return RedirectResponse(f"{article_href(article_id)}#{quote(target)}", _SEE_OTHER)


def _add_checking(router: APIRouter) -> None:
    @router.get("/check", dependencies=READ)
    def empty(request: Request, visitor: TheVisitor, pages: ThePages) -> Response:
        page = DraftPage(text="", title="", outlet="", published_at="", error="", answer=None)
        return pages.render("check.html", page, _frame(request, visitor, "Check a draft", here="check"))

    @router.post("/check", dependencies=[*READ, Depends(limit_checks)])
    async def check(request: Request, desk: TheDesk, visitor: TheVisitor, pages: ThePages, form: FormOf) -> Response:
        file = form.get("file")
        try:
            uploaded = (file.filename or "the file", await file.read()) if isinstance(file, UploadFile) else None
        finally:
            await form.close()
        return await run_in_threadpool(_checked, request, desk, visitor, pages, form, uploaded)


def _checked(
    request: Request, desk: Any, visitor: Visitor, pages: Pages, form: FormData, uploaded: tuple[str, bytes] | None
) -> Response:
    given = {name: _text(form, name, strip=name != "text") for name in ("text", "title", "outlet", "published_at")}
    answer, error = None, ""
    try:
        draft = draft_of(**given, file=uploaded)
        if uploaded and uploaded[1]:
            given = {
                "text": draft.text, "title": draft.title, "outlet": draft.outlet or "",
                "published_at": str(draft.published_at or "")[:10],
            }  # fmt: skip
        answer = answer_of(draft, check_draft(desk, draft).verdicts, desk)
    except DraftError as failed:
        error = str(failed)
    page = DraftPage(**given, error=error, answer=answer)
    frame = _frame(request, visitor, "Check a draft", here="check")
    return pages.render("check.html", page, frame, status=422 if error else 200)


def _add_signing_in(router: APIRouter) -> None:
    @router.get("/login")
    def form(request: Request, visitor: TheVisitor, pages: ThePages, next: str = "/") -> Response:
        frame = _frame(request, visitor, "Sign in", here="login")
        return pages.render("login.html", {"next": _local(next), "name": "", "error": ""}, frame)

    @router.post("/login")
    def enter(request: Request, visitor: TheVisitor, pages: ThePages, form: FormOf) -> Response:
        name, target = _text(form, "name"), _local(_text(form, "next"))
        try:
            log_in(request, name, _text(form, "password", strip=False))
        except HTTPException as error:
            page = {"next": target, "name": name, "error": str(error.detail)}
            frame = _frame(request, visitor, "Sign in", here="login")
            answer = pages.render("login.html", page, frame, status=error.status_code)
            answer.headers.update(error.headers or {})
            return answer
        return RedirectResponse(target, _SEE_OTHER)

    @router.post("/logout", dependencies=[Depends(read_form)])
    def leave(request: Request) -> Response:
        log_out(request)
        return RedirectResponse("/", _SEE_OTHER)


def _conflict(
    request: Request, desk: Any, visitor: Visitor, pages: Pages, conflict_id: str, *, error: str = "",
    form: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    page = conflict_page(desk, conflict_id, pages.pictures.draw)
    if page is None:
        raise HTTPException(404, f"There is no conflict {conflict_id}.")
    frame = _frame(request, visitor, page.card.title, data=(("application/json", page.data),))
    given = {name: str((form or {}).get(name) or "") for name in ("verdict", "reason", "note", "reviewer")}
    return pages.render("conflict.html", page, frame, status=422 if error else 200, error=error, given=given)


def _article(
    request: Request, desk: Any, visitor: Visitor, pages: Pages, article_id: str, *, error: str = ""
) -> Response:
    page = article_page(desk, article_id)
    if page is None:
        raise HTTPException(404, f"There is no article {article_id}.")
    data = (("application/json", page.data), ("text/csv", page.csv))
    frame = _frame(request, visitor, page.title or page.article_id, data=data)
    return pages.render("article.html", page, frame, status=422 if error else 200, error=error)


def _error_page(request: Request, status: int, title: str, detail: str) -> Response:
    """An error in the pages' own voice. Who may sign in to see it is sent there."""
    if status == HTTPStatus.UNAUTHORIZED and request.method == "GET":
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': wanted})}", _SEE_OTHER)
    pages: Pages = request.app.state.pages
    words = _IN_WORDS.get(status, title)
    page = {"status": status, "title": words, "detail": detail}
    nobody = Visiting(name="", signed_in=False, may_review=False, names_itself=False, token="")
    frame = Frame(title=words, visiting=nobody)
    return pages.render("problem.html", page, frame, status=status)


def _frame(
    request: Request, visitor: Visitor, title: str, *, here: str = "", data: tuple[tuple[str, str], ...] = (),
    asked: str = "",
) -> Frame:  # fmt: skip
    visiting = Visiting(
        name=visitor.name, signed_in=visitor.kind == "session", may_review=visitor.may("review"),
        names_itself=not visitor.reviewer, token=form_token(request),
    )  # fmt: skip
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = path if request.method == "GET" else "/"
    return Frame(title=title, visiting=visiting, here=here, data=data, asked=asked, path=back)


def _asked(make: Any) -> Any:
    try:
        return make()
    except StoreError as error:
        raise HTTPException(400, str(error)) from None


def _text(form: Mapping[str, Any], name: str, *, strip: bool = True) -> str:
    value = form.get(name)
    text = value.replace("\0", "") if isinstance(value, str) else ""
    return text.strip() if strip else text


def _reviewer(visitor: Visitor, form: Mapping[str, Any]) -> str:
    """Who decides: whoever signed in, and nobody else's name; on loopback without accounts, the name in the form."""
    return visitor.reviewer or _text(form, "reviewer")


def _value(field: str, written: str) -> Any:
    """A corrected value as its column keeps it; nothing written means that it is not said."""
    if field == "figure" or not written:
        return None
    if field in NUMBERS:
        try:
            return float(written.replace(",", "").replace(" ", ""))
        except ValueError:
            raise StoreError(f"{written}: no number; write it in digits, such as 5840 or 1045459") from None
    return written


def _local(target: str) -> str:
    """A path of this server, so that signing in never sends anybody elsewhere."""
    return target if target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target else "/"
