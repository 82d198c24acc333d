"""The exchange of very many events over the periods of a series."""

import numpy as np

from tracker.measures.series import exchanged_means, series


def test_of_very_many_events_only_those_above_the_lowest_are_exchanged_and_the_means_scatter_alike(monkeypatch):
    rng = np.random.default_rng(5)
    values = np.where(rng.random(600) < 0.7, 0.0, rng.random(600)) + 0.25
    line = series(values, np.repeat(np.arange(6), [50, 150, 100, 100, 180, 20]))
    plain = np.concatenate(list(exchanged_means(line, 4000, rng=np.random.default_rng(1))))
    monkeypatch.setattr("tracker.measures.series.MANY", 100)
    few = np.concatenate(list(exchanged_means(line, 4000, rng=np.random.default_rng(2))))
    assert few.shape == plain.shape
    sizes = np.array([50, 150, 100, 100, 180, 20])
    np.testing.assert_allclose(few @ sizes / 600, values.mean(), rtol=1e-9)
    np.testing.assert_allclose(few.mean(axis=0), plain.mean(axis=0), atol=0.003)
    np.testing.assert_allclose(few.std(axis=0), plain.std(axis=0), rtol=0.06)
    np.testing.assert_allclose(np.corrcoef(few.T), np.corrcoef(plain.T), atol=0.06)


def test_very_many_equal_events_have_equal_means(monkeypatch):
    monkeypatch.setattr("tracker.measures.series.MANY", 3)
    rows = np.concatenate(list(exchanged_means(series([2.0] * 6, [1, 1, 2, 2, 3, 3]), 5, rng=np.random.default_rng(1))))
    assert rows.tolist() == [[2.0, 2.0, 2.0]] * 5
