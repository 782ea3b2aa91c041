"""What an encoded picture is, read from its first bytes without decoding it.

A picture of 480 KiB may unfold to a gigabyte; nothing here follows its size.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 8 * 1024 * 1024
MAX_SIDE = 8_192
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """``mime_type`` as the bytes tell it, not as their sender does; sizes in pixels."""

    mime_type: str
    width: int
    height: int


def read_picture(content: bytes) -> PictureHeader | None:
    """What ``content`` is; None where it is no PNG, JPEG or WebP of at most 8 MB and 8,192 pixels a side."""
    if len(content) > MAX_BYTES:
        return None
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        found, mime_type = _png(content), "image/png"
    elif content.startswith(b"\xff\xd8\xff"):
        found, mime_type = _jpeg(content), "image/jpeg"
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        found, mime_type = _webp(content), "image/webp"
    else:
        return None
    if found is None or not all(1 <= side <= MAX_SIDE for side in found):
        return None
    return PictureHeader(mime_type, *found)


def _png(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Segments up to the one that holds the size (ITU T.81, annex B)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in _STANDALONE:
            at += 2
            continue
        if marker in _START_OF_FRAME:
            if at + 9 > len(content):
                return None
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4]))
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    """The first chunk of each of the three kinds (RFC 9649)."""
    kind, data = content[12:16], content[20:30]
    if len(data) < 10:
        return None
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L" and data[0] == 0x2F:
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
    return None
