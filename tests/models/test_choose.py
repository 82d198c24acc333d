import math

import pytest

from tracker.models.choose import Point, best, curve, grid
from tracker.models.fitting import fit_best


def test_the_grid_leaves_thirty_passages_a_topic():
    assert grid(899, 10**6) == (3, 5, 8, 12, 20)
    assert grid(900, 10**6) == (3, 5, 8, 12, 20, 30)
    assert grid(10**6, 6) == (3, 5)
    assert grid(10, 10) == (3,)
    assert grid(2, 2) == (2,)


def test_stability_goes_first_coherence_decides_ties_and_perplexity_guards():
    few, some, many = Point(3, 0.95, 0.05, 2000.0), Point(8, 0.70, 0.10, 1050.0), Point(12, 0.60, 0.20, 1000.0)
    assert best((few, some, many)) == 8
    assert best((few, some, Point(12, 0.68, 0.20, 1000.0))) == 12
    assert best((some, Point(12, 0.69, 0.10, 1000.0))) == 8
    assert best((Point(3, 0.95, 0.05, 1090.0), some, many)) == 3


def test_unknown_figures_leave_the_least_number():
    unknown = math.nan
    assert best((Point(3, unknown, 0.1, unknown), Point(5, unknown, 0.3, unknown))) == 3


@pytest.fixture(scope="module")
def drawn(invented):
    return invented(speeches=30, planted=5)[0]


def test_the_number_that_was_planted_is_chosen_and_the_curve_is_kept(drawn):
    seen = []
    model = fit_best(drawn, engine="lda", random_state=1, passes=1, refits=3, progress=lambda done, of: seen.append((done, of)))
    assert len(model.topics) == 5
    assert seen == [(n, 12) for n in range(1, 13)]
    points = curve(drawn, random_state=1, refits=3)
    assert {f"curve.{p.topics:02d}.stability" for p in points} <= set(model.quality)
    assert model.quality["curve.05.perplexity"] == points[1].perplexity
    assert points[1].stability > max(points[0].stability, points[2].stability)


def test_two_tiny_speeches_get_two_topics(two_speeches):
    assert len(fit_best(two_speeches, engine="lda", random_state=1, passes=1, refits=2).topics) == 2
