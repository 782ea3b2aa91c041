"""SVG to PNG by resvg, in the child process (see ``worker``): it holds the GIL while it draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import resvg_py


def draw(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: an SVG document as payload, ``font`` the path of the one font -> PNG of the document's own size."""
    return {}, resvg_py.svg_to_bytes(
        svg_string=payload.decode(),
        font_files=[request["font"]],
        font_family="Pretendard",
        sans_serif_family="Pretendard",
        skip_system_fonts=True,
    )
