"""Every setting that can change a number, read from `tracker.toml` and the environment, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import tomllib
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tracker.errors import RecipeError

STRICT = ConfigDict(extra="forbid", frozen=True)
Share = Annotated[float, Field(gt=0, lt=1)]


_UNITS = {"MB": 10**6, "GB": 10**9}


class MeasureRecipe(BaseModel):
    """How prevalence and shift are measured (design: methods (b))."""

    model_config = STRICT
    level: Annotated[float, Field(ge=0.5, le=0.999)] = 0.95
    scope: Literal["by-kind", "speaker", "all"] = "by-kind"
    institutions: bool = False
    min_log2_ratio: Annotated[float, Field(ge=0)] = 0.3
    min_points: Annotated[float, Field(ge=0)] = 0.5
    same_ratio: Annotated[float, Field(gt=1)] = 1.5
    min_expected_hits: Annotated[float, Field(ge=1)] = 5.0


class WordsRecipe(BaseModel):
    """How words are counted and ranked (design: methods (a))."""

    model_config = STRICT
    prior_tokens: Annotated[float, Field(gt=0)] = 500.0
    leave_out: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    language: Annotated[str, Field(pattern="^([a-z]{2,3})?$", description='a language code like "en"')] = ""


class TopicsRecipe(BaseModel):
    """How topics are fitted."""

    model_config = STRICT
    engine: Literal["lda", "nmf", "gensim", "sklearn"] = "lda"
    topics: Annotated[int, Field(ge=2, le=500)] | Literal["auto"] | None = None
    guided: bool = False
    passage_tokens: Annotated[int, Field(ge=10, le=1000)] = 60
    refits: Annotated[int, Field(ge=2, le=50)] = 6
    passes: Annotated[int, Field(ge=1, le=1000)] = 10
    random_state: Annotated[int, Field(ge=0, le=2**32 - 1)] = 1


class DatesRecipe(BaseModel):
    """How dates are read."""

    model_config = STRICT
    order: Literal["dmy", "mdy"] | None = None


class SpeakerRecipe(BaseModel):
    """What a speaker is called in the texts of others."""

    model_config = STRICT
    surname: str = ""
    titles: tuple[str, ...] = ()
    nationality: str = ""
    pronoun: Literal["", "he", "she", "they"] = ""


class Recipe(BaseModel):
    """Everything that can change a number; frozen. The same recipe and corpus give the same bytes.

    `memory` alone changes none and is no part of what is told of a recipe: what a command may take, about; sentences and words of speeches a tenth of it.
    """

    model_config = STRICT
    memory: Annotated[str, Field(pattern=r"^([1-9]\d* ?[MG]B)?$", description='a size like "2 GB"', exclude=True)] = ""
    measure: MeasureRecipe = MeasureRecipe()
    words: WordsRecipe = WordsRecipe()
    topics: TopicsRecipe = TopicsRecipe()
    dates: DatesRecipe = DatesRecipe()
    speakers: dict[str, SpeakerRecipe] = {}

    @property
    def memory_bytes(self) -> int | None:
        """`memory` in bytes; None where it is not set."""
        number, unit = self.memory[:-2], self.memory[-2:]
        return int(number) * _UNITS[unit] if self.memory else None

    @cached_property
    def speaker_settings(self) -> str:
        """`speakers` in one line: what decides, besides the texts, whose words are whose."""
        return json.dumps({name: held.model_dump() for name, held in self.speakers.items()}, sort_keys=True)

    @property
    def id(self) -> str:
        """Fingerprint: 12 hex digits over all settings, defaults included."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def asks_for(self, table: str, setting: str) -> bool:
        """Whether somebody set this: in `tracker.toml`, in the environment or by a flag; a default is nobody's wish."""
        return table in self.model_fields_set and setting in getattr(self, table).model_fields_set

    def with_settings(self, **changes: Any) -> Recipe:
        """Return a copy with settings changed by dotted-by-underscore name, e.g. `measure__level=0.9`; validated.

        Raises:
            RecipeError: A value is outside its range.
        """
        return _changed(self, changes, lambda _, setting: f"--{setting}", lambda table, setting: f"--{setting} {_example(table, setting)}")


def read_recipe(path: Path | None, environ: dict[str, str] | None = None) -> Recipe:
    """Read `tracker.toml`, then `TRACKER_<TABLE>_<SETTING>` from the environment over it.

    Args:
        path: The file; a missing file or None means all defaults.
        environ: The environment; `os.environ` when None.

    Raises:
        RecipeError: The file is not TOML, has an unknown setting, or a value is outside its range.
    """
    settings: dict[str, Any] = {}
    if path is not None and path.exists():
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RecipeError(f"`{path.name}` is not valid TOML: {error}", hint=f"edit {path}") from error
        except RecursionError as error:
            raise RecipeError(f"`{path.name}` is nested too deeply", hint=f"edit {path}") from error
        except OSError as error:
            raise RecipeError(f"cannot read `{path}`: {error.strerror}", hint=f"chmod u+r {shlex.quote(str(path))}") from error
    try:
        recipe = Recipe.model_validate(settings)
    except ValidationError as error:
        problems = _problems(error, ".".join)
        count = f"{len(problems)} unusable setting{'s' if len(problems) > 1 else ''}"
        raise RecipeError(f"{count} in `{path.name if path else 'tracker.toml'}`", looked_at=problems, hint=f"edit {path or 'tracker.toml'}") from error
    changes = _from_environment(os.environ if environ is None else environ)
    return _changed(recipe, changes, _variable, lambda table, setting: f"unset {_variable(table, setting)}")


