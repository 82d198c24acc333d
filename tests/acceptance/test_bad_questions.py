"""Bad slices, themes, settings and commands: the whole text of every error."""

import re
from pathlib import Path

import pytest

from tracker.tasks.workspace import open_workspace

HOLDS = "  the corpus holds 2 speeches, from 2022-03-04 to 2023-05-06; years: 2022, 2023\n  speakers: Ada Moss"
FORMS = (
    "  known forms: a year `2022`, a month `2022-08`, a quarter `2022-Q3`, a day `2022-08-16`, a range `2022..2023`, "
    "`speaker:NAME`, `TAG:value`, `id:3fa9c1`, `latest`"
)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("1999", "2023", f"no speech in `1999`\n{HOLDS}\n\nhint: tracker list"),
        ("speaker:Nobody", "2023", f"no speech in `speaker:Nobody`\n{HOLDS}\n\nhint: tracker list"),
        ("20x2", "2023", f"cannot read the slice `20x2`\n{FORMS}\n\nhint: tracker list 2022"),
        ("2022,", "2023", f"cannot read the slice `2022,`\n{FORMS}\n\nhint: tracker list 2022"),
        ("..", "2023", f"cannot read the slice `..`\n{FORMS}\n\nhint: tracker list 2022"),
        ("2022-13", "2023", "no such day as `2022-13` in the slice `2022-13`\n\nhint: tracker list 2022-08"),
        ("2022-02-30", "2023", "no such day as `2022-02-30` in the slice `2022-02-30`\n\nhint: tracker list 2022-08"),
        ("2023..2022", "2023", "the range `2023..2022` ends before it begins\n\nhint: tracker list 2022..2023"),
        ("2022,2023", "2023", "two periods in the slice `2022,2023`\n\nhint: tracker list 2022..2023"),
        ("2022..2023", "2023", "`2022..2023` and `2023` overlap: 1 speech in both, e.g. `f7b2715bbc54`\n\nhint: tracker compare 2022 2023"),
        ("2023", "2022..", "`2023` and `2022..` overlap: 1 speech in both, e.g. `f7b2715bbc54`\n\nhint: tracker compare 2023 2022"),
        ("speaker:Ada", "2023", "`speaker:Ada` and `2023` overlap: 1 speech in both, e.g. `f7b2715bbc54`\n\nhint: tracker compare 2022,speaker:Ada 2023"),
        ("2023", "latest", f"`2023` holds only the latest speech, which `latest` already means\n{HOLDS}\n\nhint: tracker list"),
        ("latest", "latest", "`latest` and `latest` overlap: 1 speech in both, e.g. `f7b2715bbc54`\n\nhint: tracker list latest"),
    ],
)
def test_slices_that_cannot_be_compared(corpus, refused, before, after, text):
    refused(["compare", before, after], f"error: {text}\n")
    refused(["words", before, after], f"error: {text}\n")


@pytest.mark.parametrize("hint", ["compare 2022 2023", "compare 2023 2022", "compare 2022,speaker:Ada 2023"])
def test_the_comparison_shown_for_overlapping_slices_works(corpus, tracker, hint):
    assert tracker(*hint.split()).code == 0


def test_one_slice_is_not_enough_for_a_report(corpus, refused):
    refused(["report", "2022"], "error: one slice is not enough: `2022`\n\nhint: tracker report 2022 2023\n")


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("compare 2022 2023", "the corpus is empty\n\nhint: tracker add SOURCE"),
        ("words 2022 2023", "the corpus is empty\n\nhint: tracker add SOURCE"),
        ("report", "the corpus is empty\n\nhint: tracker add SOURCE"),
        ("report 2022 2023", "the corpus is empty\n\nhint: tracker add SOURCE"),
        ("themes check", "the corpus is empty\n\nhint: tracker add SOURCE"),
        ("fit", "topics need 2 speeches or more; the corpus holds 0\n\nhint: tracker add SOURCE"),
        ("topics", "no topics were fitted yet\n\nhint: tracker fit"),
        ("list 2022", "no speech in `2022`\n  the corpus holds 0 speeches\n\nhint: tracker add SOURCE"),
        ("show 3fa9c1", "no speech `3fa9c1` in the corpus\n\nhint: tracker list"),
        ("view", "no report in `HERE/reports`\n\nhint: tracker report"),
    ],
)
def test_questions_to_an_empty_corpus(empty, refused, command, text):
    refused(command.split(), f"error: {text}\n")


