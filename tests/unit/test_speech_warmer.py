"""The kiosk's fixed sentences are spoken ahead of time: once, quietly, and not at any price."""

from __future__ import annotations

import asyncio

from backend.domain import speech_en, speech_ko
from backend.external.interfaces import EngineUnavailable
from backend.services.speech_warmer import SpeechWarmer, fixed_sentences
from shared.limits import MAX_SPEECH_CHARS
from tests.support.waiting import until

SENTENCES = ("하나", "둘", "셋")


class Booth:
    """Speaks and keeps; ``deaf`` keeps nothing, ``broken`` fails from that sentence on."""

    def __init__(self) -> None:
        self.spoken: list[tuple[str, str, str]] = []
        self.kept: set[tuple[str, str, str]] = set()
        self.ready = True
        self.busy = False
        self.deaf = False
        self.broken = ""

    async def speak(self, *wanted: str) -> None:
        text, voice, audio_format = wanted
        if text == self.broken:
            raise EngineUnavailable("down")
        self.spoken.append((text, voice, audio_format))
        if not self.deaf:
            self.kept.add((text, voice, audio_format))

    async def is_kept(self, text: str, voice: str, audio_format: str) -> bool:
        return (text, voice, audio_format) in self.kept

    def warmer(self) -> SpeechWarmer:
        return SpeechWarmer(
            self.speak,
            self.is_kept,
            lambda: self.ready,
            lambda: self.busy,
            sentences=SENTENCES,
            pause_seconds=0.0,
        )


async def test_each_sentence_is_spoken_once_as_the_kiosk_will_ask_for_it() -> None:
    booth = Booth()
    await booth.warmer().run()
    await booth.warmer().run()
    assert booth.spoken == [(text, "nova", "wav") for text in SENTENCES]


async def test_what_is_kept_is_not_spoken_again() -> None:
    booth = Booth()
    booth.kept.add(("둘", "nova", "wav"))
    await booth.warmer().run()
    assert [text for text, _, _ in booth.spoken] == ["하나", "셋"]


async def test_the_first_failure_ends_it() -> None:
    booth = Booth()
    booth.broken = "둘"
    await booth.warmer().run()
    assert [text for text, _, _ in booth.spoken] == ["하나"]


async def test_nothing_is_paid_for_that_is_not_kept() -> None:
    booth = Booth()
    booth.deaf = True
    await booth.warmer().run()
    assert len(booth.spoken) == 1


async def test_customers_go_first_and_an_engine_that_is_not_ready_is_waited_for() -> None:
    booth = Booth()
    booth.ready = False
    running = asyncio.ensure_future(booth.warmer().run())
    for _ in range(50):
        await asyncio.sleep(0)
    assert booth.spoken == []
    booth.ready, booth.busy = True, True
    for _ in range(50):
        await asyncio.sleep(0)
    assert booth.spoken == []
    booth.busy = False
    await until(running.done)
    assert len(booth.spoken) == 3


def test_the_sentences_are_those_of_both_languages() -> None:
    sentences = fixed_sentences()
    assert set(speech_ko.LINES.values()) | set(speech_en.LINES.values()) <= set(sentences)
    assert len(set(sentences)) == len(sentences)
    assert sentences[0] == "네,", "what is said at once, or not at all, is kept first"
    assert sentences.index(speech_ko.LINES["welcome"]) < sentences.index(speech_en.LINES["welcome"])
    assert all(0 < len(sentence) <= MAX_SPEECH_CHARS for sentence in sentences)
    assert sum(map(len, sentences)) < 5_000
