"""The metrics part of the lexicon: what numbers count, the words that say so, and how populations lie in one another.

``metrics.toml`` and ``populations.toml`` explain their own form at their heads; ``grammar.toml`` holds the closed
classes of words. A user's file has the form of ``metrics.toml``: an entry of a known name replaces it, another adds
one.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from figures.lexicon.numbers import any_of
from figures.model import Aspect

TriggerKind = Literal["object", "subject", "state", "noun", "toll"]
Form = Literal["", "base", "s", "past", "part", "ing"]
PopulationRelation = Literal["same", "part", "whole", "disjoint", "unknown"]

WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]")
ANY_DETERMINER: Final = "~"
DETERMINERS: Final = frozenset(["the", "a", "an", "their", "its", "his", "her", "our", "my", "your", "those", "these"])


class LexiconError(ValueError):
    """A lexicon file that cannot be used: says which file, which entry, and what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What a number can count. ``scale`` divides distances of percentages and signed values when they are compared."""

    name: str
    title: str
    definition: str = ""
    unit: str = "item"
    event_bound: bool = True
    signed: bool = False
    measured: bool = False
    scale: float | None = None
    default_aspect: Aspect | None = None
    part_of: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    hxl: str | None = None
    dimension: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One way of saying a metric: the kind of word, its verb form, and the classes of noun it may count."""

    metric: str
    kind: TriggerKind
    form: Form = ""
    of: frozenset[str] = frozenset({"person"})
    cues: frozenset[str] = frozenset()
    needs_cue: bool = False
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the lexicon knows of a word or phrase: triggers, the noun it is, the closed classes it belongs to."""

    triggers: tuple[Trigger, ...] = ()
    population: str | None = None  # canonical name, where it is a counted noun
    klass: str = ""  # class of that noun
    plural: str = ""  # its plural as printed
    grammar: frozenset[str] = frozenset()
    form: Form = ""
    participle: str = ""  # of a verb: "closed" for "closes"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCue:
    """A word that tells what a measure or percentage near it measures.

    With ``beside`` the percentage must be one of the word ("90% of its troops"), and one of those words stand near.
    """

    metric: str
    words: tuple[str, ...]
    kind: TriggerKind
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricLexicon:
    """All metrics with the words that say them, and the hierarchy of populations.

    ``phrases`` maps a first word to (further words, entry) pairs, longest first; "~" stands for an optional
    determiner. ``by_second`` holds the same by first and second word, "" for a word alone: "in" begins hundreds of
    phrases. ``apart`` maps a verb form to (particles, trigger) pairs of phrases that may enclose their object.
    """

    metrics: Mapping[str, Metric]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    apart: Mapping[str, tuple[tuple[tuple[str, ...], Trigger], ...]]
    by_second: Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]]
    by_dimension: Mapping[str, Mapping[str, tuple[MeasureCue, ...]]]
    definite_victim: re.Pattern[str] = re.compile(r"(?!)")
    populations: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    metonyms: Mapping[str, str] = field(default_factory=dict)
    wider: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disjoint: frozenset[tuple[str, str]] = frozenset()
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cues: Mapping[str, frozenset[str]] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counter_examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def metric(self, name: str) -> Metric:
        """The metric of that name; an open metric, unknown to the file, gets the defaults."""
        known = self.metrics.get(name)
        if known is not None:
            return known
        return Metric(name=name, title=name.replace("_", " "), definition="Counted as the article words it.")

    def metrics_cues(self, name: str) -> frozenset[str]:
        """The words that stand near a metric's own: diseases near "cases"."""
        return self.cues.get(name, frozenset())

    def population(self, noun: str | None) -> str | None:
        """The canonical name of a counted noun, the noun itself where the file does not know it."""
        if noun is None:
            return None
        folded = noun.casefold().strip()
        return self.populations.get(folded, folded) or None

    def population_relation(self, a: str | None, b: str | None) -> PopulationRelation:
        """How those counted lie in one another: "part" where ``a`` is a part of ``b``, "whole" the other way round.

        Not said and "people" are the same; not said against a named population is unknown.
        """
        one, other = self.population(a) or "people", self.population(b) or "people"
        if one == other:
            return "same"
        if a is None or b is None:
            return "unknown"
        if other in self._above(one):
            return "part"
        if one in self._above(other):
            return "whole"
        for first in (one, *self._above(one)):
            for second in (other, *self._above(other)):
                if (first, second) in self.disjoint:
                    return "disjoint"
        if "people" in (one, other) and self._is_person(one if other == "people" else other):
            return "part" if other == "people" else "whole"
        return "unknown"

    def _is_person(self, name: str) -> bool:
        return name not in self.wider or "people" in self._above(name)

    def _above(self, name: str) -> frozenset[str]:
        return self.wider.get(name, frozenset())


