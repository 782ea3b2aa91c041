"""From a window to a Look: the item tree mapped to the scene, what QAccessible tells, and the pixels."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QImage
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tools.barrier_free.look import Box, Look, Node, Panel, Pixels, Spoken, Still

SYLLABLE = "가"
MOTIONS = ("QQuickAbstractAnimation", "QQmlTimer")


def panel_of(window: QQuickWindow, inches: float, bottom_mm: float) -> Panel:
    return Panel(window.width(), window.height(), inches, bottom_mm)


def look_at(window: QQuickWindow, panel: Panel, screen: str, mode: str, language: str) -> tuple[Look, list[QQuickItem]]:
    """Everything of ``window`` as it stands now, and the items behind the nodes, in the same order."""
    QAccessible.setActive(True)
    nodes, items = _nodes(window, panel)
    chain = tuple(_focus_chain(nodes, items))
    return Look(screen, mode, language, panel, tuple(nodes), pixels(window), chain, _restless(window)), items


def pixels(window: QQuickWindow) -> Pixels:
    """What is painted, as rows of red, green, blue."""
    image = window.grabWindow().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def _nodes(window: QQuickWindow, panel: Panel) -> tuple[list[Node], list[QQuickItem]]:
    found: list[tuple[QQuickItem, int, Box]] = []
    waiting: list[tuple[QQuickItem, int, Box]] = [(window.contentItem(), -1, panel.box)]
    while waiting:
        item, parent, frame = waiting.pop()
        if not item.isVisible():
            continue
        found.append((item, parent, frame))
        inner = frame.cut(_scene(item, item.boundingRect())) if item.clip() else frame
        children = sorted(item.childItems(), key=lambda child: child.z())
        waiting.extend((child, len(found) - 1, inner) for child in reversed(children))
    shade = _last_shade([item for item, _, _ in found], panel)
    telling = _telling(window)
    made = [
        _node(item, at, parent, frame, behind=at < shade, tells=item in telling)
        for at, (item, parent, frame) in enumerate(found)
    ]
    return made, [item for item, _, _ in found]


def _telling(window: QQuickWindow) -> set[QObject]:
    """The items that a screen reader comes to: what is ignored is not among them."""
    waiting: list[Any] = [QAccessible.queryAccessibleInterface(window)]
    found = set()
    while waiting:
        interface = waiting.pop()
        if interface is not None and interface.isValid():
            found.add(interface.object())
            waiting.extend(interface.child(at) for at in range(interface.childCount()))
    return found


def _last_shade(items: list[QQuickItem], panel: Panel) -> int:
    """The place of the last sheet over the whole window: what was painted before it is behind it."""
    sheets = [
        at
        for at, item in enumerate(items)
        if item.inherits("QQuickRectangle")
        and item.width() >= panel.width
        and item.height() >= panel.height
        and QColor(item.property("color")).alpha() > 0
    ]
    return sheets[-1] if sheets else 0


def _node(item: QQuickItem, at: int, parent: int, frame: Box, *, behind: bool, tells: bool) -> Node:
    box = _scene(item, QRectF(0, 0, item.width(), item.height()))
    text, font = item.property("text"), item.property("font")
    written = isinstance(text, str) and text != "" and item.property("contentWidth") is not None
    words, ink = None, 0.0
    if written and isinstance(font, QFont):
        words = _words(item)
        ink = QFontMetricsF(font).tightBoundingRect(SYLLABLE).height() * _scale(item)
    colour = item.property("color")
    icon = item.inherits("QQuickText") or item.inherits("QQuickTextEdit") or _kind(item) == "Icon"
    return Node(
        at,
        parent,
        _kind(item),
        item.objectName(),
        box,
        box.cut(frame),
        text=text if isinstance(text, str) else "",
        words=words,
        ink=ink,
        colour=(colour.red(), colour.green(), colour.blue()) if icon and isinstance(colour, QColor) else None,
        cut=bool(item.property("truncated")),
        target=any(item.inherits(kind) for kind in ("QQuickAbstractButton", "QQuickTextEdit", "QQuickTextInput")),
        enabled=item.isEnabled(),
        focusable=item.activeFocusOnTab(),
        steady=bool(item.property("steady")),
        scrolls=item.inherits("QQuickFlickable"),
        behind=behind,
        spoken=_spoken(item) if tells else None,
    )


def _kind(item: QObject) -> str:
    """``Button_QMLTYPE_12`` -> ``Button``."""
    meta = item.metaObject()
    name = meta.className()
    short = re.sub(r"_QML(TYPE)?_\d+$", "", name)
    if short != name:
        # Of a type that goes with its engine: PySide would give this wrapper to whatever is next at its address.
        shiboken6.invalidate(meta)
    return short


def _scene(item: QQuickItem, area: QRectF) -> Box:
    mapped = item.mapRectToScene(area)
    return Box(mapped.x(), mapped.y(), mapped.width(), mapped.height())


def _scale(item: QQuickItem) -> float:
    """How much larger than its own pixels it is painted."""
    down = item.mapToScene(QPointF(0, 1)) - item.mapToScene(QPointF(0, 0))
    return float((down.x() ** 2 + down.y() ** 2) ** 0.5)


def _words(item: QQuickItem) -> Box:
    """Where the words are in the item, by its alignment."""
    wide, tall = float(item.property("contentWidth")), float(item.property("contentHeight"))
    across, down = _flag(item, "horizontalAlignment"), _flag(item, "verticalAlignment")
    free, left = item.width() - wide, 0.0
    if across & 0x4:
        left = free / 2
    elif across & 0x2:
        left = free
    top = 0.0
    if down & 0x80:
        top = (item.height() - tall) / 2
    elif down & 0x40:
        top = item.height() - tall
    return _scene(item, QRectF(left, top, wide, tall))


def _flag(item: QQuickItem, name: str) -> int:
    """An enumeration that PySide6 cannot convert, as QML sees it."""
    answer: Any = QQmlExpression(QQmlEngine.contextForObject(item), item, name).evaluate()
    value = answer[0] if isinstance(answer, tuple) else answer
    return int(value) if isinstance(value, int | float) else 0


def _spoken(item: QQuickItem) -> Spoken | None:
    """None: it says nothing (ignored, or never meant to)."""
    interface: Any = QAccessible.queryAccessibleInterface(item)
    if interface is None or not interface.isValid():
        return None
    state = interface.state()
    name = str(interface.text(QAccessible.Text.Name))
    role = interface.role().name
    if role in {"Client", "NoRole", "Window"} and not name:
        return None
    return Spoken(
        name,
        role,
        " ".join(str(interface.text(part)) for part in (QAccessible.Text.Description, QAccessible.Text.Value)),
        bool(state.checkable),
        bool(state.checked),
        bool(state.focusable),
    )


def _focus_chain(nodes: list[Node], items: list[QQuickItem]) -> list[int]:
    """Where Tab leads, from the first thing that takes it until it comes back."""
    reached = [at for at, node in enumerate(nodes) if node.focusable and node.enabled and not node.behind]
    if not reached:
        return []
    places = {item: at for at, item in enumerate(items)}
    order: list[int] = []
    item: QQuickItem | None = items[reached[0]]
    while item and len(order) <= len(reached):
        at = places.get(item)
        if at is None or at in order:
            break
        order.append(at)
        item = item.nextItemInFocusChain(True)
    return order


def _restless(window: QQuickWindow) -> tuple[Still, ...]:
    """Timers and motions that run now; those that wait for somebody do not count."""
    found = []
    for thing in window.findChildren(QObject):
        if any(thing.inherits(kind) for kind in MOTIONS) and thing.property("running"):
            rounds = _rounds(thing)
            owner = thing.parent()
            found.append(Still(_kind(thing), owner.objectName() or _kind(owner) if owner is not None else "", rounds))
    return tuple(found)


def _rounds(thing: QObject) -> int:
    if thing.inherits("QQmlTimer"):
        return 0 if thing.property("repeat") else 1
    loops = int(thing.property("loops") or 1)
    return max(loops, 0)
