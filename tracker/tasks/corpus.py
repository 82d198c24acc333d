"""The corpus itself: list, show, correct and remove speeches."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import PurePath

from tracker.errors import CorpusError, TrackerError
from tracker.findings.records import CorpusSummary, MarkedSegment, MarkedSpeech, SpeechSummary
from tracker.languages import detect
from tracker.recipe import Recipe
from tracker.slices import parse_slice, select
from tracker.sources import parse_day, parse_language, resolve_date
from tracker.sources.dates import OUTSIDE
from tracker.speech import KINDS, DateCandidate, DateRole, Speech, SpokenDate
from tracker.tasks.workspace import Workspace
from tracker.tokens import tokenise
from tracker.voice import detect_kind

PLAIN_FIELDS = ("title", "speaker", "place", "outlet", "language", "event")
DATE_FIELDS = ("date", "published")
FIELDS = (*DATE_FIELDS, *PLAIN_FIELDS, "kind", "tag:NAME")


def list_speeches(workspace: Workspace, slice_: str = "") -> tuple[SpeechSummary, ...]:
    """List the speeches of a slice in order of date; all of them without one."""
    counted = workspace.store.counted()
    tokens = {speech.id: n for speech, n in counted}
    speeches = [speech for speech, _ in counted]
    chosen = select(speeches, parse_slice(slice_)) if slice_ else speeches
    return tuple(summary(speech, tokens[speech.id]) for speech in chosen)


def show(workspace: Workspace, prefix: str) -> MarkedSpeech:
    """Return one speech with the voice of every sentence marked."""
    return marked(workspace.store.get(prefix), workspace.recipe)


def marked(speech: Speech, recipe: Recipe) -> MarkedSpeech:
    """Mark a speech: every segment verbatim with its voice, and the share of its words that counts as the speaker's."""
    from tracker.counts import count
    from tracker.lexicon import Lexicon
    from tracker.voice import mark

    segments = mark(speech, recipe)
    tokens = tokenise(speech.text, speech.language)
    counts = count(speech, segments, tokens, Lexicon(()), institutions=recipe.measure.institutions)
    return MarkedSpeech(
        summary=summary(speech, sum(tokens.content)),
        date_evidence=speech.date.evidence,
        speaker_share=counts.speaker_share,
        segments=tuple(MarkedSegment(s.start, s.end, speech.text[s.start : s.end], s.voice, s.block, s.sure, s.reason) for s in segments),
        inferred=speech.inferred,
        tags=tuple(speech.tags.items()),
    )


def set_fields(workspace: Workspace, prefix: str, changes: Mapping[str, str]) -> SpeechSummary:
    """Correct a speech; the correction outlives later readings of the same file.

    Raises:
        TrackerError: An unknown field or an unusable value; nothing is changed then.
    """
    speech = workspace.store.get(prefix)
    said = {**workspace.store.corrections(speech.key), **{name: ("" if (name, value) == ("event", "own") else value) for name, value in changes.items()}}
    try:
        new = prepared(speech, said, workspace.recipe)
        tokens = content_tokens(new)
    except TrackerError as error:
        option = re.fullmatch(r"--(\w+) (.+)", error.hint)
        hint = shlex.join(["tracker", "set", prefix, f"{option[1]}={option[2]}"]) if option else error.hint
        raise TrackerError(error.message, looked_at=error.looked_at, hint=hint) from error
    with workspace.store.writing():
        workspace.store.correct(speech.key, said)
        workspace.store.put(new, tokens)
    return summary(new, tokens)


def remove(workspace: Workspace, prefixes: Sequence[str]) -> tuple[SpeechSummary, ...]:
    """Take speeches out of the corpus: all that are named, or none when one of them does not exist."""
    speeches = {s.id: s for s in (workspace.store.get(prefix) for prefix in prefixes)}
    with workspace.store.writing():
        for speech in speeches.values():
            workspace.store.remove(speech)
    return tuple(summary(speech, content_tokens(speech)) for speech in speeches.values())


def prepared(speech: Speech, said: Mapping[str, str], recipe: Recipe) -> Speech:
    """Lay the user's words over a speech as it was read, then detect language and kind where nobody stated them."""
    speech = corrected(speech, said, recipe)
    if "language" in speech.inferred:
        speech = replace(speech, language=detect(speech.text))
    if "kind" in speech.inferred:
        kind, _ = detect_kind(speech.text, speech.speaker, recipe)
        speech = replace(speech, kind=kind)
    return speech


