"""How a report was measured, in paragraphs to paste and in the recipe's sentences."""

from __future__ import annotations

from tracker.findings.records import Comparison, TopicList, WordList
from tracker.findings.standing import family_words, lock_words, reference_words, within_words
from tracker.measures.word_tests import FEW_EVENTS
from tracker.numerals import number
from tracker.recipe import Recipe

POWER = (
    "The smallest change that a test could have seen is the ratio it finds four times in five at the observed spread of speeches (noncentral t), "
    "if this theme alone of those tested has changed."
)
NO_TEST = (
    "No test was run: at least one side holds fewer than two events with words to count, and how much speeches differ among "
    "themselves cannot be seen in one. tau* is the "
    "spread of speeches (standard deviation of log-odds) below which a difference would be credible. How many more speeches would do is "
    "reckoned with a spread of .45 (log-odds; .35-.55 in State of the Union messages) and words that come in bursts of 3.4 times the binomial variance."
)
_SCOPES = {
    "speaker": "the words quoted from or attributed to the speaker, without the reporter's cue clauses",
    "all": "the whole text of each speech",
    "by-kind": "the speaker's words where others report them (readouts, digests and articles of one speaker), and the whole text of the others",
}


def paragraphs(result: Comparison, topics: TopicList | None, words: WordList | None = None) -> tuple[str, ...]:
    """The methods section of a paper, for this report."""
    level = f"{100 * result.level:g}%"
    found = [
        (
            "Themes are lists of words, counted as whole words in any case, the longest match first; a theme's share is the content words inside its "
            f"matches over all content words of {_SCOPES[result.scope]}. Shares are printed as theme words per 1,000 words; a list of words is a yardstick "
            "for change, not the part of a speech that treats a topic."
        ),
        (
            "The unit of evidence is the event: reports of one event are summed, every event counts the same. Intervals of a period's share are t "
            f"intervals of event shares ({level}); with a single event the interval describes that text only, and with no mention at all the upper limit "
            "comes from a Jeffreys prior."
        ),
    ]
    found += _tests(result)
    found.append(
        "Distinctive words are ranked by log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, Political Analysis 16:372-403, "
        "sections 3.3-3.5); z sorts, it does not test."
        + (_word_test(words) if words is not None else "")
        + " TF-IDF weights are scikit-learn's with log counts, times the contrast of the rates."
    )
    if topics is not None:
        engine = _ENGINES[topics.engine]
        found.append(
            f"Topics: {engine} on {topics.passages:,} passages, {len(topics.topics) + topics.hidden} topics, {topics.refits} refits; a topic counts as "
            "reproducible when the mean Jaccard index of its ten top words over the refits is .5 or more (after Greene, O'Callaghan and Cunningham 2014)."
            + _carried_on(topics)
        )
    if result.topics is not None and result.topics.family.tests:
        found.append(
            "Topics between the two periods: tokens of a passage times its share of the topic, summed by event, all under the one model; tested as themes "
            "are, in a family of their own. The change was measured again under each refit, and the variance among these (times 1 + 1 over their "
            "number) was added to that among events (method of composition: Roberts, Stewart and Airoldi 2016, JASA 111:988-1003; Rubin 1987). A topic "
            "whose change has the other direction in more than a tenth of the refits is not reported as a shift."
        )
    return tuple(found)


def _carried_on(topics: TopicList) -> str:
    """That the numbers started from earlier topics, and how stable a fresh start is; that some topics are not shown."""
    told = ""
    if topics.fit is not None and topics.fit.start == "carried on":
        told += f" They were carried on from those of an earlier fit (fit {topics.fit.number} of this corpus); the refits start anew."
        if topics.fit.stability is not None and topics.fit.fresh_stability is not None:
            told += f" Their mean stability is {number(topics.fit.stability, 2)}; that of topics started anew is {number(topics.fit.fresh_stability, 2)}."
    return told + (f" {topics.hidden:,} of them {'is' if topics.hidden == 1 else 'are'} hidden." if topics.hidden else "")


