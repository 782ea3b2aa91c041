"""The four engine capabilities as interfaces, with their frozen types and error tree.

EngineError
    EngineUnavailable      no answer, or a server fault; may be retried
        EngineTimeout      it was given up after our own time
    EngineRateLimited      too many calls; may be retried after a while
        QuotaExhausted     nothing left that is paid for: somebody has to act
    EngineRejected         the engine refused the content (safety)
    EngineMisconfigured    a missing file or program: somebody has to act
        KeyMissing         no key was set
        KeyRefused         the vendor does not know the key
        PermissionRefused  the key may not do this
        RegionRefused      the vendor does not serve this country
    EngineModelGone        the model is no longer served: use the next one
    EngineBadResponse      an answer that is not what was asked for
        EngineCrashed      the adapter itself failed
    NotOffered             the engine cannot do this kind of work
    NotAudio               the upload is not audio that can be decoded
        AudioTooLong       it is longer than an engine hears
    NotAPicture            the upload is no picture that is taken; ``why`` says what is wrong with it
    LanguageNotServed      the engine does not hear or speak that language
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from backend.domain.opener import Begun
from backend.domain.order import Item
from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.external import wav_stream


class EngineError(Exception):
    """An engine did not do what was asked.

    ``retryable`` says whether the same call may work at once, ``reason`` is the word for it in ``/api/health``, and
    ``retry_after`` the seconds that the vendor asks to wait, where it says so.
    """

    retryable: ClassVar[bool] = False
    reason: ClassVar[str] = "failed"

    def __init__(self, *words: object, retry_after: float | None = None) -> None:
        super().__init__(*words)
        self.retry_after = retry_after


class EngineUnavailable(EngineError):
    retryable = True
    reason = "no_answer"


class EngineTimeout(EngineUnavailable):
    retryable = False
    reason = "timeout"


class EngineRateLimited(EngineError):
    retryable = True
    reason = "rate_limited"


class QuotaExhausted(EngineRateLimited):
    retryable = False
    reason = "quota"


class EngineRejected(EngineError):
    reason = "rejected"


class EngineMisconfigured(EngineError):
    reason = "misconfigured"


class KeyMissing(EngineMisconfigured):
    reason = "no_key"


class KeyRefused(EngineMisconfigured):
    reason = "wrong_key"


class PermissionRefused(EngineMisconfigured):
    reason = "not_permitted"


class RegionRefused(EngineMisconfigured):
    reason = "region"


class EngineModelGone(EngineError):
    reason = "model_gone"


class EngineBadResponse(EngineError):
    retryable = True
    reason = "bad_response"


class EngineCrashed(EngineBadResponse):
    retryable = False
    reason = "crashed"


class NotOffered(EngineError):
    reason = "not_offered"


class NotAudio(EngineError):
    reason = "not_audio"


class AudioTooLong(NotAudio):
    pass


class NotAPicture(EngineError):
    """``why`` is not_decodable (no PNG, JPEG or WebP, or broken), too_large (bytes or pixels) or animated."""

    reason = "not_a_picture"
    why: ClassVar[str] = "not_decodable"


class PictureTooLarge(NotAPicture):
    why = "too_large"


class PictureMoves(NotAPicture):
    why = "animated"


class LanguageNotServed(EngineError):
    reason = "language"

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
class Understood:
    """What one sentence was taken to mean, and by whom."""

    proposal: Proposal
    info: EngineInfo


class SpeechStream:
    """Encoded speech while it is made. Whoever holds one has sound: its first piece has come already."""

    def __init__(self, mime_type: str, info: EngineInfo, chunks: AsyncGenerator[bytes, None]) -> None:
        self.mime_type = mime_type
        self.info = info
        self._chunks = chunks

    @classmethod
    def of(cls, audio: bytes, mime_type: str, info: EngineInfo) -> SpeechStream:
        """Speech that was made in one piece, or collected: a WAV gets the lengths that its stream did not know."""

        async def whole() -> AsyncGenerator[bytes, None]:
            yield wav_stream.completed(audio)

        return cls(mime_type, info, whole())

    @property
    def chunks(self) -> AsyncGenerator[bytes, None]:
        """The pieces in order, none empty; each step may raise EngineError when the speech breaks off."""
        return self._chunks

    async def read(self) -> Spoken:
        """All of it; a WAV with its true lengths.

        Raises:
            EngineError: it broke off.
        """
        try:
            whole = b"".join([piece async for piece in self._chunks])
            return Spoken(wav_stream.completed(whole), self.mime_type, self.info)
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Let go of the engine's line; whoever does not read to the end calls it."""
        await self._chunks.aclose()


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture; ``width`` and ``height`` in pixels; ``item`` what it shows, where the engine knows."""

    content: bytes
    mime_type: str
    width: int
    height: int
    info: EngineInfo
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """What to draw. ``item`` is the order's own data; ``prompt`` the same in words, with a filtered wish."""

    prompt: str
    aspect_ratio: str
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class PictureEdit:
    """What to change in a picture, in words."""

    content: bytes
    mime_type: str
    prompt: str
    aspect_ratio: str


Enough = Callable[[Proposal], bool]
"""Whether a proposal decides the turn, whatever a model may still write into its ``answer``."""
Glimpse = Callable[[Begun], bool]
"""Told what a model has begun to write; whether that is all that is wished to be known."""


class LanguageUnderstanding(Protocol):
    """Turns words into a proposal. It proposes; the domain decides."""

    @property
    def info(self) -> EngineInfo: ...

    async def understand(
        self, request: UnderstandingRequest, enough: Enough | None = None, glimpse: Glimpse | None = None
    ) -> Understood:
        """An engine that writes word by word tells ``glimpse`` how it begins, asks ``enough`` on the way and does not
        wait for more than that.

        Raises EngineError.
        """
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

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:
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

    async def edit(self, edit: PictureEdit) -> Picture:
        """The picture with the wished change.

        Raises:
            NotOffered: the engine does not edit.
            EngineError: anything else.
        """
        ...


class PictureBench(Protocol):
    """Opens and cuts pictures that anybody may have made, where a hostile one harms nobody."""

    async def open(self, content: bytes) -> Picture:
        """An upload as a picture of our own making: upright, without anything but its pixels, at most 2,048 a side.

        Raises:
            NotAPicture: no still PNG, JPEG or WebP of at most 8 MB and 40 megapixels.
            EngineError: it could not be opened now.
        """
        ...

    async def crop(self, content: bytes, ratio: str, x: float, y: float, zoom: float) -> Picture:
        """The largest part in ``ratio`` around (x, y), shares of width and height; ``zoom`` (1 to 4) makes it smaller.

        Raises EngineError.
        """
        ...


class Vendor(Protocol):
    """Whoever serves models under one key."""

    @property
    def name(self) -> str: ...

    async def list_models(self) -> Mapping[str, date | None]:
        """Names of the models that are served now, with the day on which each ends where the vendor says so.

        Raises EngineError.
        """
        ...

    async def touch(self) -> None:
        """A small call that costs nothing, so that a connection is open afterwards, whatever its answer says.

        Raises EngineError.
        """
        ...

    async def close(self) -> None:
        """Idempotent."""
        ...
