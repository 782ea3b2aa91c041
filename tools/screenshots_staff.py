"""Every state of the staff and the manager window as PNG: ``python tools/screenshots_staff.py [folder]``.

The board is the tests' double, so that each state can be shown at will; the windows and view models are the real ones.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import shiboken6
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.api.event_stream import ConnectionState
from kiosk.errors import KioskError, LocalCode
from kiosk.fonts import load_fonts
from kiosk.staff.staff_model import StaffModel
from shared.orders import Cake, CakeFlavour, Order, OrderStatus, Service
from shared.problems import ProblemCode
from tests.fakes.staff_desk import FakeDesk
from tests.support.kitchen import line, order

ROOT: Final = Path(__file__).resolve().parent.parent
Shown = Any  # PySide6's stubs tell nothing of what a Property yields
QML: Final = ROOT / "kiosk" / "qml"


def settle(milliseconds: int = 250) -> None:
    """Let bindings, layouts and the renderer come to rest."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < milliseconds:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def light_hour() -> tuple[Order, ...]:
    birthday = Cake(flavour=CakeFlavour.MATCHA, colour="pink", tiers=2, lettering="민지야 생일 축하해")
    return (
        order(41, line("french", "grand", 2, {"wine": 2, "coffee": 0}), line("cheese", "simple"), minutes_ago=1),
        order(
            39,
            line("english", "simple", 1, {"egg_scramble": 0}),
            status=OrderStatus.PREPARING,
            minutes_ago=6,
            assigned_to="staff-1",
            service=Service.TO_GO,
        ),
        order(
            38,
            line("custom", "deluxe", 1, {"strawberry": 12, "macaron": 3, "candle": 5}, birthday),
            status=OrderStatus.PREPARING,
            minutes_ago=9,
            assigned_to="staff-2",
        ),
        order(40, line("valentine", "deluxe", 2), status=OrderStatus.READY, minutes_ago=4, assigned_to="staff-1"),
    )


def busy_hour(count: int = 64) -> tuple[Order, ...]:
    menus = ("french", "english", "valentine", "champagne", "strawberry", "chocolate", "cheese")
    changes: Sequence[dict[str, int]] = ({}, {"wine": 2}, {"coffee": 0}, {}, {"candle": 3}, {"steak": 2, "wine": 0}, {})
    allowed = {
        "french": {"coffee", "wine", "steak"},
        "valentine": {"wine", "steak"},
        "champagne": {"wine", "steak"},
        "english": {"steak"},
        "strawberry": {"candle"},
        "chocolate": {"candle"},
        "cheese": {"candle"},
    }
    found = []
    for index in range(count):
        number = 100 + index
        lines = []
        for step in range(1 + index % 3):
            menu = menus[(index * 3 + step) % len(menus)]
            wanted = changes[(index + step) % len(changes)]
            custom = {code: count for code, count in wanted.items() if code in allowed[menu]}
            lines.append(line(menu, ("grand", "simple", "deluxe")[(index + step) % 3], 1 + (index + step) % 4, custom))
        status = (OrderStatus.RECEIVED, OrderStatus.PREPARING, OrderStatus.PREPARING, OrderStatus.READY)[index % 4]
        owner = None if status is OrderStatus.RECEIVED else ("staff-1", "staff-2", "minji")[index % 3]
        found.append(
            order(
                number,
                *lines,
                status=status,
                minutes_ago=max(0.0, (count - index) * 0.3),
                assigned_to=owner,
                service=(Service.EAT_IN, Service.TO_GO)[index % 2],
            )
        )
    return tuple(found)


def sign_in(_: FakeDesk, __: Shown) -> None:
    """The first thing that staff see."""


def wrong_pin(_: FakeDesk, model: Shown) -> None:
    model.entry.submit("staff-1", "000000")


def locked_out(desk: FakeDesk, model: Shown) -> None:
    desk.board.refuse_with = KioskError(ProblemCode.LOCKED_OUT, params={"retry_after_seconds": 94})
    model.entry.submit("staff-1", "000000")


