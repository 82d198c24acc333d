"""Silence is no pass: words and themes planted in speeches are found by `tracker words` and `tracker compare`, and little else is."""

from pathlib import Path

import numpy as np
import pytest
from invented import THEMES, invented_records
from planted_cli import invented_theme, themes_through_the_command_line, words_through_the_command_line
from planted_themes import themes_for
from planted_tools import measured
from planting import cut, read

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"


def speeches(corpus, first="", last="9999"):
    """Real speeches, or invented ones where the corpora are missing."""
    path = CORPORA / corpus / "speeches.jsonl"
    return read(path, first, last) if path.is_file() else invented_records(40)


def themes_of(corpus):
    return themes_for(corpus) if (CORPORA / corpus).is_dir() else THEMES


def real(corpus, first="", last="9999"):
    if not (CORPORA / corpus / "speeches.jsonl").is_file():
        pytest.skip("no ../shared/corpora beside the checkout")
    return read(CORPORA / corpus / "speeches.jsonl", first, last)


def least(rate, trials):
    """A rate, three Monte Carlo errors of that many trials allowed for."""
    return rate - 3 * (rate * (1 - rate) / trials) ** 0.5


def most(rate, trials):
    return rate + 3 * (rate * (1 - rate) / trials) ** 0.5


def test_tripled_words_are_starred_and_hardly_any_other(here):
    rng = np.random.default_rng(21)
    stars = [words_through_the_command_line(speeches("ecb_pressconf"), here / f"w{i}", rng, words=40) for i in range(2)]
    found, planted, false = (sum(getattr(s, name) for s in stars) for name in ("found", "planted", "false"))
    assert found / planted >= 0.15
    assert false <= 0.1 * (found + false)


def test_doubled_themes_are_found_at_ten_and_ten_as_the_counts_say(here):
    rng, themes = np.random.default_rng(22), themes_of("ecb_pressconf")
    corpus, found, false = cut(speeches("ecb_pressconf"), themes), 0, 0
    for i in range(2):
        planted, said = themes_through_the_command_line(corpus, themes, here / f"t{i}", rng)
        assert said == {theme: (one.p, verdict) for theme, (one, _, verdict) in zip(corpus.themes, measured(corpus, planted), strict=True)}
        verdicts = np.array([said[theme][1] for theme in corpus.themes])
        found += (verdicts[planted.draw.planted] == "rose").sum()
        false += (verdicts[planted.draw.planted] == "fell").sum() + np.isin(verdicts[~planted.draw.planted], ["rose", "fell"]).sum()
    assert found >= 1
    assert false == 0


def test_a_theme_that_rises_from_a_tenth_to_sixteen_in_a_hundred_is_found_more_often_than_not(here):
    rng = np.random.default_rng(23)
    assert sum(invented_theme(here / f"r{i}", rng) == "rose" for i in range(4)) >= 2


@pytest.mark.slow
def test_the_rise_from_a_tenth_to_sixteen_in_a_hundred_is_found_in_65_to_85_of_a_hundred_corpora(here):
    rng = np.random.default_rng(24)
    found = sum(invented_theme(here / f"r{i}", rng) == "rose" for i in range(100)) / 100
    assert least(0.65, 100) <= found <= most(0.85, 100)


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize(("corpus", "first", "power"), [("sotu", "1996", 0.15), ("ecb_pressconf", "2006", 0.15), ("ungdc", "2015", 0.03)])
def test_of_words_tripled_in_twenty_pairs_of_halves_enough_are_starred_and_few_stars_are_false(here, corpus, first, power):
    """UN speeches are half as long as State of the Union messages: there only a tenth of the tripled words is found."""
    records, rng = real(corpus, first, "2015" if corpus == "ungdc" else "9999"), np.random.default_rng(25)
    stars = [words_through_the_command_line(records, here / f"w{i}", rng, words=40) for i in range(20)]
    assert sum(s.found for s in stars) / sum(s.planted for s in stars) >= power
    assert np.mean([s.false / max(1, s.false + s.found) for s in stars]) <= 0.10


@pytest.mark.slow
@pytest.mark.shared
def test_of_themes_doubled_in_twenty_pairs_of_halves_some_are_found_and_unchanged_ones_are_left_alone(here):
    corpus, themes, rng = cut(real("ecb_pressconf"), themes_for("ecb_pressconf")), themes_for("ecb_pressconf"), np.random.default_rng(26)
    found, false = [], []
    for i in range(20):
        planted, said = themes_through_the_command_line(corpus, themes, here / f"t{i}", rng)
        verdicts = np.array([said[theme][1] for theme in corpus.themes])
        found.append((verdicts[planted.draw.planted] == "rose").mean())
        false.append(np.isin(verdicts[~planted.draw.planted], ["rose", "fell"]).mean())
    assert np.mean(found) >= 0.04
    assert np.mean(false) <= 0.05
