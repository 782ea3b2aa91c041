"""What a ManagerModel is given, with the backend's answers written by the test."""

from __future__ import annotations

from datetime import timedelta

from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from kiosk.services.bundle import ManagerServices
from kiosk.settings import KioskSettings
from shared.auth import LoginResponse, UserType
from shared.health import Capability, EngineHealth, EngineState, HealthResponse, WebSocketStats
from shared.problems import ProblemCode
from tests.fakes.shop_counter import FakeBackend
from tests.fakes.staff_desk import FakeClock, FakeShop, FakeSounds
from tests.support.kitchen import NOON


def engine(
    capability: Capability,
    name: str,
    state: EngineState = EngineState.READY,
    languages: tuple[str, ...] = (),
    reason: str = "",
) -> EngineHealth:
    return EngineHealth(capability=capability, engine=name, state=state, languages=languages, reason=reason)


OFFLINE = (
    engine(Capability.LANGUAGE, "offline", languages=("ko", "en")),
    engine(Capability.SPEECH_TO_TEXT, "pocketsphinx", languages=("en",)),
    engine(Capability.TEXT_TO_SPEECH, "espeak-ng", languages=("ko", "en")),
    engine(Capability.IMAGE, "resvg"),
)


class ManagersBackend(FakeBackend):
    """``failing``: what every look is refused with, or None."""

    user_type = UserType.MANAGER
    failing: KioskError | None = None
    engines: tuple[EngineHealth, ...] = OFFLINE
    looks = 0

    async def login(self, user_id: str, pin: str) -> LoginResponse:
        if pin != "654321":
            raise KioskError(ProblemCode.WRONG_CREDENTIALS)
        expires = NOON + timedelta(hours=8)
        return LoginResponse(token="token", user_id=user_id, user_type=self.user_type, expires_at=expires)

    async def health(self) -> HealthResponse:
        self.looks += 1
        if self.failing is not None:
            raise self.failing
        ready = {one.capability for one in self.engines if one.state is EngineState.READY}
        status = "ok" if ready == set(Capability) else "degraded"
        return HealthResponse(status=status, version="0.1.0", database="ok", epoch="e", engines=self.engines)

    async def websocket_stats(self) -> WebSocketStats:
        connections = {UserType.CUSTOMER: 3, UserType.STAFF: 2, UserType.MANAGER: 1}
        return WebSocketStats(connections=connections, total=6)


class ManagersDesk:
    def __init__(self) -> None:
        self.backend = ManagersBackend()
        self.clock = FakeClock()
        self.link = BackendLink("http://127.0.0.1:1")
        self.languages: list[str] = []
        self.services = ManagerServices(
            settings=KioskSettings.model_validate({}),
            link=self.link,
            backend=self.backend,
            shop=FakeShop(),
            sounds=FakeSounds(),
            set_language=self.languages.append,
        )
