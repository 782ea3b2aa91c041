"""When a microphone's samples were there, by blocks that a busy machine hands over late."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kiosk.audio.far_end import FarEnd
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import SAMPLE_RATE, Canceller, Played
from kiosk.audio.time_line import MOVED_SECONDS, TimeLine
from tests.fakes.sound_devices import FakeDetector
from tools.sound_scenes import pcm

NOON = 1_000.0
BLOCK = 0.01


def ends(lates: list[float], lost_after: int | None = None, lost: float = 0.0) -> list[float]:
    """How far off the end of each block is taken to be, in s. After ``lost_after`` blocks ``lost`` seconds are lost."""
    line = TimeLine()
    off = []
    for n, late in enumerate(lates):
        gone = lost if lost_after is not None and n >= lost_after else 0.0
        there = NOON + (n + 1) * BLOCK + gone
        off.append(line.end_of(BLOCK, there + late) - there)
    return off


def test_blocks_that_come_late_are_not_taken_to_be_late() -> None:
    chance = random.Random(3)  # noqa: S311 -- a busy machine
    lates = [chance.choice([0.0, 0.001, 0.03, 0.09, 0.2]) for _ in range(500)]
    off = ends(lates)
    assert max(map(abs, off[10:])) <= MOVED_SECONDS
    assert len({round(one, 6) for one in off[10:]}) == 1, "whoever follows it is not shaken"


def test_a_first_block_that_was_late_is_forgotten() -> None:
    off = ends([0.15] + [0.0] * 20)
    assert off[0] == pytest.approx(0.15)
    assert off[2:] == pytest.approx([0.0] * 19)


def test_lost_samples_are_noticed_within_a_second() -> None:
    off = ends([0.0] * 400, lost_after=150, lost=0.05)
    assert off[151] == pytest.approx(-0.05)
    assert off[255:] == pytest.approx([0.0] * 145, abs=1e-6)


def test_a_device_that_was_away_begins_anew_at_once() -> None:
    assert ends([0.0] * 100, lost_after=50, lost=3.0)[50:] == pytest.approx([0.0] * 50, abs=1e-6)


class BothSides(Canceller):
    def __init__(self) -> None:
        self.near = self.far = b""

    def clean(self, near: bytes, far: bytes, delay_ms: int) -> bytes:  # noqa: ARG002 -- the interface's own
        self.near += near
        self.far += far
        return near


def test_an_echo_is_not_before_its_reference_after_samples_were_lost() -> None:
    both = BothSides()
    front = FrontEnd(FakeDetector(), both)
    tick = np.zeros(160)
    tick[0] = 20_000
    for n in range(400):
        at = NOON + (n + 1) * BLOCK
        front.played("voice", Played(pcm(tick if n % 50 == 0 else np.zeros(160)), SAMPLE_RATE, 1, at - BLOCK))
        if n not in range(110, 115):
            # The echo comes 10 ms after the block was handed out.
            front.feed(pcm(tick if n % 50 == 1 else np.zeros(160)), at)
    echo, reference = (np.flatnonzero(np.frombuffer(side, dtype="<i2") > 9_000) for side in (both.near, both.far))
    assert 0 <= echo[-1] - reference[-1] <= 320


def test_what_was_handed_out_in_a_hurry_and_then_late_stays_where_it_is_heard() -> None:
    line = TimeLine(ahead=True)
    for n in range(300):
        # Three blocks at once fill the device, whose buffer then outlasts a thread that is up to 40 ms late.
        late = -n * 0.02 if n < 3 else (0.04 if n % 7 else 0.0) - 0.04
        handed = NOON + (n + 1) * 0.02 + late
        assert line.end_of(0.02, handed) == pytest.approx(NOON + (n + 1) * 0.02)


def test_a_loudspeaker_that_had_to_wait_is_later_from_then_on() -> None:
    line = TimeLine(ahead=True)
    off = []
    for n in range(300):
        waited = 0.06 if n >= 100 else 0.0
        off.append(line.end_of(0.02, NOON + (n + 1) * 0.02 + waited) - (NOON + (n + 1) * 0.02))
    assert off[100] == pytest.approx(0.0)
    assert off[155:] == pytest.approx([0.06] * 145)


def test_the_reference_follows_the_microphones_time() -> None:
    far = FarEnd()
    far.take(NOON, 160)
    far.played("voice", Played(pcm(np.arange(1.0, 3_201.0)), SAMPLE_RATE, 1, NOON))
    before = np.frombuffer(far.take(NOON + 0.01, 160), dtype="<i2")
    after = np.frombuffer(far.take(NOON + 0.07, 160), dtype="<i2")
    assert after[-1] - before[-1] == pytest.approx(0.06 * SAMPLE_RATE, abs=2)
