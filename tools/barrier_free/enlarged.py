"""B16: the large mode against the normal one: 200 % of everything, not of text alone, and one step back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tools.barrier_free.look import Breach, Look, Node

WANTED: Final = 2.0
ROUNDING: Final = 0.04


def ratio(looks: Iterable[Look]) -> list[Breach]:
    """What is on both screens, by its name: the ink of texts, and the height of targets and icons."""
    normal = {(look.screen, look.language, look.orientation): look for look in looks if look.mode == "normal"}
    found = []
    for look in looks:
        before = normal.get((look.screen, look.language, look.orientation))
        if look.mode != "large" or before is None:
            continue
        sizes = {before.key(node): size for node in before.front if (size := _size(node)) > 0}
        for node in look.front:
            size, old = _size(node), sizes.get(look.key(node), 0.0)
            if size and old and size / old < WANTED - ROUNDING:
                what = f"{'words' if node.words is not None else 'height'} of {look.called(node)}"
                found.append(Breach("B16", look.title, what, f"{size / old:.0%}", "200 %"))
    return found


def one_step_back(look: Look) -> list[Breach]:
    if look.mode != "large" or any(node.name == "bar_large" and (node.enabled or node.behind) for node in look.nodes):
        return []
    return [Breach("B16", look.title, "bar_large", "cannot be pressed", "one step back to the usual size")]


def _size(node: Node) -> float:
    if node.words is not None:
        return node.ink
    return node.box.h if node.target and node.name else 0.0
