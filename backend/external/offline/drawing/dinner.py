# ruff: noqa: E501, PLR0917
# Path data is one word, and places come as x, y, width, height.
"""A dinner as it is served: plates, bowls, glasses and cups by the ingredients' counts, dressed by style."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.external.offline.drawing import dishes, drinks
from backend.external.offline.drawing.canvas import Canvas, number
from backend.external.offline.drawing.scene import SIZES, cloth, heart_plate, plate, room, tray, vase, view_box
from backend.external.offline.drawing.scenery import PLAIN_DAY, Scenery, light_on, nearer

_STAGE = (20.0, 60.0, 960.0, 720.0)
_HORIZON = 235.0
_BACK, _FRONT = 400.0, 596.0


@dataclass(frozen=True, slots=True)
class DinnerLook:
    """``counts`` by ingredient code; what cannot be drawn is left out. ``heart`` is the Valentine plate."""

    counts: Mapping[str, int]
    style: str = "simple"
    heart: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Things of one kind in the back row: how wide together, and how they are drawn at (x, y) and scale."""

    width: float
    draw: Callable[[float, float, float], None]


def dinner_svg(look: DinnerLook, aspect_ratio: str, scenery: Scenery = PLAIN_DAY) -> str:
    """The picture of ``look`` in one of the five aspect ratios."""
    canvas = Canvas()
    box = nearer(view_box(aspect_ratio, _STAGE), scenery.zoom)
    room(canvas, box, _HORIZON, look.style, scenery.backdrop)
    if look.style == "simple":
        tray(canvas, 500, 540, 880, 400)
    else:
        cloth(canvas, 500, 545, 900, 420, linen=look.style == "deluxe")
    _back_row(canvas, look)
    _plates(canvas, look)
    light_on(canvas, box, scenery)
    return canvas.svg(box, *SIZES[aspect_ratio])


def _back_row(canvas: Canvas, look: DinnerLook) -> None:
    groups = [group for group in _groups(canvas, look) if group.width]
    if not groups:
        return
    space = 800.0
    wanted = sum(group.width for group in groups)
    scale = min(1.0, space / (wanted + 24 * (len(groups) - 1)))
    gap = (space - wanted * scale) / len(groups)
    if len(groups) == 1:
        groups[0].draw(250, _BACK, scale)
        return
    x = 500 - space / 2
    for group in groups:
        x += gap / 2
        group.draw(x + group.width * scale / 2, _BACK, scale)
        x += group.width * scale + gap / 2


def _groups(canvas: Canvas, look: DinnerLook) -> list[_Group]:
    count = look.counts.get
    groups = [
        _cluster(canvas, dishes.salad, count("salad", 0), 214, 26),
        _bread(canvas, dishes.roll, count("bread", 0), 62),
        _bread(canvas, dishes.baguette, count("baguette", 0), 40),
    ]
    if look.style == "deluxe":
        groups.append(_Group(120, lambda x, y, scale: vase(canvas, x, y - 36, scale)))
    bottles = count("champagne", 0)
    groups += [
        _cluster(canvas, drinks.bottle, bottles, 116, -22),
        _cluster(canvas, drinks.flute, 2 * bottles, 62, 20),
        _cluster(canvas, drinks.wine, count("wine", 0), 112, 18),
        _cluster(canvas, drinks.coffee_pot, count("coffee_pot", 0), 232, -8),
        _cluster(canvas, drinks.coffee, count("coffee", 0), 196, 50),
    ]
    return groups


def _cluster(canvas: Canvas, symbol: Callable[[Canvas], str], count: int, width: float, drop: float) -> _Group:
    """``count`` of one thing side by side, the second row between and before the first when there are many."""
    if not count:
        return _Group(0, lambda _x, _y, _scale: None)
    columns = count if count <= 3 else math.ceil(math.sqrt(count))
    step = width * (0.86 if count > 1 else 1)
    total = width + step * (columns - 1)

    def draw(x: float, y: float, scale: float) -> None:
        for k in range(count):
            row, column = divmod(k, columns)
            offset = (column - (min(columns, count - row * columns) - 1) / 2) * step
            canvas.use(symbol(canvas), x + offset * scale, y + (drop + row * 40) * scale, scale)

    return _Group(total, draw)


