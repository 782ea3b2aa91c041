"""The kiosk's ears and mouth on a real PulseAudio through ALSA and PortAudio, with virtual devices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kiosk.audio.driver import SoundDriver
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.microphone import Microphone
from kiosk.audio.silero import SileroDetector
from kiosk.audio.speaker import Speaker
from kiosk.audio.voice_activity import EndpointRules
from kiosk.audio.webrtc import new_canceller
from kiosk.errors import KioskError, LocalCode
from tests.support.listening import Listening
from tests.support.sound import loud_seconds, samples_of, speak_to_file, tone
from tests.support.waiting import until
from tools.sound_stage import SoundStage, sound_stage

pytestmark = pytest.mark.sound


@pytest.fixture(scope="module")
def running_stage() -> Iterator[SoundStage]:
    with sound_stage() as stage:
        yield stage


@pytest.fixture
def stage(running_stage: SoundStage, monkeypatch: pytest.MonkeyPatch) -> SoundStage:
    for name, value in running_stage.environment.items():
        monkeypatch.setenv(name, value)
    return running_stage


@pytest.fixture
async def driver(stage: SoundStage) -> AsyncIterator[SoundDriver]:
    driver = SoundDriver()
    yield driver
    await driver.close()


def _microphone(driver: SoundDriver, device: str = "") -> Microphone:
    return Microphone(driver, lambda: FrontEnd(SileroDetector(), new_canceller()), device)


def _listener(driver: SoundDriver, rules: EndpointRules | None = None) -> Listening:
    return Listening(_microphone(driver), rules)


async def test_a_spoken_sentence_is_one_utterance(stage: SoundStage, driver: SoundDriver, tmp_path: Path) -> None:
    sentence = speak_to_file("딸기 생크림 케이크 두 개 주세요", tmp_path / "sentence.wav")
    spoken = loud_seconds(samples_of(sentence), rate=22_050)
    levels: list[float] = []
    opened = asyncio.Event()

    async def customer() -> None:
        await opened.wait()
        await asyncio.to_thread(stage.say, sentence)

    async with asyncio.TaskGroup() as both:
        both.create_task(customer())
        hearing = both.create_task(_listener(driver).utterance(opened.set, levels.append))
    seconds = len(hearing.result()) / 32_000
    # All of it, the 0.7 s of silence that ended it and the pre-roll, and not much more.
    assert spoken <= seconds <= spoken + 2.5
    assert max(levels) > 0.5
    assert min(levels) < 0.1


async def test_nobody_speaks(driver: SoundDriver) -> None:
    with pytest.raises(KioskError) as raised:
        await _listener(driver, EndpointRules(patience=0.5)).utterance(lambda: None, lambda _: None)
    assert raised.value.code is LocalCode.SPEECH_NOT_HEARD


async def test_a_second_press_ends_the_utterance(stage: SoundStage, driver: SoundDriver, tmp_path: Path) -> None:
    sentence = speak_to_file(
        "프렌치 디너 하나랑 치즈 케이크 두 개 주세요 그리고 와인도 하나 더요", tmp_path / "long.wav"
    )
    listener = _listener(driver)
    opened, loud = asyncio.Event(), asyncio.Event()

    def level(value: float) -> None:
        if value > 0.5:
            loud.set()

    async with asyncio.TaskGroup() as both:
        hearing = both.create_task(listener.utterance(opened.set, level))
        await opened.wait()
        customer = await asyncio.to_thread(stage.begin_saying, sentence)
        try:
            await loud.wait()
            await asyncio.sleep(0.5)
            listener.finish()
            utterance = await hearing
        finally:
            customer.terminate()
            customer.wait(5)
    assert 0.3 < len(utterance) / 32_000 < 2.0


async def test_unplugged_while_recording_and_plugged_in_again(stage: SoundStage, driver: SoundDriver) -> None:
    opened = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as both:
            hearing = both.create_task(_caught(_listener(driver).utterance(opened.set, lambda _: None)))
            await opened.wait()
            await asyncio.to_thread(stage.unplug_microphone)
        assert hearing.result() is LocalCode.MICROPHONE_LOST
    finally:
        await asyncio.to_thread(stage.plug_microphone_in)
    again = _listener(driver, EndpointRules(patience=0.3)).utterance(lambda: None, lambda _: None)
    assert await _caught(again) is LocalCode.SPEECH_NOT_HEARD


async def test_the_sound_server_dies_while_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = asyncio.Event()
    driver = SoundDriver()
    try:
        with sound_stage() as stage:
            for name, value in stage.environment.items():
                monkeypatch.setenv(name, value)
            async with asyncio.TaskGroup() as both:
                hearing = both.create_task(_caught(_listener(driver).utterance(opened.set, lambda _: None)))
                await opened.wait()
                await asyncio.to_thread(stage.kill)
            assert hearing.result() is LocalCode.MICROPHONE_LOST
            gone = await _caught(_listener(driver).utterance(lambda: None, lambda _: None))
            assert gone in {LocalCode.NO_MICROPHONE, LocalCode.MICROPHONE_LOST}
            with pytest.raises(KioskError) as raised:
                await Speaker(driver).play(tone(0.1))
            assert raised.value.code is LocalCode.NO_SPEAKER
    finally:
        await driver.close()


async def _caught(listening: object) -> object:
    try:
        return await listening  # type: ignore[misc] # any awaitable
    except KioskError as error:
        return error.code


async def test_what_the_kiosk_says_can_be_heard(stage: SoundStage, driver: SoundDriver, tmp_path: Path) -> None:
    recording = tmp_path / "heard.wav"
    with stage.recording(recording):
        await Speaker(driver).play(tone(0.8))
    assert loud_seconds(samples_of(recording)) == pytest.approx(0.8, abs=0.2)


async def test_what_comes_in_pieces_is_played_as_it_comes(
    stage: SoundStage, driver: SoundDriver, tmp_path: Path
) -> None:
    speaker = Speaker(driver)
    recording = tmp_path / "pieces.wav"
    first, rest = asyncio.Event(), asyncio.Event()
    pcm = tone(0.6)[44:]

    async def pieces() -> AsyncIterator[bytes]:
        yield pcm[:1_764]
        first.set()
        await rest.wait()
        yield pcm[1_764:]

    with stage.recording(recording):
        async with asyncio.TaskGroup() as both:
            both.create_task(speaker.play_stream(pieces(), 22_050))
            await first.wait()
            await until(lambda: speaker.played_ms == 40)
            assert speaker.begun_at is not None
            speaker.pause()
            rest.set()
            await asyncio.sleep(0.3)
            assert speaker.played_ms == 40
            speaker.resume()
    assert loud_seconds(samples_of(recording)) == pytest.approx(0.6, abs=0.2)


async def test_stop_is_silence_within_300_ms(stage: SoundStage, driver: SoundDriver, tmp_path: Path) -> None:
    speaker = Speaker(driver)
    recording = tmp_path / "stopped.wav"
    clock = asyncio.get_running_loop().time
    with stage.recording(recording):
        async with asyncio.TaskGroup() as both:
            playing = both.create_task(speaker.play(tone(5.0)))
            await asyncio.sleep(1.0)
            stopped = clock()
            speaker.stop()
            await playing
            assert clock() - stopped < 0.3
        await asyncio.sleep(0.5)
    assert loud_seconds(samples_of(recording)) < 1.3


async def test_no_sound_card_at_all(monkeypatch: pytest.MonkeyPatch, driver: SoundDriver) -> None:
    nowhere = SoundDriver()
    try:
        with pytest.raises(KioskError) as raised:
            await Speaker(nowhere, device="no such device").play(tone(0.1))
        assert raised.value.code is LocalCode.NO_SPEAKER
        with pytest.raises(KioskError) as raised:
            async with _microphone(nowhere, "no such device").open():
                pass
        assert raised.value.code is LocalCode.NO_MICROPHONE
    finally:
        await nowhere.close()
