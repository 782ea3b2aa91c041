"""The emulated vendors as a process of their own: ordered about by others, and killed."""

from __future__ import annotations

import json

import httpx
import pytest
from google.genai import errors

from tests.fakes.vendors import Fault, Pace, Script, Vendors, emulated_vendors
from tests.fakes.vendors.pace import BENCH, VOICE_BENCH
from tests.support.sound import wav_of
from tests.support.vendors import gemini_client, openai_client, start_vendors, vendor_process
from tests.support.waiting import until


async def test_it_is_ordered_about_from_outside_and_killed() -> None:
    with vendor_process("--bench") as vendors:
        vendors.tell("pace", whole_answer=0.0, first_token=0.0)
        vendors.tell("script", says=[{"intent": "greeting"}], hears=["two cakes"], language="en")
        vendors.order("overloaded", "language", 1)
        vendors.tell("retire", names=["gemini-3.5-flash-lite"])
        vendors.tell("serve", vendor="gemini", name="gemini-9", ends="2027-03-01")
        async with gemini_client(vendors) as client:
            with pytest.raises(errors.ServerError):
                await client.aio.models.generate_content(model="gemini-9", contents="x")
            answer = await client.aio.models.generate_content(model="gemini-9", contents="x")
            assert answer.text == '{"intent": "greeting"}'
            names = [model.name async for model in await client.aio.models.list()]
            assert "models/gemini-9" in names
            assert "models/gemini-3.5-flash-lite" not in names
        calls = vendors.calls()
        assert [(call["capability"], call["fault"]) for call in calls] == [
            ("language", "overloaded"),
            ("language", None),
            ("models", None),
        ]
        assert vendors.gemini_key not in str(calls)
        vendors.kill()
        async with gemini_client(vendors) as client:
            with pytest.raises(OSError, match="Connect"):
                await client.aio.models.list()


def test_it_comes_back_at_the_same_address() -> None:
    with vendor_process() as vendors:
        vendors.kill()
        again = start_vendors(port=int(vendors.base_url.rpartition(":")[2]))
        try:
            assert again.base_url == vendors.base_url
            assert again.calls() == []
        finally:
            again.stop()


def test_what_the_control_door_does_not_understand_is_refused() -> None:
    with vendor_process() as vendors:
        for what, fields in (("order", {"fault": "nonsense"}), ("pace", {"speed": 1}), ("script", {"sings": []})):
            with pytest.raises(httpx.HTTPStatusError) as caught:
                vendors.tell(what, **fields)
            assert caught.value.response.status_code == 400


async def test_a_client_that_hangs_up_is_noted() -> None:
    async with emulated_vendors() as vendors:
        vendors.order(Fault.STALL, "tts")
        async with openai_client(vendors, timeout=0.1) as client:
            with pytest.raises(Exception, match="timed out"):
                await client.audio.speech.create(input="x", model="tts-1", voice="nova")
        await until(lambda: vendors.calls.last().hung_up)


async def test_stalled_lines_do_not_keep_the_emulator_up() -> None:
    async with httpx.AsyncClient() as client:
        async with emulated_vendors() as vendors:
            vendors.order(Fault.STALL)
            request = client.build_request("GET", f"{vendors.openai_url}/models", headers=_bearer(vendors))
            response = await client.send(request, stream=True)
            assert response.status_code == 200
        with pytest.raises(httpx.HTTPError):
            await response.aread()


async def test_a_huge_answer_ends() -> None:
    async with emulated_vendors() as vendors, httpx.AsyncClient() as client:
        vendors.order(Fault.HUGE, "models")
        got = 0
        async with client.stream("GET", f"{vendors.openai_url}/models", headers=_bearer(vendors)) as response:
            async for piece in response.aiter_raw():
                got += len(piece)
        assert got > 40_000_000
        assert vendors.calls.last().finished


def _bearer(vendors: Vendors) -> dict[str, str]:
    return {"authorization": f"Bearer {vendors.openai_key}"}


def test_a_pace_spreads_its_pieces() -> None:
    pace = Pace(first_token=0.4, whole_answer=0.6)
    assert pace.of_text(3) == pytest.approx([0.4, 0.5, 0.6])
    assert pace.of_text(1) == [0.6]
    assert pace.of_text(0) == []
    assert BENCH.of_sound(2) == [0.2, 0.2]
    assert VOICE_BENCH.of_text(2, letters=40) == pytest.approx([0.4, 0.55]), "ten tokens of 15 ms"
    assert VOICE_BENCH.of_sound(2, seconds=2.0) == pytest.approx([0.2, 0.7]), "four times as fast as it is played"


async def test_it_hears_of_a_sentence_what_the_recording_holds() -> None:
    words = "두 개 주세요"
    with vendor_process() as vendors:
        vendors.tell("speaking", words=words, seconds=1.5, reply={"intent": "order"})
        async with openai_client(vendors) as client:
            for seconds, heard in ((1.8, words), (0.9, "두"), (1.35, "두 개"), (4.0, words)):
                wav = wav_of(bytes(round(seconds * 16_000) * 2))
                told = await client.audio.transcriptions.create(model="whisper-1", file=("turn.wav", wav))
                assert told.text == heard
        async with gemini_client(vendors) as client:
            answer = await client.aio.models.generate_content(model="gemini-3.5-flash-lite", contents="x")
            assert json.loads(answer.text or "") == {"intent": "order"}
        vendors.tell("speaking")
        async with gemini_client(vendors) as client:
            answer = await client.aio.models.generate_content(model="gemini-3.5-flash-lite", contents="x")
            assert answer.text == "{}"


async def test_a_script_takes_its_lines_in_turn() -> None:
    script = Script()
    script.hears("하나", "둘")
    assert [(await script.hear(b"", "", None)).text for _ in range(3)] == ["하나", "둘", "둘"]
