"""StaffModel: the root view model of the staff window.

Everything shown is derived from the board's snapshot, the menu, the time and what was picked; a property's signal
is emitted only when its value changed. What a key does is decided here, so that keys and taps cannot differ.

Longer than most files: half of it are the typed properties that QML reads; the other half, what each key does, is read
best in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.api.event_stream import ConnectionState
from kiosk.api.link import LinkState
from kiosk.desk.sign_in_model import SignInModel
from kiosk.services.bundle import StaffServices
from kiosk.services.staff_board import BoardSnapshot
from kiosk.staff import notices
from kiosk.staff.alarm import Alarm, next_alarm
from kiosk.staff.alarm_model import AlarmModel, alarm_view
from kiosk.staff.cake_pictures import CakePictures
from kiosk.staff.give_model import GiveModel
from kiosk.staff.help_model import HelpModel
from kiosk.staff.notice_model import NoticeModel
from kiosk.staff.notices import NOTHING
from kiosk.staff.picking import MAX_DIGITS, by_arrow, by_number, line_of
from kiosk.staff.rail_model import RailModel
from kiosk.staff.shelf_model import ShelfModel
from kiosk.staff.staff_view import COLUMNS, Desk, StaffView, help_of, tickets_of, view_of
from kiosk.staff.ticket_model import TicketModel
from kiosk.staff.tickets import MenuWords, Ticket
from shared.orders import OrderStatus
from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1

TICK_MS: Final = 1_000
TYPING_PAUSE: Final = timedelta(seconds=1.5)
MANY: Final = 10_000
CANCELLABLE: Final = (OrderStatus.RECEIVED, OrderStatus.PREPARING)


_SIGNALS: Final = {
    field.name: re.sub(r"_(\w)", lambda found: found[1].upper(), field.name) + "Changed" for field in fields(StaffView)
}


@QmlElement
class StaffModel(QObject):
    screenChanged = Signal()
    userChanged = Signal()
    connectionChanged = Signal()
    lastUpdateChanged = Signal()
    timeChanged = Signal()
    selectedChanged = Signal()
    lineChanged = Signal()
    typedChanged = Signal()
    typedFoundChanged = Signal()
    askingChanged = Signal()
    languageChanged = Signal()

    def __init__(
        self,
        services: StaffServices,
        parent: QObject | None = None,
        clock: Callable[[], datetime] = partial(datetime.now, UTC),
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._clock = clock
        self._columns = tuple(TicketModel(self) for _ in COLUMNS)
        self._handed = TicketModel(self)
        self._help = HelpModel(self)
        self._notice = NoticeModel(self)
        self._alarm = AlarmModel(self)
        self._cakes = CakePictures(services.board.picture, self)
        self._rail = RailModel(self)
        self._shelf = ShelfModel(services.board.mark_sold_out, self)
        self._give = GiveModel(services.board.assign, self)
        self._entry = SignInModel(services.board.sign_in, clock, self)
        self._language = services.settings.language.value
        self._menu = services.shop.snapshot.menu
        self._words = MenuWords(self._menu, self._language)
        self._board = BoardSnapshot()
        self._desk = Desk()
        self._rung = Alarm()
        self._view = StaffView()
        self._unsubscribe = [
            observed.subscribe(self._refresh) for observed in (services.board, services.shop, services.link)
        ]
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._refresh()

    def close(self) -> None:
        """Stop listening. Idempotent."""
        self._timer.stop()
        while self._unsubscribe:
            self._unsubscribe.pop()()

    # What QML reads.

    @Property(str, notify=screenChanged)
    def screen(self) -> str:
        return self._view.screen

    @Property(str, notify=userChanged)
    def user(self) -> str:
        return self._view.user

    @Property(str, notify=connectionChanged)
    def connection(self) -> str:
        return self._view.connection

    @Property(str, notify=lastUpdateChanged)
    def lastUpdate(self) -> str:
        return self._view.last_update

    @Property(str, notify=timeChanged)
    def time(self) -> str:
        return self._view.time

    @Property(str, notify=selectedChanged)
    def selected(self) -> str:
        return self._view.selected

    @Property(int, notify=lineChanged)
    def line(self) -> int:
        """The line of the picked ticket that is marked as made by key; -1 when there is none."""
        return self._view.line

    @Property(str, notify=typedChanged)
    def typed(self) -> str:
        return self._view.typed

    @Property(bool, notify=typedFoundChanged)
    def typedFound(self) -> bool:
        return self._view.typed_found

    @Property(int, notify=askingChanged)
    def asking(self) -> int:
        return self._view.asking

    @Property(str, notify=languageChanged)
    def language(self) -> str:
        return self._view.language

    @Property(TicketModel, constant=True)
    def received(self) -> TicketModel:
        return self._columns[0]

    @Property(TicketModel, constant=True)
    def preparing(self) -> TicketModel:
        return self._columns[1]

    @Property(TicketModel, constant=True)
    def ready(self) -> TicketModel:
        return self._columns[2]

    @Property(TicketModel, constant=True)
    def handedOver(self) -> TicketModel:
        return self._handed

    @Property(HelpModel, constant=True)
    def help(self) -> HelpModel:
        return self._help

    @Property(NoticeModel, constant=True)
    def notice(self) -> NoticeModel:
        return self._notice

    @Property(AlarmModel, constant=True)
    def alarm(self) -> AlarmModel:
        return self._alarm

    @Property(CakePictures, constant=True)
    def cakes(self) -> CakePictures:
        return self._cakes

    @Property(RailModel, constant=True)
    def rail(self) -> RailModel:
        return self._rail

    @Property(ShelfModel, constant=True)
    def shelf(self) -> ShelfModel:
        return self._shelf

    @Property(GiveModel, constant=True)
    def give(self) -> GiveModel:
        return self._give

    @Property(SignInModel, constant=True)
    def entry(self) -> SignInModel:
        return self._entry

    # Signing in and out, language.

    @Slot()
    def signOut(self) -> None:
        self._desk = Desk()
        self._services.board.sign_out()

    @Slot(str)
    def setLanguage(self, language: str) -> None:
        self._language = Language(language).value
        self._services.set_language(self._language)
        self._words = MenuWords(self._menu, self._language)
        self._refresh()

    # Picking.

    @Slot(str)
    def pick(self, order_id: str) -> None:
        self._set(picked=order_id, typed="")

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit of an order number; after a pause a new number begins."""
        now = self._clock()
        going_on = self._desk.typed_at is not None and now - self._desk.typed_at <= TYPING_PAUSE
        typed = ((self._desk.typed if going_on else "") + digit)[-MAX_DIGITS:]
        found = by_number(typed, [ticket for column in self._columns for ticket in column.rows])
        self._set(typed=typed, typed_at=now, typed_found=found is not None, picked=found or "")

    @Slot(int, int)
    def move(self, across: int, down: int) -> None:
        picked = by_arrow([column.rows for column in self._columns], self._desk.picked, across, down)
        self._set(picked=picked, typed="")

    @Slot(bool)
    def moveFar(self, last: bool) -> None:
        """To the first or the last ticket of the column that is picked in."""
        if not self._desk.picked:
            self.move(0, 0)
        self.move(0, MANY if last else -MANY)

    @Slot()
    def clear(self) -> None:
        """Take back, one at a time: the question, what was said, what was picked."""
        if self._desk.asking:
            self._set(asking="")
        elif self._desk.notice is not NOTHING:
            self._set(notice=NOTHING)
        else:
            self._set(picked="", typed="")

    @Slot()
    def acknowledge(self) -> None:
        """Somebody is here: whatever is new has been seen."""
        for order_id in self._board.unseen | self._board.given:
            self._services.board.seen(order_id)

    # Acting. Without an id it is what was picked.

    @Slot()
    @Slot(str)
    def claim(self, order_id: str = "") -> None:
        ticket = self._ticket(order_id)
        if ticket is None:
            self._nothing_picked()
        elif ticket.status is OrderStatus.RECEIVED:
            self._act(self._services.board.claim, ticket)
        elif ticket.owner and not ticket.mine:
            self._tell(notices.TAKEN, ticket, ticket.owner)

    @Slot()
    @Slot(str)
    def bump(self, order_id: str = "") -> None:
        ticket = self._ticket(order_id)
        if ticket is None:
            self._nothing_picked()
        elif ticket.status in COLUMNS:
            self._act(self._services.board.bump, ticket)

    @Slot()
    def nextLine(self) -> None:
        """Go to the next line of the picked ticket, round and round."""
        ticket = self._ticket("")
        if ticket is not None:
            self._set(line=(self._picked_line() + 1) % len(ticket.lines))

    @Slot()
    def lineDone(self) -> None:
        """The line that is gone to is made, or is not after all; then the next that is not made is gone to."""
        ticket, line = self._ticket(""), self._picked_line()
        if ticket is None:
            self._nothing_picked()
        elif line >= 0:
            self.toggleLine(ticket.order_id, line)

    @Slot(str, int)
    def toggleLine(self, order_id: str, line: int) -> None:
        ticket = self._ticket(order_id)
        if ticket is None:
            return
        if ticket.status is OrderStatus.RECEIVED:
            self._tell(notices.TAKE_FIRST, ticket)
        elif ticket.status is OrderStatus.PREPARING and not ticket.busy:
            done = {at for at, each in enumerate(ticket.lines) if each.done} ^ {line}
            self._set(notice=NOTHING, picked=ticket.order_id, line=None, typed="")
            self._services.board.set_done(ticket.order_id, done)

    @Slot()
    @Slot(str)
    def recall(self, order_id: str = "") -> None:
        """One step back; with nothing picked, the order that was handed over last."""
        ticket = self._ticket(order_id)
        if ticket is None and not order_id and not self._desk.picked and self._handed.rows:
            ticket = self._handed.rows[0]
        if ticket is None:
            self._nothing_picked()
        elif ticket.status is OrderStatus.RECEIVED:
            self._tell(notices.NOTHING_TO_RECALL, ticket)
        else:
            self._act(self._services.board.recall, ticket)

    @Slot()
    @Slot(str)
    def askCancel(self, order_id: str = "") -> None:
        ticket = self._ticket(order_id)
        if ticket is None:
            self._nothing_picked()
        elif ticket.status in CANCELLABLE:
            self._set(asking=ticket.order_id, picked=ticket.order_id, typed="")
        else:
            self._tell(notices.TOO_LATE_TO_CANCEL, ticket)

    @Slot()
    @Slot(str)
    def askGive(self, order_id: str = "") -> None:
        """A manager: to whom? Others take orders themselves."""
        ticket = self._ticket(order_id)
        if not self._board.people:
            return
        if ticket is None:
            self._nothing_picked()
        elif ticket.status in CANCELLABLE and not ticket.busy:
            self._set(picked=ticket.order_id, typed="")
            self._give.ask(ticket.order_id, self._board)

    @Slot()
    def confirmCancel(self) -> None:
        asked = self._ticket(self._desk.asking) if self._desk.asking else None
        self._set(asking="")
        if asked is not None:
            self._act(self._services.board.cancel, asked)

    @Slot(str)
    def answerHelp(self, help_id: str) -> None:
        self._services.board.answer_help(help_id)

    @Slot()
    def answerFirstHelp(self) -> None:
        if self._help.rows:
            self.answerHelp(self._help.rows[0].help_id)

    # Inside.

    @Slot()
    def tick(self) -> None:
        """Once a second: ages, waiting times, and the sound again while nobody has come (``kiosk.staff.alarm``)."""
        now = self._clock()
        until, typed_at = self._desk.notice.until, self._desk.typed_at
        if until is not None and now >= until:
            self._desk = replace(self._desk, notice=NOTHING)
        if typed_at is not None and now - typed_at > TYPING_PAUSE:
            self._desk = replace(self._desk, typed="", typed_at=None)
        self._refresh()

    def _refresh(self) -> None:
        now, board, shop = self._clock(), self._services.board.snapshot, self._services.shop.snapshot
        if shop.menu is not self._menu:
            self._menu, self._words = shop.menu, MenuWords(shop.menu, self._language)
        before, self._board = self._board, board
        self._notice_changes(before, board, now)
        for model, status in zip(self._columns, COLUMNS, strict=True):
            model.show(tickets_of(board, board.with_status(status), self._words, now))
        self._handed.show(tickets_of(board, board.handed_over, self._words, now))
        self._help.show(help_of(board, self._words, now))
        self._rail.show(board, self._words, now)
        self._give.show(board)
        self._shelf.show(self._menu, self._words, board)
        if self._desk.picked and all(model.rowOf(self._desk.picked) < 0 for model in self._columns):
            self._desk = replace(self._desk, picked="")
        self._notice.show(self._desk.notice)
        self._entry.show(
            busy=board.signing_in,
            error=board.error if board.user_id is None else None,
            backend_up=self._services.link.snapshot.state is LinkState.UP,
        )
        self._publish(view_of(board, self._desk, self._picked_line(), now, self._language))

    def _notice_changes(self, before: BoardSnapshot, board: BoardSnapshot, now: datetime) -> None:
        if board.connection is ConnectionState.LIVE and before.connection is not board.connection:
            self._cakes.again()
        if board.connection is ConnectionState.LIVE:
            self._desk = replace(self._desk, live_at=now)
        self._rung = next_alarm(self._rung, board, now)
        self._alarm.show(alarm_view(self._rung, board))
        if self._rung.sound:
            self._services.sounds.play(self._rung.sound)
            self._alarm.rang.emit(self._rung.sound)
        if board.paper is not None and board.paper != before.paper:
            self._desk = replace(self._desk, notice=notices.paper(board.paper, now))
        error = board.error
        if error is not None and error is not before.error and board.user_id is not None:
            self._desk = replace(self._desk, notice=notices.refusal(error, board, now))

    def _publish(self, view: StaffView) -> None:
        before, self._view = self._view, view
        for name, signal in _SIGNALS.items():
            if getattr(before, name) != getattr(view, name):
                getattr(self, signal).emit()

    def _set(self, **changes: Any) -> None:
        if changes.get("picked", self._desk.picked) != self._desk.picked:
            changes.setdefault("line", None)
        self._desk = replace(self._desk, **changes)
        self._refresh()

    def _ticket(self, order_id: str) -> Ticket | None:
        wanted = order_id or self._desk.picked
        everything = (ticket for model in (*self._columns, self._handed) for ticket in model.rows)
        return next((ticket for ticket in everything if ticket.order_id == wanted), None)

    def _picked_line(self) -> int:
        ticket = self._ticket("") if self._desk.picked else None
        return line_of(ticket, self._desk.line)

    def _act(self, action: Callable[[str], None], ticket: Ticket) -> None:
        """One action at a time on one ticket; what was said before is no longer news."""
        if ticket.busy:
            return
        self._set(notice=NOTHING, picked=ticket.order_id, typed="")
        action(ticket.order_id)

    def _nothing_picked(self) -> None:
        """A key that needs a ticket picks the one that waits longest, so that the next press acts on what is seen."""
        self.move(0, 0)
        if not self._desk.picked:
            self._set(notice=notices.notice(notices.PICK_FIRST, self._clock()))

    def _tell(self, code: str, ticket: Ticket, who: str = "") -> None:
        order = notices.find(self._board, ticket.order_id)
        self._set(notice=notices.notice(code, self._clock(), order, who))
