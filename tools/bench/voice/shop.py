"""The kiosk's voice as it is in the shop, without a window: real sound, real services, the real backend behind it."""

from __future__ import annotations

import dataclasses
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import EventStream
from kiosk.api.link import BackendLink
from kiosk.api.voice_stream import VoiceStream
from kiosk.audio.capture import EchoReference
from kiosk.audio.driver import SoundDriver
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.microphone import Microphone
from kiosk.audio.silero import SileroDetector
from kiosk.audio.speaker import Speaker
from kiosk.audio.webrtc import new_canceller
from kiosk.services.http_line import HttpLine
from kiosk.services.line import LineTurn, Words
from kiosk.services.order_session import OrderSession
from kiosk.services.stream_line import StreamLine
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.voice_stream import Answer, Done, Speech, Spoken, StreamReply, milliseconds_of
from tests.fakes.vendors.pace import Pace
from tests.support.vendors import VendorProcess, vendor_process
from tests.support.waiting import until
from tools.processes import GENEROUS_RATES, running_backend

PATIENCE = 30.0


class WatchedLine(StreamLine):
    """The same, and keeps when somebody was taken to begin to speak, and what the backend told of turns."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.begun: list[float] = []
        self.spoken: list[Spoken] = []
        self.done: list[Done] = []
        self.opener_ms = 0.0
        """Sound of the last turn that came before its answer."""
        self._rate, self._unanswered = 0, False

    def turn(self, before_ms: int, on_words: Callable[[Words], None]) -> LineTurn:
        self.begun.append(time.monotonic())
        self.opener_ms, self._unanswered = 0.0, True
        return super().turn(before_ms, on_words)

    def told(self, reply: StreamReply) -> None:
        if isinstance(reply, Done):
            self.done.append(reply)
        elif isinstance(reply, Spoken):
            self.spoken.append(reply)
        elif isinstance(reply, Speech):
            self._rate = reply.rate
        elif isinstance(reply, Answer):
            self._unanswered = False
        super().told(reply)

    def sounded(self, number: int, pcm: bytes) -> None:
        if self._unanswered and self._rate:
            self.opener_ms += milliseconds_of(len(pcm), self._rate)
        super().sounded(number, pcm)


@dataclass
class Kiosk:
    """One voice path. ``states`` is every state of the conversation that came, with the moment (monotonic)."""

    talk: Talk
    line: WatchedLine
    calls: HttpLine
    order: OrderSession
    states: list[tuple[float, VoiceState]] = field(default_factory=list)

    async def listen(self, language: str = "ko") -> None:
        """Somebody new stands at the kiosk and has pressed the button; the line is up for them."""
        self.talk.reset()
        self.order.end()
        self.calls.language = self.line.language = language
        await self.again()

    async def again(self) -> None:
        """The same customer may speak."""
        await until(lambda: self.line.usable, PATIENCE)
        self.talk.listen()
        await until(lambda: self.talk.snapshot.ready, PATIENCE)


@asynccontextmanager
async def kiosk_at(url: str) -> AsyncIterator[Kiosk]:
    """A kiosk that has just been started, warmed as it is on its attract screen. Sound by this process's variables."""
    link = BackendLink(url)
    client = BackendClient(link, "bench")
    driver, reference = SoundDriver(), EchoReference()
    order = OrderSession(
        client,
        link,
        EventStream(link, "bench"),
        new_id=lambda: secrets.token_urlsafe(24),
        now=lambda: datetime.now(UTC),
    )
    microphone = Microphone(
        driver, lambda: FrontEnd(SileroDetector(), new_canceller(), SileroDetector()), "", reference
    )
    calls = HttpLine(client, order.converse)
    line = WatchedLine(VoiceStream(link), order, calls)
    talk = Talk(client, lambda: line if line.usable else calls, microphone, Speaker(driver, "", reference))
    kiosk = Kiosk(talk, line, calls, order)
    talk.subscribe(lambda: _note(kiosk))
    calls.language = line.language = "ko"
    await driver.warm_up()
    await microphone.warm_up()
    line.connect()
    try:
        yield kiosk
    finally:
        await talk.close()
        await line.close()
        await order.close()
        await driver.close()
        await client.close()


def _note(kiosk: Kiosk) -> None:
    state = kiosk.talk.snapshot.state
    if not kiosk.states or kiosk.states[-1][1] is not state:
        kiosk.states.append((time.monotonic(), state))


@dataclass(frozen=True, slots=True)
class House:
    """Engines and the backend that uses them."""

    vendors: VendorProcess
    url: str


@contextmanager
def house(
    folder: Path, pace: Pace, environment: Mapping[str, str] | None = None, brain: str = "script"
) -> Iterator[House]:
    """Both as processes of their own. ``environment``: settings of the backend."""
    folder.mkdir(parents=True)
    with vendor_process("--brain", brain) as vendors:
        vendors.tell("pace", **dataclasses.asdict(pace))
        given = {**GENEROUS_RATES, **vendors.environment, **(environment or {})}
        with running_backend(folder / "data", given) as backend:
            yield House(vendors, backend.url)
