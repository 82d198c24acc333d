import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tracker.matrix import build
from tracker.models import em, lda, start
from tracker.models.align import hellinger, match
from tracker.models.fitting import fit, infer
from tracker.models.gensim_bridge import as_gensim

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"engine": "lda", "random_state": 1, "passes": 1, "refits": 2}
PLANTED = 4


@pytest.fixture(scope="module")
def drawn(invented):
    return invented()


@pytest.fixture(scope="module")
def model(drawn):
    return fit(drawn[0], topics=PLANTED, **SETTINGS)


def norm(tokens: np.ndarray) -> np.ndarray:
    return tokens / tokens.sum(axis=1, keepdims=True)


def test_one_round_of_shares_by_hand():
    # even shares: 2 tokens a topic, so 2.1 each before; word 0 is 3 times as likely in topic 0, word 1 in topic 1
    counts = csr_array(np.array([[3, 1]]))
    topics = np.array([[0.75, 0.25], [0.25, 0.75]])
    held = np.array([3 * 0.75 + 1 * 0.25, 3 * 0.25 + 1 * 0.75])
    np.testing.assert_allclose(em.shares(counts, topics, alpha=0.1, sweeps=1), [(held + 0.1) / 4.2], rtol=1e-6)
    lane = em.Lane(counts, 2, np.float64)
    lane.leap(np.ascontiguousarray(topics.T), 0.1)
    further = 2.1 * ((held + 0.1) / 2.1) ** 1.875 - 0.1  # as far again, but for an eighth, and all four tokens in the end
    np.testing.assert_allclose(lane.held, [4 * further / further.sum()], rtol=1e-12)


@pytest.mark.parametrize("overlap", [0.0, 0.9])
def test_shares_settle_where_plain_steps_do_and_are_nearer_than_after_twenty_of_them(drawn, overlap):
    """Where topics share most of their words plain steps are slow; where they share none, leaps go too far."""
    matrix, topics, _ = drawn
    topics = norm((1 - overlap) * norm(topics + 1e-4) + overlap * norm(topics + 1e-4).mean(axis=0))

    def plain(times):
        lane = em.Lane(matrix.counts, len(topics), np.float64)
        for _ in range(times):
            lane.step(np.ascontiguousarray(topics.T), 0.1)
        return norm(lane.held + 0.1)

    settled = plain(3000)
    np.testing.assert_allclose(em.shares(matrix.counts, topics, sweeps=600), settled, atol=1e-4)
    ours, theirs = (np.abs(found - settled).sum(axis=1) / 2 for found in (em.shares(matrix.counts, topics), plain(20)))
    assert ours.mean() < max(0.95 * theirs.mean(), 1e-4)
    assert ours.max() < max(theirs.max(), 1e-3)


def test_units_without_words_or_with_one_leap_without_harm():
    counts = csr_array(np.array([[0, 0], [1, 0], [0, 5000]]))
    found = em.shares(counts, np.array([[1 - 1e-9, 1e-9], [1e-9, 1 - 1e-9]]))
    np.testing.assert_allclose(found.sum(axis=1), 1)
    np.testing.assert_allclose(found[0], 0.5)
    assert found[1, 0] > 0.9
    assert found[2, 1] > 0.99


def test_one_joint_step_by_hand():
    counts = csr_array(np.array([[3.0, 1.0]]))
    topics = np.array([[0.75, 0.25], [0.25, 0.75]])
    shares = np.full(2, 0.5)
    for _ in range(em.SETTLING):
        tokens = sum(c * shares * topics[:, w] / (shares @ topics[:, w]) for w, c in enumerate((3, 1)))
        shares = (tokens + 0.1) / (4 + 0.2)
    given = np.array([[3 * shares[k] * topics[k, 0] / (shares @ topics[:, 0]), shares[k] * topics[k, 1] / (shares @ topics[:, 1])] for k in (0, 1)])
    np.testing.assert_allclose(em.climb(counts, topics, eta=0.5, steps=1), given + 0.5, rtol=1e-5)


def objective(counts: csr_array, held: np.ndarray, likely: np.ndarray, *, alpha: float, eta: float) -> float:
    shares = norm(held + alpha)
    dense = counts.toarray()
    return float((dense * np.log(shares @ likely.T)).sum() + alpha * np.log(shares).sum() + eta * np.log(likely).sum())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5), st.sampled_from((0.03, 0.1, 1.0)), st.sampled_from((0.05, 0.1, 1.0)))
