"""Date each figure: the day its number holds for (as_of), on what ground, and the period it covers.

A day belongs to the nearest verb of its clause. On a reporting verb it dates the statement ("said on Thursday"), on an
event verb it bounds the period ("were killed Wednesday"), on a state verb or after "by", "as of", "up to" it is the day
the number holds for ("had reached 411 on Wednesday"). What a sentence leaves open comes from the statement before it
in the paragraph, if the same source speaks, else from publication.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from figures.extract.binding import HARD, Bound, day_kind
from figures.extract.same_body import by_same_body
from figures.extract.times import TimeMention
from figures.extract.types import Credit, Reading
from figures.model import AsOfBasis, RuleUse

if TYPE_CHECKING:
    from figures.extract.modality import Firmness
    from figures.extract.scenes import Scene

FARTHEST_DAY: Final = 110
"""Characters from a day on an event verb to a number after it; farther ones tell of something else."""
FEW: Final = 8
REACH: Final = 700
"""Characters beside a number in which its day is sought where a sentence names many, so that it stays linear."""
CLOSED: Final = frozenset((
    "protesters", "strikes", "attacks", "rockets_fired", "missiles_launched", "missiles_intercepted",
    "drones_launched", "arrests", "border_crossings", "rescued", "turnout", "vote_share", "magnitude",
    "wind_speed", "rainfall", "evacuated",
))  # fmt: skip
EARLIER: Final = re.compile(
    r"\b(?:earlier|previously|initially|at first|formerly|originally|until then|early on(?!\s+(?-i:[A-Z]))"
    r"|first (?:count|toll|figure|tally|estimate|number))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateChoice:
    """The dates of one reading and the rules that chose them; ``said`` is the day of the statement, where given."""

    as_of: date | None = None
    basis: AsOfBasis | None = None
    first: date | None = None
    last: date | None = None
    said: date | None = None
    period: RuleUse | None = None
    rules: tuple[RuleUse, ...] = ()


def choose_dates(
    scene: Scene, readings: list[Reading], credits: list[Credit], firmness: Sequence[Firmness]
) -> list[DateChoice]:
    """One choice a reading, in the same order."""
    out: list[DateChoice] = []
    for index, (reading, credit, firm) in enumerate(zip(readings, credits, firmness, strict=True)):
        choice = _own(scene, reading, credit, firm, scene.bounds(reading.quantity.mention.sentence))
        if choice.as_of is None and choice.basis is None:
            choice = _inherit(scene, index, readings, credits, firmness, out, choice)
        out.append(choice)
    return by_same_body(scene, readings, credits, out)


def _own(scene: Scene, reading: Reading, credit: Credit, firm: Firmness, bounds: list[Bound]) -> DateChoice:
    """What the figure's own sentence says of its dates."""
    mention = reading.quantity.mention
    text = scene.text(mention.sentence)
    low = scene.sentence(mention.sentence).start
    numbers = scene.numbers.get(mention.sentence, [])
    if len(bounds) > FEW:
        first_bound = bisect_right(bounds, mention.start - REACH, key=lambda one: one.time.start)
        bounds = bounds[first_bound : bisect_left(bounds, mention.end + REACH, key=lambda one: one.time.start)]
    exclusive = _exclusive(scene, mention.sentence, bounds) if bounds else {}
    mine = [one for one in bounds if exclusive.get(one.time.start, mention.start) == mention.start]
    if firm.modality != "superseded":
        # "90 dead, up from 70 a day earlier": the day of the old count
        mine = [
            one for one in mine
            if one.time.start <= mention.end or one.time.kind not in ("day", "relative")
            or not FROM_OLD.search(text, mention.end, min(one.time.words_start, mention.end + REACH))
        ]  # fmt: skip
    closed = reading.metric in CLOSED
    telling = [one for one in mine if one.time.start not in exclusive]
    if closed:
        telling = [one for one in telling if not _counted_on(one, text, mention.end)]
    said = _statement(credit, mention.start, [one for one in telling if not _apart(text, credit, mention.start, one)])
    said_day = _midst(said) if said else None
    superseded = firm.modality == "superseded"
    period: Bound | None = None
    stated: Bound | None = None
    since: Bound | None = None
    for one in mine:
        if one is said or one.last is None or not _near(numbers, mention.start, mention.end, one.time, text):
            continue
        before = max(mention.end, one.time.words_start - 24)
        if one.time.start > mention.end and COMPARED.search(text, before, one.time.words_start):
            continue  # "one point more than in September"
        if one.time.end <= mention.start and COMPARED_DAY.search(
            text, max(0, one.time.words_start - 24), one.time.words_start
        ):
            continue  # "4,000 in hospital, 90 fewer than on Monday, and 800 at home"
        ago = one.time.kind == "ago" and NEAR_AGO.match(text, one.time.start) is not None
        day = one.time.kind in ("day", "relative")
        direct = _direct(text, mention.end, one.time)
        if one.kind == "stated" or (one.kind == "event" and direct and _started(credit)):
            stated = stated or one
        elif one.kind == "since":
            left = max(0, one.time.words_start - 60)
            if one.time.end > mention.start or not OF_SOMEBODY.search(text, left, one.time.words_start):
                since = one
        elif (
            ago
            and one.kind in ("state", "said")
            and said is None
            and STILL.fullmatch(text, one.time.end, mention.start)
        ):
            stated = stated or one
        elif (
            one.kind in ("state", "said", "other")
            and day
            and one.time.prep in ("", "on", "at")
            and (superseded or direct)
        ):
            stated = one if direct else stated or one
        elif (
            (one.kind == "state" and day and said is None)
            or (
                one.kind in ("state", "said")
                and one.time.kind in ("month", "year")
                and one.time.prep in ("in", "end of", "at", "")
                and (said_day is None or one.last < said_day)
            )
            or (said is None and since is None and _long_ago(scene, text, mention.start, mention.end, one))
        ):
            stated = stated or one
        elif closed and (
            one.kind == "noun" or _counted_on(one, text, mention.end) or _stood_on(one, text, mention.start)
        ):
            period = period or one
        elif _bounds_period(one, mention.start) and (
            period is None or abs(one.time.start - mention.end) < abs(period.time.start - mention.end)
        ):
            period = one
    if superseded and since is not None and stated is None:
        stated = since
    first = since.first if since else None
    last = None
    rule = None
    if period is not None:
        first, last = period.first, period.last
        rule = _use("period_start", "in the last N days" if period.kind == "window" else "event verb DAY", period.time)
    rules: list[RuleUse] = []
    if period is not None and rule is not None:
        rules += [rule, RuleUse(column="period_end", rule=rule.rule, start=rule.start, end=rule.end)]
    if since is not None:
        rules.append(_use("period_start", "since DAY", since.time))
    as_of: date | None = None
    basis: AsOfBasis | None = None
    if stated is None and not superseded:
        stated = _covered(scene, mention.sentence)
    if stated is not None:
        as_of, basis = stated.last, "stated"
        rules.append(_use("as_of", f"{stated.time.prep or 'state verb'} DAY".strip(), stated.time))
    elif superseded or _back_then(text, mention.start, low) or _earlier(text, mention.start, low):
        basis = "before_publication"
        rules.append(RuleUse(column="as_of", rule="earlier", start=firm.start, end=firm.end))
    elif (
        period is not None
        and period.time.kind == "span"
        and period.time.prep == "between"
        and (
            (period.kind != "event" and (period.time.start >= mention.end or said_day is None))
            or (said_day is None and _days_long(period))
        )
    ):
        as_of, basis = period.last, "stated"
        rules.append(_use("as_of", "between DAY and DAY", period.time))
    elif said_day is not None and said is not None:
        as_of, basis = said_day, "reporting_day"
        rules.append(_use("as_of", "said DAY", said.time))
    elif (
        period is not None
        and period.last is not None
        and period.kind != "window"
        and (period.time.kind != "span" or _days_long(period))
        and (closed or _counting(reading, text, period.time))
    ):
        as_of, basis = period.last, "stated"
        rules.append(_use("as_of", "event verb DAY", period.time))
    if as_of is not None and scene.published is not None and as_of > scene.published:
        as_of = scene.published
    if since is not None:
        last = as_of or scene.published
    use = rule if period is not None and period.kind != "noun" else None
    aspect_use = RuleUse(column="aspect", rule=use.rule, start=use.start, end=use.end) if use else None
    return DateChoice(as_of, basis, first, last, said_day, aspect_use, tuple(rules))


