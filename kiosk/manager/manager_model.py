"""ManagerModel: the root view model of the manager's window: who is connected, how the engines are, what they cost,
how long customers wait."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.api.link import LinkState
from kiosk.desk.sign_in_model import SignInModel
from kiosk.errors import KioskError
from kiosk.manager.cost_model import CostModel, CostView, cost_of
from kiosk.manager.engine_model import EngineModel, engines_of
from kiosk.manager.outage_model import OutageModel
from kiosk.manager.studio_model import StudioModel
from kiosk.manager.wait_model import WaitModel, WaitView, waits_of
from kiosk.manager.watch import Watch, WatchTimes
from kiosk.services.bundle import ManagerServices
from kiosk.tasks import TaskScope
from shared.auth import UserType
from shared.health import HealthResponse, WebSocketStats
from shared.problems import ProblemCode
from shared.usage import UsageResponse
from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

TICK_MS: Final = 1_000
_SIGNED_OUT: Final = frozenset({ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN})


@dataclass(frozen=True, slots=True)
class ManagerView:
    """``connection``: connecting (not looked yet), live (the last look answered) or lost. ``status``, ``database``
    and ``version`` are the backend's own words; ``last_update`` is local, ``HH:MM:SS``."""

    screen: str = "sign_in"
    tab: str = "overview"
    user: str = ""
    connection: str = "connecting"
    last_update: str = ""
    status: str = ""
    database: str = ""
    version: str = ""
    customers: int = 0
    staff: int = 0
    managers: int = 0
    language: str = "ko"


