"""Several languages in one corpus."""

import json
from dataclasses import replace

import pytest

from tracker.errors import TrackerError
from tracker.lexicon import languages_without_terms, parse_themes
from tracker.tasks.compare import Choices, compare
from tracker.tasks.report import report
from tracker.tasks.topics import current_topics, fit
from tracker.tasks.words import words

THEMES = """
[themes.ports]
label = "Ports"
terms = ["harbour*", "quay", "ferry", "pier", "jetty", "wharf"]
[themes.ports.de]
terms = ["Hafen*", "Fähre*"]

[themes.farms]
label = "Farms"
terms = ["orchard*", "apple*", "harvest", "barn", "cattle", "wheat", "meadow"]
"""
ENGLISH = (
    "the harbour needs a new pier", "our orchard gave many apples", "the ferry waits beside the quay", "a storm broke the roof of the school", "the teachers ask for books",
    "our barn is full after the harvest", "the bakers open before dawn", "a bridge leads to the island", "the doctors have a new ward", "our choir sings on the square",
    "the mill turns with the wind", "a library stands where the prison was", "the wells are deep enough for us",
)  # fmt: skip
GERMAN = (
    "der Hafen braucht eine neue Mauer", "unsere Ernte war gut und reich", "die Fähre wartet auf das Wetter", "ein Sturm hat das Dach der Schule zerbrochen",
    "die Lehrer bitten um mehr Bücher", "unsere Scheune ist nach der Ernte voll", "die Bäcker öffnen vor dem Morgen", "eine Brücke führt auf die Insel",
    "die Ärzte haben eine neue Station", "unser Chor singt auf dem Platz", "die Mühle dreht sich mit dem Wind", "eine Bücherei steht neben dem Gefängnis", "die Brunnen sind für uns tief genug",
)  # fmt: skip


def test_a_theme_has_words_for_the_languages_of_its_lists_and_of_its_script():
    lexicon = parse_themes(THEMES, "themes.toml")
    assert languages_without_terms(lexicon, ["en"]) == languages_without_terms(lexicon, ["de", "und"]) == {}
    assert languages_without_terms(lexicon, ["en", "de"]) == {"farms": frozenset({"de"})}
    assert languages_without_terms(lexicon, ["en", "zh", "und"]) == {"ports": frozenset({"zh"}), "farms": frozenset({"zh"})}
    assert languages_without_terms(lexicon, ["en", "de", "ta"])["ports"] == frozenset({"ta"})


def test_a_general_list_in_two_languages_serves_both():
    both = parse_themes('[themes.a]\nterms = ["Hafen", "Fähre", "Kai", "Leuchtturm", "harbour", "ferry", "quayside", "lighthouse"]', "themes.toml")
    assert languages_without_terms(both, ["en", "de"]) == {}


def speech(day, sentences, turn):
    """A speech of nine sentences of two clauses each, different for every turn."""
    joint = " and " if sentences is ENGLISH else " und "
    n = len(sentences)
    pairs = [(sentences[(turn + i) % n], sentences[(turn * (i + 2) + 3 * i + 1) % n]) for i in range(9)]
    body = " ".join(f"{one[0].upper()}{one[1:]}{joint}{other}." for one, other in pairs)
    return f"---\ntitle: Speech {day}\ndate: {day}\nspeaker: Ada Berg\nkind: transcript\n---\n{body}\n"


def nine_texts():
    """Six English speeches and three German ones in two years."""
    english = {f"en-{y}-{m}.md": speech(f"{y}-0{m}-01", ENGLISH, m + 4 * (y - 2022)) for y in (2022, 2023) for m in (1, 2, 3)}
    return english | {f"de-{day}.md": speech(day, GERMAN, turn) for turn, day in enumerate(("2022-05-01", "2023-05-01", "2023-06-01"), start=1)}


@pytest.fixture(scope="module")
def mixed(make_workspace):
    return make_workspace(nine_texts(), THEMES)


@pytest.fixture(scope="module")
def apart(make_workspace):
    """English in one year, German in the next."""
    english = {f"en-{m}.md": speech(f"2022-0{m}-01", ENGLISH, m) for m in (1, 2)}
    return make_workspace(english | {f"de-{m}.md": speech(f"2023-0{m}-01", GERMAN, m) for m in (1, 2)}, THEMES)


def codes(warnings, code):
    return [w.text for w in warnings if w.code == code]


def test_a_comparison_says_which_languages_and_which_themes_lack_words(mixed):
    result = compare(mixed, "2022", "2023")
    assert codes(result.warnings, "W23") == [
        (
            "The speeches are in several languages (2022: 3 in en, 1 in de; 2023: 3 in en, 2 in de). Each is counted with the words of its own language; "
            "shares of different languages are not the same measure, and a change in the mixture looks like a shift."
        )
    ]
    assert codes(result.warnings, "W24") == [
        (
            'No words for de in "Farms": this theme is measured only over the speeches in other languages. '
            "To measure them there, write a list [themes.NAME.de] in themes.toml."
        )
    ]


def test_a_theme_without_words_in_a_language_is_measured_without_its_speeches(mixed):
    ports, farms = compare(mixed, "2022", "2023").themes
    assert (ports.before.share.n, ports.after.share.n) == (4, 5)
    assert (farms.before.share.n, farms.after.share.n) == (3, 3)
    assert min(ports.before.share.value, farms.before.share.value) > 0.05


