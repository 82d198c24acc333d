import sqlite3
from pathlib import Path

import pytest

from tracker.errors import SourceError, TrackerError
from tracker.tasks.add import Reading, add, add_speeches, workspace_for_adding
from tracker.tasks.corpus import list_speeches, remove, set_fields
from tracker.tasks.workspace import init

HARBOUR = "---\ntitle: Harbour day\ndate: 2022-03-08\nspeaker: Mara Lind\n---\nWe open the harbour to all of you, my friends, and I thank you.\n"


@pytest.fixture
def workspace(tmp_path):
    return init(tmp_path / "workspace", themes="none")


@pytest.fixture
def speeches(tmp_path):
    folder = tmp_path / "speeches"
    (folder / "south").mkdir(parents=True)
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "south" / "orchard.md").write_text(HARBOUR.replace("arbour", "rchard").replace("2022", "2023"), encoding="utf-8")
    return folder


def outcome(result):
    return tuple(len(part) for part in (result.added, result.updated, result.unchanged, result.skipped))


def only(workspace):
    return list_speeches(workspace)[0]


def test_adding_the_same_files_twice_says_unchanged(workspace, speeches):
    assert [outcome(add(workspace, [str(speeches)])) for _ in range(2)] == [(2, 0, 0, 0), (0, 0, 2, 0)]


def test_a_file_is_the_same_from_whichever_folder_it_is_added(workspace, speeches, monkeypatch):
    add(workspace, [str(speeches)])
    before = workspace.store.hash()
    assert outcome(add(workspace, [str(speeches / "south")])) == (0, 0, 1, 0)
    assert outcome(add(workspace, [str(speeches / "harbour.md"), str(speeches / "south" / "orchard.md")])) == (0, 0, 2, 0)
    monkeypatch.chdir(speeches)
    assert outcome(add(workspace, ["."])) == (0, 0, 2, 0)
    assert workspace.store.hash() == before


def test_a_changed_file_is_updated_also_when_it_is_found_below_another_folder(workspace, speeches):
    add(workspace, [str(speeches)])
    file = speeches / "south" / "orchard.md"
    file.write_text(file.read_text(encoding="utf-8") + "We thank the growers.\n", encoding="utf-8")
    assert outcome(add(workspace, [str(speeches / "south")])) == (0, 1, 0, 0)
    assert len(workspace.store.speeches()) == 2


def test_a_changed_file_is_updated_and_its_old_text_is_kept(workspace, speeches):
    add(workspace, [str(speeches)])
    (speeches / "harbour.md").write_text(HARBOUR + "The quay is ours.\n", encoding="utf-8")
    assert outcome(add(workspace, [str(speeches)])) == (0, 1, 1, 0)
    with sqlite3.connect(workspace.corpus_path) as reader:
        texts = [row[0] for row in reader.execute("SELECT text FROM texts WHERE key = 'harbour.md' ORDER BY length(text)")]
    reader.close()
    assert len(texts) == 2
    assert texts[1].startswith(texts[0].rstrip("\n"))


def test_a_new_date_in_a_file_is_an_update_with_the_same_text(workspace, speeches):
    add(workspace, [str(speeches)])
    (speeches / "harbour.md").write_text(HARBOUR.replace("03-08", "03-09"), encoding="utf-8")
    assert [row.date for row in add(workspace, [str(speeches)]).updated] == ["2022-03-09"]


def test_a_file_of_the_same_name_from_elsewhere_is_skipped_with_the_reason(workspace, speeches, tmp_path, monkeypatch):
    add(workspace, [str(speeches / "harbour.md")])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "harbour.md").write_text(HARBOUR.replace("harbour", "museum"), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "other")
    result = add(workspace, ["harbour.md"])
    assert outcome(result) == (0, 0, 0, 1)
    assert "`harbour.md` is in the corpus already, from ../speeches/harbour.md" in result.skipped[0].reason


def test_what_flags_say_outlives_adding_again_without_them(workspace, speeches):
    add(workspace, [str(speeches)], speaker="Tomas Okello", date="2021-05-06", **{"tag:region": "south"})
    result = add(workspace, [str(speeches)])
    assert outcome(result) == (0, 0, 2, 0)
    assert {(row.speaker, row.date, row.date_basis) for row in result.unchanged} == {("Tomas Okello", "2021-05-06", "user")}
    assert {dict(s.tags)["region"] for s in workspace.store.speeches()} == {"south"}


