"""Find where a sentence says who says something: the reporting words, the words that name the speaker, and their reach.

A statement reaches over the clause behind its verb ("police said that 12 died"), the clause before it ("12 died,
police said"), or both ("12 died, police said, and 30 were hurt"). Every look to the left or right is bounded, so a
sentence without end costs linear time.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final, Literal

from figures.extract.phrases import LOOK, Phrases
from figures.extract.types import Token
from figures.extract.words import (
    AMBIGUOUS,
    AUXILIARIES,
    BEFORE_NUMBER,
    BY_VERBS,
    CLAUSAL,
    DETERMINERS,
    DISASTERS,
    GIVING,
    HAD,
    HEARERS,
    HELD_BY_BODIES,
    INDEFINITE,
    INQUIRY,
    INTENDING,
    ISSUING,
    LAWMAKERS,
    LEADING,
    LINKS,
    MISGIVINGS,
    MONTHS,
    NO_COUNTS,
    NOUNS_FIRST,
    OF_VERBS,
    OPINION,
    PREPOSITIONS,
    PRONOUNS,
    PROPOSING,
    QUOTES,
    REVISING,
    SKIPPED,
    STANDINGS,
    STOPS,
    SURVEYS,
    TELLING,
    UNSPEAKING,
    WEEKDAYS,
    WHO,
)
from figures.lexicon.sources import POSSESSIVE
from figures.model import Standing

Reach = Literal["after", "before", "both"]


SHOWING: Final = frozenset((
    "suggest", "suggests", "suggested", "show", "shows", "showed", "say", "says", "said", "indicate", "indicates",
    "indicated", "reveal", "reveals", "revealed",
))  # fmt: skip
OWNING: Final = ("'s", "’s", "s'", "s’")
SEEKERS: Final = frozenset((
    "divers", "rescuers", "police", "officers", "soldiers", "troops", "army", "firefighters", "teams", "team", "crews",
    "crew", "detectives", "workers", "guards", "guard", "searchers", "volunteers", "villagers", "residents",
    "neighbours", "neighbors", "fishermen", "agents", "investigators", "customs", "patrol", "passersby", "hikers",
    "farmers", "locals", "relatives", "navy", "coastguard", "paramedics", "medics",
))  # fmt: skip
INTRODUCING: Final = frozenset((
    "gives", "gave", "given", "provides", "provided", "offers", "offered", "presents", "presented", "listed", "lists",
    "sets", "set", "sums", "summed", "summarises", "summarised", "summarizes", "summarized", "puts", "put",
    "counts", "counted", "reports", "reported", "breaks", "broke", "follows", "shares", "shared", "circulated",
))  # fmt: skip
QUOTING: Final = frozenset(("quote", "quotes", "quoted", "cite", "cites", "cited"))
AREAS: Final = frozenset((
    "state", "city", "town", "county", "district", "province", "region", "village", "prefecture", "department",
    "municipality", "governorate", "canton", "oblast",
))  # fmt: skip
QUESTIONERS: Final = frozenset(
    ("police", "officers", "detectives", "investigators", "prosecutors", "agents", "customs")
)
LAUNCHING: Final = frozenset(("launch", "launches", "launched", "launching"))
APPEALS: Final = frozenset(("appeal", "appeals", "plea", "call", "request", "plan"))
ANSWERING: Final = frozenset((
    "hit", "hits", "hitting", "fired", "fires", "firing", "shot", "shoots", "shooting", "pushed", "pushing", "snapped",
))  # fmt: skip
READING_OUT: Final = frozenset(("read", "reads"))
MORE_CUES: Final = SURVEYS | ANSWERING | READING_OUT | {"(", ":"}
"""What else may open a statement, beside the cues of the lexicon."""
BACK: Final = frozenset(("back",))
PARTS: Final = frozenset((
    "majority", "plurality", "minority", "half", "third", "thirds", "quarter", "quarters", "fifth", "percent", "cent",
    "%", "percentage", "share", "proportion", "most", "tenth", "tenths",
))  # fmt: skip
"""Words for a part of those who were asked: "a majority think" is the poll's figure, not theirs."""
SAYING: Final = frozenset((
    "say", "claim", "argue", "warn", "announce", "predict", "declare", "insist", "add", "note", "suggest", "assert",
    "report", "confirm", "complain", "boast", "explain", "tweet", "write", "estimate", "stress", "reveal",
))  # fmt: skip
UNSAID: Final = frozenset((
    "refused", "refuses", "declined", "declines", "likely", "expected", "unable", "yet", "able", "going", "failed",
    "want", "wants", "wanted", "not", "reluctant", "early", "soon", "hard", "difficult", "fair", "safe", "have", "has",
    "had", "need", "needs", "enough", "impossible", "possible", "wrong", "right", "easy", "continue", "will", "would",
    "ought", "unwilling", "hesitated", "supposed", "is", "are", "was", "were", "never", "planned", "plans",
))  # fmt: skip
"""Words before an infinitive that say that nothing is said: "declined to say that"."""
TOLLS: Final = frozenset(("toll", "tolls", "deaths", "damage", "losses", "count"))
STATED: Final = frozenset(("that", ":")) | QUOTES
MAKING: Final = frozenset(("make", "makes", "made", "making"))
HEADINGS: Final = frozenset((
    "news", "update", "updates", "live", "video", "photo", "photos", "read", "more", "note", "breaking", "watch",
    "related", "total", "summary", "context", "background", "key", "correction", "analysis", "question", "answer",
    "image", "source", "sources", "also", "exclusive", "opinion", "highlights",
))  # fmt: skip
ACCOUNTS: Final = frozenset(("twitter", "facebook", "instagram", "telegram", "media", "x", "bank", "e-mail", "email"))
NOUN_BEFORE: Final = frozenset(("of", "for", "in", ".", ","))
TALES: Final = frozenset(("truth", "lie", "lies", "story", "stories", "joke", "jokes", "tale", "tales"))
AS: Final = frozenset(("as",))
PLACED: Final = frozenset(("in", "at", "near", "inside", "under", "among", "aboard", "outside", "across"))
BASES: Final = frozenset((
    "report", "claim", "count", "estimate", "list", "record", "project", "note", "document", "fear", "rate", "measure",
    "comment", "post", "show", "find", "name", "log", "place", "point", "survey", "poll", "study", "detail", "track",
    "request", "demand", "offer", "promise", "pledge", "appeal", "hint", "joke", "urge", "call", "label", "brand",
    "address", "update", "release", "issue", "plan", "aim",
))  # fmt: skip
"""Base forms that are nouns behind a singular: "the society report", "the exchange rate"."""
PLURALS: Final = frozenset((
    "police", "people", "media", "they", "we", "i", "you", "men", "women", "children", "and", "or", "who", "that",
    "also", "now", "often", "still", "to", "not", "they'd", "fishermen", "data",
))  # fmt: skip
I_AND_YOU: Final = frozenset(("i", "we", "you"))
BELIEVED: Final = frozenset(("that", "the", "he", "she", "they", "it", "his", "her", "their", "its"))
ANSWERS: Final = frozenset(("no", "yes", "aye", "nay"))
HELD_TO: Final = frozenset((
    "believed", "thought", "feared", "estimated", "reported", "said", "understood", "alleged", "projected", "forecast",
    "rumoured", "rumored", "assumed", "presumed", "suspected", "predicted", "known", "judged", "reckoned",
))  # fmt: skip
"""Participles before "to" and a verb: what is held of the noun before them, never by it."""
SET_DOWN: Final = frozenset((
    "counted", "counts", "recorded", "records", "registered", "listed", "lists", "logged", "tallied", "documented",
    "calculated", "measured",
))  # fmt: skip


