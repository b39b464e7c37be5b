"""What the words beside a number say of whom it counts."""

from __future__ import annotations

import pytest

from figures.lexicon import default_lexicon
from figures.reconcile.wording import contender, nation, on_top


@pytest.mark.parametrize(
    ("sentence", "quote", "name"),
    [
        ("Amara Diallo took 41% of the vote.", "41%", "diallo"),
        ("In the runoff Mr. Diallo took 41% of the vote.", "41%", "diallo"),
        ("Diallo won 52%, Oumar Traore 41% and the rest nothing.", "41%", "traore"),
        ("The Greens came in first: 41% against 29% for Labour, a poll said.", "29%", "labour"),
        ("Traore's candidate, Awa Keita, came third with 9.5 percent.", "9.5 percent", "keita"),
        ("According to the board, Awa Keita received 9.5 percent.", "9.5 percent", "keita"),
        ("It came to 41% in the end.", "41%", None),
        ("Nationwide 41% stayed at home.", "41%", None),
        ("Traore's 41% was a surprise.", "41%", None),
    ],
)
def test_a_share_belongs_to_the_name_before_it(sentence: str, quote: str, name: str | None) -> None:
    assert contender(sentence, quote, sentence.find(quote)) == name


@pytest.mark.parametrize(
    ("sentence", "quote", "iso3"),
    [
        ("36 Pakistanis are dead.", "36", "PAK"),
        ("464 Iranian pilgrims died.", "464", "IRN"),
        ("Three young Kenyan nurses were among the 40 dead: 3 Kenyan nurses.", "3", "KEN"),
        ("Iran has lost 239, its office reported.", "239", "IRN"),
        ("Mali lost 305 people, Nigeria 274 and Egypt 190.", "274", "NGA"),
        ("Mali lost 305 people, Nigeria 274 and Egypt 190.", "190", "EGY"),
        ("In Iran 239 people died.", "239", None),
        ("239 people died in Iran.", "239", None),
        ("Visitors from Mali, Nigeria and Egypt bought 190 tickets.", "190", None),
        ("Ships left the 12 Japanese Sea ports.", "12", None),
    ],
)
def test_a_number_of_one_nation_s_people(sentence: str, quote: str, iso3: str | None) -> None:
    assert nation(sentence, quote, sentence.find(quote), default_lexicon().settings) == iso3


@pytest.mark.parametrize(
    ("sentence", "quote", "yes"),
    [
        ("2,000 people were hurt, besides 5,000 members of the forces.", "5,000", True),
        ("In addition to some 40 villagers, 12 soldiers died.", "40", True),
        ("In addition to some 40 villagers, 12 soldiers died.", "12", False),
        ("5,000 were hurt beside the road.", "5,000", False),
    ],
)
def test_a_number_on_top_of_another(sentence: str, quote: str, yes: bool) -> None:
    assert on_top(sentence, sentence.find(quote)) is yes
