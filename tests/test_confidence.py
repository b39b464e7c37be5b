"""Confidence says how often rows like this one were read rightly."""

from __future__ import annotations

from dataclasses import replace

from figures.extract import extract
from figures.lexicon import default_lexicon
from figures.lexicon.confidence import ConfidenceLexicon
from figures.model import Article, Figure


def read(text: str) -> list[Figure]:
    return extract(Article(text=text, outlet="Anvil Wire", published_at="2023-02-08"))


def test_a_core_metric_is_surer_than_a_noun_that_no_file_knows() -> None:
    sure, less = read("The police in Adana said 45 people were killed on Monday, and that 45 lanterns were lost.")
    assert sure.metric == "deaths"
    assert sure.confidence > less.confidence


def test_confidence_is_a_probability_and_never_certainty() -> None:
    for one in read("Turkey's disaster agency AFAD said on Monday that at least 1,541 people were killed in Turkey."):
        assert 0 < one.confidence <= default_lexicon().confidence.ceiling < 1


def test_a_sign_without_a_weight_changes_nothing() -> None:
    weights = ConfidenceLexicon(intercept=0.0, ceiling=0.97, definite_victim=0.4, weights={"known": 1.0})
    assert weights.probability(()) == weights.probability(("never fitted",)) == 0.5
    assert weights.probability(("known",)) == 0.73


def test_a_definite_victim_stays_low_whatever_else_is_known() -> None:
    weights = ConfidenceLexicon(intercept=5.0, ceiling=0.97, definite_victim=0.4, weights={})
    assert weights.probability(("metric: definite victim",)) == 0.4
    assert weights.probability(("metric: direct",)) == 0.97


def test_the_weights_come_with_the_lexicon() -> None:
    lexicon = default_lexicon()
    flat = replace(lexicon, confidence=ConfidenceLexicon(intercept=0.0, ceiling=0.97, definite_victim=0.4, weights={}))
    article = Article(text="Forty people were killed in Adana.", outlet="Anvil Wire", published_at="2023-02-08")
    (fitted,), (plain,) = extract(article, lexicon), extract(article, flat)
    assert plain.confidence == 0.5
    assert fitted == replace(plain, confidence=fitted.confidence)
