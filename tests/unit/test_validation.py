"""Which field is wrong, why, and what the limits are; never what was sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel

from backend.errors import Refusal
from backend.web.validation import MAX_FIELD_CHARS, parse_json, parse_query
from shared.orders import OrderDraft
from shared.problems import ProblemCode
from shared.voice import VoiceInputRequest


def _item(**changes: Any) -> dict[str, Any]:
    return {"menu_code": "french", "style": "simple", "quantity": 1, **changes}


def _refused(model: type[BaseModel], body: Any) -> Refusal:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(Refusal) as caught:
        parse_json(model, raw)
    return caught.value


@pytest.mark.parametrize("quantity", [0, 21, -1])
def test_a_quantity_out_of_range_has_its_own_code_and_the_limits(quantity: int) -> None:
    refusal = _refused(OrderDraft, {"items": [_item(quantity=quantity)]})
    assert refusal.code is ProblemCode.QUANTITY_OUT_OF_RANGE
    assert refusal.params["field"] == "items.0.quantity"
    assert (refusal.params["minimum"], refusal.params["maximum"]) == (1, 20)


@pytest.mark.parametrize(
    ("item", "field", "minimum", "maximum"),
    [
        (_item(customization={"wine": 41}), "items.0.customization.wine", 0, 40),
        (_item(customization={"wine": -1}), "items.0.customization.wine", 0, 40),
        (_item(cake={"tiers": 4}), "items.0.cake.tiers", 1, 3),
    ],
)
def test_a_count_out_of_range_too(item: dict[str, Any], field: str, minimum: int, maximum: int) -> None:
    refusal = _refused(OrderDraft, {"items": [item]})
    assert refusal.code is ProblemCode.COUNT_OUT_OF_RANGE
    assert refusal.params["field"] == field
    assert (refusal.params["minimum"], refusal.params["maximum"]) == (minimum, maximum)


def test_a_transcript_that_is_too_long_names_its_limit() -> None:
    refusal = _refused(VoiceInputRequest, {"transcript": "가" * 1001})
    assert refusal.code is ProblemCode.INVALID_REQUEST
    assert refusal.params == {"field": "transcript", "reason": "string_too_long", "maximum": 1000}


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ({}, "items", "missing"),
        ({"items": [_item(quantity="2")]}, "items.0.quantity", "int_type"),
        ({"items": [_item(quantity=True)]}, "items.0.quantity", "int_type"),
        ({"items": [_item()], "service": "fly"}, "service", "enum"),
        ({"items": [_item()], "tip": 1}, "tip", "extra_forbidden"),
        ({"items": [_item(menu_code="French!")]}, "items.0.menu_code", "string_pattern_mismatch"),
        ({"items": [_item(cake={"lettering": "가" * 21})]}, "items.0.cake.lettering", "string_too_long"),
        ({"items": [_item(cake={"lettering": "\0"})]}, "items.0.cake.lettering", "nul_character"),
        ([], "", "model_type"),
    ],
)
def test_the_field_and_the_reason(body: Any, field: str, reason: str) -> None:
    refusal = _refused(OrderDraft, body)
    assert refusal.code is ProblemCode.INVALID_REQUEST
    assert refusal.params["field"] == field
    assert refusal.params["reason"] == reason


def test_several_faults_are_all_told() -> None:
    refusal = _refused(OrderDraft, {"items": [_item(style=1), _item(menu_code=2)]})
    assert refusal.params["errors"] == [
        {"field": "items.0.style", "reason": "string_type"},
        {"field": "items.1.menu_code", "reason": "string_type"},
    ]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"items": [' + b"[" * 100_000, b'{"transcript":"\\ud800"}'])
def test_what_is_not_json_is_malformed(raw: bytes) -> None:
    assert _refused(OrderDraft, raw).code is ProblemCode.MALFORMED_JSON


def test_what_was_sent_is_not_said_back() -> None:
    refusal = _refused(VoiceInputRequest, {"transcript": {"전화": "010-1234-5678"}})
    assert "010-1234-5678" not in f"{refusal.detail}{refusal.params}"


def test_a_long_field_name_is_cut() -> None:
    refusal = _refused(OrderDraft, {"items": [], "x" * 5000: 1})
    assert len(str(refusal.params["field"])) == MAX_FIELD_CHARS


class _Query(BaseModel):
    open: bool = False


def test_query_values_are_parsed() -> None:
    assert parse_query(_Query, {"open": ["true"]}) == _Query(open=True)


@pytest.mark.parametrize("values", [{"open": ["true", "false"]}, {"open": ["perhaps"]}, {"open": ["\0"]}])
def test_a_wrong_query_is_refused(values: dict[str, list[str]]) -> None:
    with pytest.raises(Refusal) as caught:
        parse_query(_Query, values)
    assert caught.value.params["field"] == "open"
