"""Files, folders and tables into speeches."""

import io
import json
from pathlib import Path

import pytest

from tracker.errors import SourceError
from tracker.recipe import Recipe
from tracker.sources import SUFFIXES, ReadOptions, Skipped, read_sources
from tracker.sources.text import split_front_matter
from tracker.speech import Speech

SHARED = Path(__file__).resolve().parents[2] / "../shared"


def read(*sources, **options):
    return list(read_sources([str(s) for s in sources], ReadOptions(**options)))


def rows(tmp_path, *lines):
    path = tmp_path / "t.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_folder_is_read_in_order_and_what_is_skipped_has_its_reason(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name, data in (("b/one.txt", b"We begin."), ("a.md", b"We go on."), ("c.odt", b"PK"), ("._a.txt", b"x"), ("e.txt", b" \n"), ("n.txt", b"\0\1\2")):
        (tmp_path / name).write_bytes(data)
    found = read(tmp_path)
    assert [s.key for s in found if isinstance(s, Speech)] == ["a.md", "b/one.txt"]
    assert {Path(s.source).name: s.reason for s in found if isinstance(s, Skipped)} == {
        ".git": "is a hidden folder",
        "._a.txt": "is a hidden file",
        "c.odt": f"no reader for `.odt` files; read are {', '.join(SUFFIXES)}",
        "e.txt": "is empty",
        "n.txt": "is not text",
    }


def test_an_empty_folder_is_said_to_be_one(tmp_path):
    assert read(tmp_path) == [Skipped(str(tmp_path), "is an empty folder")]


def test_all_missing_paths_are_named_before_anything_is_read(tmp_path):
    with pytest.raises(SourceError) as caught:
        read_sources([str(tmp_path), "no-a.txt", "no-b.txt"])
    assert caught.value.message == "no such file or folder: `no-a.txt`, `no-b.txt`"


def test_two_folders_with_the_same_names_keep_their_speeches_apart(tmp_path):
    for year in ("2022", "2023"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "a.txt").write_text("We begin.", encoding="utf-8")
    assert [s.key for s in read(tmp_path / "2022", tmp_path / "2023")] == ["2022/a.txt", "2023/a.txt"]


def test_a_file_given_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("We begin.", encoding="utf-8")
    assert len(read(tmp_path, tmp_path / "a.txt")) == 1


def test_standard_input_is_keyed_by_its_content():
    first = next(iter(read_sources(["-"], stdin=io.BytesIO(b"We begin."))))
    again = next(iter(read_sources(["-"], stdin=io.BytesIO(b"We begin."))))
    assert isinstance(first, Speech)
    assert first == again
    assert first.source == "standard input"


def test_an_empty_standard_input_is_skipped():
    assert list(read_sources(["-"], stdin=io.BytesIO(b""))) == [Skipped("standard input", "is empty")]


def test_what_nobody_states_is_inferred(tmp_path, harbour):
    (tmp_path / "a.txt").write_text(harbour, encoding="utf-8")
    (speech,) = read(tmp_path / "a.txt")
    assert speech.inferred == ("kind", "language", "place", "speaker", "title")
    assert (speech.speaker, speech.place, speech.date.text, speech.text) == ("Alva Brandt", "Tarnvik", "2023-03-14", harbour)


def test_the_user_overrides_the_file(tmp_path, harbour):
    (tmp_path / "a.txt").write_text(harbour, encoding="utf-8")
    (speech,) = read(tmp_path, speaker="Lia Fenn", kind="readout", language="en-GB", date="2023", tags={"topic": "sea"})
    assert (speech.speaker, speech.kind, speech.language, speech.date.text, dict(speech.tags)) == ("Lia Fenn", "readout", "en", "2023", {"topic": "sea"})
    assert speech.inferred == ("place", "title")


def test_a_header_above_plain_text_states_and_stays_in_the_text(tmp_path):
    text = "Date: 2023-03-14\nSpeaker: Alva Brandt\n\nI greet you."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (speech,) = read(tmp_path)
    assert (speech.speaker, speech.date.text, speech.text) == ("Alva Brandt", "2023-03-14", text)
    assert "speaker" not in speech.inferred


def test_front_matter_is_metadata_and_not_text(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: 'A Quay'\nlang: en\ndate: 2023-03-14\ntopics:\n  - sea\n  - fish\nsource: https://news.example/a\n---\n\nWe begin.\n", encoding="utf-8"
    )
    (speech,) = read(tmp_path)
    assert (speech.text, speech.title, speech.language, speech.outlet, dict(speech.tags)) == (
        "We begin.\n",
        "A Quay",
        "en",
        "news.example",
        {"topics": "sea, fish"},
    )
    assert (speech.date.basis, speech.date.status) == ("front matter", "stated")


def test_toml_front_matter_is_read():
    assert split_front_matter("+++\ndate = 2023-03-14\ntags = ['a', 'b']\n+++\nWe begin.") == ({"date": "2023-03-14", "tags": "a, b"}, "We begin.")


def test_broken_toml_front_matter_skips_the_file_only(tmp_path):
    (tmp_path / "a.md").write_text("+++\n= 1\n+++\nWe begin.", encoding="utf-8")
    (tmp_path / "b.md").write_text("We begin.", encoding="utf-8")
    first, second = read(tmp_path)
    assert first.reason.startswith("its front matter is not valid TOML")
    assert second.key == "b.md"


