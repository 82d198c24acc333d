"""CSV, TSV and JSON tables as people really have them."""

import csv
import io
import json

import pytest

from tracker.sources import ReadOptions, Skipped, read_sources
from tracker.speech import Speech

FRENCH = "Le président a déclaré que la forêt était protégée par l’État, et que les élèves étaient fiers du chantier. " * 4
CHINESE = "港口已经开放，船只往来不断，人民生活水平不断提高。我们要继续修路，也要办好学校。" * 8


def read(path, **options):
    return list(read_sources([str(path)], ReadOptions(**options)))


def table(tmp_path, content, name="t.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def speeches(found):
    return [s for s in found if isinstance(s, Speech)]


def skips(found):
    return [(s.source.rpartition(":")[2], s.reason) for s in found if isinstance(s, Skipped)]


@pytest.mark.parametrize(("mark", "name"), [(",", "t.csv"), (";", "t.csv"), ("\t", "t.tsv"), ("|", "t.csv"), ("\t", "t.csv"), (";", "t.tsv")])
def test_the_delimiter_is_the_one_of_the_header(tmp_path, mark, name):
    lines = [mark.join(("id", "date", "text")), mark.join(("a", "2023-03-14", '"We begin, and; we\tgo | on."'))]
    (speech,) = read(table(tmp_path, "\n".join(lines) + "\n", name))
    assert (speech.key, speech.date.text, speech.text, speech.date.basis) == ("a", "2023-03-14", "We begin, and; we\tgo | on.", "table")


def test_a_quoted_text_keeps_its_line_ends_quotation_marks_and_delimiters(tmp_path):
    text = 'We begin, she said.\n\n"Not one yard," she said; "not one."\n'
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text", "seats"], ["a", text, 3], ["b", "We end.", 4]])
    first, second = read(table(tmp_path, out.getvalue()))
    assert (first.text, first.tags["seats"], first.source.endswith(":2"), second.source.endswith(":6")) == (text, "3", True, True)


def test_a_spreadsheets_own_first_line_names_the_delimiter(tmp_path):
    (speech,) = read(table(tmp_path, "sep=;\nid;text\na;We begin, and go on.\n"))
    assert (speech.text, speech.source.endswith(":3")) == ("We begin, and go on.", True)


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (FRENCH, "utf-8", ""),
        (FRENCH, "utf-8-sig", ""),
        (FRENCH, "utf-16", ""),
        (FRENCH, "cp1252", "cp1252, guessed"),
        (CHINESE, "gb18030", "gb18030, guessed"),
        (CHINESE, "utf-16", ""),
        ("港口已經開放，船隻往來不斷，人民生活水平不斷提高。我們要繼續修路，也要辦好學校。" * 8, "big5", "big5, guessed"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_in_any_encoding_and_with_any_line_end_is_read_and_a_guess_is_said(tmp_path, text, encoding, guessed, end):
    (speech,) = read(table(tmp_path, f'id,text{end}a,"{text}{end}{text}"{end}', encoding=encoding))
    assert (speech.text, speech.tags.get("encoding", "")) == (f"{text}\n{text}", guessed)


def test_a_row_with_other_cells_than_the_header_is_never_guessed_at(tmp_path):
    found = read(table(tmp_path, "id,text\na,We begin, and go on.\nb,We end.\nc\nd,We thank you.,,\n"))
    assert [s.key for s in speeches(found)] == ["b", "d"]
    assert skips(found) == [(line, f"has {n} cells, the header 2: a text with commas or line ends needs quotation marks") for line, n in (("2", 3), ("4", 1))]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('b,"We go on.\nc,We end.\n', "has a quotation mark that is not closed"),
        ('b,"We go "on" and on."\nc,We end.\n', "has a quotation mark inside a quoted cell that is not doubled"),
    ],
)
def test_where_the_quotation_marks_stop_making_sense_reading_ends_and_says_so(tmp_path, rows, reason):
    found = read(table(tmp_path, f"id,text\na,We begin.\n{rows}"))
    assert [s.key for s in speeches(found)] == ["a"]
    assert skips(found) == [("3", f"{reason}; nothing behind it was read")]


