"""Speech that came as samples, encoded in the child process (see ``worker``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.external.offline import audio_codec


def encode(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: ``rate`` (Hz), ``format`` (mp3, wav, opus), mono 16 bit samples as payload -> encoded speech."""
    return {}, audio_codec.encode(payload, request["rate"], request["format"])
