"""What a person does to a list by command: words accepted that are said, undated corpora, tables of any spreadsheet, hints of the right command."""

import pytest

from tracker.errors import ThemesError
from tracker.lexicon.dictionaries import read_table, read_yaml, write_yaml
from tracker.lexicon.themes import parse_themes
from tracker.tasks.lists.exchange import import_themes
from tracker.tasks.lists.suggest import accept
from tracker.tasks.workspace import Workspace, init

LIST = '[themes.port]\nterms = ["harbour", "ferry", "quay"]\n'


@pytest.fixture
def subjects(tmp_path, subject_texts, add_texts):
    workspace = init(tmp_path / "w")
    workspace.themes_path.write_text(LIST, encoding="utf-8")
    workspace = Workspace(workspace.path)
    add_texts(workspace, subject_texts(["harbour", "orchard"], 0, 8, paragraphs=4))
    return workspace


def test_a_word_that_is_never_said_is_not_accepted_and_nothing_is_written(subjects):
    with pytest.raises(ThemesError, match="never said: `submarine`; nothing was written") as caught:
        accept(subjects, "port", ["dock", "submarine"])
    assert caught.value.looked_at == ("`submarine`: 0 times in this corpus",)
    assert caught.value.hint.startswith("edit themes.toml")
    assert subjects.themes_path.read_text(encoding="utf-8") == LIST
    assert accept(subjects, "port", ["anch*"]).accepted == ("anch*",)


def test_a_word_the_theme_has_is_told_as_had_not_as_added(subjects, run):
    said = run("themes", "suggest", "port", "--accept", "Ferry", "--into", "en", "--workspace", str(subjects.path))
    assert said.out == "already in port: ferry\n"
    assert "nothing was written" in said.err
    assert subjects.themes_path.read_text(encoding="utf-8") == LIST


def test_an_empty_word_no_words_at_all_and_a_language_for_none_are_refused(subjects, run):
    where = ("--workspace", str(subjects.path))
    assert "an empty word can neither be accepted nor dropped" in run("themes", "suggest", "port", "--accept", "", *where).err
    assert run("themes", "suggest", "port", "--most", "0", *where).code == 2
    assert "none is accepted" in run("themes", "suggest", "port", "--into", "zh", *where).err


def test_an_undated_corpus_is_told_without_halves(tmp_path, subject_texts, add_texts, run):
    workspace = init(tmp_path / "w")
    workspace.themes_path.write_text(LIST, encoding="utf-8")
    texts = {
        name: "\n".join(line for line in text.split("\n") if not line.startswith("date:")) for name, text in subject_texts(["harbour", "orchard"], 0, 8).items()
    }
    add_texts(Workspace(workspace.path), texts)
    said = run("themes", "suggest", "port", "--workspace", str(workspace.path))
    assert "no speech has a date: nothing is said of change" in said.out
    assert "–" not in said.out
    assert "→" not in said.out
    assert "with it" not in said.out


def test_shares_are_told_per_thousand_words_as_everywhere(subjects, run):
    said = run("themes", "suggest", "port", "--workspace", str(subjects.path)).out
    assert " per 1,000 words (2000-03-01 to 2003-03-01 | 2004-03-01 to 2007-03-01)" in said
    assert "%" not in said.split("\n")[0]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_tables_are_read_whatever_separates_their_cells(separator):
    text = separator.join(("theme", "label", "term")) + "\r\n" + separator.join(("tax", "Taxes", "duty")) + "\r\n"
    theme = read_table(text, "d.csv").themes[0]
    assert (theme.id, theme.label, theme.terms) == ("tax", "Taxes", {"": ("duty",)})


def test_a_table_names_all_columns_it_lacks():
    with pytest.raises(ThemesError, match="no column `theme` and no column `term`"):
        read_table("name;word\na;b\n", "d.csv")


def test_a_table_in_the_encoding_of_a_spreadsheet_is_imported(tmp_path):
    workspace = init(tmp_path / "w", themes="none")
    (tmp_path / "d.csv").write_text("theme;term\nHäfen;Fähre\nHäfen;Straße und Brücke\n", encoding="cp1252")
    import_themes(workspace, tmp_path / "d.csv", tmp_path / "out.toml")
    assert "Fähre" in (tmp_path / "out.toml").read_text(encoding="utf-8")


def test_labels_survive_an_export_as_yaml_and_comments_of_others_are_no_labels():
    themes = parse_themes(
        '[themes.port]\nlabel = "Ports: and # harbours"\nterms = ["quay"]\n[themes.rail]\ncore = ["rail"]\nlabel = "Rail roads"\n', "t"
    ).themes
    assert [t.label for t in read_yaml(write_yaml(themes), "d.yml").themes] == ["Ports: and # harbours", "Rail roads"]
    assert read_yaml("port:  # to do\n  - quay\n", "d.yml").themes[0].label == "Port"


HEAD = "---\ntitle: {0}\ndate: 2001-01-01\nspeaker: Speaker {0}\nkind: transcript\nlanguage: en\n---\n"


def test_periods_finer_than_the_days_are_known_are_refused_with_the_command_that_was_asked(make_workspace, run):
    texts = {f"{n}.md": HEAD.format(n) + f"The harbour of town {n} has {n} quays and a good ferry number{n}. " * 6 + "\n" for n in range(9)}
    where = ("--workspace", str(make_workspace(texts, LIST).path))
    said = run("themes", "sample", "--by", "month", *where).err
    assert "days that only stand for their year" in said
    assert "hint: tracker themes sample --by year" in said
    assert "hint: tracker phrases 2001 --by year" in run("phrases", "2001", "--by", "month", *where).err
    assert "hint: tracker themes sample --edges 2001-01-20,2005-01-20" in run("themes", "sample", "--edges", "soon", *where).err