def test_a_balance_weighs_only_what_both_themes_can_be_heard_in(mixed):
    result = compare(mixed, "2022", "2023", Choices(balance="ports:farms"))
    assert (result.balance.before.n, result.balance.after.n) == (3, 3)


def test_two_years_in_two_languages_differ_in_language(apart):
    result = compare(apart, "2022", "2023")
    farms = result.themes[1]
    assert "language: en in 2022, de in 2023" in result.confounds
    assert (farms.before.share.n, farms.after.share.n, farms.p) == (2, 0, None)
    assert farms.verdict in ("not testable", "too rare")


def test_one_language_has_no_such_warning(two):
    assert [w for w in compare(two, "2022", "2023").warnings if w.code in ("W23", "W24", "W25")] == []


def test_words_are_ranked_in_the_commonest_language_and_say_what_is_left_out(mixed):
    result = words(mixed, "2022", "2023")
    assert (result.language, result.before.speeches, result.after.speeches) == ("en", 3, 3)
    assert codes(result.warnings, "W23") == [
        "Words are measured in one language at a time, here in en: 3 speeches left out, 3 in de (--language de measures another)."
    ]
    assert not {"hafen", "ernte", "stadt"} & {row.term for row in result.rows}


def test_words_can_be_ranked_in_another_language(mixed):
    result = words(mixed, "2022", "2023", language="de")
    assert (result.language, result.before.speeches, result.after.speeches) == ("de", 1, 2)
    assert "ernte" in {row.term for row in result.rows}
    assert "harvest" not in {row.term for row in result.rows}


@pytest.mark.parametrize(("language", "message"), [(None, "the two slices have none in common"), ("de", "not both slices have speeches in `de`")])
def test_words_without_a_common_language_are_refused_with_what_there_is(apart, language, message):
    with pytest.raises(TrackerError, match=message) as caught:
        words(apart, "2022", "2023", language=language)
    assert caught.value.looked_at == ("languages: 2 in en", "languages: 2 in de")


def test_topics_are_fitted_in_one_language_and_stay_in_it(mixed):
    fitted = fit(mixed, language="de")
    assert fitted.language == "de"
    assert codes(fitted.warnings, "W23")[0].startswith("Topics are measured in one language at a time, here in de: 6 speeches left out, 6 in en")
    again = current_topics(mixed)
    assert (again.language, again.passages, again.topics) == ("de", fitted.passages, fitted.topics)
    assert {quote.language for topic in again.topics for quote in topic.quotes} == {"de"}
    assert fit(mixed).language == "de"
    assert fit(mixed, language="en").language == "en"


def test_a_report_of_two_languages_is_written_and_says_so(mixed, apart):
    for workspace, words_there in ((mixed, True), (apart, False)):
        done = report(workspace, "2022", "2023")
        told = json.loads((workspace.reports_path / done.run / "report.json").read_text(encoding="utf-8"))
        assert "W23" in {w["code"] for w in told["warnings"]}
        assert bool(told["data"]["words"]["rows"]) is bool(told["data"]["tfidf"]) is words_there
    page = (apart.reports_path / done.run / "index.html").read_text(encoding="utf-8")
    assert "No word lists: words are measured in one language at a time" in page


def test_the_order_of_adding_changes_nothing(make_workspace, mixed):
    other = make_workspace(dict(reversed(nine_texts().items())), THEMES)
    assert compare(other, "2022", "2023") == replace(compare(mixed, "2022", "2023"), topics=None)  # topics were fitted in one of them only
    assert words(other, "2022", "2023") == words(mixed, "2022", "2023")


def test_the_command_line_takes_the_language(mixed, run):
    done = run("words", "2022", "2023", "--language", "de", "--json", "--workspace", mixed.path)
    assert json.loads(done.out)["data"]["language"] == "de"
    bad = run("words", "2022", "2023", "--language", "xx", "--workspace", mixed.path)
    assert (bad.code, "not both slices have speeches in `xx`" in bad.err) == (1, True)


def test_a_thai_text_is_skipped_with_the_reason(make_workspace, run):
    workspace = make_workspace({"a.md": speech("2022-01-01", ENGLISH, 1)}, THEMES)
    place = workspace.path / "thai.txt"
    place.write_text("ท่าเรือใหม่จะเปิดในเดือนพฤษภาคมและเรายินดีมาก", encoding="utf-8")
    done = run("add", place, "--date", "2022-02-02", "--workspace", workspace.path)
    assert done.code in (1, 3)
    assert "the words of Thai texts (`th`) cannot be told apart by this version" in done.out + done.err


def test_a_language_without_function_words_is_said(make_workspace):
    parts = ("புதிய துறைமுகம் மே மாதத்தில் திறக்கப்படும்.", "எங்கள் மீனவர்கள் பல ஆண்டுகள் காத்திருந்தனர்.", "கடற்கரையில் வாழும் அனைவருக்கும் இது ஒரு நல்ல நாள்.")
    tamil = {f"{y}.md": f"---\ndate: {y}-01-01\nkind: transcript\n---\n{' '.join(held)}\n" for y, held in ((2022, parts[:2]), (2023, (parts[2], parts[0])))}
    result = compare(make_workspace(tamil, '[themes.ports.ta]\nterms = ["துறைமுகம்"]'), "2022", "2023")
    assert codes(result.warnings, "W25")[0].startswith("No list of function words for ta: every word counts as content there")
    assert (result.themes[0].before.hits, result.themes[0].after.hits) == (1, 1)
