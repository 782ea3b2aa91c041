"""Every state of the manager's window, over a backend whose answers are written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from kiosk.errors import KioskError, LocalCode
from kiosk.language import WindowLanguage
from kiosk.manager.manager_model import ManagerModel
from kiosk.manager.watch import WatchTimes
from shared.health import Capability, EngineHealth, EngineState, ModelNotice
from tests.fakes.manager_desk import CLOUD, OFFLINE, TODAY, ManagersDesk, chains, off, usage, waited, with_state
from tests.support.desk_windows import ROOT, DeskWindow, desk_window, until

if TYPE_CHECKING:
    from tools.screenshots import Camera

Shown = Any  # PySide6's stubs tell nothing of what a Property yields

ALL: Final = chains(*CLOUD)
NO_KEYS: Final = chains(*(off(one.capability, one.engine) for one in CLOUD))
ENDING: Final = tuple(
    one.model_copy(
        update={
            "warnings": (
                ModelNotice(code="model_retired", model="gemini-2.0-flash"),
                ModelNotice(code="model_ends_soon", model=one.model, ends=TODAY + timedelta(days=44)),
            )
        }
    )
    if one.model in {"gemini-3.8-flash", "tts-1"} and one.capability is not Capability.SPEECH_TO_TEXT
    else one
    for one in ALL
)


def _down(name: str, state: EngineState, reason: str) -> tuple[EngineHealth, ...]:
    return with_state(ALL, name, state, reason)


async def _enter(model: Shown) -> None:
    model.entry.submit("manager", "654321")
    await until(lambda: model.connection == "live")


async def sign_in(_: ManagersDesk, __: Shown, ___: DeskWindow) -> None:
    """The first thing that a manager sees."""


async def overview(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    desk.backend.engines = ALL
    desk.backend.used = usage(("gemini", "gemini-3.8-flash", 310_000), ("openai", "tts-1", 112_000), before=8_940_000)
    await _enter(model)


async def talked(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    """Customers have talked to the kiosk."""
    desk.backend.engines = ALL
    told = usage(("gemini", "gemini-3.8-flash", 310_000), ("openai", "tts-1", 112_000), before=8_940_000)
    desk.backend.used = told.model_copy(update={"voice": waited()})
    await _enter(model)
    await until(lambda: model.waits.turns > 0)


async def no_keys(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    desk.backend.engines = NO_KEYS
    desk.backend.used = usage()
    await _enter(model)


async def ending(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    desk.backend.engines = ENDING
    desk.backend.used = usage(("gemini", "gemini-3.8-flash", 3_100), ("openai", "gpt-transcribe", None))
    await _enter(model)


async def down(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    """The line to one vendor is cut, and the key of the other is wrong."""
    desk.backend.engines = with_state(
        _down("gemini", EngineState.UNAVAILABLE, "no_answer"), "openai", EngineState.MISCONFIGURED, "wrong_key"
    )
    desk.backend.used = usage(("gemini", "gemini-3.8-flash", 310_000), before=8_940_000)
    await _enter(model)


async def quota(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    desk.backend.engines = _down("openai", EngineState.UNAVAILABLE, "quota")
    desk.backend.used = usage(("openai", "tts-1", 4_112_000), before=98_940_000)
    await _enter(model)


async def nobody(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    """Not even this machine's own engine speaks, and nothing is there that draws."""
    crashed = with_state(OFFLINE[:3], "espeak-ng", EngineState.UNAVAILABLE, "crashed")
    desk.backend.engines = (*(off(one.capability, one.engine) for one in CLOUD[:5]), *crashed)
    await _enter(model)


async def seen(desk: ManagersDesk, model: Shown, window: DeskWindow) -> None:
    await down(desk, model, window)
    model.outages.dismiss()


async def lost(desk: ManagersDesk, model: Shown, window: DeskWindow) -> None:
    await overview(desk, model, window)
    desk.backend.failing = KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)
    await until(lambda: model.connection == "lost")


@dataclass(frozen=True, slots=True)
class Look:
    name: str
    scene: Callable[..., Any]
    language: str = "ko"
    theme: dict[str, Any] = field(default_factory=dict)


LARGE: Final = {"largeText": True}
LOOKS: Final[Sequence[Look]] = (
    Look("sign_in", sign_in),
    Look("overview", overview),
    Look("overview_large", overview, theme=LARGE),
    Look("talked", talked),
    Look("talked_english", talked, "en"),
    Look("talked_large", talked, theme=LARGE),
    Look("no_keys", no_keys),
    Look("no_keys_english", no_keys, "en"),
    Look("ending", ending),
    Look("ending_english", ending, "en"),
    Look("down", down),
    Look("down_english", down, "en"),
    Look("down_large", down, theme=LARGE),
    Look("down_english_large", down, "en", LARGE),
    Look("down_contrast", down, theme={"highContrast": True}),
    Look("quota", quota),
    Look("nobody", nobody),
    Look("seen", seen),
    Look("lost", lost),
)


async def shoot(camera: Camera) -> None:
    for look in LOOKS:
        if not camera.wants(f"manager_{look.name}"):
            continue
        desk = ManagersDesk()
        model = ManagerModel(desk.services, clock=desk.clock, times=WatchTimes(look=0.05))
        with desk_window("Manager", model, look.theme) as window:
            words = WindowLanguage([ROOT / "build" / "i18n"], window.engine.retranslate)
            model.setLanguage(look.language)
            words.show(look.language)
            await look.scene(desk, model, window)
            window.rest()
            camera.take(window.window, f"manager_{look.name}")
            words.show("ko")
        await model.close()
