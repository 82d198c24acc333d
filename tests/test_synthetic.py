"""The simulator: what it plants is there, and it is as uneven as real speeches are."""

import re

import numpy as np
import pytest
from scipy import special, stats

from tracker.synthetic import FILLER, LINKS, PLANTED, Lengths, PlantedTheme, logit_centre, simulate_events, simulate_speeches


@pytest.fixture(scope="module")
def corpus():
    return simulate_speeches(12, 12, rng=np.random.default_rng(4))


@pytest.mark.parametrize(("mean", "tau"), [(0.1, 0.4), (0.003, 0.45), (0.1, 0.8), (0.5, 2.0), (0.02, 0.0)])
def test_the_centre_gives_exactly_the_mean(mean, tau):
    mu = logit_centre(mean, tau)
    z = np.linspace(-9, 9, 20_001)
    integral = np.sum(special.expit(mu + tau * z) * stats.norm.pdf(z)) * (z[1] - z[0])
    assert integral == pytest.approx(mean, rel=1e-6)


@pytest.mark.parametrize(("mean", "tau"), [(0, 0.4), (1, 0.4), (0.1, -1)])
def test_a_mean_or_spread_that_cannot_be_is_refused(mean, tau):
    with pytest.raises(ValueError, match=f"mean must lie between 0 and 1 and tau not below 0, not {mean} and {tau}"):
        logit_centre(mean, tau)


@pytest.mark.parametrize("settings", [{"silent": 1.0}, {"rho": 1.0}, {"rho": -0.1}])
def test_shares_of_silence_or_correlation_outside_their_range_are_refused(settings):
    with pytest.raises(ValueError, match="silent and rho must lie in 0"):
        simulate_events(3, 0.1, 0.4, rng=np.random.default_rng(1), **settings)


@pytest.mark.parametrize("settings", [{}, {"silent": 0.5}, {"rho": 0.0}, {"lengths": Lengths(3, 20, 0)}])
def test_the_mean_share_is_the_one_asked_for(settings):
    hits, tokens = simulate_events(40_000, 0.05, 0.4, rng=np.random.default_rng(2), **settings)
    shares = hits / tokens
    assert shares.mean() == pytest.approx(0.05, abs=3.5 * shares.std() / 200)


def test_logit_shares_vary_between_events_as_much_as_asked():
    hits, tokens = simulate_events(4000, 0.1, 0.4, rho=0.0, lengths=Lengths(400, 60, 0), rng=np.random.default_rng(3))
    assert special.logit(hits / tokens).std() == pytest.approx(0.4, abs=0.02)


def test_passages_are_as_overdispersed_as_real_ones():
    hits, tokens = simulate_events(20_000, 0.1, 0.0, lengths=Lengths(1, 60, 0), rng=np.random.default_rng(3))
    phi = np.var(hits) / (60 * 0.1 * 0.9)
    assert phi == pytest.approx(1 + 59 * 0.027, abs=0.12)
    assert set(tokens) == {60}


def test_lengths_are_lognormal_around_their_median():
    _, tokens = simulate_events(20_000, 0.1, 0.4, rng=np.random.default_rng(5))
    assert np.median(tokens) == 600
    assert np.log(tokens).std() == pytest.approx(0.5, abs=0.03)


def test_silent_events_are_as_many_as_asked():
    hits, _ = simulate_events(5000, 0.1, 0.4, silent=0.5, rng=np.random.default_rng(6))
    assert (hits == 0).mean() == pytest.approx(0.5, abs=0.03)


def test_the_same_generator_gives_the_same_events_and_speeches():
    first, second = (simulate_events(9, 0.1, 0.4, rng=np.random.default_rng(7)) for _ in range(2))
    assert all((a == b).all() for a, b in zip(first, second, strict=True))
    assert simulate_speeches(2, 2, rng=np.random.default_rng(7)) == simulate_speeches(2, 2, rng=np.random.default_rng(7))


def test_the_truth_is_what_stands_in_the_text(corpus):
    links = {word for link in LINKS for word in link.split()}
    for speech in corpus.speeches:
        words = re.findall("[a-z]+", speech.text.lower())
        assert tuple(sum(w in theme.words for w in words) for theme in corpus.themes) == speech.hits
        assert sum(w not in links for w in words) == speech.tokens
        assert {w for w in words if w not in links} <= {*FILLER, *(w for t in PLANTED for w in t.words)}


def test_speeches_are_dated_in_order_through_two_years(corpus):
    days = [s.day for s in corpus.speeches]
    assert days == sorted(set(days))
    assert {(s.side, s.day.year) for s in corpus.speeches} == {("before", 2001), ("after", 2002)}
    assert len({s.key for s in corpus.speeches}) == 24


def test_a_speech_is_made_of_sentences_and_paragraphs(corpus):
    text = corpus.speeches[0].text
    assert all(paragraph.startswith("The ") and paragraph.endswith(".") for paragraph in text.split("\n\n"))


def test_the_themes_can_be_written_as_a_file_of_themes(corpus):
    import tomllib

    themes = tomllib.loads(corpus.themes_toml())["themes"]
    assert themes["harbour"] == {"label": "Harbours", "terms": ["harbour", "quay", "lighthouse", "ferry"]}
    assert list(themes) == ["harbour", "orchard", "railway"]


def test_the_planted_shift_can_be_recovered():
    from tracker.measures.shift import shift

    rng, held, found = np.random.default_rng(8), [], {theme.id: [] for theme in PLANTED}
    for _ in range(40):
        made = simulate_speeches(6, 6, rng=rng)
        for theme in PLANTED:
            result = shift(*made.counts(theme.id, "before"), *made.counts(theme.id, "after"))
            held.append(result.ratio.low <= theme.after / theme.before <= result.ratio.high)
            found[theme.id].append(result.p <= 0.05)
    assert np.mean(held) >= 0.89  # .95 less three Monte Carlo errors of 120 intervals
    assert np.mean(found["harbour"] + found["orchard"]) >= 0.8
    assert np.mean(found["railway"]) <= 0.15


def test_a_word_in_two_themes_is_refused():
    themes = (PLANTED[0], PlantedTheme("sea", "Sea", ("quay",), 0.1, 0.1))
    with pytest.raises(ValueError, match="stands in another theme or in the filler"):
        simulate_speeches(1, 1, themes=themes, rng=np.random.default_rng(1))


@pytest.mark.parametrize(("n", "share"), [(0, 0.1), (366, 0.1), (1, 0.6)])
def test_too_much_planted_or_too_many_speeches_are_refused(n, share):
    with pytest.raises(ValueError, match=r"a side needs 1-365 speeches, and themes of \.5 of the text at most"):
        simulate_speeches(n, 1, themes=(PlantedTheme("sea", "Sea", ("surf",), share, 0.1),), rng=np.random.default_rng(1))
