from collections import Counter

import numpy as np
import pytest
from scipy.sparse import csr_array

from tracker.matrix import build
from tracker.models.align import hellinger
from tracker.models.fitting import infer
from tracker.models.guided import Guide, fit, guided_start, theme_topic, train
from tracker.models.save import load, save

THEMES = ("harbour", "orchard")


def drawn(random_state: int = 0) -> tuple:
    """Passages of four kinds of 16 words each; a guide knows four words of two kinds. The matrix, the guide and the kind of each passage."""
    rng = np.random.default_rng(random_state)
    words = [[f"{kind}{n:02d}" for n in range(16)] for kind in (*THEMES, "railway", "school")]
    common = [f"common{n:02d}" for n in range(16)]
    units, ids, kinds = [], [], []
    for s in range(10):
        for p in range(8):
            kind = int(rng.integers(4))
            units.append(Counter(str(rng.choice(words[kind] if rng.random() < 0.5 else common)) for _ in range(40)))
            ids.append(f"s{s:02d}/{p:02d}")
            kinds.append(kind)
    speech = [name[:3] for name in ids]
    matrix = build(units, ids, speech, {name: name for name in speech})
    seeds = np.array([[term in words[k][:4] for term in matrix.terms] for k in range(2)])
    return matrix, Guide(THEMES, matrix.counts @ seeds.T.astype(float), seeds), np.array(kinds)


@pytest.fixture(scope="module")
def texts():
    return drawn()


@pytest.fixture(scope="module")
def model(texts):
    return fit(texts[0], texts[1], topics=5, random_state=1, refits=3)


def test_the_start_by_hand():
    counts = csr_array(np.array([[2.0, 2.0, 0.0], [0.0, 0.0, 4.0]]))
    guide = Guide(("tide",), np.array([[2.0], [0.0]]), np.array([[True, False, False]]))
    # squared lifts 4, 4 and (0, cut at) .2 of frequencies .25, .25 and .5
    np.testing.assert_allclose(guided_start(counts, guide), [[1 / 2.1, 1 / 2.1, 0.1 / 2.1]], rtol=1e-6)


def test_a_theme_that_stands_nowhere_in_these_units_starts_from_its_words(texts):
    matrix, guide, _ = texts
    begun = guided_start(matrix.counts, Guide(guide.themes, np.zeros_like(guide.tokens), guide.seeds))
    assert (begun[0][guide.seeds[0]].mean()) > 2 * begun[0][~guide.seeds[0]].mean()
    np.testing.assert_allclose(begun.sum(axis=1), 1)


def test_a_theme_that_every_passage_mentions_starts_a_topic_of_the_passages_where_it_is_said_most():
    counts = csr_array(np.array([[3.0, 3.0, 1.0], [1.0, 1.0, 5.0]]))
    begun = guided_start(counts, Guide(("tide",), np.array([[3.0], [1.0]]), np.array([[True, False, False]])))
    assert begun[0][1] > begun[0][2]


def test_words_that_the_theme_does_not_list_are_found(model, texts):
    matrix, guide, _ = texts
    for k, theme in enumerate(THEMES):
        topic = model.topic_term[theme_topic(model, theme)]
        unlisted = [i for i, term in enumerate(matrix.terms) if term.startswith(theme) and not guide.seeds[k, i]]
        others = [i for i, term in enumerate(matrix.terms) if not term.startswith(theme)]
        assert topic[unlisted].min() > np.median(topic[others])
        assert topic[unlisted].sum() > 5 * matrix.counts.sum(axis=0)[unlisted].sum() / matrix.counts.sum() / 2


def test_passages_of_a_theme_without_its_listed_words_are_found(model, texts):
    matrix, guide, kinds = texts
    shares = infer(model, matrix)
    for k, theme in enumerate(THEMES):
        silent = guide.tokens[:, k] == 0
        topic = shares[:, theme_topic(model, theme)]
        ours = silent & (kinds == k)
        if ours.any():
            assert topic[ours].min() > topic[silent & (kinds != k)].max()


def test_the_words_as_priors_hold_a_topic_nearer_to_its_list(texts):
    matrix, guide, _ = texts
    listed = guide.seeds / guide.seeds.sum(axis=1, keepdims=True)
    near = []
    for boost in (0.0, 100.0):
        tokens = train(matrix.counts, guide, topics=5, eta=0.1, boost=boost)[:2]
        near.append(float(np.diag(hellinger(listed, tokens / tokens.sum(axis=1, keepdims=True))).mean()))
    assert near[1] < near[0]


def test_every_topic_says_what_began_it_in_whatever_order_it_stands(model, tmp_path):
    assert model.settings["guided"] == "harbour orchard"
    assert sorted(model.state["topic_theme"]) == [-1, -1, -1, 0, 1]
    assert theme_topic(model, "railway") is None
    save(model, tmp_path / "model")
    again = load(tmp_path / "model")
    assert [theme_topic(again, theme) for theme in THEMES] == [theme_topic(model, theme) for theme in THEMES]


def test_guiding_is_the_same_every_time_and_keeps_its_refits(model, texts):
    again = fit(texts[0], texts[1], topics=5, random_state=1, refits=3)
    assert again.id == model.id
    assert again.state["topic_refits"].shape == (5, 3, len(texts[0].terms))
    assert model.quality["stability"] > 0.5


def test_a_theme_needs_five_passages_and_a_word_among_the_terms():
    tokens = np.zeros((6, 3))
    tokens[:5, 0] = tokens[:4, 1] = tokens[:, 2] = 1
    guide = Guide(("enough", "rare", "wordless"), tokens, np.array([[True], [True], [False]]))
    assert guide.enough == ("enough",)
    assert guide.only(["enough"]).tokens.shape == (6, 1)
