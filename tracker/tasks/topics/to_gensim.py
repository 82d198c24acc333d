"""The current topics as gensim's own files: `tracker export --model gensim`."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import TrackerError
from tracker.tasks.topics.current import current_model
from tracker.tasks.topics.marks import read_marks
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

MODELS = ("gensim",)
LDA, DICTIONARY, NAMES = "lda.model", "dictionary", "topics.json"


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """What was written: the folder, the model it holds, how many topics and terms, and the names of the files."""

    path: str
    format: str
    model: str
    topics: int
    terms: int
    files: tuple[str, ...]


def export_model(workspace: Workspace, output: Path | None = None, *, to: str = "gensim") -> ExportedModel:
    """Write the current topics as gensim's `LdaModel` and `Dictionary`, for gensim alone to read.

    `LdaModel.load("FOLDER/lda.model")` and `Dictionary.load("FOLDER/dictionary")` need no class of ours; `topics.json` says which id, label and name each of
    gensim's numbers has.

    Args:
        workspace: Whose topics.
        output: The folder to make; `topics-MODEL` in the current one when None.
        to: `gensim`.

    Raises:
        TrackerError: No topics were fitted, they are factors of NMF, gensim is not installed, or the folder exists or cannot be written.
    """
    from tracker.models.gensim_bridge import as_gensim, installed

    if to not in MODELS:
        raise TrackerError(f"no model format `{to}`", looked_at=("formats: " + ", ".join(MODELS),), hint="--model gensim")
    model, _ = current_model(workspace)
    if model.engine == "nmf":
        why = "its topics are factors of TF-IDF, without the probabilities and the prior that an LDA model is made of"
        raise TrackerError("a model of the engine `nmf` cannot be exported to gensim", looked_at=(why,), hint="tracker fit --engine lda")
    if not installed():
        why = "gensim has no release for Python 3.14 yet; with Python 3.11 to 3.13 it comes with tracker"
        raise TrackerError("gensim is not installed, which alone can write its files", looked_at=(why,), hint="pip install gensim")
    folder = output or Path(f"topics-{model.id}")
    marks = read_marks(workspace)
    names = [{"topic": k, "id": t.id, "label": t.label, "name": marks[t.id].name if t.id in marks else ""} for k, t in enumerate(model.topics)]
    theirs = as_gensim(model)
    writers: dict[str, Callable[[Path], object]] = {
        LDA: lambda path: theirs.save(str(path)),
        DICTIONARY: lambda path: theirs.id2word.save(str(path)),
        NAMES: lambda path: path.write_text(json.dumps(names, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"),
    }
    with _made_whole(folder) as fresh:
        for name, write in writers.items():
            write(fresh / name)
    files = tuple(sorted(path.name for path in folder.iterdir()))
    return ExportedModel(str(folder), to, model.id, len(model.topics), len(model.terms), files)


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A folder to fill that is put in its place when it is complete; nothing that exists is overwritten."""
    if folder.exists():
        free = next(name for n in range(2, 10_000) if not (name := folder.with_name(f"{folder.name}-{n}")).exists())
        raise TrackerError(f"`{folder}` exists already", hint=shlex.join(["tracker", "export", "--model", "gensim", "--output", str(free)]))
    fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    try:
        fresh.mkdir(parents=True)
        yield fresh
        fresh.rename(folder)
    except OSError as error:
        raise TrackerError(f"cannot write `{folder}`: {error.strerror or error}", hint=shlex.join(["ls", "-ld", str(folder.parent)])) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