_ENGINES = {
    "lda": "the most probable values of latent Dirichlet allocation (Asuncion, Welling, Smyth and Teh 2009), started from non-negative factors of TF-IDF,",
    "nmf": "non-negative matrix factorisation of TF-IDF",
    "gensim": "latent Dirichlet allocation through gensim",
    "sklearn": "latent Dirichlet allocation through scikit-learn",
}


def _tests(result: Comparison) -> list[str]:
    """How changes were tested, with the size of the family and the floors; or why none was."""
    family = f" Here: {family_words(result.family)}." if result.family else ""
    found = []
    if result.method == "welch-share":
        found += [
            (
                "Changes were tested on event shares by Welch's and Student's t (Welch 1947, Biometrika 34:28-35), of which the larger p and the wider "
                "interval count: where few events stand against many, Welch's test alone finds changes that are not there. They were corrected over all "
                "tested themes by Benjamini and Hochberg (1995, JRSS B 57:289-300). Themes expected fewer than "
                f"{result.family.min_expected_hits if result.family else 5:g} times on a side were not tested. A theme rose or fell when "
                f"q <= {1 - result.level:.2g} and the change passed the effect floor.{family} Words are not tested as independent: on unchanged speech a "
                "token-level test reports a difference in about 60 % of comparisons (Lijffijt et al. 2016, DSH 31:374-397)."
            ),
            POWER,
        ]
    elif result.method == "stands-out" and result.reference is not None:
        found.append(
            f"One side is a single event, held against {reference_words(result.reference)}: its share lies in or outside the prediction interval of one "
            "more such event (t on arcsine roots of shares, the spread pooled within periods, with an allowance for short texts), corrected over all "
            f"tested themes by Benjamini and Hochberg (1995, JRSS B 57:289-300).{family} It can stand out; it cannot show a change of the period."
        )
    elif min(result.before.events, result.after.events) >= 2:
        found.append("No test was run: no theme is expected five times on both sides, and fewer mentions cannot be told from chance.")
    else:
        found.append(NO_TEST)
    if result.within is not None:
        found.append(
            f"Events were compared {within_words(result.within)}. Strata weigh by the harmonic mean of their events; means of a side are weighted alike."
        )
    return [*found, *([f"Settings and themes were {lock_words(result.locked)}."] if result.locked else [])]


def _word_test(words: WordList) -> str:
    """Which test the stars of words come from."""
    if words.method == "none":
        return " No word was tested."
    family = (
        f" The {words.tested:,} words that stand ten times or more, in three events or more, were tested over events, corrected together (q <= "
        f"{1 - words.level:.2g}; a ratio of rates nearer to 1 than the effect floor has no star): counts were scaled to the evidence that an event of its "
        "length carries (Williams 1982, Applied Statistics 31:144-148), their dispersion squeezed towards that of words of the same frequency "
        "(Smyth 2004, SAGMB 3:3), and G2 over that dispersion "
    )
    if words.method == "quasi-g2":
        doubled = " With two events on a side q is doubled." if min(words.before.events, words.after.events) <= FEW_EVENTS else ""
        return f"{family}referred to an F distribution.{doubled}"
    return family + "compared with 999 rearrangements of the events' residuals, pooled over all tested words."


def settings(recipe: Recipe) -> tuple[tuple[str, str], ...]:
    """Every setting with its value, and the recipe's fingerprint."""
    rows = [("recipe", recipe.id)]
    for table, values in recipe.told.items():
        for name, value in values.items():
            if table == "speakers":
                told = "; ".join(f"{k} {', '.join(v) if isinstance(v, list) else v}" for k, v in value.items() if v)
                rows.append((f"speakers.{name}", told or "as the texts say"))
            else:
                rows.append((f"{table}.{name}", _shown(value)))
    return tuple(rows)


def _shown(value: object) -> str:
    if value is None:
        return "chosen by the tool"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
