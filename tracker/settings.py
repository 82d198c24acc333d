"""Settings as they are written down, checked: pydantic models made of the recipe's own fields, types and limits, and what to say of a value that is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from tracker.recipe import SETTINGS, Limits, Recipe, SpeakerRecipe, Unusable


def validated(settings: Mapping[str, Any]) -> Recipe:
    """Return the recipe of settings by table; those left out are as by default.

    Raises:
        Unusable: One of them is unknown, or a value is outside its range.
    """
    try:
        held: Any = _model(Recipe).model_validate(dict(settings))
    except ValidationError as error:
        raise Unusable(error.errors()) from error
    kinds = get_type_hints(Recipe)
    return Recipe(
        memory=held.memory,
        **{name: kinds[name](**dict(getattr(held, name))) for name in SETTINGS},
        speakers={name: SpeakerRecipe(**dict(one)) for name, one in held.speakers.items()},
        asked=frozenset((name, setting) for name in SETTINGS for setting in getattr(held, name).model_fields_set),
    )


@cache
def _model(kind: type) -> type[BaseModel]:
    """The pydantic model of a dataclass of the recipe."""
    hints = get_type_hints(kind, include_extras=True)
    made: dict[str, Any] = {}
    for one in fields(kind):
        if one.name != "asked":
            default: Any = {} if one.default is MISSING or is_dataclass(one.default) else one.default
            made[one.name] = (_type(hints[one.name]), Field(default, validate_default=default == {}))
    return create_model(kind.__name__, __config__=ConfigDict(extra="forbid", frozen=True), **made)


def _type(hint: Any) -> Any:
    """A type of the recipe as pydantic reads it: limits as fields, dataclasses as models."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Annotated[inside[0], *(Field(**limits.said) for limits in inside[1:] if isinstance(limits, Limits))]
    if origin in (Union, UnionType):
        return Union[tuple(map(_type, inside))]  # noqa: UP007 - of parts that are known only now
    if isinstance(origin, type) and issubclass(origin, Mapping):
        table: Any = dict
        return table[inside[0], _type(inside[1])]
    return _model(hint) if is_dataclass(hint) and isinstance(hint, type) else hint


def problems_of(errors: Sequence[Any], told: Callable[[Sequence[str]], str]) -> tuple[str, ...]:
    """What is wrong, a line a setting: its name, what it must be, and what it was."""
    lines = []
    for found in errors:
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
    whole = _model(Recipe).model_json_schema()
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


def example(table: str, setting: str) -> str:
    """A value that works: the default, else the first or the least that is allowed."""
    schema = _schema((table, setting))
    inner = next((s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema)
    return str(next(value for value in (schema.get("default"), *inner.get("enum", ())[:1], inner.get("minimum")) if value is not None))