class _MetricEntry(BaseModel):
    """One entry of metrics.toml."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = ""
    definition: str
    unit: str = "item"
    hxl: str | None = None
    event_bound: bool = True
    signed: bool = False
    measured: bool = False
    scale: float | None = Field(default=None, gt=0)
    default_aspect: Aspect | None = None
    part_of: list[str] = []
    sum_of: list[str] = []
    object: list[str] = []
    subject: list[str] = []
    state: list[str] = []
    noun: list[str] = []
    toll: list[str] = []
    of: list[str] = ["person"]
    cues: list[str] = []
    dimension: list[str] = []
    share_of: bool = False
    named: list[str] = []
    examples: list[str] = []
    counter_examples: list[str] = Field(default=[], alias="not")


class _MetricFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    metric: list[_MetricEntry]


class _PopulationEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    words: list[str] = []
    part_of: list[str] = []
    klass: str = Field(default="person", alias="class")


class _PopulationFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    adjectives: list[str] = []
    persons: dict[str, _PopulationEntry]
    things: dict[str, _PopulationEntry]
    disjoint: dict[str, list[str]]
    groups: dict[str, list[str]] = {}
    metonyms: dict[str, list[str]] = {}


class _GrammarFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: dict[str, list[str]]
    verbs: dict[str, list[str]]
    sets: dict[str, list[str]] = {}


FileKind = TypeVar("FileKind", bound=BaseModel)


def read_metrics(extra: Iterable[Path] = ()) -> MetricLexicon:
    """Read the packaged data and the user's files over it.

    Raises LexiconError naming file and entry where a file cannot be used.
    """
    data = files("figures.lexicon") / "data"
    entries: dict[str, _MetricEntry] = {}
    texts = [("metrics.toml", (data / "metrics.toml").read_text("utf-8"))]
    texts += [(str(path), Path(path).read_text("utf-8")) for path in extra]
    for where, text in texts:
        for entry in _parsed(_MetricFile, where, text).metric:
            entries[entry.name] = entry
    people = _parsed(_PopulationFile, "populations.toml", (data / "populations.toml").read_text("utf-8"))
    grammar = _parsed(_GrammarFile, "grammar.toml", (data / "grammar.toml").read_text("utf-8"))
    return _compile(entries, people, grammar)


def _parsed(kind: type[FileKind], where: str, text: str) -> FileKind:
    try:
        return kind.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{where} is no TOML file: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(one) for one in first["loc"])
        raise LexiconError(f"{where}: entry {at}: {first['msg']}") from error


def _compile(entries: Mapping[str, _MetricEntry], people: _PopulationFile, grammar: _GrammarFile) -> MetricLexicon:
    triggers: dict[tuple[str, ...], list[Trigger]] = defaultdict(list)
    participles: dict[tuple[str, ...], str] = {}
    apart: dict[str, list[tuple[tuple[str, ...], Trigger]]] = defaultdict(list)
    by_dimension: dict[str, dict[str, list[MeasureCue]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries.values():
        if entry.dimension:
            beside = frozenset(entry.cues) if entry.share_of else frozenset()
            for kind, words in _measure_words(entry):
                for dimension in entry.dimension:
                    cue = MeasureCue(metric=entry.name, words=words, kind=kind, beside=beside)
                    by_dimension[dimension][words[0]].append(cue)
            continue
        for spec in entry.object + entry.subject:
            spoken = list(_verb_forms(spec.rstrip("?")))
            for words, _ in spoken:
                participles.setdefault(words, spoken[0][0][0])
        for words, trigger in _triggers(entry):
            triggers[words].append(trigger)
            if trigger.kind == "object" and len(words) > 1 and words[1] not in ("and", "or"):
                apart[words[0]].append((words[1:], trigger))
    nouns, names, wider, disjoint = _populations(people)
    classes: dict[tuple[str, ...], set[str]] = defaultdict(set)
    forms: dict[tuple[str, ...], Form] = {}
    for name, listed in grammar.words.items():
        for one in listed:
            classes[_words(one)].add(name)
    for name, listed in grammar.verbs.items():
        for one in listed:
            listed_forms = list(_verb_forms(one))
            for words, form in listed_forms:
                classes[words].add(name)
                forms.setdefault(words, form)
                participles.setdefault(words, listed_forms[0][0][0])
    phrases: dict[str, dict[tuple[str, ...], Entry]] = defaultdict(dict)
    for words in {*triggers, *nouns, *classes}:
        population, klass, plural = nouns.get(words, (None, "", ""))
        phrases[words[0]][words[1:]] = Entry(
            triggers=tuple(triggers.get(words, ())), population=population, klass=klass, plural=plural,
            grammar=frozenset(classes.get(words, ())), form=forms.get(words, ""), participle=participles.get(words, ""),
        )  # fmt: skip
    ordered = {
        first: tuple(sorted(rest.items(), key=lambda item: (-len(item[0]), item[0]))) for first, rest in phrases.items()
    }
    return MetricLexicon(
        by_second={first: _by_second(listed) for first, listed in ordered.items()},
        metrics={one.name: _metric(one) for one in entries.values()},
        phrases=ordered,
        apart={first: tuple(sorted(pairs, key=lambda item: -len(item[0]))) for first, pairs in apart.items()},
        by_dimension={
            dimension: {first: tuple(sorted(cues, key=_by_length)) for first, cues in words.items()}
            for dimension, words in by_dimension.items()
        },
        populations=names,
        wider=wider,
        disjoint=disjoint,
        groups=_groups(people),
        metonyms={one.casefold(): side for side, names in people.metonyms.items() for one in names},
        definite_victim=_definite_victim(entries.values()),
        sets={name: frozenset(listed) for name, listed in grammar.sets.items()},
        cues={one.name: frozenset(one.cues) for one in entries.values() if one.cues},
        examples={one.name: tuple(one.examples) for one in entries.values()},
        counter_examples={one.name: tuple(one.counter_examples) for one in entries.values()},
    )


def _by_length(cue: MeasureCue) -> tuple[int, bool]:
    """Longer cues first; of a noun and a verb's form in "-ing" the noun: "forecasts borrowing of"."""
    return -len(cue.words), cue.kind == "object" and cue.words[0].endswith("ing")


