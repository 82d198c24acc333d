"""Speech -> segments: sentence by sentence, who is heard (English and Chinese; transcripts are the speaker's throughout)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tracker.languages import split_sentences
from tracker.patterns import regex
from tracker.recipe import Recipe, SpeakerRecipe
from tracker.sources.blocks import BlockSpan, split_blocks
from tracker.speech import Segment, Speech, Voice
from tracker.voice.chains import Sentence, announced_statements, chain_quotations, is_country, resume_quotations
from tracker.voice.chinese import attribute_chinese, chinese_frame, chinese_names
from tracker.voice.clauses import Cue, find_cue
from tracker.voice.corrections import correct
from tracker.voice.cues import PRONOUN, QUOTED
from tracker.voice.frames import frame_of, second_frames
from tracker.voice.names import Names, learn_names
from tracker.voice.openings import opening_subject, opening_words, opens_with_possessive, says_nothing
from tracker.voice.prior import weigh_statements
from tracker.voice.quotes import mask, quoted_spans
from tracker.voice.reference import Reference, is_person
from tracker.voice.turns import Turn, find_turns, in_first_person, may_have_turns, split_at_turns

_WORD = regex(r"[^\W_]")
_HEADING_MARKS = regex(r"#{1,6}\s+(?=\S)")
LANGUAGES = ("en", "zh")
NOT_AVAILABLE = "voice is not available for"
NO_SPEAKER = "no speaker is known"
_OPENING = regex(r"[“„«\"‘]")


def mark(speech: Speech, recipe: Recipe) -> tuple[Segment, ...]:
    """Return every sentence, heading and caption of a speech with the voice heard in it, in order of offsets.

    Transcripts are spoken throughout. In English and Chinese readouts, articles and digests a sentence is the speaker's when the text says
    so; in other languages, or without a known speaker, it is narrated. What the user said of a sentence goes before all rules.

    Args:
        speech: Its text, kind, language and speaker decide.
        recipe: `speakers[NAME]` may give surname, titles, nationality and pronoun.

    Caution:
        Measured in words on invented reports of one leader that were labelled before any rule ran on them; look at `tracker show` before quoting a share.

    Example:
        >>> speech = Speech("a", "Premier Alva Brandt said the port will open.", speaker="Alva Brandt", kind="readout", language="en")
        >>> [(s.voice, s.reason) for s in mark(speech, Recipe())]
        [('attributed', 'Premier Alva Brandt said')]
    """
    blocks = split_blocks(speech.text)
    turns = turns_of(speech, recipe, blocks)
    if turns:
        return correct(speech, _dialogue(speech, blocks, turns, recipe))
    if speech.kind == "transcript":
        return _uniform(speech, blocks, "spoken", "transcript")
    if speech.language not in LANGUAGES:
        return correct(speech, _uniform(speech, blocks, "narrated", f"{NOT_AVAILABLE} {speech.language}"))
    if not speech.speaker.strip():
        return correct(speech, _uniform(speech, blocks, "narrated", NO_SPEAKER))
    return correct(speech, _reported(speech, blocks, recipe))


def _reported(speech: Speech, blocks: Sequence[BlockSpan], recipe: Recipe) -> tuple[Segment, ...]:
    """Mark the blocks of a report of others."""
    if (names := chinese_names(speech, recipe)) is not None and speech.language == "zh":
        sentences = list(body_sentences(speech.text, blocks, speech.language))
        attribute_chinese(sentences, names)
    else:
        called = learn_names(speech, recipe)
        sentences = attributed_sentences(speech, blocks, called)
        weigh_statements(sentences, called)
        chain_quotations(sentences)
        resume_quotations(sentences)
    marked = [_segment(s, speech.language) for s in sentences]
    marked += [_aside(speech.text, b) for b in blocks if b.block != "body"]
    return tuple(sorted(marked, key=lambda s: s.start))


def _dialogue(speech: Speech, blocks: Sequence[BlockSpan], turns: Sequence[Turn], recipe: Recipe) -> tuple[Segment, ...]:
    """Mark the turns whose they are; what stands before them or where they break off is the speaker's in the first person, else the reporter's."""
    inside, outside = split_at_turns(speech.text, blocks, turns)
    spoken = speech.kind == "transcript"
    if outside and (speech.language not in LANGUAGES or in_first_person(speech.text, outside)):
        marked = list(_uniform(speech, outside, "spoken" if spoken else "attributed", "before the turns, in the first person"))
    else:
        marked = list(_reported(speech, outside, recipe)) if outside else []
    for turn, block in inside:
        voice: Voice = "other" if turn.who == "other" else "spoken" if spoken else "quoted"
        label = turn.start <= block.start < turn.words
        first = True
        for start, end in split_sentences(speech.text, max(turn.words if label else 0, block.start), block.end, speech.language) or [(block.end, block.end)]:
            opens = label and first
            span = (turn.start, turn.words) if opens else (0, 0)
            marked.append(Segment(span[0] if opens else start, end, voice, "body", frame=span, paragraph=block.paragraph, reason=turn.label, cued=opens))
            first = False
    return tuple(sorted(marked, key=lambda s: s.start))


def turns_of(speech: Speech, recipe: Recipe, blocks: Sequence[BlockSpan] | None = None) -> tuple[Turn, ...]:
    """Return the turns of a dialogue whose labels name the speaker or only ask, () for any other text.

    Args:
        speech: Its text, language and speaker.
        recipe: May say what the speaker is called.
        blocks: Its blocks, when they are known already.
    """
    if not may_have_turns(speech.text, f"{speech.speaker} {recipe.speakers.get(speech.speaker, SpeakerRecipe()).surname}".strip()):
        return ()
    blocks = split_blocks(speech.text) if blocks is None else blocks
    if speech.language == "zh":
        held = chinese_names(speech, recipe)
        return find_turns(speech.text, blocks, lambda label: held is not None and (held.name in label or held.subject.fullmatch(label) is not None))
    names = learn_names(speech, recipe)
    return find_turns(speech.text, blocks, names.is_label)


def attributed_sentences(speech: Speech, blocks: Iterable[BlockSpan], names: Names) -> list[Sentence]:
    """Return the body sentences with their own cues, and quotations given to whom they belong; what has no cue is still open.

    Args:
        speech: Its text and language.
        blocks: Its blocks.
        names: What the speaker is called.
    """
    sentences = list(body_sentences(speech.text, blocks, speech.language))
    _attribute(sentences, names)
    announced_statements(sentences)
    chain_quotations(sentences)
    return sentences


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


def body_sentences(text: str, blocks: Iterable[BlockSpan], language: str) -> Iterable[Sentence]:
    """Yield body sentences with their quotations, nobody's yet; one left open goes on only into a block that opens with a mark again."""
    left_open = False
    for block in blocks:
        if block.block != "body":
            continue
        inside = left_open and bool(_OPENING.match(text, block.start))
        spans, left_open = quoted_spans(text, block.start, block.end, inside=inside)
        ends = [b for _, b in spans]
        for start, end in split_sentences(text, block.start, block.end, language):
            here = spans[bisect_right(ends, start) : bisect_right(ends, end) + 1]
            starts_inside = any(a < start < b for a, b in here) or (inside and start == block.start)
            ends_inside = any(a < end < b for a, b in here) or (left_open and end == block.end)
            yield Sentence(start, end, block.paragraph, mask(text, start, end, here), starts_inside, ends_inside)


