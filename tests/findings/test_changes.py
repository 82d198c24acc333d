"""What changed between two reports, and which speeches moved it."""

import pytest

from tracker.findings.change_claims import claims, mover_words, run_day, speeches_words, theme_words
from tracker.findings.changes import changes
from tracker.findings.rows import measure_rows
from tracker.findings.shifts import compare_sides
from tracker.lexicon import parse_themes
from tracker.recipe import Recipe
from tracker.reports import json as contract
from tracker.tasks.runs import run_told

EDITED = """
[themes.ports]
label = "Ports"
core = ["harbour*"]
terms = ["ferries", "crane*"]
"""


@pytest.fixture
def told(lexicon):
    """What a report of two sides says of itself."""

    def make(name, before, after, *, themes=lexicon, recipe=None, question="2022 2023", model="m1", **fields):
        recipe = recipe or Recipe()
        result = compare_sides(before, after, themes, recipe)
        listed = [contract.plain({"id": t.id, "label": t.label, "core": t.core, "terms": t.terms}) for t in themes.themes]
        speeches = [item.speech for side in (before, after) for item in side.speeches]
        rows = [{"id": s.id, "date": s.date.text, "title": s.title, "speaker": fields.get("speaker", s.speaker), "event": s.event_id} for s in speeches]
        manifest = {
            "question": {"slices": question, "title": name},
            "recipe": {**recipe.told, "id": recipe.id},
            "libraries": {"numpy": "2"},
            "themes": themes.hash,
            "theme_list": listed,
            "corpus": " ".join(sorted(s.id for s in speeches)),
            "model": model,
            "speeches": [{"id": s.id, "key": s.key} for s in speeches],
        }
        data = {"title": name, "compare": contract.comparison(result), "trend": None, "topics": None, "speeches": rows}
        return run_told(name, manifest, data, measure_rows((before, after), themes))

    return make


@pytest.fixture
def grown(side, prose, told):
    """Two reports: the second has one speech more, full of harbours, on its second side."""
    before = side(2022, *[prose(ports=1) for _ in range(5)])
    after = [prose(ports=1) for _ in range(4)]
    return told("old", before, side(2023, *after)), told("new", before, side(2023, *after, prose(ports=30)))


def test_the_same_report_twice_differs_in_nothing(grown):
    found = changes(grown[0], grown[0])
    assert (found.nothing, claims(found), found.unmoved) == (True, ("Nothing differs.",), 3)


def test_an_added_speech_is_named_with_its_side(grown):
    found = changes(*grown)
    assert [(s.what, s.side) for s in found.speeches] == [("added", "after")]
    assert speeches_words(found) == "1 added"


def test_a_mover_moves_the_change_by_what_leaving_it_out_takes_away(grown):
    theme = next(t for t in changes(*grown).themes if t.id == "ports")
    (mover,) = theme.movers
    assert (mover.what, mover.side, theme.why) == ("added", "after", "")
    assert mover.points == pytest.approx(theme.now.points - theme.was.points)  # it alone differs: put back, the older change is left


def test_the_verdict_with_one_mover_put_back_is_measured_again(side, prose, told):
    before = side(2022, *[prose(ports=i % 2) for i in range(8)])
    after = [prose(ports=8 + i % 2) for i in range(8)]
    old, new = told("old", before, side(2023, *after)), told("new", before, side(2023, *after, prose(ports=0), prose(ports=60)))
    theme = next(t for t in changes(old, new).themes if t.id == "ports")
    assert (theme.was.verdict, theme.now.verdict) == ("rose", "cannot tell")
    assert theme.flipped
    assert [m.verdict for m in theme.movers] == ["rose", "rose"]  # either alone leaves the rise: it takes both
    assert theme_words(theme).startswith("Ports: “rose” became “cannot tell”, because of ")
    assert theme_words(theme).endswith("added: without that it would still be “rose” (1 more moved it too)")


def test_movers_do_not_depend_on_the_order_of_the_reports_rows(grown):
    old, new = grown
    shuffled = type(new)(**{name: getattr(new, name) for name in new.__slots__} | {"counts": {t: dict(reversed(c.items())) for t, c in new.counts.items()}})
    assert changes(old, new).themes == changes(old, shuffled).themes


def test_a_removed_speech_is_the_mirror_of_an_added_one(grown):
    there, back = changes(*grown), changes(*grown[::-1])
    assert [s.what for s in back.speeches] == ["removed"]
    assert [m.points for t in back.themes for m in t.movers] == pytest.approx([-m.points for t in there.themes for m in t.movers])


def test_another_text_of_the_same_key_is_an_update(side, told):
    before = side(2022, "A harbour.")
    old, new = told("old", before, side(2023, "An orchard.")), told("new", before, side(2023, "A quay."))
    found = changes(old, new)
    assert [(s.what, s.told) for s in found.speeches] == [("updated", ("another text",))]


def test_a_corrected_field_is_told_with_both_values(side, told):
    sides = side(2022, "A harbour."), side(2023, "An orchard.")
    found = changes(told("old", *sides), told("new", *sides, speaker="Jon Berg"))
    assert {(s.what, s.told) for s in found.speeches} == {("corrected", ("speaker: Mara Lind → Jon Berg",))}


def test_edited_words_are_told_and_no_speech_is_blamed(side, told):
    edited = parse_themes(EDITED, "themes.toml")
    old, new = ((side(2022, "A harbour and a quay.", themes=themes), side(2023, "A crane.", themes=themes)) for themes in (None, edited))
    found = changes(told("old", *old), told("new", *new, themes=edited))
    assert found.words == ("Farms was removed", "Ports: “crane*” came, “quay*” went", "Railways was removed")
    ports = next(t for t in found.themes if t.id == "ports")
    assert (ports.why, ports.movers) == ("its words were edited", ())
    assert theme_words(ports) == "Ports: still “not testable”; its words were edited"
    assert {theme_words(t) for t in found.themes if t.now is None} == {"Farms is gone", "Railways is gone"}


def test_other_settings_are_told_and_no_speech_is_blamed(grown, side, prose, told):
    before = side(2022, *[prose(ports=1) for _ in range(5)])
    new = told("new", before, side(2023, *[prose(ports=2) for _ in range(5)]), recipe=Recipe().with_settings(measure__level=0.9))
    found = changes(grown[0], new)
    assert found.settings == ("measure.level: 0.95 → 0.9",)
    assert {t.why for t in found.themes} == {"settings differ"}


def test_another_question_holds_no_theme_against_another(side, told):
    sides = side(2022, "A harbour."), side(2023, "An orchard.")
    found = changes(told("old", *sides), told("new", *sides, question="2021 2023"))
    assert (found.same_question, found.themes, found.unmoved) == (False, (), 0)
    assert claims(found) == ("The two reports ask different questions, so their themes are not held against each other.",)


def test_another_topic_model_is_told(side, told):
    sides = side(2022, "A harbour."), side(2023, "An orchard.")
    assert changes(told("old", *sides), told("new", *sides, model="m2")).others == ("topic model: m1 → m2",)


def test_a_mover_says_the_verdict_without_it_only_where_it_is_another(grown):
    (mover,) = next(t for t in changes(*grown).themes if t.id == "ports").movers
    assert "without that" not in mover_words(mover, mover.verdict or "")


def test_the_day_of_a_run_is_in_its_name():
    assert (run_day("20261122T074624-2e898247"), run_day("latest")) == ("2026-11-22", "")
