"""Every setting that can change a number, read from `tracker.toml` and the environment, and its fingerprint.

Where nothing is set nothing has to be read, and pydantic, which takes longer to load than a list takes to print, is left alone (`tracker.settings`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from tracker.errors import RecipeError

_UNITS = {"MB": 10**6, "GB": 10**9}


class Limits:
    """What a setting may be, besides its type: `ge`, `gt`, `le`, `lt`, `pattern` and `description` as pydantic's `Field` takes them."""

    def __init__(self, **said: Any) -> None:
        self.said = said


class Unusable(ValueError):  # noqa: N818 - what the settings are
    """Settings that are unknown or outside their range.

    Args:
        errors: As pydantic tells them.
    """

    def __init__(self, errors: Sequence[Any]) -> None:
        super().__init__(f"{len(errors)} unusable settings")
        self.errors = errors

    @property
    def first(self) -> tuple[str, str]:
        """Table and name of the first of them."""
        table, setting = (str(part) for part in self.errors[0]["loc"][:2])
        return table, setting

    def problems(self, told: Callable[[Sequence[str]], str]) -> tuple[str, ...]:
        """What is wrong, a line a setting; `told` names a setting as the user wrote it."""
        from tracker.settings import problems_of

        return problems_of(self.errors, told)


@dataclass(frozen=True, kw_only=True)
class MeasureRecipe:
    """How prevalence and shift are measured (design: methods (b))."""

    level: Annotated[float, Limits(ge=0.5, le=0.999)] = 0.95
    scope: Literal["by-kind", "speaker", "all"] = "by-kind"
    institutions: bool = False
    min_log2_ratio: Annotated[float, Limits(ge=0)] = 0.3
    min_points: Annotated[float, Limits(ge=0)] = 0.5
    same_ratio: Annotated[float, Limits(gt=1)] = 1.5
    min_expected_hits: Annotated[float, Limits(ge=1)] = 5.0


@dataclass(frozen=True, kw_only=True)
class WordsRecipe:
    """How words are counted and ranked (design: methods (a))."""

    prior_tokens: Annotated[float, Limits(gt=0)] = 500.0
    leave_out: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    language: Annotated[str, Limits(pattern="^([a-z]{2,3})?$", description='a language code like "en"')] = ""


@dataclass(frozen=True, kw_only=True)
class TopicsRecipe:
    """How topics are fitted."""

    engine: Literal["lda", "nmf", "gensim", "sklearn"] = "lda"
    topics: Annotated[int, Limits(ge=2, le=500)] | Literal["auto"] | None = None
    guided: bool = False
    passage_tokens: Annotated[int, Limits(ge=10, le=1000)] = 60
    refits: Annotated[int, Limits(ge=2, le=50)] = 6
    passes: Annotated[int, Limits(ge=1, le=1000)] = 10
    random_state: Annotated[int, Limits(ge=0, le=2**32 - 1)] = 1


@dataclass(frozen=True, kw_only=True)
class DatesRecipe:
    """How dates are read."""

    order: Literal["dmy", "mdy"] | None = None


