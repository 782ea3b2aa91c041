# ruff: noqa: E501, PLR0917
# Path data is one word, and places come as x, y, width, height.
"""What everything stands on: the room, the table, plates and stands by style, a vase."""

from __future__ import annotations

import math

from backend.external.offline.drawing.canvas import Canvas, mix, shade, tint

ViewBox = tuple[float, float, float, float]

SIZES = {"1:1": (768, 768), "4:3": (800, 600), "3:4": (600, 800), "16:9": (1024, 576), "9:16": (576, 1024)}
"""Pixels of each aspect ratio."""

# Lights behind: across, up (shares of the shorter side, from the middle of the horizon), radius, opacity.
_LIGHTS = (
    (-0.46, -0.3, 0.17, 0.5),
    (-0.2, -0.47, 0.11, 0.42),
    (0.08, -0.36, 0.2, 0.42),
    (0.4, -0.5, 0.13, 0.5),
    (0.52, -0.2, 0.1, 0.4),
    (-0.68, -0.12, 0.09, 0.4),
    (0.74, -0.4, 0.16, 0.36),
    (-0.8, -0.46, 0.14, 0.36),
)

FOOT = {"simple": 26.0, "grand": 66.0, "deluxe": 96.0}
"""How far a cake's stand raises it."""

CLOTH = {"simple": "#efe0cf", "grand": "#efe3d6", "deluxe": "#f2e8dc"}


def view_box(aspect_ratio: str, stage: ViewBox) -> ViewBox:
    """The smallest box of that ratio around ``stage``, with the spare height mostly above."""
    width, height = SIZES[aspect_ratio]
    x, y, w, h = stage
    if w / h < width / height:
        wide = h * width / height
        return (x - (wide - w) / 2, y, wide, h)
    high = w * height / width
    return (x, y - (high - h) * 0.66, w, high)


def room(canvas: Canvas, box: ViewBox, horizon: float, style: str, backdrop: str = "") -> None:
    """Wall with lights out of focus, and the table from ``horizon`` down; or one plain ground of colour ``backdrop``.

    Gradients run straight down only: round or slanted ones over the whole picture double the time that PNG takes.
    """
    x, y, w, h = box
    if backdrop:
        canvas.rect(
            x, y, w, h, canvas.linear([(0, tint(backdrop, 0.35)), (0.55, backdrop), (1, shade(backdrop, 0.09))])
        )
        return
    canvas.rect(x, y, w, horizon - y, canvas.linear([(0, "#faeee2"), (1, "#f6e6d6")]))
    unit = min(w, h)
    for dx, dy, r, opacity in _LIGHTS:
        canvas.ellipse(x + w / 2 + unit * dx, horizon + unit * dy, unit * r, unit * r, "#fffaf2", opacity=opacity)
    cloth = CLOTH.get(style, CLOTH["simple"])
    table = canvas.linear([(0, shade(cloth, 0.11)), (0.3, cloth), (1, shade(cloth, 0.1))])
    canvas.rect(x, horizon, w, y + h - horizon, table)
    canvas.rect(x, horizon - 1.5, w, 3, shade(cloth, 0.2), opacity=0.5)


