"""B6 nothing changes by itself; B29 nothing flashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from tools.barrier_free import pixels
from tools.barrier_free.look import Breach, Look, Pixels

Light = npt.NDArray[np.float64]
FLASHES_A_SECOND: Final = 3.0
FLASH: Final = 0.1
"""Of full luminance, both ways: WCAG 2.2, general flash."""
TILE: Final = 60
MOVES_OF_ITSELF: Final = frozenset({"listening", "thinking", "speaking", "idle"})
"""The level of the customer's own voice, what they asked for, and the seconds that a warning counts."""


def restless(look: Look) -> list[Breach]:
    """No timer and no motion that goes on for ever while nobody does anything."""
    return [
        Breach("B6", look.title, f"{still.what} of {still.owner}", "goes on for ever", "nothing moves by itself")
        for still in look.restless
        if still.rounds == 0
    ]


def same(look: Look, later: Pixels) -> list[Breach]:
    """``later``: the same screen a while after, and nobody did anything."""
    if look.screen in MOVES_OF_ITSELF or look.pixels.shape != later.shape:
        return []
    changed = (np.abs(look.pixels.astype(np.int16) - later.astype(np.int16)).sum(axis=2) > 24).mean()
    if changed == 0:
        return []
    return [Breach("B6", look.title, "the screen", f"{changed:.2%} of it changed", "as it was")]


def flashes(look: Look, frames: Sequence[tuple[float, Pixels]]) -> list[Breach]:
    """``frames``: (s, picture). A tile flashes when its luminance goes up and down again by a tenth of full."""
    if len(frames) < 3:
        return []
    seconds = max(1.0, frames[-1][0] - frames[0][0])
    rows = np.stack([_tiles(picture) for _, picture in frames])
    worst = max(_turns(rows[:, at]) for at in range(rows.shape[1])) / 2 / seconds
    if worst <= FLASHES_A_SECOND:
        return []
    return [Breach("B29", look.title, "a part of the screen", f"{worst:.1f} flashes a second", "3 or fewer")]


def _tiles(picture: Pixels) -> Light:
    tall, wide = picture.shape[0] // TILE * TILE, picture.shape[1] // TILE * TILE
    light = pixels.luminances(picture[:tall, :wide])
    return np.asarray(light.reshape(tall // TILE, TILE, wide // TILE, TILE).mean(axis=(1, 3)).reshape(-1))


def _turns(light: Light) -> int:
    """How often it changed direction by ``FLASH``, counted as swings."""
    swings, held, way = 0, float(light[0]), 0
    for value in light[1:]:
        change = float(value) - held
        if abs(change) < FLASH:
            continue
        now = 1 if change > 0 else -1
        if now != way:
            swings += 1
        way, held = now, float(value)
    return swings
