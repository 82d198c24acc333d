"""One topic looked at closely, and the history of all of them in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed
from tracker.findings.records import Evidence
from tracker.findings.surface import surface_forms
from tracker.findings.topic_records import TopicDetail, TopicFit, TopicYear, TypicalSpeech
from tracker.numerals import number
from tracker.progress import Progress
from tracker.tasks.topics.boilerplate import looks_like_boilerplate
from tracker.tasks.topics.current import current_model, read_history
from tracker.tasks.topics.listing import nearest_theme, read, theme_counts
from tracker.tasks.topics.marks import Mark, drifted, find, read_marks, top_words, user_names
from tracker.tasks.topics.units import Units
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.passages import Passage

WORDS = 12
PASSAGES = 5
SPEECHES = 5
SHORTEST = 20


def topic_detail(workspace: Workspace, which: str, *, progress: Progress | None = None) -> TopicDetail:
    """Look at one topic: words, quality, its share by year, the passages and speeches it fills most, and what became of it.

    Args:
        workspace: The workspace.
        which: Its id, its number, or the name the user gave it.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: No such topic, or no topics at all.
    """
    from tracker.models.fitting import infer

    marks = read_marks(workspace)
    topic = find(workspace, current_model(workspace)[0], marks, which)
    reading = read(workspace, progress=progress)
    model, units = reading.model, reading.units
    k = model.topics.index(topic)
    shares = infer(model, units.matrix)
    weights = units.matrix.counts.sum(axis=1)
    mass = shares[:, k] * weights
    forms = surface_forms(list({item.speech.id: item for item, _ in units.passages}.values()))
    chance = dict(zip(model.terms, map(float, model.topic_term[k]), strict=True))
    frequent = sorted((term for term in chance if chance[term] > 0), key=lambda term: (-round(chance[term], 9), term))[:WORDS]
    mark = marks.get(topic.id, Mark())
    return TopicDetail(
        id=topic.id,
        label=mark.name or topic.label,
        proposed=topic.label,
        hidden=mark.hidden,
        words=tuple((forms.get(term, term), round(chance[term], 6)) for term in topic.words),
        frequent=tuple((forms.get(term, term), round(chance[term], 6)) for term in frequent),
        share=float(mass.sum() / max(float(weights.sum()), 1.0)),
        stability=topic.stability,
        reproducible=topic.reproducible,
        coherence=round(float(model.state["topic_coherence"][k]), 6),
        exclusivity=round(float(model.state["topic_exclusivity"][k]), 6),
        nearest_theme=nearest_theme(shares[:, k], theme_counts(units, workspace.lexicon), workspace.lexicon),
        boilerplate=looks_like_boilerplate(units, shares[:, k : k + 1], [topic.words])[0],
        drift=drifted(mark, top_words(model, topic.id)),
        years=_years(units, mass, weights),
        passages=_passages(units, shares[:, k], weights),
        speeches=_typical(units, mass, weights),
        became=tuple(_life(read_history(workspace), topic.id, user_names(marks))),
        model=model.id,
    )


def moment(fit: TopicFit) -> str:
    """When a fit was, told by the corpus.

    Example:
        >>> moment(TopicFit(1, "m", "", "lda", "en", 24, 217, "1790", "1799", "anew", "", 5, 3, 0.5, None, ()))
        '24 speeches, 1790 to 1799'
    """
    span = "undated" if not fit.first else fit.first if fit.first == fit.last else f"{fit.first} to {fit.last}"
    return f"{fit.speeches:,} speech{'' if fit.speeches == 1 else 'es'}, {span}"


def _life(fits: Sequence[TopicFit], topic: str, labels: Mapping[str, str]) -> Iterator[str]:
    """What became of one topic, a line a fit."""
    for fit in fits:
        for change in fit.changes:
            if change.topic == topic and change.became == "kept":
                yield f"fit {fit.number} ({moment(fit)}): kept (overlap {number(change.overlap, 2)}): {change.label}"
            elif change.topic == topic:
                origin = f" off from {change.related}" if change.became == "split" else ""
                yield f"fit {fit.number} ({moment(fit)}): {change.became}{origin}: {change.label}"
            elif change.related == topic:
                what = "split off from it" if change.became == "split" else "merged into it"
                yield f"fit {fit.number} ({moment(fit)}): {change.topic} ({labels.get(change.topic, change.label)}) {what}"


def _years(units: Units, mass: Any, weights: Any) -> tuple[TopicYear, ...]:
    """The topic's share of the words of every year; years without speeches are not made up."""
    parts: dict[str, tuple[float, float, frozenset[str]]] = {}
    for (item, _), part, weight in zip(units.passages, mass, weights, strict=True):
        year = item.speech.date.text[:4]
        if year:
            held, whole, speeches = parts.get(year, (0.0, 0.0, frozenset()))
            parts[year] = held + float(part), whole + float(weight), speeches | {item.speech.id}
    return tuple(TopicYear(year, held / whole, len(speeches)) for year, (held, whole, speeches) in sorted(parts.items()) if whole)


def _passages(units: Units, share: Any, weights: Any) -> tuple[Evidence, ...]:
    """The passages the topic fills most, of 20 counted words or more, each of another speech as far as there are."""
    order = sorted(range(len(units.passages)), key=lambda i: (weights[i] < SHORTEST, -round(float(share[i]), 6), i))
    seen: dict[str, int] = {}
    ranked = []
    for place, i in enumerate(order[: 20 * PASSAGES]):
        speech = units.passages[i][0].speech.id
        seen[speech] = seen.get(speech, -1) + 1
        ranked.append((seen[speech], place, i))
    return tuple(_quoted(*units.passages[i]) for _, _, i in sorted(ranked)[:PASSAGES])


def _quoted(item: Analysed, passage: Passage) -> Evidence:
    voices = {segment.voice for segment in passage.segments(item.segments)}
    voice = min(voices) if len(voices) == 1 else "several"
    speech = item.speech
    return Evidence(speech.id, speech.date.text, passage.start, passage.end, speech.text[passage.start : passage.end], voice, speech.language, ())


def _typical(units: Units, mass: Any, weights: Any) -> tuple[TypicalSpeech, ...]:
    parts: dict[str, tuple[float, float]] = {}
    items = {}
    for (item, _), part, weight in zip(units.passages, mass, weights, strict=True):
        held, whole = parts.get(item.speech.id, (0.0, 0.0))
        parts[item.speech.id] = held + float(part), whole + float(weight)
        items[item.speech.id] = item.speech
    found = {speech: held / whole for speech, (held, whole) in parts.items() if whole >= SHORTEST}
    best = sorted(found, key=lambda speech: (-round(found[speech], 9), speech))[:SPEECHES]
    return tuple(TypicalSpeech(speech, items[speech].date.text, items[speech].title, found[speech]) for speech in best)
