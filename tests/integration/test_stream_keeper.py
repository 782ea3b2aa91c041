"""Whether there is a line, and a guest, by what the customer does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import pytest

from kiosk.api.link import BackendLink
from kiosk.api.voice_stream import VoiceStream, VoiceStreamTimes
from kiosk.services.http_line import HttpLine
from kiosk.services.idle_watch import IdleWatch
from kiosk.services.order_session import OrderSession
from kiosk.services.stream_keeper import keep_stream
from kiosk.services.stream_line import StreamLine
from kiosk.services.talk import Talk
from shared.voice_stream import Pause
from tests.fakes.flaky_backend import FlakyBackend
from tests.fakes.shop_counter import FakeLive
from tests.fakes.sound_devices import SILENCE, SPEECH, FakeMicrophone, FakeOutput
from tests.fakes.stream_backend import StreamBackend, stream_backend
from tests.support.waiting import until


@dataclass
class Shop:
    server: StreamBackend
    backend: FlakyBackend
    idle: IdleWatch
    talk: Talk
    ear: FakeMicrophone
    line: StreamLine
    order: OrderSession

    def wipe(self) -> None:
        """As the composition root does when a customer has gone."""
        self.order.end()
        self.talk.reset()


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
        line = StreamLine(VoiceStream(link, VoiceStreamTimes(first_backoff=0.01)), order, calls)
        ear = FakeMicrophone()
        talk = Talk(backend, lambda: line if line.usable else calls, ear, FakeOutput())
        idle = IdleWatch(60, 60, lambda: talk.busy, lambda: None)
        end = keep_stream(line, idle, talk)
        yield Shop(server, backend, idle, talk, ear, line, order)
        end()
        for one in (talk, line, order, idle):
            await one.close()


async def test_who_only_touches_is_no_guest_and_has_no_line(shop: Shop) -> None:
    shop.idle.begin()
    shop.idle.touch()
    shop.talk.announce("아직 계세요?")
    await until(lambda: shop.talk.snapshot.caption and not shop.talk.busy)
    assert "guest" not in shop.backend.calls
    assert shop.server.openings == []


async def test_who_presses_has_a_line_until_they_are_gone(shop: Shop) -> None:
    shop.idle.begin()
    shop.talk.press()
    await until(lambda: shop.line.usable and shop.talk.snapshot.ready)
    shop.ear.hear(SPEECH, 0.5)
    shop.ear.hear(SILENCE, 0.2)
    await shop.server.got(Pause)
    shop.talk.cancel()
    assert shop.line.usable, "a customer who stopped talking may go on"
    shop.idle.finish()
    shop.wipe()
    await until(lambda: not shop.line.usable)
    shop.idle.begin()
    shop.talk.press()
    await until(lambda: shop.line.usable)
    first, second = shop.server.openings
    assert first.session_id != second.session_id
    assert shop.backend.calls.count("guest") == 2


async def test_who_types_has_one_from_the_second_sentence_on(shop: Shop) -> None:
    shop.idle.begin()
    shop.talk.say("치즈 케이크 하나")
    await until(lambda: shop.talk.snapshot.turn == 1 and shop.line.usable)
    assert shop.backend.calls.count("analyze") == 1
