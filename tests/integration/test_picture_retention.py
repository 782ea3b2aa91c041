"""Pictures go with their time and their room, whatever crashes in between; an open order keeps its own."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from backend.database.interface import ImageRecord, StorageFull
from backend.database.sql.database import SqlDatabase
from backend.services.image_store import ImageStore
from backend.services.image_sweep import ImageSweep
from backend.services.picture_retention import PictureRetention
from tests.support.shop import GUEST, START, Shop, draft

DAYS = timedelta(days=30)
KIB = 1024


class Gallery:
    """``room`` KiB for each kind of picture."""

    def __init__(self, database: SqlDatabase, folder: Path, room: int = 1000) -> None:
        self.shop = Shop(database)
        self.folder = folder
        self.store = ImageStore(folder)
        self.retention = PictureRetention(database, self.store, self.shop.clock, DAYS, room * KIB)
        # Files count as old at once: what is without a row goes now.
        self.sweeper = ImageSweep(database, self.store, self.shop.clock, keep_seconds=-1)

    async def drawn(self, name: str, age: timedelta = timedelta(), size: int = KIB) -> str:
        """A customer drew ``size`` bytes; answers the file's hash."""
        digest = await self.store.put(name.encode().ljust(size, b"."))
        at = START - age
        record = ImageRecord(name, digest, "image/png", 1, 1, "resvg", "x", {}, {}, GUEST.user_id, at)
        async with self.shop.database.write() as db:
            await db.images.add(record)
            await db.commit()
        return digest

    async def frozen(self, order_id: str, age: timedelta = timedelta(), size: int = KIB) -> str:
        name = f"order-{order_id}-0"
        await self.store.put_named(name, b"p" * size)
        file = self.folder / "made" / name
        os.utime(file, (file.stat().st_atime, file.stat().st_mtime - age.total_seconds()))
        return name

    async def swept(self) -> None:
        await self.retention.sweep()
        await self.sweeper.sweep()

    async def rows(self) -> list[str]:
        async with self.shop.database.read() as db:
            return [digest for digest, _ in await db.images.newest(100)]


@pytest.fixture
def gallery(database: SqlDatabase, tmp_path: Path) -> Gallery:
    return Gallery(database, tmp_path / "images")


async def test_what_has_had_its_time_goes_with_row_and_file(gallery: Gallery) -> None:
    old = await gallery.drawn("old", DAYS + timedelta(seconds=1))
    kept = await gallery.drawn("kept", DAYS - timedelta(seconds=1))
    await gallery.swept()
    assert await gallery.rows() == [kept]
    assert await gallery.store.get(old) is None
    assert await gallery.store.get(kept) is not None


async def test_what_takes_too_much_room_goes_the_oldest_first(database: SqlDatabase, tmp_path: Path) -> None:
    gallery = Gallery(database, tmp_path, room=25)
    drawn = [await gallery.drawn(f"{hour}", timedelta(hours=hour), 10 * KIB) for hour in range(4)]
    frozen = [await gallery.frozen(f"o{hour}", timedelta(hours=hour), 10 * KIB) for hour in range(4)]
    await gallery.swept()
    assert await gallery.rows() == drawn[:2]
    assert [await gallery.store.get(digest) is not None for digest in drawn] == [True, True, False, False]
    assert [await gallery.store.get_named(name) is not None for name in frozen] == [True, True, False, False]


async def test_an_open_order_keeps_its_picture_and_a_finished_one_does_not(gallery: Gallery) -> None:
    order, _ = await gallery.shop.orders.place(draft(), GUEST, "key-00000001")
    open_one = await gallery.frozen(order.id, DAYS * 2)
    finished = await gallery.frozen("00000000-0000-0000-0000-000000000000", DAYS * 2)
    young = await gallery.frozen("11111111-0000-0000-0000-000000000000", DAYS / 2)
    await gallery.store.put_named("french-0123", b"a menu card")
    await gallery.swept()
    left = {path.name for path in (gallery.folder / "made").iterdir()}
    assert left == {open_one, young, "french-0123"}
    assert finished not in left


async def test_a_crash_between_row_and_file_leaves_nothing(gallery: Gallery) -> None:
    old = await gallery.drawn("old", DAYS * 2)
    await gallery.retention.sweep()  # and here it is killed
    assert await gallery.rows() == []
    assert await gallery.store.get(old) is not None
    again = Gallery(gallery.shop.database, gallery.folder)  # type: ignore[arg-type] # the shop's own database
    await again.swept()
    assert await gallery.store.get(old) is None


async def test_between_two_sweeps_the_room_is_bounded(database: SqlDatabase, tmp_path: Path) -> None:
    gallery = Gallery(database, tmp_path, room=20)
    await gallery.drawn("new", size=10 * KIB)
    await gallery.retention.sweep()
    gallery.retention.make_room(15 * KIB)
    with pytest.raises(StorageFull):
        gallery.retention.make_room(1)
    await gallery.retention.sweep()
    gallery.retention.make_room(1)