FROM_OLD: Final = re.compile(
    r"\b(?:up|down|increase|decrease|rise|drop|jump|fall)\s+(?:sharply\s+|slightly\s+)?from\b|\bcompared (?:with|to)\b"
    r"|\b(?:more|fewer|less|higher|lower|up|down) (?:than|on)\b"
)
COMPARED_DAY: Final = re.compile(r"\b(?:than|compared (?:with|to)|against)\s+(?:those |that |the )?$")
NEAR_AGO: Final = re.compile(r"(?:an?|one|two|three|four|five|six)\s(?:days?|week)\sago|\d\sdays\sago", re.IGNORECASE)
"""What was counted so long ago has a day; of weeks and months it is known only about."""
STILL: Final = re.compile(
    r"[^;:.]{0,90}\b(?:given as|given at|put at|stood at|was|were|had been|had|at|as)\s+(?:still\s+)?"
)
OF_SOMEBODY: Final = re.compile(r"\bwho\s+(?:has|is|was)\s+(?:[\w'’]+\s+){0,4}$")
"""Before "since 2009" it tells of somebody, not of the count: "a driver who has worked there since 2009 said"."""
COMPARED: Final = re.compile(
    r"\b(?:than|compared (?:with|to)|against|as|up from|down from|from)\s+(?:that |those |the )?$"
)


