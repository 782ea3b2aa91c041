# ruff: noqa: ARG002 -- parameters are the interface's own
"""Who answers behind the emulated vendors' doors, and the brain that says what a test tells it to say."""

from __future__ import annotations

import asyncio
import io
import json
import struct
import wave
import zlib
from array import array
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

SPEECH_RATE = 24_000
"""Both vendors speak 16 bit mono at 24 kHz."""


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt for text: what the system says, all text of the conversation in order, and the JSON schema asked for."""

    system: str
    texts: tuple[str, ...]
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """``language`` is a BCP 47 primary tag."""

    text: str
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class Drawing:
    content: bytes
    mime_type: str = "image/png"


class Brain(Protocol):
    @property
    def script(self) -> Script:
        """What it is told to hear and to say before it thinks for itself."""
        ...

    async def hear(self, audio: bytes, mime_type: str, language: str | None) -> Transcript: ...

    async def answer(self, question: Question) -> str:
        """The model's text."""
        ...

    async def speak(self, text: str, voice: str) -> bytes:
        """Signed 16 bit mono samples at ``SPEECH_RATE``."""
        ...

    async def draw(self, prompt: str, aspect_ratio: str, base: bytes | None) -> Drawing:
        """``base`` is the picture to change, where there is one."""
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence on a customer's lips, of so many ``seconds``, and what a language model answers to it."""

    words: str
    seconds: float
    language: str = "ko"
    reply: Mapping[str, Any] | None = None

    def heard_in(self, seconds: float) -> Transcript:
        """What a recording of so many ``seconds`` holds of it: one that was cut at a pause has the words before it."""
        words = self.words.split()
        share = (seconds - _SILENCE) / self.seconds
        count = len(words) if share > _NEARLY else max(1, int(len(words) * share))
        return Transcript(" ".join(words[:count]), self.language)


_SILENCE = 0.3
"""Seconds before and behind the voice that a kiosk sends at least."""
_NEARLY = 0.9


class Script:
    """Says what it is told.

    While somebody is ``speaking`` that is heard, as far as a recording holds it, and answered.

    ``transcripts`` are heard in turn; when they are used up, ``transcript`` is heard. The same holds for ``answers``
    and ``answer`` (text, or anything that becomes JSON). ``sound`` are samples to speak (``None``: a tone as long as
    the text would take); ``picture`` is what is drawn (``None``: a plain PNG of the ratio).
    """

    def __init__(self) -> None:
        self.speaking: Spoken | None = None
        self.transcript = Transcript("프렌치 디너 하나 주세요")
        self.transcripts: deque[Transcript] = deque()
        self.answer_with: Any = {}
        self.answers: deque[Any] = deque()
        self.sound: bytes | None = None
        self.picture: Drawing | None = None
        self.questions: list[Question] = []

    @property
    def script(self) -> Script:
        return self

    def hears(self, *sentences: str, language: str = "ko") -> None:
        """The next recordings hold these sentences; the last one stays."""
        self.transcripts.extend(Transcript(sentence, language) for sentence in sentences)
        self.transcript = self.transcripts[-1]

    def says(self, *answers: Any) -> None:
        """The next answers of the language model; the last one stays."""
        self.answers.extend(answers)
        self.answer_with = answers[-1]

    @property
    def hears_by_script(self) -> bool:
        """It was told what to hear next."""
        return self.speaking is not None or bool(self.transcripts)

    async def hear(self, audio: bytes, mime_type: str, language: str | None) -> Transcript:
        if self.speaking is not None:
            return self.speaking.heard_in(wav_seconds(audio))
        return self.transcripts.popleft() if self.transcripts else self.transcript

    async def answer(self, question: Question) -> str:
        self.questions.append(question)
        if self.speaking is not None and self.speaking.reply is not None:
            return json.dumps(self.speaking.reply, ensure_ascii=False, separators=(",", ":"))
        answer = self.answers.popleft() if self.answers else self.answer_with
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)

    async def speak(self, text: str, voice: str) -> bytes:
        return tone(0.2 + 0.05 * len(text)) if self.sound is None else self.sound

    async def draw(self, prompt: str, aspect_ratio: str, base: bytes | None) -> Drawing:
        if self.picture is not None:
            return self.picture
        return Drawing(await asyncio.to_thread(plain_png, *SIZES.get(aspect_ratio, SIZES["1:1"])))


SIZES: Mapping[str, tuple[int, int]] = {
    "1:1": (64, 64),
    "16:9": (64, 36),
    "9:16": (36, 64),
    "4:3": (64, 48),
    "3:4": (48, 64),
}


def wav_seconds(audio: bytes) -> float:
    """How long a WAV lasts, by its header's own figures; the kiosk sends nothing else."""
    with wave.open(io.BytesIO(audio)) as reader:
        return float(reader.getnframes() / reader.getframerate())


def tone(seconds: float) -> bytes:
    """A square wave of 240 Hz at ``SPEECH_RATE``."""
    one = array("h", [6_000] * 50 + [-6_000] * 50)
    return (one * (int(seconds * SPEECH_RATE) // 100 + 1)).tobytes()


def plain_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xd9\x8e\x73" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
