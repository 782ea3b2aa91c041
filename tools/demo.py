"""``make demo``: the whole job with nobody there.

A customer speaks English into a virtual microphone (eSpeak NG -> PulseAudio null sink -> PortAudio -> kiosk), hears
the answers and orders; another types Korean; a third taps. The staff window shows each ticket and cooks one. Every
window is a process of its own on a fresh data folder. Prints each step with its time; screenshots go to
``build/demo/``. Exit code 0 only when every order reached the staff window.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from tools.people import Turn, cook, leave, order_by_touch, order_by_voice, sign_in, type_sentence
from tools.processes import ROOT
from tools.remote.window import RemoteError, RemoteWindow, open_window
from tools.sound_stage import SoundStage, sound_stage

PICTURES = ROOT / "build" / "demo"
SPOKEN_ORDER = "two strawberry cakes grand style please"
TYPED_ORDER = ("초코 케이크 하나 디럭스로 주세요", "견과 넣어 주세요", "네")


class Demo:
    """The steps of the play. ``kiosk`` and ``staff`` are windows in processes of their own."""

    def __init__(self, kiosk: RemoteWindow, staff: RemoteWindow, stage: SoundStage, folder: Path) -> None:
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
        return await self._placed("spoken_placed")

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


async def play() -> None:
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
        kiosk = await opened.enter_async_context(open_window("customer", *place, environment=sound))
        staff = await opened.enter_async_context(open_window("staff", *place, environment=sound))
        demo = Demo(kiosk, staff, stage, folder)
        demo.tell(f"kiosk's first frame after {kiosk.first_frame_ms.result()} ms")
        try:
            await demo.run(data_dir)
        except RemoteError:
            await kiosk.grab(PICTURES / "failed_kiosk.png")
            await staff.grab(PICTURES / "failed_staff.png")
            raise


def main(arguments: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(prog="make demo", description=__doc__).parse_args(arguments)
    try:
        asyncio.run(play())
    except (RemoteError, RuntimeError, TimeoutError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
