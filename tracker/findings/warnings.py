"""The numbered warnings of the methods, word for word, with their figures filled in."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.findings.records import SideSummary, Warning
from tracker.numerals import number, p_value, p_words, scaled, signed
from tracker.slices import as_noun, during

SPEAKER_SHARE_GAP = 0.15
LENGTH_GAP = 1.5
MIX_GAP = 0.3
MOST_RARE = 3
OUT_OF_VOCABULARY = 0.1
AS_USUAL = 0.95  # part of the usual known share: very rare and very common words are in no model, in a small corpus they are many
HARDER = 1.25  # 39 State of the Union messages, each under a model of those before: .76 to 1.28, one above 1.25 (January 2002)
CARRYING_SHARE = 0.5
EVENTS_NAMED = 5
TREND_PERIODS = 10
CORRELATED = 0.2
WORD_POWER = {("quasi-g2", 5): (3, 40), ("pooled-null", 10): (10, 60), ("pooled-null", 20): (20, 75)}  # at 3, 5 and 10 messages a side


def one_speech(label: str) -> Warning:
    """W1: a side holds one event."""
    return Warning(
        "W1", f"Only one speech {during(label)}. The figures describe these texts; they cannot show that the emphasis of the period changed. No test was run."
    )


def held_against(label: str, events: int, df: int) -> Warning:
    """W2: a side holds one event, which is held against others of its make."""
    return Warning(
        "W2",
        f"{label} has one speech. It is compared with the usual spread among {events:,} speeches of the same kind (t, {df:,} df): "
        "it can stand out, it cannot show a change of the period.",
    )


def no_arrangement(events: tuple[int, int], alpha: float) -> list[Warning]:
    """W3: so few events that no exchange of labels could reach alpha."""
    from tracker.measures.permutation import arrangements

    least = (2 if events[0] == events[1] else 1) / arrangements(sum(events), events[0], 1_000_000)
    if least <= alpha:
        return []
    text = f"With {events[0]:,} and {events[1]:,} speeches no permutation of labels can reach p <= {alpha:g} (smallest possible p = {least:.2g})."
    return [Warning("W3", text)]


def power_of_words(events: tuple[int, int], method: str) -> list[Warning]:
    """W32: how often the test of single words finds a change, as measured on State of the Union messages."""
    fewest = min(events)
    found = next((shares for (test, most), shares in WORD_POWER.items() if test == method and fewest < most), None)
    if found is None:
        return []
    return [
        Warning(
            "W32",
            f"With {events[0]:,} and {events[1]:,} speeches a word said 40 times or more is found in about {found[0]}% of cases when its rate triples, and in "
            f"about {found[1]}% when it changes tenfold; rarer words less often. A word without a star may have changed too.",
        )
    ]


def tipping_point(theme: str, n_themes: int, tau_star: float) -> Warning:
    """W4: how little speeches would have to vary for the widest difference to be credible; 0 when not even the texts differ."""
    if tau_star == 0:
        return Warning(
            "W4",
            "Even the widest difference may be chance, however little speeches vary (tau* = 0): words come in bursts, so that the rates of these texts "
            "cannot be told apart.",
        )
    return Warning(
        "W4",
        f"The widest of {n_themes} differences, that of {theme}, would be credible only if speeches of the same period "
        f"varied by less than tau* = {number(tau_star, 2)} (log-odds SD); "
        "in published corpora they vary by 0.2-1.0 depending on the genre.",
    )


def speaker_shares(before: SideSummary, after: SideSummary) -> list[Warning]:
    """W5: the speaker's part of the texts differs by more than 15 points."""
    a, b = before.speaker_share, after.speaker_share
    if before.kinds == after.kinds == ("transcript",) or a is None or b is None or round(abs(a - b), 9) <= SPEAKER_SHARE_GAP:
        return []
    return [
        Warning(
            "W5",
            f"Only {a:.0%} of the words {during(before.label)} and {b:.0%} {during(after.label)} are attributed to the speaker; "
            "the rest is the reporter's. The whole-text comparison mixes the two.",
        )
    ]


def same_event(documents: int, event: str) -> Warning:
    """W6: several documents are one event."""
    return Warning(
        "W6",
        f"{documents:,} documents look like reports of the same event ({event}); they are counted as one. "
        "Counting them separately makes false alarms about 7 times as frequent.",
    )