def _covered(scene: Scene, index: int) -> Bound | None:
    """The day up to which the next sentence says the count runs: "The figures cover seven countries, up to 12 May"."""
    after = index + 1
    if after >= len(scene.document.sentences) or after in scene.numbers:
        return None
    one = scene.sentence(after)
    here = scene.sentence(index)
    if (
        one.field != here.field
        or one.paragraph != here.paragraph
        or not COVERS.match(scene.text(after)[one.start : one.start + 60])
    ):
        return None
    return next((bound for bound in scene.bounds(after) if bound.kind == "stated" and bound.last is not None), None)


COVERS: Final = re.compile(
    r"(?:The|These|Those|Its|Their|Both|All)\s+(?:\w+\s+)?(?:counts?|figures?|data|numbers?"
    r"|totals?|tally|tallies|statistics|report)\b"
)


def _exclusive(scene: Scene, sentence: int, bounds: list[Bound]) -> dict[int, int]:
    """Days that belong to one number alone: "to 940 on Friday from 815 on Thursday"."""
    text = scene.text(sentence)
    numbers = scene.numbers.get(sentence, [])
    if len(numbers) < 2:
        return {}
    out: dict[int, int] = {}
    for one in bounds:
        at = bisect_right(numbers, (one.time.start, -1)) - 1
        if (
            at >= 0
            and _direct(text, numbers[at][1], one.time)
            and FROM.search(text[max(0, numbers[at][0] - 30) : numbers[at][0]])
        ):
            out[one.time.start] = numbers[at][0]
            other = numbers[at - 1] if at else None
            for earlier in bounds:
                if other is not None and _direct(text, other[1], earlier.time) and earlier.time.end <= numbers[at][0]:
                    out[earlier.time.start] = other[0]
    return out


FROM: Final = re.compile(r"\b(?:from|than|against|with|of)\s+(?:the\s+|about\s+|around\s+|nearly\s+)?$")


def _counting(reading: Reading, text: str, time: TimeMention) -> bool:
    """Whether the day stands on the very verb that counts ("killed 14 on Tuesday"), or is said to be the only one."""
    if text.startswith(" alone", time.end):
        return True
    if reading.trigger_start is None or reading.trigger_end is None:
        return False
    gap = (
        text[min(reading.trigger_end, time.end) : max(time.start, reading.trigger_end)]
        if time.start >= reading.trigger_end
        else text[time.end : reading.trigger_start]
    )
    return (
        len(gap) < 90
        and HARD.search(gap) is None
        and not re.search(r"\b(?:when|after|before|said|struck|hit|began|crashed|collapsed)\b", gap)
    )


def _counted_on(one: Bound, text: str, end: int) -> bool:
    """Whether a crowd was counted on the day behind its number: "police counted 5,000 marchers on Saturday"."""
    day = one.kind == "said" and one.time.kind == "day" and one.time.prep == "on"
    return day and 0 <= one.time.words_start - end < FARTHEST_COUNT and not SAID.search(text, end, one.time.start)


