"""What is known of the ear comes from the engines' health."""

from __future__ import annotations

import asyncio

from kiosk.services.hearing import Hearing, HearingSnapshot, heard_languages
from shared.health import Capability, EngineHealth, EngineState, HealthResponse
from tests.fakes.shop_counter import FakeBackend
from tests.support.waiting import until


def health(*ears: tuple[EngineState, tuple[str, ...]]) -> HealthResponse:
    engines = tuple(
        EngineHealth(capability=Capability.SPEECH_TO_TEXT, engine="e", state=state, languages=languages)
        for state, languages in ears
    )
    voice = EngineHealth(
        capability=Capability.TEXT_TO_SPEECH, engine="v", state=EngineState.READY, languages=("ko", "en")
    )
    return HealthResponse(status="ok", version="0", database="ok", epoch="e", engines=(*engines, voice))


def test_only_ready_ears_count_and_they_count_together() -> None:
    heard = heard_languages(
        health(
            (EngineState.READY, ("en",)),
            (EngineState.READY, ("ja",)),
            (EngineState.UNAVAILABLE, ("ko",)),
        )
    )
    assert heard == frozenset({"en", "ja"})


def test_no_ear_hears_nothing_and_one_without_a_list_hears_all() -> None:
    assert heard_languages(health((EngineState.MISCONFIGURED, ("ko",)))) == frozenset()
    assert heard_languages(health((EngineState.READY, ()))) is None


def test_what_is_not_known_is_tried() -> None:
    assert HearingSnapshot().hears("ko")


async def test_a_failed_reading_keeps_what_was_known_and_a_good_one_forgets_refusals() -> None:
    backend = FakeBackend(hears=("en",))
    hearing = Hearing(backend)
    await hearing.refresh()
    assert not hearing.snapshot.hears("ko")
    backend.down = True
    await hearing.refresh()
    assert not hearing.snapshot.hears("ko")
    backend.down, backend.hears = False, ("ko", "en")
    await hearing.refresh()
    hearing.refused("ko")
    assert not hearing.snapshot.hears("ko")
    await hearing.refresh()
    assert hearing.snapshot.hears("ko")
    await hearing.close()


async def test_what_was_turned_down_is_believed_over_what_health_says() -> None:
    backend = FakeBackend(hears=("ko", "en"))
    hearing = Hearing(backend)
    hearing.wish("ko")
    hearing.refused("ko")
    await until(lambda: hearing.snapshot.languages == frozenset({"ko", "en"}))
    assert not hearing.snapshot.hears("ko")
    hearing.look()
    await _some_rounds()
    assert not hearing.snapshot.hears("ko")
    hearing.reload()
    await until(lambda: hearing.snapshot.hears("ko"))
    await hearing.close()


async def test_it_reads_again_by_itself_until_the_language_is_heard() -> None:
    backend = FakeBackend(hears=("ko",))
    hearing = Hearing(backend, look_again=0.01)
    hearing.wish("ko")
    backend.hears = ()
    hearing.refused("ko")
    await until(lambda: hearing.snapshot.languages == frozenset())
    backend.hears = ("ko",)
    await until(lambda: hearing.snapshot.hears("ko"))
    reads = backend.health_reads
    await asyncio.sleep(0.05)
    assert backend.health_reads == reads
    await hearing.close()


async def test_a_backend_that_is_away_does_not_end_the_looking() -> None:
    backend = FakeBackend(hears=())
    hearing = Hearing(backend, look_again=0.01)
    hearing.wish("ko")
    await hearing.refresh()
    backend.down = True
    await until(lambda: backend.health_reads > 2)
    backend.down, backend.hears = False, ("ko",)
    await until(lambda: hearing.snapshot.hears("ko"))
    await hearing.close()


async def test_it_does_not_read_by_itself_while_a_customer_is_served() -> None:
    backend = FakeBackend(hears=())
    busy = True
    hearing = Hearing(backend, lambda: busy, look_again=0.01)
    hearing.wish("ko")
    await hearing.refresh()
    await asyncio.sleep(0.05)
    assert backend.health_reads == 1
    busy = False
    await until(lambda: backend.health_reads > 1)
    await hearing.close()


async def test_another_language_that_is_heard_needs_no_looking() -> None:
    backend = FakeBackend(hears=("en",))
    hearing = Hearing(backend, look_again=0.01)
    hearing.wish("en")
    await hearing.refresh()
    await asyncio.sleep(0.03)
    assert backend.health_reads == 1
    await hearing.close()


async def _some_rounds() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
