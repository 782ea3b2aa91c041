"""``WS /api/voice/stream``: a spoken turn on one line, sound and events both ways. docs/voice.md tells the whole story.

Text messages are one union a direction, told apart by ``type``. Binary messages are sound: a big-endian 32-bit number,
then samples (signed 16 bit, little endian). Turns are numbered by the kiosk, rising; a message about a turn that is
over is no mistake and does nothing, since it may have crossed the end on its way.
"""

from __future__ import annotations

import struct
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, StringConstraints, TypeAdapter, field_serializer

from shared import limits
from shared.base import WireModel, WireRequest
from shared.problems import Problem
from shared.voice import SessionId, Voice, VoiceAnalysisResponse

RATE: Final = 16_000
"""What is heard, in Hz, mono."""
FRAME_MS: Final = 20
FRAME_BYTES: Final = RATE * FRAME_MS // 1000 * 2
MAX_FRAMES_AT_ONCE: Final = 25
"""Frames in one message: the sound from before the voice began comes as several at once."""
MAX_TURN_FRAMES: Final = limits.MAX_AUDIO_SECONDS * 1000 // FRAME_MS
MAX_PAUSES: Final = 40
"""Pauses heard ahead in one turn; each may cost a vendor's call."""
FIRST_CHUNK_MS: Final = 40
CHUNK_MS: Final = 200
AHEAD_MS: Final = 2_000
"""Sound comes no further ahead of its playing than this, so that a barge-in leaves little on the line."""

_NUMBER: Final = struct.Struct(">I")
_SAMPLE_BYTES: Final = 2


class Span(StrEnum):
    """What a customer waits for, from the last voiced sample to the first that is played. Spans follow one another
    without a gap, and time that two of them share counts for the first.
    """

    ENDPOINTING = "endpointing"
    """Until the kiosk took the silence for the end."""
    UPLOAD = "upload"
    """Until an engine that hears had the recording; the sound itself came while it was spoken."""
    STT = "stt"
    """Until the words were known; what was heard ahead, in the pause, is not waited for twice."""
    UNDERSTANDING = "understanding"
    """Until the answer stood, saved with the order."""
    TTS = "tts"
    """Until the first sound of the answer was there."""
    OUTPUT = "output"
    """Until that sound left the loudspeaker's buffer, where the kiosk told; else until it was sent."""


# up


class Open(WireRequest):
    """The first message, within 5 s. ``session_id`` null begins a conversation.

    ``token`` is a guest's or member's, to whom the orders belong; ``user_id`` is the member whose conversation it is
    and needs that member's own token. ``language`` (BCP 47) null: detected.
    """

    type: Literal["open"] = "open"
    session_id: SessionId | None = None
    user_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    token: Annotated[SecretStr, Field(min_length=1, max_length=512)] | None = None
    language: (
        Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None
    ) = None
    voice: Voice = Voice.NOVA
    rate: Literal[16000] = 16000

    @field_serializer("token", when_used="json-unless-none")
    def _reveal_on_the_wire(self, token: SecretStr) -> str:
        return token.get_secret_value()


TurnNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
Frames = Annotated[int, Field(ge=0, le=MAX_TURN_FRAMES)]
Milliseconds = Annotated[int, Field(ge=0, le=600_000)]


class TurnBegins(WireRequest):
    """A customer began to speak: the frames that follow belong to this turn. ``turn`` is higher than any before.

    The answer of the turn before goes on meanwhile: this may be a cough. It is silenced by ``stop``, or by this
    turn's words. ``heard_before_ms``: so much of the first sound is from before the voice was noticed.
    """

    type: Literal["turn"] = "turn"
    turn: TurnNumber
    heard_before_ms: Milliseconds = 0


class Pause(WireRequest):
    """A short silence after the first ``frames`` frames: they are heard now, in case that was all."""

    type: Literal["pause"] = "pause"
    turn: TurnNumber
    frames: Frames


class Resume(WireRequest):
    """The customer went on: what ``pause`` began is dropped."""

    type: Literal["resume"] = "resume"
    turn: TurnNumber


class End(WireRequest):
    """The utterance is the first ``frames`` frames. As many as in the last ``pause``: what was heard then counts.

    ``quiet_ms``: how long ago the last voiced sample was.
    """

    type: Literal["end"] = "end"
    turn: TurnNumber
    frames: Frames
    quiet_ms: Milliseconds = 0


class Say(WireRequest):
    """A sentence that was typed or corrected: a turn without sound. It takes the place of a turn without an answer."""

    type: Literal["say"] = "say"
    turn: TurnNumber
    text: Annotated[str, StringConstraints(min_length=1, max_length=limits.MAX_TRANSCRIPT_CHARS)]


class Stop(WireRequest):
    """Barge-in or hush: no more sound of this turn. Only ``played_ms`` of its sound counts as said.

    ``waited_ms``: from the last voiced sample to the first that was played; null where nothing was.
    """

    type: Literal["stop"] = "stop"
    turn: TurnNumber
    played_ms: Milliseconds
    waited_ms: Milliseconds | None = None


