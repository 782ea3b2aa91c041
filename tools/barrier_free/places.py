"""B24 the same keys in the same place, pages and steps; B23 a way back and out; B30 within reach of who sits."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from tools.barrier_free.look import Breach, Look, Node

MOVED_PX: Final = 2.0
LOWEST_MM: Final = 400.0
REACH_MM: Final = 1220.0
READ_MM: Final = 1400.0
SAME_PLACE: Final = ("bar_back", "bar_home", "bar_help")
FIRST_AND_LAST: Final = frozenset({"start", "newOrder"})
"""What stands on the screens that there is nothing to go back from."""


def no_scrolling(look: Look) -> list[Breach]:
    return [Breach("B24", look.title, look.called(node), "scrolls", "pages") for node in look.front if node.scrolls]


def steps(look: Look) -> list[Breach]:
    if look.screen.endswith("attract") or any(node.name == "steps" for node in look.nodes):
        return []
    return [Breach("B24", look.title, "the steps", "not shown", "where one is")]


def same_place(looks: Iterable[Look]) -> list[Breach]:
    """Over all screens of one mode, language and orientation."""
    found = []
    alike = sorted(looks, key=_sort)
    for _, group in groupby(alike, key=_sort):
        first: dict[str, Node] = {}
        for look in group:
            for node in look.nodes:
                if node.name not in SAME_PLACE:
                    continue
                known = first.setdefault(node.name, node)
                if _moved(known, node) > MOVED_PX:
                    found.append(Breach("B24", look.title, node.name, f"at {node.box}", f"at {known.box} as elsewhere"))
            missing = [name for name in SAME_PLACE if not any(node.name == name for node in look.nodes)]
            found += [Breach("B24", look.title, name, "not there", "on every screen") for name in missing]
    return found


def way_out(look: Look) -> list[Breach]:
    """B23: back and start over can be pressed, in a question its own answers."""
    asking = any(node.behind and node.name == "bar_home" for node in look.nodes)
    if asking or any(node.name in FIRST_AND_LAST for node in look.nodes):
        return []
    return [
        Breach("B23", look.title, name, "cannot be pressed", "on every screen")
        for name in ("bar_back", "bar_home")
        if not any(node.name == name and node.enabled for node in look.targets)
    ]


def help_everywhere(look: Look) -> list[Breach]:
    """B28: the call for staff can be pressed, or a question is answered first that is all there is."""
    if any(node.name == "bar_help" and (node.enabled or node.behind) for node in look.nodes):
        return []
    return [Breach("B28", look.title, "bar_help", "cannot be pressed", "on every screen")]


def reach(look: Look) -> list[Breach]:
    """B30, on a low screen: controls between 400 and 1,220 mm above the floor, what is read up to 1,400."""
    if look.mode != "low":
        return []
    found = []
    for node in look.targets:
        top, foot = look.panel.above_floor(node.shown.y), look.panel.above_floor(node.shown.bottom)
        if top > REACH_MM + 1 or foot < LOWEST_MM - 1:
            measured, wanted = f"{foot:.0f} to {top:.0f} mm above the floor", "400 to 1220 mm"
            found.append(Breach("B30", look.title, look.called(node), measured, wanted))
    for node in look.texts:
        top = look.panel.above_floor(node.shown.y)
        if top > READ_MM + 1:
            found.append(Breach("B30", look.title, look.called(node), f"{top:.0f} mm above the floor", "1400 mm"))
    return found


def _sort(look: Look) -> tuple[str, str, str]:
    return look.mode, look.language, look.orientation


def _moved(one: Node, other: Node) -> float:
    return max(
        abs(one.box.x - other.box.x),
        abs(one.box.y - other.box.y),
        abs(one.box.right - other.box.right),
        abs(one.box.bottom - other.box.bottom),
    )