def same_events(found: Sequence[tuple[str, int]]) -> list[Warning]:
    """W6 for all events with several documents, (event, documents): the first few are named."""
    if len(found) <= 1:
        return [same_event(documents, event) for event, documents in found]
    named = _named([f"{event} ({documents:,})" for event, documents in found], EVENTS_NAMED)
    return [
        Warning(
            "W6",
            f"{sum(documents for _, documents in found):,} documents look like reports of {len(found):,} events ({named}); each event is counted as one. "
            "Counting them separately makes false alarms about 7 times as frequent.",
        )
    ]


def later_reports(label: str, other: str, speeches: Sequence[str], events: Sequence[str]) -> Warning:
    """W6: later reports of events that the other side holds are left out."""
    one, said = len(speeches) == 1, f"{len(events):,} event{_s(len(events))} of {as_noun(other)} ({_named(events)})"
    return Warning(
        "W6",
        f"{len(speeches):,} document{_s(len(speeches))} of {as_noun(label)} report{'s' if one else ''} {said} "
        f"and {'is' if one else 'are'} left out: an event counts once, on the side of its first report.",
    )


def on_both_sides(events: Sequence[str]) -> Warning:
    """W6: both sides report the same events."""
    return Warning(
        "W6",
        f"Both sides report {len(events):,} event{_s(len(events))} ({_named(events)}): what is told of the same occasions does not vary independently.",
    )


def carrying_word(theme: str, word: str, word_share: float, points_without: float | None) -> Warning:
    """W7: one word supplies more than half of a theme's hits."""
    change = "not known" if points_without is None else f"{scaled(points_without, 10, sign=True)} theme words per 1,000"
    return Warning("W7", f'"{word}" supplies {word_share:.0%} of the theme words of "{theme}". Without it the change is {change}.')


def unstable_topics(reproducible: int, topics: int, refits: int) -> Warning:
    """W8: not all topics came back."""
    return Warning("W8", f"Only {reproducible:,} of {topics} topics came back in {refits} refits; the other topics are not shown as findings.")


def illustrative(passages: int, reproducible: int, topics: int, refits: int) -> Warning:
    """W9: too few passages for topics to be findings."""
    return Warning(
        "W9",
        f"{passages:,} passages: the topics are illustrative ({reproducible} of {topics} came back in {refits} refits); "
        "they are never findings below 1,000 passages unless they reproduce.",
    )


def too_few_periods(periods: int) -> Warning:
    """W11: fewer periods than a trend test needs."""
    return Warning("W11", f"{periods} periods are too few for a trend test ({TREND_PERIODS} needed). The line is descriptive.")


def correlated(themes: Sequence[tuple[str, float]]) -> Warning:
    """W12: neighbouring periods resemble each other, theme by theme (label, r1)."""
    ranked = sorted(themes, key=lambda pair: (-pair[1], pair[0]))
    told = ", ".join(f'"{label}" r1 = {number(r, 2)}' for label, r in ranked[:MOST_RARE])
    more = f" and {len(ranked) - MOST_RARE} more" if len(ranked) > MOST_RARE else ""
    return Warning(
        "W12",
        f"Neighbouring periods are correlated ({told}{more}); at r1 = 0.5 the plain trend test raises a false alarm 13-28% of the time, not 5%. "
        "Their p is against series that persist as much.",
    )


def outside_series(speeches: int, by: str) -> Warning:
    """W30: speeches that fit into no group of a series."""
    one = speeches == 1
    return Warning(
        "W30",
        f"{speeches:,} speech{'' if one else 'es'} fit{'s' if one else ''} into no group by {by} (no date, one too coarse, or no value) and "
        f"{'is' if one else 'are'} left out of the series.",
    )


def too_few_for_novelty(events: int, needed: int) -> Warning:
    """W31: too few events to tell a break from chance."""
    return Warning("W31", f"{events:,} speech{'' if events == 1 else 'es'} are too few to say which broke with the past ({needed} needed).")


def too_short_for_novelty(events: int, tokens: int) -> Warning:
    """W31: events too short to be looked at."""
    return Warning(
        "W31", f"{events:,} speech{'' if events == 1 else 'es'} with fewer than {max(tokens, 50):,} words are too short to be compared and left out."
    )


