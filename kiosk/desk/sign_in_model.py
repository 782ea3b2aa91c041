"""SignInModel: an id and a PIN, and what came of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.errors import KioskError
from shared.problems import ProblemCode

QML_IMPORT_NAME = "Mallo.Desk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SignInView:
    """``error``: the last refusal's code or "". ``wait``: whole seconds until ``locked_user`` may try again, else 0."""

    busy: bool = False
    error: str = ""
    wait: int = 0
    backend_up: bool = False
    locked_user: str = ""


@QmlElement
class SignInModel(QObject):
    changed = Signal()
    refused = Signal()

    def __init__(
        self, sign_in: Callable[[str, str], None], clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """``sign_in(user_id, pin)`` begins it; what comes of it arrives by ``show``."""
        super().__init__(parent)
        self._sign_in = sign_in
        self._clock = clock
        self._error: KioskError | None = None
        self._asked_for = ""
        self._locked_user = ""
        self._locked_until: datetime | None = None
        self._view = SignInView()

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._view.busy

    @Property(str, notify=changed)
    def error(self) -> str:
        return self._view.error

    @Property(int, notify=changed)
    def waitSeconds(self) -> int:
        return self._view.wait

    @Property(bool, notify=changed)
    def backendUp(self) -> bool:
        return self._view.backend_up

    @Property(str, notify=changed)
    def lockedUser(self) -> str:
        """Whom ``waitSeconds`` is about: others may sign in meanwhile."""
        return self._view.locked_user

    @Slot(str, str)
    def submit(self, user_id: str, pin: str) -> None:
        user = user_id.strip()
        locked = self._view.wait > 0 and user == self._view.locked_user
        if user and pin and not self._view.busy and not locked:
            self._asked_for = user
            self._sign_in(user, pin)

    def show(self, *, busy: bool, error: KioskError | None, backend_up: bool) -> None:
        """Take what is known now; to be called once a second too, while a lock runs down."""
        now = self._clock()
        new = error is not None and error is not self._error
        self._error = error
        if new and error is not None and error.code is ProblemCode.LOCKED_OUT:
            seconds = error.params.get("retry_after_seconds")
            self._locked_user = self._asked_for
            self._locked_until = now + timedelta(seconds=seconds) if isinstance(seconds, int | float) else None
        left = math.ceil((self._locked_until - now).total_seconds()) if self._locked_until else 0
        view = SignInView(busy, error.code.value if error else "", max(0, left), backend_up, self._locked_user)
        if view != self._view:
            self._view = view
            self.changed.emit()
        if new:
            self.refused.emit()
