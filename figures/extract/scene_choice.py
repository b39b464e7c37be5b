"""Choose the place of each reading: the narrowest named place that holds, nearest first, inherited where unsaid.

Order: the figure's own clause, its sentence, the place a definite noun stands for ("the town", "the country"), the
sentences before it in the paragraph, earlier figures of the article, title, lead, dateline. The speaker's place is
never taken: a country whose possessive or adjective names a body counts only where nothing else is left. What the rules
choose so is one candidate among those that the article names (scene_candidates.py); fitted weights decide.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from figures.extract.scene_candidates import find_candidates
from figures.extract.scene_inherited import Chosen, Earlier, inherited_place, tells_of_leaving
from figures.extract.scene_names import PlaceChoice, is_building
from figures.extract.scene_own import LABELLED, own_place
from figures.extract.scene_scores import within_reach
from figures.extract.scene_words import FIRED, FORCES, LONGEST_JOINED, MOVERS, WAR, WAR_HEADS, WIDE
from figures.extract.scenes import Scene
from figures.extract.types import Credit, Reading, Sentence
from figures.model import PlaceRole, RuleUse

NOWHERE: Final = re.compile(
    r"\b(?:worldwide|globally|(?<!from )(?:around|across|throughout|over) the (?:whole |entire )?(?:world|globe)"
    r"|the world over|(?:in|across|over)\s+(?:the\s+|all\s+|these\s+|those\s+)?(?:two|three"
    r"|four|five|six|seven|eight|nine|ten|several|many|other|\d+) (?:\w+ )?(?:countries"
    r"|nations))\b",
    re.IGNORECASE,
)
IN_PROVINCES: Final = re.compile(
    r"\b(?:across|in|from|throughout|over)\s+(?:all\s+|at least\s+|some\s+|the\s+)?(?:\d+|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|dozen|several|many|most)\s+(?:\w+\s+)?(?:provinces|states|governorates)\b(?!\s+of\b|:|\s*\(|,\s+(?:including|among|mostly|mainly))"
)
"""Provinces counted are their country's, whichever of them was told of before."""
PROVINCE_HEADS: Final = frozenset(["provinces", "states", "governorates"])
NOWHERE_HEADS: Final = frozenset(["worldwide", "globally", "world", "globe", "countries", "nations"])


def choose_places(scene: Scene, readings: list[Reading], credits: list[Credit]) -> list[PlaceChoice]:
    """One choice a reading, in the same order."""
    out: list[PlaceChoice] = []
    chosen = Earlier()
    owns = [own_place(scene, reading) for reading in readings]
    apart = _apart_sentences(scene, readings, owns)
    twins = _title_twins(scene, readings, owns)
    for reading, credit, found in zip(readings, credits, owns, strict=True):
        mention = reading.quantity.mention
        choice = (
            twins.get((mention.sentence, found.name if found is not None else None))
            or found
            or _counted_place(scene, reading)
            or _background(scene, reading)
            or inherited_place(scene, reading, credit, chosen)
        )
        own = scene.sentence(mention.sentence)
        choice = _at_the_front(scene, reading, choice)
        named = bool(choice.rules) and choice.rules[0].rule == "named PLACE"
        if named and choice.role == "location" and reading.metric in MOVERS:
            # "Egypt has received 42,300 Sudanese, Chad 30,000": the verb serves both.
            listed = [one for one in chosen.by_sentence.get(mention.sentence, ()) if one.metric == reading.metric]
            if listed and listed[-1].choice.role == "destination":
                choice = replace(choice, role="destination")
        if choice.name is None and not choice.rules:
            choice = _of_the_office(scene, reading, credit)
        choice = _at_home(scene, reading, credit, choice)
        choice = choice if choice.field is not None else replace(choice, field=own.field)
        if own.field == "text" and not _settled(choice):
            candidates = find_candidates(scene, reading, credit, choice, chosen)
            choice = candidates[scene.lexicon.placing.choose(candidates, (mention.start, reading.metric))].choice
        framed = bool(choice.rules) and choice.rules[0].rule in ("title", "lead", "country of the article")
        if framed and choice.role == "location" and reading.metric in MOVERS and tells_of_leaving(reading):
            choice = replace(choice, role="origin")
        choice = choice if choice.field is not None else replace(choice, field=own.field)
        if choice.role == "location" and reading.metric in FIRED and reading.party is not None and choice.iso3:
            abroad = scene.lexicon.settings.demonym(choice.iso3) != reading.party
            choice = replace(choice, role="destination") if abroad else choice
        out.append(choice if choice.field == own.field else _without_offsets(choice))
        if choice.name is not None or choice.rules:
            source = credit.source if credit.source != scene.document.article.outlet else None
            alone = mention.sentence in apart
            alone = alone or (own.field == "text" and own.start > 0 and (choice.name or "").count(", ") > 0)
            alone = alone or (choice.role == "location" and bool(choice.rules) and choice.rules[0].rule == "from PLACE")
            alone = alone or _long_ago(scene, mention.sentence)
            alone = alone or (chosen.last is not None and _in_the_capital(scene, own, choice))
            alone = (
                alone
                or INCLUDES.search(scene.text(mention.sentence), max(own.start, mention.start - 60), mention.start)
                is not None
            )
            part, value = _part(reading), mention.value
            chosen.add(Chosen(mention.sentence, own.paragraph, source, reading.metric, part, choice, alone, value))
    return out


