"""Find the statement of a number's own sentence that reaches over it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.speech.cast import Speaker
from figures.extract.speech.owners import resolve
from figures.extract.speech.page import Page, Said, line_at
from figures.extract.speech.phrases import phrase_beside, phrase_from
from figures.extract.speech.reading import and_break, clause_break
from figures.extract.speech.speaking import HOLDING, can_speak
from figures.extract.words import GIVERS, LAWMAKERS


def in_sentence(page: Page, position: int, spot: int) -> tuple[Said, str] | None:
    """The statement of the sentence whose reach holds the number; the innermost, which is the last to open."""
    said = page.said.get(position)
    if not said:
        return None
    low = max(0, bisect_right(said, spot, key=lambda one: one.statement.start) - 6)
    holding = [
        one
        for one in said[low : low + 12]
        if one.start <= spot < one.end and not one.statement.opens <= spot < one.statement.closes
    ]
    listed = _set_beside(page, position, spot, holding)
    if listed is not None:
        return listed, "and X N"
    agent = _set_behind(page, position, spot, holding)
    if agent is not None:
        return agent, "and N by X"
    firm = [one for one in holding if not one.statement.object_only]
    tight = [one for one in firm if one.statement.tight == one.start]
    if tight:
        return tight[-1], tight[-1].statement.rule  # "the office gives 12, confirmed by X, and 9 missing"
    behind = [one for one in firm if one.statement.closes <= spot]
    cited = [one for one in firm if one.statement.rule.startswith(("citing", "quoting"))]
    if cited and all(one is cited[-1] or one.speaker.type == "media" for one in firm):
        return cited[-1], cited[-1].statement.rule  # an outlet that cites somebody only passes the number on
    ahead = [one for one in firm if one.statement.opens > spot]
    if behind:
        best = behind[-1]
        if ahead and best.statement.reach == "both" and best.end > ahead[0].start:
            best = ahead[0]
        around = [one for one in firm if one.statement.rule.startswith("according to") and one is not best]
        if best.statement.plain and not best.speaker.firm and (ahead or around):
            best = (ahead or around)[-1]
        if best.statement.plain and not best.speaker.firm and not best.speaker.person:
            sentence = page.document.sentences[position]
            outer = [
                one
                for one in behind
                if one.statement.reach == "after"
                and not one.statement.plain
                and clause_break(sentence, one.statement.closes, best.statement.opens) is None
                and and_break(sentence, one.statement.closes, best.statement.opens) is None
                and ":"
                not in sentence.text[one.statement.closes - sentence.start : best.statement.opens - sentence.start]
            ]
            if outer and outer[-1].speaker.firm:  # "the police chief said officers found 2 victims"
                best = outer[-1]
        if best.statement.rule.startswith("X's ") and best.speaker.name.endswith(" government"):
            outer = [one for one in behind if one is not best and one.speaker.side == best.speaker.side]
            if outer:  # "a U.S. official said … U.S. assessments that": the official says it
                best = outer[-1]
        return best, best.statement.rule
    if firm:
        return firm[0], firm[0].statement.rule
    deeds = [
        one
        for one in holding
        if one.statement.closes <= spot
        and (
            one.speaker.firm
            if one.statement.rule.split()[-1] in page.lexicon.sources.reporting.want
            else not (one.speaker.person or one.speaker.type in {"witness", "unknown", "anonymous"})
            and (one.statement.rule.split()[1] not in GIVERS or _gives(one.speaker))
        )
    ]
    if deeds:
        return deeds[-1], deeds[-1].statement.rule
    return None


def _set_behind(page: Page, position: int, spot: int, holding: Sequence[Said]) -> Said | None:
    """An agent behind the number where the participle is left out: "4 were counted by A and at least 9 by B"."""
    passive = [one for one in holding if one.statement.rule.endswith(" by X") and one.statement.closes <= spot]
    if not passive:
        return None
    line = line_at(page, page.document.sentences[position], position)
    tokens = line.tokens
    at = bisect_right(tokens, spot, key=lambda one: one.start) - 1
    by = next((n for n in range(at + 1, min(at + 4, len(tokens))) if tokens[n].lower == "by"), None)
    if by is None or any(tokens[n].text in ",;." or tokens[n].lower.endswith("ed") for n in range(at + 1, by)):
        return None
    span = phrase_from(line, by + 1)
    if span is None or not can_speak(line, *span, country=False):
        return None
    words = tokens[span[0] : span[1]]
    speaker = resolve(page, words, ())
    if speaker is None:
        return None
    mention = page.document.article.field_text(line.sentence.field)[words[0].start : words[-1].end]
    return replace(passive[-1], speaker=speaker, mention=mention)


ENDING: Final = frozenset((".", ",", ";", "!", "?"))
SET_BESIDE: Final = frozenset(("government", "ngo", "company", "military", "hospital"))


def _gives(speaker: Speaker) -> bool:
    """Whether a body's own gifts and expenses are told in its name: a named body that is no house or party."""
    return speaker.firm and LAWMAKERS.isdisjoint(speaker.name.casefold().split())


def _set_beside(page: Page, position: int, spot: int, holding: Sequence[Said]) -> Said | None:
    """A name set beside the number where the verb is left out: "the unions spoke of 900, the police of 170"."""
    sentence = page.document.sentences[position]
    tokens = sentence.tokens
    at = bisect_right(tokens, spot, key=lambda one: one.start) - 1
    if at < 1:
        return None
    gapped = at + 1 >= len(tokens) or tokens[at + 1].text in ENDING
    outer = [
        one
        for one in holding
        if one.statement.closes <= spot
        and (one.statement.plain or one.statement.object_only or (gapped and one.statement.reach == "after"))
    ]
    if not outer or outer[-1].statement.shared:
        return None
    line = line_at(page, sentence, position)
    span = phrase_beside(line, at, outer[-1].statement.closes)
    if span is None:
        return None
    words = line.tokens[span[0] : span[1]]
    speaker = resolve(page, words, ())
    if speaker is None or (speaker.person and not outer[-1].speaker.person):
        return None
    if line.tokens[line.head(span)].lower in HOLDING and not speaker.firm:
        return None
    known = any(one.name == speaker.name for one in page.cast.spoken[-12:])
    if not speaker.firm and not known and (speaker.type not in SET_BESIDE or words[0].lower != "the"):
        return None
    mention = page.document.article.field_text(sentence.field)[words[0].start : words[-1].end]
    return replace(outer[-1], speaker=speaker, mention=mention)