def test_one_speech_is_too_little_for_topics_and_for_a_report(corpus, tracker, refused):
    assert tracker("remove", "f7b2715bbc54").code == 0
    refused(["fit"], "error: topics need 2 speeches or more; the corpus holds 1\n\nhint: tracker add SOURCE\n")
    refused(["report"], "error: a report compares two periods, and all dated speeches of this corpus are of 2022\n\nhint: tracker add SOURCE\n")


def test_a_corpus_of_one_year_is_shown_how_it_can_be_cut_in_two(corpus, tracker, refused):
    assert tracker("set", "f7b2715bbc54", "date=2022-09-10").code == 0
    refused(
        ["report"],
        "error: a report compares two periods, and all dated speeches of this corpus are of 2022\n\nhint: tracker report ..2022-03-04 2022-09-10..\n",
    )
    assert tracker("compare", "..2022-03-04", "2022-09-10..").code == 0


def test_a_corpus_without_any_date_has_no_periods(empty, tracker, refused):
    Path("u.txt").write_text("We begin the work of the day.", encoding="utf-8")
    assert tracker("add", "u.txt").code == 0
    refused(["report"], "error: a report compares two periods, and no speech of this corpus has a date\n\nhint: tracker check\n")


def test_bad_toml_in_themes_names_the_line(corpus, refused):
    Path("themes.toml").write_text('[themes.port]\nterms = ["port]\n', encoding="utf-8")
    text = "error: `themes.toml` is not valid TOML: Illegal character '\\n' (at line 2, column 16)\n  line 2: terms = [\"port]\n\nhint: edit themes.toml\n"
    refused(["compare", "2022", "2023"], text)


THEMES = """
[themes.a]
term = ["x"]
[themes.b]
terms = [""]
[themes.c]
terms = ["*"]
[themes.d]
label = "D"
[themes.e]
terms = "port"
[themes.f]
core = ["a*b"]
terms = [3]
[themes."g h"]
terms = ["port"]
[themes.i.zh]
words = ["x"]
[other]
"""


def test_everything_wrong_with_the_themes_is_said_in_one_error(corpus, refused):
    Path("themes.toml").write_text(THEMES, encoding="utf-8")
    refused(
        ["compare", "2022", "2023"],
        """
error: 10 problems in `themes.toml`
  `other`: stands outside [themes.NAME]
  themes.a: unknown field `term`, did you mean `terms`?; a theme has label, core, terms and tables like [themes.a.zh]
  themes.b: `terms` holds an empty term
  themes.c: `terms` holds `*`, which would match every word
  themes.d: has no terms; add a line like terms = ["energy", "power plant*"]
  themes.e: `terms` must be a list like ["energy", "power plant*"], not `port`
  themes.f: `core` holds `a*b`; `*` can only stand at the end of a word, like `technolog*`
  themes.f: `terms` holds `3`, which is not text in quotes
  themes.g h: a theme's name is letters, digits, `-` and `_`, not `g h`
  themes.i.zh: unknown field `words`; a language has core and terms

hint: edit themes.toml
""",
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "`themes.toml` has no [themes.NAME] table\n\nhint: edit themes.toml; a theme starts with a line like [themes.energy]"),
        (
            b'[theme.x]\nterms = ["x"]',
            "`themes.toml` has no [themes.NAME] table\n  found: `theme`\n\nhint: edit themes.toml; a theme starts with a line like [themes.energy]",
        ),
        (b"\xff\xfe", "`themes.toml` is not UTF-8 text (byte 0)\n\nhint: save HERE/themes.toml as UTF-8"),
        (b"x = " + b"[" * 50_000, "`themes.toml` is nested too deeply\n\nhint: edit themes.toml"),
    ],
)
def test_a_themes_file_that_cannot_be_read(corpus, refused, data, text):
    Path("themes.toml").write_bytes(data)
    refused(["themes"], f"error: {text}\n")


