"""B17 and B18: contrast of text, icons and the edges of targets, from the pixels; B19: told apart without colour."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from tools.barrier_free import pixels
from tools.barrier_free.look import Box, Breach, Look, Node
from tools.barrier_free.pixels import Colour

TEXT: Final = 4.5
SHAPE: Final = 3.0
HIGH: Final = 7.0
EDGE_PX: Final = 6
"""So deep into a target its edge is looked for, and so far outside what it stands against."""
ROUNDING: Final = 0.05


def text(look: Look) -> list[Breach]:
    """Each word against the worst of what is behind it."""
    wanted, criterion = (HIGH, "B18") if look.mode == "contrast" else (TEXT, "B17")
    return [
        Breach(criterion, look.title, look.called(node), f"{ratio:.2f}:1", f"{wanted}:1")
        for node in look.texts
        if node.colour is not None
        and node.words is not None
        and (ratio := _against_ground(look, node.words.cut(node.shown), node.colour)) < wanted - ROUNDING
    ]


def icons(look: Look) -> list[Breach]:
    wanted, criterion = (HIGH, "B18") if look.mode == "contrast" else (SHAPE, "B17")
    return [
        Breach(criterion, look.title, f"icon of {look.called(node)}", f"{ratio:.2f}:1", f"{wanted}:1")
        for node in look.front
        if node.kind == "Icon"
        and node.colour is not None
        and (ratio := _against_ground(look, node.shown, node.colour)) < wanted - ROUNDING
    ]


def edges(look: Look) -> list[Breach]:
    """Where a target ends can be seen: its face or its edge stands against what is around it."""
    wanted, criterion = (HIGH, "B18") if look.mode == "contrast" else (SHAPE, "B17")
    found = []
    for node in look.targets:
        if not node.enabled or any(part.kind == "FocusRing" for part in look.within(node)):
            continue  # what cannot be pressed shows no edge: that tells it apart; a ring is B13's
        ratio = _edge(look, _face(look, node))
        if ratio < wanted - ROUNDING:
            found.append(Breach(criterion, look.title, f"edge of {look.called(node)}", f"{ratio:.2f}:1", f"{wanted}:1"))
    return found


def grey(look: Look) -> list[Breach]:
    """B19: of choices side by side the chosen one differs in more than colour: in a sign, or in how light it is."""
    found = []
    for group in _choices(look).values():
        chosen = [node for node in group if node.spoken is not None and node.spoken.checked]
        others = [node for node in group if node not in chosen]
        for one in chosen:
            for other in others:
                if _signs(look, one) != _signs(look, other):
                    continue
                ratio = pixels.contrast(_ground(look, one), _ground(look, other))
                if ratio < SHAPE - ROUNDING:
                    what = f"{look.called(one)} (chosen) and {look.called(other)}"
                    found.append(Breach("B19", look.title, what, f"{ratio:.2f}:1 in grey, no sign", "3:1 or a sign"))
    return found


def _against_ground(look: Look, box: Box, colour: Colour) -> float:
    part = pixels.piece(look.pixels, box)
    if part.size == 0:
        return 1.0
    painted = pixels.nearest(part, colour)
    ratios = []
    for tile in pixels.tiles(part, max(8, part.shape[0])):
        ground = pixels.commonest(tile)
        if ground == painted:  # a bold stroke fills the tile: what is behind it is the other colour
            ground = pixels.farthest(tile, painted)
        ratios.append(pixels.contrast(painted, ground))
    # A tile with nothing of the word in it says nothing against it.
    return min(ratios, default=1.0)


def _edge(look: Look, box: Box) -> float:
    """The better of edge and face against what is outside, on the worst side."""
    sides = []
    for parts in _sides(box):
        ratios = []
        for outside, inside in parts:
            out, into = pixels.piece(look.pixels, outside), pixels.piece(look.pixels, inside)
            if out.size and into.size:  # else it is at the rim of the glass
                ground = pixels.commonest(out)
                ratios.append(pixels.contrast(ground, pixels.farthest(into, ground)))
        if ratios:
            sides.append(max(ratios))
    return min(sides, default=21.0)


def _sides(box: Box) -> list[list[tuple[Box, Box]]]:
    """Each side in three parts, without the round corners: something may stick out of one, as a bubble's tail does."""
    deep, out = EDGE_PX, EDGE_PX - 2
    top, bottom, left, right = [], [], [], []
    for part in range(3):
        w, h = box.w / 5, box.h / 5
        x, y = box.x + w + part * w, box.y + h + part * h
        top.append((Box(x, box.y - deep, w, out), Box(x, box.y - 1, w, deep)))
        bottom.append((Box(x, box.bottom + 2, w, out), Box(x, box.bottom + 1 - deep, w, deep)))
        left.append((Box(box.x - deep, y, out, h), Box(box.x - 1, y, deep, h)))
        right.append((Box(box.right + 2, y, out, h), Box(box.right + 1 - deep, y, deep, h)))
    return [top, bottom, left, right]


def _face(look: Look, node: Node) -> Box:
    """What is painted of a target: its card, else its largest rectangle; its frame where it lies in one; else all."""
    parts = [part for part in look.within(node) if part.box.w > 0]
    drawn = [part for part in parts if part.kind == "Card"] or [p for p in parts if p.kind == "QQuickRectangle"]
    if drawn:
        return max(drawn, key=lambda part: part.box.w * part.box.h).shown
    frame = next(look.around(node), None)
    return frame.shown if frame is not None and frame.kind == "QQuickRectangle" else node.shown


def _ground(look: Look, node: Node) -> Colour:
    part = pixels.piece(look.pixels, node.shown)
    return pixels.commonest(part) if part.size else (0, 0, 0)


def _signs(look: Look, node: Node) -> int:
    """How many icons it shows."""
    return sum(1 for part in look.within(node) if part.kind == "Icon")


def _choices(look: Look) -> dict[int, list[Node]]:
    """Targets of one parent of which some can be chosen."""
    groups: dict[int, list[Node]] = defaultdict(list)
    for node in look.targets:
        if node.spoken is not None and (node.spoken.checkable or node.spoken.role in {"RadioButton", "PageTab"}):
            groups[node.parent].append(node)
    return groups