def _settled(choice: PlaceChoice) -> bool:
    """Whether there is no question of which place: "worldwide", the item of a list under its name, "fled Sudan"."""
    if not choice.rules:
        return False
    rule = choice.rules[0].rule
    went = choice.role in ("origin", "destination") and (
        rule.endswith("PLACE") or rule in ("the country", "the nation")
    )
    return choice.name is None or rule in SETTLED or went


SETTLED: Final = frozenset((LABELLED, "COUNTRY lost N", "PARTY at war"))


def _in_the_capital(scene: Scene, own: Sentence, choice: PlaceChoice) -> bool:
    """Whether a place was read from "in the capital", which sets one town apart from what was told before."""
    use = choice.rules[0] if choice.rules else None
    if use is None or use.start is None or use.end is None or choice.field != own.field:
        return False
    text = scene.document.article.field_text(own.field)
    return own.start <= use.start and text[use.start : use.end] == "capital"


def _long_ago(scene: Scene, index: int) -> bool:
    """Whether a sentence tells of a year long gone, whose place is not that of what follows."""
    if scene.published is None:
        return False
    found = scene.first(AN_OLD_YEAR, index)
    return found is not None and int(found[1] or found[2]) < scene.published.year - 1


AN_OLD_YEAR: Final = re.compile(
    r"\b[Ii]n\s((?:19|20)\d\d)\b(?!\s*(?:dollars|prices|terms|and\b))|\b(?:since|after|than|of|in|during|like"
    r"|from)\s(?:the|a)\s((?:19|20)\d\d)\s(?![\d])"
)
INCLUDES: Final = re.compile(
    r"\b(?:includ(?:es?|ed)|excluding|(?:does|do|did) not include)\s+(?:the\s+)?"
    r"(?:at least\s+|about\s+|some\s+|nearly\s+)?$"
)
"""A part that a total includes: its place is not where the total or the year before was counted."""
BULLET: Final = re.compile(r"\s*(?:[-*•–—·▪‣◦]|\d{1,2}[.)])\s")


def _apart_sentences(scene: Scene, readings: list[Reading], owns: list[PlaceChoice | None]) -> frozenset[int]:
    """The sentences whose places do not pass on: items of a list, and figures set beside one another by place."""
    named: dict[int, dict[str, PlaceChoice]] = {}
    for reading, own in zip(readings, owns, strict=True):
        found = named.setdefault(reading.quantity.mention.sentence, {})
        if own is not None and own.name is not None and reading.metric not in MOVERS:
            found[own.name] = own
    out = set()
    relation = scene.lexicon.settings.place_relation
    for index, places in named.items():
        one = scene.sentence(index)
        choices = list(places.values())[:LONGEST_JOINED]
        if (
            one.field == "text"
            and (BULLET.match(one.text) or len(choices) > 1)
            and all(
                relation(a.name, b.name, iso3_a=a.iso3, iso3_b=b.iso3) in ("disjoint", "unknown")
                for a, b in pairwise(choices)
            )
        ):
            out.add(index)
    return frozenset(out)


