"""The four engine capabilities as interfaces, with their frozen types and error tree.

EngineError
    EngineUnavailable    no answer, or a server fault; may be retried
    EngineRateLimited    too many calls or no quota left; may be retried after a while
    EngineRejected       the engine refused the content (safety)
    EngineMisconfigured  no key, a wrong key, a missing file: somebody has to act
    EngineModelGone      the model is no longer served: use the next one
    EngineBadResponse    an answer that is not what was asked for
    NotAudio             the upload is not audio that can be decoded
        AudioTooLong     it is longer than an engine hears
    LanguageNotServed    the engine does not hear or speak that language
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from backend.domain.order import Item
from backend.domain.proposal import Proposal, UnderstandingRequest


class EngineError(Exception):
    """An engine did not do what was asked. ``retryable`` says whether the same call may work later."""

    retryable = False


class EngineUnavailable(EngineError):
    retryable = True


class EngineRateLimited(EngineError):
    retryable = True


class EngineRejected(EngineError):
    pass


class EngineMisconfigured(EngineError):
    pass


class EngineModelGone(EngineError):
    pass


class EngineBadResponse(EngineError):
    retryable = True


class NotAudio(EngineError):
    pass


class AudioTooLong(NotAudio):
    pass


class LanguageNotServed(EngineError):
    def __init__(self, language: str, served: tuple[str, ...]) -> None:
        super().__init__(f"{language} is not among {', '.join(served)}")
        self.language = language
        self.served = served


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Who answers: ``engine`` (vendor), ``model``, and the languages (BCP 47 primary tags) it serves."""

    engine: str
    model: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard. ``text`` may be empty: silence or noise. ``confidence`` is 0 to 1."""

    text: str
    language: str
    confidence: float
    info: EngineInfo


@dataclass(frozen=True, slots=True)
class Spoken:
    """Encoded speech."""

    audio: bytes
    mime_type: str
    info: EngineInfo


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture; ``width`` and ``height`` in pixels."""

    content: bytes
    mime_type: str
    width: int
    height: int
    info: EngineInfo


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """What to draw. ``item`` is the order's own data; ``prompt`` the same in words, with a filtered wish."""

    prompt: str
    aspect_ratio: str
    item: Item | None = None


class LanguageUnderstanding(Protocol):
    """Turns words into a proposal. It proposes; the domain decides."""

    @property
    def info(self) -> EngineInfo: ...

    async def understand(self, request: UnderstandingRequest) -> Proposal:
        """Raises EngineError."""
        ...


class SpeechToText(Protocol):
    @property
    def info(self) -> EngineInfo: ...

    async def transcribe(self, audio: bytes, filename: str, mime_type: str, language: str | None) -> Heard:
        """Hear a whole recording (wav, mp3, ogg/opus, webm, m4a; at most 60 s). ``language`` None: detect.

        Raises:
            NotAudio: it cannot be decoded.
            LanguageNotServed: the engine does not hear ``language``.
            EngineError: anything else.
        """
        ...


class TextToSpeech(Protocol):
    @property
    def info(self) -> EngineInfo: ...

    async def synthesize(self, text: str, voice: str, audio_format: str) -> Spoken:
        """Speak ``text`` (1 to 1,000 characters; language told from its letters) as mp3, wav or opus.

        Raises EngineError.
        """
        ...


class ImageEngine(Protocol):
    @property
    def info(self) -> EngineInfo: ...

    async def generate(self, request: PictureRequest) -> Picture:
        """Raises EngineError."""
        ...
