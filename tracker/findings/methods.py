"""How a report was measured, in paragraphs to paste and in the recipe's sentences."""

from __future__ import annotations

from tracker.findings.records import Comparison, TopicList, WordList
from tracker.recipe import Recipe

POWER = (
    "The smallest change that a test could have seen is the ratio it finds four times in five at the observed spread of speeches (noncentral t), "
    "if this theme alone of those tested has changed."
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
    if result.method == "welch-share":
        found.append(
            "Changes were tested with Welch's t test on event shares (Welch 1947, Biometrika 34:28-35), corrected over all tested themes by "
            "Benjamini and Hochberg (1995, JRSS B 57:289-300). Themes expected fewer than five times on a side were not tested. A theme rose or fell when "
            f"q <= {1 - result.level:.2g} and the change passed the effect floor. Words are not tested as independent: on unchanged speech a token-level "
            "test reports a difference in about 60 % of comparisons (Lijffijt et al. 2016, DSH 31:374-397)."
        )
        found.append(POWER)
    elif min(result.before.events, result.after.events) >= 2:
        found.append("No test was run: no theme is expected five times on both sides, and fewer mentions cannot be told from chance.")
    else:
        found.append(
            "No test was run: at least one side holds fewer than two events with words to count, and how much speeches differ among "
            "themselves cannot be seen in one. tau* is the "
            "spread of speeches (standard deviation of log-odds) below which a difference would be credible. How many more speeches would do is "
            "reckoned with a spread of .45 (log-odds; .35-.55 in State of the Union messages) and words that come in bursts of 3.4 times the binomial variance."
        )
    found.append(
        "Distinctive words are ranked by log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, Political Analysis 16:372-403, "
        "sections 3.3-3.5); z sorts, it does not test."
        + (_word_test(words) if words is not None else "")
        + " TF-IDF weights are scikit-learn's with log counts, times the contrast of the rates."
    )
    if topics is not None:
        engine = "latent Dirichlet allocation through gensim" if topics.engine == "gensim" else "non-negative matrix factorisation of TF-IDF"
        found.append(
            f"Topics: {engine} on {topics.passages} passages, {len(topics.topics)} topics, {topics.refits} refits; a topic counts as reproducible when the "
            "mean Jaccard index of its ten top words over the refits is .5 or more (after Greene, O'Callaghan and Cunningham 2014)."
        )
    return tuple(found)


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
        return family + "referred to an F distribution."
    return family + "compared with 999 rearrangements of the events' residuals, pooled over all tested words."


def settings(recipe: Recipe) -> tuple[tuple[str, str], ...]:
    """Every setting with its value, and the recipe's fingerprint."""
    rows = [("recipe", recipe.id)]
    for table, values in recipe.model_dump(mode="json").items():
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