def _title_twins(
    scene: Scene, readings: list[Reading], owns: list[PlaceChoice | None]
) -> dict[tuple[int, str | None], PlaceChoice]:
    """The title's place for a number it repeats, where the text names but a building beside it.

    Keyed by sentence and that building, because the numbers beside it share the scene.
    """
    titled = {
        (one.metric, one.quantity.mention.value): own
        for one, own in zip(readings, owns, strict=True)
        if scene.sentence(one.quantity.mention.sentence).field == "title"
        and own is not None and own.name is not None and one.quantity.mention.value is not None
    }  # fmt: skip
    out: dict[tuple[int, str | None], PlaceChoice] = {}
    if not titled:
        return out
    for one, own in zip(readings, owns, strict=True):
        mention = one.quantity.mention
        twin = titled.get((one.metric, mention.value)) if mention.value is not None else None
        if twin is None or scene.sentence(mention.sentence).field == "title" or (own is not None and own.name is None):
            continue
        known = scene.lexicon.settings.place(twin.name or "")
        if known is not None and known.kind in ("country", *WIDE):
            continue
        if own is None or (own.name != twin.name and _is_site(scene, mention.sentence, own)):
            twin = replace(twin, field="title")
            if (mention.sentence, own.name if own is not None else None) in out:
                continue
            out.setdefault((mention.sentence, own.name if own is not None else None), twin)
            for place in scene.places(mention.sentence):
                if is_building(place, scene.text(mention.sentence)):
                    out.setdefault((mention.sentence, place.place.name), twin)
    return out


def _is_site(scene: Scene, index: int, choice: PlaceChoice) -> bool:
    """Whether a choice names a building or street, which the gazetteer has not or has as one."""
    return any(one.place.name == choice.name and is_building(one, scene.text(index)) for one in scene.places(index))


def _counted_place(scene: Scene, reading: Reading) -> PlaceChoice | None:
    """The country whose residents or standing are counted: "31% of Samoan infants", "Turkish inflation".

    Never of those whom something befell, who may be abroad: "six Americans were killed".
    """
    mention = reading.quantity.mention
    metric = scene.lexicon.metrics.metric(reading.metric)
    ends = [one for one in (reading.trigger_start, reading.noun_start, reading.noun_end) if one is not None]
    text = scene.text(mention.sentence)
    for one in within_reach(scene.places(mention.sentence), mention.start, mention.end):
        if one.form != "adjective" or not ends:
            continue
        if one.start > mention.end + 60:
            break
        beside = any(0 <= at - one.end <= 30 and QUALIFIES_NOUN.fullmatch(text, one.end, at) for at in ends) or (
            reading.noun_start is not None
            and reading.noun_end is not None
            and reading.noun_start <= one.start < reading.noun_end
        )
        if not beside:
            continue
        settled = RESIDENTS.match(text, one.end, one.end + 40) is not None and reading.metric not in MOVERS
        settled = settled or (reading.metric in WANTING and one.place.iso3 == scene.main_country)
        if settled or not metric.event_bound:
            use = RuleUse(column="place", rule="ADJECTIVE residents", start=one.start, end=one.end)
            return PlaceChoice(one.place.name, "location", one.place.iso3, (use,))
    return None


WANTING: Final = frozenset(("people_in_need", "people_affected", "without_power", "malnourished"))
QUALIFIES_NOUN: Final = re.compile(r"\s+(?:[a-z\-]+\s+){0,2}")
RESIDENTS: Final = re.compile(
    r"\s+(?:[a-z\-]+\s+)?(?:infants|babies|toddlers|adults|households|homes|families|pupils|schoolchildren|teenagers"
    r"|adolescents"
    r"|voters|electors|electorate|pensioners|residents|consumers|schools|hospitals|clinics|businesses|shops|farms"
    r"|farmers"
    r"|employees|jobs|firms|villages|towns|cities|districts|provinces|regions|municipalities|constituencies|polling)\b"
)
FIGHTING: Final = frozenset(("deaths", "injuries", "casualties", "captured", "missing", "missiles_launched"))