def test_new_flags_go_over_older_ones(workspace, speeches):
    add(workspace, [str(speeches)], speaker="Tomas Okello", place="Belmara")
    assert {(r.speaker, r.place) for r in add(workspace, [str(speeches)], speaker="Ada Moss").updated} == {("Ada Moss", "Belmara")}


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2020-02-03"}, {"published": "2022-03-10"}, {"title": "A day"}, {"speaker": "Ada Moss"}, {"place": "Belmara"}, {"outlet": "Norpress"},
        {"kind": "readout"}, {"language": "de"}, {"event": "visit"}, {"tag:region": "south"}, {"date": "2020-02", "kind": "article"},
    ],
)  # fmt: skip
def test_a_correction_outlives_adding_the_file_again(workspace, speeches, change):
    add(workspace, [str(speeches)])
    row = set_fields(workspace, only(workspace).id, change)
    corrected = workspace.store.get(row.id)
    assert outcome(add(workspace, [str(speeches)])) == (0, 0, 2, 0)
    assert workspace.store.get(row.id) == corrected


def test_a_correction_outlives_a_new_text_of_the_file(workspace, speeches):
    add(workspace, [str(speeches)])
    set_fields(workspace, only(workspace).id, {"place": "Belmara", "date": "2020-02-03"})
    (speeches / "harbour.md").write_text(HARBOUR + "The quay is ours.\n", encoding="utf-8")
    updated = add(workspace, [str(speeches)]).updated
    assert [(row.place, row.date) for row in updated] == [("Belmara", "2020-02-03")]


def test_a_removed_speech_comes_back_when_its_file_is_added_again(workspace, speeches):
    add(workspace, [str(speeches)])
    whole = workspace.store.hash()
    remove(workspace, [only(workspace).id])
    assert len(workspace.store.speeches()) == 1
    assert outcome(add(workspace, [str(speeches)])) == (1, 0, 1, 0)
    assert workspace.store.hash() == whole


SAID = {"place": "Belmara", "date": "2020-02-03", "tag:region": "south", "event": "visit", "voice:1": "other", "kind": "readout"}


def test_a_removed_speech_comes_back_with_the_corrections_of_the_user_and_it_is_said(workspace, speeches, run):
    add(workspace, [str(speeches)])
    row = set_fields(workspace, only(workspace).id, SAID)
    before, corrected = workspace.store.hash(), workspace.store.get(row.id)
    remove(workspace, [row.id])
    result = add(workspace, [str(speeches)])
    assert workspace.store.get(row.id) == corrected
    assert workspace.store.hash() == before
    assert [(speech, len(fields)) for speech, fields in result.returned] == [(row.id, len(SAID))]
    remove(workspace, [row.id])
    told = run("add", speeches, "--workspace", workspace.path).out
    assert f"{row.id[:8]} is back with what you had said of it (date, event, kind, place, tag:region, voice:" in told
    assert f"to drop that: tracker remove {row.id[:8]} --forget" in told


def test_corrections_that_were_forgotten_do_not_come_back(workspace, speeches, run):
    add(workspace, [str(speeches)])
    before, row = workspace.store.hash(), only(workspace)
    set_fields(workspace, row.id, SAID)
    assert run("remove", row.id, "--forget", "--workspace", workspace.path).code == 0
    assert add(workspace, [str(speeches)]).returned == ()
    assert workspace.store.hash() == before


def test_another_text_under_the_name_of_a_removed_speech_gets_none_of_its_corrections(workspace, speeches):
    add(workspace, [str(speeches)])
    row = set_fields(workspace, only(workspace).id, SAID)
    remove(workspace, [row.id])
    (speeches / "harbour.md").write_text(HARBOUR + "The quay is ours.\n", encoding="utf-8")
    result = add(workspace, [str(speeches)])
    assert [(r.place, r.date) for r in result.added] == [("", "2022-03-08")]
    assert (result.returned, workspace.store.corrections("harbour.md")) == ((), {})


