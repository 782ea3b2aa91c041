"""One spoken sentence, all parts real: virtual microphone, endpointing, STT, conversation, TTS, virtual loudspeaker."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import EventStream
from kiosk.api.link import BackendLink
from kiosk.api.voice_stream import VoiceStream
from kiosk.audio.driver import SoundDriver
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.microphone import Microphone
from kiosk.audio.silero import SileroDetector
from kiosk.audio.speaker import Speaker
from kiosk.audio.webrtc import new_canceller
from kiosk.services.http_line import HttpLine
from kiosk.services.line import Line
from kiosk.services.order_session import OrderSession
from kiosk.services.stream_line import StreamLine
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.voice import Transcription
from tests.support.backend import BackendProcess
from tests.support.sound import loud_seconds, samples_of, speak_to_file
from tests.support.waiting import until
from tools.sound_stage import sound_stage

pytestmark = pytest.mark.sound


class RememberingClient(BackendClient):
    """Keeps what was sent to be heard."""

    sent: bytes = b""

    async def transcribe(
        self, wav: bytes, language: str | None = None, *, elapsed: float | None = None
    ) -> Transcription:
        self.sent = wav
        return await super().transcribe(wav, language, elapsed=elapsed)


class RememberingStream(VoiceStream):
    """The same."""

    sent: bytes = b""

    def send_sound(self, number: int, pcm: bytes) -> None:
        self.sent += pcm
        super().send_sound(number, pcm)


@dataclass
class Kiosk:
    """Everything behind the voice button. ``sent()``: the sound that went to the backend."""

    order: OrderSession
    voice: Talk
    sent: Callable[[], bytes]


@asynccontextmanager
async def kiosk(base_url: str, over: str) -> AsyncIterator[Kiosk]:
    """``over``: "calls" or "stream"."""
    link = BackendLink(base_url)
    client = RememberingClient(link, "kiosk-1")
    driver = SoundDriver()
    order = OrderSession(
        client,
        link,
        EventStream(link, "kiosk-1"),
        new_id=lambda: secrets.token_urlsafe(24),
        now=lambda: datetime.now(UTC),
    )
    calls = HttpLine(client, order.converse)
    socket = RememberingStream(link)
    stream = StreamLine(socket, order, calls)
    calls.language = stream.language = "en"

    def line() -> Line:
        return stream if over == "stream" else calls

    microphone = Microphone(driver, lambda: FrontEnd(SileroDetector(), new_canceller()))
    voice = Talk(client, line, microphone, Speaker(driver))
    try:
        if over == "stream":
            stream.connect()
            await until(lambda: stream.usable)
        yield Kiosk(order, voice, lambda: socket.sent if over == "stream" else client.sent)
        assert bool(client.sent) is (over == "calls")
    finally:
        await voice.close()
        await stream.close()
        await order.close()
        await driver.close()
        await client.close()


def written_since(begin: float, *folders: Path) -> Iterator[Path]:
    """Files written after ``begin``, in ``folders`` and in what of theirs was changed since then."""
    for folder in folders:
        for path in folder.iterdir():
            try:
                changed = path.lstat().st_mtime >= begin - 1
                if changed and path.is_dir() and not path.is_symlink():
                    yield from written_since(begin, path)
                elif changed and path.is_file():
                    yield path
            except OSError:
                continue  # somebody else's, or gone


def holds(path: Path, sound: bytes) -> bool:
    try:
        return sound in path.read_bytes()
    except OSError:
        return False


@pytest.mark.parametrize("over", ["calls", "stream"])
async def test_a_sentence_spoken_into_the_microphone_is_in_the_cart_and_answered_aloud(
    over: str, backend: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = speak_to_file("two chocolate cakes grand style please", tmp_path / "sentence.wav", "en")
    begin = time.time()
    answer = tmp_path / "answer.wav"
    with sound_stage() as stage:
        for name, value in stage.environment.items():
            monkeypatch.setenv(name, value)
        async with kiosk(backend.base_url, over) as here:
            voice = here.voice
            with stage.recording(answer):
                voice.press()
                await until(lambda: voice.snapshot.ready)
                await asyncio.to_thread(stage.say, sentence)
                await until(lambda: voice.snapshot.turn == 1, seconds=40)
                await until(lambda: voice.snapshot.state is VoiceState.LISTENING, seconds=40)
            assert voice.snapshot.error is None
            assert "chocolate" in voice.snapshot.transcript.casefold()
            ordered = [
                (line.draft.menu_code, line.draft.style, line.draft.quantity) for line in here.order.snapshot.lines
            ]
            assert ordered == [("chocolate", "grand", 2)]
            assert voice.snapshot.caption
            assert loud_seconds(samples_of(answer)) > 0.5
            # Nobody's voice is kept: no file that was written meanwhile holds a tenth of a second of it.
            sent = here.sent()
            piece = sent[len(sent) // 2 :][:3_200]
            assert len(set(piece)) > 100
            places = (tmp_path, tmp_path / "data", Path(tempfile.gettempdir()), Path("/dev/shm"))
            (tmp_path / "found").write_bytes(sent)  # what would be found is
            found = {path for path in written_since(begin, *filter(Path.exists, places)) if holds(path, piece)}
            assert found == {tmp_path / "found"}
