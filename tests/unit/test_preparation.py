"""When an order will be ready."""

from backend.domain.catalogue import Catalogue, Menu, Words
from backend.domain.order import Item
from backend.domain.preparation import LONGEST_MINUTES, minutes_until_ready

WORDS = Words("말", "word")


def _menu(index: int, code: str, category: str) -> Menu:
    return Menu(index, code, category, WORDS, WORDS, WORDS, 10_000, ("simple",), ())


CATALOGUE = Catalogue("v", (_menu(1, "french", "dinner"), _menu(7, "cheese", "cake")), (), (), ())


def test_the_slowest_line_counts() -> None:
    assert minutes_until_ready([Item("french")], CATALOGUE, 0) == 15
    assert minutes_until_ready([Item("french"), Item("cheese"), Item("french")], CATALOGUE, 0) == 20


def test_each_order_before_it_adds_and_nobody_is_told_more_than_the_limit() -> None:
    assert minutes_until_ready([Item("french")], CATALOGUE, 4) == 27
    assert minutes_until_ready([Item("french")], CATALOGUE, 500) == LONGEST_MINUTES