@dataclass(frozen=True, kw_only=True)
class SpeakerRecipe:
    """What a speaker is called in the texts of others."""

    surname: str = ""
    titles: tuple[str, ...] = ()
    nationality: str = ""
    pronoun: Literal["", "he", "she", "they"] = ""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything that can change a number; frozen. The same recipe and corpus give the same bytes.

    Args:
        memory: Changes no number and is no part of what is told of a recipe: what a command may take, about; sentences and words of speeches a tenth of it.
        measure: The table `[measure]`, and so on.
        asked: Table and name of the settings that somebody wrote down, be it as they are by default.
    """

    memory: Annotated[str, Limits(pattern=r"^([1-9]\d* ?[MG]B)?$", description='a size like "2 GB"')] = ""
    measure: MeasureRecipe = MeasureRecipe()
    words: WordsRecipe = WordsRecipe()
    topics: TopicsRecipe = TopicsRecipe()
    dates: DatesRecipe = DatesRecipe()
    speakers: Mapping[str, SpeakerRecipe] = field(default_factory=dict)
    asked: frozenset[tuple[str, str]] = field(default=frozenset(), compare=False, repr=False)

    @staticmethod
    def of(settings: Mapping[str, Any]) -> Recipe:
        """Return the recipe of settings by table, as `told` gives them; those left out are as by default.

        Raises:
            Unusable: One of them is unknown, or a value is outside its range.
        """
        if all(name in TABLES and held == {} for name, held in settings.items()):
            return Recipe()
        from tracker.settings import validated

        return validated(settings)

    @property
    def memory_bytes(self) -> int | None:
        """`memory` in bytes; None where it is not set."""
        number, unit = self.memory[:-2], self.memory[-2:]
        return int(number) * _UNITS[unit] if self.memory else None

    @cached_property
    def speaker_settings(self) -> str:
        """`speakers` in one line: what decides, besides the texts, whose words are whose."""
        return json.dumps({name: asdict(held) for name, held in self.speakers.items()}, sort_keys=True)

    @property
    def told(self) -> dict[str, dict[str, Any]]:
        """All settings by table, as json writes them; `memory`, which changes no number, is left out."""
        whole = asdict(self)
        return {name: _plain(whole[name]) for name in TABLES}

    @property
    def id(self) -> str:
        """Fingerprint: 12 hex digits over all settings, defaults included."""
        canonical = json.dumps(self.told, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def asks_for(self, table: str, setting: str) -> bool:
        """Whether somebody set this: in `tracker.toml`, in the environment or by a flag; a default is nobody's wish."""
        return (table, setting) in self.asked or getattr(getattr(self, table), setting) != getattr(getattr(_DEFAULT, table), setting)

    def with_settings(self, **changes: Any) -> Recipe:
        """Return a copy with settings changed by dotted-by-underscore name, e.g. `measure__level=0.9`; validated.

        Raises:
            RecipeError: A value is outside its range.
        """
        return _changed(self, changes, lambda _, setting: f"--{setting}", _option)


def _option(table: str, setting: str) -> str:
    from tracker.settings import example

    return f"--{setting} {example(table, setting)}"


SETTINGS = ("measure", "words", "topics", "dates")
TABLES = (*SETTINGS, "speakers")
_DEFAULT = Recipe()


def _plain(value: Any) -> Any:
    """Tuples as lists, at any depth."""
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    return list(value) if isinstance(value, tuple) else value


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
        recipe = Recipe.of(settings)
    except Unusable as error:
        problems = error.problems(".".join)
        count = f"{len(problems)} unusable setting{'s' if len(problems) > 1 else ''}"
        raise RecipeError(f"{count} in `{path.name if path else 'tracker.toml'}`", looked_at=problems, hint=f"edit {path or 'tracker.toml'}") from error
    changes = _from_environment(os.environ if environ is None else environ)
    return _changed(recipe, changes, _variable, lambda table, setting: f"unset {_variable(table, setting)}")


def _changed(recipe: Recipe, changes: Mapping[str, Any], told: Callable[[str, str], str], helps: Callable[[str, str], str]) -> Recipe:
    """Lay changes over a recipe; `told` names a setting as the user wrote it, `helps` is the hint for it."""
    if not changes:
        return recipe
    from tracker.settings import validated

    whole = asdict(recipe)
    merged: dict[str, Any] = {"memory": recipe.memory, "speakers": whole["speakers"]}
    for table in SETTINGS:  # only what somebody asked for, so that the new recipe still knows it
        merged[table] = {name: value for name, value in whole[table].items() if recipe.asks_for(table, name)}
    for name, value in changes.items():
        table, _, setting = name.partition("__")
        merged.setdefault(table, {})[setting] = value
    try:
        return validated(merged)
    except Unusable as error:
        problems = error.problems(lambda place: told(place[0], place[1]))
        raise RecipeError(problems[0], looked_at=problems[1:], hint=helps(*error.first)) from error


_BETWEEN = {"leave_out": ",", "keep": ",", "boilerplate": "\n"}  # what separates the parts of a list in the environment


def _variable(table: str, setting: str) -> str:
    return f"TRACKER_{table}_{setting}".upper()


def _from_environment(environ: Any) -> dict[str, Any]:
    """Collect `TRACKER_MEASURE_LEVEL=0.9`-like variables as with_settings names; other TRACKER_ names are left alone."""
    changes: dict[str, Any] = {}
    for table in SETTINGS:
        for setting in (one.name for one in fields(getattr(_DEFAULT, table))):
            value = environ.get(_variable(table, setting))
            if value:
                changes[f"{table}__{setting}"] = tuple(value.split(_BETWEEN[setting])) if setting in _BETWEEN else value
    return changes
