"""What the windows see of the voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.audio.delivery import Delivery
from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from shared.voice import Intent, MenuSuggestion, VoiceAnalysisResponse

SILENT: frozenset[KioskErrorCode] = frozenset({LocalCode.NO_SPEAKER, LocalCode.NOT_SPOKEN})
"""The answer was not heard and can be read: nothing that a customer has to do anything about."""


class VoiceState(StrEnum):
    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class VoiceSnapshot:
    """``open``: the microphone records, whatever the state. ``ready``: and what is said now is heard (it takes a moment
    to open). ``level``: its loudness, 0 to 1, while listening. ``pausing``: the customer has just fallen silent.

    ``transcript``: what was heard or typed last. ``caption``: what is or was answered, shown while and after
    it is spoken. ``chips``: likely choices when the answer is unsure; saying a chip's name picks it.
    ``error``: why the last turn failed; hearing_unavailable: no engine hears now. After no_speaker and not_spoken the
    caption stands all the same.
    ``larger``: the last answer is to a customer who wants larger letters; ``staff_called``: it called somebody.
    ``overdriven``: the microphone is set too loud for this customer: they are understood badly, and staff can mend it.
    ``turn`` counts finished answers, so that a view can tell a new one with the same words.
    """

    state: VoiceState = VoiceState.IDLE
    open: bool = False
    ready: bool = False
    pausing: bool = False
    level: float = 0.0
    transcript: str = ""
    caption: str = ""
    chips: tuple[MenuSuggestion, ...] = ()
    questions: tuple[str, ...] = ()
    intent: Intent | None = None
    confidence: float = 1.0
    error: KioskError | None = None
    larger: bool = False
    staff_called: bool = False
    overdriven: bool = False
    turn: int = 0


def as_answered(now: VoiceSnapshot, analysis: VoiceAnalysisResponse) -> VoiceSnapshot:
    """While the answer is spoken."""
    return replace(
        now,
        state=VoiceState.SPEAKING,
        caption=analysis.response,
        chips=analysis.alternatives,
        questions=analysis.additional_questions,
        intent=analysis.intent,
        confidence=analysis.confidence,
    )


class Wish(StrEnum):
    """What of ``analysis.controls`` is for the kiosk itself."""

    LOUDER = "louder"
    QUIETER = "quieter"
    SLOWER = "slower"
    FASTER = "faster"
    LARGER = "larger"


_SPOKEN: tuple[tuple[Wish, Callable[[Delivery], Delivery]], ...] = (
    (Wish.LOUDER, Delivery.raised),
    (Wish.QUIETER, Delivery.lowered),
    (Wish.SLOWER, Delivery.slowed),
    (Wish.FASTER, Delivery.hurried),
)


def wishes_of(analysis: VoiceAnalysisResponse) -> frozenset[str]:
    """See ``Wish``; others may be among them."""
    controls = analysis.analysis.get("controls")
    return frozenset(str(control) for control in controls) if isinstance(controls, list) else frozenset()


def as_wished(delivery: Delivery, wishes: frozenset[str]) -> Delivery:
    """``delivery`` as it is from now on."""
    for wish, change in _SPOKEN:
        if wish in wishes:
            delivery = change(delivery)
    return delivery
