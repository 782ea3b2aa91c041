"""The cart: edits by touch, what the backend makes of them, and what becomes of both at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.services import cart
from kiosk.services.cart import OrderLine
from shared.orders import OrderItem, OrderItemDraft


def draft(menu: str = "french", style: str = "simple", quantity: int = 1, **customization: int) -> OrderItemDraft:
    return OrderItemDraft(menu_code=menu, style=style, quantity=quantity, customization=customization)


def item(menu: str = "french", style: str = "simple", quantity: int = 1, **customization: int) -> OrderItem:
    return OrderItem(
        menu_code=menu, style=style, quantity=quantity, customization=customization, unit_price=100, line_price=200
    )


def test_the_same_thing_again_raises_the_quantity_up_to_20() -> None:
    lines = cart.add(draft(quantity=19))(cart.add(draft(quantity=2))(()))
    assert [line.draft.quantity for line in lines] == [20]
    assert len(cart.add(draft(steak=2))(lines)) == 2


def test_a_full_cart_stays_as_it_is() -> None:
    lines: cart.Lines = ()
    for count in range(1, 25):
        lines = cart.add(draft(coffee=count))(lines)
    assert len(lines) == 20


def test_what_changed_is_fresh_and_keeps_its_key() -> None:
    before = (OrderLine(3, draft(), 100, 100), OrderLine(5, draft("cheese"), 100, 100))
    after = cart.adopt(before, [item("cheese"), item(quantity=2), item("chocolate")])
    assert [(line.key, line.draft.menu_code, line.fresh) for line in after] == [
        (5, "cheese", False),
        (3, "french", True),
        (6, "chocolate", True),
    ]


def test_a_line_without_a_style_is_kept_but_not_sent() -> None:
    lines = cart.adopt((), [item(style=""), item("cheese")])
    assert [line.complete for line in lines] == [False, True]
    assert cart.drafts(lines) == (draft("cheese"),)
    priced = cart.priced(lines, [item("cheese")])
    assert [(line.draft.menu_code, line.line_price) for line in priced] == [("french", 200), ("cheese", 200)]


def test_an_edit_of_a_line_that_is_gone_does_nothing() -> None:
    edit = cart.set_quantity(7, 3)
    assert edit((OrderLine(1, draft()),)) == (OrderLine(1, draft()),)


def test_the_backends_word_counts_where_it_holds_other_items() -> None:
    lines = (OrderLine(1, draft()), OrderLine(2, draft("cheese")))
    assert [line.draft.menu_code for line in cart.priced(lines, [item("cheese")])] == ["cheese"]


_drafts = st.builds(
    lambda menu, quantity, steak: draft(menu, quantity=quantity, **({"steak": steak} if steak else {})),
    st.sampled_from(["french", "cheese", "custom"]),
    st.integers(1, 20),
    st.integers(0, 3),
)


@given(st.lists(_drafts, max_size=6), st.lists(_drafts, max_size=6))
def test_adopting_always_shows_exactly_the_backends_items(
    before: list[OrderItemDraft], after: list[OrderItemDraft]
) -> None:
    lines = tuple(OrderLine(key, one) for key, one in enumerate(before))
    items = [OrderItem(**one.model_dump(), unit_price=1, line_price=1) for one in after]
    adopted = cart.adopt(lines, items)
    assert cart.drafts(adopted) == tuple(after)
    assert len({line.key for line in adopted}) == len(adopted)
