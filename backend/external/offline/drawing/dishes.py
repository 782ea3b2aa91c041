# ruff: noqa: E501
# Path data is one word, and places come as x, y, width, height.
"""Food of the dinners. Origins are the middle of what lies on the plate; sizes in each docstring."""

from __future__ import annotations

import math

from backend.external.offline.drawing.canvas import Canvas, ellipse, path, shade, tint


def steak(canvas: Canvas) -> str:
    """A grilled steak with a sprig of rosemary, 240 wide."""
    if not canvas.has("steak"):
        crust = canvas.radial([(0, "#a8653f"), (0.55, "#7b4128"), (1, "#472013")], cx=0.4, cy=0.32, r=0.75)
        outline = (
            "M-112,-6 C-118,-40 -76,-62 -34,-56 C-6,-52 8,-66 46,-62 C92,-58 122,-34 116,-4 "
            "C112,26 78,44 36,40 C0,37 -14,50 -50,44 C-88,38 -108,22 -112,-6Z"
        )
        marks = "".join(
            path(
                f"M{x},{-46 - (x % 3)} q10,40 -8,78",
                "none",
                stroke="#2d130b",
                stroke_width=7,
                opacity=0.62,
                stroke_linecap="round",
            )
            for x in (-72, -36, 0, 36, 70)
        )
        sprig = path("M-34,-12 Q20,-40 76,-30", "none", stroke="#3f5f34", stroke_width=3.6, stroke_linecap="round")
        for k in range(9):
            x, y = -28 + k * 12, -15 - 20 * math.sin(k / 9 * 1.7)
            lean = -18 if k % 2 else 16
            sprig += path(
                f"M{x},{y:.0f} l{-8 if k % 2 else -10},{lean}",
                "none",
                stroke="#5b8549",
                stroke_width=4.2,
                stroke_linecap="round",
            )
        canvas.symbol(
            "steak",
            path(outline, "#5c2b18", transform="translate(4,20)", opacity=0.32)
            + path(outline, "#3a190f", transform="translate(0,13)")
            + path(
                "M-108,6 C-100,34 -70,54 -40,54 C-14,54 4,46 36,50 C80,52 112,32 116,6 C112,30 78,46 36,42 C0,39 -14,52 -50,46 C-86,40 -104,24 -108,6Z",
                "#c0584a",
                opacity=0.7,
            )
            + path(outline, crust)
            + marks
            + path(
                "M-86,-30 C-70,-48 -40,-48 -20,-44",
                "none",
                stroke="#e2ab84",
                stroke_width=6,
                opacity=0.55,
                stroke_linecap="round",
            )
            + path(
                "M30,-50 C60,-54 90,-40 96,-24",
                "none",
                stroke="#e2ab84",
                stroke_width=5,
                opacity=0.45,
                stroke_linecap="round",
            )
            + sprig,
        )
    return "steak"


def eggs(canvas: Canvas) -> str:
    """A heap of scrambled eggs, 130 wide."""
    if not canvas.has("eggs"):
        curd = canvas.radial([(0, "#fff3b0"), (0.55, "#fbd65a"), (1, "#e0a52e")], cx=0.38, cy=0.3, r=0.78)
        blobs = [
            (-42, 4, 30, 19), (40, 6, 31, 19), (0, 10, 38, 20), (-24, -12, 30, 20),
            (24, -14, 31, 20), (0, -28, 27, 18), (-50, -8, 18, 13), (52, -8, 18, 13),
        ]  # fmt: skip
        herbs = "".join(
            path(f"M{x},{y} l7,-3", "none", stroke="#4f7a3e", stroke_width=3.4, stroke_linecap="round")
            for x, y in ((-30, -16), (4, -34), (26, -16), (-8, -4), (38, 2), (-44, 2), (12, 8))
        )
        body = "".join(ellipse(x, y, rx, ry, curd) for x, y, rx, ry in blobs)
        canvas.symbol("eggs", ellipse(4, 18, 76, 18, "#3b1d10", opacity=0.18) + body + herbs)
    return "eggs"


def bacon(canvas: Canvas) -> str:
    """One crisp rasher, 150 wide."""
    if not canvas.has("bacon"):
        wave = "M-74,{0} C-56,{1} -40,{2} -22,{0} C-4,{1} 12,{2} 30,{0} C46,{1} 60,{2} 74,{0}"

        def line(y: int, colour: str, width: float, opacity: float = 1) -> str:
            d = wave.format(y, y - 12, y + 12)
            return path(d, "none", stroke=colour, stroke_width=width, opacity=opacity, stroke_linecap="round")

        canvas.symbol(
            "bacon",
            line(9, "#3b1d10", 30, 0.2) + line(0, "#8f2f20", 30) + line(-5, "#f0c9a8", 6)
            + line(6, "#e9b892", 5, 0.9) + line(-11, "#c4543f", 5) + line(12, "#6f2015", 3, 0.7),
        )  # fmt: skip
    return "bacon"


