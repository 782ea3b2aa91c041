"""Turns over a real WebSocket: heard ahead, answered, spoken in pieces, and cut at every point."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import pytest

from kiosk.api.link import BackendLink
from kiosk.api.voice_stream import VoiceStream, VoiceStreamTimes
from kiosk.audio.interfaces import FRAME_BYTES
from kiosk.errors import KioskError, LocalCode
from kiosk.services.http_line import HttpLine
from kiosk.services.line import LineTurn, Streamed, Words
from kiosk.services.order_session import OrderSession
from kiosk.services.stream_line import StreamLine
from kiosk.tasks import TaskScope
from shared.messages import CloseCode
from shared.problems import Problem, ProblemCode
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
    Resume,
    Say,
    Speech,
    Spoken,
    Stop,
    StreamProblem,
    TurnBegins,
)
from tests.fakes.flaky_backend import FlakyBackend
from tests.fakes.shop_counter import FakeLive
from tests.fakes.stream_backend import StreamBackend, stream_backend
from tests.support.waiting import until

FAST = VoiceStreamTimes(first_backoff=0.01, longest_backoff=0.05, refused=0.05, opening=2.0)
FRAME = b"\x01\x02" * (FRAME_BYTES // 2)
SESSION = "session-0000000000000001"


@dataclass
class Shop:
    server: StreamBackend
    backend: FlakyBackend
    link: BackendLink
    order: OrderSession
    line: StreamLine
    scope: TaskScope
    words: list[Words]
    heard: list[str]
    captions: list[str]

    def turn(self) -> LineTurn:
        return self.line.turn(300, self.words.append)

    async def analysis(self, answer: str = "두 개 담았어요.") -> VoiceAnalysisResponse:
        told = await self.backend.analyze("두 개 주세요", SESSION)
        self.backend.calls.remove("analyze")
        return told.model_copy(update={"response": answer})

    def asked(self, turn: LineTurn, frames: int) -> Asked:
        asked = Asked()

        async def ask() -> None:
            try:
                asked.analysis = await turn.answer(frames, lambda: 0.25, Ear(self.heard, self.captions))
            except KioskError as error:
                asked.error = error

        self.scope.start(ask(), "ask")
        return asked


@dataclass
class Ear:
    """What a turn tells before its answer."""

    transcripts: list[str]
    captions: list[str]

    def heard(self, transcript: str) -> None:
        self.transcripts.append(transcript)

    def caption(self, text: str) -> None:
        self.captions.append(text)


class Asked:
    """How it ended: an analysis or an error."""

    analysis: VoiceAnalysisResponse | None = None
    error: KioskError | None = None

    async def end(self) -> None:
        await until(lambda: self.analysis is not None or self.error is not None)


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with stream_backend() as server:
        backend = FlakyBackend()
        backend.known_tokens.add("token-1")
        link = BackendLink(server.base_url)
        numbers = count(1)
        order = OrderSession(
            backend, link, FakeLive(), new_id=lambda: f"session-{next(numbers):016d}", now=lambda: datetime.now(UTC)
        )
        line = StreamLine(VoiceStream(link, FAST), order, HttpLine(backend, order.converse))
        line.language = "ko"
        scope = TaskScope("test")
        shop = Shop(server, backend, link, order, line, scope, [], [], [])
        line.connect()
        await until(lambda: line.usable)
        yield shop
        await scope.close()
        await line.close()
        await order.close()


async def test_it_is_opened_for_this_customer_in_this_language(shop: Shop) -> None:
    opening = shop.server.openings[0]
    assert opening.session_id == shop.order.snapshot.session_id
    assert opening.token is not None
    assert opening.language == "ko"
    shop.line.language = "en"
    assert not shop.line.usable
    await until(lambda: shop.line.usable)
    assert shop.server.openings[-1].language == "en"


async def test_a_turn_heard_ahead_and_spoken_in_pieces(shop: Shop) -> None:
    turn = shop.turn()
    turn.sound(FRAME * 30)
    for _ in range(40):
        turn.sound(FRAME)
    turn.pause(65)
    await shop.server.got(Pause)
    assert b"".join(pcm for _, pcm in shop.server.sound) == FRAME * 70
    assert [number for number, _ in shop.server.sound] == [0, 25, *range(30, 70)]
    await shop.server.tell(Hearing(turn=1, frames=65, transcript="두 개", final=False, complete=False, hanging=True))
    await until(lambda: shop.words == [Words(65, "두 개", complete=False, hanging=True)])
    turn.resume()
    turn.sound(FRAME * 10)
    turn.pause(80)
    asked = shop.asked(turn, 80)
    end = await shop.server.got(End)
    assert isinstance(end, End)
    assert (end.turn, end.frames, end.quiet_ms) == (1, 80, 250)
    await shop.server.tell(
        Hearing(turn=1, frames=80, transcript="두 개 주세요", final=True),
        Answer(turn=1, analysis=await shop.analysis()),
        Speech(turn=1, clip=0, rate=24_000),
    )
    await shop.server.sounds(0, b"\x01\x00" * 10, b"\x02\x00" * 10)
    await asked.end()
    assert asked.analysis is not None
    assert asked.analysis.response == "두 개 담았어요."
    assert shop.heard == ["두 개 주세요"]
    sound = await turn.speech()
    assert isinstance(sound, Streamed)
    assert (sound.rate, sound.channels) == (24_000, 1)
    await shop.server.tell(Speech(turn=1, clip=1, rate=24_000))
    await shop.server.sounds(2, b"\x03\x00" * 10)
    await shop.server.tell(Spoken(turn=1, ms=3), Done(turn=1))
    assert [chunk async for chunk in sound.chunks] == [b"\x01\x00" * 10, b"\x02\x00" * 10, b"\x03\x00" * 10]
    turn.played(3, 640)
    played = await shop.server.got(Played)
    assert isinstance(played, Played)
    assert (played.played_ms, played.waited_ms) == (3, 640)
    assert [type(one) for one in shop.server.requests] == [TurnBegins, Pause, Resume, Pause, End, Played]


async def test_what_can_be_said_before_the_answer_is_whole_is(shop: Shop) -> None:
    turn = shop.turn()
    asked = shop.asked(turn, 0)
    await shop.server.got(End)
    await shop.server.tell(Caption(turn=1, clip=0, text="두 개 담았어요."), Speech(turn=1, clip=0, rate=24_000))
    await shop.server.sounds(0, b"\x01\x00")
    sound = await turn.speech()
    assert isinstance(sound, Streamed)
    assert await anext(sound.chunks) == b"\x01\x00"
    await shop.server.tell(Caption(turn=1, clip=1, text="더 필요하세요?"))
    await until(lambda: len(shop.captions) == 2)
    assert shop.captions == ["두 개 담았어요.", "두 개 담았어요. 더 필요하세요?"]
    assert asked.analysis is None
    await shop.server.tell(Answer(turn=1, analysis=await shop.analysis()), Spoken(turn=1, ms=1), Done(turn=1))
    await asked.end()
    assert [chunk async for chunk in sound.chunks] == []


async def test_a_typed_sentence(shop: Shop) -> None:
    turn = shop.line.say("치즈 케이크 하나")
    asked = shop.asked(turn, 0)
    said = await shop.server.got(Say)
    assert isinstance(said, Say)
    assert said.text == "치즈 케이크 하나"
    await shop.server.tell(Answer(turn=1, analysis=await shop.analysis()), Done(turn=1))
    await asked.end()
    assert shop.heard == ["치즈 케이크 하나"]
    assert await turn.speech() is None


async def test_stop_and_cancel_are_told_and_what_comes_after_them_is_nobodys(shop: Shop) -> None:
    first, second = shop.turn(), shop.turn()
    first.stopped(840, 620)
    second.cancel()
    await shop.server.got(Cancel)
    stop = await shop.server.got(Stop)
    assert isinstance(stop, Stop)
    assert (stop.turn, stop.played_ms) == (1, 840)
    await shop.server.tell(Hearing(turn=2, frames=1, transcript="?", final=False), Speech(turn=1, clip=0, rate=16_000))
    await shop.server.sounds(0, b"\x01\x00")
    await shop.server.tell_raw('{"type": "something newer"}')
    third = shop.turn()
    asked = shop.asked(third, 0)
    await shop.server.got(End)
    await shop.server.tell(Answer(turn=3, analysis=await shop.analysis()))
    await asked.end()
    assert shop.words == []


@pytest.mark.parametrize(
    ("code", "step", "told"),
    [
        (ProblemCode.ENGINE_UNAVAILABLE, "hear", LocalCode.HEARING_UNAVAILABLE),
        (ProblemCode.ENGINE_UNAVAILABLE, "understand", ProblemCode.ENGINE_UNAVAILABLE),
        (ProblemCode.SILENCE, "hear", LocalCode.SPEECH_NOT_HEARD),
        (ProblemCode.RATE_LIMITED, "understand", ProblemCode.RATE_LIMITED),
    ],
)
async def test_a_problem_of_the_backend_ends_the_turn(shop: Shop, code: ProblemCode, step: str, told: object) -> None:
    turn = shop.turn()
    asked = shop.asked(turn, 0)
    await shop.server.got(End)
    problem = Problem.model_validate(
        {
            "type": "about:blank",
            "title": "",
            "status": 503,
            "code": code,
            "retryable": True,
            "detail": "",
            "params": {"step": step},
            "request_id": "r",
        }
    )
    await shop.server.tell(StreamProblem(turn=1, problem=problem))
    await asked.end()
    assert asked.error is not None
    assert asked.error.code is told


async def test_cut_while_the_customer_speaks_the_turn_goes_on_over_single_calls(shop: Shop) -> None:
    turn = shop.turn()
    turn.sound(FRAME * 30)
    shop.server.cut()
    await until(lambda: not shop.line.usable)
    turn.sound(FRAME * 20)
    asked = shop.asked(turn, 50)
    await asked.end()
    assert asked.error is None
    assert shop.backend.calls.count("transcribe") == 1
    assert shop.heard == [shop.backend.heard]
    assert shop.server.of(End) == []
    await until(lambda: shop.line.usable)


async def test_cut_while_the_backend_thinks_the_customer_is_told_and_the_cart_stands(shop: Shop) -> None:
    turn = shop.turn()
    asked = shop.asked(turn, 0)
    await shop.server.got(End)
    shop.server.cut()
    await asked.end()
    assert asked.error is not None
    assert asked.error.code is LocalCode.BACKEND_UNREACHABLE
    assert shop.backend.calls.count("transcribe") == 0, "it may have been understood already"


async def test_cut_while_it_speaks_the_sound_breaks_off(shop: Shop) -> None:
    turn = shop.turn()
    asked = shop.asked(turn, 0)
    await shop.server.got(End)
    await shop.server.tell(Answer(turn=1, analysis=await shop.analysis()), Speech(turn=1, clip=0, rate=16_000))
    await shop.server.sounds(0, b"\x01\x00")
    await asked.end()
    sound = await turn.speech()
    assert isinstance(sound, Streamed)
    shop.server.cut()
    with pytest.raises(KioskError) as raised:
        _ = [chunk async for chunk in sound.chunks]
    assert raised.value.code is LocalCode.BACKEND_UNREACHABLE


async def test_sound_out_of_order_breaks_off(shop: Shop) -> None:
    turn = shop.turn()
    asked = shop.asked(turn, 0)
    await shop.server.got(End)
    await shop.server.tell(Answer(turn=1, analysis=await shop.analysis()), Speech(turn=1, clip=0, rate=16_000))
    await shop.server.sounds(0, b"\x01\x00")
    await shop.server.sounds(2, b"\x01\x00")
    await asked.end()
    sound = await turn.speech()
    assert isinstance(sound, Streamed)
    with pytest.raises(KioskError) as raised:
        _ = [chunk async for chunk in sound.chunks]
    assert raised.value.code is LocalCode.BAD_ANSWER


async def test_who_is_refused_speaks_over_single_calls_and_it_is_tried_again(shop: Shop) -> None:
    shop.server.refuse = int(CloseCode.FORBIDDEN)
    shop.server.cut()
    await until(lambda: len(shop.server.openings) >= 3)
    assert not shop.line.usable
    shop.server.refuse = None
    await until(lambda: shop.line.usable)


async def test_a_backend_that_reads_nothing_is_given_up_and_memory_is_bounded(shop: Shop) -> None:
    shop.server.reads.clear()
    shop.server.cut()
    await until(lambda: shop.line.usable)
    turn = shop.turn()
    turn.sound(FRAME * 10_000)
    ready = [shop.line.usable]
    for _ in range(600):
        turn.pause(1)
    assert [*ready, shop.line.usable] == [True, False], "a turn has an end, and so has patience"
    shop.server.reads.set()
    await until(lambda: shop.line.usable)


async def test_connect_and_disconnect_are_idempotent(shop: Shop) -> None:
    shop.line.connect()
    shop.line.disconnect()
    shop.line.disconnect()
    await until(lambda: not shop.line.usable)
    await asyncio.sleep(0)
    shop.line.connect()
    await until(lambda: shop.line.usable)
