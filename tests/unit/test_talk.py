"""From the press to the spoken answer: every turn's end, whatever goes wrong in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kiosk.errors import KioskError, LocalCode
from kiosk.services.voice_snapshot import VoiceState
from shared.problems import ProblemCode
from tests.fakes.flaky_backend import unreachable
from tests.fakes.sound_devices import SPEECH
from tests.support.voice_counter import Counter, voice_counter
from tests.support.waiting import until


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    async with voice_counter() as counter:
        yield counter


async def test_from_the_press_to_the_spoken_answer(counter: Counter) -> None:
    states: list[VoiceState] = []
    counter.voice.subscribe(lambda: states.append(counter.state()))
    await counter.press()
    levels: list[float] = []
    counter.voice.subscribe(lambda: levels.append(counter.voice.snapshot.level))
    await counter.turn()
    assert [state for n, state in enumerate(states) if state is not states[n - 1]] == [
        VoiceState.THINKING,
        VoiceState.SPEAKING,
        VoiceState.LISTENING,
    ]
    assert max(levels) > 0.5
    assert counter.voice.snapshot.open
    assert counter.voice.snapshot.transcript == "프렌치 디너 하나 주세요"
    assert counter.voice.snapshot.caption == "네, 알겠어요."
    assert counter.voice.snapshot.turn == 1
    assert counter.output.played == ["네, 알겠어요.".encode()]
    assert counter.error() is None


async def test_a_second_press_sends_what_was_said_so_far(counter: Counter) -> None:
    await counter.press()
    counter.ear.hear(SPEECH, 0.5)
    await until(lambda: counter.voice.busy)
    counter.voice.press()
    await until(lambda: counter.voice.snapshot.turn == 1)
    assert counter.sentences == ["프렌치 디너 하나 주세요"]


async def test_a_press_while_it_thinks_does_nothing(counter: Counter) -> None:
    gate = counter.backend.hold("analyze")
    counter.voice.say("치즈 케이크 하나")
    await until(lambda: "analyze" in counter.backend.calls)
    counter.voice.press()
    assert counter.state() is VoiceState.THINKING
    gate.set()
    await counter.idle()
    assert counter.sentences == ["치즈 케이크 하나"]


async def test_barge_in(counter: Counter) -> None:
    counter.output.at_once = False
    counter.voice.say("치즈 케이크 하나")
    await until(lambda: counter.output.playing)
    counter.voice.press()
    assert counter.state() is VoiceState.LISTENING
    await until(lambda: counter.voice.snapshot.ready and not counter.output.playing)
    assert counter.voice.snapshot.caption == "네, 알겠어요."


async def test_who_speaks_on_while_it_thinks_loses_nothing_of_what_was_said(counter: Counter) -> None:
    """Half an order, a breath, and the other half: the first counts in silence, the second is answered."""
    await counter.press()
    gate = counter.backend.hold("analyze")
    counter.ear.speak(1.0)
    await until(lambda: "analyze" in counter.backend.calls)
    counter.ear.speak(1.5)
    await until(lambda: counter.state() is VoiceState.LISTENING)
    await until(lambda: counter.state() is VoiceState.THINKING)
    gate.set()
    await until(lambda: counter.voice.snapshot.turn == 2)
    await counter.rest()
    assert len(counter.sentences) == 2
    assert len(counter.output.played) == 1


async def test_what_fails_while_the_customer_speaks_on_is_told(counter: Counter) -> None:
    await counter.press()
    gate = counter.backend.hold("analyze")
    counter.ear.speak(1.0)
    await until(lambda: "analyze" in counter.backend.calls)
    counter.backend.fail_next("analyze", unreachable())
    counter.ear.hear(SPEECH, 1.5)
    await until(lambda: counter.state() is VoiceState.LISTENING)
    gate.set()
    await until(lambda: counter.error() is LocalCode.BACKEND_UNREACHABLE)
    assert counter.state() is VoiceState.LISTENING


async def test_typed_sentences_need_no_microphone(counter: Counter) -> None:
    counter.voice.say("  치즈 케이크 하나  ")
    await counter.idle()
    assert counter.sentences == ["치즈 케이크 하나"]
    assert counter.ear.times == 0
    counter.voice.say("   ")
    assert counter.state() is VoiceState.IDLE


async def test_a_corrected_sentence_replaces_the_one_that_is_thought_about(counter: Counter) -> None:
    counter.backend.hold("analyze")
    counter.voice.say("지즈 케이크")
    await until(lambda: "analyze" in counter.backend.calls)
    counter.backend.hold("analyze").set()
    counter.voice.say("치즈 케이크")
    await counter.idle()
    assert counter.voice.snapshot.turn == 1
    assert counter.voice.snapshot.transcript == "치즈 케이크"


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("transcribe", unreachable()),
        ("transcribe", KioskError(ProblemCode.SILENCE)),
        ("transcribe", KioskError(ProblemCode.LANGUAGE_NOT_SERVED)),
        ("analyze", unreachable()),
        ("analyze", KioskError(ProblemCode.RATE_LIMITED, retryable=True)),
        ("analyze", KioskError(ProblemCode.ENGINE_UNAVAILABLE, retryable=True)),
    ],
)
async def test_every_failure_ends_and_is_told(counter: Counter, call: str, error: KioskError) -> None:
    counter.backend.fail_next(call, error)
    await counter.press()
    await counter.turn()
    assert counter.error() is error.code
    counter.voice.say("다시")
    await until(lambda: counter.voice.snapshot.turn == 1 and not counter.voice.busy)
    assert counter.error() is None


@pytest.mark.parametrize("code", [LocalCode.NO_MICROPHONE, LocalCode.MICROPHONE_LOST, LocalCode.SPEECH_NOT_HEARD])
async def test_the_microphone_fails(counter: Counter, code: LocalCode) -> None:
    counter.ear.trouble = KioskError(code)
    counter.voice.press()
    await counter.idle()
    assert counter.error() is code
    assert not counter.voice.snapshot.ready
    assert "transcribe" not in counter.backend.calls


async def test_nothing_was_in_the_recording(counter: Counter) -> None:
    counter.backend.heard = " "
    await counter.press()
    await counter.turn()
    assert counter.error() is LocalCode.SPEECH_NOT_HEARD
    counter.voice.say("네")
    await counter.rest()
    await counter.turn()
    assert counter.error() is None, "told to who has just pressed, not at each sound of the room"
    counter.sentences.remove("네")
    assert counter.sentences == []


async def test_no_loudspeaker_is_told_once_a_customer_and_captions_go_on(counter: Counter) -> None:
    counter.output.error = KioskError(LocalCode.NO_SPEAKER)
    told = []
    for _ in range(2):
        counter.voice.say("안녕하세요")
        await counter.idle()
        told.append(counter.error())
        assert counter.voice.snapshot.caption == "네, 알겠어요."
    counter.voice.reset()
    counter.voice.say("안녕하세요")
    await counter.idle()
    assert [*told, counter.error()] == [LocalCode.NO_SPEAKER, None, LocalCode.NO_SPEAKER]


async def test_hush_repeat_and_announce(counter: Counter) -> None:
    counter.output.at_once = False
    counter.voice.repeat()
    assert counter.state() is VoiceState.IDLE
    counter.voice.say("안녕하세요")
    await until(lambda: counter.output.playing)
    counter.voice.hush()
    assert counter.state() is VoiceState.IDLE
    await until(lambda: not counter.output.playing)
    counter.voice.repeat()
    await until(lambda: counter.output.playing)
    counter.voice.announce("아직 계세요?")
    await until(lambda: counter.output.played[-1] == "아직 계세요?".encode())
    assert counter.voice.snapshot.caption == "아직 계세요?"
    counter.output.over()
    await counter.idle()


async def test_of_two_announcements_at_once_the_second_is_made(counter: Counter) -> None:
    counter.voice.announce("하나")
    counter.voice.announce("둘")
    await counter.idle()
    assert counter.output.played == ["둘".encode()]


async def test_announcements_do_not_interrupt_a_customer(counter: Counter) -> None:
    await counter.press()
    counter.ear.hear(SPEECH, 0.5)
    await until(lambda: counter.voice.busy)
    counter.voice.announce("아직 계세요?")
    assert counter.state() is VoiceState.LISTENING
    assert counter.voice.snapshot.caption == ""


async def test_announcements_are_made_while_the_microphone_is_open_and_nobody_speaks(counter: Counter) -> None:
    counter.output.at_once = False
    await counter.press()
    counter.voice.announce("아직 계세요?")
    await until(lambda: counter.output.playing)
    assert counter.state() is VoiceState.SPEAKING
    counter.output.over()
    await counter.rest()
    assert counter.ear.open_now


async def test_reset_closes_the_microphone_and_forgets_every_word(counter: Counter) -> None:
    counter.voice.say("안녕하세요")
    await counter.idle()
    counter.voice.press()
    await until(lambda: counter.ear.open_now)
    counter.voice.reset()
    await until(lambda: not counter.ear.open_now)
    shown = counter.voice.snapshot
    assert (shown.transcript, shown.caption, shown.chips, shown.error) == ("", "", (), None)
    assert shown.state is VoiceState.IDLE


async def test_close_while_listening(counter: Counter) -> None:
    counter.voice.press()
    await until(lambda: counter.ear.open_now)
    await counter.voice.close()
    assert not counter.ear.open_now
    counter.voice.press()
    await asyncio.sleep(0)
    assert not counter.ear.open_now


UNABLE = KioskError(ProblemCode.ENGINE_UNAVAILABLE, retryable=True)


async def test_each_call_of_a_turn_tells_how_long_the_customer_has_waited(counter: Counter) -> None:
    gates = {name: counter.backend.hold(name) for name in ("transcribe", "analyze", "speak")}
    await counter.press()
    counter.now += 4.0
    counter.ear.speak()
    for name, gate in gates.items():
        await _called(counter, name)
        counter.now += 1.0
        gate.set()
    await counter.rest()
    calls, waited = zip(*counter.backend.waited, strict=True)
    assert calls == ("transcribe", "analyze", "speak")
    assert waited == pytest.approx([0.7, 1.7, 2.7])


async def _called(counter: Counter, name: str) -> None:
    await until(lambda: name in counter.backend.calls)


async def test_the_clock_of_a_typed_sentence_begins_when_it_is_sent(counter: Counter) -> None:
    gate = counter.backend.hold("analyze")
    counter.voice.say("치즈 케이크 하나")
    await until(lambda: "analyze" in counter.backend.calls)
    counter.now += 2.5
    gate.set()
    await counter.idle()
    assert counter.backend.waited == [("analyze", 0.0), ("speak", 2.5)]


async def test_the_kiosks_own_words_belong_to_no_turn(counter: Counter) -> None:
    counter.voice.announce("아직 계세요?")
    await counter.idle()
    assert counter.backend.waited == [("speak", None)]


@pytest.mark.parametrize("error", [unreachable(), UNABLE])
async def test_speech_that_breaks_off_is_asked_for_once_more_at_once(counter: Counter, error: KioskError) -> None:
    counter.backend.fail_next("speak", error)
    counter.voice.say("안녕하세요")
    await counter.idle()
    assert counter.backend.calls.count("speak") == 2
    assert counter.output.played == ["네, 알겠어요.".encode()]
    assert counter.error() is None


@pytest.mark.parametrize("error", [unreachable(), UNABLE])
async def test_what_cannot_be_spoken_stands_as_a_caption_and_is_told_once(counter: Counter, error: KioskError) -> None:
    told = []
    for _ in range(2):
        counter.backend.fail_next("speak", error, error)
        counter.voice.say("안녕하세요")
        await counter.idle()
        told.append(counter.error())
        assert counter.voice.snapshot.caption == "네, 알겠어요."
    assert told == [LocalCode.NOT_SPOKEN, None]
    assert counter.backend.calls.count("speak") == 4
    assert counter.output.played == []


@pytest.mark.parametrize(
    "error",
    [
        KioskError(LocalCode.TIMED_OUT, retryable=True),
        KioskError(ProblemCode.RATE_LIMITED, retryable=True),
        KioskError(ProblemCode.ENGINE_UNAVAILABLE),
    ],
)
async def test_speech_is_not_asked_for_again_where_that_would_not_help(counter: Counter, error: KioskError) -> None:
    counter.backend.fail_next("speak", error)
    counter.voice.say("안녕하세요")
    await counter.idle()
    assert counter.backend.calls.count("speak") == 1
    assert counter.error() is LocalCode.NOT_SPOKEN


async def test_speech_that_is_no_sound_is_not_an_error_for_the_customer(counter: Counter) -> None:
    counter.output.error = KioskError(LocalCode.BAD_ANSWER)
    counter.voice.say("안녕하세요")
    await counter.idle()
    assert counter.error() is LocalCode.NOT_SPOKEN


async def test_no_engine_hears(counter: Counter) -> None:
    counter.backend.fail_next("transcribe", UNABLE)
    await counter.press()
    await counter.turn()
    assert counter.error() is LocalCode.HEARING_UNAVAILABLE
    assert not counter.voice.snapshot.open, "nothing that is said further would be understood"
    assert counter.backend.calls == ["transcribe"]
