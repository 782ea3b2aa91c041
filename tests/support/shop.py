"""The services over one database, wired as the application wires them, for tests below HTTP."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from backend.database.interface import Database, UserRecord
from backend.domain.people import Caller
from backend.services.auth_service import AuthService
from backend.services.catalogue_files import read_catalogue
from backend.services.catalogue_service import CatalogueService
from backend.services.order_service import OrderService
from shared.orders import OrderDraft

CATALOGUE = Path(__file__).parents[2] / "assets" / "catalogue"
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

GUEST = Caller("guest-1", "customer")
OTHER_GUEST = Caller("guest-2", "customer")
STAFF = Caller("staff-1", "staff")
MANAGER = Caller("manager", "manager")
OTHER_STAFF = Caller("staff-2", "staff")


class Shop:
    """``now`` moves only when a test moves it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = START
        self.catalogue = CatalogueService(read_catalogue(CATALOGUE), self.today)
        self.orders = OrderService(database, self.catalogue, self.clock, self.today)
        self.auth = AuthService(database, self.clock)

    def clock(self) -> datetime:
        return self.now

    def today(self) -> date:
        return self.now.date()

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    async def hire(self, *people: Caller) -> None:
        """Make users of ``people``; they cannot sign in."""
        async with self.database.write() as db:
            for person in people:
                await db.users.add(UserRecord(person.user_id, person.user_type, person.user_id, None, self.now))
            await db.commit()

    async def topics(self) -> list[str]:
        """Topics of the whole log, in order."""
        async with self.database.read() as db:
            return [row.topic for row in await db.log.after(0, 1000)]


def item(menu_code: str = "french", style: str = "grand", quantity: int = 1, **more: Any) -> dict[str, Any]:
    """An item as a client writes it."""
    return {"menu_code": menu_code, "style": style, "quantity": quantity, **more}


def draft(*items: dict[str, Any], service: str = "eat_in") -> OrderDraft:
    return OrderDraft.model_validate({"items": items or (item(),), "service": service})
