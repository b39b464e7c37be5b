"""Find who is credited with each reading (SPEC section 4, Attribution).

Tried in this order: the innermost speaker of the enclosing quotation; the statement whose reach holds the number,
the nearest inside; a name set beside the number in a list ("and the police 240,000"); the headline; the speaker whose
report the paragraph continues; the speaker who closes the paragraph; else the outlet.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from figures.extract.phrases import spoken_tokens
from figures.extract.sentences import tokenise
from figures.extract.speakers import GENERIC, Cast, Speaker, cast_text, read_cast, resolve_speaker
from figures.extract.statements import READING_OUT, Finder, Statement
from figures.extract.types import Credit, Document, Quotation, Reading, Sentence, Token
from figures.extract.words import CLAUSE, GIVERS, INQUIRY, INTENDING, LAWMAKERS, POLITICIANS, SURVEYS
from figures.lexicon import Lexicon
from figures.lexicon.sources import POSSESSIVE
from figures.model import RuleUse, SourceRelation, SourceType, Standing

BACKGROUND: Final = re.compile(
    r"\b(?:since|after) (?:\w+['’]?s? ){0,5}(?:erupted|began|broke out|started|flared)\b"
    r"|\b(?:war|conflict|unrest|uprising|insurgency)\b[^.]{0,60}\bhas (?:killed|left|claimed|displaced|driven)"
    r"|\b(?:since|until|in) \d{4},? when\b|\bgripped by\b"
    r"|\b(?:killed|died|displaced)\b[^.]{0,40}\bsince (?:the|its|\d{4})",
    re.IGNORECASE,
)
BACKGROUND_HEADS: Final = frozenset(
    ["since", "after", "war", "conflict", "unrest", "uprising", "insurgency", "gripped", "when"]
)
REVISED_HEADS: Final = frozenset(["revised", "corrected", "adjusted", "restated", "than"])
REVISED: Final = re.compile(
    r"\b(?:was|were|been) (?:revised|corrected|adjusted|restated)\b"
    r"|\bthan (?:first |previously |initially )?(?:reported|thought|estimated)\b",
    re.IGNORECASE,
)
TURN: Final = re.compile(
    r"(?:[A-ZÀ-Þ]{4,} ?(?:\(|[-–—] )|Meanwhile|Elsewhere|Separately|Earlier|Also on|Across|Nationwide|Before that"
    r"|In (?:(?:19|20)\d\d\b|late|early|mid|another|all|other|neighbou?ring|the past)"
    r"|At the (?:last|previous|time|turn|end|start of)"
    r"|On (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Last (?:week|month|year)|A (?:week|month|year) (?:ago|earlier))\b"
)


BEFORE: Final = re.compile(
    r"\b(?:last|previous|earlier this) (?:week|month)\b"
    r"|\b(?:days?|weeks?|months?) (?:ago|before|earlier)\b|\bone day after\b",
    re.IGNORECASE,
)
"""An older happening, told by the writer and not by whoever counts the new one."""
BODIES: Final = frozenset(GENERIC) | {"ministry", "army", "government"}
PERSONAL: Final = frozenset({"he", "she", "his", "her"})
SOMEBODY: Final = PERSONAL | {"it", "its", "they", "their"}
NOBODY: Final = Speaker(name="", firm=False)  # "he said" where the article never says who he is


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement with its speaker and the characters that it reaches over."""

    statement: Statement
    speaker: Speaker
    mention: str
    start: int
    end: int
    relayed_by: str | None = None


@dataclass(slots=True)
class Page:
    """What one article's sentences say about who speaks; local to one call."""

    document: Document
    lexicon: Lexicon
    cast: Cast
    numbers: dict[str, list[int]]
    said: dict[int, list[Said]] = field(default_factory=dict)
    order: list[Said] = field(default_factory=list)
    papers: dict[str, Speaker] = field(default_factory=dict)  # who stands behind "the report", by its noun
    finder: Finder | None = None
    notes: dict[int, tuple[Standing | None, bool, bool]] = field(default_factory=dict)


def relation_of(
    side: str | None, party: str | None, lexicon: Lexicon, source_type: SourceType = "unknown"
) -> SourceRelation:
    """How a source of that side stands to a counted party: own, opponent, third_party, unknown."""
    return lexicon.sources.relation_of(side, party, source_type)


def find_credits(document: Document, readings: list[Reading], lexicon: Lexicon) -> list[Credit]:
    """One credit a reading, in the same order."""
    if not readings:
        return []
    page = _read_page(document, readings, lexicon)
    credits = _one_report(page, readings, [_credit(page, reading) for reading in readings])
    asked = next((one.speaker for one in page.order if one.statement.rule.startswith("in a survey")), None)
    if asked is not None:
        page.papers.setdefault("poll", asked)
    return _by_returning_body(page, readings, [_by_full_name(page, one) for one in credits])


RESULTS: Final = frozenset((
    "votes", "vote_share", "turnout", "registered_voters", "voters", "votes_counted", "spoiled_ballots", "abstention",
    "votes_for", "votes_against", "vote_margin",
))  # fmt: skip
RETURNING: Final = re.compile(
    r"\b(?:elect\w+|returning|polling) (?:\w+ )?"
    r"(?:commission|bureau|board|office|court|council|tribunal|authority|service|committee)\b", re.I
)  # fmt: skip


