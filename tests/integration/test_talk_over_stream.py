"""The whole conversation over the stream: how long it waits, who has the floor, and what counts as said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import pytest

from kiosk.api.link import BackendLink
from kiosk.api.voice_stream import VoiceStream, VoiceStreamTimes
from kiosk.errors import LocalCode
from kiosk.services.http_line import HttpLine
from kiosk.services.order_session import OrderSession
from kiosk.services.stream_line import StreamLine
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.voice import VoiceAnalysisResponse
from shared.voice_stream import (
    Answer,
    Cancel,
    Caption,
    Done,
    End,
    Hearing,
    Pause,
    Played,
    Speech,
    Spoken,
    Stop,
    TurnBegins,
)
from tests.fakes.flaky_backend import FlakyBackend
from tests.fakes.shop_counter import FakeLive
from tests.fakes.sound_devices import SILENCE, SPEECH, FakeMicrophone, FakeOutput
from tests.fakes.stream_backend import StreamBackend, stream_backend
from tests.support.waiting import until

FAST = VoiceStreamTimes(first_backoff=0.01, longest_backoff=0.05, refused=0.05, opening=2.0)


@dataclass
class Shop:
    server: StreamBackend
    backend: FlakyBackend
    talk: Talk
    ear: FakeMicrophone
    output: FakeOutput
    line: StreamLine

    async def say(self, seconds: float, quiet: float) -> int:
        """The turn's number, once the pause behind it was told."""
        pauses = len(self.server.of(Pause))
        self.ear.hear(SPEECH, seconds)
        self.ear.hear(SILENCE, quiet)
        pause = await self.server.got(Pause, pauses + 1)
        assert isinstance(pause, Pause)
        return pause.turn

    async def heard(self, turn: int, words: str, *, complete: bool | None = True, hanging: bool = False) -> None:
        """What was said before the last pause."""
        pause = self.server.of(Pause)[-1]
        assert isinstance(pause, Pause)
        heard = Hearing(
            turn=turn, frames=pause.frames, transcript=words, final=False, complete=complete, hanging=hanging
        )
        await self.server.tell(heard)

    async def answer(self, turn: int, words: str = "두 개 담았어요.") -> None:
        """The answer and the first of its sound."""
        known = await self.backend.analyze("두 개", "session-0000000000000001")
        analysis = VoiceAnalysisResponse.model_validate({**known.model_dump(), "response": words})
        await self.server.tell(
            Hearing(turn=turn, frames=1, transcript="두 개 주세요", final=True),
            Answer(
                turn=turn, analysis=VoiceAnalysisResponse.model_validate({**analysis.model_dump(), "response": words})
            ),
            Speech(turn=turn, clip=0, rate=16_000),
        )
        await self.server.sounds(0, b"\x01\x00" * 320)

    async def over(self, turn: int) -> None:
        await self.server.tell(Spoken(turn=turn, ms=20), Done(turn=turn))


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with stream_backend() as server:
        backend = FlakyBackend()
        backend.known_tokens.add("token-1")
        numbers = count(1)
        link = BackendLink(server.base_url)
        order = OrderSession(
            backend, link, FakeLive(), new_id=lambda: f"session-{next(numbers):016d}", now=lambda: datetime.now(UTC)
        )
        calls = HttpLine(backend, order.converse)
        line = StreamLine(VoiceStream(link, FAST), order, calls)
        ear, output = FakeMicrophone(), FakeOutput()
        talk = Talk(backend, lambda: line if line.usable else calls, ear, output)
        line.connect()
        await until(lambda: line.usable)
        talk.press()
        await until(lambda: talk.snapshot.ready)
        yield Shop(server, backend, talk, ear, output, line)
        await talk.close()
        await line.close()
        await order.close()


async def ended(shop: Shop, count: int = 1) -> End:
    end = await shop.server.got(End, count)
    assert isinstance(end, End)
    return end


@pytest.mark.parametrize(
    ("complete", "hanging", "before", "after"),
    [(True, False, 0.2, 0.3), (None, False, 0.5, 0.6), (False, False, 0.64, 0.76), (None, True, 0.74, 0.86)],
)
async def test_the_words_so_far_say_how_long_to_wait(
    shop: Shop, complete: bool | None, hanging: bool, before: float, after: float
) -> None:
    turn = await shop.say(1.0, 0.14)
    await shop.heard(turn, "두 개", complete=complete, hanging=hanging)
    await until(lambda: shop.talk.snapshot.transcript == "두 개")
    shop.ear.hear(SILENCE, before - 0.14)
    await shop.ear.empty()
    assert not shop.server.of(End)
    shop.ear.hear(SILENCE, after - before)
    end = await ended(shop)
    pause = shop.server.of(Pause)[-1]
    assert isinstance(pause, Pause)
    assert end.frames == pause.frames, "what was heard ahead counts"
    assert before * 1000 - 21 < end.quiet_ms < after * 1000 + 200
    assert shop.talk.snapshot.state is VoiceState.THINKING


