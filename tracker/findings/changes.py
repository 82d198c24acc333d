"""Two reports held against each other: what differs, and because of which speeches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tracker.findings.change_records import Changes, RunTold, SpeechChange, ThemeChange, ThemeState, TrendChange
from tracker.findings.movers import CLOSE, movers

FIELDS = ("date", "speaker", "title", "place", "outlet", "kind", "language", "event", "published", "date_status")


def changes(was: RunTold, now: RunTold) -> Changes:
    """Return what changed from one report to another.

    Args:
        was: The older run.
        now: The newer run.

    Returns:
        Themes are held against each other only where both runs ask the same question; their movers are named only where
        settings and the theme's words are the same.
    """
    asked = tuple(_differing(was.question, now.question))
    settings, words = tuple(_differing(was.settings, now.settings)), _words(was, now)
    themes, unmoved = _themes(was, now, settings) if not asked else ((), 0)
    return Changes(
        before=was.name,
        after=now.name,
        before_title=was.title,
        after_title=now.title,
        same_question=not asked,
        asked=asked,
        speeches=(found := _speeches(was, now)),
        settings=settings,
        words=words,
        others=_others(was, now, spoken=bool(found)),
        themes=themes,
        unmoved=unmoved,
        trends=_trends(was, now),
        born=_only(now.topics, was.topics),
        retired=_only(was.topics, now.topics),
        level=float(now.compared.get("level") or 0.95),
    )


def _speeches(was: RunTold, now: RunTold) -> tuple[SpeechChange, ...]:
    """Every speech that is not what it was, by date; one with the key of one that is gone is that one, updated."""
    gone = {str(held["key"]): name for name, held in was.speeches.items() if name not in now.speeches and held.get("key")}
    found = []
    for name, held in now.speeches.items():
        if name in was.speeches:
            told = tuple(_differing(_fields(was.speeches[name]), _fields(held)))
            if told:
                found.append(_change("corrected", name, held, now, told))
        elif held.get("key") in gone:
            told = ("another text", *_differing(_fields(was.speeches[gone.pop(str(held["key"]))], event=False), _fields(held, event=False)))
            found.append(_change("updated", name, held, now, told))
        else:
            found.append(_change("added", name, held, now, ()))
    kept = {change.speech for change in found if change.what == "updated"}
    updated_keys = {now.speeches[name].get("key") for name in kept}
    removed = [(name, held) for name, held in was.speeches.items() if name not in now.speeches and (not held.get("key") or held["key"] not in updated_keys)]
    found += [_change("removed", name, held, was, ()) for name, held in removed]
    return tuple(sorted(found, key=lambda c: (c.date or "9", c.speech)))


def _fields(held: Mapping[str, Any], *, event: bool = True) -> dict[str, Any]:
    return {name: held.get(name) for name in FIELDS if event or name != "event"}


def _change(what: Any, name: str, held: Mapping[str, Any], run: RunTold, told: tuple[str, ...]) -> SpeechChange:
    side = next((where for where, event in sorted({place for counts in run.counts.values() for place in counts}) if name in run.events.get(event, ())), "")
    return SpeechChange(what, name, str(held.get("date") or ""), str(held.get("title") or ""), side, told)


def _differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Say what differs between two records, a phrase for each name."""
    names = [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]
    return [f"{name}: {_shown(was.get(name))} → {_shown(now.get(name))}" for name in names]


def _shown(value: Any) -> str:
    if value in (None, "", [], ()):
        return "not set"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _words(was: RunTold, now: RunTold) -> tuple[str, ...]:
    """Which themes were edited, made or removed, and which of their words."""
    if was.themes is None or now.themes is None:
        return () if was.themes_hash == now.themes_hash else ("the themes were edited; the older report does not say how",)
    said = []
    for theme in sorted({*was.themes, *now.themes}):
        if theme not in was.themes:
            said.append(f"{now.themes[theme][0]} is new")
        elif theme not in now.themes:
            said.append(f"{was.themes[theme][0]} was removed")
        elif was.themes[theme] != now.themes[theme]:
            said.append(_edited(was.themes[theme], now.themes[theme]))
    return tuple(said)


def _edited(was: tuple[str, Mapping[str, tuple[str, ...]]], now: tuple[str, Mapping[str, tuple[str, ...]]]) -> str:
    """Say how a theme was edited: words that came, went, or stand elsewhere in it."""
    old, new = ({word for held in words.values() for word in held} for _, words in (was, now))
    parts = [f"“{word}” came" for word in sorted(new - old)] + [f"“{word}” went" for word in sorted(old - new)]
    if was[0] != now[0]:
        parts.append(f"it was called {was[0]}")
    return f"{now[0]}: {', '.join(parts) or 'a word became core or wider, or is of another language'}"