def test_rows_without_text_and_with_an_id_of_before_are_skipped_with_their_lines(tmp_path):
    found = read(table(tmp_path, 'id,text\na,"We begin.\nAnd go on."\nb,\n\n,,\na,We end.\n'))
    assert [s.key for s in speeches(found)] == ["a"]
    assert skips(found) == [("4", "is empty"), ("7", "the id `a` stands on line 2 already")]


def test_columns_can_be_named_and_others_become_tags(tmp_path):
    path = table(tmp_path, "Nr,Said,Day,Who,Head,Where,party\n7,We begin.,2023-03-14,Ada Moss,On roads,Quill,Sea\n")
    columns = {"text": "Said", "date": "Day", "id": "Nr", "speaker": "Who", "title": "Head", "place": "Where"}
    (speech,) = read(path, **{f"{role}_column": name for role, name in columns.items()})
    assert (speech.key, speech.text, speech.date.text, speech.speaker, speech.title, speech.place) == (
        "7",
        "We begin.",
        "2023-03-14",
        "Ada Moss",
        "On roads",
        "Quill",
    )
    assert dict(speech.tags) == {"party": "Sea"}


def test_a_table_without_text_names_its_columns_but_not_a_speech_that_stands_in_for_one(tmp_path):
    (found,) = read(table(tmp_path, f"id,{'We begin ' * 30}\na,We go on.\n"))
    assert found.reason.startswith("has no text column (`text`, `content`, `body`, `speech`); columns: `id`, `We begin We begin")
    assert len(found.reason) < 140


def test_columns_without_a_name_and_with_the_same_one_are_kept_apart(tmp_path):
    (speech,) = read(table(tmp_path, ",text,topic,topic\n1,We begin.,sea,fish\n"))
    assert dict(speech.tags) == {"column_1": "1", "topic": "sea", "topic_4": "fish"}


@pytest.mark.parametrize("content", ["", "\n\n", "id,text\n"])
def test_a_table_without_rows_is_empty(tmp_path, content):
    (found,) = read(table(tmp_path, content))
    assert found.reason == "is empty"


def test_json_is_a_list_of_objects(tmp_path):
    path = table(tmp_path, json.dumps([{"id": "a", "text": "We begin.", "topics": ["sea", "fish"]}, 3, {"id": "b", "text": "We end."}], indent=1), "t.json")
    found = read(path)
    assert [(s.key, dict(s.tags)) for s in speeches(found)] == [("a", {"topics": "sea, fish"}), ("b", {})]
    assert skips(found) == [("2", "is a number, not an object")]


@pytest.mark.parametrize(
    "content",
    [
        '{"from": "x", "speeches": [{"text": "We begin."}, {"text": "We end."}]}',
        '{"text": "We begin."}\n{"text": "We end."}\n',
        '[{"text": "We begin."},\n {"text": "We end."}]',
    ],
)
def test_a_list_inside_an_object_and_one_object_a_line_are_json_too(tmp_path, content):
    assert [s.text for s in read(table(tmp_path, content, "t.json"))] == ["We begin.", "We end."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [("[" * 100_000, "its JSON is nested too deeply"), ("{oops", "is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)")],
)
def test_json_that_is_none_is_skipped_with_the_reason(tmp_path, content, reason):
    assert skips(read(table(tmp_path, content, "t.json"))) == [(str(tmp_path / "t.json"), reason)]


def stream(data, **options):
    return list(read_sources(["-"], ReadOptions(**options), stdin=io.BytesIO(data)))


def test_standard_input_that_begins_with_a_json_object_is_json_lines():
    assert [s.key for s in stream(b'{"id": "a", "text": "We begin."}\n{"id": "b", "text": "We end."}\n')] == ["a", "b"]


def test_standard_input_is_csv_where_the_text_column_is_named_and_a_text_otherwise():
    data = b"id,said\na,We begin.\n"
    assert [s.text for s in stream(data, text_column="said")] == ["We begin."]
    assert [s.text for s in stream(data)] == [data.decode()]
