"""The JSON that scripts rely on: the exact keys, nothing else on stdout, no number where none exists."""

import json
import math
import re
from pathlib import Path

import pytest

from tracker.estimates import Verdict
from tracker.recipe import TABLES

ENVELOPE = {"schema", "version", "corpus", "recipe", "warnings", "data"}
CORPUS = {"speeches", "events", "tokens", "hash"}
SIDE = {"label", "speeches", "events", "tokens", "speaker_share", "kinds", "speakers", "outlets", "places", "median_tokens"} | {"speaker_band"}
ESTIMATE = {"value", "low", "high", "unit", "level", "n", "method"}
THEME_SIDE = ESTIMATE | {"hits", "core_hits", "tokens", "pooled_value"}
CHANGE = {"points", "points_low", "points_high", "ratio", "low", "high"}
EVIDENCE = {"speech", "date", "start", "end", "quote", "voice"} | {"hits"}
THEME = {
    "id", "label", "origin", "before", "after", "change", "p", "q", "p_permutation", "tau_star", "smallest_detectable", "verdict", "exploratory",
    "sensitivity", "evidence", "other_scope", "standing", "resembles", "validation",
}  # fmt: skip
TEXT = {"theme", "term", "only", "where", "first", "last", "claim", "evidence"} | {"counts", "spread"}
COMPARE = (
    {"before", "after", "scope", "method", "level", "themes", "texts", "balance", "distance"}
    | {"without", "confounds", "needed"}
    | {"family", "reference", "within", "locked", "topics", "phrases"}
)
TOPIC_SHIFTS = {"model", "engine", "passages", "refits", "illustrative", "family", "warnings", "untested", "hidden", "rows"}
TOPIC_SHIFT = {"words", "stability", "reproducible", "refit_points", "turned", "doubt", "unsettled"}
WITHOUT_WORD = {"word", "word_share", "points_without_word", "low", "low_word", "high", "high_word", "widest_word", "verdict"}
WITHOUT_SPEECH = {"event", "speech", "date", "title", "side", "points", "verdict"}
STANDING = {"side", "high", "usual", "df", "higher_than", "lower_than", "ranked"}
FAMILY = {"tests", "level", "min_log2_ratio", "min_points", "same_ratio", "min_expected_hits"}
BALANCE = {"x", "y", "before", "after", "change", "p", "verdict"}
WORD = {"term", "before", "after", "log_ratio", "z", "g2", "p", "q", "starred"}
WORDS = {"rows", "language"} | {"before", "after", "scope", "prior_tokens", "tested", "method", "level"}
ROW = {
    "id", "date", "date_basis", "date_status", "published", "precision", "speaker", "title", "place", "outlet", "kind", "language", "tokens", "event", "source",
}  # fmt: skip
ADD = {"added", "updated", "unchanged", "duplicates", "skipped"} | {"topics"}
FINDING = {"kind", "claim", "theme", "evidence", "caveats"}
REPORT = {"run", "path", "html", "findings"} | {"before", "after"}
REPORT_FILE = {"compare", "words", "trend", "topics", "findings"} | {
    "title",
    "tfidf",
    "speeches",
    "novelty",
    "changes",
    "left_out",
    "marked",
    "periods",
    "phrases",
}
TOPICS = {"model", "engine", "language", "passages", "refits", "illustrative", "topics", "warnings"} | {"hidden", "fit", "added"}
TOPIC = {"id", "label", "words", "share", "stability", "reproducible", "quotes", "nearest_theme"} | {"name", "hidden", "boilerplate"}
CHANGES = {
    "before", "after", "before_title", "after_title", "same_question", "asked", "speeches", "settings", "words", "others", "themes", "unmoved", "trends",
    "born", "retired", "level",
}  # fmt: skip
REPLAY = {"run", "same", "files", "differing", "put_back", "reasons", "edited"}
THEMES_ROW = {"id", "label", "terms", "core", "hits", "core_hits", "per_1000", "speeches", "validation"}
PHRASES = {"by", "periods", "asked", "least", "languages", "phrases", "found"}
PHRASE = {"text", "words", "uses", "events", "first", "last", "new_in", "not_since", "peak", "periods", "quotes", "dates", "here"}
SAMPLE = {"id", "files", "passages", "population", "themes", "strata", "periods", "outlets", "with_hits", "words"}
SCORE = {"sample", "made", "coders", "stored", "themes", "disputed", "level"}
VALIDATION = {"badge", "valid", "alpha", "low", "n", "coders", "date"}
CODED = {"by", "label", "passages", "coded", "disputed", "alpha", "precision", "recall", "listed_share", "corrected"}
CHECK_ROW = {"speech", "title", "concern", "value", "evidence", "command"}
SHOW = {"summary", "date_evidence", "speaker_share", "segments", "inferred", "tags"} | {"scope", "scope_reason", "speaker_band", "called"}
SEGMENT = {"start", "end", "text", "voice", "block", "sure", "reason"} | {"number"}
VERDICTS = set(Verdict.__args__)