def unreachable(desk: FakeDesk, model: Shown) -> None:
    desk.board.refuse_with = KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)
    model.entry.submit("staff-1", "123456")


def empty(desk: FakeDesk, _: Shown) -> None:
    desk.board.enter()


def light(desk: FakeDesk, model: Shown) -> None:
    desk.board.enter()
    desk.board.hold(*light_hour())
    model.pick("order-39")


def new_order(desk: FakeDesk, _: Shown) -> None:
    desk.board.enter()
    desk.board.hold(*light_hour())
    desk.board.arrive(order(42, line("champagne", "grand", 1, {"baguette": 6}), line("strawberry", "grand")))


def busy(desk: FakeDesk, model: Shown) -> None:
    desk.board.enter()
    desk.board.hold(*busy_hour())
    model.typeDigit("1")
    model.typeDigit("0")
    model.typeDigit("8")


def lost(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.set(connection=ConnectionState.LOST)
    desk.clock.forward(74)
    model.tick()


def help_call(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.call_help("h1", "kiosk-2f", "item")
    desk.board.call_help("h2", "kiosk-1", "")
    desk.clock.forward(12)
    model.tick()


def conflict(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.refuse_with = KioskError(ProblemCode.CONFLICT)
    model.bump("order-38")


def cancelling(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    model.askCancel("order-39")


def handed_over(desk: FakeDesk, model: Shown) -> None:
    desk.board.enter()
    desk.board.hold(*busy_hour(24))
    for number in (103, 107, 111):
        model.bump(f"order-{number}")


def english(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    model.setLanguage("en")


STAFF: Final[Sequence[tuple[str, Callable[[FakeDesk, Shown], None]]]] = (
    ("sign_in", sign_in),
    ("wrong_pin", wrong_pin),
    ("locked_out", locked_out),
    ("unreachable", unreachable),
    ("empty", empty),
    ("light", light),
    ("new_order", new_order),
    ("busy", busy),
    ("lost", lost),
    ("help_call", help_call),
    ("conflict", conflict),
    ("cancelling", cancelling),
    ("handed_over", handed_over),
)


def open_window(engine: QQmlApplicationEngine, name: str, model: QObject) -> QQuickWindow:
    engine.addImportPath(str(QML))
    engine.setInitialProperties({"model": model})
    engine.load(QUrl.fromLocalFile(str(QML / "Mallo" / name / "Main.qml")))
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    window.show()
    return window


def theme(engine: QQmlApplicationEngine, **values: bool) -> None:
    singleton = engine.singletonInstance("Mallo.Theme", "Theme")
    assert isinstance(singleton, QObject)
    for name, value in values.items():
        singleton.setProperty(name, value)


def shoot(window: QQuickWindow, file: Path) -> None:
    settle()
    image = window.grabWindow()
    if image.isNull() or not image.save(str(file)):
        raise OSError(file)
    print(file)


def staff(folder: Path, name: str, scene: Callable[[FakeDesk, Shown], None], **look: bool) -> None:
    desk = FakeDesk()
    model = StaffModel(desk.services, clock=desk.clock)
    engine = QQmlApplicationEngine()
    window = open_window(engine, "Staff", model)
    theme(engine, calm=True, **look)
    scene(desk, model)
    shoot(window, folder / f"staff_{name}.png")
    theme(engine, calm=False, **dict.fromkeys(look, False))
    window.close()
    shiboken6.delete(engine)  # the windows go before the model that they show
    model.close()


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "screenshots"
    wanted = set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    app = QGuiApplication.instance() or QGuiApplication([])
    load_fonts(ROOT / "assets" / "fonts")
    for name, scene in STAFF:
        if not wanted or name in wanted:
            staff(folder, name, scene)
    if not wanted:
        staff(folder, "busy_large", busy, largeText=True)
        staff(folder, "light_contrast", light, highContrast=True)
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
