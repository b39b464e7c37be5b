"""Find the noun phrases around reporting words: the subject before a verb, the name behind "according to".

Every look to the left or right is bounded, so a sentence without end costs linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from figures.extract.types import Sentence, Token
from figures.extract.words import (
    AIDES,
    AMBIGUOUS,
    BEFORE_NUMBER,
    CLAUSAL,
    DESKS,
    DETERMINERS,
    DISASTERS,
    HAD,
    HELD_BY_BODIES,
    INDEFINITE,
    ISSUED,
    JOINED,
    LEADING,
    LINKS,
    MONTHS,
    NEAR,
    NUMBER_WORDS,
    OF_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    ROLES,
    SEEN,
    SHOUTED,
    SKIPPED,
    SPRING,
    STOPS,
    TIMES,
    WEEKDAYS,
    WHO,
    WOUNDED,
)
from figures.lexicon.sources import POSSESSIVE, Reporting, SourceLexicon

COUNTED_AS: Final = frozenset((
    "latest", "own", "official", "new", "initial", "first", "previous", "earlier", "preliminary", "total", "current",
    "death", "final", "provisional", "running", "overall", "combined", "revised", "updated", "annual", "monthly",
    "weekly", "daily", "quarterly", "mid-year", "internal", "recent", "full", "partial", "interim", "most", "last",
    "early", "quick", "exit", "tentative", "casualty", "population",
))  # fmt: skip
"""Words that stand between the one who counts and the count: "the ministry's latest death toll"."""
FINITE: Final = frozenset(("is", "are", "was", "were", "has", "have", "had", "remain", "remained", "died"))
LOOK: Final = 28  # words that a speaker's noun phrase may be away from its verb
ASIDE: Final = 22  # words that an apposition may have
SHOUT: Final = re.compile(r"\b(?:WHO|IS|US|IT|AM|ARE|CAN|HAS|OF|AN|AND)\b")


def spoken_tokens(sentence: Sentence) -> tuple[Token, ...]:
    """The tokens of a sentence with acronyms that look like function words ("WHO", "IS") kept in capitals."""
    tokens = sentence.tokens
    if SHOUT.search(sentence.text) is None:
        return tokens
    return tuple(replace(one, lower=one.text) if one.text in SHOUTED else one for one in tokens)


HIRERS: Final = frozenset((
    "employers", "employer", "firms", "businesses", "companies", "factories", "manufacturers", "retailers",
    "builders", "economy",
    "sector", "industry", "payrolls", "restaurants", "hospitals",
))  # fmt: skip
PARTICIPLES: Final = frozenset((
    "estimated", "reported", "projected", "claimed", "declared", "confirmed", "announced", "expected", "recorded",
    "predicted",
))  # fmt: skip


CONTENDERS: Final = frozenset((
    "party", "parties", "candidate", "candidates", "campaign", "opposition", "nominee", "nominees", "contenders",
    "contender", "rivals", "rival", "challenger", "challengers", "incumbent", "movement", "front", "republicans",
    "democrats", "conservatives", "liberals", "socialists", "greens", "tories", "coalition", "alliance", "majority",
    "minority",
))  # fmt: skip
"""Who has votes and seats, and keeps no list of them."""


@dataclass(slots=True)
class Phrases:
    """The noun phrases of one sentence; ``numbers`` are the offsets of the readings of its field, sorted."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    position: int
    sources: SourceLexicon
    numbers: Sequence[int]
    is_place: Callable[[str], bool]
    recalls: Callable[[Sequence[str]], bool]

    @property
    def words(self) -> Reporting:
        """The words of reporting."""
        return self.sources.reporting

    def keeps_count(self, span: tuple[int, int]) -> bool:
        """Whether a subject of "has" or "carries" keeps a list: a body, a document, "it"; no person, no place."""
        tokens = self.tokens
        head = tokens[self.head(span)].lower
        if span[1] - span[0] == 1 and head in PRONOUNS:
            return True
        if head in {"number", "numbers", "total", "toll", "tolls", "rate", "count"}:
            return False  # "the number of cases has surpassed 200,000"
        kind = self.words.heads.get(head)
        if (
            head in self.words.document
            or head in self.words.statement
            or (kind in {"government", "hospital", "ngo", "company"} and head not in CONTENDERS)
        ):
            return True
        last = self.head(span)  # "the Taliban weapons cache" is no Taliban
        hits = [
            hit
            for n in range(span[0], last + 1)
            if tokens[n].text[0].isupper() and (hit := self.sources.match(tokens, n)) and hit[0] > last
        ]
        return any(not self.sources.sources[hit[1]].person for hit in hits)

    def accepts(self, span: tuple[int, int], *, strict: bool, kind: str) -> bool:
        """Whether a verb of that kind can have the noun phrase for a subject; ``strict`` asks that it can speak."""
        tokens = self.tokens
        head = self.head(span)
        if tokens[head].lower in DISASTERS and not self.speakerish(*span):
            return False
        if tokens[head].lower in HIRERS and span[1] < len(tokens) and tokens[span[1]].lower == "added":
            return False  # "when employers added 171,000 jobs"
        owner = tokens[span[1] - 1]
        participle = span[1] < len(tokens) and tokens[span[1]].lower in PARTICIPLES
        if participle and owner.lower.endswith("'s") and self.is_place(owner.text[:-2]):
            return False  # "overtaking Turkey's estimated 38 percent"
        if not strict:
            return True
        if kind in {"count", "deed"}:
            if tokens[head].lower in {"people", "index"}:
                return False
            if kind == "deed" and tokens[head].lower in PRONOUNS - {"it"}:
                return False
        if kind == "count" and self.sources.capitals.get(tokens[head].text) and span[1] - span[0] == 1:
            return True  # "Kyiv puts"
        return self.speakerish(*span, country=kind in {"deed", "say", "want", "naming"})

    def clause_subject(self, at: int) -> tuple[tuple[int, int], tuple[int, int] | None, int] | None:
        """The noun phrase that opens the clause where words stand between it and the verb.

        "The survey of shops in the flooded streets puts …" · "A correspondent working in the city said …". A finite
        verb between the two ends the search.
        """
        tokens = self.tokens
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
                and one.lower in self.words.say
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
        head = tokens[self.head((start, end))].lower
        words = self.words
        if (
            not (head in words.heads or head in words.document or head in words.statement)
            and not (
                tokens[start].lower in {"a", "an", "one", "the", "another"}
                and tokens[at].lower in CLAUSAL
                and head not in DISASTERS
                and tokens[end].lower in LINKS
            )
            and not any(tokens[n].text[0].isupper() and self.sources.match(tokens, n) for n in range(start, end))
            and not (
                end - start >= 2
                and all(one.text[0].isupper() for one in tokens[start:end])
                and tokens[end].lower in DETERMINERS
                and not self._place(start, end)
            )
        ):
            return None
        if head in words.document and end < at and tokens[end].lower in {"by", "from", "for"}:
            wider = self.right(start)
            if wider is not None and wider[1] <= at:
                end = wider[1]
        return (start, end), None, start

    def _place(self, start: int, end: int) -> bool:
        text = " ".join(POSSESSIVE.sub("", one.text) for one in self.tokens[start:end] if one.lower not in DETERMINERS)
        return self.is_place(text)

    def speakerish(self, start: int, end: int, *, country: bool = True) -> bool:
        """Whether a noun phrase can speak: a pronoun, a name of the file, a head that speaks, a name.

        A place alone speaks only where ``country`` allows it ("Norway said", never "Peru has 40 cases").
        """
        tokens = self.tokens
        if end - start == 1 and tokens[start].lower in PRONOUNS:
            return True
        at = self.head((start, end))
        head = POSSESSIVE.sub("", tokens[at].lower)
        words = self.words
        if head in words.heads or head in words.document:
            return True
        if any(tokens[n].text[0].isupper() and self.sources.match(tokens, n) for n in range(start, end)):
            return True
        bare = at == start or (tokens[at].text.islower() and head in DISASTERS)  # "Mr. Price", "Theresa May" can speak
        if (head in DISASTERS or head in MONTHS or head in WEEKDAYS) and bare:
            return False
        if tokens[start].lower in DETERMINERS and self.recalls(
            [POSSESSIVE.sub("", one.lower) for one in tokens[start + 1 : at + 1]]
        ):
            return True
        if head in words.statement and any(
            tokens[n].text.islower() and tokens[n].lower in words.heads for n in range(start, at)
        ):
            return True  # "government data", "police figures"
        if not tokens[at].text[0].isupper():
            return head in DESKS and any(tokens[n].lower in words.heads for n in range(start, at))
        if any(
            tokens[n].lower in words.heads or (tokens[n].text[0].isupper() and tokens[n].lower in words.titles)
            for n in range(start, at)
        ):
            return True
        first = start
        while first < at and tokens[first].lower in DETERMINERS:
            first += 1
        if self._place(first, at + 1) or (at > first and self._place(at, at + 1) and not self._place(first, at)):
            return country
        return country or at > first or tokens[at].text.isupper()

    def head(self, span: tuple[int, int]) -> int:
        """The index of the head noun: the last word before the first preposition."""
        tokens = self.tokens
        last = span[0]
        for n in range(*span):
            if n > span[0] and (tokens[n].lower in LINKS or tokens[n].lower in JOINED):
                break
            if tokens[n].text[0].isalnum():
                last = n
        return last

    def object(self, at: int, *, limit: int = 16) -> bool:
        """Whether a reading stands behind the verb, near enough to be its object."""
        tokens = self.tokens
        word = tokens[at].lower
        if word in HELD_BY_BODIES:
            limit = 4
        elif word in self.words.deed:
            limit = min(limit, 7)
        for n in range(at + 1, min(at + 1 + limit, len(tokens))):
            one = tokens[n]
            if one.lower in {";", "while", "but"} or (one.lower in QUOTES and word not in OF_VERBS):
                return False
            if self.numbered(one):
                return True
            if word in HAD and (one.lower == "been" or (one.lower not in BEFORE_NUMBER and one.lower not in SKIPPED)):
                return False
        return False

    def numbered(self, token: Token) -> bool:
        """Whether a reading starts inside a token."""
        spot = bisect_left(self.numbers, token.start)
        return spot < len(self.numbers) and self.numbers[spot] < token.end

    def ends_sentence(self, at: int) -> bool:
        """Whether nothing but a day and closing marks follows an index."""
        tokens = self.tokens
        while at < len(tokens) and (
            tokens[at].text in '.!?”"»' or tokens[at].lower in WEEKDAYS or tokens[at].lower == "on"
        ):
            at += 1
        return at >= len(tokens)

    def left(
        self, at: int, *, genitive: bool = False, deep: int = 3
    ) -> tuple[tuple[int, int], tuple[int, int] | None, int] | None:
        """The subject before a verb: span, apposition, and the index where the clause opens.

        ``deep`` bounds how many asides are stepped over, one inside the other.
        """
        tokens = self.tokens
        n = at - 1
        low = max(0, at - LOOK)
        if genitive:
            while n > low and n > at - 4 and tokens[n].lower in COUNTED_AS:
                n -= 1
            if n > low and self.plural_genitive(n):
                n -= 1
        else:
            n = self._skip_left(n, low)
            while n > low and tokens[n].lower == "far" and tokens[n - 1].lower == "so":
                n = self._skip_left(n - 2, low)
        if n < low:
            return None
        also: tuple[int, int] | None = None
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
            outer = self.left(opening, deep=deep - 1)
            if mark == "," and (outer is None or not self.speakerish(*outer[0])):
                who = next((k for k in range(opening - 1, max(low, n - ASIDE), -1) if self._opens_relative(k)), None)
                wider = self.left(who, deep=deep - 1) if who else None
                if wider is not None and self.speakerish(*wider[0], country=False):
                    return wider[0], wider[1], wider[2]  # "the WHO, whose count of A, B and C ended, says"
            if tokens[inner[0]].text in QUOTES and n - inner[0] < 8:  # "…,” spokesman Ana Ruiz, said"
                start = self._phrase_left(n - 1, inner[0] + 1)
                if start < n and self.speakerish(start, n):
                    return (start, n), None, start
            first = tokens[inner[0]].lower
            if outer is None or tokens[outer[0][0]].lower in NUMBER_WORDS:  # "One of the four, Pastor Ana Ruiz, said"
                named = tokens[n - 1].text[0].isupper() and first not in PREPOSITIONS | WHO
                if named and self._titled(*inner):
                    return inner, None, inner[0]
                if outer is None:
                    return None
            usable = (
                not all(one.lower in LEADING for one in tokens[opening + 1 : n])
                and (first not in PREPOSITIONS or self._stands_for(opening + 1, n))
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
        end = n + 1
        start = self._phrase_left(n, low)
        if start >= end:
            return None
        if which:  # of "the spokesman of the council, which put N" the council puts it
            body = next((k for k in range(end - 2, start, -1) if tokens[k].lower in {"of", "for"}), None)
            if body is not None and tokens[body - 1].lower in ROLES:
                start = body + 1
        if not genitive and start - 3 >= low and tokens[start - 1].lower == "by" and tokens[start - 2].lower in SEEN:
            end = start - 2  # "a draft seen by Reuters says": the draft
            start = self._phrase_left(end - 1, low)
            if start >= end:
                return None
        if not genitive:
            relative = self._relative(start, low)
            if relative is not None:
                return relative, None, relative[0]
            if (
                start > 0
                and tokens[start - 1].lower in LINKS | PREPOSITIONS | NEAR
                and tokens[start - 1].lower != "with"
                and not self._firmly(start, end)
                and not (start > 1 and tokens[start - 1].lower == "by" and tokens[start - 2].lower in self.words.by)
            ):
                return None
        if (
            tokens[start].lower in {"a", "an"}
            and start - 1 >= low
            and tokens[start - 1].text[0].isupper()
            and not genitive
        ):
            name = self._phrase_left(start - 1, low)
            if (
                name < start
                and self.speakerish(name, start, country=False)
                and any(
                    self.sources.match(tokens, m) or tokens[m].lower in self.words.heads for m in range(name, start)
                )
            ):
                return (name, start), (start, end), name
        if (
            not genitive
            and start - 1 > low
            and tokens[start - 1].text == ","
            and tokens[start].lower not in DETERMINERS
        ):
            person = self._name_left(start - 2, low)
            if person is not None and self._is_office(start, end):
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

    def _stands_for(self, start: int, end: int) -> bool:
        """Whether an aside names the body of the person before it: ", for the UN Refugee Agency,"."""
        tokens = self.tokens
        return tokens[start].lower in {"for", "of", "from", "with"} and any(
            tokens[n].text[0].isupper() and self.sources.match(tokens, n) is not None for n in range(start + 1, end)
        )

    def _name_left(self, n: int, low: int) -> int | None:
        """Where a person's name of two to four words that ends at ``n`` begins, if it opens its clause."""
        tokens = self.tokens
        k = n
        while k >= low and n - k < 5 and tokens[k].text[0].isupper() and tokens[k].text[0].isalpha():
            k -= 1
        opens = k < 0 or tokens[k].text in ',;:—–"“”' or tokens[k].lower in {"but", "and", "while"}
        return k + 1 if opens and 2 <= n - k <= 4 and not self._place(k + 1, n + 1) else None

    def _is_office(self, start: int, end: int) -> bool:
        """Whether a phrase is an office at a body: "head of the council", "director at the institute"."""
        tokens = self.tokens
        head = self.head((start, end))
        return (
            end - start > 2
            and head + 1 < end
            and tokens[head].text.islower()
            and (tokens[head].lower in ROLES or tokens[head].lower in self.words.titles)
        )

    def _opens_relative(self, k: int) -> bool:
        tokens = self.tokens
        return tokens[k].text == "," and k + 1 < len(tokens) and tokens[k + 1].lower in WHO | {"whose", "whom"}

    def plural_genitive(self, n: int) -> bool:
        """Whether a token is the mark of "the unions' tally"."""
        tokens = self.tokens
        return (
            0 < n < len(tokens)
            and tokens[n].text in "'’"
            and tokens[n - 1].end == tokens[n].start
            and tokens[n - 1].lower.endswith("s")
        )

    def _titled(self, start: int, end: int) -> bool:
        """Whether a phrase is a title and a name, nothing more: "pastor Ana Ruiz"."""
        tokens = self.tokens[start:end]
        first = tokens[0].lower
        return (
            3 <= len(tokens) <= 6
            and (first in self.words.titles or first in self.words.heads)
            and all(one.text[0].isupper() or one.text == "." for one in tokens[1:])
        )

    def _firmly(self, start: int, end: int) -> bool:
        """Whether a phrase speaks by its head or by a name of the file, not by a capital alone."""
        tokens = self.tokens
        return tokens[self.head((start, end))].lower in self.words.heads or any(
            tokens[n].text[0].isupper() and self.sources.match(tokens, n) for n in range(start, end)
        )

    def _skip_left(self, n: int, low: int) -> int:
        """Step over auxiliaries, adverbs and times between subject and verb ("said late on Thursday")."""
        tokens = self.tokens
        while n >= low:
            one = tokens[n]
            word = one.lower
            if (
                word in SKIPPED
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
                        tokens[n - 1].lower in {"in", "since", "last", "early", "late", "mid"}
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

    def _is_month(self, k: int) -> bool:
        """Whether a word is a month, not Theresa May or an April by name."""
        tokens = self.tokens
        one = tokens[k]
        if one.lower not in MONTHS or not one.text[0].isupper():
            return False
        if one.lower not in SPRING:
            return True
        if k + 1 < len(tokens) and tokens[k + 1].text[0].isdigit():
            return True
        return k > 0 and (
            tokens[k - 1].text[0].isdigit()
            or tokens[k - 1].lower
            in {
                "in",
                "since",
                "of",
                "last",
                "by",
                "early",
                "late",
                "until",
                "on",
                "mid",
                "this",
                "and",
                "to",
                "from",
                "between",
            }
        )

    def _phrase_left(self, n: int, low: int) -> int:
        """The index of the first word of the noun phrase that ends at ``n``."""
        tokens = self.tokens
        heads = self.words.heads
        k = n
        while k >= low:
            one = tokens[k]
            word = one.lower
            if word in DETERMINERS and k < n and word not in NUMBER_WORDS:
                if (
                    k - 1 >= low
                    and tokens[k - 1].lower in LINKS
                    and k - 2 >= low
                    and self._carries(k - 2, tokens[k - 1].lower)
                ):
                    k -= 2
                    continue
                if k - 1 >= low and tokens[k - 1].text[0].isupper():
                    hit = self.sources.match(tokens, k - 1)  # "Save the Children"
                    if hit is not None and hit[0] > k:
                        k -= 1
                        continue
                if k - 2 >= low and tokens[k - 1].lower == "and" and tokens[k - 2].lower in heads:
                    k -= 2
                    continue
                return k
            if word in LINKS:
                if k < n and k - 1 >= low and self._carries(k - 1, word):
                    k -= 1
                    continue
                return k + 1
            if word in {"and", "&"}:
                if (
                    k - 1 >= low
                    and k < n
                    and (tokens[k - 1].lower in heads or (tokens[k - 1].text[0].isupper() and self._joins(k)))
                ):
                    k -= 1
                    continue
                return k + 1
            if (
                word in WEEKDAYS
                or self._is_month(k)
                or one.text[0].isdigit()
                or word in WOUNDED
                or (word in NUMBER_WORDS and self.numbered(one))
                or (
                    word in STOPS
                    and not (one.text == "May" and k > low and tokens[k - 1].text[0].isupper())
                    and not (word == "under" and k < n and tokens[k + 1].lower in {"secretary", "-"})
                )
            ):
                return k + 1
            if (
                k < n
                and one.text.islower()
                and word.endswith("s")
                and word in heads
                and tokens[k + 1].text[0].isupper()
                and self._place(k + 1, k + 2)
            ):
                return k + 1  # "a raid on fighters Kurdish activists said": two phrases without a comma
            if not one.text[0].isalnum():
                if one.text in "-‑'’/" and k - 1 >= low and k < n and one.start == tokens[k - 1].end:
                    k -= 1
                    continue
                if (
                    one.text == "."
                    and k - 1 >= low
                    and k < n
                    and len(tokens[k - 1].text) <= 4
                    and tokens[k - 1].text[0].isupper()
                ):
                    k -= 1
                    continue
                if one.text == ")" and k < n:
                    back = next((m for m in range(k, max(low - 1, k - 8), -1) if tokens[m].text == "("), None)
                    if back is not None:
                        k = back - 1
                        continue
                return k + 1
            if (
                k < n
                and one.text.islower()
                and (word in self.words.say or word in self.words.deed)
                and word not in heads
                and word not in AMBIGUOUS
                and not (k > low and (tokens[k - 1].lower in DETERMINERS or tokens[k - 1].text in "-‑"))
            ):
                return k + 1
            k -= 1
        return low

    def _joins(self, k: int) -> bool:
        """Whether "A and B" are two names: what follows the "and" starts with a capital or is a head that speaks."""
        tokens = self.tokens
        following = tokens[k + 1]
        if following.lower == "the" and k + 2 < len(tokens):
            following = tokens[k + 2]
        if following.text[0].isupper():
            return True
        return any(self.sources.match(tokens, m) for m in range(max(0, k - 5), k) if tokens[m].text[0].isupper())

    def _carries(self, k: int, link: str) -> bool:
        """Whether a noun before a preposition belongs to the speaker: "head of", "a source at", "Bank of"."""
        tokens = self.tokens
        one = tokens[k]
        word = POSSESSIVE.sub("", one.lower)
        if link in {"with", "to", "on", "by"}:
            if link == "by":
                return word in self.words.document or word in self.words.statement
            if word in JOINED:
                return k > 0 and tokens[k - 1].lower in self.words.heads  # "a person close to the campaign"
            if link == "on":
                following = tokens[k + 2 + (tokens[k + 2].lower == "the")]
                return one.text[0].isupper() and word in self.words.heads and following.text[0].isupper()
            return link == "to" and word in AIDES
        if word in self.words.heads or word in self.words.document:
            return True
        if any(tokens[m].lower == "of" and tokens[m - 1].lower in self.words.heads for m in range(max(1, k - 3), k)):
            return True  # "the ministry of foreign affairs of Mali"
        if (
            link in {"at", "in", "of", "for"}
            and one.text.islower()
            and word in DESKS
            and any(tokens[m].lower in self.words.heads for m in range(max(0, k - 2), k))
        ):
            return True  # "the police control room at the port"
        return (
            one.text[0].isupper()
            and link in {"of", "for"}
            and word not in WEEKDAYS
            and word not in MONTHS
            and k + 2 < len(tokens)
            and (tokens[k + 2].text[0].isupper() or tokens[k + 2].lower == "the")
        )

    def _relative(self, start: int, low: int) -> tuple[int, int] | None:
        """The antecedent of a relative clause that ends before the verb: "a man who fled to X put …" → "a man"."""
        tokens = self.tokens
        n = start - 1
        for k in range(n, max(low, n - 12), -1):
            if tokens[k].text in ",;:—–" or tokens[k].text in QUOTES or tokens[k].lower in {"and", "while", "but"}:
                return None
            if tokens[k].lower in WHO:
                head = tokens[k - 1].lower if k else ""
                if k and (head in self.words.heads or head in self.words.statement or head in self.words.document):
                    return self._phrase_left(k - 1, max(0, k - LOOK)), k
                if k > 1 and tokens[k - 1].text == "," and k == n:  # "Ana Ruiz, who runs the bank, told …"
                    name = self._phrase_left(k - 2, max(0, k - LOOK))
                    if name < k - 1 and self.speakerish(name, k - 1, country=False):
                        return name, k - 1
                return None
        return None

    def right(self, at: int) -> tuple[int, int] | None:
        """The noun phrase that starts at a token, up to a comma, a number, a verb or a new article."""
        tokens = self.tokens
        n = at
        heads = self.words.heads
        if n < len(tokens) and tokens[n].lower in PRONOUNS:
            return n, n + 1
        while n < min(len(tokens), at + 16):
            one = tokens[n]
            word = one.lower
            if (word in STOPS and not (n > at and one.text == "May" and tokens[n - 1].text[0].isupper())) or (
                n > at and word in PRONOUNS
            ):
                break
            if (
                self.numbered(one)
                or one.text[0].isdigit()
                or (word in NUMBER_WORDS and n > at and tokens[n - 1].lower not in DETERMINERS)
            ):
                break
            if word in WEEKDAYS or self._is_month(n):
                break
            if word in {"and", "&"}:
                nxt = tokens[n + 1] if n + 1 < len(tokens) else None
                if (
                    n == at
                    or nxt is None
                    or not (nxt.text[0].isupper() or nxt.lower in heads)
                    or not (tokens[n - 1].text[0].isupper() or tokens[n - 1].lower in heads)
                ):
                    break
            elif (
                word in DETERMINERS
                and n > at
                and tokens[n - 1].lower not in LINKS
                and tokens[n - 1].lower not in DETERMINERS
            ):
                if tokens[n - 1].text[0].isalnum():
                    break
            elif word in LINKS:
                if (
                    word in {"on", "to", "with", "by"}
                    and n > at + 1
                    and tokens[n - 1].lower in JOINED
                    and any(one.lower in heads for one in tokens[at : n - 1])
                ):
                    n += 1
                    continue
                if (
                    word == "on"
                    and n > at
                    and tokens[n - 1].text[0].isupper()
                    and tokens[n - 1].lower in heads
                    and n + 2 < len(tokens)
                    and tokens[n + 1 + (tokens[n + 1].lower == "the")].text[0].isupper()
                ):
                    n += 1  # "the Council on Foreign Relations"
                    continue
                if n == at or word in {"on", "to", "with"}:
                    break
                if word == "by" and tokens[n - 1].lower not in self.words.document | self.words.statement | {
                    "released",
                    "published",
                    "conducted",
                    "issued",
                    "compiled",
                    "collected",
                    "reported",
                    "given",
                    "provided",
                }:
                    break
                if word in {"in", "at", "from"} and not (
                    tokens[n - 1].lower in heads or tokens[n - 1].lower in self.words.document
                ):
                    break
            elif not one.text[0].isalnum():
                if (
                    one.text in "-‑'’/"
                    and n + 1 < len(tokens)
                    and tokens[n + 1].start == one.end
                    and n > at
                    and tokens[n - 1].end == one.start
                ):
                    n += 1
                    continue
                if (
                    one.text == "."
                    and n > at
                    and len(tokens[n - 1].text) <= 4
                    and tokens[n - 1].text[0].isupper()
                    and n + 1 < len(tokens)
                    and tokens[n + 1].text[0].isupper()
                ):
                    n += 1
                    continue
                if n > at and self.plural_genitive(n) and n + 1 < len(tokens) and tokens[n + 1].text[0].isalpha():
                    n += 1  # "the steelworkers' union"
                    continue
                if one.text in "([" and n + 2 < len(tokens) and tokens[n + 2].text in ")]":
                    n += 3
                    continue
                break
            elif (
                n > at
                and one.text.islower()
                and (word in self.words.say or word in self.words.count)
                and word not in AMBIGUOUS
                and word not in heads
                and not self._issued_by(n)
            ):
                break
            n += 1
        while n > at and (
            tokens[n - 1].lower in LINKS or tokens[n - 1].lower in INDEFINITE or tokens[n - 1].lower in {"the", "and"}
        ):
            n -= 1
        return (at, n) if n > at else None

    def _issued_by(self, n: int) -> bool:
        """Whether a word is "released" in "figures released by"."""
        tokens = self.tokens
        nouns = self.words.document | self.words.statement
        return tokens[n - 1].lower in nouns and n + 1 < len(tokens) and tokens[n + 1].lower == "by"

    def apposition(self, at: int) -> tuple[int, int] | None:
        """ ", director of X" or ", a nurse" behind a speaker, up to the next comma or end."""
        tokens = self.tokens
        if at + 1 >= len(tokens) or tokens[at].text != ",":
            return None
        first = tokens[at + 1]
        if (
            first.lower in STOPS
            or first.lower in PREPOSITIONS
            or first.lower in self.words.say
            or first.lower in {"and", "adding"}
        ):
            return None
        span = self.right(at + 1)
        if span is None or span[1] - span[0] > 14:
            return None
        closes = (
            span[1] >= len(tokens)
            or not tokens[span[1]].text[0].isalnum()
            or tokens[span[1]].lower in WHO
            or tokens[span[1]].lower in WEEKDAYS
        )
        head = tokens[self.head(span)].lower
        if not closes or not (head in self.words.heads or head in self.words.titles or self.speakerish(*span)):
            return None
        return span

    def opening(self, *, country: bool = False) -> tuple[int, int] | None:
        """The noun phrase that opens the sentence, where it can speak: the subject of its main clause."""
        tokens = self.tokens
        start = 0
        if tokens and tokens[0].text.isupper():  # "PARIS (AP) — Emmanuel Macron wants"
            start = next((n + 1 for n, one in enumerate(tokens[:14]) if one.text in {"—", "–", "-"}), 0)
        while start < len(tokens) and (not tokens[start].text[0].isalnum() or tokens[start].lower in LEADING):
            start += 1
        span = self.right(start)
        if span is None:
            return None
        heads = self.words.heads
        stop = next(
            (
                n
                for n in range(span[0] + 1, span[1])
                if tokens[n].text.islower()
                and tokens[n].lower not in heads
                and tokens[n].lower not in LINKS | DETERMINERS
                and (tokens[n - 1].lower in heads or tokens[n - 1].text[0].isupper())
                and (n + 1 >= span[1] or tokens[n + 1].lower not in heads)
            ),
            span[1],
        )
        return (span[0], stop) if self.speakerish(span[0], stop, country=country) else None

    def beside(self, at: int, low: int) -> tuple[int, int] | None:
        """A noun phrase between "and", "," or "while" and the number at a token, with no verb ("and Germany 430")."""
        tokens = self.tokens
        end = at
        while end > 0 and (
            (tokens[end - 1].lower in BEFORE_NUMBER and tokens[end - 1].lower != "the")
            or tokens[end - 1].text in "€$£¥"
            or tokens[end - 1].text in {"USD", "EUR", "GBP", "Rs", "US"}
        ):
            end -= 1
        if end == 0 or not tokens[end - 1].text[0].isalpha() or tokens[end - 1].start < low:
            return None
        start = self._phrase_left(end - 1, max(0, end - 10))
        if start == 0 or start >= end or tokens[start].start < low:
            return None
        if tokens[start - 1].lower not in {"and", ",", "while"} or not self.speakerish(start, end):
            return None
        return start, end
