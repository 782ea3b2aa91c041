"""Make the kiosk's short sounds under ``assets/sounds``: two-tone chimes, soft at both ends, mono 44.1 kHz.

The files are committed; run this again only to change them: ``python tools/make_sounds.py``.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
FOLDER = Path(__file__).resolve().parents[1] / "assets" / "sounds"
PEAK = 0.6
LOUD = {"urgent": 0.98}
C5, E5, G5, A5, C6, E6, G6 = 523.25, 659.26, 783.99, 880.0, 1046.5, 1318.51, 1567.98

Sound = NDArray[np.float64]
Note = tuple[float, float, float]
"""Begin in seconds, frequency in Hz, ring in seconds."""

SOUNDS: dict[str, tuple[Note, ...]] = {
    "new_order": ((0.0, G5, 0.5), (0.16, C6, 0.9), (0.55, G5, 0.5), (0.71, C6, 1.0)),
    "listening": ((0.0, C5, 0.16), (0.09, G5, 0.26)),
    "placed": ((0.0, C5, 0.35), (0.13, E5, 0.4), (0.26, G5, 0.45), (0.39, C6, 1.0)),
    "alarm": ((0.0, A5, 0.22), (0.24, E5, 0.22), (0.6, A5, 0.22), (0.84, E5, 0.32)),
    "urgent": (
        *((0.0, G5, 0.3), (0.14, C6, 0.3), (0.28, E6, 0.4)),
        *((0.6, G5, 0.3), (0.74, C6, 0.3), (0.88, E6, 0.4), (1.16, G6, 0.7)),
    ),
}


def chime(frequency: float, seconds: float) -> Sound:
    """One bar of a glockenspiel: a strong first partial, two that die quickly, no click at either end."""
    time = np.arange(int(RATE * seconds)) / RATE
    partials = ((1.0, 1.0, 1.0), (2.76, 0.22, 3.2), (5.4, 0.06, 6.0))
    tone: Sound = np.zeros_like(time)
    for ratio, share, decay in partials:
        tone += share * np.sin(2 * np.pi * frequency * ratio * time) * np.exp(-4.5 * decay * time / seconds)
    attack = np.minimum(1.0, time / 0.006)
    release = np.minimum(1.0, (seconds - time) / 0.03)
    return np.asarray(tone * attack * release)


def mixed(notes: tuple[Note, ...], peak: float) -> Sound:
    """All notes together, at ``peak`` of full scale."""
    length = max(begin + ring for begin, _, ring in notes)
    sound: Sound = np.zeros(int(RATE * length) + 1)
    for begin, frequency, ring in notes:
        tone = chime(frequency, ring)
        at = int(RATE * begin)
        sound[at : at + len(tone)] += tone
    return np.asarray(sound * (peak / np.abs(sound).max()))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((mixed(notes, LOUD.get(name, PEAK)) * 32_767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
