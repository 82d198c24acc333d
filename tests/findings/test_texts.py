from dataclasses import replace

import pytest

from tracker.findings.texts import first_and_last, text_findings
from tracker.lexicon import match
from tracker.tokens import tokenise

READOUT = """Harbours of the south wait for ferries

Mara Lind visited the coast.

“The harbour comes first,” Lind said.

Lind stressed that the ferries must sail. Tom Reed said that every quay is rotten.

Apples grew behind the station.
"""


def findings(before, after, lexicon, span=None):
    return {(f.theme, f.term): f for f in text_findings(before, after, lexicon, span or {})}


def test_a_theme_and_its_terms_stand_before_after_or_on_both_sides(side, lexicon):
    found = findings(side(2022, "The harbour and the ferries."), side(2023, "The harbour and the orchard."), lexicon)
    assert {key: f.only for key, f in found.items()} == {
        ("ports", ""): "both",
        ("ports", "harbour*"): "both",
        ("ports", "ferries"): "before",
        ("farms", ""): "after",
        ("farms", "orchard*"): "after",
    }


def test_counts_are_mentions_in_all_text_of_both_sides(side, lexicon):
    found = findings(side(2022, "The harbour, the harbour and the quay.", "A quay."), side(2023, "One harbour."), lexicon)
    assert (found["ports", ""].counts, found["ports", "quay*"].counts) == ((4, 1), (2, 0))


def test_a_theme_nobody_mentions_is_left_out(side, lexicon):
    assert not [key for key in findings(side(2022, "A harbour."), side(2023, "A harbour."), lexicon) if key[0] == "rail"]


def test_swapping_the_sides_swaps_before_and_after(side, lexicon):
    a, b = ("The harbour and the ferries.", "The orchard by the harbour.")
    there, back = findings(side(2022, a), side(2023, b), lexicon), findings(side(2022, b), side(2023, a), lexicon)
    turned = {"before": "after", "after": "before", "both": "both"}
    assert {k: turned[f.only] for k, f in there.items()} == {k: f.only for k, f in back.items()}
    assert all(back[k].counts == f.counts[::-1] for k, f in there.items())


@pytest.mark.parametrize(
    ("term", "where"),
    [("harbour*", ("headline", "quoted")), ("ferries", ("headline", "attributed")), ("quay*", ("narrated",)), ("apple*", ("narrated",))],
)
def test_where_is_headline_lead_quoted_attributed_or_narrated(side, lexicon, term, where):
    found = findings(side(2022, READOUT, kind="readout"), side(2023, "Nothing of the kind."), lexicon)
    theme = "farms" if term == "apple*" else "ports"
    assert found[theme, term].where == where


def test_a_mention_in_the_first_paragraph_is_in_the_lead_too(side, lexicon):
    found = findings(side(2022, "The harbour grows quickly this year.\n\nThe quay does not."), side(2023, "Nothing of the kind."), lexicon)
    assert (found["ports", "harbour*"].where, found["ports", "quay*"].where) == (("lead", "attributed"), ("attributed",))


@pytest.mark.parametrize(
    ("term", "claim"),
    [
        (
            "harbour*",
            "Only the 2022 readout says “harbour” or “harbours” (ports; 2 times), in a headline and in a direct quotation; the 2023 readout never does.",
        ),
        (
            "ferries",
            "Only the 2022 readout says “ferries” (ports; 2 times), in a headline and in words attributed to the speaker; the 2023 readout never does.",
        ),
        ("quay*", "Only the 2022 readout says “quay” (ports; once), in words that are not the speaker's; the 2023 readout never does."),
        ("apple*", "Only the 2022 readout says “apples” (farms; once), in the reporter's own words; the 2023 readout never does."),
    ],
)
def test_a_claim_says_no_more_than_who_said_what_how_often_and_where(side, lexicon, term, claim):
    found = findings(side(2022, READOUT, kind="readout"), side(2023, "Nothing of the kind.", kind="readout"), lexicon)
    assert found["farms" if term == "apple*" else "ports", term].claim == claim


def test_a_claim_about_several_speeches_says_in_how_many_of_them(side, lexicon):
    found = findings(side(2022, "Our harbour.", "Our quay.", "Our table."), side(2023, "We read.", "We write."), lexicon)
    assert found["ports", ""].claim == "Only 2022 speaks of ports (2 times in 2 of its 3 speeches), in the speaker's own words; 2023 never does."


def test_a_claim_about_an_open_ended_slice_speaks_of_its_speeches(side, lexicon):
    before, after = side(2022, "Our harbour.", "Our quay.", "Our table."), side(2023, "We read.", "We write.")
    found = findings(replace(before, label="until 2022"), replace(after, label="from 2023"), lexicon)
    assert found["ports", ""].claim == (
        "Only the speeches until 2022 speak of ports (2 times in 2 of them, 3 in all), in the speaker's own words; the speeches from 2023 never do."
    )


def test_a_claim_about_both_sides_counts_both(side, lexicon):
    found = findings(side(2022, "Our harbour, our harbour."), side(2023, "Our harbour."), lexicon)
    assert found["ports", "harbour*"].claim == "“harbour” stands on both sides: 2 times in the 2022 speech and 1 time in the 2023 speech."


def test_a_claim_never_counts_words_it_does_not_name(side, lexicon):
    texts = "The harbour, harbours, harbouring and harboured."
    assert "“harbour”, “harboured” or 2 more forms" in findings(side(2022, texts), side(2023, "We read."), lexicon)["ports", "harbour*"].claim


def test_core_words_are_marked_and_divide(side, lexicon):
    found = findings(side(2022, "Our harbour and our quay."), side(2023, "Our quay."), lexicon)
    assert (found["ports", "harbour*"].core, found["ports", "quay*"].core, found["ports", ""].core) == (True, False, True)
    assert [key for key, f in found.items() if f.divides] == [("ports", "harbour*")]


def test_themes_that_divide_the_texts_come_first_and_the_sharpest_before_the_others(side, lexicon):
    before, after = side(2022, "Our harbour and one railway."), side(2023, "Our harbour. Orchards, orchards and orchards again.")
    order = list(dict.fromkeys(f.theme for f in text_findings(before, after, lexicon, {})))
    assert order == ["farms", "rail", "ports"]


def test_first_and_last_use_leave_undated_speeches_out(lexicon):
    def hits(text):
        return [(hit.theme, hit.term) for hit in match(lexicon, tokenise(text, "en"))]

    span = first_and_last([("2022-05-01", hits("A quay.")), ("", hits("A quay.")), ("2021", hits("A harbour.")), ("2023-01", hits("A harbour."))])
    assert span == {("ports", "quay*"): ("2022-05-01", "2022-05-01"), ("ports", ""): ("2021", "2023-01"), ("ports", "harbour*"): ("2021", "2023-01")}


def test_evidence_of_both_sides_is_verbatim_and_its_hits_lie_inside(side, lexicon):
    before, after = side(2022, READOUT, kind="readout"), side(2023, "Our harbour.\nOur quay.")
    texts = {item.speech.id: item.speech.text for s in (before, after) for item in s.speeches}
    shown = [e for f in text_findings(before, after, lexicon, {}) for e in f.evidence]
    assert {e.speech for e in shown} == set(texts)
    assert all(e.quote == texts[e.speech][e.start : e.end] and e.hits for e in shown)
    assert all(e.start <= start < end <= e.end for e in shown for start, end in e.hits)
