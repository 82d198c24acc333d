import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tracker.errors import TrackerError
from tracker.matrix import TermMatrix, build
from tracker.models.base import Topic, TopicModel
from tracker.models.fitting import fit, infer

ENGINES = ("lda", "nmf", "gensim", "sklearn")
SETTINGS = {"random_state": 1, "passes": 8, "refits": 3}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=ENGINES)
def fitted(request, planted) -> TopicModel:
    return fit(planted, topics=3, engine=request.param, **SETTINGS)


def test_rows_of_both_matrices_sum_to_one_and_are_read_only(fitted, planted):
    assert fitted.topic_term.shape == (3, len(planted.terms))
    assert fitted.unit_topic.shape == (len(planted.unit_ids), 3)
    for array in (fitted.topic_term, fitted.unit_topic):
        np.testing.assert_allclose(array.sum(axis=1), 1)
        assert array.min() >= 0
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


def test_planted_themes_are_found_and_come_back(fitted):
    if fitted.engine == "sklearn":
        pytest.skip("all its starts on these texts join two themes in one topic")
    found = {frozenset(word.rstrip("0123456789") for word in topic.words[:3]) for topic in fitted.topics}
    assert found == {frozenset({"harbour"}), frozenset({"harvest"}), frozenset({"schooling"})}
    assert all(topic.reproducible for topic in fitted.topics)
    assert fitted.quality["reproducible"] == 3


def test_topics_stand_in_order_of_their_shares_with_different_labels(fitted):
    shares = fitted.unit_topic.mean(axis=0)
    assert list(shares) == sorted(shares, reverse=True)
    assert [topic.id for topic in fitted.topics] == ["topic-01", "topic-02", "topic-03"]
    assert len({topic.label for topic in fitted.topics}) == 3


def test_inference_on_the_fitted_texts_gives_their_shares_again(fitted, planted):
    np.testing.assert_allclose(infer(fitted, planted), fitted.unit_topic, atol=1e-9)


def test_inference_depends_on_the_unit_alone_and_leaves_unknown_words_out(fitted):
    about = {f"harvest{n:02d}": 3 for n in range(6)}
    alone = build([about], ["x"], ["x"], {"x": "x"})
    together = build([about | {"zeppelin": 9}, {"zeppelin": 2}, {"harbour00": 5}], ["x", "y", "z"], ["x", "y", "z"], {})
    first, second = infer(fitted, alone), infer(fitted, together)
    np.testing.assert_allclose(first[0], second[0], atol=1e-12)
    np.testing.assert_allclose(second[1], 1 / 3)
    topic = int(np.argmax(first[0]))
    assert any(word.startswith("harvest") for word in fitted.topics[topic].words[:2])
    assert first[0, topic] > 0.8


def test_fitting_and_inferring_change_neither_the_matrix_nor_the_model(fitted, planted):
    before = planted.counts.copy()
    kept = fitted.topic_term.copy()
    infer(fitted, planted)
    assert (before != planted.counts).nnz == 0
    assert (kept == fitted.topic_term).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_two_tiny_speeches_are_enough(engine, two_speeches):
    model = fit(two_speeches, topics=2, engine=engine, **SETTINGS)
    assert len(model.topics) == 2
    assert np.isfinite(model.topic_term).all()
    assert np.isfinite(model.unit_topic).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_handful_of_passages_of_two_speeches_is_enough(engine):
    units = [{"quay": 3, "ferry": 2}, {"quay": 1, "levy": 2}, {"orchard": 3}, {"orchard": 1, "barley": 2}, {}]
    matrix = build(units, list("abcde"), ["x", "x", "y", "y", "y"], {"x": "x", "y": "y"})
    model = fit(matrix, topics=2, engine=engine, **SETTINGS)
    np.testing.assert_allclose(model.unit_topic[4], 0.5)


def test_without_a_possible_refit_the_stability_is_unknown_and_not_zero(two_speeches):
    model = fit(two_speeches, topics=2, engine="nmf", **SETTINGS)
    assert [topic.stability for topic in model.topics] == [None, None]
    assert not any(topic.reproducible for topic in model.topics)
    assert model.quality["refits"] == 0
    assert "stability" not in model.quality