FARTHEST_COUNT: Final = 60
SAID: Final = re.compile(
    r"\b(?:said|says|told|according|announced|reported|added|put|estimated|showed|published)\b|[;:.]"
)


def _stood_on(one: Bound, text: str, start: int) -> bool:
    """Whether a crowd was counted on the day before its number: "on May 8, when the other side walked, 3,000"."""
    return (
        one.time.kind == "day"
        and one.time.prep == "on"
        and one.kind in ("state", "other")
        and 0 <= start - one.time.end < FARTHEST_COUNT
        and not SAID.search(text, one.time.end, start)
    )


def _long_ago(scene: Scene, text: str, start: int, end: int, one: Bound) -> bool:
    """Whether a month or a year tells an older happening of the number beside it: "13 died there in May 2020"."""
    return (
        one.kind in ("event", "noun", "other")
        and one.time.kind in ("month", "year")
        and one.time.prep in ("in", "of")
        and one.last is not None
        and scene.published is not None
        and (scene.published - one.last).days > LONG_AGO
        and one.time.start - end < LONG_AGO
        and start - one.time.end < LONG_AGO
        and HARD.search(text, min(end, one.time.end), max(start, one.time.start)) is None
        and not THAN.search(text, max(0, one.time.words_start - 50), one.time.words_start)
        and not BEGAN.search(text, max(0, one.time.words_start - 60), one.time.words_start)
        and not PERFECT.search(text, min(end, one.time.end), max(start, one.time.start))
    )


def _started(credit: Credit) -> bool:
    """Whether somebody started with the number: the day behind it is the day of that count."""
    return bool(credit.rules) and credit.rules[0].rule == "X started with N"


def _days_long(period: Bound) -> bool:
    """Whether a stretch lasts days, not months: the count of a stretch of months is made behind it."""
    return period.first is not None and period.last is not None and (period.last - period.first).days < LONG_AGO


BEGAN: Final = re.compile(
    r"\b(?:began|begun|started|founded|created|established|opened|built|launched|erupted|broke out|elected"
    r"|born)\b[^.;]*$"
)
PERFECT: Final = re.compile(r"\b(?:has|have)\b")
THAN: Final = re.compile(r"\b(?:than|since|like|unlike|as|worst|deadliest|first)\b[^.;]*$")
LONG_AGO: Final = 45
"""Days before publication from which a month tells an older happening; also characters from it to the number."""


def _bounds_period(one: Bound, start: int) -> bool:
    """Whether a day bounds the period of a number that starts at ``start``."""
    if one.kind == "window" or (one.time.prep == "between" and one.time.kind == "span"):
        return True
    return one.kind == "event" and one.time.kind in ("day", "relative", "span") and start - one.time.end < FARTHEST_DAY


def _use(column: str, rule: str, time: TimeMention) -> RuleUse:
    return RuleUse(column=column, rule=rule, start=time.words_start, end=time.end)


def _midst(said: Bound) -> date | None:
    """The day of a statement; of a stretch of days its middle, which is off by the least ("it said last week")."""
    if said.first is None or said.last is None or said.time.kind != "span":
        return said.last
    return said.first + (said.last - said.first) // 2


def _statement(credit: Credit, start: int, bounds: list[Bound]) -> Bound | None:
    """The day on the reporting verb: the one nearest to the credit's own verb, else to the figure."""
    said = [
        one
        for one in bounds
        if one.kind == "said"
        and one.last is not None
        and (one.time.kind in ("day", "relative") or (one.time.kind == "span" and one.time.prep != "between"))
    ]
    if not said:
        return None
    anchor = credit.said_start if credit.said_start is not None else start
    return min(said, key=lambda one: abs(one.time.start - anchor))


def _apart(text: str, credit: Credit, start: int, one: Bound) -> bool:
    """Whether a day dates another clause than the number's and its speaker's: "A counts 40; B gave 60 on Thursday"."""
    for spot in (start, credit.said_start if credit.said_start is not None else start):
        low, high = sorted((spot, one.time.start))
        if CLAUSE.search(text, low, high) is None:
            return False
    return True


