"""Which engine answers, within what time, and what is said when none does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from backend.external.interfaces import (
    EngineBadResponse,
    EngineCrashed,
    EngineError,
    EngineInfo,
    EngineMisconfigured,
    EngineRateLimited,
    EngineRejected,
    EngineTimeout,
    EngineUnavailable,
    KeyRefused,
    LanguageNotServed,
    NotAudio,
)
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Link
from backend.timing import gathered, server_timing


class Engine:
    """Answers its name; ``faults`` are raised first, one a call; ``delay`` is how long it thinks."""

    def __init__(self, name: str, *faults: Exception, delay: float = 0.0) -> None:
        self.name = name
        self.faults = list(faults)
        self.delay = delay
        self.calls = 0

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(self.name, "1", ("ko",))

    async def work(self) -> str:
        self.calls += 1
        await asyncio.sleep(self.delay)
        if self.faults:
            raise self.faults.pop(0)
        return self.name


def chain(*engines: Engine, local: int = 1, local_seconds: float = 5.0) -> EngineChain[Engine]:
    """The last ``local`` engines are this machine's."""
    remote = len(engines) - local
    links = [Link("language", engine, remote=index < remote) for index, engine in enumerate(engines)]
    return EngineChain("understand", links, local_seconds)


WORK: Callable[[Engine], Awaitable[str]] = Engine.work


async def test_the_first_answers_and_the_others_are_not_asked() -> None:
    second = Engine("offline")
    assert await chain(Engine("gemini"), second).ask(WORK, 6.0) == "gemini"
    assert second.calls == 0


@pytest.mark.parametrize("fault", [EngineBadResponse(), KeyRefused(), EngineRejected(), RuntimeError("a fault")])
async def test_the_next_answers_when_one_fails(fault: Exception, expected_errors: set[str]) -> None:
    expected_errors.add("engine_crashed")
    first = Engine("gemini", fault)
    assert await chain(first, Engine("offline")).ask(WORK, 6.0) == "offline"
    assert first.calls == 1


async def test_a_fault_of_the_server_is_tried_once_more() -> None:
    first = Engine("gemini", EngineUnavailable())
    assert await chain(first, Engine("offline")).ask(WORK, 6.0) == "gemini"
    assert first.calls == 2


async def test_a_short_wait_that_the_vendor_asks_for_is_waited(expected_errors: set[str]) -> None:
    short, long = Engine("a", EngineRateLimited(retry_after=0.01)), Engine("b", EngineRateLimited(retry_after=30))
    # The gate of the first is shut for that long, then ajar.
    assert await chain(short, Engine("offline")).ask(WORK, 6.0) in ("a", "offline")
    assert await chain(long, Engine("offline")).ask(WORK, 6.0) == "offline"
    assert long.calls == 1


async def test_a_slow_vendor_is_given_up_and_this_machine_still_has_its_time() -> None:
    slow = Engine("gemini", delay=30)
    answering = Engine("offline", delay=0.2)
    began = asyncio.get_running_loop().time()
    assert await chain(slow, answering).ask(WORK, 0.3) == "offline"
    assert asyncio.get_running_loop().time() - began < 5
    assert slow.calls == 1


async def test_vendors_share_the_time() -> None:
    slow = Engine("openai", delay=30)
    assert await chain(slow, Engine("gemini"), Engine("offline")).ask(WORK, 0.6) == "gemini"


async def test_no_vendor_is_asked_when_the_turns_time_is_over() -> None:
    vendor = Engine("gemini")
    with gathered() as steps:
        assert await chain(vendor, Engine("offline")).ask(WORK, -1.0) == "offline"
    assert vendor.calls == 0
    assert [step.outcome for step in steps] == ["no_time", "ok"]


async def test_a_vendor_that_failed_twice_is_not_asked_for_a_while() -> None:
    vendor = Engine("gemini", *[EngineBadResponse()] * 9)
    both = chain(vendor, Engine("offline"))
    for _ in range(5):
        assert await both.ask(WORK, 6.0) == "offline"
    assert vendor.calls == 2
    assert (both.links[0].state, both.links[0].reason) == ("unavailable", "bad_response")


