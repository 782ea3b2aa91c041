"""How one piece is made: its style, its ingredients and its cake, within what the menu and the shop allow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backend.domain.catalogue import Catalogue, Menu
from backend.domain.order import FLAVOURS, MAX_LETTERING_CHARS, MAX_TIERS, Cake, Item
from backend.domain.portion_changes import count_after
from backend.domain.proposal import CakeWish, PortionChange
from backend.domain.speech import Line as Words
from backend.domain.speech import speech_for


@dataclass(frozen=True, slots=True)
class Making:
    """``notices`` is the turn's own list: what cannot be done is added to it, in ``language``, and not done."""

    catalogue: Catalogue
    language: str
    notices: list[str]

    def styled(self, item: Item, menu: Menu, style: str | None) -> Item:
        if style is None:
            return item
        if style in menu.styles:
            return replace(item, style=style)
        speech = speech_for(self.language)
        self.notices.append(speech.style_not_offered(menu, self.catalogue.styles_of(menu)))
        return item

    def made_up(
        self, item: Item, menu: Menu, portions: tuple[PortionChange, ...], cake: CakeWish | None
    ) -> tuple[Item, bool]:
        """The item with its ingredients and cake; and whether that was said and all of it could be done."""
        said = len(self.notices)
        item = self._decorated(self._portioned(item, menu, portions), menu, cake)
        return item, bool(portions or cake) and len(self.notices) == said

    def _portioned(self, item: Item, menu: Menu, changes: tuple[PortionChange, ...]) -> Item:
        speech = speech_for(self.language)
        counts = dict(item.customization)
        for change in changes:
            name = self._ingredient_name(change.ingredient)
            portion = menu.portion(change.ingredient)
            if portion is None:
                self.notices.append(speech.not_in(menu, name))
                continue
            count = count_after(counts.get(change.ingredient, portion.default), change, portion)
            if count > portion.ingredient.maximum:
                self.notices.append(speech.at_most(change.ingredient, name, portion.ingredient.maximum))
                continue
            counts[change.ingredient] = count
        return replace(item, customization=counts)

    def _ingredient_name(self, code: str) -> str:
        name = next((i.name for i in self.catalogue.ingredients if i.code == code), None)
        return name.in_language(self.language) if name else code

    def _decorated(self, item: Item, menu: Menu, wish: CakeWish | None) -> Item:
        if wish is None:
            return item
        speech = speech_for(self.language)
        if not menu.takes_cake:
            self.notices.append(speech.LINES[Words.NO_CAKE_WORDS])
            return item
        cake = item.cake or Cake()
        if wish.flavour in FLAVOURS:
            cake = replace(cake, flavour=wish.flavour)
        if wish.colour:
            cake = replace(cake, colour=wish.colour)
        if wish.tiers is not None:
            if 1 <= wish.tiers <= MAX_TIERS:
                cake = replace(cake, tiers=wish.tiers)
            else:
                self.notices.append(speech.at_most_tiers(MAX_TIERS))
        if wish.lettering is not None:
            if len(wish.lettering) <= MAX_LETTERING_CHARS:
                cake = replace(cake, lettering=wish.lettering)
            else:
                self.notices.append(speech.LINES[Words.LETTERING_TOO_LONG])
        return replace(item, cake=cake)
