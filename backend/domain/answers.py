"""Answers to customers' questions, from the catalogue alone: a model's own words about prices are never spoken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from backend.domain.cart import apply_changes
from backend.domain.catalogue import Catalogue, Menu, Portion
from backend.domain.order_state import OrderState, bill_of
from backend.domain.proposal import Question, QuestionKind
from backend.domain.recommending import History, Suggestion, suggest
from backend.domain.speech import Line, Speech, speech_for


@dataclass(frozen=True, slots=True)
class Answer:
    """``say`` is whole sentences. ``suggestions`` are what was recommended, best first.

    ``asks``: the sentence ends in a question of its own, so the stage's question is not asked after it.
    ``about`` are codes of menus that the answer names where the question did not, ``listed`` of those
    that it names as a choice, in spoken order.
    """

    say: str
    suggestions: tuple[Suggestion, ...] = ()
    asks: bool = False
    about: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question and what it is asked about."""

    question: Question
    state: OrderState
    catalogue: Catalogue
    speech: Speech

    def menus(self) -> list[Menu]:
        """The menus that the question names, else the one being worked on."""
        named = [menu for code in self.question.menus if (menu := self.catalogue.menu(code))]
        current = self.state.current_menu(self.catalogue)
        return named or ([current] if current else [])


def answer(question: Question, state: OrderState, catalogue: Catalogue, history: History) -> Answer:
    """Answer ``question`` in the conversation's language."""
    speech = speech_for(state.language)
    if question.kind is QuestionKind.RECOMMEND:
        return _recommendation(_within_what_is_open(question, state), catalogue, history, speech)
    if question.kind is QuestionKind.ALLERGENS:
        return _allergens(_Asking(question, state, catalogue, speech))
    if question.kind is QuestionKind.CONTENTS:
        return _contents(_Asking(question, state, catalogue, speech))
    if question.kind is QuestionKind.EVENTS:
        return _events(_Asking(question, state, catalogue, speech))
    if question.kind is QuestionKind.MENUS:
        shown = _shown(question, catalogue)
        say = speech.menus(shown) if shown else speech.LINES[Line.NOTHING_FITS]
        return Answer(say, listed=tuple(menu.code for menu in shown))
    if question.kind is QuestionKind.PRICE and question.wanted:
        return _price_of_all(_Asking(question, state, catalogue, speech))
    if question.extreme:
        return _extreme(question, catalogue, speech)
    return Answer(_ANSWERS[question.kind](_Asking(question, state, catalogue, speech)))


def _within_what_is_open(question: Question, state: OrderState) -> Question:
    """``the yummiest one`` of the cakes that the kiosk has just named."""
    pending = state.pending
    if pending is None or question.menus or question.category:
        return question
    return replace(question, category=pending.category, menus=pending.options)


def _extreme(question: Question, catalogue: Catalogue, speech: Speech) -> Answer:
    """The cheapest menu, or the dearest, of a category or of all."""
    served = [
        menu
        for menu in catalogue.menus
        if menu.code not in catalogue.sold_out
        and question.category in (None, menu.category)
        and (not question.menus or menu.code in question.menus)
    ]
    if question.ingredients:
        served = [menu for menu in served if _has_any(menu, (), question.ingredients)]
    if not served:
        return Answer(speech.LINES[Line.NOTHING_FITS])
    sign = 1 if question.extreme == "cheapest" else -1
    menu = min(served, key=lambda each: (sign * each.price, each.index))
    return Answer(speech.extreme(menu, cheapest=sign > 0), about=(menu.code,))


def _recommendation(question: Question, catalogue: Catalogue, history: History, speech: Speech) -> Answer:
    found = suggest(question, catalogue, history)
    if not found:
        return Answer(speech.LINES[Line.NOTHING_FITS])
    best, others = found[0], found[1:]
    reason = speech.reason(best.reason)
    return Answer(speech.recommend(best.menu, reason, [other.menu for other in others]), found, asks=True)


def _portion_of(code: str, menus: list[Menu], catalogue: Catalogue) -> Portion | None:
    for menu in (*menus, *catalogue.menus):
        portion = menu.portion(code)
        if portion:
            return portion
    return None


