"""The corpus itself: list, show, correct and remove speeches."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import PurePath
from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.events import regroup
from tracker.findings.speech_records import MarkedSegment, MarkedSpeech, SpeakerName, SpeechSummary
from tracker.languages import detect
from tracker.parts import Cache, segments_of, tokens_of
from tracker.recipe import Recipe
from tracker.sources import parse_day, parse_language, resolve_date
from tracker.sources.dates import OUTSIDE
from tracker.speech import KINDS, DateCandidate, DateRole, Kind, Speech, SpokenDate
from tracker.tasks.listing import corpus_summary, list_speeches, summary
from tracker.tasks.voices import body_sentences, by_sentence, is_correction
from tracker.tasks.workspace import MARK, Workspace
from tracker.tokens import count_content
from tracker.voice import kind_of
from tracker.voice.called import called
from tracker.voice.corrections import own_tags

__all__ = [
    "DATE_FIELDS",
    "FIELDS",
    "PLAIN_FIELDS",
    "Detected",
    "content_tokens",
    "corpus_summary",
    "corrected",
    "detected",
    "list_speeches",
    "marked",
    "prepared",
    "remove",
    "set_fields",
    "show",
    "summary",
]


class Detected(NamedTuple):
    """What a text shows of itself: its language and kind, where nobody stated them, and how many content tokens it has."""

    language: str
    kind: Kind
    tokens: int


PLAIN_FIELDS = ("title", "speaker", "place", "outlet", "language", "event")
DATE_FIELDS = ("date", "published")
FIELDS = (*DATE_FIELDS, *PLAIN_FIELDS, "kind", "tag:NAME", "voice:N")


def show(workspace: Workspace, prefix: str) -> MarkedSpeech:
    """Return one speech with the voice of every sentence marked."""
    return marked(workspace.store.get(prefix), workspace.recipe, workspace.cache)


def marked(speech: Speech, recipe: Recipe, cache: Cache | None = None) -> MarkedSpeech:
    """Mark a speech: every segment verbatim with its voice, and the share of its words that counts as the speaker's."""
    from tracker.counts import count
    from tracker.lexicon import Lexicon

    segments = segments_of(speech, recipe, cache)
    tokens = tokens_of(speech, recipe, cache)
    counts = count(speech, segments, tokens, Lexicon(()), institutions=recipe.measure.institutions)
    numbers = {id(segment): number for number, segment in enumerate(body_sentences(segments), start=1)}
    return MarkedSpeech(
        summary=summary(speech, content_tokens(speech)),
        date_evidence=speech.date.evidence,
        speaker_share=counts.speaker_share,
        segments=tuple(
            MarkedSegment(s.start, s.end, speech.text[s.start : s.end], s.voice, s.block, s.sure, s.reason, numbers.get(id(s), 0)) for s in segments
        ),
        inferred=speech.inferred,
        tags=tuple(own_tags(speech.tags).items()),
        scope=counts.scope,
        scope_reason=counts.scope_reason,
        speaker_band=counts.speaker_band,
        called=_called(speech, recipe),
    )


def _called(speech: Speech, recipe: Recipe) -> tuple[SpeakerName, ...]:
    """What the speaker is called, and whether the settings or the text say so; nothing for transcripts and other languages than English."""
    if speech.kind == "transcript" or speech.language != "en":
        return ()
    known = called(speech.text, speech.speaker, recipe)
    parts = (("surname", known.surnames), ("titles", known.titles), ("nationality", known.nations), ("pronoun", (known.pronoun,) if known.pronoun else ()))
    return tuple(SpeakerName(what, value, "the text" if what in known.learnt else MARK) for what, value in parts if value)


def set_fields(workspace: Workspace, prefix: str, changes: Mapping[str, str]) -> SpeechSummary:
    """Correct a speech; the correction outlives later readings of the same file.

    Raises:
        TrackerError: An unknown field or an unusable value; nothing is changed then.
    """
    speech = workspace.store.get(prefix)
    try:
        said = {**workspace.store.corrections(speech.key), **by_sentence(speech, workspace.recipe, changes)}
        new = prepared(speech, said, workspace.recipe)
        tokens = content_tokens(new)
    except TrackerError as error:
        option = re.fullmatch(r"--(\w+) (.+)", error.hint)
        hint = shlex.join(["tracker", "set", prefix, f"{option[1]}={option[2]}"]) if option else error.hint
        raise TrackerError(error.message, looked_at=error.looked_at, hint=hint) from error
    with workspace.store.writing():
        workspace.store.correct(speech.key, said)
        workspace.store.put(new, tokens)
    regroup(workspace.store)
    return summary(workspace.store.get(new.id), tokens)


def remove(workspace: Workspace, prefixes: Sequence[str], *, forget: bool = False) -> tuple[SpeechSummary, ...]:
    """Take speeches out of the corpus: all that are named, or none when one of them does not exist.

    Args:
        workspace: Whose corpus.
        prefixes: Ids or their beginnings.
        forget: Forget the user's corrections too; else they come back with the same text under the same name.
    """
    speeches = {s.id: s for s in (workspace.store.get(prefix) for prefix in prefixes)}
    with workspace.store.writing():
        for speech in speeches.values():
            workspace.store.remove(speech)
            if forget:
                workspace.store.forget(speech.key)
    regroup(workspace.store)
    workspace.cache.keep_only([listed.id for listed in workspace.store.listed()])
    return tuple(summary(speech, content_tokens(speech)) for speech in speeches.values())


def prepared(speech: Speech, said: Mapping[str, str], recipe: Recipe) -> Speech:
    """Lay the user's words over a speech as it was read, then detect language and kind where nobody stated them."""
    speech = corrected(speech, said, recipe)
    return replace(speech, language=_language_of(speech), kind=_kind_of(speech, recipe))


def detected(speech: Speech, recipe: Recipe) -> Detected:
    """Return language and kind of a speech, detected where nobody stated them, and its content tokens.

    Raises:
        TrackerError: The words of its language cannot be told apart.
    """
    language = _language_of(speech)
    return Detected(language, _kind_of(speech, recipe), count_content(speech.text, language))


def _language_of(speech: Speech) -> str:
    return detect(speech.text) if "language" in speech.inferred else speech.language


def _kind_of(speech: Speech, recipe: Recipe) -> Kind:
    return kind_of(speech.text, speech.speaker, recipe) if "kind" in speech.inferred else speech.kind


def corrected(speech: Speech, said: Mapping[str, str], recipe: Recipe) -> Speech:
    """Lay what the user said over a speech: stated fields are no longer inferred, a stated date decides.

    Args:
        speech: As read or as stored.
        said: Field to value; `date`, `published`, `title`, `speaker`, `place`, `outlet`, `language`, `event`, `kind`, `tag:NAME`, `voice:HASH`.
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
        elif is_correction(name):
            tags.pop(name, None)
            tags |= {name: value} if value else {}
        elif name not in DATE_FIELDS:
            near = get_close_matches(name, FIELDS[:-2], n=1) or [f"tag:{name.strip(':') or 'NAME'}"]
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
    return count_content(speech.text, speech.language)
