"""Devices as they are: one rate only, stereo, switched off, and a library that fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest

from kiosk.audio.capture import EchoReference
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import FRAME_BYTES, SAMPLE_RATE, Heard
from kiosk.audio.microphone import Microphone
from kiosk.audio.speaker import Speaker
from kiosk.errors import KioskError, LocalCode
from tests.fakes.portaudio import FakeAudio, FakeDriver
from tests.fakes.sound_devices import FakeCanceller, FakeDetector
from tests.support.waiting import until


def front_end() -> FrontEnd:
    return FrontEnd(FakeDetector(), FakeCanceller())


async def heard(frames: AsyncIterator[Heard], count: int) -> list[Heard]:
    return [await anext(frames) for _ in range(count)]


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (48_000, 1), (48_000, 2), (44_100, 2), (8_000, 1)])
async def test_any_device_is_heard_at_16_khz(rate: int, channels: int) -> None:
    driver = FakeDriver(FakeAudio(rate, channels))
    async with Microphone(driver, front_end).open() as frames:
        (arrived,) = driver.audio.callbacks
        tone = 8_000 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
        pcm = np.repeat(tone.astype("<i2"), channels).tobytes()
        size = len(pcm) // 100
        for at in range(0, len(pcm), size):
            arrived(pcm[at : at + size], 0, None, 0)
        sound = np.frombuffer(b"".join(one.pcm for one in await heard(frames, 45)), dtype="<i2").astype(float)
    crossings = int(((sound[:-1] < 0) & (sound[1:] >= 0)).sum())
    assert crossings == pytest.approx(440 * 0.9, abs=10)
    assert np.abs(sound[800:]).max() == pytest.approx(8_000, rel=0.05)


async def test_a_microphone_that_is_switched_off_is_told_after_two_seconds() -> None:
    driver = FakeDriver(FakeAudio(16_000, 1))
    async with Microphone(driver, front_end).open() as frames:
        (arrived,) = driver.audio.callbacks
        for _ in range(220):
            arrived(bytes(320), 160, None, 0)
        await heard(frames, 99)
        with pytest.raises(KioskError) as raised:
            await heard(frames, 1)
    assert raised.value.code is LocalCode.MICROPHONE_SILENT


async def test_a_pause_of_zeros_is_no_dead_microphone() -> None:
    driver = FakeDriver(FakeAudio(16_000, 1))
    async with Microphone(driver, front_end).open() as frames:
        (arrived,) = driver.audio.callbacks
        for n in range(600):
            arrived(bytes(318) + (b"\x01\x00" if n % 150 == 0 else b"\x00\x00"), 160, None, 0)
            if n % 100 == 99:
                await heard(frames, 50)


async def test_a_library_that_fails_is_a_lost_microphone_and_is_tried_again(expected_errors: set[str]) -> None:
    expected_errors.add("microphone's thread failed")
    made: list[FrontEnd] = []

    def broken() -> FrontEnd:
        if not made:
            made.append(front_end())
            raise RuntimeError("library")
        return front_end()

    microphone = Microphone(FakeDriver(FakeAudio(16_000, 1)), broken)
    async with microphone.open() as frames:
        with pytest.raises(KioskError) as raised:
            await heard(frames, 1)
    assert raised.value.code is LocalCode.MICROPHONE_LOST
    driver = FakeDriver(FakeAudio(16_000, 1))
    async with Microphone(driver, broken).open() as frames:
        driver.audio.callbacks[0](bytes(640), 320, None, 0)
        assert len((await heard(frames, 1))[0].pcm) == FRAME_BYTES


async def test_no_device_at_all() -> None:
    microphone = Microphone(FakeDriver(FakeAudio(0, 0)), front_end)
    with pytest.raises(KioskError) as raised:
        async with microphone.open():
            pass
    assert raised.value.code is LocalCode.NO_MICROPHONE


async def test_the_front_end_is_told_what_the_loudspeaker_is_given() -> None:
    canceller = FakeCanceller()
    reference = EchoReference()
    ears, mouth = FakeDriver(FakeAudio(16_000, 1)), FakeDriver(FakeAudio(48_000, 2))
    speaker = Speaker(mouth, reference=reference)
    microphone = Microphone(ears, lambda: FrontEnd(FakeDetector(), canceller), reference=reference)
    loud = np.full(24_000, 5_000, dtype="<i2").tobytes()
    listening, over = asyncio.Event(), asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        yield loud
        await over.wait()

    async def listen() -> None:
        async with microphone.open() as frames:
            listening.set()
            arrived = ears.audio.callbacks[-1]
            loop = asyncio.get_running_loop()
            while not any(np.frombuffer(canceller.far, dtype="<i2") > 4_000):
                piece, _ = mouth.audio.callbacks[-1](None, 960, None, 0)
                assert piece is not None
                assert len(piece) == 4 * 960
                arrived(bytes(640), 320, None, 0)
                await heard(frames, 1)
                await asyncio.sleep(0.02)
                assert loop.is_running()

    async with asyncio.TaskGroup() as both:
        both.create_task(speaker.play_stream(chunks(), 24_000))
        await until(lambda: speaker.left_ms > 60_000)
        await both.create_task(listen())
        speaker.stop()
    assert max(np.frombuffer(canceller.far, dtype="<i2")) == pytest.approx(5_000, rel=0.1)
    assert SAMPLE_RATE == 16_000
