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
TOLD_FROM = 1 / 8
"""Part of a bucket that a client spends before other backends are told of it: most never do."""
MOST_TOLD = 200


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
    spent: int = 0


class RateLimiter:
    """``take`` spends one call of ``client`` in the bucket ``name``.

    Several backends may share their buckets (``backend.services.shared_rates``): what was spent elsewhere is taken off
    here too, down to a bucketful of debt.
    """

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
        if bucket.left >= rate.calls:
            bucket.spent = 0
        if bucket.left < 1:
            wait = (1 - bucket.left) * rate.seconds / rate.calls
            raise Refusal(ProblemCode.RATE_LIMITED, retry_after_seconds=round(wait, 3))
        bucket.left -= 1
        bucket.spent += 1

    def busy(self) -> dict[tuple[str, str], int]:
        """The clients whom another backend should know of, and the calls that each spent since its bucket was full."""
        now, found = self._clock(), {}
        for (name, client), bucket in reversed(self._buckets.items()):
            rate = self._rates[name]
            left = bucket.left + (now - bucket.at) * rate.calls / rate.seconds
            if bucket.spent and left < rate.calls * (1 - TOLD_FROM):
                found[name, client] = bucket.spent
                if len(found) == MOST_TOLD:
                    break
        return found

    def spent_elsewhere(self, name: str, client: str, calls: int) -> None:
        """Another backend has let ``client`` make so many calls."""
        rate = self._rates.get(name)
        if rate is None:
            return
        now = self._clock()
        bucket = self._buckets.pop((name, client), None) or _Bucket(rate.calls, now)
        refilled = min(rate.calls, bucket.left + (now - bucket.at) * rate.calls / rate.seconds)
        bucket.left, bucket.at = max(-float(rate.calls), refilled - calls), now
        self._buckets[name, client] = bucket
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)

    def __len__(self) -> int:
        return len(self._buckets)
