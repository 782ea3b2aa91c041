"""A loudspeaker that runs empty on a busy machine: its reference stays where it is heard, and it hears no customer."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kiosk.audio.double_talk import EchoLikeness
from kiosk.audio.far_end import FarEnd
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import SAMPLE_RATE, WINDOW_SAMPLES, Heard, Played
from kiosk.audio.room import Room
from kiosk.audio.silero import SileroDetector
from kiosk.audio.turn_watch import Change, TurnWatch
from kiosk.audio.webrtc import new_canceller
from kiosk.audio.when_heard import WAITING_BLOCKS, WhenHeard
from tools.sound_scenes import SPEAKERS, Sound, at_level, hiss, pcm, spoken

NOON = 1_000.0
UNIX = 1_795_000_000.0
"""PortAudio's clock is another one."""
BLOCK = 320
SECONDS = BLOCK / SAMPLE_RATE
HELD = 2
"""Blocks in the device."""


class Device:
    """Plays what it is handed, says when, and runs empty where its thread was late."""

    def __init__(self, sound: Sound, emptied: dict[int, float]) -> None:
        """``emptied``: before which block, and for how many seconds."""
        self.handed: list[tuple[Played, dict[str, float]]] = []
        self.heard_from: list[float] = []
        chance = random.Random(5)  # noqa: S311 -- a busy machine
        playing = NOON
        for n in range(sound.size // BLOCK):
            playing += emptied.get(n, 0.0)
            late = 0.0 if n < HELD else chance.choice([0.0, 0.0, 0.004, 0.015])
            asked = playing - HELD * SECONDS if n >= HELD else NOON - HELD * SECONDS
            block = Played(pcm(sound[n * BLOCK : (n + 1) * BLOCK]), SAMPLE_RATE, 1, asked + late)
            # Before it has begun it says "now".
            now, dac = UNIX + asked, UNIX + (playing if n >= HELD else asked)
            self.handed.append((block, {"current_time": now, "output_buffer_dac_time": dac}))
            self.heard_from.append(playing)
            playing += SECONDS

    def echo(self, loss: float, seconds: float) -> Sound:
        """From ``NOON`` on."""
        out = np.zeros(round(seconds * SAMPLE_RATE))
        for (block, _), begin in zip(self.handed, self.heard_from, strict=True):
            at = round((begin - NOON) * SAMPLE_RATE)
            if at + BLOCK <= out.size:
                out[at : at + BLOCK] += loss * np.frombuffer(block.pcm, dtype="<i2")
        return out


def told(device: Device, *, tells: bool = True) -> list[Played]:
    blocks: list[Played] = []
    when = WhenHeard(blocks.append)
    for block, times in device.handed:
        when.handed(block, times if tells else None)
    return blocks


def test_the_told_moments_are_those_at_which_blocks_are_heard() -> None:
    device = Device(np.full(200 * BLOCK, 1_000.0), {50: 0.06, 51: 0.02, 120: 0.4})
    blocks = told(device)
    assert [block.pcm for block in blocks] == [block.pcm for block, _ in device.handed]
    off = [block.heard_at - when for block, when in zip(blocks, device.heard_from, strict=True) if block.heard_at]
    assert len(off) == len(blocks)
    assert off == pytest.approx([0.0] * len(off), abs=0.001)


def test_a_device_that_tells_nothing_keeps_no_block_waiting() -> None:
    device = Device(np.full(20 * BLOCK, 1_000.0), {})
    when_handed: list[Played] = []
    when = WhenHeard(when_handed.append)
    for n, (block, _) in enumerate(device.handed):
        when.handed(block, {"current_time": 0.0, "output_buffer_dac_time": 0.0} if n % 2 else None)
        assert len(when_handed) == n + 1
        assert when_handed[-1].heard_at is None


def test_a_device_that_never_gets_further_than_the_present_is_not_waited_for() -> None:
    blocks: list[Played] = []
    when = WhenHeard(blocks.append)
    for n in range(2 * WAITING_BLOCKS):
        now = UNIX + n * SECONDS
        when.handed(
            Played(bytes(2 * BLOCK), SAMPLE_RATE, 1, NOON + n * SECONDS),
            {"current_time": now, "output_buffer_dac_time": now},
        )
    assert len(blocks) == 2 * WAITING_BLOCKS
    assert all(block.heard_at is None for block in blocks)


def test_the_reference_is_where_its_echo_is_after_the_device_ran_empty() -> None:
    ticks = np.zeros(300 * BLOCK)
    ticks[:: 25 * BLOCK] = 20_000
    device = Device(ticks, {60: 0.05, 130: 0.03, 131: 0.09, 220: 0.03})
    echo = device.echo(0.5, 6.0)
    far = FarEnd()
    for block in told(device)[:100]:
        far.played("voice", block)
    reference = b""
    for n in range(600):
        if n % 2 == 0 and n // 2 + 100 < 300:
            far.played("voice", told(device)[n // 2 + 100])
        reference += far.take(NOON + (n + 1) / 100, 160)
    heard = np.flatnonzero(np.abs(echo) > 5_000)
    played = np.flatnonzero(np.frombuffer(reference, dtype="<i2") > 5_000)
    ahead = [int(np.min(np.where(played <= at, at - played, SAMPLE_RATE))) for at in heard[1:]]
    assert max(ahead) <= 0.02 * SAMPLE_RATE


def starts(device: Device, seconds: float, *, tells: bool) -> int:
    """How often a kiosk that has just been started takes its own words for a customer's."""
    front = FrontEnd(SileroDetector(), new_canceller(), SileroDetector())
    watch, begun = TurnWatch(Room()), 0
    near = device.echo(0.5, seconds) + hiss(round(seconds * SAMPLE_RATE), 3)
    waiting = [(block.at, block) for block in told(device, tells=tells)]
    for begin in range(0, near.size - 160, 160):
        at = NOON + (begin + 160) / SAMPLE_RATE
        while waiting and waiting[0][0] <= at:
            front.played("voice", waiting.pop(0)[1])
        heard: list[Heard] = front.feed(pcm(near[begin : begin + 160]), at)
        for frame in heard:
            if watch.feed(frame) is Change.BEGAN:
                begun += 1
                watch.again()
    return begun


def test_a_stuttering_loudspeaker_is_no_customer() -> None:
    sound = at_level(
        spoken("딸기 생크림 케이크에는 딸기 열두 개와 생크림, 시트 두 장, 초 하나가 들어가요", SPEAKERS[0]), -20.0
    )
    emptied = {n: 0.02 + 0.013 * (n % 5) for n in range(20, sound.size // BLOCK, 37)}
    device = Device(sound, emptied)
    seconds = sound.size / SAMPLE_RATE + sum(emptied.values())
    assert starts(device, seconds, tells=True) == 0
    assert starts(device, seconds, tells=False) > 0, "the scene is no harder than it was"


def windows(sound: Sound) -> list[bytes]:
    return [pcm(sound[at : at + WINDOW_SAMPLES]) for at in range(0, sound.size - WINDOW_SAMPLES, WINDOW_SAMPLES)]


@pytest.mark.parametrize(("below", "echo"), [(60.0, True), (10.0, True), (0.0, False), (-6.0, False)])
def test_what_is_the_echo_and_nothing_else_is_known(below: float, echo: bool) -> None:
    far = at_level(spoken("프렌치 디너에는 커피와 와인, 샐러드, 스테이크가 나와요", SPEAKERS[0]), -20.0)
    customer = at_level(spoken("아니요 그거 말고 치즈 케이크로 바꿔 주세요", SPEAKERS[3]), -26.0 - below)
    size = min(far.size, customer.size)
    near = 0.5 * np.concatenate([np.zeros(400), far[: size - 400]]) + customer[:size]
    likeness, found = EchoLikeness(), []
    for played, window in zip(windows(far[:size]), windows(near), strict=True):
        likeness.played(played)
        if np.abs(np.frombuffer(window, dtype="<i2")).max() > 500:
            found.append(likeness.is_in(window))
    assert bool(np.mean(found) > 0.6) is echo


def test_a_sound_shakes_the_canceller_where_it_begins_and_where_its_device_ran_empty() -> None:
    device = Device(np.full(150 * BLOCK, 1_000.0), {100: 0.08})
    far, shaken = FarEnd(), []
    waiting = told(device)
    for n in range(300):
        at = NOON + (n + 1) / 100
        while waiting and waiting[0].at <= at:
            far.played("voice", waiting.pop(0))
        far.take(at, 160)
        shaken.append(far.shaken)
    assert all(shaken[5:35])
    assert not any(shaken[50:195])
    assert all(shaken[215:240]), "it ran empty after two seconds"
    assert not any(shaken[260:])