def _at_home(scene: Scene, reading: Reading, credit: Credit, choice: PlaceChoice) -> PlaceChoice:
    """A health ministry, police or civil defence of one country counts at home, not where an inherited place lies."""
    rule = choice.rules[0].rule if choice.rules else ""
    if credit.source is None or rule not in HANDED_DOWN:
        return choice
    if reading.party is not None and reading.metric != "border_crossings":
        return choice
    iso3 = _home_of(scene, credit)
    crossing = reading.metric == "border_crossings"
    if iso3 is None or iso3 == choice.iso3 or iso3 not in scene.near or (reading.metric in MOVERS and not crossing):
        return choice
    use = RuleUse(column="place", rule="country of the source")
    role: PlaceRole = "destination" if crossing else "location"
    return PlaceChoice(scene.lexicon.settings.country_name(iso3), role, iso3, (use,))


def _home_of(scene: Scene, credit: Credit) -> str | None:
    """The country whose domestic body speaks, by its name or the words that credit it: "Peru's disaster agency X"."""
    settings = scene.lexicon.settings
    if credit.source is not None and DOMESTIC.search(credit.source):
        iso3 = settings.country_of(credit.source.split(" ", 1)[0])
        if iso3 is not None:
            return iso3
    words = credit.source_mention or ""
    # "Spain's ministry reported 8, and Germany's institute 42"
    beside = bool(credit.rules) and credit.rules[0].rule == "and X N"
    if len(words) > LONGEST_MENTION or not (beside or AT_HOME.search(words)):
        return None
    source = scene.lexicon.sources.source(credit.source or "")
    if source is not None:
        return source.country if source.type == "government" else None
    name = OWNER.match(words)
    return settings.country_of(name[1]) if name is not None else None


LONGEST_MENTION: Final = 120
OWNER: Final = re.compile(r"(?:[Tt]he\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)(?:['’]s?)?\s")
AT_HOME: Final = re.compile(
    r"\b(?:health|interior|home|civil|disaster|emergency|education|labou?r|statistic\w*|police|fire|electoral"
    r"|election|meteorolog\w*"
    r"|relief|census|prisons?|transport|agriculture|housing)\b",
    re.IGNORECASE,
)
HANDED_DOWN: Final = frozenset((
    "sentence before", "paragraph", "earlier figure", "same source", "country of the article", "in N countries",
    "in N provinces",
))  # fmt: skip
DOMESTIC: Final = re.compile(
    r"\b(?:Health|Interior|Home|Civil|Border|border|Disaster|Emergency|Education|Labou?r|Statistic\w*|Police|Fire"
    r"|Electoral|Election|Meteorolog\w*)\b"
)


def _of_the_office(scene: Scene, reading: Reading, credit: Credit) -> PlaceChoice:
    """A standing statistic without a place is that of the country whose own body gives it."""
    if scene.lexicon.metrics.metric(reading.metric).event_bound or credit.source is None:
        return PlaceChoice()
    source = scene.lexicon.sources.source(credit.source)
    name = scene.lexicon.settings.country_name(source.country) if source is not None else None
    if source is None or name is None:
        return PlaceChoice()
    use = RuleUse(column="place", rule="country of the source")
    return PlaceChoice(name, "location", source.country, (use,))


def _at_the_front(scene: Scene, reading: Reading, choice: PlaceChoice) -> PlaceChoice:
    """An army abroad loses its soldiers where its war is, not where an inherited place happens to lie."""
    settings = scene.lexicon.settings
    rule = choice.rules[0].rule if choice.rules else ""
    if (
        reading.party is None
        or reading.metric not in FIGHTING
        or (reading.population not in FORCES and reading.metric != "missiles_launched")
        or rule not in ("paragraph", "earlier figure", "same source", "title", "lead", "country of the article", "")
    ):
        return choice
    front = scene.front()
    if front is None or front == choice.iso3 or settings.country_of(reading.party) in (None, front):
        return choice
    if reading.metric in FIRED and choice.iso3 is not None and choice.iso3 != settings.country_of(reading.party):
        return choice  # fired at a country that the article names already
    use = RuleUse(column="place", rule="PARTY at war")
    return PlaceChoice(settings.country_name(front), "location", front, (use,))