def test_a_rule_at_the_top_is_no_front_matter():
    text = "---\nWe begin, and that is no field\n---\nWe end."
    assert split_front_matter(text) == ({}, text)


def test_a_guessed_encoding_is_said(tmp_path):
    (tmp_path / "a.txt").write_bytes(("Le président a déclaré que la forêt était protégée par l’État. " * 6).encode("cp1252"))
    (speech,) = read(tmp_path)
    assert speech.tags["encoding"] == "cp1252, guessed"


def test_a_table_takes_ids_fields_and_tags(tmp_path):
    path = rows(
        tmp_path, {"id": 7, "Text": "We begin.", "date": "2023-03-14", "lang": "en", "party": "Sea", "seats": 3, "in": True, "none": None, "kind": "transcript"}
    )
    (speech,) = read(path)
    assert (speech.key, speech.date.text, speech.language, speech.kind) == ("7", "2023-03-14", "en", "transcript")
    assert dict(speech.tags) == {"party": "Sea", "seats": "3", "in": "true"}
    assert speech.inferred == ()


def test_bad_lines_are_skipped_with_their_numbers(tmp_path):
    path = rows(
        tmp_path,
        {"id": "a", "text": "One."},
        "{oops",
        [1],
        {"id": "b"},
        {"id": "c", "text": 5},
        {"id": "a", "text": "Two."},
        "[" * 100_000,
        {"id": "d", "text": " "},
        {"text": "Three."},
    )
    found = read(path)
    assert [s.key for s in found if isinstance(s, Speech)] == ["a", "t.jsonl:9"]
    assert [(s.source.rsplit(":", 1)[1], s.reason.split(":")[0]) for s in found if isinstance(s, Skipped)] == [
        ("2", "is not JSON"),
        ("3", "is a list, not an object"),
        ("4", "has no text in column `text`"),
        ("5", "`text` is a number, not text"),
        ("6", "the id `a` stands on line 1 already"),
        ("7", "its JSON is nested too deeply"),
        ("8", "is empty"),
    ]


def test_a_table_without_text_names_its_columns_and_the_option(tmp_path):
    (found,) = read(rows(tmp_path, {"id": "a", "words": "We begin."}))
    assert found.reason == "has no text column (`text`, `content`, `body`, `speech`); columns: `id`, `words`"
    assert found.hint == "--text-column words"


def test_columns_can_be_named(tmp_path):
    (speech,) = read(rows(tmp_path, {"nr": "x", "words": "We begin.", "day": "2023-03-14"}), text_column="words", id_column="nr", date_column="day")
    assert (speech.key, speech.text, speech.date.text) == ("x", "We begin.", "2023-03-14")


def test_a_date_column_that_is_no_date_leaves_the_speech_undated_with_the_reason(tmp_path):
    (speech,) = read(rows(tmp_path, {"text": "We begin.", "date": "03/04/2023"}))
    assert speech.date.status == "missing"
    assert speech.date.evidence == "`date` in the table was not taken: `03/04/2023` can be read as day/month or month/day."


def test_the_recipe_says_how_slashed_dates_are_read(tmp_path):
    path = rows(tmp_path, {"text": "We begin.", "date": "03/04/2023"})
    (speech,) = read_sources([str(path)], recipe=Recipe().with_settings(dates__order="mdy"))
    assert speech.date.text == "2023-03-04"


def test_half_a_character_does_not_stop_a_table(tmp_path):
    (speech,) = read(rows(tmp_path, '{"text": "We \\ud800 begin."}'))
    assert speech.text.encode("utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"date": "soon"}, "`--date soon`: `soon` is not a date"),
        ({"published": "2022-02-30"}, "`--published 2022-02-30`: there is no day `2022-02-30` in the calendar"),
        ({"kind": "poem"}, "`--kind poem` is unknown"),
        ({"language": "English please"}, "`--language English please` is no language code"),
    ],
)
def test_unusable_options_are_refused_before_reading(tmp_path, options, message):
    with pytest.raises(SourceError) as caught:
        read(tmp_path, **options)
    assert caught.value.message == message
    assert caught.value.hint


@pytest.mark.shared
def test_the_shared_tables_load_as_they_are():
    tables = sorted(SHARED.glob("corpora/*/speeches.jsonl"))
    if not tables:
        pytest.skip("the shared corpora are not beside the checkout")
    for path in tables:
        found = read(path)
        assert all(isinstance(s, Speech) and s.date.status in ("stated", "agreed") for s in found)
        with path.open(encoding="utf-8") as lines:
            assert len(found) == sum(1 for _ in lines)


@pytest.mark.shared
def test_the_two_seed_texts_date_and_name_themselves():
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the shared seeds are not beside the checkout")
    first, second = read(folder)
    assert (first.date.text, first.date.basis, first.date.status, first.place) == ("2022-08-16", "caption", "agreed", "Jinzhou")
    assert (second.date.text, str(second.date.published), second.date.basis, second.date.status) == ("2023-09-07", "2023-09-09", "text", "inferred")
    assert second.place == "Harbin"
    assert first.speaker == second.speaker != ""


@pytest.mark.shared
def test_no_raw_sample_gets_a_wrong_date():
    folders = sorted(SHARED.glob("corpora/*/raw"))
    if not folders:
        pytest.skip("the shared corpora are not beside the checkout")
    for speech in read(*folders):
        if isinstance(speech, Speech) and speech.date.text:
            known = speech.date.text[:4] if speech.date.basis == "sidecar" else speech.date.text.replace("-", "")
            assert known in speech.key
