"""The composition root: settings become a running application. Nothing else names an adapter."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from aiohttp import web

from backend import __version__
from backend.database.sql.database import SqlDatabase
from backend.domain.catalogue import Catalogue
from backend.external.offline.engines import OfflineEngines
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.watched import (
    EngineStatus,
    WatchedImageEngine,
    WatchedSpeechToText,
    WatchedTextToSpeech,
    WatchedUnderstanding,
)
from backend.routers.auth_router import AuthRouter
from backend.routers.docs_router import DocsRouter
from backend.routers.health_router import HealthRouter
from backend.routers.help_router import HelpRouter
from backend.routers.image_router import ImageRouter
from backend.routers.menu_router import MenuRouter
from backend.routers.order_router import OrderRouter
from backend.routers.speech_router import SpeechRouter
from backend.routers.voice_router import VoiceRouter
from backend.routers.websocket_router import WebSocketRouter
from backend.services.auth_service import AuthService
from backend.services.catalogue_files import CatalogueFiles, read_catalogue
from backend.services.catalogue_service import CatalogueService
from backend.services.engine_watch import (
    Attempt,
    EngineWatch,
    drawing_attempt,
    hearing_attempt,
    speaking_attempt,
    understanding_attempt,
)
from backend.services.gemini_image_service import GeminiImageService
from backend.services.gemini_service import GeminiService
from backend.services.health_service import HealthService
from backend.services.housekeeping import Housekeeping
from backend.services.image_store import ImageStore
from backend.services.openai_audio_service import OpenAIAudioService
from backend.services.order_service import OrderService
from backend.services.people_service import PeopleService
from backend.services.picture_service import PictureService
from backend.services.websocket_manager import WebSocketManager
from backend.settings import Settings
from backend.tasks import TaskScope
from backend.web.application import make_application
from backend.web.endpoint import Endpoint
from backend.web.guards import Guard
from backend.web.metrics import Metrics
from backend.web.openapi import openapi
from backend.web.rate_limit import Rate, RateLimiter


def utc_now() -> datetime:
    return datetime.now(UTC)


def shop_day() -> date:
    """Today in the shop's own calendar, which is that of the machine."""
    return datetime.now().astimezone().date()


@asynccontextmanager
async def open_people(settings: Settings, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[PeopleService]:
    """The shop's people, for a command beside the server.

    Raises:
        DatabaseError: the database cannot be opened.
        OSError: the data folder cannot be made.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = await SqlDatabase.open(settings.database)
    try:
        yield PeopleService(database, clock)
    finally:
        await database.close()


@asynccontextmanager
async def build_app(
    settings: Settings, clock: Callable[[], datetime] = utc_now, today: Callable[[], date] = shop_day
) -> AsyncIterator[web.Application]:
    """The application, ready to be served; leaving the context ends background work and closes the database.

    Raises:
        CatalogueError: the catalogue's files are wrong.
        DatabaseError: the database cannot be opened.
    """
    files = read_catalogue(settings.assets_dir / "catalogue")
    async with AsyncExitStack() as stack:
        database = await SqlDatabase.open(settings.database)
        stack.push_async_callback(database.close)
        catalogue = CatalogueService(files, today)
        auth = AuthService(database, clock, settings.guest_hours, settings.staff_hours)
        await auth.ensure_first_users(settings.data_dir)
        orders = OrderService(database, catalogue, clock, today)
        live = WebSocketManager(database, clock)
        stack.push_async_callback(live.close)
        sockets = WebSocketRouter(auth, live)
        engines = _engines(settings, files, stack)
        pictures = PictureService(
            images=GeminiImageService(engines.image),
            menu_engine=engines.image[-1],
            store=ImageStore(settings.data_dir / "images"),
            catalogue=catalogue,
            database=database,
            clock=clock,
        )
        conversations = GeminiService(engines.language, orders, catalogue, database, clock)
        metrics = Metrics()
        health = HealthService(database, engines.statuses, __version__)
        housekeeping = Housekeeping(database, clock, timedelta(minutes=settings.conversation_minutes))

        rows: list[Endpoint] = [
            *AuthRouter(auth).endpoints(),
            *MenuRouter(catalogue, database).endpoints(),
            *OrderRouter(orders).endpoints(),
            *HelpRouter(live).endpoints(),
            *VoiceRouter(conversations).endpoints(),
            *SpeechRouter(OpenAIAudioService(engines.stt, engines.tts)).endpoints(),
            *ImageRouter(pictures).endpoints(),
            *sockets.endpoints(),
            *HealthRouter(health, metrics.exposition, metrics.mime_type).endpoints(),
        ]
        rows += DocsRouter(lambda: openapi(rows, __version__)).endpoints()
        app = make_application(
            rows,
            sockets.routes(),
            callers=auth,
            limiter=_limiter(settings),
            guard=Guard(settings.host, settings.allowed_hosts, settings.allowed_origins),
            metrics=metrics,
        )
        # Before the server waits for calls in flight: an open socket is one, and would be waited for in vain.
        app.on_shutdown.append(lambda _: live.close())
        background = TaskScope("app")
        stack.push_async_callback(background.close)
        background.start(housekeeping.run(), "housekeeping")
        background.start(EngineWatch(engines.attempts(files.catalogue), database).run(), "engine watch")
        yield app


@dataclass(frozen=True, slots=True)
class _Engines:
    """Each capability's engines in the order in which they are tried; the last is offline."""

    language: WatchedUnderstanding
    stt: tuple[WatchedSpeechToText, ...]
    tts: tuple[WatchedTextToSpeech, ...]
    image: tuple[WatchedImageEngine, ...]

    @property
    def statuses(self) -> list[EngineStatus]:
        return [
            self.language.status,
            *(e.status for e in self.stt),
            *(e.status for e in self.tts),
            *(e.status for e in self.image),
        ]

    def attempts(self, catalogue: Catalogue) -> list[tuple[EngineStatus, Attempt]]:
        return [
            (self.language.status, understanding_attempt(self.language, catalogue)),
            *((e.status, hearing_attempt(e)) for e in self.stt),
            *((e.status, speaking_attempt(e)) for e in self.tts),
            *((e.status, drawing_attempt(e, catalogue)) for e in self.image),
        ]


def _engines(settings: Settings, files: CatalogueFiles, stack: AsyncExitStack) -> _Engines:
    understanding = OfflineUnderstanding()
    understanding.prepare(files.catalogue)
    offline = OfflineEngines(lambda: files.catalogue, settings.assets_dir)
    stack.push_async_callback(offline.close)
    return _Engines(
        language=WatchedUnderstanding(understanding),
        stt=(WatchedSpeechToText(offline.hearing),),
        tts=(WatchedTextToSpeech(offline.speech),),
        image=(WatchedImageEngine(offline.pictures),),
    )


def _limiter(settings: Settings) -> RateLimiter:
    texts = {"default": settings.rate_default, "voice": settings.rate_voice, "auth": settings.rate_auth}
    return RateLimiter({name: Rate.parse(text) for name, text in texts.items()})