CLAUSE: Final = re.compile(r";|,? \b(?:while|whereas)\b|,? but (?=(?:the|its|his|an?)\b)")


def _back_then(text: str, start: int, low: int) -> bool:
    """Whether the clause tells of a day of the story that is told without its date: "on the day of the crush"."""
    clause = text[max(low, start - FARTHEST_DAY) : start]
    found = list(THEN.finditer(clause))
    return bool(found) and HARD.search(clause, found[-1].end()) is None


THEN: Final = re.compile(
    r"\b[Oo]n the (?:very )?day of (?:the|its|their) (?!report|count)[a-z]+\b"
    r"|\b[Ii]n the (?:first|early) (?:few )?(?:days|hours|night|week|weeks)\b(?! of)"
    r"|\b[Ii]n the (?:days|hours|weeks) (?:after|following)\b|\b[Oo]n the first day\b|\b[Aa]t the time\b"
)


def _near(numbers: list[tuple[int, int]], start: int, end: int, time: TimeMention, text: str) -> bool:
    """Whether no other figure stands between a figure and a day, unless a list shares the day."""
    if time.start >= end:
        if SUBORDINATE.search(text[end : time.start]):
            return False
        between = bisect_right(numbers, (time.start, -1)) - bisect_right(numbers, (start + 1, -1))
        return between <= 0 or (
            between <= 3
            and re.search(r"\b(?:said|reported)\b", text[end : time.start]) is None
            and "from" not in text[end : time.words_start]
        )
    if NOW_BEHIND.search(text, time.end, start):
        return False  # "missing by Sunday, most were found; the office now looks for 168"
    if AFTER_WHICH.search(text, time.end, start):
        return False  # "killed nine on Sunday, hours after 20 people had died"
    between = bisect_right(numbers, (start, -1)) - bisect_right(numbers, (time.end, -1))
    return between <= 0 or len(text[time.end : start]) < 200


NOW_BEHIND: Final = re.compile(r";[^;]*\bnow\b|\bbut now\b|, now\b")
AFTER_WHICH: Final = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|minutes?|day|week)\s+(?:after|before)\s+(?:[\w\-]+\s+){0,3}$"
)
SUBORDINATE: Final = re.compile(
    r"\b(?:before|after|when|until|who|which|since)\s+(?:[\w'’]+\s+){1,4}(?:was|were|is|are|had"
    r"|has|came|began|left|started|struck|hit|to)\b|,\s+and\s+that\b|;|\bwhen\b"
)


def _direct(text: str, end: int, time: TimeMention) -> bool:
    """Whether a day follows the number at once: "to 3,633 on Saturday"."""
    gap = text[end : time.start]
    return time.start >= end and len(gap) < 30 and not re.search(r"[,;]|\b(?:said|and|told)\b", gap)


def _earlier(text: str, start: int, low: int) -> bool:
    """Whether "earlier" or "previously" stands before the number in its clause."""
    head = text[max(low, start - 90) : start]
    found = None
    for match in EARLIER.finditer(head):
        found = match
    return (
        found is not None
        and not HARD.search(head[found.end() :])
        and not re.search(r"\b(?:year|years|week|weeks|month|months|day|days|hours?)\s+$", head[: found.start()])
    )


