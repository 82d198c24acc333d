"""Whether a report cues its speaker often enough: decided without frames and reasons, and given up as soon as it cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.patterns import regex
from tracker.recipe import Recipe
from tracker.sources.blocks import split_blocks
from tracker.speech import Speech
from tracker.voice import cues
from tracker.voice.chains import Sentence, chain_quotations
from tracker.voice.mark import attributed_sentences, body_sentences
from tracker.voice.names import Names, learn_names
from tracker.voice.prior import weigh_statements

# Without one of these, or a mention of the speaker, no cue of a sentence can be the speaker's (`clauses.find_cue`).
_MEANT = regex(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b|-year-old\b")


def cues_reach(speech: Speech, recipe: Recipe, needed: int) -> bool:
    """Whether at least so many sentences of an English report say themselves that they are the speaker's, or surely go on.

    It is the count of `mark`, where `is_speakers and (cued or sure)`, of a text without turns.

    Args:
        speech: Its text and speaker.
        recipe: May say what the speaker is called.
        needed: How many.
    """
    if not speech.speaker.strip():
        return False
    names, blocks = learn_names(speech, recipe), split_blocks(speech.text)
    if _most(list(body_sentences(speech.text, blocks, "en")), names) < needed:
        return False
    sentences = attributed_sentences(speech, blocks, names)
    if _count(sentences) >= needed or not any(s.who is None and s.is_quotation and s.ends_inside for s in sentences):
        return _count(sentences) >= needed  # what is given by its weight is never sure; only a quotation before it can be given surely then
    weigh_statements(sentences, names)
    chain_quotations(sentences)
    return _count(sentences) >= needed


def _count(sentences: Sequence[Sentence]) -> int:
    return sum(s.who == "speaker" and (s.cue is not None or s.sure) for s in sentences)


def _most(sentences: Sequence[Sentence], names: Names) -> int:
    """The most sentences that can be the speaker's: those that name or mean the speaker and those that quote; all behind an announcement."""
    if any(s.masked.rstrip().endswith(":") for s in sentences):
        return len(sentences)
    return sum(cues.QUOTED in s.masked or bool(_MEANT.search(s.masked) or names.find(s.masked) or cues.NAMED_WORDS.search(s.masked)) for s in sentences)
