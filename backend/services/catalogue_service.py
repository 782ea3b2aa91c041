"""The catalogue as it stands now: the files, today's events, and what is sold out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from backend.database.interface import Outgoing, UnitOfWork
from backend.domain.catalogue import Catalogue
from backend.errors import Refusal
from backend.services.catalogue_files import CatalogueFiles
from shared.messages import Topic
from shared.problems import ProblemCode


class CatalogueService:
    """``today`` answers the day in the shop's own calendar."""

    def __init__(self, files: CatalogueFiles, today: Callable[[], date]) -> None:
        self._files = files
        self._today = today
        self._made: tuple[date, Catalogue] | None = None

    async def current(self, db: UnitOfWork) -> Catalogue:
        """The catalogue with today's events and the sold-out marks that ``db`` sees."""
        day = self._today()
        sold_out = await db.availability.sold_out()
        if self._made is None or self._made[0] != day or self._made[1].sold_out != sold_out:
            events = tuple(dated.event for dated in self._files.events if dated.runs_on(day))
            self._made = day, replace(self._files.catalogue, events=events, sold_out=sold_out)
        return self._made[1]

    async def set_sold_out(self, db: UnitOfWork, code: str, sold_out: bool) -> None:
        """Mark a menu, and tell every window when ``db`` commits; a mark that stands already tells nobody.

        Raises:
            Refusal: not_found.
        """
        if self._files.catalogue.menu(code) is None:
            raise Refusal(ProblemCode.NOT_FOUND, field="code")
        if (code in await db.availability.sold_out()) == sold_out:
            return
        await db.availability.set_sold_out(code, sold_out)
        db.notify(Outgoing(Topic.CATALOGUE_CHANGED.value, {"code": code, "sold_out": sold_out}))