def test_no_joint_step_lowers_the_objective(state, topics, eta, alpha):
    rng = np.random.default_rng(state)
    counts = csr_array(rng.poisson(0.6, size=(12, 15)))
    reached = []

    def watch(lanes, likely):
        reached.append(objective(counts, np.concatenate([lane.held for lane in lanes]), likely, alpha=alpha, eta=eta))

    em.climb(counts, rng.dirichlet(np.ones(15), size=topics), eta=eta, alpha=alpha, steps=15, watch=watch)
    assert len(reached) == 15
    assert (np.diff(reached) >= -1e-9 * abs(reached[0])).all()


def test_planted_topics_and_shares_are_recovered(model, drawn):
    _, topics, shares = drawn
    pairs = match(topics, model.topic_term)
    assert max(distance for _, _, distance in pairs) < 0.15
    order = [j for _, j, _ in pairs]
    assert np.abs(model.unit_topic[:, order] - shares).sum(axis=1).mean() / 2 < 0.06
    assert model.quality["stability"] > 0.9


def test_words_of_speeches_left_out_are_told_better_than_by_an_independent_lda(drawn):
    from sklearn.decomposition import LatentDirichletAllocation

    from tracker.models.quality import perplexity

    matrix, topics, _ = drawn
    known, asked = csr_array(matrix.counts[:240]), csr_array(matrix.counts[240:])
    ours = norm(lda.train(known, matrix.unit_ids[:240], topics=PLANTED, eta=0.1))
    peer = norm(LatentDirichletAllocation(PLANTED, doc_topic_prior=0.1, topic_word_prior=0.1, max_iter=15, random_state=0).fit(known).components_)
    truth, mine, theirs = (perplexity(asked, found, random_state=3) for found in (norm(topics), ours, peer))
    assert truth < mine < 1.05 * truth
    assert mine < 1.02 * theirs


def test_a_fit_is_the_highest_point_an_independent_climb_reaches_from_there(drawn):
    """One more step of EM written out with dense arrays, from where the engine stopped, must hardly move."""
    matrix, _, _ = drawn
    tokens = lda.train(matrix.counts, matrix.unit_ids, topics=PLANTED, eta=0.1)
    topics, dense = norm(tokens), matrix.counts.toarray()
    shares = em.shares(matrix.counts, topics, sweeps=100)
    given = topics * ((dense / (shares @ topics)).T @ shares).T
    assert float(np.diag(hellinger(norm(given + 0.1), topics)).max()) < 0.02


@pytest.mark.parametrize("dense", [400, 1])
def test_the_order_of_the_rows_changes_no_topic(monkeypatch, drawn, dense):
    monkeypatch.setattr(start, "_DENSE", dense)
    counts = drawn[0].counts
    order = np.random.default_rng(5).permutation(counts.shape[0])
    first, second = (norm(em.climb(rows, start.topics_of(rows, PLANTED), eta=0.1)) for rows in (counts, csr_array(counts[order])))
    np.testing.assert_allclose(first, second, atol=1e-5)


@given(state=st.integers(0, 1000))
@settings(max_examples=10, deadline=None)
def test_a_row_of_shares_depends_on_its_own_unit_alone(invented, state):
    matrix, topics, _ = invented(speeches=6, passages=3, state=state)
    topics = norm(topics + 1e-4)
    rows = np.random.default_rng(state).choice(18, size=7, replace=False)
    np.testing.assert_allclose(em.shares(csr_array(matrix.counts[rows]), topics), em.shares(matrix.counts, topics)[rows], atol=1e-6)


def test_inference_gives_the_shares_of_the_fit_to_the_bit(model, drawn):
    assert infer(model, drawn[0]).tobytes() == model.unit_topic.tobytes()


def test_many_blocks_and_threads_give_the_bytes_of_one_thread(monkeypatch, drawn):
    monkeypatch.setattr(em, "_CELLS", 512)
    told = []
    for cores, serial in ((1, 0), (2, 0), (8, 0), (2, 10**12)):
        monkeypatch.setattr(em.os, "cpu_count", lambda cores=cores: cores)
        monkeypatch.setattr(em, "_SERIAL", serial)
        tokens = em.climb(drawn[0].counts, start.topics_of(drawn[0].counts, 3), eta=0.1)
        told.append(hashlib.sha256(tokens.tobytes() + em.shares(drawn[0].counts, norm(tokens)).tobytes()).hexdigest())
    assert len(set(told)) == 1


