import pytest

from tracker.findings import warnings as notes
from tracker.findings.records import SideSummary
from tracker.findings.shifts import compare_sides
from tracker.recipe import Recipe


def summary(label, **fields):
    known = {
        "speeches": 1, "events": 1, "tokens": 100, "speaker_share": None, "kinds": ("readout",), "speakers": ("Mara Lind",), "outlets": ("Norpress",),
        "places": ("Tarnvik",), "median_tokens": 100.0, **fields,
    }  # fmt: skip
    return SideSummary(label, **known)


A, B = summary("2022"), summary("2023")


def texts(found):
    return [(w.code, w.text) for w in found]


def test_w1_says_that_one_speech_shows_nothing_of_the_period():
    assert texts([notes.one_speech("2022")]) == [
        ("W1", "Only one speech in 2022. The figures describe these texts; they cannot show that the emphasis of the period changed. No test was run.")
    ]


def test_w4_names_the_theme_and_the_spread_below_which_it_would_be_credible():
    assert texts([notes.tipping_point("Ports", 4, 0.864)]) == [
        (
            "W4",
            (
                "The widest of 4 differences, that of Ports, would be credible only if speeches of the same period varied by less than tau* = 0.86 (log-odds SD); "
                "in published corpora they vary by 0.2-1.0 depending on the genre."
            ),
        )
    ]


def test_w4_says_when_not_even_the_texts_can_be_told_apart():
    assert notes.tipping_point("Ports", 4, 0.0).text.startswith("Even the widest difference may be chance, however little speeches vary (tau* = 0)")


@pytest.mark.parametrize(("shares", "due"), [((0.39, 0.75), True), ((0.5, 0.65), False), ((0.5, 0.66), True), ((None, 0.9), False)])
def test_w5_is_due_when_the_speakers_shares_differ_by_more_than_15_points(shares, due):
    assert bool(notes.speaker_shares(summary("2022", speaker_share=shares[0]), summary("2023", speaker_share=shares[1]))) is due


def test_w5_says_both_shares():
    assert texts(notes.speaker_shares(summary("2022", speaker_share=0.39), summary("2023", speaker_share=0.75))) == [
        (
            "W5",
            "Only 39% of the words in 2022 and 75% in 2023 are attributed to the speaker; the rest is the reporter's. The whole-text comparison mixes the two.",
        )
    ]


def test_w6_names_one_event_and_its_documents():
    assert [w.text for w in notes.same_events([("e1", 3)])] == [
        "3 documents look like reports of the same event (e1); they are counted as one. Counting them separately makes false alarms about 7 times as frequent."
    ]
    assert notes.same_events([]) == []


def test_w6_is_said_once_for_many_events_and_counts_those_beyond_five():
    found = [(f"e{i}", 9 - i) for i in range(8)]
    assert texts(notes.same_events(found)) == [
        (
            "W6",
            (
                "44 documents look like reports of 8 events (e0 (9), e1 (8), e2 (7), e3 (6), e4 (5) and 3 more); each event is counted as one. "
                "Counting them separately makes false alarms about 7 times as frequent."
            ),
        )
    ]


def test_w7_says_what_the_change_is_without_the_word():
    assert notes.carrying_word("Ports", "quay", 0.75, -0.21).text == (
        '"quay" supplies 75% of the theme words of "Ports". Without it the change is −2.1 theme words per 1,000.'
    )


def test_w13_is_due_above_a_tenth_of_unknown_words():
    assert notes.unknown_words(0.1, "m1") == []
    assert notes.unknown_words(0.25, "m1")[0].text == (
        "25% of the words in the added speeches are unknown to the model m1; topic shares for them are unreliable. Run tracker fit."
    )


@pytest.mark.parametrize(("field", "shown"), [("kinds", "kind"), ("outlets", "outlet"), ("places", "place")])
def test_w14_is_due_when_kinds_outlets_or_places_differ(field, shown):
    found = notes.different_sources(A, summary("2023", **{field: ("other",)}))
    assert found[0].code == "W14"
    assert f"({shown}: {getattr(A, field)[0]} against other)" in found[0].text


def test_w14_is_silent_about_equal_sides_and_about_speakers():
    assert notes.different_sources(A, B) == notes.different_sources(A, summary("2023", speakers=("Tomas Okello",))) == []


def test_w16_says_how_many_speeches_are_lacking_or_that_none_would_do():
    assert [w.text for w in notes.too_rare([("Rail", 3, 12), ("Ports", 9, 1), ("Farms", 0, None)])] == [
        'Too few mentions of "Rail": 3 theme words in all; about 12 more speeches would be needed for a test.',
        'Too few mentions of "Ports": 9 theme words in all; about 1 more speech would be needed for a test.',
    ]


def test_many_rare_themes_share_one_w16_most_mentioned_first():
    (only,) = notes.too_rare([("A", 1, 9), ("B", 4, 6), ("C", 2, 8), ("D", 3, 7)])
    assert only.text == 'Too few mentions of 4 themes for a test, theme words in all: "B" (4), "D" (3), "C" (2), "A" (1).'


