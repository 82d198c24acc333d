import pytest

from tracker.findings.carrying import carrying_word


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
