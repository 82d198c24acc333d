"""Results as JSON: the contract that scripts rely on; a changed field means a new schema version."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from json.encoder import encode_basestring
from math import isfinite
from typing import TYPE_CHECKING, Any

from tracker import __version__

if TYPE_CHECKING:
    from tracker.estimates import Estimate
    from tracker.findings.cases import Distance
    from tracker.findings.phrase_records import PhraseList, PhrasePair
    from tracker.findings.records import Balance, Comparison, Evidence, SideSummary, TextFinding, ThemeShift, ThemeSide, Warning, WordList, WordRow
    from tracker.findings.series_records import Novelty, Series
    from tracker.findings.topic_shift_records import TopicShift, TopicShifts
    from tracker.findings.validation import Validation
    from tracker.recipe import Recipe
    from tracker.reports.content import ReportContent

LINE = 640  # characters
_SIMPLE = frozenset((str, int, float, bool, type(None)))
MOST_PHRASES = 100


def envelope(kind: str, data: Any, *, corpus: Mapping[str, Any] | None, recipe: Recipe, warnings: tuple[Warning, ...] = ()) -> dict[str, Any]:
    """Wrap data in the envelope that every `--json` answer and report.json share.

    Args:
        kind: Command name; the schema is `tracker/<kind>/1`.
        data: What the command answers, ready for json.
        corpus: `speeches`, `events`, `tokens`, `hash` of the corpus; None where there is none yet.
        recipe: The settings; written whole, with their fingerprint.
        warnings: The numbered warnings that bear on the data.
    """
    return {
        "schema": f"tracker/{kind}/1",
        "version": __version__,
        "corpus": dict(corpus) if corpus is not None else None,
        "recipe": {**recipe.told, "id": recipe.id},
        "warnings": [plain(w) for w in warnings],
        "data": data,
    }


def dumps(answer: Any) -> str:
    """Return JSON text with a final newline; a NaN anywhere is an error of ours and fails loudly."""
    return json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


class FileText:
    """The text of a JSON file, made when it is written: what fits in one line stands in one, numbers have eight digits (the tables have all).

    Args:
        answer: Dicts, sequences, text and numbers; a NaN fails loudly.

    Example:
        >>> print(FileText({"rows": [0.1 + 0.2, 1]}), end="")
        {"rows":[0.3,1]}
    """

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[str]:
        return (f"{line}\n" for line in _lines(self.answer, ""))

    def __str__(self) -> str:
        return "".join(self)


def _lines(value: Any, name: str) -> Iterator[str]:
    """Yield the lines of a value after its name; only what is too long for a line is cut, at its own parts, and these go by one at a time."""
    line = _line(value, LINE - len(name)) if _has_parts(value) else _one(value)
    if line is not None:
        yield name + line
        return
    is_mapping = isinstance(value, Mapping)
    parts = ((held, f"{_one(str(key))}:") for key, held in value.items()) if is_mapping else ((held, "") for held in value)
    yield name + ("{" if is_mapping else "[")
    last = len(value) - 1
    for at, (part, own) in enumerate(parts):
        before = ""
        for told in _lines(part, own):
            if before:
                yield before
            before = told
        yield before if at == last else f"{before},"
    yield "}" if is_mapping else "]"


def _line(value: Any, room: int) -> str | None:
    """What has parts in one line; None where it takes more characters than there is room for: no more of it is looked at than fits."""
    room -= max(2, len(value) + 1)  # the brackets and the commas
    if room < len(value):
        return None if len(value) else _around("", value)
    told_of: list[str] = []
    is_mapping = isinstance(value, Mapping)
    for part in value.items() if is_mapping else value:
        name, held = (f"{encode_basestring(str(part[0]))}:", part[1]) if is_mapping else ("", part)
        line = _line(held, room - len(name)) if _has_parts(held) else _one(held)
        if line is None:
            return None
        told_of.append(name + line)
        room -= len(told_of[-1])
        if room < 0:
            return None
    return _around(",".join(told_of), value)


def _around(inside: str, value: Any) -> str:
    return f"{{{inside}}}" if isinstance(value, Mapping) else f"[{inside}]"


def _has_parts(value: Any) -> bool:
    return type(value) not in _SIMPLE and isinstance(value, Mapping | Sequence) and not isinstance(value, str)


def _one(value: Any) -> str:
    if isinstance(value, float) and isfinite(value):
        return repr(float(f"{value:.8g}"))
    if isinstance(value, str):
        return encode_basestring(value)
    return repr(value) if type(value) is int else json.dumps(value, allow_nan=False)


def plain(record: Any) -> Any:
    """Turn records, tuples and mappings into what json writes, field by field; a quote looks the same everywhere."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        from tracker.findings.records import Evidence
        from tracker.findings.validation import Validation

        if isinstance(record, Evidence | Validation):
            return evidence(record) if isinstance(record, Evidence) else validation(record)
        return {f.name: plain(getattr(record, f.name)) for f in dataclasses.fields(record)}
    record = record._asdict() if isinstance(record, tuple) and hasattr(record, "_asdict") else record
    if isinstance(record, Mapping):
        return {str(k): plain(v) for k, v in record.items()}
    if isinstance(record, list | tuple):
        return [plain(v) for v in record]
    if isinstance(record, set | frozenset):
        return sorted(plain(v) for v in record)
    return record


