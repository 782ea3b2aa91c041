"""Tells the backend which of the manager's pictures this kiosk shows on its menu cards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from kiosk.errors import KioskError
from kiosk.tasks import TaskScope
from shared.catalogue import Menu

Say = Callable[[str, int], Awaitable[None]]


class CardReports:
    """Each change of a card is told once; one that could not be told is told with the next look."""

    def __init__(self, say: Say, tasks: TaskScope) -> None:
        self._say = say
        self._tasks = tasks
        self._told: dict[str, int] = {}

    def look(self, menus: Iterable[Menu], urls: Mapping[str, str]) -> None:
        """``urls`` maps the images that are shown by now."""
        new = {menu.code: menu.image_number for menu in menus if menu.image_number and menu.image in urls}
        due = {code: number for code, number in new.items() if self._told.get(code) != number}
        if due and not self._tasks.running("card reports"):
            self._tasks.start(self._tell(due), "card reports", group="card reports")

    async def _tell(self, due: Mapping[str, int]) -> None:
        for code, number in due.items():
            try:
                await self._say(code, number)
            except KioskError:
                return
            self._told[code] = number