def salad(canvas: Canvas) -> str:
    """A bowl of salad, 210 wide."""
    if not canvas.has("salad"):
        china = canvas.linear([(0, "#d5c8b8"), (0.3, "#ffffff"), (0.65, "#f5eee5"), (1, "#bdab97")], x2=1, y2=0)
        greens = ("#6f9e4f", "#8fbf63", "#557f3f", "#a9cf7a", "#7fae58")
        leaves = ""
        for k in range(26):
            angle, reach = k * 2.39996, math.sqrt((k + 0.5) / 26)
            x, y = math.cos(angle) * 78 * reach, -58 + math.sin(angle) * 22 * reach - (1 - reach) * 20
            leaf = greens[k % 5]
            leaves += (
                f'<g transform="translate({x:.0f},{y:.0f}) rotate({(k * 67) % 150 - 75})">'
                + path("M0,14 C-20,6 -20,-16 -6,-22 C-2,-28 4,-28 7,-21 C21,-14 18,8 0,14Z", leaf)
                + path("M0,12 Q-2,-4 1,-18", "none", stroke=tint(leaf, 0.5), stroke_width=1.8)
                + "</g>"
            )
        extras = ""
        for x, y in ((-46, -66), (34, -74), (2, -46), (58, -52)):
            extras += ellipse(x, y, 15, 12, "#b81f2d") + ellipse(x - 1, y - 2, 12.5, 9.5, "#e5484d")
            extras += ellipse(x - 5, y - 5, 3.5, 2.5, "#ffffff", opacity=0.7)
        for x, y in ((-14, -82), (-62, -50), (26, -56)):
            extras += ellipse(x, y, 13, 9, "#fdf6fa", stroke="#c2447e", stroke_width=2.4)
        canvas.symbol(
            "salad",
            ellipse(10, 10, 116, 34, "#3b1d10", opacity=0.2)
            + path("M-104,-56 C-100,-12 -56,14 0,14 C56,14 100,-12 104,-56Z", china)
            + ellipse(0, -56, 104, 32, "#fffdfa")
            + ellipse(0, -54, 94, 27, shade("#8fae72", 0.35))
            + leaves
            + extras
            + path(
                "M-104,-56 C-102,-40 -60,-24 0,-24 C60,-24 102,-40 104,-56 C102,-14 56,14 0,14 C-56,14 -102,-14 -104,-56Z",
                china,
            )
            + path("M-98,-42 C-84,-20 -40,-12 0,-12", "none", stroke="#ffffff", stroke_width=5, opacity=0.8),
        )
    return "salad"


def roll(canvas: Canvas) -> str:
    """A round roll, 96 wide."""
    if not canvas.has("roll"):
        crust = canvas.radial([(0, "#f3cd92"), (0.55, "#d2924a"), (1, "#9a5a22")], cx=0.4, cy=0.28, r=0.78)
        canvas.symbol(
            "roll",
            ellipse(3, 6, 50, 15, "#3b1d10", opacity=0.22)
            + path("M-48,-6 C-50,-44 -24,-58 0,-58 C24,-58 50,-44 48,-6 C46,8 -46,8 -48,-6Z", crust)
            + path(
                "M-22,-46 Q-8,-30 -14,-14 M6,-50 Q20,-34 14,-16",
                "none",
                stroke="#fbe6c2",
                stroke_width=5,
                opacity=0.8,
                stroke_linecap="round",
            )
            + ellipse(-16, -44, 14, 6, "#ffffff", opacity=0.28, transform="rotate(-24 -16 -44)"),
        )
    return "roll"


def baguette(canvas: Canvas) -> str:
    """A baguette, 250 long, lying."""
    if not canvas.has("baguette"):
        crust = canvas.linear([(0, "#efc283"), (0.4, "#cf8f47"), (1, "#8a4f1e")])
        cuts = "".join(
            path(f"M{x},10 Q{x + 10},-16 {x + 36},-22 Q{x + 30},-2 {x},10Z", "#f8e3b8", opacity=0.95)
            + path(f"M{x},10 Q{x + 10},-16 {x + 36},-22", "none", stroke="#7d4517", stroke_width=2, opacity=0.6)
            for x in (-92, -50, -8, 34, 72)
        )
        canvas.symbol(
            "baguette",
            path("M-124,8 C-124,34 124,34 124,8Z", "#3b1d10", opacity=0.16)
            + path(
                "M-126,0 C-124,-30 -70,-32 0,-32 C70,-32 124,-30 126,0 C124,26 70,26 0,26 C-70,26 -124,26 -126,0Z",
                crust,
            )
            + cuts,
        )
    return "baguette"


def basket(canvas: Canvas, half: str) -> str:
    """The back or the front of a bread basket, 250 wide: bread goes between them."""
    name = f"basket-{half}"
    if not canvas.has(name):
        straw = canvas.linear([(0, "#a8743c"), (0.35, "#d9ab6c"), (1, "#8a5a2b")], x2=1, y2=0)
        if half == "back":
            markup = ellipse(8, 14, 138, 40, "#3b1d10", opacity=0.2) + ellipse(0, -40, 124, 36, "#8a5a2b")
            markup += ellipse(0, -37, 114, 30, "#f6ecdd")
        else:
            markup = path(
                "M-124,-40 C-118,-10 -60,-4 0,-4 C60,-4 118,-10 124,-40 L106,6 C100,26 50,34 0,34 C-50,34 -100,26 -106,6Z",
                straw,
            )
            for row in range(3):
                y = -14 + row * 16
                for k in range(12):
                    x = -100 + k * 18 + (9 if row % 2 else 0)
                    drop = 16 - (x / 100) ** 2 * 15
                    markup += path(
                        f"M{x - 9},{y + drop:.0f} q9,-8 18,0", "none", stroke="#7d4f24", stroke_width=3.4, opacity=0.6
                    )
        canvas.symbol(name, markup)
    return name
