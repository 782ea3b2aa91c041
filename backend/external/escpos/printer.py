"""EscposPrinter: each slip is drawn and sent by a child process that is killed when it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import structlog

from backend.external.printing import PrinterFailed, PrinterTrouble, Slip

PRINT_SECONDS = 24.0
"""From the start of the child to its answer: a slip of a metre takes a slow printer fifteen."""
ROOT = Path(__file__).resolve().parents[3]
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class EscposPrinter:
    """``device`` as ``PrinterDevice.parse`` reads it; ``dots`` across the paper (80 mm: 576, 58 mm: 384)."""

    def __init__(self, device: str, dots: int, fonts: Path, seconds: float = PRINT_SECONDS) -> None:
        self._device = device
        self._dots = dots
        self._fonts = fonts
        self._seconds = seconds

    async def print_slip(self, slip: Slip) -> None:
        """Print and cut.

        Raises:
            PrinterFailed: within ``seconds`` and a moment.
        """
        request = json.dumps(
            {
                "device": self._device,
                "rows": [None if row is None else asdict(row) for row in slip],
                "dots": self._dots,
                "fonts": str(self._fonts),
                "seconds": self._seconds,
            }
        )
        # python-escpos writes its table of printers to a temporary folder at each import; this one goes with the child.
        with tempfile.TemporaryDirectory(prefix="mallo-print-") as folder:
            answer = await self._asked(request.encode(), folder)
        try:
            said = json.loads(answer)
        except ValueError:
            said = {"trouble": PrinterTrouble.BROKEN.value}
        if trouble := said.get("trouble"):
            log.warning("print_failed", trouble=trouble, kind=said.get("kind", ""))
            raise PrinterFailed(PrinterTrouble(trouble))

    async def _asked(self, request: bytes, folder: str) -> bytes:
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        own = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": folder}
        try:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "backend.external.escpos.print_job",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=ROOT,
                env={**environment, **own},
            )
        except OSError as error:
            raise PrinterFailed(PrinterTrouble.BROKEN) from error
        try:
            async with asyncio.timeout(self._seconds):
                answer, _ = await child.communicate(request)
        except TimeoutError as error:
            raise PrinterFailed(PrinterTrouble.TIMEOUT) from error
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
                await asyncio.shield(child.wait())
        return answer
