"""The first sentence finds everything loaded: no SDK is imported and no model of it built in a customer's turn."""

from __future__ import annotations

import asyncio
import json
import sys

from tests.support.backend import ROOT


async def test_a_first_call_builds_nothing() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.first_call", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    told = json.loads(said.splitlines()[-1])
    assert told == {"modules": [], "models": []}, "name them in the vendor's client.py, where it is made in a thread"
