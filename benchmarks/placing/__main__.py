"""Measure the choice of places against gold, and fit its weights anew.

``python -m benchmarks.placing`` prints, for each gold file, the share of scored places that are right: of what the
rules chose, of the packaged weights, and of weights fitted on the other files alone. Other gold files of the same
format may be named; all are fitted on. ``--write`` writes the weights.

The model is a softmax over the candidates of each figure (figures/extract/scene_candidates.py), ridge-penalised, fitted
by Newton's method. Several candidates may be right ("Regent", "Freetown", "Sierra Leone"); which of them is learned is
left to the model (EM). What a figure may inherit depends on what those before it were given: the fit sees each article
twice, as the rules alone read it and as the packaged weights do. On files that rules were written on, the rules look
better than they are: there each rule has a level of its own, which is dropped, and a figure counts less.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np

from figures.extract.assemble import to_figures
from figures.extract.attribution import find_credits
from figures.extract.floors import apply_floors
from figures.extract.metrics import find_readings
from figures.extract.numbers import find_numbers
from figures.extract.scene_candidates import Candidate
from figures.extract.scene_names import PlaceChoice
from figures.extract.sentences import find_sentences
from figures.extract.settings import find_settings
from figures.extract.units import resolve_units
from figures.lexicon import Lexicon, default_lexicon
from figures.lexicon.placing import PlacingLexicon
from figures.model import Article

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "tests/gold/figures"
CORPUS: Final = ROOT / "tests/corpus/settings"
TUNED: Final = frozenset(("open", "second", "third", "seed", "syria", "world_a", "world_b", "corpus"))
"""Files that rules of place were written on."""
TUNED_WEIGHT: Final = 0.9
"""What a figure of such a file counts beside one of the others."""
RIDGE: Final = 1.0
CROWDING: Final = 0.5
"""Figures of one article are right and wrong together: ten count as much as three of different ones."""
LEAST: Final = 6  # candidates that must show a sign before it gets a weight
ROUNDS: Final = 40
LEVEL: Final = "tuned: "


class Recorder(PlacingLexicon):
    """Notes the candidates of each figure, and chooses as the weights say."""

    __slots__ = ("seen",)

    def __init__(self, of: PlacingLexicon) -> None:
        super().__init__(margin=of.margin, weights=of.weights)
        object.__setattr__(self, "seen", {})

    def choose(self, candidates: Sequence[Any], of: tuple[int, str] | None = None) -> int:
        self.seen[of] = tuple(candidates)
        return super().choose(candidates)


@dataclass(frozen=True, slots=True)
class Case:
    """The candidates of one figure, which of them are right."""

    file: str
    article: str
    quote: str
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]
    expected: Any


def cases(paths: Sequence[Path], lexicon: Lexicon) -> list[Case]:
    """The scored places of gold articles, with their candidates under the lexicon's weights."""
    sys.path.insert(0, str(ROOT / "tests/gold"))
    import scoring

    found: list[Case] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                found += _of_article(path.stem, json.loads(line), lexicon, scoring)
    return found


