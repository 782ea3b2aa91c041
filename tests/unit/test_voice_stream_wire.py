"""The voice stream's messages and frames, as both sides write and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from shared.voice_stream import (
    FRAME_BYTES,
    MAX_FRAMES_AT_ONCE,
    MAX_TURN_FRAMES,
    Cancel,
    Done,
    End,
    FramingError,
    Open,
    Pause,
    Played,
    Resume,
    Say,
    Span,
    Spoken,
    Stop,
    StreamReply,
    StreamRequest,
    TurnBegins,
    milliseconds_of,
    pack_sound,
    stream_reply,
    stream_request,
    unpack_frames,
    unpack_sound,
)

REQUESTS: list[Open | StreamRequest] = [
    Open(session_id="s" * 16, token=SecretStr("t"), language="ko-KR"),
    Open(),
    TurnBegins(turn=1, heard_before_ms=300),
    Pause(turn=1, frames=40),
    Resume(turn=1),
    End(turn=1, frames=40, quiet_ms=260),
    Say(turn=2, text="딸기 케이크 하나"),
    Stop(turn=2, played_ms=700, waited_ms=640),
    Played(turn=2, played_ms=2_000),
    Cancel(turn=2),
]


@pytest.mark.parametrize("message", REQUESTS, ids=lambda message: message.type)
def test_what_one_side_writes_the_other_reads(message: Open | StreamRequest) -> None:
    assert stream_request.validate_json(message.model_dump_json()) == message


def test_a_token_is_on_the_wire_and_in_no_print() -> None:
    opening = Open(token=SecretStr("secret-token"))
    assert "secret-token" in opening.model_dump_json()
    assert "secret-token" not in repr(opening)


def test_a_reply_of_a_newer_backend_is_read() -> None:
    message: StreamReply = Done(turn=3, spans={Span.STT: 12.5})
    told = message.model_dump_json()
    assert stream_reply.validate_json(told) == message
    assert stream_reply.validate_json('{"type": "spoken", "turn": 1, "ms": 20, "new": 1}') == Spoken(turn=1, ms=20)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"type": "turn"}',
        '{"type": "turn", "turn": 0}',
        '{"type": "turn", "turn": 1, "sound": "AAAA"}',
        '{"type": "end", "turn": 1, "frames": -1}',
        f'{{"type": "end", "turn": 1, "frames": {MAX_TURN_FRAMES + 1}}}',
        '{"type": "say", "turn": 1, "text": ""}',
        '{"type": "open", "rate": 48000}',
        '{"type": "open", "session_id": "short"}',
        '{"type": "open", "token": ""}',
    ],
)
def test_what_is_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        stream_request.validate_json(text)


@given(number=st.integers(0, 2**32 - 1), frames=st.integers(1, MAX_FRAMES_AT_ONCE))
def test_frames_come_back_as_they_were(number: int, frames: int) -> None:
    pcm = bytes(range(256)) * 3 * frames
    pcm = (pcm * 2)[: frames * FRAME_BYTES]
    assert unpack_frames(pack_sound(number, pcm)) == (number, pcm)


@pytest.mark.parametrize("size", [0, 1, 639, 641, 642, FRAME_BYTES * (MAX_FRAMES_AT_ONCE + 1)])
def test_odd_frames_are_refused(size: int) -> None:
    with pytest.raises(FramingError):
        unpack_frames(pack_sound(0, bytes(size)))


@given(st.binary(max_size=2_000))
def test_no_bytes_raise_anything_else(message: bytes) -> None:
    try:
        number, pcm = unpack_sound(message)
    except FramingError:
        return
    assert pack_sound(number, pcm) == message


def test_sound_lasts_as_long_as_its_samples() -> None:
    assert milliseconds_of(FRAME_BYTES, 16_000) == 20
