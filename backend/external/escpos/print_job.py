"""The child's side of ``printer``: one slip to one printer, then it ends.

Standard input is one JSON object, standard output another: ``{}``, or ``{"trouble": …}``. A process of its own, because
a device file may block in ``open`` and ``write`` for ever, a name may take half a minute to resolve, and python-escpos
sets up logging and leaves a temporary folder behind at import.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from escpos.escpos import Escpos
from escpos.exceptions import DeviceNotFoundError
from escpos.printer import File, Network, Serial, Usb

from backend.external.escpos.paper import Paper
from backend.external.printing import DeviceKind, PrinterDevice, PrinterFailed, PrinterTrouble, Row, Size

CONNECT_SECONDS = 4.0
SEND_SECONDS = 8.0
"""For one strip; a slow printer takes three seconds for it."""
STATUS_SECONDS = 0.7
CONFIRM_SECONDS = 6.0
STRIP_DOTS = 240
"""Sent at once: what a printer with a small buffer takes without stopping in the middle of a line of letters."""
PAPER_NOW, CAUSE_NOW, PAPER_THEN = b"\x10\x04\x04", b"\x10\x04\x02", b"\x1dr\x01"
"""DLE EOT is answered at once; GS r when everything before it has been printed."""


def print_slip(request: Mapping[str, Any]) -> None:
    """``request``: ``device``, ``rows`` (None: a rule), ``dots``, ``fonts``.

    Raises:
        PrinterFailed
    """
    rows = tuple(None if row is None else Row(**{**row, "size": Size(row["size"])}) for row in request["rows"])
    image = Paper(Path(request["fonts"]), request["dots"]).draw(rows)
    device = PrinterDevice.parse(request["device"])
    printer, ask = _opened(device)
    with contextlib.closing(printer):
        answers = ask is not None and _is_ready(ask)
        printer.hw("INIT")
        printer.image(image, fragment_height=STRIP_DOTS)
        printer.cut()
        if answers and ask is not None:
            # Nothing but this says that it is on paper: a network takes whole slips for a printer that has none.
            (said,) = ask(PAPER_THEN, CONFIRM_SECONDS, 0x90, 0x00) or (None,)
            if said is None:
                raise PrinterFailed(PrinterTrouble.UNCONFIRMED)
            if said & 0x0C == 0x0C:
                raise PrinterFailed(PrinterTrouble.PAPER_OUT)


Ask = Callable[[bytes, float, int, int], bytes]
"""Sends a question; answers the first byte that is ``value`` under ``mask`` within the seconds, or nothing."""


def _opened(device: PrinterDevice) -> tuple[Escpos, Ask | None]:
    if device.kind is DeviceKind.TCP:
        network = Network(device.where, device.number, timeout=CONNECT_SECONDS)
        network.open()
        return network, _asker(network, network.device.settimeout)
    if not Path(device.where).exists() and device.kind is not DeviceKind.USB:
        # Opened to write it would be made, as a plain file.
        raise PrinterFailed(PrinterTrouble.UNREACHABLE)
    if device.kind is DeviceKind.SERIAL:
        serial = Serial(device.where, baudrate=device.number, timeout=STATUS_SECONDS)
        serial.open()
        serial.device.write_timeout = SEND_SECONDS
        return serial, _asker(serial, lambda seconds: setattr(serial.device, "timeout", seconds))
    if device.kind is DeviceKind.USB:
        usb = Usb(int(device.where, 16), device.number, timeout=int(SEND_SECONDS * 1000))
        usb.open()
        return usb, None
    file = File(device.where)
    file.open()
    return file, None


def _asker(printer: Network | Serial, wait: Callable[[float], None]) -> Ask:
    def ask(question: bytes, seconds: float, mask: int, value: int) -> bytes:
        printer._raw(question)  # noqa: SLF001 - its own way to send what it has no name for
        wait(seconds)
        try:
            said = printer._read()  # noqa: SLF001 - and to read
        except TimeoutError:
            said = b""
        finally:
            wait(SEND_SECONDS)
        return next((bytes((byte,)) for byte in said if byte & mask == value), b"")

    return ask


def _is_ready(ask: Ask) -> bool:
    """Whether the printer answers questions. Many cheap ones do not, and print all the same."""
    paper = ask(PAPER_NOW, STATUS_SECONDS, 0x93, 0x12)
    if not paper:
        return False
    if paper[0] & 0x60:
        raise PrinterFailed(PrinterTrouble.PAPER_OUT)
    cause = ask(CAUSE_NOW, STATUS_SECONDS, 0x93, 0x12)
    for bit, trouble in (
        (0x04, PrinterTrouble.COVER_OPEN),
        (0x20, PrinterTrouble.PAPER_OUT),
        (0x40, PrinterTrouble.NOT_READY),
    ):
        if cause and cause[0] & bit:
            raise PrinterFailed(trouble)
    return True


def main() -> None:
    """Print what standard input says."""
    # python-escpos prints warnings where the answer is read.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    request = json.load(sys.stdin)
    if hasattr(signal, "alarm"):
        # Should the backend be killed meanwhile, this process ends all the same.
        signal.alarm(int(request["seconds"]) + 1)
    answers.write(json.dumps(_tried(request)))
    answers.close()


def _tried(request: Mapping[str, Any]) -> dict[str, str]:
    try:
        print_slip(request)
    except PrinterFailed as error:
        return {"trouble": error.trouble.value}
    except Exception as error:  # noqa: BLE001 - whatever a driver raises, staff are told and it is tried again
        return {"trouble": _trouble(error).value, "kind": type(error).__name__}
    return {}


def _trouble(error: Exception) -> PrinterTrouble:
    seen = (error, error.__context__)
    if any(isinstance(one, PermissionError) for one in seen):
        return PrinterTrouble.NOT_PERMITTED
    if isinstance(error, DeviceNotFoundError):
        return PrinterTrouble.UNREACHABLE
    return PrinterTrouble.TIMEOUT if isinstance(error, TimeoutError) else PrinterTrouble.BROKEN


if __name__ == "__main__":
    main()
