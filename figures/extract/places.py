"""Find names of places in a sentence, with what stands beside them: the preposition, an area word, a body's name.

A name counts as a place when the gazetteer has it and its neighbours do not make it a person ("Michael Jordan"), a body
("Houston Police Department") or a paper ("Damascus Post"), or when an area word or a site word says so ("the town of
Basra", "Podil neighbourhood", "Union Square", "near Lismore").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from figures.lexicon.settings import Place, SettingLexicon, gazetteer, place_key

WORD: Final = re.compile(r"[^\W\d_](?:[\w’'.\-]*\w)?\.?")
ARTICLES: Final = ("al-", "el-", "Al-", "El-", "ar-", "as-", "ad-", "an-", "at-", "ash-", "ez-", "az-", "d'", "d’")
STRONG: Final = frozenset((
    "in", "at", "near", "beside", "from", "to", "into", "inside", "outside", "around", "across", "throughout", "within",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name of a place where it stands. ``form`` says why it is one, strongest first.

    ``form``: named, site, area, unknown ("near X", not in the gazetteer), body (it names a body, not the scene),
    adjective ("Syrian"). ``prep`` is the word before, lower case; ``possessive`` whether 's follows.
    """

    start: int
    end: int
    place: Place
    form: str
    prep: str = ""
    possessive: bool = False


class _Word(NamedTuple):
    """A word with its offsets; a plain tuple, because every word of a sentence becomes one."""

    start: int
    end: int
    text: str
    capital: bool
    glued: bool  # only a space between this word and the one before


def find_places(text: str, start: int, end: int, lexicon: SettingLexicon, near: frozenset[str]) -> list[PlaceMention]:
    """The mentions of places between ``start`` and ``end`` of a text, in order, longest name first where two overlap.

    ``near`` are the countries the article speaks of; they choose among towns of one name.
    """
    words = _words(text, start, end, lexicon)
    found: list[PlaceMention] = []
    index = 0
    headline = sum(one.capital for one in words) > HEADLINE_SHARE * len(words)
    while index < len(words):
        if not words[index].capital:
            index += 1
            continue
        index = _read_name(text, words, index, lexicon, near, found, headline=headline)
    if text.find("euro", start, end) >= 0:
        for union in UNIONS.finditer(text, start, end):
            place = lexicon.scene("eurozone", near)
            if place is not None:
                prep = (union[1] or "").casefold()
                found.append(PlaceMention(union.start(2), union.end(2), place, "named", prep, bool(union[3])))
        found.sort(key=lambda one: one.start)
    for at in range(1, len(found)):  # "from Israel and Mexico": the preposition serves both
        if (
            found[at].prep in ("and", "or", "")
            and found[at - 1].prep
            and LISTED.fullmatch(text, found[at - 1].end, found[at].start)
            and not NUMBERED.match(text, found[at].end)  # "from Ukraine, Slovakia 256,000" begins another count
        ):
            found[at] = replace(found[at], prep=found[at - 1].prep)
    return found


TAUGHT: Final = frozenset(("School", "College", "University", "Institute", "Academy", "Faculty"))
OF_WHAT: Final = re.compile(r"\sof\s[A-Z]\w+(?:(?:\sand\s|\s)[A-Z]\w+){0,4}")
SPACES: Final = " \n\t\u00a0"
"""What may stand between two words of one name: texts are wrapped in the middle of sentences."""
UNIONS: Final = re.compile(r"(?:\b(\w+)\s(?:the\s)?)?\b(euro\s?zone|euro\sarea)(['’]s)?(?!\w)")
"""The one union that news writes in lower case."""
CURRENCY_SIGNS: Final = ("$", "£", "€", "¥")
NUMBERED: Final = re.compile(r"\s+(?:about\s+|some\s+|nearly\s+|more than\s+|over\s+)?\d")
LISTED: Final = re.compile(r"\s*(?:,|,?\s+and|,?\s+or)\s+(?:the\s+)?")


NEW_NAME: Final = re.compile(
    r" (?:York|Zealand|Jersey|Mexico|Delhi|Orleans|Hampshire|South Wales|Caledonia|Brunswick|Guinea|England|Haven"
    r"|Plymouth)\b"
)

