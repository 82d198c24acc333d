"""One event on a side: what it is held against, and what is said of it."""

import pytest

from tracker.findings.headlines import findings
from tracker.findings.measuring import Measuring
from tracker.findings.reference import candidates, lone_side, reference_of
from tracker.findings.shifts import compare_measured
from tracker.findings.sides import Side
from tracker.recipe import Recipe

USUAL = (3, 4, 2, 3, 5, 4, 3, 2, 4, 3, 4, 5)


def compared(before, after, lexicon, rest=(), recipe=None):
    chosen = recipe or Recipe()
    result = compare_measured(Measuring(before, after, chosen, reference=reference_of(before, after, rest)), lexicon)
    return result, {theme.id: theme for theme in result.themes}


@pytest.fixture(scope="module")
def many(side, prose):
    return side(2020, *(prose(120, ports=n, farms=8 + i % 3) for i, n in enumerate(USUAL)))


def test_a_loud_event_stands_out_high_with_its_rank_and_a_usual_one_does_not(many, side, prose, lexicon):
    result, held = compared(many, side(2023, prose(120, ports=30, farms=9)), lexicon)
    assert (result.method, held["ports"].verdict, held["farms"].verdict) == ("stands-out", "stands out", "within the usual range")
    standing = held["ports"].standing
    assert (standing.side, standing.high, standing.higher_than, standing.ranked, standing.df) == ("after", True, 12, 12, 11)
    assert standing.usual.low < 3.5 / 120 < standing.usual.high < 30 / 120
    assert (held["ports"].points.low, held["ports"].tau_star) == (None, None)


def test_a_silent_event_stands_out_low(many, side, prose, lexicon):
    _, held = compared(many, side(2023, prose(600)), lexicon)
    assert (held["farms"].verdict, held["farms"].standing.high, held["farms"].standing.lower_than) == ("stands out", False, 12)


def test_the_single_side_may_be_the_first(many, side, prose, lexicon):
    result, held = compared(side(2019, prose(120, ports=30)), many, lexicon)
    assert (held["ports"].verdict, held["ports"].standing.side, held["ports"].standing.high, result.reference.when) == ("stands out", "before", True, "later")
    assert held["ports"].points.value < 0


def test_it_is_told_with_w2_and_never_as_a_rise(many, side, prose, lexicon):
    result, _ = compared(many, side(2023, prose(120, ports=30, farms=9)), lexicon)
    assert [w.text for w in result.warnings if w.code in ("W1", "W2", "W4")] == [
        (
            "2023 has one speech. It is compared with the usual spread among 12 speeches of the same kind (t, 11 df): "
            "it can stand out, it cannot show a change of the period."
        )
    ]
    found = findings(result)
    assert [f.kind for f in found if f.kind != "texts"] == ["period", "limit"]
    sentence = next(f.claim for f in found if f.kind == "period")
    assert sentence.startswith("Ports stands out in 2023: 250.0 theme words per 1,000, higher than all 12 earlier speeches (usual range ")
    assert " for one speech, 95%; 12 events; q = 0.004)." in sentence
    assert found[-1].claim == "One speech can stand out; it cannot show that the emphasis of a period changed."


def test_where_nothing_stands_out_that_is_said_and_is_no_no_change(many, side, prose, lexicon):
    result, _ = compared(many, side(2023, prose(120, ports=3, farms=9)), lexicon)
    assert findings(result)[-1].claim.startswith("No theme of 2023 lies outside the range that is usual for one speech; that is not the same as no change.")


def test_the_family_is_corrected_over_all_themes_judged(many, side, prose, lexicon):
    result, held = compared(many, side(2023, prose(120, ports=30, farms=9)), lexicon)
    assert (result.family.tests, held["rail"].verdict, held["rail"].q) == (2, "too rare", None)
    assert held["ports"].q == pytest.approx(2 * held["ports"].p)


