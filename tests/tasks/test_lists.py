import pytest

from tracker.errors import TrackerError
from tracker.tasks.compare import Choices, compare
from tracker.tasks.lists.checks import check_sides
from tracker.tasks.lists.draft import draft
from tracker.tasks.lists.exchange import export_themes, import_themes
from tracker.tasks.lists.suggest import accept, suggest
from tracker.tasks.workspace import Workspace, init

LIST = '# mine\n[themes.port]\nterms = ["harbour", "ferry", "quay"]  # the sea\n[themes.moon]\nterms = ["moon*"]\n'


@pytest.fixture
def subjects(tmp_path, subject_texts, add_texts):
    workspace = init(tmp_path / "w")
    (workspace.path / "themes.toml").write_text(LIST, encoding="utf-8")
    workspace = Workspace(workspace.path)
    add_texts(workspace, subject_texts(["harbour", "orchard", "school", "railway"], 0, 12, paragraphs=4))
    return workspace


def test_a_draft_finds_the_subjects_quotes_them_and_is_the_same_twice(subjects, tmp_path):
    found = draft(subjects)
    assert (subjects.path / "themes-draft.toml").read_text(encoding="utf-8") == found.text
    assert found.themes
    for theme in found.themes:
        assert len(theme.quotes) == 3
        for quote in theme.quotes:
            assert subjects.store.get(quote.speech).text[quote.start : quote.end] == quote.quote
    assert draft(subjects, tmp_path / "again.toml").text == found.text
    assert draft(subjects).path == found.path  # the same draft again is no error
    assert (subjects.path / "themes.toml").read_text(encoding="utf-8") == LIST


def test_a_draft_never_overwrites_a_list(subjects):
    with pytest.raises(TrackerError, match="is the list in use") as told:
        draft(subjects, subjects.themes_path)
    assert told.value.hint.endswith("themes-draft-2.toml")
    other = subjects.path / "other.toml"
    other.write_text("# edited\n", encoding="utf-8")
    with pytest.raises(TrackerError, match="exists already"):
        draft(subjects, other)
    assert other.read_text(encoding="utf-8") == "# edited\n"


def test_words_of_the_same_subject_are_suggested_with_what_they_would_do(subjects):
    found = suggest(subjects, "port")
    words = {row.term[0] for row in found.add}
    assert words & {"dock", "anchor", "sailor", "lighthouse", "cargo", "pilot", "tide", "wharf", "vessel"}
    assert not words & {"apple", "teacher", "locomotive", "harbour", "ferry", "quay"}
    for row in found.add:
        assert row.z > 3.5
        assert row.with_it.earlier >= found.now.earlier
        assert row.with_it.later > found.now.later or row.with_it.earlier > found.now.earlier


def test_an_accepted_word_is_an_edit_that_makes_a_contrast_looked_at_before_exploratory(subjects):
    first = compare(subjects, "2000..2005", "2006..2011", Choices())
    assert not any(row.exploratory for row in first.themes)
    done = accept(subjects, "port", ["dock"], drop=["quay"])
    assert done.terms == 3
    assert subjects.themes_path.read_text(encoding="utf-8") == LIST.replace('"quay"', "").replace('"ferry", ', '"ferry", "dock"')
    again = compare(Workspace(subjects.path), "2000..2005", "2006..2011", Choices())
    assert [row.id for row in again.themes if row.exploratory] == ["port"]


def test_the_check_between_two_sides_names_words_of_one_side_and_what_shifts_lean_on(tmp_path, subject_texts, add_texts):
    workspace = init(tmp_path / "w")
    workspace.themes_path.write_text('[themes.port]\nterms = ["harbour", "ferry"]\n[themes.fruit]\nterms = ["apple", "cider"]\n', encoding="utf-8")
    workspace = Workspace(workspace.path)
    add_texts(workspace, subject_texts(["harbour"], 0, 4) | subject_texts(["orchard"], 4, 8))
    halves = check_sides(workspace)
    assert {(row.theme, row.only) for row in halves.one_sided} == {("port", "before"), ("fruit", "after")}
    assert halves.gone == ("port",)
    assert halves.leaning == ()
    sides = check_sides(workspace, "2000..2003", "2004..2007")
    port = next(row for row in sides.leaning if row.theme == "port")
    assert port.points < port.low <= port.high < 0
    assert not port.turns


def test_lists_go_out_and_come_back_and_overwrite_nothing(subjects, tmp_path):
    out = export_themes(subjects, tmp_path / "d.yml")
    assert (out.themes, out.terms) == (2, 4)
    back = import_themes(subjects, tmp_path / "d.yml", tmp_path / "back.toml")
    assert (back.themes, back.terms, back.lost, back.used) == (2, 4, (), False)
    with pytest.raises(TrackerError, match="never overwrites a list"):
        import_themes(subjects, tmp_path / "d.yml")
    with pytest.raises(TrackerError, match="exists already"):
        export_themes(subjects, tmp_path / "d.yml")


def test_the_halves_are_cut_between_days_and_one_day_is_no_two_sides(tmp_path, add_texts):
    workspace = init(tmp_path / "w")
    workspace.themes_path.write_text('[themes.port]\nterms = ["harbour"]\n[themes.fruit]\nterms = ["apple"]\n', encoding="utf-8")
    workspace = Workspace(workspace.path)
    head = "---\ntitle: {0}\ndate: {1}\nspeaker: Ada Berg\nkind: transcript\nlanguage: en\n---\n"
    said = {
        name: f"We love the old {word} of {name} very much, and we mend the {word} again today. " * 3
        for name, word in zip("abcd", 2 * ["harbour", "apple"], strict=True)
    }
    one_day = {f"{name}.md": head.format(name, "2001-05-01") + text + "\n" for name, text in said.items()}
    add_texts(workspace, one_day)
    found = check_sides(workspace)
    assert (found.one_sided, found.gone) == ((), ())
    add_texts(workspace, {"e.md": head.format("e", "2002-05-01") + "The old apple of another orchard is ripe and red. " * 3})
    found = check_sides(workspace)
    assert [(row.theme, row.only, row.hits, row.last) for row in found.one_sided] == [("port", "before", 12, "2001-05-01")]
    assert found.gone == ("port",)
