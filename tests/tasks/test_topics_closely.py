import json

import pytest

from tracker.analysis import analyse_all
from tracker.errors import TrackerError
from tracker.tasks.topics import current_model, current_topics, fit, fitted, name_topic, passages_of, topic_detail
from tracker.tasks.topics.added import coverage
from tracker.tasks.topics.listing import read
from tracker.tasks.topics.phrases import phrases_of
from tracker.tasks.topics.to_gensim import export_model
from tracker.tasks.topics.units import cut_all

SETTINGS = "[topics]\nrefits = 2\npasses = 2\n"
FOOTER = "Copyright of the quay and the ferry office"


@pytest.fixture(scope="module")
def workspace(make_workspace, subject_texts):
    made = make_workspace(subject_texts(["harbour", "orchard", "school"], 0, 10), settings=SETTINGS)
    fit(made, topics=3)
    return made


@pytest.fixture(scope="module")
def detail(workspace):
    return topic_detail(workspace, "topic-01")


def as_told(units):
    return [passage for _, passage in units.passages], units.matrix.terms, units.matrix.unit_ids, units.matrix.counts.toarray().tolist()


def test_passages_chosen_from_all_are_those_that_are_cut_for_them_alone(workspace):
    items = sorted(analyse_all(workspace.store.speeches(), workspace.lexicon, workspace.recipe), key=lambda item: item.speech.id)
    whole = passages_of(items, workspace.recipe)
    assert whole.of(items, whole.size, whole.leave_out) is whole
    some = items[::2]
    assert as_told(whole.of(some, whole.size, whole.leave_out)) == as_told(cut_all(some, whole.size, whole.leave_out))


def test_passages_cut_otherwise_or_of_other_speeches_are_not_chosen_from(workspace):
    items = sorted(analyse_all(workspace.store.speeches(), workspace.lexicon, workspace.recipe), key=lambda item: item.speech.id)
    some = cut_all(items[:4], 60, frozenset())
    assert some.of(items[:4], 61, frozenset()) is None
    assert some.of(items[:4], 60, frozenset({"quay"})) is None
    assert some.of(items[:5], 60, frozenset()) is None


def test_a_fit_gives_the_passages_that_are_read_for_its_model(workspace):
    reading = fitted(workspace)
    assert as_told(reading.units) == as_told(read(workspace).units)