def _by_second(
    listed: tuple[tuple[tuple[str, ...], Entry], ...],
) -> dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """The phrases of one first word by their second, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
    for rest, entry in listed:
        found[rest[0] if rest else ""].append((rest, entry))
    return {second: tuple(pairs) for second, pairs in found.items()}


def _definite_victim(entries: Iterable[_MetricEntry]) -> re.Pattern[str]:
    """The verbs that a metric lists as ``named``, "died", and nouns like "death of": they may govern one person."""
    verbs: set[str] = set()
    for entry in entries:
        for spec in entry.named:
            verbs |= {" ".join(words) for words, form in _verb_forms(spec) if form in ("part", "past", "ing")}
    if not verbs:
        return re.compile(r"(?!)")
    return re.compile(
        r"\b(?:(?P<of>(?:death|killing|capture|arrest|murder|abduction|kidnapping|assassination|detention) of)"
        rf"|(?P<died>died)|(?P<verb>{any_of(verbs)}))\b"
    )


def _metric(entry: _MetricEntry) -> Metric:
    return Metric(
        name=entry.name, title=entry.title or entry.name.replace("_", " "), definition=entry.definition,
        unit=entry.unit, event_bound=entry.event_bound, signed=entry.signed, measured=entry.measured,
        scale=entry.scale, default_aspect=entry.default_aspect, part_of=tuple(entry.part_of),
        sum_of=tuple(entry.sum_of), hxl=entry.hxl, dimension=tuple(entry.dimension),
    )  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold().replace("’", "'")))


def _triggers(entry: _MetricEntry) -> Iterator[tuple[tuple[str, ...], Trigger]]:
    of, cues = frozenset(entry.of), frozenset(one if one == "COUNTRY" else one.casefold() for one in entry.cues)
    kinds: tuple[TriggerKind, ...] = ("object", "subject", "state", "noun", "toll")
    for kind in kinds:
        said: list[tuple[tuple[str, ...], Form]]
        for written in getattr(entry, kind):
            needs = written.endswith("?")
            spec = written.rstrip("?")
            if kind in ("object", "subject"):
                said = list(_verb_forms(spec))
            elif kind == "noun":
                said = [(words, "") for words in _noun_forms(spec)]
            else:
                said = [(words, "") for words in _variants(_words(spec))]
            for words, form in said:
                yield (
                    words,
                    Trigger(
                        metric=entry.name,
                        kind=kind,
                        form=form,
                        of=of,
                        cues=cues,
                        needs_cue=needs,
                        phrase=" ".join(words),
                    ),
                )


def _measure_words(entry: _MetricEntry) -> Iterator[tuple[TriggerKind, tuple[str, ...]]]:
    for one in entry.noun + entry.state + entry.toll + ([] if entry.share_of else entry.cues):
        for words in {*_noun_forms(one)}:
            yield "noun", words
    for one in entry.object + entry.subject:
        for words, _ in _verb_forms(one.rstrip("?")):
            yield "object", words


def _variants(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrase with and without its optional determiner: "lose ~ homes" is "lose homes" and "lose their homes"."""
    if ANY_DETERMINER not in words:
        yield words
        return
    at = words.index(ANY_DETERMINER)
    yield words[:at] + words[at + 1 :]
    yield words


