"""The voice stream cut from the kiosk's side, at every point of a turn with the real backend: the turn ends, the cart
stands, the customer knows, and what was said is never ordered twice."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import EventStream
from kiosk.api.link import BackendLink
from kiosk.api.voice_stream import StreamListener, VoiceStream, VoiceStreamTimes
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import FRAME_BYTES, FRAME_SECONDS, Heard
from kiosk.audio.silero import SileroDetector
from kiosk.services.http_line import HttpLine
from kiosk.services.order_session import OrderSession
from kiosk.services.stream_line import StreamLine
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.orders import OrderItemDraft
from shared.voice_stream import (
    Answer,
    Done,
    End,
    Hearing,
    Open,
    Pause,
    Played,
    Ready,
    Speech,
    StreamReply,
    StreamRequest,
    TurnBegins,
)
from tests.fakes.sound_devices import FakeMicrophone, FakeOutput
from tests.fakes.vendors import Transcript, emulated_vendors
from tests.support.backend import make_settings, running_app
from tests.support.waiting import until
from tools.sound_scenes import SPEAKERS, at_level, hiss, pcm, silence, spoken

SAID = "딸기 케이크 하나 주세요"
Gets = Callable[[BaseModel | bytes], bool]
FAST = VoiceStreamTimes(first_backoff=0.01, longest_backoff=0.05, refused=0.05)


class Scissors(VoiceStream):
    """Cuts its line once: instead of sending the first message of kind ``sends`` (bytes: the tenth piece of sound), or
    right after the first of which ``gets`` is true has come."""

    def __init__(self, link: BackendLink, sends: type | None, gets: Gets | None) -> None:
        super().__init__(link, FAST)
        self._sends = sends
        self._gets = gets
        self._sounds = 0
        self.cuts = 0

    async def run(self, opening: Callable[[], Awaitable[Open]], listener: StreamListener) -> None:
        await super().run(opening, Watched(listener, self))

    def send(self, message: StreamRequest) -> None:
        if self._sends is type(message):
            self.cut()
        super().send(message)

    def send_sound(self, number: int, pcm: bytes) -> None:
        self._sounds += 1
        if self._sends is bytes and self._sounds == 10:
            self.cut()
        super().send_sound(number, pcm)

    def came(self, reply: BaseModel | bytes) -> None:
        if self._gets is not None and self._gets(reply):
            self.cut()

    def cut(self) -> None:
        if not self.cuts:
            self.cuts = 1
            self.reopen()


@dataclass
class Watched(StreamListener):
    listener: StreamListener
    scissors: Scissors

    def opened(self, ready: Ready, opening: Open) -> None:
        self.listener.opened(ready, opening)

    def told(self, reply: StreamReply) -> None:
        self.listener.told(reply)
        self.scissors.came(reply)

    def sounded(self, number: int, pcm: bytes) -> None:
        self.listener.sounded(number, pcm)
        self.scissors.came(pcm)

    def lost(self) -> None:
        self.listener.lost()


@dataclass
class Kiosk:
    order: OrderSession
    talk: Talk
    line: StreamLine
    ear: FakeMicrophone
    turns: list[bool] = field(default_factory=list)
    """Of each turn that ended, whether it was answered."""

    async def say(self) -> None:
        """``SAID``, and wait for whatever becomes of it."""
        self.ear.give(sentence())
        answers, states = self.talk.snapshot.turn, []
        unsubscribe = self.talk.subscribe(lambda: states.append(self.talk.snapshot.state))
        await until(lambda: VoiceState.THINKING in states)
        await until(lambda: self.talk.snapshot.state is VoiceState.LISTENING and not self.talk.busy)
        unsubscribe()
        self.turns.append(self.talk.snapshot.turn > answers)

    def cart(self) -> list[tuple[str, int]]:
        return [(line.draft.menu_code, line.draft.quantity) for line in self.order.snapshot.lines]


def sentence() -> list[Heard]:
    """Through the real front end."""
    said = at_level(spoken(SAID, SPEAKERS[0]), -22.0)
    sound = [silence(0.4), said, silence(1.0)]
    whole = b"".join(pcm(piece + hiss(len(piece), 1)) for piece in sound)
    front = FrontEnd(SileroDetector())
    return [
        heard
        for n in range(len(whole) // FRAME_BYTES)
        for heard in front.feed(whole[n * FRAME_BYTES : (n + 1) * FRAME_BYTES], (n + 1) * FRAME_SECONDS)
    ]


@asynccontextmanager
async def kiosk(folder: Path, sends: type | None, gets: Gets | None) -> AsyncIterator[tuple[Kiosk, Scissors]]:
    """A customer who has put a cheese cake into the cart by touch, and has opened the microphone."""
    async with emulated_vendors() as vendors:
        vendors.script.transcript = Transcript(SAID)
        settings = make_settings(
            folder,
            openai_api_key=vendors.openai_key,
            openai_base_url=vendors.openai_url,
            hearing_engines=("openai",),
            language_engines=("offline",),
            image_engines=("offline",),
        )
        async with running_app(settings) as url:
            link = BackendLink(url)
            client = BackendClient(link, "kiosk-1")
            live = EventStream(link, "kiosk-1")
            order = OrderSession(
                client, link, live, new_id=lambda: secrets.token_urlsafe(24), now=lambda: datetime.now(UTC)
            )
            calls = HttpLine(client, order.converse)
            scissors = Scissors(link, sends, gets)
            line = StreamLine(scissors, order, calls)
            ear = FakeMicrophone()
            talk = Talk(client, lambda: line if line.usable else calls, ear, FakeOutput())
            try:
                order.add(OrderItemDraft(menu_code="cheese", style="simple", quantity=1))
                line.connect()
                talk.press()
                await until(lambda: line.usable and talk.snapshot.ready and order.snapshot.priced)
                yield Kiosk(order, talk, line, ear), scissors
            finally:
                await talk.close()
                await line.close()
                await order.close()
                await client.close()


def first(kind: type) -> Gets:
    return lambda reply: isinstance(reply, kind)


UP = {kind.__name__: kind for kind in (TurnBegins, bytes, Pause, End, Played)}
DOWN: dict[str, Gets] = {
    "words heard ahead": first(Hearing),
    "the words": lambda reply: isinstance(reply, Hearing) and reply.final,
    **{kind.__name__: first(kind) for kind in (Answer, Speech, bytes, Done)},
}


@pytest.mark.parametrize(
    ("sends", "gets"),
    [
        *(pytest.param(kind, None, id=f"before {name}") for name, kind in UP.items()),
        *(pytest.param(None, gets, id=f"after {name}") for name, gets in DOWN.items()),
    ],
)
async def test_a_turn_whose_stream_is_cut(tmp_path: Path, sends: type | None, gets: Gets | None) -> None:
    async with kiosk(tmp_path / "data", sends, gets) as (here, scissors):
        await here.say()
        assert scissors.cuts == 1
        told = here.talk.snapshot.error
        if here.turns == [False]:
            assert told is not None, "the customer is told that it was not understood"
            assert here.cart() == [("cheese", 1)]
        else:
            assert here.cart() == [("cheese", 1), ("strawberry", 1)]
            assert here.talk.snapshot.caption
        await until(lambda: here.line.usable)
        if here.turns == [False]:
            await here.say()
        else:
            here.talk.say("안녕하세요")
            await until(lambda: here.talk.snapshot.turn == 2 and not here.talk.busy)
        assert here.talk.snapshot.error is None
        assert here.cart() == [("cheese", 1), ("strawberry", 1)], "the backend's cart is the one that is shown"
