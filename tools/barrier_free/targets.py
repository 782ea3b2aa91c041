"""B1 size and B2 distance of what can be touched; B4 a trembling second tap."""

from __future__ import annotations

from typing import Final

from tools.barrier_free.look import Breach, Look, Node

SIDE_MM: Final = 12.0
AREA_MM2: Final = 150.0
GAP_MM: Final = 2.5
ROUNDING_MM: Final = 0.05
STEADY: Final = frozenset({"addItem", "place"})
"""What adds to the order or places it."""


def size(look: Look) -> list[Breach]:
    found = []
    for node in look.targets:
        wide, tall = look.panel.mm(node.shown.w), look.panel.mm(node.shown.h)
        if min(wide, tall) < SIDE_MM - ROUNDING_MM or wide * tall < AREA_MM2:
            measured = f"{wide:.1f} x {tall:.1f} mm"
            found.append(Breach("B1", look.title, look.called(node), measured, "12 mm a side and 150 mm2"))
    return found


def distance(look: Look) -> list[Breach]:
    found, targets = [], look.targets
    for at, one in enumerate(targets):
        for other in targets[at + 1 :]:
            gap = look.panel.mm(one.shown.gap(other.shown))
            if gap < GAP_MM - ROUNDING_MM and not nested(look, one, other):
                what = f"{look.called(one)} and {look.called(other)}"
                found.append(Breach("B2", look.title, what, f"{gap:.1f} mm", "2.5 mm"))
    return found


def steadiness(look: Look) -> list[Breach]:
    return [
        Breach("B4", look.title, look.called(node), "acts again at once", "nothing for 0.5 s")
        for node in look.targets
        if node.name in STEADY and not node.steady
    ]


def nested(look: Look, one: Node, other: Node) -> bool:
    return look.inside(one, other) or look.inside(other, one)
