"""Bad sources given to `tracker add`: the whole text of every error, and a corpus that is as it was."""

import json
import os
from pathlib import Path

import pytest

from tracker import languages
from tracker.sources import SUFFIXES
from tracker.tasks.workspace import open_workspace

READ = f"read are {', '.join(SUFFIXES)}"
WORDS = "We begin the work of the day and we go on with it."


def rows():
    """Title and date of every speech of the corpus here."""
    return [(s.title or s.source, s.date.text, s.date.status) for s in open_workspace(".").store.speeches()]


def skips(tracker, argv, *lines):
    """Assert that a command is done in part: exit code 3, exactly these sources skipped, nothing on stderr but notes."""
    said = tracker(*argv)
    told = [line.removeprefix("skipped ") for line in said.out.splitlines() if line.startswith("skipped ")]
    assert told == list(lines)
    assert said.code == 3
    assert "error" not in said.err
    return said


def test_a_file_that_does_not_exist_leaves_no_workspace_behind(here, refused):
    refused(
        ["add", "speech.txt"],
        """
error: no such file or folder: `speech.txt`
  looked in `HERE`

hint: tracker add . --dry-run
""",
    )
    assert list(here.iterdir()) == []


def test_all_missing_files_are_named_and_the_ones_meant_are_shown(corpus, refused):
    refused(
        ["add", "aa.md", "b.mdd"],
        """
error: no such file or folder: `aa.md`, `b.mdd`
  looked in `HERE`

hint: tracker add a.md b.md
""",
    )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("picture.txt", b"\x89PNG\0\1\2\3" * 40, "is not text"),
        ("half.txt", b"\xff\xfeW", "is not text: it begins as utf-16 but breaks off at byte 2"),
        ("paper.odt", b"PK", f"no reader for `.odt` files; {READ}"),
        ("speech", b"We begin.", f"no reader for files without a suffix; {READ}"),
        ("head.md", b"---\ndate: 2022-01-01\n---\n", "has front matter but no text"),
        ("toml.md", b"+++\nx = = 3\n+++\nWe begin.", "its front matter is not valid TOML: Invalid value (at line 1, column 5)"),
        ("deep.md", b"+++\nx = " + b"[" * 50_000 + b"\n+++\nWe begin.", "its front matter is nested too deeply"),
        ("list.jsonl", b"[1, 2]\n", None),
        ("deep.jsonl", b'{"text": "We begin.", "x": ' + b"[" * 100_000 + b"}\n", None),
    ],
)
def test_a_file_that_cannot_be_read_is_skipped_with_the_reason(corpus, tracker, name, data, reason):
    Path(name).write_bytes(data)
    told = {"list.jsonl": "list.jsonl:1: is a list, not an object", "deep.jsonl": "deep.jsonl:1: its JSON is nested too deeply"}
    said = skips(tracker, ["add", name], told.get(name, f"{name}: {reason}"))
    assert said.out.splitlines()[-1] == "0 added, 0 updated, 0 unchanged, 1 skipped"
    assert said.err == ""
    assert len(rows()) == 2


def test_a_folder_with_nothing_readable_lists_everything_it_passed_over(corpus, tracker):
    Path("d/.git").mkdir(parents=True)
    Path("d/x.odt").write_bytes(b"PK")
    Path("d/.notes.txt").write_text(WORDS, encoding="utf-8")
    skips(tracker, ["add", "d"], "d/.git: is a hidden folder", "d/.notes.txt: is a hidden file", f"d/x.odt: no reader for `.odt` files; {READ}")


def test_an_empty_folder_is_said_to_be_one(corpus, tracker):
    Path("d").mkdir()
    skips(tracker, ["add", "d"], "d: is an empty folder")


def test_the_workspace_itself_is_no_source_of_speeches(corpus, tracker):
    Path("reports/run").mkdir(parents=True)
    Path("reports/run/report.md").write_text("# A report\n\nIt says that we begin.", encoding="utf-8")
    said = tracker("add", ".")
    assert (said.code, said.err) == (0, "")
    assert said.out == "0 added, 0 updated, 2 unchanged, 0 skipped\n"