def _verb_forms(spec: str) -> Iterator[tuple[tuple[str, ...], Form]]:
    """All forms of a verb: "shoot/shot/shot down" gives shoot, shoots, shot, shooting, each with "down"."""
    head, *rest = spec.split(" ")
    if head in _LEADING_ADVERBS and rest:
        for words, form in _verb_forms(" ".join(rest)):
            yield (head, *words), form
        return
    if len(rest) == 2 and rest[0] in ("and", "or"):
        pairs = {form: words for words, form in reversed(list(_verb_forms(rest[1])))}
        for words, form in list(_verb_forms(head)):
            yield (*words, rest[0], *pairs.get(form, pairs["part"])), form
        return
    tail = _words(" ".join(rest))
    doubles, head = head.endswith("+"), head.removesuffix("+")
    base, past, part = ([*head.split("/"), "", ""])[:3]
    stem = base + base[-1] if doubles else base
    regular = base + "d" if base.endswith("e") else base[:-1] + "ied" if re.search(r"[^aeiou]y$", base) else stem + "ed"
    past, part = past or regular, part or past or regular
    third = (
        "has" if base == "have" else base[:-1] + "ies" if re.search(r"[^aeiou]y$", base)
        else base + "es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", base) else base + "s"
    )  # fmt: skip
    gerund = base[:-2] + "ying" if base.endswith("ie") else _gerund(base, stem)
    seen = set()
    forms: tuple[tuple[str, Form], ...] = (
        (part, "part"),
        (past, "past"),
        (base, "base"),
        (third, "s"),
        (gerund, "ing"),
    )
    for word, form in forms:
        if word in seen:
            continue
        seen.add(word)
        for words in _variants((word, *tail)):
            yield words, form


_LEADING_ADVERBS: Final = frozenset(["fatally", "mortally", "critically", "seriously", "badly", "severely"])


