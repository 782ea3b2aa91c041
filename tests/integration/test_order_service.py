"""Orders below HTTP, on both databases: placed once, whole or not at all, changed by one at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from backend.database.sql.database import SqlDatabase
from backend.domain.order import Item, OrderRuleError
from backend.domain.people import Caller
from backend.errors import Refusal
from shared.orders import Order, OrderPatch, OrderStatus
from shared.problems import ProblemCode
from tests.support.databases import OpenDatabase
from tests.support.shop import GUEST, MANAGER, OTHER_GUEST, OTHER_STAFF, STAFF, START, Shop, draft, item

KEY = "key-00000001"


@pytest.fixture
async def shop(database: SqlDatabase) -> Shop:
    made = Shop(database)
    await made.hire(STAFF, OTHER_STAFF)
    return made


async def _place(shop: Shop, caller: Caller = GUEST, key: str = KEY) -> Order:
    order, _ = await shop.orders.place(draft(), caller, key)
    return order


async def _refused(awaitable: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await awaitable  # type: ignore[misc] # any awaitable
    return caught.value


async def test_an_order_is_priced_by_the_catalogue(shop: Shop) -> None:
    wanted = draft(item(quantity=2, customization={"steak": 2, "wine": 1}), item("cheese", "simple"), service="to_go")
    order, new = await shop.orders.place(wanted, GUEST, KEY)
    assert new
    assert [i.line_price for i in order.items] == [2 * (48_000 + 5_000 + 18_000), 34_000]
    assert order.items[0].customization == {"steak": 2}, "a count that is the default is not a change"
    assert (order.total, order.discount, order.payable) == (176_000, 0, 176_000)
    assert (order.order_number, order.status, order.version) == (1, OrderStatus.RECEIVED, 1)
    assert order.placed_at == START
    assert order.estimated_ready_at == START + timedelta(minutes=20)


async def test_an_order_its_notification_and_its_key_are_there_together(shop: Shop) -> None:
    order = await _place(shop)
    async with shop.database.read() as db:
        (row,) = await db.log.after(0, 10)
        key = await db.idempotency.get(GUEST.user_id, KEY)
    assert (row.topic, row.user_id) == ("order.created", GUEST.user_id)
    assert Order.model_validate(row.data["order"]) == order
    assert key is not None
    assert key.order_id == order.id


async def test_the_same_key_places_once(shop: Shop) -> None:
    first = await _place(shop)
    again, new = await shop.orders.place(draft(), GUEST, KEY)
    assert (again, new) == (first, False)
    assert await shop.topics() == ["order.created"]


async def test_calls_at_once_with_one_key_place_once(shop: Shop) -> None:
    placed = await asyncio.gather(*(shop.orders.place(draft(), GUEST, KEY) for _ in range(6)))
    assert len({order.id for order, _ in placed}) == 1
    assert sorted(new for _, new in placed) == [False] * 5 + [True]
    assert await shop.topics() == ["order.created"]


async def test_a_key_is_for_one_order(shop: Shop) -> None:
    await _place(shop)
    refusal = await _refused(shop.orders.place(draft(item(quantity=2)), GUEST, KEY))
    assert refusal.code is ProblemCode.IDEMPOTENCY_KEY_REUSED


async def test_a_key_is_its_owners_alone(shop: Shop) -> None:
    mine, others = await _place(shop), await _place(shop, OTHER_GUEST)
    assert mine.id != others.id


@pytest.mark.parametrize("key", [None, "", "short", "a key with spaces", "k" * 101])
async def test_a_key_is_needed(shop: Shop, key: str | None) -> None:
    refusal = await _refused(shop.orders.place(draft(), GUEST, key))
    assert refusal.code is ProblemCode.IDEMPOTENCY_KEY_MISSING


async def test_what_breaks_a_rule_leaves_nothing_behind(shop: Shop) -> None:
    with pytest.raises(OrderRuleError, match=r"style_not_offered at items.1.style"):
        await shop.orders.place(draft(item(), item("champagne", "simple")), GUEST, KEY)
    refusal = await _refused(shop.orders.place(draft().model_copy(update={"items": ()}), GUEST, KEY))
    assert refusal.code is ProblemCode.EMPTY_ORDER
    assert await shop.topics() == []
    assert (await _place(shop)).order_number == 1, "neither the key nor the number was used up"


async def test_what_is_sold_out_is_not_sold(shop: Shop) -> None:
    async with shop.database.write() as db:
        await shop.catalogue.set_sold_out(db, "french", True)
        await db.commit()
    with pytest.raises(OrderRuleError, match="sold_out"):
        await _place(shop)


async def test_a_style_has_to_be_chosen(shop: Shop) -> None:
    async with shop.database.write() as db:
        with pytest.raises(OrderRuleError, match=r"style_not_offered at items.0.style"):
            await shop.orders.place_in(db, [Item("french")], "eat_in", None)


async def test_placing_within_a_conversations_transaction(shop: Shop) -> None:
    async with shop.database.write() as db:
        order = await shop.orders.place_in(db, [Item("french", "grand")], "to_go", None)
        assert order.order_number == 1
    assert await shop.topics() == [], "the caller did not commit"


async def test_order_numbers_begin_anew_each_day(shop: Shop) -> None:
    numbers = [(await _place(shop, key=f"first-day-{n}")).order_number for n in range(3)]
    shop.later(days=1)
    numbers.append((await _place(shop, key="second-day-1")).order_number)
    assert numbers == [1, 2, 3, 1]


async def test_orders_at_once_get_numbers_without_gaps(shop: Shop) -> None:
    placed = await asyncio.gather(*(_place(shop, key=f"at-once-{n:03}") for n in range(12)))
    assert sorted(order.order_number for order in placed) == list(range(1, 13))


async def test_who_waits_longer_is_told_so(shop: Shop) -> None:
    orders = [await _place(shop, key=f"waiting-{n}") for n in range(3)]
    assert [order.estimated_ready_at for order in orders] == [START + timedelta(minutes=15 + 3 * n) for n in range(3)]


async def test_customers_see_their_own_orders_alone(shop: Shop) -> None:
    mine, others = await _place(shop), await _place(shop, OTHER_GUEST)
    assert await shop.orders.get(mine.id, GUEST) == mine
    for hidden in (shop.orders.get(others.id, GUEST), shop.orders.get("no-such-order", GUEST)):
        assert (await _refused(hidden)).code is ProblemCode.NOT_FOUND
    assert [o.id for o in (await shop.orders.list_for(GUEST)).orders] == [mine.id]
    assert [o.id for o in (await shop.orders.list_open(GUEST)).orders] == [mine.id]
    assert (await shop.orders.list_open(GUEST)).top == 1
    assert (await shop.orders.list_open(STAFF)).top == 2
    assert {o.id for o in (await shop.orders.list_for(STAFF)).orders} == {mine.id, others.id}


async def test_a_whole_life(shop: Shop) -> None:
    order = await _place(shop)
    for status in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.COMPLETED):
        shop.later(minutes=5)
        order = await shop.orders.change(order.id, OrderPatch(version=order.version, status=status), STAFF)
        assert order.status is status
    assert (order.version, order.assigned_to) == (4, STAFF.user_id)
    assert await shop.topics() == ["order.created", "order.assigned", "order.status", "order.status", "order.status"]
    assert (await shop.orders.list_open(STAFF)).orders == ()
    async with shop.database.read() as db:
        changes = await db.orders.changes(order.id)
        last = (await db.log.after(4, 1))[0]
    assert [(c.status, c.changed_by) for c in changes][1:] == [
        ("preparing", STAFF.user_id),
        ("ready", STAFF.user_id),
        ("completed", STAFF.user_id),
    ]
    assert last.data["by"] == STAFF.user_id
    assert Order.model_validate(last.data["order"]) == order
    assert last.user_id == GUEST.user_id, "the customer follows their order"


async def test_a_step_that_is_not_there(shop: Shop) -> None:
    order = await _place(shop)
    refusal = await _refused(shop.orders.change(order.id, OrderPatch(version=1, status=OrderStatus.COMPLETED), STAFF))
    assert refusal.code is ProblemCode.ILLEGAL_TRANSITION
    assert refusal.params["possible"] == ["cancelled", "preparing"]


async def test_two_claims_at_once_have_one_winner(shop: Shop) -> None:
    order = await _place(shop)
    claim = OrderPatch(version=1, status=OrderStatus.PREPARING)
    results = await asyncio.gather(
        shop.orders.change(order.id, claim, STAFF),
        shop.orders.change(order.id, claim, OTHER_STAFF),
        return_exceptions=True,
    )
    (won,) = [r for r in results if isinstance(r, Order)]
    (lost,) = [r for r in results if isinstance(r, Refusal)]
    assert lost.code is ProblemCode.CONFLICT
    assert lost.params["changed_by"] == won.assigned_to
    assert (lost.params["status"], lost.params["version"]) == ("preparing", 2)


async def test_a_change_whose_answer_was_lost_may_be_sent_again(shop: Shop) -> None:
    order = await _place(shop)
    claim = OrderPatch(version=1, status=OrderStatus.PREPARING)
    first = await shop.orders.change(order.id, claim, STAFF)
    assert await shop.orders.change(order.id, claim, STAFF) == first
    assert (await _refused(shop.orders.change(order.id, claim, OTHER_STAFF))).code is ProblemCode.CONFLICT


async def test_a_recalled_order_is_nobodys(shop: Shop) -> None:
    order = await _place(shop)
    order = await shop.orders.change(order.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
    order = await shop.orders.change(order.id, OrderPatch(version=2, status=OrderStatus.RECEIVED), OTHER_STAFF)
    assert order.assigned_to is None


async def test_a_manager_gives_orders_to_anybody_of_the_staff(shop: Shop) -> None:
    order = await _place(shop)
    order = await shop.orders.change(order.id, OrderPatch(version=1, assigned_to="staff-2"), MANAGER)
    assert (order.assigned_to, order.status) == ("staff-2", OrderStatus.RECEIVED)
    assert (await shop.topics())[-1] == "order.assigned"
    same = await shop.orders.change(order.id, OrderPatch(version=2, assigned_to="staff-2"), MANAGER)
    assert same.version == 2
    order = await shop.orders.change(order.id, OrderPatch(version=2, assigned_to=None), MANAGER)
    assert order.assigned_to is None
    refusal = await _refused(shop.orders.change(order.id, OrderPatch(version=3, assigned_to="guest-1"), MANAGER))
    assert (refusal.code, refusal.params["field"]) == (ProblemCode.INVALID_REQUEST, "assigned_to")


async def test_staff_take_orders_themselves(shop: Shop) -> None:
    order = await _place(shop)
    refusal = await _refused(shop.orders.change(order.id, OrderPatch(version=1, assigned_to="staff-2"), STAFF))
    assert (refusal.code, refusal.params["needs"]) == (ProblemCode.FORBIDDEN, "manager")
    order = await shop.orders.change(order.id, OrderPatch(version=1, assigned_to="staff-1"), STAFF)
    refusal = await _refused(shop.orders.change(order.id, OrderPatch(version=2, assigned_to=None), OTHER_STAFF))
    assert refusal.code is ProblemCode.FORBIDDEN, "another's order is not theirs to give back"
    order = await shop.orders.change(order.id, OrderPatch(version=2, assigned_to="staff-2"), OTHER_STAFF)
    assert order.assigned_to == "staff-2"
    order = await shop.orders.change(order.id, OrderPatch(version=3, assigned_to=None), OTHER_STAFF)
    assert order.assigned_to is None


async def test_items_are_done_one_by_one(shop: Shop) -> None:
    order, _ = await shop.orders.place(draft(item(), item("cheese", "simple")), GUEST, KEY)
    order = await shop.orders.change(order.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
    order = await shop.orders.change(order.id, OrderPatch(version=2, done=(1, 1)), STAFF)
    assert (order.done, order.version, (await shop.topics())[-1]) == ((1,), 3, "order.items")
    assert await shop.orders.change(order.id, OrderPatch(version=2, done=(1,)), STAFF) == order, "sent again"
    order = await shop.orders.change(order.id, OrderPatch(version=3, done=(0, 1)), OTHER_STAFF)
    assert await shop.orders.get(order.id, GUEST) == order
    assert order.done == (0, 1)
    refusal = await _refused(shop.orders.change(order.id, OrderPatch(version=4, done=(2,)), STAFF))
    assert (refusal.code, refusal.params["field"]) == (ProblemCode.INVALID_REQUEST, "done")
    order = await shop.orders.change(order.id, OrderPatch(version=4, status=OrderStatus.RECEIVED), STAFF)
    assert order.done == (), "whoever takes it next begins anew"


async def test_a_slip_that_cancelled_is_undone(shop: Shop) -> None:
    order = await _place(shop)
    order = await shop.orders.change(order.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
    order = await shop.orders.change(order.id, OrderPatch(version=2, status=OrderStatus.CANCELLED), STAFF)
    assert (await shop.orders.list_open(STAFF)).orders == ()
    order = await shop.orders.change(order.id, OrderPatch(version=3, status=OrderStatus.RECEIVED), STAFF)
    assert (order.status, order.assigned_to) == (OrderStatus.RECEIVED, None)
    assert (await shop.orders.list_open(STAFF)).orders == (order,)


async def test_the_board_shows_numbers_alone(shop: Shop) -> None:
    orders = [await _place(shop, key=f"key-{number:08}") for number in range(4)]
    for number, status in ((1, OrderStatus.PREPARING), (2, OrderStatus.PREPARING), (3, OrderStatus.CANCELLED)):
        await shop.orders.change(orders[number].id, OrderPatch(version=1, status=status), STAFF)
    await shop.orders.change(orders[2].id, OrderPatch(version=2, status=OrderStatus.READY), STAFF)
    board = await shop.orders.board()
    assert (board.preparing, board.ready) == ((1, 2), (3,))
    assert board.top == len(await shop.topics())


async def test_changes_are_for_staff_on_orders_that_are_there(shop: Shop) -> None:
    order = await _place(shop)
    patch = OrderPatch(version=1, status=OrderStatus.CANCELLED)
    assert (await _refused(shop.orders.change(order.id, patch, GUEST))).code is ProblemCode.FORBIDDEN
    assert (await _refused(shop.orders.change("nothing", patch, STAFF))).code is ProblemCode.NOT_FOUND
    assert (await _refused(shop.orders.change(order.id, OrderPatch(version=1), STAFF))).code is (
        ProblemCode.INVALID_REQUEST
    )


async def test_a_quote_writes_nothing(shop: Shop) -> None:
    quote = await shop.orders.quote(draft(item("custom", "deluxe", cake={"tiers": 3})))
    assert quote.total == 52_000 + 12_000 + 2 * 25_000
    assert (await shop.orders.quote(draft().model_copy(update={"items": ()}))).payable == 0
    assert await shop.topics() == []


async def test_orders_outlive_a_restart(shop: Shop, open_database: OpenDatabase) -> None:
    order = await _place(shop)
    await shop.database.close()
    again = Shop(await open_database())
    assert await again.orders.get(order.id, GUEST) == order
    replayed, new = await again.orders.place(draft(), GUEST, KEY)
    assert (replayed, new) == (order, False)