def _attribute(sentences: list[Sentence], names: Names) -> None:
    """Find each sentence's own cue, and keep whom "he" or "she" means."""
    reference = Reference(names.pronoun)
    for sentence in sentences:
        opens = opening_subject(sentence.masked, names)
        named = opens == "speaker" or opens_with_possessive(sentence.masked, names)
        unsure = reference.changed or reference.last == "other"
        sentence.he = "speaker" if named else reference.meant(sentence.paragraph, sentence.masked)
        cue = find_cue(sentence.masked, names, sentence.he)
        reference.mentioned = reference.mentioned or names.mentions(sentence.masked)
        sentence.acts = opens == "speaker" or (sentence.he == "speaker" and bool(PRONOUN.match(sentence.masked)))
        if cue and not (cue.who == "speaker" and says_nothing(sentence.masked)):
            sentence.cue, sentence.who = cue, cue.who
            sentence.reason, sentence.sure = _reason(sentence.masked, cue, changed=unsure)
        person = cue is not None and cue.who != "institutional" and (cue.who == "speaker" or is_person(cue.words)) and not is_country(sentence)
        spoke = opens or (cue.who if cue and person else None)
        if spoke:
            reference.hear(spoke, cue.words if cue and person else opening_words(sentence.masked), sentence.masked, sentence.paragraph)
        else:
            reference.pass_over(sentence.masked, sentence.paragraph)


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


def _segment(sentence: Sentence, language: str) -> Segment:
    """Turn a decided sentence into a segment."""
    frame: tuple[int, int] = (0, 0)
    further: tuple[tuple[int, int], ...] = ()
    if language == "zh":
        frame = chinese_frame(sentence)
    elif sentence.cue:
        frame = frame_of(sentence.masked, sentence.cue)
        further = second_frames(sentence.masked, sentence.cue, frame) if sentence.who == "speaker" else ()
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
        further=tuple((sentence.start + a, sentence.start + b) for a, b in further),
        cued=sentence.cue is not None,
    )


def _mostly_quoted(masked: str, frame: tuple[int, int]) -> bool:
    """Whether at least half of what is not frame stands inside quotation marks."""
    rest = masked[: frame[0]] + masked[frame[1] :] if frame[1] > frame[0] else masked
    quoted = rest.count(QUOTED)
    return quoted > 0 and quoted >= len(_WORD.findall(rest))
