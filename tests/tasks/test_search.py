import json

import pytest

from tracker.errors import QueryError, SliceError
from tracker.tasks.corpus import set_fields
from tracker.tasks.search import CONTEXT, search

SECOND = "2023-01-05\n\nWe raise the sea wall again, and the sea wall behind it."


@pytest.fixture(scope="module")
def workspace(make_workspace, three_texts):
    return make_workspace({**three_texts, "later.txt": SECOND})


def test_each_place_is_verbatim_with_its_voice_in_order_of_date(workspace):
    result = search(workspace, '"sea wall*" OR orchard*')
    assert [hit.date for hit in result.hits] == sorted(hit.date for hit in result.hits)
    for hit in result.hits:
        text = workspace.store.get(hit.speech).text
        assert text[hit.start : hit.end] == hit.match
        assert text[: hit.start].endswith(hit.left)
        assert text[hit.end :].startswith(hit.right)
        assert max(len(hit.left), len(hit.right)) <= CONTEXT
    assert {hit.voice for hit in result.hits} >= {"spoken", "narrated", "attributed"}
    assert (result.complete, result.speeches, result.shown) == (True, 4, 4)


def test_a_slice_and_a_limit_leave_the_rest_out_and_say_so(workspace):
    assert {hit.date[:4] for hit in search(workspace, "sea wall", "2022").hits} == {"2022"}
    first = search(workspace, '"sea wall"', most=1)
    assert (len(first.hits), first.shown, first.speeches, first.complete) == (1, 1, 2, False)
    assert search(workspace, '"sea wall"', "2023", most=2).complete
    assert not search(workspace, '"sea wall"', "2023", most=1).complete


def test_words_that_nowhere_stand_are_no_error_but_an_empty_slice_is(workspace):
    assert search(workspace, "zeppelin").hits == ()
    with pytest.raises(SliceError, match="no speech in `1999`"):
        search(workspace, "harbour", "1999")


def test_a_phrase_without_quotation_marks_is_guessed(workspace):
    with pytest.raises(SliceError) as caught:
        search(workspace, "sea", "wall")
    assert caught.value.hint == "tracker search 'sea wall'"


def test_showing_nothing_is_an_error(workspace):
    with pytest.raises(QueryError) as caught:
        search(workspace, "sea", most=0)
    assert caught.value.render() == "error: `--most 0` shows nothing\n\nhint: --most 40"


def test_a_corrected_text_or_kind_is_searched_as_it_is_now(make_workspace, two_texts):
    workspace = make_workspace(two_texts)
    row = search(workspace, "shipyards", "2022").hits[0]
    set_fields(workspace, row.speech, {"kind": "transcript"})
    assert {hit.voice for hit in search(workspace, "museum", "2022").hits} == {"spoken"}


def test_the_command_shows_a_line_a_place_and_counts_on_the_other_stream(run, workspace):
    said = run("search", '"sea wall"', "2023", "--workspace", workspace.path)
    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0].split()[1] == "2023-01-05"
    assert [line.count("[sea wall]") for line in lines[1:]] == [1, 1]
    assert len({line.index("[") for line in lines[1:]}) == 1
    assert said.err == "2 places in 1 speech\n"
    assert run("search", "wall", "--most", "1", "--workspace", workspace.path).err == "1 place shown, in 1 of 2 speeches; --most shows more\n"
    assert run("search", "zeppelin", "--workspace", workspace.path).err == "nothing found\n"
    said = run("search", '"sea wall', "--workspace", workspace.path)
    assert (said.code, said.out) == (1, "")
    assert said.err == "error: a quotation mark in `\"sea wall` is not closed\n\nhint: tracker search 'sea wall'\n"


def test_chinese_words_are_found_in_chinese_texts(make_workspace):
    pytest.importorskip("rjieba", reason="the extra [zh] cuts Chinese words")
    workspace = make_workspace({"zh.txt": "2023-02-01\n\n我们建设新的港口，坚持科技创新。港口是我们的未来。"})
    result = search(workspace, "港口")
    assert [hit.match for hit in result.hits] == ["港口", "港口"]
    assert result.note.startswith("whole Chinese words")
    assert search(workspace, "港*").note == ""


def test_the_answer_for_scripts_has_these_fields_and_no_others(run, workspace):
    told = json.loads(run("search", "wall", "--most", "1", "--json", "--workspace", workspace.path).out)
    assert told["schema"] == "tracker/search/1"
    assert set(told["data"]) == {"query", "slice", "speeches", "shown", "hits", "complete", "note"}
    assert set(told["data"]["hits"][0]) == {"speech", "date", "speaker", "title", "start", "end", "left", "match", "right", "voice", "sure"}


def test_a_table_of_many_rows_has_the_same_columns_as_a_short_one(capsys):
    from tracker.cli.render import LONG_TABLE, table

    rows = [(f"{n}", "港口" if n % 2 else "harbour", f"{n:,}") for n in range(LONG_TABLE + 1)]
    table(("id", "word", "count"), rows, right=("count",))
    long = capsys.readouterr().out.splitlines()
    table(("id", "word", "count"), rows[:4], right=("count",))
    short = capsys.readouterr().out.splitlines()
    assert len(long) == len(rows) + 2
    assert [line.split() for line in long[:1] + long[2:6]] == [line.split() for line in short[:1] + short[2:]]
    assert [line[-1] for line in long[2:6]] == list("0123")
