import json
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.tasks.add import add
from tracker.tasks.check import check
from tracker.tasks.compare import compare
from tracker.tasks.corpus import set_fields, show
from tracker.tasks.voices import body_sentences
from tracker.voice import mark

TALKS = """President Jonas Rey said the strait is open. Rey urged patience.

Premier Ada Lund said the ice is thin. Lund warned of storms. She asked for help.
"""


@pytest.fixture
def talks(make_workspace):
    return make_workspace({"talks.md": f"---\ndate: 2022-05-01\nspeaker: Jonas Rey\n---\n{TALKS}"})


def only(workspace):
    return workspace.store.speeches()[0]


def again(workspace, text):
    """Write the file anew and add it again."""
    path = Path(workspace.path, only(workspace).source)
    path.write_text(text, encoding="utf-8")
    add(workspace, [str(path)])


def label(workspace, number):
    return {s.number: s.voice for s in show(workspace, only(workspace).id).segments}[number]


def test_show_numbers_the_sentences_of_the_body_and_nothing_else(two):
    shown = show(two, only(two).id)
    body = [s for s in shown.segments if s.block == "body"]
    assert [s.number for s in body] == list(range(1, len(body) + 1))
    assert {s.number for s in shown.segments if s.block != "body"} <= {0}


def test_a_corrected_sentence_keeps_its_label_when_the_file_is_added_again(talks):
    row = set_fields(talks, only(talks).id, {"voice:3": "narrated", "voice:1": "quoted"})
    assert (label(talks, 1), label(talks, 3), row.id) == ("quoted", "narrated", only(talks).id)
    add(talks, [str(Path(talks.path, only(talks).source))])
    assert (label(talks, 1), label(talks, 3)) == ("quoted", "narrated")


def test_a_correction_follows_its_sentence_through_edits_elsewhere(talks):
    set_fields(talks, only(talks).id, {"voice:3": "narrated"})
    text = Path(talks.path, only(talks).source).read_text(encoding="utf-8")
    again(talks, text.replace("President Jonas Rey said", "The hall was full.\n\nPresident Jonas Rey said"))
    assert label(talks, 4) == "narrated"
    assert not [row for row in check(talks).rows if row.concern == "correction not used"]


def test_a_correction_whose_sentence_is_gone_is_kept_and_said(talks):
    set_fields(talks, only(talks).id, {"voice:3": "narrated"})
    text = Path(talks.path, only(talks).source).read_text(encoding="utf-8")
    again(talks, text.replace("the ice is thin", "the ice is thick"))
    assert label(talks, 3) == "other"
    assert [(row.value, row.evidence) for row in check(talks).rows if row.concern == "correction not used"] == [
        ("1", "the sentence corrected to narrated no longer stands in the text")
    ]
    again(talks, text)
    assert label(talks, 3) == "narrated"


def test_auto_takes_a_correction_back(talks):
    set_fields(talks, only(talks).id, {"voice:3": "narrated"})
    set_fields(talks, only(talks).id, {"voice:3": "auto"})
    assert label(talks, 3) == "other"
    assert dict(only(talks).tags) == {}


def test_corrections_are_no_tags_for_the_reader_but_belong_to_the_corpus(talks):
    before = talks.store.hash()
    set_fields(talks, only(talks).id, {"voice:3": "narrated", "tag:region": "north"})
    assert show(talks, only(talks).id).tags == (("region", "north"),)
    assert talks.store.hash() != before


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        ({"voice:9": "other"}, "no sentence `9`: `ID` has sentences 1 to 5", "tracker show ID"),
        ({"voice:x": "other"}, "no sentence `x`: `ID` has sentences 1 to 5", "tracker show ID"),
        ({"voice:1": "othr"}, "no voice `othr`", "tracker set ID voice:1=other"),
        (
            {"voice:1": "other", "kind": "transcript"},
            "`voice:1`: a transcript is counted whole, whoever is heard in a sentence of it",
            "tracker set ID kind=readout",
        ),
    ],
)
def test_corrections_that_cannot_be_made_change_nothing(talks, changes, message, hint):
    before, id_ = talks.store.hash(), only(talks).id
    with pytest.raises(TrackerError) as caught:
        set_fields(talks, id_, changes)
    assert (caught.value.message, caught.value.hint) == (message.replace("ID", id_), hint.replace("ID", id_))
    assert talks.store.hash() == before


