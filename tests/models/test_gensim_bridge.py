import builtins
import logging

import numpy as np
import pytest

from tracker.errors import TrackerError
from tracker.models import gensim_bridge, variational
from tracker.models.fitting import fit
from tracker.models.gensim_bridge import as_gensim

SETTINGS = {"random_state": 1, "passes": 8, "refits": 3}


@pytest.fixture(scope="module")
def lda(planted):
    return fit(planted, topics=3, engine="gensim", **SETTINGS)


def test_the_gensim_object_has_the_same_topics(lda):
    np.testing.assert_allclose(as_gensim(lda).get_topics(), lda.topic_term, atol=1e-9)


def test_the_gensim_object_of_a_factorisation_has_the_same_topics(planted):
    model = fit(planted, topics=3, engine="nmf", **SETTINGS)
    np.testing.assert_allclose(as_gensim(model).get_topics(), model.topic_term, atol=1e-5)


def test_our_shares_are_those_of_gensims_inference(lda, planted):
    theirs = as_gensim(lda)
    passages = [theirs.id2word.doc2bow([term for term, n in zip(planted.terms, row, strict=True) for _ in range(n)]) for row in planted.counts.toarray()]
    theirs.iterations, theirs.gamma_threshold = 500, 1e-7
    gamma, _ = theirs.inference(passages)
    np.testing.assert_allclose(gamma / gamma.sum(axis=1, keepdims=True), lda.unit_topic, atol=1e-4)


def test_the_gensim_object_prints_saves_loads_and_learns_on(lda, tmp_path):
    from gensim.models import LdaModel

    theirs = as_gensim(lda)
    theirs.save(str(tmp_path / "lda"))
    again = LdaModel.load(str(tmp_path / "lda"))
    assert type(again) is LdaModel
    assert again.print_topics() == theirs.print_topics()
    assert lda.topics[0].words[0] in again.print_topic(0)
    again.update([again.id2word.doc2bow(["harbour00", "harbour01"])])


def test_gensim_logs_and_prints_nothing_and_keeps_its_log_level(planted, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    level = logging.getLogger("gensim").level
    fit(planted, topics=2, engine="gensim", random_state=1, passes=1, refits=2)
    assert [record for record in caplog.records if record.name.startswith("gensim.models")] == []
    assert capsys.readouterr() == ("", "")
    assert logging.getLogger("gensim").level == level


def test_several_processes_give_the_same_bytes_as_one(monkeypatch, planted, lda):
    monkeypatch.setattr(gensim_bridge, "_SERIAL", 0)
    monkeypatch.setattr(gensim_bridge.os, "cpu_count", lambda: 2)
    again = fit(planted, topics=3, engine="gensim", **SETTINGS)
    assert again.topic_term.tobytes() == lda.topic_term.tobytes()
    assert again.unit_topic.tobytes() == lda.unit_topic.tobytes()
    assert again.topics == lda.topics


def test_blocks_of_units_change_no_share(monkeypatch, planted, lda):
    tokens = lda.state["topic_tokens"][:, None] * lda.topic_term
    whole = variational.shares(planted.counts, tokens, alpha=0.1)
    monkeypatch.setattr(variational, "_BLOCK", 7)
    assert variational.shares(planted.counts, tokens, alpha=0.1).tobytes() == whole.tobytes()


def test_without_gensim_the_error_names_the_other_engine(monkeypatch, planted):
    genuine = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("gensim"):
            raise ImportError(f"No module named '{name}'")
        return genuine(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(TrackerError) as error:
        fit(planted, topics=2, engine="gensim", **SETTINGS)
    assert error.value.render() == (
        "error: gensim is not installed (it has no release for Python 3.14 yet)\n  import: No module named 'gensim.corpora'\n\nhint: tracker fit --engine lda"
    )