def _by_returning_body(page: Page, readings: Sequence[Reading], credits: list[Credit]) -> list[Credit]:
    """Give results that nobody is credited with to the one body that counts the votes and is credited with others.

    Holds for results of the same article's vote: the body must be the only one of its kind, and surveys are left out.
    """
    bodies = {
        one.source: one
        for one, reading in zip(credits, readings, strict=True)
        if one.source and one.source[:1].isupper() and reading.metric in RESULTS and RETURNING.search(one.source)
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


SURVEYED: Final = re.compile(
    r"\b(?:polls? (?:by|of|for|published|suggest\w*)|opinion polls?|exit polls?|survey\w*|pollsters?)\b", re.I
)


def _by_full_name(page: Page, credit: Credit) -> Credit:
    """Name the paper or the office that a first mention leaves unnamed by what the article says of it later.

    "a poll suggests" is of the pollster whom the next sentence names; "the region's governor said" is the person who
    speaks next.
    """
    name = credit.source or ""
    if not name[:1].islower() or credit.said_start is None:
        return credit
    if name == "official" and credit.rules and credit.rules[0].rule.endswith(PLURAL_PAPERS):
        return replace(credit, source="officials")  # "by official estimates"
    last = name.split()[-1]
    head = _head_word(name.casefold().split())
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


PLURAL_PAPERS: Final = ("estimates", "figures", "data", "statistics", "counts", "numbers", "sources")
OFFICE_ALONE: Final = frozenset(("governor", "mayor", "minister", "commissioner", "prefect", "district chief"))


def _read_page(document: Document, readings: Sequence[Reading], lexicon: Lexicon) -> Page:
    """Find all statements of the article and name their speakers in the order of the text."""
    numbers: dict[str, list[int]] = {"text": [], "title": []}
    for reading in readings:
        mention = reading.quantity.mention
        numbers[document.sentences[mention.sentence].field] += (mention.start, mention.number_start)
    for spots in numbers.values():
        spots.sort()
    page = Page(document=document, lexicon=lexicon, cast=read_cast(document, lexicon), numbers=numbers)
    for position, sentence in enumerate(document.sentences):
        text = sentence.text
        if (
            lexicon.sources.cues.isdisjoint(sentence.vocabulary)
            and READING_OUT.isdisjoint(sentence.vocabulary)
            and ":" not in text
            and not text[-3:].rstrip(" .").endswith(")")
        ):
            continue
        finder = _finder(page, sentence, position)
        statements = finder.statements()
        if statements:
            page.said[position] = _spoken(page, finder, statements)
            page.order.extend(page.said[position])
        if sentence.field == "title":
            page.papers.clear()  # a headline names a paper in short: "US draft report doubts toll"
    return page


def _finder(page: Page, sentence: Sentence, position: int) -> Finder:
    if page.finder is not None and page.finder.position == position:
        return page.finder
    page.finder = Finder(
        sentence=sentence,
        tokens=spoken_tokens(sentence),
        position=position,
        sources=page.lexicon.sources,
        numbers=page.numbers[sentence.field],
        is_place=page.cast.is_place,
        recalls=page.cast.recalls,
    )
    return page.finder


def _spoken(page: Page, finder: Finder, statements: list[Statement]) -> list[Said]:
    """Name the speakers of a sentence and cut the reach of each statement at its neighbours."""
    sentence, tokens = finder.sentence, finder.tokens
    out: list[Said] = []
    for at, one in enumerate(statements):
        speaker: Speaker | None = None
        mention = ""
        if one.shared:
            if out:
                speaker, mention = out[-1].speaker, out[-1].mention
            else:
                opener = tokens[0].lower if tokens else ""
                if opener in SOMEBODY:
                    _meet_subject(page, finder.position, person=opener in PERSONAL)
                subject = _main_subject(page, finder, one.start)
                if subject is not None:
                    speaker, mention = subject
                    page.cast.meet(speaker)
                elif opener in SOMEBODY:
                    speaker, mention = NOBODY, tokens[0].text
        elif one.speaker is not None:
            words = tokens[one.speaker[0] : one.speaker[1]]
            also = tokens[one.also[0] : one.also[1]] if one.also else ()
            pronoun = words[0].lower if words[0].lower in SOMEBODY else None
            if (
                pronoun
                and one.speaker[0] > 2
                and not out
                and (one.reach == "after" or pronoun not in PERSONAL or pronoun in {"his", "her"})
            ):
                _meet_own_subject(page, finder, one.start, person=pronoun in PERSONAL)
            if pronoun and (one.speaker[0] <= 2 or pronoun in PERSONAL):
                _meet_subject(page, finder.position, person=one.speaker[0] > 2)
            elif one.speaker[0] <= 2 and _means_body(words):
                _meet_subject(page, finder.position)
            speaker = _resolve(page, words, also, tokens[max(0, one.speaker[0] - 30) : one.speaker[0]])
            if speaker is None and pronoun in {"he", "she"} and one.speaker[0] > 2:
                subject = _main_subject(page, finder, tokens[one.speaker[0]].start, country=True)
                if subject is not None and subject[0].person:
                    speaker = subject[0]
            if speaker is None and pronoun and len(words) == 1:
                speaker = NOBODY
            if speaker is not None and not speaker.firm and words[0].lower == "the" and len(words) == 2:
                speaker = _named_subject(page, finder, words, one.start) or speaker
            if speaker is not None and not speaker.firm and _means_politician(words):
                speaker = _last_person(page, finder.position) or speaker
            ends = sorted((*one.speaker, *(one.also or ())))
            mention = page.document.article.field_text(sentence.field)[tokens[ends[0]].start : tokens[ends[-1] - 1].end]
        if speaker is None:
            continue
        if one.reach != "after" and any(
            other.end <= one.opens and other.lower in {"than", "what"} for other in _just_before(tokens, one.opens)
        ):
            continue  # "by less than economists had expected": nobody says so
        aside = (
            one.speaker is not None
            and one.speaker[0] > 0
            and tokens[one.speaker[0] - 1].lower in {"than", "as", "whom", "what"}
        )
        if (
            not one.shared
            and not aside
            and speaker is not NOBODY
            and (not one.object_only or (speaker.firm and not speaker.person))
        ):
            page.cast.meet(speaker)
        start, end = _bounds(sentence, statements, at)
        relayed = None
        if one.relay is not None:
            other = resolve_speaker(page.cast, tokens[one.relay[0] : one.relay[1]])
            relayed = other.name or None if other else None
        out.append(Said(statement=one, speaker=speaker, mention=mention, start=start, end=end, relayed_by=relayed))
    return _relayed(out)


def _just_before(tokens: Sequence[Token], offset: int) -> Sequence[Token]:
    at = bisect_left(tokens, offset, key=lambda one: one.start)
    return tokens[max(0, at - 1) : at]


def _resolve(page: Page, words: Sequence[Token], also: Sequence[Token], before: Sequence[Token] = ()) -> Speaker | None:
    """A speaker; of two joined by "and" the first, of a document its owner."""
    lowers = [one.lower for one in words]
    if len(words) == 2 and lowers[0] == "its" and lowers[1] in HEADS_OF_HOUSES:
        near = range(len(before) - 1, max(0, len(before) - 40), -1)
        house = next((n for n in near if before[n].lower in HOUSES and before[n - 1].text[0].isupper()), None)
        if house is not None:
            begin = house
            while begin and before[begin - 1].text[0].isupper() and before[begin - 1].text[0].isalpha():
                begin -= 1
            while before[begin].lower in {"at", "in", "the", "a", "of"} and begin < house - 1:
                begin += 1
            name = cast_text(list(before[begin : house + 1]))
            kin = frozenset({before[house].lower, lowers[1]})
            kind: SourceType = "hospital" if before[house].lower in MEDICAL else "unknown"
            return Speaker(name=name, type=kind, heads=kin, role=lowers[1])
    if len(words) == 1 and lowers[0] in {"its", "his", "her", "their"}:
        return resolve_speaker(
            page.cast, [replace(words[0], lower={"its": "it", "his": "he", "her": "she"}.get(lowers[0], "they"))]
        )
    joined = next((n for n, one in enumerate(lowers) if one in {"and", "&"} and n > 0), None)
    reporting = page.lexicon.sources.reporting
    issued_by = next(
        (
            n
            for n in range(1, len(lowers) - 2)
            if lowers[n + 1] == "by" and lowers[n] in reporting.by and words[n].text.islower()
        ),
        None,
    )
    if issued_by is not None and lowers[issued_by] not in {"quoted", "cited", "obtained"}:
        issuer = resolve_speaker(page.cast, words[issued_by + 2 :])
        if issuer is not None:
            return issuer  # "results provided by the commission"
    head = _head_word(lowers)
    if (
        lowers[-1] == head
        and (head in reporting.document or head in reporting.statement or head in BARE_COUNTS)
        and not UNVOUCHED.isdisjoint(lowers)
        and head not in SURVEYS
        and all(one in OF_NOBODY for one in lowers[:-1])
        and not ("the" in lowers and (PAPER_KIN.get(head, head) in page.papers or page.cast.spoken))
    ):
        return None  # "initial reports indicate", "according to the latest count"
    if (
        head in OWN_NAMES
        and len(words) > 1
        and lowers[-1] == head
        and words[-1].text[0].isupper()
        and words[-2].text[0].isupper()
    ):
        return _research_firm(page, words)
    if (head in reporting.document or head in reporting.statement) and not _names_body(page, words):
        owner = None
        issued = [one.lower for one in also[:2]]
        if len(also) > 2 and issued[1] == "by" and issued[0] in reporting.by:
            owner = resolve_speaker(page.cast, also[2:])  # "the letter, published by X, predicted"
        owner = owner or _document_owner(page, words, lowers)
        if owner is not None and (owner.firm or owner.name[:1].isupper()) and len(words) > 2:
            page.papers[PAPER_KIN.get(head, head)] = owner
        return owner
    speaker = resolve_speaker(page.cast, words, also=also, before=before)
    if joined is not None and speaker is not None and " and " in cast_text(list(words)):
        first = resolve_speaker(page.cast, words[:joined], before=before)
        second = resolve_speaker(page.cast, words[joined + 1 :])
        if first and second and first.type != "unknown" and _two(page, words, joined):
            return first
    return speaker


HOUSES: Final = frozenset((
    "hospital", "clinic", "university", "school", "prison", "museum", "airport", "institute", "college", "zoo", "port",
    "orphanage", "monastery", "laboratory",
))  # fmt: skip
MEDICAL: Final = frozenset(("hospital", "clinic"))
HEADS_OF_HOUSES: Final = frozenset((
    "director", "head", "chief", "spokesman", "spokeswoman", "spokesperson", "manager", "rector", "dean", "principal",
    "governor", "superintendent", "administrator",
))  # fmt: skip


def _two(page: Page, words: Sequence[Token], joined: int) -> bool:
    """Whether "A and B" are two speakers, not one name ("Ministry of Trade and Industry")."""
    sources = page.lexicon.sources
    at = 0
    while at < joined:
        hit = sources.match(words, at)
        if hit and hit[0] > joined:
            return False
        at = hit[0] if hit else at + 1
    left = [one.lower for one in words[:joined]]
    right = [one.lower for one in words[joined + 1 :]]
    heads = sources.reporting.heads
    return not ({"ministry", "department", "office", "of", "for"} & set(left) and not set(right) & set(heads)) and not (
        right[-1] in {"ministry", "department", "council", "administration", "agency", "commission"}
        and "the" not in right
        and left[-1] not in heads
    )


def _names_body(page: Page, words: Sequence[Token]) -> bool:
    """Whether a name of the file reaches over the head noun ("the US Geological Survey")."""
    last = next((n for n, one in enumerate(words) if one.lower in {"of", "for", "by", "from", "at", "in"}), len(words))
    return any((hit := page.lexicon.sources.match(words, n)) is not None and hit[0] >= last for n in range(last))


def _head_word(lowers: Sequence[str]) -> str:
    head = lowers[0]
    for one in lowers:
        if one in {"of", "for", "by", "from", "at", "in"}:
            break
        head = one
    return head


OWN_NAMES: Final = frozenset(("research", "analytics", "polling", "insights", "analysis", "consulting", "surveys"))


def _research_firm(page: Page, words: Sequence[Token]) -> Speaker:
    """A firm whose name ends in what it makes: "Edison Research", "Canvas Polling"."""
    named = [one for one in words if one.lower not in OF_NOBODY]
    known = page.lexicon.sources.source(cast_text(named))
    if known is not None:
        return page.cast.known(known)
    heads = frozenset({one.lower for one in named} | {"firm", "pollster", "company"})
    return Speaker(name=cast_text(named), type="expert", heads=heads)


OF_NOBODY: Final = frozenset((
    "the", "a", "an", "this", "that", "same", "new", "newer", "latest", "recent", "draft", "initial", "early",
    "earlier", "first",
    "preliminary", "provisional", "partial", "final", "revised", "updated", "unconfirmed", "conflicting", "several",
    "some",
    "other", "further", "previous", "separate", "fresh", "these", "those", "current", "most",
))  # fmt: skip
"""Words before a report or figures that name nobody: "initial reports", "preliminary figures"."""
UNVOUCHED: Final = frozenset((
    "new", "newer", "latest", "recent", "initial", "early", "first", "preliminary", "provisional", "partial",
    "final", "revised",
    "updated", "unconfirmed", "conflicting", "further", "fresh", "current",
))  # fmt: skip
COUNTED: Final = frozenset((
    "victims", "deaths", "casualties", "cases", "fatalities", "injuries", "bodies", "votes", "ballots", "graves",
    "strikes",
    "attacks", "incidents", "prices", "households", "homes", "buildings", "obituaries", "arrests",
))  # fmt: skip
BARE_COUNTS: Final = frozenset((
    "count", "counts", "tally", "tallies", "returns", "projection", "projections", "recount", "toll", "tolls",
    "estimate",
    "estimates", "calculation", "calculations",
))  # fmt: skip


def _document_owner(page: Page, words: Sequence[Token], lowers: list[str]) -> Speaker | None:
    """Who stands behind "a report by X", "X's survey", "its statement", "the report"."""
    asked = next((n for n, one in enumerate(lowers) if one in SURVEYS), 0)
    if asked and words[0].lower not in PERSONAL and any(one.text[0].isupper() for one in words[1:asked]):
        front = [one for one in words[:asked] if one.lower not in OF_NOBODY]
        mark = next((n for n, one in enumerate(front) if one.text in "/-‑–" and 0 < n < len(front) - 1), None)
        if mark is not None and front[mark - 1].text[0].isupper() and front[mark + 1].text[0].isupper():
            known = resolve_speaker(page.cast, front)
            first = next(n for n, one in enumerate(front) if one.text[0].isupper())
            return Speaker(
                name=cast_text(front[first:]),
                type=known.type if known is not None else "expert",
                heads=frozenset({"poll", "survey", "pollster"}),
            )  # "an Associated Press-GfK poll"
        pollster = resolve_speaker(page.cast, front)
        if pollster is not None:
            return pollster  # "a YouGov poll for CBS News"
    for n, one in enumerate(lowers):
        if one == "of" and n + 1 < len(words) and lowers[n + 1] in COUNTED:
            break  # "a count of victims"
        if one in {"by", "from", "for", "of", "in"} and n + 1 < len(words):
            owner = resolve_speaker(page.cast, words[n + 1 :])
            if owner is not None and (
                one in {"by", "from"} or (owner.firm and owner.type != "unknown" and one != "in")
            ):
                return owner
            if one == "in" and words[-1].text[0].isupper() and not page.cast.is_place(words[-1].text):
                return owner
            if one == "in" and lowers[n + 1] == "the" and sum(word.text[0].isupper() for word in words[n + 1 :]) > 1:
                return Speaker(name=cast_text(list(words[n + 2 :])), type="expert", firm=True)
            break
    cut = next((n for n, one in enumerate(lowers) if one in {"of", "for", "by", "from", "at", "in", "on"}), len(lowers))
    front = list(words[: cut - 1])
    if (
        len(front) > 1
        and front[0].text[0].isupper()
        and not any(one.text[0].isupper() for one in front[1:])
        and front[-1].lower not in page.lexicon.sources.reporting.heads
        and not page.cast.is_place(front[0].text)
        and page.lexicon.sources.match(front, 0) is None
    ):
        front = []  # "State budget documents": the capital of a sentence's first word
    while front and front[0].lower in OF_NOBODY:
        front = front[1:]
    named = any(one.text[0].isupper() for one in front) or any(
        POSSESSIVE.sub("", one.lower) in page.lexicon.sources.reporting.heads
        and one.lower not in {"local", "media", "press", "state", "official"}
        for one in front
    )
    owner_end = next((n + 1 for n, one in enumerate(front) if one.text.endswith(("'s", "’s"))), None)
    if owner_end is not None and named and all(one.text.islower() for one in front[owner_end:]):
        first = next(n for n, one in enumerate(words) if one is front[0])
        front = list(words[max(0, first - (first > 0 and lowers[first - 1] == "the")) : first + owner_end])
        return resolve_speaker(page.cast, front)  # "the commission's earlier list"
    if front and (named or front[0].lower in {"its", "his", "her", "their"}):
        if len(front) == 1 and front[0].lower in {"its", "his", "her", "their"}:
            return _resolve(page, front, ())
        owner = resolve_speaker(page.cast, front)
        if owner is not None:
            return owner
    paper = PAPER_KIN.get(_head_word(lowers), _head_word(lowers))
    if len(words) == 1 and paper in page.papers:
        return page.papers[paper]
    if lowers[0] in {"the", "this", "that", "same"} and cut <= 3:
        known = page.papers.get(paper) or (_paper_named(page, words[0].start) if paper == "report" else None)
        if known is None and page.cast.spoken:
            known = next((one for one in reversed(page.cast.spoken) if not one.somebody), page.cast.spoken[-1])
        if known is not None:
            return known
    return resolve_speaker(page.cast, words)


PAPER_KIN: Final = {
    "polls": "poll", "survey": "poll", "surveys": "poll", "polling": "poll", "study": "report", "analysis": "report",
    "paper": "report", "research": "report", "studies": "report", "reports": "report", "document": "report",
    "findings": "report", "review": "report",
}  # fmt: skip
"""Nouns by which a later sentence means the same paper."""


def _paper_named(page: Page, at: int) -> Speaker | None:
    """Whose "the report" is where nobody was quoted: "X's 2023 report is based on …", "a report by X"."""
    text = page.document.article.text
    named = list(OWNED_PAPER.finditer(text, max(0, at - 1_200), max(0, at)))
    if not named:
        return None
    found = named[-1]
    start, end = found.span(1) if found[1] else found.span(2)
    owner = resolve_speaker(page.cast, list(tokenise(text, start, end)))
    return owner if owner is not None and not owner.person else None


OWNED_PAPER: Final = re.compile(
    r"((?:[A-ZÀ-Þ][\w.&-]+ ){0,4}[A-ZÀ-Þ][\w.&-]+)['’]s (?:[\w-]+ ){0,6}?[Rr](?:eport|eview)\b"
    r"|\b(?:report|study|paper|analysis) (?:by|from) (?:the )?((?:[A-ZÀ-Þ][\w.&-]+(?: of| for| on)? ?){1,6})"
)


def _meet_subject(page: Page, position: int, *, person: bool = False) -> None:
    """Before "It said …": the body that the sentence before is about, where nobody speaks there.

    Where nobody has spoken yet, the subject of up to three sentences before; ``person`` asks for a person.
    """
    sentences = page.document.sentences
    for before in range(position - 1, max(-1, position - 1 - (1 if page.cast.spoken else 3)), -1):
        if sentences[before].field != sentences[position].field:
            return
        if any(not one.statement.object_only and one.speaker is not NOBODY for one in page.said.get(before, ())):
            return
        finder = _finder(page, sentences[before], before)
        subject = _main_subject(page, finder, sentences[before].end, country=person)
        if subject is not None and (subject[0].person or subject[0].role is not None or not person):
            page.cast.meet(subject[0])
            return


def _named_subject(page: Page, finder: Finder, words: Sequence[Token], limit: int) -> Speaker | None:
    """The company that "the carmaker" means: the name that opens its sentence or the article, no place, no person."""
    head = words[1].lower
    kind = page.lexicon.sources.reporting.heads.get(head)
    if kind != "company" or head.endswith("s"):
        return None
    if head in {"airline", "carrier"}:
        if "airline" not in page.cast.offices:
            flown = AIRLINE.search(page.document.article.text, 0, 20_000)
            page.cast.offices["airline"] = flown[0] if flown is not None else None
        flies = page.cast.offices["airline"]
        if flies:
            return Speaker(name=flies, type="company", heads=frozenset({"airline", "carrier", "company"}))
    lead = next((n for n, one in enumerate(page.document.sentences) if one.field == "text"), finder.position)
    for at in dict.fromkeys((finder.position, finder.position - 1, lead)):
        if not 0 <= at < len(page.document.sentences) or page.document.sentences[at].field != finder.sentence.field:
            continue
        sentence = page.document.sentences[at]
        found = COMPANY_SUBJECT.match(sentence.text)
        if found is None or sentence.start + found.start(1) >= limit:
            continue
        name = POSSESSIVE.sub("", found[1].strip())
        if not page.cast.is_place(name) and not name.casefold().startswith(("the ", "a ", "in ", "at ")):
            known = page.lexicon.sources.source(name)
            if known is not None and known.type != "company":
                continue
            return Speaker(name=known.name if known else name, type="company", heads=frozenset({head, name.casefold()}))
    return None


AIRLINE: Final = re.compile(
    r"(?:(?!The\b|An?\b|In\b|By\b|On\b|Of\b)[A-ZÀ-Þ][\w-]+ ){1,3}(?:Airlines?|Airways|Air(?= [A-Z(,.]|[,.])|Aviation)\b"
)
COMPANY_SUBJECT: Final = re.compile(
    r"(?:[^\n]{2,60}?(?:[—–]|--|\s-)\s)?((?!The\b|A\b|An\b|In\b|At\b|On\b|It\b|Flight\b|Train\b|Bus\b|He\b|She\b|They\b|More\b|About\b|Some\b)"
    r"[A-ZÀ-Þ][\w&.’'-]*(?:\s(?:[A-ZÀ-Þ][\w&.’'-]*|&|and(?=\s[A-Z]))){0,3})\s+(?:will|is|has|had|to|cut|sold|made"
    r"|lost|shed|paid"
    r"|bought|swung|plans?|[a-z]{3,}ed|[a-z]{3,}[^su]s)\b"
)


def _means_body(words: Sequence[Token]) -> bool:
    """Whether a short form such as "the ministry" or "a ministry spokesman" may mean a body of the sentence before."""
    return any(one.lower in BODIES for one in words) and not any(one.text[0].isupper() for one in words[1:2])


def _means_politician(words: Sequence[Token]) -> bool:
    """Whether "the former minister", "the Texas Republican" means somebody whom the article names."""
    lowers = [one.lower for one in words]
    return lowers[0] == "the" and len(words) <= 5 and (lowers[1:2] == ["former"] or lowers[-1] in POLITICIANS)


def _last_person(page: Page, position: int) -> Speaker | None:
    """The person who is the subject of the sentence before, or who speaks in it."""
    if not position or page.document.sentences[position - 1].field != page.document.sentences[position].field:
        return None
    spoken = [one for one in page.said.get(position - 1, ()) if one.speaker.person]
    if spoken:
        return spoken[-1].speaker
    sentence = page.document.sentences[position - 1]
    subject = _main_subject(page, _finder(page, sentence, position - 1), sentence.end, country=True)
    return subject[0] if subject is not None and subject[0].person else None


def _meet_own_subject(page: Page, finder: Finder, limit: int, *, person: bool) -> None:
    """Before "…: it had found N" in the middle of a sentence: the body or person that the sentence is about."""
    subject = _main_subject(page, finder, limit, country=person)
    named = subject is not None and (subject[0].firm or sum(one[0].isupper() for one in subject[0].name.split()) > 1)
    if subject is not None and named and subject[0].somebody == person:
        page.cast.meet(subject[0])


def _main_subject(page: Page, finder: Finder, limit: int, *, country: bool = False) -> tuple[Speaker, str] | None:
    """The subject of a sentence: the noun phrase that opens it, where it can speak."""
    tokens = finder.tokens
    span = finder.opening(country=country)
    if span is None or tokens[span[0]].start >= limit:
        return None
    words = tokens[span[0] : span[1]]
    speaker = _resolve(page, words, ())
    if speaker is None:
        return None
    return speaker, page.document.article.field_text(finder.sentence.field)[words[0].start : words[-1].end]


def _bounds(sentence: Sentence, statements: list[Statement], at: int) -> tuple[int, int]:
    """The characters that a statement reaches over: up to its neighbours, or to the clause between them."""
    one = statements[at]
    start, end = one.opens, one.closes
    if one.reach in {"before", "both"}:
        start = sentence.start
        if at:
            previous = statements[at - 1]
            if one.rule.startswith(("citing", "quoting")) or (previous.object_only and not one.object_only):
                start = sentence.start
            elif previous.reach == "after":
                start = _clause_break(sentence, previous.closes, one.opens) or sentence.start
            else:
                start = previous.closes
    if one.reach in {"after", "both"}:
        end = sentence.end
        if at + 1 < len(statements):
            following = statements[at + 1]
            if one.reach == "both" and following.opens < one.opens and following.start >= one.closes:
                end = one.closes  # "Mr. Ruiz, who raised N, according to his campaign, has promised M"
            elif following.rule.startswith("X's ") or following.plain:
                end = sentence.end
            elif (
                following.object_only
                and following.rule.split()[-1] in INTENDING
                and _clause_break(sentence, one.closes, following.opens) is None
            ):
                end = sentence.end  # "he replied that she had wanted to let in 650 million": he says it
            elif following.reach == "after":
                end = following.opens if following.opens >= one.closes else following.start
            else:
                end = _clause_break(sentence, one.closes, following.opens) or following.opens
                if one.reach == "both" and end == following.opens:
                    end = _and_break(sentence, one.closes, following.opens) or one.closes
    if one.until is not None and one.until > one.closes:
        end = min(end, one.until)
    return start, max(end, one.closes)


def _clause_break(sentence: Sentence, low: int, high: int) -> int | None:
    """The last word between two statements that opens a new main clause ("while", "but", ";")."""
    return next((one.start for one in reversed(_between(sentence, low, high)) if one.lower in CLAUSE), None)


def _and_break(sentence: Sentence, low: int, high: int) -> int | None:
    return next((one.start for one in _between(sentence, low, high) if one.lower == "and"), None)


def _between(sentence: Sentence, low: int, high: int) -> Sequence[Token]:
    """The tokens that start in a stretch; of a very long one only the nearest to its end."""
    tokens = sentence.tokens
    first = bisect_left(tokens, low, key=lambda one: one.start)
    last = bisect_left(tokens, high, key=lambda one: one.start)
    return tokens[max(first, last - 200) : last]


def _relayed(said: list[Said]) -> list[Said]:
    """Mark a statement that stands as the object of another ("SANA reported that the ministry said")."""
    out: list[Said] = []
    for at, one in enumerate(said):
        if at and not one.statement.shared and one.relayed_by is None:
            outer = said[at - 1]
            gap = one.statement.opens - outer.statement.closes
            if (
                outer.statement.reach == "after"
                and 0 <= gap <= 6
                and not outer.statement.plain
                and outer.speaker.name != one.speaker.name
                and not outer.statement.object_only
            ) or (one.statement.rule.startswith(("citing", "quoting")) and outer.speaker.name != one.speaker.name):
                one = replace(one, relayed_by=outer.speaker.name or None)
        out.append(one)
    return out


# ── one reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _credit(page: Page, reading: Reading) -> Credit:
    mention = reading.quantity.mention
    sentence = page.document.sentences[mention.sentence]
    spot = mention.number_start
    found = _in_quotation(page, sentence, mention.sentence, spot)
    if found is None:
        found = _in_sentence(page, mention.sentence, spot)
    if found is None:
        found = _continued(page, reading, sentence, mention.sentence)
    if found is None:
        return _outlet(page, mention.sentence)
    said, rule = found
    return _credited(page, reading, said, rule)


def _credited(page: Page, reading: Reading, said: Said, rule: str) -> Credit:
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
        standing=statement.standing or _notes(page, mention.sentence)[0],
        said_start=statement.start if own else None,
        said_end=statement.end if own else None,
        rules=(
            RuleUse(
                column="source", rule=rule, start=statement.start if own else None, end=statement.end if own else None
            ),
        ),
    )


