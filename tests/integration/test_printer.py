"""A slip reaches a real TCP printer dot by dot, and what keeps it from paper is said, in bounded time."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from PIL import ImageChops

from backend.external.escpos.paper import Paper
from backend.external.escpos.printer import EscposPrinter
from backend.external.printing import PrinterDevice, PrinterFailed, PrinterTrouble, Row, Size, Slip
from tests.fakes.tcp_printer import TcpPrinter, tcp_printer

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
SLIP: Slip = (
    Row("12", size=Size.HUGE, strong=True, centred=True),
    Row("포장", size=Size.LARGE, centred=True, inverse=True),
    None,
    Row("2  프렌치 디너", right="그랜드", size=Size.LARGE, strong=True),
    *(Row(f"{number}. 글씨 “생일 축하해 뷁” 그리고 아주 긴 설명이 두 줄로 나뉘어요") for number in range(8)),
)


@pytest.fixture
async def paper_printer() -> AsyncIterator[TcpPrinter]:
    async with tcp_printer() as printer:
        yield printer


@pytest.mark.parametrize("dots", [576, 384])
async def test_what_is_drawn_is_on_paper_dot_by_dot(paper_printer: TcpPrinter, dots: int) -> None:
    await EscposPrinter(paper_printer.device, dots, FONTS).print_slip(SLIP)
    (slip,) = paper_printer.slips
    drawn = Paper(FONTS, dots).draw(SLIP)
    assert slip.size == drawn.size
    assert ImageChops.difference(slip, drawn).getbbox() is None
    assert paper_printer.strange == b""


async def test_a_printer_that_answers_no_questions_prints(paper_printer: TcpPrinter) -> None:
    paper_printer.talks = False
    await EscposPrinter(paper_printer.device, 576, FONTS).print_slip(SLIP)
    assert len(paper_printer.slips) == 1


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ({"paper": False}, PrinterTrouble.PAPER_OUT),
        ({"closed": False}, PrinterTrouble.COVER_OPEN),
        ({"swallows": True}, PrinterTrouble.UNCONFIRMED),
    ],
)
async def test_what_keeps_it_from_paper_is_said(
    paper_printer: TcpPrinter, fault: dict[str, bool], trouble: PrinterTrouble
) -> None:
    for name, value in fault.items():
        setattr(paper_printer, name, value)
    with pytest.raises(PrinterFailed) as caught:
        await EscposPrinter(paper_printer.device, 576, FONTS).print_slip(SLIP)
    assert caught.value.trouble is trouble
    assert paper_printer.slips == []


async def test_a_printer_that_is_switched_off() -> None:
    async with tcp_printer() as printer:
        device = printer.device
    with pytest.raises(PrinterFailed) as caught:
        await EscposPrinter(device, 576, FONTS).print_slip(SLIP)
    assert caught.value.trouble is PrinterTrouble.UNREACHABLE


async def test_a_device_file(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    with pytest.raises(PrinterFailed) as caught:
        await EscposPrinter(f"file://{device}", 576, FONTS).print_slip(SLIP)
    assert caught.value.trouble is PrinterTrouble.UNREACHABLE
    assert not device.exists(), "a printer that is not plugged in is not made as a file"
    device.touch()
    await EscposPrinter(f"file://{device}", 576, FONTS).print_slip(SLIP)
    assert device.read_bytes().startswith(b"\x1b@\x1dv0\x00")


async def test_one_that_blocks_for_ever_is_given_up_and_its_process_ended(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    before = {child.pid for child in psutil.Process().children()}
    began = time.monotonic()
    with pytest.raises(PrinterFailed) as caught:
        await EscposPrinter(f"file://{device}", 576, FONTS, seconds=2).print_slip(SLIP)
    assert caught.value.trouble is PrinterTrouble.TIMEOUT
    assert time.monotonic() - began < 30
    assert {child.pid for child in psutil.Process().children()} <= before


async def test_whoever_is_cancelled_leaves_no_process(paper_printer: TcpPrinter) -> None:
    paper_printer.deaf = True
    before = {child.pid for child in psutil.Process().children()}
    printing = asyncio.ensure_future(EscposPrinter(paper_printer.device, 576, FONTS).print_slip(SLIP))
    await paper_printer.called.wait()
    printing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await printing
    assert {child.pid for child in psutil.Process().children()} <= before


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("tcp://10.0.0.9", PrinterDevice.parse("tcp://10.0.0.9:9100")),
        ("serial:///dev/ttyS0", PrinterDevice.parse("serial:///dev/ttyS0?baud=9600")),
    ],
)
def test_devices_have_their_usual_numbers(text: str, device: PrinterDevice) -> None:
    assert PrinterDevice.parse(text) == device


@pytest.mark.parametrize(
    "text", ["", "10.0.0.9:9100", "tcp://", "file://lp0", "usb://4b8:e15", "serial:///dev/x?baud=a"]
)
def test_what_names_no_device(text: str) -> None:
    with pytest.raises(ValueError, match=r"tcp://|invalid literal"):
        PrinterDevice.parse(text)
