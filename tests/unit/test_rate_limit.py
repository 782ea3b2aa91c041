"""Token buckets: so many at once, refilled over time, in bounded memory."""

from __future__ import annotations

import pytest

from backend.errors import Refusal
from backend.web.rate_limit import MAX_CLIENTS, Rate, RateLimiter
from shared.problems import ProblemCode


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_then_as_many_as_time_gives() -> None:
    clock = Clock()
    limiter = RateLimiter({"voice": Rate(3, 6)}, clock)
    for _ in range(3):
        limiter.take("voice", "kiosk")
    with pytest.raises(Refusal) as caught:
        limiter.take("voice", "kiosk")
    assert caught.value.code is ProblemCode.RATE_LIMITED
    assert caught.value.params == {"retry_after_seconds": 2.0}
    clock.now += 2.0
    limiter.take("voice", "kiosk")
    with pytest.raises(Refusal):
        limiter.take("voice", "kiosk")


def test_clients_and_buckets_do_not_share() -> None:
    limiter = RateLimiter({"voice": Rate(1, 60), "auth": Rate(1, 60)}, Clock())
    limiter.take("voice", "a")
    limiter.take("voice", "b")
    limiter.take("auth", "a")
    with pytest.raises(Refusal):
        limiter.take("voice", "a")


def test_a_long_rest_fills_no_more_than_the_bucket() -> None:
    clock = Clock()
    limiter = RateLimiter({"voice": Rate(2, 1)}, clock)
    limiter.take("voice", "a")
    clock.now += 1_000_000
    for _ in range(2):
        limiter.take("voice", "a")
    with pytest.raises(Refusal):
        limiter.take("voice", "a")


def test_many_clients_take_bounded_memory() -> None:
    limiter = RateLimiter({"voice": Rate(1, 60)}, Clock())
    for number in range(MAX_CLIENTS + 500):
        limiter.take("voice", f"client {number}")
    assert len(limiter) == MAX_CLIENTS


@pytest.mark.parametrize("text", ["", "5", "5/", "/5", "0/1", "-1/1", "1/0", "1/-1", "a/b", "1/inf", "1/nan"])
def test_a_rate_is_calls_and_seconds(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Rate.parse(text)


def test_a_rate_is_read() -> None:
    assert Rate.parse("60/6") == Rate(60, 6.0)
