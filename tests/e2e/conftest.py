"""Windows in processes of their own on a fresh data folder, with and without a sound card."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.people import sign_in, sign_in_manager
from tools.remote.window import RemoteWindow, open_window
from tools.sound_stage import SoundStage, sound_stage

NO_SOUND_SERVER = {"PULSE_SERVER": "unix:/nonexistent"}


@dataclass
class ShopFloor:
    """Opens windows that share one data folder; all are closed at the end of the test."""

    data_dir: Path
    opened: AsyncExitStack
    environment: Mapping[str, str]

    async def kiosk(self, *flags: str) -> RemoteWindow:
        return await self._window("customer", *flags)

    async def staff(self) -> RemoteWindow:
        """The staff window, signed in."""
        window = await self._window("staff")
        await sign_in(window, self.data_dir)
        return window

    async def manager(self) -> RemoteWindow:
        """The manager's window, signed in."""
        window = await self._window("manager")
        await sign_in_manager(window, self.data_dir)
        return window

    async def _window(self, name: str, *flags: str) -> RemoteWindow:
        place = ("--data-dir", str(self.data_dir), "--windowed", *flags)
        return await self.opened.enter_async_context(open_window(name, *place, environment=self.environment))

    def backend_pid(self) -> int:
        """The process id of the embedded backend that serves now."""
        return int(json.loads((self.data_dir / "backend.json").read_text())["pid"])


@pytest.fixture
async def silent_shop(tmp_path: Path) -> AsyncIterator[ShopFloor]:
    """No microphone and no loudspeaker."""
    async with AsyncExitStack() as opened:
        yield ShopFloor(tmp_path / "data", opened, NO_SOUND_SERVER)


@pytest.fixture
def stage() -> Iterator[SoundStage]:
    with sound_stage() as running:
        yield running


@pytest.fixture
async def shop(tmp_path: Path, stage: SoundStage) -> AsyncIterator[ShopFloor]:
    """A virtual sound card: what ``stage.say`` plays is what the kiosk hears."""
    async with AsyncExitStack() as opened:
        yield ShopFloor(tmp_path / "data", opened, stage.environment)
