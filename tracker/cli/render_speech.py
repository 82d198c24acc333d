"""One speech for people: what it is, whose words are counted and why, and who is heard in every sentence."""

from __future__ import annotations

from tracker.cli.render import MARKS, note, text
from tracker.findings.speech_records import MarkedSpeech


def marked(speech: MarkedSpeech, *, quiet: bool) -> None:
    """Print one speech with who is heard in every sentence, the sentences numbered."""
    row = speech.summary
    text(f"{row.id}  {row.date or 'undated'}  {row.title}")
    details = [
        ("speaker", row.speaker),
        ("place", row.place),
        ("outlet", row.outlet),
        ("kind", row.kind),
        ("language", row.language),
        ("published", row.published),
    ]
    text("\n".join(f"  {name:10}{value}{' (suggested)' if name in speech.inferred else ''}" for name, value in details if value))
    text(f"  {'date':10}{speech.date_evidence or 'not known'}")
    if speech.called:
        listed = "; ".join(f"{', '.join(name.values)} ({name.what}, from {name.known_from})" for name in speech.called)
        text(f"  {'called':10}{listed}")
    text(f"  {'counted':10}{speech.scope_reason}")
    if speech.speaker_share is not None and row.kind != "transcript":
        text(f"  {'':10}{speaker_words(speech)}")
    text("")
    for segment in speech.segments:
        mark = segment.block if segment.block not in ("body", "dateline") else MARKS[segment.voice] + ("" if segment.sure else "?")
        text(f"{segment.number or '':>4} {mark:>12} │ {' '.join(segment.text.split())}")
        if segment.reason and segment.block == "body" and segment.voice != "spoken" and not quiet:
            text(f"{'':>4} {'':>12} │   ({segment.reason})")
    if not quiet and row.kind != "transcript":
        note(f"a wrong voice: tracker set {row.id[:8]} voice:N=other (or quoted, attributed, institutional, narrated; auto takes it back)")
        if speech.called and row.speaker:
            note(f'a wrong or missing name: surname, titles and pronoun under [speakers."{row.speaker}"] in tracker.toml')


def speaker_words(speech: MarkedSpeech) -> str:
    """The share of the speaker's words with its band, and what makes the band."""
    unsure = sum(s.voice in ("quoted", "attributed") and not s.sure for s in speech.segments)
    meetings = sum(s.voice == "institutional" for s in speech.segments)
    others = sum(s.voice == "other" for s in speech.segments)
    share = f"{speech.speaker_share or 0:.0%} of the content words are in sentences counted as {speech.summary.speaker or 'the speaker'}'s"
    if speech.speaker_band is not None and f"{speech.speaker_band[0]:.0%}" != f"{speech.speaker_band[1]:.0%}":
        share += f"; {speech.speaker_band[0]:.0%} to {speech.speaker_band[1]:.0%} by who is counted as speaking"
    return f"{share} ({unsure} unsure, {meetings} of meetings, {others} of other people)"