def _one_report(page: Page, readings: Sequence[Reading], credits: list[Credit]) -> list[Credit]:
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
            or any(TAKEN_UP.search(one) for one in _paragraph(page, readings[members[0]].quantity.mention.sentence))
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
                and not _notes(page, readings[n].quantity.mention.sentence)[1]
                and readings[n].metric != "population"
                and not _tells_of_another_country(page, said.speaker, sentence)
            ):
                rule = "goes on with the one report of " + said.statement.rule
                out[n] = _credited(page, readings[n], said, rule)
    return out


def _tells_of_another_country(page: Page, speaker: Speaker, sentence: Sentence) -> bool:
    """Whether a national body would have to count abroad: an Indian ministry, and a sentence on Brazil alone."""
    source = page.lexicon.sources.source(speaker.name)
    if source is None or source.country is None:
        return False
    named = (page.lexicon.settings.country_of(one.text) for one in sentence.tokens if one.text[0].isupper())
    countries = {one for one in named if one is not None}
    return bool(countries) and source.country not in countries


def _paragraph(page: Page, position: int) -> Iterator[str]:
    """The sentences of the paragraph that a sentence stands in, a few on either side."""
    own = page.document.sentences[position]
    for one in page.document.sentences[max(0, position - 3) : position + 4]:
        if one.field == own.field and one.paragraph == own.paragraph:
            yield one.text


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