HEADLINE_SHARE: Final = 0.5
"""Where more words than this have capitals, capitals say nothing: unknown names are not guessed in headlines."""


def _words(text: str, start: int, end: int, lexicon: SettingLexicon) -> list[_Word]:
    out: list[_Word] = []
    last = start
    for match in WORD.finditer(text, start, end):
        word = match[0]
        first = match.start()
        if word.endswith(".") and "." not in word[:-1] and word not in lexicon.dotted:
            word = word[:-1]
        stop = first + len(word)
        glued = first - last == 1 and text[last] in SPACES
        last = stop
        if word.islower():
            out.append(_Word(first, stop, word, False, glued))
            continue
        bare = word
        if "-" in word[1:5] or word[1:2] in ("'", "’"):
            bare = word[word.index(word[1] if word[1] in "'’" else "-") + 1 :] if word.startswith(ARTICLES) else word
        capital = bare[:1].isupper() and not (word.casefold() in lexicon.starters or word in lexicon.calendar)
        if not capital and word == "New" and NEW_NAME.match(text, stop, end):
            capital = True
        out.append(_Word(first, stop, word, capital, glued))
    return out


def _read_name(
    text: str,
    words: list[_Word],
    index: int,
    lexicon: SettingLexicon,
    near: frozenset[str],
    found: list[PlaceMention],
    *,
    headline: bool,
) -> int:
    """Read the run of capitalised words at ``index`` and return the index after what was read."""
    stop = _run(words, index, lexicon)
    before = words[index - 1] if index and words[index].glued else None
    prep = before.text.casefold() if before is not None else ""
    if prep == "the" and index > 1 and words[index - 1].glued:
        prep = words[index - 2].text.casefold()
    first = index
    while first < stop:
        match = _longest(text, words, first, stop, lexicon, near)
        if match is None and first == index and stop - index == 1 and prep in ("in", "near") and words[index].glued:
            match = _doubtful(words[index].text, lexicon, near)
        if match is None:
            first += 1
            continue
        count, place = match
        last = first + count
        if text[words[last - 1].end : words[last - 1].end + 1] in CURRENCY_SIGNS:
            first = last  # "US$160 million", "NZ$5"
            stop = max(stop, last)
            continue
        form = _form(words, index, first, last, stop, place, lexicon)
        if form == "site":
            name = text[words[index].start : _possessive(words[stop - 1].text, words[stop - 1].end)]
            longer = OF_WHAT.match(text, words[stop - 1].end) if words[stop - 1].text in TAUGHT else None
            if longer is not None:
                name = text[words[index].start : longer.end()]
            site = Place(name=name, iso3=place.iso3, kind="site", parents=(place.name, *place.parents))
            found.append(PlaceMention(words[index].start, words[index].start + len(name), site, "site", prep))
            return stop
        if form:
            here = prep if first == index else words[first - 1].text.casefold() if words[first].glued else ""
            if (
                words[first - 1].text.casefold() in lexicon.directions
                and first
                and words[first].glued
                and first - 1 == index
            ):
                here = prep
            elif here in lexicon.directions and first > 1:
                here = words[first - 2].text.casefold()
            end = _possessive(words[last - 1].text, words[last - 1].end)
            owned = (
                end < words[last - 1].end
                or text[end : end + 1] in ("'", "’")
                or _lost_apostrophe(words[last - 1].text, place)
            )
            place = _as_written(place, text[words[first].start : end], lexicon)
            found.append(PlaceMention(words[first].start, end, place, form, here, owned))
        first = last
        stop = max(stop, last)
    if (not found or found[-1].start < words[index].start) and not (
        headline and words[stop - 1].text not in lexicon.sites
    ):
        _guess(text, words, index, stop, prep, lexicon, found)
    return max(stop, index + 1)


def _lost_apostrophe(word: str, place: Place) -> bool:
    """Whether a name is a possessive whose apostrophe the text lost: "Syrias capital"."""
    return (
        place.kind == "country"
        and word.endswith("s")
        and place_key(word) not in ALREADY_PLURAL
        and place_key(word[:-1]) == place_key(place.name)
    )


ALREADY_PLURAL: Final = frozenset((
    "netherlands", "philippines", "honduras", "cyprus", "laos", "barbados", "bahamas", "maldives", "united",
    "states", "mauritius", "belarus",
))  # fmt: skip


