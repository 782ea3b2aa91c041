"""CustomerModel: which page the customer is on, and the parts that the pages show.

Longer than most files: the last hundred lines are the typed properties that QML reads, one for each part, and what
comes before is one state machine (page, question, follow the voice), which would not be easier to read in two halves.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from operator import itemgetter
from pathlib import Path

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.api.link import LinkState
from kiosk.customer.card_reports import CardReports
from kiosk.customer.cart import CartModel
from kiosk.customer.display import DisplayModel
from kiosk.customer.front import FrontModel
from kiosk.customer.help_call import HelpModel, HelpPlace
from kiosk.customer.item import ItemModel
from kiosk.customer.keyboard import KeyboardModel
from kiosk.customer.menu_list import MenuList, menu_rows
from kiosk.customer.pictures import Pictures
from kiosk.customer.placed import PlacedModel, placed_view
from kiosk.customer.trouble import Remedy, Source, TroubleModel
from kiosk.customer.voice_model import VoiceModel
from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from kiosk.services.bundle import CustomerServices
from kiosk.services.voice_snapshot import SILENT, VoiceSnapshot, VoiceState
from kiosk.tasks import TaskScope
from shared.catalogue import Category, Menu
from shared.orders import HelpMode
from shared.problems import ProblemCode
from shared.voice import Language, Stage

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


_NOT_HEARD: frozenset[KioskErrorCode] = frozenset({ProblemCode.LANGUAGE_NOT_SERVED, LocalCode.HEARING_UNAVAILABLE})


MICROPHONE = "microphone"
OVERDRIVEN = "microphone_loud"
"""What staff are told is broken."""


class Page(StrEnum):
    ATTRACT = "attract"
    MENU = "menu"
    ITEM = "item"
    CART = "cart"
    PLACED = "placed"


def _opening(voice: VoiceSnapshot) -> bool:
    """The button was pressed, and the microphone is not there yet."""
    return voice.state is VoiceState.LISTENING and not voice.ready


def pictures_in_order(menus: Sequence[Menu]) -> tuple[str, ...]:
    """The first of each category before the second of any: what the attract screen shows comes first."""
    seen: Counter[Category] = Counter()
    ranked = []
    for menu in menus:
        if menu.image:
            ranked.append((seen[menu.category], menu.image))
            seen[menu.category] += 1
    return tuple(image for _, image in sorted(ranked, key=itemgetter(0)))


@QmlElement
class CustomerModel(QObject):
    """The root of the customer window. Pages change by touch here and by voice in ``_follow_voice``."""

    pageChanged = Signal()
    shopChanged = Signal()
    linkChanged = Signal()
    idleChanged = Signal()
    questionChanged = Signal()
    writingWanted = Signal()  # where speaking would be in vain
    silent = Signal()  # nothing is heard of the answers: they can be read, and nothing is to be done
    added = Signal(str)  # name of the menu that went into the cart

    def __init__(self, services: CustomerServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = TaskScope("customer")
        self._folder = tempfile.TemporaryDirectory(prefix="mallo-pictures-")
        self._pictures = Pictures(Path(self._folder.name), services.shop.image)
        self._reports = CardReports(services.backend.card_shown, self._tasks)
        self._page = Page.ATTRACT
        self._came_from = Page.MENU
        self._category = Category.DINNER
        self._asking_home = False
        self._by_keys = False
        self._turn = self._first_turn = services.voice.snapshot.turn
        self._followed: tuple[object, ...] = ()
        self._dinners = MenuList(self)
        self._cakes = MenuList(self)
        self._showcase = MenuList(self)
        settings, shop = services.settings, services.shop
        self._item = ItemModel(
            services.backend, lambda: shop.snapshot, self._pictures, self._tasks, self, language=settings.language
        )
        self._cart = CartModel(services.order, self)
        self._voice = VoiceModel(services.voice, self)
        self._keyboard = KeyboardModel(self)
        self._placed = PlacedModel(self)
        self._trouble = TroubleModel(self._try_again, self)
        self._help = HelpModel(services.backend, self._where, self._tasks, self)
        self._front = FrontModel(self)
        self._display = DisplayModel(
            settings.language, settings.panel_inches, settings.panel_bottom_mm, services.set_language, self
        )
        self._leave = QTimer(self, singleShot=True, interval=int(settings.placed_wipe_seconds * 1000))
        self._leave.timeout.connect(self._ask_to_leave)
        self._leaving = False
        self._item.failed.connect(lambda error: self._trouble.note(Source.ITEM, error))
        self._help.failed.connect(lambda error: self._trouble.note(Source.HELP, error))
        self._display.changed.connect(self._language_changed)
        self._language = settings.language
        self._voice_ready = False
        self._silence: KioskError | None = None
        self._refusal: KioskError | None = None
        self._unsubscribe = [
            services.shop.subscribe(self._shop_changed),
            services.order.subscribe(self._order_changed),
            services.voice.subscribe(self._voice_changed),
            services.hearing.subscribe(self._hearing_changed),
            services.idle.subscribe(self._idle_changed),
            services.link.subscribe(self._link_changed),
            services.front.subscribe(self._front_changed),
        ]
        self._shop_changed()
        self._order_changed()
        self._hearing_changed()

    async def close(self) -> None:
        """Stop following, and delete the pictures on disk. Idempotent."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._leave.stop()
        await self._tasks.close()
        self._folder.cleanup()

    # -- what the customer does ----------------------------------------------------------------------------------

    @Slot()
    def touch(self) -> None:
        """Any sign of life, of a hand or of a voice."""
        self._by_keys = False
        self._alive()

    @Slot()
    def key(self) -> None:
        """A sign of life by a key."""
        self._by_keys = True
        self._alive()

    def _alive(self) -> None:
        if self._page is Page.PLACED:
            self._leaving = False
            self._services.idle.finish()
            self._leave.start()
        elif self._page is not Page.ATTRACT:
            self._services.idle.touch()

    @Slot()
    def start(self) -> None:
        if self._page is Page.ATTRACT:
            self._first_turn = self._services.voice.snapshot.turn
            self._services.idle.begin()
            self._go(Page.MENU)
            if self._services.shop.snapshot.menu is None:
                self._try_again(Source.SHOP)

    @Slot()
    def start_talking(self) -> None:
        """One word starts: the attract screen's voice button."""
        self.start()
        self.talk()

    @Slot()
    def talk(self) -> None:
        """The voice button. Where this language is not understood it leads to writing, before a word is said."""
        if self._hears:
            self._services.voice.press()
        else:
            self._services.hearing.look()
            self.writingWanted.emit()

    @Slot(str)
    def show_category(self, category: str) -> None:
        """``dinner`` or ``cake``."""
        if category != self._category.value:
            self._category = Category(category)
            self.shopChanged.emit()

    @Slot(str)
    def open_item(self, code: str) -> None:
        if self._item.open(code):
            self._came_from = Page.MENU
            self._go(Page.ITEM)

    @Slot(int)
    def change_line(self, at: int) -> None:
        """Open cart line ``at`` to change it."""
        lines = self._services.order.snapshot.lines
        if 0 <= at < len(lines) and self._item.open(lines[at].draft.menu_code, lines[at].key, lines[at].draft):
            self._came_from = Page.CART
            self._go(Page.ITEM)

    @Slot()
    def add_item(self) -> None:
        """Put the chosen item into the cart, or take over the change of a line."""
        choice = self._item.choice
        if not self._item.ready:
            return
        order = self._services.order
        at = next((i for i, line in enumerate(order.snapshot.lines) if line.key == choice.line), None)
        if at is None:
            order.add(choice.draft())
            self.added.emit(self._item.name)
        else:
            order.replace(at, choice.draft())
        self._go(Page.MENU if at is None else Page.CART)

    @Slot()
    def show_menu(self) -> None:
        self._go(Page.MENU)

    @Slot()
    def show_cart(self) -> None:
        if self._services.order.snapshot.lines:
            self._go(Page.CART)

    @Slot()
    def back(self) -> None:
        if self._page is Page.ITEM:
            self._go(self._came_from)
        elif self._page is Page.CART:
            self._go(Page.MENU)
        elif self._page is Page.MENU:
            self.home()

    @Slot()
    def home(self) -> None:
        """Start over; asks first when there is something to lose."""
        if self._page is not Page.PLACED and self._services.order.snapshot.lines:
            self._ask_home(asking=True)
        else:
            self.start_over()

    @Slot()
    def stay(self) -> None:
        self._ask_home(asking=False)

    @Slot()
    def start_over(self) -> None:
        """Wipe everything of this customer: cart, words, modes, language."""
        services = self._services
        self._leave.stop()
        self._leaving = False
        self._ask_home(asking=False)
        self._go(Page.ATTRACT)
        services.idle.finish()
        services.order.end()
        services.voice.reset()
        self._help.forget()
        self._keyboard.close()
        self._trouble.forget()
        self._display.reset()
        self._followed = ()
        self._by_keys = False
        services.hearing.reload()
        self.show_category(Category.DINNER.value)

    # -- following the services ----------------------------------------------------------------------------------

    def _go(self, page: Page) -> None:
        if page is self._page:
            return
        if self._page is Page.ITEM:
            self._item.close()
        self._page = page
        self.pageChanged.emit()

    def _ask_home(self, *, asking: bool) -> None:
        if asking != self._asking_home:
            self._asking_home = asking
            self.questionChanged.emit()

    def _shop_changed(self) -> None:
        shop = self._services.shop.snapshot
        self._trouble.note(Source.SHOP, shop.error if shop.menu is None else None)
        self._show_menu_rows()
        self._item.shop_changed()
        if shop.menu is not None:
            paths = pictures_in_order(shop.menu.menus)
            if any(path not in self._pictures.urls for path in paths):
                # Begun anew when a card got another picture while others were still coming.
                self._tasks.start(self._pictures.load_all(paths, self._show_menu_rows), "pictures", group="pictures")

    def _show_menu_rows(self) -> None:
        shop, language, urls = self._services.shop.snapshot, self._display.view.language, self._pictures.urls
        self._dinners.show(menu_rows(shop, Category.DINNER, language, urls))
        self._cakes.show(menu_rows(shop, Category.CAKE, language, urls))
        best = (*self._dinners.rows[:2], *self._cakes.rows[:2])
        self._showcase.show(best)
        self._cart.show(shop, language, urls)
        if shop.menu is not None:
            self._reports.look(shop.menu.menus, urls)
        self.shopChanged.emit()

    def _order_changed(self) -> None:
        order = self._services.order.snapshot
        language = self._display.view.language
        self._cart.show(self._services.shop.snapshot, language, self._pictures.urls)
        self._placed.show(placed_view(order, self._services.shop.snapshot, language))
        self._trouble.note(Source.ORDER, order.error)
        if order.placed is not None and self._page not in {Page.PLACED, Page.ATTRACT}:
            self._go(Page.PLACED)
            self._services.sounds.play("placed")
            self._services.idle.finish()
            self._leave.start()
        elif not order.lines and self._page is Page.CART:
            self._go(Page.MENU)

    def _voice_changed(self) -> None:
        voice = self._services.voice.snapshot
        self._voice.show(voice)
        if voice.ready and not self._voice_ready:
            self._services.sounds.play("listening")
        self._voice_ready = voice.ready
        if voice.error is not None and voice.error.code is LocalCode.MICROPHONE_SILENT:
            self._help.report(MICROPHONE)
        elif voice.turn != self._turn and voice.open:
            self._help.mended(MICROPHONE)
        if voice.overdriven:
            self._help.report(OVERDRIVEN)
        if voice.error is not None and voice.error.code in SILENT:
            if voice.error is not self._silence:
                self._silence = voice.error
                self.silent.emit()
        elif voice.error is not None or voice.state is VoiceState.THINKING or _opening(voice):
            # What the kiosk says about a trouble does not take its banner away; the next press or utterance does.
            self._trouble.note(Source.VOICE, voice.error)
        if voice.error is not self._refusal and voice.error is not None and voice.error.code in _NOT_HEARD:
            self._refusal = voice.error
            self._services.hearing.refused(self._spoken)
        if voice.turn != self._turn:
            self._turn = voice.turn
            self._follow_voice(voice)

    def _follow_voice(self, voice: VoiceSnapshot) -> None:
        """The screen goes where the conversation went; it stays where it is when nothing moved."""
        if voice.staff_called:
            self._help.call()
        if voice.larger:
            self._display.enlarge()
        order = self._services.order.snapshot
        now = (order.stage, order.current, tuple(line.draft for line in order.lines))
        if now == self._followed or order.placed is not None or self._page is Page.ATTRACT:
            return
        self._followed = now
        current = order.current
        if order.stage in {Stage.STYLE_SELECTION, Stage.CUSTOMIZATION} and current is not None:
            line = order.lines[current]
            if self._item.open(line.draft.menu_code, line.key, line.draft):
                self._came_from = Page.CART
                if order.stage is Stage.CUSTOMIZATION:
                    self._item.show_section("cake" if line.draft.cake is not None else "ingredients")
                else:
                    self._item.show_section("style")
                self._go(Page.ITEM)
        elif order.stage is Stage.CONFIRMATION and order.lines:
            self._go(Page.CART)
        else:
            self._go(Page.MENU)

    @property
    def _spoken(self) -> str:
        """The language that the microphone is for."""
        return self._services.settings.speech_language or self._display.view.language.value

    @property
    def _hears(self) -> bool:
        return self._services.hearing.snapshot.hears(self._spoken)

    def _hearing_changed(self) -> None:
        services, spoken = self._services, self._spoken
        fixed = services.settings.speech_language is not None
        services.hearing.wish(spoken)
        # Whom it failed in mid-order is led to typing, not into another language.
        others = () if fixed or spoken in services.hearing.snapshot.refused else tuple(Language)
        heard = tuple(
            other.value for other in others if other != spoken and services.hearing.snapshot.hears(other.value)
        )
        self._voice.show_hearing(hears=self._hears, others=heard)
        listening = services.voice.snapshot.open or services.voice.snapshot.state is VoiceState.LISTENING
        if not self._hears and listening:
            services.voice.cancel()
            self._trouble.note(Source.VOICE, KioskError(ProblemCode.LANGUAGE_NOT_SERVED))

    def _idle_changed(self) -> None:
        self.idleChanged.emit()
        away = self._leaving or self._page not in {Page.ATTRACT, Page.PLACED}
        if not self._services.idle.snapshot.active and away:
            self.start_over()

    def _ask_to_leave(self) -> None:
        """The placed order stood long enough: even then nobody's screen goes away without a word."""
        idle = self._services.idle
        self._leaving = True
        idle.begin()
        idle.advance(self._services.settings.idle_ask_seconds)

    def _link_changed(self) -> None:
        self.linkChanged.emit()
        if self._services.link.snapshot.state is LinkState.UP and self._services.shop.snapshot.menu is None:
            self._try_again(Source.SHOP)

    def _front_changed(self) -> None:
        front = self._services.front.snapshot
        self._front.show(front)
        self._help.answered(front.answered)

    def _where(self) -> HelpPlace:
        spoken = self._services.voice.snapshot.open or self._services.voice.snapshot.turn > self._first_turn
        mode = HelpMode.VOICE if spoken else HelpMode.KEYS if self._by_keys else HelpMode.TOUCH
        lines = self._services.order.snapshot.lines
        cart = tuple(line.draft for line in lines if line.draft.style)
        return HelpPlace(self._page.value, mode, cart)

    def _language_changed(self) -> None:
        """Called for any change of the display."""
        language = self._display.view.language
        if language is self._language:
            return
        self._language = language
        self._services.voice.forget_words()
        self._show_menu_rows()
        self._order_changed()
        self._item.speak(language)
        self._hearing_changed()

    def _try_again(self, source: Source, remedy: Remedy = Remedy.AGAIN) -> None:
        services = self._services
        match source:
            case Source.SHOP:
                services.shop.reload()
            case Source.ITEM:
                self._item.speak(self._display.view.language)
            case Source.ORDER:
                services.order.clear_error()
                if self._page is Page.CART:
                    services.order.place()
            case Source.VOICE if remedy is Remedy.WRITE:
                self.writingWanted.emit()
            case Source.VOICE if self._hears:
                services.voice.listen()
            case Source.VOICE:
                self.talk()
            case Source.HELP:
                self._help.call()

    # -- what QML reads ------------------------------------------------------------------------------------------

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        return self._page.value

    @Property(str, notify=shopChanged)
    def category(self) -> str:
        return self._category.value

    @Property(bool, notify=shopChanged)
    def menuThere(self) -> bool:
        return self._services.shop.snapshot.menu is not None

    @Property(str, notify=linkChanged)
    def link(self) -> str:
        """``starting``, ``up`` or ``down``."""
        return self._services.link.snapshot.state.value

    @Property(bool, notify=idleChanged)
    def askingIdle(self) -> bool:
        return self._services.idle.snapshot.asking

    @Property(int, notify=idleChanged)
    def secondsLeft(self) -> int:
        return self._services.idle.snapshot.seconds_left

    @Property(bool, notify=questionChanged)
    def askingHome(self) -> bool:
        return self._asking_home

    @Property(QObject, constant=True)
    def dinners(self) -> MenuList:
        return self._dinners

    @Property(QObject, constant=True)
    def cakes(self) -> MenuList:
        return self._cakes

    @Property(QObject, constant=True)
    def showcase(self) -> MenuList:
        """What the attract screen shows: two dinners and two cakes."""
        return self._showcase

    @Property(ItemModel, constant=True)
    def item(self) -> ItemModel:
        return self._item

    @Property(CartModel, constant=True)
    def cart(self) -> CartModel:
        return self._cart

    @Property(VoiceModel, constant=True)
    def voice(self) -> VoiceModel:
        return self._voice

    @Property(KeyboardModel, constant=True)
    def keyboard(self) -> KeyboardModel:
        return self._keyboard

    @Property(PlacedModel, constant=True)
    def placed(self) -> PlacedModel:
        return self._placed

    @Property(TroubleModel, constant=True)
    def trouble(self) -> TroubleModel:
        return self._trouble

    @Property(HelpModel, constant=True)
    def help(self) -> HelpModel:
        return self._help

    @Property(FrontModel, constant=True)
    def front(self) -> FrontModel:
        return self._front

    @Property(DisplayModel, constant=True)
    def display(self) -> DisplayModel:
        return self._display
