"""How a drawing is lit and how near the camera is: nothing that anybody eats."""

from __future__ import annotations

from dataclasses import dataclass

from backend.external.offline.drawing.canvas import Canvas
from backend.external.offline.drawing.scene import ViewBox

_NEARER = 0.86
_FURTHER = 1.14
_WARM, _COOL = "#ff9d3c", "#6fa8ff"


@dataclass(frozen=True, slots=True)
class Scenery:
    """``backdrop`` is a colour ``#rrggbb`` or empty (the shop's room); the others count steps, 0 as it is."""

    backdrop: str = ""
    warmth: int = 0
    light: int = 0
    zoom: int = 0


PLAIN_DAY = Scenery()


def nearer(box: ViewBox, zoom: int) -> ViewBox:
    """The part of ``box`` that a camera sees ``zoom`` steps nearer; what is served stays in the middle."""
    x, y, w, h = box
    k = _NEARER**zoom if zoom >= 0 else _FURTHER**-zoom
    return x + w * (1 - k) / 2, y + h * (1 - k) * 0.6, w * k, h * k


def light_on(canvas: Canvas, box: ViewBox, scenery: Scenery) -> None:
    """A veil of light over everything, as a lamp of another colour would lay it."""
    for steps, up, down, strength in (
        (scenery.warmth, _WARM, _COOL, 0.085),
        (scenery.light, "#ffffff", "#2b1a12", 0.12),
    ):
        if steps:
            canvas.rect(*box, up if steps > 0 else down, opacity=strength * abs(steps))
