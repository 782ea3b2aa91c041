"""What can go wrong at a vendor, and the book in which a test orders it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Capability(StrEnum):
    """What a call is for, whichever vendor and route it takes. ``MODELS`` is the list of what is served."""

    LANGUAGE = "language"
    STT = "stt"
    TTS = "tts"
    IMAGE = "image"
    MODELS = "models"


class Vendor(StrEnum):
    GEMINI = "gemini"
    OPENAI = "openai"


class Fault(StrEnum):
    """Each is told to the client as that vendor would tell it."""

    # The line.
    DELAY = "delay"  # the whole answer, later by ``seconds``
    NO_ANSWER = "no_answer"  # the request is taken, and not even a header comes
    STALL = "stall"  # headers, then silence
    STALL_MIDSTREAM = "stall_midstream"  # half of the body, then silence
    CUT = "cut"  # the connection is reset before a header
    CUT_MIDSTREAM = "cut_midstream"  # half of the body, then reset
    HUGE = "huge"  # 200, and a body that is far too long but ends
    ENDLESS = "endless"  # 200, and a body that never ends
    WRONG_TYPE = "wrong_type"  # 200 with a page of HTML: a portal or a proxy answers
    BAD_GATEWAY = "bad_gateway"  # 502 with a page of HTML

    # Refused.
    WRONG_KEY = "wrong_key"  # OpenAI 401 invalid_api_key; Gemini 400 with the reason API_KEY_INVALID
    UNAUTHENTICATED = "unauthenticated"  # 401 at both
    FORBIDDEN = "forbidden"  # 403: the key may not do this
    LEAKED_KEY = "leaked_key"  # 403 at Gemini, 401 at OpenAI: the key was found in public and is blocked
    REGION = "region"  # OpenAI 403 unsupported_country_region_territory; Gemini 400 FAILED_PRECONDITION
    MODEL_GONE = "model_gone"  # 404
    RATE_LIMITED = "rate_limited"  # 429 that says when to come back (``seconds``)
    RATE_LIMITED_BARE = "rate_limited_bare"  # 429 that does not
    QUOTA = "quota"  # 429: nothing left that is paid for
    BAD_REQUEST = "bad_request"  # 400
    SERVER_ERROR = "server_error"  # 500
    OVERLOADED = "overloaded"  # 503
    ERROR_MIDSTREAM = (
        "error_midstream"  # half of a stream, then an error as the stream tells it; 500 or 503 where there is none
    )

    # Answered badly.
    TRUNCATED_JSON = "truncated_json"  # a body of JSON that ends in the middle, though the connection ends well
    WRONG_SHAPE = "wrong_shape"  # JSON, but of another API
    CUT_SHORT = "cut_short"  # the model ran out of tokens in the middle of its text
    BROKEN_SCHEMA = "broken_schema"  # the model's text is JSON of another shape than was asked for
    UNKNOWN_CODES = "unknown_codes"  # the right shape, with dishes that the shop does not have
    OTHER_WORDS = "other_words"  # a voice that says something else than it was given
    EMPTY = "empty"  # no words, no sound, no picture
    SAFETY = "safety"  # the answer is withheld
    PROMPT_BLOCKED = "prompt_blocked"  # the question is refused


_ONLY: dict[Fault, frozenset[Capability]] = {
    Fault.UNKNOWN_CODES: frozenset({Capability.LANGUAGE}),
    Fault.BROKEN_SCHEMA: frozenset({Capability.LANGUAGE, Capability.STT}),
    Fault.CUT_SHORT: frozenset({Capability.LANGUAGE, Capability.STT, Capability.TTS}),
    Fault.OTHER_WORDS: frozenset({Capability.TTS}),
    Fault.SAFETY: frozenset(Capability) - {Capability.MODELS},
    Fault.PROMPT_BLOCKED: frozenset(Capability) - {Capability.MODELS},
}
"""Faults that only some capabilities can have."""


def can_have(capability: Capability, fault: Fault) -> bool:
    """Whether that can go wrong with that."""
    return capability in _ONLY.get(fault, frozenset(Capability))


_SECONDS = {Fault.DELAY: 1.0, Fault.RATE_LIMITED: 20.0}


@dataclass(slots=True)
class Order:
    """A fault that waits for its call. ``None`` in a condition matches all; ``left`` ``None`` is for ever."""

    fault: Fault
    capability: Capability | None
    vendor: Vendor | None
    model: str | None
    left: int | None
    seconds: float
    after: int = 0

    def matches(self, capability: Capability, vendor: Vendor, model: str | None) -> bool:
        return (
            self.left != 0
            and self.capability in (None, capability)
            and self.vendor in (None, vendor)
            and self.model in (None, model)
        )


class FaultBook:
    """Orders, the oldest first; an order for ever hides those after it that match the same calls."""

    def __init__(self) -> None:
        self._orders: list[Order] = []

    def order(
        self,
        fault: Fault | str,
        capability: Capability | str | None = None,
        times: int | None = None,
        *,
        seconds: float | None = None,
        vendor: Vendor | str | None = None,
        model: str | None = None,
        after: int = 0,
    ) -> None:
        """Let the next ``times`` matching calls (``None``: all from now on) meet ``fault``.

        ``seconds`` is how long ``DELAY`` delays and what ``RATE_LIMITED`` asks to wait. ``after`` matching calls pass
        before the first that meets it.

        Raises:
            ValueError: that capability cannot have that fault, or a name is unknown.
        """
        fault = Fault(fault)
        capability = Capability(capability) if capability is not None else None
        if capability is not None and not can_have(capability, fault):
            raise ValueError(f"{capability} cannot have {fault}")
        wait = seconds if seconds is not None else _SECONDS.get(fault, 0.0)
        self._orders.append(
            Order(fault, capability, Vendor(vendor) if vendor is not None else None, model, times, wait, after)
        )

    def take(self, capability: Capability, vendor: Vendor, model: str | None) -> Order | None:
        """The fault of one call, which uses it up."""
        for order in self._orders:
            if not can_have(capability, order.fault) or not order.matches(capability, vendor, model):
                continue
            if order.after > 0:
                order.after -= 1
                continue
            if order.left is not None:
                order.left -= 1
            return order
        return None

    def clear(self, capability: Capability | str | None = None) -> None:
        """Forget the orders for ``capability``, or all."""
        self._orders = [o for o in self._orders if capability is not None and o.capability != Capability(capability)]
