"""Like with like: a comparison within strata."""

import pytest

from tracker.errors import TrackerError
from tracker.findings.measuring import Measuring
from tracker.findings.shifts import compare_measured
from tracker.findings.sides import Side
from tracker.findings.strata import within
from tracker.measures.strata import shift_within
from tracker.recipe import Recipe


@pytest.fixture(scope="module")
def mixed(side, prose):
    """Speeches in Ostby hold few words on ports, those in Norvik many; only the mixture changes."""

    def year(name, ostby, norvik):
        low = side(name, *(prose(120, ports=2 + i % 3) for i in range(ostby)), place="Ostby")
        high = side(name, *(prose(120, ports=20 + i % 3) for i in range(norvik)), place="Norvik")
        return Side(str(name), (*low.speeches, *high.speeches))

    return year(2022, 8, 3), year(2023, 3, 8)


def compared(sides, lexicon, key):
    before, after, strata = within(*sides, key)
    return compare_measured(Measuring(before, after, Recipe(), strata=strata), lexicon)


def test_a_change_of_the_mixture_is_a_shift_of_the_whole_and_none_within(mixed, lexicon):
    whole = compare_measured(Measuring(*mixed, Recipe()), lexicon)
    narrow = compared(mixed, lexicon, "place")
    assert (whole.themes[0].verdict, narrow.themes[0].verdict) == ("rose", "about the same")
    assert "W14" in {w.code for w in whole.warnings}
    assert "W14" not in {w.code for w in narrow.warnings}
    assert narrow.themes[0].p_permutation is None


def test_the_numbers_are_those_of_the_measure(mixed, lexicon):
    held = compared(mixed, lexicon, "place").themes[0]
    high = {n: ([20 + i % 3 for i in range(n)], [120] * n) for n in (3, 8)}
    low = {n: ([2 + i % 3 for i in range(n)], [120] * n) for n in (3, 8)}
    expected = shift_within([high[3], low[8]], [high[8], low[3]])
    assert (held.p, held.points, held.before.share) == (pytest.approx(expected.p), expected.points, expected.before)


def test_what_enters_and_what_drops_out_is_told(mixed, side, prose, lexicon):
    alone = side(2022, prose(120, ports=5), place="Elsewhere")
    unknown = side(2023, prose(120, ports=7), place="")
    sides = Side("2022", (*mixed[0].speeches, *alone.speeches)), Side("2023", (*mixed[1].speeches, *unknown.speeches))
    result = compared(sides, lexicon, "place")
    assert (result.within.strata, result.within.dropped) == ((("Norvik", 3, 8), ("Ostby", 8, 3)), (1, 1))
    assert (result.before.events, result.after.events) == (11, 11)


def test_reports_that_differ_in_the_key_are_a_stratum_of_their_own(side, prose):
    texts = [prose(60, ports=n) for n in (1, 2, 3, 4)]

    def year(name):
        one = side(name, *texts[:2], events=["a", "b"], outlet="Norpress")
        two = side(name, *texts[2:], events=["a", "b"], outlet="Courier")
        return Side(str(name), (*one.speeches, *two.speeches))

    assert within(year(2022), year(2023), "outlet")[2].told.strata == (("Courier + Norpress", 2, 2),)


def test_without_a_stratum_on_both_sides_it_says_what_there_is(side, prose):
    before, after = side(2022, prose(), prose(70), place="Ostby"), side(2023, prose(), prose(70), place="Norvik")
    with pytest.raises(TrackerError) as caught:
        within(before, after, "place")
    assert caught.value.render() == "error: no `place` has two events on both sides\n  2022: Ostby 2\n  2023: Norvik 2\n\nhint: tracker list"


def test_an_unknown_key_is_an_error_that_lists_them(side, prose):
    with pytest.raises(TrackerError) as caught:
        within(side(2022, prose(), tags={"region": "north"}), side(2023, prose()), "colour")
    assert caught.value.render() == ("error: no strata by `colour`\n  there are: speaker, place, outlet, kind, language, region\n\nhint: --within kind")
