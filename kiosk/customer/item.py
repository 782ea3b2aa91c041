"""The item being chosen: its style, ingredients, quantity and, for a custom cake, how it looks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.api.backend import Backend
from kiosk.customer import wording
from kiosk.customer.choice_lists import (
    IngredientList,
    OptionList,
    StyleList,
    colour_rows,
    flavour_rows,
    ingredient_rows,
    style_rows,
)
from kiosk.customer.pictures import Pictures
from kiosk.errors import KioskError
from kiosk.services.shop import ShopSnapshot
from kiosk.tasks import TaskScope
from shared import limits
from shared.catalogue import Category, Menu
from shared.images import AspectRatio, Detail, ImageRequest
from shared.orders import Cake, CakeFlavour, OrderDraft, OrderItemDraft
from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen so far. ``line`` is the key of the cart's line being changed, or None for a new one."""

    menu_code: str = ""
    style: str = ""
    quantity: int = 1
    counts: dict[str, int] = field(default_factory=dict)
    cake: Cake | None = None
    line: int | None = None

    def draft(self, fallback_style: str = "") -> OrderItemDraft:
        return OrderItemDraft(
            menu_code=self.menu_code,
            style=self.style or fallback_style,
            quantity=self.quantity,
            customization=self.counts,
            cake=self.cake,
        )


@dataclass(frozen=True, slots=True)
class ItemView:
    """What the screen shows. ``price`` empty while it is being worked out."""

    code: str = ""
    name: str = ""
    line: str = ""
    price: str = ""
    from_price: bool = False
    allergens: str = ""
    picture: str = ""
    picture_words: str = ""
    drawing: bool = False
    section: str = "style"
    takes_cake: bool = False
    quantity: int = 1
    ready: bool = False
    editing: bool = False
    sold_out: bool = False
    tiers: int = 1
    lettering: str = ""


