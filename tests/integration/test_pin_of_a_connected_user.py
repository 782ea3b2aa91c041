"""``python -m backend users reset-pin`` beside a running backend: the user's open windows close within a second."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from shared import paths
from tests.support.backend import ROOT, BackendProcess
from tests.support.live import live


async def test_another_process_changes_the_pin(backend: BackendProcess) -> None:
    async with httpx.AsyncClient(base_url=backend.base_url) as client:
        staff = (await client.post(paths.AUTH_LOGIN, json=backend.first_run()["staff"])).json()
    command = [sys.executable, "-m", "backend", "users", "reset-pin", staff["user_id"]]
    async with live(backend.base_url, staff["user_id"], staff["token"], "staff") as window:
        done = await asyncio.to_thread(
            subprocess.run, [*command, "--data-dir", str(backend.data_dir)], cwd=ROOT, capture_output=True, check=True
        )
        changed = time.monotonic()
        with pytest.raises(ConnectionClosed):
            await window.take(2)
        took = time.monotonic() - changed
    assert b"PIN" in done.stdout
    assert window.socket.close_code == 4010
    assert took < 5, "half a second and what a busy machine adds"
