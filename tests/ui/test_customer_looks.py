"""Every screen in every mode: no QML warning, no text cut or covered, no target upon another, nothing scrolls, all is
named."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.support.customer_window import covered_texts, cut_texts, overlapping_targets
from tools.scenes.customer import MODES, SCENES, SIZES, set_up

# English is the longer language: its modes are seen where there is least room.
LOOKS = [
    *(("portrait", "ko", mode) for mode in MODES),
    ("landscape", "ko", "normal"),
    ("landscape", "ko", "large"),
    ("portrait", "en", "normal"),
    ("portrait", "en", "large"),
]


@pytest.mark.parametrize(("orientation", "language", "mode"), LOOKS)
async def test_every_screen_fits(orientation: str, language: str, mode: str, qtbot: QtBot) -> None:
    found = []
    async with set_up(language, *SIZES[orientation]) as stage:
        for name, scene in SCENES.items():
            await stage.next_customer()
            if name.endswith("attract"):
                await scene(stage)
                MODES[mode](stage.model)
            else:
                MODES[mode](stage.model)
                await scene(stage)
            await stage.screen.turn(25)
            problems = [*cut_texts(stage.screen), *covered_texts(stage.screen), *overlapping_targets(stage.screen)]
            found += [f"{name}: {problem}" for problem in problems]
            for item in stage.screen.items():
                if item.inherits("QQuickFlickable"):
                    found.append(f"{name}: {item.objectName()} scrolls")
                if item.inherits("QQuickAbstractButton") and not item.property("text"):
                    found += [f"{name}: {item.objectName()} has no word"] if not spoken_name(item.objectName()) else []
    assert not found


def spoken_name(name: str) -> bool:
    """Keys whose sign is the word (− + ⇧ ⌫): they carry an accessible name instead of a text."""
    return name in {"less", "more", "key_shift", "key_erase"}
