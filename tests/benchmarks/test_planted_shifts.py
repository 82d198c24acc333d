"""The pieces of the benchmark of planted shifts: what is planted is there, what is not planted stays, and every tool is asked as it should be."""

import math

import numpy as np
import pytest
from invented import THEMES, WORDS, invented_records
from planted_cli import compared
from planted_page import Cell, Check, Measured, page
from planted_shifts import Outcome, outcome, rates, run, spread
from planted_themes import ECONOMY, POLITICS, themes_for, themes_toml
from planted_tools import TOOLS, fighting_words, fit_topics, measured, passages, token_g2, topic_shares
from planting import Draw, Planted, cut, drawn, frequent_words, keeping, moved, thinned, with_words_thinned
from scipy import stats

from tracker.lexicon.themes import parse_themes


@pytest.fixture(scope="module")
def corpus():
    return cut(invented_records(80), THEMES)


def draw_of(corpus, *names, n=40):
    """All speeches of the corpus, the themes named planted."""
    days = tuple(record["date"] for record in corpus.records[: 2 * n])
    return Draw(np.arange(2 * n), np.arange(2 * n) >= n, np.isin(corpus.themes, names), days)


def shares(corpus, planted):
    hits, tokens = planted.counts(corpus)
    after = planted.draw.after
    return [hits[side].sum(axis=0) / tokens[side].sum() for side in (~after, after)]


def test_sentences_together_have_the_words_of_the_speeches(corpus):
    assert corpus.tokens.sum() == sum(60 * (record["text"].count("\n\n") + 1) for record in corpus.records)
    assert corpus.terms.sum() == corpus.tokens.sum()
    assert [corpus.vocabulary[i] for i in np.flatnonzero(corpus.of_theme[0])] == sorted(WORDS["harbour"])


def test_in_expectation_the_wanted_share_of_every_planted_themes_words_stays():
    hits = np.array([[2, 0, 0], [1, 1, 0], [0, 3, 0], [4, 0, 1], [0, 0, 2], [3, 0, 0], [0, 0, 0]])
    stays = keeping(hits, np.array([True, True, False]), 0.6)
    assert stays[[3, 4, 6]].tolist() == [1, 1, 1]  # a word of the theme that is left alone, and no theme at all
    assert stays @ hits[:, :2] == pytest.approx(0.6 * hits[:, :2].sum(axis=0))


@pytest.mark.parametrize("way", [thinned, moved])
@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_planted_themes_come_out_as_strong_as_asked(corpus, way, factor):
    draw = draw_of(corpus, "harbour", "railway")
    ratios = []
    for i in range(16):
        before, after = shares(corpus, way(corpus, draw, factor=factor, rng=np.random.default_rng(i)))
        ratios.append(np.log(after / before)[draw.planted])
    own = np.divide(*shares(corpus, Planted(draw, [corpus.sentences(i) for i in draw.speeches]))[::-1])[draw.planted]  # what chance made of them
    assert np.exp(np.mean(ratios, axis=0)) / own == pytest.approx(factor, rel=0.1)


@pytest.mark.parametrize("way", [thinned, moved])
def test_the_other_themes_keep_every_word_in_every_speech(corpus, way):
    draw = draw_of(corpus, "harbour", "railway")
    hits, _ = way(corpus, draw, factor=2.0, rng=np.random.default_rng(1)).counts(corpus)
    whole, _ = Planted(draw, [corpus.sentences(i) for i in draw.speeches]).counts(corpus)
    assert (hits[:, ~draw.planted] == whole[:, ~draw.planted]).all()


def test_thinning_costs_both_sides_as_much(corpus):
    draw = draw_of(corpus, "orchard", "railway")
    whole = Planted(draw, [corpus.sentences(i) for i in draw.speeches]).counts(corpus)[1]
    left = thinned(corpus, draw, factor=2.0, rng=np.random.default_rng(2)).counts(corpus)[1] / whole
    assert 0.5 < left[draw.after].mean() < 0.95
    assert left[draw.after].mean() == pytest.approx(left[~draw.after].mean(), abs=0.03)


