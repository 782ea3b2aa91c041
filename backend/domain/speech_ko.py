"""What the kiosk says in Korean: 해요체, short, the number and the name first, one question at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from backend.domain import korean
from backend.domain.catalogue import Catalogue, Event, Menu, Style
from backend.domain.order import Cake, Item

LINES: Mapping[str, str] = MappingProxyType(
    {
        "welcome": "어서 오세요! 무엇을 드릴까요?",
        "ask_menu": "어떤 메뉴로 드릴까요?",
        "ask_this_one": "이걸로 드릴까요?",
        "ask_customization": "더 넣거나 빼실 것 있으세요?",
        "ask_cake": "맛과 색, 층수나 글씨를 정해 주세요. 기본으로 하시려면 '그대로'라고 해 주세요.",
        "ask_what_to_add": "무엇을 넣거나 뺄까요?",
        "ask_confirm": "주문할까요?",
        "ask_change": "무엇을 바꿀까요?",
        "ask_yes_or_no": "주문하려면 '네', 바꾸려면 '아니요'라고 해 주세요.",
        "not_understood": "죄송해요, 잘 못 알아들었어요.",
        "try_again": "다시 말씀하시거나 화면을 눌러 주세요.",
        "engine_down": "죄송해요, 지금은 말씀을 알아듣기 어려워요. 다시 말씀하시거나 화면을 눌러 주세요.",
        "cancelled": "주문을 취소했어요. 다시 주문하시려면 메뉴를 말씀해 주세요.",
        "nothing_to_cancel": "아직 담은 메뉴가 없어요. 어떤 메뉴로 드릴까요?",
        "started_over": "처음부터 다시 할게요. 어떤 메뉴로 드릴까요?",
        "staff_called": "직원을 불렀어요. 잠시만 기다려 주세요.",
        "nothing_said": "아직 드린 말씀이 없어요. 무엇을 드릴까요?",
        "waiting": "네, 천천히 말씀해 주세요.",
        "thanks": "감사합니다.",
        "louder": "소리를 더 크게 할게요.",
        "slower": "더 천천히 말할게요.",
        "quieter": "소리를 더 작게 할게요.",
        "faster": "더 빨리 말할게요.",
        "larger": "글씨를 더 크게 할게요.",
        "empty": "아직 담은 메뉴가 없어요.",
        "to_go": "포장으로 준비할게요.",
        "eat_in": "매장에서 드시는 걸로 준비할게요.",
        "no_cake_words": "맛과 색, 층수, 글씨는 주문 제작 케이크에서만 고를 수 있어요.",
        "no_events": "지금은 진행 중인 할인이 없어요.",
        "waiting_time": "주문이 들어가면 예상 시간을 화면에 보여 드려요.",
        "no_order_yet": "아직 넣으신 주문이 없어요.",
        "no_history": "아직 주문하신 기록이 없어요.",
        "allergy_care": "알레르기가 심하시면 직원에게 꼭 말씀해 주세요.",
        "nothing_fits": "말씀하신 조건에 꼭 맞는 메뉴는 없어요.",
        "lettering_too_long": "글씨는 스무 글자까지 넣을 수 있어요.",
        "too_many_items": "한 주문에는 스무 가지까지 담을 수 있어요.",
        "cake_choices": "주문 제작 케이크는 바닐라, 초콜릿, 말차, 딸기 맛이 있고, 3단까지, 글씨는 스무 글자까지 돼요.",
        "elsewhere": "그건 직원이 도와 드릴 수 있어요.",
        "ask_extra": "하나 추가할까요?",
        "ask_so": "그렇게 바꿀까요?",
        "not_sold": "죄송해요, 그건 저희 메뉴에 없어요.",
        "ask_staff": "직원을 불러 드릴까요?",
        "placed_already": "주문은 이미 들어갔어요. 바꾸시려면 직원에게 말씀해 주세요.",
    }
)
_COUNTERS = {"coffee": "잔", "wine": "잔", "champagne": "병", "salad": "접시", "bread": "쪽", "sponge": "겹"}
_FLAVOURS = {"vanilla": "바닐라", "chocolate": "초콜릿", "matcha": "말차", "strawberry": "딸기"}
_COLOURS = {
    "white": "흰색", "pink": "분홍색", "red": "빨간색", "blue": "파란색", "skyblue": "하늘색", "yellow": "노란색",
    "green": "초록색", "purple": "보라색", "black": "검은색", "orange": "주황색", "brown": "갈색", "mint": "민트색",
    "ivory": "아이보리색", "gold": "금색", "silver": "은색", "gray": "회색", "navy": "남색",
}  # fmt: skip
_REASONS = {
    "birthday": "생일에 많이 찾으세요",
    "couple": "두 분이 드시기 좋아요",
    "family": "여럿이 나눠 드시기 좋아요",
    "child": "아이들이 좋아해요",
    "party": "파티에 잘 어울려요",
    "frequent": "자주 드시던 메뉴예요",
    "event": "지금 할인하고 있어요",
    "budget": "예산 안에서 고르실 수 있어요",
    "free_of": "피하시는 재료가 없어요",
    "popular": "많이 찾으시는 메뉴예요",
}


def joined(names: Sequence[str]) -> str:
    return korean.listed(list(names))


def counter_of(ingredient_code: str) -> str:
    return _COUNTERS.get(ingredient_code, "개")


def item(item: Item, catalogue: Catalogue) -> str:
    """``딸기 생크림 케이크 두 개, 그랜드 스타일, 와인 두 잔``."""
    menu = catalogue.menu(item.menu_code)
    name = menu.name.ko if menu else item.menu_code
    parts = [f"{name} {korean.count(item.quantity)}"]
    style = catalogue.style(item.style) if item.style else None
    if style:
        parts.append(f"{style.name.ko} 스타일")
    parts += _customization(item, menu)
    parts += _cake(item.cake) if item.cake else []
    return ", ".join(parts)


def _customization(item: Item, menu: Menu | None) -> list[str]:
    words = []
    for portion in menu.portions if menu else ():
        count = item.customization.get(portion.ingredient.code)
        if count == 0:
            words.append(f"{portion.ingredient.name.ko} 없이")
        elif count == 1 and not portion.default:
            words.append(f"{portion.ingredient.name.ko} 추가")
        elif count is not None:
            words.append(f"{portion.ingredient.name.ko} {korean.count(count, counter_of(portion.ingredient.code))}")
    return words


def _cake(cake: Cake) -> list[str]:
    words = [f"{_FLAVOURS.get(cake.flavour, cake.flavour)} 맛", _COLOURS.get(cake.colour, cake.colour)]
    if cake.tiers > 1:
        words.append(f"{cake.tiers}단")
    if cake.lettering:
        words.append(f"글씨 '{cake.lettering}'")
    return words


def state_item(item_: Item, catalogue: Catalogue) -> str:
    words = item(item_, catalogue)
    return f"{words} 담았어요." if words.endswith("없이") else f"{korean.is_(words)}."


def state_items(items: Sequence[Item], catalogue: Catalogue) -> str:
    if len(items) == 1:
        return state_item(items[0], catalogue)
    return ". ".join(item(each, catalogue) for each in items) + "."


def heard(item_: Item, catalogue: Catalogue) -> str:
    menu = catalogue.menu(item_.menu_code)
    name = menu.name.ko if menu else item_.menu_code
    made = _cake(item_.cake) if item_.cake and item_.cake != Cake() else []
    words = ", ".join([f"{name} {korean.count(item_.quantity)}", *_customization(item_, menu), *made])
    return f"{korean.politely(words)}."


def ask_which(menus: Sequence[Menu]) -> str:
    return f"{joined([menu.name.ko for menu in menus])} 중에 어떤 걸로 드릴까요?"


def ask_only(menu: Menu) -> str:
    return f"{korean.as_(menu.name.ko)} 드릴 수 있어요. 이걸로 드릴까요?"


def ask_which_item(items: Sequence[Item], catalogue: Catalogue) -> str:
    return f"{joined([_named_apart(each, items, catalogue) for each in items])} 중에 어느 거요?"


def ask_unclear(words: Sequence[str]) -> str:
    quoted = ", ".join(f"‘{each}’" for each in words)
    return f"{quoted} 부분은 못 알아들었어요. 그 부분만 다시 말씀해 주시겠어요?"


def _named_apart(item_: Item, items: Sequence[Item], catalogue: Catalogue) -> str:
    """The menu; with its style where there are several of it."""
    menu, style = catalogue.menu(item_.menu_code), catalogue.style(item_.style) if item_.style else None
    name = menu.name.ko if menu else item_.menu_code
    several = sum(each.menu_code == item_.menu_code for each in items) > 1
    return f"{style.name.ko} {name}" if several and style else name


def ask_style(menu: Menu, styles: Sequence[Style], named: bool) -> str:
    names = joined([style.name.ko for style in styles])
    about = f"{korean.topic(menu.name.ko)} " if named else ""
    return f"{about}{names} 중에 어떤 스타일로 할까요?"


def ask_this_style(style: Style) -> str:
    return f"{style.name.ko} 스타일로 할까요?"


def ask_quantity(menu: Menu, maximum: int) -> str:
    return f"{korean.topic(menu.name.ko)} 한 번에 {korean.count(maximum)}까지 돼요. 몇 개로 할까요?"


def total(total: int, discount: int, payable: int) -> str:
    if discount:
        return f"{korean.won(total)}에서 {korean.won(discount)} 할인해서 모두 {korean.won(payable)}이에요."
    return f"모두 {korean.won(payable)}이에요."


def more_or_less(won: int) -> str:
    """The difference that a change would make."""
    if not won:
        return "값은 지금과 같아요."
    return f"지금보다 {korean.won(abs(won))} {'더' if won > 0 else '덜'} 나와요."


def placed(number: int, payable: int) -> str:
    return f"주문이 들어갔어요. 주문 번호는 {number}번이고, {korean.won(payable)}이에요. 감사합니다."


def removed(menu: Menu) -> str:
    return f"{korean.object_(menu.name.ko)} 뺐어요."


def sold_out(menu: Menu) -> str:
    return f"죄송해요, {korean.topic(menu.name.ko)} 지금 품절이에요."


def style_not_offered(menu: Menu, styles: Sequence[Style]) -> str:
    return f"{korean.topic(menu.name.ko)} {joined([style.name.ko for style in styles])} 스타일만 돼요."


def not_in(menu: Menu, ingredient: str) -> str:
    return f"{menu.name.ko}에는 {korean.subject(ingredient)} 없어요."


def at_most(code: str, name: str, maximum: int) -> str:
    return f"{korean.topic(name)} {korean.count(maximum, counter_of(code))}까지 돼요."


def at_most_pieces(menu: Menu, maximum: int) -> str:
    return f"{korean.topic(menu.name.ko)} 한 번에 {korean.count(maximum)}까지 돼요."


def at_most_tiers(maximum: int) -> str:
    return f"케이크는 1단부터 {maximum}단까지 돼요."


def price(menu: Menu, styles: Sequence[Style]) -> str:
    extra = ", ".join(f"{korean.topic(style.name.ko)} {korean.won(style.price)}" for style in styles if style.price)
    more = f" {extra}이 더해져요." if extra else ""
    return f"{korean.topic(menu.name.ko)} {korean.won(menu.price)}이에요.{more}"


def style_price(style: Style) -> str:
    if not style.price:
        return f"{style.name.ko} 스타일은 더해지는 값이 없어요."
    return f"{style.name.ko} 스타일은 하나에 {korean.won(style.price)}이 더해져요."


def portion_price(ingredient: str, price: int) -> str:
    return f"{korean.topic(ingredient)} 하나 추가에 {korean.won(price)}이에요."


def price_from(dinner: int, cake: int) -> str:
    return f"디너는 {korean.won(dinner)}부터, 케이크는 {korean.won(cake)}부터예요."


def contents(menu: Menu) -> str:
    names = [
        portion.ingredient.name.ko
        + (f" {korean.count(portion.default, counter_of(portion.ingredient.code))}" if portion.default > 1 else "")
        for portion in menu.portions
        if portion.default
    ]
    extra = [portion.ingredient.name.ko for portion in menu.portions if not portion.default]
    more = f" {korean.topic(joined(extra))} 추가하실 수 있어요." if extra else ""
    return f"{menu.name.ko}에는 {korean.subject(joined(names))} 들어 있어요.{more}"


def styles(styles: Sequence[Style]) -> str:
    parts = [
        f"{korean.topic(style.name.ko)} {korean.and_is(style.description.ko)} {korean.won(style.price)}이 더해져요."
        if style.price
        else f"{korean.topic(style.name.ko)} {korean.is_(style.description.ko)}."
        for style in styles
    ]
    return " ".join(parts)


def menus(menus: Sequence[Menu]) -> str:
    return f"{korean.subject(joined([menu.name.ko for menu in menus]))} 있어요."


def allergens_in(menu: Menu, names: Sequence[str]) -> str:
    if not names:
        return f"{menu.name.ko}에는 알레르기 표시 재료가 없어요."
    return f"{menu.name.ko}에는 {korean.subject(joined(names))} 들어 있어요."


def allergens_of(ingredient: str, names: Sequence[str]) -> str:
    return f"{ingredient}에는 {korean.subject(joined(names))} 들어 있어요."


def free_of(allergens: Sequence[str], menus: Sequence[Menu]) -> str:
    if not menus:
        return f"{korean.subject(joined(allergens))} 들어가지 않는 메뉴는 없어요."
    return f"{korean.subject(joined(allergens))} 들어가지 않는 메뉴는 {korean.is_(joined([m.name.ko for m in menus]))}."


def containing(allergens: Sequence[str], menus: Sequence[Menu]) -> str:
    if not menus:
        return f"{korean.subject(joined(allergens))} 기본으로 들어가는 메뉴는 없어요."
    return f"{korean.subject(joined(allergens))} 들어가는 메뉴는 {korean.is_(joined([m.name.ko for m in menus]))}."


def extreme(menu: Menu, *, cheapest: bool) -> str:
    most = "저렴한" if cheapest else "비싼"
    return f"가장 {most} 메뉴는 {korean.is_(menu.name.ko)}. {korean.won(menu.price)}이에요."


def one_more(item_: Item, catalogue: Catalogue) -> str:
    menu = catalogue.menu(item_.menu_code)
    name = menu.name.ko if menu else item_.menu_code
    return f"{korean.topic(name)} {korean.count(item_.quantity)} 담겨 있어요. 하나 더 드릴까요?"


def event(event: Event) -> str:
    return f"{event.description.ko}이 있어요."


def order_number(number: int) -> str:
    return f"주문 번호는 {number}번이에요. 진행 상황은 화면에서 보실 수 있어요."


def recommend(menu: Menu, reason: str, others: Sequence[Menu]) -> str:
    more = f" {joined([m.name.ko for m in others])}도 있어요." if others else ""
    return f"{korean.object_(menu.name.ko)} 추천해요. {reason}.{more} {korean.as_(menu.name.ko)} 드릴까요?"


def reason(code: str, **facts: str | int) -> str:
    return _REASONS[code].format(**facts)


def usual(menu: Menu) -> str:
    return f"자주 드시던 {korean.as_(menu.name.ko)} 담았어요."
