"""Lines that recur across a source: found and proposed, left out of counting once accepted, and never out of the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.boilerplate import FEWEST, line_key, recurring_lines, silent_spans
from tracker.lexicon import match, parse_themes
from tracker.parts import tokens_of
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tokens import tokenise

BODIES = (
    "We open the harbour today.\n\nThe mill will follow in spring.\n\nOur guests came by boat.",
    "The school has a new roof.\n\nTeachers wrote to me about it.\n\nThe roof is red.",
    "Bread is dear this winter.\n\nThe farms need rain, and help.\n\nWe bring both.",
    "The bridge stands again.\n\nIt took nine years to build.\n\nWalk over it with me.",
)


def texts(*, head="", foot="", outlet="Norpress", bodies=BODIES):
    return [Speech(f"{i}", f"{head.format(i)}\n\n{body}\n\n{foot.format(i)}".strip(), outlet=outlet) for i, body in enumerate(bodies)]


def lines(speeches, accepted=()):
    return [found.line for found in recurring_lines(speeches, accepted)]


def test_a_footer_is_found_with_how_often_and_where_it_stands():
    (found,) = recurring_lines(texts(foot="Share this page"))
    assert (found.line, found.source, found.events, found.of, found.first, found.last) == ("Share this page", "Norpress", 4, 4, 0, 4)
    assert found.evidence == "stands in 4 of 4 texts of Norpress, 4 times among the last lines"
    assert found.setting == '"Share this page"'


def test_texts_that_share_no_line_have_none():
    assert lines(texts()) == []


def test_numbers_capitals_and_spaces_make_no_difference():
    numbered = texts(head="Page {} of 12")
    assert lines(numbered) == [f"Page {min(numbered, key=lambda s: s.id).key} of 12"]
    assert line_key("Updated  12:30, 4 May") == line_key("UPDATED 9:05, 17 may")


def test_two_texts_are_too_few():
    assert FEWEST == 3
    assert lines(texts(foot="Share this page", bodies=BODIES[:2])) == []
    assert lines(texts(foot="Share this page", bodies=BODIES[:3])) == ["Share this page"]


def test_copies_of_one_event_count_once():
    same = [Speech(f"{i}", f"{BODIES[0]}\n\nShare this page", outlet="Norpress", event="visit") for i in range(5)]
    assert lines(same) == []


def test_sources_are_told_apart_by_outlet_else_by_host():
    own = texts(foot="Share this page")[:2]
    others = [Speech(f"o{s.key}", s.text, source=f"https://paper.example/{s.key}") for s in texts(foot="Share this page")[2:]]
    assert lines([*own, *others]) == []
    more = [Speech(f"m{s.key}", s.text, source=f"https://paper.example/m{s.key}") for s in texts(foot="Share this page")[:2]]
    assert [found.source for found in recurring_lines([*others, *more])] == ["paper.example"]


def test_a_line_inside_the_text_must_recur_in_more_of_it_and_be_short():
    def inside(line, n):
        return [
            Speech(
                f"{i}",
                f"{'A first line.'}{i}\nSecond {'x' * i}.\nThird {'y' * i}.\n{line if i < n else 'Else.' + 'z' * i}\nOne {'a' * i}.\nTwo {'b' * i}.\nEnd {'c' * i}.",
            )
            for i in range(20)
        ]

    assert "The Acting President" in lines(inside("The Acting President", 5))
    assert "The Acting President" not in lines(inside("The Acting President", 4))
    assert not [line for line in lines(inside("The Acting President, whose words nobody could hear behind the noise of the hall,", 20)) if "Acting" in line]


def test_parts_of_wrapped_paragraphs_are_no_lines():
    wrapped = [
        Speech(f"{i}", f"The council decided today to keep its target for the\nharbour fees as they {'x' * i} were.\n\n{body}") for i, body in enumerate(BODIES)
    ]
    assert lines(wrapped) == []


def test_a_text_of_few_lines_has_no_boilerplate():
    assert lines([Speech(f"{i}", f"Share this page\nWe open number {i}.") for i in range(9)]) == []


def test_a_line_without_letters_is_nothing_to_leave_out():
    assert lines(texts(foot="* * *")) == []


def test_an_accepted_line_is_not_proposed_again():
    assert lines(texts(head="Office of the press", foot="Share this page"), ["share THIS page"]) == ["Office of the press"]


def test_accepted_lines_are_silent_as_whole_lines_only():
    text = "Share this page\n\nWe share this page of our history.\n  SHARE THIS PAGE  \n"
    assert [text[a:b] for a, b in silent_spans(text, ["Share this page"])] == ["Share this page", "SHARE THIS PAGE"]
    assert silent_spans(text, []) == []


RECIPE = Recipe().with_settings(words__boilerplate=("Harbour news: share this page",))
SPEECH = Speech("a", "Harbour news: share this page\n\nThe harbour opens. We share bread.", language="en")


def test_their_words_carry_no_content_and_no_theme_and_the_text_stays():
    plain, counted = tokenise(SPEECH.text, "en"), tokens_of(SPEECH, RECIPE)
    assert (counted.text, counted.words, counted.starts) == (plain.text, plain.words, plain.starts)
    assert sum(plain.content) - sum(counted.content) == 4
    themes = parse_themes('[themes.ports]\nterms = ["harbour*"]\n[themes.news]\nterms = ["news"]', "themes.toml")
    assert [(hit.theme, hit.start) for hit in match(themes, counted)] == [("ports", SPEECH.text.index("harbour"))]
    assert tokens_of(SPEECH, Recipe()).content == plain.content


@settings(deadline=None, max_examples=60)
@given(st.permutations(range(8)), st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_proposals_do_not_depend_on_the_order_and_any_line_can_be_accepted(order, said):
    speeches = [Speech(f"{i}", "\n".join([*said, *BODIES[i % 4].split("\n"), f"{i}", *said])) for i in range(8)]
    found = recurring_lines(speeches)
    assert recurring_lines([speeches[i] for i in order]) == found
    assert recurring_lines(speeches, [one.line for one in found]) == ()


@pytest.mark.parametrize("line", ["Share this page", "Harbour news: share this page"])
def test_the_setting_is_read_from_the_file_and_the_environment(tmp_path, line):
    from tracker.recipe import read_recipe

    (tmp_path / "tracker.toml").write_text(f'[words]\nboilerplate = ["{line}"]\n', encoding="utf-8")
    assert read_recipe(tmp_path / "tracker.toml", {}).words.boilerplate == (line,)
    assert read_recipe(None, {"TRACKER_WORDS_BOILERPLATE": f"{line}\nOther, too"}).words.boilerplate == (line, "Other, too")
