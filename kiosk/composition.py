"""The composition root of the windows: clients -> services -> view models."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import EventStream
from kiosk.api.link import BackendLink, LinkState
from kiosk.api.studio import StudioClient
from kiosk.api.voice_stream import VoiceStream
from kiosk.audio.capture import EchoReference
from kiosk.audio.driver import SoundDriver
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.microphone import Microphone
from kiosk.audio.speaker import Speaker
from kiosk.services.bundle import CustomerServices, ManagerServices, StaffServices
from kiosk.services.frontage import Frontage
from kiosk.services.hearing import Hearing
from kiosk.services.http_line import HttpLine
from kiosk.services.idle_watch import IdleWatch
from kiosk.services.order_session import OrderSession
from kiosk.services.shop import Shop
from kiosk.services.sound_board import SoundBoard
from kiosk.services.staff_board import StaffBoard
from kiosk.services.stream_keeper import keep_stream
from kiosk.services.stream_line import StreamLine
from kiosk.services.talk import Talk
from kiosk.settings import KioskSettings
from kiosk.tasks import TaskScope

ASSETS: Final = Path(__file__).resolve().parents[1] / "assets"
QML: Final = Path(__file__).resolve().parent / "qml"

SetLanguage = Callable[[str], None]
Step = Callable[[], Coroutine[Any, Any, None]]


class Window(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    MANAGER = "manager"

    @property
    def main_qml(self) -> Path:
        return QML / "Mallo" / self.value.capitalize() / "Main.qml"


@dataclass(frozen=True, slots=True)
class Composed:
    """A window's root view model; ``warm_up`` after the first frame; ``closing`` steps in their order, idempotent."""

    model: QObject
    scope: TaskScope
    warm_up: Step
    closing: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Common:
    """What every window has."""

    settings: KioskSettings
    link: BackendLink
    client: BackendClient
    live: EventStream
    driver: SoundDriver
    reference: EchoReference
    shop: Shop
    chimes: SoundBoard
    show_language: SetLanguage


@dataclass(frozen=True, slots=True)
class _Built:
    """What one window has of its own."""

    model: QObject
    warm_up: Step
    closing: tuple[Step, ...]


def compose(window: Window, settings: KioskSettings, link: BackendLink, show_language: SetLanguage) -> Composed:
    """Build everything behind ``window``, in one process with one event loop."""
    client = BackendClient(link, settings.device_id)
    driver = SoundDriver()
    reference = EchoReference()
    # No reference: a canceller that knows its way not yet would take the customer's first word with the chime that
    # says "listening", and nobody takes a chime for speech.
    chimes = SoundBoard(Speaker(driver, settings.speaker), ASSETS / "sounds")
    live = EventStream(link, settings.device_id, acknowledges=window is not Window.MANAGER)
    shop = Shop(client)
    common = _Common(settings, link, client, live, driver, reference, shop, chimes, show_language)
    builders = {Window.CUSTOMER: _customer, Window.STAFF: _staff, Window.MANAGER: _manager}
    built = builders[window](common)
    unsubscribe = link.subscribe(lambda: shop.reload() if link.snapshot.state is LinkState.UP else None)

    async def warm_up() -> None:
        if link.snapshot.state is LinkState.UP:
            shop.reload()
        await built.warm_up()

    async def forget_link() -> None:
        unsubscribe()

    scope = TaskScope("window")
    last = (scope.close, forget_link, shop.close, chimes.close, driver.close, client.close)
    return Composed(built.model, scope, warm_up, (*built.closing, *last))