def test_texts_that_say_the_same_give_fewer_topics_than_asked_for():
    matrix = build([{"quay": 2, "levy": 1}] * 6, list("abcdef"), list("abcdef"), {})
    assert len(fit(matrix, topics=2, engine="nmf", **SETTINGS).topics) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_random_state_and_number_of_refits_change_the_id(engine, planted):
    models = [fit(planted, topics=3, engine=engine, **(SETTINGS | change)) for change in ({}, {"random_state": 2}, {"refits": 2})]
    assert len({model.id for model in models}) == 3
    assert all(len(model.id) == 12 for model in models)


def test_passes_change_the_lda(planted):
    short, long = (fit(planted, topics=3, engine="gensim", random_state=1, passes=passes, refits=2) for passes in (1, 9))
    assert not np.allclose(short.topic_term, long.topic_term)


@pytest.mark.parametrize("engine", ENGINES)
def test_progress_counts_up_to_the_end(engine, planted):
    seen = []
    fit(planted, topics=3, engine=engine, **SETTINGS, progress=lambda done, of: seen.append((done, of)))
    assert [done for done, _ in seen] == list(range(1, seen[-1][1] + 1))
    assert len({of for _, of in seen}) == 1


SCRIPT = """
import hashlib, sys
from runpy import run_path
from tracker.models.fitting import fit
matrix = run_path(sys.argv[1])["planted_matrix"]()
for engine in ("lda", "nmf", "gensim", "sklearn"):
    model = fit(matrix, topics=3, engine=engine, random_state=1, passes=8, refits=3)
    print(model.id, hashlib.sha256(model.topic_term.tobytes() + model.unit_topic.tobytes()).hexdigest(), repr(model.topics))
"""


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    told = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(Path(__file__).with_name("conftest.py"))],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": threads},
            capture_output=True, text=True, check=True,
        )
        for seed, threads in (("1", "1"), ("77", "2"))
    ]  # fmt: skip
    assert told[0].stdout == told[1].stdout
    assert told[0].stdout.count("topic-03") == 4
    assert told[0].stderr == told[1].stderr == ""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"topics": 1},
            "error: the number of topics must be 2 to 72 here, not `1`\n  the texts hold 72 passages with words and 80 different words\n\nhint: tracker fit --topics 2",
        ),
        (
            {"topics": 99},
            "error: the number of topics must be 2 to 72 here, not `99`\n  the texts hold 72 passages with words and 80 different words\n\nhint: tracker fit --topics 72",
        ),
        ({"engine": "magic"}, "error: no topic engine `magic`\n  engines: lda, nmf, gensim, sklearn\n\nhint: tracker fit --engine lda"),
        ({"refits": 1}, "error: `topics.refits` must be 2 to 1000, not `1`\n\nhint: edit tracker.toml"),
        ({"passes": 0}, "error: `topics.passes` must be 1 to 100000, not `0`\n\nhint: edit tracker.toml"),
        ({"random_state": -1}, "error: `topics.random_state` must be 0 to 4294967295, not `-1`\n\nhint: edit tracker.toml"),
    ],
)
def test_a_setting_out_of_range_is_refused_before_any_library_sees_it(planted, change, message):
    with pytest.raises(TrackerError) as error:
        fit(planted, **({"topics": 3, "engine": "gensim", **SETTINGS} | change))
    assert error.value.render() == message


@pytest.mark.parametrize(
    ("units", "held"), [([], "0 passages with words and 0 different words"), ([{"quay": 1}, {}], "1 passage with words and 1 different word")]
)
def test_too_little_text_is_an_error_with_a_hint(units, held):
    matrix: TermMatrix = build(units, list("ab")[: len(units)], list("ab")[: len(units)], {})
    with pytest.raises(TrackerError) as error:
        fit(matrix, topics=2, engine="nmf", **SETTINGS)
    assert error.value.render() == f"error: too little text for topics\n  the texts hold {held}\n\nhint: tracker add SPEECHES"


def test_a_topic_at_the_border_counts_as_reproducible():
    assert Topic("topic-01", "quay", ("quay",), 0.5).reproducible
    assert not Topic("topic-01", "quay", ("quay",), 0.499).reproducible
