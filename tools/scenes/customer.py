"""Every screen of the customer window, over fakes, so that each state can be had without waiting for it."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from backend.domain.order import Item, normalise
from backend.external.offline.draw_job import draw
from backend.external.offline.drawing.looks import picture_svg
from backend.services.wire import draft_to_item
from kiosk.customer.root import CustomerModel
from kiosk.errors import KioskError, LocalCode
from kiosk.language import WindowLanguage
from shared.messages import AlarmLevel, Topic
from shared.orders import BoardResponse, Cake, CakeFlavour, OrderItemDraft, OrderStatus
from shared.voice import Intent, Language, Stage
from tests.fakes.shop_counter import Counter, FakeBackend, Understood, counter, line, plate, suggestion
from tests.support.window import ROOT, Screen, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tools.screenshots import Camera


@dataclass(frozen=True, slots=True)
class Set:
    """One customer window on the set."""

    counter: Counter
    model: Any  # a CustomerModel; PySide6's stubs do not know that a Property is read
    screen: Screen

    async def next_customer(self) -> None:
        """Everything as ``set_up`` made it: the next scene needs no window of its own."""
        shop = self.counter
        shop.backend.slow = shop.output.slow = False
        shop.backend.hears, shop.backend.deaf = ("ko", "en"), False
        shop.backend.sold_out = set()
        shop.backend.placed.clear()
        shop.ear.trouble = shop.output.trouble = None
        shop.link.up("http://127.0.0.1:1")
        self.model.start_over()
        await shop.services.shop.refresh()
        await shop.services.hearing.refresh()
        await self.begin()

    async def begin(self) -> None:
        """Somebody is at the menu, and its pictures are there."""
        model = self.model
        model.start()
        await self.screen.until(lambda: model.cakes.rowCount() > 0 and all(row.picture for row in model.cakes.rows))

    async def placed(self) -> None:
        self.counter.services.order.add(line("french", "grand", 2))
        self.model.show_cart()
        self.counter.services.order.place()
        await self.screen.until(lambda: self.counter.services.order.snapshot.placed is not None)


Scene = Callable[[Set], Awaitable[None]]


async def attract(stage: Set) -> None:
    """Numbers are called out; not_heard_attract is without."""
    numbers = BoardResponse(preparing=tuple(range(141, 153)), ready=(137, 138, 140), top=1, epoch="e")
    stage.counter.backend.numbers = numbers
    stage.counter.services.front.open()
    await stage.screen.until(lambda: stage.counter.services.front.snapshot.live)
    stage.model.start_over()


async def dinners(_: Set) -> None:
    """The menu as it first appears."""


async def cakes(stage: Set) -> None:
    stage.counter.services.order.add(line("strawberry", "grand", 2))
    stage.model.show_category("cake")


async def sold_out(stage: Set) -> None:
    stage.counter.backend.sold_out = {"english"}
    await stage.counter.services.shop.refresh()


async def style(stage: Set) -> None:
    stage.model.open_item("french")
    stage.model.item.choose_style("grand")


async def champagne(stage: Set) -> None:
    stage.model.open_item("champagne")


async def ingredients(stage: Set) -> None:
    stage.model.open_item("champagne")
    stage.model.item.choose_style("deluxe")
    stage.model.item.set_count("baguette", 6)
    stage.model.item.show_section("ingredients")


async def custom_cake(stage: Set) -> None:
    stage.model.open_item("custom")
    stage.model.item.choose_flavour("strawberry")
    stage.model.item.choose_colour("pink")
    stage.model.item.set_tiers(2)
    stage.model.item.set_lettering("할머니 생신 축하해요")


async def custom_ingredients(stage: Set) -> None:
    stage.model.open_item("custom")
    stage.model.item.show_section("ingredients")


async def cart(stage: Set) -> None:
    order = stage.counter.services.order
    cake = Cake(flavour=CakeFlavour.STRAWBERRY, colour="pink", tiers=2, lettering="생신 축하해요")
    order.add(line("strawberry", "grand", 2))
    order.add(OrderItemDraft(menu_code="custom", style="deluxe", quantity=1, customization={"macaron": 3}, cake=cake))
    stage.model.show_cart()
    await stage.screen.until(lambda: order.snapshot.priced)


async def cart_long(stage: Set) -> None:
    order = stage.counter.services.order
    for code in ("french", "english", "valentine", "strawberry", "chocolate"):
        order.add(line(code, "grand"))
    stage.model.show_cart()
    await stage.screen.until(lambda: order.snapshot.priced)


async def listening(stage: Set) -> None:
    stage.counter.services.voice.press()
    await stage.screen.until(lambda: stage.counter.services.voice.snapshot.level > 0.5)


async def thinking(stage: Set) -> None:
    stage.counter.backend.slow = True
    stage.counter.services.voice.say("프렌치 디너 하나하고 딸기 케이크 두 개 주세요")


async def speaking(stage: Set) -> None:
    stage.counter.output.slow = True
    sentence = "딸기 생크림 케이크 두 개 그랜드 스타일로 주세요"
    stage.counter.backend.script[sentence] = Understood(
        "딸기 생크림 케이크 두 개, 그랜드 스타일이에요. 모두 팔만 육천 원이에요. 이대로 주문할까요?",
        (("strawberry", "grand", 2),),
        Stage.CONFIRMATION,
        0,
    )
    stage.counter.services.voice.say(sentence)


async def chips(stage: Set) -> None:
    stage.counter.backend.script["케이크 주세요"] = Understood(
        "어떤 케이크로 드릴까요?",
        intent=Intent.RECOMMENDATION,
        confidence=0.4,
        chips=(suggestion("strawberry", "딸기 생크림 케이크"), suggestion("chocolate", "초콜릿 케이크")),
    )
    stage.counter.services.voice.say("케이크 주세요")


async def keyboard(stage: Set) -> None:
    await stage.screen.tap("transcript")
    for key in "ㄸㅏㄹㄱㅣ ㅋㅔㅇㅣㅋㅡ ㄷㅜ ㄱㅐ":
        stage.model.keyboard.press(key)


async def not_heard(stage: Set) -> None:
    stage.counter.backend.hears = ("en",)
    await stage.counter.services.hearing.refresh()


async def hearing_lost(stage: Set) -> None:
    """In the middle of an order no engine is left that hears."""
    stage.counter.services.order.add(line("french", "grand", 2))
    stage.counter.backend.deaf = True
    voice = stage.counter.services.voice
    voice.press()
    await stage.screen.until(lambda: voice.snapshot.ready and voice.busy)
    voice.press()
    await stage.screen.until(lambda: stage.model.trouble.code == "hearing_unavailable")


async def not_heard_writing(stage: Set) -> None:
    await not_heard(stage)
    stage.model.talk()


async def not_heard_attract(stage: Set) -> None:
    stage.model.start_over()
    await not_heard(stage)


async def no_loudspeaker(stage: Set) -> None:
    await custom_cake(stage)
    stage.counter.output.trouble = KioskError(LocalCode.NO_SPEAKER)
    stage.counter.services.voice.announce("딸기 생크림 케이크 두 개, 그랜드 스타일이에요. 더 넣거나 빼실 것 있으세요?")


async def no_microphone(stage: Set) -> None:
    stage.counter.ear.trouble = KioskError(LocalCode.NO_MICROPHONE)
    stage.counter.services.voice.press()


async def silent_microphone(stage: Set) -> None:
    stage.counter.services.order.add(line("french", "grand"))
    stage.counter.services.voice.press()
    await stage.screen.until(lambda: stage.counter.ear.open_now)
    stage.counter.ear.fail(KioskError(LocalCode.MICROPHONE_SILENT))
    await stage.screen.until(lambda: stage.model.trouble.code == "microphone_silent")


async def backend_lost(stage: Set) -> None:
    stage.counter.services.order.add(line("french", "grand"))
    await stage.screen.until(lambda: stage.counter.services.order.snapshot.priced)
    stage.counter.link.down()


async def idle(stage: Set) -> None:
    stage.counter.services.idle.advance(70)


async def home(stage: Set) -> None:
    stage.counter.services.order.add(line("french", "grand"))
    stage.model.home()


async def help_called(stage: Set) -> None:
    stage.model.help.call()


async def placed(stage: Set) -> None:
    await stage.placed()


async def ready(stage: Set) -> None:
    await stage.placed()
    await stage.screen.turn(20)
    order = stage.counter.backend.placed[0].model_copy(update={"status": OrderStatus.READY, "version": 3})
    stage.counter.live.tell(Topic.ORDER_STATUS, {"order": order.model_dump(mode="json")})


async def order_unseen(stage: Set) -> None:
    """No staff window has shown it for a minute."""
    await stage.placed()
    await stage.screen.turn(20)
    order = stage.counter.backend.placed[0]
    told = {"order_id": order.id, "order_number": order.order_number, "level": int(AlarmLevel.CUSTOMER), "seconds": 60}
    stage.counter.live.tell(Topic.ORDER_ALARM, told)


SCENES: Final[dict[str, Scene]] = {
    scene.__name__: scene
    for scene in (
        attract,
        dinners,
        cakes,
        sold_out,
        style,
        champagne,
        ingredients,
        custom_cake,
        custom_ingredients,
        cart,
        cart_long,
        listening,
        thinking,
        speaking,
        chips,
        keyboard,
        hearing_lost,
        not_heard,
        not_heard_writing,
        not_heard_attract,
        no_loudspeaker,
        no_microphone,
        silent_microphone,
        backend_lost,
        idle,
        home,
        help_called,
        placed,
        ready,
        order_unseen,
    )
}
MODES: Final[dict[str, Callable[[Any], None]]] = {
    "normal": lambda _: None,
    "large": lambda model: model.display.toggle_large_text(),
    "contrast": lambda model: model.display.toggle_high_contrast(),
    "low": lambda model: model.display.toggle_low_screen(),
}
SIZES: Final = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


@cache
def drawn(svg: str) -> bytes:
    return draw({"font": str(ROOT / "assets" / "fonts" / "Pretendard-Bold.otf")}, svg.encode())[1]


def picture_of(backend: FakeBackend, path: str) -> bytes:
    """What the shop's own engine draws for a picture's path; a plain plate where it draws nothing."""
    name = path.removesuffix("/content").rpartition("/")[2]
    item = draft_to_item(backend.drawn[int(name) - 1].item) if name.isdigit() else Item(name, "simple")
    svg = picture_svg(normalise(item, backend.catalogue), backend.catalogue, "4:3")
    return drawn(svg) if svg is not None else plate(path)


@asynccontextmanager
async def set_up(language: str, width: int, height: int, *, pictures: bool = False) -> AsyncIterator[Set]:
    """A window on the menu, its pictures there: the shop's own with ``pictures``, else plain plates at once."""
    with tempfile.TemporaryDirectory() as data:
        words: list[WindowLanguage] = []
        speech = Language(language)
        shop = counter(Path(data), lambda chosen: words[0].show(chosen), speech)  # noqa: PLW0108 -- it is not there yet
        if pictures:
            shop.backend.pictures = lambda path: picture_of(shop.backend, path)
        await shop.services.shop.refresh()
        model: Any = CustomerModel(shop.services)
        folders = [ROOT / "build" / "i18n"]
        async with shown(
            "Customer", model, width, height, lambda engine: words.append(WindowLanguage(folders, engine.retranslate))
        ) as screen:
            stage = Set(shop, model, screen)
            words[0].show(language)
            await stage.begin()
            yield stage
            words[0].show("ko")
        await model.close()
        await shop.close()


async def shoot(camera: Camera) -> None:
    for orientation, (width, height) in SIZES.items():
        for language in ("ko", "en"):
            for mode, switch in MODES.items():
                for name, scene in SCENES.items():
                    title = f"customer_{name}_{mode}_{language}_{orientation}"
                    if not camera.wants(title):
                        continue
                    async with set_up(language, width, height, pictures=True) as stage:
                        if name.endswith("attract"):
                            await scene(stage)
                            switch(stage.model)
                        else:
                            switch(stage.model)
                            await scene(stage)
                        await stage.screen.turn(140)
                        camera.take(stage.screen.window, title)