def test_a_missing_themes_file_is_made_anew_by_the_command_shown(corpus, tracker, refused):
    Path("themes.toml").unlink()
    refused(["themes"], "error: no `themes.toml` in `HERE`\n\nhint: tracker init HERE --themes policy\n")
    assert tracker("init", str(corpus), "--themes", "policy").code == 0
    assert tracker("themes").code == 0
    assert len(open_workspace(".").store.speeches()) == 2


def test_a_folder_called_themes_toml_is_put_aside_by_the_command_shown(corpus, refused):
    Path("themes.toml").unlink()
    Path("themes.toml").mkdir()
    refused(["themes"], "error: cannot read `themes.toml`: Is a directory\n  HERE/themes.toml\n\nhint: mv HERE/themes.toml HERE/themes.toml.old\n")


PORTS = '[themes.ports]\nterms = ["port"]\n[themes.roads]\nterms = ["road*"]\n'
KNOWN = "  themes: ports, roads\n\nhint: tracker themes"
TWO = "two different themes are needed, as X:Y\n\nhint: tracker compare 2022 2023 --balance"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("--balance roads:rivers", f"no theme `rivers`\n{KNOWN}"),
        ("--balance road:ports", f"no theme `road`, did you mean `roads`?\n{KNOWN}"),
        ("--without rivers", f"no theme `rivers`\n{KNOWN}"),
        ("--balance roads", f"cannot read the balance `roads`: {TWO} roads:ports"),
        ("--balance roads:roads", f"cannot read the balance `roads:roads`: {TWO} roads:ports"),
        ("--balance :", f"cannot read the balance `:`: {TWO} ports:roads"),
        ("--level 2", "`--level`: must be a number from 0.5 to 0.999, not `2.0`\n\nhint: tracker compare 2022 2023 --level 0.95"),
        ("--scope me", '`--scope`: must be "by-kind" or "speaker" or "all", not `me`\n\nhint: tracker compare 2022 2023 --scope by-kind'),
    ],
)
def test_flags_of_a_comparison_that_cannot_be_used(corpus, refused, words, text):
    Path("themes.toml").write_text(PORTS, encoding="utf-8")
    refused(["compare", "2022", "2023", *words.split()], f"error: {text}\n")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("--topics 0", '`--topics`: must be a whole number from 2 to 500 or "auto", not `0`\n\nhint: tracker fit --topics 2'),
        ("--topics 1", '`--topics`: must be a whole number from 2 to 500 or "auto", not `1`\n\nhint: tracker fit --topics 2'),
        ("--topics 10000", '`--topics`: must be a whole number from 2 to 500 or "auto", not `10000`\n\nhint: tracker fit --topics 2'),
        ("--topics many", '`--topics`: must be a whole number from 2 to 500 or "auto", not `many`\n\nhint: tracker fit --topics 2'),
        ("--engine magic", '`--engine`: must be "lda" or "nmf" or "gensim" or "sklearn", not `magic`\n\nhint: tracker fit --engine lda'),
        ("--topics 400", "too little text for topics\n  the texts hold 0 passages with words and 0 different words\n\nhint: tracker add SPEECHES"),
    ],
)
def test_topics_that_cannot_be_fitted(corpus, refused, words, text):
    refused(["fit", *words.split()], f"error: {text}\n")


