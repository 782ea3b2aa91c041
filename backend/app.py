"""The composition root: settings become a running application. Beside it only ``engine_room`` names adapters."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, timedelta

from aiohttp import web

from backend import __version__
from backend.database.interface import Database
from backend.database.sql.database import SqlDatabase
from backend.engine_room import EngineRoom, open_engines
from backend.external.escpos.printer import EscposPrinter
from backend.routers.auth_router import AuthRouter
from backend.routers.docs_router import DocsRouter
from backend.routers.health_router import HealthRouter
from backend.routers.help_router import HelpRouter
from backend.routers.image_router import ImageRouter
from backend.routers.menu_router import MenuRouter
from backend.routers.order_router import OrderRouter
from backend.routers.speech_router import SpeechRouter
from backend.routers.usage_router import UsageRouter
from backend.routers.voice_router import VoiceRouter
from backend.routers.voice_stream_router import VoiceStreamRouter
from backend.routers.websocket_router import WebSocketRouter
from backend.services.acknowledgements import Acknowledgements
from backend.services.auth_service import AuthService
from backend.services.catalogue_files import read_catalogue
from backend.services.catalogue_service import CatalogueService
from backend.services.engine_watch import EngineWatch
from backend.services.gemini_image_service import GeminiImageService
from backend.services.gemini_service import GeminiService
from backend.services.health_service import HealthService
from backend.services.help_service import HelpService
from backend.services.housekeeping import Housekeeping
from backend.services.image_store import ImageStore
from backend.services.image_sweep import ImageSweep
from backend.services.line_warmer import LineWarmer
from backend.services.live_figures import LiveFigures
from backend.services.lookout import Lookout
from backend.services.openai_audio_service import OpenAIAudioService
from backend.services.order_service import OrderService
from backend.services.people_service import PeopleService
from backend.services.picture_retention import PictureRetention
from backend.services.picture_service import PictureService
from backend.services.price_list import PriceList
from backend.services.print_service import PrintService
from backend.services.shared_rates import SharedRates
from backend.services.speech_cache import SpeechCache
from backend.services.speech_warmer import SpeechWarmer
from backend.services.thinking_ahead import AheadBudget
from backend.services.usage_report import UsageReport
from backend.services.usage_service import UsageService
from backend.services.voice_figures import TurnLog
from backend.services.voice_stream import StreamServices
from backend.services.websocket_manager import WebSocketManager
from backend.settings import Settings
from backend.studio_room import Shelf, StudioRoom
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
        helping = HelpService(database, clock)
        live = WebSocketManager(database, clock)
        stack.push_async_callback(live.close)
        figures = LiveFigures(database, live, clock)
        acknowledgements = Acknowledgements(database, clock)
        sockets = WebSocketRouter(auth, live, figures, acknowledgements)
        usage = UsageService(database, clock, today)
        stack.push_async_callback(usage.close)
        engines = await stack.enter_async_context(open_engines(settings, files.catalogue, usage))
        store = ImageStore(settings.data_dir / "images")
        retention = _retention(settings, database, store, clock)
        pictures = PictureService(
            images=GeminiImageService(engines.images, settings.drawing_seconds),
            quick=engines.sketches,
            store=store,
            catalogue=catalogue,
            database=database,
            clock=clock,
            make_room=retention.make_room,
        )
        studio = StudioRoom(settings, engines, Shelf(store, catalogue, database, clock))
        kept = SpeechCache(settings.data_dir / "speech", settings.speech_cache_mb * 2**20)
        metrics = Metrics()
        conversations = GeminiService(
            engines.language,
            orders,
            catalogue,
            database,
            clock,
            turn_seconds=settings.turn_seconds,
            keep=timedelta(minutes=settings.conversation_minutes),
            told_by_model=kept.keep_off_disk,
            rules=engines.rules,
            ahead=AheadBudget(settings.ahead_calls_a_day, today, metrics.count_ahead),
        )
        audio = OpenAIAudioService(engines.hearing, engines.speech, kept, turn_seconds=settings.turn_seconds)
        prices = PriceList.read_or_none(settings.prices_file or settings.assets_dir / "engines" / "prices.toml")
        turns = _turn_log(metrics)
        limiter = _limiter(settings)
        voice_streams = VoiceStreamRouter(
            auth, StreamServices(conversations, audio, turns, settings.local_first), limiter.take, clock
        )
        health = HealthService(database, engines.listed, __version__)

        rows: list[Endpoint] = [
            *AuthRouter(auth).endpoints(),
            *MenuRouter(catalogue, database, clock).endpoints(),
            *OrderRouter(orders).endpoints(),
            *HelpRouter(helping).endpoints(),
            *VoiceRouter(conversations).endpoints(),
            *SpeechRouter(audio).endpoints(),
            *ImageRouter(pictures).endpoints(),
            *studio.endpoints(),
            *sockets.endpoints(),
            *UsageRouter(UsageReport(usage, database, prices, today, turns.figures)).endpoints(),
            *HealthRouter(health, metrics.exposition, metrics.mime_type).endpoints(),
        ]
        rows += DocsRouter(lambda: openapi(rows, __version__)).endpoints()
        app = make_application(
            rows,
            [*sockets.routes(), *voice_streams.routes()],
            callers=auth,
            limiter=limiter,
            guard=Guard(settings.host, settings.allowed_hosts, settings.allowed_origins),
            metrics=metrics,
        )
        # Before the server waits for calls in flight: an open socket is one, and would be waited for in vain.
        app.on_shutdown.append(lambda _: live.close())
        app.on_shutdown.append(lambda _: voice_streams.close())
        stack.push_async_callback(figures.leave)
        stack.push_async_callback(acknowledgements.flush)
        background = TaskScope("app")
        stack.push_async_callback(background.close)
        studio.start(background)
        _start_sweeps(background, database, store, clock, timedelta(minutes=settings.conversation_minutes))
        watch = EngineWatch(engines.attempts, engines.served, engines.listed, database, today)
        for name, work in (
            ("acknowledgements", acknowledgements.run()),
            ("presence", figures.run()),
            ("lookout", Lookout(database, clock).run()),
            ("printing", _printing(settings, database, catalogue, clock)),
            ("engine watch", watch.run()),
            ("picture retention", retention.run()),
            ("shared rates", SharedRates(database, limiter, clock).run()),
            ("voice tokens", voice_streams.run()),
            ("usage", usage.run()),
            ("line warmer", _line_warmer(engines, live, voice_streams).run()),
        ):
            background.start(work, name)
        if audio.pays and settings.speech_cache_mb:
            speech = SpeechWarmer(audio.synthesize_speech, audio.is_kept, lambda: audio.pays, lambda: audio.busy)
            background.start(speech.run(), "speech warmer")
        yield app


def _start_sweeps(
    background: TaskScope, database: Database, store: ImageStore, clock: Callable[[], datetime], keep: timedelta
) -> None:
    background.start(Housekeeping(database, clock, keep).run(), "housekeeping")
    background.start(ImageSweep(database, store, clock).run(), "image sweep")


def _retention(
    settings: Settings, database: Database, store: ImageStore, clock: Callable[[], datetime]
) -> PictureRetention:
    keep, most = timedelta(days=settings.picture_days), settings.picture_mb * 2**20
    return PictureRetention(database, store, clock, keep, most)


async def _printing(
    settings: Settings, database: SqlDatabase, catalogue: CatalogueService, clock: Callable[[], datetime]
) -> None:
    if settings.printer is not None:
        printer = EscposPrinter(settings.printer, settings.printer_dots, settings.assets_dir / "fonts")
        await PrintService(database, catalogue, printer, clock).run()


def _turn_log(metrics: Metrics) -> TurnLog:
    turns = TurnLog(metrics.observe_span)
    metrics.tell_waits(turns.figures)
    return turns


def _line_warmer(engines: EngineRoom, live: WebSocketManager, voice: VoiceStreamRouter) -> LineWarmer:
    return LineWarmer(engines.served, lambda: bool(live.active_connections) or voice.lines > 0)


def _limiter(settings: Settings) -> RateLimiter:
    texts = {"default": settings.rate_default, "voice": settings.rate_voice, "auth": settings.rate_auth}
    return RateLimiter({name: Rate.parse(text) for name, text in texts.items()})