def corpus(lexicon: Lexicon) -> list[Case]:
    """The places of the corpus of phrasings: one figure a text."""
    found = []
    for path in sorted(CORPUS.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            if "place" not in one["expect"]:
                continue
            article = {"title": one.get("title"), "published_at": one.get("published", "2023-06-15") or None}
            for text in one["texts"]:
                rows, record = _read({**article, "text": text, "outlet": "The Valley Post"}, lexicon)
                number = one.get("number", "27")
                row = next((row for row in rows if number in row["quote"] and row["field"] == "text"), None)
                candidates = record.get((row["start"], row["metric"]), ()) if row is not None else ()
                right = tuple((each.choice.name or "") == one["expect"]["place"] for each in candidates)
                if candidates:
                    found.append(Case("corpus", text, number, candidates, right, one["expect"]["place"]))
    return found


def _read(
    article: Mapping[str, Any], lexicon: Lexicon
) -> tuple[list[dict[str, Any]], dict[tuple[int, str], tuple[Candidate, ...]]]:
    """The rows of an article and the candidates of each, by where it stands and what it counts."""
    recorder = Recorder(lexicon.placing)
    lexicon = replace(lexicon, placing=recorder)
    names = ("article_id", "text", "outlet", "published_at", "url")
    of = Article(**{name: article.get(name) for name in names}, title=article.get("title") or "")
    document = find_sentences(of)
    readings = find_readings(document, resolve_units(document, find_numbers(document, lexicon), lexicon), lexicon)
    credits = find_credits(document, readings, lexicon)
    readings, credits = apply_floors(document, readings, credits, lexicon.floors)
    settings = find_settings(document, readings, credits, lexicon)
    rows = [one.to_row() for one in to_figures(document, readings, credits, settings, lexicon)]
    return rows, recorder.seen


def _of_article(file: str, article: Mapping[str, Any], lexicon: Lexicon, scoring: Any) -> Iterable[Case]:
    rows, record = _read(article, lexicon)
    free = [row for row in rows if row["field"] == "text"]
    for gold in sorted(article["figures"], key=lambda one: bool(one.get("optional"))):
        same = [row for row in free if scoring.overlap(gold, row) and scoring.same_number(gold, row)]
        taken = max(same, key=lambda row: scoring.agreement(gold, row), default=None)
        if taken is None:
            continue
        free = [row for row in free if row is not taken]
        if gold.get("optional") or "place" not in gold:
            continue
        candidates = record.get((taken["start"], taken["metric"]), ())
        if not candidates:  # the words said that no single place holds it
            candidates = (Candidate(PlaceChoice(taken["place"]), {}),)
        right = tuple(scoring.accepts(gold["place"], one.choice.name) for one in candidates)
        yield Case(file, article["article_id"], gold["quote"], candidates, right, gold["place"])


def signs_of(case: Case, candidate: Candidate) -> dict[str, float]:
    """A candidate's signs, with the levels of files that rules were written on."""
    if case.file not in TUNED:
        return candidate.signs
    return candidate.signs | {
        LEVEL + sign: value for sign, value in candidate.signs.items() if sign.startswith("rule: ")
    }


def fit(rows: Sequence[Case]) -> dict[str, float]:
    """Weights by Newton's method; what is right of several is taken as the model now believes (EM)."""
    rows = [one for one in rows if any(one.right) and not all(one.right)]
    counts = Counter(sign for one in rows for candidate in one.candidates for sign in signs_of(one, candidate))
    signs = sorted(sign for sign, count in counts.items() if count >= LEAST)
    place = {sign: at for at, sign in enumerate(signs)}
    owner = np.repeat(np.arange(len(rows)), [len(one.candidates) for one in rows])
    target = np.array([good for one in rows for good in one.right])
    crowd = Counter((one.file, one.article) for one in rows)
    weight = np.array([crowd[one.file, one.article] ** -CROWDING for one in rows])
    weight[[one.file in TUNED for one in rows]] *= TUNED_WEIGHT
    matrix = np.zeros((len(owner), len(signs)))
    flat = [(one, candidate) for one in rows for candidate in one.candidates]
    for at, (one, candidate) in enumerate(flat):
        for sign, value in signs_of(one, candidate).items():
            if sign in place:
                matrix[at, place[sign]] = value
    starts = np.searchsorted(owner, np.arange(len(rows)))
    penalty = np.full(len(signs), RIDGE)
    weights = np.zeros(len(signs))
    for _ in range(ROUNDS):
        odds = matrix @ weights
        odds -= np.maximum.reduceat(odds, starts)[owner]
        raised = np.exp(odds)
        chance = raised / np.add.reduceat(raised, starts)[owner]
        wanted = np.where(target, raised, 0.0)
        wanted /= np.add.reduceat(wanted, starts)[owner]
        scale = weight[owner]
        slope = matrix.T @ (scale * (wanted - chance)) - penalty * weights
        held = np.add.reduceat(matrix * chance[:, None], starts) * np.sqrt(weight)[:, None]
        bend = (matrix * (scale * chance)[:, None]).T @ matrix - held.T @ held + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-5:
            break
    found = {sign: round(float(one), 3) for sign, one in zip(signs, weights, strict=True)}
    return {sign: one for sign, one in found.items() if not sign.startswith(LEVEL) and one}


def right(rows: Sequence[Case], placing: PlacingLexicon) -> list[bool]:
    """Whether each figure's place is right under weights."""
    return [one.right[placing.choose(one.candidates)] for one in rows]


def write(weights: Mapping[str, float]) -> None:
    """Replace the weights of the packaged file, keeping its head."""
    path = Path(str(resources.files("figures.lexicon") / "data" / "placing.toml"))
    head = path.read_text(encoding="utf-8").split("[weights]")[0]
    lines = [f'"{sign}" = {weight}' for sign, weight in sorted(weights.items())]
    path.write_text(f"{head}[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the tables; write the weights where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.placing", description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, help="other gold to fit and to judge on")
    parser.add_argument("--write", action="store_true", help="fit on all of it and write the weights")
    options = parser.parse_args()
    lexicon = default_lexicon()
    paths = [*(one for one in sorted(FOLDER.glob("*.jsonl")) if one.stem != "kept"), *options.gold]
    bare = replace(lexicon, placing=replace(lexicon.placing, weights={}))
    ruled = cases(paths, bare) + corpus(bare)
    rows = cases(paths, lexicon) + corpus(lexicon)
    print("file          places   rules   packaged   fitted on the other files   a right candidate")
    for path in paths:
        held = [one for one in rows if one.file == path.stem]
        apart = fit([one for one in (*ruled, *rows) if one.file != path.stem])
        chained = replace(lexicon, placing=replace(lexicon.placing, weights=apart))
        shares = (
            np.mean([one.right[0] for one in ruled if one.file == path.stem]),
            np.mean(right(held, lexicon.placing)),
            np.mean(right(cases([path], chained), chained.placing)),
            np.mean([any(one.right) for one in held]),
        )
        print(f"{path.stem:<14}{len(held):>6}   " + "      ".join(f"{one:.3f}" for one in shares))
    if options.write:
        write(fit([*ruled, *rows]))


if __name__ == "__main__":
    main()
