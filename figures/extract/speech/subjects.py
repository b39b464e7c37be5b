"""Find the subject before a reporting verb, over asides, relative clauses, adverbs and times."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import LOOK, Line, Span, Subject
from figures.extract.speech.phrases import phrase_from, phrase_start
from figures.extract.speech.speaking import can_speak
from figures.extract.words import (
    AMBIGUOUS,
    CLAUSAL,
    DETERMINERS,
    DISASTERS,
    HAD,
    ISSUED,
    JOINED,
    LEADING,
    LINKS,
    MONTHS,
    NEAR,
    NUMBER_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    ROLES,
    SEEN,
    SKIPPED,
    STOPS,
    TIMES,
    WEEKDAYS,
    WHO,
)

COUNTED_AS: Final = frozenset((
    "latest", "own", "official", "new", "initial", "first", "previous", "earlier", "preliminary", "total", "current",
    "death", "final", "provisional", "running", "overall", "combined", "revised", "updated", "annual", "monthly",
    "weekly", "daily", "quarterly", "mid-year", "internal", "recent", "full", "partial", "interim", "most", "last",
    "early", "quick", "exit", "tentative", "casualty", "population",
))  # fmt: skip
"""Words that stand between the one who counts and the count: "the ministry's latest death toll"."""
SURVEYED: Final = frozenset(("poll", "survey", "polls", "surveys", "study", "sample", "review", "analysis", "census"))
ABLE: Final = frozenset(("could", "can"))
VERIFYING: Final = frozenset(("confirm", "verify", "identify", "document", "count", "name", "establish", "account"))
FINITE: Final = frozenset(("is", "are", "was", "were", "has", "have", "had", "remain", "remained", "died"))
ASIDE: Final = 22  # words that an apposition may have


def clause_subject(line: Line, at: int) -> Subject | None:
    """The noun phrase that opens the clause where words stand between it and the verb.

    "The survey of shops in the flooded streets puts …" · "A correspondent working in the city said …". A finite
    verb between the two ends the search.
    """
    tokens = line.tokens
    low = max(0, at - LOOK)
    start = at
    while start > low:
        one = tokens[start - 1]
        if one.text in ",;:—–" or one.text in QUOTES or one.lower in {"that", "while", "but", "and", "whereas"}:
            break
        if (
            one.lower in {"is", "are", "was", "were", "has", "had", "have", "will", "would", "could"}
            and start - 1 < at - 3
        ):
            return None
        if (
            one.text.islower()
            and one.lower in line.words.say
            and one.lower not in AMBIGUOUS
            and not one.lower.endswith("ing")
            and start - 1 < at - 1
        ):
            return None
        start -= 1
    else:
        if start:
            return None
    while start < at and (tokens[start].lower in LEADING or not tokens[start].text[0].isalnum()):
        start += 1
    if start >= at or tokens[start].lower in LINKS | PREPOSITIONS or tokens[start].lower in WEEKDAYS:
        return None
    end = start
    while end < at and not (
        tokens[end].lower in LINKS
        or tokens[end].lower in STOPS
        or tokens[end].lower.endswith("ing")
        or (end > start and tokens[end].lower in DETERMINERS)
    ):
        end += 1
    if end <= start or end >= at:
        return None
    if (
        end - 1 > start
        and tokens[end - 1].text.islower()
        and (tokens[end - 1].lower in JOINED or tokens[end - 1].lower.endswith("ed"))
    ):
        end -= 1  # "officials briefed on the talks", "people familiar with the matter"
    head = tokens[line.head((start, end))].lower
    words = line.words
    if (
        not (head in words.heads or head in words.document or head in words.statement)
        and not (
            tokens[start].lower in {"a", "an", "one", "the", "another"}
            and tokens[at].lower in CLAUSAL
            and head not in DISASTERS
            and tokens[end].lower in LINKS
        )
        and not any(tokens[n].text[0].isupper() and line.sources.match(tokens, n) for n in range(start, end))
        and not (
            end - start >= 2
            and all(one.text[0].isupper() for one in tokens[start:end])
            and tokens[end].lower in DETERMINERS
            and not line.names_place(start, end)
        )
    ):
        return None
    if head in words.statement and tokens[end].lower in {"by", "from"}:
        giver = phrase_from(line, end + 1)
        if giver is not None and giver[1] == at and can_speak(line, *giver, country=False):
            return giver, None, start  # "figures from Governor Ana Ruiz show"
    return (start, end), None, start


def subject_of(line: Line, at: int, *, genitive: bool = False, deep: int = 3) -> Subject | None:
    """The subject before a verb: span, apposition, and the index where the clause opens.

    ``deep`` bounds how many asides are stepped over, one inside the other.
    """
    tokens = line.tokens
    n = at - 1
    low = max(0, at - LOOK)
    if genitive:
        while n > low and n > at - 4 and tokens[n].lower in COUNTED_AS:
            n -= 1
        if n > low and tokens[n].text.islower() and tokens[n - 1].text.endswith(("'s", "’s", "'", "’")):
            n -= 1  # "the agency's unpublished count"
        if n > low and line.plural_genitive(n):
            n -= 1
    else:
        n = _skip_back(line, n, low)
        while n > low and tokens[n].lower == "far" and tokens[n - 1].lower == "so":
            n = _skip_back(line, n - 2, low)
        if n > low and tokens[n].lower in ABLE and tokens[at].lower in VERIFYING:
            n = _skip_back(line, n - 1, low)  # "could confirm only N"
    if n < low:
        return None
    if genitive and tokens[n].lower in {"its", "his", "her", "their"}:
        return (n, n + 1), None, n
    also: Span | None = None
    if tokens[n].text == ")":
        back = next((k for k in range(n, max(low - 1, n - 12), -1) if tokens[k].text == "("), None)
        if back is None:
            return None
        n = back - 1
    if n < low:
        return None
    if tokens[n].text in {",", "-", "–", "—"}:
        mark = tokens[n].text
        opening = next((k for k in range(n - 1, max(low - 1, n - ASIDE), -1) if tokens[k].text == mark), None)
        if opening is None or opening == 0 or deep == 0:
            return None
        inner = (opening + 1, n)
        if tokens[opening + 1].lower in {"and", "but", "while"} and any(
            one.lower in FINITE for one in tokens[opening + 2 : n]
        ):
            return None  # "one was taken to a hospital, and three were treated, said Ana Ruiz"
        outer = subject_of(line, opening, deep=deep - 1)
        if mark == "," and (outer is None or not can_speak(line, *outer[0])):
            who = next((k for k in range(opening - 1, max(low, n - ASIDE), -1) if _opens_relative(line, k)), None)
            wider = subject_of(line, who, deep=deep - 1) if who else None
            if wider is not None and can_speak(line, *wider[0], country=False):
                return wider[0], wider[1], wider[2]  # "the WHO, whose count of A, B and C ended, says"
        if tokens[inner[0]].text in QUOTES and n - inner[0] < 8:  # "…,” spokesman Ana Ruiz, said"
            start = phrase_start(line, n - 1, inner[0] + 1)
            if start < n and can_speak(line, start, n):
                return (start, n), None, start
        first = tokens[inner[0]].lower
        if outer is None or tokens[outer[0][0]].lower in NUMBER_WORDS:  # "One of the four, Pastor Ana Ruiz, said"
            named = tokens[n - 1].text[0].isupper() and first not in PREPOSITIONS | WHO
            if named and _is_titled(line, *inner):
                return inner, None, inner[0]
            if outer is None:
                return None
        by = first in {"by", "from"} and inner[0] + 1 < n
        if by and tokens[line.head(outer[0])].lower in line.words.statement and can_speak(line, inner[0] + 1, n):
            return (inner[0] + 1, n), None, outer[2]  # "another estimate, from the police, put N"
        usable = (
            not all(one.lower in LEADING for one in tokens[opening + 1 : n])
            and (first not in PREPOSITIONS or _stands_for(line, opening + 1, n))
            and first not in WHO | {"that", "speaking", "whose", "where", "when"}
            and not first.isdigit()
            and not first.endswith("ing")
        )
        return outer[0], (inner if usable and outer[1] is None else outer[1]), outer[2]
    which = tokens[n].lower == "which"
    if tokens[n].lower in WHO:
        n -= 1
        if n >= low and tokens[n].text == ",":
            n -= 1
        if n < low:
            return None
    if tokens[n].lower in PRONOUNS:
        return (n, n + 1), None, n
    if not genitive and (asked := _before_asked(line, n, low)) is not None:
        n = asked
    end = n + 1
    start = phrase_start(line, n, low)
    if start >= end:
        return None
    if which:  # of "the spokesman of the council, which put N" the council puts it
        body = next((k for k in range(end - 2, start, -1) if tokens[k].lower in {"of", "for"}), None)
        if body is not None and tokens[body - 1].lower in ROLES:
            start = body + 1
    if not genitive and start - 3 >= low and tokens[start - 1].lower == "by" and tokens[start - 2].lower in SEEN:
        end = start - 2  # "a draft seen by Reuters says": the draft
        start = phrase_start(line, end - 1, low)
        if start >= end:
            return None
    if not genitive:
        relative = _antecedent(line, start, low)
        if relative is not None:
            return relative, None, relative[0]
        if start > 0 and tokens[start - 1].lower in LINKS and (titled := _titled_end(line, start, end)) is not None:
            return (titled, end), None, titled  # "for the capital alone Mayor Ana Ruiz reckoned with N"
        if (
            start > 0
            and tokens[start - 1].lower in LINKS | PREPOSITIONS | NEAR
            and tokens[start - 1].lower != "with"
            and not _speaks_firmly(line, start, end)
            and not (start > 1 and tokens[start - 1].lower == "by" and tokens[start - 2].lower in line.words.by)
        ):
            return None
    if tokens[start].lower in {"a", "an"} and start - 1 >= low and tokens[start - 1].text[0].isupper() and not genitive:
        name = phrase_start(line, start - 1, low)
        if (
            name < start
            and can_speak(line, name, start, country=False)
            and any(line.sources.match(tokens, m) or tokens[m].lower in line.words.heads for m in range(name, start))
        ):
            return (name, start), (start, end), name
    if not genitive and start - 1 > low and tokens[start - 1].text == "," and tokens[start].lower not in DETERMINERS:
        person = _name_before(line, start - 2, low)
        if person is not None and _is_office(line, start, end):
            return (person, start - 1), (start, end), person  # "Ana Ruiz, head of the council said"
    span = (start, end)
    while span[0] < span[1] and (tokens[span[0]].lower in LEADING or not tokens[span[0]].text[0].isalnum()):
        span = (span[0] + 1, span[1])
    if span[0] >= span[1] or all(
        one.lower in DETERMINERS and one.lower not in {"its", "his", "her", "their"}
        for one in tokens[span[0] : span[1]]
    ):
        return None
    return span, also, span[0]


def _before_asked(line: Line, n: int, low: int) -> int | None:
    """The noun of a survey before those whom it asked: "a poll of 2,100 adults found" → "poll"."""
    tokens = line.tokens
    for k in range(n - 1, max(low, n - 7), -1):
        if tokens[k].lower == "of" and (line.numbered(tokens[k + 1]) or tokens[k + 1].text[0].isdigit()):
            return k - 1 if tokens[k - 1].lower in SURVEYED else None
        if tokens[k].text in ",;:" or tokens[k].lower in STOPS:
            return None
    return None


def _stands_for(line: Line, start: int, end: int) -> bool:
    """Whether an aside names the body of the person before it: ", for the UN Refugee Agency,"."""
    tokens = line.tokens
    return tokens[start].lower in {"for", "of", "from", "with"} and any(
        tokens[n].text[0].isupper() and line.sources.match(tokens, n) is not None for n in range(start + 1, end)
    )


def _name_before(line: Line, n: int, low: int) -> int | None:
    """Where a person's name of two to four words that ends at ``n`` begins, if it opens its clause."""
    tokens = line.tokens
    k = n
    while k >= low and n - k < 5 and tokens[k].text[0].isupper() and tokens[k].text[0].isalpha():
        k -= 1
    opens = k < 0 or tokens[k].text in ',;:—–"“”' or tokens[k].lower in {"but", "and", "while"}
    return k + 1 if opens and 2 <= n - k <= 4 and not line.names_place(k + 1, n + 1) else None