def resembles(theme: str, lag1: float, effective: tuple[float, float], p: float) -> Warning:
    """W29: a verdict of few speeches that resemble their neighbours."""
    said = " and ".join(number(events, 0) for events in effective)
    return Warning(
        "W29",
        f'"{theme}": successive speeches resemble each other (r1 = {number(lag1, 2)}) and say as much as {said} independent ones; '
        f"allowing for that p {p_words(p)}. The verdict takes them as independent.",
    )


def resembling(themes: Sequence[tuple[str, float]]) -> list[Warning]:
    """W29: the themes (label, r1) whose p allows for resemblance."""
    if not themes:
        return []
    ranked = sorted(themes, key=lambda pair: (-pair[1], pair[0]))
    told = ", ".join(f"{label} r1 = {number(r, 2)}" for label, r in ranked[:MOST_RARE])
    more = f" and {len(ranked) - MOST_RARE} more" if len(ranked) > MOST_RARE else ""
    return [Warning("W29", f"Successive speeches resemble each other ({told}{more}): p and range of these themes allow for it, the others need not.")]


def no_distance() -> Warning:
    """W10: too few events for a distance."""
    return Warning("W10", "Distances between periods with fewer than 3 speeches are dominated by text length and are not shown.")


def unknown_words(share: float, model: str, *, usual: float = 0.0) -> list[Warning]:
    """W13: the speeches added since the fit use words the model does not know, clearly more than those it was fitted on."""
    if share <= OUT_OF_VOCABULARY or 1 - share >= AS_USUAL * (1 - usual):
        return []
    return [
        Warning(
            "W13",
            f"{share:.0%} of the words in the added speeches are unknown to the model {model}; topic shares for them are unreliable. Run tracker fit.",
        )
    ]


def hard_to_predict(residual: float, model: str) -> list[Warning]:
    """W33: the model knows the words of the speeches added since, but did not expect them together."""
    if residual <= HARDER:
        return []
    return [
        Warning(
            "W33",
            f"The words of the added speeches are {number(residual)} times as hard to predict for the model {model} as those of speeches left out when it was "
            "fitted; they may hold topics it does not have. Run tracker fit.",
        )
    ]


def different_sources(before: SideSummary, after: SideSummary, *, apart_from: str = "") -> list[Warning]:
    """W14: kinds, outlets or places differ; not told of what the comparison is made within."""
    differing = [
        f"{name}: {_listed(before, name)} against {_listed(after, name)}"
        for name in ("kind", "outlet", "place")
        if name != apart_from and mixes_apart(before, after, name) >= MIX_GAP
    ]
    if not differing:
        return []
    return [Warning("W14", f"The periods differ in more than what is emphasised ({'; '.join(differing)}): a change may come from that, not from the speaker.")]


def different_speakers(before: SideSummary, after: SideSummary) -> list[Warning]:
    """W26: other people speak."""
    if mixes_apart(before, after, "speaker") < MIX_GAP:
        return []
    return [Warning("W26", f"The speakers differ ({_listed(before, 'speaker')} against {_listed(after, 'speaker')}): a change may be a change of speaker.")]


def mixes_apart(before: SideSummary, after: SideSummary, name: str) -> float:
    """How far two mixes lie apart: the share of speeches, 0-1, that would have to change (total variation)."""
    a, b = before.mix(name), after.mix(name)
    return sum(abs(a.get(value, 0.0) - b.get(value, 0.0)) for value in {*a, *b}) / 2


def too_rare(themes: Sequence[tuple[str, int, int | None]]) -> list[Warning]:
    """W16: too few mentions for a test; many themes share one warning.

    Args:
        themes: (label, theme words in all, speeches lacking); those never mentioned say nothing.
    """
    said = [(label, hits, needed) for label, hits, needed in themes if hits]
    if len(said) <= MOST_RARE:
        return [Warning("W16", f'Too few mentions of "{label}": {hits:,} theme words in all; {_lacking(needed)}.') for label, hits, needed in said]
    listed = ", ".join(f'"{label}" ({hits:,})' for label, hits, _ in sorted(said, key=lambda row: (-row[1], row[0])))
    return [Warning("W16", f"Too few mentions of {len(said)} themes for a test, theme words in all: {listed}.")]


def _lacking(needed: int | None) -> str:
    if not needed:
        return "no number of speeches at this rate would make a test"
    return f"about {needed:,} more {'speech' if needed == 1 else 'speeches'} would be needed for a test"


def edited(theme: str) -> Warning:
    """W17: the list was edited after this contrast was first looked at."""
    return Warning("W17", f'The words of "{theme}" were edited after these periods were first compared, so what is said of it is exploratory, not a test.')


