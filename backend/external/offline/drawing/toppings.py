"""What lies on a cake. Each is a symbol whose origin is where it touches the cake; about 60 units wide."""

from __future__ import annotations

import math

from backend.external.offline.drawing.canvas import Canvas, ellipse, mix, path, shade, tint

MACARON_COLOURS = ("#f2a9b8", "#b9d8a4", "#f4d58d", "#c9b3e3", "#e8b48f")
FLOWER_COLOURS = ("#e8899c", "#f7d9de", "#c2415c", "#f5c98a")
CANDLE_COLOURS = ("#f2a9b8", "#9cc7d8", "#f4d58d", "#b9d8a4", "#c9b3e3")


def strawberry(canvas: Canvas) -> str:
    """Tip up, as they stand in cream."""
    if not canvas.has("strawberry"):
        red = canvas.radial([(0, "#ff7a70"), (0.45, "#e0293c"), (1, "#9c1128")], cx=0.36, cy=0.34, r=0.72)
        body = "M0,-62 C13,-60 33,-30 31,-10 C29,6 13,10 0,10 C-13,10 -29,6 -31,-10 C-33,-30 -13,-60 0,-62Z"
        seeds = [(-14, -30), (2, -42), (15, -28), (-20, -10), (-5, -16), (9, -12), (22, -8), (-12, 2), (4, 2), (16, 3)]
        dots = "".join(
            ellipse(x, y, 1.9, 3, "#ffe08a", transform=f"rotate({x * 0.8:.0f} {x} {y})", opacity=0.9) for x, y in seeds
        )
        gleam = ellipse(-12, -36, 5, 12, "#ffffff", opacity=0.45, transform="rotate(24 -12 -36)")
        canvas.symbol("strawberry", ellipse(3, 8, 34, 10, "#3b1d10", opacity=0.2) + path(body, red) + dots + gleam)
    return "strawberry"


def dollop(canvas: Canvas, colour: str) -> str:
    """A swirl of cream."""
    name = f"dollop{colour[1:]}"
    if not canvas.has(name):
        turn = canvas.linear([(0, tint(colour, 0.75)), (0.5, colour), (1, shade(colour, 0.2))], x2=0.9)
        steps = [(0, 0, 26, 13), (1.5, -11, 20, 11), (-1, -21, 13, 8.5), (0.5, -29, 7, 6)]
        rings = "".join(ellipse(x, y, rx, ry, turn) for x, y, rx, ry in steps)
        tip = path("M-5,-31 Q-1,-46 4,-44 Q2,-36 6,-30Z", turn)
        canvas.symbol(name, ellipse(4, 6, 28, 10, "#3b1d10", opacity=0.13) + rings + tip)
    return name


def bead(canvas: Canvas, colour: str) -> str:
    """A pearl of cream for the foot of a tier."""
    name = f"bead{colour[1:]}"
    if not canvas.has(name):
        round_ = canvas.radial(
            [(0, tint(colour, 0.9)), (0.6, colour), (1, shade(colour, 0.28))], cx=0.35, cy=0.3, r=0.75
        )
        canvas.symbol(name, ellipse(0, 0, 15, 12, round_))
    return name


def macaron(canvas: Canvas, colour: str) -> str:
    name = f"macaron{colour[1:]}"
    if not canvas.has(name):
        shell = canvas.radial(
            [(0, tint(colour, 0.6)), (0.6, colour), (1, shade(colour, 0.25))], cx=0.35, cy=0.25, r=0.85
        )
        foot = shade(colour, 0.16)
        canvas.symbol(
            name,
            ellipse(4, 4, 40, 13, "#3b1d10", opacity=0.2)
            + path("M-35,-4 C-35,8 35,8 35,-4 L35,-12 L-35,-12Z", shade(colour, 0.12))
            + ellipse(0, -12, 35, 9, foot)
            + path("M-33,-15 C-33,-6 33,-6 33,-15 L33,-22 L-33,-22Z", "#fff3e2")
            + path("M-35,-22 C-35,-14 35,-14 35,-22 L35,-27 L-35,-27Z", foot)
            + path("M-35,-27 C-35,-56 35,-56 35,-27 C35,-19 -35,-19 -35,-27Z", shell)
            + ellipse(-13, -39, 10, 4, "#ffffff", opacity=0.5, transform="rotate(-18 -13 -39)"),
        )
    return name