async def test_an_answer_is_spoken_and_told_to_be_heard(shop: Shop) -> None:
    turn = await shop.say(1.0, 1.0)
    await ended(shop)
    shop.output.played_ms = 640
    await shop.answer(turn)
    await until(lambda: shop.talk.snapshot.caption == "두 개 담았어요.")
    assert shop.talk.snapshot.transcript == "두 개 주세요"
    await shop.over(turn)
    played = await shop.server.got(Played)
    assert isinstance(played, Played)
    assert played.played_ms == 640
    assert shop.output.form == (16_000, 1)
    await until(lambda: shop.talk.snapshot.state is VoiceState.LISTENING)
    assert shop.backend.calls.count("transcribe") == 0


async def test_its_first_clause_is_seen_and_heard_before_the_rest_is_known(shop: Shop) -> None:
    turn = await shop.say(1.0, 1.0)
    await ended(shop)
    await shop.server.tell(Caption(turn=turn, clip=0, text="두 개 담았어요."), Speech(turn=turn, clip=0, rate=16_000))
    await shop.server.sounds(0, b"\x01\x00")
    await until(lambda: shop.talk.snapshot.state is VoiceState.SPEAKING)
    assert shop.talk.snapshot.caption == "두 개 담았어요."
    assert shop.talk.snapshot.turn == 0


async def speaking(shop: Shop) -> int:
    """The kiosk speaks a long answer."""
    shop.output.at_once = False
    turn = await shop.say(1.0, 1.0)
    await ended(shop)
    await shop.answer(turn)
    await shop.over(turn)
    await until(lambda: shop.output.playing)
    return turn


async def test_a_no_of_half_a_second_stops_it_by_its_words(shop: Shop) -> None:
    first = await speaking(shop)
    shop.output.played_ms = 840
    second = await shop.say(0.4, 0.14)
    await until(lambda: shop.output.paused)
    await shop.heard(second, "아니요")
    shop.ear.hear(SILENCE, 0.6)
    stop = await shop.server.got(Stop)
    assert isinstance(stop, Stop)
    assert (stop.turn, stop.played_ms) == (first, 840)
    assert (await ended(shop, 2)).turn == second
    assert not shop.server.of(Cancel)


async def test_a_listeners_yes_is_taken_back_and_it_goes_on(shop: Shop) -> None:
    await speaking(shop)
    second = await shop.say(0.4, 0.14)
    await shop.heard(second, "네네")
    shop.ear.hear(SILENCE, 0.6)
    cancel = await shop.server.got(Cancel)
    assert isinstance(cancel, Cancel)
    assert cancel.turn == second
    await until(lambda: not shop.output.paused)
    assert shop.output.playing
    assert len(shop.server.of(End)) == 1
    assert not shop.server.of(Stop)


async def test_what_stays_unknown_is_no_reason_to_stop_for_more_than_two_seconds(shop: Shop) -> None:
    await speaking(shop)
    await shop.say(0.4, 1.4)
    assert shop.output.paused
    shop.ear.hear(SILENCE, 0.6)
    await shop.server.got(Cancel)
    await until(lambda: not shop.output.paused)


async def test_the_stream_is_cut_in_mid_sentence(shop: Shop) -> None:
    shop.ear.hear(SPEECH, 0.5)
    await shop.server.got(TurnBegins)
    shop.server.cut()
    await until(lambda: not shop.line.usable)
    shop.ear.speak(0.5)
    await until(lambda: shop.talk.snapshot.turn == 1)
    assert shop.talk.snapshot.error is None
    assert shop.backend.calls.count("transcribe") == 1
    await until(lambda: shop.talk.snapshot.state is VoiceState.LISTENING)


async def test_the_stream_is_cut_while_the_backend_thinks(shop: Shop) -> None:
    await shop.say(1.0, 1.0)
    await ended(shop)
    shop.server.cut()
    await until(lambda: shop.talk.snapshot.error is not None)
    error = shop.talk.snapshot.error
    assert error is not None
    assert error.code is LocalCode.BACKEND_UNREACHABLE
    assert shop.talk.snapshot.state is VoiceState.LISTENING
    await until(lambda: shop.line.usable)
    await shop.say(1.0, 1.0)
    await ended(shop, 2)


async def test_the_stream_is_cut_while_the_kiosk_speaks(shop: Shop) -> None:
    turn = await shop.say(1.0, 1.0)
    await ended(shop)
    await shop.answer(turn)
    await until(lambda: shop.talk.snapshot.turn == 1)
    shop.server.cut()
    await until(lambda: shop.talk.snapshot.state is VoiceState.LISTENING)
    assert shop.talk.snapshot.caption == "두 개 담았어요."
    error = shop.talk.snapshot.error
    assert error is not None
    assert error.code is LocalCode.NOT_SPOKEN
