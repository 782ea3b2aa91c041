"""One of fifty windows stalls: what the others wait for each message, against a house where nobody does.

Both houses are served at the same time and told in turn, so that what else the machine does hits them alike.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import httpx

from shared import paths
from tools.bench.broadcast_rows import FRAME_HEAD, TEXT_BYTES, Server, empty_notification, live_server
from tools.bench.figures import Row

OTHERS = 49
BLOCKS = 20
MESSAGES = 20
LONG_FRAME_HEAD = 10
FILLING_BYTES = 200_000
MOST_FILLING = 200
UNCHANGED = 1.3


async def stalled_rows(folder: Path) -> list[Row]:
    """Measure two fresh servers."""
    async with AsyncExitStack() as stack:
        houses: list[_House] = []
        p99s: list[tuple[float, float]] = []
        for name in ("calm", "stalled"):
            server = stack.enter_context(live_server(folder / name))
            http = await stack.enter_async_context(httpx.AsyncClient(base_url=server.url, timeout=60))
            houses.append(_House(server, http))
            await houses[-1].others.come(OTHERS)
        calm, beside = houses
        await beside.stall_one()
        for block in range(BLOCKS + 1):
            for house in houses:
                house.spent.clear()
            for _ in range(MESSAGES):
                for house in houses:
                    house.stay()
                    await house.tell()
            if block:  # the first is for warming up
                p99s.append((calm.p99(), beside.p99()))
        if not await beside.behind():
            raise RuntimeError("the stalled window did not stall")
    name = f"{TEXT_BYTES} bytes from the commit to each of {OTHERS} windows, p99 of {MESSAGES} messages"
    return [
        Row(name, "ms", [alone for alone, _ in p99s]),
        Row(f"{name}, a fiftieth stalled", "ms", [stalled for _, stalled in p99s]),
        Row(f"{name}: beside the stalled one against without", "times", [b / a for a, b in p99s], goal=UNCHANGED),
    ]


class _House:
    """``spent``: milliseconds from the commit, of every message and window."""

    def __init__(self, server: Server, http: httpx.AsyncClient) -> None:
        self._http = http
        self._told = 0
        self.others = server.crowd(paths.WS)
        self._stalled = server.crowd(paths.WS)
        self.spent: list[float] = []

    async def tell(self, size: int = TEXT_BYTES) -> None:
        self._told += 1
        empty = len(empty_notification(self._told))
        self.others.expect(size + (FRAME_HEAD if size < 1 << 16 else LONG_FRAME_HEAD))
        answer = await self._http.get("/fire/guarded", params={"size": size - empty})
        committed = answer.raise_for_status().json()["committed"]["at"]
        self.spent += [(at - committed) * 1000 for at in await self.others.all_told()]

    async def stall_one(self) -> None:
        """Let one more in that reads nothing, and tell so much that no buffer on the way takes it."""
        await self._stalled.come(1)
        self._stalled.stall()
        for _ in range(MOST_FILLING):
            self.stay()
            await self.tell(FILLING_BYTES)
            if await self.behind():
                return

    def stay(self) -> None:
        """All are there, also who reads nothing."""
        self.others.stay()
        self._stalled.stay()

    async def behind(self) -> int:
        return int((await self._http.get("/behind")).raise_for_status().json())

    def p99(self) -> float:
        ranked = sorted(self.spent)
        return ranked[-(-len(ranked) * 99 // 100) - 1]