def _others(was: RunTold, now: RunTold, *, spoken: bool) -> tuple[str, ...]:
    """Software, topic model, and a corpus that differs in nothing that is listed."""
    both = was.software.keys() & now.software.keys()  # an older version kept less
    said = _differing(*({name: run.software[name] for name in sorted(both)} for run in (was, now)))
    if was.model != now.model:
        said.append(f"topic model: {was.model or 'none'} → {now.model or 'none'}")
    if was.corpus != now.corpus and not spoken:
        said.append("who is heard in a sentence, or a tag, was corrected in the corpus")
    return tuple(said)


def _only(these: Mapping[str, str] | None, those: Mapping[str, str] | None) -> tuple[str, ...]:
    """Labels of the topics that only the first has; nothing where one has none at all."""
    return () if these is None or those is None else tuple(label for topic, label in sorted(these.items()) if topic not in those)


def _trends(was: RunTold, now: RunTold) -> tuple[TrendChange, ...]:
    labels = {theme: label for run in (was, now) for theme, (label, _) in (run.themes or {}).items()}
    found = []
    for theme in sorted(was.trends.keys() & now.trends.keys()):
        for what, old, new in zip(("trend", "level"), was.trends[theme], now.trends[theme], strict=True):
            if old != new:
                found.append(TrendChange(theme, labels.get(theme, theme), what, old, new))  # type: ignore[arg-type]
    return tuple(found)


def _themes(was: RunTold, now: RunTold, settings: tuple[str, ...]) -> tuple[tuple[ThemeChange, ...], int]:
    """The themes that differ, and how many do not."""
    old, new = ({row["id"]: row for row in run.compared["themes"]} for run in (was, now))
    ranks = [_ranks(rows.values()) for rows in (old, new)]
    found = []
    for theme in dict.fromkeys((*new, *old)):
        states = [_state(rows[theme], rank) if theme in rows else None for rows, rank in ((old, ranks[0]), (new, ranks[1]))]
        if not _same(*states):
            found.append(_theme(theme, states[0], states[1], (was, now, settings)))
    found.sort(key=lambda t: (not t.flipped, -_moved(t), t.label))
    return tuple(found), len({*old, *new}) - len(found)


def _theme(theme: str, was: ThemeState | None, now: ThemeState | None, told: tuple[RunTold, RunTold, tuple[str, ...]]) -> ThemeChange:
    first, second, settings = told
    label = next(row["label"] for run in (second, first) for row in run.compared["themes"] if row["id"] == theme)
    if was is None or now is None:
        return ThemeChange(theme, label, was, now)
    why = "settings differ" if settings else _edits(theme, first, second)
    if why:
        return ThemeChange(theme, label, was, now, why=why)
    found, more, unexplained = movers(theme, first, second)
    return ThemeChange(theme, label, was, now, found, more, unexplained)


def _edits(theme: str, was: RunTold, now: RunTold) -> str:
    """Say that the words of a theme were edited, or may have been; "" where they are the same."""
    if was.themes is None or now.themes is None:
        return "" if was.themes_hash == now.themes_hash else "its words may have been edited"
    return "" if was.themes.get(theme) == now.themes.get(theme) else "its words were edited"


def _state(row: Mapping[str, Any], ranks: Mapping[str, int]) -> ThemeState:
    return ThemeState(row["before"]["value"], row["after"]["value"], row["change"]["points"], row["verdict"], ranks.get(row["id"]))


def _ranks(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Place of each theme by its share in the second period, 1 the highest; themes without one have none."""
    held = sorted((row for row in rows if row["after"]["value"]), key=lambda row: (-row["after"]["value"], row["id"]))
    return {row["id"]: place for place, row in enumerate(held, start=1)}


def _same(was: ThemeState | None, now: ThemeState | None) -> bool:
    """Whether shares and verdict are as they were; a rank alone is moved by others."""
    if was is None or now is None or was.verdict != now.verdict:
        return was is now
    return all(_close(a, b) for a, b in ((was.before, now.before), (was.after, now.after)))


def _close(a: float | None, b: float | None) -> bool:
    return a is b is None or (a is not None and b is not None and abs(a - b) <= CLOSE / 100)


def _moved(change: ThemeChange) -> float:
    then, now = (0.0 if state is None or state.points is None else state.points for state in (change.was, change.now))
    return abs(now - then)
