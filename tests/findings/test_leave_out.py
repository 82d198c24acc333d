import pytest

from tracker.findings.leave_out import without_speech, without_word
from tracker.findings.measuring import Measuring
from tracker.findings.shifts import compare_sides
from tracker.lexicon import Lexicon
from tracker.recipe import Recipe


def carrying_word(theme, before, after):
    return without_word(theme, Measuring(before, after, Recipe()))


def test_the_most_frequent_word_is_named_with_its_share_of_the_hits(side):
    held = carrying_word("ports", side(2022, "Harbour, harbour, harbour, quay."), side(2023, "Ferries sail."))
    assert (held.word, held.word_share) == ("harbour", 3 / 5)


def test_the_change_without_the_word_is_that_of_the_other_hits_over_the_same_tokens(side, prose):
    before, after = side(2022, prose(ports=6) + " A quay.", prose()), side(2023, prose(ports=12) + " A quay and a quay.")
    held = carrying_word("ports", before, after)
    expected = 100 * (2 / 62 - (1 / 61 + 0) / 2)
    assert (held.word, held.points_without_word) == ("harbour", pytest.approx(expected))


def test_ties_go_to_the_first_in_the_alphabet(side):
    assert carrying_word("ports", side(2022, "Quay, harbour."), side(2023, "Nothing.")).word == "harbour"


def test_reports_of_one_event_are_summed_before_the_mean(side, prose):
    before = side(2022, prose(ports=6), prose(60), events=["visit", "visit"])
    held = carrying_word("ports", before, side(2023, prose(ports=6) + " A quay."))
    assert held.points_without_word == pytest.approx(100 * (1 / 61 - 0))


def test_a_theme_never_mentioned_has_no_carrying_word(side):
    assert carrying_word("rail", side(2022, "A harbour."), side(2023, "A harbour.")) is None


def test_a_mention_outside_the_scope_carries_nothing(side):
    narrated = "The harbour was cold that day.\n\nMara Lind said that bread is dear."
    assert carrying_word("ports", side(2022, narrated, kind="readout"), side(2023, narrated, kind="readout")) is None


def test_the_range_of_the_change_is_over_every_word_left_out_in_turn(side, prose):
    before = side(2022, prose(60, ports=2), prose(60) + " A quay and a quay.")
    after = side(2023, prose(60, ports=8) + " Ferries and ferries and ferries.", prose(60, ports=4))
    held = carrying_word("ports", before, after)
    whole = (11 / 63 + 4 / 60) / 2 - (2 / 60 + 2 / 62) / 2
    without = {
        "harbour": (3 / 63) / 2 - (2 / 62) / 2,
        "quay": (11 / 63 + 4 / 60) / 2 - (2 / 60) / 2,
        "ferries": (8 / 63 + 4 / 60) / 2 - (2 / 60 + 2 / 62) / 2,
    }
    assert (held.low_word, held.low) == ("harbour", pytest.approx(100 * without["harbour"]))
    assert (held.high_word, held.high) == ("quay", pytest.approx(100 * without["quay"]))
    assert held.widest_word == max(without, key=lambda word: abs(without[word] - whole))


def test_the_event_that_moves_the_change_farthest_is_found_among_all(side, prose):
    before = side(2022, prose(ports=2), prose(ports=3), prose(ports=2))
    after = side(2023, prose(ports=2), prose(ports=2), prose(ports=30))
    held = without_speech("ports", Measuring(before, after, Recipe()))
    counts = ([2, 3, 2], [2, 2, 30])
    by_hand = [(k, i) for k in (0, 1) for i in range(3)]

    def change(k, i):
        sides = [[n for j, n in enumerate(ns) if (k, i) != (side_, j)] for side_, ns in enumerate(counts)]
        return 100 / 60 * (sum(sides[1]) / len(sides[1]) - sum(sides[0]) / len(sides[0]))

    whole = change(9, 9)
    farthest = max(by_hand, key=lambda place: abs(change(*place) - whole))
    assert farthest == (1, 2)
    assert (held.side, held.date, held.points) == ("after", "2023-03-01", pytest.approx(change(1, 2)))


def test_one_event_a_side_leaves_nothing_to_leave_out(side, prose):
    assert without_speech("ports", Measuring(side(2022, prose(ports=2)), side(2023, prose(ports=3)), Recipe())) is None


def test_the_verdict_without_a_speech_or_a_word_is_that_of_the_comparison_without_it(side, prose, lexicon):
    texts = [prose(100, ports=n) for n in (4, 5, 6)], [prose(100, ports=n) for n in (9, 10, 11, 30)]
    result = compare_sides(side(2022, *texts[0]), side(2023, *texts[1]), Lexicon(lexicon.themes[:1]), Recipe())
    less = compare_sides(side(2022, *texts[0]), side(2023, *texts[1][:-1]), Lexicon(lexicon.themes[:1]), Recipe())
    held = result.themes[0].without_speech
    assert (held.speech, held.points) == (side(2023, *texts[1]).speeches[3].speech.id, pytest.approx(less.themes[0].points.value))
    assert held.verdict == less.themes[0].verdict != result.themes[0].verdict


def test_a_verdict_that_leans_on_one_word_is_told(side, prose, lexicon):
    before = side(2022, *(prose(100, ports=4 + i % 3) + " A quay." for i in range(5)))
    after = side(2023, *(prose(100, ports=14 + i % 3) + " A quay." for i in range(5)))
    result = compare_sides(before, after, lexicon, Recipe())
    assert [w.text for w in result.warnings if w.code == "W28"] == [
        '"Ports" rose, but this leans on the word "harbour": without it the change would be 0.0 theme words per 1,000 and the verdict would be "cannot tell".'
    ]


def test_leaving_out_changes_nothing_that_was_measured(side, prose, lexicon):
    before, after = side(2022, prose(ports=2), prose(ports=4)), side(2023, prose(ports=5), prose(ports=9))
    measuring = Measuring(before, after, Recipe())
    table = measuring.table("ports")
    without_word("ports", measuring)
    without_speech("ports", measuring)
    assert measuring.table("ports") == table


def test_reports_of_one_event_on_both_sides_lose_their_own_words_alone(side, prose, lexicon):
    before = side(2022, prose(60, ports=6), prose(60, ports=1), events=["visit", "other"], outlet="Norpress")
    after = side(2023, prose(60, ports=9), prose(60, ports=2), events=["visit", "more"], outlet="Courier")
    held = compare_sides(before, after, lexicon, Recipe()).themes[0]
    assert held.sensitivity.points_without_word == pytest.approx(0)
    assert held.without_speech.points == pytest.approx(100 * (2 / 60 - 7 / 120))
