"""What is found out about a recording before it is paid for."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from backend.external.interfaces import AudioTooLong, NotAudio
from backend.external.offline.audio_codec import HEARING_RATE, decode, encode, wav
from backend.external.offline.worker import WorkerProcess
from backend.external.sound_check import SoundCheck


@pytest.fixture
async def worker() -> AsyncIterator[WorkerProcess]:
    process = WorkerProcess("check")
    yield process
    await process.close()


async def spoken(worker: WorkerProcess, text: str, audio_format: str) -> bytes:
    parameters = {"rate": 175, "pitch": 52, "range": 48, "volume": 110, "gap": 1}
    fields = {"text": text, "voice": "ko+f3", "format": audio_format, "parameters": parameters}
    return (await worker.run("speak", fields, b"", 10.0)).payload


@pytest.mark.parametrize(
    ("audio_format", "extension", "mime_type"),
    [("wav", "wav", "audio/wav"), ("mp3", "mp3", "audio/mpeg"), ("opus", "ogg", "audio/ogg")],
)
async def test_says_what_a_recording_is(
    worker: WorkerProcess, audio_format: str, extension: str, mime_type: str
) -> None:
    recording = await SoundCheck(worker).look_at(await spoken(worker, "딸기 케이크 두 개 주세요", audio_format))
    assert (recording.extension, recording.mime_type) == (extension, mime_type)
    assert 1.5 < recording.seconds < 4
    assert recording.sound


async def test_one_syllable_is_sound(worker: WorkerProcess) -> None:
    assert (await SoundCheck(worker).look_at(await spoken(worker, "네", "wav"))).sound


@pytest.mark.parametrize("seconds", [0.05, 2])
async def test_nothing_is_silence(worker: WorkerProcess, seconds: float) -> None:
    quiet = wav(bytes(2 * int(seconds * HEARING_RATE)), HEARING_RATE)
    assert not (await SoundCheck(worker).look_at(quiet)).sound


async def test_the_longest_recording_passes_and_a_longer_one_does_not(worker: WorkerProcess) -> None:
    check = SoundCheck(worker)
    assert (await check.look_at(wav(bytes(2 * 60 * HEARING_RATE), HEARING_RATE))).seconds == 60
    with pytest.raises(AudioTooLong):
        await check.look_at(encode(bytes(2 * 61 * HEARING_RATE), HEARING_RATE, "opus"))


@pytest.mark.parametrize("junk", [b"", b"no audio", b"RIFF" + bytes(4) + b"WAVE", b"\x1a\x45\xdf\xa3" + bytes(64)])
async def test_what_is_no_audio_is_told(worker: WorkerProcess, junk: bytes) -> None:
    with pytest.raises(NotAudio):
        await SoundCheck(worker).look_at(junk)


async def killed_in_the_middle(worker: WorkerProcess, other_than: int | None) -> int:
    """Kill the next child before it answers: it has its imports to do first."""
    async with asyncio.timeout(10):
        while worker.pid in (None, other_than):  # noqa: ASYNC110 - a process tells nobody
            await asyncio.sleep(0.001)
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


async def test_a_child_that_was_killed_is_followed_by_another(worker: WorkerProcess) -> None:
    looking = asyncio.create_task(SoundCheck(worker).look_at(wav(bytes(2 * HEARING_RATE), HEARING_RATE)))
    await killed_in_the_middle(worker, None)
    assert (await looking).seconds == 1


async def test_what_kills_every_child_is_no_audio(worker: WorkerProcess) -> None:
    looking = asyncio.create_task(SoundCheck(worker).look_at(wav(bytes(2 * HEARING_RATE), HEARING_RATE)))
    await killed_in_the_middle(worker, await killed_in_the_middle(worker, None))
    with pytest.raises(NotAudio):
        await looking


async def test_gives_the_recording_as_wav_where_asked(worker: WorkerProcess) -> None:
    check = SoundCheck(worker)
    opus = await spoken(worker, "딸기 케이크 두 개 주세요", "opus")
    recording = await check.look_at(opus, wav=True)
    assert wav(decode(opus), HEARING_RATE) == recording.wav
    assert (await check.look_at(opus)).wav == b""
