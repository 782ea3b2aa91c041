"""The voice stream's bounds: who reads nothing, lines at once, a token that ends, and sound that is kept nowhere."""

from __future__ import annotations

import asyncio
import logging
import socket
import tempfile
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from websockets.exceptions import InvalidStatus

from backend.database.sql.database import SqlDatabase
from backend.external import wav_stream
from backend.external.interfaces import EngineInfo, LanguageUnderstanding, SpeechStream, SpeechToText, TextToSpeech
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.routers.voice_stream_router import MAX_STREAMS, VoiceStreamRouter
from backend.services.auth_service import AuthService
from backend.services.catalogue_files import read_catalogue
from backend.services.catalogue_service import CatalogueService
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Link
from backend.services.gemini_service import GeminiService
from backend.services.openai_audio_service import OpenAIAudioService
from backend.services.order_service import OrderService
from backend.services.voice_figures import TurnLog
from backend.services.voice_stream import StreamServices
from backend.web.application import make_application
from backend.web.guards import Guard
from backend.web.metrics import Metrics
from backend.web.rate_limit import Rate, RateLimiter
from backend.web.server import bind, serving
from shared import paths
from shared.messages import CloseCode
from shared.voice_stream import Answer, Open, Say, Speech
from tests.fakes.engines import FakeSpeechToText
from tests.support.backend import ROOT, make_settings, running_app
from tests.support.voice_shop import SURE, shop, spoken_sample
from tests.support.voice_stream import Customer, customer
from tests.support.waiting import until

MUCH = 192_000
"""Samples a second: two seconds ahead are more than what a socket holds."""


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def today(self) -> date:
        return self.now.date()


