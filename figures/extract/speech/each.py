"""Give each number of a list to the body of its own country: "Chile sent 305 and Peru 27, their governments said"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from figures.extract.speech.cast import Speaker
from figures.extract.speech.page import Page, Said

EACH: Final = re.compile(
    r"(?:their|the two|the three|the four|both|the respective|respective|the|national)\s+"
    r"(?:own\s+|respective\s+|national\s+)?"
    r"(?P<body>governments|armies|police forces|health ministries|foreign ministries|interior ministries"
    r"|defence ministries|defense ministries|health authorities|authorities|embassies)"
    r"(?: of (?:the|these|those|both) (?:\w+ )?(?:countries|states|nations))?",
    re.IGNORECASE,
)
BODY: Final = {
    # what each of several bodies is called alone
    "governments": "government", "authorities": "government", "armies": "army", "police forces": "police",
    "health ministries": "Health Ministry", "foreign ministries": "Foreign Ministry",
    "interior ministries": "Interior Ministry", "defence ministries": "Ministry of Defence",
    "defense ministries": "Ministry of Defence", "health authorities": "Health Ministry", "embassies": "embassy",
}  # fmt: skip


def each_its_own(page: Page, said: Said, position: int, spot: int) -> Said:
    """The statement with the body of the country that is named last before the number, or next behind it.

    "Ghana lost 305 people, Benin 27 and Togo 19, according to their governments". Holds where the sentence names at
    least two countries; else the statement stays as it is.
    """
    found = EACH.fullmatch(said.mention) if said.mention else None
    sentence = page.document.sentences[position]
    if found is None or said.statement.sentence != position:
        return said
    own = found["body"].casefold()
    named = []
    for at, token in enumerate(sentence.tokens):
        if not token.text[0].isupper() or said.statement.opens <= token.start < said.statement.closes:
            continue
        pair = sentence.tokens[at + 1].text if at + 1 < len(sentence.tokens) else ""
        home = page.cast.country_of(f"{token.text} {pair}") or page.cast.country_of(token.text)
        if home is not None:
            named.append((token.start, home))
    if len({home for _, home in named}) < 2:
        return said
    before = [home for start, home in named if start < spot]
    adjective = page.cast.adjective(before[-1] if before else named[0][1])
    if adjective is None:
        return said
    name = f"{adjective} {BODY[own]}"
    known = page.lexicon.sources.source(name)
    kind = "military" if own in {"armies", "defence ministries", "defense ministries"} else "government"
    heads = frozenset(BODY[own].casefold().split())
    if known is not None:
        return replace(said, speaker=page.cast.known(known))
    return replace(
        said,
        speaker=Speaker(
            name=name, type="military" if kind == "military" else "government", side=adjective, heads=heads
        ),
    )
