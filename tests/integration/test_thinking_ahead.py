"""What is thought about in a pause, before it is known whether the customer has ended."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from shared import paths
from shared.voice import SessionOrderUpdate
from shared.voice_stream import Answer, Cancel, End, Hearing, Pause, Resume, Say, Span
from tests.fakes.vendors.faults import Capability, Fault
from tests.support.voice_shop import SESSION, UNSURE, Shop, shop, spoken_sample
from tests.support.voice_stream import Customer, customer
from tests.support.waiting import until

OTHER = "그냥 지나가다가 생각나서 들러 봤어요"


@pytest.fixture(scope="module")
def said() -> bytes:
    return spoken_sample()


async def pause(one: Customer, pcm: bytes, turn: int = 1) -> Hearing:
    await one.begin(turn)
    await one.frames(pcm)
    await one.send(Pause(turn=turn, frames=one.sent))
    return await one.until(Hearing, turn=turn)


async def asked(here: Shop, times: int) -> None:
    await until(lambda: here.asked(Capability.LANGUAGE) >= times)
    assert here.asked(Capability.LANGUAGE) == times


async def test_the_model_is_asked_in_the_pause_and_not_again(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        here.vendors.script.hears(UNSURE)
        assert (await pause(one, said)).complete is None
        await asked(here, 1)
        await until(lambda: here.vendors.calls.last(Capability.LANGUAGE).finished)
        await one.send(End(turn=1, frames=one.sent, quiet_ms=400))
        done = await one.done(1)
        await asked(here, 1)
        analysis = one.of(Answer)[0].analysis.analysis
        assert analysis["engine"] == "gemini"
        assert "understand" in str(analysis["steps"])
        assert set(done.spans) == set(Span)


async def test_nothing_is_asked_where_the_rules_are_sure(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        assert (await pause(one, said)).complete
        await one.send(End(turn=1, frames=one.sent, quiet_ms=250))
        assert (await one.done(1)).local
        await asked(here, 0)
        assert await here.items() == ["strawberry"]


async def test_what_was_thought_ahead_is_saved_nowhere(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        here.vendors.script.hears(UNSURE)
        await pause(one, said)
        await until(lambda: any(call.finished for call in here.vendors.calls.of(Capability.LANGUAGE)))
        await one.send(Cancel(turn=1), Say(turn=2, text=OTHER))
        await one.done(2)
        assert all(UNSURE not in text for text in here.vendors.script.questions[-1].texts)


async def test_who_goes_on_is_asked_about_anew_and_not_twice_ahead(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path, stall_seconds=30, turn_seconds=30) as here, customer(here.url) as one:
        here.vendors.script.hears(UNSURE, OTHER)
        here.vendors.order(Fault.NO_ANSWER, Capability.LANGUAGE, times=1)
        await pause(one, said[: len(said) // 2])
        await asked(here, 1)
        await one.send(Resume(turn=1))
        await until(lambda: here.vendors.calls.last(Capability.LANGUAGE).hung_up)
        await one.frames(said[len(said) // 2 :])
        await one.send(Pause(turn=1, frames=one.sent))
        await one.until(Hearing, transcript=OTHER)
        await asked(here, 1)
        await one.send(End(turn=1, frames=one.sent))
        await one.done(1)
        await asked(here, 2)
        assert OTHER in str(here.vendors.script.questions[-1].texts)


async def test_a_cart_that_was_touched_meanwhile_is_thought_about_anew(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one, httpx.AsyncClient(base_url=here.url) as http:
        here.vendors.script.hears(UNSURE)
        await pause(one, said)
        await asked(here, 1)
        await until(lambda: here.vendors.calls.last(Capability.LANGUAGE).finished)
        path = paths.VOICE_SESSION_ORDER.format(session_id=SESSION)
        emptied = SessionOrderUpdate(items=()).model_dump(mode="json")
        assert (await http.put(path, json=emptied)).status_code == 200
        await one.send(End(turn=1, frames=one.sent))
        await one.done(1)
        await asked(here, 2)


async def test_what_is_asked_ahead_counts_in_the_rate(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path, rate_voice="2/3600") as here, customer(here.url) as one:
        here.vendors.script.hears(UNSURE)
        await pause(one, said)
        await asked(here, 0)
        await one.send(End(turn=1, frames=one.sent))
        await one.done(1)
        await asked(here, 1)


async def test_a_line_that_is_cut_asks_no_further(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path, stall_seconds=30, turn_seconds=30) as here:
        here.vendors.order(Fault.NO_ANSWER, Capability.LANGUAGE)
        async with customer(here.url) as one:
            here.vendors.script.hears(UNSURE)
            await pause(one, said)
            await asked(here, 1)
            one.line.transport.abort()
        await until(lambda: here.vendors.calls.last(Capability.LANGUAGE).hung_up)
        here.vendors.heal()
        assert await here.items() == []


async def test_an_engine_that_fails_ahead_is_not_the_turn_s_trouble(tmp_path: Path, said: bytes) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        here.vendors.script.hears(UNSURE)
        here.vendors.order(Fault.SERVER_ERROR, Capability.LANGUAGE)
        await pause(one, said)
        await one.send(End(turn=1, frames=one.sent))
        await one.done(1)
        assert one.of(Answer)[0].analysis.analysis["engine"] == "offline"
