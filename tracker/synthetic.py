"""Invented counts and invented speeches with a known shift, together with the truth they were made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Side = Literal["before", "after"]

PASSAGE_RHO = 0.027
NODES = 64
YEARS = {"before": 2001, "after": 2002}
LINKS = ("and the", "of the", "with our", "for the", "in the", "to the", "from our")
FILLER_TEXT = """
market river ledger bridge evening neighbour teacher window garden letter council winter meadow lantern workshop kitchen village morning
machine library music weather journey promise question answer building table paper season friend history number picture shoulder stone
street summer thread blanket candle carpet basket mirror pocket button jacket hammer bottle pillow
"""
FILLER = tuple(FILLER_TEXT.split())


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the simulated events are.

    Args:
        median_passages: Median number of passages of an event, >= 1.
        passage_tokens: Content tokens of every passage.
        sd_log: Standard deviation of the log number of passages; 0 makes every event equally long.
    """

    median_passages: float = 10.0
    passage_tokens: int = 60
    sd_log: float = 0.5


MEDIAN_SPEECH = Lengths()


def logit_centre(mean: float, tau: float) -> float:
    """Return mu such that expit(mu + tau Z), Z standard normal, has exactly the mean asked for.

    Args:
        mean: Mean share, strictly between 0 and 1.
        tau: Standard deviation of the logit share between events, >= 0.

    Raises:
        ValueError: `mean` or `tau` is outside its range.

    Source:
        Gauss-Hermite quadrature with 64 nodes, so that simulated mean shares are exact whatever tau is.

    Example:
        >>> round(logit_centre(0.5, 2.0), 9) + 0.0
        0.0
        >>> logit_centre(0.1, 0.4) < -2.197  # below logit(.1), since large shares pull the mean up
        True
    """
    from scipy import optimize, special

    if not 0 < mean < 1 or tau < 0:
        raise ValueError(f"mean must lie between 0 and 1 and tau not below 0, not {mean} and {tau}")
    nodes, weights = _quadrature()

    def excess(mu: float) -> float:
        return float(weights @ special.expit(mu + tau * nodes)) - mean

    start = float(special.logit(mean))
    return float(optimize.brentq(excess, start - 5 - tau**2, start + 5 + tau**2, xtol=1e-13))


@cache
def _quadrature() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Nodes of a standard normal and their weights, which sum to 1; read-only."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    weights = weights / weights.sum()
    nodes.setflags(write=False)
    weights.setflags(write=False)
    return nodes, weights