def _price(asking: _Asking) -> str:
    menus = asking.menus()
    portions = [p for code in asking.question.ingredients if (p := _portion_of(code, menus, asking.catalogue))]
    styles = [style for code in asking.question.styles if (style := asking.catalogue.style(code))]
    if portions and not asking.question.menus:
        return " ".join(
            asking.speech.portion_price(p.ingredient.name.in_language(asking.state.language), p.price) for p in portions
        )
    if styles and not asking.question.menus:
        return " ".join(asking.speech.style_price(style) for style in styles)
    if menus and portions:
        name = portions[0].ingredient.name.in_language(asking.state.language)
        return f"{asking.speech.price(menus[0], ())} {asking.speech.portion_price(name, portions[0].price)}"
    if menus:
        return " ".join(asking.speech.price(menu, asking.catalogue.styles_of(menu)) for menu in menus[:3])
    if asking.question.category:
        chosen = [menu for menu in asking.catalogue.menus if menu.category == asking.question.category]
        return " ".join(asking.speech.price(menu, ()) for menu in chosen)
    return asking.speech.price_from(_cheapest(asking.catalogue, "dinner"), _cheapest(asking.catalogue, "cake"))


def _price_of_all(asking: _Asking) -> Answer:
    """``how much would three French grand be``: what it would come to, without ordering it."""
    would_be = apply_changes(OrderState(language=asking.state.language), asking.question.wanted, asking.catalogue)
    if not would_be.state.lines:
        return Answer(_price(asking))
    sums = bill_of(would_be.state, asking.catalogue)
    items = asking.speech.state_items(would_be.state.items, asking.catalogue)
    total = asking.speech.total(sums.total, sums.discount, sums.payable)
    now = _as_they_are(asking)
    if now is None:
        return Answer(f"{items} {total}")
    supposed = " ".join(f"{asking.speech.item(item, asking.catalogue)}." for item in would_be.state.items)
    return Answer(f"{supposed} {total} {asking.speech.more_or_less(sums.payable - now)}")


def _as_they_are(asking: _Asking) -> int | None:
    """Won for the lines of the order that are supposed to be otherwise; None where they cannot be compared."""
    lines = []
    for wanted in asking.question.wanted:
        same = [line for line in asking.state.lines if line.item.menu_code == wanted.menu]
        if (
            len(same) != 1
            or same[0].item.quantity != wanted.quantity
            or (same[0].item.style is None) != (not wanted.style)
        ):
            return None
        lines.append(same[0])
    return bill_of(replace(asking.state, lines=tuple(lines)), asking.catalogue).payable


def _cheapest(catalogue: Catalogue, category: str) -> int:
    return min((menu.price for menu in catalogue.menus if menu.category == category), default=0)


def _contents(asking: _Asking) -> Answer:
    menus = asking.menus()
    names = {i.code: i.name.in_language(asking.state.language) for i in asking.catalogue.ingredients}
    named = [menu for code in asking.question.menus if (menu := asking.catalogue.menu(code))]
    if asking.question.ingredients and not named and (not menus or asking.question.containing):
        parts = asking.question.ingredients
        served = [menu for menu in asking.catalogue.menus if menu.code not in asking.catalogue.sold_out]
        holders = [menu for menu in served if _has_any(menu, (), parts)]
        codes = tuple(menu.code for menu in holders)
        called = [names.get(code, code) for code in parts]
        return Answer(asking.speech.containing(called, holders), about=codes, listed=codes)
    if not menus:
        shown = _shown(asking.question, asking.catalogue)
        return Answer(asking.speech.menus(shown), listed=tuple(menu.code for menu in shown))
    missing = [
        asking.speech.not_in(menu, names[code])
        for menu in menus[:2]
        for code in asking.question.ingredients
        if code in names and menu.portion(code) is None
    ]
    return Answer(" ".join([*missing, *(asking.speech.contents(menu) for menu in menus[:2])]))


def _allergens(asking: _Asking) -> Answer:
    question, catalogue, speech = asking.question, asking.catalogue, asking.speech
    names = {allergen.code: allergen.name.in_language(asking.state.language) for allergen in catalogue.allergens}
    care = speech.LINES[Line.ALLERGY_CARE]
    menus = [menu for code in question.menus if (menu := catalogue.menu(code))]
    if not menus and not question.allergens and not question.ingredients:
        menus = asking.menus()
    if menus:
        said = [speech.allergens_in(menu, [names[code] for code in menu.allergens()]) for menu in menus[:3]]
        return Answer(" ".join([*said, *_of_extras(asking, menus[0], names), care]))
    served = [
        menu
        for menu in catalogue.menus
        if menu.code not in catalogue.sold_out and question.category in (None, menu.category)
    ]
    unsaid = not question.allergens and not question.ingredients
    avoid = question.allergens or (tuple(names) if unsaid else ())
    parts = {i.code: i.name.in_language(asking.state.language) for i in catalogue.ingredients}
    free = [menu for menu in served if not _has_any(menu, avoid, question.ingredients)]
    words = [names[code] for code in avoid if code in names]
    words += [parts[code] for code in question.ingredients if code in parts]
    if (question.containing and not unsaid) or (len(free) == len(served) and not unsaid):
        holding = [menu for menu in served if menu not in free]
        return Answer(f"{speech.containing(words, holding)} {care}", listed=tuple(menu.code for menu in holding))
    codes = tuple(menu.code for menu in free)
    return Answer(f"{speech.free_of(words, free)} {care}", about=codes, listed=codes)


