"""The keyboard on the screen: a kiosk has no other. Korean two-set and Latin layouts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.customer import hangul
from kiosk.customer.hangul import Syllable

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1

_DIGITS: Final = "1234567890"
_KOREAN: Final = (_DIGITS, "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_KOREAN_SHIFT: Final = (_DIGITS, "ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_LATIN: Final = (_DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LATIN_SHIFT: Final = (_DIGITS, "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")


@dataclass(frozen=True, slots=True)
class Draft:
    """``done`` is finished text, ``now`` the syllable being composed; the cursor is always at the end."""

    done: str = ""
    now: Syllable = field(default_factory=Syllable)

    @property
    def text(self) -> str:
        return self.done + self.now.text


@QmlElement
class KeyboardModel(QObject):
    """``open`` with a text and its limit; the window reads ``text`` when the customer is done."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = Draft()
        self._purpose = ""
        self._korean = True
        self._shift = False
        self._most = 1000
        self._fresh = False

    def close(self) -> None:
        """Forget the text: it may be somebody's words."""
        self._draft, self._purpose, self._shift = Draft(), "", False
        self.changed.emit()

    @Slot(str, str, int, bool)
    def open(self, purpose: str, text: str, most: int, korean: bool) -> None:
        """``purpose``: ``sentence`` or ``lettering``; ``most`` characters at most.

        ``text`` is ``fresh``: the first key takes its place, unless ``keep`` says that it is to be corrected.
        """
        self._draft, self._purpose, self._most = Draft(text[:most]), purpose, most
        self._korean, self._shift, self._fresh = korean, False, bool(text)
        self.changed.emit()

    @Slot()
    def keep(self) -> None:
        """The customer goes on with the text that is there."""
        if self._fresh:
            self._fresh = False
            self.changed.emit()

    @Slot()
    def dismiss(self) -> None:
        self.close()

    @Slot(str)
    def press(self, key: str) -> None:
        """One key: a jamo is composed, anything else is taken as it is."""
        draft = Draft() if self._fresh else self._draft
        if hangul.is_jamo(key):
            finished, now = hangul.press(draft.now, key)
            draft = Draft(draft.done + finished, now)
        else:
            draft = Draft(draft.text + key)
        self._shift = self._fresh = False
        if len(draft.text) <= self._most:
            self._draft = draft
        self.changed.emit()

    @Slot(str)
    def write(self, text: str) -> None:
        """What a real keyboard made of the text."""
        if text != self._draft.text:
            self._draft = Draft(text[: self._most])
            self._fresh = False
            self.changed.emit()

    @Slot()
    def erase(self) -> None:
        if self._fresh:
            self._draft = Draft()
        elif self._draft.now.text:
            self._draft = Draft(self._draft.done, hangul.erase(self._draft.now))
        else:
            self._draft = Draft(self._draft.done[:-1])
        self._fresh = False
        self.changed.emit()

    @Slot()
    def clear(self) -> None:
        self._draft, self._fresh = Draft(), False
        self.changed.emit()

    @Slot()
    def shift(self) -> None:
        self._shift = not self._shift
        self.changed.emit()

    @Slot()
    def switch_script(self) -> None:
        self._korean, self._shift = not self._korean, False
        self._draft = Draft(self._draft.text)
        self.changed.emit()

    @Property(str, notify=changed)
    def text(self) -> str:
        return self._draft.text

    @Property(str, notify=changed)
    def purpose(self) -> str:
        return self._purpose

    @Property(bool, notify=changed)
    def fresh(self) -> bool:
        """The whole text is marked, to be replaced."""
        return self._fresh

    @Property(bool, notify=changed)
    def korean(self) -> bool:
        return self._korean

    @Property(bool, notify=changed)
    def shifted(self) -> bool:
        return self._shift

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type]  # qmllint knows no "list"
    def rows(self) -> list[str]:
        """Each row as the string of its keys."""
        if self._korean:
            return list(_KOREAN_SHIFT if self._shift else _KOREAN)
        return list(_LATIN_SHIFT if self._shift else _LATIN)
