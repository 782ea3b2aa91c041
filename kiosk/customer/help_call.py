"""Calling a member of staff to this kiosk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import structlog
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.api.backend import Backend
from kiosk.errors import KioskError
from kiosk.tasks import TaskScope
from shared.orders import HelpMode, OrderItemDraft

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


logger = structlog.get_logger(__name__)


class HelpState(StrEnum):
    NONE = "none"
    CALLING = "calling"
    CALLED = "called"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class HelpPlace:
    """The screen, how the customer orders, and what they have chosen: what staff want to know before they come."""

    screen: str
    mode: HelpMode | None = None
    cart: tuple[OrderItemDraft, ...] = ()


@QmlElement
class HelpModel(QObject):
    changed = Signal()
    failed = Signal(object)  # KioskError

    def __init__(
        self, backend: Backend, place: Callable[[], HelpPlace], tasks: TaskScope, parent: QObject | None = None
    ) -> None:
        """``place()``: where the customer is stuck, now."""
        super().__init__(parent)
        self._backend = backend
        self._place = place
        self._tasks = tasks
        self._state = HelpState.NONE
        self._reported: set[str] = set()
        self._call_id = ""
        self._coming: tuple[str, ...] = ()

    @Slot()
    def call(self) -> None:
        """Once: a second tap while the first is on its way does nothing."""
        if self._state is HelpState.CALLING:
            return
        self._take(HelpState.CALLING)
        self._tasks.start(self._call(self._place()), "help", group="help")

    @Slot()
    def close(self) -> None:
        """The customer read it. The call stands, and who comes is told all the same."""
        if self._state in {HelpState.CALLED, HelpState.COMING}:
            self._take(HelpState.NONE)

    def forget(self) -> None:
        self._tasks.cancel("help")
        self._call_id = ""
        self._take(HelpState.NONE)

    def answered(self, help_ids: tuple[str, ...]) -> None:
        """Somebody of the staff goes to these calls: this customer is told, even if they closed the first word."""
        self._coming = help_ids
        if self._call_id and self._call_id in help_ids:
            self._call_id = ""
            self._take(HelpState.COMING)

    def report(self, what: str) -> None:
        """Something here is broken and the customer cannot mend it: staff are told, once until ``mended``."""
        if what not in self._reported:
            self._reported.add(what)
            self._tasks.start(self._report(what), "report")

    def mended(self, what: str) -> None:
        """It works again."""
        self._reported.discard(what)

    async def _report(self, what: str) -> None:
        try:
            await self._backend.help(what)
        except KioskError as error:
            self._reported.discard(what)
            logger.info("staff not told", what=what, code=error.code.value)

    async def _call(self, place: HelpPlace) -> None:
        try:
            called = await self._backend.help(place.screen, place.mode, place.cart)
        except KioskError as error:
            self._take(HelpState.NONE)
            self.failed.emit(error)
            return
        self._call_id = called.help_id
        self._take(HelpState.CALLED)
        self.answered(self._coming)  # the answer may have been quicker than the call's own

    def _take(self, state: HelpState) -> None:
        if state is not self._state:
            self._state = state
            self.changed.emit()

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._state.value
