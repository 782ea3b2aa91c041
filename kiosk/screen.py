"""Where the window appears: the screen, or a VNC server where there is none. Decided before Qt is loaded."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

import structlog

logger = structlog.get_logger(__name__)

PORTS_TRIED = 20


@dataclass(frozen=True, slots=True)
class VncScreen:
    """Qt's VNC server as it was asked for. ``public``: reachable from other machines, without a password."""

    port: int
    width: int
    height: int
    public: bool

    @property
    def address(self) -> str:
        return f"vnc://{'0.0.0.0' if self.public else '127.0.0.1'}:{self.port}"  # noqa: S104 -- told, not bound


def choose_screen(
    environment: MutableMapping[str, str], width: int, height: int, first_port: int, *, public: bool
) -> VncScreen | None:
    """Set ``QT_QPA_PLATFORM`` to VNC where nothing else was chosen and Linux shows no screen; None otherwise.

    Raises:
        OSError: none of the ports from ``first_port`` on is free.
    """
    chosen = environment.get("QT_QPA_PLATFORM")
    if chosen is not None:
        if chosen.partition(":")[0] in {"offscreen", "minimal", "vnc"}:
            environment.setdefault("QT_QUICK_BACKEND", "software")
        return None
    if sys.platform != "linux" or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return None
    screen = VncScreen(_free_port(first_port), width, height, public)
    environment["QT_QPA_PLATFORM"] = f"vnc:size={width}x{height}:port={screen.port}"
    environment.setdefault("QT_QUICK_BACKEND", "software")
    return screen


def confine_to_this_machine(port: int) -> bool:
    """Qt's VNC server listens on every address and asks for no password: bind its socket to the loopback device.

    Call after the QGuiApplication was made. Answers whether it is confined now.
    """
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError, ValueError), socket.socket(fileno=os.dup(int(entry.name))) as candidate:
            if candidate.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) and candidate.getsockname()[1] == port:
                candidate.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo\0")
                return True
    logger.warning("vnc server is reachable from other machines", port=port)
    return False


def _free_port(first: int) -> int:
    for port in range(first, min(first + PORTS_TRIED, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {first} on")
