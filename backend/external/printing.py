"""Paper: what a slip looks like, where it is printed, and why it was not. An interface; the adapter is ``escpos/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import parse_qs, urlsplit


class Size(StrEnum):
    """Height of letters on paper: 3, 4, 5 and 15 mm."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    HUGE = "huge"


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph; ``right`` stands at the right edge of its last line. ``inverse``: white on black."""

    text: str
    right: str = ""
    size: Size = Size.NORMAL
    strong: bool = False
    centred: bool = False
    inverse: bool = False


Slip = tuple[Row | None, ...]
"""A piece of paper from top to bottom; None is a ruled line."""


class PrinterTrouble(StrEnum):
    """Why nothing was printed, or why nobody knows whether it was (``UNCONFIRMED``)."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    NOT_PERMITTED = "not_permitted"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    NOT_READY = "not_ready"
    UNCONFIRMED = "unconfirmed"
    MISCONFIGURED = "misconfigured"
    BROKEN = "broken"


class PrinterFailed(Exception):
    """The slip was not printed, as far as anybody knows."""

    def __init__(self, trouble: PrinterTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class SlipPrinter(Protocol):
    async def print_slip(self, slip: Slip) -> None:
        """Print and cut, in bounded time.

        Raises:
            PrinterFailed
        """
        ...


class DeviceKind(StrEnum):
    TCP = "tcp"
    FILE = "file"
    SERIAL = "serial"
    USB = "usb"


@dataclass(frozen=True, slots=True)
class PrinterDevice:
    """``where``: a host, a path, or a vendor's number. ``number``: TCP port, baud rate, or a product's number."""

    kind: DeviceKind
    where: str
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> PrinterDevice:
        """``tcp://host[:9100]``, ``file:///dev/usb/lp0``, ``serial:///dev/ttyS0[?baud=9600]`` or ``usb://04b8:0e15``.

        Raises:
            ValueError: it is none of these.
        """
        if match := re.fullmatch(r"usb://([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", text):
            return cls(DeviceKind.USB, match[1], int(match[2], 16))
        parts = urlsplit(text)
        if parts.scheme == "tcp" and parts.hostname and parts.path in ("", "/"):
            return cls(DeviceKind.TCP, parts.hostname, parts.port or 9100)
        if parts.scheme in ("file", "serial") and not parts.netloc and parts.path.startswith("/"):
            baud = parse_qs(parts.query).get("baud", ["9600"])[0]
            return cls(DeviceKind(parts.scheme), parts.path, int(baud) if parts.scheme == "serial" else 0)
        raise ValueError("tcp://host:9100, file:///dev/usb/lp0, serial:///dev/ttyS0?baud=9600 or usb://04b8:0e15")