def _inherit(
    scene: Scene,
    index: int,
    readings: list[Reading],
    credits: list[Credit],
    firmness: Sequence[Firmness],
    out: list[DateChoice],
    choice: DateChoice,
) -> DateChoice:
    """The whole's day for its part; the day of the same statement, before or after; else publication."""
    mention = readings[index].quantity.mention
    here = scene.sentence(mention.sentence)
    found: tuple[date, str, RuleUse | None, AsOfBasis] | None = None
    for name, other in readings[index].relations:
        if (
            name in ("part_of", "share_of")
            and other < len(out)
            and firmness[other].modality != "superseded"
            and out[other].as_of is not None
            and out[other].basis in ("stated", "reporting_day")
        ):
            whole = out[other]
            if whole.as_of is not None and whole.basis is not None:
                found = (whole.as_of, "of them", _as_of_use(whole), whole.basis)
    for at in range(index - 1, max(-1, index - 8), -1):
        if found is not None:
            break
        other_sentence = scene.sentence(readings[at].quantity.mention.sentence)
        if other_sentence.field != here.field or here.paragraph - other_sentence.paragraph > 1:
            break
        if other_sentence.paragraph != here.paragraph:
            # The same speaker goes on in the next paragraph, named by a definite noun: "the news agency said".
            found = _report_before(scene, index, credits, out, choice)
            if found is not None:
                break
            day = out[at].said
            if day is not None and credits[at].source == credits[index].source and _anaphoric(credits[index]):
                near = range(max(0, index - FARTHEST_DONOR), index)
                days = {out[i].said for i in near if credits[i].source == credits[at].source}
                if days <= {day, None}:
                    found = (day, "same statement", _as_of_use(out[at]), "reporting_day")
            break
        earlier = out[at]
        if firmness[at].modality == "superseded" and firmness[index].modality != "superseded":
            continue
        if scene.first(SAME_REPORT, mention.sentence) and earlier.basis == "stated" and earlier.as_of is not None:
            found = (earlier.as_of, "same report", _as_of_use(earlier), "stated")
            break
        if credits[at].source != credits[index].source or earlier.basis == "before_publication":
            continue
        if (
            earlier.basis == "stated"
            and earlier.as_of is not None
            and choice.first is None
            and readings[index].metric not in CLOSED
            and readings[at].metric not in ON_THE_MOVE
            and COVERING.search(_rule_of(earlier)) is not None
        ):
            # "between 1 May and 2 June the agency counted 1,900 cases, it said on Tuesday. 27 people died."
            found = (earlier.as_of, "same report", _as_of_use(earlier), "stated")
        elif earlier.said is not None and _continues(scene, credits[index]):
            found = (earlier.said, "same statement", _as_of_use(earlier), "reporting_day")
        elif (
            (
                readings[at].metric == readings[index].metric
                and earlier.basis == "stated"
                and earlier.as_of is not None
                and (readings[index].metric in CLOSED or UP_TO.search(_rule_of(earlier)))
            )
            or (
                # "As of 16 July 2,500 cases have been reported. 130 nurses have been infected."
                earlier.basis == "stated"
                and earlier.as_of is not None
                and AS_OF_DAY.search(_rule_of(earlier)) is not None
                and choice.first is None
            )
            or (
                earlier.basis == "stated"
                and earlier.as_of is not None
                and _rule_of(earlier) != "event verb DAY"
                and ALSO.search(scene.text(mention.sentence), max(here.start, mention.start - REACH), mention.start)
            )
        ):
            told = "as of DAY before" if AS_OF_DAY.search(_rule_of(earlier)) else "same statement"
            found = (earlier.as_of, told, _as_of_use(earlier), "stated")
        break
    if found is None:
        found = _around(scene, mention.sentence)
    if found is not None:
        day, rule, use, basis = found
        use = RuleUse(column="as_of", rule=rule, start=use.start if use else None, end=use.end if use else None)
        return DateChoice(
            day,
            basis,
            choice.first,
            choice.last,
            day if basis == "reporting_day" else None,
            choice.period,
            (*choice.rules, use),
        )
    if scene.published is None:
        return choice
    use = RuleUse(column="as_of", rule="publication")
    return DateChoice(
        scene.published, "publication", choice.first, choice.last, None, choice.period, (*choice.rules, use)
    )


def _report_before(
    scene: Scene, index: int, credits: list[Credit], out: list[DateChoice], choice: DateChoice
) -> tuple[date, str, RuleUse | None, AsOfBasis] | None:
    """The one day up to which the same body counted in earlier paragraphs, where the sentence names no day."""
    source = credits[index].source
    sentence = scene.readings[index].quantity.mention.sentence
    if choice.first is not None or source is None or source == scene.document.article.outlet or scene.bounds(sentence):
        return None
    low = max(0, index - FARTHEST_DONOR)
    near = [out[at] for at in range(low, index) if credits[at].source == source]
    covered = [one for one in near if one.basis == "stated" and COVERING.search(_rule_of(one))]
    days = {one.as_of for one in near if one.as_of is not None and one.basis in ("stated", "reporting_day")}
    if not covered or len(days) != 1:
        return None
    day = covered[-1].as_of
    return (day, "same report", _as_of_use(covered[-1]), "stated") if day is not None else None