class Loud:
    """A voice of half a minute in many bytes."""

    info = EngineInfo("loud", "voice", ("ko", "en"))

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:  # noqa: ARG002 - the interface's
        async def chunks() -> AsyncGenerator[bytes, None]:
            yield wav_stream.header(MUCH, 30 * MUCH * 2)
            for _ in range(300):
                yield bytes(MUCH // 10 * 2)

        return SpeechStream("audio/wav", self.info, chunks())


@pytest.fixture(scope="module")
def said() -> bytes:
    return spoken_sample()


@asynccontextmanager
async def small_shop(tmp_path: Path, send_seconds: float) -> AsyncIterator[tuple[str, VoiceStreamRouter]]:
    """The stream alone, over sockets that hold little."""
    database = await SqlDatabase.open(f"sqlite+aiosqlite:///{tmp_path / 'mallo.db'}")
    clock = Clock()
    files = read_catalogue(ROOT / "assets" / "catalogue")
    catalogue = CatalogueService(files, clock.today)
    orders = OrderService(database, catalogue, clock, clock.today)
    rules = OfflineUnderstanding()
    understanding: EngineChain[LanguageUnderstanding] = EngineChain("understand", [Link("language", rules)], 5.0)
    ears: EngineChain[SpeechToText] = EngineChain("hear", [Link("speech_to_text", FakeSpeechToText())], 5.0)
    voices: EngineChain[TextToSpeech] = EngineChain("speak", [Link("text_to_speech", Loud())], 5.0)
    services = StreamServices(
        GeminiService(understanding, orders, catalogue, database, clock, rules=rules),
        OpenAIAudioService(ears, voices),
        TurnLog(),
    )
    auth = AuthService(database, clock)
    router = VoiceStreamRouter(auth, services, lambda *_: None, clock, send_seconds=send_seconds)
    guard = Guard("127.0.0.1", (), ())
    app = make_application(
        [],
        router.routes(),
        callers=auth,
        limiter=RateLimiter({"default": Rate(10_000, 1)}),
        guard=guard,
        metrics=Metrics(),
    )
    with bind("127.0.0.1", 0) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        app.on_shutdown.append(lambda _: router.close())
        async with serving(app, listener, 10) as url:
            yield url, router
    await database.close()


def deaf_socket(url: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    host, _, port = url.removeprefix("http://").partition(":")
    made.connect((host, int(port)))
    made.setblocking(False)
    return made


async def test_who_reads_nothing_is_cut_and_has_ordered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with small_shop(tmp_path, send_seconds=0.3) as (url, router):
        async with customer(url, sock=deaf_socket(url)) as deaf:
            await deaf.send(Say(turn=1, text=SURE))
            await deaf.until(Speech)
            deaf.line.transport.pause_reading()
            await until(lambda: any("voice_stream_too_slow" in str(record.msg) for record in caplog.records))
            await until(lambda: router.lines == 0)
            deaf.line.transport.abort()
        async with customer(url) as again:
            await again.send(Say(turn=1, text="초콜릿 케이크 하나 주세요"))
            answer = await again.until(Answer)
            assert sorted(item.menu_code for item in answer.analysis.order_state.items) == ["chocolate", "strawberry"]


async def test_who_reads_slowly_is_not_cut(tmp_path: Path) -> None:
    async with small_shop(tmp_path, send_seconds=10) as (url, router), customer(url, sock=deaf_socket(url)) as slow:
        await slow.send(Say(turn=1, text=SURE))
        await slow.until(Speech)
        for _ in range(20):
            await slow.line.recv()
            await asyncio.sleep(0.01)
        assert router.lines == 1


async def test_so_many_lines_and_no_more(tmp_path: Path) -> None:
    async with running_app(make_settings(tmp_path / "data")) as url, AsyncExitStack() as lines:
        first = await lines.enter_async_context(customer(url))
        for number in range(1, MAX_STREAMS):
            await lines.enter_async_context(customer(url, Open(session_id=f"{'t' * 20}{number}")))
        with pytest.raises(InvalidStatus) as refused:
            async with customer(url):
                pass
        assert refused.value.response.status_code == 429
        await first.send(Say(turn=1, text=SURE))
        await first.until(Answer)
        await first.line.close()
        next_one = await _when_there_is_room(url, lines)
        await next_one.send(Say(turn=1, text=SURE))
        await next_one.until(Answer)


async def _when_there_is_room(url: str, lines: AsyncExitStack) -> Customer:
    async with asyncio.timeout(20):
        while True:
            with suppress(InvalidStatus):
                return await lines.enter_async_context(customer(url, Open(session_id="u" * 20)))


async def test_a_token_that_ends_ends_the_line_and_not_the_cart(tmp_path: Path) -> None:
    clock = Clock()
    settings = make_settings(tmp_path / "data", guest_hours=12)
    async with running_app(settings, clock) as url, httpx.AsyncClient(base_url=url) as http:
        token = (await http.post(paths.AUTH_GUEST, json={})).json()["token"]
        async with customer(url, Open(session_id="s" * 20, token=SecretStr(token))) as one:
            await one.send(Say(turn=1, text=SURE))
            await one.until(Answer)
            clock.now += timedelta(hours=11)
            await one.send(Say(turn=2, text="네"))
            await one.until(Answer, turn=2)
            clock.now += timedelta(hours=2)
            await one.send(Say(turn=3, text="네"))
            assert await one.closed() == CloseCode.TOKEN_EXPIRED
            assert not [answer for answer in one.of(Answer) if answer.turn == 3]


@pytest.mark.parametrize("hearing", [("openai",), ("offline",)])
async def test_no_sound_is_in_the_temporary_folder_or_in_the_shop_s(
    tmp_path: Path, hearing: tuple[str, ...], said: bytes
) -> None:
    """Not with a vendor that hears, and not with the child process that hears here."""
    temporary = Path(tempfile.gettempdir())
    folders = [temporary, *([shm] if (shm := Path("/dev/shm")).is_dir() else [])]
    before = {entry for folder in folders for entry in folder.iterdir()}
    began = time.time() - 1
    async with shop(tmp_path, hearing_engines=hearing) as here, customer(here.url) as one:
        await one.speak(1, said)
        await one.done(1)  # also where nothing was made out
        new = [entry for folder in folders for entry in folder.iterdir() if entry not in before]
        touched = [entry for entry in before if _changed_since(entry, began)]
        written = [*_files_of([*new, *touched]), *_files_of([tmp_path])]
        assert any(file.is_relative_to(tmp_path) for file in written), "nothing was looked at"
        pieces = [said[at : at + 400] for at in range(0, len(said) - 400, 6_400) if any(said[at : at + 400])]
        assert len(pieces) > 3
        assert not [file for file in written if any(piece in _read(file) for piece in pieces)]


def _changed_since(entry: Path, began: float) -> bool:
    try:
        return entry.is_file() and entry.stat().st_mtime >= began
    except OSError:
        return False


def _files_of(entries: list[Path]) -> list[Path]:
    return [file for entry in entries for file in ([entry] if entry.is_file() else entry.rglob("*")) if file.is_file()]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.stat().st_size < 50_000_000 else b""
    except OSError:
        return b""
