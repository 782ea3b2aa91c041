"""Which items of the order fit a description: a style, or what was changed on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from backend.domain.order import Item, unit_price
from backend.domain.proposal import UnderstandingRequest


class Lines:
    """The items of one request. Every answer is indices in the order of the items, none where nothing fits."""

    def __init__(self, request: UnderstandingRequest) -> None:
        self._request = request

    def styled(self, codes: Iterable[str]) -> tuple[int, ...]:
        wanted = set(codes)
        return self._where(lambda item: item.style in wanted)

    def coloured(self, code: str) -> tuple[int, ...]:
        """``분홍에는``: the custom cakes of this colour."""
        return self._where(lambda item: item.cake is not None and item.cake.colour == code)

    def by_price(self, *, dearest: bool) -> tuple[int, ...]:
        """``비싼 쪽``: the one whose piece costs most, or least; none where two cost the same."""
        prices = [unit_price(item, self._request.catalogue) for item in self._request.items]
        wanted = max(prices) if dearest else min(prices)
        return tuple(at for at, price in enumerate(prices) if price == wanted)

    def without(self, codes: Iterable[str]) -> tuple[int, ...]:
        """``커피 뺀 쪽``: those that have none of it although their menu knows it."""
        wanted = tuple(codes)
        return self._where(lambda item: any(self._counted(item, code) == (0, True) for code in wanted))

    def having(self, codes: Iterable[str], count: int | None = None) -> tuple[int, ...]:
        """``와인 있는 거``, ``와인 두 잔짜리``: those that have it, or just so much of it."""
        wanted = tuple(codes)

        def fits(item: Item) -> bool:
            return any(now == count if count is not None else now > 0 for now, _ in self._each(item, wanted))

        return self._where(fits)

    def more_of(self, codes: Iterable[str]) -> tuple[int, ...]:
        """``빵 추가한 거``: those that have more of it than the menu comes with."""
        wanted = tuple(codes)
        return self._where(
            lambda item: any(
                now > self._default(item, code) for code in wanted for now, held in (self._counted(item, code),) if held
            )
        )

    def extras(self, at: int) -> tuple[str, ...]:
        """The ingredients that the item at ``at`` has more of than its menu comes with."""
        item = self._request.items[at]
        return tuple(code for code, count in item.customization.items() if count > self._default(item, code))

    def _each(self, item: Item, codes: tuple[str, ...]) -> list[tuple[int, bool]]:
        return [counted for code in codes if (counted := self._counted(item, code))[1]]

    def _counted(self, item: Item, code: str) -> tuple[int, bool]:
        """How much of an ingredient the item has, and whether its menu knows it."""
        menu = self._request.catalogue.menu(item.menu_code)
        portion = menu.portion(code) if menu is not None else None
        return (item.customization.get(code, portion.default), True) if portion is not None else (0, False)

    def _default(self, item: Item, code: str) -> int:
        menu = self._request.catalogue.menu(item.menu_code)
        portion = menu.portion(code) if menu is not None else None
        return portion.default if portion is not None else 0

    def _where(self, fits: Callable[[Item], bool]) -> tuple[int, ...]:
        return tuple(index for index, item in enumerate(self._request.items) if fits(item))
