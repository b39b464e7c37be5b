"""The draft page: a draft pasted or uploaded, and each of its numbers with what the material says. Nothing is kept."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from figures.desk import Desk
from figures.ingest.files import Meta, read_stream
from figures.model import Article
from figures.publish import words
from figures.publish.cards import Shown, copies_of, shown
from figures.publish.charts import scope_in_words
from figures.reconcile import Verdict
from service.pages_text import Paragraph, Span, paragraphs
from service.pages_views import VERDICTS, Link, conflict_href

__all__ = ["Answer", "DraftError", "DraftPage", "Judged", "answer_of", "draft_of"]

MOST_CHARACTERS: Final = 200_000  # a book's chapter; a draft beyond it is checked in parts
_COLUMNS: Final = {
    "source": "who says so", "population": "who was counted", "party": "whose side", "place": "the place",
    "as_of": "the date", "metric": "what is counted", "event": "the event", "unit": "the unit", "time": "the date",
    "aspect": "running total or period", "place_role": "from where or to where",
}  # fmt: skip


class DraftError(ValueError):
    """Why a draft cannot be read, in one line that says what to do next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One number of the draft and what the material says about it."""

    figure_id: str
    verdict: str
    mark: str
    word: str
    quote: str
    reading: str
    explanation: str
    differs_in: tuple[str, ...]
    missing: tuple[str, ...]
    contested: bool
    origins: str
    inside: tuple[Shown, ...]
    evidence: tuple[Shown, ...]
    repeated: tuple[str, ...]
    conflicts: tuple[Link, ...]
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole draft with its verdicts, and the sentence that sums them up."""

    summary: str
    heading: Paragraph | None
    paragraphs: tuple[Paragraph, ...]
    judged: Mapping[str, Judged]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """The form as it was filled in, and the answer once there is one."""

    text: str
    title: str
    outlet: str
    published_at: str
    error: str
    answer: Answer | None


def draft_of(*, text: str, title: str, outlet: str, published_at: str, file: tuple[str, bytes] | None) -> Article:
    """The draft as an article: what was uploaded (text, HTML, Word), else what was pasted. Raises DraftError."""
    if file is not None and file[1]:
        name, body = file
        given = Meta(title=title or None, outlet=outlet or None, published_at=published_at or None)
        found = [item for _, item in read_stream(io.BytesIO(body), name, given)]
        articles = [one for one in found if isinstance(one, Article)]
        if not articles:
            raise DraftError(f"{found[0]}" if found else f"{name}: holds no text")
        if len(articles) > 1:
            raise DraftError(f"{name}: holds {len(articles)} articles; upload one draft at a time")
        draft = articles[0]
    else:
        if not text.strip():
            raise DraftError("Nothing to check: paste the draft, or choose a file")
        # A browser sends every line end as two characters; none of them was typed.
        plain = text.replace("\r\n", "\n")
        try:
            draft = Article(text=plain, title=title, outlet=outlet or None, published_at=published_at or None)
        except ValueError:
            raise DraftError(f"{published_at}: no date; write 2022-03-02") from None
    if len(draft.text) > MOST_CHARACTERS:
        raise DraftError(f"The draft has {len(draft.text):,} characters; check at most {MOST_CHARACTERS:,} at a time")
    return draft


def answer_of(draft: Article, verdicts: Sequence[Verdict], desk: Desk) -> Answer:
    """The draft as it stands, each number marked by its verdict."""
    evidence = [row for one in verdicts for row in one.evidence]
    copies = copies_of(evidence)
    kept = {str(row["figure_id"]) for row in evidence}
    clashes: dict[str, list[Link]] = {}
    for found in desk.store.find.conflicts_of(sorted(kept)) if kept else ():
        for camp in found.conflict.camps:
            for key in camp:
                link = Link(name=words.KINDS[found.conflict.kind], href=conflict_href(found))
                clashes.setdefault(key, []).append(link)
    stored = {str(row["figure_id"]) for row in desk.store.rows(sorted(kept))} if kept else set()
    judged = {str(one.figure["figure_id"]): _judged(one, copies, clashes, stored) for one in verdicts}
    spans: dict[str, list[Span]] = {"text": [], "title": []}
    for one in verdicts:
        row = one.figure
        spans[row["field"]].append(
            Span(start=int(row["start"]), end=int(row["end"]), key=str(row["figure_id"]), look=one.verdict)
        )
    heading = paragraphs(" ".join(draft.title.split("\n")), spans["title"])
    return Answer(
        summary=_summary(verdicts),
        heading=heading[0] if heading else None,
        paragraphs=tuple(paragraphs(draft.text, spans["text"])),
        judged=judged,
    )


def _judged(one: Verdict, copies: Mapping[str, int], clashes: Mapping[str, Sequence[Link]], stored: set[str]) -> Judged:
    row: Mapping[str, Any] = one.figure
    mark, word = VERDICTS[one.verdict]
    # Evidence may stand in the draft itself, which has no page of its own.
    known = [evidence for evidence in one.evidence if str(evidence["figure_id"]) in stored]
    # One statement in many outlets is one piece of evidence.
    origins = {str(evidence.get("origin_group") or evidence["figure_id"]): evidence for evidence in reversed(known)}
    said = [evidence for evidence in known if any(evidence is first for first in origins.values())]
    copies_in = {str(evidence["outlet"]) for evidence in known if evidence not in said and evidence["outlet"]}
    links = {link.href: link for evidence in known for link in clashes.get(str(evidence["figure_id"]), ())}
    scope = scope_in_words(row)
    return Judged(
        figure_id=str(row["figure_id"]),
        verdict=one.verdict,
        mark=mark,
        word=word,
        quote=str(row["quote"]),
        reading=one.reading or f"{row['quote']} {str(row['metric']).replace('_', ' ')}{f', {scope}' if scope else ''}",
        explanation=one.explanation,
        differs_in=tuple(_COLUMNS.get(name, name.replace("_", " ")) for name in one.differs_in),
        missing=tuple(_COLUMNS.get(name, name.replace("_", " ")) for name in one.missing),
        contested=one.contested,
        origins=words.plural(one.origins, "independent origin") if one.origins else "",
        inside=tuple(shown(evidence, copies) for evidence in one.evidence if evidence not in known),
        evidence=tuple(shown(evidence, copies) for evidence in said[:3]),
        repeated=tuple(sorted(copies_in)),
        conflicts=tuple(links.values()),
        suggestion=one.suggestion or "",
    )


def _summary(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return "No number to check was found in this draft."
    counts = Counter[str](one.verdict for one in verdicts)
    parts = [f"{counts[name]} {word}" for name, (_, word) in VERDICTS.items() if counts[name]]
    return f"{words.plural(len(verdicts), 'number')}: {', '.join(parts)}. {words.DISCLAIMER}"
