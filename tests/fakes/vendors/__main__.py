"""``python -m tests.fakes.vendors``: the emulated vendors as a process of their own."""

from __future__ import annotations

import argparse
import asyncio
import signal
from contextlib import AsyncExitStack

from tests.fakes.vendors.brain import Brain, Script
from tests.fakes.vendors.emulator import GEMINI_KEY, OPENAI_KEY, emulated_vendors
from tests.fakes.vendors.faults import Vendor
from tests.fakes.vendors.offline_brain import offline_brain
from tests.fakes.vendors.pace import BENCH, Pace


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.vendors", description="Emulated Gemini and OpenAI.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one (default)")
    parser.add_argument("--gemini-key", default=GEMINI_KEY, help="the key that Gemini accepts")
    parser.add_argument("--openai-key", default=OPENAI_KEY, help="the key that OpenAI accepts")
    parser.add_argument(
        "--brain",
        choices=("offline", "script"),
        default="script",
        help="who answers: what a script says (default), or the shop's own offline engines",
    )
    parser.add_argument("--bench", action="store_true", help="the delays of make bench instead of none")
    return parser.parse_args()


async def main() -> None:
    """Serve until SIGTERM or SIGINT; prints ``ready http://HOST:PORT`` when it serves."""
    given = _arguments()
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    keys = {Vendor.GEMINI: given.gemini_key, Vendor.OPENAI: given.openai_key}
    pace = BENCH if given.bench else Pace()
    async with AsyncExitStack() as stack:
        brain: Brain = await stack.enter_async_context(offline_brain()) if given.brain == "offline" else Script()
        running = emulated_vendors(brain, pace=pace, keys=keys, host=given.host, port=given.port)
        vendors = await stack.enter_async_context(running)
        print(f"ready {vendors.base_url}", flush=True)  # noqa: T201 -- whoever started it waits for this line
        await over.wait()


if __name__ == "__main__":
    asyncio.run(main())