def test_confounds_compare_mixes_not_sets():
    def mixed(label, *speakers):
        return summary(label, speakers=("Ada Berg", "Jon Stone"), mixes=(("speaker", speakers),))

    before, after = mixed("2021", ("Ada Berg", 5), ("Jon Stone", 1)), mixed("2022", ("Jon Stone", 5), ("Ada Berg", 1))
    assert notes.confounds(before, after) == ("speaker: Ada Berg 83%, Jon Stone 17% in 2021, Jon Stone 83%, Ada Berg 17% in 2022",)
    assert [w.code for w in notes.different_speakers(before, after)] == ["W26"]
    assert notes.different_speakers(before, before) == []


def test_w17_names_the_edited_theme():
    assert (
        notes.edited("Ports").text
        == 'The words of "Ports" were edited after these periods were first compared, so what is said of it is exploratory, not a test.'
    )


@pytest.mark.parametrize(("medians", "due"), [((100.0, 149.0), False), ((100.0, 150.0), True), ((300.0, 100.0), True), ((0.0, 100.0), False)])
def test_w18_is_due_when_one_side_is_half_as_long_again(medians, due):
    found = notes.lengths(summary("2022", median_tokens=medians[0]), summary("2023", median_tokens=medians[1]))
    assert texts(found) == ([("W18", f"Speeches in 2022 have a median of {medians[0]:.0f} words, in 2023 {medians[1]:.0f}.")] if due else [])


def test_w18_says_when_texts_of_a_sentence_are_not_tested_against_speeches():
    found = notes.lengths(summary("2022", median_tokens=18.0), summary("2023", median_tokens=190.0))
    assert found[0].text.endswith("beside so much longer ones nothing is tested.")


def test_w19_marks_digests():
    assert notes.digests(("transcript",)) == []
    assert notes.digests(("digest", "transcript"))[0].text == (
        "The texts are digests in our own words (kind: digest): they show how the tool works, not what was said."
    )


def test_every_confound_has_a_line_with_both_sides():
    other = summary("2023", kinds=("transcript",), speakers=(), outlets=("a", "b", "c", "d", "e"), median_tokens=400.0)
    assert notes.confounds(A, other) == (
        "kind: readout in 2022, transcript in 2023",
        "outlet: Norpress in 2022, a 20%, b 20%, c 20%, d 20% and 1 more in 2023",
        "speaker: Mara Lind in 2022, not known in 2023",
        "Speeches in 2022 have a median of 100 words, in 2023 400.",
    )
    assert notes.confounds(A, B) == ()


def test_two_speeches_carry_w1_for_both_and_one_w4(side, prose, lexicon):
    result = compare_sides(side(2022, prose(400, ports=2)), side(2023, prose(400, ports=200)), lexicon, Recipe())
    assert [w.code for w in result.warnings] == ["W1", "W1", "W4"]
    ports = result.themes[0]
    assert result.warnings[2] == notes.tipping_point("Ports", len(result.themes), ports.tau_star)
    assert ports.tau_star > 0.5


def test_a_word_that_carries_a_risen_theme_is_named_and_one_that_does_not_is_not(side, prose, lexicon):
    before = side(2022, *(prose(ports=1, farms=6) for _ in range(5)))
    after = side(2023, *(prose(ports=9 + i % 2, farms=6) for i in range(5)))
    found = [w for w in compare_sides(before, after, lexicon, Recipe()).warnings if w.code == "W7"]
    assert [w.text[:48] for w in found] == ['"harbour" supplies 100% of the theme words of "P']


def test_an_exploratory_theme_and_a_rare_one_have_their_warnings(side, prose, lexicon):
    sides = side(2022, prose(), prose()), side(2023, prose(rail=1), prose())
    codes = [w.code for w in compare_sides(*sides, lexicon, Recipe(), edited=frozenset({"rail"})).warnings]
    assert codes == ["W16", "W17"]


def test_digests_carry_w19_last(side, lexicon):
    text = "Mara Lind said that the harbour must grow."
    assert compare_sides(side(2022, text, kind="digest"), side(2023, text, kind="digest"), lexicon, Recipe()).warnings[-1].code == "W19"


@pytest.mark.parametrize(("events", "least"), [((2, 2), 0.33), ((3, 3), 0.1), ((2, 5), None), ((4, 4), None), ((3, 4), None), ((2, 4), 0.067)])
def test_w3_stands_where_no_arrangement_reaches_the_level(events, least):
    expected = f"With {events[0]} and {events[1]} speeches no permutation of labels can reach p <= 0.05 (smallest possible p = {least})."
    assert [w.text for w in notes.no_arrangement(events, 0.05)] == ([] if least is None else [expected])


@pytest.mark.parametrize(
    ("events", "method", "shares"),
    [((2, 9), "quasi-g2", (3, 40)), ((5, 30), "pooled-null", (10, 60)), ((10, 12), "pooled-null", (20, 75)), ((8, 8), "quasi-g2", None)],
)
def test_w27_tells_the_power_that_was_measured_and_nothing_else(events, method, shares):
    found = [w.text for w in notes.power_of_words(events, method)]
    assert len(found) == (shares is not None)
    assert all(f"about {shares[0]}% of cases when its rate triples" in text and f"about {shares[1]}% when it changes tenfold" in text for text in found)
