"""What went wrong, once, where the customer sees it: a closed code, whether trying again helps, and of what it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from shared.problems import ProblemCode

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


class Source(StrEnum):
    """Who had the trouble: decides what "try again" does."""

    SHOP = "shop"
    ITEM = "item"
    ORDER = "order"
    VOICE = "voice"
    HELP = "help"


class Remedy(StrEnum):
    """What the customer is offered besides closing the banner: only what can help."""

    NONE = "none"
    AGAIN = "again"
    SPEAK = "speak"
    WRITE = "write"


# Speaking once more would end the same way; writing does not need what is missing.
_WRITE_INSTEAD: frozenset[KioskErrorCode] = frozenset(
    {
        LocalCode.NO_MICROPHONE,
        LocalCode.MICROPHONE_LOST,
        LocalCode.MICROPHONE_SILENT,
        LocalCode.HEARING_UNAVAILABLE,
        ProblemCode.LANGUAGE_NOT_SERVED,
    }
)


@dataclass(frozen=True, slots=True)
class Trouble:
    source: Source
    error: KioskError

    @property
    def remedy(self) -> Remedy:
        if self.source is Source.VOICE:
            return Remedy.WRITE if self.error.code in _WRITE_INSTEAD else Remedy.SPEAK
        return Remedy.AGAIN if self.error.retryable else Remedy.NONE


@QmlElement
class TroubleModel(QObject):
    """The latest unsettled trouble; QML turns ``code`` into words. One error object is shown once."""

    changed = Signal()

    def __init__(self, retry: Callable[[Source, Remedy], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._retry = retry
        self._now: Trouble | None = None
        self._seen: dict[Source, KioskError] = {}

    def note(self, source: Source, error: KioskError | None) -> None:
        """``source`` has this error now, or none any more (which takes its banner away)."""
        if error is None:
            self._seen.pop(source, None)
            if self._now is not None and self._now.source is source:
                self._take(None)
        elif self._seen.get(source) is not error:
            self._seen[source] = error
            self._take(Trouble(source, error))

    def forget(self) -> None:
        self._take(None)

    def _take(self, trouble: Trouble | None) -> None:
        self._now = trouble
        self.changed.emit()

    @Slot()
    def dismiss(self) -> None:
        self._take(None)

    @Slot()
    def retry(self) -> None:
        trouble = self._now
        if trouble is not None:
            self._take(None)
            self._retry(trouble.source, trouble.remedy)

    @Property(str, notify=changed)
    def code(self) -> str:
        """A ``KioskErrorCode``'s value, or empty."""
        return self._now.error.code.value if self._now is not None else ""

    @Property(str, notify=changed)
    def source(self) -> str:
        return self._now.source.value if self._now is not None else ""

    @Property(str, notify=changed)
    def remedy(self) -> str:
        """``none``, ``again``, ``speak`` or ``write``."""
        return (self._now.remedy if self._now is not None else Remedy.NONE).value
