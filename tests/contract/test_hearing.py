"""What the offline ear must get right, in every voice of the bench: short answers, orders, and other talk."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import av
import numpy as np
import pytest
import pytest_asyncio

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import EngineInfo
from backend.external.offline.audio_codec import HEARING_RATE, decode, wav
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.sphinx import PocketSphinxSpeechToText
from backend.external.offline.worker import WorkerProcess
from tools.bench.speech import VOICES

SHORT = ("yes please", "no thank you", "that's all", "that is all", "start over", "cancel", "cancel the order")
ORDERS = (
    "two strawberry cakes grand style please",
    "give me a champagne feast dinner deluxe style",
    "one french dinner deluxe",
)
OTHER_TALK = (
    "안녕하세요 딸기 케이크 두 개 주세요",
    "저기 엄마 우리 오늘 뭐 먹을까",
    "darling did you lock the car",
    "my train leaves at half past seven",
    "the weather is lovely today",
)
CARD_RATE = 44_100

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ear(shop_catalogue: Catalogue) -> AsyncIterator[PocketSphinxSpeechToText]:
    process = WorkerProcess("ear")
    yield PocketSphinxSpeechToText(process, lambda: shop_catalogue)
    await process.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mouth() -> AsyncIterator[EspeakTextToSpeech]:
    process = WorkerProcess("mouth")
    yield EspeakTextToSpeech(process)
    await process.close()


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("sentence", SHORT + ORDERS)
async def test_is_heard_word_for_word(
    ear: PocketSphinxSpeechToText, mouth: EspeakTextToSpeech, sentence: str, voice: str
) -> None:
    spoken = await mouth.synthesize(sentence, voice, "wav")
    heard = await ear.transcribe(spoken.audio, "turn.wav", spoken.mime_type, "en")
    assert heard.text == sentence
    assert 0.5 < heard.confidence <= 1


@pytest.mark.parametrize("sentence", SHORT)
async def test_is_heard_through_a_sound_card_with_silence_around(
    ear: PocketSphinxSpeechToText, mouth: EspeakTextToSpeech, sentence: str
) -> None:
    spoken = await mouth.synthesize(sentence, "alloy", "wav")
    heard = await ear.transcribe(_played(decode(spoken.audio)), "turn.wav", spoken.mime_type, "en")
    assert heard.text == sentence


@pytest.mark.parametrize("sentence", OTHER_TALK)
async def test_other_talk_is_no_order(ear: PocketSphinxSpeechToText, mouth: EspeakTextToSpeech, sentence: str) -> None:
    spoken = await mouth.synthesize(sentence, "alloy", "wav")
    heard = await ear.transcribe(spoken.audio, "turn.wav", spoken.mime_type, None)
    assert (heard.text, heard.confidence) == ("", 0)
    assert heard.info == EngineInfo("pocketsphinx", "en-us", ("en",))


@pytest.mark.parametrize("level", [100, 1_500, 8_000])
async def test_noise_is_no_order(ear: PocketSphinxSpeechToText, level: int) -> None:
    noise = np.random.default_rng(level).standard_normal(2 * HEARING_RATE) * level
    recording = wav(np.clip(noise, -32_768, 32_767).astype("<i2").tobytes(), HEARING_RATE)
    assert (await ear.transcribe(recording, "turn.wav", "audio/wav", "en")).text == ""


def _played(pcm: bytes) -> bytes:
    """Half as loud, at the card's rate, with 0.3 s of silence on both sides."""
    silence = np.zeros(HEARING_RATE * 3 // 10, dtype="<i2")
    samples = np.concatenate((silence, np.frombuffer(pcm, dtype="<i2") // 2, silence)).astype("<i2")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=CARD_RATE)
    out = bytearray()
    with av.open(io.BytesIO(wav(samples.tobytes(), HEARING_RATE)), mode="r", format="wav") as source:
        for frame in source.decode(audio=0):
            for played in resampler.resample(frame):
                out += played.to_ndarray().tobytes()
    return wav(bytes(out), CARD_RATE)