def _as_written(place: Place, name: str, lexicon: SettingLexicon) -> Place:
    """A town the gazetteer alone has keeps the article's spelling, as does a district or building; known places take
    the name news gives them.
    """
    if place.name in lexicon.local and not name.isupper():
        return replace(place, name=name)
    if place.kind != "country" and name.isascii() and not place.name.isascii() and _plain(place.name) == name:
        return replace(place, name=name)
    if (
        place.kind not in ("city", "admin1")
        or name.isupper()
        or lexicon.known(place.name) is not None
        or place_key(name) != place_key(place.name)
    ):
        return place
    return replace(place, name=name)


def _plain(name: str) -> str:
    """The name without its accents."""
    name = name.translate(STROKED)
    return "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))


STROKED: Final = str.maketrans("ıøØłŁđĐ", "ioOlLdD")
"""Letters that no normal form takes apart."""


def _run(words: list[_Word], index: int, lexicon: SettingLexicon) -> int:
    """The end of the run of capitalised words, small links inside a name included ("Rio de Janeiro")."""
    stop = index + 1
    while stop < len(words) and words[stop].glued and stop - index < 8:
        if words[stop].capital and not words[stop - 1].text.endswith(("'s", "’s")):
            stop += 1
        elif words[stop].text in lexicon.links and _capital_follows(words, stop):
            stop += 2
        else:
            break
    return stop


