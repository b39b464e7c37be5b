"""What stands beside a number in its sentence: comparator, part in a change, age, rate, counted noun.

Every look to the side covers a bounded number of characters, so a sentence of any length costs linear time.
"""

from __future__ import annotations

import re
from typing import Final

from figures.extract.numerals import Numeral, Page
from figures.extract.types import Sentence
from figures.lexicon.numbers import NumberLexicon, Phrase
from figures.model import Direction

__all__ = ["Beside", "Claimed"]

BEFORE: Final = 56  # characters: the longest comparator phrase is shorter
CLAUSE: Final = 96
NOUN: Final = 40

_LATIN: Final = re.compile(r"[a-z]+")
_DEGREES: Final = frozenset({"lower", "higher"})
_HELPING: Final = frozenset({"will", "would", "just", "only", "had", "has", "then", "already"})
_BECOMES: Final = frozenset({"was", "is", "be", "turned", "turns", "been"})
OLDEST: Final = 110
_UNIT: Final = re.compile(r"[\s-]?([^\W\d_]+)")
_POINTS: Final = re.compile(r"[\s-](?:basis\s)?(?:points?|cents?|sen|pence|pips)\b")
_FROM: Final = re.compile(r"\d[^.;]{0,30}, from\s$")
_OPENERS: Final = "(\"“”'[«…—–-\ufffd*•"
_SIGNS: Final = "~≈><≥≤±∼"
_ONE_SIDED: Final = frozenset({"more_than", "at_least", "less_than", "at_most"})
_PASSED: Final = frozenset({"passed", "topped", "surpassed"})

Claimed = tuple[int, Phrase | None, int, int]
"""Where the comparator words begin, what they claim, and the span of the words that decided."""


