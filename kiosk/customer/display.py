"""How the window looks to this customer: language and modes. They last through the order and no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DisplayView:
    language: Language
    large_text: bool = False
    high_contrast: bool = False
    low_screen: bool = False
    voice_guide: bool = False


@QmlElement
class DisplayModel(QObject):
    changed = Signal()

    def __init__(
        self,
        shop_language: Language,
        inches: float,
        bottom_mm: float,
        set_language: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        """The panel: its diagonal, and how high above the floor its lower edge hangs."""
        super().__init__(parent)
        self._first = DisplayView(shop_language)
        self._view = self._first
        self._inches = inches
        self._bottom_mm = bottom_mm
        self._set_language = set_language

    @property
    def view(self) -> DisplayView:
        return self._view

    def reset(self) -> None:
        """The next customer finds the shop's own language and look."""
        self._take(self._first)

    @Slot()
    def toggle_large_text(self) -> None:
        self._take(replace(self._view, large_text=not self._view.large_text))

    def enlarge(self) -> None:
        """Large letters, as somebody asked for by voice; once they are large they stay."""
        self._take(replace(self._view, large_text=True))

    @Slot()
    def toggle_high_contrast(self) -> None:
        self._take(replace(self._view, high_contrast=not self._view.high_contrast))

    @Slot()
    def toggle_low_screen(self) -> None:
        self._take(replace(self._view, low_screen=not self._view.low_screen))

    @Slot()
    def toggle_voice_guide(self) -> None:
        """Whether what takes the keys, or is touched, says itself."""
        self._take(replace(self._view, voice_guide=not self._view.voice_guide))

    @Slot(str)
    def speak(self, language: str) -> None:
        """``ko`` or ``en``."""
        self._take(replace(self._view, language=Language(language)))

    def _take(self, view: DisplayView) -> None:
        if view == self._view:
            return
        old, self._view = self._view, view
        if view.language is not old.language:
            self._set_language(view.language.value)
        self.changed.emit()

    @Property(str, notify=changed)
    def language(self) -> str:
        return self._view.language.value

    @Property(bool, notify=changed)
    def largeText(self) -> bool:
        return self._view.large_text

    @Property(bool, notify=changed)
    def highContrast(self) -> bool:
        return self._view.high_contrast

    @Property(bool, notify=changed)
    def lowScreen(self) -> bool:
        return self._view.low_screen

    @Property(bool, notify=changed)
    def voiceGuide(self) -> bool:
        return self._view.voice_guide

    @Property(float, constant=True)
    def panelInches(self) -> float:
        return self._inches

    @Property(float, constant=True)
    def panelBottomMm(self) -> float:
        return self._bottom_mm