def _capital_follows(words: list[_Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].capital and words[at + 1].glued


def _possessive(word: str, end: int) -> int:
    return end - 2 if word.endswith(("'s", "’s")) else end


def _longest(
    text: str, words: list[_Word], first: int, stop: int, lexicon: SettingLexicon, near: frozenset[str]
) -> tuple[int, Place] | None:
    """The longest name at ``first`` that the gazetteer has, with the number of its words."""
    limit = min(stop, first + 4)
    extra = limit
    # "Antigua and Barbuda", "Isle of Wight": a link and a capital may follow
    while (
        extra + 1 < len(words)
        and extra - first < 4
        and words[extra].glued
        and words[extra].text in ("and", "of")
        and words[extra + 1].capital
    ):
        extra += 2
    if (
        [one.text for one in words[limit : limit + 2]] == ["of", "the"]
        and words[limit + 2 : limit + 3]
        and (words[limit + 2].capital and words[limit].glued and limit - first < 4)
    ):
        extra = max(extra, limit + 3)  # "the Democratic Republic of the Congo"
    for last in range(extra, first, -1):
        name = text[words[first].start : words[last - 1].end]
        name = name[:-2] if name.endswith(("'s", "’s")) else name
        iso3 = lexicon.demonyms.get(name)
        if iso3 is not None and last - first <= 2:
            country = lexicon.countries.get("iso:" + iso3)
            if country is not None and not (lexicon.country_of(name) and place_key(name) in lexicon.countries):
                return last - first, replace(country, kind="demonym")
        if last - first > 1 and not _may_be_name(words, first, last):
            continue
        place = lexicon.scene(name, near)
        if place is not None:
            return last - first, place
        if (
            last - first == 1 and name.endswith("s") and len(name) > 4 and name not in NO_POSSESSIVE
        ):  # the apostrophe was lost: "Syrias"
            place = lexicon.scene(name[:-1], near)
            if place is not None and (
                place.kind == "country" or place.name in lexicon.seats or place_key(name[:-1]) in lexicon.named
            ):
                return 1, place
    return None


def _doubtful(name: str, lexicon: SettingLexicon, near: frozenset[str]) -> tuple[int, Place] | None:
    """A city whose name is oftener a word: only after "in" or "near", and where its country is spoken of."""
    if name not in lexicon.never or name in NO_CITY:
        return None
    found = next(
        (one for one in gazetteer().get(place_key(name), ()) if one.kind == "city" and one.size >= DOUBTFUL_CITY), None
    )
    return (1, found) if found is not None and found.iso3 in near else None


DOUBTFUL_CITY: Final = 100_000
NO_CITY: Final = frozenset((
    "Of", "And", "The", "March", "August", "Parliament", "Congress", "Police", "Post", "Independence", "City", "Man",
    "Male", "Church", "Hospital", "Temple", "Park", "School", "Ebola", "English", "Union", "Kurdish", "Street",
))  # fmt: skip
NO_POSSESSIVE: Final = frozenset(("Hamas", "Mumbais", "Adens"))


def _may_be_name(words: list[_Word], first: int, last: int) -> bool:
    return all(words[i].glued for i in range(first + 1, last))


def _form(
    words: list[_Word], index: int, first: int, last: int, stop: int, place: Place, lexicon: SettingLexicon
) -> str:
    """Why the name is a place here, or "" where its neighbours make it something else."""
    before = words[first - 1] if first > index else None
    after = words[last] if last < stop else None
    if place.kind == "demonym":
        return "adjective"
    if after is not None and last + 1 == stop and after.text.removesuffix("'s").removesuffix("’s") in PROVINCES:
        after = None  # "Rakhine State"
    if words[last - 1].text.endswith(("'s", "’s")):
        after = None
    if after is not None and not lexicon.is_place_word(after.text):
        tail = words[stop - 1].text.rstrip("s")
        if words[stop - 1].text in lexicon.sites or tail in lexicon.sites:
            return "site" if place.kind != "country" else "body"
        if any(one.text in lexicon.bodies for one in words[last:stop]):
            return "body"
        if after.text.casefold() in lexicon.titles or after.text.endswith("ese"):
            return "body"
        if place.kind == "city" and place.size < KNOWN_CITY:
            return ""
        if before is None and words[index - 1 if index else 0].text.casefold() not in STRONG:
            return "body"
    name = words[last - 1].text.removesuffix("'s").removesuffix("’s")
    if (
        place.kind == "city"
        and place.size < KNOWN_CITY
        and lexicon.known(place.name) is None
        and last < len(words)
        and words[last].glued
        and words[last].text in FOLLOWERS
        and name == words[last - 1].text
        and words[index - 1 if index else 0].text.casefold() not in STRONG
    ):
        return ""  # "Moro rebels"
    if (
        last - first == 1
        and name in SHORT
        and before is None
        and after is None
        and last < len(words)
        and words[last].glued
        and words[last].text.casefold() not in AFTER_A_PLACE
    ):
        return "adjective"  # "US draft report"
    if before is not None:
        word = before.text
        if word.casefold() in lexicon.directions or word.casefold() in lexicon.starters or lexicon.is_place_word(word):
            pass
        elif word.isupper():
            return "body"  # "NHS England"
        else:
            return ""  # "Michael Jordan"
    return "named"


FOLLOWERS: Final = frozenset((
    "rebels", "separatists", "guerrillas", "fighters", "militants", "insurgents", "militiamen", "militia", "tribesmen",
    "herders", "supporters", "minority", "language", "gunmen", "leaders", "voters", "shares", "stock",
))  # fmt: skip
"""After a small town's name these make it the name of a people, a movement or a firm."""
PROVINCES: Final = frozenset(("State", "Territory", "Emirate", "Canton", "Voivodeship", "Division"))
KNOWN_CITY: Final = 500_000
"""A capital after a smaller city's name makes it a person's name: of cities above this size few are surnames."""

AFTER_A_PLACE: Final = frozenset((
    "and", "or", "has", "had", "have", "is", "was", "are", "were", "said", "says", "on", "in", "by", "after",
    "since", "to", "from", "as", "for", "with", "during", "at", "between", "this", "last", "who", "which",
    "that", "where", "but", "while", "will", "could", "would", "may", "when", "before", "of", "over", "than",
    "alone", "also", "remains", "remained", "leads", "led", "tops", "topped", "saw", "sees", "recorded", "reported",
    "registered", "lost", "confirmed", "counts", "counted", "accounts", "accounted", "ranks", "added", "became",
    "received",
    "hosts", "took", "suffered", "passed", "surpassed", "only", "now", "still", "itself", "did", "does", "can", "must",
))  # fmt: skip
SHORT: Final = frozenset(("US", "U.S.", "UK", "U.K.", "EU", "E.U.", "UAE"))
GROUP_LIKE: Final = re.compile(r"-(?:held|led|run|style|era|born|made|built|[a-z]{3,}ed)\b|\b[A-Z]{2,}\b")
STRONGHOLDS: Final = frozenset(["stronghold", "bastion", "enclave", "hub", "camp", "base", "territory", "border"])
DEMONYM_LIKE: Final = re.compile(r"(?:ian|ean|ese|ish|can|yan|ites?|iran)s?$")
SITE_PREPOSITIONS: Final = frozenset((
    "in", "at", "near", "inside", "outside", "around", "through", "of", "on", "from", "to", "into",
))  # fmt: skip
ORGANISATIONS: Final = frozenset((
    "House", "Court", "Center", "Centre", "Club", "Field", "School", "University", "College", "Academy",
))  # fmt: skip


BUILDINGS: Final = frozenset((
    "Plaza", "Tower", "Towers", "Hotel", "Hospital", "Airport", "Market", "Mall", "Bridge", "Stadium", "Mosque",
    "Church", "School", "Factory", "Nightclub", "Temple", "Prison", "Station",
))  # fmt: skip
TOWN_IN: Final = re.compile(
    r",\s+(?:an?|the)\s+(?:[\w\-]+\s+){0,2}(?:village|town|city|hamlet|suburb|district|island|settlement|neighbou?rhood"
    r"|municipality|fishing port|port|resort|oasis|township)\s+(?:in|of|on|near|outside|north|south|east|west|some"
    r"|about)\b"
)
LOWER_SITES: Final = frozenset((
    "mosque", "church", "school", "hospital", "airport", "airbase", "airfield", "hotel", "prison", "market",
    "nightclub", "stadium", "university", "bridge", "dam", "mine", "refinery", "plant", "factory", "temple",
    "synagogue", "cathedral",
))  # fmt: skip


def _lower_site(words: list[_Word], index: int, stop: int) -> bool:
    """Whether several capitalised words are followed by the plain noun of a site: "the Al Noor mosque"."""
    return stop - index > 1 and stop < len(words) and words[stop].glued and words[stop].text in LOWER_SITES


def _of_pieces(words: list[_Word], index: int, stop: int, lexicon: SettingLexicon) -> bool:
    """Whether the words that alone name no place are but pieces of a town's name: "Vista Hermosa", "Khan Sheikhoun"."""
    texts = [one.text.removesuffix("'s").removesuffix("’s") for one in words[index:stop]]
    own = [one for one in texts if one not in lexicon.never]
    return (
        bool(own)
        and own[0] not in NO_TOWN
        and all(one in PIECES for one in texts if one in lexicon.never)
        and len(texts) > len([one for one in texts if one in lexicon.never])
    )


PIECES: Final = frozenset((
    "San", "Santa", "Santo", "Sainte", "Saint", "St", "El", "Al", "La", "Las", "Los", "Del", "De", "Da", "Du", "Le",
    "Der", "Vista", "Alta", "Cruz", "Rosa", "Port", "Fort", "Nova", "Khan", "Ali", "Ban", "Ba", "Bo", "Mount", "Lake",
    "Sur", "Nord", "Maria", "Tan", "Ra", "Wa", "Ye", "Di",
))  # fmt: skip
"""Words that name no place alone and are common parts of names of towns."""
NO_TOWN: Final = frozenset(
    ("Qaeda", "Qaida", "Shabaab", "Shabab", "Jazeera", "Nusra", "Arabiya", "Niño", "Niña", "Claus")
)


def _guess(
    text: str, words: list[_Word], index: int, stop: int, prep: str, lexicon: SettingLexicon, found: list[PlaceMention]
) -> None:
    """Names no gazetteer has: sites by their last word, areas by a word beside them, towns by a preposition."""
    last = words[stop - 1]
    end = _possessive(last.text, last.end)
    name = text[words[index].start : end]
    first = words[index]
    sentence_start = index == 0
    tail = name.rsplit(None, 1)[-1]
    if tail in ("South", "North", "East", "West", "One", "Two") and stop - index > 2:
        tail = words[stop - 2].text
    apposed = sentence_start and tail in BUILDINGS and text.startswith(", a", end)  # "Rana Plaza, a factory in Savar"
    if stop - index > 1 and tail in lexicon.sites and (prep in SITE_PREPOSITIONS or apposed):
        if tail in ORGANISATIONS and prep not in ("in", "at", "near", "inside", "outside"):
            return
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="site"), "site", prep))
        return
    if (
        GROUP_LIKE.search(name)
        or DEMONYM_LIKE.search(name)
        or (
            any(w.text in lexicon.never for w in words[index:stop])
            and not _lower_site(words, index, stop)
            and not _of_pieces(words, index, stop, lexicon)
        )
        or name in lexicon.never
        or first.text.casefold() in lexicon.titles
        or any(w.text in lexicon.bodies for w in words[index:stop])
    ):
        return
    after = words[stop] if stop < len(words) and words[stop].glued else None
    if (
        after is not None
        and (
            (after.text in lexicon.areas and (after.text not in STRONGHOLDS or _a_camp(after.text, prep)))
            or (after.text in CAMP_OF and stop + 1 < len(words) and words[stop + 1].text in ("camp", "camps"))
        )
        and stop - index <= 3
        and not sentence_start
    ):
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="area"), "area", prep))
        return
    if stop - index <= 4 and not sentence_start and TOWN_IN.match(text, end, end + 60):
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="area"), "area", prep))
        return
    if (
        stop - index > 1
        and tail in WIDE_TAILS
        and prep in SITE_PREPOSITIONS
        and all(one.text not in lexicon.bodies for one in words[index:stop])
    ):
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="admin1"), "area", prep))
        return
    if prep == "of" and index > 1 and words[index - 2].text.casefold() in lexicon.areas and stop - index <= 3:
        here = words[index - 3].text.casefold() if index > 2 else ""
        at = index - 4
        while here not in STRONG and at >= 0 and index - at < FARTHEST_PREPOSITION and words[at + 1].glued:
            here = words[at].text.casefold()  # "near the small village of X"
            at -= 1
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="area"), "area", here))
        return
    direct = words[index - 1].text.casefold() if index and first.glued else ""
    if stop - index > 3 or len(name) <= 3 or name.isupper():
        return
    if TOWN_CALLED.search(text, max(0, first.start - 48), first.start):
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="area"), "area", "in"))
    elif direct in ("in", "near", "outside"):
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="area"), "unknown", prep))
    elif (
        direct in ("at", "to", "on", "towards", "reached", "entered", "from") and WHERE.match(text, end, end + 12)
    ) or (direct in STRICKEN and STRIKING.match(text, end, end + 48)):
        here = "at" if direct in STRICKEN else direct
        found.append(PlaceMention(first.start, end, Place(name=name, iso3=None, kind="area"), "unknown", here))


