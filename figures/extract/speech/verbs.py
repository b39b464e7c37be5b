"""Read the statement that a reporting verb makes: "police said that 12 died", "the ministry put the toll at 12"."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.forms import (
    ANSWERS,
    SET_DOWN,
    by_inversion,
    by_participle,
    object_before,
    quotes_another,
    set_down,
    was_quoted,
)
from figures.extract.speech.line import Line, Span, Subject
from figures.extract.speech.objects import (
    claims_lives,
    gives_to,
    has_bare_object,
    has_clause,
    has_object,
    opens_clause,
    promises_number,
)
from figures.extract.speech.reach import reach_of
from figures.extract.speech.reporting import goes_on_to_say, is_held_to, is_verb, joins_participles
from figures.extract.speech.speaking import can_report, is_counted, keeps_count
from figures.extract.speech.statement import Statement, following_is, standing_of, statement
from figures.extract.speech.subjects import clause_subject, subject_of
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
    HELD_BY_BODIES,
    INQUIRY,
    INTENDING,
    ISSUING,
    LAWMAKERS,
    LEADING,
    MONTHS,
    NOBODYS,
    OF_VERBS,
    OPINION,
    PREPOSITIONS,
    QUOTES,
    SKIPPED,
    STOPS,
    SURVEYS,
    TELLING,
    UNSPEAKING,
    WEEKDAYS,
    WHO,
)
from figures.lexicon.sources import POSSESSIVE

SEEKERS: Final = frozenset((
    "divers", "rescuers", "police", "officers", "soldiers", "troops", "army", "firefighters", "teams", "team", "crews",
    "crew", "detectives", "workers", "guards", "guard", "searchers", "volunteers", "villagers", "residents",
    "neighbours", "neighbors", "fishermen", "agents", "investigators", "customs", "patrol", "passersby", "hikers",
    "farmers", "locals", "relatives", "navy", "coastguard", "paramedics", "medics",
))  # fmt: skip
QUOTING: Final = frozenset(("quote", "quotes", "quoted", "cite", "cites", "cited"))
QUESTIONERS: Final = frozenset(
    ("police", "officers", "detectives", "investigators", "prosecutors", "agents", "customs")
)
LAUNCHING: Final = frozenset(("launch", "launches", "launched", "launching"))
APPEALS: Final = frozenset(("appeal", "appeals", "plea", "call", "request", "plan"))
STATED: Final = frozenset(("that", ":")) | QUOTES
ASKING: Final = frozenset(("ask", "asks", "asked"))
MAKING: Final = frozenset(("make", "makes", "made", "making"))
NOUN_BEFORE: Final = frozenset(("of", "for", "in", ".", ","))
TALES: Final = frozenset(("truth", "lie", "lies", "story", "stories", "joke", "jokes", "tale", "tales"))
AS: Final = frozenset(("as",))
PLACED: Final = frozenset(("in", "at", "near", "inside", "under", "among", "aboard", "outside", "across"))
STATES: Final = frozenset((
    "dead", "killed", "missing", "injured", "wounded", "hurt", "safe", "alive", "lost", "positive", "is", "are", "was",
    "were", "infected", "drowned",
))  # fmt: skip
"""Words behind a participle that is said of the noun before it: "people reported missing"."""
I_AND_YOU: Final = frozenset(("i", "we", "you"))
BELIEVED: Final = frozenset(("that", "the", "he", "she", "they", "it", "his", "her", "their", "its"))


def _reports_here(line: Line, at: int, kind: str) -> bool:
    """Whether the word itself reports where it stands: no participle, no noun, no deed of another kind."""
    tokens = line.tokens
    word = tokens[at].lower
    before = tokens[at - 1].lower if at else ""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if (
        at > 1
        and (before in SKIPPED or before.endswith("ly"))
        and tokens[at - 2].lower in {"was", "were", "been", "is", "are", "being"}
        and not word.endswith("ing")
    ):
        return False  # "the number was initially placed at four"
    if word in {"list", "lists"} and before.endswith("ing") and at > 1 and tokens[at - 2].lower not in AUXILIARIES:
        return False  # "waiting lists"
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
        return False  # "an informed source", "the reported toll"
    if word in AMBIGUOUS and not is_verb(line, at):
        return False
    if word.endswith("ed") and before in PREPOSITIONS and kind in {"say", "count"}:
        return False  # "the number of confirmed cases"
    if word == "reckoning" or (word.endswith("ed") and following_is(tokens, at, STATES)):
        return False  # "by the latest official reckoning", "people confirmed dead", "those registered are"
    if word == "suspected" and not following_is(tokens, at, BELIEVED):
        return False  # "two suspected insurgents"
    if word == "found" and following_is(tokens, at, PLACED):
        return False  # "the 128 kits found in the cellar"
    if word.startswith("add") and not word.endswith("ing") and has_bare_object(line, at) and not opens_clause(line, at):
        return False  # "the shares added 15 cents"
    if word in {"hope", "hopes"} and following_is(tokens, at, NOUN_BEFORE):
        return False  # "gave them hope of rescue"
    if word in TELLING and any(one.lower in TALES for one in tokens[at + 1 : at + 4]):
        return False  # "told the truth"
    if word.startswith("confirm") and at and tokens[at - 1].lower in LAWMAKERS and has_bare_object(line, at):
        return False  # "the Senate confirmed 22 judges"
    if word == "named" and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper():
        return False  # "a village named Dabou"
    if word in {"state", "states"} and not following_is(tokens, at, STATED):
        return False
    if word in MAKING and not any(one.lower in {"arrest", "arrests"} for one in tokens[at + 1 : at + 6]):
        return False
    if word in INQUIRY and at and tokens[at - 1].lower in QUESTIONERS:
        return False  # "police questioned 282 people"
    if word in LAUNCHING and not any(one.lower in APPEALS for one in tokens[at + 1 : at + 6]):
        return False
    if is_held_to(line, at) or (
        kind == "say"
        and following_is(tokens, at, ANSWERS)
        and (tokens[at + 1].text[0].isupper() or (at + 2 < len(tokens) and tokens[at + 2].text in ",.;"))
    ):
        return False  # "only one district said No, by 52%"
    if word in line.words.statement and POSSESSIVE.search(before) and before.endswith(("'s", "'")):
        return False  # "by the ministry's reckoning"
    if word == "given" and not any(one.lower in HAD for one in tokens[max(0, at - 6) : at]):
        return False
    return following != "out" or word in {"point", "points", "pointed"}


def _takes_object(line: Line, at: int, kind: str) -> bool:
    """Whether what follows is what such a verb reports: "want" with "to", "speak" with "of"; not "asked N for"."""
    tokens = line.tokens
    token, word = tokens[at], tokens[at].lower
    before = tokens[at - 1].lower if at else ""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if following == "for" and word in ASKING and not has_object(line, at):
        return False  # "the sum they asked for"
    if word in ASKING and any(one.lower == "for" for one in tokens[at + 2 : at + 6]) and has_bare_object(line, at):
        return False  # "asked 12 towns for help"
    if kind == "want" and word in INTENDING and following != "to":
        return False
    if word in OF_VERBS and "of" not in [one.lower for one in tokens[at + 1 : at + 6]]:
        return False
    if word in BY_VERBS and following not in {"by", "to"}:
        return False
    if at and tokens[at - 1].text in "-‑" and tokens[at - 1].end == token.start:
        return False  # "rebel-held", "Hamas-run"
    undone = (following in {"by", "as", "in", "from", "on"} and before not in HAD) or before == "people"
    return kind != "deed" or not undone


def _told_by(line: Line, at: int, kind: str) -> Subject | None:
    """The subject that a verb of that kind can have, with its apposition."""
    tokens = line.tokens
    word = tokens[at].lower
    left = subject_of(line, at)
    strict = (
        kind != "say"
        or has_bare_object(line, at)
        or word in line.words.weak
        or word in AMBIGUOUS | OPINION
        or word.startswith("claim")
    )
    titled = (
        left is not None
        and left[1] is not None
        and kind != "deed"
        and (
            tokens[line.head(left[1])].lower in line.words.titles
            or line.words.heads.get(tokens[line.head(left[1])].lower)
            in {"company", "expert", "ngo", "government", "media", "hospital"}
        )
    )
    if left is not None and not titled and not can_report(line, left[0], strict=strict, kind=kind):
        set_down = word in SET_DOWN or (word not in HELD_BY_BODIES and has_bare_object(line, at))
        left = left if kind == "count" and set_down and _is_bare_name(line, left[0]) else None
    return left


def _suits(line: Line, at: int, span: Span, kind: str) -> bool:
    """Whether subject, verb and object make a report: nobody in particular, what is counted and gifts make none."""
    tokens = line.tokens
    word = tokens[at].lower
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if tokens[span[1] - 1].lower.split("'")[0] in (UNSPEAKING if span[1] - span[0] == 1 else I_AND_YOU):
        return False
    if is_counted(line, span) or tokens[span[0]].lower in NOBODYS:
        return False
    if word in HELD_BY_BODIES and not keeps_count(line, span):
        return False
    if word in ISSUING and not (following in DETERMINERS or line.numbered(tokens[at + 1])):
        return False
    if word in GIVING and gives_to(line, at):
        return False
    return not (kind == "say" and word.startswith("claim") and claims_lives(line, at))


def by_verb(line: Line, at: int, kind: str) -> Statement | None:
    """The statement of a reporting verb of one of the kinds say, want, naming, count, deed."""
    tokens = line.tokens
    token = tokens[at]
    word = token.lower
    if not token.text.islower() and not (at == 0 or token.text.isupper()):
        return None
    before = tokens[at - 1].lower if at else ""
    if before == "to" and kind == "say" and goes_on_to_say(line, at):
        return statement(line, at, at, rule=f"to {word}", reach="after", shared=True)
    if before in {"to", "not", "cannot", "'t", "never", "be"} and word not in TELLING:
        return None
    if before in {"was", "were", "been", "is", "are", "being"} and not word.endswith("ing"):
        if word == "quoted" or (
            word in {"reported", "cited"}
            and following_is(tokens, at, AS)
            and at + 2 < len(tokens)
            and tokens[at + 2].lower.endswith("ing")
        ):
            return was_quoted(line, at)
        return None
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if not _reports_here(line, at, kind):
        return None
    if word in QUOTING and (passed := quotes_another(line, at)) is not None:
        return passed
    if kind != "deed" and word not in TELLING and (behind := object_before(line, at)) is not None:
        return behind
    if not _takes_object(line, at, kind):
        return None
    if (
        word in TELLING
        and at + 1 < len(tokens)
        and (
            line.numbered(tokens[at + 1])
            or (following in BEFORE_NUMBER - {"the", "a"} and has_object(line, at, limit=3))
        )
    ):
        kind = "deed"
    asking = word in INQUIRY
    if kind == "deed" and not asking and not has_object(line, at):
        return None
    if word.endswith("ing"):
        return by_participle(line, at, kind)
    if kind == "count":
        behind = set_down(line, at)
        if behind is not None or not has_object(line, at):
            return behind
    left = _told_by(line, at, kind)
    told = kind in {"say", "want", "naming"}
    if kind == "say" or (kind == "want" and at and tokens[at - 1].text in QUOTES):
        inverted = by_inversion(line, at, left)
        if inverted is not None:
            return inverted
    if left is None:
        left = clause_subject(line, at)
    if left is None:
        if (before in {"and", "but", "then"} and not joins_participles(line, at)) or (
            at > 1 and before in {"also", "later", "then"} and tokens[at - 2].lower in {"and", "but"}
        ):
            return statement(
                line,
                at,
                at,
                rule=f"and {word}",
                reach="after",
                shared=True,
                standing=standing_of(line, word),
                object_only=kind == "deed",
            )
        return None
    span, also, opens = left
    if not _suits(line, at, span, kind):
        return None
    closes, reach = reach_of(line, at, opens)
    aside = (
        opens > 1 and tokens[opens - 1].lower in {"which", "that", "whom", "where"} and tokens[opens - 2].text == ","
    )
    aside = aside or _is_subordinate(line, opens)
    if aside and reach != "after":
        return None  # "the attack, which the rebels claimed, killed N"
    until = (_clause_end(line, at) if aside else _aside_end(line, at)) if reach == "after" else None
    if kind == "say" and word in line.words.weak and reach == "after" and not has_clause(line, at):
        if asking or (word in {"asks", "asked"} and following == "for"):
            kind = "deed"
        elif word not in {"found", "shows", "show", "showed", "finds", "mentioned", "mentions"} or not (
            has_object(line, at) or tokens[line.head(span)].lower in SURVEYS
        ):
            return None
        elif word in {"found", "finds"} and tokens[line.head(span)].lower in SEEKERS:
            return None  # "divers found 12 bodies" is a deed
    bare = kind == "want" and promises_number(line, at)
    behind_mark = opens > 0 and tokens[opens - 1].text in QUOTES | {","}
    if not told or (kind != "say" and reach in {"before", "both"} and not behind_mark):
        reach = "after"
    return statement(
        line,
        at,
        at,
        rule=f"X {word}" if told else f"X {word} N",
        reach=reach,
        opens=opens,
        closes=closes,
        speaker=span,
        also=also,
        until=until,
        standing=standing_of(line, word),
        object_only=kind == "deed" or bare or word in INTENDING,
        plain=not told
        or bare
        or (kind == "say" and reach == "after" and word not in CLAUSAL and has_bare_object(line, at)),
    )


def _is_bare_name(line: Line, span: Span) -> bool:
    """Whether one capitalised word that no gazetteer has is the subject: "Viasna lists 60 prisoners"."""
    tokens = line.tokens
    first = span[0] + (tokens[span[0]].lower == "the")
    one = tokens[min(first, span[1] - 1)]
    return (
        span[1] - first == 1
        and one.text[0].isupper()
        and len(one.text) > 3
        and one.lower not in DISASTERS | WEEKDAYS | MONTHS | LEADING | DETERMINERS | STOPS
        and not line.names_place(*span)
    )


SUBORDINATING: Final = frozenset((
    "after", "before", "although", "though", "while", "whereas", "when", "once", "since", "because", "until",
))  # fmt: skip
GOES_ON: Final = frozenset(("and", "or", "who", "which", "where", "whose", "including", "among"))
"""Words behind a comma that does not end a clause."""


def _is_subordinate(line: Line, opens: int) -> bool:
    """Whether a clause is told beside the main one: "although X said", "hours after X warned"."""
    tokens = line.tokens
    opener = opens - 1
    if opener < 0 or tokens[opener].lower not in SUBORDINATING:
        return False
    led_in = opener <= 3 and all(one.text.isalnum() for one in tokens[:opener])
    return led_in or tokens[opener - 1].text == ","


def _clause_end(line: Line, at: int) -> int | None:
    """The comma behind which the main clause goes on after an aside or a subordinate clause.

    "the dam, which X said was weak, broke" · "hours after X warned of rain, 12 drowned".
    """
    tokens = line.tokens
    for n in range(at + 1, min(at + 40, len(tokens) - 1)):
        if tokens[n].text == "," and tokens[n + 1].lower not in GOES_ON:
            return tokens[n].start
    return None


def _aside_end(line: Line, at: int) -> int | None:
    """The comma that ends the aside "X, who said that …, left", where a verb of the main clause follows it."""
    tokens = line.tokens
    who = next((n for n in range(at - 1, max(-1, at - 5), -1) if tokens[n].lower in WHO), None)
    if not who or tokens[who - 1].text != ",":
        return None
    for n in range(at + 1, min(at + 40, len(tokens) - 1)):
        if tokens[n].text == "," and (
            tokens[n + 1].lower in AUXILIARIES or (tokens[n + 1].text.islower() and tokens[n + 1].lower.endswith("ed"))
        ):
            return tokens[n].start
    return None
