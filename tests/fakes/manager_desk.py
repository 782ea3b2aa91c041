"""What a ManagerModel is given, with the backend's answers written by the test."""

from __future__ import annotations

from datetime import timedelta

from kiosk.api.client import BackendClient
from kiosk.api.link import BackendLink
from kiosk.api.studio import StudioBackend, StudioClient
from kiosk.errors import KioskError
from kiosk.services.bundle import ManagerServices
from kiosk.settings import KioskSettings
from shared.auth import LoginResponse, UserType
from shared.health import Capability, EngineHealth, EngineState, HealthResponse, ModelNotice, WebSocketStats
from shared.problems import ProblemCode
from shared.usage import SpanFigures, Unpriced, UsageResponse, UsageRow, UsageSum, VoiceFigures
from tests.fakes.shop_counter import FakeBackend, FakeLive
from tests.fakes.staff_desk import FakeClock, FakeShop, FakeSounds
from tests.support.kitchen import NOON


def engine(
    capability: Capability,
    name: str,
    state: EngineState = EngineState.READY,
    *,
    languages: tuple[str, ...] = (),
    reason: str = "",
    model: str = "",
    warnings: tuple[ModelNotice, ...] = (),
) -> EngineHealth:
    return EngineHealth(
        capability=capability,
        engine=name,
        state=state,
        languages=languages,
        reason=reason,
        model=model,
        warnings=warnings,
    )


def off(capability: Capability, name: str) -> EngineHealth:
    return engine(capability, name, EngineState.OFF, reason="no_key")


OFFLINE = (
    engine(Capability.LANGUAGE, "offline", languages=("ko", "en"), model="rules"),
    engine(Capability.SPEECH_TO_TEXT, "pocketsphinx", languages=("en",), model="en-us"),
    engine(Capability.TEXT_TO_SPEECH, "espeak-ng", languages=("ko", "en"), model="1.52"),
    engine(Capability.IMAGE, "resvg", model="0.3"),
)
CLOUD = (
    engine(Capability.LANGUAGE, "gemini", languages=("ko", "en"), model="gemini-3.8-flash"),
    engine(Capability.SPEECH_TO_TEXT, "openai", languages=("ko", "en", "ja"), model="gpt-transcribe"),
    engine(Capability.SPEECH_TO_TEXT, "gemini", languages=("ko", "en"), model="gemini-3.8-flash"),
    engine(Capability.TEXT_TO_SPEECH, "openai", languages=("ko", "en", "ja"), model="tts-1"),
    engine(Capability.TEXT_TO_SPEECH, "gemini", languages=("ko", "en"), model="gemini-3.8-flash-lite-tts"),
    engine(Capability.IMAGE, "gemini", model="gemini-3.1-flash-image"),
)
TODAY = NOON.astimezone().date()


def chains(*vendors: EngineHealth) -> tuple[EngineHealth, ...]:
    """``vendors`` before the engines of this machine, as the settings name them."""
    return (*vendors, *OFFLINE)


def with_state(
    engines: tuple[EngineHealth, ...], name: str, state: EngineState, reason: str = ""
) -> tuple[EngineHealth, ...]:
    """Every engine of vendor ``name`` in this state."""
    return tuple(
        one.model_copy(update={"state": state, "reason": reason}) if one.engine == name else one for one in engines
    )


def usage(*models: tuple[str, str, int | None], before: int = 0) -> UsageResponse:
    """Rows of today as (engine, model, millionths of a dollar), and what all the days before cost."""
    yesterday = TODAY - timedelta(days=1)
    rows = tuple(
        UsageRow(
            day=day,
            capability=Capability.LANGUAGE,
            engine=vendor,
            model=model,
            requests=10,
            input_tokens=0,
            cached_input_tokens=0,
            output_tokens=0,
            audio_input_tokens=0,
            audio_output_tokens=0,
            seconds=0.0,
            characters=0,
            images=0,
            cost_micros=micros,
        )
        for day, vendor, model, micros in (
            *([(yesterday, "gemini", "gemini-3.8-flash", before)] if before else []),
            *((TODAY, vendor, model, micros) for vendor, model, micros in models),
        )
    )
    known = [row.cost_micros for row in rows if row.cost_micros is not None]
    return UsageResponse(
        first=TODAY - timedelta(days=29),
        last=TODAY,
        currency="USD",
        total=UsageSum(
            requests=sum(row.requests for row in rows), cost_micros=sum(known), partial=len(known) < len(rows)
        ),
        days=(),
        rows=rows,
        unpriced=tuple(Unpriced(engine=row.engine, model=row.model) for row in rows if row.cost_micros is None),
        prices=(),
    )


def waited() -> VoiceFigures:
    """Figures of a day of talking."""
    told = {
        "endpointing": (262, 410, 655), "upload": (3, 6, 14), "stt": (88, 240, 610), "understanding": (180, 620, 1240),
        "tts": (61, 205, 430), "output": (32, 41, 77), "total": (640, 1150, 2480),
    }  # fmt: skip
    spans = tuple(SpanFigures(span=span, p50=p50, p90=p90, p99=p99) for span, (p50, p90, p99) in told.items())
    return VoiceFigures(turns=214, local=131, spans=spans)


class ManagersBackend(FakeBackend):
    """``failing``: what every look is refused with, or None."""

    user_type = UserType.MANAGER
    failing: KioskError | None = None
    engines: tuple[EngineHealth, ...] = OFFLINE
    used: UsageResponse | None = None
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

    async def usage(self) -> UsageResponse:
        if self.used is None:
            raise KioskError(ProblemCode.NOT_FOUND)
        return self.used

    async def websocket_stats(self) -> WebSocketStats:
        connections = {UserType.CUSTOMER: 3, UserType.STAFF: 2, UserType.MANAGER: 1}
        return WebSocketStats(connections=connections, total=6)


class ManagersDesk:
    """``studio``: a real backend's, or one that nobody answers behind."""

    def __init__(self, studio: StudioBackend | None = None) -> None:
        self.backend = ManagersBackend()
        self.clock = FakeClock()
        self.link = BackendLink("http://127.0.0.1:1")
        self.live = FakeLive()
        self.languages: list[str] = []
        self.services = ManagerServices(
            settings=KioskSettings.model_validate({}),
            link=self.link,
            backend=self.backend,
            studio=studio or StudioClient(BackendClient(self.link, "desk")),
            live=self.live,
            shop=FakeShop(),
            sounds=FakeSounds(),
            set_language=self.languages.append,
        )
