"""What can go wrong at the kiosk, as a code and parameters; QML turns the code into words.

KioskError      one error for everything: ``code`` says what happened
    code        a ``ProblemCode`` (the backend said so) or a ``LocalCode`` (the kiosk found out itself)
    retryable   the same action may work later
    params      fill the words: e.g. ``{"field": "items.0.quantity"}``
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import JsonValue

from shared.problems import ProblemCode


class LocalCode(StrEnum):
    """Reasons that no backend tells. Disjoint from ``ProblemCode``."""

    BACKEND_UNREACHABLE = "backend_unreachable"
    TIMED_OUT = "timed_out"
    BAD_ANSWER = "bad_answer"
    NO_MICROPHONE = "no_microphone"
    MICROPHONE_LOST = "microphone_lost"
    MICROPHONE_SILENT = "microphone_silent"
    NO_SPEAKER = "no_speaker"
    SPEECH_NOT_HEARD = "speech_not_heard"
    HEARING_UNAVAILABLE = "hearing_unavailable"
    NOT_SPOKEN = "not_spoken"
    STYLE_NOT_CHOSEN = "style_not_chosen"


KioskErrorCode = ProblemCode | LocalCode

TRANSPORT_CODES: frozenset[KioskErrorCode] = frozenset(
    {LocalCode.BACKEND_UNREACHABLE, LocalCode.TIMED_OUT, LocalCode.BAD_ANSWER}
)


class KioskError(Exception):
    """Something did not work. ``str()`` is for developers' logs only and carries nothing personal."""

    def __init__(
        self, code: KioskErrorCode, *, retryable: bool = False, params: Mapping[str, JsonValue] | None = None
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.retryable = retryable
        self.params: Mapping[str, JsonValue] = dict(params or {})

    @property
    def outcome_unknown(self) -> bool:
        """The call may have been carried out all the same: only a call that can be repeated safely may be."""
        return self.code in TRANSPORT_CODES