def following_is(tokens: Sequence[Token], at: int, words: Set[str]) -> bool:
    """Whether the word behind an index is one of these."""
    return at + 1 < len(tokens) and tokens[at + 1].lower in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Reporting words and the span of the words that name the speaker, as indices of the sentence's tokens.

    ``object_only`` marks a body's own deed, ``plain`` a verb with the bare number as its object ("added 300 jobs").
    ``start``–``end`` are the characters of the reporting words, ``opens`` where the clause of the statement begins
    (speaker or verb), ``closes`` where it ends; ``until`` the end of an aside ("X, who said so, left").
    ``shared`` marks a participle that takes the speaker of its clause.
    """

    sentence: int
    start: int
    end: int
    opens: int
    closes: int
    reach: Reach
    rule: str
    speaker: tuple[int, int] | None = None
    also: tuple[int, int] | None = None
    shared: bool = False
    relay: tuple[int, int] | None = None
    standing: Standing | None = None
    object_only: bool = False
    plain: bool = False
    until: int | None = None


@dataclass(slots=True)
class Finder(Phrases):
    """Reads the statements of one sentence."""

    def statements(self) -> list[Statement]:
        """All statements of the sentence, in the order of their reporting words."""
        tokens, words, cues = self.tokens, self.words, self.sources.cues
        found: list[Statement] = []
        taken = 0
        for at, token in enumerate(tokens):
            word = token.lower
            if (word not in cues and word not in MORE_CUES) or at < taken:
                continue
            one: Statement | None = None
            if word in words.according:
                one = self._according(at)
            if word in words.by and at + 1 < len(tokens) and tokens[at + 1].lower == "by":
                one = self._passive(at)
            if one is None and word in SURVEYS:
                one = self._in_survey(at)
            if one is None and word in words.say:
                one = self._verb(at, "say")
            if one is None and word in READING_OUT and self._reads_out(at):
                one = self._verb(at, "say")
            if one is None and word in ANSWERING and following_is(tokens, at, BACK):
                one = self._verb(at, "say")
            if one is None and word in words.want:
                one = self._verb(at, "want")
            if one is None and word in words.naming and self._names(at):
                one = self._verb(at, "naming")
            if one is None and word in HAD:
                one = self._has_ahead(at)
            if one is None and word in words.count and self._tells_count(at):
                one = self._verb(at, "count")
            if one is None and word in words.by and at + 1 < len(tokens):
                one = self._passive(at)
            if (
                one is None
                and word in {"came", "comes", "come", "stems", "stemmed"}
                and at + 1 < len(tokens)
                and tokens[at + 1].lower == "from"
            ):
                one = self._from(at)
            if one is None and word in words.deed:
                one = self._verb(at, "deed")
            if one is None and (word in words.statement or word in words.possessed):
                one = self._noun(at)
            if one is None and word == "(" and not found:
                one = self._bracketed(at)
            if one is None and word == ":":
                one = self._colon(at)
                if one is None and not found and at + 1 == len(tokens) and self.sentence.field == "text":
                    one = self._introduces(at)
            if one is not None:
                found.append(one)
                while taken < len(tokens) and tokens[taken].start < one.end:
                    taken += 1
        return found

    def _according(self, at: int) -> Statement | None:
        """ "according to X" · "citing X" · "by the estimate of X": covers the clause around it."""
        tokens = self.tokens
        for phrase in self.words.according[tokens[at].lower]:
            size = len(phrase)
            if tuple(one.lower for one in tokens[at : at + size]) != phrase:
                continue
            if phrase == ("per",) and (
                at == 0
                or tokens[at - 1].text != ","
                or not tokens[at + 1 : at + 2]
                or not (tokens[at + 1].text[0].isupper() or tokens[at + 1].lower in {"the", "a", "an"})
            ):
                return None
            span = self.right(at + size)
            if span is None:
                return None
            if (phrase[0] in {"citing", "quoting"} or phrase == ("per",)) and not self.speakerish(*span):
                named = any(one.text[0].isupper() for one in tokens[span[0] : span[1]])
                if not (named and tokens[self.head(span)].lower in self.words.statement):
                    return None
            span, owner = self._owner(span)
            also = self.apposition(span[1]) if owner else None
            last = (also or span)[1]
            return Statement(
                sentence=self.position,
                start=tokens[at].start,
                end=tokens[at + size - 1].end,
                opens=tokens[at].start,
                closes=tokens[last - 1].end,
                reach="both",
                rule=" ".join(phrase) + " X",
                speaker=span,
                also=also,
            )
        return None

    def _in_survey(self, at: int) -> Statement | None:
        """ "60 percent agreed in a Gallup poll" · "In the survey of 900 adults, …": a survey that nobody quotes."""
        tokens = self.tokens
        n = at - 1
        while n >= max(0, at - 7) and (tokens[n].text[0].isalnum() or tokens[n].text in "-‑’'/.&"):
            if tokens[n].lower == "in":
                break
            n -= 1
        if n < 0 or tokens[n].lower != "in" or n + 1 >= at:
            return None
        if tokens[n + 1].lower not in DETERMINERS | {"recent"} and not tokens[n + 1].lower.endswith("'s"):
            return None
        if any(one.text[0].isdigit() or one.lower in MONTHS for one in tokens[n + 1 : at]):
            return None  # "in a March 15 poll"
        if n and at + 1 < len(tokens) and tokens[at + 1].text[0].islower() and tokens[at + 1].lower not in LINKS | {
            "last", "this", "released", "published", "conducted", "taken", "in",
        }:  # fmt: skip
            return None
        by = at + 1 < len(tokens) and tokens[at + 1].lower in {"by", "from", "for"}
        span = (self.right(n + 1) if by else None) or (n + 1, at + 1)
        return Statement(
            sentence=self.position,
            start=tokens[n].start,
            end=tokens[n].end,
            opens=tokens[n].start,
            closes=tokens[span[1] - 1].end,
            reach="both",
            rule="in a survey of X",
            speaker=span,
        )

    def _owner(self, span: tuple[int, int]) -> tuple[tuple[int, int], bool]:
        """The owner of a document: "an estimate that researchers at X published" → the researchers."""
        tokens = self.tokens
        head = next((n for n in range(span[0], span[1]) if tokens[n].lower in LINKS), span[1]) - 1
        after = span[1]
        nouns = self.words.document | self.words.statement
        if tokens[head].lower in nouns and after < len(tokens) and tokens[after].lower in self.words.by:
            by = next((n for n in range(after + 1, min(after + 6, len(tokens))) if tokens[n].lower == "by"), None)
            plain = by is not None and all(
                one.lower in WEEKDAYS | MONTHS | PREPOSITIONS or one.lower.endswith("ly") or one.text[0].isdigit()
                or one.lower in {"late", "early", "last", "this", "week", "month", "year", "yesterday", "today"}
                for one in tokens[after + 1 : by]
            )  # fmt: skip
            issuer = self.right(by + 1) if by is not None and plain else None
            if issuer is not None and self.speakerish(*issuer) and tokens[after].lower not in {"obtained", "cited"}:
                return issuer, True  # "according to the report issued on Friday by the bureau"
        if tokens[head].lower in nouns and after < len(tokens) and tokens[after].lower in {"that", "which"}:
            for n in range(after + 1, min(after + 10, len(tokens))):
                if not tokens[n].text.islower():
                    continue
                if (
                    tokens[n].lower in self.words.by
                    or tokens[n].lower in self.words.say
                    or tokens[n].lower in self.words.count
                ):
                    left = self.left(n)
                    if left and left[0][0] > after:
                        return left[0], False
                    break
        return span, True

    def _verb(self, at: int, kind: str) -> Statement | None:
        tokens = self.tokens
        token = tokens[at]
        word = token.lower
        if not token.text.islower() and not (at == 0 or token.text.isupper()):
            return None
        before = tokens[at - 1].lower if at else ""
        if before == "to" and kind == "say" and self._goes_on_to(at):
            return Statement(
                sentence=self.position,
                start=token.start,
                end=token.end,
                opens=token.start,
                closes=token.end,
                reach="after",
                rule=f"to {word}",
                shared=True,
            )
        if before in {"to", "not", "cannot", "'t", "never", "be"} and word not in TELLING:
            return None
        if before in {"was", "were", "been", "is", "are", "being"} and not word.endswith("ing"):
            if word == "quoted" or (
                word in {"reported", "cited"}
                and following_is(tokens, at, AS)
                and at + 2 < len(tokens)
                and tokens[at + 2].lower.endswith("ing")
            ):
                return self._quoted(at)
            return None
        if (
            at > 1
            and (before in SKIPPED or before.endswith("ly"))
            and tokens[at - 2].lower in {"was", "were", "been", "is", "are", "being"}
            and not word.endswith("ing")
        ):
            return None  # "the number was initially placed at four"
        if word in {"list", "lists"} and before.endswith("ing") and at > 1 and tokens[at - 2].lower not in AUXILIARIES:
            return None  # "waiting lists"
        if before in DETERMINERS and before not in {
            "all",
            "both",
            "some",
            "others",
            "two",
            "several",
            "many",
            "this",
            "that",
            "his",
            "her",
        }:
            return None  # "an informed source", "the reported toll"
        if word in AMBIGUOUS and not self._is_verb(at):
            return None
        if word == "suspected" and not following_is(tokens, at, BELIEVED):
            return None  # "two suspected insurgents"
        if word == "found" and following_is(tokens, at, PLACED):
            return None  # "the 128 kits found in the cellar"
        if (
            word.startswith("add")
            and not word.endswith("ing")
            and self._bare_object(at)
            and not self._clause_follows(at)
        ):
            return None  # "the shares added 15 cents"
        if word in {"hope", "hopes"} and following_is(tokens, at, NOUN_BEFORE):
            return None  # "gave them hope of rescue"
        if word in TELLING and any(one.lower in TALES for one in tokens[at + 1 : at + 4]):
            return None  # "told the truth"
        if word.startswith("confirm") and at and tokens[at - 1].lower in LAWMAKERS and self._bare_object(at):
            return None  # "the Senate confirmed 22 judges"
        if word == "named" and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper():
            return None  # "a village named Kodyel"
        if word in {"state", "states"} and not following_is(tokens, at, STATED):
            return None
        if word in MAKING and not any(one.lower in {"arrest", "arrests"} for one in tokens[at + 1 : at + 6]):
            return None
        if word in INQUIRY and at and tokens[at - 1].lower in QUESTIONERS:
            return None  # "police questioned 282 people"
        if word in LAUNCHING and not any(one.lower in APPEALS for one in tokens[at + 1 : at + 6]):
            return None
        if self._is_held_to(at) or (
            following_is(tokens, at, ANSWERS)
            and (tokens[at + 1].text[0].isupper() or (at + 2 < len(tokens) and tokens[at + 2].text in ",.;"))
        ):
            return None  # "only one district said No, by 52%"
        if word in self.words.statement and POSSESSIVE.search(before) and before.endswith(("'s", "'")):
            return None  # "by the ministry's reckoning"
        if word == "given" and not any(one.lower in HAD for one in tokens[max(0, at - 6) : at]):
            return None
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if following == "out" and word not in {"point", "points", "pointed"}:
            return None
        if word in QUOTING and (passed := self._quotes(at)) is not None:
            return passed
        if kind != "deed" and word not in TELLING and (behind := self._object_before(at)) is not None:
            return behind
        if following == "for" and word in {"asks", "asked", "ask"} and not self.object(at):
            return None  # "the sum they asked for"
        if kind == "want" and word in INTENDING and following != "to":
            return None
        if word in OF_VERBS and "of" not in [one.lower for one in tokens[at + 1 : at + 6]]:
            return None
        if word in BY_VERBS and following not in {"by", "to"}:
            return None
        if at and tokens[at - 1].text in "-‑" and tokens[at - 1].end == token.start:
            return None  # "rebel-held", "Hamas-run"
        if kind == "deed" and (
            (following in {"by", "as", "in", "from", "on"} and before not in HAD) or before == "people"
        ):
            return None
        if (
            word in TELLING
            and at + 1 < len(tokens)
            and (
                self.numbered(tokens[at + 1])
                or (following in BEFORE_NUMBER - {"the", "a"} and self.object(at, limit=3))
            )
        ):
            kind = "deed"
        asking = word in INQUIRY
        if kind == "deed" and not asking and not self.object(at):
            return None
        if word.endswith("ing"):
            return self._participle(at, kind)
        if kind == "count":
            behind = self._set_down(at)
            if behind is not None or not self.object(at):
                return behind
        left = self.left(at)
        told = kind in {"say", "want", "naming"}
        strict = (
            kind != "say"
            or self._bare_object(at)
            or word in self.words.weak
            or word in AMBIGUOUS | OPINION
            or word.startswith("claim")
        )
        titled = (
            left is not None
            and left[1] is not None
            and kind != "deed"
            and tokens[self.head(left[1])].lower in self.words.titles
        )
        if left is not None and not titled and not self.accepts(left[0], strict=strict, kind=kind):
            left = left if kind == "count" and word in SET_DOWN and self._bare_name(left[0]) else None
        if kind == "say" or (kind == "want" and at and tokens[at - 1].text in QUOTES):
            inverted = self._inverted(at, left)
            if inverted is not None:
                return inverted
        if left is None:
            left = self.clause_subject(at)
        if left is None:
            if (before in {"and", "but", "then"} and not self._joins_participles(at)) or (
                at > 1 and before in {"also", "later", "then"} and tokens[at - 2].lower in {"and", "but"}
            ):
                return Statement(
                    sentence=self.position,
                    start=token.start,
                    end=token.end,
                    opens=token.start,
                    closes=token.end,
                    reach="after",
                    rule=f"and {word}",
                    shared=True,
                    standing=self._standing(word),
                    object_only=kind == "deed",
                )
            return None
        span, also, opens = left
        if tokens[span[1] - 1].lower.split("'")[0] in (UNSPEAKING if span[1] - span[0] == 1 else I_AND_YOU):
            return None
        if self._part_of_many(span):
            return None
        if kind != "say" and word in {"stood", "stand", "stands"} and span[0] and self.numbered(tokens[span[0] - 1]):
            return None  # "325 members stood by the government"
        if word in HELD_BY_BODIES and not self.keeps_count(span):
            return None
        if word in ISSUING and not (following in DETERMINERS or self.numbered(tokens[at + 1])):
            return None
        if word in GIVING and self._gives_to(at):
            return None
        if kind == "say" and word.startswith("claim") and tokens[span[0] : span[1]] and self._claims_lives(at):
            return None
        closes, reach = self._reach(at, opens)
        until = self._aside_end(at) if reach == "after" else None
        if kind == "say" and word in self.words.weak and reach == "after" and not self._has_clause(at):
            if asking or (word in {"asks", "asked"} and following == "for"):
                kind = "deed"
            elif word not in {"found", "shows", "show", "showed", "finds"} or not (
                self.object(at) or tokens[self.head(span)].lower in SURVEYS
            ):
                return None
            elif word in {"found", "finds"} and tokens[self.head(span)].lower in SEEKERS:
                return None  # "divers found 12 bodies" is a deed
        bare = kind == "want" and self._promises(at)
        behind_mark = opens > 0 and tokens[opens - 1].text in QUOTES | {","}
        if not told or (kind != "say" and reach in {"before", "both"} and not behind_mark):
            reach = "after"
        return Statement(
            sentence=self.position,
            start=token.start,
            end=token.end,
            opens=tokens[opens].start,
            closes=closes,
            reach=reach,
            rule=f"X {word}" if told else f"X {word} N",
            speaker=span,
            also=also,
            until=until,
            standing=self._standing(word),
            object_only=kind == "deed" or bare or word in INTENDING,
            plain=not told
            or bare
            or (kind == "say" and reach == "after" and word not in CLAUSAL and self._bare_object(at)),
        )

    def _set_down(self, at: int) -> Statement | None:
        """ "12 people died, a coalition of charities counted": the count stands before its verb."""
        tokens = self.tokens
        if tokens[at].lower not in SET_DOWN:
            return None
        n = at + 1
        if n + 1 < len(tokens) and tokens[n].lower == "on" and tokens[n + 1].lower in WEEKDAYS:
            n += 2
        if n < len(tokens) and tokens[n].text not in {",", ".", ";", ":", "–", "—"}:
            return None
        left = self.left(at)
        if left is None or left[2] < 2 or tokens[left[2] - 1].text not in {",", "”", '"'}:
            return None
        if not self.speakerish(*left[0], country=False):
            return None
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at].end,
            opens=tokens[left[2]].start,
            closes=tokens[n - 1].end,
            reach="both",
            rule=f"…, X {tokens[at].lower}",
            speaker=left[0],
            also=left[1],
        )

    def _introduces(self, at: int) -> Statement | None:
        """ "X has published these figures:" · "Key numbers from X:" · "X's latest bulletin:": what follows is X's."""
        tokens = self.tokens
        words = self.words
        low = max(0, at - LOOK)
        for n in range(at - 1, low, -1):
            word = tokens[n].lower
            span: tuple[int, int] | None = None
            if word in INTRODUCING or (word in words.say and word not in words.weak) or word in ISSUING:
                left = self.left(n)
                span = left[0] if left is not None else None
            elif word in {"from", "by", "of"}:
                known = n + 1 < at and (tokens[n + 1].text.isupper() or self.sources.match(tokens, n + 1) is not None)
                if (known and word != "of") or any(
                    one.lower in words.statement or one.lower in words.document for one in tokens[max(0, n - 3) : n]
                ):
                    span = self.right(n + 1)
            elif word in words.statement or word in words.document:
                left = self.left(n, genitive=True)
                span = left[0] if left is not None and tokens[left[0][1] - 1].text.endswith(OWNING) else None
            if span is not None and self.speakerish(*span, country=False):
                return Statement(
                    sentence=self.position,
                    start=tokens[n].start,
                    end=tokens[n].end,
                    opens=tokens[min(n, span[0])].start,
                    closes=tokens[at].end,
                    reach="after",
                    rule="X gives these figures:",
                    speaker=span,
                )
        return None

    def _bare_name(self, span: tuple[int, int]) -> bool:
        """Whether one capitalised word that no gazetteer has is the subject: "Viasna lists 60 prisoners"."""
        tokens = self.tokens
        one = tokens[span[0]]
        return (
            span[1] - span[0] == 1
            and one.text[0].isupper()
            and len(one.text) > 3
            and one.lower not in DISASTERS | WEEKDAYS | MONTHS | LEADING | DETERMINERS | STOPS
            and not self._place(*span)
        )

    def _has_ahead(self, at: int) -> Statement | None:
        """ "A poll has Ms. Ruiz ahead by 5 points": a poll, a name, a standing."""
        tokens = self.tokens
        behind = tokens[at + 1 : at + 9]
        lowers = {one.lower for one in behind}
        share = lowers & {"percent", "%", "cent"} and not lowers & {"margin", "error", "response"}
        named = behind and (behind[0].text[0].isupper() or behind[0].lower in DETERMINERS)
        if not share and not (named and lowers & STANDINGS):  # "a survey had 61 percent of the voters saying no"
            return None
        left = self.left(at)
        head = tokens[self.head(left[0])].lower if left is not None else "index"
        if left is None or head not in self.words.document or head == "index":
            return None
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at].end,
            opens=tokens[left[2]].start,
            closes=tokens[at].end,
            reach="after",
            rule=f"X {tokens[at].lower} Y ahead",
            speaker=left[0],
        )

    def _aside_end(self, at: int) -> int | None:
        """The comma that ends the aside "X, who said that …, left", where a verb of the main clause follows it."""
        tokens = self.tokens
        who = next((n for n in range(at - 1, max(-1, at - 5), -1) if tokens[n].lower in WHO), None)
        if not who or tokens[who - 1].text != ",":
            return None
        for n in range(at + 1, min(at + 40, len(tokens) - 1)):
            if tokens[n].text == "," and (
                tokens[n + 1].lower in AUXILIARIES
                or (tokens[n + 1].text.islower() and tokens[n + 1].lower.endswith("ed"))
            ):
                return tokens[n].start
        return None

    def _promises(self, at: int) -> bool:
        """Whether the number itself is given or asked for: "pledged $12 billion" · "promised the town 40 tents"."""
        for one in self.tokens[at + 1 : at + 7]:
            if self.numbered(one):
                return True
            if one.lower in {"to", "that", "of", "for"} or one.lower.endswith("ing") or one.text in QUOTES:
                return False
        return False

    def _names(self, at: int) -> bool:
        """Whether a name is given: "called it a $1 trillion giveaway" · "described him as the 1 man" · "called for"."""
        tokens = self.tokens
        call = tokens[at].lower.startswith("call")
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if call and following == "that":
            return False  # "told investors in a conference call that …"
        if call and following in {"for", "on"}:
            return at == 0 or tokens[at - 1].lower not in {"so", "is", "was", "were", "are", "been"}
        ready = False
        for n in range(at + 1, min(at + 1 + LOOK, len(tokens))):
            one = tokens[n]
            if one.text in ".;" and not ready:
                return False
            if self.numbered(one):
                return ready
            if one.text in QUOTES or one.lower in {"as", "saying"} or (one.lower in {"of", "for"} and not call):
                ready = ready or n > at + 1 or one.text in QUOTES
            elif call and n > at + 1 and one.lower in INDEFINITE | {"the"}:
                ready = True
        return False

    def _tells_count(self, at: int) -> bool:
        """Whether the object of a verb of counting is a count: "raised its estimate to 12", never "raised $12 million".

        Verbs that also tell what a body does, owns or sells ("held 33 hearings", "has 4,000 employees", "issued 12,000
        permits") report only with a noun of statement, or with people whom it holds.
        """
        tokens = self.tokens
        word = tokens[at].lower
        behind = tokens[at + 1 : at + 10]
        if word in REVISING or word in ISSUING:
            nouns = self.words.statement | self.words.document
            for one in behind:
                if (
                    one.lower in nouns
                    or one.lower in {"it", "target", "targets", "total", "estimated", "alert"} | MISGIVINGS
                ):
                    return True
            return False
        if word in HELD_BY_BODIES or word in GIVING:
            number = next((n for n, one in enumerate(behind) if self.numbered(one)), None)
            if number is None:
                return True
            if word in GIVING:
                return behind[number].text not in "$€£"
            if behind[number].text in "$€£" or any(one.lower in NO_COUNTS for one in behind[number : number + 5]):
                return False
        return True

    def _object_before(self, at: int) -> Statement | None:
        """ "the 12 million that X named": the number stands before the relative clause."""
        tokens = self.tokens
        if not any(one.lower in {"that", "which", "whom"} for one in tokens[max(0, at - 9) : at - 1]):
            return None
        if (
            at + 1 < len(tokens)
            and tokens[at + 1].lower not in {"on", "in", "are", "is", "was", "were", ",", ".", "has", "have"} | WEEKDAYS
        ):
            return None
        left = self.left(at)
        if left is None or not self.speakerish(*left[0]):
            return None
        opens = left[2]
        before = tokens[opens - 1].lower if opens else ""
        if before not in {"that", "which", "whom"} or not any(
            self.numbered(one) for one in tokens[max(0, opens - 6) : opens]
        ):
            return None
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at].end,
            opens=tokens[opens - 1].start,
            closes=tokens[at].end,
            reach="before",
            rule=f"N that X {tokens[at].lower}",
            speaker=left[0],
            also=left[1],
        )

    def _bare_object(self, at: int) -> bool:
        """Whether the number follows the verb at once: "confirmed 12 deaths", "added about 300 jobs"."""
        following = self.tokens[at + 1 : at + 2]
        return bool(following) and (
            self.numbered(following[0]) or (following[0].lower in BEFORE_NUMBER and self.object(at, limit=4))
        )

    def _gives_to(self, at: int) -> bool:
        """Whether a gift is told, not a count: "gave $25,000 to a school"."""
        tokens = self.tokens
        for n in range(at + 1, min(at + 12, len(tokens))):
            if tokens[n].text == ":":
                return False  # "has given a full toll: 225 bodies"
            if self.numbered(tokens[n]):
                return any(one.lower == "to" for one in tokens[n + 1 : n + 5])
        return False

    def _is_verb(self, at: int) -> bool:
        """Whether a word that is noun and verb is a verb here: what follows opens a clause or an object."""
        tokens = self.tokens
        if at + 1 >= len(tokens):
            return True
        after = tokens[at + 1].lower
        if at and tokens[at].lower in BASES and self._behind_singular(at):
            return False
        if at and tokens[at - 1].lower in DETERMINERS and tokens[at - 1].lower not in {"that", "this", "all"}:
            return False
        if at and POSSESSIVE.search(tokens[at - 1].lower) and tokens[at - 1].lower.endswith(("'s", "'")):
            return False
        if at + 2 < len(tokens):
            second = tokens[at + 2]
            if after == "on" and (second.lower in WEEKDAYS or second.text[0].isdigit()) and at:
                return True  # "the institute reported on Thursday: …"
            if after == "to" and second.lower in {"have", "be"} and tokens[at].lower in {"claim", "claims", "claimed"}:
                return True  # "the army claims to have killed N"
        if tokens[at].lower in NOUNS_FIRST and after not in {"that", "there", "it", "he", "she", "they"}:
            return after in DETERMINERS | PRONOUNS or after in QUOTES or tokens[at + 1].text[0].isupper()
        if after in self.words.say or after in STOPS - {
            "that",
            "there",
            "as",
            "over",
            "under",
            "around",
            "about",
            "between",
            "how",
        }:
            return False
        if (
            not tokens[at + 1].text[0].isalnum()
            and not tokens[at].lower.endswith("s")
            and at
            and not tokens[at - 1].lower.endswith("s")
        ):
            return tokens[at - 1].lower in {"police", "people", "media"}
        return after not in {"of", "by", "from", "for", "with", "to", "on", "about"} or tokens[at].lower in {
            "talk",
            "talks",
            "points",
            "point",
        }

    def _part_of_many(self, span: tuple[int, int]) -> bool:
        """Whether the subject is counted itself: "a plurality of voters say", "52% of men believe"."""
        tokens = self.tokens
        first = next((n for n in range(*span) if tokens[n].lower not in DETERMINERS), span[0])
        if tokens[first].lower in PARTS and (first + 1 == span[1] or tokens[first + 1].lower == "of"):
            return tokens[span[0]].lower != "the" or first + 1 < span[1]
        back = span[0] - 1
        while back > 0 and tokens[back].lower in {"the", "all"}:
            back -= 1
        if back < 1 or tokens[back].lower != "of":
            return False
        return (
            tokens[back - 1].lower in PARTS
            or self.numbered(tokens[back - 1])
            or tokens[back - 1].text[0].isdigit()
            or (back > 1 and self.numbered(tokens[back - 2]))
        )

    def _goes_on_to(self, at: int) -> bool:
        """Whether the subject says it in an infinitive: "went out to say that", "used it to predict the plan would"."""
        tokens = self.tokens
        if at < 3 or at + 1 >= len(tokens) or tokens[at].lower not in SAYING:
            return False
        if tokens[at - 2].lower in UNSAID or any(one.lower in UNSAID for one in tokens[max(0, at - 4) : at - 2]):
            return False
        following = tokens[at + 1]
        return (
            following.lower == "that"
            or following.text in QUOTES
            or (
                tokens[at].lower in {"claim", "predict", "say", "argue"}
                and any(one.lower in {"would", "will", "had", "was", "were"} for one in tokens[at + 2 : at + 9])
            )
        )

    def _behind_singular(self, at: int) -> bool:
        """Whether a base form stands behind a singular, where it is a noun: "the exchange rate"."""
        tokens = self.tokens
        previous, after = tokens[at - 1], tokens[at + 1]
        if previous.lower in PREPOSITIONS:
            return True
        if previous.lower.endswith(("s", "ly", ")", "’", "”")) or previous.lower in PLURALS | AUXILIARIES:
            return False
        if any(one.lower in {"and", ",", "or"} for one in tokens[max(0, at - 6) : at]):
            return False
        if previous.text[0].islower():
            return True
        told = after.lower in {"that", "on"} or after.lower in BEFORE_NUMBER or self.numbered(after)
        return previous.text[0].isupper() and tokens[at].text.islower() and not told

    def _clause_follows(self, at: int) -> bool:
        """Whether the number behind a verb opens a clause: "added 300 people had died"."""
        for one in self.tokens[at + 1 : at + 14]:
            if one.text in ",;." or one.lower in {"who", "which", "that"}:
                return False
            if one.lower in AUXILIARIES or one.lower in {"remain", "remained", "went", "died", "fled", "got", "came"}:
                return True
        return False

    def _joins_participles(self, at: int) -> bool:
        """Whether "and" joins participles before a noun: "probable and suspected cases"."""
        tokens = self.tokens
        return (
            tokens[at].lower.endswith("ed")
            and at + 1 < len(tokens)
            and tokens[at + 1].text.islower()
            and tokens[at + 1].lower.endswith("s")
            and tokens[at - 2].text.isalpha()
            and (tokens[at - 2].lower.endswith(("ed", "le")) or tokens[at - 2].text == ",")
        )

    def _is_held_to(self, at: int) -> bool:
        """Whether a participle tells what others hold of the noun before it: "a force believed to number 2,000"."""
        tokens = self.tokens
        if (
            tokens[at].lower not in HELD_TO
            or at + 2 >= len(tokens)
            or tokens[at + 1].lower != "to"
            or tokens[at - 1 : at][0:1] == ()
            or tokens[at - 1].lower in HAD
        ):
            return False
        following = tokens[at + 2]
        return following.text.islower() and following.lower not in DETERMINERS | HEARERS | PRONOUNS

    def _claims_lives(self, at: int) -> bool:
        tokens = self.tokens
        following = [one.lower for one in tokens[at + 1 : at + 9]]
        return "lives" in following or "life" in following or "responsibility" in following

    def _has_clause(self, at: int) -> bool:
        tokens = self.tokens
        for n in range(at + 1, min(at + 4, len(tokens))):
            if tokens[n].lower in {"that", ":", "out"} or tokens[n].text in QUOTES:
                return True
        return False

    def _standing(self, word: str) -> Standing | None:
        return "verified" if word in self.words.verified else "claim" if word in self.words.claim else None

    def _quoted(self, at: int) -> Statement | None:
        """ "X was quoted as saying (by Y)"."""
        tokens = self.tokens
        left = self.left(at - 1)
        if left is None:
            return None
        span, also, opens = left
        end = at
        relay = None
        for n in range(at + 1, min(at + 8, len(tokens))):
            if tokens[n].lower == "saying" or (tokens[n].lower in TELLING and tokens[n - 1].lower == "having"):
                end = n
            if tokens[n].lower == "by":
                relay = self.right(n + 1)
                if relay:
                    end = relay[1] - 1
                break
        closes, reach = self._reach(end, opens)
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at].end,
            opens=tokens[opens].start,
            closes=max(closes, tokens[end].end),
            reach=reach,
            rule="X was quoted as saying",
            speaker=span,
            also=also,
            relay=relay,
        )

    def _quotes(self, at: int) -> Statement | None:
        """ "X quoted Y as saying that 12 died" · "X cited Y as saying": Y says it, X passes it on."""
        tokens = self.tokens
        span = self.right(at + 1)
        if span is None or not self.speakerish(*span):
            return None
        also = self.apposition(span[1])
        end = (also or span)[1]
        if end < len(tokens) and tokens[end].text == "," and also is not None:
            end += 1
        stop = next((n for n in range(end, min(end + 12, len(tokens))) if tokens[n].text == ":"), end)
        if not any(tokens[n].lower in AUXILIARIES or tokens[n].text in ".;" for n in range(end, stop)):
            end = stop
        rest = [one.lower for one in tokens[end : end + 2]]
        if rest[:1] == ["as"] and len(rest) > 1 and rest[1].endswith("ing"):
            end += 2
        elif not (rest[:1] == [":"] and len(rest) > 1 and rest[1] in QUOTES):
            return None
        left = self.left(at)
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[end - 1].end,
            opens=tokens[left[2] if left else at].start,
            closes=tokens[end - 1].end,
            reach="after",
            rule=f"{tokens[at].lower} X as saying",
            speaker=span,
            also=also,
            relay=left[0] if left else None,
        )

    def _participle(self, at: int, kind: str) -> Statement | None:
        """ "…, saying" · "adding that" · "with X recording N": a speaker beside it, else that of its clause."""
        tokens = self.tokens
        word = tokens[at].lower
        before = tokens[at - 1] if at else None
        if before is not None and before.lower in {"is", "are", "was", "were", "been", "be"}:
            if word == "counting" and tokens[at + 1 : at + 2] and tokens[at + 1].lower == "on":
                return None
            left = self.left(at - 1)
            if left is None or kind == "deed" or not self.accepts(left[0], strict=True, kind=kind):
                return None
            return Statement(
                sentence=self.position,
                start=tokens[at].start,
                end=tokens[at].end,
                opens=tokens[left[2]].start,
                closes=tokens[at].end,
                reach="after",
                rule=f"X is {word}",
                speaker=left[0],
                also=left[1],
            )
        if (
            kind == "deed"
            or (kind == "count" and not self.object(at))
            or (word == "claiming" and self._claims_lives(at))
        ):
            return None
        clause = (
            kind == "say" and at + 1 < len(tokens) and (tokens[at + 1].lower == "that" or tokens[at + 1].text in QUOTES)
        )
        if before is not None and before.lower in LINKS and before.lower != "to" and not clause:
            return None
        span = None
        left = self.left(at) if before is not None and before.text not in ",-" else None
        opener = left[0][0] - 1 if left else -1
        if opener > 0 and tokens[opener].lower in {"one", "some", "many"}:
            opener -= 1
        if left and opener >= 0 and tokens[opener].lower == "with" and self.speakerish(*left[0]):
            span = left[0]
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at].end,
            opens=tokens[span[0]].start if span else tokens[at].start,
            closes=tokens[at].end,
            reach="after",
            rule=f"…, {word}" if span is None else f"with X {word}",
            speaker=span,
            shared=span is None,
        )

    def _passive(self, at: int) -> Statement | None:
        """ "announced by X" · "figures compiled by X" · "put by X at N"."""
        tokens = self.tokens
        n = at + 1
        while n < min(at + 4, len(tokens)) and (
            tokens[n].lower in WEEKDAYS or tokens[n].lower in {"on", "yesterday", "late"}
        ):
            n += 1
        if n >= len(tokens) or tokens[n].lower != "by":
            return None
        span = self.right(n + 1)
        if span is None or not self.speakerish(*span):
            return None
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[n].end,
            opens=tokens[at].start,
            closes=tokens[span[1] - 1].end,
            reach="both",
            rule=f"{tokens[at].lower} by X",
            speaker=span,
            also=self.apposition(span[1]),
            standing=self._standing(tokens[at].lower),
        )

    def _from(self, at: int) -> Statement | None:
        """ "The larger number came from X"."""
        tokens = self.tokens
        if not any(one.lower in self.words.statement for one in tokens[max(0, at - 6) : at]):
            return None
        span = self.right(at + 2)
        if span is None or not self.speakerish(*span):
            return None
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at + 1].end,
            opens=tokens[at].start,
            closes=tokens[span[1] - 1].end,
            reach="both",
            rule="N came from X",
            speaker=span,
        )

    def _noun(self, at: int) -> Statement | None:
        """ "X's estimate" · "U.S. assessments that" · "X figures show" · "by X's count" · "an estimate by X"."""
        tokens = self.tokens
        token = tokens[at]
        if not token.text[0].islower() and at:
            return None
        if token.lower == "account" and at and tokens[at - 1].lower in ACCOUNTS:
            return None  # "on his Twitter account"
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if following == "of" and token.lower in {"count", "estimate", "tally", "estimates", "reckoning", "figures"}:
            span = self.right(at + 2)
            kind = self.words.heads.get(self.tokens[self.head(span)].lower) if span else None
            titled = (
                span is not None
                and self.tokens[self.head(span)].text[0].isupper()
                and any(
                    self.tokens[n].lower in self.words.titles or self.sources.match(self.tokens, n)
                    for n in range(*span)
                )
            )
            if span and (kind not in {None, "witness"} or titled) and self.speakerish(*span, country=False):
                return Statement(
                    sentence=self.position,
                    start=token.start,
                    end=tokens[at + 1].end,
                    opens=token.start,
                    closes=tokens[span[1] - 1].end,
                    reach="both",
                    rule=f"{token.lower} of X",
                    speaker=span,
                )
        if following in {"by", "from"} or (
            following == "of"
            and at > 1
            and tokens[at - 1].lower == "the"
            and tokens[at - 2].lower == "by"
            and token.lower not in {"number", "numbers", "rate"}
        ):
            span = self.right(at + 2)
            if span is None or not self.speakerish(*span) or self._befalls(span):
                return None
            return Statement(
                sentence=self.position,
                start=token.start,
                end=tokens[at + 1].end,
                opens=token.start,
                closes=tokens[span[1] - 1].end,
                reach="both",
                rule=f"{token.lower} {following} X",
                speaker=span,
            )
        left = self.left(at, genitive=True) or self._whose(at)
        if left is None or self._befalls(left[0]):
            return None
        span = left[0]
        last = tokens[span[1] - 1]
        genitive = (
            bool(POSSESSIVE.search(last.lower))
            or self.plural_genitive(span[1])
            or (span[1] - span[0] == 1 and last.lower in {"its", "his", "her", "their"})
        )
        genitive = genitive or tokens[at - 1].lower == "whose" or (at > 1 and tokens[at - 2].lower == "whose")
        if not genitive:
            named = any(one.text[0].isupper() for one in tokens[span[0] : span[1]])
            if not (named and following in SHOWING | {"that", "put"}):
                return None
        if last.lower not in {"its", "his", "her", "their"} and not self.speakerish(*span):
            return None
        if token.lower in PROPOSING and following not in {"that", "of"}:
            return None
        initial = span[0] and tokens[span[0] - 1].lower == "by"
        return Statement(
            sentence=self.position,
            start=token.start,
            end=token.end,
            opens=tokens[span[0]].start,
            closes=token.end,
            reach="both" if initial or following in SHOWING else "after",
            rule=f"by X's {token.lower}" if initial else f"X's {token.lower}",
            speaker=span,
            standing="claim" if token.lower in {"claim", "claims", "assertion"} else None,
        )

    def _reads_out(self, at: int) -> bool:
        """ "The statement read: “…”": a paper before it, and a quotation behind it."""
        tokens = self.tokens
        papers = self.words.statement | self.words.document
        behind = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].text in ",:")
        return at > 0 and tokens[at - 1].lower in papers and behind < len(tokens) and tokens[behind].text in QUOTES

    def _befalls(self, span: tuple[int, int]) -> bool:
        """Whether a storm or another disaster is named, which has a toll and tells none: "Tropical Storm Nalgae"."""
        tokens = self.tokens[span[0] : span[1]]
        if any(one.lower in self.words.heads for one in tokens):
            return False
        cause = self.tokens[span[0] - 1].lower == "from" and self.tokens[span[0] - 2].lower in TOLLS
        known = any(self.tokens[n].text[0].isupper() and self.sources.match(self.tokens, n) for n in range(*span))
        return (cause and not known) or any(one.lower in DISASTERS for one in tokens)

    def _whose(self, at: int) -> tuple[tuple[int, int], tuple[int, int] | None, int] | None:
        """ "the union, whose own figures put the loss at 40": the noun phrase before "whose"."""
        tokens = self.tokens
        who = next((n for n in (at - 1, at - 2) if n > 1 and tokens[n].lower == "whose"), None)
        if who is None:
            return None
        end = who - (tokens[who - 1].text == ",")
        start = self._phrase_left(end - 1, max(0, end - LOOK))
        return ((start, end), None, who) if start < end else None

    def _colon(self, at: int) -> Statement | None:
        """A headline: "Toll at 30: police" · "WWF: 3 million animals hit"; in a title or a line without a verb."""
        tokens = self.tokens
        if self.sentence.field != "title" and (len(tokens) > 18 or tokens[-1].text in ".!?"):
            return self._in_transcript(at)
        if 0 < at <= 6 and self._labels(at) and not any(self.numbered(one) for one in tokens[:at]):
            return Statement(
                sentence=self.position,
                start=tokens[at].start,
                end=tokens[at].end,
                opens=tokens[0].start,
                closes=tokens[at].end,
                reach="after",
                rule="X: …",
                speaker=(0, at),
            )
        if at + 1 < len(tokens) <= at + 7 and self.speakerish(at + 1, len(tokens)):
            return Statement(
                sentence=self.position,
                start=tokens[at].start,
                end=tokens[at].end,
                opens=tokens[at].start,
                closes=tokens[-1].end,
                reach="before",
                rule="…: X",
                speaker=(at + 1, len(tokens)),
            )
        return None

    def _in_transcript(self, at: int) -> Statement | None:
        """ "ANA RUIZ, R-TEXAS: We have 40 hospitals." · "Ana Ruiz: …": a person's name that opens a spoken line."""
        tokens = self.tokens
        if at > 9:
            return None
        end = next((n for n in range(at) if tokens[n].text == ","), at)
        if not 0 < end <= 6 or len(tokens) - at < 5 or not tokens[at + 1].text[0].isupper():
            return None
        label = [one for one in tokens[:end] if one.text != "."]
        words = [one.lower for one in label]
        named = all(one.text[0].isupper() for one in label) and 1 <= len(label) <= 5
        loud = named and all(one.text.isupper() for one in label) and len(label[-1].text) > 3
        if not named or not (loud or len(label) > 1) or self._place(0, end):
            return None
        known = self.words.statement | self.words.document
        if any((one in known or one in self.words.heads) and one not in self.words.titles for one in words):
            return None
        if any(one in DISASTERS | MONTHS | WEEKDAYS | STOPS | LINKS | HEADINGS for one in words):
            return None
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at].end,
            opens=tokens[0].start,
            closes=tokens[at].end,
            reach="after",
            rule="X: …",
            speaker=(0, end),
        )

    def _labels(self, at: int) -> bool:
        """Whether the words before a colon name who says it: no place ("Kenya: crowds march"), no topic."""
        tokens = self.tokens
        if not self.speakerish(0, at, country=False):
            return False
        if any(one.text.islower() and one.lower in INTRODUCING | ISSUING for one in tokens[1:at]):
            return False
        first = next((n for n in range(at) if tokens[n].text[0].isalpha()), at)
        if at + 1 < len(tokens) and self.numbered(tokens[at + 1]):
            named = any(one.text[0].isupper() for one in tokens[first:at])
            if named and (self._place(first, at) or tokens[self.head((first, at))].lower in AREAS):
                return False  # "Mexico City: 137" · "State of Mexico: 13"
        kind = self.words.heads.get(tokens[self.head((0, at))].lower)
        if self.sentence.field == "text" and kind in {"witness", "anonymous"}:
            return False  # "people in shelters: 94,000"
        topic = at == 1 and tokens[0].text[0].isupper() and not tokens[0].text.isupper()
        return not topic or tokens[0].lower in self.words.heads or self.sources.match(tokens, 0) is not None

    def _bracketed(self, at: int) -> Statement | None:
        """ "35,000 crossed into Burundi (UNHCR)": a body of the file in brackets that closes a line."""
        tokens = self.tokens
        stop = next((n for n in range(at + 1, min(at + 9, len(tokens))) if tokens[n].text == ")"), None)
        if stop is None or not self._closed(stop + 1) or at == 0:
            return None
        if tokens[at - 1].text[0].isupper() and self.sentence.text.lstrip()[:1] not in "-*•–—·▪‣◦":
            return None  # "the Office for the Coordination of Humanitarian Affairs (OCHA)"
        first = at + 3 if tokens[at + 1].lower in {"source", "sources"} and tokens[at + 2].text == ":" else at + 1
        hit = self.sources.match(tokens, first) if first < stop else None
        if hit is None or hit[0] != stop or tokens[at - 1].lower in self.words.heads:
            return None
        if self.sources.sources[hit[1]].person:
            return None
        return Statement(
            sentence=self.position,
            start=tokens[first].start,
            end=tokens[stop - 1].end,
            opens=tokens[at].start,
            closes=tokens[stop].end,
            reach="before",
            rule="N (X)",
            speaker=(first, stop),
        )

    def _inverted(self, at: int, left: tuple[tuple[int, int], tuple[int, int] | None, int] | None) -> Statement | None:
        """ ", said X" · "” said X" · "said X" at the end of a clause that has its own subject."""
        tokens = self.tokens
        before = tokens[at - 1].text if at else ""
        marked = before in QUOTES or before in {",", "-", "–", "—", "…"}
        if tokens[at].lower in TELLING or at + 1 >= len(tokens) or at == 0:
            return None
        if tokens[at].lower in self.words.weak and before not in QUOTES and not (before == "," and left is None):
            return None
        span = self.right(at + 1)
        if span is None or not self.speakerish(*span) or tokens[at + 1].lower in ANSWERS:
            return None
        also = self.apposition(span[1])
        last = (also or span)[1]
        if left is not None and marked and left[1] is not None:
            head = tokens[self.head(span)].lower
            body = tokens[span[0]].lower == "the" and head in self.words.heads
            told = self.ends_sentence(last) and body
            if not told and not (before == "," and self._names_another(left[0], span, last)):
                return None
        rest = [one.lower for one in tokens[last : last + 4]]
        aside = rest[:1] == [","] and (rest[1:2] != [] and (rest[1] in WHO or rest[3:4] == ["who"]))
        closed = (
            not rest
            or rest[0]
            in {".", ",", "who", "which", ";", "in", "on", "at", "told", "after", "as", "while", "adding", "citing"}
            or rest[0] in WEEKDAYS
            or rest[0] in QUOTES
        )
        if not closed or (not marked and rest and rest[0] not in {".", "who", ","} and rest[0] not in WEEKDAYS):
            return None
        if not marked and left is not None and tokens[at + 1].lower in DETERMINERS and not self.ends_sentence(last):
            return None
        if not marked and left is not None and left[0][1] == at and tokens[left[0][0]].lower in PRONOUNS:
            return None
        if not marked and (tokens[at + 1].lower in PRONOUNS):
            return None
        return Statement(
            sentence=self.position,
            start=tokens[at].start,
            end=tokens[at].end,
            opens=tokens[at].start,
            closes=tokens[last - 1].end,
            reach="before" if self.ends_sentence(last) or not marked or aside else "both",
            rule=f"{tokens[at].lower} X",
            speaker=span,
            also=also,
            standing=self._standing(tokens[at].lower),
        )

    def _names_another(self, subject: tuple[int, int], span: tuple[int, int], last: int) -> bool:
        """Whether a name behind "said" ends the clause and nobody is named before it: "…, against 41, said Ruiz"."""
        tokens = self.tokens
        if any(one.text[0].isupper() and n > 0 for n, one in enumerate(tokens[subject[0] : subject[1]], subject[0])):
            return False
        if tokens[subject[0]].lower in PRONOUNS:
            return False
        first = span[0] + (tokens[span[0]].lower == "the" and span[1] - span[0] > 1)
        if not tokens[first].text[0].isupper():
            return False
        rest = [one.lower for one in tokens[last : last + 2]]
        return self.ends_sentence(last) or (rest[:1] == [","] and len(rest) > 1 and rest[1] in WHO)

    def _reach(self, at: int, opens: int) -> tuple[int, Reach]:
        """Where the reporting clause ends, and whether it reports what stands behind it, before it, or both."""
        tokens = self.tokens
        n = at + 1
        telling = tokens[at].lower in TELLING
        budget = at + LOOK
        if n < len(tokens) and tokens[n].lower in {"out", "back"}:
            n += 1  # "he pointed out", "she shot back"
        while n < min(len(tokens), budget):
            one = tokens[n]
            word = one.lower
            if telling and n == at + 1:
                span = self.right(n)
                if span is not None:
                    n = self._hearer_end(span)
                    continue
            if (
                word in WEEKDAYS
                or word
                in {
                    "yesterday",
                    "today",
                    "later",
                    "earlier",
                    "late",
                    "early",
                    "again",
                    "here",
                    "too",
                    "instead",
                    "afterwards",
                    "separately",
                    "reportedly",
                    "morning",
                    "afternoon",
                    "evening",
                    "night",
                    "local",
                }
                or (word.endswith("ly") and one.text.islower())
            ):
                n += 1
                continue
            if word == "on" and (day := self._day_end(n + 1)) is not None:
                n = day
                continue
            following = tokens[n + 1].lower if n + 1 < len(tokens) else ""
            if word in {"after", "before", "while", "since"} and following.endswith("ing"):
                break
            if word in PREPOSITIONS or word in {"last", "this", "while"} or (word == "speaking"):
                stop = self._adverbial(n)
                if stop is not None:
                    n = stop
                    continue
            break
        closes = tokens[n - 1].end
        if n >= len(tokens) or self._closed(n):
            before = bool(opens)
            return closes, "before" if before else "after"
        nxt = tokens[n]
        if (
            nxt.lower == "as"
            and n + 1 < len(tokens)
            and tokens[n + 1].lower in {"many", "much", "few", "little", "high"}
        ):
            return closes, "after"
        marked = opens > 0 and tokens[opens - 1].text in ',”"»—–-…'
        if nxt.text in {",", ":"}:
            return closes, "both" if opens and (nxt.text == "," or marked) else "after"
        if nxt.text == ";" and opens:
            return closes, "both"
        if nxt.text in ";—–" or nxt.lower in {"while", "but", "and", "as", "because", "after", "when", "since"}:
            if nxt.lower == "and" and n + 1 < len(tokens) and tokens[n + 1].lower in self.words.say:
                return closes, "both" if opens else "after"
            if nxt.lower in {"after", "because", "as", "since", "when"} and opens and marked:
                return closes, "both"  # "12 jobs go, the firm said on Monday after sales fell 9%"
            return closes, "before" if marked or opens else "after"
        if nxt.lower in {"who", "which", "adding", "saying", "citing", "describing", "calling"} and opens:
            return closes, "before"
        if opens > 0 and tokens[opens - 1].text in '”"»':
            return closes, "both"
        told = tokens[max(0, opens - 30) : opens]
        if marked and nxt.lower in PREPOSITIONS and any(self.numbered(one) for one in told):
            return closes, "both"  # "78% voted for it, the electoral service reported with 99% of tables counted"
        return closes, "after"

    def _day_end(self, n: int) -> int | None:
        """The index behind a day: "Sunday", "3 October", "Oct. 3"; None where none stands there."""
        tokens = self.tokens
        here = [one.lower.rstrip(".") for one in tokens[n : n + 2]]
        if here and here[0] in WEEKDAYS:
            return n + 1
        if len(here) == 2 and {here[0] in MONTHS, here[1] in MONTHS} == {True, False}:
            return n + 2 if here[0].isdigit() or here[1].isdigit() else None
        return None

    def _closed(self, n: int) -> bool:
        tokens = self.tokens
        while n < len(tokens) and tokens[n].text in '.!?)”"»]…':
            n += 1
        return n >= len(tokens)

    def _hearer_end(self, span: tuple[int, int]) -> int:
        """The end of those told: "reporters", "AFP", "a news conference", not the clause behind."""
        tokens = self.tokens
        start, end = span
        n = start
        while n < end and (
            tokens[n].lower in DETERMINERS
            or tokens[n].lower in HEARERS
            or tokens[n].text[0].isupper()
            or tokens[n].lower in self.words.heads
            or tokens[n].text in "-.’'"
        ):
            n += 1
            if n < end and tokens[n - 1].lower in HEARERS and tokens[n].lower not in HEARERS:
                break
        return max(n, start + 1)

    def _adverbial(self, n: int) -> int | None:
        """The end of "in a statement on Monday" behind a verb, where no clause and no number of the story follows."""
        tokens = self.tokens
        if self.numbered(tokens[n]):
            return None
        k = n + 1
        while k < min(len(tokens), n + 14):
            one = tokens[k]
            if self.numbered(one):
                return None
            if one.text in ",;:—–" or one.text in QUOTES:
                return k
            if one.lower == "that" or (one.text in ".!?" and k + 1 >= len(tokens)):
                return k
            if one.lower in {"were", "was", "are", "is", "had", "have", "has", "will", "would"}:
                return n + 2 if n + 1 < len(tokens) and (tokens[n + 1].lower in WEEKDAYS) else None
            k += 1
        if k >= len(tokens):
            return k
        if n + 1 < len(tokens) and tokens[n + 1].lower in WEEKDAYS:
            return n + 2
        return None