@pytest.fixture(scope="module")
def workspace(make_workspace, three_texts):
    undated = "We thank you, my friends, for the long way that you came to us in the rain."
    return make_workspace({**three_texts, "undated.txt": undated})


@pytest.fixture(scope="module")
def ask(run, workspace):
    """Run a command with --json; return its answer, checked as far as all answers are alike."""

    def asked(*words, schema=None, place=True):
        done = run(*words, "--json", *(("--workspace", workspace.path) if place else ()))
        assert (done.code, done.err) == (0, ""), done.err
        answer = json.loads(done.out, parse_constant=lambda name: pytest.fail(f"{name} in the answer"))
        assert done.out == json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
        assert set(answer) == ENVELOPE
        assert answer["schema"] == f"tracker/{schema or words[0]}/1"
        assert set(answer["corpus"]) == CORPUS
        assert set(answer["recipe"]) == {*TABLES, "id"}
        assert all(set(w) == {"code", "text"} for w in answer["warnings"])
        return answer

    return asked


@pytest.fixture(scope="module")
def compared(ask):
    return ask("compare", "2022", "2023", "--balance", "shipyards:orchards")


def check_comparison(data):
    assert set(data) == COMPARE
    assert {frozenset(data[side]) for side in ("before", "after")} == {frozenset(SIDE)}
    assert data["scope"] in ("speaker", "all", "by-kind")
    assert data["method"] in ("welch-share", "stands-out", "none")
    for theme in data["themes"]:
        assert set(theme) == THEME
        assert (set(theme["before"]), set(theme["after"]), set(theme["change"])) == (THEME_SIDE, THEME_SIDE, CHANGE)
        assert set(theme["sensitivity"]) == {"without_word", "without_speech"}
        assert set(theme["sensitivity"]["without_word"] or WITHOUT_WORD) == WITHOUT_WORD
        assert set(theme["sensitivity"]["without_speech"] or WITHOUT_SPEECH) == WITHOUT_SPEECH
        assert set(theme["standing"] or STANDING) == STANDING
        assert set(theme["other_scope"]) == {"before", "after"}
        assert theme["verdict"] in VERDICTS
        assert (theme["origin"] in ("named", "topic"), theme["before"]["unit"]) == (True, "share")
    assert set(data["topics"] or TOPIC_SHIFTS) == TOPIC_SHIFTS
    for topic in data["topics"]["rows"] if data["topics"] else ():
        assert set(topic) == THEME | TOPIC_SHIFT
        assert topic["origin"] == "topic"
        assert (topic["verdict"] is None) == (not topic["reproducible"])
    assert set(data["family"]) == FAMILY
    for text in data["texts"]:
        assert set(text) == TEXT
        assert text["only"] in ("before", "after", "both")
        assert set(text["where"]) <= {"headline", "lead", "attributed", "quoted", "narrated"}
    assert {frozenset(e) for held in (*data["themes"], *data["texts"]) for e in held["evidence"]} == {frozenset(EVIDENCE)}


def test_compare_has_the_keys_of_the_contract(compared):
    check_comparison(compared["data"])
    assert set(compared["data"]["balance"]) == BALANCE
    assert {frozenset(compared["data"]["balance"][name]) for name in ("before", "after", "change")} == {frozenset(ESTIMATE)}
    assert compared["data"]["distance"] is None


def test_points_are_a_hundred_times_the_difference_of_the_shares(compared):
    for theme in compared["data"]["themes"]:
        assert math.isclose(theme["change"]["points"], 100 * (theme["after"]["value"] - theme["before"]["value"]), abs_tol=1e-9)


