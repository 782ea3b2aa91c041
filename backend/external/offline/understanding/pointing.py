"""Which item of the order is meant: by its menu or category, by its place, by its style, by what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.order import Item
from backend.domain.proposal import Change, ChangeItem, PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.drafts import Draft
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span


class Pointing:
    """The order of one request, and the words that point into it."""

    def __init__(self, spans: Sequence[Span], request: UnderstandingRequest) -> None:
        self._spans = spans
        self._request = request

    def item(self, target: int | None) -> Item | None:
        """The item at ``target``, or the one being worked on."""
        at = self._request.current if target is None else target
        return self._request.items[at] if at is not None and 0 <= at < len(self._request.items) else None

    def named(self, draft: Draft) -> int | None:
        """The item of the menu, or the only one of the category, that the draft names."""
        if draft.menus:
            found = [i for i, item in enumerate(self._request.items) if item.menu_code in draft.menus]
        else:
            found = self.of_category(draft.category)
            if len(found) != 1:
                return None
        if self._request.current in found:
            return self._request.current
        return found[-1] if found else None

    def of_category(self, category: str | None) -> list[int]:
        menus = self._request.catalogue
        return [
            i
            for i, item in enumerate(self._request.items)
            if (menu := menus.menu(item.menu_code)) and menu.category == category
        ]

    def ranked(self) -> int | None:
        """``두 번째 거``, ``the first one``: an item of the order, where nothing else is on offer."""
        if self._request.asked in ("which", "offer", "style"):
            return None
        rank = next((span for span in self._spans if span.has(Kind.RANK, Kind.FORMER, Kind.LATTER)), None)
        if rank is None or not self._request.items:
            return None
        last = rank.has(Kind.LATTER) or rank.value < 0
        index = len(self._request.items) - 1 if last else 0 if rank.has(Kind.FORMER) else rank.value - 1
        return index if index < len(self._request.items) else None

    def the_other(self) -> int | None:
        """``the other one with two candles``: of two of a menu the one that nothing was done to."""
        leads = next((span for span in self._spans if not span.has(Kind.FILLER, Kind.AND)), None)
        items = self._request.items
        if leads is None or leads.words not in ("theother", "theotherone") or len(items) != 2:
            return None
        done = [i for i, item in enumerate(items) if self._request.about in item.customization]
        alike = items[0].menu_code == items[1].menu_code
        return 1 - done[0] if alike and len(done) == 1 else None

    def styled(self, style: str | None) -> int | None:
        """The only item that has this style."""
        found = [i for i, item in enumerate(self._request.items) if item.style == style]
        return found[0] if len(found) == 1 else None

    def one_style_each(self) -> tuple[Change, ...]:
        """``앞에 거 그랜드 뒤에 거 심플``, ``grand for her and simple for me``: as many styles as items without one."""
        styles = [span.code(Kind.STYLE) for span in self._spans if span.has(Kind.STYLE)]
        open_ones = [i for i, item in enumerate(self._request.items) if item.style is None]
        if (
            len(styles) < 2
            or len(styles) != len(open_ones)
            or any(span.has(Kind.NUMBER, Kind.NO) for span in self._spans)
        ):
            return ()
        return tuple(ChangeItem(index, style=style) for index, style in zip(open_ones, styles, strict=True))

    def holder(self, portions: Sequence[PortionChange]) -> int | None:
        """The item whose ingredients are spoken of: the one being worked on, unless only another one has them."""
        if not portions:
            return None
        holders = [i for i in range(len(self._request.items)) if self._holds(i, portions)]
        return None if self._request.current in holders or not holders else holders[0]

    def everywhere(self, portions: Sequence[PortionChange]) -> tuple[Change, ...]:
        """``와인은 다 빼 주세요``: of each item that comes with it."""
        changes: list[Change] = []
        for at in range(len(self._request.items)):
            own = tuple(each for each in portions if self._holds(at, (each,)))
            if own:
                changes.append(ChangeItem(at, portions=own))
        return tuple(changes)

    def back_to_default(self, target: int | None) -> list[PortionChange]:
        """``원래대로``: everything that was changed on the item."""
        item = self.item(target)
        return [PortionChange(code, PortionMode.RESET) for code in item.customization] if item is not None else []

    def extras(self, target: int | None) -> tuple[str, ...]:
        """The ingredients that the item has more of than its menu comes with."""
        item = self.item(target)
        menu = self._request.catalogue.menu(item.menu_code) if item is not None else None
        if item is None or menu is None:
            return ()
        counts = ((code, count, menu.portion(code)) for code, count in item.customization.items())
        return tuple(code for code, count, portion in counts if portion is not None and count > portion.default)

    def _holds(self, at: int, portions: Sequence[PortionChange]) -> bool:
        menu = self._request.catalogue.menu(self._request.items[at].menu_code)
        return menu is not None and all(menu.portion(each.ingredient) for each in portions)
