# ruff: noqa: E501
# Path data is one word, and places come as x, y, width, height.
"""Glasses, bottles, cups and pots. Origins are the middle of the foot; heights in units are in each docstring."""

from __future__ import annotations

from backend.external.offline.drawing.canvas import Canvas, ellipse, path, shade, tint

_GLASS = "#8fa3a8"


def wine(canvas: Canvas) -> str:
    """A glass of red wine, 235 high."""
    if not canvas.has("wine"):
        red = canvas.linear([(0, "#7d1230"), (0.35, "#a81f43"), (1, "#4d0a1d")], x2=1, y2=0)
        bowl = "M-47,-232 C-60,-160 -52,-112 -6,-104 L6,-104 C52,-112 60,-160 47,-232"
        canvas.symbol(
            "wine",
            ellipse(6, 2, 56, 15, "#3b1d10", opacity=0.16)
            + ellipse(0, 0, 44, 11, "#ffffff", opacity=0.62)
            + ellipse(0, 0, 44, 11, "none", stroke=_GLASS, stroke_width=2, opacity=0.7)
            + path("M-4,-106 L-4,-10 Q-6,-3 -22,-1 L22,-1 Q6,-3 4,-10 L4,-106Z", "#ffffff", opacity=0.75)
            + path("M4,-106 L4,-10 Q6,-3 20,-1", "none", stroke=_GLASS, stroke_width=2, opacity=0.6)
            + path(bowl + "Z", "#ffffff", opacity=0.34)
            + path("M-54.5,-172 C-54,-124 -38,-110 -6,-107 L6,-107 C38,-110 54,-124 54.5,-172Z", red)
            + ellipse(0, -172, 54.5, 10, "#c23a5b")
            + path(bowl, "none", stroke=_GLASS, stroke_width=2.4, opacity=0.75)
            + ellipse(0, -232, 47, 8.5, "#ffffff", stroke=_GLASS, stroke_width=2, fill_opacity=0.3, opacity=0.8)
            + path("M-38,-216 C-46,-170 -42,-140 -30,-124", "none", stroke="#fff", stroke_width=6, opacity=0.7)
            + path("M36,-206 C41,-176 40,-160 36,-148", "none", stroke="#fff", stroke_width=3, opacity=0.5),
        )
    return "wine"


def flute(canvas: Canvas) -> str:
    """A flute of champagne, 240 high."""
    if not canvas.has("flute"):
        gold = canvas.linear([(0, "#e8c878"), (0.4, "#fbeab4"), (1, "#cf9f45")], x2=1, y2=0)
        bubbles = "".join(
            ellipse(x, y, 2, 2, "#fffdf0", opacity=0.9)
            for x, y in ((-8, -130), (4, -150), (-2, -172), (9, -182), (-10, -192), (2, -120), (7, -140))
        )
        canvas.symbol(
            "flute",
            ellipse(5, 2, 42, 11, "#3b1d10", opacity=0.15)
            + ellipse(0, 0, 34, 9, "#ffffff", stroke=_GLASS, stroke_width=2, opacity=0.7)
            + path("M-3,-92 L-3,-8 L-16,-1 L16,-1 L3,-8 L3,-92Z", "#ffffff", opacity=0.8)
            + path("M-24,-238 C-30,-160 -24,-100 -4,-90 L4,-90 C24,-100 30,-160 24,-238Z", "#ffffff", opacity=0.4)
            + path("M-26.5,-204 C-28,-150 -22,-102 -4,-93 L4,-93 C22,-102 28,-150 26.5,-204Z", gold)
            + ellipse(0, -204, 26.5, 5, "#fff3c8")
            + bubbles
            + path(
                "M-24,-238 C-30,-160 -24,-100 -4,-90 L4,-90 C24,-100 30,-160 24,-238",
                "none",
                stroke=_GLASS,
                stroke_width=2.2,
                opacity=0.75,
            )
            + ellipse(0, -238, 24, 4.6, "none", stroke=_GLASS, stroke_width=2, opacity=0.8)
            + path("M-18,-222 C-21,-170 -18,-130 -12,-112", "none", stroke="#fff", stroke_width=4, opacity=0.75),
        )
    return "flute"


