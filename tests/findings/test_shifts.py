import math

import numpy as np
import pytest

from tracker.findings.shifts import compare_sides
from tracker.lexicon import Lexicon, parse_themes
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.shift import shift
from tracker.recipe import Recipe


def by_id(result):
    return {theme.id: theme for theme in result.themes}


@pytest.fixture(scope="module")
def many(side, prose):
    """Six against six: ports rise clearly, farms vary about the same, rail is hardly mentioned."""
    before = [prose(120, ports=2 + i % 3, farms=10 + i % 2) for i in range(6)]
    after = [prose(120, ports=12 + i % 3, farms=10 + (i + 1) % 2, rail=i == 0) for i in range(6)]
    return side(2022, *before), side(2023, *after)


@pytest.fixture(scope="module")
def compared(many, lexicon):
    return by_id(compare_sides(*many, lexicon, Recipe()))


def test_the_numbers_are_those_of_the_measure_on_the_event_sums(compared):
    expected = shift([2, 3, 4, 2, 3, 4], [120] * 6, [12, 13, 14, 12, 13, 14], [120] * 6)
    held = compared["ports"]
    assert (held.before.share, held.after.share, held.points, held.ratio) == (expected.before, expected.after, expected.points, expected.ratio)
    family = sum(t.p is not None for t in compared.values())
    alone = shift([2, 3, 4, 2, 3, 4], [120] * 6, [12, 13, 14, 12, 13, 14], [120] * 6, tests=family)
    assert (held.p, held.smallest_detectable) == (expected.p, alone.smallest_detectable)
    assert family == 1 or alone.smallest_detectable > expected.smallest_detectable
    assert (held.before.hits, held.after.hits, held.before.tokens, held.before.pooled_value) == (18, 78, 720, 18 / 720)


def test_the_verdicts_are_the_words_of_the_measure(compared):
    assert {theme: held.verdict for theme, held in compared.items()} == {"ports": "rose", "farms": "about the same", "rail": "too rare"}


def test_a_theme_too_rare_has_no_p_and_leaves_the_family_of_tests(compared):
    rail = compared["rail"]
    assert (rail.p, rail.q, rail.p_permutation, rail.points.low, rail.smallest_detectable) == (None, None, None, None, None)
    assert [compared[t].q for t in ("ports", "farms")] == list(benjamini_hochberg([compared[t].p for t in ("ports", "farms")]))


def test_adding_a_theme_never_moves_the_p_of_another(many, lexicon, compared):
    alone = by_id(compare_sides(*many, Lexicon(lexicon.themes[:1]), Recipe()))["ports"]
    assert (alone.p, alone.p_permutation, alone.points) == (compared["ports"].p, compared["ports"].p_permutation, compared["ports"].points)
    assert alone.q == alone.p != compared["ports"].q


def test_swapping_the_sides_flips_the_change_and_the_verdict(many, lexicon, compared):
    back = by_id(compare_sides(many[1], many[0], lexicon, Recipe()))["ports"]
    assert (back.points.value, back.verdict) == (-compared["ports"].points.value, "fell")
    assert (back.p, back.ratio.value) == (pytest.approx(compared["ports"].p), pytest.approx(1 / compared["ports"].ratio.value))


def test_reports_of_one_event_are_one_unit_of_evidence(side, prose, lexicon):
    texts = [prose(ports=3), prose(ports=9)]
    separate = side(2022, *texts)
    joined = side(2022, *texts, events=["visit", "visit"])
    other = side(2023, prose(ports=4), prose(ports=5))
    apart, summed = (by_id(compare_sides(s, other, lexicon, Recipe()))["ports"] for s in (separate, joined))
    assert (apart.before.share.n, apart.verdict) == (2, "cannot tell")
    assert (summed.before.share.n, summed.before.hits, summed.before.tokens, summed.verdict, summed.p) == (1, 12, 120, "not testable", None)


@pytest.mark.parametrize("sizes", [(1, 1), (1, 8), (8, 1)])
def test_with_one_event_on_a_side_nothing_is_tested_whatever_the_difference(side, prose, lexicon, sizes):
    before, after = side(2022, *[prose(ports=1)] * sizes[0]), side(2023, *[prose(ports=40)] * sizes[1])
    result = compare_sides(before, after, lexicon, Recipe())
    assert {(t.p, t.q, t.verdict, t.points.low, t.ratio.low) for t in result.themes} == {(None, None, "not testable", None, None)}
    assert result.method == "none"
    assert all(t.tau_star is not None for t in result.themes)


def test_an_event_without_a_word_in_scope_is_no_event(side, lexicon):
    silent, spoken = "The harbour was cold.", "The road was dark.\n\nMara Lind said that the harbour must grow and that bread is dear."
    before, after = side(2022, silent, spoken, kind="readout"), side(2023, spoken, spoken, kind="readout")
    result = compare_sides(before, after, lexicon, Recipe())
    assert (result.before.events, by_id(result)["ports"].before.share.n, result.method) == (2, 1, "none")
    assert [w.text for w in result.warnings if w.code == "W1"] == [
        "Only one speech in 2022. The figures describe these texts; they cannot show that the emphasis of the period changed. No test was run."
    ]


