# ruff: noqa: E501
# Path data is one word, and places come as x, y, width, height.
"""A whole cake: its tiers, what is poured and piped on them, toppings by count, candles, lettering."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

from backend.external.offline.drawing import toppings
from backend.external.offline.drawing.canvas import Canvas, number, shade, tint
from backend.external.offline.drawing.lettering import ink_on, width_in_ems
from backend.external.offline.drawing.scene import FOOT, SIZES, room, stand, vase, view_box
from backend.external.offline.drawing.scenery import PLAIN_DAY, Scenery, light_on, nearer
from backend.external.offline.drawing.tier import FLATTEN, Layer, Tier, draw_tier

STAGE_WIDTH = 880.0
_CX, _GROUND = 500.0, 690.0
_RADII = {1: (290.0,), 2: (290.0, 195.0), 3: (290.0, 212.0, 138.0)}
_TOPPING_WIDTH = 64.0
_GOLDEN = 0.618034
_FEW = 6
"""So many toppings stand on the top of a tiered cake alone."""


@dataclass(frozen=True, slots=True)
class CakeLook:
    """A cake as it will be made, in things that can be drawn."""

    coat: str
    layers: tuple[Layer, ...] = ()
    height: float = 170
    tiers: int = 1
    sliced: bool = True
    gloss: bool = False
    drip: str | None = None
    piping: str | None = None
    lettering: str = ""
    strawberries: int = 0
    macarons: int = 0
    flowers: int = 0
    blueberries: int = 0
    nuts: int = 0
    curls: int = 0
    candles: int = 0
    style: str = "simple"
    baked_rim: bool = False
    base: Layer | None = field(default=None)


def cake_svg(look: CakeLook, aspect_ratio: str, scenery: Scenery = PLAIN_DAY) -> str:
    """The picture of ``look`` in one of the five aspect ratios."""
    canvas = Canvas()
    tiers = _tiers(look)
    top = min(tier.y - tier.ry for tier in tiers) - (175 if look.candles else 60)
    foot = FOOT[look.style] + 372 * FLATTEN
    scale = min(1.0, 640.0 / (_GROUND - top))
    head = _GROUND - (_GROUND - top) * scale
    box = view_box(aspect_ratio, (_CX - STAGE_WIDTH / 2, head - 30, STAGE_WIDTH, _GROUND + foot + 50 - head + 30))
    box = nearer(box, scenery.zoom)
    room(canvas, box, 520, look.style, scenery.backdrop)
    if look.style == "deluxe":
        vase(canvas, _CX + 362, 640, 0.86)
    canvas.open_group(f"translate({number(_CX * (1 - scale))},{number(_GROUND * (1 - scale))}) scale({number(scale)})")
    stand(canvas, _CX, _GROUND, 372, 372 * FLATTEN, look.style)
    canvas.shadow(_CX + 14, _GROUND + 2, tiers[0].radius * 1.17, tiers[0].ry * 1.2, 0.4)
    for tier in tiers:
        _draw(canvas, tier, look)
    if look.lettering:
        _write(canvas, tiers[0], look.lettering, below_drip=look.drip is not None)
    _top_off(canvas, tiers, look)
    canvas.close_group()
    light_on(canvas, box, scenery)
    return canvas.svg(box, *SIZES[aspect_ratio])


def _tiers(look: CakeLook) -> list[Tier]:
    tiers, floor = [], _GROUND
    for index, radius in enumerate(_RADII[look.tiers]):
        height = look.height * (1, 0.86, 0.76)[index]
        sliced = look.sliced and look.tiers == 1
        tiers.append(Tier(_CX, floor - height, radius, height, look.coat, look.layers, sliced, look.gloss))
        floor -= height
    return tiers


def _draw(canvas: Canvas, tier: Tier, look: CakeLook) -> None:
    draw_tier(canvas, tier)
    if look.base:
        _base(canvas, tier, look.base)
    if look.baked_rim:
        gold = canvas.radial([(0, "#c98a3c", 0), (0.72, "#c98a3c", 0), (0.9, "#b9742c", 0.5), (1, "#9a5a1e", 0.75)])
        if tier.sliced:
            (ax, ay), (bx, by) = tier.point(32), tier.point(112)
            arc = f"A{number(tier.radius)},{number(tier.ry)} 0 1 0"
            canvas.path(
                f"M{number(tier.x)},{number(tier.y)} L{number(ax)},{number(ay)} {arc} {number(bx)},{number(by)}Z", gold
            )
        else:
            canvas.ellipse(tier.x, tier.y, tier.radius, tier.ry, gold)
    if look.drip:
        _drip(canvas, tier, look.drip)
    if look.piping:
        _beads(canvas, tier, look.piping)


def _base(canvas: Canvas, tier: Tier, base: Layer) -> None:
    """A biscuit base also shows outside, as a band along the foot."""
    share, colour, _ = base
    depth = tier.height * share
    for start, end in tier.front_arcs:
        (x1, y1), (x2, y2) = tier.point(start, drop=tier.height), tier.point(end, drop=tier.height)
        arc = f"{number(tier.radius)},{number(tier.ry)} 0 0"
        d = (
            f"M{number(x1)},{number(y1 - depth)} L{number(x1)},{number(y1)} A{arc} 0 {number(x2)},{number(y2)} "
            f"L{number(x2)},{number(y2 - depth)} A{arc} 1 {number(x1)},{number(y1 - depth)}Z"
        )
        canvas.path(d, canvas.linear([(0, tint(colour, 0.15)), (1, shade(colour, 0.35))], x2=1, y2=0))
        steps = int(abs(start - end) / 2.2)
        for k in range(steps):
            x, y = tier.point(
                start + (end - start) * (k + 0.5) / steps, drop=tier.height - depth * (0.15 + 0.7 * (k * 0.618 % 1))
            )
            canvas.ellipse(x, y, 3.2, 2.2, shade(colour, 0.3) if k % 2 else tint(colour, 0.4), opacity=0.7)


def _drip(canvas: Canvas, tier: Tier, colour: str) -> None:
    paint = canvas.linear(
        [(0, tint(colour, 0.12)), (0.3, tint(colour, 0.3)), (0.6, colour), (1, shade(colour, 0.35))], x2=1, y2=0
    )
    reach = (34, 62, 26, 74, 44, 30, 68, 38, 54, 28, 60, 36)
    r, ry = number(tier.radius), number(tier.ry)
    for start, end in tier.front_arcs:
        count = max(1, round(abs(start - end) / 14))
        x1, y1 = tier.point(start)
        x2, y2 = tier.point(end)
        d = f"M{number(x1)},{number(y1)} L{number(x1)},{number(y1 + 12)} "
        for k in range(count):
            a = start + (end - start) * (k + 0.12) / count
            b = start + (end - start) * (k + 0.88) / count
            length = min(reach[(k + int(start)) % len(reach)], tier.height * 0.5)
            (ax, ay), (bx, by), (nx, ny) = (
                tier.point(a),
                tier.point(b),
                tier.point(start + (end - start) * (k + 1) / count),
            )
            d += (
                f"L{number(ax)},{number(ay + 13)} C{number(ax)},{number(ay + length * 1.32)} "
                f"{number(bx)},{number(by + length * 1.32)} {number(bx)},{number(by + 13)} L{number(nx)},{number(ny + 12)} "
            )
        d += f"L{number(x2)},{number(y2)} A{r},{ry} 0 0 1 {number(x1)},{number(y1)}Z"
        canvas.path(d, paint)
    top = Tier(tier.x, tier.y, tier.radius, 0, colour, sliced=tier.sliced, gloss=True)
    draw_tier(canvas, top)


def _beads(canvas: Canvas, tier: Tier, colour: str) -> None:
    name = toppings.bead(canvas, colour)
    for start, end in tier.front_arcs:
        count = max(1, round(abs(start - end) * tier.radius / 1500))
        for k in range(count + 1):
            degrees = start + (end - start) * k / count
            if tier.sliced and degrees in (start, end) and degrees not in (0, 180):
                continue
            x, y = tier.point(degrees, 1.0, tier.height - 3)
            canvas.use(name, x, y)


def _write(canvas: Canvas, tier: Tier, text: str, below_drip: bool) -> None:
    size = min(tier.height * (0.32 if below_drip else 0.4), tier.radius * 1.78 / max(1.0, width_in_ems(text)), 78)
    drop = tier.height * (0.66 if below_drip else 0.5) + size * 0.36
    (x1, y1), (x2, y2) = tier.point(172, drop=drop), tier.point(8, drop=drop)
    curve = f"M{number(x1)},{number(y1)} A{number(tier.radius)},{number(tier.ry)} 0 0 0 {number(x2)},{number(y2)}"
    canvas.text_on(curve, text, size, *ink_on(tier.coat))


def _top_off(canvas: Canvas, tiers: list[Tier], look: CakeLook) -> None:
    """Everything that stands on the cake, those at the back first."""
    top = tiers[-1]
    standing: list[tuple[float, float, str, float, float]] = []
    if look.piping:
        standing += _piped(canvas, top, look.piping)
    large = _large(canvas, look)
    places = _places(tiers, len(large))
    for name, (x, y, scale) in zip(large, places, strict=True):
        standing.append((x, y, name, scale, 0))
    standing += _scattered(canvas, top, look)
    for k in range(look.candles):
        angle = 360 * k / look.candles + 200
        reach = 0 if look.candles == 1 else min(0.34, 0.1 + look.candles * 0.03)
        x, y = top.point(angle, reach)
        if look.candles == 1 and top.sliced:
            x, y = top.point(250, 0.3)
        colour = toppings.CANDLE_COLOURS[k % len(toppings.CANDLE_COLOURS)]
        standing.append((x, y, toppings.candle(canvas, colour), min(1.0, top.radius / 200), 0))
    for x, y, name, scale, turn in sorted(standing, key=lambda it: (it[1], it[0])):
        canvas.use(name, x, y, scale, turn)


def _piped(canvas: Canvas, top: Tier, colour: str) -> list[tuple[float, float, str, float, float]]:
    name = toppings.dollop(canvas, colour)
    start, end = top.free_degrees
    count = round((end - start) * top.radius / 2700)
    points = (top.point(start + (end - start) * (k + 0.5) / count, 0.9) for k in range(count))
    return [(x, y, name, 0.95, 0) for x, y in points]


def _large(canvas: Canvas, look: CakeLook) -> list[str]:
    """Names of the large toppings, kinds spread evenly among each other."""
    kinds = [
        [toppings.strawberry(canvas)] * look.strawberries,
        [toppings.macaron(canvas, toppings.MACARON_COLOURS[k % 5]) for k in range(look.macarons)],
        [toppings.flower(canvas, toppings.FLOWER_COLOURS[k % 4]) for k in range(look.flowers)],
    ]
    spread = [((k + 0.5) / len(kind), index, name) for index, kind in enumerate(kinds) for k, name in enumerate(kind)]
    return [name for _, _, name in sorted(spread, key=lambda it: it[:2])]


def _places(tiers: list[Tier], count: int) -> list[tuple[float, float, float]]:
    """Where ``count`` large toppings stand: rings on the top, then along the ledges of lower tiers."""
    rings = _rings_and_ledges(tiers, count)
    left = count
    places: list[tuple[float, float, float]] = []
    if len(tiers) > 1 and count > _FEW:
        # Many on a tiered cake go on every tier, as a baker would spread them; never one alone on a ledge.
        ledges = [ring for ring in rings if ring.tier is not tiers[-1]]
        share = count / sum(ring.room for ring in rings)
        for ring in ledges:
            some = min(ring.room, round(ring.room * share), left)
            places += ring.spread(some)
            left -= some
        rings = [ring for ring in rings if ring.tier is tiers[-1]]
        if left > sum(ring.room for ring in rings):
            return _in_order(_rings_and_ledges(tiers, count), count)
    return places + _in_order(rings, left)


def _in_order(rings: list[_Ring], count: int) -> list[tuple[float, float, float]]:
    """``count`` places, ring after ring."""
    places: list[tuple[float, float, float]] = []
    for ring in rings:
        places += ring.spread(min(ring.room, count - len(places)))
    return places


def _rings_and_ledges(tiers: list[Tier], count: int) -> list[_Ring]:
    """Rings of places as large as ``count`` of them allow."""
    rings: list[_Ring] = []
    for scale in (0.95, 0.8, 0.68, 0.56, 0.48):
        rings = [*_rings(tiers[-1], scale), *_ledges(tiers, scale)]
        if count <= sum(ring.room for ring in rings):
            break
    return rings


@dataclass(frozen=True, slots=True)
class _Ring:
    tier: Tier
    reach: float
    start: float
    end: float
    room: int
    scale: float

    def spread(self, count: int) -> list[tuple[float, float, float]]:
        """``count`` places, evenly over the ring."""
        step = (self.end - self.start) / max(1, count)
        return [(*self.tier.point(self.start + step * (k + 0.5), self.reach), self.scale) for k in range(count)]


def _rings(top: Tier, scale: float) -> list[_Ring]:
    start, end = top.free_degrees
    step = _TOPPING_WIDTH * scale
    rings = []
    reach = 0.66
    while reach > 0.16:
        room_for = int(math.radians(end - start) * top.radius * reach / step)
        rings.append(_Ring(top, reach, start, end, room_for, scale))
        reach -= step * 1.15 / top.radius
    return rings


def _ledges(tiers: list[Tier], scale: float) -> list[_Ring]:
    """The front half of each lower tier's rim, where nothing hides what stands there."""
    rings = []
    for lower, upper in itertools.pairwise(tiers):
        reach = (lower.radius + upper.radius) / 2 / lower.radius
        room_for = int(lower.radius * reach * math.pi / (_TOPPING_WIDTH * scale))
        rings.append(_Ring(lower, reach, 178, 2, room_for, scale))
    return rings


def _scattered(canvas: Canvas, top: Tier, look: CakeLook) -> list[tuple[float, float, str, float, float]]:
    """Small things by the handful: each count is a portion."""
    kinds = (
        (look.blueberries * 7, toppings.blueberry, 1.25, 0.86),
        (look.nuts * 8, toppings.nut, 1.0, 0.84),
        (look.curls * 5, toppings.curl, 1.0, 0.6),
    )
    found = []
    start, end = top.free_degrees
    for offset, (count, symbol, scale, widest) in enumerate(kinds):
        for k in range(count):
            reach = widest * math.sqrt((k + 0.6) / count)
            degrees = start + 4 + (k * _GOLDEN + offset * 0.29) % 1 * (end - start - 8)
            x, y = top.point(degrees, reach)
            turn = 0.0 if symbol is toppings.blueberry else (k * 53 + offset * 31) % 70 - 35
            found.append((x, y, symbol(canvas), scale, turn))
    return found
