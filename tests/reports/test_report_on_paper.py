"""What is printed of a long report, and warnings that many themes share."""

from dataclasses import replace

from content_samples import two_speeches

from tracker.findings.records import Finding, Warning  # noqa: A004 - the product's word for it
from tracker.findings.warnings import one_speech
from tracker.reports.arrange import PAPER_CHARACTERS, limits, on_paper
from tracker.reports.html import render_page
from tracker.reports.tables import all_tables


def edited(label):
    return Warning("W17", f'The words of "{label}" were edited after these periods were first compared, so what is said of it is exploratory, not a test.')


def many_sentences(content):
    """The same report with a first speech that fills the printed pages several times over."""
    first, *rest = content.marked
    segment = first.segments[0]
    times = 3 * PAPER_CHARACTERS // len(segment.text)
    return replace(content, marked=(replace(first, segments=(segment,) * times), *rest))


def test_short_speeches_are_printed_whole():
    found = on_paper(two_speeches().marked)
    assert not found.cut
    assert all(found.sentences[m.summary.id] == len(m.segments) for m in two_speeches().marked)


def test_of_a_long_speech_the_first_sentences_are_printed_and_how_many_more_there_are():
    content = many_sentences(two_speeches())
    first = content.marked[0]
    held = on_paper(content.marked).sentences[first.summary.id]
    assert 1 <= held < len(first.segments)
    page = render_page(content, (), all_tables(content))
    assert f"{len(first.segments) - held:,} more with <code>tracker show {first.summary.id}</code>" in page
    assert page.count('<div class="screen">') == 1
    assert page.count("<div") == page.count("</div>")


def test_edited_themes_share_one_warning_but_for_those_with_a_finding():
    content = two_speeches()
    labels = [theme.label for theme in content.comparison.themes][:3]
    own = Finding("period", "It rose.", content.comparison.themes[0].id, (), (edited(labels[0]),))
    comparison = replace(content.comparison, warnings=tuple(map(edited, labels)))
    told = [w.text for w in limits(replace(content, findings=(own,), comparison=comparison))[1] if w.code == "W17"]
    assert told == [
        f"The words of these themes were edited after the periods were first compared, so what is said of them is exploratory: {labels[1]}; {labels[2]}."
    ]


def test_two_lone_speeches_are_told_of_once():
    content = two_speeches()
    sides = (content.comparison.before, content.comparison.after)
    lone = tuple(one_speech(side.label) for side in sides)
    told = [w.text for w in limits(replace(content, findings=(), comparison=replace(content.comparison, warnings=lone)))[1]]
    assert told == [f"Only one speech in {sides[0].label} and only one in {sides[1].label}: the figures describe these texts. No test was run."]


def test_lone_speeches_of_sides_without_an_end_are_told_of_once():
    content = two_speeches()
    before, after = replace(content.comparison.before, label="until 2031"), replace(content.comparison.after, label="from 2032")
    lone = tuple(one_speech(side.label) for side in (before, after))
    comparison = replace(content.comparison, before=before, after=after, warnings=lone)
    told = [w.text for w in limits(replace(content, findings=(), comparison=comparison))[1]]
    assert told == ["Only one speech until 2031 and only one from 2032: the figures describe these texts. No test was run."]


def test_a_warning_told_before_is_told_in_a_few_words_the_second_time():
    content = two_speeches()
    loud = Warning("W26", "The speakers differ (Ines Varga against Jon Varga): a change may be a change of speaker.")
    claims = tuple(Finding("period", f"Theme {i} rose.", "", (), (loud,)) for i in range(3))
    page = render_page(replace(content, findings=claims), (), all_tables(content))
    assert page.count("a change may be a change of speaker") == 1
    assert page.count('As above: the speakers differ <span class="code">W26</span>') == 2