def _notes(page: Page, position: int) -> tuple[Standing | None, bool, bool]:
    """How firmly a sentence speaks, whether it tells the background of a war, or a revision; read once."""
    known = page.notes.get(position)
    if known is None:
        text, words = page.document.sentences[position].text, page.document.sentences[position].vocabulary
        reporting = page.lexicon.sources.reporting
        standing: Standing | None = None
        if reporting.claim_phrases.search(text):
            standing = "claim"
        elif reporting.verified_phrases.search(text):
            standing = "verified"
        known = (
            standing,
            not BACKGROUND_HEADS.isdisjoint(words) and BACKGROUND.search(text) is not None,
            not REVISED_HEADS.isdisjoint(words) and REVISED.search(text) is not None,
        )
        page.notes[position] = known
    return known


def _outlet(page: Page, position: int) -> Credit:
    outlet = page.document.article.outlet
    return Credit(
        source=outlet,
        source_type="media" if outlet else "unknown",
        standing=_notes(page, position)[0],
        rules=(RuleUse(column="source", rule="nobody is credited: the outlet"),),
    )


def _in_quotation(page: Page, sentence: Sentence, position: int, spot: int) -> tuple[Said, str] | None:
    """The speaker of the innermost quotation around a number: beside its opening or closing mark."""
    around = [
        one
        for one in _near(page.document.quotations, spot)
        if one.field == sentence.field and one.start <= spot < one.end
    ]
    if not around:
        return None
    for quotation in sorted(around, key=lambda one: -one.start):
        inner = [
            one
            for one in _around(page, position, spot)
            if quotation.start < one.statement.start < quotation.end
            and one.start <= spot < one.end
            and not one.statement.object_only
            and one.speaker is not NOBODY
        ]
        if inner:
            best = inner[-1]
            outer = _speaker_beside(page, quotation, position)
            if outer is not None and best.relayed_by is None and outer.speaker.name != best.speaker.name:
                best = replace(best, relayed_by=outer.speaker.name or None)
            return best, "in a quotation: " + best.statement.rule
        beside = _speaker_beside(page, quotation, position)
        if beside is not None:
            return beside, "quotation: " + beside.statement.rule
    return None


