"""Speech -> segments: sentence by sentence, who is heard (English readouts; transcripts are the speaker's throughout)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tracker.languages import split_sentences
from tracker.recipe import Recipe
from tracker.sources.blocks import BlockSpan, split_blocks
from tracker.speech import Segment, Speech, Voice
from tracker.voice.clauses import Cue, Who, find_cue, frame_of, opening_subject, opens_with_possessive
from tracker.voice.cues import CONTINUES, DEONTIC, NO_PERSON, QUOTED, SCENE
from tracker.voice.names import Names, learn_names
from tracker.voice.quotes import mask, quoted_spans

_WORD = re.compile(r"[^\W_]")
_HEADING_MARKS = re.compile(r"#{1,6}\s+(?=\S)")
_OPENING = re.compile(r"[“„«\"‘]")


@dataclass(slots=True)
class _Sentence:
    """A body sentence while its voice is being decided.

    Args:
        masked: Its text with quoted characters replaced.
        starts_inside: Whether a quotation is open where it begins.
        ends_inside: Whether one is open where it ends.
    """

    start: int
    end: int
    paragraph: int
    masked: str
    starts_inside: bool
    ends_inside: bool
    cue: Cue | None = None
    who: Who | None = None
    reason: str = ""
    sure: bool = True
    continued: bool = False

    @property
    def is_quotation(self) -> bool:
        """Whether nothing but quotation stands in it, or it begins inside one that fills most of it."""
        quoted, outside = self.masked.count(QUOTED), len(_WORD.findall(self.masked))
        return quoted > 0 and (outside == 0 or (self.starts_inside and quoted > outside))


def mark(speech: Speech, recipe: Recipe) -> tuple[Segment, ...]:
    """Return every sentence, heading and caption of a speech with the voice heard in it, in order of offsets.

    Transcripts are spoken throughout. In English readouts, articles and digests a sentence is the speaker's when the text says so; in
    other languages, or without a known speaker, it is narrated.

    Args:
        speech: Its text, kind, language and speaker decide.
        recipe: `speakers[NAME]` may give surname, titles, nationality and pronoun.

    Caution:
        In words of one short text written after the rules and scored once: precision .91, recall .75; look at `tracker show` before quoting a share.

    Example:
        >>> speech = Speech("a", "Premier Alva Brandt said the port will open.", speaker="Alva Brandt", kind="readout", language="en")
        >>> [(s.voice, s.reason) for s in mark(speech, Recipe())]
        [('attributed', 'Premier Alva Brandt said')]
    """
    blocks = split_blocks(speech.text)
    if speech.kind == "transcript":
        return _uniform(speech, blocks, "spoken", "transcript")
    if speech.language != "en":
        return _uniform(speech, blocks, "narrated", f"voice is not available for {speech.language}")
    names = learn_names(speech, recipe)
    if names.mention is None:
        return _uniform(speech, blocks, "narrated", "no speaker is known")
    sentences = list(_sentences(speech.text, blocks))
    _attribute(sentences, names)
    _chain_quotations(sentences)
    _continue(sentences)
    marked = [_segment(s) for s in sentences]
    marked += [_aside(speech.text, b) for b in blocks if b.block != "body"]
    return tuple(sorted(marked, key=lambda s: s.start))


def _uniform(speech: Speech, blocks: Iterable[BlockSpan], voice: Voice, reason: str) -> tuple[Segment, ...]:
    """Mark all body sentences alike."""
    segments: list[Segment] = []
    for block in blocks:
        if block.block != "body":
            segments.append(_aside(speech.text, block))
            continue
        for start, end in split_sentences(speech.text, block.start, block.end, speech.language):
            segments.append(Segment(start, end, voice, "body", paragraph=block.paragraph, reason=reason))
    return tuple(segments)


def _aside(text: str, block: BlockSpan) -> Segment:
    """Mark a block outside the body; the marks of a Markdown heading are no part of its words."""
    marks = _HEADING_MARKS.match(text, block.start, block.end)
    return Segment(marks.end() if marks else block.start, block.end, "narrated", block.block, reason=block.block)


def _sentences(text: str, blocks: Iterable[BlockSpan]) -> Iterable[_Sentence]:
    """Yield body sentences with their quotations; one left open goes on only into a block that opens with a mark again."""
    left_open = False
    for block in blocks:
        if block.block != "body":
            continue
        inside = left_open and bool(_OPENING.match(text, block.start))
        spans, left_open = quoted_spans(text, block.start, block.end, inside=inside)
        ends = [b for _, b in spans]
        for start, end in split_sentences(text, block.start, block.end, "en"):
            here = spans[bisect_right(ends, start) : bisect_right(ends, end) + 1]
            starts_inside = any(a < start < b for a, b in here) or (inside and start == block.start)
            ends_inside = any(a < end < b for a, b in here) or (left_open and end == block.end)
            yield _Sentence(start, end, block.paragraph, mask(text, start, end, here), starts_inside, ends_inside)


def _attribute(sentences: list[_Sentence], names: Names) -> None:
    """Find each sentence's own cue; keep whom "he" or "she" means."""
    last: Who | None = None
    changed = False
    for sentence in sentences:
        opens = opening_subject(sentence.masked, names)
        named = opens == "speaker" or opens_with_possessive(sentence.masked, names)
        cue = find_cue(sentence.masked, names, "speaker" if named else last)
        if cue:
            sentence.cue, sentence.who = cue, cue.who
            sentence.reason, sentence.sure = _reason(sentence.masked, cue, changed=changed)
        person = cue is not None and cue.who != "institutional" and not NO_PERSON.search(cue.words)
        spoke = opens or (cue.who if cue and person else None)
        if spoke:
            changed = spoke == "speaker" and last == "other"
            last = spoke