def plate(canvas: Canvas, cx: float, cy: float, rx: float, ry: float, style: str) -> None:
    """A round plate seen from above at a slant; china with a rim in the finer styles."""
    canvas.shadow(cx + rx * 0.05, cy + ry * 0.28, rx * 1.18, ry * 1.22, 0.38)
    side = canvas.linear([(0, "#cdbba8"), (0.35, "#efe4d8"), (1, "#b9a58f")], x2=1, y2=0)
    canvas.ellipse(cx, cy + ry * 0.1, rx, ry, side)
    canvas.ellipse(cx, cy, rx, ry, canvas.linear([(0, "#f3ece3"), (0.5, "#ffffff"), (1, "#f1e8dd")], x2=1))
    rim = {"grand": "#a91d3a", "deluxe": "#c79a3b"}.get(style)
    if rim:
        canvas.ellipse(cx, cy, rx * 0.95, ry * 0.95, "none", stroke=rim, stroke_width=rx * 0.014, opacity=0.85)
    if style == "deluxe":
        canvas.ellipse(cx, cy, rx * 0.91, ry * 0.91, "none", stroke=rim or "#c79a3b", stroke_width=rx * 0.006)
    well = canvas.linear([(0, "#ded2c4"), (0.4, "#f6f0e8"), (1, "#ffffff")], x2=0.6)
    canvas.ellipse(cx, cy + ry * 0.02, rx * 0.74, ry * 0.72, well)
    canvas.ellipse(cx, cy + ry * 0.05, rx * 0.71, ry * 0.68, "#fdfaf6")


def heart_plate(canvas: Canvas, cx: float, cy: float, rx: float, ry: float) -> None:
    """The Valentine plate: a heart lying on the table."""
    canvas.shadow(cx + 6, cy + ry * 0.3, rx * 1.2, ry * 1.2, 0.36)

    def heart(dx: float, dy: float, k: float) -> str:
        a, b = rx * k, ry * k
        x, y = cx + dx, cy + dy
        return (
            f"M{x:.1f},{y + b:.1f} C{x - a * 0.55:.1f},{y + b * 0.62:.1f} {x - a * 1.12:.1f},{y + b * 0.1:.1f} "
            f"{x - a:.1f},{y - b * 0.42:.1f} C{x - a * 0.9:.1f},{y - b * 1.05:.1f} {x - a * 0.2:.1f},{y - b * 1.12:.1f} "
            f"{x:.1f},{y - b * 0.6:.1f} C{x + a * 0.2:.1f},{y - b * 1.12:.1f} {x + a * 0.9:.1f},{y - b * 1.05:.1f} "
            f"{x + a:.1f},{y - b * 0.42:.1f} C{x + a * 1.12:.1f},{y + b * 0.1:.1f} {x + a * 0.55:.1f},{y + b * 0.62:.1f} "
            f"{x:.1f},{y + b:.1f}Z"
        )

    canvas.path(heart(0, ry * 0.08, 1), canvas.linear([(0, "#8d1730"), (1, "#6d0f24")], x2=1))
    canvas.path(heart(0, 0, 1), canvas.linear([(0, "#d8435f"), (0.5, "#c22b4b"), (1, "#a91d3a")], x2=0.7))
    canvas.path(heart(0, ry * 0.01, 0.9), "none", stroke="#f3c9d1", stroke_width=2.5, opacity=0.8)
    canvas.path(heart(0, ry * 0.02, 0.78), canvas.linear([(0, "#a91d3a"), (1, "#c93552")], x2=0.6))


def stand(canvas: Canvas, cx: float, cy: float, rx: float, ry: float, style: str) -> float:
    """What a cake stands on; answers the y of the ground below it."""
    if style == "simple":
        board(canvas, cx, cy, rx, ry)
        return cy
    foot = FOOT[style]
    metal = "#c79a3b" if style == "deluxe" else "#d9cbbb"
    bottom = cy + foot
    canvas.shadow(cx + 10, bottom + 12, rx * 0.95, ry * 0.9, 0.42)
    canvas.ellipse(cx, bottom + 4, rx * 0.46, ry * 0.42, shade(metal, 0.25))
    shine = [(0, shade(metal, 0.3)), (0.3, tint(metal, 0.65)), (0.6, metal), (1, shade(metal, 0.35))]
    canvas.ellipse(cx, bottom - 2, rx * 0.46, ry * 0.42, canvas.linear(shine, x2=1, y2=0))
    stem = (
        f"M{cx - rx * 0.12:.1f},{cy} C{cx - rx * 0.1:.1f},{cy + foot * 0.5:.1f} {cx - rx * 0.1:.1f},{cy + foot * 0.6:.1f} "
        f"{cx - rx * 0.3:.1f},{bottom:.1f} A{rx * 0.3:.1f},{ry * 0.26:.1f} 0 0 0 {cx + rx * 0.3:.1f},{bottom:.1f} "
        f"C{cx + rx * 0.1:.1f},{cy + foot * 0.6:.1f} {cx + rx * 0.1:.1f},{cy + foot * 0.5:.1f} {cx + rx * 0.12:.1f},{cy}Z"
    )
    canvas.path(stem, canvas.linear(shine, x2=1, y2=0))
    canvas.ellipse(cx, cy + 12, rx, ry, canvas.linear(shine, x2=1, y2=0))
    canvas.ellipse(cx, cy, rx, ry, canvas.linear([(0, "#f2eae0"), (0.45, "#ffffff"), (1, "#efe5d9")], x2=1))
    edge = "#c79a3b" if style == "deluxe" else "#a91d3a"
    canvas.ellipse(cx, cy, rx * 0.972, ry * 0.972, "none", stroke=edge, stroke_width=4, opacity=0.8)
    return bottom