def test_several_speakers_are_listed_and_in_no_share_until_the_user_confirms(make_workspace, two_texts):
    place = make_workspace({"belmara.md": two_texts["belmara.md"], "talks.md": f"---\ndate: 2022-05-01\nspeaker: Jonas Rey\n---\n{TALKS}"})
    speech = only(place)
    (row,) = (row for row in check(place).rows if row.concern == "several speakers")
    assert row.command == f"tracker set {speech.id} kind=readout"
    assert row.evidence.startswith("58% of what is said is said by others")
    result = compare(place, "2022", "2023")
    assert {theme.before.tokens for theme in result.themes} == {0}
    assert [w.text.split(" and count")[0] for w in result.warnings if w.code == "W22"] == ["1 of 1 speeches in 2022 reports several speakers"]
    set_fields(place, speech.id, {"kind": "readout"})
    assert not [row for row in check(place).rows if row.concern == "several speakers"]
    assert min(theme.before.tokens for theme in compare(place, "2022", "2023").themes) > 0


def test_the_whole_text_of_several_speakers_counts_where_all_text_does(talks, make_workspace, two_texts):
    from tracker.tasks.compare import Choices

    place = make_workspace({"belmara.md": two_texts["belmara.md"], "talks.md": f"---\ndate: 2022-05-01\nspeaker: Jonas Rey\n---\n{TALKS}"})
    result = compare(place, "2022", "2023", Choices(scope="all"))
    assert min(theme.before.tokens for theme in result.themes) > 0
    assert not [w for w in result.warnings if w.code == "W22"]


def test_the_report_says_what_it_leaves_out_and_why(make_workspace, two_texts):
    from tracker.tasks.report import report

    place = make_workspace({**two_texts, "talks.md": f"---\ndate: 2022-05-01\nspeaker: Jonas Rey\n---\n{TALKS}"})
    written = Path(report(place, "2022", "2023").path)
    told = (written / "report.md").read_text(encoding="utf-8")
    assert "several speakers: 58% of what is said is said by others" in told
    assert "Counted: several speakers: 58%" in (written / "index.html").read_text(encoding="utf-8")
    assert [set(line.split(",")) & {"none"} for line in (written / "data/measures.csv").read_text(encoding="utf-8").splitlines() if ",none," in line] == []


def test_a_text_in_a_language_without_voices_says_so(make_workspace):
    text = "---\ndate: 2022-05-01\nspeaker: Alva Brandt\nkind: readout\nlanguage: de\n---\nBrandt sagte, der Hafen sei sicher. Sie lobte die Taucher.\n"
    place = make_workspace({"rede.md": text})
    shown = show(place, only(place).id)
    assert shown.scope_reason == "full text: voice is not available for `de` (English and Chinese only)"
    assert [row.value for row in check(place).rows if row.concern == "voice not available"] == ["de"]


MANY = "Premier Alva Brandt said the pier is old. Brandt said it leaks. Brandt urged patience. Brandt thanked the divers."


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        (f"{MANY}\n\nOlav Brandt watched. The town was quiet all day.", "surname shared"),
        ("Alva Brandt said the pier is old. Brandt said it leaks. Brandt urged patience.\n\nThe town was quiet.", "no titles known"),
        (MANY, "nearly all words"),
        (f"{MANY[:41]}\n\n" + "The town was quiet and the harbour slept under heavy snow while ferries waited. " * 8, "few words of the speaker"),
        ("The town was quiet. Snow fell.", "no words of the speaker"),
    ],
)
def test_check_lists_what_is_doubtful_in_a_voice(make_workspace, text, concern):
    place = make_workspace({"a.md": f"---\ndate: 2022-05-01\nspeaker: Alva Brandt\nkind: readout\n---\n{text}\n"})
    assert concern in [row.concern for row in check(place).rows]


def test_an_outlet_that_gives_less_of_the_speaker_is_listed(make_workspace):
    head = "---\ndate: 2022-05-0{0}\nspeaker: Alva Brandt\noutlet: {1}\nkind: readout\n---\n"
    long = "\n\nThe harbour was built in stages by many engineers and masons over forty years. The town grew around it."
    texts = {f"{n}.md": head.format(n, "Gazette" if n < 3 else "Herald") + MANY.replace("pier", f"pier {n}") + long * (n < 3) for n in range(1, 5)}
    rows = [row for row in check(make_workspace(texts)).rows if row.concern == "outlet differs"]
    assert {row.value: row.command for row in rows} == {name: f'tracker list "outlet:{name}"' for name in ("Gazette", "Herald")}


def test_show_says_whose_words_count_and_what_the_speaker_is_called(run, talks):
    shown = run("show", only(talks).id, "--workspace", talks.path)
    assert "called    Rey (surname, from the text); President, Head of State (titles, from the text)" in shown.out
    assert "counted   several speakers: 58%" in shown.out
    assert "tracker set" in shown.err
    data = json.loads(run("show", only(talks).id, "--json", "--workspace", talks.path).out)["data"]
    assert (data["scope"], data["called"][0]) == ("none", {"what": "surname", "values": ["Rey"], "known_from": "the text"})


def test_the_numbers_are_those_of_the_marked_sentences(talks):
    speech = only(talks)
    assert [s.number for s in show(talks, speech.id).segments] == [n for n, _ in enumerate(body_sentences(mark(speech, talks.recipe)), start=1)]