def _near(quotations: Sequence[Quotation], spot: int) -> Sequence[Quotation]:
    """Quotations that may hold a spot; quotations are sorted by their start only within a field and depth."""
    return (
        quotations
        if len(quotations) < 200
        else quotations[max(0, bisect_right(quotations, spot, key=lambda one: one.start) - 20) :][:40]
    )


def _speaker_beside(page: Page, quotation: Quotation, position: int) -> Said | None:
    sentences = page.document.sentences
    last = position
    while (
        last + 1 < len(sentences)
        and sentences[last + 1].start < quotation.end
        and sentences[last + 1].field == quotation.field
        and last < position + 12
    ):
        last += 1
    for one in _around(page, last, quotation.end):
        if (
            one.statement.start >= quotation.end
            and one.statement.reach in {"before", "both"}
            and one.statement.opens - quotation.end < 12 + 80 * (one.statement.reach == "before")
        ):
            return one
    first = position
    while (
        first
        and sentences[first - 1].end > quotation.start
        and sentences[first - 1].field == quotation.field
        and first > position - 12
    ):
        first -= 1
    after = sentences[last + 1] if last + 1 < len(sentences) else None
    if after is not None and after.field == quotation.field and 0 <= after.start - quotation.end <= 1:
        for one in _around(page, last + 1, quotation.end)[:1]:  # “… outside!” Mr. Ruiz tweeted on Saturday.
            if one.statement.opens == after.start and after.end - one.statement.closes <= 2:
                return one
    opening = [one for one in _around(page, first, quotation.start) if one.statement.end <= quotation.start]
    if opening:
        return opening[-1]
    opened = sentences[first]
    if page.document.article.field_text(opened.field)[max(0, quotation.start - 2) : quotation.start].strip() == ":":
        subject = _main_subject(page, _finder(page, opened, first), quotation.start, country=True)
        if subject is not None and (subject[0].person or subject[0].firm):
            return _spoken_by(page, subject, quotation, first)  # "Ms. Ruiz hit back: “…”"
    if first != last:
        for one in _around(page, first, quotation.start):
            if one.statement.start >= quotation.end or one.statement.end <= quotation.start:
                return one
    sentence = sentences[first]
    if (
        first
        and sentences[first - 1].field == sentence.field
        and quotation.start - sentence.start < 2
        and sentences[first - 1].text.endswith(":")
        and (introduced := [one for one in page.said.get(first - 1, ()) if not one.statement.object_only])
    ):
        return introduced[-1]  # a quotation that stands as a paragraph of its own
    if first and sentences[first - 1].paragraph == sentence.paragraph and sentences[first - 1].field == sentence.field:
        before = page.said.get(first - 1)
        if before:
            return before[-1]
    return None