def _bread(canvas: Canvas, symbol: Callable[[Canvas], str], count: int, step: float) -> _Group:
    """A basket with ``count`` loaves."""
    if not count:
        return _Group(0, lambda _x, _y, _scale: None)

    def draw(x: float, y: float, scale: float) -> None:
        canvas.open_group(f"translate({number(x)},{number(y + 34 * scale)}) scale({number(scale)})")
        canvas.use(dishes.basket(canvas, "back"), 0, 0)
        long = symbol is dishes.baguette
        for k in range(count):
            row, column = divmod(k, 3)
            in_row = min(3, count - row * 3)
            if long:
                canvas.use(symbol(canvas), -6 + (k % 2) * 14, -92 + k * (72 / max(3, count)), 1, -7 + (k % 3) * 4)
            else:
                canvas.use(symbol(canvas), (column - (in_row - 1) / 2) * step, -58 + row * 16, 0.98)
        canvas.use(dishes.basket(canvas, "front"), 0, 0)
        canvas.close_group()

    return _Group(262, draw)


def _plates(canvas: Canvas, look: DinnerLook) -> None:
    """One plate, or two when there are steaks for two, with what is eaten hot."""
    steaks, egg, bacon = (look.counts.get(code, 0) for code in ("steak", "egg_scramble", "bacon"))
    count = 2 if steaks >= 2 and not look.heart else 1
    for index in range(count):
        x = 500.0 if count == 1 else (294.0, 706.0)[index]
        rx = 262.0 if count == 1 else 158.0
        if look.heart:
            heart_plate(canvas, x, _FRONT - 6, 262, 128)
        else:
            plate(canvas, x, _FRONT, rx, rx * 0.5, look.style)
        _cutlery(canvas, x, rx + (14 if look.heart else 4 if count == 1 else -6), look.style)
        share = [total // count + (index < total % count) for total in (steaks, egg, bacon)]
        _food(canvas, x, rx / 236, *share)


def _food(canvas: Canvas, x: float, scale: float, steaks: int, egg: int, bacon: int) -> None:
    sides = bool(egg or bacon)
    for k in range(min(egg, 9)):
        canvas.use(
            dishes.eggs(canvas), x - (76 - (k % 3) * 34) * scale, _FRONT - (48 - (k // 3) * 12) * scale, 0.92 * scale
        )
    for k in range(min(bacon, 9)):
        canvas.use(dishes.bacon(canvas), x + 66 * scale, _FRONT - (62 - k * 15) * scale, 0.8 * scale, -8)
    size = (0.98 if not sides else 0.82) * scale * (1 if steaks <= 2 else 0.82)
    for k in range(steaks):
        spread = (k - (steaks - 1) / 2) * (60 if steaks > 1 else 0)
        y = _FRONT + (34 if sides else 2) * scale - (k % 2) * 16 * scale
        canvas.use(dishes.steak(canvas), x + spread * scale, y, size, (-6, 8)[k % 2])


def _cutlery(canvas: Canvas, x: float, reach: float, style: str) -> None:
    metal = canvas.linear(
        [(0, "#e9c877" if style == "deluxe" else "#f2f1ee"), (1, "#9c7430" if style == "deluxe" else "#96928c")], x2=1
    )
    fork, knife, y = x - reach - 30, x + reach + 26, _FRONT
    canvas.open_group(f"translate({number(fork)},{number(y)}) skewX(-4)")
    canvas.path(
        "M-5,96 Q0,102 5,96 L4,-6 Q14,-14 13,-32 L12,-74 H8.5 L8,-36 H4.5 L4,-76 H-1 L-1.5,-36 H-5 L-5.5,-76 H-9 L-10,-36 H-12 L-12.5,-74 H-15 L-15,-32 Q-14,-14 -5,-6Z",
        metal,
    )
    canvas.close_group()
    canvas.open_group(f"translate({number(knife)},{number(y)}) skewX(4)")
    canvas.path("M-5,96 Q0,102 6,96 L5,6 L9,0 C13,-40 8,-80 -4,-92 L-5,4Z", metal)
    canvas.close_group()