def test_a_number_that_does_not_exist_is_null(compared):
    themes = {theme["id"]: theme for theme in compared["data"]["themes"]}
    assert {theme[name] for theme in themes.values() for name in ("p", "q", "p_permutation", "smallest_detectable")} == {None}
    assert {theme["change"][name] for theme in themes.values() for name in ("points_low", "points_high", "low", "high")} == {None}
    assert themes["orchards"]["change"]["ratio"] is None
    assert themes["airships"]["sensitivity"]["without_word"] is None
    assert compared["data"]["balance"]["p"] is None


def test_two_speeches_carry_their_warnings_and_are_not_testable(compared):
    assert [w["code"] for w in compared["warnings"]] == ["W1", "W1", "W4", "W5", "W14", "W18"]
    assert {theme["verdict"] for theme in compared["data"]["themes"]} == {"not testable"}


def test_two_speeches_rise_and_fall_nowhere_on_the_screen(run, workspace):
    done = run("compare", "2022", "2023", "--workspace", workspace.path)
    assert done.code == 0
    assert not re.findall(r"\b(rose|fell)\b", done.out + done.err)
    assert not re.findall(r"^W\d", done.out, re.MULTILINE)
    assert re.findall(r"^W\d+", done.err, re.MULTILINE) == ["W1", "W1", "W4", "W5", "W14"]  # W18 stands among the differences


def test_quotes_are_verbatim_by_their_offsets(compared, workspace):
    texts = {s.id: s.text for s in workspace.store.speeches()}
    shown = [e for held in (*compared["data"]["themes"], *compared["data"]["texts"]) for e in held["evidence"]]
    assert all(e["quote"] == texts[e["speech"]][e["start"] : e["end"]] for e in shown)
    assert all(e["start"] <= start < end <= e["end"] for e in shown for start, end in e["hits"])


def test_flags_stand_in_the_recipe_of_the_answer(ask, compared):
    answer = ask("compare", "2022", "2023", "--level", "0.8", "--scope", "all")
    assert answer["recipe"]["measure"] == {**compared["recipe"]["measure"], "level": 0.8, "scope": "all"}
    assert answer["recipe"]["id"] != compared["recipe"]["id"]
    assert ask("words", "2022", "2023", "--scope", "all")["recipe"]["measure"]["scope"] == "all"


def test_words_have_the_keys_of_the_contract(ask):
    answer = ask("words", "2022", "2023")
    assert set(answer["data"]) == WORDS
    assert (set(answer["data"]["before"]), set(answer["data"]["after"])) == (SIDE, SIDE)
    for row in answer["data"]["rows"]:
        assert set(row) == WORD
        assert (set(row["before"]), set(row["after"])) == ({"count", "per_1000"}, {"count", "per_1000"})
        assert (row["p"], row["q"], row["starred"]) == (None, None, False)
    assert "W15" in {w["code"] for w in answer["warnings"]}


def test_list_has_the_keys_of_the_contract(ask):
    rows = ask("list")["data"]["speeches"]
    assert {frozenset(row) for row in rows} == {frozenset(ROW)}
    assert [row["date"] for row in rows] == ["2021-01-01", "2022-03-08", "2023-06-14", ""]