def lengths(before: SideSummary, after: SideSummary) -> list[Warning]:
    """W18: median lengths differ by half or more; texts of a sentence or two have no share to be compared with that of far longer ones."""
    a, b = before.median_tokens, after.median_tokens
    if not a or not b or max(a, b) / min(a, b) < LENGTH_GAP:
        return []
    from tracker.measures.prevalence import SHORT, too_short

    said = f"Speeches {during(before.label)} have a median of {number(a, 0)} words, {during(after.label)} {number(b, 0)}."
    if too_short([a], [b]):
        said += f" Texts of fewer than {SHORT} words hold a share of one sentence, not of a speech: beside so much longer ones nothing is tested."
    return [Warning("W18", said)]


def digests(kinds: Sequence[str]) -> list[Warning]:
    """W19: the texts are digests."""
    if "digest" not in kinds:
        return []
    return [Warning("W19", "The texts are digests in our own words (kind: digest): they show how the tool works, not what was said.")]


def doubted(theme: str, p: float, p_permutation: float) -> Warning:
    """W20: the permutation check does not support the verdict."""
    return Warning(
        "W20", f'"{theme}": p {p_words(p)} by Welch\'s t, but {p_value(p_permutation)} when the speeches are exchanged at random; read its verdict with care.'
    )


def turns_round(theme: str, sure: float, whole: float) -> Warning:
    """W21: a change turns round with what counts as the speaker's words."""
    return Warning(
        "W21",
        f'"{theme}" depends on who is counted as speaking: its change is {signed(sure)} theme words per 1,000 if only sure sentences are the speaker\'s, '
        f"and {signed(whole)} if every doubtful one is.",
    )


def leads_at_one_end(theme: str, *, sure: bool) -> Warning:
    """W21: a change is the widest only for one way of counting the speaker's words."""
    when = "sentences that may be someone else's are left out" if sure else "every sentence that may be the speaker's is counted as the speaker's"
    return Warning("W21", f'The change of "{theme}" is the widest of all only if {when}.')


def left_out_for_speakers(label: str, speeches: int, of: int) -> Warning:
    """W22: speeches that report several speakers count in no total of speakers' words."""
    return Warning(
        "W22",
        f"{speeches:,} of {of:,} speeches {during(label)} report{'s' if speeches == 1 else ''} several speakers and count{'s' if speeches == 1 else ''} "
        "in no share of theme words: tracker check lists them; tracker set ID kind=readout counts the speaker's words in one.",
    )


def lock_broken(date: str, changed: Sequence[str]) -> list[Warning]:
    """W27: recipe or themes are not those that were locked."""
    if not changed:
        return []
    return [Warning("W27", f"Recipe and themes were locked on {date}; since then changed: {'; '.join(changed)}. The lock does not cover this comparison.")]


def leans_on(theme: str, verdict: str, what: str, *, points: float | None, verdict_without: str | None) -> Warning:
    """W28: without one word or one speech a verdict would be another, or the change would turn round."""
    change = "" if points is None else f" the change would be {scaled(points, 10, sign=True)} theme words per 1,000"
    other = "" if verdict_without in (None, verdict) else f' the verdict would be "{verdict_without}"'
    return Warning("W28", f'"{theme}" {verdict}, but this leans on {what}: without it{change}{" and" if change and other else ""}{other}.')


def confounds(before: SideSummary, after: SideSummary) -> tuple[str, ...]:
    """One line for each thing besides the speaker's emphasis in which the two sides differ."""
    lines = [
        f"{name}: {_listed(before, name)} {during(before.label)}, {_listed(after, name)} {during(after.label)}"
        for name in ("kind", "outlet", "place", "speaker")
        if mixes_apart(before, after, name) >= MIX_GAP
    ]
    return (*lines, *(w.text for w in lengths(before, after)))


def _named(names: Sequence[str], most: int = EVENTS_NAMED) -> str:
    """Names in a row, at most so many; the others are counted."""
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _listed(side: SideSummary, name: str, most: int = 4) -> str:
    """The values of a mix, most frequent first, with their shares where there are several."""
    mix = side.mix(name)
    shown = [f"{value or 'not known'}{f' {share:.0%}' if len(mix) > 1 else ''}" for value, share in list(mix.items())[:most]]
    return ", ".join(shown) + (f" and {len(mix) - most:,} more" if len(mix) > most else "")