def _reason(sentence: str, cue: Cue, *, changed: bool) -> tuple[str, bool]:
    """Say in a few words why the sentence is whose it is."""
    words = " ".join(sentence[cue.start : cue.end].replace(QUOTED, "").split()).rstrip(",:")
    if len(words) > 80:
        words = f"{cue.words} ... {words.split()[-1]}"
    if cue.form == "passive" and cue.who == "institutional":
        return f"{words}, by nobody named", False
    if cue.words.casefold() in ("he", "she") and changed:
        return f"{words}, after another speaker spoke", False
    return words, True


def _chain_quotations(sentences: list[_Sentence]) -> None:
    """Give a quotation without a cue of its own to whom it belongs: its own later cue, the sentence before, or the paragraph before."""
    for at in range(len(sentences) - 1, -1, -1):
        here = sentences[at]
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        if here.who is None and here.is_quotation and here.ends_inside and following and following.starts_inside and following.who:
            here.who, here.reason = following.who, "quote without a cue of its own"
    for at, here in enumerate(sentences):
        before = sentences[at - 1] if at else None
        if (
            here.who is None
            and here.is_quotation
            and before
            and before.who
            and (here.starts_inside or before.paragraph in (here.paragraph, here.paragraph - 1))
        ):
            here.who, here.reason = before.who, "quote without a cue of its own"
            here.sure = before.sure and (here.starts_inside or before.paragraph == here.paragraph)


def _continue(sentences: list[_Sentence]) -> None:
    """Carry the speaker on in a paragraph to sentences that say what should be, or that take up the one before."""
    for before, here in pairwise(sentences):
        if here.who is not None or before.who != "speaker" or before.paragraph != here.paragraph or QUOTED in here.masked[:1]:
            continue
        if not SCENE.search(here.masked) and (DEONTIC.search(here.masked) or CONTINUES.match(here.masked)):
            here.who, here.reason, here.sure, here.continued = "speaker", "continues the sentence before", False, True


def _segment(sentence: _Sentence) -> Segment:
    """Turn a decided sentence into a segment."""
    frame = frame_of(sentence.masked, sentence.cue) if sentence.cue else (0, 0)
    voice: Voice = "narrated"
    if sentence.who == "speaker":
        voice = "quoted" if _mostly_quoted(sentence.masked, frame) else "attributed"
    elif sentence.who is not None:
        voice = sentence.who
    return Segment(
        sentence.start,
        sentence.end,
        voice,
        "body",
        frame=(sentence.start + frame[0], sentence.start + frame[1]) if frame[1] > frame[0] else (0, 0),
        paragraph=sentence.paragraph,
        reason=sentence.reason or "nobody is said to speak",
        sure=sentence.sure,
    )


def _mostly_quoted(masked: str, frame: tuple[int, int]) -> bool:
    """Whether at least half of what is not frame stands inside quotation marks."""
    rest = masked[: frame[0]] + masked[frame[1] :] if frame[1] > frame[0] else masked
    quoted = rest.count(QUOTED)
    return quoted > 0 and quoted >= len(_WORD.findall(rest))
