"""An order that no screen has shown is on paper once, whoever prints, and staff hear why it is not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from backend.database.sql.database import SqlDatabase
from backend.external.escpos.printer import EscposPrinter
from backend.external.printing import PrinterFailed, PrinterTrouble, Row, Slip, SlipPrinter
from backend.services.print_service import AGAIN_SECONDS, RECEIPT_TRIES, PrintService
from shared.messages import PrintKind
from shared.orders import Order, OrderPatch, OrderStatus
from tests.fakes.flaky_database import FlakyDatabase
from tests.fakes.tcp_printer import tcp_printer
from tests.integration.test_lookout import Place
from tests.support.databases import OpenDatabase
from tests.support.shop import GUEST, STAFF, draft, item

FONTS = Path(__file__).parents[2] / "assets" / "fonts"


class ListPrinter:
    """``slips``: what it printed, as texts. ``trouble``: why it does not."""

    def __init__(self) -> None:
        self.slips: list[list[str]] = []
        self.trouble: PrinterTrouble | None = None
        self.asked = 0
        self.hangs = False
        self.begun = asyncio.Event()

    async def print_slip(self, slip: Slip) -> None:
        self.asked += 1
        self.begun.set()
        if self.hangs:
            await asyncio.get_running_loop().create_future()
        if self.trouble is not None:
            raise PrinterFailed(self.trouble)
        self.slips.append([text for row in slip if isinstance(row, Row) for text in (row.text, row.right) if text])


class Printery(Place):
    """A place with a printer of its own."""

    def __init__(self, database: SqlDatabase, printer: SlipPrinter | None = None) -> None:
        super().__init__(database)
        self.printer = ListPrinter()
        self.printing = self.another(printer or self.printer)

    def another(self, printer: SlipPrinter) -> PrintService:
        return PrintService(self.shop.database, self.shop.catalogue, printer, self.shop.clock, lambda: self.seconds)

    async def later(self, seconds: float) -> None:
        """Time passes while the lookout and the printing look."""
        await self.after(seconds)
        await self.printing.look()

    async def told_of_paper(self) -> list[tuple[int, int, str]]:
        """Number, tries and trouble ("" when it is on paper) of what staff were told."""
        told = await self.told("order.printed", "print.failed")
        assert all(whom is None for whom, _ in told), "customers are not told of paper"
        return [(data["order_number"], data["tries"], data.get("trouble", "")) for _, data in told]


@pytest.fixture
async def printery(database: SqlDatabase) -> Printery:
    return Printery(database)


async def test_an_order_that_no_window_shows_for_thirty_seconds_is_printed_once(printery: Printery) -> None:
    await printery.order()
    await printery.later(29)
    assert printery.printer.slips == []
    await printery.later(1)
    assert len(printery.printer.slips) == 1
    await printery.later(40)
    await printery.later(400)
    (slip,) = printery.printer.slips
    assert slip[:3] == ["주방 주문표", "1", "매장"]
    assert {"1  프렌치 디너", "그랜드"} <= set(slip)
    assert await printery.told_of_paper() == [(1, 1, "")]


async def test_of_several_backends_one_prints(printery: Printery, open_database: OpenDatabase) -> None:
    async with tcp_printer() as paper:
        printer = EscposPrinter(paper.device, 576, FONTS)
        backends = [printery.another(printer) for _ in range(2)]
        other = Printery(await open_database(), printer)
        await printery.order()
        await printery.after(30)
        await asyncio.gather(*(backend.look() for backend in (*backends, other.printing)))
        await asyncio.gather(*(backend.look() for backend in (*backends, other.printing)))
        assert (len(paper.slips), paper.calls) == (1, 1)
    assert await printery.told_of_paper() == [(1, 1, "")]


async def test_what_a_window_has_shown_is_not_printed(printery: Printery) -> None:
    await printery.order()
    await printery.lookout.look()
    await printery.shown(1)
    await printery.later(100)
    assert printery.printer.asked == 0


@pytest.mark.parametrize("how", ["shown", "taken"])
async def test_paper_that_comes_too_late_does_not_come(printery: Printery, how: str) -> None:
    order = await printery.order()
    printery.printer.trouble = PrinterTrouble.PAPER_OUT
    await printery.later(30)
    if how == "shown":
        await printery.shown(1)
    else:
        await printery.shop.hire(STAFF)
        await printery.shop.orders.change(order.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
    printery.printer.trouble = None
    await printery.later(AGAIN_SECONDS)
    assert printery.printer.slips == [], "it would be cooked twice"


async def test_staff_hear_why_and_it_is_tried_again(printery: Printery) -> None:
    await printery.order()
    printery.printer.trouble = PrinterTrouble.PAPER_OUT
    await printery.later(30)
    await printery.later(AGAIN_SECONDS - 1)
    assert printery.printer.asked == 1
    assert printery.printing.trouble is PrinterTrouble.PAPER_OUT
    await printery.later(1)
    assert await printery.told_of_paper() == [(1, 1, "paper_out")], "the same trouble is told once"
    printery.printer.trouble = PrinterTrouble.COVER_OPEN
    await printery.later(AGAIN_SECONDS)
    printery.printer.trouble = None
    await printery.later(AGAIN_SECONDS)
    assert await printery.told_of_paper() == [(1, 1, "paper_out"), (1, 3, "cover_open"), (1, 4, "")]
    (slip,) = printery.printer.slips
    assert any("다시 인쇄해요" in text for text in slip), "another slip of this number may lie about"
    assert printery.printing.trouble is None


async def test_one_that_is_killed_while_it_prints_is_followed_by_another(
    printery: Printery, open_database: OpenDatabase
) -> None:
    await printery.order()
    await printery.after(30)
    printery.printer.hangs = True
    printing = asyncio.ensure_future(printery.printing.look())
    await printery.printer.begun.wait()
    printing.cancel()
    await asyncio.gather(printing, return_exceptions=True)
    again = Printery(await open_database())
    await again.printing.look()
    await again.later(AGAIN_SECONDS - 1)
    assert again.printer.slips == []
    await again.later(1)
    assert len(again.printer.slips) == 1


async def test_a_printer_that_hangs_holds_up_no_order(printery: Printery) -> None:
    await printery.order()
    await printery.after(30)
    printery.printer.hangs = True
    printing = asyncio.ensure_future(printery.printing.look())
    await printery.printer.begun.wait()
    assert (await printery.order("key-00000002")).order_number == 2
    printing.cancel()
    await asyncio.gather(printing, return_exceptions=True)


async def test_what_is_on_paper_is_not_printed_again_because_the_database_went_away(database: SqlDatabase) -> None:
    place = Printery(database)
    flaky = FlakyDatabase(database)

    class PullsThePlug(ListPrinter):
        async def print_slip(self, slip: Slip) -> None:
            await super().print_slip(slip)
            flaky.away = True

    printer = PullsThePlug()
    printing = PrintService(flaky, place.shop.catalogue, printer, place.shop.clock, lambda: place.seconds)
    await place.order()
    await place.after(30)
    for _ in range(3):
        with pytest.raises(Exception, match="away"):
            await printing.look()
        place.seconds += AGAIN_SECONDS
    flaky.away = False
    await printing.look()
    assert len(printer.slips) == 1
    assert await place.told_of_paper() == [(1, 1, "")]


async def _wanted(place: Printery, order: Order) -> bool:
    async with place.shop.database.write() as db:
        added = await place.printing.want(db, order.id, PrintKind.RECEIPT)
        await db.commit()
    return added


async def test_a_receipt_is_printed_once_for_who_asks_for_it(printery: Printery) -> None:
    cake = {"flavour": "chocolate", "colour": "pink", "tiers": 2, "lettering": "생일 축하해"}
    drawn = [
        item("custom", "simple", 2, cake=cake),
        item(customization={"coffee": 0, "steak": 2}),
    ]
    order, _ = await printery.shop.orders.place(draft(*drawn, service="to_go"), GUEST, "key-00000001")
    assert await _wanted(printery, order)
    assert not await _wanted(printery, order)
    await printery.printing.look()
    await printery.printing.look()
    slip = [text.replace("\u00a0", " ") for text in printery.printer.slips.pop()]
    assert printery.printer.slips == []
    assert slip[:2] == ["주문 확인", "1"]
    assert "초콜릿 맛 · 분홍색 · 2단 · 글씨 “생일 축하해”" in slip
    assert "커피 빼고 · 스테이크 2 (+1)" in slip
    assert f"{order.payable:,}원" in slip


async def test_a_receipt_that_cannot_be_printed_is_given_up(printery: Printery) -> None:
    printery.printer.trouble = PrinterTrouble.UNREACHABLE
    await _wanted(printery, await printery.order())
    for _ in range(RECEIPT_TRIES + 3):
        await printery.printing.look()
        printery.seconds += AGAIN_SECONDS
    assert printery.printer.asked == RECEIPT_TRIES
