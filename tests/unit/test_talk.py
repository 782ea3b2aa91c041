"""Hands-free talk: the microphone's life, every turn's end whatever goes wrong in it, and who has the floor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from kiosk.services.http_line import HttpLine
from kiosk.services.line import Elapsed
from kiosk.services.talk import MOST_EMPTY, Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.problems import ProblemCode
from shared.voice import VoiceAnalysisResponse
from tests.fakes.flaky_backend import FlakyBackend, unreachable
from tests.fakes.sound_devices import SILENCE, SPEECH, FakeMicrophone, FakeOutput
from tests.support.waiting import until

SESSION = "session-0000000001"


class Counter:
    def __init__(self) -> None:
        self.backend = FlakyBackend()
        self.backend.known_tokens.add("token")
        self.backend.sign_in("token")
        self.ear = FakeMicrophone()
        self.output = FakeOutput()
        self.sentences: list[str] = []
        self.now = 100.0
        self.line = HttpLine(self.backend, self._converse)
        self.voice = Talk(self.backend, lambda: self.line, self.ear, self.output, clock=lambda: self.now)

    async def _converse(self, sentence: str, elapsed: Elapsed) -> VoiceAnalysisResponse:
        self.sentences.append(sentence)
        return await self.backend.analyze(sentence, SESSION, elapsed=elapsed())

    def state(self) -> VoiceState:
        return self.voice.snapshot.state

    def error(self) -> KioskErrorCode | None:
        error = self.voice.snapshot.error
        return error.code if error is not None else None

    async def idle(self) -> None:
        await until(lambda: self.state() is VoiceState.IDLE)

    async def press(self) -> None:
        self.voice.press()
        await until(lambda: self.voice.snapshot.ready)

    async def rest(self) -> None:
        """The turn is over, and the microphone still open."""
        await until(lambda: self.state() is VoiceState.LISTENING and not self.voice.busy)

    async def turn(self, seconds: float = 1.0) -> None:
        """Say something, and wait until it is answered or has failed."""
        states: list[VoiceState] = []
        unsubscribe = self.voice.subscribe(lambda: states.append(self.state()))
        self.ear.speak(seconds)
        await until(lambda: VoiceState.THINKING in states)
        unsubscribe()
        await until(lambda: self.state() in {VoiceState.LISTENING, VoiceState.IDLE})


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    counter = Counter()
    yield counter
    await counter.voice.close()


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


# -- the microphone stays open ----------------------------------------------------------------------------------------


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


# -- who has the floor ------------------------------------------------------------------------------------------------


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


async def test_who_goes_on_while_the_kiosk_thinks_is_heard_instead(counter: Counter) -> None:
    gate = counter.backend.hold("transcribe")
    await counter.press()
    counter.ear.speak()
    await until(lambda: counter.state() is VoiceState.THINKING)
    counter.ear.speak()
    await until(lambda: counter.backend.calls.count("transcribe") == 2)
    gate.set()
    await counter.rest()
    assert counter.voice.snapshot.turn == 1


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
    await until(lambda: counter.voice.busy)
    counter.voice.say("치즈 케이크 하나")
    await counter.rest()
    assert counter.sentences == ["치즈 케이크 하나"]
    assert counter.voice.snapshot.open
