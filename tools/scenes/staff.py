"""Every state of the staff window, over the tests' board, so that each can be shown at will."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from backend.external.offline.draw_job import draw
from backend.external.offline.drawing.looks import picture_svg
from backend.services.catalogue_files import read_catalogue
from backend.services.wire import draft_to_item
from kiosk.api.event_stream import ConnectionState
from kiosk.errors import KioskError, LocalCode
from kiosk.language import WindowLanguage
from kiosk.services.paper_news import PaperNews
from kiosk.staff.staff_model import StaffModel
from shared.orders import Cake, CakeFlavour, Order, OrderItemDraft, OrderStatus, Service
from shared.problems import ProblemCode
from tests.fakes.staff_desk import FakeDesk
from tests.support.desk_windows import ROOT, desk_window
from tests.support.kitchen import NOON, line, order

if TYPE_CHECKING:
    from tools.screenshots import Camera

Shown = Any  # PySide6's stubs tell nothing of what a Property yields


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


def with_cakes(desk: FakeDesk) -> None:
    """Pictures as the shop's own engine draws them."""
    (item,) = next(order for order in light_hour() if order.order_number == 38).items
    draft = OrderItemDraft.model_validate(item.model_dump(include=set(OrderItemDraft.model_fields)))
    svg = picture_svg(draft_to_item(draft), read_catalogue(ROOT / "assets" / "catalogue").catalogue, "1:1")
    assert svg is not None
    desk.board.pictures = draw({"font": str(ROOT / "assets" / "fonts" / "Pretendard-Bold.otf")}, svg.encode())[1]


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
    draft = OrderItemDraft(menu_code="champagne", style="grand", quantity=1)
    cart = (draft, draft.model_copy(update={"menu_code": "strawberry", "quantity": 2}))
    desk.board.call_help("h1", "kiosk-2f", "item", mode="voice", cart=cart)
    desk.board.call_help("h2", "kiosk-1", "", at=NOON + timedelta(seconds=8))
    desk.clock.forward(12)
    model.tick()


def help_late(desk: FakeDesk, model: Shown) -> None:
    help_call(desk, model)
    desk.clock.forward(21)
    model.tick()


def lines_made(desk: FakeDesk, model: Shown) -> None:
    desk.board.enter()
    lines = (line("french", "grand", 2, {"wine": 2}), line("english"), line("strawberry", "deluxe", 1, {"candle": 3}))
    desk.board.hold(
        *light_hour(), order(43, *lines, status=OrderStatus.PREPARING, minutes_ago=3, assigned_to="staff-1")
    )
    desk.board.set_done("order-43", (0,))
    model.pick("order-43")


def silent_microphone(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.call_help("h1", "kiosk-2f", "microphone")
    desk.board.call_help("h2", "kiosk-1", "microphone_loud")
    desk.clock.forward(75)
    model.tick()


def conflict(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.refuse_with = KioskError(ProblemCode.CONFLICT)
    model.bump("order-38")


def paper_out(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.set(paper=PaperNews(41, "paper_out"))


def given(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.give("order-41")


def giving(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.board.manage()
    model.askGive("order-39")


def urgent(desk: FakeDesk, model: Shown) -> None:
    new_order(desk, model)
    desk.clock.forward(14)
    model.tick()


def sold_out(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    desk.shop.mark("chocolate", True)
    model.shelf.turn()


def busy_new(desk: FakeDesk, _: Shown) -> None:
    """The new one lies below the edge of its column."""
    desk.board.enter()
    desk.board.hold(*busy_hour())
    desk.shop.mark("champagne", True)
    desk.board.arrive(order(200, line("champagne", "grand"), minutes_ago=-1))


def cancelling(desk: FakeDesk, model: Shown) -> None:
    light(desk, model)
    model.askCancel("order-39")


def handed_over(desk: FakeDesk, model: Shown) -> None:
    desk.board.enter()
    desk.board.hold(*busy_hour(24))
    for number in (103, 107, 111):
        model.bump(f"order-{number}")


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
    ("help_late", help_late),
    ("lines_made", lines_made),
    ("silent_microphone", silent_microphone),
    ("conflict", conflict),
    ("paper_out", paper_out),
    ("given", given),
    ("giving", giving),
    ("urgent", urgent),
    ("sold_out", sold_out),
    ("busy_new", busy_new),
    ("cancelling", cancelling),
    ("handed_over", handed_over),
)


Size = tuple[int, int]
DESK: Final[Size] = (1600, 900)
SMALL: Final[Size] = (1280, 720)
WALL: Final[Size] = (1920, 1080)

LOOKS: Final[Sequence[tuple[str, Callable[[FakeDesk, Shown], None], dict[str, bool], str]]] = (
    *((name, scene, {}, "ko") for name, scene in STAFF),
    ("busy_large", busy, {"largeText": True}, "ko"),
    ("light_contrast", light, {"highContrast": True}, "ko"),
    ("light_english", light, {}, "en"),
    ("help_english", help_call, {}, "en"),
    ("wrong_pin_english", wrong_pin, {}, "en"),
    ("busy_small", busy_new, {}, "ko"),
    ("busy_small_english", busy_new, {}, "en"),
    ("light_small", light, {}, "ko"),
    ("giving_english", giving, {}, "en"),
    ("busy_wall", busy_new, {}, "ko"),
)


async def shoot(camera: Camera) -> None:
    for name, scene, look, language in LOOKS:
        if not camera.wants(f"staff_{name}"):
            continue
        desk = FakeDesk()
        with_cakes(desk)
        model = StaffModel(desk.services, clock=desk.clock)
        with desk_window("Staff", model, dict(look)) as window:
            words = WindowLanguage([ROOT / "build" / "i18n"], window.engine.retranslate)
            model.setLanguage(language)
            words.show(language)
            width, height = SMALL if "small" in name else WALL if "wall" in name else DESK
            window.window.resize(width, height)
            if window.has("userField") and scene is not sign_in:
                window.item("userField").setProperty("text", "staff-1")
            scene(desk, model)
            window.rest(1500)
            camera.take(window.window, f"staff_{name}")
            words.show("ko")
        model.close()
