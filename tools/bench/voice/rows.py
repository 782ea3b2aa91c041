"""How long a customer waits: with engines that take their time, with none, with the shop's own rules, the first one."""

from __future__ import annotations

import statistics

from tests.fakes.vendors.pace import VOICE_BENCH, Pace
from tools.bench.voice.bench import MODEL, SCRIPT, Bench, Turns
from tools.bench.voice.customers import known_orders, new_orders
from tools.bench.voice.report import Spans, in_ms, told_ms

WARM_TURNS = 1


async def with_a_model(bench: Bench) -> None:
    """``model``: voice to voice with all delays, and what of it is not the engines'."""
    turns = await _asking_a_model(bench, "model asked", VOICE_BENCH)
    bench.lines += [
        in_ms("voice to voice, delays as above", "1468 ms", "1373", 1150, turns.waits, failed=len(turns.failed)),
        told_ms("  to the answer's own first sentence", "1468 ms", "1373", turns.sentences),
        in_ms("own share of it", "382 ms", "289", 200, [turn.own for turn in turns.done]),
    ]


async def with_instant_engines(bench: Bench) -> None:
    """``instant``: the same with engines that take no time."""
    turns = await _asking_a_model(bench, "engines at 0 ms", Pace())
    name = "voice to voice, engines at 0 ms"
    bench.lines.append(in_ms(name, "330 ms", "294", 250, turns.waits, failed=len(turns.failed)))


async def answered_locally(bench: Bench) -> None:
    """``local``: the rules are sure, and the answer has been spoken before."""
    customer = await bench.customer(SCRIPT, {})
    orders = known_orders()
    await bench.turns(customer, orders, 4, hushed=False)
    turns = await bench.turns(customer, orders)
    asked = sum(not turn.local for turn in turns.done)
    bench.spans.append(Spans("answered locally", turns.spans))
    name = "turn answered locally (STT 300 ms, speech cached)"
    bench.lines.append(in_ms(name, "none does it", "", 650, turns.waits, failed=len(turns.failed) + asked))


async def first_after_start(bench: Bench) -> None:
    """``first``: the first turn of a kiosk and a backend that were just started, and the one that follows it. Starting
    takes time: half as often."""
    first, later = Turns(), Turns()
    for _ in range(max(2, bench.runs // 2)):
        orders = new_orders()
        async with bench.fresh(SCRIPT, MODEL) as customer:
            for turns in (first, later):
                one = await bench.turns(customer, orders, 1)
                turns.done += one.done
                turns.failed += one.failed
    bench.spans += [Spans("first after start", first.spans), Spans("the one after it", later.spans)]
    usual = statistics.median(later.waits) if later.waits else 0.0
    over = [waited - usual for waited in first.waits]
    failed = len(first.failed) + len(later.failed)
    bench.lines.append(
        in_ms("first turn after start, over the later ones", "+230 ms", "", 50, over, failed=failed, sign="+")
    )


async def _asking_a_model(bench: Bench, name: str, pace: Pace) -> Turns:
    customer = await bench.customer(SCRIPT, MODEL, pace)
    await bench.turns(customer, bench.orders, WARM_TURNS)
    turns = await bench.turns(customer, bench.orders)
    bench.spans.append(Spans(name, turns.spans))
    return turns