SCRIPT = """
import hashlib, sys
from runpy import run_path
from tracker.models.fitting import fit
matrix, _, _ = run_path(sys.argv[1])["invented_matrix"](speeches=130, terms=900)
model = fit(matrix, topics=9, engine="lda", random_state=1, passes=1, refits=1 + 1)
print(model.id, hashlib.sha256(model.topic_term.tobytes() + model.unit_topic.tobytes()).hexdigest(), model.topics, dict(model.quality))
print(*sorted({name.split(".")[0] for name in sys.modules} & {"sklearn", "gensim"}), file=sys.stderr)
"""


def test_two_processes_with_one_and_two_threads_give_the_same_bytes_without_gensim_or_scikit_learn():
    told = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(Path(__file__).with_name("conftest.py"))],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True, text=True, check=True,
        )
        for seed, threads in (("1", "1"), ("77", "2"))
    ]  # fmt: skip
    assert told[0].stdout == told[1].stdout
    assert "topic-09" in told[0].stdout
    assert [done.stderr for done in told] == ["\n", "\n"]


def test_a_corpus_in_batches_gives_nearly_the_topics_of_one_in_memory(monkeypatch, drawn, model):
    monkeypatch.setattr(lda, "STREAMED", 200)
    monkeypatch.setattr(lda, "_BATCH", 64)
    counts, names = drawn[0].counts, drawn[0].unit_ids
    streamed = norm(lda.train(counts, names, topics=PLANTED, eta=0.1))
    whole = norm(em.climb(counts, start.topics_of(counts, PLANTED), eta=0.1))
    assert max(distance for _, _, distance in match(whole, streamed)) < 0.1
    monkeypatch.setattr(lda, "_BATCH", 37)
    np.testing.assert_allclose(norm(lda.train(counts, names, topics=PLANTED, eta=0.1)), streamed, atol=1e-6)


def test_the_sample_behind_a_large_start_hardly_changes_when_units_are_added():
    names = [f"s{i:04d}" for i in range(2000)]
    before, after = lda.chosen(names[:1900], 500), lda.chosen(names, 500)
    assert len(np.intersect1d(before, after)) > 450
    assert list(before) == sorted(before)


def test_the_prior_of_a_small_corpus_is_the_best_of_five_and_of_a_large_one_fixed(drawn, two_speeches, monkeypatch):
    assert lda.choose_eta(drawn[0], PLANTED, 1) in lda.ETAS
    assert lda.choose_eta(two_speeches, 2, 1) == lda.ETA
    monkeypatch.setattr(lda, "FEW", 100)
    monkeypatch.setattr(lda, "ETA", 0.123)
    assert lda.choose_eta(drawn[0], PLANTED, 1) == 0.123


def test_texts_that_say_the_same_give_fewer_topics_than_asked_for():
    matrix = build([{"quay": 2, "levy": 1}] * 6, list("abcdef"), list("abcdef"), {})
    assert len(fit(matrix, topics=2, **SETTINGS).topics) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=2, max_size=7), st.integers(1, 2))
def test_any_small_matrix_gives_finite_topics_without_a_warning(rows, topics):
    counts = csr_array(np.array(rows))
    counts.eliminate_zeros()
    if not counts.nnz:
        return
    tokens = lda.train(counts, [str(n) for n in range(len(rows))], topics=topics, eta=0.1)
    assert 1 <= len(tokens) <= topics
    assert np.isfinite(tokens).all()
    assert (tokens > 0).all()


def test_the_gensim_object_has_our_topics_and_nearly_our_shares(model, drawn, tmp_path):
    from gensim.models import CoherenceModel, LdaModel

    theirs = as_gensim(model)
    np.testing.assert_allclose(theirs.get_topics(), model.topic_term, atol=1e-9)
    np.testing.assert_allclose(theirs.get_topics().sum(axis=1), 1)
    columns = [slice(drawn[0].counts.indptr[i], drawn[0].counts.indptr[i + 1]) for i in range(60)]
    passages = [list(zip(drawn[0].counts.indices[c].tolist(), drawn[0].counts.data[c].tolist(), strict=True)) for c in columns]
    gamma, _ = theirs.inference(passages)
    assert np.abs(norm(gamma) - model.unit_topic[:60]).sum(axis=1).mean() / 2 < 0.03
    assert [pair[0] for pair in theirs.get_document_topics(passages[0], minimum_probability=0)] == list(range(PLANTED))
    assert model.topics[0].words[0] in dict(theirs.print_topics())[0]
    assert CoherenceModel(model=theirs, corpus=passages, coherence="u_mass").get_coherence() < 0
    theirs.save(str(tmp_path / "lda"))
    again = LdaModel.load(str(tmp_path / "lda"))
    assert type(again) is LdaModel
    assert again.get_topics().tobytes() == theirs.get_topics().tobytes()