def test_a_speech_without_a_date_is_refused_with_strict(corpus, refused):
    Path("u.txt").write_text(WORDS, encoding="utf-8")
    refused(
        ["add", "u.txt", "--strict"],
        """
error: no date in `u.txt`
  looked for: front matter, a sidecar, a date header, a dateline, a caption, the file name, the text

hint: tracker add u.txt --date 2023-09-07
""",
    )


def test_strict_says_why_a_date_was_not_taken(corpus, refused):
    Path("u.md").write_text(f"---\ndate: 03/04/2023\n---\n{WORDS}", encoding="utf-8")
    refused(
        ["add", "u.md", "--strict"],
        """
error: no date in `u.md`
  looked for: front matter, a sidecar, a date header, a dateline, a caption, the file name, the text
  `date` in the front matter was not taken: `03/04/2023` can be read as day/month or month/day.

hint: tracker add u.md --date 2023-09-07
""",
    )


def test_strict_names_everything_at_once_and_adds_nothing(corpus, refused):
    Path("d").mkdir()
    Path("d/u.txt").write_text(WORDS, encoding="utf-8")
    Path("d/ok-2021-02-03.txt").write_text(f"{WORDS} Again.", encoding="utf-8")
    Path("d/x.odt").write_bytes(b"PK")
    refused(
        ["add", "d", "--strict"],
        f"""
error: 2 of 3 speeches cannot be added with --strict; nothing was added
  d/x.odt: no reader for `.odt` files; {READ}
  d/u.txt: no date

hint: tracker add d
""",
    )


def test_a_speech_without_a_date_is_added_and_listed_by_check(corpus, tracker):
    Path("u.txt").write_text(WORDS, encoding="utf-8")
    said = tracker("add", "u.txt")
    assert (said.code, said.err) == (0, "1 date inferred, conflicting or missing: tracker check\n")
    assert rows()[-1] == ("u.txt", "", "missing")
    checked = tracker("check")
    assert "date missing" in checked.out
    assert (checked.code, checked.err) == (0, "2 of 3 speeches need nothing\n")


def test_two_dates_that_disagree_are_conflicting_and_shown_by_check(corpus, tracker):
    Path("c.md").write_text(f"---\ndate: 2021-01-02\n---\nDate: 2021-01-05\n\n{WORDS}", encoding="utf-8")
    said = tracker("add", "c.md")
    assert (said.code, said.err) == (0, "1 date inferred, conflicting or missing: tracker check\n")
    assert rows()[0] == ("c.md", "2021-01-02", "conflicting")
    assert "The front matter says “2021-01-02”, but the header says “2021-01-05”." in tracker("check").out


@pytest.mark.parametrize("written", ["03/04/2023", "2023-02-30"])
def test_a_date_in_the_file_that_cannot_be_taken_leaves_the_speech_undated_with_the_reason(corpus, tracker, written):
    Path("s.md").write_text(f"---\ndate: {written}\n---\n{WORDS}", encoding="utf-8")
    assert tracker("add", "s.md").code == 0
    row = json.loads(tracker("check", "--json").out)["data"]["rows"][0]
    reason = {"03/04/2023": "`03/04/2023` can be read as day/month or month/day.", "2023-02-30": "there is no day `2023-02-30` in the calendar."}[written]
    assert (row["concern"], row["evidence"]) == ("date missing", f"`date` in the front matter was not taken: {reason}")


def test_a_slashed_date_with_only_one_reading_is_taken(corpus, tracker):
    assert tracker("add", "a.md", "--date", "25/12/2022").code == 0
    assert rows()[0][1] == "2022-12-25"


