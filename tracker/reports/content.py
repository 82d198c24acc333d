"""Everything a report shows, gathered before anything is rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.findings.change_records import Changes
from tracker.findings.phrase_records import PhraseList
from tracker.findings.records import Comparison, DistinctiveWords, Finding, TopicList, Warning, WordList
from tracker.findings.series_records import Novelty, Series
from tracker.findings.speech_records import CorpusSummary, MarkedSpeech, SpeechSummary

DIGEST_NOTICE = "The texts are digests in our own words (kind: digest): they show how the tool works, not what was said."


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What one report shows; the page, the Markdown and the tables are renderings of it.

    Args:
        title: The report's title.
        corpus: The whole corpus.
        speeches: Every speech, in order of date.
        comparison: The two periods.
        words: The words that mark one period off from the other.
        topics: The topics, or None when none were fitted.
        tfidf: Distinctive words of each speech or period.
        findings: Sentences for the top of the page, most telling first.
        marked: Speeches with the voice of every sentence, in order of date.
        warnings: Warnings about the whole report (those of the comparison stand in it).
        methods: Paragraphs to paste, with citations.
        recipe: (setting, value), both in plain words.
        commands: Command lines that replay the report.
        theme_terms: (label, core terms, wider terms) of every theme.
        left_out: What was left out and why, a sentence each.
        measures_rows: The tidy speech x theme table; all rows have the same keys.
        mention_rows: Every mention of every theme in the two periods, with its place; all rows have the same keys.
        before_speeches: Ids of the speeches of the first period; () when unknown.
        after_speeches: Ids of the speeches of the second period; () when unknown.
        series: Themes over periods or groups; None when no series was asked for.
        novelty: Speeches that broke with the past; None where there are too few.
        changes: What changed since an earlier report; None where there is none to hold it against.
        phrases: The phrases of the two periods, with first and last use in the corpus.
    """

    title: str
    corpus: CorpusSummary
    speeches: tuple[SpeechSummary, ...]
    comparison: Comparison
    words: WordList
    topics: TopicList | None
    tfidf: tuple[DistinctiveWords, ...]
    findings: tuple[Finding, ...]
    marked: tuple[MarkedSpeech, ...]
    warnings: tuple[Warning, ...]
    methods: tuple[str, ...]
    recipe: tuple[tuple[str, str], ...]
    commands: tuple[str, ...]
    theme_terms: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    left_out: tuple[str, ...]
    measures_rows: Sequence[Mapping[str, object]]
    mention_rows: Sequence[Mapping[str, object]] = ()
    before_speeches: tuple[str, ...] = ()
    after_speeches: tuple[str, ...] = ()
    series: Series | None = None
    novelty: Novelty | None = None
    changes: Changes | None = None
    phrases: PhraseList | None = None

    @property
    def sides(self) -> dict[str, Literal["before", "after"]]:
        """The period of every speech that is in one, by id: for many look-ups."""
        return {**dict.fromkeys(self.before_speeches, "before"), **dict.fromkeys(self.after_speeches, "after")}

    @property
    def digest_notice(self) -> str:
        """The notice (W19) that page and charts carry when a text is a digest; "" otherwise."""
        if not any(summary.kind == "digest" for summary in self.speeches):
            return ""
        stated = next((w.text for w in (*self.warnings, *self.comparison.warnings) if w.code == "W19"), "")
        return stated or DIGEST_NOTICE
