import pytest

from tracker.errors import CorpusError, SliceError, TrackerError
from tracker.store import corpus as store_of_rows
from tracker.tasks.check import check
from tracker.tasks.corpus import content_tokens, corpus_summary, list_speeches, remove, set_fields, show
from tracker.tasks.listing import summary
from tracker.tasks.workspace import init


def test_speeches_are_listed_in_order_of_date_and_by_slice(make_workspace, three_texts):
    workspace = make_workspace(three_texts)
    assert [row.date for row in list_speeches(workspace)] == ["2021-01-01", "2022-03-08", "2023-06-14"]
    assert [row.title for row in list_speeches(workspace, "2022..,outlet:norpress")] == ["Lind calls for new life in the shipyards"]
    with pytest.raises(SliceError, match="no speech in `1999`"):
        list_speeches(workspace, "1999")


def test_a_line_says_the_same_whether_it_comes_from_a_row_or_a_speech(make_workspace, three_texts):
    texts = {
        **three_texts,
        "undated.txt": "We sail at dawn, my friends.",
        "year.md": "---\ndate: 2019\n---\nWe mend the nets.",
        "month.md": "---\ndate: 2019-03\n---\nNets.",
    }
    workspace = make_workspace(texts)
    first, second, third, *_ = (speech.id for speech in workspace.store.speeches())
    set_fields(workspace, first, {"event": "own"})
    set_fields(workspace, second, {"event": "the-fair"})
    set_fields(workspace, third, {"event": "the-fair"})
    told = list_speeches(workspace)
    assert told == tuple(summary(speech, content_tokens(speech)) for speech in workspace.store.speeches())
    assert told == tuple(summary(speech, speech.tokens) for speech in workspace.store.listed())
    assert {"2019", "2019-03", ""} <= {line.date for line in told}


def test_the_latest_is_found_without_reading_the_others(make_workspace, three_texts, monkeypatch):
    workspace = make_workspace({**three_texts, "undated.txt": "We sail at dawn, my friends."})
    read = []
    monkeypatch.setattr(store_of_rows, "to_listed", lambda row, to_listed=store_of_rows.to_listed: read.append(row) or to_listed(row))
    assert [row.date for row in list_speeches(workspace, "latest")] == ["2023-06-14"]
    assert len(read) == 1
    assert list_speeches(workspace, "..2022,latest") == list_speeches(workspace, "2022,latest")


def test_where_nothing_has_a_date_there_is_no_latest(make_workspace):
    with pytest.raises(SliceError, match="no speech in `latest`"):
        list_speeches(make_workspace({"undated.txt": "We sail at dawn, my friends."}), "latest")


def test_a_shown_speech_is_verbatim_with_the_voice_of_every_segment(two):
    speech = two.store.speeches()[0]
    shown = show(two, speech.id[:6])
    assert all(s.text == speech.text[s.start : s.end] for s in shown.segments)
    assert {s.voice for s in shown.segments} >= {"quoted", "attributed", "narrated"}
    assert sum(len(s.text.split()) for s in shown.segments) == len(speech.text.split())
    assert 0 < shown.speaker_share < 0.5


def test_setting_several_fields_sets_all_or_none(two):
    row = list_speeches(two)[0]
    with pytest.raises(TrackerError):
        set_fields(two, row.id, {"place": "Ostby", "kind": "sermon"})
    assert list_speeches(two)[0] == row
    assert set_fields(two, row.id, {"place": "Ostby", "kind": "article"}).place == "Ostby"


def test_a_stated_field_is_no_longer_inferred(make_workspace):
    workspace = make_workspace({"a.txt": "2022-03-08\n\nWe thank you, my friends, for the long way that you came to us."})
    speech = workspace.store.speeches()[0]
    assert "kind" in speech.inferred
    set_fields(workspace, speech.id, {"kind": "transcript"})
    assert "kind" not in workspace.store.get(speech.id).inferred


def test_two_speeches_become_one_event_and_apart_again(two):
    ids = [row.id for row in list_speeches(two)]
    for name in ids:
        set_fields(two, name, {"event": "visit"})
    assert corpus_summary(two).events == 1
    set_fields(two, ids[0], {"event": "own"})
    assert corpus_summary(two).events == 2


def test_removing_names_what_was_removed_with_its_words_and_all_or_none(two):
    rows = list_speeches(two)
    with pytest.raises(CorpusError, match="no speech `zzz`"):
        remove(two, [rows[0].id, "zzz"])
    assert remove(two, [rows[0].id, rows[0].id[:6]]) == (rows[0],)
    assert list_speeches(two) == (rows[1],)


def test_the_summary_counts_speeches_events_words_and_the_undated(make_workspace, two_texts):
    workspace = make_workspace({**two_texts, "undated.txt": "We thank you, my friends, for the long way that you came to us."})
    held = corpus_summary(workspace)
    assert (held.speeches, held.events, held.undated, held.first, held.last) == (3, 3, 1, "2022-03-08", "2023-06-14")
    assert held.tokens == sum(row.tokens for row in list_speeches(workspace))


def test_an_empty_corpus_has_no_summary_and_nothing_to_check(tmp_path):
    workspace = init(tmp_path / "w", themes="none")
    with pytest.raises(CorpusError, match="the corpus is empty"):
        corpus_summary(workspace)
    assert (check(workspace).speeches, check(workspace).rows) == (0, ())


def test_speeches_with_everything_stated_need_nothing(two):
    assert (check(two).clean, check(two).rows) == (2, ())


def test_check_lists_the_gravest_first_each_with_its_evidence_and_a_command(make_workspace, two_texts):
    silent = "---\ndate: 2022-05-01\nspeaker: Mara Lind\nkind: readout\n---\nThe road was dark. Rain fell on the town all day.\n"
    workspace = make_workspace({**two_texts, "silent.md": silent, "undated.txt": "We thank you, my friends, for the long way that you came to us."})
    found = check(workspace)
    assert [row.concern for row in found.rows] == ["date missing", "no words of the speaker", "speaker not known"]
    assert [row.value for row in found.rows] == ["", "0%", ""]
    assert found.rows[0].command == f"tracker set {found.rows[0].speech} date=2023-09-07"
    assert (found.speeches, found.clean) == (4, 2)


def test_check_lists_transcripts_without_a_speaker_and_tells_many_of_them_in_one_row(make_workspace):
    text = "---\ndate: 2022-05-{0:02}\nkind: transcript\nlanguage: en\n---\nWe thank you, my friends, for way number {0}, which you came to us.\n"
    few = check(make_workspace({f"{n}.md": text.format(n) for n in range(1, 3)}))
    assert [row.concern for row in few.rows] == ["speaker not known"] * 2
    assert few.rows[0].command == f'tracker set {few.rows[0].speech} speaker="Full Name"'
    (row,) = check(make_workspace({f"{n}.md": text.format(n) for n in range(1, 13)})).rows
    assert (row.concern, row.value, row.command) == ("speaker not known", "12 speeches", 'tracker add SOURCE --speaker "Full Name"')


def test_check_names_an_event_of_copies_until_the_user_has_said_so(make_workspace, two_texts):
    workspace = make_workspace({**two_texts, "copy.md": two_texts["tarnvik.md"]})
    (row,) = [row for row in check(workspace).rows if row.concern == "one event"]
    set_fields(workspace, row.speech, {"event": list_speeches(workspace)[0].event})
    assert check(workspace).rows == ()