def _is_office(line: Line, start: int, end: int) -> bool:
    """Whether a phrase is an office at a body: "head of the council", "director at the institute"."""
    tokens = line.tokens
    head = line.head((start, end))
    return (
        end - start > 2
        and head + 1 < end
        and tokens[head].text.islower()
        and (tokens[head].lower in ROLES or tokens[head].lower in line.words.titles)
    )


def _titled_end(line: Line, start: int, end: int) -> int | None:
    """Where a title and a name begin that end a phrase of other words: "the capital alone Mayor Ana Ruiz"."""
    tokens = line.tokens
    for n in range(start + 1, end - 1):
        title = tokens[n].text[0].isupper() and tokens[n].lower in line.words.titles
        if title and tokens[n - 1].text.islower() and all(one.text[0].isupper() for one in tokens[n:end]):
            return n
    return None


def _opens_relative(line: Line, k: int) -> bool:
    tokens = line.tokens
    return tokens[k].text == "," and k + 1 < len(tokens) and tokens[k + 1].lower in WHO | {"whose", "whom"}


def _is_titled(line: Line, start: int, end: int) -> bool:
    """Whether a phrase is a title and a name, nothing more: "pastor Ana Ruiz"."""
    tokens = line.tokens[start:end]
    first = tokens[0].lower
    return (
        3 <= len(tokens) <= 6
        and (first in line.words.titles or first in line.words.heads)
        and all(one.text[0].isupper() or one.text == "." for one in tokens[1:])
    )