def corrected(speech: Speech, said: Mapping[str, str], recipe: Recipe) -> Speech:
    """Lay what the user said over a speech: stated fields are no longer inferred, a stated date decides.

    Args:
        speech: As read or as stored.
        said: Field to value; `date`, `published`, `title`, `speaker`, `place`, `outlet`, `language`, `event`, `kind`, `tag:NAME`.
        recipe: For the order of day and month.
    """
    plain: dict[str, str] = {}
    tags = dict(speech.tags)
    for name, value in said.items():
        if name in PLAIN_FIELDS:
            plain[name] = _language(value) if name == "language" else value
        elif name == "kind":
            if value not in KINDS:
                near = get_close_matches(value, KINDS, n=1) or ["readout"]
                raise TrackerError(f"no kind `{value}`", looked_at=("kinds: " + ", ".join(KINDS),), hint=f"--kind {near[0]}")
            plain[name] = value
        elif name.startswith("tag:") and name[4:]:
            tags[name[4:]] = value
        elif name not in DATE_FIELDS:
            near = get_close_matches(name, FIELDS[:-1], n=1) or [f"tag:{name.strip(':') or 'NAME'}"]
            hint = shlex.join(["tracker", "set", speech.id, f"{near[0]}={value}"])
            raise TrackerError(f"no field `{name}`", looked_at=("fields: " + ", ".join(FIELDS),), hint=hint)
    inferred = tuple(f for f in speech.inferred if f not in said)
    dated = {name: said[name] for name in DATE_FIELDS if name in said}
    when = _redated(speech, dated, recipe) if dated else speech.date
    return replace(speech, date=when, tags=tags, inferred=inferred, **plain)  # type: ignore[arg-type]


def _language(value: str) -> str:
    code = parse_language(value)
    if code is None:
        known = "codes: ISO 639, e.g. en (English), zh (Chinese), fr (French), und (not known)"
        raise TrackerError(f"`{value}` is no language code", looked_at=(known,), hint="--language en")
    return code


def _redated(speech: Speech, said: Mapping[str, str], recipe: Recipe) -> SpokenDate:
    """Resolve the date again with the user's own words before everything that was stated outside the text."""
    roles: dict[str, DateRole] = {"date": "event", "published": "published"}
    own = []
    for name, value in said.items():
        try:
            day, precision = parse_day(value, order=recipe.dates.order)
        except TrackerError as error:
            raise TrackerError(error.message, looked_at=error.looked_at, hint=error.hint.replace("--date", f"--{name}")) from error
        own.append(DateCandidate(role=roles[name], day=day, precision=precision, basis="user", quote=value))
    stated = [c for c in speech.date.candidates if c.basis in OUTSIDE and c.basis != "user"]
    name = PurePath(speech.source).stem if any(c.basis == "file name" for c in speech.date.candidates) else ""
    return resolve_date(speech.text, stated=[*own, *stated], file_name=name, order=recipe.dates.order)


def content_tokens(speech: Speech) -> int:
    """Content tokens of the whole text."""
    return sum(tokenise(speech.text, speech.language).content)


def summary(speech: Speech, tokens: int) -> SpeechSummary:
    """One line of a list."""
    when = speech.date
    return SpeechSummary(
        id=speech.id,
        date=when.text,
        date_basis=when.basis or "",
        date_status=when.status,
        published=when.published.isoformat() if when.published else "",
        precision=when.precision or "",
        speaker=speech.speaker,
        title=speech.title,
        place=speech.place,
        outlet=speech.outlet,
        kind=speech.kind,
        language=speech.language,
        tokens=tokens,
        event=speech.event_id,
        source=speech.source,
    )


def corpus_summary(workspace: Workspace) -> CorpusSummary:
    """What the corpus is."""
    counted = workspace.store.counted()
    if not counted:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    speeches = [speech for speech, _ in counted]
    dated = [s.date.text for s in speeches if s.date.event_date]

    def distinct(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted({v for v in values if v}))

    return CorpusSummary(
        speeches=len(speeches),
        events=len({s.event_id for s in speeches}),
        tokens=sum(n for _, n in counted),
        hash=workspace.store.hash(),
        first=min(dated, default=""),
        last=max(dated, default=""),
        languages=distinct([s.language for s in speeches]),
        speakers=distinct([s.speaker for s in speeches]),
        kinds=distinct([s.kind for s in speeches]),
        undated=len(speeches) - len(dated),
    )
