import json
from datetime import date

import pytest

from tracker.errors import CorpusError, TrackerError
from tracker.tasks.compare import Choices, compare
from tracker.tasks.lock import lock, read_lock, release
from tracker.tasks.report import report
from tracker.tasks.words import words
from tracker.tasks.workspace import open_workspace

DAY = date(2024, 5, 1)


def fresh(workspace):
    """The workspace as the next command finds it."""
    return open_workspace(workspace.path)


def edit(workspace, old, new):
    workspace.themes_path.write_text(workspace.themes_path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return fresh(workspace)


def test_a_lock_holds_the_day_the_recipe_and_a_fingerprint_of_every_theme(two):
    made = lock(two, today=DAY)
    assert (made.date, made.recipe["id"], sorted(made.themes), made.contrasts) == (
        "2024-05-01",
        two.recipe.id,
        ["airships", "orchards", "sea-walls", "shipyards"],
        (),
    )
    assert json.loads((two.path / "lock.json").read_text(encoding="utf-8"))["schema"] == "tracker/lock/1"
    assert read_lock(fresh(two)) == made


def test_a_comparison_says_when_it_was_locked_and_that_nothing_differs(two):
    lock(two, today=DAY)
    result = compare(fresh(two), "2022", "2023")
    assert (result.locked.date, result.locked.seen_before, result.locked.changed) == ("2024-05-01", False, ())
    assert "W27" not in {w.code for w in result.warnings}


def test_without_a_lock_nothing_is_said(two):
    assert compare(two, "2022", "2023").locked is None


def test_a_contrast_looked_at_before_is_not_covered(two):
    compare(two, "2022", "2023")
    lock(two, today=DAY)
    assert compare(fresh(two), "2023-01..2023-12", "2022").locked.seen_before is True
    assert compare(fresh(two), "2022", "2023-06").locked.seen_before is False


def test_what_differs_is_told_setting_by_setting_and_theme_by_theme(two):
    lock(two, today=DAY)
    edited = edit(two, '"cider"', '"cider", "pear*"')
    result = compare(edited, "2022", "2023", Choices(level=0.9))
    assert result.locked.changed == ("measure.level was 0.95, is 0.9", "the words of `orchards`")
    assert [w.text for w in result.warnings if w.code == "W27"] == [
        (
            "Recipe and themes were locked on 2024-05-01; since then changed: measure.level was 0.95, is 0.9; the words of `orchards`. "
            "The lock does not cover this comparison."
        )
    ]


def test_themes_made_and_removed_are_told_and_a_new_label_is_nothing(two):
    lock(two, today=DAY)
    changed = edit(two, "[themes.airships]", "[themes.balloons]")
    assert read_lock(changed).changed == ("`airships` was removed", "`balloons` is new")
    assert read_lock(edit(edit(two, "balloons", "airships"), '"Airships"', '"Ships of the air"')).changed == ()


def test_locking_again_keeps_the_first_day_and_refuses_what_differs(two):
    made = lock(two, today=DAY)
    assert lock(fresh(two), today=date(2025, 1, 1)) == made
    with pytest.raises(TrackerError) as caught:
        lock(edit(two, '"cider"', '"pear*"'), today=DAY)
    assert caught.value.render() == (
        "error: locked on 2024-05-01 already, with other settings or themes\n  the words of `orchards`\n\nhint: tracker lock --release"
    )


def test_a_released_lock_is_gone_and_there_is_none_to_release_twice(two):
    lock(two, today=DAY)
    assert release(two).date == "2024-05-01"
    assert read_lock(two) is None
    with pytest.raises(TrackerError, match="nothing is locked"):
        release(two)


@pytest.mark.parametrize("text", ["{}", "no json", '{"date": "soon", "recipe": {}, "themes": {}, "contrasts": []}', "[]"])
def test_a_file_that_is_no_lock_is_an_error_and_stays(two, text):
    (two.path / "lock.json").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="is not a lock of this program"):
        compare(two, "2022", "2023")
    assert (two.path / "lock.json").read_text(encoding="utf-8") == text


def test_a_report_says_the_day_of_the_lock_and_its_manifest_too(two):
    lock(two, today=DAY)
    written = report(fresh(two), "2022", "2023")
    page = (two.reports_path / written.run / "index.html").read_text(encoding="utf-8")
    assert "locked on 2024-05-01, before this contrast was first looked at" in page
    manifest = json.loads((two.reports_path / written.run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["lock"] == {"date": "2024-05-01", "seen_before": False, "changed": []}


@pytest.mark.parametrize("look", [lambda w: words(w, "2022", "2023"), lambda w: report(w, "2022", "2023")], ids=["words", "report"])
def test_whoever_has_seen_the_words_or_a_report_has_looked_at_the_contrast(two, look):
    look(two)
    edited = edit(two, '"cider"', '"pear*"')
    assert {t.id: t.exploratory for t in compare(edited, "2023", "2022").themes}["orchards"] is True
    assert {t.id: t.exploratory for t in compare(edited, "2022", "2023-06").themes}["orchards"] is False