def test_moving_loses_no_sentence_and_keeps_lengths(corpus):
    draw = draw_of(corpus, "orchard", "railway")
    planted = moved(corpus, draw, factor=2.0, rng=np.random.default_rng(3))
    assert sorted(s for held in planted.texts for s in held) == list(range(len(corpus.texts)))
    whole = Planted(draw, [corpus.sentences(i) for i in draw.speeches])
    assert planted.counts(corpus)[1] == pytest.approx(whole.counts(corpus)[1], rel=0.02)
    assert [i for i, (a, b) in enumerate(zip(planted.texts, whole.texts, strict=True)) if a != b]


def test_days_are_dealt_out_so_that_before_comes_before_after(corpus):
    draw = drawn(corpus, 10, np.random.default_rng(4))
    assert (draw.after.sum(), draw.planted.sum(), len(set(draw.speeches.tolist()))) == (10, 3, 20)
    assert max(draw.days[:10]) <= min(draw.days[10:])
    own = drawn(corpus, 10, np.random.default_rng(4), own_days=True)
    assert list(own.days) == [corpus.records[i]["date"] for i in own.speeches]


@pytest.mark.parametrize("n", [6, 21])
def test_the_counts_give_the_p_and_the_verdicts_of_the_command_line(corpus, tmp_path, n):
    rng = np.random.default_rng(5)
    planted = thinned(corpus, drawn(corpus, n, rng), factor=2.0, rng=rng)
    said = compared(tmp_path / "w", planted.records(corpus), themes_toml(THEMES))
    assert said == {theme: (one.p, verdict) for theme, (one, _, verdict) in zip(corpus.themes, measured(corpus, planted), strict=True)}
    assert {verdict for _, verdict in said.values()} & {"rose", "cannot tell"}