def _spoken_by(page: Page, subject: tuple[Speaker, str], quotation: Quotation, position: int) -> Said:
    """The statement that a colon makes of the subject before it."""
    statement = Statement(
        sentence=position,
        start=quotation.start,
        end=quotation.start + 1,
        opens=quotation.start,
        closes=quotation.start + 1,
        reach="after",
        rule="X: “…”",
    )
    page.cast.meet(subject[0])
    return Said(statement=statement, speaker=subject[0], mention=subject[1], start=quotation.start, end=quotation.end)


def _in_sentence(page: Page, position: int, spot: int) -> tuple[Said, str] | None:
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
    firm = [one for one in holding if not one.statement.object_only]
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
        if around and best.statement.rule.split()[-1] in page.lexicon.sources.reporting.naming and around[-1] in ahead:
            best = around[-1]  # "he blamed them for the closure, which cost N, according to X"
        if best.statement.plain and not best.speaker.firm and (ahead or around):
            best = (ahead or around)[-1]
        if (
            best.statement.plain
            and best.speaker.name.endswith(" government")
            and ahead
            and not ahead[-1].statement.plain
        ):
            by = ahead[-1].speaker
            if by.person and by.type == "government" and page.cast.country_of(best.mention) is not None:
                best = ahead[-1]  # "Zambia has confirmed four cases, the health minister announced"
        if best.statement.plain and not best.speaker.firm and not best.speaker.person:
            sentence = page.document.sentences[position]
            outer = [
                one
                for one in behind
                if one.statement.reach == "after"
                and not one.statement.plain
                and _clause_break(sentence, one.statement.closes, best.statement.opens) is None
                and _and_break(sentence, one.statement.closes, best.statement.opens) is None
                and ":"
                not in sentence.text[one.statement.closes - sentence.start : best.statement.opens - sentence.start]
            ]
            if outer and outer[-1].speaker.firm:  # "the police chief said officers found 2 victims"
                best = outer[-1]
        if not best.speaker.firm and not best.speaker.person and best.speaker.type == "unknown":
            last = best.speaker.name.split()[-1].casefold() if best.speaker.name else ""
            around = [one for one in behind if one is not best and one.statement.reach == "after" and one.speaker.name]
            if last in page.lexicon.sources.reporting.document and around and not around[-1].statement.plain:
                best = around[-1]  # "he said a separate index showed N"
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


