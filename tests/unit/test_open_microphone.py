"""One press for the whole order: the microphone's life."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kiosk.errors import KioskError, LocalCode
from kiosk.services.talk import MOST_EMPTY
from kiosk.services.voice_snapshot import VoiceState
from tests.fakes.sound_devices import SILENCE, SPEECH
from tests.support.voice_counter import Counter, voice_counter
from tests.support.waiting import until


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    async with voice_counter() as counter:
        yield counter


async def test_one_press_is_for_the_whole_order(counter: Counter) -> None:
    await counter.press()
    for _ in range(3):
        await counter.turn()
        assert counter.voice.snapshot.open
    assert counter.ear.times == 1
    assert len(counter.sentences) == 3


async def test_pressing_again_closes_it(counter: Counter) -> None:
    await counter.press()
    await counter.turn()
    counter.voice.press()
    await until(lambda: not counter.ear.open_now)
    assert counter.state() is VoiceState.IDLE
    assert not counter.voice.snapshot.open


async def test_it_closes_when_the_order_is_placed(counter: Counter) -> None:
    counter.backend.understand = lambda _sentence, state: state.model_copy(
        update={"order_id": "order-1", "order_number": 12}
    )
    await counter.press()
    await counter.turn()
    await until(lambda: not counter.ear.open_now)
    assert counter.state() is VoiceState.IDLE


async def test_who_presses_and_says_nothing_is_told(counter: Counter) -> None:
    await counter.press()
    counter.ear.hear(SILENCE, 6.1)
    await counter.idle()
    assert counter.error() is LocalCode.SPEECH_NOT_HEARD
    assert not counter.ear.open_now


async def test_who_has_spoken_once_may_take_their_time(counter: Counter) -> None:
    await counter.press()
    await counter.turn()
    counter.ear.hear(SILENCE, 30.0)
    await counter.turn()
    assert len(counter.sentences) == 2
    assert not counter.voice.busy, "an open microphone alone does not keep the kiosk from asking who is there"


@pytest.mark.parametrize("code", [LocalCode.MICROPHONE_LOST, LocalCode.MICROPHONE_SILENT])
async def test_the_device_vanishes_and_comes_back(counter: Counter, code: LocalCode) -> None:
    await counter.press()
    counter.ear.hear(SPEECH, 0.5)
    counter.ear.fail(KioskError(code))
    await counter.idle()
    assert counter.error() is code
    assert not counter.voice.snapshot.open
    assert counter.sentences == []
    await counter.press()
    await counter.turn()
    assert len(counter.sentences) == 1
    assert counter.error() is None


async def test_the_device_vanishes_while_the_answer_is_spoken(counter: Counter) -> None:
    counter.output.at_once = False
    await counter.press()
    counter.ear.speak()
    await until(lambda: counter.output.playing)
    counter.ear.fail(KioskError(LocalCode.MICROPHONE_LOST))
    await until(lambda: not counter.voice.snapshot.open)
    assert counter.output.playing, "what is said is heard to its end"
    counter.output.over()
    await counter.idle()


async def test_that_the_customer_fell_silent_is_seen_at_once(counter: Counter) -> None:
    await counter.press()
    counter.ear.hear(SPEECH, 0.5)
    counter.ear.hear(SILENCE, 0.12)
    await until(lambda: counter.voice.snapshot.pausing)
    counter.ear.hear(SPEECH, 0.1)
    await until(lambda: not counter.voice.snapshot.pausing)


async def test_ten_minutes_of_noise_end_with_a_shut_microphone(counter: Counter) -> None:
    counter.backend.heard = ""
    await counter.press()
    for _ in range(60):
        counter.ear.hear(SPEECH, 8.0)
        counter.ear.hear(SILENCE, 2.0)
    await counter.idle()
    assert counter.backend.calls.count("transcribe") == MOST_EMPTY
    assert counter.error() is LocalCode.SPEECH_NOT_HEARD
    assert not counter.ear.open_now


async def test_noise_between_sentences_shuts_nothing(counter: Counter) -> None:
    await counter.press()
    for _ in range(MOST_EMPTY):
        heard, counter.backend.heard = counter.backend.heard, ""
        await counter.turn()
        counter.backend.heard = heard
        await counter.turn()
    assert counter.ear.open_now
