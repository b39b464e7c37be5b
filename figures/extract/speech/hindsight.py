"""Credit numbers by what the article says elsewhere: the one report it tells, the body that counts, a full name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.speech.cast import Speaker
from figures.extract.speech.owners import PAPER_KIN, head_word
from figures.extract.speech.page import BEFORE, BULLET, TURN, Page, Said, notes_of, paragraph_of
from figures.extract.types import Credit, Reading, Sentence
from figures.extract.words import SURVEYS
from figures.model import RuleUse

RESULTS: Final = frozenset((
    "votes", "vote_share", "turnout", "registered_voters", "voters", "votes_counted", "spoiled_ballots", "abstention",
    "votes_for", "votes_against", "vote_margin",
))  # fmt: skip
RETURNING: Final = re.compile(
    r"\b(?:elect\w+|returning|polling) (?:\w+ )?"
    r"(?:commission|bureau|board|office|court|council|tribunal|authority|service|committee)\b", re.I
)  # fmt: skip


def by_returning_body(page: Page, readings: Sequence[Reading], credits: list[Credit]) -> list[Credit]:
    """Give results that nobody is credited with to the one body that counts the votes and is credited with others.

    Holds for results of the same article's vote: the body must be the only one of its kind, and surveys are left out.
    """
    bodies = {
        one.source: one
        for one, reading in zip(credits, readings, strict=True)
        if one.source and one.source[:1].isupper() and reading.metric in RESULTS and _returns(page, one.source)
    }
    others = {
        one.source
        for one, reading in zip(credits, readings, strict=True)
        if reading.metric in ("votes", "vote_share", "votes_counted")
        and one.rules
        and not one.rules[0].rule.startswith(("nobody", "goes on"))
        and not (one.source or "").endswith("results")
    }
    if len(bodies) != 1 or others - set(bodies):
        return credits
    (body,) = bodies.values()
    out = list(credits)
    for n, (one, reading) in enumerate(zip(credits, readings, strict=True)):
        sentence = page.document.sentences[reading.quantity.mention.sentence]
        vague = (one.source or "").endswith("results")
        alone = bool(one.rules) and one.rules[0].rule.startswith("nobody")
        if not (vague or alone) or reading.metric not in RESULTS or sentence.field == "title":
            continue
        if alone and (SURVEYED.search(sentence.text) or BEFORE.search(sentence.text) or TURN.match(sentence.text)):
            continue
        rule = RuleUse(column="source", rule="results of the body that counts", start=None, end=None)
        out[n] = replace(body, said_start=None, said_end=None, relayed_by=None, rules=(rule,))
    return out


def _returns(page: Page, name: str) -> bool:
    """Whether a body counts votes by its name or by its full name in the file ("CENI")."""
    known = page.lexicon.sources.source(name)
    return any(RETURNING.search(one) for one in (name, *(known.aliases if known is not None else ())))


SURVEYED: Final = re.compile(
    r"\b(?:polls? (?:by|of|for|published|suggest\w*)|opinion polls?|exit polls?|survey\w*|pollsters?)\b", re.I
)


def by_full_name(page: Page, credit: Credit) -> Credit:
    """Name the paper or the office that a first mention leaves unnamed by what the article says of it later.

    "a poll suggests" is of the pollster whom the next sentence names; "the region's governor said" is the person who
    speaks next.
    """
    name = credit.source or ""
    if not name[:1].islower() or credit.said_start is None:
        return credit
    last = name.split()[-1]
    head = head_word(name.casefold().split())
    owner = None
    if head in SURVEYS or last in SURVEYS:
        kin = PAPER_KIN.get(head, head)
        owner = page.papers.get(kin) or page.papers.get("poll") or page.papers.get("report")
    elif name in OFFICE_ALONE:
        sentences = page.document.sentences
        spot = (True, credit.said_start)
        at = bisect_right(
            page.order, spot, key=lambda one: (sentences[one.statement.sentence].field == "text", one.statement.start)
        )
        behind = [one for one in page.order[at : at + 6] if not one.statement.object_only]
        following = next((one for one in behind if one.mention.casefold() != name), None)
        if following is not None and following.speaker.person and following.speaker.role in (None, name):
            owner = following.speaker if " " in following.speaker.name else None
    if owner is None or not owner.name[:1].isupper():
        return credit
    return replace(credit, source=owner.name, source_type=owner.type)


OFFICE_ALONE: Final = frozenset(("governor", "mayor", "minister", "commissioner", "prefect", "district chief"))


def credited(page: Page, reading: Reading, said: Said, rule: str) -> Credit:
    """The credit that a statement gives to a reading."""
    mention = reading.quantity.mention
    sentence = page.document.sentences[mention.sentence]
    statement = said.statement
    speaker = said.speaker
    sources = page.lexicon.sources
    side = speaker.side or sources.side_of(speaker.name or None)
    own = page.document.sentences[statement.sentence].field == sentence.field
    return Credit(
        source=speaker.name or None,
        source_type=speaker.type,
        source_relation=sources.relation_of(side, reading.party, speaker.type),
        source_mention=said.mention or None,
        relayed_by=said.relayed_by,
        standing=statement.standing or notes_of(page, mention.sentence)[0],
        said_start=statement.start if own else None,
        said_end=statement.end if own else None,
        rules=(
            RuleUse(
                column="source", rule=rule, start=statement.start if own else None, end=statement.end if own else None
            ),
        ),
    )


def one_report(page: Page, readings: Sequence[Reading], credits: list[Credit]) -> list[Credit]:
    """Go on with the one body whose report the article tells, in the paragraphs that nobody else speaks in.

    Holds where one body has spoken so far, from the first paragraph on, and the paragraph counts what it counted or
    takes up its count ("of them", "the total").
    """
    sentences = page.document.sentences
    heads: dict[str, Said] = {}
    speakers: dict[int, set[str]] = {}
    for one in page.order:
        sentence = sentences[one.statement.sentence]
        if sentence.field == "text" and not one.statement.object_only:
            speakers.setdefault(sentence.paragraph, set()).add(one.speaker.name)
            if one.speaker.firm and not one.speaker.somebody and one.speaker.type in REPORTING_BODIES:
                heads.setdefault(one.speaker.name, one)
    if not heads:
        return credits
    body, said = min(heads.items(), key=lambda item: (item[1].statement.sentence, item[1].statement.start))
    first = min((one.paragraph for one in sentences if one.field == "text"), default=0)
    if sentences[said.statement.sentence].paragraph > first or BULLET.match(sentences[said.statement.sentence].text):
        return credits
    counted = {one.metric for one, credit in zip(readings, credits, strict=True) if credit.source == body}
    out = list(credits)
    places = [sentences[one.quantity.mention.sentence] for one in readings]
    paragraphs: dict[int, list[int]] = {}
    for n, sentence in enumerate(places):
        if sentence.field == "text":
            paragraphs.setdefault(sentence.paragraph, []).append(n)
    other = min((at for at, names in speakers.items() if names - {body}), default=len(sentences))
    for paragraph in sorted(paragraphs):
        if paragraph <= first:
            continue
        if paragraph >= other:
            break
        members = paragraphs[paragraph]
        if speakers.get(paragraph) or not (
            any(readings[n].metric in counted for n in members)
            or any(
                not kin.isdisjoint(counted) and any(readings[n].metric in kin for n in members) for kin in ONE_BULLETIN
            )
            or any(TAKEN_UP.search(one) for one in paragraph_of(page, readings[members[0]].quantity.mention.sentence))
        ):
            continue
        for n in members:
            sentence = places[n]
            if (
                out[n].rules
                and out[n].rules[0].rule.startswith("nobody")
                and not TURN.match(sentence.text)
                and not BULLET.match(sentence.text)
                and not BEFORE.search(sentence.text)
                and not notes_of(page, readings[n].quantity.mention.sentence)[1]
                and readings[n].metric != "population"
                and not tells_of_another_country(page, said.speaker, sentence)
            ):
                rule = "goes on with the one report of " + said.statement.rule
                out[n] = credited(page, readings[n], said, rule)
    return out


def tells_of_another_country(page: Page, speaker: Speaker, sentence: Sentence) -> bool:
    """Whether a national body would have to count abroad: an Indian ministry, and a sentence on Brazil alone."""
    source = page.lexicon.sources.source(speaker.name)
    if source is None or source.country is None:
        return False
    named = (page.lexicon.settings.country_of(one.text) for one in sentence.tokens if one.text[0].isupper())
    countries = {one for one in named if one is not None}
    return bool(countries) and source.country not in countries


ONE_BULLETIN: Final = (
    frozenset(
        (
            "cases",
            "confirmed_cases",
            "suspected_cases",
            "probable_cases",
            "hospitalised",
            "recovered",
            "quarantined",
            "tested",
            "people_quarantined",
        )
    ),
    frozenset(("buildings_destroyed", "buildings_damaged", "displaced", "evacuated", "people_affected")),
)
"""What one body's bulletin tells together: who counts the cases counts the recovered."""
REPORTING_BODIES: Final = frozenset(("government", "intergovernmental", "ngo", "expert", "company", "hospital"))
TAKEN_UP: Final = re.compile(
    r"\b(?:of|among|half of|most of) (?:them|those|these|the (?:total|dead|victims|cases|arrivals|injured|wounded"
    r"|displaced|patients|respondents))\b|\bthe total\b|\bof whom\b|\bthe (?:report|survey|study|figures|data)\b",
    re.IGNORECASE,
)