def report(content: ReportContent) -> dict[str, Any]:
    """The `data` of report.json, but for `changes`: every number of the page stands in it, or follows from it by counting.

    The rows of words and speeches, as many as the corpus has, are made when they are asked for.
    """
    from tracker.findings.rows import Made

    listed = content.words.rows
    return {
        "title": content.title,
        "compare": comparison(content.comparison),
        "words": {**words(replace(content.words, rows=())), "rows": Made(lambda: map(_word, listed), len(listed))},
        "trend": series(content.series) if content.series else None,
        "novelty": novelty(content.novelty) if content.novelty else None,
        **{name: plain(getattr(content, name)) for name in ("topics", "tfidf", "findings")},
        "speeches": Made(lambda: map(plain, content.speeches), len(content.speeches)),
        "left_out": plain(content.left_out),
        "marked": [
            {"speech": m.summary.id, "speaker_share": m.speaker_share, "speaker_band": plain(m.speaker_band), "date_evidence": m.date_evidence}
            for m in content.marked
        ],
        "periods": {"before": list(content.before_speeches), "after": list(content.after_speeches)},
        "phrases": phrases(content.phrases, only=_shown_phrases(content)) if content.phrases else None,
    }


def comparison(result: Comparison) -> dict[str, Any]:
    """The `data` of `tracker compare --json`: among `themes` the topics that came back where any was tested (`origin` topic); all of them under `topics`."""
    lists = {one.theme: one for one in result.validations}
    found = [row.shift for row in result.topics.reproducible] if result.topics and not result.topics.untested else []
    return {
        "before": _side(result.before),
        "after": _side(result.after),
        "scope": result.scope,
        "method": result.method,
        "level": result.level,
        "without": list(result.without),
        "themes": [_theme(t, lists.get(t.id) if t.origin == "named" else None) for t in (*result.themes, *found)],
        "topics": _topics(result.topics),
        "texts": [_text(t) for t in result.texts],
        "balance": _balance(result.balance) if result.balance else None,
        "confounds": list(result.confounds),
        "needed": result.needed,
        **{name: plain(getattr(result, name)) for name in ("family", "reference", "within", "locked")},
        "distance": _distance(result.distance),
        "phrases": phrase_pair(result.phrases) if result.phrases else None,
    }


def _topics(held: TopicShifts | None) -> dict[str, Any] | None:
    """The topics between two sides, each as a theme with how far the model can be trusted; no verdict for those that did not come back."""
    if held is None:
        return None
    told = {name: plain(getattr(held, name)) for name in ("model", "engine", "passages", "refits", "illustrative", "family", "warnings")}
    return {**told, "untested": held.untested or None, "hidden": held.hidden, "rows": [_topic(row) for row in held.rows]}


def _topic(row: TopicShift) -> dict[str, Any]:
    model = {name: plain(getattr(row, name)) for name in ("stability", "reproducible", "refit_points", "turned", "doubt", "unsettled")}
    return {**_theme(row.shift), "words": list(row.shift.terms), **model, "verdict": row.shift.verdict if row.reproducible else None}


def _distance(held: Distance | None) -> dict[str, Any] | None:
    """Divergence in bits, signed, with its interval; None where it was not estimated."""
    if held is None:
        return None
    bits = held.bits
    return {"jsd": bits.value, "low": bits.low, "high": bits.high, "p": held.p, "n": bits.n, "tokens": held.tokens, "left_out": list(held.left_out)}


def words(result: WordList) -> dict[str, Any]:
    """The `data` of `tracker words --json`."""
    return {
        "before": _side(result.before),
        "after": _side(result.after),
        "scope": result.scope,
        "language": result.language,
        "prior_tokens": result.prior_tokens,
        "tested": result.tested,
        "method": result.method,
        "level": result.level,
        "rows": [_word(row) for row in result.rows],
    }


def _word(row: WordRow) -> dict[str, Any]:
    return {
        "term": row.term,
        "before": {"count": row.before_count, "per_1000": row.before_per_1000},
        "after": {"count": row.after_count, "per_1000": row.after_per_1000},
        **{name: getattr(row, name) for name in ("log_ratio", "z", "g2", "p", "q", "starred")},
    }


def series(result: Series) -> dict[str, Any]:
    """The `data` of `tracker trend --json`; the warnings stand in the envelope."""
    held: dict[str, Any] = plain(result)
    del held["warnings"]
    for group in held["groups"]:
        _null(group, "start", "end")
    for theme in held["themes"]:
        if theme["change"]:
            _null(theme["change"], "before", "after", "null")
    return held


