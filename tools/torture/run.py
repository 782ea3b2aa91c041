"""One torture run: real backends behind a proxy, kitchens and customers as processes, and a seeded row of accidents.

The seed decides which accident comes when; what the machine makes of it is its own. What is counted: every order that
a customer was told is placed has come to a staff window (lost 0), stands once in the database, and was told once to
each window (doubled 0), whose notifications had no gaps.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import select

from backend.database.sql.engines import make_engines
from backend.database.sql.tables import orders
from tools.processes import GENEROUS_RATES, ROOT, clean_environment
from tools.torture.proxy import Proxy, proxy

READY_SECONDS = 180.0
DRAIN_SECONDS = 120.0
"""Bounds, not waits: a machine may be busy."""
KITCHENS = 2
CUSTOMERS = 2
AT_ONCE = 4
BATCH = 200
CALM = (0.1, 0.8)
"""Seconds between two accidents, and after them: """
ORDERS_BETWEEN = 60
"""the most orders that are waited for until the next one, so that a slow machine gets on as well."""
LONGEST_CALM = 20.0

Accident = Callable[[], Awaitable[None]]


@dataclass
class Tally:
    """``confirmed``: told to a customer. ``stored``: in the database, once for each row."""

    seed: int
    confirmed: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    doubled: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    wishes: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    accidents: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def lost(self) -> set[str]:
        """Confirmed, and not seen by staff or not in the database."""
        return self.confirmed - (self.seen & set(self.stored))

    @property
    def doubles(self) -> int:
        """Orders that were told twice to a window, stand twice for one wish, or share their number."""
        return len(self.doubled) + sum(count - 1 for told in (self.wishes, self.numbers) for count in told.values())

    @property
    def passed(self) -> bool:
        return not self.lost and not self.doubles and not self.gaps

    def __str__(self) -> str:
        accidents = ", ".join(f"{name} {count}" for name, count in sorted(self.accidents.items()))
        return (
            f"seed {self.seed}: {len(self.confirmed)} orders confirmed, {len(self.stored)} stored, "
            f"lost {len(self.lost)}, doubled {self.doubles}, gaps {len(self.gaps)}, in {self.seconds:.0f} s; "
            f"accidents: {accidents or 'none'}"
        )


class Process:
    """A process of the run, which is started again whenever it was killed. ``hear`` gets the lines it writes."""

    def __init__(self, *command: str, hear: Callable[[str], None], environment: Mapping[str, str]) -> None:
        self._command = command
        self._hear = hear
        self._environment = environment
        self.running: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.running = await asyncio.create_subprocess_exec(
            sys.executable, *self._command, cwd=ROOT, env=self._environment, stdout=asyncio.subprocess.PIPE
        )
        self._listening = asyncio.create_task(self._listen(self.running))

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            if line.endswith(b"\n"):
                self._hear(line.decode())

    def kill(self) -> None:
        """Without waiting for it."""
        if self.running is not None and self.running.returncode is None:
            self.running.kill()

    async def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it and hear all that it had written."""
        if self.running is None or self._listening is None:
            return
        with suppress(ProcessLookupError):
            self.running.send_signal(how)
        await self.running.wait()
        await self._listening

    async def finished(self) -> None:
        """Until it has ended by itself."""
        assert self.running is not None
        assert self._listening is not None
        await self.running.wait()
        await self._listening


