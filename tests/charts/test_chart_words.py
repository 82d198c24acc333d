"""Words, topics and distinctive words."""

from dataclasses import replace

import pytest

from tracker.charts import tfidf, topics, words
from tracker.findings.records import DistinctiveWords


def texts_of(figure):
    return [text.get_text() for text in figure.texts]


def test_a_word_is_shown_only_for_a_period_in_which_it_occurs(two):
    absent = replace(two.words.rows[0], term="phantom", after_count=0, z=9.0)
    chosen = words.data(replace(two.words, rows=(absent, *two.words.rows)))
    assert "phantom" not in [row[0] for row in (*chosen.before, *chosen.after)]


def test_dots_stand_at_z_and_counts_beside_the_word(two):
    chosen = words.data(two.words)
    figure = words.draw(chosen)
    dots = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert dots == [row[3] for row in (*chosen.before, *chosen.after)]
    assert {"power", "0 : 4", "wall", "3 : 0"} <= set(texts_of(figure))


def test_only_starred_words_have_a_star(many):
    chosen = words.data(many.words)
    shown = {text for text in texts_of(words.draw(chosen)) if text.endswith("★")}
    assert shown == {f"{row[0]} ★" for row in (*chosen.before, *chosen.after) if row[4]}
    assert shown


def test_without_a_star_the_reading_says_why(two):
    assert "Nothing is tested here" in words.data(two.words).caption.reading


def test_the_reading_says_how_many_words_were_tested_and_at_which_q(many, two):
    assert "A star: it passes the test over speeches (q <= 0.05, 58 words tested)." in words.data(many.words).caption.reading
    unstarred = replace(two.words, tested=40)
    assert "None of 40 tested words passes" in words.data(unstarred).caption.reading


def test_starred_words_beyond_those_shown_are_counted(many):
    rows = tuple(replace(row, starred=True) for row in many.words.rows)
    chosen = words.data(replace(many.words, rows=rows))
    assert chosen.caption.notes[0] == f"{chosen.more:,} more words in data/words.csv. {chosen.more:,} of them have stars."


def test_words_left_out_are_counted(many):
    chosen = words.data(many.words)
    assert (len(chosen.before), len(chosen.after)) == (15, 15)
    assert chosen.caption.notes[0] == f"{chosen.more} more words in data/words.csv."


@pytest.mark.parametrize("width", [760, 358])
def test_a_long_word_is_cut_inside_the_figure(two, width):
    long = replace(two.words.rows[0], term="Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 2)
    figure = words.draw(words.data(replace(two.words, rows=(long,))), width)
    assert all(-1 <= text.get_window_extent(figure.canvas.get_renderer()).x0 <= figure.bbox.width for text in figure.texts)
    assert any(text.endswith("…") for text in texts_of(figure))


def test_topics_that_did_not_come_back_are_hatched(two):
    bars = [patch for axes in topics.draw(topics.data(two.topics)).axes for patch in axes.patches]
    assert [(bar.get_width(), bool(bar.get_hatch())) for bar in bars] == [(0.55, False), (0.45, True)]


def test_the_topics_title_says_how_many_came_back(two, many):
    assert topics.data(two.topics).caption.title == "Illustrative: 1 of 2 topics came back in 5 refits"
    assert topics.data(many.topics).caption.title.endswith("of 12 topics came back in 5 refits")


def test_each_speech_has_a_column_of_bars_in_order_of_weight(two):
    chosen = tfidf.data(two.tfidf)
    figure = tfidf.draw(chosen)
    assert [heading for heading, *_ in chosen.columns] == ["18 August 2031", "9 September 2032"]
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] / widths[1] == pytest.approx(0.40 / 0.36)


def test_speeches_beyond_six_are_left_to_the_table(many):
    chosen = tfidf.data(many.tfidf)
    assert len(chosen.columns) == 6
    assert chosen.caption.notes[0] == "The newest 6; 34 more in data/tfidf.csv."


def test_a_speech_without_distinctive_words_leaves_no_empty_column():
    chosen = tfidf.data([DistinctiveWords("a", "2031", "a", ())])
    assert chosen.caption.title == "No word sets one text apart from the others"
    assert tfidf.draw(chosen).texts


def test_topics_that_were_never_refitted_claim_no_stability(two):
    alone = replace(two.topics, topics=tuple(replace(topic, stability=None, reproducible=False) for topic in two.topics.topics), refits=0)
    chosen = topics.data(alone)
    assert chosen.caption.title == "Illustrative: 2 topics, not fitted again"
    shown = texts_of(topics.draw(chosen))
    assert "came back" not in shown
    assert "did not" not in shown