def simulate_events(
    n: int,
    mean: float,
    tau: float,
    *,
    rho: float = PASSAGE_RHO,
    lengths: Lengths = MEDIAN_SPEECH,
    silent: float = 0.0,
    rng: np.random.Generator,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return hits and content tokens of n invented events whose mean share is exactly `mean`.

    An event's share is logit-normal, its passages' shares are beta around it, its hits binomial, its length log-normal.

    Args:
        n: Number of events, >= 1.
        mean: Mean share over all events, silent ones included; 0-1.
        tau: Standard deviation of the logit share between events; .35-.55 was measured in real speeches.
        rho: Correlation of two tokens of a passage, 0-1; 0 makes the passages binomial.
        lengths: Lengths of the events.
        silent: Probability that an event never mentions the theme; the others' mean rises to mean / (1 - silent).
        rng: Source of randomness.

    Returns:
        Two arrays of shape (n,): hits and tokens.

    Raises:
        ValueError: An argument is outside its range.

    Example:
        >>> hits, tokens = simulate_events(4, 0.1, 0.4, rng=np.random.default_rng(1))
        >>> bool((hits <= tokens).all()), hits.shape
        (True, (4,))
    """
    from scipy import special

    if not 0 <= silent < 1 or not 0 <= rho < 1:
        raise ValueError(f"silent and rho must lie in 0 .. 1, 1 excluded, not {silent} and {rho}")
    centre = logit_centre(mean / (1 - silent), tau)
    shares = special.expit(centre + tau * rng.standard_normal(n)) * (rng.random(n) >= silent)
    passages = np.maximum(1, np.rint(lengths.median_passages * np.exp(lengths.sd_log * rng.standard_normal(n)))).astype(np.int64)
    by_passage = np.repeat(shares, passages)
    hits = rng.binomial(lengths.passage_tokens, _passage_shares(by_passage, rho, rng))
    first = np.concatenate(([0], np.cumsum(passages)[:-1]))
    return np.add.reduceat(hits, first).astype(np.int64), passages * lengths.passage_tokens


def _passage_shares(shares: npt.NDArray[np.float64], rho: float, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Spread the passages of an event around its share by a beta distribution with intra-class correlation rho."""
    if rho == 0:
        return shares
    scale = (1 - rho) / rho
    spread = shares.copy()
    inside = (shares > 0) & (shares < 1)
    spread[inside] = rng.beta(shares[inside] * scale, (1 - shares[inside]) * scale)
    return spread


@dataclass(frozen=True, slots=True)
class PlantedTheme:
    """A theme whose true mean shares are known.

    Args:
        id: Its id, as in themes.toml.
        label: Its name.
        words: Its words, lower case, in no other theme and not in FILLER.
        before: True mean share of an event's content tokens before, strictly between 0 and 1.
        after: The same after.
    """

    id: str
    label: str
    words: tuple[str, ...]
    before: float
    after: float


PLANTED = (
    PlantedTheme("harbour", "Harbours", ("harbour", "quay", "lighthouse", "ferry"), 0.02, 0.06),
    PlantedTheme("orchard", "Orchards", ("orchard", "apple", "blossom", "cider"), 0.06, 0.02),
    PlantedTheme("railway", "Railways", ("railway", "locomotive", "platform", "signal"), 0.04, 0.04),
)


@dataclass(frozen=True, slots=True)
class InventedSpeech:
    """One invented speech and the truth about it.

    Args:
        key: Unique name.
        day: Its day, in 2001 before and 2002 after.
        side: The side it belongs to.
        text: Its paragraphs, one passage each, in plain English sentences without sense.
        tokens: Content tokens of `text`: theme words and filler; the rest are function words.
        hits: Tokens of each theme, in the order of the corpus's themes.
    """

    key: str
    day: date
    side: Side
    text: str
    tokens: int
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InventedCorpus:
    """Invented speeches in order of day, with the themes planted in them."""

    themes: tuple[PlantedTheme, ...]
    speeches: tuple[InventedSpeech, ...]

    def counts(self, theme: str, side: Side) -> tuple[list[int], list[int]]:
        """Return the true hits of a theme and the content tokens of every speech of a side."""
        position = [t.id for t in self.themes].index(theme)
        chosen = [s for s in self.speeches if s.side == side]
        return [s.hits[position] for s in chosen], [s.tokens for s in chosen]

    def themes_toml(self) -> str:
        """Return the planted themes as the text of a themes.toml."""
        quoted = ((t, ", ".join(f'"{word}"' for word in t.words)) for t in self.themes)
        return "\n".join(f'[themes.{t.id}]\nlabel = "{t.label}"\nterms = [{words}]\n' for t, words in quoted)


def simulate_speeches(
    n_before: int,
    n_after: int,
    *,
    themes: tuple[PlantedTheme, ...] = PLANTED,
    tau: float = 0.4,
    rho: float = PASSAGE_RHO,
    lengths: Lengths = MEDIAN_SPEECH,
    rng: np.random.Generator,
) -> InventedCorpus:
    """Return invented speeches in two years with known themes, a known shift of each, and the true counts.

    Args:
        n_before: Speeches in the first year, 1-365.
        n_after: Speeches in the second year, 1-365.
        themes: Themes to plant; their mean shares may add up to .5 at most on either side.
        tau: Standard deviation of the logit share between speeches; 0 for none.
        rho: Correlation of two tokens of a passage, 0-1.
        lengths: Lengths of the speeches.
        rng: Source of randomness.

    Raises:
        ValueError: Too much of the text is planted, a word stands twice, or a count of speeches is outside 1-365.

    Caution:
        Where the themes of one passage happen to fill more than all of it they are scaled down together; with the default
        themes that never changes a mean noticeably.

    Example:
        >>> corpus = simulate_speeches(2, 3, rng=np.random.default_rng(1))
        >>> [s.key for s in corpus.speeches], corpus.speeches[0].day.isoformat()
        (['before-1', 'before-2', 'after-1', 'after-2', 'after-3'], '2001-04-02')
    """
    words = [word for theme in themes for word in theme.words]
    if len({*words, *FILLER}) != len(words) + len(FILLER):
        raise ValueError("a theme's word stands in another theme or in the filler")
    if not (1 <= n_before <= 365 and 1 <= n_after <= 365) or max(sum(t.before for t in themes), sum(t.after for t in themes)) > 0.5:
        raise ValueError("a side needs 1-365 speeches, and themes of .5 of the text at most")
    speeches: list[InventedSpeech] = []
    for side, n in zip(get_args(Side), (n_before, n_after), strict=True):
        centres = np.array([logit_centre(t.before if side == "before" else t.after, tau) for t in themes])
        for i in range(n):
            shares = 1 / (1 + np.exp(-(centres + tau * rng.standard_normal(len(themes)))))
            text, hits = _text(themes, shares, rho=rho, lengths=lengths, rng=rng)
            day = date(YEARS[side], 1, 1) + timedelta(days=int(365 * (i + 0.5) / n))
            tokens = (text.count("\n\n") + 1) * lengths.passage_tokens
            speeches.append(InventedSpeech(f"{side}-{i + 1}", day, side, text, tokens, hits))
    return InventedCorpus(themes, tuple(speeches))


def _text(
    themes: tuple[PlantedTheme, ...], shares: npt.NDArray[np.float64], *, rho: float, lengths: Lengths, rng: np.random.Generator
) -> tuple[str, tuple[int, ...]]:
    """Write one speech, a paragraph per passage, and count the words of each theme."""
    n_passages = max(1, round(lengths.median_passages * float(np.exp(lengths.sd_log * rng.standard_normal()))))
    weights = 1 / np.arange(1, len(FILLER) + 1) ** 0.7
    paragraphs, total = [], np.zeros(len(themes), dtype=np.int64)
    for _ in range(n_passages):
        spread = _passage_shares(shares, rho, rng)
        spread = spread / max(1.0, float(spread.sum()))
        hits = rng.multinomial(lengths.passage_tokens, [*spread, max(0.0, 1 - float(spread.sum()))])
        words = [theme.words[i] for theme, n in zip(themes, hits[:-1], strict=True) for i in rng.integers(len(theme.words), size=n)]
        words += [FILLER[i] for i in rng.choice(len(FILLER), hits[-1], p=weights / weights.sum())]
        paragraphs.append(_paragraph([words[i] for i in rng.permutation(len(words))]))
        total += hits[:-1]
    return "\n\n".join(paragraphs), tuple(int(n) for n in total)


def _paragraph(words: list[str]) -> str:
    """Join content words by function words into sentences of ten."""
    sentences = [words[i : i + 10] for i in range(0, len(words), 10)]
    return " ".join("The " + "".join(f"{w} {LINKS[j % len(LINKS)]} " for j, w in enumerate(s[:-1])) + s[-1] + "." for s in sentences)
