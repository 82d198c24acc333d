"""Every setting that can change a number, read from `tracker.toml` and the environment, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tracker.errors import RecipeError

STRICT = ConfigDict(extra="forbid", frozen=True)
Share = Annotated[float, Field(gt=0, lt=1)]


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


class TopicsRecipe(BaseModel):
    """How topics are fitted."""

    model_config = STRICT
    engine: Literal["gensim", "nmf"] | None = None
    topics: Annotated[int, Field(ge=2, le=500)] | None = None
    passage_tokens: Annotated[int, Field(ge=10, le=1000)] = 60
    refits: Annotated[int, Field(ge=2, le=50)] = 5
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
    """Everything that can change a number; frozen. The same recipe and corpus give the same bytes."""

    model_config = STRICT
    measure: MeasureRecipe = MeasureRecipe()
    words: WordsRecipe = WordsRecipe()
    topics: TopicsRecipe = TopicsRecipe()
    dates: DatesRecipe = DatesRecipe()
    speakers: dict[str, SpeakerRecipe] = {}

    @property
    def id(self) -> str:
        """Fingerprint: 12 hex digits over all settings, defaults included."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def with_settings(self, **changes: Any) -> Recipe:
        """Return a copy with settings changed by dotted-by-underscore name, e.g. `measure__level=0.9`; validated.

        Raises:
            RecipeError: A value is outside its range.
        """
        merged = self.model_dump()
        for name, value in changes.items():
            table, _, setting = name.partition("__")
            merged[table][setting] = value
        return _validated(merged, "the command line")


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
    where = path.name if path is not None else "tracker.toml"
    recipe = _validated(settings, where)
    changes = _from_environment(os.environ if environ is None else environ)
    return recipe.with_settings(**changes) if changes else recipe


def _from_environment(environ: Any) -> dict[str, Any]:
    """Collect `TRACKER_MEASURE_LEVEL=0.9`-like variables as with_settings names; other TRACKER_ names are left alone."""
    changes: dict[str, Any] = {}
    for table, model in (("measure", MeasureRecipe), ("words", WordsRecipe), ("topics", TopicsRecipe), ("dates", DatesRecipe)):
        for setting in model.model_fields:
            value = environ.get(f"TRACKER_{table}_{setting}".upper())
            if value:
                changes[f"{table}__{setting}"] = tuple(value.split(",")) if setting in ("leave_out", "keep") else value
    return changes


def _validated(settings: dict[str, Any], where: str) -> Recipe:
    try:
        return Recipe.model_validate(settings)
    except ValidationError as error:
        problems = tuple(f"{'.'.join(map(str, e['loc']))}: {e['msg']}, not `{e['input']}`" for e in error.errors())
        known = ", ".join(f"{t}.{s}" for t, m in Recipe.model_fields.items() if t != "speakers" for s in type(m.default).model_fields)
        raise RecipeError(
            f"{len(problems)} unusable setting{'s' if len(problems) > 1 else ''} in {where}",
            looked_at=(*problems, f"settings: {known}, speakers.NAME.surname|titles|nationality|pronoun"),
            hint="edit tracker.toml; `tracker init` in an empty folder writes one with every setting explained",
        ) from error