def bottle(canvas: Canvas) -> str:
    """A bottle of champagne, 360 high."""
    if not canvas.has("bottle"):
        green = canvas.linear(
            [(0, "#14261a"), (0.22, "#2f5a3c"), (0.36, "#5f8f68"), (0.5, "#23472e"), (1, "#0c1710")], x2=1, y2=0
        )
        gold = canvas.linear([(0, "#9c6f22"), (0.3, "#f6dd96"), (0.6, "#d3a445"), (1, "#8a5f1b")], x2=1, y2=0)
        label = canvas.linear([(0, "#e6d8bf"), (0.35, "#fffaf0"), (1, "#d8c6a8")], x2=1, y2=0)
        body = (
            "M-19,-306 C-19,-250 -54,-222 -54,-160 L-54,-12 C-54,0 -40,8 0,8 C40,8 54,0 54,-12 "
            "L54,-160 C54,-222 19,-250 19,-306Z"
        )
        canvas.symbol(
            "bottle",
            ellipse(10, 2, 74, 20, "#3b1d10", opacity=0.26)
            + path(body, green)
            + path("M-54,-132 Q0,-118 54,-132 L54,-44 Q0,-30 -54,-44Z", label)
            + path("M-54,-124 Q0,-110 54,-124 M-54,-52 Q0,-38 54,-52", "none", stroke="#c79a3b", stroke_width=3)
            + path("M0,-108 l5,10 11,1.5 -8,7.5 2,11 -10,-5.5 -10,5.5 2,-11 -8,-7.5 11,-1.5Z", "#a91d3a")
            + path("M-26,-66 H26 M-18,-58 H18", "none", stroke="#8a6a3a", stroke_width=3, opacity=0.7)
            + path(
                "M-20,-352 C-20,-362 20,-362 20,-352 L22,-286 C30,-262 36,-250 40,-238 Q0,-222 -40,-238 C-36,-250 -30,-262 -22,-286Z",
                gold,
            )
            + path("M-22,-318 Q0,-310 22,-318", "none", stroke="#7d5518", stroke_width=3, opacity=0.8),
        )
    return "bottle"


def coffee(canvas: Canvas) -> str:
    """A cup on a saucer, 92 high."""
    if not canvas.has("coffee"):
        china = canvas.linear([(0, "#d9cdbf"), (0.3, "#ffffff"), (0.65, "#f5eee5"), (1, "#c2b19e")], x2=1, y2=0)
        drink = canvas.radial([(0, "#8a5836"), (0.75, "#5b3320"), (1, "#3a1e11")], cx=0.42, cy=0.4, r=0.65)
        canvas.symbol(
            "coffee",
            ellipse(8, 8, 104, 34, "#3b1d10", opacity=0.18)
            + ellipse(0, 4, 92, 30, "#cbbba8")
            + ellipse(0, 0, 92, 30, china)
            + ellipse(0, 0, 62, 19, "#e9dfd3")
            + path("M50,-62 C92,-74 98,-26 46,-20", "none", stroke="#d9cdbf", stroke_width=13)
            + path("M50,-62 C88,-72 94,-30 46,-22", "none", stroke="#ffffff", stroke_width=7)
            + path("M-58,-74 C-58,-30 -40,2 0,4 C40,2 58,-30 58,-74Z", china)
            + ellipse(0, -74, 58, 19, "#fffdfa")
            + ellipse(0, -72, 51, 15.5, drink)
            + path("M-26,-74 C-8,-84 22,-80 28,-70", "none", stroke="#c99a6b", stroke_width=3.5, opacity=0.8)
            + path(
                "M-16,-96 q-14,-22 0,-44 q12,-20 2,-38 M14,-98 q-12,-20 2,-40 q12,-18 2,-34",
                "none",
                stroke="#ffffff",
                stroke_width=6,
                opacity=0.6,
                stroke_linecap="round",
            ),
        )
    return "coffee"


def coffee_pot(canvas: Canvas) -> str:
    """A china pot of coffee, 230 high."""
    if not canvas.has("pot"):
        china = canvas.linear([(0, "#cfc1b0"), (0.28, "#ffffff"), (0.6, "#f3ebe1"), (1, "#b5a38f")], x2=1, y2=0)
        gold = "#c79a3b"
        canvas.symbol(
            "pot",
            ellipse(10, 4, 104, 26, "#3b1d10", opacity=0.24)
            + path("M70,-150 C132,-156 128,-50 66,-44", "none", stroke=shade("#e8ddd0", 0.15), stroke_width=17)
            + path("M70,-150 C128,-154 124,-54 66,-46", "none", stroke="#ffffff", stroke_width=9)
            + path("M-66,-96 C-104,-100 -100,-150 -132,-166 L-118,-176 C-84,-164 -84,-130 -58,-130Z", china)
            + path(
                "M-50,-184 C-62,-150 -86,-110 -80,-58 C-76,-14 -50,6 0,6 C50,6 76,-14 80,-58 C86,-110 62,-150 50,-184Z",
                china,
            )
            + path("M-83,-70 Q0,-48 83,-70", "none", stroke=gold, stroke_width=4, opacity=0.9)
            + ellipse(0, -184, 50, 13, tint("#e8ddd0", 0.5))
            + path("M-46,-186 C-42,-214 42,-214 46,-186 Q0,-172 -46,-186Z", china)
            + path("M-46,-186 Q0,-172 46,-186", "none", stroke=gold, stroke_width=3.5)
            + ellipse(0, -214, 11, 11, gold)
            + ellipse(-3, -218, 4, 4, "#fff3cf")
            + path("M-52,-150 C-64,-118 -66,-90 -62,-66", "none", stroke="#fff", stroke_width=8, opacity=0.85),
        )
    return "pot"
