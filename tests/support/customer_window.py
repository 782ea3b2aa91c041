"""The customer window over its fakes, ready to be touched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtQuick import QQuickItem

from kiosk.customer.root import CustomerModel
from kiosk.language import WindowLanguage
from kiosk.services.hearing import LOOK_AGAIN_SECONDS
from tests.fakes.shop_counter import Counter, counter
from tests.support.window import Screen, shown

PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)


@dataclass(frozen=True, slots=True)
class Customer:
    """``screen`` is what is seen, ``counter`` what stands behind it."""

    screen: Screen
    model: Any  # a CustomerModel; PySide6's stubs do not know that a Property is read
    counter: Counter

    async def page(self, name: str) -> None:
        """Wait until the customer is on page ``name`` and it is drawn."""
        await self.screen.until(lambda: self.model.page == name)
        await self.screen.turn()


@asynccontextmanager
async def customer_window(
    data_dir: Path, words: Path, size: tuple[int, int] = PORTRAIT, *, look_again: float = LOOK_AGAIN_SECONDS
) -> AsyncIterator[Customer]:
    """On the attract screen, the menu read. ``words``: the folder of the compiled translations."""
    switch: list[WindowLanguage] = []
    shop = counter(data_dir, lambda language: switch[0].show(language), look_again=look_again)  # noqa: PLW0108 -- it is not there yet
    await shop.services.shop.refresh()
    model: Any = CustomerModel(shop.services)
    async with shown(
        "Customer", model, *size, lambda engine: switch.append(WindowLanguage([words], engine.retranslate))
    ) as screen:
        await screen.until(lambda: all(row.picture for row in (*model.dinners.rows, *model.cakes.rows)))
        yield Customer(screen, model, shop)
        switch[0].show("ko")
    await model.close()
    await shop.close()


def cut_texts(screen: Screen) -> list[str]:
    """Texts that do not fit: elided, wider or taller than the window, or than the nearest card, button or page."""
    found = []
    window = screen.window
    for item in screen.items():
        text = item.property("text")
        if not isinstance(text, str) or not text or item.property("contentWidth") is None:
            continue
        if item.property("truncated"):
            found.append(f"elided: {text}")
        box = item.mapRectToScene(item.boundingRect())
        if box.left() < -1 or box.top() < -1 or box.right() > window.width() + 1 or box.bottom() > window.height() + 1:
            found.append(f"outside the window: {text}")
        frame = _frame(item)
        if frame is not None:
            around = frame.mapRectToScene(frame.boundingRect())
            if box.top() < around.top() - 1 or box.bottom() > around.bottom() + 1 or box.right() > around.right() + 1:
                found.append(f"outside its frame: {text}")
    return found


def covered_texts(screen: Screen) -> list[str]:
    """Words of a line of the cart that lie under one of its own buttons."""
    found = []
    buttons = [item for item in screen.items() if item.inherits("QQuickAbstractButton") and item.isVisible()]
    for item in screen.items():
        text, frame = item.property("text"), _frame(item)
        words = isinstance(text, str) and text and item.property("contentWidth") is not None
        if not words or frame is None or not frame.objectName().startswith("line_"):
            continue
        box = item.mapRectToScene(item.boundingRect()).adjusted(1, 1, -1, -1)
        found += [
            f"under {button.objectName()}: {text}"
            for button in buttons
            if frame.isAncestorOf(button) and box.intersects(button.mapRectToScene(button.boundingRect()))
        ]
    return found


def _frame(item: QQuickItem) -> QQuickItem | None:
    """The nearest thing around ``item`` that is pressed or is a card."""
    parent: QQuickItem | None = item.parentItem()
    while parent:
        named = parent.objectName().startswith(("line_", "ingredient_", "voicePanel"))
        if named or parent.inherits("QQuickAbstractButton"):
            return parent
        parent = parent.parentItem()
    return None


def overlapping_targets(screen: Screen) -> list[str]:
    """Pairs of enabled targets whose areas meet."""
    targets = [
        (item, item.mapRectToScene(item.boundingRect()))
        for item in screen.items()
        if item.inherits("QQuickAbstractButton") and item.isEnabled()
    ]
    found = []
    for at, (one, area) in enumerate(targets):
        for other, its in targets[at + 1 :]:
            if area.intersects(its) and not one.isAncestorOf(other):
                found.append(
                    f"{one.objectName() or one.property('text')} / {other.objectName() or other.property('text')}"
                )
    return found
