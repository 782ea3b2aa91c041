"""How the kiosk's voice stands other sounds: who interrupts it, voices, a hood, its own loudspeaker."""

from __future__ import annotations

import asyncio
import os
import random
from itertools import cycle

from kiosk.audio.interfaces import SAMPLE_RATE
from tests.fakes.vendors.pace import VOICE_BENCH
from tools.bench.voice.bench import MODEL, OFFLINE, SCRIPT, Bench
from tools.bench.voice.customers import Sentence, known_orders
from tools.bench.voice.report import Spans, counted, in_ms, told_ms
from tools.bench.voice.turns import Customer, NotAnswered, Whole
from tools.sound_scenes import LEVEL, SPEAKERS, babble, pcm, pink
from tools.sound_stage import BESIDE_SPEAKER

NOISE_SECONDS = 12
LONG_QUESTION = "메뉴 알려 주세요"
QUESTIONS = ("딸기 생크림 케이크 뭐 들어가요?", "프렌치 디너에 뭐가 나와요?")
INTERRUPTIONS = (
    "아니요 그거 말고 치즈 케이크로 바꿔 주세요",
    "잠깐만요 초콜릿 케이크 두 개 주세요",
    "됐고요 프렌치 디너 하나만 주세요",
)
EIGHT = 8
"""Turns and answers that the issue's table counts."""


async def barge_in(bench: Bench) -> None:
    """``barge-in``: the first voiced sample of who speaks into an answer -> the last one of the kiosk's."""
    customer = await bench.customer(SCRIPT, {}, VOICE_BENCH)
    voices = cycle(SPEAKERS[:4])
    stops: list[float] = []
    failed = 0
    for run in range(bench.runs):
        sentence = Sentence(INTERRUPTIONS[run % len(INTERRUPTIONS)], next(voices))
        try:
            await customer.kiosk.listen("ko")
            stops.append(await customer.interrupts(LONG_QUESTION, sentence))
        except (NotAnswered, TimeoutError) as error:
            failed += 1
            bench.tell(f"failed: {error!r}")
        except LookupError as error:
            bench.tell(f"left out: {error}")
    bench.lines.append(in_ms("speech stops after the customer starts", "402 ms", "", 300, stops, failed=failed))


async def among_others(bench: Bench) -> None:
    """``babble``: eight voices that never stop."""
    name = "babble of eight at {} dB: turns answered, replies not cut"
    count = min(EIGHT, bench.runs)
    for below, others in ((20, "4 of 8, 1 of 4"), (10, "7 of 8, 5 of 7")):
        sound = babble(NOISE_SECONDS * SAMPLE_RATE, below, LEVEL - below)
        customer = await bench.customer(SCRIPT, {}, VOICE_BENCH)
        orders = known_orders()
        with bench.stage.playing(pcm(sound)):
            turns = [await _whole(bench, customer, next(orders)) for _ in range(count)]
        answered = sum(turn.answered for turn in turns)
        uncut = sum(turn.answered and not turn.cut for turn in turns)
        ours = f"{answered} of {count}, {uncut} of {answered}"
        goal = f"{EIGHT} of {EIGHT}, {EIGHT} of {EIGHT}"
        bench.lines.append(counted(name.format(below), others, "", goal, ours, met=uncut == count))


async def in_noise(bench: Bench) -> None:
    """``pink``: a hood, a dishwasher."""
    for below, others, at_most in ((10, "1543 ms", 1250), (5, "1567 ms", 1300)):
        sound = pink(NOISE_SECONDS * SAMPLE_RATE, below, LEVEL - below)
        customer = await bench.customer(SCRIPT, MODEL, VOICE_BENCH)
        with bench.stage.playing(pcm(sound)):
            turns = await bench.turns(customer, bench.orders, max(2, bench.runs * 3 // 5))
        name = f"pink noise {below} dB below"
        bench.spans.append(Spans(name, turns.spans))
        bench.lines += [
            in_ms(f"{name}: voice to voice", others, "", at_most, turns.waits, failed=len(turns.failed)),
            told_ms("  to the answer's own first sentence", others, "", turns.sentences),
        ]


async def beside_its_loudspeaker(bench: Bench) -> None:
    """``own-voice``: what it says comes back through its microphone, half as loud."""
    customer = await bench.customer(OFFLINE, {}, VOICE_BENCH)
    starts, count = 0, min(EIGHT, bench.runs)
    usual = os.environ["PULSE_SOURCE"]
    os.environ["PULSE_SOURCE"] = BESIDE_SPEAKER
    try:
        for run in range(count):
            await customer.kiosk.listen("ko")
            starts += await customer.listens(QUESTIONS[run % len(QUESTIONS)]) > 0
    finally:
        os.environ["PULSE_SOURCE"] = usual
    name = "starts on its own loudspeaker, no headset"
    others = "8 of 8 without echo cancellation"
    bench.lines.append(counted(name, others, "", "0", f"{starts} of {count}", met=starts == 0))


async def _whole(bench: Bench, customer: Customer, sentence: Sentence) -> Whole:
    await customer.kiosk.listen(sentence.language)
    await asyncio.sleep(random.uniform(0.2, 0.6))  # noqa: S311 -- a phase
    whole = await customer.whole(sentence)
    if not whole.answered or whole.cut:
        bench.tell(f"{sentence.words!r}: {whole}")
    return whole
