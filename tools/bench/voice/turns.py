"""One spoken turn, measured: the customer's last voiced sample to the kiosk's first audible one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.audio.interfaces import SAMPLE_RATE
from kiosk.services.voice_snapshot import VoiceState
from shared.voice_stream import Span
from tests.fakes.vendors.faults import Capability
from tests.fakes.vendors.pace import Pace
from tests.support.waiting import until
from tools.bench.voice.customers import Sentence
from tools.bench.voice.recorder import Recorder
from tools.bench.voice.shop import House, Kiosk
from tools.sound_scenes import Sound, pcm
from tools.sound_stage import SoundStage

ANSWER_SECONDS = 15.0
SPOKEN_SECONDS = 60.0
QUIET_SECONDS = 0.2
AT_REST = (VoiceState.LISTENING, VoiceState.IDLE)
NEARLY = 0.9
OPENED_BY = '"changes":['
"""In the model's reply: so far it has to be written before an order may be opened ("네,")."""
LOOKS, LOOK_SECONDS = 15, 0.2
BEHIND = 400
"""Samples of silence behind a sentence, so that all of it leaves the player."""


class NotAnswered(Exception):
    """No turn was measured; the message says why."""


@dataclass(frozen=True, slots=True)
class Turn:
    """``waited`` ms; ``spans`` in ms tile it. ``sentence``: ms to the answer's own first sound, behind an opener
    where one was said ("네,"). ``engines``: what they took of ``waited``, one after the other, as emulated ones were
    told to; ``local``: no model was asked."""

    waited: float
    sentence: float
    spans: dict[Span, float]
    engines: float
    local: bool

    @property
    def own(self) -> float:
        """Our share; what is done while an engine works or the customer may still go on counts for nothing."""
        return self.waited - self.engines


@dataclass(frozen=True, slots=True)
class Whole:
    """``answered``: what was said, and nothing else; ``cut``: not to its end. ``begun``: how many turns that made."""

    answered: bool
    cut: bool
    begun: int


