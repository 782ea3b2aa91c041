"""Whose voice counts: levels alone first, then real sound with the shop's noise in it."""

from __future__ import annotations

import pytest

from kiosk.audio.interfaces import FRAME_BYTES, Heard
from kiosk.audio.room import Gate, Room
from tools.bench.endpointing import SCENES, Scene, judged

PCM = bytes(FRAME_BYTES)


def frame(level: float, speech: float = 0.9, *, echo: bool = False) -> Heard:
    return Heard(PCM, speech, level, echo)


def spoken_to(gate: Gate, level: float, frames: int = 50) -> list[bool]:
    return [gate.voiced(frame(level), in_turn=True) for _ in range(frames)]


def quiet(gate: Gate, level: float, frames: int = 150) -> None:
    for _ in range(frames):
        gate.voiced(frame(level, 0.0), in_turn=False)


def test_a_voice_in_a_quiet_room_counts_from_its_first_frame() -> None:
    gate = Gate(Room())
    assert gate.voiced(frame(-30), in_turn=False)
    assert not gate.voiced(frame(-30, 0.1), in_turn=False)


def test_between_the_probabilities_the_last_verdict_stands() -> None:
    gate = Gate(Room())
    assert not gate.voiced(frame(-30, 0.4), in_turn=False)
    assert gate.voiced(frame(-30, 0.6), in_turn=False)
    assert gate.voiced(frame(-30, 0.4), in_turn=False)
    assert not gate.voiced(frame(-30, 0.3), in_turn=False)


def test_a_voice_at_the_level_of_the_room_does_not_count() -> None:
    gate = Gate(Room())
    quiet(gate, -40)
    assert gate.room.floor == pytest.approx(-40)
    assert not gate.voiced(frame(-35), in_turn=False)
    assert gate.voiced(frame(-30), in_turn=False)


@pytest.mark.parametrize("below", [10, 12, 15, 20])
def test_a_voice_far_below_the_customers_neither_starts_nor_prolongs(below: float) -> None:
    gate = Gate(Room())
    assert all(spoken_to(gate, -20))
    assert gate.customer == pytest.approx(-20)
    assert not any(spoken_to(gate, -20 - below))
    assert not gate.voiced(frame(-20 - below), in_turn=False)
    assert gate.voiced(frame(-25), in_turn=True)


def test_of_a_softer_and_a_louder_voice_the_louder_is_the_customers() -> None:
    gate = Gate(Room())
    spoken_to(gate, -32)
    assert all(spoken_to(gate, -20, 20))
    assert not any(spoken_to(gate, -32))


def test_a_single_sound_says_nothing_about_the_customers_level() -> None:
    gate = Gate(Room())
    spoken_to(gate, -10, 3)
    assert gate.customer is None


def test_a_level_from_the_customer_before_is_forgotten_and_the_rooms_is_not() -> None:
    room = Room()
    first = Gate(room)
    quiet(first, -45)
    spoken_to(first, -15)
    room.reopened()
    second = Gate(room)
    assert second.customer is None
    assert room.floor == pytest.approx(-45)
    assert not second.voiced(frame(-44), in_turn=False)
    assert second.voiced(frame(-33), in_turn=False)


def test_what_was_kept_gives_way_to_another_room_within_two_seconds() -> None:
    room = Room()
    gate = Gate(room)
    quiet(gate, -40)
    room.reopened()
    quiet(gate, -60, 100)
    assert room.floor == pytest.approx(-60)


def test_digital_silence_is_no_room() -> None:
    gate = Gate(Room())
    quiet(gate, -100)
    assert gate.room.floor == -65
    assert not gate.voiced(frame(-60), in_turn=False)


def test_a_room_that_was_taught_by_speech_does_not_shut_the_customer_out() -> None:
    gate = Gate(Room())
    for n in range(300):
        gate.voiced(frame(-30 if n % 3 else -50, 0.4), in_turn=False)
    assert gate.voiced(frame(-20), in_turn=False)


def test_over_the_kiosks_own_voice_an_unknown_customer_has_to_be_loud_and_the_room_is_not_learnt() -> None:
    gate = Gate(Room())
    assert not gate.voiced(frame(-45, echo=True), in_turn=False)
    assert gate.voiced(frame(-25, echo=True), in_turn=False)
    assert gate.room.floor == -65


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_turns_begin_and_end_where_the_customer_does(scene: Scene) -> None:
    """A smaller count of what ``python -m tools.bench.endpointing`` prints."""
    verdict = judged(scene, 6, seed=11)
    assert verdict.right >= 6 - scene.may_miss
    assert verdict.extra == 0
    if scene.name != "a neighbour 10 dB below":  # who may be taken for the customer for a syllable more
        assert verdict.latest_pause_ms <= 300, "that the customer fell silent is seen by then, whatever comes after"