class Beside:
    """The surroundings of the numbers of one sentence; it lives as long as the call that made it."""

    __slots__ = ("end", "lexicon", "low", "start", "text")

    def __init__(self, page: Page, sentence: Sentence, lexicon: NumberLexicon) -> None:
        self.low, self.text = page.low, page.text
        self.start, self.end = sentence.start, sentence.end
        self.lexicon = lexicon

    # ---- behind the number

    def counted_noun(self, at: int) -> bool:
        """Whether a plural or a people noun follows within three words: "2000 Syrian refugees", "12 dead"."""
        return self.lexicon.patterns["counted_noun"].match(self.low, at, min(self.end, at + NOUN)) is not None

    def unit_word(self, at: int) -> bool:
        """Whether the next word is a unit of measure."""
        match = _UNIT.match(self.low, at, min(self.end, at + 20))
        return match is not None and match[1] in self.lexicon.units

    def after(self, one: Numeral) -> tuple[Phrase, int, int] | None:
        """The comparator behind a number: "or more", "-plus", "people or so", "at least"."""
        match = self.lexicon.after_pattern.match(self.low, one.right, self.end)
        if match is None:
            return None
        group = "glued" if match["glued"] else "words"
        words = match[group]
        ahead = self.low[match.end() : match.end() + 16]
        if group == "glued":
            if words == "+" and ahead[:1].isdigit():
                return None
        else:
            sets, patterns = self.lexicon.sets, self.lexicon.patterns
            if patterns["number_follows"].match(ahead) or ahead.startswith(" than "):
                return None
            if ahead.startswith((" a ", " an ", " of ", " in ", " the ")) and not words.startswith(("or ", "and ")):
                return None
            if words in sets["needs_no_conjunction"] and match["noun"] in sets["conjunctions"]:
                return None
        return self.lexicon.after[words], match.start(group), match.end(group)

    def rate(self, at: int) -> str | None:
        """The base of a rate: "1,000 barrels a day" → day, "12 per week" → week."""
        match = self.lexicon.rate.match(self.low, at, self.end)
        return self.lexicon.rates.get(match["a"] or match["b"] or match["c"] or "") if match is not None else None

    # ---- before the number

    def words_before(self, at: int, width: int = BEFORE) -> list[tuple[int, str]]:
        """The words that lead up to a place without a mark between, nearest last."""
        first = max(self.start, at - width)
        window = self.low[first:at]
        words = window.split()
        if first > self.start and words and not self.low[first - 1].isspace():
            del words[0]
        out: list[tuple[int, str]] = []
        stop = len(window)
        if words and not window[-1].isspace():
            glued = words.pop()
            stop -= len(glued)
            if glued[-1] in _SIGNS:
                out.append((at - 1, glued[-1]))
            elif glued[-1] in "(\"“'":
                words.append(glued.rstrip("(\"“'"))
                stop += len(words[-1])
            else:
                return []
        for word in reversed(words):
            stop = window.rfind(word, 0, stop)
            core = word.lstrip(_OPENERS)
            if not core:
                continue
            bare = core.rstrip("\"”'")
            if bare[-1:] in ",;:!?)" or (bare[-1:] == "." and bare not in self.lexicon.before):
                break
            out.append((first + stop + len(word) - len(core), bare))
            if core != word:
                break
        out.reverse()
        return out

    def comparator(self, at: int) -> Claimed:
        """The comparator words that end at a place, stacked ones included: "at least about", "as many as an estimated".

        Of several the outer one-sided claim wins, then "nearly", then "about".
        """
        words = self.words_before(at)
        claims: list[tuple[Phrase, int, int]] = []
        filler = None
        stop = at
        for _ in range(4):
            found = self._phrase(words)
            if found is None:
                break
            size, phrase = found
            if filler in ("the", "now") and size == 1 and phrase.claim != "neutral":
                break  # "over the five years" spans them
            first = words[-size][0]
            if phrase.claim == "neutral":
                filler = words[-1][1]
            else:
                claims.append((phrase, first, stop))
                filler = None
            words = words[:-size]
            stop = first
        if not claims:
            return at, None, at, at
        decisive = (
            [one for one in reversed(claims) if one[0].claim in _ONE_SIDED]
            or [one for one in claims if one[0].claim in ("nearly", "just_over")]
            or [one for one in claims if one[0].claim == "approximately"]
            or claims
        )
        return claims[-1][1], *decisive[0]

    def _phrase(self, words: list[tuple[int, str]]) -> tuple[int, Phrase] | None:
        if not words or words[-1][1] not in self.lexicon.before_ends:
            return None
        for size in range(min(self.lexicon.before_longest, len(words)), 0, -1):
            phrase = self.lexicon.before.get(" ".join(word for _, word in words[-size:]))
            if phrase is None:
                continue
            previous = words[-size - 1][1] if len(words) > size else ""
            if size == 1 and not self._compares(words[-1][1], previous):
                return None
            if phrase.claim == "at_most" and words[-size][1] == "up" and self._moves_up_to(previous):
                return None
            if phrase.needs_total and not self._tells_a_total(words[-size], previous):
                return None
            return size, phrase
        return None

    def _compares(self, word: str, previous: str) -> bool:
        """Whether a lone "about" or "over" compares: "talked about 3 towns", "handed over 94" do not."""
        if word == "about":
            return previous not in self.lexicon.sets["about_verbs"]
        return word != "over" or previous not in self.lexicon.sets["over_verbs"]

    def _moves_up_to(self, verb: str) -> bool:
        """ "went up to 154" tells where a count went, "up to 154" how far it may go."""
        return verb in self.lexicon.moves and verb not in self.lexicon.sets["not_up_to"]

    def _tells_a_total(self, verb: tuple[int, str], previous: str) -> bool:
        """Whether a toll or count "has passed" the number, not a parliament its laws."""
        if previous in ("has", "have", "had", "already") and verb[1] in _PASSED:
            return True
        words = _LATIN.findall(self.low, max(self.start, verb[0] - CLAUSE), verb[0])
        return not self.lexicon.totals.isdisjoint(words)

    # ---- changes

    def _clause(self, at: int) -> list[str]:
        first = max(self.start, at - CLAUSE)
        for match in self.lexicon.patterns["clause_break"].finditer(self.low, first, at):
            first = match.end()
        return _LATIN.findall(self.low, first, at)

    def move_before(self, at: int) -> str | None:
        """The last word of change in the clause before a place; weak ones ("added", "up") only where it ends there."""
        clause = self._clause(at)
        for word in reversed(clause):
            if word in self.lexicon.moves and word not in self.lexicon.weak:
                return word
        return clause[-1] if clause and clause[-1] in self.lexicon.moves else None

    def moves_to(self, at: int) -> bool:
        """Whether a verb of change stands right before a place, "by" and adverbs aside: "rose sharply by"."""
        words = [word for _, word in self.words_before(at, 44)]
        while words and (words[-1] == "by" or self._is_role_filler(words[-1])):
            words.pop()
        return bool(words) and words[-1] in self.lexicon.moves

    def _is_role_filler(self, word: str) -> bool:
        return word in self.lexicon.sets["role_fillers"] or word.endswith("ly")

    def role(self, one: Numeral, at: int) -> tuple[str | None, Direction | None]:
        """The part of a number in a change: "rose by 15" (by, up), "from 30" (from), "to 45" (to)."""
        words = [word for _, word in self.words_before(at, 44)]
        one_thing = words[-1:] in (["a"], ["an"])  # "added a 30 degree homer"
        while words and self._is_role_filler(words[-1]):
            words.pop()
        if not words or (one_thing and words[-1] in self.lexicon.transitive):
            return None, None
        last, previous = words[-1], words[-2] if len(words) > 1 else ""
        sets = self.lexicon.sets
        if (direction := self._direction(last)) is not None:
            if last in ("up", "down") and previous in sets["up_particles_of"]:
                return None, None
            measured = one.unit in ("percent", "percentage_point") or _POINTS.match(self.low, one.right)
            return ("by", direction) if measured or last not in self.lexicon.transitive else (None, None)
        if last == "by":
            clause = self._clause(at)[-7:]
            # "passed the lower house by 231 votes": an adjective moves nothing unless "by" follows at once
            moved = (w for w in reversed(clause) if w in self.lexicon.moves and (w not in _DEGREES or w == previous))
            move = self.move_before(at) or next(moved, None)
            return ("by", self._direction(move)) if move is not None else (None, None)
        if last in ("of", "between") and (direction := self._direction(previous)) is not None:
            return ("by", direction) if previous not in sets["not_nouns_of_change"] else (None, None)
        if last in ("to", "from"):
            if previous in self.lexicon.moves or self.move_before(at) is not None:
                return last, None
            told_before = _FROM.search(self.low, max(self.start, at - 48), at) is not None
            if last == "from" and told_before and not self.counted_noun(one.right):
                return "from", None  # "stands at 1,037, from 820 on Sunday"
        return None, None

    def _direction(self, word: str | None) -> Direction | None:
        return "up" if word in self.lexicon.up else "down" if word in self.lexicon.down else None

    # ---- ages

    def is_age(self, one: Numeral) -> bool:
        """An age that no unit tells: "aged 42", "a girl of 7", "children under 5", "those over 65", "he turned 30"."""
        words = [word for _, word in self.words_before(one.left, 40)]
        if not words or one.value is None or one.value > 120:
            return False
        previous = words[-2] if len(words) > 1 else ""
        if words[-1] in ("aged", "age", "ages"):
            return True
        if words[-1] == "of":
            return previous in self.lexicon.sets["aged_persons"]
        if words[-1] in _BECOMES and self._is_somebody(words[:-1]):
            whole = one.form in ("digits", "words") and one.unit is None and not one.glued and 2 <= one.value <= OLDEST
            return whole and self.lexicon.patterns["age_told"].match(self.low, one.right) is not None
        if words[-1] in ("under", "over", "below", "above") and previous in self.lexicon.sets["age_before"]:
            after = self.low[one.right : one.right + 1]
            return (
                not after or after in ",.;)" or self.lexicon.patterns["age_ends"].match(self.low, one.right) is not None
            )
        return False

    @staticmethod
    def _is_somebody(words: list[str]) -> bool:
        """Whether one person is the subject of "is" or "turned": "who will", "he", "she had just"."""
        left = [word for word in words[-3:] if word not in _HELPING]
        return bool(left) and left[-1] in ("he", "she", "who", "i")
