"""The child process for native libraries: killed, too slow, closed."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import psutil
import pytest

from backend.external.interfaces import EngineUnavailable
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.worker import WorkerProcess


@pytest.fixture
async def worker() -> AsyncIterator[WorkerProcess]:
    process = WorkerProcess("test")
    yield process
    await process.close()


async def test_after_the_child_was_killed_the_next_job_works(worker: WorkerProcess) -> None:
    speech = EspeakTextToSpeech(worker)
    await speech.synthesize("one", "nova", "wav")
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    for _ in range(2):
        try:
            spoken = await speech.synthesize("two", "nova", "wav")
        except EngineUnavailable:
            continue
        break
    else:
        pytest.fail("the worker did not come back")
    assert spoken.audio.startswith(b"RIFF")
    assert worker.pid != first


async def test_a_job_out_of_time_is_ended_with_its_child(worker: WorkerProcess) -> None:
    speech = EspeakTextToSpeech(worker)
    await speech.synthesize("warm", "nova", "wav")
    child = worker.pid
    with pytest.raises(EngineUnavailable):
        await worker.run("speak", {"text": "a" * 900, "voice": "en-us", "format": "mp3"}, b"", 0.0)
    assert child is not None
    assert (await speech.synthesize("still here", "nova", "wav")).audio


async def test_jobs_take_turns_and_each_gets_its_own_answer(worker: WorkerProcess) -> None:
    speech = EspeakTextToSpeech(worker)
    said = ["하나", "둘 둘", "셋 셋 셋", "넷 넷 넷 넷"]
    together = await asyncio.gather(*(speech.phonemes(text) for text in said))
    assert together == [await speech.phonemes(text) for text in said]


async def test_closing_twice_is_closing_once_and_leaves_no_child(worker: WorkerProcess) -> None:
    await EspeakTextToSpeech(worker).phonemes("bye")
    child = worker.pid
    await worker.close()
    await worker.close()
    assert child is not None
    assert not psutil.pid_exists(child)
    with pytest.raises(EngineUnavailable):
        await EspeakTextToSpeech(worker).phonemes("again")


async def test_ninety_four_thousand_won_is_pronounced_as_korean(worker: WorkerProcess) -> None:
    speech = EspeakTextToSpeech(worker)
    assert await speech.phonemes("94,000원") == await speech.phonemes("구만 사천 원")