def _has_any(menu: Menu, allergens: Sequence[str], ingredients: Sequence[str]) -> bool:
    """Whether the menu, as it comes, holds an allergen or an ingredient."""
    comes = {portion.ingredient.code for portion in menu.portions if portion.default}
    return bool(set(allergens) & set(menu.allergens()) or set(ingredients) & comes)


def _of_extras(asking: _Asking, menu: Menu, names: Mapping[str, str]) -> list[str]:
    """What an ingredient that does not come with the menu would bring in."""
    found = []
    for code in asking.question.ingredients:
        portion = menu.portion(code)
        if portion is not None and not portion.default and portion.ingredient.allergens:
            name = portion.ingredient.name.in_language(asking.state.language)
            found.append(asking.speech.allergens_of(name, [names[each] for each in portion.ingredient.allergens]))
    return found


def _styles(asking: _Asking) -> str:
    menus = asking.menus()
    styles = asking.catalogue.styles_of(menus[0]) if menus else asking.catalogue.styles
    named = [style for style in styles if style.code in asking.question.styles]
    return asking.speech.styles(named or list(styles))


def _menus(asking: _Asking) -> str:
    return asking.speech.menus(_shown(asking.question, asking.catalogue))


def _shown(question: Question, catalogue: Catalogue) -> list[Menu]:
    """What there is, within what the question asks for."""
    return [
        menu
        for menu in catalogue.menus
        if menu.code not in catalogue.sold_out
        and question.category in (None, menu.category)
        and (question.budget is None or catalogue.least_price(menu) <= question.budget)
        and not {menu.code, menu.category} & set(question.excluded)
    ]


def _total(asking: _Asking) -> str:
    if not asking.state.lines:
        return asking.speech.LINES[Line.EMPTY]
    sums = bill_of(asking.state, asking.catalogue)
    total = asking.speech.total(sums.total, sums.discount, sums.payable)
    return f"{asking.speech.state_items(asking.state.items, asking.catalogue)} {total}"


def _events(asking: _Asking) -> Answer:
    events = asking.catalogue.events
    if not events:
        return Answer(asking.speech.LINES[Line.NO_EVENTS])
    covered = [menu.code for menu in asking.catalogue.menus if any(event.covers(menu.code) for event in events)]
    return Answer(" ".join(asking.speech.event(event) for event in events), about=tuple(covered))


def _waiting(asking: _Asking) -> str:
    return asking.speech.LINES[Line.WAITING_TIME]


def _order_status(asking: _Asking) -> str:
    if asking.state.order_number is None:
        items = asking.speech.state_items(asking.state.items, asking.catalogue) if asking.state.lines else ""
        return f"{asking.speech.LINES[Line.NO_ORDER_YET]} {items}".strip()
    return asking.speech.order_number(asking.state.order_number)


def _cake(asking: _Asking) -> str:
    return asking.speech.LINES[Line.CAKE_CHOICES]


def _not_sold(asking: _Asking) -> str:
    return asking.speech.LINES[Line.NOT_SOLD]


def _elsewhere(asking: _Asking) -> str:
    return asking.speech.LINES[Line.ELSEWHERE]


_ANSWERS: Mapping[QuestionKind, Callable[[_Asking], str]] = {
    QuestionKind.PRICE: _price,
    QuestionKind.STYLES: _styles,
    QuestionKind.MENUS: _menus,
    QuestionKind.TOTAL: _total,
    QuestionKind.WAITING: _waiting,
    QuestionKind.ORDER_STATUS: _order_status,
    QuestionKind.CAKE: _cake,
    QuestionKind.NOT_SOLD: _not_sold,
    QuestionKind.SAME: _menus,
    QuestionKind.ELSEWHERE: _elsewhere,
}
