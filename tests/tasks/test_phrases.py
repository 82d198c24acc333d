"""Phrases by the command's own task: first and last use, quotes to the letter, fragments left out."""

from dataclasses import replace

import pytest

from tracker import said
from tracker.charts import phrases as chart
from tracker.errors import CorpusError, SliceError, TrackerError
from tracker.findings.phrases import apart, found_phrases
from tracker.measures import phrases as runs
from tracker.tasks.compare import Choices, compare, compared
from tracker.tasks.phrases import phrases, phrases_in
from tracker.tasks.report import gather
from tracker.tasks.workspace import init

HEAD = "---\ntitle: {0}\ndate: {0}\nspeaker: Ada Berg\nkind: transcript\nlanguage: {1}\n---\n"
SAID = {
    "2020-03-01": "We build the great sea wall now. The great sea wall is ours. Of the great sea wall we are proud. Good neighbours keep quiet harbours.",
    "2021-03-01": "Our sea-wall stands. Quiet harbours, quiet nights. We love quiet harbours.",
    "2022-03-01": "A charter for growers helps. The charter for growers is here, and the charter for growers stays. Nobody spoke of the Sea Wall.",
}


def texts(said, language="en"):
    return {f"{day}.md": HEAD.format(day, language) + text + "\n" for day, text in said.items()}


@pytest.fixture(scope="module")
def spoken(make_workspace):
    return make_workspace(texts(SAID))


def by_text(found):
    return {phrase.text.casefold(): phrase for phrase in found.phrases}


def test_first_last_and_peak_are_those_of_the_whole_corpus(spoken):
    found = by_text(phrases(spoken, least=3))
    assert sorted(found) == ["charter for growers", "great sea wall", "quiet harbours"]
    wall = by_text(phrases(spoken, least=2))["sea wall"]
    assert (wall.uses, wall.events, wall.first, wall.last, wall.new_in, wall.not_since, wall.peak) == (5, 3, "2020-03-01", "2022-03-01", "", "", "2020")
    assert [(one.period, one.uses, one.events) for one in wall.periods] == [("2020", 3, 1), ("2021", 1, 1), ("2022", 1, 1)]


def test_what_is_new_and_what_is_not_said_any_more(spoken):
    found = phrases(spoken, least=3)
    assert [phrase.text for phrase in found.new] == ["charter for growers"]
    assert {phrase.text: phrase.not_since for phrase in found.gone} == {"great sea wall": "2020", "quiet harbours": "2021"}
    asked = phrases(spoken, "2021", least=3)
    assert ([(p.text, p.here, p.uses) for p in asked.phrases], asked.new) == ([("quiet harbours", 2, 3)], ())


def test_quotes_are_verbatim_and_hold_the_phrase(spoken):
    held = {speech.id: speech.text for speech in spoken.store.speeches()}
    for phrase in phrases(spoken, least=2).phrases:
        for quote in phrase.quotes:
            assert quote.quote == held[quote.speech][quote.start : quote.end]
            assert " ".join(held[quote.speech][slice(*quote.hits[0])].replace("-", " ").split()).casefold() == phrase.text.casefold()
        assert phrase.quotes[0].date == phrase.first
        assert phrase.quotes[-1].date == phrase.last


def test_a_comparison_names_the_phrases_of_one_side_alone(spoken):
    pair = compare(spoken, "2020..2021", "2022").phrases
    assert (pair.after, pair.counts, pair.least) == ((("charter for growers", 3, 1),), (2, 1), 3)
    assert ("quiet harbours", 3, 2) in pair.before


def test_chinese_set_phrases_are_phrases(make_workspace):
    pytest.importorskip("rjieba")
    said = {"2021-01-01": "我们要实事求是。坚持实事求是，促进共同富裕。", "2022-01-01": "实事求是很重要。共同富裕是目标。推动共同富裕。"}
    found = by_text(phrases(make_workspace(texts(said, "zh")), least=3))
    assert {"实事求是", "共同富裕"} <= set(found)
    assert (found["实事求是"].uses, found["实事求是"].first) == (3, "2021-01-01")


def test_the_order_of_the_speeches_changes_nothing(spoken):
    comparison = compared(spoken, "2020..2021", "2022", Choices())
    items = [*comparison.sides[0].speeches, *comparison.sides[1].speeches]
    chosen = [item.speech for item in items]
    found, turned = found_phrases(items, least=2), found_phrases(items[::-1], least=2)
    assert phrases_in(turned, chosen) == phrases_in(found, chosen)
    assert apart(turned, {speech.id for speech in chosen[:2]}) == apart(found, {speech.id for speech in chosen[:2]})


def test_the_marks_of_a_row_are_those_that_runs_are_found_by():
    assert (said.FOLLOWS, said.EDGE, said.ALONE) == (runs.FOLLOWS, runs.EDGE, runs.ALONE)


def test_the_chart_has_a_mark_for_every_use_in_the_colour_of_its_period(spoken):
    comparison = compared(spoken, "2020..2021", "2022", Choices())
    content = gather(spoken, comparison, title="t", command="tracker report 2020..2021 2022", progress=None)
    shown = chart.data(content)
    assert [(row.text, row.side) for row in shown.rows][:2] == [("charter for growers", "after"), ("quiet harbours", "before")]
    assert shown.caption.title == "Of the two periods, only 2022 says “charter for growers”; only 2020–2021 says “quiet harbours” and “great sea wall”"
    figure = chart.draw(shown)
    marks = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert len(marks) == sum(len(row.marks) for row in shown.rows)
    assert {line.get_markerfacecolor() for line in marks} == {chart.AFTER, chart.BEFORE}
    assert "charter for growers: 3 uses, 1 March 2022" in shown.caption.description
    empty = chart.data(replace(content, phrases=None))
    assert empty.rows == ()
    assert chart.draw(empty).axes == []


def test_questions_that_cannot_be_answered_are_refused(spoken, tmp_path):
    with pytest.raises(TrackerError, match="no periods by `speaker`"):
        phrases(spoken, by="speaker")
    with pytest.raises(SliceError, match="no speech in `1999`"):
        phrases(spoken, "1999")
    with pytest.raises(CorpusError, match="the corpus is empty"):
        phrases(init(tmp_path / "w"))


def test_quotes_come_from_the_speeches_asked_for_with_speech_and_date(spoken, run):
    found = by_text(phrases(spoken, "2021", least=2))
    assert {quote.date for phrase in found.values() for quote in phrase.quotes} == {"2021-03-01"}
    assert found["quiet harbours"].first == "2020-03-01"
    said = run("phrases", "2021", "--least", "2", "--workspace", str(spoken.path))
    quoted = found["quiet harbours"].quotes[-1]
    assert f"{quoted.speech[:8]} 2021-03-01" in said.out


def test_it_is_said_how_phrases_are_counted(spoken, run, make_workspace):
    pytest.importorskip("rjieba")
    note = " ".join(run("phrases", "--workspace", str(spoken.path)).err.split())
    assert "Counted word by word" in note
    assert "a possessive ('s) is another word" in note
    assert "Chinese" not in note
    said = {"2021-01-01": "我们要实事求是。坚持实事求是，促进共同富裕。", "2022-01-01": "实事求是很重要。"}
    assert "Chinese counts where its words are parted alike" in " ".join(run("phrases", "--workspace", str(make_workspace(texts(said, "zh")).path)).err.split())