class Played(WireRequest):
    """The sound was played to its end. ``waited_ms`` as in ``stop``."""

    type: Literal["played"] = "played"
    turn: TurnNumber
    played_ms: Milliseconds
    waited_ms: Milliseconds | None = None


class Cancel(WireRequest):
    """Drop the turn. What was answered before this came stands."""

    type: Literal["cancel"] = "cancel"
    turn: TurnNumber


# down


class Ready(WireModel):
    """``languages``: what can be heard (BCP 47 primary tags)."""

    type: Literal["ready"] = "ready"
    session_id: str
    languages: tuple[str, ...] = ()


class Hearing(WireModel):
    """What the first ``frames`` frames were heard as; empty when nothing was said.

    ``final``: this is what will be answered. ``complete``: the words look like a whole order or answer (false: they do
    not; null: nobody knows); ``hanging``: they end where no sentence does, after a particle or a filler.
    """

    type: Literal["hearing"] = "hearing"
    turn: int
    frames: int
    transcript: str
    final: bool
    complete: bool | None = None
    hanging: bool = False
    language: str = ""
    confidence: float = 1.0


class Answer(WireModel):
    """What the turn led to; ``analysis.response`` is the whole caption."""

    type: Literal["answer"] = "answer"
    turn: int
    analysis: VoiceAnalysisResponse


class Caption(WireModel):
    """The sentence of the answer that ``clip`` speaks."""

    type: Literal["caption"] = "caption"
    turn: int
    clip: int
    text: str


class Speech(WireModel):
    """The binary messages that follow, up to the next ``speech`` or ``spoken``, are clip ``clip`` (from 0) of ``turn``.

    ``rate`` in Hz. The number before each is its place in the turn, from 0, over all clips.
    """

    type: Literal["speech"] = "speech"
    turn: int
    clip: int
    rate: int
    channels: int = 1


class Spoken(WireModel):
    """All sound of the turn is sent: ``ms`` of it. Where an engine broke off it is less than the answer's."""

    type: Literal["spoken"] = "spoken"
    turn: int
    ms: int


class Done(WireModel):
    """The turn is over here. ``spans``: see ``Span``, in ms; ``local``: answered without asking a model.

    ``opener_ms``: of its sound, so much was said before the answer was known ("네,"). ``sentence_ms``: from the last
    voiced sample to the first sound of the answer itself; null where none was spoken.
    """

    type: Literal["done"] = "done"
    turn: int
    spans: dict[Span, float] = {}
    local: bool = False
    opener_ms: float = 0.0
    sentence_ms: float | None = None


class StreamProblem(WireModel):
    """``turn`` has ended without an answer (``problem.params["step"]``: hear, understand), or, with ``answer`` sent
    before, without all of its sound (speak). Null: it is about no turn.
    """

    type: Literal["problem"] = "problem"
    turn: int | None
    problem: Problem


StreamRequest = TurnBegins | Pause | Resume | End | Say | Stop | Played | Cancel
StreamReply = Ready | Hearing | Answer | Caption | Speech | Spoken | Done | StreamProblem

stream_opening: TypeAdapter[Open] = TypeAdapter(Open)
stream_request: TypeAdapter[Open | StreamRequest] = TypeAdapter(
    Annotated[Open | StreamRequest, Field(discriminator="type")]
)
stream_reply: TypeAdapter[StreamReply] = TypeAdapter(Annotated[StreamReply, Field(discriminator="type")])


class FramingError(ValueError):
    """A binary message that is none of ours."""


def pack_sound(number: int, pcm: bytes) -> bytes:
    """One binary message. Up: ``number`` counts the frames before it in the turn. Down: the messages before it."""
    return _NUMBER.pack(number) + pcm


def unpack_sound(message: bytes) -> tuple[int, bytes]:
    """Number and samples.

    Raises:
        FramingError: no number, no samples, or half of one.
    """
    if len(message) <= _NUMBER.size or (len(message) - _NUMBER.size) % _SAMPLE_BYTES:
        raise FramingError("a number of four bytes, then samples of two")
    return _NUMBER.unpack_from(message)[0], message[_NUMBER.size :]


def unpack_frames(message: bytes) -> tuple[int, bytes]:
    """What a kiosk sent: the number of frames before it, and 1 to 25 whole frames.

    Raises:
        FramingError: it is not that.
    """
    number, pcm = unpack_sound(message)
    if len(pcm) % FRAME_BYTES or len(pcm) > MAX_FRAMES_AT_ONCE * FRAME_BYTES:
        raise FramingError(f"1 to {MAX_FRAMES_AT_ONCE} whole frames of {FRAME_BYTES} bytes")
    return number, pcm


def frames_in(pcm: bytes) -> int:
    """Whole frames in ``pcm``."""
    return len(pcm) // FRAME_BYTES


def milliseconds_of(pcm_bytes: int, rate: int) -> float:
    """How long so many bytes of mono sound last."""
    return pcm_bytes * 1000 / (rate * _SAMPLE_BYTES)
