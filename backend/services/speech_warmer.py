"""The kiosk's fixed sentences, spoken once and kept before the first customer needs them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from backend.domain.opener import OPENERS
from backend.domain.speech import Line, speech_for
from backend.external.interfaces import EngineError

VOICE = "nova"
AUDIO_FORMAT = "wav"
"""What the kiosk asks for: a voice and a format that need no decoder of their own."""
LANGUAGES = ("ko", "en")
PAUSE_SECONDS = 2.0

Speak = Callable[[str, str, str], Awaitable[object]]
Kept = Callable[[str, str, str], Awaitable[bool]]

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def fixed_sentences() -> tuple[str, ...]:
    """What the kiosk says without a gap to fill, Korean first: about 80 sentences of 30 characters.

    By the prices of 2026-11 all of them cost less than 4 US cents with ``tts-1``.
    """
    # Openers come first: they are said out of what is kept or not at all.
    sentences = [words for several in OPENERS.values() for words in several]
    for language in LANGUAGES:
        lines = speech_for(language).LINES
        sentences += lines.values()
        # Two lines that are always one answer (backend.domain.dialogue).
        sentences.append(f"{lines[Line.NOT_UNDERSTOOD]} {lines[Line.TRY_AGAIN]}")
    return tuple(dict.fromkeys(sentences))


class SpeechWarmer:
    """Has ``sentences`` spoken one after the other, each only if it is not kept yet.

    ``speak(text, voice, audio_format)`` synthesises and keeps, and raises EngineError; ``kept`` says whether the engine
    of the first wish has spoken it before. ``ready``: that engine works and costs something. ``busy``: customers' calls
    are running; nothing is asked for meanwhile.
    """

    def __init__(
        self,
        speak: Speak,
        kept: Kept,
        ready: Callable[[], bool],
        busy: Callable[[], bool],
        *,
        sentences: Sequence[str] | None = None,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        self._speak = speak
        self._kept = kept
        self._ready = ready
        self._busy = busy
        self._sentences = fixed_sentences() if sentences is None else tuple(sentences)
        self._pause_seconds = pause_seconds

    async def run(self) -> None:
        """Until all are kept, or the first failure: who asks for the sentence then, gets it spoken as any other."""
        spoken = 0
        for sentence in self._sentences:
            wanted = (sentence, VOICE, AUDIO_FORMAT)
            if await self._kept(*wanted):
                continue
            await self._quiet()
            try:
                await self._speak(*wanted)
            except EngineError as error:
                log.info("speech_warming_stopped", kind=type(error).__name__, spoken=spoken)
                return
            if not await self._kept(*wanted):
                # Another engine spoke, or the disk took nothing: all the others would be paid for in vain.
                log.info("speech_warming_stopped", kind="not_kept", spoken=spoken)
                return
            spoken += 1
        if spoken:
            log.info("speech_warmed", spoken=spoken)

    async def _quiet(self) -> None:
        await asyncio.sleep(self._pause_seconds)
        while self._busy() or not self._ready():  # noqa: ASYNC110 - conditions of others, which tell nobody
            await asyncio.sleep(self._pause_seconds)
