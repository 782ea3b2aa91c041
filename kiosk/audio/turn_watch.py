"""TurnWatch: one utterance after the other from a microphone that stays open."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from kiosk.audio.interfaces import FRAME_SECONDS, Heard
from kiosk.audio.room import Gate, Room
from kiosk.audio.voice_activity import WITHIN, Endpointer, EndpointRules, Phase, Wait


class Change(Enum):
    BEGAN = auto()
    PAUSED = auto()
    RESUMED = auto()
    ENDED = auto()
    NOBODY = auto()


class TurnWatch:
    """No clock: fed with every frame. After ``ended`` and ``nobody``, ``again`` begins the next utterance."""

    def __init__(self, room: Room, rules: EndpointRules | None = None) -> None:
        """``rules.patience`` is for the first utterance: who has spoken once may take their time."""
        self._rules = rules or EndpointRules()
        self._gate = Gate(room)
        self._endpointer = Endpointer(self._rules)
        self._paused_at = 0

    @property
    def speaking(self) -> bool:
        """An utterance has begun and not ended."""
        return self._endpointer.phase in WITHIN

    @property
    def pcm(self) -> bytes:
        """Of the utterance so far, with pre-roll."""
        return self._endpointer.utterance()

    @property
    def frames(self) -> int:
        """That make up the utterance: up to the pause that it is in, or all of them."""
        return self._paused_at or len(self._endpointer.frames)

    @property
    def before_seconds(self) -> float:
        """So much of ``pcm`` came before the beginning was noticed, when it has just begun."""
        return len(self._endpointer.frames) * FRAME_SECONDS

    @property
    def voiced_seconds(self) -> float:
        return self._endpointer.voiced_seconds

    @property
    def voiced(self) -> bool:
        """The customer spoke in the last frame."""
        return self.speaking and self._endpointer.quiet_seconds == 0

    @property
    def quiet_seconds(self) -> float:
        """Since the last voiced frame."""
        return self._endpointer.quiet_seconds

    def feed(self, heard: Heard) -> Change | None:
        """What this frame changed."""
        before = self._endpointer.phase
        voiced = self._gate.voiced(heard, in_turn=before in WITHIN)
        return self._changed(before, self._endpointer.feed(heard.pcm, voiced=voiced, masked=heard.echo))

    def finish(self) -> Change | None:
        """The customer pressed."""
        before = self._endpointer.phase
        return self._changed(before, self._endpointer.finish())

    def expect(self, wait: Wait) -> None:
        """See ``Endpointer.expect``."""
        self._endpointer.expect(wait)

    def again(self) -> None:
        """What was said is dealt with, or dropped."""
        self._endpointer = Endpointer(replace(self._rules, patience=None))
        self._paused_at = 0

    def _changed(self, before: Phase, now: Phase) -> Change | None:
        if now is before:
            return None
        match now:
            case Phase.SPEAKING:
                self._paused_at = 0
                return Change.BEGAN if before is Phase.WAITING else Change.RESUMED
            case Phase.PAUSED:
                self._paused_at = len(self._endpointer.frames)
                return Change.PAUSED
            case Phase.ENDED:
                return Change.ENDED
            case _:
                return Change.NOBODY
