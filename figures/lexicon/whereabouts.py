"""Tell in which countries a place of some name lies: districts, municipalities and small towns that news names alone.

The names stand in ``data/whereabouts.tsv.gz``, one a line: key, a tab, the countries by ISO 3166-1 alpha-3. They come
from GeoNames (CC BY 4.0), written by ``python -m benchmarks.whereabouts``. The table is searched as it stands, because
an index of its 178,000 names would take ten times its memory. It makes no word a place; it says where one lies.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from figures.lexicon.settings import place_key

KIND_BEFORE: Final = re.compile(
    r"^(?:(?:provincia|departamento|distrito|municipio|canton|partido|estado|region|departement|arrondissement|cercle"
    r"|prefecture|sous prefecture|district|commune|kabupaten|kota|kota administrasi|powiat|kreis|landkreis|huyen"
    r"|thanh pho|thi xa|quan|tinh|changwat|amphoe|wilaya|wilayat|gouvernorat|gobernacion|raion|rayon|okrug|opcina"
    r"|obshtina|comuna|concelho|provinsi|provincie|provinz|province|county|oblast|city|municipality|parroquia"
    r"|muhafazat|mudiriyat|nahiyat|daira|dairat|gorodskoy okrug|mkoa wa|camp|village|town|island)"
    r"(?: (?:de los|de las|de la|de|del|do|da|dos|das|di|du|des|of))? )"
)
KIND_AFTER: Final = re.compile(
    r" (?:district|province|county|regency|city|special woreda|woreda|zone|region|division|department|governorate"
    r"|municipality|prefecture|township|oblast|raion|rayon|okrug|district municipality|metropolitan municipality"
    r"|local municipality|parish|sub county|subcounty|upazila|tehsil|taluk|cercle|canton|shi|gun|ken|qu|xian|shiqu"
    r"|diqu|zizhiqu|zizhizhou|state|area|village|islands|island|territory|commune|locality|lga|camp|town|rayonu)$"
)
SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The countries that have a place of a name; ``sure`` where it is a district or a town of 15,000 and more."""

    countries: tuple[str, ...] = ()
    sure: bool = False


def bare_key(name: str) -> str:
    """The key of a name without the words for its kind: "Distrito de Ica", "Ica Province" → "ica"."""
    key = place_key(name)
    for _ in range(3):
        shorter = KIND_AFTER.sub("", KIND_BEFORE.sub("", key))
        if shorter == key or len(shorter) < SHORTEST:
            break
        key = shorter
    return key


@lru_cache(maxsize=4096)
def find_whereabouts(name: str) -> Whereabouts:
    """The countries where a place of that name lies, as written or without "District", "Kabupaten" …."""
    for key in dict.fromkeys((bare_key(name), place_key(name))):
        if len(key) < SHORTEST:
            continue
        found = _line(key)
        if found:
            return Whereabouts(tuple(found.lstrip("~").split(",")), not found.startswith("~"))
    return Whereabouts()


def _line(key: str) -> str:
    """What the table says of a key: a binary search over the sorted lines."""
    table = _table()
    wanted = key.encode()
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", 0, (low + high) // 2) + 1
        stop = table.find(b"\n", start)
        here, _, countries = table[start:stop].partition(b"\t")
        if here == wanted:
            return countries.decode()
        if here < wanted:
            low = stop + 1
        else:
            high = start
    return ""


@cache
def _table() -> bytes:
    return gzip.decompress((files("figures.lexicon") / "data" / "whereabouts.tsv.gz").read_bytes())
