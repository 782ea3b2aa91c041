"""What a customer gets when a vendor fails, one row a capability and fault, as ``docs/engines.md`` shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.fakes.vendors.faults import Capability, Fault, can_have

DOCUMENT = Path(__file__).parents[2] / "docs" / "engines.md"


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


def _rows() -> Iterator[Row]:
    for capability in _CAPABILITIES:
        for fault in Fault:
            if can_have(capability, fault) and (capability, fault) not in _NO_SUCH_FORM:
                yield Row(capability, fault, _gets(capability, fault), _within(capability, fault))


def _gets(capability: Capability, fault: Fault) -> Gets:
    if fault is Fault.DELAY:
        return Gets.VENDOR
    if capability is Capability.TTS and fault in _HALF_SPOKEN:
        return Gets.AGAIN
    return _EXCEPTIONS.get((capability, fault), Gets.OFFLINE)


def _within(capability: Capability, fault: Fault) -> Within:
    if fault in _SILENT:
        return Within.DRAWING if capability is Capability.IMAGE else Within.STALL
    if fault is Fault.DELAY:
        return Within.DRAWING if capability is Capability.IMAGE else Within.TURN
    return Within.RETRY if fault in _RETRIED else Within.AT_ONCE


TABLE = tuple(_rows())
"""Every fault that each capability can have."""

_MEANING = {
    Fault.DELAY: "the answer comes late, but in time",
    Fault.NO_ANSWER: "the request is taken, and nothing comes",
    Fault.STALL: "headers, then silence",
    Fault.STALL_MIDSTREAM: "half of the answer, then silence",
    Fault.CUT: "the connection is reset",
    Fault.CUT_MIDSTREAM: "half of the answer, then a reset",
    Fault.HUGE: "an answer that is far too long",
    Fault.ENDLESS: "an answer that does not end",
    Fault.WRONG_TYPE: "a page of HTML",
    Fault.BAD_GATEWAY: "502 with a page of HTML",
    Fault.WRONG_KEY: "a key that is none",
    Fault.UNAUTHENTICATED: "401",
    Fault.FORBIDDEN: "403, the key may not",
    Fault.LEAKED_KEY: "a key that was found in public",
    Fault.REGION: "a country that is not served",
    Fault.MODEL_GONE: "404 for every model",
    Fault.RATE_LIMITED: "429 with a time to wait",
    Fault.RATE_LIMITED_BARE: "429 without one",
    Fault.QUOTA: "429, nothing left that is paid for",
    Fault.BAD_REQUEST: "400",
    Fault.SERVER_ERROR: "500",
    Fault.OVERLOADED: "503",
    Fault.ERROR_MIDSTREAM: "half of a stream, then an error in it",
    Fault.TRUNCATED_JSON: "JSON that ends in the middle",
    Fault.WRONG_SHAPE: "JSON of another API",
    Fault.CUT_SHORT: "a text or sound that ends too early",
    Fault.BROKEN_SCHEMA: "JSON of another shape than was asked for",
    Fault.UNKNOWN_CODES: "dishes that the shop does not have",
    Fault.OTHER_WORDS: "a voice that says something else",
    Fault.EMPTY: "no words, no sound, no picture",
    Fault.SAFETY: "the answer is withheld",
    Fault.PROMPT_BLOCKED: "the question is refused",
}
_NAMES = {
    Capability.LANGUAGE: "understanding",
    Capability.STT: "hearing",
    Capability.TTS: "speaking",
    Capability.IMAGE: "drawing",
}


def as_markdown(table: Sequence[Row]) -> str:
    """The table of ``docs/engines.md``: one line for faults of a capability that end alike."""
    lines = ["| capability | what the vendor does | what the customer gets | after at most |", "|---|---|---|---|"]
    ends = dict.fromkeys((row.capability, row.gets, row.within) for row in table)
    for capability, gets, within in ends:
        faults = [row.fault for row in table if (row.capability, row.gets, row.within) == (capability, gets, within)]
        told = "; ".join(_MEANING[fault] for fault in faults)
        lines.append(f"| {_NAMES[capability]} | {told} | {gets} | {within} |")
    return "\n".join(lines)


if __name__ == "__main__":
    before, mark, rest = DOCUMENT.read_text(encoding="utf-8").partition("<!-- faults -->\n")
    after = rest.partition("<!-- /faults -->")[2]
    DOCUMENT.write_text(f"{before}{mark}{as_markdown(TABLE)}\n<!-- /faults -->{after}", encoding="utf-8")
