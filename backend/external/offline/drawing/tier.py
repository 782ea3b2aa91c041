# ruff: noqa: PLR0917
# Path data is one word, and places come as x, y, width, height.
"""One tier of a cake as a cylinder at a slant, whole or with a slice taken out so that its layers show."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from backend.external.offline.drawing.canvas import Canvas, mix, number, shade, tint
from backend.external.offline.drawing.lettering import lightness

SLICE = (32.0, 112.0)
"""Degrees from right (0) towards the viewer (90) between which the slice is missing."""
FLATTEN = 0.33
"""Height of a circle on the table by its width."""

Layer = tuple[float, str, str]
"""Weight, colour, texture (``crumb``, ``smooth``, ``fruit``) from the top down."""


@dataclass(frozen=True, slots=True)
class Tier:
    """``x``, ``y`` the centre of its top; ``radius`` and ``height`` in units; ``coat`` its colour outside."""

    x: float
    y: float
    radius: float
    height: float
    coat: str
    layers: tuple[Layer, ...] = ()
    sliced: bool = False
    gloss: bool = False

    @property
    def ry(self) -> float:
        return self.radius * FLATTEN

    def point(self, degrees: float, reach: float = 1, drop: float = 0) -> tuple[float, float]:
        """A point on the top (``reach`` 0 centre, 1 rim), ``drop`` units below it."""
        angle = math.radians(degrees)
        return (
            self.x + self.radius * reach * math.cos(angle),
            self.y + self.ry * reach * math.sin(angle) + drop,
        )

    @property
    def front_arcs(self) -> tuple[tuple[float, float], ...]:
        """Visible parts of the side, as angles from left to right."""
        return ((180, SLICE[1]), (SLICE[0], 0)) if self.sliced else ((180, 0),)

    @property
    def free_degrees(self) -> tuple[float, float]:
        """Where toppings may stand: from and to, clockwise on the screen."""
        return (SLICE[1] + 7, 360 + SLICE[0] - 7) if self.sliced else (-90, 270)


def draw_tier(canvas: Canvas, tier: Tier) -> None:
    if tier.sliced:
        _inside(canvas, tier)
    side = canvas.linear(_around(tier), x2=1, y2=0)
    for start, end in tier.front_arcs:
        _side(canvas, tier, start, end, side)
    _top(canvas, tier)


def _around(tier: Tier) -> list[tuple[float, str]]:
    coat = tier.coat
    return [
        (0, shade(coat, 0.2)),
        (0.12, coat),
        (0.3, _lit(coat, 0.55)),
        (0.52, coat),
        (0.8, shade(coat, 0.13)),
        (1, shade(coat, 0.34)),
    ]


def _lit(coat: str, share: float) -> str:
    """``coat`` where the light falls; dark coats keep their colour and do not turn grey."""
    return tint(coat, share * (0.3 + 0.7 * lightness(coat)))


def _side(canvas: Canvas, tier: Tier, start: float, end: float, paint: str) -> None:
    # The gradient spans the shape's own box, so a part of the side is painted as the whole and cut to its angles.
    (x1, y1), (x2, y2) = tier.point(start), tier.point(end)
    h, r, ry = tier.height, number(tier.radius), number(tier.ry)
    if (start, end) != (180, 0):
        coat = tier.coat
        left = start == 180
        stops = (
            [(0.0, shade(coat, 0.2)), (0.35, coat), (0.8, _lit(coat, 0.5)), (1.0, _lit(coat, 0.3))]
            if left
            else [(0.0, shade(coat, 0.12)), (1.0, shade(coat, 0.34))]
        )
        paint = canvas.linear(stops, x2=1, y2=0)
    d = (
        f"M{number(x1)},{number(y1)} L{number(x1)},{number(y1 + h)} A{r},{ry} 0 0 0 {number(x2)},{number(y2 + h)} "
        f"L{number(x2)},{number(y2)} A{r},{ry} 0 0 1 {number(x1)},{number(y1)}Z"
    )
    canvas.path(d, paint)
    below = canvas.linear([(0, "#3b1d10", 0), (0.7, "#3b1d10", 0.02), (1, "#3b1d10", 0.2)])
    canvas.path(d, below)


def _top(canvas: Canvas, tier: Tier) -> None:
    coat, r, ry = tier.coat, number(tier.radius), number(tier.ry)
    paint = canvas.linear([(0, shade(coat, 0.06)), (0.4, _lit(coat, 0.7)), (1, coat)])
    if tier.sliced:
        (ax, ay), (bx, by) = tier.point(SLICE[0]), tier.point(SLICE[1])
        d = f"M{number(tier.x)},{number(tier.y)} L{number(ax)},{number(ay)} A{r},{ry} 0 1 0 {number(bx)},{number(by)}Z"
        canvas.path(d, paint)
        canvas.path(d, "none", stroke=_lit(coat, 0.8), stroke_width=3, stroke_linejoin="round", opacity=0.75)
    else:
        canvas.ellipse(tier.x, tier.y, tier.radius, tier.ry, paint)
        canvas.ellipse(tier.x, tier.y + 1, tier.radius - 2, tier.ry - 1, "none", stroke=_lit(coat, 0.8), stroke_width=3)
    if tier.gloss:
        gleam = canvas.radial([(0, "#ffffff", 0.4), (1, "#ffffff", 0)])
        canvas.ellipse(tier.x - tier.radius * 0.32, tier.y - tier.ry * 0.3, tier.radius * 0.42, tier.ry * 0.4, gleam)


def _inside(canvas: Canvas, tier: Tier) -> None:
    (ax, ay), (bx, by) = tier.point(SLICE[0], drop=tier.height), tier.point(SLICE[1], drop=tier.height)
    r, ry = number(tier.radius), number(tier.ry)
    floor = (
        f"M{number(tier.x)},{number(tier.y + tier.height)} L{number(bx)},{number(by)} "
        f"A{r},{ry} 0 0 0 {number(ax)},{number(ay)}Z"
    )
    canvas.path(floor, "#3b1d10", opacity=0.26)
    for degrees, dark in ((SLICE[0], 0.0), (SLICE[1], 0.22)):
        _face(canvas, tier, degrees, dark)


def _face(canvas: Canvas, tier: Tier, degrees: float, dark: float) -> None:
    (cx, cy), (px, py) = (tier.x, tier.y), tier.point(degrees)

    def at(u: float, v: float) -> tuple[float, float]:
        return cx + (px - cx) * u, cy + (py - cy) * u + tier.height * v

    def band(v0: float, v1: float, u0: float = 0) -> str:
        corners = (at(u0, v0), at(1, v0), at(1, v1), at(u0, v1))
        return "M" + " L".join(f"{number(x)},{number(y)}" for x, y in corners) + "Z"

    total = sum(weight for weight, _, _ in tier.layers)
    v = 0.0
    for index, (weight, colour, texture) in enumerate(tier.layers):
        end = v + weight / total
        canvas.path(band(v, end), mix(colour, "#3b1d10", dark), stroke=mix(colour, "#3b1d10", dark), stroke_width=0.6)
        if texture != "smooth":
            _texture(canvas, at, (v, end), (colour, texture), index, dark)
        v = end
    coat = mix(tier.coat, "#3b1d10", dark)
    canvas.path(band(0, 1, 0.962), coat)
    inner, outer = (0, 1) if px > cx else (1, 0)
    depth = canvas.linear([(0, "#3b1d10", 0.3), (0.5, "#3b1d10", 0.06), (1, "#3b1d10", 0)], x1=inner, x2=outer, y2=0)
    canvas.path(band(0, 1), depth)


def _texture(
    canvas: Canvas,
    at: Callable[[float, float], tuple[float, float]],
    span: tuple[float, float],
    layer: tuple[str, str],
    seed: int,
    dark: float,
) -> None:
    (start, end), (colour, texture) = span, layer
    if texture == "fruit":
        for k in range(6):
            x, y = at(0.12 + k * 0.145, (start + end) / 2)
            canvas.ellipse(x, y, 15, 8, mix("#d8293f", "#3b1d10", dark))
            canvas.ellipse(x, y, 8, 4, mix("#f7a9a4", "#3b1d10", dark))
        return
    for k in range(34):
        u, w = (k * 0.618034 + seed * 0.37) % 1, (k * 0.754878 + seed * 0.21) % 1
        x, y = at(0.03 + u * 0.91, start + (end - start) * (0.1 + w * 0.8))
        tone = shade(colour, 0.2) if k % 3 else tint(colour, 0.5)
        canvas.ellipse(x, y, 2.2 + k % 3, 1.3 + k % 2 * 0.6, mix(tone, mix(colour, "#3b1d10", dark), 0.4))
