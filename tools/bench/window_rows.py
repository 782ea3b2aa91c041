"""The windows as processes of their own, as in a shop: first frame, tap to ticket, memory."""

from __future__ import annotations

from pathlib import Path

import psutil

from tools.bench.figures import Row
from tools.people import cook, hand_over, leave, order_by_touch, sign_in
from tools.processes import GENEROUS_RATES
from tools.remote.window import open_window

ORDERS_BEFORE_MEMORY = 100


async def first_frame_row(runs: int, data_dir: Path) -> Row:
    """From the start of ``python -m kiosk`` to its first frame, embedded backend included."""
    spent: list[float] = []
    for _ in range(runs):
        async with open_window("customer", "--data-dir", str(data_dir), "--windowed") as kiosk:
            spent.append(float(kiosk.first_frame_ms.result()))
    return Row("first window frame from `python -m kiosk`", "ms", spent, goal=1500)


async def tap_to_ticket_rows(runs: int, data_dir: Path) -> list[Row]:
    """A customer taps "order" in one process; the ticket is an item on the screen of another.

    Orders go on after the measured runs until a hundred are placed; then memory is read.
    """
    spent: list[float] = []
    shared = ("--data-dir", str(data_dir), "--windowed")
    async with (
        open_window("customer", *shared, environment=GENEROUS_RATES) as kiosk,
        open_window("staff", *shared) as staff,
    ):
        await sign_in(staff, data_dir)
        for number in range(1, ORDERS_BEFORE_MEMORY + 1):
            tapped = await order_by_touch(kiosk)
            if number <= runs:
                shown = await staff.wait(f"ticket{number}")
                spent.append((shown.at - tapped.at) * 1000)
                # Off the board again: a ticket that lies below the screen's edge is not an item yet.
                await cook(staff, str(number))
                await hand_over(staff, str(number))
            await kiosk.wait("orderNumber", "text", str(number))
            await leave(kiosk)
        resident = {
            name: psutil.Process(process.pid).memory_info().rss / 1e6
            for name, process in (("kiosk", kiosk), ("staff window", staff))
        }
    rows = [Row('tap on "order" to ticket in the staff window', "ms", spent, goal=100)]
    for name, megabytes in resident.items():
        goal = 300 if name == "kiosk" else None
        rows.append(Row(f"{name}, resident after {ORDERS_BEFORE_MEMORY} orders", "MB", [megabytes], goal=goal))
    return rows