FORMS = "known forms: 2022, 2022-08, 2022-08-16, August 16, 2022, 16 August 2022"
ORDER = 'to settle it for every file, write order = "dmy" (or "mdy") under [dates] in tracker.toml'


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("--date 2023-02-30", "there is no day `2023-02-30` in the calendar\n\nhint: tracker add a.md --date 2022-08-16"),
        ("--date 0000-00-00", "there is no day `0000-00-00` in the calendar\n\nhint: tracker add a.md --date 2022-08-16"),
        ("--date=soon", f"`soon` is not a date\n  {FORMS}\n\nhint: tracker add a.md --date 2022-08-16"),
        ("--published 2023-13", "there is no day `2023-13` in the calendar\n\nhint: tracker add a.md --published 2022-08-16"),
        (
            "--date 03/04/2023",
            f"`03/04/2023` can be read as day/month or month/day\n  it is 2023-04-03 or 2023-03-04\n  {ORDER}\n\nhint: tracker add a.md --date 2023-04-03",
        ),
        ("--kind poem", "no kind `poem`\n  kinds: transcript, readout, article, digest\n\nhint: tracker add a.md --kind readout"),
        ("--kind articel", "no kind `articel`\n  kinds: transcript, readout, article, digest\n\nhint: tracker add a.md --kind article"),
        ("--tag north", "`north` is not KEY=VALUE\n\nhint: tracker add a.md --tag region=north"),
        ("--tag =north", "`=north` is not KEY=VALUE\n\nhint: tracker add a.md --tag region=north"),
        (
            "--language English",
            "`English` is no language code\n  codes: ISO 639, e.g. en (English), zh (Chinese), fr (French), und (not known)\n\nhint: tracker add a.md --language en",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_an_error_before_anything_is_read(corpus, refused, words, text):
    refused(["add", "a.md", *words.split()], f"error: {text}\n")


def test_a_value_that_cannot_be_used_leaves_no_workspace_behind(here, refused):
    Path("a.txt").write_text(WORDS, encoding="utf-8")
    refused(
        ["add", "a.txt", "--kind", "poem"], "error: no kind `poem`\n  kinds: transcript, readout, article, digest\n\nhint: tracker add a.txt --kind readout\n"
    )
    assert [p.name for p in here.iterdir()] == ["a.txt"]


def test_a_region_behind_a_language_code_is_left_out(corpus, tracker):
    assert tracker("add", "a.md", "--language", "en-GB").code == 0
    assert {s.language for s in open_workspace(".").store.speeches()} == {"en"}


def table(*lines, name="t.jsonl"):
    Path(name).write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    return name


def test_bad_lines_of_a_table_are_listed_and_the_others_added(here, tracker):
    table(
        {"id": "1", "text": WORDS, "date": "2022-01-01"},
        "{bad",
        [1],
        {"id": "1", "text": WORDS},
        {"id": "2", "text": None},
        {"id": "3", "text": 7},
        {"id": "4", "text": " "},
    )
    said = skips(
        tracker,
        ["add", "t.jsonl"],
        "t.jsonl:2: is not JSON: Expecting property name enclosed in double quotes",
        "t.jsonl:3: is a list, not an object",
        "t.jsonl:4: the id `1` stands on line 1 already",
        "t.jsonl:5: has no text in column `text`",
        "t.jsonl:6: `text` is a number, not text",
        "t.jsonl:7: is empty",
    )
    assert said.out.splitlines()[-1] == "1 added, 0 updated, 0 unchanged, 6 skipped"
    assert said.err == "made a workspace in HERE\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "has no text column (`text`, `content`, `body`, `speech`); columns: `id`, `said`, `day` (tracker add t.jsonl --text-column said)"),
        ("--text-column spoken", "has no column `spoken`; columns: `id`, `said`, `day` (tracker add t.jsonl --text-column said)"),
        ("--text-column said --date-column days", "has no column `days`; columns: `id`, `said`, `day` (tracker add t.jsonl --date-column day)"),
    ],
)
def test_a_table_without_the_column_names_those_it_has_and_the_likely_one(corpus, tracker, words, told):
    table({"id": "1", "said": WORDS, "day": "2022-01-01"})
    skips(tracker, ["add", "t.jsonl", *words.split()], f"t.jsonl: {told}")


def test_the_same_id_in_two_tables_never_replaces_a_speech(corpus, tracker):
    table({"id": "1", "text": WORDS}, name="one.jsonl")
    table({"id": "1", "text": "Something else is said here."}, name="two.jsonl")
    assert tracker("add", "one.jsonl").code == 0
    reason = "`1` is in the corpus already, from one.jsonl:1; give the rows of both tables different ids, so that their names differ"
    skips(tracker, ["add", "two.jsonl"], f"two.jsonl:1: {reason}")


