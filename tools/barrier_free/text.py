"""B15 height of the ink; B16 nothing clipped, elided, covered or over one another."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from tools.barrier_free.look import Box, Breach, Look, Node

LARGE_PANEL_CM: Final = 28.0
INK_MM: Final = 12.0
INK_SMALL_PANEL_MM: Final = 7.25
ROUNDING_PX: Final = 1.5
TIGHT: Final = 0.12
"""Of a line's height: what is empty above and below the ink; so far lines may meet without anything being hidden."""


def ink(look: Look) -> list[Breach]:
    """The Hangul syllable of each text's own font, as painted; never the font's nominal size."""
    wanted = INK_MM if look.panel.inches * 2.54 > LARGE_PANEL_CM else INK_SMALL_PANEL_MM
    found = []
    for node in look.texts:
        tall = look.panel.mm(node.ink)
        if tall < wanted - 0.01:
            found.append(Breach("B15", look.title, look.called(node), f"{tall:.2f} mm of ink", f"{wanted} mm"))
    return found


def whole(look: Look) -> list[Breach]:
    """Every word is on the glass, in its own frame and nowhere cut."""
    found = []
    for node in look.texts:
        words = node.words
        if words is None:
            continue
        lost = node.box if node.cut else next((box for box in _frames(look, node) if _sticks_out(node, box)), None)
        if lost is not None:
            how = "elided" if node.cut else f"words at {words}"
            found.append(Breach("B16", look.title, look.called(node), how, f"whole within {lost}"))
    return found


def apart(look: Look) -> list[Breach]:
    """No words over others, and none under a target that is not theirs."""
    found = []
    for one, other in combinations(look.texts, 2):
        if one.words is None or other.words is None:
            continue
        deep = -one.words.gap(other.words)
        if deep > max(ROUNDING_PX, TIGHT * min(one.words.h, other.words.h)):
            what = f"{look.called(one)} and {look.called(other)}"
            found.append(Breach("B16", look.title, what, f"{deep:.0f} px over one another", "apart"))
    for node in look.texts:
        for target in look.targets:
            if node.words is None or target.at == node.at or look.inside(node, target) or look.inside(target, node):
                continue
            deep = -node.words.gap(target.shown)
            if deep > max(ROUNDING_PX, TIGHT * node.words.h):
                what = f"{look.called(node)} and the target {look.called(target)}"
                found.append(Breach("B16", look.title, what, f"{deep:.0f} px over one another", "apart"))
    return found


def _frames(look: Look, node: Node) -> list[Box]:
    """The glass, what clips it, and the nearest thing that is pressed or is a sheet."""
    frames = [look.panel.box]
    if node.shown != node.box:
        frames.append(node.shown)
    nearest = next((parent for parent in look.around(node) if parent.target or _sheet(look, parent)), None)
    return [*frames, nearest.box] if nearest is not None else frames


def _sheet(look: Look, node: Node) -> bool:
    """It paints a card behind its other children."""
    return any(other.parent == node.at and other.kind == "Card" for other in look.nodes[node.at + 1 : node.at + 3])


def _sticks_out(node: Node, frame: Box) -> bool:
    words = node.words
    assert words is not None
    slack = ROUNDING_PX + TIGHT * node.ink
    return bool(
        words.x < frame.x - ROUNDING_PX
        or words.right > frame.right + ROUNDING_PX
        or words.y < frame.y - slack
        or words.bottom > frame.bottom + slack
    )
