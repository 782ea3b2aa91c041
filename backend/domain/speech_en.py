"""What the kiosk says in English: short, the number and the name first, one question at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from backend.domain.catalogue import Catalogue, Event, Menu, Style
from backend.domain.order import Cake, Item

LINES: Mapping[str, str] = MappingProxyType(
    {
        "welcome": "Welcome! What would you like?",
        "ask_menu": "Which dish would you like?",
        "ask_this_one": "Shall I take that one?",
        "ask_customization": "Anything to add or leave out?",
        "ask_cake": "Tell me the flavour, the colour, the tiers or the lettering, or say 'as it is'.",
        "ask_what_to_add": "What shall I add or leave out?",
        "ask_confirm": "Shall I place the order?",
        "ask_change": "What shall I change?",
        "ask_yes_or_no": "Say 'yes' to order, or 'no' to change something.",
        "not_understood": "Sorry, I did not catch that.",
        "try_again": "Please say it again or tap the screen.",
        "engine_down": "Sorry, I cannot follow you just now. Please say it again or tap the screen.",
        "cancelled": "I have cancelled the order. Tell me a dish to start again.",
        "nothing_to_cancel": "There is nothing in your order yet. What would you like?",
        "started_over": "Let us start again. What would you like?",
        "staff_called": "I have called the staff. One moment, please.",
        "nothing_said": "I have not said anything yet. What would you like?",
        "waiting": "Take your time.",
        "thanks": "Thank you.",
        "louder": "I will speak louder.",
        "slower": "I will speak more slowly.",
        "quieter": "I will speak more quietly.",
        "faster": "I will speak faster.",
        "larger": "I will make the letters larger.",
        "empty": "There is nothing in your order yet.",
        "to_go": "I will have it packed to go.",
        "eat_in": "It will be served here.",
        "no_cake_words": "Flavour, colour, tiers and lettering can be chosen for the Custom Cake only.",
        "no_events": "There are no discounts at the moment.",
        "waiting_time": "Once you have ordered, the screen shows when it will be ready.",
        "no_order_yet": "You have not placed an order yet.",
        "no_history": "You have no earlier orders here yet.",
        "allergy_care": "If your allergy is severe, please tell our staff.",
        "nothing_fits": "Nothing on the menu fits all of that.",
        "lettering_too_long": "The lettering can have up to twenty characters.",
        "too_many_items": "One order can hold up to twenty lines.",
        "cake_choices": "Custom Cakes: vanilla, chocolate, matcha or strawberry; up to three tiers, twenty letters.",
        "elsewhere": "Our staff can help you with that.",
        "ask_extra": "Shall I add one?",
        "ask_so": "Shall I change it like that?",
        "not_sold": "Sorry, we do not have that here.",
        "ask_staff": "Shall I call them?",
        "placed_already": "Your order has been placed already. To change it, please ask our staff.",
    }
)
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_UNITS = {
    "coffee": "cup", "wine": "glass", "bread": "slice", "bacon": "portion", "champagne": "bottle", "salad": "plate",
    "chocolate": "portion", "whipped_cream": "portion", "cream_cheese": "portion", "nuts": "portion",
}  # fmt: skip
_PLURAL = {"strawberry": "strawberries", "blueberry": "blueberries", "egg_scramble": "scrambled eggs"}
_REASONS = {
    "birthday": "it is a favourite for birthdays",
    "couple": "it is good for two",
    "family": "it is good to share",
    "child": "children love it",
    "party": "it suits a party",
    "frequent": "you often order it",
    "event": "it is on offer now",
    "budget": "it is within your budget",
    "free_of": "it has none of what you avoid",
    "popular": "it is one of our most popular",
}


def number(count: int) -> str:
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def joined(names: Sequence[str]) -> str:
    return _series(names, "and")


def _series(names: Sequence[str], last: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def _pieces(menu: Menu, count: int) -> str:
    return f"{number(count)} {menu.name.en}{'s' if count != 1 else ''}"


def _portion(code: str, name: str, count: int) -> str:
    """``no coffee``, ``two glasses of wine``, ``three candles``."""
    unit = _UNITS.get(code)
    if unit and count > 1:
        return f"{number(count)} {unit}{'es' if unit.endswith('s') else 's'} of {name}"
    if not unit and count != 1:
        name = _PLURAL.get(code, name + "s")
    return f"{number(count)} {name}"


def item(item: Item, catalogue: Catalogue) -> str:
    """``two Strawberry Cream Cakes, Grand style, three candles``."""
    menu = catalogue.menu(item.menu_code)
    parts = [_pieces(menu, item.quantity) if menu else item.menu_code]
    style = catalogue.style(item.style) if item.style else None
    if style:
        parts.append(f"{style.name.en} style")
    parts += _customization(item, menu)
    parts += _cake(item.cake) if item.cake else []
    return ", ".join(parts)


def _customization(item: Item, menu: Menu | None) -> list[str]:
    words = []
    for portion in menu.portions if menu else ():
        count = item.customization.get(portion.ingredient.code)
        if count == 1 and not portion.default:
            words.append(f"with {portion.ingredient.name.en}")
        elif count is not None:
            words.append(_portion(portion.ingredient.code, portion.ingredient.name.en, count))
    return words


def _cake(cake: Cake) -> list[str]:
    words = [f"{cake.flavour} flavour", cake.colour]
    if cake.tiers > 1:
        words.append(f"{number(cake.tiers)} tiers")
    if cake.lettering:
        words.append(f"lettering '{cake.lettering}'")
    return words


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


def state_item(item_: Item, catalogue: Catalogue) -> str:
    return _sentence(item(item_, catalogue))


def state_items(items: Sequence[Item], catalogue: Catalogue) -> str:
    return " ".join(_sentence(item(each, catalogue)) for each in items)


def heard(item_: Item, catalogue: Catalogue) -> str:
    menu = catalogue.menu(item_.menu_code)
    made = _cake(item_.cake) if item_.cake and item_.cake != Cake() else []
    name = _pieces(menu, item_.quantity) if menu else item_.menu_code
    return _sentence(", ".join([name, *_customization(item_, menu), *made]))


def ask_which(menus: Sequence[Menu]) -> str:
    return f"Which one: {_series([menu.name.en for menu in menus], 'or')}?"


def ask_only(menu: Menu) -> str:
    return f"That would be the {menu.name.en}. Shall I take that one?"


def ask_which_item(items: Sequence[Item], catalogue: Catalogue) -> str:
    return f"Which do you mean: {_series([_named_apart(each, items, catalogue) for each in items], 'or')}?"


def _named_apart(item_: Item, items: Sequence[Item], catalogue: Catalogue) -> str:
    """The menu; with its style where there are several of it."""
    menu, style = catalogue.menu(item_.menu_code), catalogue.style(item_.style) if item_.style else None
    name = menu.name.en if menu else item_.menu_code
    several = sum(each.menu_code == item_.menu_code for each in items) > 1
    return f"the {style.name.en} {name}" if several and style else f"the {name}"


def ask_unclear(words: Sequence[str]) -> str:
    quoted = ", ".join(f"“{each}”" for each in words)
    return f"I did not catch {quoted}. Could you say just that part again?"


def ask_style(menu: Menu, styles: Sequence[Style], named: bool) -> str:
    about = f" for the {menu.name.en}" if named else ""
    return f"Which style{about}: {_series([style.name.en for style in styles], 'or')}?"


def ask_this_style(style: Style) -> str:
    return f"Shall I make it {style.name.en} style?"


def ask_quantity(menu: Menu, maximum: int) -> str:
    return f"You can order up to {number(maximum)} {menu.name.en}s. How many would you like?"


def total(total: int, discount: int, payable: int) -> str:
    if discount:
        return f"That is {total:,} won, less {discount:,}: {payable:,} won in all."
    return f"That is {payable:,} won in all."


def more_or_less(won: int) -> str:
    """The difference that a change would make."""
    if not won:
        return "That costs the same as now."
    return f"That is {abs(won):,} won {'more' if won > 0 else 'less'} than now."


def placed(number: int, payable: int) -> str:
    return f"Your order is placed. Your order number is {number}, and it comes to {payable:,} won. Thank you."


def removed(menu: Menu) -> str:
    return f"I have taken off the {menu.name.en}."


def sold_out(menu: Menu) -> str:
    return f"Sorry, the {menu.name.en} is sold out."


def style_not_offered(menu: Menu, styles: Sequence[Style]) -> str:
    return f"The {menu.name.en} comes in {joined([style.name.en for style in styles])} style only."


def not_in(menu: Menu, ingredient: str) -> str:
    return f"The {menu.name.en} does not come with {ingredient}."


def at_most(code: str, name: str, maximum: int) -> str:
    return f"You can have up to {_portion(code, name, maximum)}."


def at_most_pieces(menu: Menu, maximum: int) -> str:
    return f"You can order up to {number(maximum)} {menu.name.en}s."


def at_most_tiers(maximum: int) -> str:
    return f"A cake can have one to {number(maximum)} tiers."


def price(menu: Menu, styles: Sequence[Style]) -> str:
    extra = joined([f"{style.name.en} style adds {style.price:,}" for style in styles if style.price])
    return f"The {menu.name.en} is {menu.price:,} won." + (f" {extra}." if extra else "")


def style_price(style: Style) -> str:
    if not style.price:
        return f"{style.name.en} style costs nothing extra."
    return f"{style.name.en} style adds {style.price:,} won to each."


def portion_price(ingredient: str, price: int) -> str:
    return f"One more {ingredient} is {price:,} won."


def price_from(dinner: int, cake: int) -> str:
    return f"Dinners start at {dinner:,} won and cakes at {cake:,} won."


def contents(menu: Menu) -> str:
    names = [
        _portion(p.ingredient.code, p.ingredient.name.en, p.default) if p.default > 1 else p.ingredient.name.en
        for p in menu.portions
        if p.default
    ]
    extra = [p.ingredient.name.en for p in menu.portions if not p.default]
    more = f" You can add {_series(extra, 'or')}." if extra else ""
    return f"The {menu.name.en} comes with {joined(names)}.{more}"


def styles(styles: Sequence[Style]) -> str:
    parts = [
        f"{style.name.en}: {style.description.en[:1].lower()}{style.description.en[1:]}"
        + (f", {style.price:,} won more" if style.price else "")
        for style in styles
    ]
    return ". ".join(parts) + "."


def menus(menus: Sequence[Menu]) -> str:
    return f"We have {joined([menu.name.en for menu in menus])}."


def allergens_in(menu: Menu, names: Sequence[str]) -> str:
    if not names:
        return f"The {menu.name.en} has no declared allergens."
    return f"The {menu.name.en} contains {joined(names)}."


def allergens_of(ingredient: str, names: Sequence[str]) -> str:
    return f"{ingredient[:1].upper()}{ingredient[1:]} contains {joined(names)}."


def free_of(allergens: Sequence[str], menus: Sequence[Menu]) -> str:
    if not menus:
        return f"There is no dish without {_series(allergens, 'or')}."
    return f"Without {_series(allergens, 'or')} there is: {joined([menu.name.en for menu in menus])}."


def containing(allergens: Sequence[str], menus: Sequence[Menu]) -> str:
    if not menus:
        return f"Nothing comes with {_series(allergens, 'or')} unless it is added."
    return f"With {_series(allergens, 'or')} there is: {joined([m.name.en for m in menus])}."


def extreme(menu: Menu, *, cheapest: bool) -> str:
    most = "least" if cheapest else "most"
    return f"The {most} expensive is the {menu.name.en}, {menu.price:,} won."


def one_more(item_: Item, catalogue: Catalogue) -> str:
    menu = catalogue.menu(item_.menu_code)
    pieces = _pieces(menu, item_.quantity) if menu else item_.menu_code
    return f"You have {pieces} already. Shall I add one more?"


def event(event: Event) -> str:
    return f"{event.description.en}."


def order_number(number: int) -> str:
    return f"Your order number is {number}. The screen shows how far it is."


def recommend(menu: Menu, reason: str, others: Sequence[Menu]) -> str:
    more = f" There is also the {_series([other.name.en for other in others], 'or the')}." if others else ""
    return f"I recommend the {menu.name.en}: {reason}.{more} Shall I take the {menu.name.en}?"


def reason(code: str, **facts: str | int) -> str:
    return _REASONS[code].format(**facts)


def usual(menu: Menu) -> str:
    return f"I have added your usual {menu.name.en}."