def novelty(result: Novelty) -> dict[str, Any]:
    """The `data` of `tracker novelty --json`; the warnings stand in the envelope."""
    held: dict[str, Any] = plain(result)
    del held["warnings"]
    for row in held["rows"]:
        _null(row, "date")
    return held


def _null(record: dict[str, Any], *names: str) -> None:
    """Turn empty text into null where it stands for what does not exist."""
    for name in names:
        record[name] = record[name] or None


def evidence(item: Evidence) -> dict[str, Any]:
    """One quote as JSON; `hits` are offsets of the matched words."""
    return {**{name: getattr(item, name) for name in ("speech", "date", "start", "end", "quote", "voice")}, "hits": [list(h) for h in item.hits]}


def validation(held: Validation) -> dict[str, Any]:
    """The badge of a list, in words and in numbers."""
    return {"badge": held.badge, "valid": held.valid, "alpha": held.alpha, "low": held.low, "n": held.n, "coders": held.coders, "date": held.date or None}


def phrase_pair(held: PhrasePair) -> dict[str, Any]:
    """The phrases that only one side says."""
    sides = {name: [{"phrase": text, "uses": uses, "events": events} for text, uses, events in getattr(held, name)] for name in ("before", "after")}
    return {**sides, "counts": dict(zip(("before", "after"), held.counts, strict=True)), "least": held.least}


def _shown_phrases(content: ReportContent) -> frozenset[str]:
    """The commonest phrases, those of the page's table, and those that only one period says."""
    from tracker.reports.tables_phrases import ranked_phrases

    commonest = content.phrases.phrases[:MOST_PHRASES] if content.phrases else ()
    pair = content.comparison.phrases
    alone = (*pair.before, *pair.after) if pair else ()
    listed = ranked_phrases(content)[:MOST_PHRASES]
    return frozenset((*(phrase.text for phrase in commonest), *(text for text, _, _ in alone), *(phrase.text for phrase, _ in listed)))


def phrases(result: PhraseList, *, only: frozenset[str] | None = None) -> dict[str, Any]:
    """The `data` of `tracker phrases --json`; `only` some of them."""
    told = tuple(phrase for phrase in result.phrases if only is None or phrase.text in only)
    held: dict[str, Any] = plain(replace(result, phrases=told))
    held["periods"] = [{"period": label, "events": events} for label, events in result.periods]
    held["found"] = len(result.phrases)
    for phrase, one in zip(held["phrases"], told, strict=True):
        phrase["dates"] = [{"date": day, "speech": speech, "uses": uses} for day, speech, uses in one.dates]
        _null(phrase, "first", "last", "new_in", "not_since", "peak")
    return held


def _side(side: SideSummary) -> dict[str, Any]:
    held: dict[str, Any] = plain(side)
    del held["mixes"]  # the table of confounds shows it; the contract does not have it
    return held


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {name: getattr(estimate, name) for name in ("value", "low", "high", "unit", "level", "n", "method")}


def _theme_side(side: ThemeSide) -> dict[str, Any]:
    counts = {name: getattr(side, name) for name in ("hits", "core_hits", "tokens", "pooled_value")}
    return {**_estimate(side.share), **counts}


def _theme(shift: ThemeShift, held: Validation | None = None) -> dict[str, Any]:
    sensitivity = shift.sensitivity
    return {
        "id": shift.id,
        "label": shift.label,
        "origin": shift.origin,
        "before": _theme_side(shift.before),
        "after": _theme_side(shift.after),
        "change": {
            "points": shift.points.value,
            "points_low": shift.points.low,
            "points_high": shift.points.high,
            "ratio": shift.ratio.value,
            "low": shift.ratio.low,
            "high": shift.ratio.high,
        },
        **{name: getattr(shift, name) for name in ("p", "q", "p_permutation", "tau_star", "smallest_detectable", "verdict", "exploratory")},
        "sensitivity": {"without_word": plain(sensitivity) if sensitivity else None, "without_speech": plain(shift.without_speech)},
        "standing": plain(shift.standing),
        "validation": plain(held),
        "resembles": plain(shift.resembles),
        "evidence": [evidence(e) for e in shift.evidence],
        "other_scope": {"before": shift.other_scope[0], "after": shift.other_scope[1]},
    }


def _text(finding: TextFinding) -> dict[str, Any]:
    held = {name: plain(getattr(finding, name)) for name in ("theme", "term", "only", "counts", "where", "first", "last", "spread", "claim")}
    return {**held, "evidence": [evidence(e) for e in finding.evidence]}


def _balance(balance: Balance) -> dict[str, Any]:
    sides = {name: _estimate(getattr(balance, name)) for name in ("before", "after", "change")}
    return {"x": balance.x, "y": balance.y, **sides, "p": balance.p, "verdict": balance.verdict}
