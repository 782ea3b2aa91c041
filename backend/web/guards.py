"""Host and Origin guards: a web page somewhere else must not reach this server through a browser on this machine.

aiohttp answers any ``Host`` (DNS rebinding) and upgrades a WebSocket from any ``Origin``.
"""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web
from yarl import URL

from backend.errors import Refusal
from shared.problems import ProblemCode

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - told apart here, not bound


class Guard:
    """Lets a request pass whose Host is ours and whose Origin, if any, is the same server's or an allowed one."""

    def __init__(self, bind_host: str, allowed_hosts: Iterable[str] = (), allowed_origins: Iterable[str] = ()) -> None:
        own = {bind_host.lower().strip("[]")} - _EVERYWHERE
        self._hosts = LOOPBACK_NAMES | own | {host.lower().strip("[]") for host in allowed_hosts}
        self._origins = frozenset(origin.lower().rstrip("/") for origin in allowed_origins)

    def check(self, request: web.Request) -> None:
        """Raises Refusal: foreign_host or foreign_origin."""
        named = request.headers.getall("Host", [])
        # request.host is what an absolute request target names, where there is one.
        if len(named) != 1 or not self._is_ours(named[0]) or not self._is_ours(request.host):
            raise Refusal(ProblemCode.FOREIGN_HOST)
        origins = request.headers.getall("Origin", [])
        if not origins:
            return
        origin = origins[0].lower()
        same = origin in (f"http://{named[0].lower()}", f"https://{named[0].lower()}")
        if len(origins) > 1 or not (same or origin in self._origins):
            raise Refusal(ProblemCode.FOREIGN_ORIGIN)

    def _is_ours(self, authority: str) -> bool:
        try:
            host = URL.build(scheme="http", authority=authority).host
        except ValueError:
            return False
        return host is not None and host.lower() in self._hosts
