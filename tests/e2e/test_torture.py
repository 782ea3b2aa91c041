"""``make torture`` in small: real processes, killed and cut; what customers were told is what staff see, once."""

from __future__ import annotations

from pathlib import Path

from tools.torture.run import Run

ORDERS = 40
ACCIDENTS = 7
"""Each kind once."""


async def test_no_order_is_lost_or_doubled(tmp_path: Path) -> None:
    tally = await Run(tmp_path, ORDERS, seed=20261123, calm=(0.0, 0.2), most=ACCIDENTS).go()
    assert len(tally.confirmed) >= ORDERS, str(tally)
    assert tally.passed, f"{tally}; lost {tally.lost}, doubled {tally.doubled}, gaps {tally.gaps}"
    assert len(tally.accidents) == ACCIDENTS, str(tally)
