"""Orders that no staff window has shown, and calls that nobody answers: told in time, once, whatever the clock says."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend.database.sql.database import SqlDatabase
from backend.domain.people import Caller
from backend.services.acknowledgements import Acknowledgements
from backend.services.help_service import HelpService
from backend.services.live_connection import LiveConnection
from backend.services.lookout import Lookout
from shared.messages import AlarmLevel
from shared.orders import HelpRequest, Order, OrderPatch, OrderStatus
from tests.support.databases import OpenDatabase
from tests.support.shop import GUEST, MANAGER, STAFF, Shop, draft


class Place:
    """A shop with a lookout; ``seconds`` is its monotonic clock."""

    def __init__(self, database: SqlDatabase) -> None:
        self.shop = Shop(database)
        self.seconds = 1000.0
        self.lookout = self.another_lookout()
        self.help = HelpService(database, self.shop.clock)

    def another_lookout(self) -> Lookout:
        return Lookout(self.shop.database, self.shop.clock, lambda: self.seconds)

    async def after(self, seconds: float) -> None:
        """Look now, let time pass, and look again."""
        await self.lookout.look()
        self.seconds += seconds
        await self.lookout.look()

    async def order(self, key: str = "key-00000001") -> Order:
        order, _ = await self.shop.orders.place(draft(), GUEST, key)
        return order

    async def shown(self, id_: int, person: Caller = STAFF, device: str = "desk-1") -> None:
        """A window of ``person`` acknowledges."""
        connection = LiveConnection("c", person, None, device, cursor=id_, told=id_)  # type: ignore[arg-type] # not sent to
        assert connection.acknowledge(id_)
        written = Acknowledgements(self.shop.database, self.shop.clock)
        written.note(connection)
        await written.flush()

    async def told(self, *topics: str) -> list[tuple[str | None, dict[str, Any]]]:
        """Whom (None: staff alone) what was told, of those topics."""
        async with self.shop.database.read() as db:
            rows = await db.log.after(0, 1000)
        return [(row.user_id, dict(row.data)) for row in rows if row.topic in topics]

    async def levels(self) -> list[tuple[str | None, int]]:
        return [(whom, data["level"]) for whom, data in await self.told("order.alarm")]


@pytest.fixture
async def place(database: SqlDatabase) -> Place:
    return Place(database)


async def test_an_order_that_no_window_shows_raises_the_alarm_step_by_step(place: Place) -> None:
    order = await place.order()
    await place.after(9.9)
    assert await place.levels() == []
    await place.after(0.1)
    ((whom, data),) = await place.told("order.alarm")
    assert (whom, data) == (None, {"order_id": order.id, "order_number": 1, "level": 1, "seconds": 10})
    await place.after(20)
    await place.after(5)
    await place.after(25)
    await place.after(500)
    assert await place.levels() == [
        (None, AlarmLevel.RAISED),
        (None, AlarmLevel.PRINTED),
        (GUEST.user_id, AlarmLevel.CUSTOMER),
    ]


async def test_what_a_window_has_shown_raises_none(place: Place) -> None:
    await place.order()
    await place.lookout.look()
    await place.shown(1)
    await place.after(60)
    assert await place.levels() == []
    assert (await place.shop.orders.list_open(STAFF)).unseen == ()


async def test_a_customers_window_is_no_staff_window(place: Place) -> None:
    order = await place.order()
    await place.shown(1, GUEST)
    await place.after(10)
    assert await place.levels() == [(None, 1)]
    assert (await place.shop.orders.list_open(STAFF)).unseen == (order.id,)


@pytest.mark.parametrize(("waited", "whom"), [(10, None), (60, GUEST.user_id)])
async def test_the_alarm_ends_when_a_window_shows_it(place: Place, waited: float, whom: str | None) -> None:
    await place.order()
    await place.after(waited)
    await place.shown(1)
    await place.lookout.look()
    await place.lookout.look()
    told = (await place.levels())[1:]
    assert told == [(whom, AlarmLevel.OVER)], "whoever was told of the alarm is told of its end, once"


async def test_an_order_that_somebody_took_raises_none(place: Place) -> None:
    order = await place.order()
    await place.shop.hire(STAFF)
    await place.after(10)
    await place.shop.orders.change(order.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
    await place.after(60)
    assert [level for _, level in await place.levels()] == [1, 0]


async def test_acknowledging_never_goes_back_and_counts_for_users_and_devices(place: Place) -> None:
    for number in range(3):
        await place.order(f"key-{number:08}")
    await place.shown(3)
    await place.shown(1)
    await place.shown(2, MANAGER, "desk-2")
    async with place.shop.database.read() as db:
        assert await db.duty.seen() == 3


async def test_several_backends_tell_once(place: Place) -> None:
    await place.order()
    other = place.another_lookout()
    await asyncio.gather(place.lookout.look(), other.look())
    place.seconds += 30
    await asyncio.gather(place.lookout.look(), other.look())
    await asyncio.gather(place.lookout.look(), other.look())
    assert await place.levels() == [(None, 2)]


async def test_a_clock_that_is_set_back_silences_nothing(place: Place) -> None:
    await place.order()
    await place.lookout.look()
    place.shop.now -= timedelta(hours=3)
    later = await place.order("key-00000002")
    await place.after(10)
    assert [data["order_number"] for _, data in await place.told("order.alarm")] == [1, 2]
    numbers = [order.order_number for order in (await place.shop.orders.list_open(STAFF)).orders]
    assert sorted(numbers) == [1, later.order_number]


async def test_after_a_restart_windows_have_their_time_again_and_levels_stand(
    place: Place, open_database: OpenDatabase
) -> None:
    await place.order()
    await place.after(10)
    again = Place(await open_database())
    await again.after(9)
    assert await again.levels() == [(None, 1)]
    await again.after(1)
    assert await again.levels() == [(None, 1)], "it was told before the restart"
    await again.after(20)
    assert await again.levels() == [(None, 1), (None, 2)]


async def test_a_call_that_nobody_answers_is_escalated_once(place: Place) -> None:
    call = await place.help.call(HelpRequest(device_id="kiosk-1", screen="cart"))
    answered = await place.help.call(HelpRequest(device_id="kiosk-2"))
    await place.help.answer(answered.help_id, STAFF)
    await place.after(29)
    assert await place.told("help.escalated") == []
    await asyncio.gather(place.after(1), place.another_lookout().look())
    await place.after(60)
    expected = {"help_id": call.help_id, "device_id": "kiosk-1", "screen": "cart", "mode": None, "seconds": 30}
    assert await place.told("help.escalated") == [(None, expected)]
    (waiting,) = (await place.help.waiting()).calls
    assert waiting.escalated
