"""Put the parts of each reading together into a figure."""

from __future__ import annotations

from collections import Counter

from figures.extract.trust import signs_of
from figures.extract.types import Credit, Document, Reading, Sentence, Setting
from figures.lexicon import Lexicon
from figures.model import Figure, RuleUse, figure_id


def to_figures(
    document: Document, readings: list[Reading], credits: list[Credit], settings: list[Setting], lexicon: Lexicon
) -> list[Figure]:
    """One figure a reading, in the order of the text; relations between readings become figure ids."""
    article = document.article
    ids = [_id(document, one) for one in readings]
    figures: dict[str, Figure] = {}
    crowds = Counter(one.quantity.mention.sentence for one in readings if one.tracked)
    for reading, credit, setting, key in zip(readings, credits, settings, ids, strict=True):
        mention = reading.quantity.mention
        sentence = document.sentences[mention.sentence]
        published = article.published_at
        signs = signs_of(
            reading, credit, setting, crowd=crowds[mention.sentence], title=sentence.field == "title",
            metrics=lexicon.metrics,
        )  # fmt: skip
        related = tuple(RuleUse(column=column, rule=column, figure=ids[other]) for column, other in reading.relations)
        figures.setdefault(key, Figure(
            figure_id=key, metric=reading.metric, source=credit.source or article.outlet,
            source_type=credit.source_type, source_relation=credit.source_relation,
            source_mention=credit.source_mention, relayed_by=credit.relayed_by, standing=credit.standing,
            outlet=article.outlet, title=article.title, url=article.url, article_id=article.article_id,
            published_at=published if isinstance(published, str) else None,
            value=mention.value, low=mention.low, high=mention.high, comparator=mention.comparator,
            precision=mention.precision, unit=reading.unit, population=reading.population, party=reading.party,
            place=setting.place, place_role=setting.place_role, iso3=setting.iso3, event=setting.event,
            as_of=setting.as_of, as_of_basis=setting.as_of_basis, period_start=setting.period_start,
            period_end=setting.period_end, aspect=setting.aspect, modality=setting.modality,
            confidence=lexicon.confidence.probability(signs), sentence=sentence.text,
            quote=article.field_text(sentence.field)[mention.start : mention.end], field=sentence.field,
            start=mention.start, end=mention.end,
            rules=(*mention.rules, *reading.rules, *credit.rules, *setting.rules, *related, _evidence(sentence)),
            counted=reading.counted, subject=reading.subject, direction=reading.direction,
        ))  # fmt: skip
    return list(figures.values())


def _evidence(sentence: Sentence) -> RuleUse:
    """Where the evidence sentence stands, so that a report can mark the figure in it without the article."""
    return RuleUse(column="sentence", rule="sentence", start=sentence.start, end=sentence.end)


def _id(document: Document, reading: Reading) -> str:
    mention = reading.quantity.mention
    field = document.sentences[mention.sentence].field
    return figure_id(document.article.article_id, field, mention.start, mention.end, reading.metric)
