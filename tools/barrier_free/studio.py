"""Every screen in every mode, language and orientation, each rendered once; all checks read what was seen then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from tests.support.window import Screen
from tools.barrier_free import (
    contrasts,
    enlarged,
    focus,
    languages,
    names,
    places,
    stillness,
    targets,
    text,
    walk,
)
from tools.barrier_free.look import Breach, Look, Pixels
from tools.scenes.customer import MODES, SCENES, SIZES, Set, set_up

LANGUAGES: Final = ("ko", "en")
SETTLING_TURNS: Final = 25
STILL_AT_LAST: Final = 20
STILL_ENOUGH: Final = 2
"""Looks in a row that show the same: a picture that is loading beside the window's own thread may miss one."""
WATCHED_SECONDS: Final = 1.0
EACH: Final = (
    targets.size,
    targets.distance,
    targets.steadiness,
    stillness.restless,
    names.names,
    names.states,
    names.spoken,
    names.pictures,
    names.icons,
    focus.reached,
    focus.order,
    text.ink,
    text.whole,
    text.apart,
    enlarged.one_step_back,
    contrasts.text,
    contrasts.icons,
    contrasts.edges,
    contrasts.grey,
    places.way_out,
    places.no_scrolling,
    places.steps,
    places.help_everywhere,
    places.reach,
    languages.own_words,
)
"""What reads one look."""
TOGETHER: Final = (places.same_place, enlarged.ratio, languages.same_ways)
"""What compares looks; these keep no pixels."""
NOTHING: Final[Pixels] = np.zeros((0, 0, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One window's worth of screens. ``rings``: and the focus ring around everything that takes the keys."""

    orientation: str
    language: str
    mode: str
    rings: bool = False

    @property
    def title(self) -> str:
        return f"{self.orientation} {self.language} {self.mode}"


def everything() -> list[Wanted]:
    """The ring does not depend on the language, and is looked for where there is most to walk over."""
    return [
        Wanted(orientation, language, mode, rings=(orientation, language) == ("portrait", "ko") and mode != "low")
        for orientation, language, mode in product(SIZES, LANGUAGES, MODES)
    ]


async def seen(wanted: Wanted, screens: Iterable[str] = SCENES) -> tuple[list[Look], list[Breach]]:
    """The looks of one window, without their pixels, and what is wrong with each by itself."""
    looks, found = [], []
    async with set_up(wanted.language, *SIZES[wanted.orientation]) as stage:
        _calm(stage.screen, calm=True)
        for name in screens:
            await _play(stage, name, wanted.mode)
            look, items = _taken(stage, name, wanted)
            found += [breach for check in EACH for breach in check(look)]
            found += [breach async for breach in _over_time(stage.screen, look, long=wanted.rings)]
            if wanted.rings:
                found += [breach async for breach in _rings(stage.screen, look, items)]
            looks.append(replace(look, pixels=NOTHING))
        _calm(stage.screen, calm=False)
    return looks, found


def compared(looks: list[Look]) -> list[Breach]:
    return [breach for check in TOGETHER for breach in check(looks)]


async def _play(stage: Set, name: str, mode: str) -> None:
    await stage.next_customer()
    if name.endswith("attract"):
        await SCENES[name](stage)
        MODES[mode](stage.model)
    else:
        MODES[mode](stage.model)
        await SCENES[name](stage)
    await stage.screen.turn(SETTLING_TURNS)
    await stage.screen.until(lambda: stage.screen.look("settling") is None)
    before, still = walk.pixels(stage.screen.window), 0
    for _ in range(STILL_AT_LAST):  # pictures and answers come when they come; what never stands still is B6's
        await stage.screen.turn(5)
        now = walk.pixels(stage.screen.window)
        said = not stage.counter.services.voice.busy  # what goes with the words stands when they are over
        still = still + 1 if said and np.array_equal(now, before) else 0
        if name in stillness.MOVES_OF_ITSELF or still == STILL_ENOUGH:
            return
        before = now


def _taken(stage: Set, name: str, wanted: Wanted) -> tuple[Look, list[QQuickItem]]:
    settings: Any = stage.model.display
    panel = walk.panel_of(stage.screen.window, settings.panelInches, settings.panelBottomMm)
    return walk.look_at(stage.screen.window, panel, name, wanted.mode, wanted.language)


def _calm(screen: Screen, *, calm: bool) -> None:
    theme: Any = screen.engine.singletonInstance("Mallo.Theme", "Theme")
    theme.setProperty("calm", calm)


async def _over_time(screen: Screen, look: Look, *, long: bool) -> AsyncIterator[Breach]:
    """The same screen a moment later; ``long``: and for a second, with all its motion, where it moves of itself."""
    await screen.turn(5)
    for breach in stillness.same(look, walk.pixels(screen.window)):
        yield breach
    if not long or look.screen not in stillness.MOVES_OF_ITSELF:
        return
    _calm(screen, calm=False)
    clock = asyncio.get_running_loop().time
    frames = [(clock(), walk.pixels(screen.window))]
    while frames[-1][0] - frames[0][0] < WATCHED_SECONDS:
        await asyncio.sleep(0.04)
        await screen.turn(1)
        frames.append((clock(), walk.pixels(screen.window)))
    _calm(screen, calm=True)
    for breach in stillness.flashes(look, frames):
        yield breach


async def _rings(screen: Screen, look: Look, items: list[QQuickItem]) -> AsyncIterator[Breach]:
    """Each thing that takes the keys, while it has them, beside the screen while another one has."""
    frames = []
    for at in look.focus:
        items[at].forceActiveFocus(Qt.FocusReason.TabFocusReason)
        await screen.turn(1)
        frames.append(walk.pixels(screen.window))
    if len(frames) == 1:
        items[look.focus[0]].setFocus(False)
        await screen.turn(1)
        frames.append(walk.pixels(screen.window))
    for place, at in enumerate(look.focus):
        other = frames[(place + len(frames) // 2) % len(frames)]
        for breach in focus.ring(replace(look, pixels=other), look.nodes[at], frames[place]):
            yield breach
