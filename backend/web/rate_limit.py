"""Token buckets, one a client and kind of call, in bounded memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.errors import Refusal
from shared.problems import ProblemCode

MAX_CLIENTS = 4096
"""Buckets kept at once (about 1 MB). The one that was used longest ago makes room; by then it is mostly full again."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``calls`` at once; as many again after ``seconds``."""

    calls: int
    seconds: float

    @classmethod
    def parse(cls, text: str) -> Rate:
        """``"60/6"``: 60 calls at once, refilled in 6 seconds.

        Raises:
            ValueError: it is not of that form, or out of range.
        """
        calls, slash, seconds = text.partition("/")
        rate = cls(int(calls), float(seconds)) if slash else cls(0, 0)
        if rate.calls < 1 or not 0 < rate.seconds <= 86_400:
            raise ValueError("a rate is written calls/seconds: one call or more, over 0 to 86400 seconds")
        return rate


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class RateLimiter:
    """``take`` spends one call of ``client`` in the bucket ``name``."""

    def __init__(self, rates: Mapping[str, Rate], clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = dict(rates)
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    def take(self, name: str, client: str) -> None:
        """Spend one call.

        Raises:
            Refusal: rate_limited, with ``params.retry_after_seconds``.
        """
        rate = self._rates[name]
        now = self._clock()
        bucket = self._buckets.pop((name, client), None) or _Bucket(rate.calls, now)
        refill = (now - bucket.at) * rate.calls / rate.seconds
        bucket.left, bucket.at = min(rate.calls, bucket.left + refill), now
        self._buckets[name, client] = bucket
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)
        if bucket.left < 1:
            wait = (1 - bucket.left) * rate.seconds / rate.calls
            raise Refusal(ProblemCode.RATE_LIMITED, retry_after_seconds=round(wait, 3))
        bucket.left -= 1

    def __len__(self) -> int:
        return len(self._buckets)
