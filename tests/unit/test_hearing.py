"""What is known of the ear comes from the engines' health."""

from __future__ import annotations

from kiosk.services.hearing import Hearing, HearingSnapshot, heard_languages
from shared.health import Capability, EngineHealth, EngineState, HealthResponse
from tests.fakes.shop_counter import FakeBackend


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
