"""A part of ``make barrier-free`` in every test run: no breach on any screen where there is least room."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tools.barrier_free import places, studio
from tools.barrier_free.studio import Wanted

pytestmark = pytest.mark.timeout(600)  # 30 screens each: a minute and more where others use the machine

ROOM_IS_SHORT = [
    Wanted("portrait", "ko", "normal"),
    Wanted("portrait", "ko", "contrast"),
    Wanted("portrait", "en", "large"),
    Wanted("landscape", "ko", "large"),
]
OTHERS = ("attract", "dinners", "cart", "home")


@pytest.mark.parametrize("wanted", ROOM_IS_SHORT, ids=lambda wanted: wanted.title)
async def test_every_screen_is_without_a_breach(wanted: Wanted, translations: object, qtbot: QtBot) -> None:
    looks, found = await studio.seen(wanted)
    assert not [str(breach) for breach in [*found, *places.same_place(looks)]]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("landscape", "en", "normal", rings=True),
        Wanted("landscape", "ko", "low"),
        Wanted("portrait", "en", "low"),
    ],
    ids=lambda wanted: wanted.title,
)
async def test_so_are_some_in_other_modes(wanted: Wanted, translations: object, qtbot: QtBot) -> None:
    looks, found = await studio.seen(wanted, OTHERS)
    assert not [str(breach) for breach in [*found, *places.same_place(looks)]]