def _a_camp(word: str, prep: str) -> bool:
    """Whether people live in the camp: "at the Gaga camp"; "the Remain camp said" is a party."""
    return word == "camp" and prep in ("at", "inside", "outside", "near")


CAMP_OF: Final = frozenset(("refugee", "displacement", "transit", "migrant", "detention"))
FARTHEST_PREPOSITION: Final = 8
"""Words back from a name in which its preposition is sought."""
WIDE_TAILS: Final = frozenset((
    "Province", "Region", "District", "County", "Governorate", "Oblast", "Prefecture", "Township", "Islands", "Valley",
    "Peninsula", "Territory",
))  # fmt: skip
TOWN_CALLED: Final = re.compile(
    r"\b(?:in|at|near|outside)\s+(?:an?|the|another)\s+(?:[a-z\-]+\s+){0,3}"
    r"(?:town|village|city|hamlet|suburb|district|island|settlement|neighbou?rhood|municipality|province|region),\s+$"
    r"|['’]s\s+(?:[a-z]+\s+){0,2}(?:capital|largest city|main city|main town),\s+$"
)
"""A name that tells which: "in the next town, X"."""
WHERE: Final = re.compile(r",?\s+where\b")
STRICKEN: Final = frozenset((
    "struck", "hit", "attacked", "raided", "stormed", "shelled", "bombed", "overran", "besieged", "torched", "burned",
    "invaded", "flattened", "devastated",
))  # fmt: skip
STRIKING: Final = re.compile(
    r"(?:\s+(?:on\s+|late\s+|early\s+)?\w+day(?:\s+(?:night|morning|evening))?)?,\s+(?:killing|leaving|wounding|injuring|burning"
    r"|destroying|displacing|flattening|forcing|where)\b"
)
"""What follows a town that was struck: "attacked X on Sunday, killing 17"."""