def _changed(recipe: Recipe, changes: Mapping[str, Any], told: Callable[[str, str], str], helps: Callable[[str, str], str]) -> Recipe:
    """Lay changes over a recipe; `told` names a setting as the user wrote it, `helps` is the hint for it."""
    if not changes:
        return recipe
    merged = {"memory": recipe.memory, **recipe.model_dump(exclude_unset=True)}  # so that a recipe still knows which settings somebody asked for
    for name, value in changes.items():
        table, _, setting = name.partition("__")
        merged.setdefault(table, {})[setting] = value
    try:
        return Recipe.model_validate(merged)
    except ValidationError as error:
        problems = _problems(error, lambda place: told(place[0], place[1]))
        table, setting = (str(part) for part in error.errors()[0]["loc"][:2])
        raise RecipeError(problems[0], looked_at=problems[1:], hint=helps(table, setting)) from error


_BETWEEN = {"leave_out": ",", "keep": ",", "boilerplate": "\n"}  # what separates the parts of a list in the environment


def _variable(table: str, setting: str) -> str:
    return f"TRACKER_{table}_{setting}".upper()


def _from_environment(environ: Any) -> dict[str, Any]:
    """Collect `TRACKER_MEASURE_LEVEL=0.9`-like variables as with_settings names; other TRACKER_ names are left alone."""
    changes: dict[str, Any] = {}
    for table, model in (("measure", MeasureRecipe), ("words", WordsRecipe), ("topics", TopicsRecipe), ("dates", DatesRecipe)):
        for setting in model.model_fields:
            value = environ.get(_variable(table, setting))
            if value:
                changes[f"{table}__{setting}"] = tuple(value.split(_BETWEEN[setting])) if setting in _BETWEEN else value
    return changes


def _problems(error: ValidationError, told: Callable[[Sequence[str]], str]) -> tuple[str, ...]:
    """What is wrong, a line a setting: its name, what it must be, and what it was."""
    lines = []
    for found in error.errors():
        place = [str(part) for part in found["loc"] if part != "[key]"]
        known = _known(place[:-1])
        if found["type"] == "extra_forbidden":
            near = get_close_matches(place[-1], known, n=1)
            meant = f", did you mean `{near[0]}`?" if near else f"; there {'is' if len(known) == 1 else 'are'} {', '.join(known)}"
            lines.append(f"`{'.'.join(place)}`: no such setting{meant}")
        else:
            lines.append(f"`{told(place[:2] if place[0] != 'speakers' else place)}`: must be {_allowed(place)}, not `{found['input']}`")
    return tuple(dict.fromkeys(lines))


def _schema(place: Sequence[str]) -> dict[str, Any]:
    """The JSON schema of a table or a setting of the recipe."""
    whole = Recipe.model_json_schema()
    held: dict[str, Any] = whole
    for part in place:
        held = held["properties"].get(part) if "properties" in held else held.get("additionalProperties") or {}
        held = held or {}
        if "$ref" in held:
            held = whole["$defs"][held["$ref"].rpartition("/")[2]]
    return held


def _known(place: Sequence[str]) -> list[str]:
    return list(_schema(place).get("properties", {}))


def _allowed(place: Sequence[str]) -> str:
    """What a setting may be, in words."""
    schema = _schema(place[:3] if place[0] == "speakers" else place[:2])
    choices = [s for s in schema.get("anyOf", (schema,)) if s.get("type") != "null"]
    return " or ".join(_one_of(choice, place) for choice in choices)


def _one_of(schema: dict[str, Any], place: Sequence[str]) -> str:
    """What one of the alternatives may be, in words."""
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return " or ".join(f'"{value}"' for value in schema["enum"])
    least, most = (schema.get(key) for key in ("minimum", "maximum"))
    span = f" from {least:g} to {most:g}" if least is not None and most is not None else f" of {least:g} or more" if least is not None else ""
    span = f" above {schema['exclusiveMinimum']:g}" if "exclusiveMinimum" in schema else span
    if "pattern" in schema:
        return str(schema["description"])
    words = {"number": "a number", "integer": "a whole number", "boolean": "true or false", "string": "text in quotes", "array": 'a list like ["word"]'}
    return words.get(schema.get("type", ""), f"a table [{'.'.join(place)}]") + span


def _example(table: str, setting: str) -> str:
    """A value that works: the default, else the first or the least that is allowed."""
    schema = _schema((table, setting))
    inner = next((s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema)
    return str(next(value for value in (schema.get("default"), *inner.get("enum", ())[:1], inner.get("minimum")) if value is not None))
