"""The customer window over its fakes, ready to be touched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
