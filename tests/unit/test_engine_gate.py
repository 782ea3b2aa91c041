"""When an engine is asked, and when customers are spared it."""

from __future__ import annotations

import pytest

from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineModelGone,
    EngineRateLimited,
    EngineTimeout,
    EngineUnavailable,
    KeyRefused,
    QuotaExhausted,
)
from backend.services.engine_gate import LONGEST_PAUSE_SECONDS, PAUSE_SECONDS, Gate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(clock)


def fail(gate: Gate, error: EngineError | None = None) -> None:
    gate.enter()
    gate.failed(error or EngineUnavailable())


@pytest.mark.parametrize("error", [EngineUnavailable(), EngineTimeout(), EngineBadResponse()])
def test_one_failure_may_be_chance_and_two_are_not(gate: Gate, error: EngineError) -> None:
    seen = []
    for _ in range(2):
        fail(gate, error)
        seen.append((gate.is_open, gate.admits()))
    assert seen == [(True, True), (False, False)]


def test_a_success_between_them_forgives(gate: Gate) -> None:
    fail(gate)
    gate.enter()
    gate.succeeded()
    fail(gate)
    assert gate.is_open


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (EngineRateLimited(), 5),
        (EngineRateLimited(retry_after=42.0), 42),
        (QuotaExhausted(), 600),
        (KeyRefused(), 300),
        (EngineModelGone(), 300),
        (EngineRateLimited(retry_after=1e9), 3600),
    ],
)
def test_what_will_not_be_better_at_the_next_call_shuts_at_once(
    gate: Gate, clock: Clock, error: EngineError, pause: float
) -> None:
    fail(gate, error)
    clock.now += pause - 1
    assert not gate.admits()
    clock.now += 1
    assert gate.admits()


def test_after_the_pause_one_at_a_time_tries(gate: Gate, clock: Clock) -> None:
    fail(gate)
    fail(gate)
    clock.now += PAUSE_SECONDS
    assert gate.trial_due
    gate.enter()
    assert not gate.admits()
    gate.left()
    assert gate.admits()
    gate.enter()
    gate.succeeded()
    assert gate.is_open


def test_each_trial_that_fails_doubles_the_pause_to_a_limit(gate: Gate, clock: Clock) -> None:
    fail(gate)
    fail(gate)
    pauses = []
    for _ in range(7):
        waited = 0
        while not gate.admits():
            clock.now += 5
            waited += 5
        pauses.append(waited)
        fail(gate)
    assert pauses == [20, 40, 80, 160, 300, 300, 300]
    assert LONGEST_PAUSE_SECONDS == 300


def test_good_news_brings_the_trial_forward(gate: Gate) -> None:
    fail(gate, KeyRefused())
    gate.ajar()
    assert gate.trial_due
    gate.enter()
    gate.succeeded()
    gate.ajar()
    assert gate.is_open


def test_an_answer_that_broke_off_shuts_at_once(gate: Gate) -> None:
    gate.failed(EngineTimeout(), at_once=True)
    assert not gate.admits()