class Customer:
    """Stands before ``kiosk`` on ``stage`` and speaks."""

    def __init__(self, stage: SoundStage, recorder: Recorder, kiosk: Kiosk, house: House) -> None:
        self._stage = stage
        self.recorder = recorder
        self.kiosk = kiosk
        self.url = house.url
        self._vendors = house.vendors
        self._pace = Pace()

    @contextmanager
    def saying(self, sound: Sound) -> Iterator[int]:
        """Begun with the context, ended with it; answers a sample that is before its beginning."""
        begin = self.recorder.now
        mouth = self._stage.mouth()
        # A pipe holds two seconds of sound: the kiosk's loop, which is this one, must not wait for the rest.
        writing = threading.Thread(target=_write, args=(mouth, pcm(sound) + bytes(2 * BEHIND)), daemon=True)
        writing.start()
        try:
            yield begin
        finally:
            mouth.terminate()
            mouth.wait(5)
            writing.join(5)

    async def pace(self, pace: Pace) -> None:
        """How long engines take from now on."""
        self._pace = pace
        await asyncio.to_thread(self._vendors.tell, "pace", **asdict(pace))

    async def tell(self, sentence: Sentence | None) -> None:
        """The emulated engines know what is being said, and what it means."""
        if sentence is None:
            await asyncio.to_thread(self._vendors.tell, "speaking")
            return
        seconds = await asyncio.to_thread(lambda: sentence.seconds)
        said: dict[str, Any] = {"words": sentence.words, "seconds": seconds, "language": sentence.language}
        if sentence.reply:
            said["reply"] = sentence.reply
        await asyncio.to_thread(self._vendors.tell, "speaking", **said)

    async def turn(self, sentence: Sentence, *, hushed: bool = True) -> Turn:
        """Say ``sentence`` at a moment that nobody chose and wait for the answer's first sound. Where it is not
        ``hushed`` then, for all of it.

        Raises:
            NotAnswered: or not as a customer would want it.
            LookupError: this machine could not keep up; nothing was measured.
        """
        kiosk = self.kiosk
        await self.tell(sentence)
        sound = sentence.sound()
        await asyncio.sleep(random.uniform(0.25, 0.5))  # noqa: S311 -- a phase
        calls = len(await asyncio.to_thread(self._vendors.calls))
        done, states, begun = len(kiosk.line.done), len(kiosk.states), len(kiosk.line.begun)
        with self.saying(sound) as begin:
            first = await self.recorder.sound(begin, sound.size / SAMPLE_RATE + ANSWER_SECONDS)
            sentence_at = await self._behind_the_opener(first)
            if hushed:
                kiosk.talk.hush()
            await until(lambda: kiosk.talk.snapshot.state in AT_REST, ANSWER_SECONDS)
        await self.recorder.quiet(QUIET_SECONDS)
        if first is None or sentence_at is None:
            raise NotAnswered(f"{sentence.words!r}: {self._why(states)}")
        end = self.recorder.end_of(sound, begin)
        if first < end:
            raise NotAnswered(f"{sentence.words!r}: answered {(end - first) / 16:.0f} ms before its end")
        if len(kiosk.line.begun) - begun != 1:
            raise NotAnswered(f"{sentence.words!r}: taken for {len(kiosk.line.begun) - begun} turns")
        await until(lambda: len(kiosk.line.done) > done)
        told = kiosk.line.done[done]
        waited = (first - end) / SAMPLE_RATE * 1000
        asked = (await asyncio.to_thread(self._vendors.calls))[calls:]
        engines = _engines_ms(asked, self._pace, sentence, opened=told.opener_ms > 0)
        to_sentence = (sentence_at - end) / SAMPLE_RATE * 1000
        return Turn(waited, to_sentence, self._spans(told.spans, states, end, waited), engines, told.local)

    async def interrupts(self, question: str, sentence: Sentence) -> float:
        """Ask ``question`` on the screen, and speak into the answer: ms from one's first voiced sample to its last.

        Raises:
            NotAnswered: it does not stop.
            LookupError: nothing was measured.
        """
        talk, recorder, spoken = self.kiosk.talk, self.recorder, self.kiosk.line.spoken
        before, known = recorder.now, len(spoken)
        await self.tell(None)
        sound = sentence.sound()
        talk.say(question)
        if await recorder.sound(before, ANSWER_SECONDS) is None:
            raise NotAnswered(f"{question!r}: not answered")
        await self.tell(sentence)
        await asyncio.sleep(random.uniform(0.5, 1.0))  # noqa: S311 -- a phase
        with self.saying(sound) as asked:
            end = await self._end_of(sound, asked)
        begin = end - sound.size
        talk.cancel()
        await recorder.quiet(QUIET_SECONDS)
        over = any(recorder.loud_ms(before, end) > NEARLY * one.ms for one in spoken[known : known + 1])
        if over or recorder.first_sound(begin - SAMPLE_RATE // 10, begin) is None:
            raise LookupError("the answer was over before the customer spoke")
        stopped = recorder.last_sound(begin - SAMPLE_RATE // 10, end)
        if stopped is None or stopped > end - SAMPLE_RATE // 10:
            raise NotAnswered(f"{sentence.words!r}: the kiosk speaks on")
        return (stopped - begin) / SAMPLE_RATE * 1000

    async def whole(self, sentence: Sentence) -> Whole:
        """Say ``sentence`` and listen to the whole answer. Whatever else is heard then, engines hear an order in it."""
        talk, recorder, line = self.kiosk.talk, self.recorder, self.kiosk.line
        await self.tell(sentence)
        sound, begun = sentence.sound(), len(line.begun)
        with self.saying(sound) as begin:
            # The sentence may not be found in a recording of so much noise: its answer comes after its length at least.
            first = await recorder.sound(begin, sound.size / SAMPLE_RATE + ANSWER_SECONDS)
            await self.tell(None)
            told = talk.snapshot.transcript
            if first is not None:
                await self._spoken_out()
        last = recorder.last_sound(begin) or begin
        sounded = recorder.loud_ms(begin)
        whole = sum(spoken.ms for spoken in line.spoken[-1:])
        talk.cancel()
        await recorder.quiet(QUIET_SECONDS)
        answered = first is not None and told == sentence.words and last > begin
        return Whole(answered, answered and sounded < NEARLY * whole, len(line.begun) - begun)

    async def listens(self, question: str) -> int:
        """How often somebody was taken to speak while the kiosk answered ``question``, put to it on the screen.

        Engines hear no words in what is left of its own.
        """
        before, begun = self.recorder.now, len(self.kiosk.line.begun)
        await asyncio.to_thread(self._vendors.tell, "speaking", words="", seconds=1.0)
        self.kiosk.talk.say(question)
        if await self.recorder.sound(before, ANSWER_SECONDS) is None:
            raise NotAnswered(f"{question!r}: not answered")
        await self._spoken_out()
        self.kiosk.talk.cancel()
        await self.recorder.quiet(QUIET_SECONDS)
        return len(self.kiosk.line.begun) - begun

    async def _behind_the_opener(self, first: int | None) -> int | None:
        """The first sample of the answer itself; ``first`` where nothing was said before it was known."""
        if first is None or not self.kiosk.line.opener_ms:
            return first
        return await self.recorder.sound(first + round(self.kiosk.line.opener_ms * SAMPLE_RATE / 1000), ANSWER_SECONDS)

    async def _end_of(self, sound: Sound, begin: int) -> int:
        """Raises LookupError."""
        await asyncio.sleep(sound.size / SAMPLE_RATE)
        for _ in range(LOOKS):
            with contextlib.suppress(LookupError):
                return self.recorder.end_of(sound, begin)
            await asyncio.sleep(LOOK_SECONDS)
        return self.recorder.end_of(sound, begin)

    async def _spoken_out(self) -> None:
        """Until the answer is over, or somebody is answered that nobody was."""
        talk = self.kiosk.talk
        turn = talk.snapshot.turn
        await until(
            lambda: talk.snapshot.state is not VoiceState.SPEAKING or talk.snapshot.turn > turn + 1, SPOKEN_SECONDS
        )

    def _spans(self, told: dict[Span, float], states: int, end: int, waited: float) -> dict[Span, float]:
        """The backend's, between what was measured here: until the kiosk took the silence for the end, and until the
        sound could be heard."""
        thinking = next(at for at, state in self.kiosk.states[states:] if state is VoiceState.THINKING)
        spans = {**dict.fromkeys(Span, 0.0), **told, Span.ENDPOINTING: (thinking - self.recorder.at(end)) * 1000}
        spans[Span.OUTPUT] = waited - sum(ms for span, ms in spans.items() if span is not Span.OUTPUT)
        return spans

    def _why(self, states: int) -> str:
        now = self.kiosk.talk.snapshot
        came = ", ".join(state.value for _, state in self.kiosk.states[states:])
        return f"no answer; states: {came or 'none'}; error: {now.error.code.value if now.error else 'none'}"


def _engines_ms(calls: list[dict[str, Any]], pace: Pace, sentence: Sentence, *, opened: bool) -> float:
    """Until the first sound: hearing, the model's text as far as it was waited for, the first byte of speech.

    ``opened``: it was waited for no further than to its first change, and what was said then was kept.
    """
    seconds = pace.hearing if any(call["capability"] == Capability.STT for call in calls) else 0.0
    asked = [call["at"] for call in calls if call["capability"] == Capability.LANGUAGE]
    # Before it, fixed sentences may have been spoken for the cache.
    spoken = [
        call["at"] for call in calls if call["capability"] == Capability.TTS and call["at"] > max(asked, default=0)
    ]
    text = json.dumps(sentence.reply, ensure_ascii=False, separators=(",", ":"))
    if opened:
        return 1000 * (seconds + pace.first_token + pace.each_letter * (text.index(OPENED_BY) + len(OPENED_BY)))
    if spoken:
        seconds += pace.first_sound
    if asked:
        letters = len(text)
        whole = pace.of_text(2, letters)[-1]
        # Who speaks before the text is whole has waited for less of it.
        seconds += min(whole, max(0.0, spoken[0] - asked[-1])) if spoken else whole
    return 1000 * seconds


def _write(player: subprocess.Popen[bytes], sound: bytes) -> None:
    if player.stdin is None:
        raise RuntimeError("the player takes nothing")
    with contextlib.suppress(OSError):
        player.stdin.write(sound)
    with contextlib.suppress(OSError):
        player.stdin.close()
