"""A Look: everything that was seen of one screen in one mode, language and orientation. Checks read nothing else.

Boxes are in pixels of the scene, measures in millimetres of the configured panel.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""Rows, columns, and red, green, blue."""


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def cut(self, other: Box) -> Box:
        """What both have in common; of no size when that is nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(0.0, min(self.right, other.right) - x), max(0.0, min(self.bottom, other.bottom) - y))

    def gap(self, other: Box) -> float:
        """The shortest way from one to the other; negative: as deep as they lie in one another."""
        dx = max(self.x, other.x) - min(self.right, other.right)
        dy = max(self.y, other.y) - min(self.bottom, other.bottom)
        if dx > 0 and dy > 0:
            return math.hypot(dx, dy)
        return max(dx, dy)

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def __str__(self) -> str:
        return f"{self.x:.0f},{self.y:.0f} {self.w:.0f}x{self.h:.0f}"


@dataclass(frozen=True, slots=True)
class Panel:
    """The glass. ``bottom_mm``: its lower edge above the floor."""

    width: int
    height: int
    inches: float
    bottom_mm: float

    @property
    def mm_per_px(self) -> float:
        return self.inches * 25.4 / math.hypot(self.width, self.height)

    def mm(self, pixels: float) -> float:
        return pixels * self.mm_per_px

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    def above_floor(self, y: float) -> float:
        """Millimetres of the scene's row ``y`` above the floor."""
        return self.bottom_mm + self.mm(self.height - y)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an item says of itself (QAccessible)."""

    name: str
    role: str
    description: str = ""
    checkable: bool = False
    checked: bool = False
    focusable: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One visible item. Nodes stand in painting order; ``parent`` is the place of the one around it, -1 for none.

    ``kind``: its QML type (``Button``, ``Label``), else Qt's own (``QQuickText``). ``box``: all of it, ``shown``: what
    the window and clipping items leave of it. ``words``: of a text the box of the words themselves. ``ink``: height of
    a Hangul syllable in its font, in pixels as painted. ``behind``: under the shade of a question.
    """

    at: int
    parent: int
    kind: str
    name: str
    box: Box
    shown: Box
    text: str = ""
    words: Box | None = None
    ink: float = 0.0
    colour: tuple[int, int, int] | None = None
    cut: bool = False
    target: bool = False
    enabled: bool = True
    focusable: bool = False
    steady: bool = False
    scrolls: bool = False
    behind: bool = False
    spoken: Spoken | None = None


@dataclass(frozen=True, slots=True)
class Still:
    """What may change the screen without anybody's doing: a running timer or motion, and how often (0: for ever)."""

    what: str
    owner: str
    rounds: int


@dataclass(frozen=True)
class Look:
    """``focus``: the names of what Tab reaches, in its order, as places in ``nodes``. ``restless``: see ``Still``."""

    screen: str
    mode: str
    language: str
    panel: Panel
    nodes: tuple[Node, ...]
    pixels: Pixels = field(repr=False, compare=False)
    focus: tuple[int, ...] = ()
    restless: tuple[Still, ...] = ()

    @property
    def orientation(self) -> str:
        return "portrait" if self.panel.height > self.panel.width else "landscape"

    @property
    def title(self) -> str:
        return f"{self.screen} {self.mode} {self.language} {self.orientation}"

    @cached_property
    def front(self) -> tuple[Node, ...]:
        """What is not under the shade of a question, and of which something is to be seen."""
        return tuple(node for node in self.nodes if not node.behind and node.shown.w > 0 and node.shown.h > 0)

    @property
    def targets(self) -> list[Node]:
        return [node for node in self.front if node.target]

    @property
    def texts(self) -> list[Node]:
        return [node for node in self.front if node.words is not None]

    def around(self, node: Node) -> Iterator[Node]:
        """Its parents, from the nearest on."""
        at = node.parent
        while at >= 0:
            yield self.nodes[at]
            at = self.nodes[at].parent

    def inside(self, node: Node, other: Node) -> bool:
        """``node`` lies in ``other``'s tree."""
        return any(parent.at == other.at for parent in self.around(node))

    def within(self, node: Node) -> list[Node]:
        return [other for other in self.nodes[node.at + 1 :] if self.inside(other, node)]

    def key(self, node: Node) -> str:
        """What it is called in whatever mode: its own name after its named parents'; a text's words."""
        own = node.text if node.words is not None else node.name
        named = [parent.name for parent in self.around(node) if parent.name]
        return "/".join([*reversed(named), own])

    def called(self, node: Node) -> str:
        """For people who look for it."""
        return self.key(node)[-70:] or f"{node.kind} at {node.box}"


@dataclass(frozen=True, slots=True)
class Breach:
    """``where``: screen, mode, language, orientation. ``measured`` and ``wanted`` in words with their unit."""

    criterion: str
    where: str
    what: str
    measured: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.criterion} {self.where}: {self.what}: {self.measured}, wanted {self.wanted}"
