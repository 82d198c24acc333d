"""A topic model on disk: one folder with `model.json` and `arrays.npz`, never pickle."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from tracker.errors import TrackerError
from tracker.models.base import Topic, TopicModel

FORMAT = 1
_SCHEMA = "tracker/topic-model"
_REFIT = "tracker fit"


def save(model: TopicModel, folder: Path) -> None:
    """Write the model as a folder; the same model gives the same bytes.

    Written under a temporary name beside it and renamed, so that a reader never sees half a model; a folder of that name is replaced.

    Args:
        model: The model.
        folder: The new folder, by custom `models/<id>`; its parents are made.

    Raises:
        TrackerError: The folder cannot be written.
    """
    arrays = {"topic_term": model.topic_term, "unit_topic": model.unit_topic, **{f"state.{name}": array for name, array in model.state.items()}}
    packed = BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    told = {
        "schema": _SCHEMA, "format": FORMAT, "id": model.id, "engine": model.engine, "arrays_sha256": hashlib.sha256(packed.getvalue()).hexdigest(),
        "topics": [{"id": t.id, "label": t.label, "words": list(t.words), "stability": t.stability} for t in model.topics],
        "quality": dict(model.quality), "settings": dict(model.settings), "unit_ids": list(model.unit_ids), "terms": list(model.terms),
    }  # fmt: skip
    fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        (fresh / "arrays.npz").write_bytes(packed.getvalue())
        (fresh / "model.json").write_text(json.dumps(told, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1) + "\n", encoding="utf-8")
        _put_in_place(fresh, folder)
    except OSError as error:
        raise TrackerError(f"cannot write the topic model to `{folder}`: {error.strerror or error}", hint=_REFIT) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def load(folder: Path, *, units: bool = True) -> TopicModel:
    """Read a model back.

    Args:
        folder: As given to `save`.
        units: Whether the shares of the units it was fitted on are wanted; of a large corpus they are by far the largest part.

    Returns:
        The model, equal to the saved one in every field; without `units`, `unit_topic` has no row.

    Raises:
        TrackerError: The folder is missing, damaged, or from a newer version.
    """
    try:
        told = _told(folder)
        return _model(told, folder / "arrays.npz", units=units)
    except FileNotFoundError as error:
        raise TrackerError(f"no topic model in `{folder}`", looked_at=(f"missing: {Path(error.filename).name}",), hint=_REFIT) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, BadZipFile) as error:
        raise TrackerError(f"the topic model in `{folder}` is damaged", looked_at=(str(error),), hint=_REFIT) from error


def _told(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    if told["schema"] != _SCHEMA:
        raise ValueError(f"its schema is `{told['schema']}`, not `{_SCHEMA}`")
    if told["format"] > FORMAT:
        raise TrackerError(f"the topic model in `{folder}` is from a newer version (format {told['format']}; this one reads {FORMAT})", hint=_REFIT)
    return told


def _model(told: dict[str, Any], packed: Path, *, units: bool) -> TopicModel:
    with packed.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != told["arrays_sha256"]:
            raise ValueError("arrays.npz is not the file that was written")
    with np.load(packed, allow_pickle=False) as arrays:
        state = {name.removeprefix("state."): arrays[name] for name in arrays.files if name.startswith("state.")}
        topic_term, unit_topic = arrays["topic_term"], arrays["unit_topic"] if units else np.zeros((0, len(told["topics"])))
    for array in (topic_term, unit_topic, *state.values()):
        array.setflags(write=False)  # nobody else has it, so that the model need not copy it
    topics = tuple(Topic(t["id"], t["label"], tuple(t["words"]), t["stability"]) for t in told["topics"])
    unit_ids, terms = tuple(told["unit_ids"]), tuple(told["terms"])
    if topic_term.shape != (len(topics), len(terms)) or unit_topic.shape != (len(unit_ids) if units else 0, len(topics)):
        raise ValueError("model.json and arrays.npz do not belong together")
    model = TopicModel(topics, topic_term, unit_topic, unit_ids, terms, told["engine"], told["quality"], told["settings"], state)
    if model.id != told["id"]:
        raise ValueError(f"its id is `{model.id}`, not `{told['id']}`")
    return model


def _put_in_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
