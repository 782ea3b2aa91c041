"""B11 keys reach everything and are trapped nowhere; B12 in reading order; B13 the ring that shows where they are."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from tools.barrier_free import pixels
from tools.barrier_free.look import Breach, Look, Node, Pixels

RING: Final = 3.0
RING_MM: Final = 1.0
SEARCHED_MM: Final = 4.0
CHANGED: Final = 60
"""Of red, green and blue together: more than what smoothing does."""


def reached(look: Look) -> list[Breach]:
    """Tab comes to every target that can be acted on."""
    chain = set(look.focus)
    return [
        Breach("B11", look.title, look.called(node), "Tab never comes to it", "reached by keys")
        for node in look.targets
        if node.enabled and node.at not in chain
    ]


def order(look: Look) -> list[Breach]:
    """From one to the next it goes on in the row, or down; up only into another column."""
    found = []
    chain = [look.nodes[at] for at in look.focus]
    for one, other in pairwise(chain):
        upward = other.box.bottom <= one.box.y + 1
        beside = other.box.x >= one.box.right - 1 or other.box.right <= one.box.x + 1
        if upward and not beside:
            what = f"{look.called(one)} to {look.called(other)}"
            found.append(Breach("B12", look.title, what, f"up from {one.box} to {other.box}", "reading order"))
    return found


def ring(look: Look, node: Node, focused: Pixels) -> list[Breach]:
    """``focused``: the same screen while ``node`` has the keys. What differs around it is the ring."""
    band = node.box.grown(SEARCHED_MM / look.panel.mm_per_px).cut(look.panel.box)
    before, after = pixels.piece(look.pixels, band), pixels.piece(focused, band)
    changed = np.abs(after.astype(np.int16) - before.astype(np.int16)).sum(axis=2) > CHANGED
    if not changed.any():
        return [Breach("B13", look.title, look.called(node), "nothing shows that it has the keys", "a ring")]
    found = []
    middle = max(0, min(round(node.box.x + node.box.w / 2 - band.x), changed.shape[1] - 1))
    first, end = _run(changed[:, middle])
    thick = look.panel.mm(end - first)
    if thick < RING_MM - 0.02:
        found.append(Breach("B13", look.title, look.called(node), f"a ring of {thick:.2f} mm", "1 mm"))
    elif (against := _against(before, after, middle, first, end)) < RING - 0.05:
        found.append(Breach("B13", look.title, look.called(node), f"{against:.2f}:1", "3:1 on both sides"))
    return found


def _run(column: pixels.Mask) -> tuple[int, int]:
    """The longest unbroken part of it, as the first place in it and the first after it."""
    best = (0, 0)
    begun = -1
    for at, on in enumerate([*column, False]):
        if on and begun < 0:
            begun = at
        elif not on and begun >= 0:
            best = max(best, (begun, at), key=lambda run: run[1] - run[0])
            begun = -1
    return best


def _against(before: Pixels, after: Pixels, middle: int, first: int, end: int) -> float:
    """The ring's own colour against what is just outside of it and just inside."""
    across = slice(max(0, middle - 20), middle + 20)
    colour = pixels.commonest(after[first:end, across])
    sides = (before[max(0, first - 4) : first, across], before[end : end + 3, across])
    return min((pixels.contrast(colour, pixels.commonest(part)) for part in sides if part.size), default=1.0)