ON_THE_MOVE: Final = frozenset(("displaced", "refugees", "border_crossings", "returned", "evacuated"))
"""Counted over a stretch of days as those who moved in it, not up to its end."""
COVERING: Final = re.compile(r"^(?:as (?:of|at|on)|up to|up until|until|between|to|through) DAY|^same report$")
FARTHEST_DONOR: Final = 40
"""Figures back in which one speaker's days are compared: two days leave the next undated figure without one."""
SAME_REPORT: Final = re.compile(r"\b(?:the same|that) (?:report|bulletin|data|table|statement|survey|study|update)\b")
ALSO: Final = re.compile(r"\b(?:also|still|in all|altogether)\b")
AS_OF_DAY: Final = re.compile(r"^as (?:of|at|on) DAY")
UP_TO: Final = re.compile(r"^(?:up to|to|as of|of|by) DAY")
PRONOUN: Final = re.compile(
    r"(?:^|[,“\"]\s*)(?:It|He|She|They|it|he|she|they)\s+(?:\w+\s+){0,2}(?:said|says|added|put"
    r"|gave|told|explained|reported|estimated|also|has|had|still|counted|listed|lists)\b"
    r"|[,”\"]\s*the\s+(?:[\w\-]+\s+)?(?:agency|ministry|group|organi[sz]ation|body|council|company"
    r"|official|spokes\w+|minister|mayor|governor|union|paper|report)\s+(?:said|says|added"
    r"|reported)\b|^The\s+(?:agency|ministry|group|organi[sz]ation|body|council|company|official"
    r"|spokes\w+|minister|mayor|governor|union|paper|report)\b"
    r"|^(?:Its|His|Her|Their)\s+(?:[\w\-]+\s+){1,8}(?:said|says|told|added)\b"
)


def _anaphoric(credit: Credit) -> bool:
    """Whether the words of a credit point back: "it", "the agency"."""
    words = (credit.source_mention or "").split(" ", 1)
    return words[0].casefold() in ("the", "it", "he", "she", "they", "its", "his", "her", "their")


def _continues(scene: Scene, credit: Credit) -> bool:
    """Whether a credit goes on with somebody's statement: not the outlet's own voice."""
    return credit.source is not None and credit.source != scene.document.article.outlet


def _rule_of(choice: DateChoice) -> str:
    return next((one.rule for one in choice.rules if one.column == "as_of"), "")


def _as_of_use(choice: DateChoice) -> RuleUse | None:
    return next((one for one in choice.rules if one.column == "as_of"), None)


def _around(scene: Scene, index: int) -> tuple[date, str, RuleUse | None, AsOfBasis] | None:
    """The day on which a pronoun's speaker spoke, a sentence before or after: "…, it said late on Thursday"."""
    here = scene.sentence(index)
    if index and scene.sentence(index - 1).field == here.field and scene.alone(PRONOUN, index):
        before = _said_in(scene, index - 1, here.paragraph)
        if before is not None:
            return before
    after = index + 1
    if after < len(scene.document.sentences):
        one = scene.sentence(after)
        if (
            one.field == here.field
            and one.paragraph == here.paragraph
            and scene.alone(PRONOUN, after)
            and scene.first(REPORTS, index) is None
        ):
            return _said_in(scene, after, here.paragraph)
    return None


REPORTS: Final = re.compile(r"\b(?:said|says|according|told|reported|announced)\b")


OLD_NUMBER: Final = re.compile(r"\b(?:from|than)\s+(?:[\w,.%\-]+\s+){1,3}$")


def _said_in(scene: Scene, index: int, paragraph: int) -> tuple[date, str, RuleUse | None, AsOfBasis] | None:
    if index < 0 or scene.sentence(index).paragraph != paragraph:
        return None
    one = scene.sentence(index)
    text = scene.text(index)
    for time in scene.times(index):
        if time.kind == "day" and time.last is not None and day_kind(scene, text, one.start, one.end, time) == "said":
            if scene.published is not None and time.last > scene.published:
                continue
            if OLD_NUMBER.search(text, max(one.start, time.words_start - 40), time.words_start):
                continue
            return time.last, "same statement", _use("as_of", "said DAY", time), "reporting_day"
    return None
