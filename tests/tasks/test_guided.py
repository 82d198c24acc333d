"""Topics that begin at the themes, as a user asks for them."""

import json

import numpy as np
import pytest

from tracker.errors import ThemesError, TrackerError
from tracker.synthetic import Lengths, PlantedTheme, simulate_speeches
from tracker.tasks.add import add
from tracker.tasks.guided import missed
from tracker.tasks.topics import fit
from tracker.tasks.workspace import init

HARBOUR = ("harbour", "quay", "lighthouse", "ferry", "pier", "trawler", "anchor", "wharf")
ORCHARD = ("orchard", "apple", "blossom", "cider", "graft", "cherry", "pear", "plum")
THEMES = (PlantedTheme("harbour", "Harbours", HARBOUR, 0.05, 0.05), PlantedTheme("orchard", "Orchards", ORCHARD, 0.05, 0.05))
LISTED = {"harbour": HARBOUR[:4], "orchard": ORCHARD[:4], "airships": ("zeppelin*",)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Sixteen invented speeches whose themes list half of their words."""
    folder = tmp_path_factory.mktemp("guided")
    corpus = simulate_speeches(8, 8, themes=THEMES, tau=0.6, rho=0.3, lengths=Lengths(8, 60, 0.3), rng=np.random.default_rng(4))
    rows = [{"id": s.key, "date": s.day.isoformat(), "text": s.text, "speaker": "Ada Lind", "title": s.key} for s in corpus.speeches]
    (folder / "s.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    workspace = init(folder / "w", themes="none")
    lists = [f'[themes.{name}]\nlabel = "{name.title()}"\nterms = {json.dumps(words)}\n' for name, words in LISTED.items()]
    (workspace.path / "themes.toml").write_text("\n".join(lists), encoding="utf-8")
    add(workspace, [str(folder / "s.jsonl")])
    return workspace


@pytest.fixture(scope="module")
def asked(workspace):
    fit(workspace, topics=5, guided=True)
    return missed(workspace)


def test_every_theme_that_is_mentioned_has_a_topic_of_its_own(asked):
    assert asked.guided == ("harbour", "orchard")
    assert [(row.theme, row.guided) for row in asked.themes] == [("harbour", True), ("orchard", True)]
    assert len({row.topic for row in asked.themes}) == 2


def test_words_that_the_list_lacks_are_proposed(asked):
    for row, words in zip(asked.themes, (HARBOUR, ORCHARD), strict=True):
        assert len(set(row.words[:4]) & set(words[4:])) >= 3
        assert not set(row.words) & set(words[:4])


def test_passages_without_a_listed_word_are_quoted_verbatim(workspace, asked):
    texts = {s.id: s.text for s in workspace.store.speeches()}
    assert any(row.missed for row in asked.themes)
    for row in asked.themes:
        assert row.missed <= row.passages
        assert bool(row.quotes) == bool(row.missed)
        assert all(q.quote == texts[q.speech][q.start : q.end] for q in row.quotes)
        listed = LISTED[row.theme]
        assert not [q for q in row.quotes if any(word in q.quote.split() for word in listed)]


def test_theme_and_topic_agree_over_the_events_with_an_interval(asked):
    for row in asked.themes:
        assert row.agreement.n == 16
        assert 0.5 < row.agreement.value <= row.agreement.high
        assert not row.disagree


def test_unguided_topics_are_put_beside_themes_too(workspace, asked):
    fit(workspace, topics=5, guided=False)
    found = missed(workspace, "harbour", quotes=5)
    assert (found.guided, [row.theme for row in found.themes]) == ((), ["harbour"])
    assert not found.themes[0].guided


def test_what_cannot_be_guided_is_told_with_a_way_out(workspace):
    with pytest.raises(TrackerError, match="engine `lda`, not `nmf`") as caught:
        fit(workspace, guided=True, engine="nmf")
    assert caught.value.hint == "tracker fit --guided --engine lda"
    with pytest.raises(TrackerError, match="2 topics cannot be guided here") as caught:
        fit(workspace, guided=True, topics=2)
    assert caught.value.hint == "tracker fit --guided --topics 7"
    with pytest.raises(ThemesError, match="no theme `ghost`"):
        missed(workspace, "ghost")


def test_without_topics_there_is_nothing_to_put_beside_the_themes(tmp_path):
    with pytest.raises(TrackerError, match="no topics were fitted yet"):
        missed(init(tmp_path / "w"))


def test_the_recipe_can_ask_for_it(workspace):
    from tracker.recipe import Recipe

    assert Recipe().with_settings(topics__guided=True).topics.guided
