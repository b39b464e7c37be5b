"""What rounding leaves open, and how far two intervals lie apart."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.reconcile.bounds import digits, gap, is_round, margin, significant_digits, widened

INF = math.inf
NAN = math.nan


def bounds(
    value: float, low: float, high: float, precision: float, comparator: str, **kind: bool
) -> tuple[float, float]:
    lower, upper = widened(value, low, high, precision, comparator, **kind)
    return float(lower[0]), float(upper[0])


@pytest.mark.parametrize(
    ("expected", "value", "precision"),
    [
        ((498, 498), 498, 1),
        ((1800, 2200), 2000, 1000),  # never more than a tenth
        ((4455, 4465), 4460, 10),
        ((1_450_000, 1_550_000), 1_500_000, 100_000),
        ((60, 60), 60, 10),  # heads below a hundred are counted
        ((2.45, 2.55), 2.5, 0.1),
        ((0, 0), 0, 1),
    ],
)
def test_bare_numbers_are_widened_by_their_roundness(
    expected: tuple[float, float], value: float, precision: float
) -> None:
    assert bounds(value, value, value, precision, "exact") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("expected", "value", "precision", "measured"),
    [
        ((85, 95), 90, 10, False),
        ((72.5, 77.5), 75, 5, False),
        ((31.5, 32.5), 32, 1, False),
        ((43.55, 43.65), 43.6, 0.1, False),
        ((100, 100), 100, 100, False),
        ((89.5, 90.5), 90, 10, True),
        ((66.25, 66.35), 66.3, 0.1, True),
    ],
)
def test_percentages(expected: tuple[float, float], value: float, precision: float, measured: bool) -> None:
    found = bounds(value, value, value, precision, "exact", percent=True, measured=measured)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("expected", "value", "low", "high", "precision", "comparator"),
    [
        ((1800, INF), 2000, 2000, INF, 1000, "more_than"),
        ((90, INF), 100, 100, INF, 100, "at_least"),
        ((0, 330), 300, 0, 300, 100, "at_most"),
        ((0, 50), 50, 0, 50, 10, "less_than"),
        ((425, 500), 500, 425, 500, 100, "nearly"),
        ((500, 575), 500, 500, 575, 100, "just_over"),
        ((4964, 6716), 5840, 4964, 6716, 10, "approximately"),
        ((90, 330), NAN, 100, 300, 100, "between"),
        ((24, 990), NAN, 24, 99, 1, "vague"),  # the upper end of "dozens" is soft
        ((3, 90), NAN, 3, 9, 1, "vague"),  # and so is that of "several"
    ],
)
def test_comparators(
    expected: tuple[float, float], value: float, low: float, high: float, precision: float, comparator: str
) -> None:
    assert bounds(value, low, high, precision, comparator) == pytest.approx(expected)


def test_words_that_make_a_round_number_exact() -> None:
    assert bounds(2000, 2000, 2000, 1000, "exact", exact=True) == (2000, 2000)


def test_measured_rates_that_are_no_percentage_widen_by_half_their_last_place() -> None:
    assert float(margin(*map(np.array, ([7.0], [0.1], [False], [True])))[0]) == pytest.approx(0.05)


def test_a_count_is_never_widened_below_nothing_but_a_signed_number_keeps_its_sign() -> None:
    assert bounds(NAN, 0, 300, 100, "between") == (0, 330)
    assert bounds(-200, -200, -200, 100, "exact") == pytest.approx((-220, -180))


@pytest.mark.parametrize(
    ("expected", "a", "b", "scale"),
    [
        (0.0, (10, 20), (20, 30), NAN),  # touching
        (0.0, (10, INF), (500, 500), NAN),
        (1 - 498 / 4964, (498, 498), (4964, 6716), NAN),
        (1.0, (0, 0), (5, 5), NAN),
        (0.5, (50, 50), (100, 100), NAN),
        (0.05, (11.05, 11.15), (11.65, 11.75), 10.0),
        (1.0, (-50, -40), (20, 30), 10.0),
        (1.0, (-50, -40), (20, 30), NAN),
    ],
)
def test_gap(expected: float, a: tuple[float, float], b: tuple[float, float], scale: float) -> None:
    assert float(gap(*a, *b, scale)[0]) == pytest.approx(expected)
    assert float(gap(*b, *a, scale)[0]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("expected", "value", "precision"),
    [
        ("498", 498, 1), ("2", 2000, 1000), ("446", 4460, 10), ("104", 1_040_000, 10_000), ("436", 43.6, 0.1),
        ("", 0, 1), ("", INF, 1), ("7", 7, NAN),
    ],
)  # fmt: skip
def test_digits(expected: str, value: float, precision: float) -> None:
    assert digits(value, precision) == expected
    assert significant_digits(value, precision) == len(expected)


def test_round_numbers() -> None:
    assert is_round(2000, 1000)
    assert not is_round(60, 10)
    assert not is_round(498, 1)


interval = st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(lambda pair: (min(pair), max(pair)))


@given(interval, interval, st.floats(0, 1e3), st.floats(0, 1e3))
def test_wider_bounds_never_lie_further_apart(
    a: tuple[float, float], b: tuple[float, float], below: float, above: float
) -> None:
    narrow = float(gap(*a, *b)[0])
    assert float(gap(max(a[0] - below, 0), a[1] + above, *b)[0]) <= narrow
    assert 0.0 <= narrow <= 1.0
    assert narrow == float(gap(*b, *a)[0])


@given(st.floats(1, 1e9), st.integers(0, 8))
def test_widening_never_narrows(value: float, places: int) -> None:
    lower, upper = bounds(value, value, value, 10.0**places, "exact")
    assert lower <= value <= upper
    assert upper - lower <= 0.2 * value + 1e-6
