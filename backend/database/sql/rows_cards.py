"""What the menu cards show, from when on, and which kiosk has said that it shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables_studio import card_changes, card_sightings
from backend.database.studio import CardChange, Sighting


class SqlMenuCards:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, change: CardChange) -> None:
        await self._link.run(insert(card_changes), columns_of(change))

    async def of_menu(self, menu_code: str) -> Sequence[CardChange]:
        wanted = select(card_changes).where(card_changes.c.menu_code == menu_code)
        rows = await self._link.run(wanted.order_by(card_changes.c.number.desc()))
        return [record_of(CardChange, row) for row in rows]

    async def live(self, now: datetime) -> Mapping[str, CardChange]:
        standing = (card_changes.c.withdrawn_by.is_(None), card_changes.c.live_at <= now)
        rows = await self._link.run(
            select(card_changes).where(*standing).order_by(card_changes.c.live_at, card_changes.c.number)
        )
        return {row.menu_code: record_of(CardChange, row) for row in rows}

    async def untold(self, now: datetime) -> Sequence[CardChange]:
        wanted = select(card_changes).where(
            card_changes.c.told.is_(False), card_changes.c.withdrawn_by.is_(None), card_changes.c.live_at <= now
        )
        rows = await self._link.run(wanted.order_by(card_changes.c.live_at, card_changes.c.number))
        return [record_of(CardChange, row) for row in rows]

    async def mark_told(self, menu_code: str, number: int) -> bool:
        wanted = update(card_changes).where(*_one(menu_code, number), card_changes.c.told.is_(False))
        return (await self._link.run(wanted.values(told=True))).rowcount == 1

    async def withdraw(self, menu_code: str, number: int, by: str, now: datetime) -> bool:
        waiting = (card_changes.c.withdrawn_by.is_(None), card_changes.c.live_at > now)
        wanted = update(card_changes).where(*_one(menu_code, number), *waiting)
        return (await self._link.run(wanted.values(withdrawn_by=by))).rowcount == 1

    async def saw(self, sighting: Sighting) -> None:
        said = self._link.insert(card_sightings).values(**columns_of(sighting))
        again = {"number": said.excluded.number, "at": said.excluded.at}
        await self._link.run(said.on_conflict_do_update(index_elements=["menu_code", "device_id"], set_=again))

    async def sightings(self, since: datetime) -> Sequence[Sighting]:
        wanted = select(card_sightings).where(card_sightings.c.at >= since)
        rows = await self._link.run(wanted.order_by(card_sightings.c.menu_code, card_sightings.c.device_id))
        return [record_of(Sighting, row) for row in rows]

    async def delete_sightings_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(card_sightings).where(card_sightings.c.at < moment))).rowcount


def _one(menu_code: str, number: int) -> tuple[ColumnElement[bool], ...]:
    return card_changes.c.menu_code == menu_code, card_changes.c.number == number