def test_all_unusable_settings_are_said_in_one_error(corpus, refused):
    Path("tracker.toml").write_text(
        '[measure]\nlevel = 7\nfoo = 1\nscope = "me"\nmin_points = -1\n[word]\n[words]\nleave_out = "x"\n[topics]\ntopics = "many"\n[speakers.Ada]\npronoun = "it"\n',
        encoding="utf-8",
    )
    text = """
error: 8 unusable settings in `tracker.toml`
  `measure.level`: must be a number from 0.5 to 0.999, not `7`
  `measure.scope`: must be "by-kind" or "speaker" or "all", not `me`
  `measure.min_points`: must be a number of 0 or more, not `-1`
  `measure.foo`: no such setting; there are level, scope, institutions, min_log2_ratio, min_points, same_ratio, min_expected_hits
  `words.leave_out`: must be a list like ["word"], not `x`
  `topics.topics`: must be a whole number from 2 to 500 or "auto", not `many`
  `speakers.Ada.pronoun`: must be "" or "he" or "she" or "they", not `it`
  `word`: no such setting, did you mean `words`?

hint: edit HERE/tracker.toml
"""
    refused(["compare", "2022", "2023"], text)
    refused(["add", "a.md"], text)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"[measure\n", "`tracker.toml` is not valid TOML: Expected ']' at the end of a table declaration (at line 1, column 9)"),
        (b"measure = 3\n", "1 unusable setting in `tracker.toml`\n  `measure`: must be a table [measure], not `3`"),
        (b"x = " + b"[" * 50_000, "`tracker.toml` is nested too deeply"),
        (b"\xff", "`tracker.toml` is not valid TOML: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
)
def test_a_settings_file_that_cannot_be_read(corpus, refused, data, text):
    Path("tracker.toml").write_bytes(data)
    refused(["compare", "2022", "2023"], f"error: {text}\n\nhint: edit HERE/tracker.toml\n")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("TRACKER_MEASURE_LEVEL", "lots", "must be a number from 0.5 to 0.999, not `lots`"),
        ("TRACKER_MEASURE_LEVEL", "1", "must be a number from 0.5 to 0.999, not `1`"),
        ("TRACKER_DATES_ORDER", "ymd", 'must be "dmy" or "mdy", not `ymd`'),
    ],
)
@pytest.mark.usefixtures("corpus")
def test_an_unusable_setting_in_the_environment_names_its_variable(refused, monkeypatch, name, value, text):
    monkeypatch.setenv(name, value)
    refused(["compare", "2022", "2023"], f"error: `{name}`: {text}\n\nhint: unset {name}\n")


def test_init_in_a_workspace_changes_nothing(corpus, refused):
    refused(["init"], "error: `HERE` is a workspace already\n\nhint: tracker list --workspace .\n")


def test_init_with_an_unknown_codebook_makes_nothing(here, refused):
    refused(
        ["init", "new", "--themes", "nosuch"],
        "error: no built-in codebook `nosuch`\n  built in: policy, china-economy, none\n\nhint: tracker init new --themes policy\n",
    )
    assert list(here.iterdir()) == []


def test_outside_a_workspace_every_command_says_so(here, refused):
    for command in ("list", "check", "report", "fit", "view", "themes"):
        refused([command], "error: no workspace here: no `tracker.toml` in `HERE` or above\n\nhint: tracker demo my-first-report\n")


def test_a_workspace_named_by_the_environment_that_is_none(corpus, refused, monkeypatch):
    monkeypatch.setenv("TRACKER_WORKSPACE", "no such")
    text = "error: no workspace in `HERE/no such`: no `tracker.toml` there\n  the environment variable TRACKER_WORKSPACE names it\n\nhint: tracker init 'no such'\n"
    refused(["list"], text)
    refused(["add", "a.md"], text)


def test_a_workspace_named_by_an_option_that_is_none(corpus, refused):
    refused(["list", "--workspace", "nosuch"], "error: no workspace in `HERE/nosuch`: no `tracker.toml` there\n\nhint: tracker init nosuch\n")