def _gives(speaker: Speaker) -> bool:
    """Whether a body's own gifts and expenses are told in its name: a named body that is no house or party."""
    return speaker.firm and LAWMAKERS.isdisjoint(speaker.name.casefold().split())


def _set_beside(page: Page, position: int, spot: int, holding: Sequence[Said]) -> Said | None:
    """A name set beside the number where the verb is left out: "the unions spoke of 900, the police of 170"."""
    outer = [
        one for one in holding if one.statement.closes <= spot and (one.statement.plain or one.statement.object_only)
    ]
    if not outer or outer[-1].statement.shared:
        return None
    sentence = page.document.sentences[position]
    tokens = sentence.tokens
    at = bisect_right(tokens, spot, key=lambda one: one.start) - 1
    if at < 0:
        return None
    finder = _finder(page, sentence, position)
    span = finder.beside(at, outer[-1].statement.closes)
    if span is None:
        return None
    words = finder.tokens[span[0] : span[1]]
    speaker = _resolve(page, words, ())
    if speaker is None or speaker.person != outer[-1].speaker.person:
        return None
    if not speaker.firm and (speaker.type not in {"government", "ngo", "company"} or words[0].lower != "the"):
        return None
    mention = page.document.article.field_text(sentence.field)[words[0].start : words[-1].end]
    return replace(outer[-1], speaker=speaker, mention=mention)


