"""What a model is asked before a turn has ended is bounded by the day, and counted."""

from __future__ import annotations

from datetime import date, timedelta

from backend.services.thinking_ahead import AheadBudget

MONDAY = date(2026, 11, 23)


def test_so_many_a_day_and_no_more() -> None:
    day = [MONDAY]
    counted: list[str] = []
    budget = AheadBudget(2, lambda: day[0], counted.append)
    assert [budget.take() for _ in range(4)] == [True, True, False, False]
    budget.used()
    assert counted == ["asked", "asked", "refused", "refused", "used"]
    day[0] += timedelta(days=1)
    assert budget.take(), "the next day begins anew"


def test_none_at_all() -> None:
    assert not AheadBudget(0, lambda: MONDAY).take()
