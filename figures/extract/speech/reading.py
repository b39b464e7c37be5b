"""Read all statements of an article in its order: who speaks, and over which characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from figures.extract.speech.cast import Speaker, read_cast
from figures.extract.speech.line import Line
from figures.extract.speech.mentions import (
    last_person,
    main_subject,
    means_body,
    means_politician,
    meet_own_subject,
    meet_subject,
    named_subject,
    one_of_two,
)
from figures.extract.speech.owners import resolve
from figures.extract.speech.page import NOBODY, PERSONAL, SOMEBODY, Page, Said, line_at
from figures.extract.speech.speakers import resolve_speaker
from figures.extract.speech.statement import Statement
from figures.extract.speech.statements import UNCUED, find_statements
from figures.extract.types import Document, Reading, Sentence, Token
from figures.extract.words import CLAUSE, INTENDING
from figures.lexicon import Lexicon


def read_page(document: Document, readings: Sequence[Reading], lexicon: Lexicon) -> Page:
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
            and UNCUED.isdisjoint(sentence.vocabulary)
            and ":" not in text
            and not text[-3:].rstrip(" .").endswith(")")
        ):
            continue
        line = line_at(page, sentence, position)
        statements = find_statements(line)
        if statements:
            page.said[position] = _spoken(page, line, statements)
            page.order.extend(page.said[position])
        if sentence.field == "title":
            page.papers.clear()  # a headline names a paper in short: "US draft report doubts toll"
    return page


def _spoken(page: Page, line: Line, statements: list[Statement]) -> list[Said]:
    """Name the speakers of a sentence and cut the reach of each statement at its neighbours."""
    sentence, tokens = line.sentence, line.tokens
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
                    meet_subject(page, line.position, person=opener in PERSONAL)
                subject = main_subject(page, line, one.start)
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
                meet_own_subject(page, line, one.start, pronoun, owner=_owns(one))
            if pronoun and (one.speaker[0] <= 2 or pronoun in PERSONAL):
                meet_subject(page, line.position, person=one.speaker[0] > 2)
            elif one.speaker[0] <= 2 and means_body(words):
                meet_subject(page, line.position)
            speaker = one_of_two(page, line.position, words)
            speaker = speaker or resolve(page, words, also, tokens[max(0, one.speaker[0] - 30) : one.speaker[0]])
            if speaker is None and pronoun in {"he", "she"} and one.speaker[0] > 2:
                subject = main_subject(page, line, tokens[one.speaker[0]].start, country=True)
                if subject is not None and subject[0].person:
                    speaker = subject[0]
            if speaker is None and pronoun and len(words) == 1:
                speaker = NOBODY
            if speaker is not None and not speaker.firm and words[0].lower == "the" and len(words) == 2:
                speaker = named_subject(page, line, words, one.start) or speaker
            if speaker is not None and not speaker.firm and means_politician(words):
                speaker = last_person(page, line.position) or speaker
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
            and not (tokens[one.speaker[0] - 1].lower == "as" and speaker.person)
        )
        aside = aside or one.rule == "N, a figure of X" or (one.tight is not None and bool(out))
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


def _owns(one: Statement) -> bool:
    """Whether the speaker owns the count: "X's toll", "by X's count"."""
    return one.rule.startswith(("X's ", "by X's "))


def _just_before(tokens: Sequence[Token], offset: int) -> Sequence[Token]:
    at = bisect_left(tokens, offset, key=lambda one: one.start)
    return tokens[max(0, at - 1) : at]


def _bounds(sentence: Sentence, statements: list[Statement], at: int) -> tuple[int, int]:
    """The characters that a statement reaches over: up to its neighbours, or to the clause between them."""
    one = statements[at]
    start, end = one.opens, one.closes
    if one.tight is not None and at and statements[at - 1].reach == "after":
        return one.tight, one.closes
    if one.reach in {"before", "both"}:
        start = sentence.start
        if at:
            previous = statements[at - 1]
            if one.rule.startswith(("citing", "quoting")) or (previous.object_only and not one.object_only):
                start = sentence.start
            elif previous.reach == "after":
                start = clause_break(sentence, previous.closes, one.opens) or sentence.start
            else:
                start = previous.closes
    if one.reach in {"after", "both"}:
        end = sentence.end
        at += at + 1 < len(statements) and statements[at + 1].tight is not None and one.reach == "after"
        if at + 1 < len(statements):
            following = statements[at + 1]
            if one.reach == "both" and following.opens < one.opens and following.start >= one.closes:
                end = one.closes  # "Mr. Ruiz, who raised N, according to his campaign, has promised M"
            elif following.rule.startswith("X's ") or following.plain:
                end = sentence.end
            elif (
                following.object_only
                and following.rule.split()[-1] in INTENDING
                and clause_break(sentence, one.closes, following.opens) is None
            ):
                end = sentence.end  # "he replied that she had wanted to let in 650 million": he says it
            elif following.reach == "after":
                end = following.opens if following.opens >= one.closes else following.start
            else:
                end = clause_break(sentence, one.closes, following.opens) or following.opens
                if one.reach == "both" and end == following.opens:
                    end = and_break(sentence, one.closes, following.opens) or one.closes
    if one.until is not None and one.until > one.closes:
        end = min(end, one.until)
    return start, max(end, one.closes)


def clause_break(sentence: Sentence, low: int, high: int) -> int | None:
    """The last word between two statements that opens a new main clause ("while", "but", ";")."""
    return next((one.start for one in reversed(_between(sentence, low, high)) if one.lower in CLAUSE), None)


def and_break(sentence: Sentence, low: int, high: int) -> int | None:
    """The first "and" between two statements."""
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
