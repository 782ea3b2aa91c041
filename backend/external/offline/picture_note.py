"""What a picture of our own shows, written into the PNG itself: whoever has the picture can have it changed.

A PNG's ``tEXt`` chunk (W3C PNG, 11.3.3) behind the header. It comes back from outside, so it is read as an upload is.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from backend.domain.order import Cake, Item

KEYWORD = b"mallo"
LONGEST = 4096
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = 8 + 25


@dataclass(frozen=True, slots=True)
class Setting:
    """How an item is shown: nothing that anybody eats.

    ``backdrop`` is empty (the shop's room), ``plain`` or a colour of ``looks.COLOURS``; ``warmth`` and ``light`` go
    from -3 to 3, ``zoom`` from -2 to 3.
    """

    backdrop: str = ""
    warmth: int = 0
    light: int = 0
    zoom: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """An item and its setting: the whole spec of a drawing."""

    item: Item
    setting: Setting = Setting()


def with_note(png: bytes, shown: Shown) -> bytes:
    """``png`` with the note; the same spec gives the same bytes."""
    item = asdict(shown.item)
    text = json.dumps({"item": item, "setting": asdict(shown.setting)}, sort_keys=True, separators=(",", ":"))
    data = KEYWORD + b"\0" + text.encode("ascii")
    chunk = struct.pack(">I", len(data)) + b"tEXt" + data + struct.pack(">I", zlib.crc32(b"tEXt" + data))
    return png[:_HEADER_END] + chunk + png[_HEADER_END:]


def read_note(content: bytes) -> Shown | None:
    """The note of one of our own pictures; None for any other. The item may be one that is not sold."""
    if not content.startswith(_SIGNATURE) or content[_HEADER_END + 4 : _HEADER_END + 8] != b"tEXt":
        return None
    size = int.from_bytes(content[_HEADER_END : _HEADER_END + 4])
    data = content[_HEADER_END + 8 : _HEADER_END + 8 + min(size, LONGEST)]
    keyword, _, text = data.partition(b"\0")
    if keyword != KEYWORD or size > LONGEST:
        return None
    try:
        return _shown(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _shown(told: Mapping[str, Any]) -> Shown:
    item, setting = told["item"], told["setting"]
    cake = item["cake"]
    counts = {str(code)[:40]: int(count) for code, count in item["customization"].items()}
    return Shown(
        Item(
            str(item["menu_code"])[:40],
            None if item["style"] is None else str(item["style"])[:40],
            1,
            counts,
            Cake(str(cake["flavour"]), str(cake["colour"]), int(cake["tiers"]), str(cake["lettering"]))
            if cake
            else None,
        ),
        Setting(
            str(setting["backdrop"])[:20],
            _within(setting["warmth"], -3, 3),
            _within(setting["light"], -3, 3),
            _within(setting["zoom"], -2, 3),
        ),
    )


def _within(value: object, least: int, most: int) -> int:
    return min(max(int(str(value)), least), most)
