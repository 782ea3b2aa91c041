"""What the loudspeaker is handed, piece by piece, and how much of it was heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kiosk.audio.playback import LONGEST_SECONDS, Playback
from kiosk.audio.resampler import Resampler
from kiosk.errors import KioskError, LocalCode
from tests.support.waiting import until

RATE = 16_000
BLOCK = 320
"""Samples, 20 ms."""
SOUND = b"\x01\x02" * BLOCK


class Chunks:
    """A sound that comes when the test says so."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bytes | KioskError | None] = asyncio.Queue()
        self.closed = False

    def put(self, item: bytes | KioskError | None) -> None:
        self._queue.put_nowait(item)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while (item := await self._queue.get()) is not None:
                if isinstance(item, KioskError):
                    raise item
                yield item
        finally:
            self.closed = True


async def running(playback: Playback, chunks: Chunks, stuck: float = 60.0) -> None:
    await playback.run(aiter(chunks), stuck, 0.0)


async def test_it_begins_with_the_first_chunk_and_bridges_what_comes_late() -> None:
    playback, chunks = Playback(RATE, 1), Chunks()
    async with asyncio.TaskGroup() as both:
        playing = both.create_task(running(playback, chunks))
        assert playback.pull(BLOCK) == (bytes(2 * BLOCK), True)
        chunks.put(SOUND)
        await until(lambda: playback.ready_ms == 20)
        assert playback.pull(BLOCK) == (SOUND, True)
        assert playback.pull(BLOCK) == (bytes(2 * BLOCK), True)
        chunks.put(SOUND + SOUND[:BLOCK])
        chunks.put(None)
        await until(lambda: playback.ready_ms == 30)
        await asyncio.sleep(0)
        assert playback.pull(BLOCK) == (SOUND, True)
        assert not playing.done()
        assert playback.pull(BLOCK) == (SOUND[:BLOCK] + bytes(BLOCK), False)


async def test_silence_does_not_count_as_played_nor_what_the_device_still_holds() -> None:
    playback, chunks = Playback(RATE, 1), Chunks()
    async with asyncio.TaskGroup() as both:
        both.create_task(running(playback, chunks))
        chunks.put(SOUND * 10)
        await until(lambda: playback.ready_ms == 200)
        for _ in range(5):
            playback.pull(BLOCK)
        assert playback.played_ms == 100
        playback.latency = 1_000.0
        assert playback.played_ms == 0
        playback.latency = 0.0
        playback.pause()
        for _ in range(5):
            assert playback.pull(BLOCK) == (bytes(2 * BLOCK), True)
        assert playback.played_ms == 100
        playback.resume()
        assert playback.pull(BLOCK) == (SOUND, True)
        assert (playback.played_ms, playback.ready_ms, playback.left_ms) == (120, 80, 60_080)
        playback.stop()


@pytest.mark.parametrize("paused", [False, True])
async def test_stop_ends_it_at_once_wherever_it_is(paused: bool) -> None:
    playback, chunks = Playback(RATE, 1), Chunks()
    async with asyncio.TaskGroup() as both:
        playing = both.create_task(running(playback, chunks))
        chunks.put(SOUND * 10)
        await until(lambda: playback.ready_ms > 0)
        playback.pull(BLOCK)
        if paused:
            playback.pause()
        playback.stop()
        await playing
    assert playback.pull(BLOCK) == (bytes(2 * BLOCK), False)
    assert chunks.closed


async def test_stopped_before_it_began() -> None:
    playback = Playback(RATE, 1)
    playback.stop()
    await running(playback, Chunks())


async def test_what_breaks_off_is_told() -> None:
    playback, chunks = Playback(RATE, 1), Chunks()
    chunks.put(SOUND)
    chunks.put(KioskError(LocalCode.BACKEND_UNREACHABLE))
    with pytest.raises(KioskError) as raised:
        await running(playback, chunks)
    assert raised.value.code is LocalCode.BACKEND_UNREACHABLE


async def test_sound_without_an_end_is_refused() -> None:
    playback, chunks = Playback(RATE, 1), Chunks()
    for _ in range(round(LONGEST_SECONDS) + 1):
        chunks.put(bytes(2 * RATE))
    with pytest.raises(KioskError) as raised:
        await running(playback, chunks)
    assert raised.value.code is LocalCode.BAD_ANSWER


async def test_a_device_that_asks_for_nothing_is_given_up() -> None:
    playback, chunks = Playback(RATE, 1), Chunks()
    chunks.put(SOUND)
    with pytest.raises(TimeoutError):
        await running(playback, chunks, stuck=0.01)


async def test_a_device_of_another_rate_gets_the_same_sound_on_both_sides() -> None:
    playback, chunks = Playback(24_000, 1), Chunks()
    playback.convert(Resampler(24_000, 1, 48_000), 48_000, 2)
    async with asyncio.TaskGroup() as both:
        both.create_task(running(playback, chunks))
        chunks.put(b"\x00\x10" * 2_400)
        await until(lambda: playback.ready_ms > 0)
        assert playback.ready_ms == pytest.approx(100, abs=2)
        piece, _ = playback.pull(2_000)
        assert len(piece) == 8_000
        left, right = piece[4_000:4_002], piece[4_002:4_004]
        assert left == right == b"\x00\x10"
        playback.stop()


async def test_a_cut_sample_is_finished_by_the_next_chunk() -> None:
    playback, chunks = Playback(RATE, 1), Chunks()
    async with asyncio.TaskGroup() as both:
        both.create_task(running(playback, chunks))
        chunks.put(SOUND[:101])
        await until(lambda: playback.ready_ms > 0)
        piece, _ = playback.pull(BLOCK)
        assert piece == SOUND[:100] + bytes(540)
        chunks.put(SOUND[101:])
        await until(lambda: playback.ready_ms > 10)
        assert playback.pull(BLOCK)[0] == SOUND[100:] + bytes(100)
        playback.stop()