def flower(canvas: Canvas, colour: str) -> str:
    """A buttercream rose with two leaves."""
    name = f"flower{colour[1:]}"
    if not canvas.has(name):
        petal = canvas.radial(
            [(0, tint(colour, 0.5)), (0.65, colour), (1, shade(colour, 0.22))], cx=0.38, cy=0.3, r=0.8
        )
        leaf = canvas.linear([(0, "#8fb573"), (1, "#4f7a43")], x2=1)
        markup = ellipse(3, 2, 42, 14, "#3b1d10", opacity=0.2)
        markup += path("M-20,-8 Q-52,-20 -50,4 Q-34,12 -14,2Z", leaf) + path("M20,-8 Q52,-16 48,6 Q34,12 14,2Z", leaf)
        for k in range(6):
            angle = math.tau * k / 6 + 0.3
            markup += ellipse(math.cos(angle) * 19, -17 + math.sin(angle) * 11, 18, 14, petal)
        for k in range(4):
            angle = math.tau * k / 4 + 0.8
            markup += ellipse(math.cos(angle) * 9, -22 + math.sin(angle) * 5, 12, 9.5, petal)
        markup += ellipse(0, -25, 8, 6.5, shade(colour, 0.22)) + ellipse(-1.5, -26.5, 4.5, 3.5, shade(colour, 0.42))
        canvas.symbol(name, markup)
    return name


def blueberry(canvas: Canvas) -> str:
    if not canvas.has("blueberry"):
        skin = canvas.radial([(0, "#8ea3d6"), (0.5, "#46568f"), (1, "#232a52")], cx=0.35, cy=0.3, r=0.75)
        crown = path("M-5,-19 L-2,-15 L0,-20 L2,-15 L5,-19 L4,-12 L-4,-12Z", "#1d2244", opacity=0.85)
        canvas.symbol(
            "blueberry", ellipse(2, 1, 15, 5, "#3b1d10", opacity=0.22) + ellipse(0, -11, 14, 13, skin) + crown
        )
    return "blueberry"


def nut(canvas: Canvas) -> str:
    """Half an almond."""
    if not canvas.has("nut"):
        flesh = canvas.linear([(0, "#f3ddb8"), (1, "#c9975c")], x2=1)
        canvas.symbol(
            "nut",
            ellipse(1, 3, 15, 5, "#3b1d10", opacity=0.25)
            + path("M-15,0 Q-6,-11 8,-7 Q18,-3 15,2 Q4,10 -15,0Z", flesh)
            + path("M-11,-0.5 Q0,-5 11,-1", "none", stroke="#a8743c", stroke_width=1.6, opacity=0.7),
        )
    return "nut"


def curl(canvas: Canvas) -> str:
    """A shaving of chocolate."""
    if not canvas.has("curl"):
        dark = canvas.linear([(0, "#8a5a3c"), (0.4, "#5b3220"), (1, "#321709")], x2=1)
        canvas.symbol(
            "curl",
            ellipse(2, 6, 26, 7, "#000000", opacity=0.25)
            + path("M-26,0 C-20,-18 16,-20 26,-6 C28,2 20,8 12,6 C4,2 -14,0 -26,0Z", dark)
            + path("M-20,-4 C-8,-14 12,-14 20,-7", "none", stroke="#a9744f", stroke_width=2, opacity=0.7),
        )
    return "curl"


def candle(canvas: Canvas, colour: str, dark: bool = False) -> str:
    """A thin twisted candle, burning."""
    name = f"candle{colour[1:]}{'d' if dark else ''}"
    if not canvas.has(name):
        wax = canvas.linear([(0, tint(colour, 0.7)), (0.45, colour), (1, shade(colour, 0.3))], x2=1, y2=0)
        stripes = "".join(
            path(f"M-8,{y} L8,{y - 12} L8,{y - 5} L-8,{y + 7}Z", "#ffffff", opacity=0.62) for y in range(-10, -112, -24)
        )
        halo = canvas.radial([(0, "#fff0b8", 0.9), (0.35, "#ffdf8a", 0.38), (1, "#ffdf8a", 0)])
        flame = canvas.radial([(0, "#fffbe6"), (0.45, "#ffd34f"), (1, "#f08a24")], cx=0.5, cy=0.7, r=0.65)
        canvas.symbol(
            name,
            ellipse(0, 1, 13, 5, "#3b1d10", opacity=0.22)
            + path("M-8,0 L-8,-122 A8,3 0 0 1 8,-122 L8,0 A8,3 0 0 1 -8,0Z", wax)
            + stripes
            + ellipse(0, -122, 8, 3, tint(colour, 0.6))
            + path("M0,-122 Q1,-128 0,-134", "none", stroke="#4a3324", stroke_width=2.4)
            + ellipse(0, -148, 58, 58, halo)
            + path("M0,-174 C10,-158 12,-146 8,-138 C5,-132 -5,-132 -8,-138 C-12,-146 -10,-158 0,-174Z", flame)
            + ellipse(0, -140, 3.4, 6, mix("#ffffff", "#bfe3ff", 0.5), opacity=0.75),
        )
    return name