def board(canvas: Canvas, cx: float, cy: float, rx: float, ry: float) -> None:
    """A plain round board of light wood."""
    wood = "#d9b48a"
    canvas.shadow(cx + 12, cy + 30, rx * 1.16, ry * 1.2, 0.45)
    canvas.ellipse(cx, cy + 16, rx, ry, canvas.linear([(0, shade(wood, 0.28)), (1, shade(wood, 0.42))], x2=1, y2=0))
    canvas.ellipse(cx, cy, rx, ry, canvas.linear([(0, shade(wood, 0.05)), (0.4, tint(wood, 0.35)), (1, wood)], x2=1))
    for k in (0.9, 0.72, 0.5):
        canvas.ellipse(cx, cy, rx * k, ry * k, "none", stroke=shade(wood, 0.2), stroke_width=1.6, opacity=0.3)


def tray(canvas: Canvas, cx: float, cy: float, width: float, height: float) -> None:
    """The plain tray of the simple style, seen at a slant."""
    wood = "#cfa577"

    def quad(grow: float, dy: float) -> str:
        w, h, r = width / 2 + grow, height / 2 + grow * 0.6, 46
        back = w * 0.9
        return (
            f"M{cx - back + r:.1f},{cy - h + dy:.1f} H{cx + back - r:.1f} Q{cx + back:.1f},{cy - h + dy:.1f} "
            f"{cx + back + 6:.1f},{cy - h + r * 0.7 + dy:.1f} L{cx + w - 4:.1f},{cy + h - r * 0.7 + dy:.1f} "
            f"Q{cx + w:.1f},{cy + h + dy:.1f} {cx + w - r:.1f},{cy + h + dy:.1f} H{cx - w + r:.1f} "
            f"Q{cx - w:.1f},{cy + h + dy:.1f} {cx - w + 4:.1f},{cy + h - r * 0.7 + dy:.1f} "
            f"L{cx - back - 6:.1f},{cy - h + r * 0.7 + dy:.1f} Q{cx - back:.1f},{cy - h + dy:.1f} "
            f"{cx - back + r:.1f},{cy - h + dy:.1f}Z"
        )

    canvas.shadow(cx + 8, cy + 26, width * 0.6, height * 0.66, 0.4)
    canvas.path(quad(0, 16), canvas.linear([(0, shade(wood, 0.3)), (1, shade(wood, 0.5))], x2=1, y2=0))
    canvas.path(quad(0, 0), canvas.linear([(0, shade(wood, 0.12)), (0.4, tint(wood, 0.28)), (1, wood)], x2=0.7))
    canvas.path(quad(-20, 3), canvas.linear([(0, shade(wood, 0.26)), (0.2, shade(wood, 0.06)), (1, tint(wood, 0.2))]))


