import pytest

from tracker.findings.headlines import findings, leading_texts
from tracker.findings.shifts import compare_sides
from tracker.findings.texts import text_findings
from tracker.recipe import Recipe


def told(before, after, lexicon, **options):
    recipe = Recipe().with_settings(**options.pop("settings", {}))
    texts = text_findings(before, after, lexicon, {})
    return findings(compare_sides(before, after, lexicon, recipe, texts=texts, **options))


@pytest.fixture(scope="module")
def rising(side, prose):
    before = side(2022, *(prose(120, ports=2 + i % 3, farms=8) for i in range(6)))
    return before, side(2023, *(prose(120, ports=12 + i % 3, farms=8) for i in range(6)))


def test_two_texts_are_told_by_what_stands_where_and_by_one_limit(side, prose, lexicon):
    found = told(side(2022, prose(ports=5)), side(2023, prose(farms=5)), lexicon)
    assert [f.kind for f in found] == ["texts", "texts", "limit"]
    assert found[-1].claim.startswith(
        "These texts cannot show that the emphasis of a period changed: there is one event in 2022 and one event in 2023, and speeches differ among themselves."
    )


def test_nothing_about_two_texts_says_that_anything_rose_or_fell(side, prose, lexicon):
    said = " ".join(f.claim for f in told(side(2022, prose(ports=1)), side(2023, prose(ports=50)), lexicon))
    assert not [word for word in ("rose", "fell", "increas", "decreas", "grew", "declin") if word in said]


def test_the_sentence_on_a_risen_theme_has_its_numbers_its_range_its_events_and_its_q(rising, lexicon):
    period = next(f for f in told(*rising, lexicon) if f.kind == "period")
    assert period.claim.startswith("Ports rose from 25.0 to 108.3 theme words per 1,000 (x 4.3, range ")
    assert period.claim.endswith("; 95% ranges; 6 events in 2022, 6 in 2023; q < 0.001).")


@pytest.mark.parametrize(("level", "shown"), [(0.999, "99.9% ranges"), (0.975, "97.5% ranges"), (0.9, "90% ranges")])
def test_the_level_is_told_as_it_is(rising, lexicon, level, shown):
    assert shown in next(f for f in told(*rising, lexicon, settings={"measure__level": level}) if f.kind == "period").claim


def test_only_themes_that_rose_or_fell_get_a_sentence_about_the_period(rising, lexicon):
    assert [f.theme for f in told(*rising, lexicon) if f.kind == "period"] == ["ports"]


def test_a_sentence_about_the_period_carries_its_own_warnings_and_the_loud_ones_alone(rising, side, prose, lexicon):
    longer = side(2023, *(prose(400, ports=40 + i % 3, farms=30) for i in range(6)))
    found = next(f for f in told(rising[0], longer, lexicon, edited=frozenset({"ports", "farms"})) if f.kind == "period")
    assert [w.code for w in found.caveats] == ["W18", "W7", "W17"]
    assert '"Ports"' in found.caveats[2].text


def test_no_verdict_is_told_as_cannot_tell_and_never_as_no_change(side, prose, lexicon):
    before, after = side(2022, prose(ports=3), prose(ports=9)), side(2023, prose(ports=4), prose(ports=12))
    limit = told(before, after, lexicon)[-1]
    assert limit.claim == (
        "No theme can be said to have risen or fallen between 2022 and 2023 (2 and 2 events). That is not the same as no change; "
        "the table gives the smallest change each test could have seen."
    )


def test_events_without_a_word_to_count_are_not_told_as_events(side, lexicon):
    silent, spoken = "The harbour was cold.", "The road was dark.\n\nMara Lind said that the harbour must grow."
    limit = told(side(2022, silent, silent, kind="readout"), side(2023, spoken, silent, kind="readout"), lexicon)[-1]
    assert "there is no word to count in 2022 and one event in 2023, and" in limit.claim


def test_a_finding_is_no_limit(rising, lexicon):
    assert not [f for f in told(*rising, lexicon) if f.kind == "limit"]


def test_sides_take_turns_and_what_stands_on_both_comes_last(side, prose, lexicon):
    before = side(2022, prose(200, ports=5, rail=5))
    after = side(2023, prose(200, farms=5, rail=5))
    leading = leading_texts(text_findings(before, after, lexicon, {}))
    assert [t.only for t in leading] == ["after", "before", "both"]


def test_a_theme_on_both_sides_is_told_by_the_core_word_that_divides(side, lexicon):
    before, after = side(2022, "Our harbour and our quay."), side(2023, "Our quay and our table.")
    assert [t.term for t in leading_texts(text_findings(before, after, lexicon, {}))] == ["harbour*"]
