"""BackendClient: the backend over HTTP."""

from __future__ import annotations

from kiosk.api.backend import Backend
from kiosk.api.link import BackendLink


class BackendClient(Backend):
    """See ``kiosk.api.backend.Backend`` for the calls."""

    def __init__(self, link: BackendLink, device_id: str) -> None: ...

    async def close(self) -> None: ...