FIELDS = "  fields: date, published, title, speaker, place, outlet, language, event, kind, tag:NAME, voice:N"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("show zz", "no speech `zz` in the corpus\n\nhint: tracker list"),
        ("remove be4980ab6444 zz", "no speech `zz` in the corpus\n\nhint: tracker list"),
        ("set zz date=2022", "no speech `zz` in the corpus\n\nhint: tracker list"),
        ("set be49 mood=glad", f"no field `mood`\n{FIELDS}\n\nhint: tracker set be4980ab6444 tag:mood=glad"),
        ("set be49 titel=Roads", f"no field `titel`\n{FIELDS}\n\nhint: tracker set be4980ab6444 title=Roads"),
        ("set be49 date", "`date` is not KEY=VALUE\n\nhint: tracker set be49 date=2023-09-07"),
        (
            "set be49 date=",
            "`` is not a date\n  known forms: 2022, 2022-08, 2022-08-16, August 16, 2022, 16 August 2022\n\nhint: tracker set be49 date=2022-08-16",
        ),
        ("set be49 title=X date=2023-02-30", "there is no day `2023-02-30` in the calendar\n\nhint: tracker set be49 date=2022-08-16"),
        ("set be49 kind=poem", "no kind `poem`\n  kinds: transcript, readout, article, digest\n\nhint: tracker set be49 kind=readout"),
        (
            "set be49 language=!!",
            "`!!` is no language code\n  codes: ISO 639, e.g. en (English), zh (Chinese), fr (French), und (not known)\n\nhint: tracker set be49 language=en",
        ),
        (
            "set be49 language=ja",
            (
                "the words of Japanese texts (`ja`) cannot be told apart by this version\n"
                "  they are written without spaces between words; counts by anything else would be wrong, so none are made\n\n"
                "hint: tracker add TRANSLATION --language en"
            ),
        ),
    ],
)
def test_corrections_that_cannot_be_made(corpus, refused, words, text):
    refused(words.split(), f"error: {text}\n")


def test_the_beginning_of_several_ids_names_them(corpus, tracker, refused):
    held = open_workspace(".").store
    for number in range(40):
        Path(f"n{number}.txt").write_text(f"We begin the work of day {number}.", encoding="utf-8")
    assert tracker("add", ".").code == 0
    by_first: dict[str, list[str]] = {}
    for speech in held.speeches():
        by_first.setdefault(speech.id[0], []).append(speech.id)
    first, ids = next((first, sorted(ids)) for first, ids in sorted(by_first.items()) if 1 < len(ids) < 9)
    for command in (["show", first], ["set", first, "date=2022"], ["remove", first]):
        said = tracker(*command)
        names, hint = re.fullmatch(rf"error: `{first}` is the beginning of {len(ids)} ids: (.*)\n\nhint: tracker show (\w+)\n", said.err).groups()
        assert sorted(re.findall(r"\w+", names)) == ids
        assert (said.code, hint in ids) == (1, True)
    assert len(held.speeches()) == 42


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("nosuch", "no command `nosuch`\n\nhint: tracker --help"),
        ("themse", "no command `themse`\n\nhint: tracker themes"),
        ("themes nosuch", "no command `nosuch`\n\nhint: tracker themes --help"),
        ("add", "missing argument `SOURCE...`\n\nhint: tracker add --help"),
        ("compare 2022", "missing argument `AFTER`\n\nhint: tracker compare --help"),
        ("add a.md --nosuch", "`tracker add` has no option `--nosuch`\n\nhint: tracker add --help"),
        ("add a.md --spaeker Ada", "`tracker add` has no option `--spaeker`\n\nhint: tracker add a.md --speaker Ada"),
        ("add a.md --date", "option `--date` requires an argument\n\nhint: tracker add --help"),
        ("compare 2022 2023 --level x", "`--level x`: should be a valid number\n\nhint: tracker compare --help"),
        ("words 2022 2023 --most 0", "`--most 0`: should be greater than or equal to 1\n\nhint: tracker words --help"),
        ("view --port 99999", "`--port 99999`: should be less than or equal to 65535\n\nhint: tracker view --help"),
    ],
)
def test_words_that_cannot_be_understood(corpus, refused, words, text):
    refused(words.split(), f"error: {text}\n", code=2)
