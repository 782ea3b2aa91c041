"""From pydantic's ValidationError to a refusal that says which field is wrong, why, and what the limits are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from backend.errors import Refusal
from shared import limits
from shared.problems import ProblemCode

MAX_TOLD_ERRORS = 10
MAX_FIELD_CHARS = 120
_OUT_OF_RANGE = frozenset({"greater_than", "greater_than_equal", "less_than", "less_than_equal"})
_LIMIT_NAMES = {
    "ge": "minimum",
    "gt": "above",
    "le": "maximum",
    "lt": "below",
    "min_length": "minimum",
    "max_length": "maximum",
}

_Model = TypeVar("_Model", bound=BaseModel)


def parse_json(model: type[_Model], raw: bytes) -> _Model:
    """``raw`` as ``model``, strictly: a ``"2"`` is no number and a ``0`` is no ``false``.

    Raises:
        Refusal: malformed_json, or invalid_request (quantity_out_of_range, count_out_of_range) with ``params.field``.
    """
    try:
        made = model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise _refusal(error) from error
    if b"\\u0000" in raw:
        _refuse_nul(made)
    return made


def parse_query(model: type[_Model], values: Mapping[str, Sequence[str]]) -> _Model:
    """The query string as ``model``; a name that stands twice is refused."""
    for name, found in values.items():
        if len(found) > 1 or "\0" in found[0]:
            reason = "repeated" if len(found) > 1 else "nul_character"
            raise Refusal(ProblemCode.INVALID_REQUEST, field=name[:MAX_FIELD_CHARS], reason=reason)
    try:
        return model.model_validate({name: found[0] for name, found in values.items()})
    except ValidationError as error:
        raise _refusal(error) from error


def _refusal(error: ValidationError) -> Refusal:
    # include_input=False: what was sent may be somebody's words and stays out of answers and logs.
    errors = error.errors(include_url=False, include_input=False)
    first = errors[0]
    if first["type"] == "json_invalid":
        return Refusal(ProblemCode.MALFORMED_JSON, first["msg"], reason="json_invalid")
    code, params = _explain(first)
    if len(errors) > 1:
        told: list[JsonValue] = [{"field": _field(e["loc"]), "reason": e["type"]} for e in errors[:MAX_TOLD_ERRORS]]
        params["errors"] = told
    return Refusal(code, first["msg"], **params)


def _explain(error: ErrorDetails) -> tuple[ProblemCode, dict[str, JsonValue]]:
    location, reason = error["loc"], error["type"]
    params: dict[str, JsonValue] = {"field": _field(location), "reason": reason}
    for name, value in error.get("ctx", {}).items():
        if name in _LIMIT_NAMES and isinstance(value, int | float):
            params[_LIMIT_NAMES[name]] = value
    if reason in _OUT_OF_RANGE and location[-1] == "quantity":
        params |= {"minimum": limits.MIN_QUANTITY, "maximum": limits.MAX_QUANTITY}
        return ProblemCode.QUANTITY_OUT_OF_RANGE, params
    if reason in _OUT_OF_RANGE and location[-1] == "tiers":
        return ProblemCode.COUNT_OUT_OF_RANGE, params | {"minimum": 1, "maximum": limits.MAX_TIERS}
    if reason in _OUT_OF_RANGE and "customization" in location:
        return ProblemCode.COUNT_OUT_OF_RANGE, params | {"minimum": 0, "maximum": limits.MAX_INGREDIENT_COUNT}
    return ProblemCode.INVALID_REQUEST, params


def _field(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location)[:MAX_FIELD_CHARS]


def _refuse_nul(model: BaseModel) -> None:
    """PostgreSQL stores no NUL in a text; neither is one ever meant."""
    for field, text in _texts(model.model_dump(), ()):
        if "\0" in text:
            raise Refusal(ProblemCode.INVALID_REQUEST, field=_field(field), reason="nul_character")


def _texts(value: Any, at: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield at, str(key)
            yield from _texts(inner, (*at, str(key)))
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*at, index))
