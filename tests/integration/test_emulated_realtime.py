"""The emulated Realtime API, met by the real openai over a real WebSocket."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection
from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus

from tests.fakes.vendors import Capability, Fault, Pace, Vendors
from tests.fakes.vendors.brain import tone
from tests.fakes.vendors.faults import can_have
from tests.support.vendors import emulated_vendors, openai_client

MODEL = "gpt-realtime-2.1-mini"
TEXT = "프렌치 디너 하나, 사만 팔천 원이에요."


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with emulated_vendors() as running:
        running.script.sound = tone(1.0)
        yield running


@pytest.fixture
async def client(vendors: Vendors) -> AsyncIterator[AsyncOpenAI]:
    async with openai_client(vendors) as made:
        yield made


async def ask(line: AsyncRealtimeConnection) -> None:
    session: dict[str, Any] = {
        "type": "realtime",
        "instructions": "Read aloud.",
        "output_modalities": ["audio"],
        "audio": {"output": {"voice": "marin", "format": {"type": "audio/pcm", "rate": 24_000}}},
    }
    await line.session.update(session=cast("Any", session))
    content = [{"type": "input_text", "text": TEXT}]
    await line.conversation.item.create(item=cast("Any", {"type": "message", "role": "user", "content": content}))
    await line.response.create()


async def read(line: AsyncRealtimeConnection) -> list[Any]:
    """Events up to the end of the response or the first error."""
    events: list[Any] = []
    while not events or events[-1].type not in ("response.done", "error"):
        events.append(await line.recv())
    return events


async def response(client: AsyncOpenAI, model: str = MODEL) -> list[Any]:
    # A line that is given up in mid-stream gets no answer to its good-bye: ten seconds, if one waits for it.
    hasty = cast("Any", {"close_timeout": 0.1})
    async with client.realtime.connect(model=model, websocket_connection_options=hasty) as line:
        await ask(line)
        return await read(line)


def sound_of(events: list[Any]) -> bytes:
    return b"".join(base64.b64decode(e.delta) for e in events if e.type == "response.output_audio.delta")


async def test_a_text_is_read_aloud(vendors: Vendors, client: AsyncOpenAI) -> None:
    events = await response(client)
    kinds = [event.type for event in events]
    assert kinds[:5] == [
        "session.created",
        "session.updated",
        "conversation.item.added",
        "conversation.item.done",
        "response.created",
    ]
    assert kinds[-1] == "response.done"
    assert sound_of(events) == tone(1.0)
    assert next(e for e in events if e.type == "session.updated").session.audio.output.voice == "marin"
    said = next(e for e in events if e.type == "response.output_audio_transcript.done").transcript
    words = "".join(e.delta for e in events if e.type == "response.output_audio_transcript.delta")
    assert said == words == TEXT
    done = events[-1].response
    assert done.status == "completed"
    assert done.usage.output_token_details.audio_tokens == 20
    assert done.usage.input_tokens > 0
    call = vendors.calls.last("tts")
    assert (call.model, call.key_right, call.finished, call.status) == (MODEL, True, True, 101)
    assert [event["type"] for event in call.body] == ["session.update", "conversation.item.create", "response.create"]


async def test_one_line_speaks_more_than_once(vendors: Vendors, client: AsyncOpenAI) -> None:
    async with client.realtime.connect(model=MODEL) as line:
        for _ in range(2):
            await ask(line)
            assert (await read(line))[-1].response.status == "completed"
    assert len(vendors.calls.of("tts")) == 2


async def test_the_first_sound_comes_when_it_should(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.pace = Pace(first_sound=0.1)
    async with client.realtime.connect(model=MODEL) as line:
        loop = asyncio.get_running_loop()
        await ask(line)
        begin = loop.time()
        while (await line.recv()).type != "response.output_audio.delta":
            pass
        assert loop.time() - begin >= 0.09


async def test_a_wrong_key_is_told_and_then_the_line_is_closed(vendors: Vendors) -> None:
    async with openai_client(vendors, key="sk-other") as stranger, stranger.realtime.connect(model=MODEL) as line:
        told = await line.recv()
        assert told.type == "error"
        assert told.error.code == "invalid_api_key"
        with pytest.raises(ConnectionClosed) as caught:
            await line.recv()
    assert caught.value.rcvd is not None
    assert (caught.value.rcvd.code, caught.value.rcvd.reason) == (3000, "invalid_request_error.invalid_api_key")


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.REGION, 403), (Fault.FORBIDDEN, 403), (Fault.SERVER_ERROR, 500), (Fault.OVERLOADED, 503)],
)
async def test_refused_at_the_handshake(vendors: Vendors, client: AsyncOpenAI, fault: Fault, status: int) -> None:
    vendors.order(fault, "tts")
    with pytest.raises(InvalidStatus) as caught:
        await response(client)
    assert caught.value.response.status_code == status


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.MODEL_GONE, "model_not_found"),
        (Fault.QUOTA, "insufficient_quota"),
        (Fault.RATE_LIMITED, "rate_limit_exceeded"),
        (Fault.PROMPT_BLOCKED, "content_policy_violation"),
    ],
)
async def test_a_response_that_fails(vendors: Vendors, client: AsyncOpenAI, fault: Fault, code: str) -> None:
    vendors.order(fault, "tts")
    done = (await response(client))[-1].response
    assert done.status == "failed"
    assert done.status_details.error.code == code


async def test_a_model_that_is_not_served(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.models.retire(MODEL)
    assert (await response(client))[-1].response.status_details.error.code == "model_not_found"


@pytest.mark.parametrize(
    ("fault", "reason"), [(Fault.SAFETY, "content_filter"), (Fault.CUT_SHORT, "max_output_tokens")]
)
async def test_a_response_that_breaks_off(vendors: Vendors, client: AsyncOpenAI, fault: Fault, reason: str) -> None:
    vendors.order(fault, "tts")
    events = await response(client)
    assert (events[-1].response.status, events[-1].response.status_details.reason) == ("incomplete", reason)
    assert len(sound_of(events)) == len(tone(1.0)) // 2


async def test_nothing_is_said(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.EMPTY, "tts")
    events = await response(client)
    assert sound_of(events) == b""
    assert events[-1].response.status == "completed"


async def test_something_else_is_said(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.OTHER_WORDS, "tts")
    events = await response(client)
    said = next(e for e in events if e.type == "response.output_audio_transcript.done").transcript
    assert said != TEXT


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.BAD_GATEWAY, Fault.WRONG_TYPE])
async def test_no_handshake(vendors: Vendors, client: AsyncOpenAI, fault: Fault) -> None:
    vendors.order(fault, "tts")
    with pytest.raises((InvalidStatus, InvalidMessage, OSError, EOFError)):
        await response(client)


async def test_a_line_cut_in_mid_stream(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.CUT_MIDSTREAM, "tts")
    with pytest.raises(ConnectionClosed):
        await response(client)


async def test_an_error_in_mid_stream(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.ERROR_MIDSTREAM, "tts")
    events = await response(client)
    assert events[-1].error.type == "server_error"
    assert sound_of(events)


@pytest.mark.parametrize("fault", [Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM])
async def test_silence(vendors: Vendors, client: AsyncOpenAI, fault: Fault) -> None:
    vendors.order(fault, "tts")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await response(client)


async def test_events_that_are_no_events(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.TRUNCATED_JSON, "tts", 1)
    with pytest.raises(ValueError, match="Unterminated"):
        await response(client)
    vendors.order(Fault.WRONG_SHAPE, "tts", 1)
    events = await response(client)
    assert any(not isinstance(e.delta, str) for e in events if e.type == "response.output_audio.delta")


async def test_what_a_session_may_not_hold(client: AsyncOpenAI) -> None:
    async with client.realtime.connect(model=MODEL) as line:
        await line.recv()
        await line.send(cast("Any", {"type": "session.update", "session": {"voice": "marin"}}))
        told: Any = await line.recv()
        assert (told.error.code, told.error.param) == ("missing_required_parameter", "session.type")
        await line.send(cast("Any", {"type": "session.update", "session": {"type": "realtime", "voice": "marin"}}))
        told = await line.recv()
        assert (told.error.code, told.error.param) == ("unknown_parameter", "session.voice")
        nova = {"type": "realtime", "audio": {"output": {"voice": "nova"}}}
        await line.send(cast("Any", {"type": "session.update", "session": nova}))
        told = await line.recv()
        assert (told.error.code, told.error.param) == ("invalid_value", "session.audio.output.voice")


async def test_a_response_that_stands_apart(client: AsyncOpenAI) -> None:
    said = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": TEXT}]}
    async with client.realtime.connect(model=MODEL) as line:
        await line.response.create(response=cast("Any", {"conversation": "none", "input": [said]}))
        events = await read(line)
    assert not any(event.type.startswith("conversation.") for event in events)
    assert events[-1].response.conversation_id is None
    assert events[-1].response.output[0].content[0].transcript == TEXT


WAITS = frozenset({Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM, Fault.ENDLESS})
SPOKEN = frozenset({Fault.DELAY, Fault.OTHER_WORDS, Fault.EMPTY, Fault.WRONG_SHAPE, Fault.HUGE})
"""Faults after which the response still says that it is complete."""


async def test_it_has_every_fault(vendors: Vendors, client: AsyncOpenAI) -> None:
    for fault in (fault for fault in Fault if can_have(Capability.TTS, fault)):
        vendors.order(fault, "tts", 1, seconds=0.01)
        told: Exception | None = None
        ended = ""
        try:
            async with asyncio.timeout(0.2 if fault in WAITS else 10):
                last = (await response(client))[-1]
                ended = last.response.status if last.type == "response.done" else last.type
        except Exception as error:  # noqa: BLE001 -- whatever the SDK makes of it
            told = error
        assert (ended == "completed") == (fault in SPOKEN), fault
        assert (fault in WAITS) == isinstance(told, TimeoutError), fault
        assert vendors.calls.last().fault is fault
        assert (await response(client))[-1].response.status == "completed"
