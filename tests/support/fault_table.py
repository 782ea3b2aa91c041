"""What a customer gets when a vendor fails, one row a capability and fault, as ``docs/engines.md`` shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.fakes.vendors.faults import Capability, Fault


class Gets(StrEnum):
    """What the customer gets."""

    VENDOR = "the vendor's answer"
    OFFLINE = "the answer of the shop's own engine"
    AGAIN = "half a sentence is never played: the kiosk asks again and the shop's own voice says all of it"
    PARDON = "the kiosk did not hear anything and asks to say it again"
    HALF = "what came: nobody can tell from an answer of this form that it is not all"


class Within(StrEnum):
    """The most that the vendor costs the customer, in terms of the settings; the shop's own engine comes on top."""

    AT_ONCE = "at once"
    RETRY = "one retry"
    STALL = "MALLO_STALL_SECONDS"
    TURN = "MALLO_TURN_SECONDS"
    DRAWING = "MALLO_DRAWING_SECONDS"


@dataclass(frozen=True, slots=True)
class Row:
    capability: Capability
    fault: Fault
    gets: Gets
    within: Within

    @property
    def name(self) -> str:
        return f"{self.capability}-{self.fault}"


_CAPABILITIES = (Capability.LANGUAGE, Capability.STT, Capability.TTS, Capability.IMAGE)
_SILENT = frozenset({Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM, Fault.ENDLESS})
_RETRIED = frozenset({Fault.CUT, Fault.BAD_GATEWAY, Fault.SERVER_ERROR, Fault.OVERLOADED})
_STREAMED = frozenset({Capability.LANGUAGE, Capability.TTS})
_HALF_SPOKEN = frozenset({Fault.STALL_MIDSTREAM, Fault.CUT_MIDSTREAM, Fault.ENDLESS, Fault.HUGE})
_NO_SUCH_FORM = {
    (Capability.STT, Fault.ERROR_MIDSTREAM),
    (Capability.TTS, Fault.ERROR_MIDSTREAM),
    (Capability.TTS, Fault.TRUNCATED_JSON),
    (Capability.IMAGE, Fault.ERROR_MIDSTREAM),
}
"""Faults of a stream of events or of JSON, where the first vendor's answer is neither."""
_EXCEPTIONS = {
    (Capability.STT, Fault.EMPTY): Gets.PARDON,
    (Capability.STT, Fault.CUT_SHORT): Gets.HALF,
    (Capability.TTS, Fault.CUT_SHORT): Gets.HALF,
    (Capability.TTS, Fault.OTHER_WORDS): Gets.HALF,
}
"""Of the first vendor's first model. The Realtime API tells its words, and Gemini when it was cut short: see there."""


def rows(possible: Mapping[Fault, frozenset[Capability]]) -> Iterator[Row]:
    """Every fault that each capability can have; ``possible`` names those that only some can."""
    for capability in _CAPABILITIES:
        for fault in Fault:
            can = capability in possible.get(fault, frozenset(Capability))
            if can and (capability, fault) not in _NO_SUCH_FORM:
                yield Row(capability, fault, _gets(capability, fault), _within(capability, fault))


def _gets(capability: Capability, fault: Fault) -> Gets:
    if fault is Fault.DELAY:
        return Gets.VENDOR
    if capability is Capability.TTS and fault in _HALF_SPOKEN:
        return Gets.AGAIN
    return _EXCEPTIONS.get((capability, fault), Gets.OFFLINE)


def _within(capability: Capability, fault: Fault) -> Within:
    if fault in _SILENT:
        if capability in _STREAMED:
            return Within.STALL
        return Within.DRAWING if capability is Capability.IMAGE else Within.TURN
    if fault is Fault.DELAY:
        return Within.DRAWING if capability is Capability.IMAGE else Within.TURN
    return Within.RETRY if fault in _RETRIED else Within.AT_ONCE
