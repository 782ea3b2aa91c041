"""PrintService: orders on paper. The kitchen's slip when no staff window has shown an order; receipts on demand.

What is wanted is a row of the database, begun by counting its tries: of several backends one prints, and one that is
killed in the middle is followed by another after a while (the slip then says that there may be two). Time is counted by
this machine's own monotonic clock from when it first saw that count, as in the lookout.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from backend.database.interface import Database, DatabaseError, OrderRecord, Outgoing, UnitOfWork
from backend.database.on_duty import PrintRecord
from backend.domain.order import RECEIVED
from backend.external.printing import PrinterFailed, PrinterTrouble, Slip, SlipPrinter
from backend.services import wire
from backend.services.catalogue_service import CatalogueService
from backend.services.slips import SlipWriter
from shared.messages import AlarmLevel, PrintKind, Topic

EVERY_SECONDS = 1.0
AGAIN_SECONDS = 30.0
"""From one try to the next: longer than any try takes, so that nobody begins beside one that is still printing."""
RECEIPT_TRIES = 5
TOLD_EVERY = 10
"""Staff are told of the first failure, of another kind of trouble, and of every tenth of the same."""
MOST_AT_ONCE = 100

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class PrintService:
    """``clock`` answers aware UTC times, ``elapsed`` seconds that only ever grow."""

    def __init__(
        self,
        database: Database,
        catalogue: CatalogueService,
        printer: SlipPrinter,
        clock: Callable[[], datetime],
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._printer = printer
        self._clock = clock
        self._elapsed = elapsed
        self._since: dict[tuple[str, str, int], float] = {}
        self._wanted: set[str] = set()
        self._on_paper: dict[tuple[str, str], PrintRecord] = {}
        self._trouble: PrinterTrouble | None = None

    @property
    def trouble(self) -> PrinterTrouble | None:
        """Why the last slip was not printed; None when it was, or none has been tried."""
        return self._trouble

    async def want(self, db: UnitOfWork, order_id: str, kind: PrintKind) -> bool:
        """Ask for it within ``db``, which the caller commits; answers False when it was asked for before."""
        return await db.prints.want(PrintRecord(order_id, kind.value, self._clock()))

    async def run(self) -> None:
        """Look each second, until cancelled."""
        while True:
            try:
                await self.look()
            except DatabaseError as error:
                log.warning("printing_blind", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Print what is due, one after the other, until one fails.

        Raises:
            DatabaseError: try again.
        """
        await self._write_down_what_is_on_paper()
        await self._want_what_nobody_has_seen()
        async with self._database.read() as db:
            waiting = await db.prints.waiting(MOST_AT_ONCE)
        self._forget_others(waiting)
        for record in waiting:
            if self._due(record) and not await self._tried(record):
                return

    async def _want_what_nobody_has_seen(self) -> None:
        async with self._database.read() as db:
            alarms = {alarm.order_id for alarm in await db.duty.alarms() if alarm.level >= AlarmLevel.PRINTED}
        self._wanted &= alarms
        if new := alarms - self._wanted:
            async with self._database.write() as db:
                for order_id in sorted(new):
                    await self.want(db, order_id, PrintKind.KITCHEN)
                await db.commit()
            self._wanted |= new

    def _due(self, record: PrintRecord) -> bool:
        now = self._elapsed()
        since = self._since.setdefault((record.order_id, record.kind, record.tries), now)
        return record.tries == 0 or now - since >= AGAIN_SECONDS

    def _forget_others(self, waiting: Sequence[PrintRecord]) -> None:
        known = {(record.order_id, record.kind, record.tries) for record in waiting}
        self._since = {what: since for what, since in self._since.items() if what in known}

    async def _tried(self, record: PrintRecord) -> bool:
        """Whether the printer may be asked for the next one at once."""
        slip = await self._begun(record)
        if slip is None:
            return True
        trouble = None
        try:
            await self._printer.print_slip(slip)
        except PrinterFailed as error:
            trouble = error.trouble
        self._trouble = trouble
        if trouble is None:
            self._on_paper[record.order_id, record.kind] = record
            await self._write_down_what_is_on_paper()
            return True
        self._since[record.order_id, record.kind, record.tries + 1] = self._elapsed()
        await self._write_down_the_trouble(record, trouble)
        return False

    async def _begun(self, record: PrintRecord) -> Slip | None:
        """The slip, when it is this backend that prints it."""
        async with self._database.write() as db:
            order = await db.orders.get(record.order_id)
            if order is None or not await self._is_needed(db, record, order):
                await db.prints.end(record, self._clock())
                await db.commit()
                return None
            begun = await db.prints.begin(record)
            catalogue = await self._catalogue.current(db)
            await db.commit()
        if not begun:
            return None
        writer = SlipWriter(catalogue)
        if record.kind == PrintKind.RECEIPT:
            return writer.receipt(wire.record_to_order(order))
        return writer.kitchen(wire.record_to_order(order), self._clock(), again=record.tries > 0)

    async def _is_needed(self, db: UnitOfWork, record: PrintRecord, order: OrderRecord) -> bool:
        if record.kind == PrintKind.RECEIPT:
            return record.tries < RECEIPT_TRIES
        # A window has shown it after all, or somebody has it in hand: paper would have it cooked twice.
        return order.status == RECEIVED and record.order_id in {alarm.order_id for alarm in await db.duty.alarms()}

    async def _write_down_what_is_on_paper(self) -> None:
        for key, record in list(self._on_paper.items()):
            async with self._database.write() as db:
                if await db.prints.end(record, self._clock()):
                    await self._tell(db, record, Topic.ORDER_PRINTED)
                await db.commit()
            del self._on_paper[key]

    async def _write_down_the_trouble(self, record: PrintRecord, trouble: PrinterTrouble) -> None:
        async with self._database.write() as db:
            await db.prints.fail(record, trouble.value)
            if trouble.value != record.trouble or record.tries % TOLD_EVERY == 0:
                await self._tell(db, record, Topic.PRINT_FAILED, trouble=trouble.value)
            await db.commit()

    async def _tell(self, db: UnitOfWork, record: PrintRecord, topic: Topic, **more: str) -> None:
        order = await db.orders.get(record.order_id)
        number = order.order_number if order else 0
        data = {"order_id": record.order_id, "order_number": number, "kind": record.kind, "tries": record.tries + 1}
        db.notify(Outgoing(topic.value, {**data, **more}))