def _speaks_firmly(line: Line, start: int, end: int) -> bool:
    """Whether a phrase speaks by its head or by a name of the file, not by a capital alone."""
    tokens = line.tokens
    return tokens[line.head((start, end))].lower in line.words.heads or any(
        tokens[n].text[0].isupper() and line.sources.match(tokens, n) for n in range(start, end)
    )


def _skip_back(line: Line, n: int, low: int) -> int:
    """Step over auxiliaries, adverbs and times between subject and verb ("said late on Thursday")."""
    tokens = line.tokens
    while n >= low:
        one = tokens[n]
        word = one.lower
        if (
            (word in SKIPPED and not (one.text[0].isupper() and n > low and tokens[n - 1].text[0].isupper()))
            or (word in ISSUED and n > low and tokens[n - 1].text[0].isalpha())
            or (
                word.endswith("ly")
                and word not in {"family", "assembly", "italy", "daily", "weekly", "july"}
                and one.text.islower()
            )
        ):
            n -= 1
        elif (
            word in WEEKDAYS
            or (one.text.islower() and word in TIMES and word != "statement")
            or (
                word in MONTHS
                and one.text[0].isupper()
                and n > low
                and (
                    tokens[n - 1].lower in {"in", "on", "since", "last", "early", "late", "mid"}
                    or tokens[n - 1].text.isdigit()
                )
            )
            or (one.text.isdigit() and n > low and tokens[n - 1].lower in MONTHS)
        ):
            n -= 1
            while n >= low and (
                tokens[n].lower
                in {
                    "on",
                    "in",
                    "the",
                    "by",
                    "since",
                    "last",
                    "this",
                    "late",
                    "early",
                    "for",
                    "of",
                    "at",
                    "until",
                    "first",
                    "second",
                    "third",
                }
                or (tokens[n].text.isdigit() and len(tokens[n].text) <= 2)
            ):
                n -= 1
        else:
            break
    return n


