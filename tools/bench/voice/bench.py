"""What every row is measured on: one stage, one recorder, and the shops that were opened."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from shared.voice_stream import Span
from tests.fakes.vendors.pace import VOICE_BENCH, Pace
from tools.bench.vendor_rows import speak_fixed_sentences, until_listed
from tools.bench.voice.customers import Sentence, new_orders
from tools.bench.voice.recorder import Recorder
from tools.bench.voice.report import Line, Spans
from tools.bench.voice.shop import house, kiosk_at
from tools.bench.voice.turns import Customer, NotAnswered, Turn
from tools.sound_stage import SoundStage

ATTRACT_SECONDS = 3.0
"""So long nobody comes after the start: what is loaded and warmed then is no part of a turn."""
SCRIPT, OFFLINE = "script", "offline"
"""Who is behind the emulated engines: what a customer is known to say, or engines of this machine."""
MODEL = {"MALLO_LOCAL_FIRST": "false"}
"""The model is asked, however sure the rules are."""


@dataclass
class Turns:
    """What was measured, and how many turns were not."""

    done: list[Turn] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def waits(self) -> list[float]:
        return [turn.waited for turn in self.done]

    @property
    def sentences(self) -> list[float]:
        """To the answer's own first sound."""
        return [turn.sentence for turn in self.done]

    @property
    def spans(self) -> list[dict[Span, float]]:
        return [turn.spans for turn in self.done]


class Bench:
    """``runs`` turns a row. Results gather in ``lines`` and ``spans``."""

    def __init__(self, stage: SoundStage, recorder: Recorder, folder: Path, runs: int) -> None:
        self.stage = stage
        self.recorder = recorder
        self.runs = runs
        self.lines: list[Line] = []
        self.spans: list[Spans] = []
        self._folder = folder
        self._houses = 0
        self.orders = new_orders()
        """For shops that stay open: each is said once."""
        self._open = AsyncExitStack()
        self._customers: dict[str, Customer] = {}

    async def close(self) -> None:
        """Idempotent."""
        await self._open.aclose()

    async def customer(self, brain: str, environment: Mapping[str, str], pace: Pace = VOICE_BENCH) -> Customer:
        """Before a kiosk that has been open for a while; the same for the same engines and settings."""
        name = f"{brain} {sorted(environment.items())}"
        if name not in self._customers:
            customer = await self._open.enter_async_context(self.fresh(brain, environment, Pace()))
            if brain == SCRIPT:
                await asyncio.to_thread(_speak_fixed_sentences, customer.url)
            self._customers[name] = customer
        customer = self._customers[name]
        await customer.pace(pace)
        return customer

    @asynccontextmanager
    async def fresh(
        self, brain: str, environment: Mapping[str, str], pace: Pace = VOICE_BENCH
    ) -> AsyncIterator[Customer]:
        """The first one of a kiosk and a backend that have just been started."""
        self._houses += 1
        with house(self._folder / f"house-{self._houses}", pace, environment, brain) as running:
            try:
                await asyncio.to_thread(until_listed, running.vendors)
            except TimeoutError as error:
                self.tell(f"it goes on without waiting: {error}")
            async with kiosk_at(running.url) as kiosk:
                await asyncio.sleep(ATTRACT_SECONDS)
                yield Customer(self.stage, self.recorder, kiosk, running)

    async def turns(
        self, customer: Customer, sentences: Iterator[Sentence], count: int | None = None, *, hushed: bool = True
    ) -> Turns:
        """One after the other, each of a customer of their own. What this machine spoilt is done again."""
        turns = Turns()
        wanted, spoilt = count or self.runs, 0
        while len(turns.done) + len(turns.failed) < wanted:
            sentence = next(sentences)
            try:
                await customer.kiosk.listen(sentence.language)
                turns.done.append(await customer.turn(sentence, hushed=hushed))
            except (NotAnswered, TimeoutError) as error:
                turns.failed.append(str(error))
                self.tell(f"failed: {error!r}")
            except LookupError as error:
                spoilt += 1
                self.tell(f"once more: {error}")
                if spoilt > wanted:
                    raise RuntimeError("this machine is too busy to play and record sound") from error
        return turns

    @staticmethod
    def tell(what: str) -> None:
        """To whoever waits for the table."""
        print(what, file=sys.stderr, flush=True)


def _speak_fixed_sentences(url: str) -> None:
    """As in a shop that has been open for some minutes: nothing is spoken for the cache between two turns any more."""
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as http:
        speak_fixed_sentences(http)
