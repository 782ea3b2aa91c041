"""How long the server waits for clients and for itself, in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """``json`` and ``upload``: for a whole body to arrive. ``handler``: for the work, engines included (they have their
    own, shorter limits). ``answer``: for the client to read the answer; aiohttp would wait for ever for all of them.
    """

    json: float = 10.0
    upload: float = 30.0
    handler: float = 60.0
    answer: float = 30.0
