"""The noisy cases of ``make bench-voice`` with few turns: the kiosk's whole voice path, a real backend, real sound.

Whether a turn is answered and an answer spoken to its end, not how fast: this machine may be busy.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.audio.interfaces import SAMPLE_RATE
from tools.bench.voice.bench import Bench
from tools.bench.voice.customers import known_orders
from tools.bench.voice.recorder import recording
from tools.bench.voice.turns import Whole
from tools.sound_scenes import LEVEL, Sound, babble, pcm, pink
from tools.sound_stage import BESIDE_SPEAKER, sound_stage

pytestmark = pytest.mark.sound
SECONDS = 6


@pytest.fixture
async def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    with sound_stage(one_clock=True) as stage, recording(stage) as recorder:
        for name, value in stage.environment.items():
            if name != "HOME":
                monkeypatch.setenv(name, value)
        running = Bench(stage, recorder, tmp_path / "shop", 1)
        try:
            yield running
        finally:
            await running.close()


async def test_orders_are_answered_and_answers_spoken_to_their_end_in_a_shops_noise(bench: Bench) -> None:
    customer = await bench.customer("script", {})
    orders = known_orders()
    size = SECONDS * SAMPLE_RATE
    noises: list[Sound] = [babble(size, 1, LEVEL - 20), babble(size, 2, LEVEL - 10), pink(size, 3, LEVEL - 5)]
    turns: list[Whole] = []
    for noise in noises:
        with bench.stage.playing(pcm(noise)):
            sentence = next(orders)
            await customer.kiosk.listen(sentence.language)
            await asyncio.sleep(0.5)  # the customer takes breath
            turns.append(await customer.whole(sentence))
    answered = [turn for turn in turns if turn.answered]
    assert len(answered) >= len(turns) - 1, turns
    assert not any(turn.cut for turn in answered), turns


async def test_what_comes_back_of_its_own_voice_is_no_customer(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    customer = await bench.customer("offline", {})
    monkeypatch.setenv("PULSE_SOURCE", BESIDE_SPEAKER)
    kiosk = customer.kiosk
    await kiosk.listen("ko")
    answers = kiosk.talk.snapshot.turn
    begin = bench.recorder.now
    await customer.listens("프렌치 디너에 뭐가 나와요?")
    assert kiosk.talk.snapshot.turn == answers + 1, "it answered itself"
    # Between its words it is silent.
    assert bench.recorder.loud_ms(begin) > 0.75 * kiosk.line.spoken[0].ms, "it did not speak to its end"
