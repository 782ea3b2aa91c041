"""One item as a sentence speaks of it, before it is known whether it is new or in the order already."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.domain.proposal import CakeWish, PortionChange
from backend.external.offline.understanding.scanner import Span


@dataclass(slots=True)
class Part:
    """Some of an item's pieces that are to be different. ``at``: the piece of the sentence that it begins with.

    ``count`` is None for "the rest". ``extra``: these pieces come on top of the others.
    """

    at: int
    count: int | None
    style: str | None = None
    extra: bool = False
    portions: list[PortionChange] = field(default_factory=list)
    cake: CakeWish | None = None

    def cake_with(self, whole: CakeWish | None) -> CakeWish | None:
        """What is wished for these pieces, and what for all of them."""
        if self.cake is None or whole is None:
            return self.cake or whole
        own = self.cake
        return CakeWish(
            own.flavour or whole.flavour,
            own.colour or whole.colour,
            own.tiers or whole.tiers,
            own.lettering or whole.lettering,
        )


@dataclass(slots=True)
class Draft:
    """One item as the sentence speaks of it. ``anchor``: the piece that names it, if any does.

    ``some``: the number tells how many pieces of the item are meant, and not how many there shall be.
    """

    anchor: Span | None = None
    menus: tuple[str, ...] = ()
    category: str | None = None
    quantity: int | None = None
    style: str | None = None
    article: bool = False
    some: bool = False
    to_quantity: bool = False
    to_menu: bool = False
    more: bool = False
    less: bool = False
    style_names_item: bool = False
    changed: bool = False
    topic: bool = False
    also: bool = False
    ordered: bool = False
    each: bool = False
    flavour: str | None = None
    colour: str | None = None
    tiers: int | None = None
    tiers_by: int | None = None
    lettering: str | None = None
    parts: list[Part] = field(default_factory=list)
    portions: list[PortionChange] = field(default_factory=list)

    @property
    def portions_of_parts(self) -> bool:
        """Whether something besides a style is said that is some pieces' only."""
        return any(part.portions or part.cake for part in self.parts)

    @property
    def cake(self) -> CakeWish | None:
        wish = CakeWish(self.flavour, self.colour, self.tiers, self.lettering)
        return wish if wish != CakeWish() else None