def _gerund(base: str, stem: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        return base[:-1] + "ing"
    if stem == base and base in _DOUBLING:
        stem = base + base[-1]
    return stem + "ing"


_DOUBLING: Final = frozenset(["put", "cut", "hit", "set", "let", "get", "win", "run", "sit", "shed", "forget", "begin"])


def _noun_forms(spec: str) -> tuple[tuple[str, ...], ...]:
    words = _words(spec)
    more = (*words[:-1], plural_of(words[-1]))
    return (words,) if more == words else (words, more)


_IRREGULAR: Final = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "life": "lives", "wife": "wives",
    "body": "bodies", "thief": "thieves", "foot": "feet", "knife": "knives", "leaf": "leaves", "aircraft": "aircraft",
}  # fmt: skip
_UNCHANGED: Final = frozenset(
    [
        "people",
        "men",
        "women",
        "children",
        "staff",
        "personnel",
        "crew",
        "police",
        "cattle",
        "sheep",
        "fish",
        "livestock",
        "poultry",
        "troops",
        "forces",
        "aircraft",
        "dead",
        "wounded",
        "injured",
        "missing",
        "displaced",
        "unemployed",
        "jobless",
        "homeless",
        "deceased",
        "slain",
        "confirmed",
        "probable",
        "suspected",
        "police",
        "militia",
        "infantry",
        "cavalry",
        "lives",
        "remains",
        "series",
        "species",
        "premises",
        "mps",
        "idps",
        "pows",
        "uavs",
        "apcs",
        "corps",
        "elderly",
        "gis",
        "offspring",
        "salmon",
        "deer",
        "bison",
        "swine",
        "debris",
        "soot",
        "sorties",
        "spacecraft",
        "hovercraft",
        "aid",
        "help",
        "relief",
        "support",
    ]
)


def plural_of(noun: str) -> str:
    """The plural of an English noun, or the noun where it is one already."""
    if noun in _UNCHANGED or noun.endswith(("ya", "ish", "ese", "men", "women", "children", "people")):
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("s") and not noun.endswith(("ss", "us")):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return noun + "es"
    return noun + "s"


def singular_of(noun: str) -> str:
    """The singular of a regular plural; irregular ones stand in the population file."""
    for one, many in _IRREGULAR.items():
        if noun == many:
            return one
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if re.search(r"(?:ss|x|z|ch|sh)es$", noun):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


_Nouns = dict[tuple[str, ...], tuple[str, str, str]]


def _populations(
    people: _PopulationFile,
) -> tuple[_Nouns, dict[str, str], dict[str, frozenset[str]], frozenset[tuple[str, str]]]:
    nouns: _Nouns = {}
    names: dict[str, str] = {}
    parents: dict[str, list[str]] = {}
    for key, entry in (*people.persons.items(), *people.things.items()):
        name = key.replace("_", " ")
        parents[name] = [one.replace("_", " ") for one in entry.part_of]
        for spelled in (name, *entry.words):
            written, _, meant = spelled.partition("=")
            words = _words(written)
            last = singular_of(words[-1])
            printed = meant or " ".join((*words[:-1], plural_of(words[-1]) if words[-1] != "police" else "police"))
            forms = (words, (*words[:-1], last)) if last not in people.adjectives else (words,)
            for form in forms:
                nouns.setdefault(form, (name, entry.klass, printed))
                names.setdefault(" ".join(form), name)
            names.setdefault(printed, name)
            names.setdefault(written.casefold(), name)
    wider = {name: frozenset(_ancestors(name, parents)) for name in parents}
    pairs = set()
    for members in people.disjoint.values():
        listed = [one.replace("_", " ") for one in members]
        pairs |= {(a, b) for a in listed for b in listed if a != b}
    return nouns, names, wider, frozenset(pairs)


def _groups(people: _PopulationFile) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Armed groups by the first word of each of their names, longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name, aliases in people.groups.items():
        for alias in (name, *aliases):
            words = _words(alias)
            by_first[words[0]].append((words[1:], name))
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in by_first.items()}


def _ancestors(name: str, parents: Mapping[str, list[str]]) -> Iterator[str]:
    for one in parents.get(name, ()):
        yield one
        yield from _ancestors(one, parents)