async def test_what_the_caller_did_wrong_is_not_the_engines_fault() -> None:
    vendor = Engine("openai", LanguageNotServed("fr", ("ko",)), LanguageNotServed("fr", ("ko",)), EngineRejected())
    both = chain(vendor, Engine("offline"))
    for _ in range(4):
        await both.ask(WORK, 6.0)
    assert vendor.calls == 4
    assert both.links[0].state == "ready"


async def test_what_is_no_audio_is_not_tried_on_others() -> None:
    second = Engine("offline")
    with pytest.raises(NotAudio):
        await chain(Engine("openai", NotAudio()), second).ask(WORK, 6.0)
    assert second.calls == 0


async def test_a_language_nobody_serves_names_those_that_are_served() -> None:
    engines = Engine("a", LanguageNotServed("fr", ("ko", "en"))), Engine("b", LanguageNotServed("fr", ("en", "ja")))
    with pytest.raises(LanguageNotServed) as caught:
        await chain(*engines).ask(WORK, 6.0)
    assert caught.value.served == ("ko", "en", "ja")


async def test_the_first_failure_is_told_when_all_fail() -> None:
    with pytest.raises(KeyRefused):
        await chain(Engine("a", KeyRefused()), Engine("b", LanguageNotServed("ko", ("en",)))).ask(WORK, 6.0)


async def test_no_engine_is_a_misconfiguration() -> None:
    with pytest.raises(EngineMisconfigured):
        await EngineChain[Engine]("hear", [], 1.0).ask(WORK, 6.0)


async def test_a_cancelled_trial_lets_the_next_one_try() -> None:
    vendor = Engine("gemini", KeyRefused(), delay=0.0)
    both = chain(vendor, Engine("offline"))
    await both.ask(WORK, 6.0)
    both.links[0].may_work_again()
    vendor.delay = 30
    trial = asyncio.create_task(both.ask(WORK, 60.0))
    await asyncio.sleep(0.01)
    assert await both.ask(WORK, 6.0) == "offline"
    trial.cancel()
    await asyncio.gather(trial, return_exceptions=True)
    vendor.delay = 0
    assert await both.ask(WORK, 6.0) == "gemini"


async def test_an_engine_of_this_machine_is_asked_however_often_it_failed() -> None:
    alone = Engine("offline", *[EngineUnavailable()] * 5)
    only = chain(alone)
    for _ in range(5):
        with pytest.raises(EngineUnavailable):
            await only.ask(WORK, 6.0)
        assert (only.links[0].state, only.links[0].reason) == ("unavailable", "no_answer")
    assert await only.ask(WORK, 6.0) == "offline"
    assert (only.links[0].state, only.links[0].reason) == ("ready", "")


@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [
        (EngineMisconfigured("no voice"), "misconfigured", "misconfigured"),
        (KeyRefused(), "misconfigured", "wrong_key"),
        (EngineTimeout(), "unavailable", "timeout"),
        (EngineRateLimited(), "unavailable", "rate_limited"),
    ],
)
async def test_health_says_what_is_wrong(fault: EngineError, state: str, reason: str) -> None:
    link = Link("text_to_speech", Engine("offline", fault))
    with pytest.raises(type(fault)):
        await link.ask(WORK, 5.0)
    assert (link.state, link.reason) == (state, reason)


async def test_an_adapters_own_fault_is_told_as_such(expected_errors: set[str]) -> None:
    expected_errors.add("engine_crashed")
    link = Link("image", Engine("offline", RuntimeError("a fault")))
    with pytest.raises(EngineCrashed):
        await link.ask(WORK, 5.0)
    assert (link.state, link.reason) == ("unavailable", "crashed")


async def test_each_step_is_timed_and_names_who_answered() -> None:
    with gathered() as steps:
        await chain(Engine("gemini", EngineBadResponse(), delay=0.02), Engine("offline")).ask(WORK, 6.0)
    assert [(s.name, s.engine, s.model, s.outcome) for s in steps] == [
        ("understand", "gemini", "1", "bad_response"),
        ("understand", "offline", "1", "ok"),
    ]
    assert steps[0].seconds >= 0.02
    header = server_timing(steps)
    assert header.startswith("understand;dur=")
    assert header.endswith('desc="offline 1 ok"')