@QmlElement
class ItemModel(QObject):
    changed = Signal()
    failed = Signal(object)  # KioskError

    def __init__(
        self,
        backend: Backend,
        shop: Callable[[], ShopSnapshot],
        pictures: Pictures,
        tasks: TaskScope,
        parent: QObject | None = None,
        *,
        language: Language,
    ) -> None:
        super().__init__(parent)
        self._backend = backend
        self._shop = shop
        self._pictures = pictures
        self._tasks = tasks
        self._language = language
        self._payable: int | None = None
        self._choice = Choice()
        self._view = ItemView()
        self._styles = StyleList(self)
        self._ingredients = IngredientList(self)
        self._flavours = OptionList(self)
        self._colours = OptionList(self)

    # -- for the root view model ---------------------------------------------------------------------------------

    @property
    def choice(self) -> Choice:
        return self._choice

    @property
    def ready(self) -> bool:
        """There is a style, and the menu is not sold out: it can go into the cart."""
        return self._view.ready

    def open(self, code: str, line: int | None = None, draft: OrderItemDraft | None = None) -> bool:
        """Begin with menu ``code``, or with ``draft`` of cart line ``line``. False: no such menu."""
        menu = self._shop().menu_of(code)
        if menu is None:
            return False
        cake = Cake() if menu.takes_cake else None
        if draft is None:
            self._choice = Choice(code, cake=cake)
        else:
            counts = dict(draft.customization)
            self._choice = Choice(code, draft.style, draft.quantity, counts, draft.cake or cake, line)
        section = "cake" if menu.takes_cake else "style"
        self._view = ItemView(code=code, section=section)
        self._payable = None
        self._refresh()
        self._work_out()
        return True

    def close(self) -> None:
        """Forget the choice (the customer left the item or the shop)."""
        self._tasks.cancel("quote")
        self._tasks.cancel("picture")
        self._choice = Choice()
        self._show(ItemView())

    def speak(self, language: Language) -> None:
        self._language = language
        self._refresh()
        if self._choice.menu_code:
            self._work_out()

    def shop_changed(self) -> None:
        self._refresh()

    # -- what the customer does ----------------------------------------------------------------------------------

    @Slot(str)
    def show_section(self, section: str) -> None:
        """``cake``, ``style`` or ``ingredients``."""
        self._show(replace(self._view, section=section))

    @Slot(str)
    def choose_style(self, code: str) -> None:
        self._choose(replace(self._choice, style=code))

    @Slot(int)
    def set_quantity(self, quantity: int) -> None:
        bounded = max(limits.MIN_QUANTITY, min(limits.MAX_QUANTITY, quantity))
        self._choose(replace(self._choice, quantity=bounded), redraw=False)

    @Slot(str, int)
    def set_count(self, code: str, count: int) -> None:
        menu = self._shop().menu_of(self._choice.menu_code)
        ingredient = next((i for i in menu.ingredients if i.code == code), None) if menu is not None else None
        if ingredient is None:
            return
        counts = dict(self._choice.counts)
        counts[code] = max(0, min(ingredient.maximum, count))
        if counts[code] == ingredient.default:
            del counts[code]
        self._choose(replace(self._choice, counts=counts))

    @Slot(str)
    def choose_flavour(self, code: str) -> None:
        self._change_cake(flavour=CakeFlavour(code))

    @Slot(str)
    def choose_colour(self, code: str) -> None:
        self._change_cake(colour=code)

    @Slot(int)
    def set_tiers(self, tiers: int) -> None:
        self._change_cake(tiers=max(1, min(limits.MAX_TIERS, tiers)))

    @Slot(str)
    def set_lettering(self, text: str) -> None:
        self._change_cake(lettering=text.strip()[: limits.MAX_LETTERING_CHARS])

    # -- inside --------------------------------------------------------------------------------------------------

    def _change_cake(self, **changes: object) -> None:
        if self._choice.cake is not None:
            self._choose(replace(self._choice, cake=self._choice.cake.model_copy(update=changes)))

    def _choose(self, choice: Choice, *, redraw: bool = True) -> None:
        if choice == self._choice or not choice.menu_code:
            return
        self._choice = choice
        self._refresh()
        self._work_out(redraw=redraw)

    def _work_out(self, *, redraw: bool = True) -> None:
        menu = self._shop().menu_of(self._choice.menu_code)
        if menu is None:
            return
        self._tasks.start(self._quote(self._choice, menu), "quote", group="quote")
        if not redraw:
            return
        if menu.category is Category.CAKE:
            self._tasks.start(self._draw(self._choice, menu), "picture", group="picture")
        else:
            self._tasks.start(self._fetch(menu), "picture", group="picture")

    async def _quote(self, choice: Choice, menu: Menu) -> None:
        """The catalogue's price of exactly this choice; before a style is chosen, of the first one on offer."""
        draft = OrderDraft(items=(choice.draft(menu.styles[0]),))
        try:
            quote = await self._backend.quote(draft)
        except KioskError as error:
            self._payable = None
            self._show(replace(self._view, price=""))
            self.failed.emit(error)
            return
        self._payable = quote.payable
        self._show(replace(self._view, price=wording.won(quote.payable, self._language), from_price=not choice.style))

    async def _draw(self, choice: Choice, menu: Menu) -> None:
        """A picture of what will be baked. Without one the menu's own picture stays: ordering goes on."""
        self._show(replace(self._view, drawing=True))
        request = ImageRequest(
            item=choice.draft(menu.styles[0]), aspect_ratio=AspectRatio.LANDSCAPE_4_3, detail=Detail.QUICK
        )
        try:
            image = await self._backend.generate_image(request)
            url = await self._pictures.load(image.content)
        except (KioskError, OSError):
            self._show(replace(self._view, drawing=False))
            await self._fetch(menu)
            return
        words = wording.pick(image.alt, self._language)
        self._show(replace(self._view, drawing=False, picture=url, picture_words=words))

    async def _fetch(self, menu: Menu) -> None:
        awaitable: Awaitable[str] = self._pictures.load(menu.image)
        try:
            url = await awaitable
        except (KioskError, OSError):
            return
        self._show(replace(self._view, picture=url, picture_words=wording.pick(menu.image_alt, self._language)))

    def _refresh(self) -> None:
        """Derive everything that needs no backend from the choice, the menu and the language."""
        choice, shop, language = self._choice, self._shop(), self._language
        menu = shop.menu_of(choice.menu_code)
        if menu is None:
            return
        self._styles.show(style_rows(menu, shop, choice.style, language))
        self._ingredients.show(ingredient_rows(menu, choice.counts, shop, language))
        self._flavours.show(flavour_rows(choice.cake, language) if choice.cake is not None else ())
        self._colours.show(colour_rows(choice.cake, language) if choice.cake is not None else ())
        known = self._pictures.urls.get(menu.image, "")
        self._show(
            replace(
                self._view,
                name=wording.pick(menu.name, language),
                line=wording.pick(menu.description, language),
                price=wording.won(self._payable, language) if self._payable is not None else "",
                allergens=wording.allergens(menu.allergens, shop, language),
                picture=self._view.picture or known,
                picture_words=self._view.picture_words or wording.pick(menu.image_alt, language),
                takes_cake=menu.takes_cake,
                quantity=choice.quantity,
                ready=bool(choice.style) and not menu.sold_out,
                editing=choice.line is not None,
                sold_out=menu.sold_out,
                tiers=choice.cake.tiers if choice.cake is not None else 1,
                lettering=choice.cake.lettering if choice.cake is not None else "",
            )
        )

    def _show(self, view: ItemView) -> None:
        if view != self._view:
            self._view = view
            self.changed.emit()

    # -- what QML reads ------------------------------------------------------------------------------------------

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._view.code

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._view.name

    @Property(str, notify=changed)
    def line(self) -> str:
        return self._view.line

    @Property(str, notify=changed)
    def price(self) -> str:
        return self._view.price

    @Property(bool, notify=changed)
    def fromPrice(self) -> bool:
        return self._view.from_price

    @Property(str, notify=changed)
    def allergens(self) -> str:
        return self._view.allergens

    @Property(str, notify=changed)
    def picture(self) -> str:
        return self._view.picture

    @Property(str, notify=changed)
    def pictureWords(self) -> str:
        return self._view.picture_words

    @Property(bool, notify=changed)
    def drawing(self) -> bool:
        return self._view.drawing

    @Property(str, notify=changed)
    def section(self) -> str:
        return self._view.section

    @Property(bool, notify=changed)
    def takesCake(self) -> bool:
        return self._view.takes_cake

    @Property(int, notify=changed)
    def quantity(self) -> int:
        return self._view.quantity

    @Property(bool, notify=changed)
    def canAdd(self) -> bool:
        return self._view.ready

    @Property(bool, notify=changed)
    def editing(self) -> bool:
        return self._view.editing

    @Property(bool, notify=changed)
    def soldOut(self) -> bool:
        return self._view.sold_out

    @Property(int, notify=changed)
    def tiers(self) -> int:
        return self._view.tiers

    @Property(str, notify=changed)
    def lettering(self) -> str:
        return self._view.lettering

    @Property(QObject, constant=True)
    def styles(self) -> StyleList:
        return self._styles

    @Property(QObject, constant=True)
    def ingredients(self) -> IngredientList:
        return self._ingredients

    @Property(QObject, constant=True)
    def flavours(self) -> OptionList:
        return self._flavours

    @Property(QObject, constant=True)
    def colours(self) -> OptionList:
        return self._colours