@pytest.mark.parametrize("fields", [{"kind": "article"}, {"language": "de"}])
def test_events_of_another_kind_or_language_lend_nothing(side, prose, lexicon, fields):
    before = side(2020, *(prose(120, ports=n) for n in USUAL), **fields)
    result, held = compared(before, side(2023, prose(120, ports=30)), lexicon)
    assert (result.reference, held["ports"].verdict) == (None, "not testable")


def test_the_same_speaker_alone_is_taken_where_that_leaves_enough(side, prose, lexicon):
    own, others = side(2020, *(prose(120, ports=n) for n in USUAL[:6])), side(2021, *(prose(120, ports=n) for n in USUAL[:3]), speaker="Ada Berg")
    both = Side("2020..2021", (*own.speeches, *others.speeches))
    last = side(2023, prose(120, ports=30))
    result, _ = compared(both, last, lexicon)
    assert (result.reference.events, result.reference.same) == (6, ("kind", "language", "speaker"))
    few = Side("2020..2021", (*own.speeches[:2], *others.speeches))
    assert compared(few, last, lexicon)[0].reference.same == ("kind", "language")


def test_two_single_events_are_judged_where_the_corpus_has_others(side, prose, lexicon):
    rest = [item for year in (2018, 2019, 2020) for item in side(year, *(prose(120, ports=n, farms=year % 10) for n in USUAL[:3])).speeches]
    before, after = side(2022, prose(120, ports=3)), side(2023, prose(120, ports=40))
    result, held = compared(before, after, lexicon, rest)
    assert (result.reference.events, result.reference.df, result.reference.periods) == (10, 6, "calendar years")
    assert held["ports"].verdict == "stands out"
    assert [w.code for w in result.warnings if w.code in ("W1", "W2")] == ["W2", "W2"]
    alone, _ = compared(before, after, lexicon)
    assert [w.code for w in alone.warnings if w.code in ("W1", "W2")] == ["W1", "W1"]
    assert {theme.verdict for theme in alone.themes} == {"not testable"}


def test_years_of_one_event_each_are_cut_into_spans_as_long_as_the_longer_side(side, prose, lexicon):
    rest = [item for year in range(2000, 2008) for item in side(year, prose(120, ports=year % 4 + 2)).speeches]
    decade = [item for year in (2010, 2013) for item in side(year, prose(120, ports=4)).speeches]
    result, _ = compared(Side("2010..2013", tuple(decade)), side(2023, prose(120, ports=4)), lexicon, rest)
    assert result.reference.periods == "spans of 1097 days"
    assert result.reference.df > 3


def test_the_rest_is_looked_at_only_where_the_other_side_has_too_few(many, side, prose):
    last = side(2023, prose(120, ports=30))
    more = [item.speech for item in side(2015, *(prose(120, ports=n) for n in USUAL[:4])).speeches]
    other_kind = [item.speech for item in side(2016, prose(50, ports=1), kind="article").speeches]
    assert candidates([*more, *other_kind], many, last) == []
    few = Side("2020", many.speeches[:2])
    assert candidates([*more, *other_kind], few, last) == more
    assert candidates(more, many, side(2023, prose(50), prose(60))) == []
    assert (lone_side(many, last), lone_side(last, many), lone_side(many, many), lone_side(last, last)) == ("after", "before", None, "after")


def test_leaving_out_a_word_or_an_earlier_speech_is_weighed_for_a_single_event_too(many, side, prose, lexicon):
    result, held = compared(many, side(2023, prose(120, ports=30, farms=9)), lexicon)
    assert held["ports"].sensitivity.verdict in ("within the usual range", None)
    assert (held["ports"].without_speech.side, held["ports"].without_speech.verdict) == ("before", "stands out")
    assert "W7" in {w.code for w in result.warnings}


def test_the_order_of_the_rest_changes_no_digit(side, prose, lexicon):
    rest = [item for year in (2018, 2019) for item in side(year, *(prose(120, ports=n) for n in USUAL[:4])).speeches]
    before, after = side(2022, prose(120, ports=3)), side(2023, prose(120, ports=40))
    assert compared(before, after, lexicon, rest)[0] == compared(before, after, lexicon, rest[::-1])[0]
