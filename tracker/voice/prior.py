"""Sentences without a cue of their own, weighed: a small logistic regression fitted on labelled reports says whether they are the speaker's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from tracker.voice.chains import Sentence, follow_quotation, goes_on, is_the_reporters, reports_in_the_present
from tracker.voice.names import Names
from tracker.voice.openings import says_nothing
from tracker.voice.prior_features import ORDERED, Heard, features
from tracker.voice.prior_weights import INTERCEPT, THRESHOLD, WEIGHTS

_REPORTED = 2  # sentences with a cue of the speaker, before what the speaker is like or has counts as the speaker's mind
_NAMED = 2  # features named in the reason


def weigh_statements(
    sentences: Sequence[Sentence], names: Names, *, weights: Mapping[str, float] = WEIGHTS, intercept: float = INTERCEPT, threshold: float = THRESHOLD
) -> None:
    """Decide the sentences without a cue, from the first to the last: quotations and readouts by their rules, all others by their weight.

    Args:
        sentences: Those of a text, their own cues found.
        names: What the speaker is called.
        weights: Of the features, by name.
        intercept: What is added to their sum.
        threshold: Probability, 0-1, from which a sentence is the speaker's.

    Caution:
        A sentence given by its weight is always marked unsure. The probability is that of the labelled reports and is not shown.
    """
    present, heard = reports_in_the_present(sentences), begin(sentences)
    for at, here in enumerate(sentences):
        before = sentences[at - 1] if at else None
        if before is not None:
            follow_quotation(before, here)
        if not (before is not None and goes_on(before, here, present=present)) and is_open(here):
            held = features(sentences, at, names, heard)
            if heard.spoke == "speaker" and ORDERED.match(here.masked):
                here.who, here.sure, here.reason = "speaker", False, "an order by nobody named, where the speaker was heard last"
            vetoed = (
                here.who is not None or (not held["tells the speaker's mind"] and is_the_reporters(here.masked)) or (here.acts and says_nothing(here.masked))
            )
            if not vetoed and probability(held, weights, intercept) >= threshold:
                here.who, here.sure, here.reason = "speaker", False, _why(held, weights)
        heard.pass_on(here)


def begin(sentences: Sequence[Sentence]) -> Heard:
    """Return the memory of a reader before the first sentence."""
    return Heard(sum(s.who == "speaker" and s.cue is not None for s in sentences) >= _REPORTED, reports_in_the_present(sentences))


def is_open(sentence: Sentence) -> bool:
    """Whether a sentence is to be weighed: no cue, no quotation."""
    return sentence.who is None and not sentence.is_quotation


def probability(held: Mapping[str, float], weights: Mapping[str, float], intercept: float) -> float:
    """Return the probability, 0-1, that a sentence with these features is the speaker's.

    Example:
        >>> round(probability({"would": 1.0, "we": 0.0}, {"would": 2.0, "we": 9.0}, -1.0), 3)
        0.731
    """
    return 1 / (1 + exp(-intercept - sum(weights.get(name, 0.0) * value for name, value in sorted(held.items()))))


def _why(held: Mapping[str, float], weights: Mapping[str, float]) -> str:
    """Name the heaviest features that speak for the speaker."""
    for_it = sorted((-weights.get(name, 0.0) * value, name) for name, value in held.items())
    return "nobody is named, but: " + ", ".join(name for weight, name in for_it[:_NAMED] if weight < 0)
