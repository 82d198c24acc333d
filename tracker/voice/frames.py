"""The reporter's frame around reported words: who said it, when and where, which is left out of counting."""

from __future__ import annotations

from tracker.patterns import regex
from tracker.voice import cues
from tracker.voice.clauses import AFTER_CUE, Cue, is_postposed
from tracker.voice.cues import QUOTED
from tracker.voice.openings import leads_in

_AND = regex(r",\s(?:and|but|so|because|adding|which)\b|;")
_PARTICIPLE = regex(r",\s(?:while\s)?[a-z]+ing\b")
_SECOND = regex(rf"(?:,\s(?:while\s|by\s|also\s)*{cues.SAYING}|,?\sand\s(?:also\s)?{cues.FINITE}(?=\sthat\b|\s{QUOTED}))(?:,?\sthat\b|:)?")


def frame_of(sentence: str, cue: Cue) -> tuple[int, int]:
    """Return (start, end) of the reporter's own words: lead-in, speaker, verb and "that", or the clause put behind; (0, 0) for passives."""
    if cue.form == "passive":
        return (0, 0)
    if cue.form == "according":
        return _according_frame(sentence, cue)
    if not is_postposed(sentence, cue) and cue.form != "inverted" and leads_in(sentence, cue.start):
        longer = AFTER_CUE.match(sentence, cue.end)
        return (0, longer.end() if longer else cue.end)
    begin = _with_comma(sentence, cue.start)
    if begin == cue.start and sentence[begin - 2 : begin - 1] != QUOTED and not is_postposed(sentence, cue):
        return (cue.start, cue.end)
    return (begin, _behind(sentence, cue.end))


def _according_frame(sentence: str, cue: Cue) -> tuple[int, int]:
    if cue.start <= 1:
        comma = sentence.find(",", cue.end, cue.end + 80)
        return (0, comma + 1 if comma >= 0 else cue.end)
    return (_with_comma(sentence, cue.start), _behind(sentence, cue.end))


def _with_comma(sentence: str, start: int) -> int:
    """Step back over the comma before a clause put behind."""
    before = start - 1 if sentence[start - 1 : start] == " " else start
    return before - 1 if sentence[before - 1 : before] == "," else start


def _behind(sentence: str, end: int) -> int:
    """Where a clause put behind ends: at the next quotation, at ", adding that", at its own comma, at the next clause, or with the sentence."""
    later = cues.LATER.search(sentence, end)
    if sentence[end : end + 2] == ", " and not (later and later.start() == end) and not _PARTICIPLE.match(sentence, end):
        return end + 1
    stops = [len(sentence)]
    quote = sentence.find(QUOTED, end)
    if quote >= 0:
        stops.append(quote)
    if later:
        stops.append(later.end())
    clause = _AND.search(sentence, end)
    if clause and not (later and later.start() <= clause.start() < later.end()):
        stops.append(clause.start())
    return min(stops)


def second_frames(sentence: str, cue: Cue, first: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the later cue clauses of the same speaker, ", noting that" or "and added that", behind the first frame."""
    if cue.form == "passive" or first[1] <= first[0]:
        return ()
    return tuple(match.span() for match in _SECOND.finditer(sentence, first[1]))