def _antecedent(line: Line, start: int, low: int) -> Span | None:
    """The antecedent of a relative clause that ends before the verb: "a man who fled to X put …" → "a man"."""
    tokens = line.tokens
    n = start - 1
    for k in range(n, max(low, n - 12), -1):
        if tokens[k].text in ",;:—–" or tokens[k].text in QUOTES or tokens[k].lower in {"and", "while", "but"}:
            return None
        if tokens[k].lower in WHO or (
            tokens[k].lower == "that" and (_opens_finite(line, k, n) or _opens_object(line, k, start))
        ):
            head = tokens[k - 1].lower if k else ""
            if k and (head in line.words.heads or head in line.words.statement or head in line.words.document):
                return phrase_start(line, k - 1, max(0, k - LOOK)), k
            if k > 1 and tokens[k - 1].text == "," and k == n:  # "Ana Ruiz, who runs the bank, told …"
                name = phrase_start(line, k - 2, max(0, k - LOOK))
                if name < k - 1 and can_speak(line, name, k - 1, country=k - 1 - name > 1):
                    return name, k - 1
            return None
    return None


def _opens_object(line: Line, k: int, start: int) -> bool:
    """Whether "that" opens a clause on what somebody did to its noun: "a panel that the king had named said"."""
    tokens = line.tokens
    if not 0 < k < start - 2 or tokens[k - 1].lower not in line.words.heads or tokens[k - 1].lower in line.words.say:
        return False
    return tokens[k + 1].lower in DETERMINERS and any(one.lower in HAD for one in tokens[k + 2 : start + 1])


def _opens_finite(line: Line, k: int, last: int) -> bool:
    """Whether "that" opens a relative clause with its own verb: "the group that runs the camps said"."""
    tokens = line.tokens
    if not 0 < k < last or tokens[k - 1].lower in line.words.say:
        return False
    verb = tokens[k + 1]
    return (
        verb.text.islower()
        and verb.lower not in DETERMINERS | PRONOUNS | PREPOSITIONS
        and (verb.lower in FINITE or verb.lower.endswith(("s", "ed")))
    )


def owner_before_whose(line: Line, at: int) -> Subject | None:
    """ "the union, whose own figures put the loss at 40": the noun phrase before "whose"."""
    tokens = line.tokens
    who = next((n for n in (at - 1, at - 2) if n > 1 and tokens[n].lower == "whose"), None)
    if who is None:
        return None
    end = who - (tokens[who - 1].text == ",")
    start = phrase_start(line, end - 1, max(0, end - LOOK))
    return ((start, end), None, who) if start < end else None