def _customer(common: _Common) -> _Built:
    from kiosk.customer.root import CustomerModel  # noqa: PLC0415 -- registers the QML types of this window only

    settings = common.settings
    order = OrderSession(common.client, common.link, common.live, new_id=_new_id, now=lambda: datetime.now(UTC))
    numbers = EventStream(common.link, settings.device_id, board=True)
    front = Frontage(common.client, common.link, numbers, also=common.shop.heard, missed=common.shop.reload)
    microphone = Microphone(common.driver, _new_front_end, settings.microphone, common.reference)
    calls = HttpLine(common.client, order.converse)
    stream = StreamLine(VoiceStream(common.link), order, calls)
    calls.language = stream.language = settings.speech_language or settings.language.value
    voice = Talk(
        common.client,
        lambda: stream if settings.voice_stream and stream.usable else calls,
        microphone,
        Speaker(common.driver, settings.speaker, common.reference),
    )

    def set_language(language: str) -> None:
        common.show_language(language)
        calls.language = stream.language = settings.speech_language or language

    def wipe() -> None:
        order.end()
        voice.reset()

    idle = IdleWatch(
        settings.idle_ask_seconds, settings.idle_wipe_seconds, lambda: voice.busy or order.snapshot.placing, wipe
    )
    hearing = Hearing(common.client, lambda: voice.busy or order.snapshot.placing)

    def look_again() -> None:
        common.shop.reload()
        hearing.reload()

    stop_keeping = keep_stream(stream, idle, voice) if settings.voice_stream else lambda: None
    stop_following = _when_begun(idle, look_again)
    stop_hearing = common.link.subscribe(
        lambda: hearing.reload() if common.link.snapshot.state is LinkState.UP else None
    )
    model = CustomerModel(
        CustomerServices(
            settings=settings,
            link=common.link,
            backend=common.client,
            shop=common.shop,
            front=front,
            order=order,
            voice=voice,
            hearing=hearing,
            idle=idle,
            sounds=common.chimes,
            set_language=set_language,
        )
    )

    async def warm_up() -> None:
        if common.link.snapshot.state is LinkState.UP:
            hearing.reload()
        front.open()
        await common.driver.warm_up()
        await microphone.warm_up()

    last = (
        _closing(stop_following),
        _closing(stop_hearing),
        hearing.close,
        idle.close,
        _closing(stop_keeping),
        voice.close,
        stream.close,
        front.close,
        order.close,
    )
    return _Built(model, warm_up, (_closing(model.close), *last))


def _when_begun(idle: IdleWatch, then: Callable[[], None]) -> Callable[[], None]:
    """A customer comes to a menu as it is now: on the attract screen nobody follows the catalogue."""
    was_active = False

    def changed() -> None:
        nonlocal was_active
        begun = idle.snapshot.active and not was_active
        was_active = idle.snapshot.active
        if begun:
            then()

    return idle.subscribe(changed)


def _staff(common: _Common) -> _Built:
    from kiosk.staff.staff_model import StaffModel  # noqa: PLC0415 -- registers the QML types of this window only

    board = StaffBoard(common.client, common.live, also=common.shop.heard)
    model = StaffModel(
        StaffServices(
            settings=common.settings,
            link=common.link,
            shop=common.shop,
            board=board,
            sounds=common.chimes,
            set_language=common.show_language,
        )
    )
    return _Built(model, common.driver.warm_up, (_closing(model.close), board.close))


def _manager(common: _Common) -> _Built:
    from kiosk.manager.manager_model import ManagerModel  # noqa: PLC0415 -- registers this window's QML types only

    model = ManagerModel(
        ManagerServices(
            settings=common.settings,
            link=common.link,
            backend=common.client,
            studio=StudioClient(common.client),
            live=common.live,
            shop=common.shop,
            sounds=common.chimes,
            set_language=common.show_language,
        )
    )
    return _Built(model, common.driver.warm_up, (model.close,))


def _new_id() -> str:
    return secrets.token_urlsafe(24)


def _new_front_end() -> FrontEnd:
    """In a worker thread."""
    from kiosk.audio.silero import SileroDetector  # noqa: PLC0415 -- 30 ms that the first frame need not wait for
    from kiosk.audio.webrtc import new_canceller  # noqa: PLC0415 -- livekit is loaded with the first sound, not at the start

    return FrontEnd(SileroDetector(), new_canceller(), SileroDetector())


def _closing(close: Callable[[], Awaitable[None] | None]) -> Step:
    async def step() -> None:
        waiting = close()
        if waiting is not None:
            await waiting

    return step
