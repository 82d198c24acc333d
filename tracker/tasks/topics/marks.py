"""What the user says of topics: names, and which to hide; kept by id, so that it outlives refits."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tracker.errors import TrackerError
from tracker.tasks.topics.current import current_model, read_history, write_whole
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import Topic, TopicModel

NAMES = "names.json"
LONGEST = 80
FEW_LEFT = 0.3


@dataclass(frozen=True, slots=True)
class Mark:
    """What the user said of one topic.

    Args:
        name: What to call it; "" for the proposed label.
        hidden: Whether lists and reports leave it out.
        words: The ten words it had at the top when it was named.
    """

    name: str = ""
    hidden: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """The answer of `tracker topics name`, `hide` and `unhide`: a topic as it is called now."""

    id: str
    name: str
    label: str
    hidden: bool


def read_marks(workspace: Workspace) -> dict[str, Mark]:
    """The user's names and hidden topics by topic id.

    Raises:
        TrackerError: The file is damaged.
    """
    path = workspace.models_path / NAMES
    if not path.exists():
        return {}
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {str(topic): Mark(str(said["name"]), bool(said["hidden"]), tuple(map(str, said["words"]))) for topic, said in held.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        aside = shlex.join(["mv", str(path), f"{path}.damaged"])
        raise TrackerError(f"`models/{NAMES}` is damaged", looked_at=("it holds the names you gave to topics",), hint=aside) from error


def name_topic(workspace: Workspace, which: str, name: str) -> Marked:
    """Name a topic; an empty name gives it its proposed label back.

    Args:
        workspace: The workspace.
        which: Its id (`topic-03` or `3`), or the name it has.
        name: One line of at most 80 characters that no other topic has.

    Raises:
        TrackerError: No such topic, no topics at all, or a name that cannot be used.
    """
    model, _ = current_model(workspace)
    marks = read_marks(workspace)
    topic = find(workspace, model, marks, which)
    wanted = " ".join(name.split())
    again = shlex.join(["tracker", "topics", "name", topic.id, (wanted or topic.label)[:LONGEST].rstrip()])
    if len(wanted) > LONGEST or not (wanted.isprintable()):
        raise TrackerError(f"a name is one line of at most {LONGEST} characters, not {len(wanted)}", hint=again)
    taken = {mark.name.casefold(): other for other, mark in marks.items() if mark.name and other != topic.id and any(t.id == other for t in model.topics)}
    if (other := taken.get(wanted.casefold())) is not None and wanted:
        raise TrackerError(f"`{wanted}` is the name of {other} already", hint=shlex.join(["tracker", "topics", "name", topic.id, f"{wanted} 2"]))
    marks[topic.id] = replace(marks.get(topic.id, Mark()), name=wanted, words=top_words(model, topic.id) if wanted else ())
    _write(workspace, marks)
    return _marked(topic, marks[topic.id])


def hide(workspace: Workspace, which: Sequence[str], *, hidden: bool = True) -> tuple[Marked, ...]:
    """Hide topics from lists and reports, or show them again.

    Args:
        workspace: The workspace.
        which: Ids or names; nothing is changed when one of them is unknown.
        hidden: False to show them again.

    Raises:
        TrackerError: No such topic, or no topics at all.
    """
    model, _ = current_model(workspace)
    marks = read_marks(workspace)
    chosen = [find(workspace, model, marks, one, command="hide" if hidden else "unhide") for one in which]
    for topic in chosen:
        marks[topic.id] = replace(marks.get(topic.id, Mark()), hidden=hidden)
    _write(workspace, marks)
    return tuple(_marked(topic, marks[topic.id]) for topic in chosen)


def user_names(marks: Mapping[str, Mark]) -> dict[str, str]:
    """The names the user gave, by topic id."""
    return {topic: mark.name for topic, mark in marks.items() if mark.name}


def find(workspace: Workspace, model: TopicModel, marks: Mapping[str, Mark], which: str, *, command: str = "show") -> Topic:
    """The topic that is meant by an id, its number or its name.

    Raises:
        TrackerError: There is none, or it is gone; with what became of it.
    """
    asked = which.strip()
    number = re.fullmatch(r"(?:topic[- ]?)?0*(\d+)", asked.casefold())
    wanted = f"topic-{int(number[1]):02d}" if number else asked
    by_id = {topic.id: topic for topic in model.topics}
    called = {mark.name.casefold(): by_id[topic] for topic, mark in marks.items() if mark.name and topic in by_id}
    if wanted in by_id or asked.casefold() in called:
        return by_id[wanted] if wanted in by_id else called[asked.casefold()]
    for fit in reversed(read_history(workspace)):
        for change in fit.changes:
            if change.topic == wanted and change.became in ("merged", "retired"):
                into = f"merged into {change.related}" if change.related else "retired"
                raise TrackerError(f"`{wanted}` ({change.label}) was {into} in fit {fit.number}", hint="tracker topics history")
    near = [] if number else get_close_matches(asked.casefold(), [*by_id, *called], n=1)
    told = f"topics: {', '.join(sorted(by_id))}"
    hint = shlex.join(["tracker", "topics", command, near[0]]) if near else "tracker topics --all"
    raise TrackerError(f"no topic `{which}`", looked_at=(told,), hint=hint)


def top_words(model: TopicModel, topic: str) -> tuple[str, ...]:
    """The ten most probable words of a topic: what its id stands for."""
    from tracker.models.quality import leading

    row = next(row for row, held in zip(model.topic_term, model.topics, strict=True) if held.id == topic)
    return tuple(model.terms[i] for i in leading(row))


def drifted(mark: Mark | None, words: Sequence[str]) -> str:
    """What is left of the words a topic had when it was named, in a sentence; "" when 3 or more of ten are.

    Example:
        >>> drifted(Mark("Floods", words=("flood", "dike", "storm", "river")), ("orchard", "flood"))
        '1 of the 4 words at its top when it was named "Floods" is left'
    """
    if mark is None or not mark.name or not mark.words:
        return ""
    left = len(set(mark.words) & set(words))
    if left >= FEW_LEFT * len(mark.words):
        return ""
    return f'{left} of the {len(mark.words)} words at its top when it was named "{mark.name}" {"is" if left == 1 else "are"} left'


def _marked(topic: Topic, mark: Mark) -> Marked:
    return Marked(topic.id, mark.name, mark.name or topic.label, mark.hidden)


def _write(workspace: Workspace, marks: Mapping[str, Mark]) -> None:
    kept = {topic: asdict(mark) for topic, mark in sorted(marks.items()) if mark.name or mark.hidden}
    write_whole(workspace.models_path / NAMES, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
