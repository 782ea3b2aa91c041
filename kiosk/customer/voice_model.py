"""The voice button, what was heard and what is said."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceSnapshot
from shared import limits

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ChipRow:
    code: str
    name: str


class ChipList(RowList[ChipRow]):
    row_type = ChipRow
    key = "code"


@QmlElement
class VoiceModel(QObject):
    """``state``: idle, listening, thinking or speaking. The level moves often: it has its own signal."""

    changed = Signal()
    levelChanged = Signal()
    hearingChanged = Signal()

    def __init__(self, voice: Talk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice = voice
        self._view = voice.snapshot
        self._chips = ChipList(self)
        self._hears = True
        self._others: tuple[str, ...] = ()

    def show(self, view: VoiceSnapshot) -> None:
        old, self._view = self._view, view
        self._chips.show([ChipRow(chip.code, chip.name) for chip in view.chips])
        if view.level != old.level:
            self.levelChanged.emit()
        if _shown(view) != _shown(old):
            self.changed.emit()

    def show_hearing(self, *, hears: bool, others: tuple[str, ...]) -> None:
        """Whether the microphone's language is understood, and which of the window's other languages are."""
        if (hears, others) != (self._hears, self._others):
            self._hears, self._others = hears, others
            self.hearingChanged.emit()

    @Slot(str)
    def say(self, text: str) -> None:
        """A typed or corrected sentence; nothing but blanks is not one."""
        sentence = text.strip()[: limits.MAX_TRANSCRIPT_CHARS]
        if sentence:
            self._voice.say(sentence)

    @Slot(str)
    def announce(self, text: str) -> None:
        self._voice.announce(text)

    @Slot()
    def repeat(self) -> None:
        self._voice.repeat()

    @Slot()
    def hush(self) -> None:
        self._voice.hush()

    @Slot()
    def cancel(self) -> None:
        self._voice.cancel()

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._view.state.value

    @Property(bool, notify=changed)
    def open(self) -> bool:
        """The microphone records, whatever the state."""
        return self._view.open

    @Property(bool, notify=changed)
    def pausing(self) -> bool:
        """The customer has just fallen silent."""
        return self._view.pausing

    @Property(float, notify=levelChanged)
    def level(self) -> float:
        return self._view.level

    @Property(str, notify=changed)
    def transcript(self) -> str:
        return self._view.transcript

    @Property(str, notify=changed)
    def caption(self) -> str:
        return self._view.caption

    @Property(bool, notify=hearingChanged)
    def hears(self) -> bool:
        return self._hears

    @Property(bool, notify=hearingChanged)
    def hearsOther(self) -> bool:
        """Another language of the window would be understood."""
        return bool(self._others)

    @Property(QObject, constant=True)
    def chips(self) -> ChipList:
        return self._chips


def _shown(view: VoiceSnapshot) -> tuple[object, ...]:
    return view.state, view.open, view.pausing, view.transcript, view.caption
