"""Headers that every answer carries."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from multidict import CIMultiDict

REQUEST_ID_HEADER = "X-Request-ID"
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    # aiohttp has named itself and the Python version by now.
    "Server": "mallo",
}
_UNLESS_SET = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def request_id_of(headers: Mapping[str, str]) -> str:
    """The caller's own id, so that a kiosk's log and ours can be laid side by side; a made one if it is not sane."""
    given = headers.get(REQUEST_ID_HEADER, "")
    return given if _SANE_ID.fullmatch(given) else secrets.token_hex(8)


def harden(headers: CIMultiDict[str], request_id: str) -> None:
    """Add what is missing, in place."""
    headers.update(_FIXED)
    for name, value in _UNLESS_SET.items():
        headers.setdefault(name, value)
    headers[REQUEST_ID_HEADER] = request_id
