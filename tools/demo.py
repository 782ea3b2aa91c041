"""``make demo``: the whole job with nobody there.

A customer speaks English into a virtual microphone (eSpeak NG -> PulseAudio null sink -> PortAudio -> kiosk), hears
the answers and orders; another types Korean; a third taps. The staff window shows each ticket and cooks one. Every
window is a process of its own on a fresh data folder. Prints each step with its time; screenshots go to
``build/demo/``. Exit code 0 only when every order reached the staff window.

With ``--vendors`` the backend has keys of emulated vendors (their wire, answered by the shop's own engines). They are
killed in the middle of the first order: it is placed all the same, and the manager's window says why.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.support.vendors import VendorProcess, vendor_process
from tools.people import (
    Turn,
    cook,
    leave,
    order_by_touch,
    order_by_voice,
    sign_in,
    sign_in_manager,
    type_sentence,
)
from tools.processes import ROOT
from tools.remote.window import RemoteError, RemoteWindow, open_window
from tools.sound_stage import SoundStage, sound_stage

PICTURES = ROOT / "build" / "demo"
SPOKEN_ORDER = "two strawberry cakes grand style please"
TYPED_ORDER = ("초코 케이크 하나 디럭스로 주세요", "견과 넣어 주세요", "네")


@dataclass(frozen=True, slots=True)
class Outage:
    """Emulated vendors that will be killed, and the window that has to tell of it."""

    vendors: VendorProcess
    manager: RemoteWindow


class Demo:
    """The steps of the play. ``kiosk`` and ``staff`` are windows in processes of their own."""

    def __init__(
        self,
        kiosk: RemoteWindow,
        staff: RemoteWindow,
        stage: SoundStage,
        folder: Path,
        *,
        outage: Outage | None = None,
    ) -> None:
        self._outage = outage
        self._kiosk = kiosk
        self._staff = staff
        self._stage = stage
        self._folder = folder
        self._begin = time.monotonic()
        self._shots = 0

    def tell(self, what: str) -> None:
        print(f"[{time.monotonic() - self._begin:6.2f} s] {what}", flush=True)

    async def shoot(self, window: RemoteWindow, name: str) -> None:
        self._shots += 1
        await window.grab(PICTURES / f"{self._shots:02}_{name}.png")

    async def run(self, data_dir: Path) -> None:
        await sign_in(self._staff, data_dir)
        self.tell("staff signed in")
        if self._outage:
            await sign_in_manager(self._outage.manager, data_dir)
            self.tell("manager signed in")

        spoken = await self.spoken_order()
        await self.ticket_shows(spoken)
        await self.cook(spoken)
        await leave(self._kiosk)

        typed = await self.typed_order()
        await self.ticket_shows(typed)
        await leave(self._kiosk)

        touched = await self.touched_order()
        await self.ticket_shows(touched)
        self.tell(f"three customers, three tickets; screenshots in {PICTURES.relative_to(ROOT)}/")

    async def spoken_order(self) -> str:
        """Answers the order number."""
        await self.shoot(self._kiosk, "attract")
        await self._kiosk.tap("bar_language")
        await self._kiosk.tap("start")
        turns = order_by_voice(self._kiosk, self._stage, SPOKEN_ORDER, self._folder)
        number = 0
        async for sentence, turn in turns:
            number += 1
            self.tell(f"customer said: {sentence}; answered {turn.wait_ms:.0f} ms after the end of speech")
            if turn.heard:
                self.tell(f"kiosk heard: {turn.heard}")
            await self._answered(turn, f"spoken_{number}")
            if self._outage and number == 1:
                self._kill_vendors(self._outage)
        placed = await self._placed("spoken_placed")
        if self._outage:
            await self._manager_knows(self._outage.manager)
        return placed

    def _kill_vendors(self, outage: Outage) -> None:
        calls = Counter(f"{call['vendor']} {call['capability']}" for call in outage.vendors.calls())
        self.tell(f"vendors were asked: {', '.join(f'{name} x{count}' for name, count in sorted(calls.items()))}")
        outage.vendors.kill()
        self.tell("all vendors are killed")

    async def _manager_knows(self, manager: RemoteWindow) -> None:
        told = await manager.wait("outageBar/outageWhy", "text", seconds=60)
        self.tell(f"manager's window says: {told.value}")
        await self.shoot(manager, "manager")

    async def typed_order(self) -> str:
        """The same in Korean, typed; the answers are spoken all the same."""
        await self._kiosk.tap("start")
        for index, sentence in enumerate(TYPED_ORDER):
            self.tell(f"customer types: {sentence}")
            await self._answered(await type_sentence(self._kiosk, sentence), f"typed_{index + 1}")
        return await self._placed("typed_placed")

    async def touched_order(self) -> str:
        tapped = await order_by_touch(self._kiosk, "french", "simple")
        number = await self._placed("touched_placed")
        ticket = await self._staff.wait(f"ticket{number}")
        self.tell(f'tap on "order" to ticket: {(ticket.at - tapped.at) * 1000:.0f} ms')
        return number

    async def ticket_shows(self, number: str) -> None:
        await self._staff.wait(f"ticket{number}")
        self.tell(f"staff window shows ticket {number}")
        await self.shoot(self._staff, f"staff_{number}")

    async def cook(self, number: str) -> None:
        """By keyboard alone; the customer's screen follows."""
        await cook(self._staff, number)
        await self._kiosk.wait("reached_ready")
        self.tell(f"staff cooks {number}; the customer's screen says that it is ready")
        await self.shoot(self._kiosk, "ready")

    async def _answered(self, turn: Turn, name: str) -> None:
        self.tell(f"kiosk says: {turn.answer}" if turn.answer else "the order is placed")
        await self.shoot(self._kiosk, name)

    async def _placed(self, name: str) -> str:
        number = str((await self._kiosk.wait("orderNumber", "text")).value)
        self.tell(f"order {number} is placed")
        await self.shoot(self._kiosk, name)
        return number


