import numpy as np
import pytest

from tracker.matrix import select_terms
from tracker.models.fitting import fit, infer, infer_refits
from tracker.models.refits import kept, refits_of
from tracker.models.save import load, save

ENGINES = ("lda", "nmf", "sklearn")


@pytest.fixture(scope="module", params=ENGINES)
def model(request, planted):
    return fit(planted, topics=3, engine=request.param, random_state=1, passes=5, refits=3)


def test_every_engine_keeps_its_refits_in_the_order_of_the_topics(model, planted):
    found = np.stack(list(infer_refits(model, planted)))
    assert found.shape == (3 if model.engine in ("lda", "nmf") else 2, *model.unit_topic.shape)
    np.testing.assert_allclose(found.sum(axis=2), 1, atol=1e-9)
    if model.engine != "sklearn":  # its runs may join two themes
        assert np.abs(found - infer(model, planted)).mean() < 0.1


def test_refits_survive_saving(model, tmp_path):
    save(model, tmp_path / "model")
    np.testing.assert_array_equal(list(refits_of(load(tmp_path / "model").state)), list(refits_of(model.state)))


def test_a_refit_without_a_partner_for_a_topic_has_no_number_there(planted):
    model = fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=2)
    state = {**model.state, "topic_refits": np.array(model.state["topic_refits"])}
    state["topic_refits"][1, 0] = 0
    from dataclasses import replace

    found = list(infer_refits(replace(model, state=state), planted))
    assert np.isnan(found[0][:, 1]).all()
    np.testing.assert_allclose(found[0][:, [0, 2]].sum(axis=1), 1, atol=1e-9)
    assert not np.isnan(found[1]).any()


def test_texts_of_other_words_can_be_asked_about(planted):
    model = fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=2)
    some = select_terms(planted, keep=planted.terms[:25])
    assert [found.shape for found in list(infer_refits(model, some))] == [(len(planted.unit_ids), 3)] * 2


def test_a_model_that_keeps_none_has_none(planted):
    assert kept(np.ones((2, 2)) / 2, []) == {}
    assert list(refits_of({})) == []


def test_how_units_are_divided_moves_no_digit(model, planted, monkeypatch):
    once, refits = infer(model, planted), list(infer_refits(model, planted))
    monkeypatch.setattr("tracker.models.fitting._BLOCK", 7)
    monkeypatch.setattr("tracker.models.em._UNITS", 3)
    assert np.array_equal(infer(model, planted), once)
    assert all(np.array_equal(*pair) for pair in zip(list(infer_refits(model, planted)), refits, strict=True))
