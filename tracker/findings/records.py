"""The records that tasks return and that charts and reports draw: numbers, claims, evidence, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tracker.estimates import Estimate, Verdict
from tracker.findings.cases import Distance, Family, Locked, ReferenceEvents, Resembling, Sensitivity, Standing, Within, WithoutSpeech
from tracker.findings.shown import Shown
from tracker.findings.topic_records import AddedSince, TopicFit
from tracker.findings.validation import Validation

if TYPE_CHECKING:
    from tracker.findings.phrase_records import PhrasePair
    from tracker.findings.topic_shift_records import TopicShifts

Side = Literal["before", "after", "both"]
Where = Literal["headline", "lead", "attributed", "quoted", "narrated"]


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the product's word for it
    """One of the numbered warnings of the methods, e.g. W1, with its figures filled in."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim passage: `quote` is exactly the speech's text from `start` to `end`.

    Args:
        hits: Offsets (start, end) of the matched words in the speech's text.
        voice: A Voice, or the block (title, heading, caption) when it is not a body sentence.
    """

    speech: str
    date: str
    start: int
    end: int
    quote: str
    voice: str
    language: str = "und"
    hits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SideSummary:
    """One side of a comparison: what it holds and what it is made of.

    Args:
        label: The slice as the user wrote it.
        tokens: Content tokens in all text.
        speaker_share: Content tokens of sentences in speaker scope, cue clause included, over `tokens`; 0-1.
        median_tokens: Median content tokens of a speech.
        speaker_band: `speaker_share` if only sure sentences count and if every doubtful one does; None where nothing is doubtful.
        mixes: What the speeches are made of: (`kind`, `outlet`, `place` or `speaker`, ((value, speeches), ...)); "" is not known.
    """

    label: str
    speeches: int
    events: int
    tokens: int
    speaker_share: float | None
    kinds: tuple[str, ...]
    speakers: tuple[str, ...]
    outlets: tuple[str, ...]
    places: tuple[str, ...]
    median_tokens: float
    speaker_band: tuple[float, float] | None = None
    mixes: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()

    def mix(self, name: str) -> dict[str, float]:
        """Shares of the speeches by kind, outlet, place or speaker, summing to 1; where only the names are known, in equal parts."""
        names = {"kind": self.kinds, "outlet": self.outlets, "place": self.places, "speaker": self.speakers}[name] or ("",)
        counted = dict(self.mixes).get(name) or tuple((value, 1) for value in names)
        total = sum(n for _, n in counted)
        return {value: n / total for value, n in counted}


@dataclass(frozen=True, slots=True)
class ThemeSide:
    """A theme on one side: mean share per event with its interval and the counts behind it.

    Args:
        share: Mean share per event, unit `share`.
        hits: Content tokens inside hits, summed.
        core_hits: The same for the theme's core terms.
        tokens: Content tokens of the scope, summed.
        pooled_value: hits / tokens; None without tokens.
        core_share: Mean share per event of the core terms alone, 0-1; None without tokens or core hits.
    """

    share: Estimate
    hits: int
    core_hits: int
    tokens: int
    pooled_value: float | None
    core_share: float | None = None


@dataclass(frozen=True, slots=True)
class ThemeShift:
    """A theme's shift between two slices; `q` and `verdict` are set once, in measures.

    Args:
        points: 100 x (after - before), unit `points`, with its Welch interval when there is one.
        ratio: after / before, unit `ratio`; None value when a mean is 0.
        smallest_detectable: Ratio that these numbers of events would find with 80 % power; None when not testable.
        tau_star: Speech-to-speech SD (log-odds) below which the difference would be credible; None when testable.
        evidence: Best verbatim sentences, both sides.
        other_scope: (before, after) mean shares in the scope that is not the headline's; None when it has no tokens.
        standing: The single event of a side among others; None where both sides have several, or too few are like it.
        sensitivity: The change without any one word.
        without_speech: The change without the event that moves it farthest.
        resembles: How much successive events resemble each other; None where they do not, or their order is not known.
    """

    id: str
    label: str
    origin: Literal["named", "topic"]
    before: ThemeSide
    after: ThemeSide
    points: Estimate
    ratio: Estimate
    p: float | None
    q: float | None
    p_permutation: float | None
    tau_star: float | None
    smallest_detectable: float | None
    verdict: Verdict
    exploratory: bool
    sensitivity: Sensitivity | None
    evidence: tuple[Evidence, ...]
    other_scope: tuple[float | None, float | None]
    terms: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    standing: Standing | None = None
    without_speech: WithoutSpeech | None = None
    resembles: Resembling | None = None


@dataclass(frozen=True, slots=True)
class TextFinding:
    """What these texts say, needing no inference: a term (or a whole theme, term "") only before, only after or in both.

    Args:
        counts: Occurrences (before, after) in all text.
        where: Places and voices in which it occurs, most prominent first.
        first: Date of its first use in the corpus.
        last: Date of its last use in the corpus.
        claim: One sentence in plain English.
        core: Whether `term` is a core term of its theme; always so for a whole theme.
        weight: How sharply it divides the texts, for ranking only.
        spread: Share of the speeches of the fuller side that hold it, 0-1.
    """

    theme: str
    label: str
    term: str
    only: Side
    counts: tuple[int, int]
    where: tuple[Where, ...]
    first: str
    last: str
    claim: str
    evidence: tuple[Evidence, ...]
    core: bool = True
    weight: float = 0.0
    spread: float = 1.0

    @property
    def widespread(self) -> bool:
        """Whether a third of the speeches or more hold it: one in eleven is an accident, not a theme of a period."""
        return 3 * self.spread >= 1

    @property
    def divides(self) -> bool:
        """Whether a theme, or one of its core words, stands on one side only."""
        return self.core and self.only != "both"


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of two themes, (Y - X) / (X + Y) per event, -1..1, over events that mention either."""

    x: str
    y: str
    before: Estimate
    after: Estimate
    change: Estimate
    p: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison(Shown):
    """The answer of `tracker compare`.

    Args:
        family: The tests behind every q, and the effect floors.
        reference: The events a single event was held against.
        within: The strata that events were compared in.
        locked: The lock of the workspace.
        distance: How far the words of the sides lie apart; None with fewer than three events on a side.
        topics: The shifts of the current topics; None where none were fitted.
        validations: Whether each theme's list was held against human readers.
        phrases: Phrases that only one side says.
    """

    before: SideSummary
    after: SideSummary
    scope: str
    method: str
    level: float
    themes: tuple[ThemeShift, ...]
    texts: tuple[TextFinding, ...]
    balance: Balance | None
    confounds: tuple[str, ...]
    warnings: tuple[Warning, ...]
    needed: int | None = None
    without: tuple[str, ...] = ()
    family: Family | None = None
    reference: ReferenceEvents | None = None
    within: Within | None = None
    locked: Locked | None = None
    distance: Distance | None = None
    topics: TopicShifts | None = None
    validations: tuple[Validation, ...] = ()
    phrases: PhrasePair | None = None

    @property
    def single(self) -> SideSummary | None:
        """The side whose one event was held against others."""
        if self.reference is None or self.method != "stands-out":
            return None
        return self.before if self.reference.side == "before" else self.after


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word that marks one side off: counts, rates, log2 ratio (None when a count is 0), z for sorting only; p and q None when it was not tested."""

    term: str
    before_count: int
    before_per_1000: float | None
    after_count: int
    after_per_1000: float | None
    log_ratio: float | None
    z: float
    g2: float
    p: float | None = None
    q: float | None = None
    starred: bool = False


@dataclass(frozen=True, slots=True)
class WordList(Shown):
    """The answer of `tracker words`: rows sorted by z, most typical of AFTER first.

    Args:
        tested: Size of the family of tested words; 0 when nothing is tested.
        counted: Content tokens of the scope on both sides.
        language: The one they are in, "" when none is known.
        method: The test that ran: `pooled-null`, `quasi-g2` or `none`.
        level: A word is starred at q <= 1 - level.
    """

    before: SideSummary
    after: SideSummary
    scope: str
    prior_tokens: float
    rows: tuple[WordRow, ...]
    tested: int
    warnings: tuple[Warning, ...]
    counted: tuple[int, int] | None = None
    language: str = ""
    method: str = "none"
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic: words (best first), share of the corpus 0-1, stability 0-1 (None when no refit was possible), verbatim quotes, nearest named theme.

    Args:
        label: What to call it: the user's name, else the proposed label.
        name: The user's name; "" when there is none.
        hidden: Whether the user hid it; lists and reports leave it out then.
        boilerplate: Why it looks like boilerplate; "" when it does not.
    """

    id: str
    label: str
    words: tuple[str, ...]
    share: float
    stability: float | None
    reproducible: bool
    quotes: tuple[Evidence, ...]
    nearest_theme: str
    name: str = ""
    hidden: bool = False
    boilerplate: str = ""


@dataclass(frozen=True, slots=True)
class TopicList(Shown):
    """The answer of `tracker topics` and `tracker fit`.

    Args:
        language: The one of the passages, "" when none is known.
        hidden: How many topics the user has hidden.
        fit: The last fit: how it started and what became of every topic.
        added: How the model covers the speeches added since; None when none was.
    """

    model: str
    engine: str
    passages: int
    refits: int
    illustrative: bool
    topics: tuple[TopicRow, ...]
    warnings: tuple[Warning, ...]
    language: str = ""
    hidden: int = 0
    fit: TopicFit | None = None
    added: AddedSince | None = None


@dataclass(frozen=True, slots=True)
class DistinctiveWords:
    """The words of one speech or period with the highest TF-IDF weight: (term, weight, count)."""

    label: str
    date: str
    speech: str
    rows: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence for the top of the page, with its numbers, evidence and caveats.

    Args:
        kind: `texts` (always allowed) or `period` (from verdicts only) or `limit` (what cannot be shown).
    """

    kind: Literal["texts", "period", "limit"]
    claim: str
    theme: str = ""
    evidence: tuple[Evidence, ...] = ()
    caveats: tuple[Warning, ...] = ()