def test_a_rehearsal_writes_nothing_and_says_what_would_be_done(workspace, speeches):
    add(workspace, [str(speeches / "harbour.md")])
    before = (workspace.store.hash(), sorted(p.name for p in workspace.path.rglob("*")))
    rehearsed = add_speeches(workspace, [str(speeches)], Reading(said={"speaker": "Ada Moss"}, dry_run=True))
    assert outcome(rehearsed) == (1, 1, 0, 0)
    assert (workspace.store.hash(), sorted(p.name for p in workspace.path.rglob("*"))) == before
    assert workspace.store.corrections("harbour.md") == {}
    assert outcome(add(workspace, [str(speeches)])) == (1, 0, 1, 0)


def test_a_rehearsal_without_a_workspace_makes_none(tmp_path, speeches, monkeypatch):
    monkeypatch.chdir(speeches)
    monkeypatch.delenv("TRACKER_WORKSPACE", raising=False)
    where = workspace_for_adding(None, dry_run=True)
    assert not where.made
    assert not (speeches / "tracker.toml").exists()


def test_adding_makes_a_workspace_in_the_folder_it_is_called_in_and_finds_it_from_below(tmp_path, monkeypatch):
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRACKER_WORKSPACE", raising=False)
    assert workspace_for_adding(None).made
    monkeypatch.chdir(tmp_path / "below")
    found = workspace_for_adding(None)
    assert (found.made, found.workspace.path) == (False, tmp_path.resolve())


def test_the_order_of_adding_changes_neither_hash_nor_list(workspace, speeches, tmp_path):
    other = init(tmp_path / "other-order", themes="none")
    files = [str(speeches / "harbour.md"), str(speeches / "south" / "orchard.md")]
    for one, two in zip(files, files[::-1], strict=True):
        add(workspace, [one])
        add(other, [two])
    assert workspace.store.hash() == other.store.hash()
    assert list_speeches(workspace) == list_speeches(other)


def test_exactly_the_same_text_is_named_as_a_duplicate(workspace, speeches):
    (speeches / "copy.md").write_text(HARBOUR, encoding="utf-8")
    result = add(workspace, [str(speeches)])
    ids = {row.source.rpartition("/")[2]: row.id for row in result.added}
    assert result.duplicates == ((ids["harbour.md"], ids["copy.md"]),)


def test_strict_refuses_everything_when_one_speech_has_no_date(workspace, speeches):
    (speeches / "undated.txt").write_text("We thank you, my friends, and we go on with our work.", encoding="utf-8")
    with pytest.raises(SourceError, match="1 of 3 speeches cannot be added with --strict; nothing was added"):
        add_speeches(workspace, [str(speeches)], Reading(strict=True))
    assert workspace.store.speeches() == []


def test_one_bad_file_never_stops_the_rest(workspace, speeches):
    (speeches / "empty.txt").write_text("", encoding="utf-8")
    (speeches / "picture.png").write_bytes(b"\x89PNG")
    result = add(workspace, [str(speeches)])
    assert outcome(result) == (2, 0, 0, 2)
    assert {Path(s.source).name for s in result.skipped} == {"empty.txt", "picture.png"}


def test_an_unusable_word_of_the_user_is_an_error_before_anything_is_read(workspace, speeches):
    with pytest.raises(TrackerError, match="no kind `sermon`"):
        add(workspace, [str(speeches)], kind="sermon")
    assert workspace.store.speeches() == []


def test_many_files_are_written_in_batches_and_progress_is_told(workspace, tmp_path):
    rows = "".join(f'{{"id": "r{i}", "date": "2022-01-0{i % 9 + 1}", "text": "We read line {i} of our book."}}\n' for i in range(450))
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    told = []
    result = add_speeches(workspace, [str(tmp_path / "rows.jsonl")], Reading(), progress=lambda *step: told.append(step))
    assert (outcome(result), [done for step, done, _ in told if step == "adding"]) == ((450, 0, 0, 0), [200, 400, 450])
    assert told[-1] == ("looking for copies", 450, 450)


def test_an_interrupted_run_keeps_whole_batches_and_goes_on_where_it_stopped(workspace, tmp_path):
    rows = "".join(f'{{"id": "r{i}", "date": "2022-01-01", "text": "We read line {i} of our book."}}\n' for i in range(450))
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")

    def stop(step, done, total):
        if done == 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_speeches(workspace, [str(tmp_path / "rows.jsonl")], Reading(), progress=stop)
    assert len(workspace.store.speeches()) == 400
    assert outcome(add(workspace, [str(tmp_path / "rows.jsonl")])) == (50, 0, 400, 0)