def test_token_g2_is_the_likelihood_ratio_over_words_corrected_for_all_themes():
    hits, tokens, after = np.array([[10, 5, 9], [20, 5, 1], [60, 6, 9], [50, 4, 3]]), np.array([500, 500, 700, 300]), np.array([False, False, True, True])
    tables = [[[30, 970], [110, 890]], [[10, 990], [10, 990]], [[10, 990], [12, 988]]]
    p = [stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").pvalue for table in tables]
    assert (np.array(p) < 0.05).tolist() == [True, False, False]
    assert token_g2(hits, tokens, after).tolist() == [1, 0, 0]
    assert token_g2(hits, tokens, ~after).tolist() == [-1, 0, 0]


def test_log_odds_claim_where_z_exceeds_1_96():
    hits, tokens, after = np.array([[100, 100], [124, 132]]), np.array([10_000, 10_000]), np.array([False, True])
    z = []
    for a, b in ((100, 124), (100, 132)):
        prior = 500 * (a + b) / 20_000
        delta = math.log((b + prior) / (10_500 - b - prior)) - math.log((a + prior) / (10_500 - a - prior))
        z.append(delta / math.sqrt(1 / (a + prior) + 1 / (b + prior)))
    assert z[0] < 1.96 < z[1]
    assert fighting_words(hits, tokens, after).tolist() == [0, 1]


def test_passages_hold_sixty_words_and_every_sentence_once(corpus):
    held = passages(corpus, corpus.sentences(0))
    assert [s for passage in held for s in passage] == corpus.sentences(0)
    assert min(corpus.tokens[passage].sum() for passage in held[:-1]) >= 60


def test_topics_see_a_theme_that_rises_and_are_asked_for_the_topic_of_its_words(corpus):
    topics = fit_topics(corpus, topics=6, passes=2)
    planted = moved(corpus, draw_of(corpus, "orchard", "railway"), factor=6.0, rng=np.random.default_rng(6))
    welch, plain = topic_shares(corpus, planted, topics)
    assert set(welch.tolist()) | set(plain.tolist()) <= {-1, 0, 1}
    assert plain[[1, 2]].tolist() == [1, 1]
    assert (np.abs(welch) <= np.abs(plain)).all()


def test_rates_count_a_wrong_sign_as_a_false_claim():
    planted = np.array([True, True, False, False])
    claims = [[1, 0, 0, 0], [1, 1, 0, -1], [-1, 0, 0, 0], [0, 0, 0, 0]]
    counted = rates([Outcome({"x": np.array(c)}, planted, np.ones(4)) for c in claims], "x")
    assert [rate for rate, _ in (counted.found, counted.nulls, counted.false)] == [0.375, 0.125, 0.5]
    assert counted.found[1] == pytest.approx(np.std([0.5, 1, 0, 0], ddof=1) / 2)
    assert rates([Outcome({"x": np.zeros(4)}, planted, np.ones(4))] * 50, "x").false[1] > 0  # none of fifty is not never


def test_a_cell_is_the_same_every_time_and_unlike_the_next(corpus):
    first, again, other = (run(corpus, "x", ("moved", factor, 5), runs=2) for factor in (2.0, 2.0, 1.5))
    assert [one.planted.tolist() for one in first] == [one.planted.tolist() for one in again]
    assert [one.ratio.tolist() for one in first] == [one.ratio.tolist() for one in again]
    assert [one.ratio.tolist() for one in first] != [one.ratio.tolist() for one in other]
    assert list(first[0].claims) == list(TOOLS[:3])


def test_doubled_themes_are_found_and_unchanged_ones_hardly_claimed(corpus):
    rng = np.random.default_rng(8)
    outcomes = [outcome(corpus, moved(corpus, drawn(corpus, 40, rng), factor=2.0, rng=rng)) for _ in range(8)]
    counted = rates(outcomes, TOOLS[0])
    assert counted.found[0] >= 0.8
    assert counted.nulls[0] <= 0.1


def test_how_much_speeches_differ_is_the_sd_over_the_mean(corpus):
    share, relative = spread(corpus)
    speeches = [corpus.hits[corpus.sentences(i), 1].sum() / corpus.tokens[corpus.sentences(i)].sum() for i in range(80)]
    assert (share[1], relative[1]) == pytest.approx((np.mean(speeches), np.std(speeches, ddof=1) / np.mean(speeches)))


def test_words_are_struck_out_in_one_half_alone():
    records = [{"text": "Ports, ports and a port. " * 300 + "Roads stay roads.", "half": half} for half in "ab"]
    a, b = with_words_thinned(records, {"port": "a"}, keep=1 / 3, rng=np.random.default_rng(9))
    assert b == records[1]
    assert a["text"].lower().count("port") == pytest.approx(300, abs=60)
    assert a["text"].endswith("Roads stay roads.")
    assert frequent_words(records, frozenset({"road"}), 4) == ["port"]


@pytest.mark.parametrize("themes", [POLITICS, ECONOMY])
def test_there_are_twenty_four_themes_that_share_no_word(themes):
    assert len(parse_themes(themes_toml(themes), "themes.toml").themes) == 24
    words = " ".join(themes.values()).split()
    assert len(words) == len(set(words))


def test_each_corpus_has_the_themes_of_its_kind():
    assert themes_for("ecb_pressconf") is ECONOMY
    assert themes_for("ungdc") is POLITICS


def test_the_page_holds_every_rate_with_its_error():
    counted = Measured((0.123, 0.01), (0.004, 0.002), (0.05, 0.02))
    cells = [Cell("ungdc", 117, "moved", f, 10, f, dict.fromkeys(TOOLS, counted), ((0.2, (0.5, 1.0)),) * 3, (0.001, 0.02)) for f in (1.2, 2.0)]
    check = Check.of("a rise", [1.0, 0.0, 1.0, 0.0])
    text = page(cells, [check], (23, 24, [check]), [check], runs=(60, 10))
    assert text.count("12.3 ± 1.0 / 0.4 ± 0.2 / 5.0 ± 2.0") == 10
    assert "| a rise | 50.0 ± 28.9 % |" in text
    assert "the same for 23 of 24 themes" in text
    assert "x 1.2 is out of reach" in text