def test_a_side_without_any_word_in_scope_has_no_number_at_all(side, lexicon):
    result = compare_sides(side(2022, "The harbour was cold.", kind="readout"), side(2023, "Our harbour."), lexicon, Recipe())
    held = by_id(result)["ports"]
    assert (held.before.share.value, held.before.share.low, held.before.pooled_value, held.points.value, held.ratio.value, held.tau_star) == (None,) * 6
    assert held.verdict == "not testable"


def test_the_headline_scope_is_the_speakers_and_the_other_scope_stands_beside_it(side, lexicon):
    text = "The harbour lay in fog and rain.\n\nMara Lind said that the orchard must feed the whole town."
    result = compare_sides(side(2022, text, kind="readout"), side(2023, text, kind="readout"), lexicon, Recipe())
    ports, farms = by_id(result)["ports"], by_id(result)["farms"]
    assert (result.scope, ports.before.hits, farms.before.hits) == ("speaker", 0, 1)
    assert ports.other_scope[0] > 0
    assert farms.other_scope[0] < farms.before.share.value


def test_kinds_with_different_scopes_are_compared_by_kind(side, lexicon):
    result = compare_sides(side(2022, "Mara Lind said that the harbour grows.", kind="readout"), side(2023, "Our harbour."), lexicon, Recipe())
    assert result.scope == "by-kind"


def test_the_level_of_the_recipe_is_the_level_of_every_interval_and_verdict(many, lexicon):
    result = compare_sides(*many, lexicon, Recipe().with_settings(measure__level=0.8))
    held = by_id(result)["ports"]
    assert {result.level, held.before.share.level, held.points.level, held.ratio.level} == {0.8}
    assert held.points.high - held.points.low < by_id(compare_sides(*many, lexicon, Recipe()))["ports"].points.high - held.points.low


def test_each_gate_of_the_recipe_changes_a_verdict(many, lexicon):
    def verdict(theme, **settings):
        return by_id(compare_sides(*many, lexicon, Recipe().with_settings(**settings)))[theme].verdict

    assert verdict("ports", measure__min_expected_hits=1000) == "too rare"
    assert verdict("rail", measure__min_expected_hits=1) == "too rare"
    assert verdict("ports", measure__min_log2_ratio=9, measure__min_points=99) == "cannot tell"
    assert verdict("farms", measure__same_ratio=1.0001) == "cannot tell"


def test_the_balance_of_two_themes_moves_towards_the_second(many, lexicon):
    result = compare_sides(*many, lexicon, Recipe(), balance_of=("farms", "ports"))
    assert (result.balance.x, result.balance.y, result.balance.verdict) == ("farms", "ports", "rose")
    assert -1 <= result.balance.before.value < result.balance.after.value <= 1


def test_the_balance_of_two_single_texts_has_values_but_no_test(side, prose, lexicon):
    result = compare_sides(side(2022, prose(ports=9, farms=1)), side(2023, prose(ports=1, farms=9)), lexicon, Recipe(), balance_of=("ports", "farms"))
    held = result.balance
    assert (held.before.value, held.after.value, held.p, held.verdict) == (-0.8, 0.8, None, "not testable")


def test_only_edited_themes_are_exploratory(many, lexicon):
    result = compare_sides(*many, lexicon, Recipe(), edited=frozenset({"farms"}))
    assert {t.id: t.exploratory for t in result.themes} == {"ports": False, "farms": True, "rail": False}


def test_without_themes_there_is_a_comparison_without_themes(side):
    result = compare_sides(side(2022, "Our harbour."), side(2023, "Our harbour."), Lexicon(()), Recipe())
    assert (result.themes, result.needed, result.method) == ((), None, "none")


def test_a_theme_said_equally_by_everybody_has_no_nan(side, prose, lexicon):
    result = compare_sides(side(2022, *[prose(ports=6)] * 3), side(2023, *[prose(ports=6)] * 3), lexicon, Recipe())
    held = by_id(result)["ports"]
    numbers = (held.p, held.q, held.points.value, held.points.low, held.ratio.value, held.ratio.low, held.smallest_detectable)
    assert not [n for n in numbers if n is not None and math.isnan(n)]
    assert held.verdict in ("cannot tell", "about the same")


def test_chance_alone_makes_few_verdicts(side, prose):
    rng = np.random.default_rng(11)
    themes = parse_themes('[themes.ports]\nlabel = "Ports"\nterms = ["harbour"]\n', "themes.toml")
    false = 0
    for _ in range(40):
        texts = [prose(100, ports=int(n)) for n in rng.binomial(100, rng.beta(2, 18, size=10))]
        result = compare_sides(side(2022, *texts[:5], themes=themes), side(2023, *texts[5:], themes=themes), themes, Recipe())
        false += result.themes[0].verdict in ("rose", "fell")
    assert false <= 6