async def play(*, with_vendors: bool = False) -> None:
    """Raises RemoteError or RuntimeError when a step does not come about."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="mallo-demo-")))
        stage = opened.enter_context(sound_stage())
        data_dir = folder / "data"
        place = ("--data-dir", str(data_dir), "--windowed", "--log-level", "warning")
        # The windows keep this user's HOME: with an empty one Qt would look at every font of the machine first.
        sound = {name: value for name, value in stage.environment.items() if name != "HOME"}
        vendors = opened.enter_context(vendor_process("--brain", "offline")) if with_vendors else None
        if vendors is not None:
            # Vendors, windows and backend share this machine: a slow first turn is not given up for that.
            sound |= {**vendors.environment, "MALLO_TURN_SECONDS": "25", "MALLO_STALL_SECONDS": "10"}
        kiosk = await opened.enter_async_context(open_window("customer", *place, environment=sound))
        staff = await opened.enter_async_context(open_window("staff", *place, environment=sound))
        outage = None
        if vendors is not None:
            manager = await opened.enter_async_context(open_window("manager", *place, environment=sound))
            outage = Outage(vendors, manager)
        demo = Demo(kiosk, staff, stage, folder, outage=outage)
        demo.tell(f"kiosk's first frame after {kiosk.first_frame_ms.result()} ms")
        try:
            await demo.run(data_dir)
        except RemoteError:
            await kiosk.grab(PICTURES / "failed_kiosk.png")
            await staff.grab(PICTURES / "failed_staff.png")
            if outage:
                await outage.manager.grab(PICTURES / "failed_manager.png")
            raise


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--vendors", action="store_true", help="with emulated vendors that are killed in mid-order")
    given = parser.parse_args(arguments)
    try:
        asyncio.run(play(with_vendors=given.vendors))
    except (RemoteError, RuntimeError, TimeoutError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