_SIGNALS: Final = {
    field.name: re.sub(r"_(\w)", lambda found: found[1].upper(), field.name) + "Changed"
    for field in fields(ManagerView)
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


@QmlElement
class ManagerModel(QObject):
    screenChanged = Signal()
    tabChanged = Signal()
    userChanged = Signal()
    connectionChanged = Signal()
    lastUpdateChanged = Signal()
    statusChanged = Signal()
    databaseChanged = Signal()
    versionChanged = Signal()
    customersChanged = Signal()
    staffChanged = Signal()
    managersChanged = Signal()
    languageChanged = Signal()

    def __init__(
        self,
        services: ManagerServices,
        parent: QObject | None = None,
        clock: Callable[[], datetime] = _utc_now,
        times: WatchTimes | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._clock = clock
        self._scope = TaskScope("manager")
        self._watch = Watch(
            services.backend,
            services.live,
            times or WatchTimes(),
            on_look=self._take,
            on_usage=self._take_usage,
            on_error=self._not_looked,
        )
        self._engines = EngineModel(self)
        self._outages = OutageModel(self)
        self._cost = CostModel(self)
        self._waits = WaitModel(self)
        self._studio = StudioModel(services.studio, services.shop, services.settings.language.value, self)
        self._entry = SignInModel(self._sign_in, clock, self)
        self._signing_in = False
        self._error: KioskError | None = None
        self._view = ManagerView(language=services.settings.language.value)
        self._unsubscribe = services.link.subscribe(self._show_entry)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show_entry)
        self._timer.start()
        self._show_entry()

    async def close(self) -> None:
        """Stop looking and listening. Idempotent."""
        self._timer.stop()
        self._unsubscribe()
        await self._scope.close()
        await self._watch.close()
        await self._studio.close()

    @Property(str, notify=screenChanged)
    def screen(self) -> str:
        """``sign_in`` or ``overview``."""
        return self._view.screen

    @Property(str, notify=tabChanged)
    def tab(self) -> str:
        """``overview`` or ``studio``."""
        return self._view.tab

    @Property(str, notify=userChanged)
    def user(self) -> str:
        return self._view.user

    @Property(str, notify=connectionChanged)
    def connection(self) -> str:
        return self._view.connection

    @Property(str, notify=lastUpdateChanged)
    def lastUpdate(self) -> str:
        return self._view.last_update

    @Property(str, notify=statusChanged)
    def status(self) -> str:
        return self._view.status

    @Property(str, notify=databaseChanged)
    def database(self) -> str:
        return self._view.database

    @Property(str, notify=versionChanged)
    def version(self) -> str:
        return self._view.version

    @Property(int, notify=customersChanged)
    def customers(self) -> int:
        return self._view.customers

    @Property(int, notify=staffChanged)
    def staff(self) -> int:
        return self._view.staff

    @Property(int, notify=managersChanged)
    def managers(self) -> int:
        return self._view.managers

    @Property(str, notify=languageChanged)
    def language(self) -> str:
        return self._view.language

    @Property(EngineModel, constant=True)
    def engines(self) -> EngineModel:
        return self._engines

    @Property(OutageModel, constant=True)
    def outages(self) -> OutageModel:
        return self._outages

    @Property(CostModel, constant=True)
    def cost(self) -> CostModel:
        return self._cost

    @Property(WaitModel, constant=True)
    def waits(self) -> WaitModel:
        return self._waits

    @Property(StudioModel, constant=True)
    def studio(self) -> StudioModel:
        return self._studio

    @Property(SignInModel, constant=True)
    def entry(self) -> SignInModel:
        return self._entry

    @Slot()
    def signOut(self) -> None:
        self._leave(None)

    @Slot(str)
    def openTab(self, tab: str) -> None:
        """``overview`` or ``studio``; the studio looks only while it is seen."""
        if tab == self._view.tab or self._view.screen == "sign_in":
            return
        self._publish(replace(self._view, tab=tab))
        if tab == "studio":
            self._studio.open()
        else:
            self._studio.leave()

    @Slot(str)
    def setLanguage(self, language: str) -> None:
        self._services.set_language(Language(language).value)
        self._studio.speak(Language(language).value)
        self._publish(replace(self._view, language=Language(language).value))

    def _sign_in(self, user_id: str, pin: str) -> None:
        self._signing_in, self._error = True, None
        self._show_entry()
        self._scope.start(self._log_in(user_id, pin), "sign in", group="sign in")

    async def _log_in(self, user_id: str, pin: str) -> None:
        try:
            known = await self._services.backend.login(user_id, pin)
        except KioskError as error:
            self._error = error
        else:
            if known.user_type is UserType.MANAGER:
                self._services.backend.sign_in(known.token)
                self._publish(replace(self._view, screen="overview", user=known.user_id))
                self._watch.begin(known)
            else:
                self._error = KioskError(ProblemCode.FORBIDDEN)
        finally:
            self._signing_in = False
            self._show_entry()

    def _not_looked(self, error: KioskError) -> None:
        if error.code in _SIGNED_OUT:
            self._leave(error)
        else:
            self._publish(replace(self._view, connection="lost"))

    def _take(self, health: HealthResponse, stats: WebSocketStats) -> None:
        rows = engines_of(health.engines, self._clock().astimezone().date())
        self._engines.show(rows)
        self._outages.follow(rows)
        self._publish(
            replace(
                self._view,
                connection="live",
                last_update=self._clock().astimezone().strftime("%H:%M:%S"),
                status=health.status,
                database=health.database,
                version=health.version,
                customers=stats.connections.get(UserType.CUSTOMER, 0),
                staff=stats.connections.get(UserType.STAFF, 0),
                managers=stats.connections.get(UserType.MANAGER, 0),
            )
        )

    def _take_usage(self, told: UsageResponse) -> None:
        self._cost.show(cost_of(told))
        self._waits.show_view(waits_of(told))

    def _leave(self, error: KioskError | None) -> None:
        self._studio.leave()
        self._services.backend.sign_out()
        self._error = error
        self._engines.show([])
        self._outages.follow([])
        self._cost.show(CostView())
        self._waits.show_view(WaitView())
        self._publish(ManagerView(language=self._view.language))
        self._show_entry()
        self._watch.end()

    def _show_entry(self) -> None:
        up = self._services.link.snapshot.state is LinkState.UP
        self._entry.show(busy=self._signing_in, error=self._error, backend_up=up)

    def _publish(self, view: ManagerView) -> None:
        before, self._view = self._view, view
        for name, signal in _SIGNALS.items():
            if getattr(before, name) != getattr(view, name):
                getattr(self, signal).emit()