class Backend(Process):
    """``python -m backend``, always on the same port."""

    def __init__(self, data_dir: Path, port: int, environment: Mapping[str, str], *flags: str) -> None:
        command = ("-m", "backend", "--port", str(port), "--data-dir", str(data_dir), "--log-level", "error", *flags)
        super().__init__(*command, hear=self._heard, environment=environment)
        self.port = port
        self._ready = asyncio.Event()

    def _heard(self, line: str) -> None:
        if line.startswith("ready "):
            self._ready.set()

    async def start(self) -> None:
        self._ready.clear()
        await super().start()
        ready = asyncio.create_task(self._ready.wait())
        assert self._listening is not None
        # Its output ends when it does: one that cannot start is not waited for.
        await asyncio.wait({ready, self._listening}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            raise RuntimeError(f"the backend on port {self.port} did not come up")


class Run:
    """``database_url`` None: one backend on SQLite. ``only`` names the accidents that come,
    ``more`` are further ones; ``calm`` is the least and the longest time between two, in seconds;
    after ``most`` of them there is peace (None: never), and customers order until then.
    """

    def __init__(
        self,
        folder: Path,
        orders: int,
        seed: int,
        *,
        replicas: int = 1,
        database_url: str | None = None,
        only: Sequence[str] | None = None,
        more: Mapping[str, Accident] | None = None,
        calm: tuple[float, float] = CALM,
        most: int | None = None,
    ) -> None:
        self._folder = folder
        self._orders = orders
        self._dice = Random(seed)  # noqa: S311 - repeatable
        self._database_url = database_url
        self._only = only
        self._more = dict(more or {})
        self._calm = calm
        self._most = most
        self._orders_between = min(ORDERS_BETWEEN, orders // 8)
        self.tally = Tally(seed)
        self._environment = {**clean_environment(), **GENEROUS_RATES}
        flags = ("--database-url", database_url) if database_url else ()
        self._backends = [
            Backend(folder / f"backend-{number}", port, self._environment, *flags)
            for number, port in enumerate(_free_ports(replicas))
        ]
        self._kitchens: list[Process] = []
        self._customers: list[tuple[Process, int]] = []
        self._lives = 0

    async def go(self) -> Tally:
        """Raises nothing for what it finds: see the tally."""
        began = time.monotonic()
        async with AsyncExitStack() as stack:
            for backend in self._backends:
                await backend.start()
                stack.push_async_callback(backend.end)
            line = await stack.enter_async_context(proxy([b.port for b in self._backends], self._dice))
            url = f"http://127.0.0.1:{line.port}"
            first = json.loads((self._folder / "backend-0" / "first-run.json").read_text())
            for who in (first["staff"], first["manager"])[:KITCHENS]:
                kitchen = self._process("tools.torture.kitchen", url, who["user_id"], who["pin"])
                await kitchen.start()
                stack.push_async_callback(kitchen.end)
                self._kitchens.append(kitchen)
            stack.push_async_callback(self._end_customers)
            trouble = asyncio.create_task(self._trouble(line))
            try:
                while (left := self._left(trouble)) > 0:
                    await self._serve_customers(url, left)
                    if trouble.done():
                        # What went wrong there: a run without accidents would show nothing.
                        trouble.result()
            finally:
                # The last accident ends before: what it killed is up again.
                self._most = 0
                await trouble
            await self._until_all_are_seen()
        await self._look_into_the_database()
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def enough(self) -> None:
        """No more customers: what has been confirmed by now is counted."""
        self._orders = 0
        self._most = 0
        for process, _ in self._customers:
            process.kill()

    def _left(self, trouble: asyncio.Task[None]) -> int:
        left = min(BATCH, self._orders - len(self.tally.confirmed))
        return max(left, CUSTOMERS * AT_ONCE) if self._most is not None and not trouble.done() else left

    async def _serve_customers(self, url: str, left: int) -> None:
        """As many as are left to come, in several processes; those that are killed leave some for the next time."""
        shares = [left // CUSTOMERS + (number < left % CUSTOMERS) for number in range(CUSTOMERS)]
        self._customers = []
        for share in filter(None, shares):
            self._lives += 1
            name = f"life-{self._lives}"
            flags = ("--orders", str(share), "--at-once", str(AT_ONCE), "--seed", str(self.tally.seed))
            process = self._process("tools.torture.customers", url, name, *flags)
            await process.start()
            self._customers.append((process, share))
        await asyncio.gather(*(process.finished() for process, _ in self._customers))

    async def _trouble(self, line: Proxy) -> None:
        accidents: dict[str, Accident] = {
            "backend killed": lambda: self._again(self._dice.choice(self._backends), signal.SIGKILL),
            "backend stopped": lambda: self._again(self._dice.choice(self._backends), signal.SIGTERM),
            "kitchen killed": lambda: self._again(self._dice.choice(self._kitchens), signal.SIGKILL),
            "customers killed": self._kill_customers,
            "lines cut": lambda: _done(line.cut()),
            "lines held": lambda: line.hold(self._dice.uniform(0.1, 0.6)),
            "lines refused": lambda: line.refuse(self._dice.uniform(0.1, 0.6)),
        }
        if self._only is not None:
            accidents = {name: accidents[name] for name in self._only}
        accidents |= self._more
        names: list[str] = []
        while self._most is None or self.tally.accidents.total() < self._most:
            await self._peace()
            # Every one comes in its turn, in an order of the dice's.
            names = names or self._dice.sample(sorted(accidents), len(accidents))
            name = names.pop()
            self.tally.accidents[name] += 1
            await accidents[name]()

    async def _peace(self) -> None:
        seconds, orders = self._dice.uniform(*self._calm), self._dice.randint(0, self._orders_between)
        wanted = len(self.tally.confirmed) + orders
        await asyncio.sleep(seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_CALM):
                while len(self.tally.confirmed) < wanted and self._most != 0:  # noqa: ASYNC110 - told by other processes
                    await asyncio.sleep(0.02)

    async def _again(self, process: Process, how: signal.Signals) -> None:
        await process.end(how)
        await asyncio.sleep(self._dice.uniform(0, 0.3))
        await process.start()

    async def _end_customers(self) -> None:
        for process, _ in self._customers:
            await process.end()

    async def _kill_customers(self) -> None:
        if self._customers:
            process, _ = self._dice.choice(self._customers)
            await process.end()

    def _process(self, module: str, *words: str) -> Process:
        return Process("-m", module, *words, hear=self._heard, environment=self._environment)

    def _heard(self, line: str) -> None:
        said = json.loads(line)
        if "confirmed" in said:
            self.tally.confirmed.add(said["confirmed"])
        self.tally.seen.update(said.get("seen", ()))
        if "doubled" in said:
            self.tally.doubled.append(said["doubled"])
        if "gap" in said:
            self.tally.gaps.append(str(said["gap"]))

    async def _until_all_are_seen(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while self.tally.confirmed - self.tally.seen:  # noqa: ASYNC110 - said by other processes
                    await asyncio.sleep(0.05)

    async def _look_into_the_database(self) -> None:
        url = self._database_url or f"sqlite+aiosqlite:///{self._folder / 'backend-0' / 'mallo.sqlite3'}"
        engines = make_engines(url)
        try:
            async with engines.reader.connect() as connection:
                for order in await connection.execute(select(orders)):
                    self.tally.stored.append(order.order_id)
                    # Each wish is written on its cake.
                    self.tally.wishes[order.lines[0]["cake"]["lettering"]] += 1
                    self.tally.numbers[f"{order.placed_at.astimezone().date()} {order.order_number}"] += 1
        finally:
            await engines.dispose()


async def _done(_: object) -> None:
    """An accident that takes no time."""


def _free_ports(count: int) -> Sequence[int]:
    import socket  # noqa: PLC0415 - here alone

    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


if os.name != "posix":
    raise SystemExit("kills need POSIX signals")
