"""The page: its structure, its safety, and what must stand in it."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tracker.reports.arrange import where_said
from tracker.reports.html import render_page, unbroken
from tracker.reports.tables import all_tables

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """Tags with their attributes, headings in order, and text outside style and script."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.headings, self.text, self.stack, self.broken = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.stack.pop() != tag:
            self.broken.append((tag, self.getpos()))

    def handle_data(self, data):
        if not {"style", "script"} & set(self.stack):
            self.text.append(data)

    def named(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module", params=["files", "many_files"])
def page(request):
    return Page(request.getfixturevalue(request.param)["index.html"].decode())


@pytest.fixture(scope="module")
def small(files):
    return Page(files["index.html"].decode())


def test_every_tag_is_closed_where_it_was_opened(page):
    assert page.broken == []
    assert page.stack == []


def test_headings_begin_with_one_h1_and_skip_no_level(page):
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_nothing_is_loaded_from_anywhere(page):
    for _, attrs in page.tags:
        for name in ("src", "srcset", "data", "action", "poster"):
            assert name not in attrs
        assert attrs.get("href", "#").startswith(("#", "data:,", "charts/", "data/", "report.", "manifest."))
    assert "default-src 'none'" in page.named("meta")[1]["content"]


def test_no_address_of_the_network_stands_in_the_page(files):
    assert not re.search(r"https?://|@import|url\((?!#)", files["index.html"].decode())


def test_every_picture_has_a_name(page):
    pictures = [attrs for attrs in page.named("svg") if attrs.get("role") == "img"]
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert len(pictures) == len(page.named("svg")) == 12
    assert all({attrs["aria-labelledby"], attrs["aria-describedby"]} <= ids for attrs in pictures)


def test_ids_are_unique_and_links_inside_the_page_have_targets(page):
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for _, attrs in page.tags if attrs.get("href", "").startswith("#")} <= set(ids)


def test_a_hostile_title_is_inert(many_files):
    text = many_files["index.html"].decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in text
    assert text.count("<script") == 1
    assert "<b>& more" not in text


def test_hostile_words_stay_text_wherever_they_stand(two):
    evil = '"><img src=x onerror=alert(1)></title></svg>'
    themes = tuple(replace(theme, label=evil) for theme in two.comparison.themes)
    words = replace(two.words, rows=(replace(two.words.rows[0], term=evil),))
    hostile = replace(two, title=evil, words=words, comparison=replace(two.comparison, themes=themes), commands=(evil,), left_out=(evil,))
    from tracker.reports.figures import all_charts

    parsed = Page(render_page(hostile, all_charts(hostile), all_tables(hostile)))
    assert parsed.named("img") == []
    assert parsed.broken == []


def test_quotes_carry_their_language(many_files):
    quotes = Page(many_files["index.html"].decode()).named("blockquote")
    assert {attrs.get("lang") for attrs in quotes} == {"en", "zh"}


def test_hits_are_marked_in_verbatim_quotes(files):
    assert "<p>The mayor called for emergency <mark>flood protection</mark> and for the <mark>river wall</mark> to be rebuilt" in files["index.html"].decode()


def test_no_number_that_does_not_exist_is_printed(page):
    assert not re.search(r"\b(NaN|nan|None|inf|undefined)\b", " ".join(page.text))


def test_what_cannot_be_shown_stands_in_one_banner(small):
    banners = [attrs for attrs in small.named("aside") if attrs.get("class") == "banner"]
    assert len(banners) == 1
    assert " ".join(small.text).count("No test was run.") == 1


def test_digests_are_announced_on_top_and_on_every_chart(many_files):
    text = many_files["index.html"].decode()
    notice = "The texts are digests in our own words (kind: digest)"
    assert text.index(notice) < text.index('id="texts"')
    assert text.count(f'<p class="note">{notice}') == text.count('id="chart-') == 6


def test_each_text_stands_whole_with_the_voice_of_every_sentence(small, two):
    shown = "".join(small.text)
    assert all(segment.text in shown for speech in two.marked for segment in speech.segments)
    assert len([attrs for attrs in small.named("p") if attrs.get("class", "").startswith("v-")]) == 14


def test_there_is_a_way_past_the_head_and_scrolling_tables_take_focus(page):
    assert ("a", {"class": "skip", "href": "#texts"}) in page.tags
    assert all(attrs.get("tabindex") == "0" and attrs.get("aria-label") for attrs in page.named("div") if attrs.get("class") == "scroll")


def test_a_page_with_nothing_to_say_still_renders(two):
    from tracker.reports.figures import all_charts

    bare = replace(
        two,
        comparison=replace(two.comparison, themes=(), texts=(), warnings=(), confounds=()),
        words=replace(two.words, rows=()),
        topics=None,
        tfidf=(),
        findings=(),
        marked=(),
        warnings=(),
        theme_terms=(),
        left_out=(),
        measures_rows=(),
    )
    parsed = Page(render_page(bare, all_charts(bare), all_tables(bare)))
    assert parsed.broken == []
    assert "No theme is mentioned." in " ".join(parsed.text)


def test_the_page_of_forty_speeches_and_sixty_themes_stays_small(many_files):
    assert len(many_files["index.html"]) < 1_600_000


def test_long_texts_are_left_out_beyond_a_limit_and_counted(two, monkeypatch):
    from tracker.reports import arrange

    monkeypatch.setattr(arrange, "MOST_CHARACTERS", 900)
    text = render_page(two, (), all_tables(two))
    assert "1 more in data/speeches.csv" in text
    assert 'id="speech-bbbb00000002"' in text


def test_words_of_a_speaker_are_spoken_in_a_transcript_and_attributed_in_a_readout(two):
    finding = next(t for t in two.comparison.texts if "attributed" in t.where and t.evidence)
    spoken = replace(finding, evidence=tuple(replace(e, voice="spoken") for e in finding.evidence))
    attributed = replace(finding, evidence=tuple(replace(e, voice="attributed") for e in finding.evidence))
    assert where_said(attributed) == finding.where
    assert where_said(spoken) == tuple("spoken" if place == "attributed" else place for place in finding.where)


def test_a_range_of_years_stands_on_one_line():
    assert unbroken("1996–2010 and 2011–2025") == "1996–\u20602010 and 2011–\u20602025"
