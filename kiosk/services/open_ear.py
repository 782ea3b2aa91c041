"""OpenEar: a microphone that stays open: what the customer says in it, and what that does to the kiosk's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kiosk.audio.interfaces import FRAME_SECONDS, Heard, SoundInput
from kiosk.audio.overdrive import Overdrive
from kiosk.audio.room import Room
from kiosk.audio.turn_watch import Change, TurnWatch
from kiosk.audio.voice_activity import EndpointRules, Wait, meter
from kiosk.errors import KioskError, LocalCode
from kiosk.services.barge_in import Interruption, Verdict, judged
from kiosk.services.line import Line, LineTurn, Words

LEVEL_EVERY = 2
"""Frames: the eye does not see more than 25 a second."""


class Floor(Protocol):
    """Who speaks: what the ear asks of the conversation, and tells it."""

    @property
    def taken(self) -> bool:
        """The kiosk thinks or speaks: somebody who begins now interrupts it, or only coughs."""
        ...

    @property
    def left_ms(self) -> int:
        """Of the kiosk's sound."""
        ...

    def opened(self) -> None:
        """What is said from now on is heard."""
        ...

    def loud(self, level: float) -> None:
        """0 to 1, while the customer has the floor."""
        ...

    def overdriven(self) -> None:
        """Much of what the customer says is cut off at the microphone's limits."""
        ...

    def pausing(self, *, pausing: bool) -> None:
        """The customer fell silent, or went on."""
        ...

    def hearing(self, words: str) -> None:
        """What was said so far, while the customer has the floor."""
        ...

    def hold(self) -> None:
        """Silence now; the kiosk may go on in a moment."""
        ...

    def go_on(self) -> None:
        """It was nothing."""
        ...

    def give_way(self) -> None:
        """The kiosk's turn is over."""
        ...

    def said(self, turn: LineTurn, frames: int, quiet_seconds: float) -> None:
        """An utterance is whole; the customer has been waiting for ``quiet_seconds`` already."""
        ...


class OpenEar:
    """One opening of the microphone."""

    def __init__(
        self, microphone: SoundInput, line: Callable[[], Line], floor: Floor, room: Room, rules: EndpointRules
    ) -> None:
        self._microphone = microphone
        self._line = line
        self._floor = floor
        self._watch = TurnWatch(room, rules)
        self._overdrive = Overdrive()
        self._turn: LineTurn | None = None
        self._ahead = False
        self._words: Words | None = None
        self._held: int | None = None
        """Frames since the kiosk's own turn was put on hold; None: it is not."""
        self._ended = False

    @property
    def speaking(self) -> bool:
        """Somebody is, or was and it is not decided yet what that was."""
        return self._turn is not None

    async def run(self) -> None:
        """Until cancelled.

        Raises:
            KioskError: no_microphone, microphone_lost, microphone_silent; speech_not_heard: nobody spoke at all.
        """
        try:
            async with self._microphone.open() as frames:
                first, count = True, 0
                async for heard in frames:
                    if first:
                        first = False
                        self._floor.opened()
                    count += 1
                    if count % LEVEL_EVERY == 0:
                        self._floor.loud(meter(heard.level))
                    self._hear(heard)
        finally:
            self.drop()

    def finish(self) -> None:
        """The customer pressed: what was said so far is all."""
        self._follow(self._watch.finish(), b"")

    def drop(self) -> None:
        """What was said so far does not count."""
        if self._turn is not None:
            self._turn.cancel()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._turn, self._words, self._held, self._ended = None, None, None, False
        self._watch.again()

    def _hear(self, heard: Heard) -> None:
        self._follow(self._watch.feed(heard), heard.pcm)
        if self._watch.voiced and self._overdrive.feed(clipped=heard.clipped):
            self._floor.overdriven()
        if self._held is not None:
            self._held += 1
            self._judge()

    def _follow(self, change: Change | None, pcm: bytes) -> None:
        if self._turn is not None and pcm and not self._ended:
            self._turn.sound(pcm)
        match change:
            case Change.BEGAN:
                self._began()
            case Change.PAUSED if self._turn is not None:
                self._turn.pause(self._watch.frames)
                self._floor.pausing(pausing=True)
            case Change.RESUMED if self._turn is not None:
                self._words = None
                self._turn.resume()
                self._floor.pausing(pausing=False)
            case Change.ENDED:
                self._ended = True
                if self._held is None:
                    self._said()
            case Change.NOBODY:
                raise KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
            case _:
                pass

    def _began(self) -> None:
        line = self._line()
        self._ahead = line.hears_ahead
        turn = line.turn(round(1000 * self._watch.before_seconds), lambda words: self._heard_ahead(turn, words))
        self._turn = turn
        turn.sound(self._watch.pcm)
        if self._floor.taken:
            self._held = 0
            self._floor.hold()

    def _heard_ahead(self, turn: LineTurn, words: Words) -> None:
        if turn is not self._turn or words.frames != self._watch.frames:
            return
        self._words = words
        if words.hanging:
            self._watch.expect(Wait.LONG)
        elif words.complete is None:
            self._watch.expect(Wait.KNOWN)
        else:
            self._watch.expect(Wait.SHORT if words.complete else Wait.MIDDLE)
        if self._held is not None:
            self._judge()
        elif words.text:
            self._floor.hearing(words.text)

    def _judge(self) -> None:
        if not self._floor.taken:
            self._give_way()  # a press, or a typed sentence, has settled it
            return
        verdict = judged(
            Interruption(
                voiced_seconds=self._watch.voiced_seconds,
                ended=self._ended,
                words=None if self._words is None else self._words.text,
                hears_ahead=self._ahead,
                left_ms=self._floor.left_ms,
                seconds=(self._held or 0) * FRAME_SECONDS,
            )
        )
        match verdict:
            case Verdict.STOP:
                self._give_way()
            case Verdict.GO_ON:
                self.drop()
                self._floor.go_on()
            case Verdict.WAIT:
                pass

    def _give_way(self) -> None:
        self._held = None
        if self._floor.taken:
            self._floor.give_way()
        if self._ended:
            self._said()

    def _said(self) -> None:
        turn, frames, quiet = self._turn, self._watch.frames, self._watch.quiet_seconds
        self._begin_anew()
        if turn is not None:
            self._floor.said(turn, frames, quiet)
