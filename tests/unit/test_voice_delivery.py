"""Louder and slower answers: what changes in the sound, and who asks for it."""

from __future__ import annotations

import io
import wave
from collections.abc import AsyncIterator

import numpy as np
import pytest

from kiosk.audio.delivery import LOUDER_EACH, SLOWER_EACH, STEPS, Delivery
from kiosk.services.http_line import HttpLine
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.voice import VoiceAnalysisResponse
from tests.fakes.flaky_backend import FlakyBackend
from tests.fakes.sound_devices import FakeMicrophone, FakeOutput
from tests.support.waiting import until

RATE = 16_000
SECONDS = 1.5
HERTZ = 220.0


def tone(level: float = 0.2, channels: int = 1) -> bytes:
    times = np.arange(int(RATE * SECONDS)) / RATE
    samples = np.rint(np.sin(2 * np.pi * HERTZ * times) * level * 32_767).astype("<i2")
    whole = io.BytesIO()
    with wave.open(whole, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(np.repeat(samples, channels).tobytes())
    return whole.getvalue()


def samples_of(wav: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(wav)) as reader:
        pcm = np.frombuffer(reader.readframes(reader.getnframes()), dtype="<i2").astype(float)
        return pcm.reshape(-1, reader.getnchannels())[:, 0]


def loudness(wav: bytes) -> float:
    samples = samples_of(wav)
    return float(np.sqrt(np.mean(samples[RATE // 4 : -RATE // 4] ** 2)))


def pitch(wav: bytes) -> float:
    samples = samples_of(wav)[RATE // 4 : -RATE // 4]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


def test_as_it_came_it_is_not_touched() -> None:
    assert Delivery().applied(tone()) == tone()


def test_louder_is_louder_and_never_over_full_scale() -> None:
    assert loudness(Delivery(louder=1).applied(tone())) == pytest.approx(loudness(tone()) * LOUDER_EACH, rel=0.05)
    loudest = samples_of(Delivery(louder=STEPS).applied(tone(0.95)))
    assert np.abs(loudest).max() <= 32_767
    assert loudness(Delivery(louder=STEPS).applied(tone(0.95))) > loudness(tone(0.95))


@pytest.mark.parametrize("channels", [1, 2])
def test_slower_takes_longer_at_the_same_pitch(channels: int) -> None:
    slow = Delivery(slower=1).applied(tone(channels=channels))
    assert len(samples_of(slow)) / (RATE * SECONDS) == pytest.approx(1 / SLOWER_EACH, rel=0.1)
    assert pitch(slow) == pytest.approx(HERTZ, abs=3)
    assert loudness(slow) == pytest.approx(loudness(tone()), rel=0.1)


def test_quieter_and_faster() -> None:
    assert loudness(Delivery().lowered().applied(tone())) == pytest.approx(loudness(tone()) / LOUDER_EACH, rel=0.05)
    fast = Delivery().hurried().applied(tone())
    assert len(samples_of(fast)) / (RATE * SECONDS) == pytest.approx(SLOWER_EACH, rel=0.1)
    assert pitch(fast) == pytest.approx(HERTZ, abs=3)


def test_what_is_no_wav_is_left_to_the_loudspeaker() -> None:
    assert Delivery(louder=1).applied(b"nothing") == b"nothing"


def test_there_is_an_end_to_louder_and_slower() -> None:
    delivery = Delivery()
    for _ in range(9):
        delivery = delivery.raised().slowed()
    assert delivery == Delivery(STEPS, STEPS)


@pytest.mark.parametrize("delivery", [Delivery(1, 2), Delivery(-1, -1), Delivery(0, 3), Delivery(2, 0), Delivery()])
@pytest.mark.parametrize("channels", [1, 2])
async def test_a_sound_that_is_still_being_made_is_changed_piece_by_piece(delivery: Delivery, channels: int) -> None:
    whole = tone(channels=channels)
    pcm = whole[44:]

    async def chunks() -> AsyncIterator[bytes]:
        for at in range(0, len(pcm), 1_281):
            yield pcm[at : at + 1_281]

    changed = [piece async for piece in delivery.stream(chunks(), RATE, channels)]
    assert b"".join(changed) == delivery.applied(whole)[44:]
    assert len(changed[0]) < RATE * 2 * channels / 5
    begin = np.frombuffer(b"".join(changed), dtype="<i2").astype(float)[::channels][: RATE // 5]
    jumps = np.abs(np.diff(begin)).max()
    assert jumps < 2 * np.pi * HERTZ / RATE * np.abs(begin).max() * 1.3


async def test_a_customer_who_asks_for_it_is_spoken_to_louder_and_the_next_one_is_not() -> None:
    backend, output = FlakyBackend(), FakeOutput()
    backend.known_tokens.add("token")
    backend.sign_in("token")
    backend.spoken = tone()

    async def converse(sentence: str, elapsed: object) -> VoiceAnalysisResponse:
        return await backend.analyze(sentence, "session-0000000001")

    voice = Talk(backend, lambda: HttpLine(backend, converse), FakeMicrophone(), output)

    async def said(sentence: str, *controls: str) -> bytes:
        backend.controls = controls
        voice.say(sentence)
        await until(lambda: voice.snapshot.state is VoiceState.IDLE)
        return output.played[-1]

    try:
        assert await said("네") == tone()
        assert loudness(await said("소리 좀 크게 해 주세요", "louder")) > loudness(tone())
        assert len(await said("천천히 말해 주세요", "slower")) > len(tone())
        larger = [voice.snapshot.larger]
        await said("글씨가 안 보여요", "larger")
        larger.append(voice.snapshot.larger)
        voice.reset()
        assert await said("네") == tone()
        assert [*larger, voice.snapshot.larger] == [False, True, False]
    finally:
        await voice.close()
