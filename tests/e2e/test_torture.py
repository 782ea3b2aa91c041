"""``make torture`` in small: real processes, killed and cut; what customers were told is what staff see, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.torture.run import Run

ORDERS = 40
ACCIDENTS = ("backend killed", "kitchen killed", "customers killed", "lines cut", "lines refused")


@pytest.mark.timeout(900)  # of a machine with nothing else to do it needs ten seconds
async def test_no_order_is_lost_or_doubled(tmp_path: Path) -> None:
    tally = await Run(tmp_path, ORDERS, seed=20261123, calm=(0.0, 0.2), only=ACCIDENTS, most=len(ACCIDENTS)).go()
    assert len(tally.confirmed) >= ORDERS, str(tally)
    assert tally.passed, f"{tally}; lost {tally.lost}, doubled {tally.doubled}, gaps {tally.gaps}"
    assert set(tally.accidents) == set(ACCIDENTS), str(tally)