def test_labels_come_from_a_sample_of_the_passages_of_a_very_large_corpus(workspace, monkeypatch):
    model, _ = current_model(workspace)
    units = read(workspace).units
    whole = phrases_of(model, units, frozenset(model.terms))
    monkeypatch.setattr("tracker.tasks.topics.phrases.MOST_PASSAGES", len(units.passages) // 2)
    half = phrases_of(model, units, frozenset(model.terms))
    assert 0 < half.words.sum() < whole.words.sum()


def test_the_words_of_a_topic_are_told_by_relevance_and_by_probability(workspace, detail):
    model, _ = current_model(workspace)
    assert [word for word, _ in detail.words] == list(current_topics(workspace).topics[0].words)
    assert [chance for _, chance in detail.frequent] == sorted((chance for _, chance in detail.frequent), reverse=True)
    assert detail.frequent[0][1] == pytest.approx(model.topic_term[0].max(), abs=1e-6)


def test_the_share_by_year_is_that_of_the_speeches_of_the_year_and_adds_up(workspace, detail):
    assert [year.year for year in detail.years] == [str(2000 + n) for n in range(10)]
    whole = sum(topic_detail(workspace, topic.id).years[0].share for topic in current_topics(workspace).topics)
    assert whole == pytest.approx(1)


def test_typical_passages_are_verbatim_and_of_different_speeches(workspace, detail):
    texts = {speech.id: speech.text for speech in workspace.store.speeches()}
    assert len({quote.speech for quote in detail.passages}) == 5
    assert all(quote.quote == texts[quote.speech][quote.start : quote.end] and quote.date for quote in detail.passages)


def test_typical_speeches_are_those_it_fills_most(detail):
    shares = [speech.share for speech in detail.speeches]
    assert shares == sorted(shares, reverse=True)
    assert all(speech.title.startswith("Speech ") for speech in detail.speeches)


def test_what_became_of_a_topic_is_told_a_line_a_fit(detail):
    assert detail.became == (f"fit 1 (10 speeches, 2000 to 2009): born: {detail.proposed}",)


def test_a_topic_of_recurring_lines_is_marked(make_workspace, subject_texts):
    texts = {
        name: text + "\n" + "\n\n".join(f"{FOOTER} number {n}" for n in range(3)) + "\n"
        for name, text in subject_texts(["orchard", "school", "railway"], 0, 10).items()
    }
    found = fit(make_workspace(texts, settings=SETTINGS), topics=4)
    marked = [topic for topic in found.topics if topic.boilerplate]
    assert [topic for topic in marked if "copyright" in topic.words]
    assert all("of its words stand in lines that recur" in topic.boilerplate for topic in marked)
    assert len(marked) < 4


def test_a_topic_of_one_source_is_marked_and_one_that_all_share_is_not(make_workspace, subject_texts):
    own = {name: text.replace("kind:", "outlet: Harbour Post\nkind:") for name, text in subject_texts(["harbour"], 0, 4).items()}
    others = {name: text.replace("kind:", "outlet: Gazette\nkind:") for name, text in subject_texts(["orchard", "school"], 4, 12).items()}
    found = fit(make_workspace({**own, **others}, settings=SETTINGS), topics=3)
    marks = {("harbour" in topic.words): topic.boilerplate for topic in found.topics}
    assert marks[True].endswith("of it is from Harbour Post, which has 33% of the words")


def test_nothing_is_marked_in_a_corpus_of_one_source_without_recurring_lines(workspace):
    assert {topic.boilerplate for topic in current_topics(workspace).topics} == {""}


def test_labels_take_phrases(make_workspace, subject_texts):
    texts = {name: text.replace("orchard", "clean energy") for name, text in subject_texts(["harbour", "orchard", "school"], 0, 10).items()}
    workspace = make_workspace(texts, settings=SETTINGS)
    labels = [topic.label for topic in fit(workspace, topics=3).topics]
    assert sum("clean energy" in label for label in labels) == 1
    assert not any(part in ("clean", "energy") for label in labels for part in label.split(", "))
    assert [topic.label for topic in current_topics(workspace).topics] == labels


def test_phrases_are_counted_within_sentences_and_passages(workspace):
    from tracker.analysis import analyse_all
    from tracker.tasks.topics import passages_of

    model, _ = current_model(workspace)
    units = passages_of(analyse_all(workspace.store.speeches(), workspace.lexicon, workspace.recipe), workspace.recipe)
    assert phrases_of(model, units, frozenset(model.terms)).pairs == ()  # "the quay and the ferry": never side by side


def test_added_speeches_are_said_to_be_known_or_not_without_a_refit(make_workspace, subject_texts, add_texts):
    workspace = make_workspace(subject_texts(["harbour", "orchard", "school"], 0, 8), settings=SETTINGS)
    model = fit(workspace, topics=3).model
    before = {speech.id for speech in workspace.store.speeches()}
    add_texts(workspace, subject_texts(["harbour", "school"], 8, 9))
    usual = current_topics(workspace)
    assert (usual.added.speeches, usual.model) == (1, model)
    assert usual.added.unknown == pytest.approx(usual.added.usual, abs=0.02)  # "know" stands in every passage, and in no model
    assert [warning.code for warning in usual.warnings] == ["W9"]
    assert usual.added.residual == pytest.approx(1, abs=0.35)
    add_texts(workspace, subject_texts(["railway"], 9, 10))
    found = current_topics(workspace)
    assert found.added.unknown > usual.added.unknown + 0.2
    assert "W13" in [warning.code for warning in found.warnings]
    alone, warnings = coverage(workspace, [speech.id for speech in workspace.store.speeches() if speech.id not in before])
    assert (alone.unknown, alone.usual) == pytest.approx((found.added.unknown, found.added.usual), abs=0.05)
    assert next(warning.code for warning in warnings) == "W13"


def test_add_tells_how_the_topics_cover_what_was_added(run, make_workspace, subject_texts, tmp_path):
    workspace = make_workspace(subject_texts(["harbour", "orchard", "school"], 0, 8), settings=SETTINGS)
    (tmp_path / "new.md").write_text(subject_texts(["railway"], 9, 10)["s09.md"], encoding="utf-8")
    before = run("add", tmp_path / "new.md", "--workspace", workspace.path, "--json")
    assert json.loads(before.out)["data"]["topics"] is None
    run("remove", "new.md", "--workspace", workspace.path)
    fit(workspace, topics=3)
    told = run("add", tmp_path / "new.md", "--workspace", workspace.path)
    assert "topics: 1 speech added since the fit: " in told.err
    assert "W13: " in told.err


def test_the_topics_are_written_for_plain_gensim(workspace, tmp_path):
    models = pytest.importorskip("gensim.models", reason="gensim is not installed")
    from gensim.corpora import Dictionary

    name_topic(workspace, "1", "Coast")
    told = export_model(workspace, tmp_path / "out")
    model, _ = current_model(workspace)
    theirs = models.LdaModel.load(str(tmp_path / "out" / "lda.model"))
    assert type(theirs) is models.LdaModel
    assert theirs.get_topics() == pytest.approx(model.topic_term, abs=1e-6)
    assert Dictionary.load(str(tmp_path / "out" / "dictionary")).token2id == {term: n for n, term in enumerate(model.terms)}
    names = json.loads((tmp_path / "out" / "topics.json").read_text(encoding="utf-8"))
    assert names[0] == {"topic": 0, "id": "topic-01", "label": model.topics[0].label, "name": "Coast"}
    assert told.files == tuple(sorted(path.name for path in (tmp_path / "out").iterdir()))
    with pytest.raises(TrackerError, match="exists already"):
        export_model(workspace, tmp_path / "out")
    assert not list(tmp_path.glob(".*"))


def test_factors_are_not_written_for_gensim(make_workspace, subject_texts, tmp_path):
    workspace = make_workspace(subject_texts(["harbour", "orchard", "school"], 0, 6), settings=SETTINGS)
    with pytest.raises(TrackerError, match="no topics were fitted yet"):
        export_model(workspace, tmp_path / "out")
    fit(workspace, topics=3, engine="nmf")
    with pytest.raises(TrackerError) as caught:
        export_model(workspace, tmp_path / "out")
    assert caught.value.render() == (
        "error: a model of the engine `nmf` cannot be exported to gensim\n"
        "  its topics are factors of TF-IDF, without the probabilities and the prior that an LDA model is made of\n\nhint: tracker fit --engine lda"
    )


def test_without_gensim_the_export_says_why(workspace, tmp_path, monkeypatch):
    from tracker.models import gensim_bridge

    monkeypatch.setattr(gensim_bridge, "installed", lambda: False)
    with pytest.raises(TrackerError) as caught:
        export_model(workspace, tmp_path / "out")
    assert caught.value.render() == (
        "error: gensim is not installed, which alone can write its files\n"
        "  gensim has no release for Python 3.14 yet; with Python 3.11 to 3.13 it comes with tracker\n\nhint: pip install gensim"
    )
    assert list(tmp_path.iterdir()) == []
