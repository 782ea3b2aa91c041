"""Every state of the manager's window, over a backend whose answers are written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from kiosk.errors import KioskError, LocalCode
from kiosk.language import WindowLanguage
from kiosk.manager.manager_model import ManagerModel
from shared.health import Capability, EngineState
from tests.fakes.manager_desk import OFFLINE, ManagersDesk, engine
from tests.support.desk_windows import ROOT, DeskWindow, desk_window, until

if TYPE_CHECKING:
    from tools.screenshots import Camera

Shown = Any  # PySide6's stubs tell nothing of what a Property yields

TROUBLED: Final = (
    engine(Capability.LANGUAGE, "gemini-3.8-flash", EngineState.UNAVAILABLE, reason="timed out"),
    *OFFLINE[:1],
    engine(Capability.TEXT_TO_SPEECH, "openai", EngineState.MISCONFIGURED, reason="no key"),
    *OFFLINE[2:],
)


async def _enter(model: Shown) -> None:
    model.entry.submit("manager", "654321")
    await until(lambda: model.connection == "live")


async def sign_in(_: ManagersDesk, __: Shown, ___: DeskWindow) -> None:
    """The first thing that a manager sees."""


async def overview(_: ManagersDesk, model: Shown, __: DeskWindow) -> None:
    await _enter(model)


async def troubled(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    desk.backend.engines = TROUBLED
    await _enter(model)


async def lost(desk: ManagersDesk, model: Shown, _: DeskWindow) -> None:
    await _enter(model)
    desk.backend.failing = KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)
    await until(lambda: model.connection == "lost")


LOOKS: Final[Sequence[tuple[str, Callable[..., Any], str]]] = (
    ("sign_in", sign_in, "ko"),
    ("overview", overview, "ko"),
    ("troubled", troubled, "ko"),
    ("lost", lost, "ko"),
    ("troubled_english", troubled, "en"),
)


async def shoot(camera: Camera) -> None:
    for name, scene, language in LOOKS:
        if not camera.wants(f"manager_{name}"):
            continue
        desk = ManagersDesk()
        model = ManagerModel(desk.services, clock=desk.clock, look_again=0.05)
        with desk_window("Manager", model) as window:
            words = WindowLanguage([ROOT / "build" / "i18n"], window.engine.retranslate)
            model.setLanguage(language)
            words.show(language)
            await scene(desk, model, window)
            window.rest()
            camera.take(window.window, f"manager_{name}")
            words.show("ko")
        await model.close()
