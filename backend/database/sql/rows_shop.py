"""Conversations, sold-out marks and pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from backend.database.interface import AlreadyThere, ConversationRecord, ImageRecord, StaleVersion
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import conversations, images, sold_out_menus


class SqlConversations:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, session_id: str) -> ConversationRecord | None:
        wanted = select(conversations).where(conversations.c.session_id == session_id)
        row = (await self._link.run(wanted)).one_or_none()
        return record_of(ConversationRecord, row) if row else None

    async def save(self, record: ConversationRecord) -> ConversationRecord:
        saved = replace(record, version=record.version + 1)
        if record.version == 0:
            try:
                await self._link.run(insert(conversations), columns_of(saved))
            except AlreadyThere as error:
                raise StaleVersion("another turn began this conversation first") from error
            return saved
        written = await self._link.run(
            update(conversations)
            .where(conversations.c.session_id == record.session_id, conversations.c.version == record.version)
            .values(**columns_of(saved))
        )
        if written.rowcount != 1:
            raise StaleVersion("another turn was quicker")
        return saved

    async def delete(self, session_id: str) -> bool:
        gone = await self._link.run(delete(conversations).where(conversations.c.session_id == session_id))
        return gone.rowcount == 1

    async def delete_untouched_since(self, moment: datetime) -> int:
        return (await self._link.run(delete(conversations).where(conversations.c.updated_at < moment))).rowcount


class SqlAvailability:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def sold_out(self) -> frozenset[str]:
        return frozenset((await self._link.run(select(sold_out_menus.c.menu_code))).scalars())

    async def set_sold_out(self, menu_code: str, sold_out: bool) -> None:
        if sold_out:
            marked = self._link.insert(sold_out_menus).values(menu_code=menu_code).on_conflict_do_nothing()
            await self._link.run(marked)
        else:
            await self._link.run(delete(sold_out_menus).where(sold_out_menus.c.menu_code == menu_code))


class SqlImages:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, image_id: str) -> ImageRecord | None:
        row = (await self._link.run(select(images).where(images.c.image_id == image_id))).one_or_none()
        return record_of(ImageRecord, row) if row else None

    async def drawn_for(self, user_id: str, limit: int) -> list[ImageRecord]:
        wanted = select(images).where(images.c.created_by == user_id)
        rows = await self._link.run(wanted.order_by(images.c.created_at.desc()).limit(limit))
        return [record_of(ImageRecord, row) for row in rows]

    async def newest(self, limit: int, passed_over: int = 0) -> list[tuple[str, datetime]]:
        wanted = select(images.c.sha256, images.c.created_at).order_by(images.c.created_at.desc(), images.c.image_id)
        return [(row.sha256, row.created_at) for row in await self._link.run(wanted.limit(limit).offset(passed_over))]

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(images).where(images.c.created_at < moment))).rowcount

    async def add(self, image: ImageRecord) -> None:
        await self._link.run(insert(images), columns_of(image))