def test_add_has_the_keys_of_the_contract(run, workspace, tmp_path):
    (tmp_path / "twin.md").write_text((workspace.path.parent / "speeches" / "tarnvik.md").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = run("add", tmp_path, "--dry-run", "--json", "--workspace", workspace.path)
    data = json.loads(done.out)["data"]
    assert (done.code, done.err, set(data)) == (3, "", ADD)
    assert set(data["added"][0]) == ROW
    assert [set(d) for d in data["duplicates"]] == [{"speech", "same_text_as"}]
    assert [set(s) for s in data["skipped"]] == [{"source", "reason"}]


def test_themes_and_their_check_have_their_keys(ask):
    assert {frozenset(row) for row in ask("themes")["data"]["themes"]} == {frozenset(THEMES_ROW)}
    data = ask("themes", "check", schema="themes-check")["data"]
    assert set(data) == {"carried", "overlaps", "silent", "inside", "languages", "sides"}
    assert data["silent"] == [["airships", "zeppelin*"]]


def test_phrases_have_their_keys(ask):
    data = ask("phrases", "--least", "2", "--scope", "all")["data"]
    assert set(data) == PHRASES
    assert {frozenset(phrase) for phrase in data["phrases"]} == {frozenset(PHRASE)}
    assert {frozenset(quote) for phrase in data["phrases"] for quote in phrase["quotes"]} == {frozenset(EVIDENCE)}


def test_samples_and_scores_have_their_keys(ask, tmp_path):
    data = ask("themes", "sample", "orchards", "--size", "12", "--output", tmp_path, schema="themes-sample")["data"]
    assert set(data) == SAMPLE
    for path in map(Path, data["files"]):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        path.write_text(
            "\n".join([lines[0], *(line[:-2] + str(number % 2).replace("1", "x") + "," for number, line in enumerate(lines[1:]))]).replace(",,0,", ",x,,"),
            encoding="utf-8",
        )
    data = ask("themes", "score", *data["files"], schema="themes-score")["data"]
    assert set(data) == SCORE
    assert {frozenset(theme) for theme in data["themes"]} == {frozenset({"id", "label", "validation", "groups"})}
    assert set(data["themes"][0]["validation"]) == VALIDATION
    assert {frozenset(group) for theme in data["themes"] for group in theme["groups"]} == {frozenset(CODED)}
    assert set(data["themes"][0]["groups"][0]["corrected"]) == ESTIMATE


def test_check_has_its_keys(ask):
    data = ask("check")["data"]
    assert set(data) == {"speeches", "clean", "rows"}
    assert {frozenset(row) for row in data["rows"]} == {frozenset(CHECK_ROW)}


def test_show_has_its_keys(ask, workspace):
    data = ask("show", workspace.store.speeches()[1].id)["data"]
    assert (set(data), set(data["summary"])) == (SHOW, ROW)
    assert {frozenset(s) for s in data["segments"]} == {frozenset(SEGMENT)}


def test_set_and_remove_answer_with_the_speech(run, make_workspace, two_texts):
    workspace = make_workspace(two_texts)
    name = workspace.store.speeches()[0].id
    for words, part in ((("set", name, "place=Ostby"), "speech"), (("remove", name), "removed")):
        data = json.loads(run(*words, "--json", "--workspace", workspace.path).out)["data"]
        row = data[part] if part == "speech" else data[part][0]
        assert (set(data), set(row), row["tokens"] > 0) == ({part}, ROW, True)


def test_report_topics_and_report_json_have_the_keys_of_the_contract(ask, workspace):
    answer = ask("report", "2022", "2023", "--balance", "shipyards:orchards")
    data = answer["data"]
    assert set(data) == REPORT
    assert {frozenset(f) for f in data["findings"]} == {frozenset(FINDING)}
    assert {f["kind"] for f in data["findings"]} == {"texts", "limit"}
    told = json.loads((workspace.reports_path / data["run"] / "report.json").read_text(encoding="utf-8"))
    assert set(told) == ENVELOPE
    assert set(told["data"]) == REPORT_FILE
    assert told["data"]["trend"]["by"] == "year"  # three years hold speeches
    check_comparison(told["data"]["compare"])
    assert (set(told["data"]["words"]), told["recipe"], told["corpus"]) == (WORDS, answer["recipe"], answer["corpus"])
    topics = ask("topics")["data"]
    assert set(topics) == set(told["data"]["topics"]) == TOPICS
    assert {frozenset(t) for t in topics["topics"]} == {frozenset(TOPIC)}
    assert {frozenset(e) for t in topics["topics"] for e in t["quotes"]} == {frozenset(EVIDENCE)}
    assert ask("view")["data"]["runs"][0]["name"] == data["run"]


def test_diff_and_replay_have_their_keys(ask):
    ask("report", "2021", "2022")
    ask("report", "2021", "2022", "--level", "0.9")
    assert set(ask("diff")["data"]) == CHANGES
    data = ask("replay")["data"]
    assert (set(data), data["same"]) == (REPLAY, True)


def test_demo_has_its_keys(ask, tmp_path):
    data = ask("demo", tmp_path / "demo", place=False)["data"]
    assert set(data) == {"workspace", "report", "next", "credit"}
    assert set(data["report"]) == REPORT | {"warnings"}


def test_an_error_leaves_stdout_empty(run, workspace):
    done = run("compare", "1999", "2023", "--json", "--workspace", workspace.path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: no speech in `1999`")


def test_an_empty_workspace_answers_with_an_empty_corpus(run, tmp_path):
    done = run("init", tmp_path / "w", "--json")
    assert json.loads(done.out)["corpus"] == {"speeches": 0, "events": 0, "tokens": 0, "hash": None}
    assert json.loads(run("list", "--json", "--workspace", tmp_path / "w").out)["data"] == {"speeches": []}
