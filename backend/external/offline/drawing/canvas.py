# ruff: noqa: PLR0917
# Path data is one word, and places come as x, y, width, height.
"""Writes SVG: gradients and repeated shapes once, everything else in painting order."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Stop = tuple[float, str] | tuple[float, str, float]
"""Offset 0 to 1, colour ``#rrggbb``, and opacity where it is not 1."""

Attribute = str | float


def number(value: float) -> str:
    """A coordinate with at most two decimals, written one way only."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def mix(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` (0 to 1) of ``other`` in it; both ``#rrggbb``."""
    a, b = (tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in (one, other))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))


def shade(colour: str, share: float) -> str:
    """Darker the way food is: towards brown, not black."""
    return mix(colour, "#4a1f12", share)


def tint(colour: str, share: float) -> str:
    """Lighter the way warm light is."""
    return mix(colour, "#fffaf0", share)


class Canvas:
    """One drawing. Coordinates are user units; y grows downwards."""

    def __init__(self) -> None:
        self._definitions: dict[str, str] = {}
        self._symbols: dict[str, str] = {}
        self._body: list[str] = []

    def linear(self, stops: Iterable[Stop], x2: float = 0, y2: float = 1, x1: float = 0, y1: float = 0) -> str:
        """A gradient over the shape's own box, from (x1, y1) to (x2, y2) in 0 to 1; answers the paint."""
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        return self._define(f"<linearGradient {{id}} {ends}>{_stops(stops)}</linearGradient>")

    def radial(self, stops: Iterable[Stop], cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        """A round gradient over the shape's own box; answers the paint."""
        place = f'cx="{number(cx)}" cy="{number(cy)}" r="{number(r)}"'
        return self._define(f"<radialGradient {{id}} {place}>{_stops(stops)}</radialGradient>")

    def _define(self, template: str) -> str:
        name = self._definitions.setdefault(template, f"p{len(self._definitions)}")
        return f"url(#{name})"

    def symbol(self, name: str, markup: str) -> None:
        """Keep ``markup`` for ``use``; the first of a name stays."""
        self._symbols.setdefault(name, markup)

    def has(self, name: str) -> bool:
        return name in self._symbols

    def use(self, name: str, x: float, y: float, scale: float = 1, turn: float = 0, flip: bool = False) -> None:
        """Draw a symbol with its origin at (x, y), turned by ``turn`` degrees."""
        spin = f" rotate({number(turn)})" if turn else ""
        sides = f"{number(-scale)},{number(scale)}" if flip else f"{number(scale)}"
        self.add(f'<use href="#{name}" transform="translate({number(x)},{number(y)}){spin} scale({sides})"/>')

    def add(self, markup: str) -> None:
        self._body.append(markup)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: str, **more: Attribute) -> None:
        self.add(ellipse(cx, cy, rx, ry, fill, **more))

    def path(self, d: str, fill: str, **more: Attribute) -> None:
        self.add(path(d, fill, **more))

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **more: Attribute) -> None:
        place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        self.add(f'<rect {place} fill="{fill}"{_attributes(_layerless(fill, more))}/>')

    def shadow(self, cx: float, cy: float, rx: float, ry: float, strength: float = 0.35) -> None:
        """A soft shadow on the ground."""
        soft = self.radial([(0, "#3b1d10", strength), (0.55, "#3b1d10", strength * 0.55), (1, "#3b1d10", 0)])
        self.ellipse(cx, cy, rx, ry, soft)

    def open_group(self, transform: str) -> None:
        self.add(f'<g transform="{transform}">')

    def close_group(self) -> None:
        self.add("</g>")

    def text_on(self, curve: str, text: str, size: float, fill: str, outline: str) -> None:
        """``text`` centred on the path ``curve``, with a thin outline that makes it stand out from any ground."""
        name = f"c{len(self._symbols)}"
        self.symbol(name, f'<path id="{name}-line" d="{curve}" fill="none"/>')
        style = f'font-family="Pretendard" font-weight="700" font-size="{number(size)}" text-anchor="middle"'
        line = f'stroke="{outline}" stroke-width="{number(size * 0.07)}" stroke-linejoin="round"'
        words = f'<textPath href="#{name}-line" startOffset="50%">{escape(text)}</textPath>'
        self.add(f'<text {style} fill="{outline}" {line}>{words}</text><text {style} fill="{fill}">{words}</text>')

    def svg(self, view_box: tuple[float, float, float, float], width: int, height: int) -> str:
        """The whole document."""
        definitions = "".join(
            template.replace("{id}", f'id="{name}"', 1) for template, name in self._definitions.items()
        )
        symbols = "".join(f'<g id="{name}">{markup}</g>' for name, markup in self._symbols.items())
        box = " ".join(number(value) for value in view_box)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}">'
            f"<defs>{definitions}{symbols}</defs>{''.join(self._body)}</svg>"
        )


def ellipse(cx: float, cy: float, rx: float, ry: float, fill: str, **more: Attribute) -> str:
    place = f'cx="{number(cx)}" cy="{number(cy)}" rx="{number(rx)}" ry="{number(ry)}"'
    return f'<ellipse {place} fill="{fill}"{_attributes(_layerless(fill, more))}/>'


def path(d: str, fill: str, **more: Attribute) -> str:
    return f'<path d="{d}" fill="{fill}"{_attributes(_layerless(fill, more))}/>'


def _layerless(fill: str, more: dict[str, Attribute]) -> dict[str, Attribute]:
    """``opacity`` said of the paint: of the shape it means a layer of the picture's size to resvg, 10 to 30 ms each."""
    if "opacity" not in more or ("stroke" in more and fill != "none"):
        return more
    paint = "stroke_opacity" if "stroke" in more else "fill_opacity"
    return {(paint if key == "opacity" else key): value for key, value in more.items()}


def _attributes(more: dict[str, Attribute]) -> str:
    return "".join(
        f' {key.replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
        for key, value in more.items()
    )


def _stops(stops: Iterable[Stop]) -> str:
    parts = []
    for stop in stops:
        opacity = f' stop-opacity="{number(stop[2])}"' if len(stop) == 3 else ""
        parts.append(f'<stop offset="{number(stop[0])}" stop-color="{stop[1]}"{opacity}/>')
    return "".join(parts)
