import math

import numpy as np
import pytest
from scipy.sparse import csr_array

from tracker.measures.companions import companions
from tracker.measures.exemplars import burstiness, exemplars
from tracker.measures.keyness import log_odds


def planted(rng, *, subjects=4, words=6, passages=200):
    """Passages about one subject each, whose words are said there alone, and common words said everywhere."""
    own = rng.integers(subjects, size=passages)
    counts = np.zeros((passages, subjects * words + 5))
    for row, subject in enumerate(own):
        counts[row, subject * words : (subject + 1) * words] = rng.poisson(1.0, words)
    counts[:, -5:] = rng.poisson(0.5, (passages, 5))
    return csr_array(counts), np.arange(passages) // 10


def test_burstiness_by_hand():
    assert burstiness([6], [2], 10)[0] == pytest.approx(math.log2(10 / 2) + math.log2(1 - math.exp(-0.6)))
    assert burstiness([10], [10], 10)[0] == 0


def test_planted_subjects_are_found_and_their_words_go_to_them():
    counts, speeches = planted(np.random.default_rng(1))
    found = exemplars(counts, speeches, csr_array(np.eye(counts.shape[1])), most=4)
    assert sorted(lead // 6 for lead in found.leads) == [0, 1, 2, 3]
    told = [found.leads[found.owner[term]] // 6 == term // 6 for term in range(24) if found.owner[term] >= 0]
    assert all(told)
    assert len(told) >= 20
    assert (found.owner[24:] == -1).all()


def test_the_order_of_passages_changes_nothing_and_arrays_are_read_only():
    rng = np.random.default_rng(2)
    counts, speeches = planted(rng)
    words = csr_array(np.eye(counts.shape[1]))
    order = rng.permutation(counts.shape[0])
    found, again = exemplars(counts, speeches, words), exemplars(counts[order], speeches[order], words)
    assert found.leads.tolist() == again.leads.tolist()
    assert found.owner.tolist() == again.owner.tolist()
    with pytest.raises(ValueError, match="read-only"):
        found.leads[0] = 1


def test_companions_are_the_log_odds_of_passages_inside_against_outside():
    counts, _ = planted(np.random.default_rng(3), passages=1000)
    dense = counts.toarray()
    mentioned = dense[:, 0] > 0
    found = companions(counts, mentioned)
    expected = log_odds(dense[~mentioned].sum(axis=0), dense[mentioned].sum(axis=0), dense.sum(axis=0)).z
    assert found.z == pytest.approx(expected)
    assert found.inside.tolist() == (dense[mentioned] > 0).sum(axis=0).tolist()
    assert (found.z[1:6] > 3.5).all()
    assert (found.z[6:24] < 0).all()


def test_companions_need_a_truth_value_per_passage():
    with pytest.raises(ValueError, match="2 truth values for 3 passages"):
        companions(csr_array(np.ones((3, 2))), [True, False])
