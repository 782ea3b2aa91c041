"""What the studio shows, as frozen rows made of the backend's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from shared.catalogue import Menu
from shared.studio import Card, StudioVersion
from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class GalleryRow:
    """The newest version of one picture. ``live``: a menu card shows a version of it."""

    picture_id: str
    picture: str
    name: str
    number: int
    chosen: bool
    live: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version; ``time`` is local, ``HH:MM``. ``live``: its menu's card shows it now."""

    version_id: str
    number: int
    kind: str
    picture: str
    wish: str
    by: str
    time: str
    chosen: bool
    live: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class MenuRow:
    code: str
    name: str
    chosen: bool


@QmlElement
class GalleryModel(RowList[GalleryRow]):
    row_type = GalleryRow
    key = "picture_id"


@QmlElement
class VersionModel(RowList[VersionRow]):
    row_type = VersionRow
    key = "version_id"


@QmlElement
class StudioMenuModel(RowList[MenuRow]):
    row_type = MenuRow
    key = "code"


def name_of(code: str | None, menus: Sequence[Menu], language: str) -> str:
    """The menu's name in the window's language; empty for a picture of no menu."""
    menu = next((menu for menu in menus if menu.code == code), None)
    if menu is None:
        return ""
    return menu.name.ko if language == Language.KO.value else menu.name.en


def live_ids(cards: Mapping[str, Card]) -> frozenset[str]:
    """Versions that a menu card shows now."""
    return frozenset(card.live.version_id for card in cards.values() if card.live and card.live.version_id)


def version_rows(
    versions: Sequence[StudioVersion], chosen: str, live: frozenset[str], urls: Mapping[str, str]
) -> list[VersionRow]:
    """Newest first."""
    return [
        VersionRow(
            version_id=version.id,
            number=version.number,
            kind=version.kind.value,
            picture=urls.get(version.content, ""),
            wish=version.wish,
            by=version.created_by,
            time=version.created_at.astimezone().strftime("%H:%M"),
            chosen=version.id == chosen,
            live=version.id in live,
            refused=version.refused,
        )
        for version in reversed(versions)
    ]
