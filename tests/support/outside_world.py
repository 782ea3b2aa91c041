"""Keeps a test run on this machine."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection
from typing import Any


class OutsideWorld(RuntimeError):
    """A test tried to reach another machine."""


def stay_at_home(places: Collection[tuple[str, int]]) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook. Of other machines only the hosts of ``places`` may be looked up, and only their ports reached."""
    hosts = {host for host, _ in places}
    ports = {port for _, port in places}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            address = arguments[1]
            if not isinstance(address, tuple) or _is_loopback(str(address[0])):
                return
            if event == "socket.sendto" or address[1] not in ports:
                raise OutsideWorld(f"{event} to {address}")
        elif event == "socket.getaddrinfo":
            host = arguments[0]
            name = host.decode() if isinstance(host, bytes) else str(host)
            if host and not _is_loopback(name) and name not in hosts:
                raise OutsideWorld(f"{event} of {host}")

    return hook


def _is_loopback(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