def cloth(canvas: Canvas, cx: float, cy: float, width: float, height: float, linen: bool) -> None:
    """A place mat: cotton, or linen with an embroidered edge."""
    base = "#fbf6ee" if linen else "#f4ece0"
    edge = "#c79a3b" if linen else "#a91d3a"
    w, h = width / 2, height / 2

    def quad(k: float, dy: float = 0) -> str:
        a, b = w * k, h * (k if k == 1 else k - 0.02)
        return (
            f"M{cx - a * 0.9:.1f},{cy - b + dy:.1f} L{cx + a * 0.9:.1f},{cy - b + dy:.1f} "
            f"L{cx + a:.1f},{cy + b + dy:.1f} L{cx - a:.1f},{cy + b + dy:.1f}Z"
        )

    canvas.path(quad(1, 7), "#3b1d10", opacity=0.16)
    canvas.path(quad(1), canvas.linear([(0, shade(base, 0.06)), (0.45, base), (1, shade(base, 0.09))], x2=0.6))
    canvas.path(
        quad(0.965), "none", stroke=edge, stroke_width=3, opacity=0.55, stroke_dasharray="none" if linen else "12 8"
    )


def vase(canvas: Canvas, x: float, y: float, scale: float = 1) -> None:
    """A small vase with three flowers; (x, y) is where it stands."""
    canvas.shadow(x + 8 * scale, y, 62 * scale, 18 * scale, 0.38)
    canvas.open_group(f"translate({x:.1f},{y:.1f}) scale({scale:.3f})")
    for dx, top, bend in ((-34, -228, -20), (30, -214, 18), (0, -262, 4)):
        canvas.path(f"M0,-90 Q{bend},{top / 1.6:.0f} {dx},{top}", "none", stroke="#5d7f4a", stroke_width=5)
        canvas.path(
            f"M{bend * 0.4:.0f},-130 q{26 if dx >= 0 else -26},-26 {44 if dx >= 0 else -44},-14 q-6,24 {-44 if dx >= 0 else 44},14Z",
            "#739a5c",
        )
    glass = [(0, "#b7c9cc"), (0.25, "#f4fafa"), (0.55, "#d5e3e4"), (1, "#9fb5b9")]
    body = "M-17,-118 C-15,-96 -40,-72 -40,-42 C-40,-14 -26,0 0,2 C26,0 40,-14 40,-42 C40,-72 15,-96 17,-118Z"
    canvas.path(body, canvas.linear(glass, x2=1, y2=0))
    canvas.ellipse(0, -118, 17, 5, "#c3d3d6")
    canvas.path(
        "M-27,-50 C-29,-34 -24,-18 -14,-12",
        "none",
        stroke="#ffffff",
        stroke_width=5,
        opacity=0.8,
        stroke_linecap="round",
    )
    for dx, top, colour in ((-34, -228, "#d8435f"), (30, -214, "#f0a7b4"), (0, -262, "#a91d3a")):
        bloom(canvas, dx, top, 34, colour)
    canvas.close_group()


def bloom(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """One rose: five outer petals, an inner turn."""
    petal = canvas.radial([(0, tint(colour, 0.35)), (0.7, colour), (1, shade(colour, 0.25))], cx=0.4, cy=0.35, r=0.75)
    for k in range(5):
        angle = math.tau * k / 5 - math.pi / 2
        canvas.ellipse(x + math.cos(angle) * r * 0.45, y + math.sin(angle) * r * 0.45, r * 0.56, r * 0.56, petal)
    for k in range(3):
        angle = math.tau * k / 3 + 0.6
        inner = mix(colour, shade(colour, 0.5), 0.25 + 0.15 * k)
        canvas.ellipse(x + math.cos(angle) * r * 0.16, y + math.sin(angle) * r * 0.16, r * 0.34, r * 0.3, inner)
    canvas.ellipse(x, y, r * 0.17, r * 0.15, shade(colour, 0.4))
