"""Who has the floor: what stops the kiosk's own words, and what does not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kiosk.services.voice_snapshot import VoiceState
from tests.fakes.sound_devices import SILENCE, SPEECH
from tests.support.voice_counter import Counter, voice_counter
from tests.support.waiting import until


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    async with voice_counter() as counter:
        yield counter


async def speaking(counter: Counter) -> None:
    counter.output.at_once = False
    await counter.press()
    counter.ear.speak()
    await until(lambda: counter.output.playing)


async def test_a_sentence_stops_the_kiosk_and_is_answered(counter: Counter) -> None:
    await speaking(counter)
    counter.ear.hear(SPEECH, 0.12)
    await until(lambda: counter.output.paused)
    counter.ear.hear(SPEECH, 0.8)
    await until(lambda: not counter.output.playing)
    assert counter.state() is VoiceState.LISTENING
    counter.ear.hear(SILENCE, 1.0)
    await until(lambda: len(counter.output.played) == 2)
    assert len(counter.sentences) == 2


@pytest.mark.parametrize("seconds", [0.12, 0.3, 0.5])
async def test_a_cough_or_a_yes_of_a_listener_does_not(counter: Counter, seconds: float) -> None:
    await speaking(counter)
    counter.ear.hear(SPEECH, seconds)
    await until(lambda: counter.output.paused)
    counter.ear.hear(SILENCE, 1.0)
    await until(lambda: not counter.output.paused)
    assert counter.output.playing
    assert counter.state() is VoiceState.SPEAKING
    assert len(counter.sentences) == 1
    counter.output.over()
    await counter.rest()


async def test_a_yes_at_the_very_end_is_an_answer(counter: Counter) -> None:
    await speaking(counter)
    counter.output.left_ms = 900
    counter.ear.speak(0.3)
    await until(lambda: len(counter.sentences) == 2)


async def test_a_press_over_a_doubtful_sound_counts_as_wanting_to_speak(counter: Counter) -> None:
    await speaking(counter)
    counter.ear.hear(SPEECH, 0.3)
    await until(lambda: counter.output.paused)
    counter.voice.press()
    counter.ear.hear(SILENCE, 1.0)
    await until(lambda: len(counter.sentences) == 2)


async def test_who_goes_on_while_the_kiosk_thinks_is_heard_in_turn(counter: Counter) -> None:
    """However long the first recording takes: what was said first counts first."""
    gate = counter.backend.hold("transcribe")
    await counter.press()
    counter.ear.speak()
    await until(lambda: counter.state() is VoiceState.THINKING)
    states: list[VoiceState] = []
    counter.voice.subscribe(lambda: states.append(counter.state()))
    counter.ear.speak()
    await until(lambda: VoiceState.LISTENING in states and states[-1] is VoiceState.THINKING)
    assert counter.backend.calls.count("transcribe") == 1
    gate.set()
    await until(lambda: counter.voice.snapshot.turn == 2)
    await counter.rest()
    assert len(counter.output.played) == 1


async def test_an_answer_that_comes_while_somebody_coughs_waits_for_the_cough(counter: Counter) -> None:
    counter.output.at_once = False
    gate = counter.backend.hold("analyze")
    await counter.press()
    counter.ear.speak()
    await until(lambda: "analyze" in counter.backend.calls)
    counter.ear.hear(SPEECH, 0.3)
    await until(lambda: counter.output.paused)
    gate.set()
    await until(lambda: counter.state() is VoiceState.SPEAKING)
    assert not counter.output.playing
    counter.ear.hear(SILENCE, 1.0)
    await until(lambda: counter.output.playing)


async def test_typing_takes_the_place_of_what_is_being_said(counter: Counter) -> None:
    await counter.press()
    counter.ear.hear(SPEECH, 0.5)
    await counter.ear.empty()
    assert counter.voice.busy
    counter.voice.say("치즈 케이크 하나")
    await counter.rest()
    assert counter.sentences == ["치즈 케이크 하나"]
    assert counter.voice.snapshot.open