def _part(reading: Reading) -> bool:
    """Whether a figure is a part of another: its place is narrower than what the text goes on about."""
    return any(name == "part_of" for name, _ in reading.relations)


def _without_offsets(choice: PlaceChoice) -> PlaceChoice:
    """A place taken over from the other field: its words have no offsets in the figure's own."""
    return replace(choice, rules=tuple(replace(one, start=None, end=None) for one in choice.rules))


def _background(scene: Scene, reading: Reading) -> PlaceChoice | None:
    """A war as a whole, named without a place, holds for its country; "in four countries" for no single place."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    if found := (
        scene.first(NOWHERE, mention.sentence, NOWHERE_HEADS)
        or _of_the_world(scene, reading)
        or _spread(scene, mention.sentence)
    ):
        rule = "worldwide" if "world" in found[0].casefold() or "glob" in found[0].casefold() else "in N countries"
        return PlaceChoice(rules=(RuleUse(column="place", rule=rule, start=found.start(), end=found.end()),))
    found = scene.first(IN_PROVINCES, mention.sentence, PROVINCE_HEADS)
    name = scene.lexicon.settings.country_name(scene.main_country)
    if found is not None and name is not None and found.end() >= mention.start:
        use = RuleUse(column="place", rule="in N provinces", start=found.start(), end=found.end())
        return PlaceChoice(name, "location", scene.main_country, (use,))
    found = scene.first(WAR, mention.sentence, WAR_HEADS)
    if found is None and mention.sentence > 0 and mention.sentence - 1 not in scene.numbers:
        before = scene.sentence(mention.sentence - 1)
        if before.field == sentence.field and before.paragraph == sentence.paragraph:
            found = scene.first(WAR, mention.sentence - 1, WAR_HEADS)
    if found is not None:
        iso3 = scene.main_country
        name = scene.lexicon.settings.country_name(iso3)
        if name is not None:
            return PlaceChoice(
                name, "location", iso3, (RuleUse(column="place", rule="the war", start=found.start(), end=found.end()),)
            )
    return None


def _of_the_world(scene: Scene, reading: Reading) -> re.Match[str] | None:
    """The words that say of those counted that they are the world's: "has infected 900 people in the world"."""
    mention = reading.quantity.mention
    if "world" not in scene.vocabulary(mention.sentence):
        return None
    end = min(scene.sentence(mention.sentence).end, mention.end + 90)
    return IN_THE_WORLD.match(scene.text(mention.sentence), mention.end, end)


IN_THE_WORLD: Final = re.compile(
    r"(?:(?!\b(?:most|only|\w+est)\b)[^.;:]){0,70}?\b(?:in the (?:whole |entire )?world|of the world['’]s)\b"
)


def _spread(scene: Scene, index: int) -> re.Match[str] | None:
    """The words of the next sentence that spread a count: "The count covers seven countries"."""
    after = index + 1
    if after >= len(scene.document.sentences) or scene.sentence(after).paragraph != scene.sentence(index).paragraph:
        return None
    one = scene.sentence(after)
    if one.field != scene.sentence(index).field or COVERING.match(scene.text(after), one.start, one.start + 60) is None:
        return None
    return COUNTRIES.search(scene.text(after), one.start, one.end)


COVERING: Final = re.compile(
    r"(?:The|These|Those|Its|Their|Both)\s+(?:\w+\s+)?(?:counts?|figures?|data|numbers?|totals?|tall(?:y|ies))\b"
)
COUNTRIES: Final = re.compile(
    r"\b(?:covers?|comes? from|includes?|span)\s+(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+)\s+"
    r"(?:\w+\s+)?(?:countries|nations)\b"
)