def test_the_same_name_in_two_folders_never_replaces_a_speech(corpus, tracker, monkeypatch):
    for folder, text in (("one", WORDS), ("two", "Something else is said here.")):
        Path(folder).mkdir()
        Path(folder, "s.txt").write_text(text, encoding="utf-8")
    assert tracker("add", "one").code == 0
    reason = "`s.txt` is in the corpus already, from one/s.txt; add the folder above both, so that their names differ"
    skips(tracker, ["add", "two"], f"two/s.txt: {reason}")
    monkeypatch.chdir("two")
    skips(tracker, ["add", "s.txt"], f"s.txt: {reason}")
    monkeypatch.chdir("..")
    assert len(rows()) == 3


CHINESE = "我们今天开始修新的路。学校也要修。这是非常重要的事情。"
JAPANESE = "私たちは今日から新しい道を作ります。学校も作ります。これはとても大切なことです。"


def test_chinese_text_without_its_extra_is_skipped_with_the_line_that_installs_it(corpus, tracker, monkeypatch):
    monkeypatch.setattr(languages, "find_spec", lambda _: None)
    Path("zh.txt").write_text(CHINESE, encoding="utf-8")
    skips(tracker, ["add", "zh.txt"], "zh.txt: Chinese words cannot be told apart without `rjieba` (pip install 'speech-theme-tracker[zh]')")


def test_a_language_whose_words_cannot_be_told_apart_is_skipped(corpus, tracker):
    Path("ja.txt").write_text(JAPANESE, encoding="utf-8")
    reason = "the words of Japanese texts (`ja`) cannot be told apart by this version (tracker add TRANSLATION --language en)"
    skips(tracker, ["add", "ja.txt"], f"ja.txt: {reason}")


def test_a_hostile_title_cannot_steer_the_terminal(corpus, tracker):
    table({"id": "1", "text": WORDS, "title": "Red\x1b[31m\x07 <script>[bold]\u202edaer", "date": "2021-01-01"})
    assert tracker("add", "t.jsonl").code == 0
    for command in (["list"], ["show", open_workspace(".").store.speeches()[0].id], ["list", "title:x\x1b]0;y"]):
        said = tracker(*command)
        assert not {"\x1b", "\x07", "\u202e"} & set(said.out + said.err)
    assert "Red\ufffd[31m\ufffd <script>[bold]\ufffddaer" in tracker("list").out
    assert json.loads(tracker("list", "--json").out)["data"]["speeches"][0]["title"] == "Red\x1b[31m\x07 <script>[bold]\u202edaer"


def test_half_a_character_in_a_table_is_replaced(here, tracker):
    table('{"id": "1", "text": "We begin \\ud800 here.", "title": "A \\udfff title"}')
    said = tracker("add", "t.jsonl")
    assert said.code == 0
    (speech,) = open_workspace(".").store.speeches()
    assert (speech.text, speech.title) == ("We begin \ufffd here.", "A \ufffd title")


def test_words_that_are_no_text_are_refused(corpus, refused):
    refused(["add", "a.md", "--title", "x\udcffy"], "error: `x\\xffy` is not UTF-8 text, nor a file\n\nhint: tracker --help\n", code=2)


def test_a_file_whose_name_is_no_text_is_added_under_a_name_that_is(corpus, tracker):
    for byte in (b"\xff", b"\xfe"):
        try:
            Path(os.fsdecode(b"n" + byte + b".txt")).write_text(f"{WORDS} {byte!r}", encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes only names that are text")
    assert tracker("add", ".").code == 0
    assert sorted(title for title, _, _ in rows() if title.startswith("n")) == ["n\\xfe.txt", "n\\xff.txt"]


def test_a_text_of_five_megabytes_on_one_line_is_added(here, tracker):
    line = "We build the road and the school, said President Ada Moss on March 4, 2022 in Tarnvik. "
    Path("big.txt").write_text(line * (5_000_000 // len(line)), encoding="utf-8")
    said = tracker("add", "big.txt")
    assert said.code == 0
    assert "1 added" in said.out


def test_a_word_of_a_megabyte_costs_no_more_than_other_text(here, tracker):
    Path("word.txt").write_text("2022-03-04 We begin " + "a" * 1_000_000, encoding="utf-8")
    assert tracker("add", "word.txt").code == 0
    assert tracker("themes").code == 0