def _introduced(page: Page, position: int) -> Said | None:
    """The speaker of the line that opens a list with a colon: "X has published these figures:" and its bullets."""
    sentences = page.document.sentences
    if not BULLET.match(sentences[position].text):
        return None
    at = position
    while at > 0 and at > position - LONGEST_LIST and sentences[at - 1].field == sentences[at].field:
        at -= 1
        text = sentences[at].text
        if text.rstrip().endswith(":") and not BULLET.match(text):
            said = [
                one for one in page.said.get(at, ())[-6:] if not one.statement.object_only and one.speaker is not NOBODY
            ]
            return said[-1] if said else None
        if not BULLET.match(text) and (
            sentences[at].paragraph != sentences[at + 1].paragraph or not BULLET.match(sentences[at + 1].text)
        ):
            bulleted = any(
                BULLET.match(one.text) and one.paragraph == sentences[at].paragraph
                for one in sentences[max(0, at - 4) : at]
            )
            if not bulleted:
                return None
    return None


BULLET: Final = re.compile(r"\s*(?:[-*•–—·▪‣◦]|\d{1,2}[.)])\s")
LONGEST_LIST: Final = 40


def _told_before(page: Page, position: int) -> Sequence[Said]:
    """The last statements before a sentence."""
    end = bisect_left(page.order, position, key=lambda one: one.statement.sentence)
    return page.order[max(0, end - 12) : end]


def _around(page: Page, position: int, spot: int) -> Sequence[Said]:
    """The statements of a sentence near a spot."""
    said = page.said.get(position, ())
    if len(said) < 24:
        return said
    low = max(0, bisect_right(said, spot, key=lambda one: one.statement.start) - 8)
    return said[low : low + 16]


def _reports(page: Page, one: Said) -> bool:
    """Whether a statement tells news that the next sentence may go on with: no demand, no name for a thing."""
    reporting = page.lexicon.sources.reporting
    word = one.statement.rule.split()[-1]
    return not one.statement.object_only and word not in reporting.want and word not in reporting.naming


def _has_number(page: Page, sentence: Sentence) -> bool:
    numbers = page.numbers[sentence.field]
    at = bisect_right(numbers, sentence.start - 1)
    return at < len(numbers) and numbers[at] < sentence.end


def _continued(page: Page, reading: Reading, sentence: Sentence, position: int) -> tuple[Said, str] | None:
    """The speaker whose report a sentence without a speaker goes on with, or who closes the paragraph."""
    if sentence.field == "title" or _notes(page, position)[1] or reading.metric == "population":
        return None
    sentences = page.document.sentences
    if not TURN.match(sentence.text):
        for back in range(1, 4):
            other = position - back
            if (
                other < 0
                or sentences[other].field != sentence.field
                or sentences[other].paragraph != sentence.paragraph
            ):
                break
            said = [one for one in page.said.get(other, [])[-12:] if _reports(page, one)]
            if said:
                return said[-1], "goes on with the report of " + said[-1].statement.rule
            asked = [
                one
                for one in page.said.get(other, [])[-12:]
                if one.statement.rule.split()[1:2]
                and one.statement.rule.split()[1] in INQUIRY
                and not one.speaker.person
            ]
            if asked:
                return asked[-1], "goes on with the inquiry of " + asked[-1].statement.rule
            if TURN.match(sentences[other].text) or back == 2 or not _has_number(page, sentences[other]):
                break
    listed = _introduced(page, position)
    if listed is not None:
        return listed, "in the list of " + listed.statement.rule
    if _notes(page, position)[2]:
        known = [one for one in _told_before(page, position) if one.speaker.firm]
        if known:
            return known[-1], "a revision of what was told by " + known[-1].statement.rule
    for ahead in range(1, 4):
        other = position + ahead
        if (
            other >= len(sentences)
            or sentences[other].field != sentence.field
            or sentences[other].paragraph != sentence.paragraph
        ):
            break
        firm = [one for one in page.said.get(other, [])[:12] if not one.statement.object_only]
        if firm:
            first = firm[0]
            earlier = _told_before(page, position)
            if earlier and earlier[-1].speaker.name == first.speaker.name:
                return first, "the paragraph ends with " + first.statement.rule
            break
    return None
