"""What a customer asks: about prices, contents, allergens, styles, events, waiting, and what to take."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import Question, QuestionKind, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

ASKING = (
    Kind.ASK_PRICE, Kind.ASK_TOTAL, Kind.ASK_CONTENTS, Kind.ASK_ALLERGENS, Kind.ASK_DIFFERENCE, Kind.ASK_MENUS,
    Kind.ASK_EVENTS, Kind.ASK_WAITING, Kind.ASK_STATUS, Kind.RECOMMEND, Kind.CHEAPEST, Kind.DEAREST, Kind.OTHERS,
    Kind.ELSEWHERE, Kind.ASK_SAME, Kind.NOT_SOLD, Kind.CHEAPER,
)  # fmt: skip


_ASKED_ABOUT = (
    Kind.RANK, Kind.THAT, Kind.STYLE_WORD, Kind.STYLE, Kind.MENU_WORD, Kind.FLAVOUR_WORD, Kind.COLOUR_WORD, Kind.MENU,
    Kind.CATEGORY, Kind.INGREDIENT, Kind.LETTERING_WORD,
)  # fmt: skip


_REFUSED = ("괜찮", "됐", "되었", "필요없", "안")


def asks(spans: Sequence[Span], *, ordering: bool = False) -> bool:
    """Whether there is a question among the pieces. ``ordering``: there is an order that they may be about."""
    if _leaves_out(spans, ordering=ordering) or _leaves_to_chance(spans) or _wants_no_others(spans):
        return False
    if any(span.has(*ASKING) for span in spans) or _names_a_budget(spans):
        return True
    what = any(span.has(Kind.WHAT) for span in spans)
    return (what and any(span.has(*_ASKED_ABOUT) for span in spans)) or _asks_allergens(spans, what=what)


def _leaves_out(spans: Sequence[Span], *, ordering: bool) -> bool:
    """``친구가 알레르기래요 견과는 빼 주세요``, ``without eggs, he's allergic``: told as the reason, not asked."""
    others = [kind for kind in ASKING if kind is not Kind.ASK_ALLERGENS]
    ordered = (
        any_of_kinds(spans, Kind.INGREDIENT)
        and any_of_kinds(spans, Kind.REMOVE, Kind.WITHOUT)
        and (any_of_kinds(spans, Kind.ORDER) or (ordering and _tells_an_allergy(spans)))
    )
    return any_of_kinds(spans, Kind.ASK_ALLERGENS) and ordered and not any_of_kinds(spans, Kind.WHAT, *others)


def _tells_an_allergy(spans: Sequence[Span]) -> bool:
    told = [span for span in spans if span.has(Kind.ASK_ALLERGENS)]
    open_question = any_of_kinds(spans, Kind.CATEGORY, Kind.MENU_WORD)
    return not open_question and all(
        span.words.startswith(("allerg", "intoleran", "알레르기", "알러지")) for span in told
    )


def _wants_no_others(spans: Sequence[Span]) -> bool:
    """``다른 건 괜찮아요``, ``다른 거는 됐고요``: nothing else is wanted, and nothing is asked."""
    content = [span for span in spans if not span.has(Kind.FILLER, Kind.TOPIC, Kind.OBJECT, Kind.PARTICLE)]
    others = [n for n, span in enumerate(content) if span.has(Kind.OTHERS) and not span.latin]
    refused = content[others[-1] + 1 : others[-1] + 2] if others else []
    return bool(refused) and refused[0].words.startswith(_REFUSED) and not any_of_kinds(spans, Kind.WHAT, Kind.MENU)


def _leaves_to_chance(spans: Sequence[Span]) -> bool:
    """``아무거나 싼 걸로`` with a style that this names: no recommendation is asked for."""
    asking = [span for span in spans if span.has(*ASKING)]
    loose = bool(asking) and all(span.words.startswith(("아무", "whatever", "anything")) for span in asking)
    return loose and any_of_kinds(spans, Kind.STYLE, Kind.NOTHING_MORE)


def _names_a_budget(spans: Sequence[Span]) -> bool:
    """``둘이서 10만 원 정도로 먹고 싶어요``: money and no menu asks what there is for it."""
    return any_of_kinds(spans, Kind.MONEY) and not any_of_kinds(spans, Kind.MENU, Kind.CHANGE)


def _asks_allergens(spans: Sequence[Span], *, what: bool) -> bool:
    """``계란 안 들어간 디너 있어요?``, ``which cakes contain nuts``: a question, whether or not "allergy" is said."""
    no_part = [span for span in spans if span.has(Kind.ALLERGEN) and not span.has(Kind.INGREDIENT)]
    if no_part and any_of_kinds(spans, Kind.WITHOUT) and not any_of_kinds(spans, Kind.MENU, Kind.ADD):
        return True
    if not any_of_kinds(spans, Kind.ALLERGEN, Kind.INGREDIENT) or any_of_kinds(
        spans, Kind.ORDER, Kind.ADD, Kind.REMOVE
    ):
        return False
    if not any_of_kinds(spans, Kind.ALLERGEN):
        return (
            any_of_kinds(spans, Kind.WITHOUT, Kind.CANNOT_EAT)
            and what
            and any_of_kinds(spans, Kind.CATEGORY, Kind.MENU_WORD, Kind.CANNOT_EAT)
        )
    if any_of_kinds(spans, Kind.CANNOT_EAT):
        return not (any_of_kinds(spans, Kind.MENU) and any_of_kinds(spans, Kind.NUMBER, Kind.STYLE))
    contained = any(span.has(Kind.CONTAINING, Kind.ASK_CONTENTS) for span in spans)
    avoided = any(span.has(Kind.WITHOUT) or _is_free(span) for span in spans)
    if what and any_of_kinds(spans, Kind.MENU, Kind.THAT):
        return True
    open_question = what or any(span.has(Kind.CATEGORY, Kind.MENU_WORD) for span in spans)
    return contained or (avoided and open_question) or any(_is_free(span) for span in spans)


def _is_free(span: Span) -> bool:
    """``gluten free``, ``글루텐 프리``."""
    return span.has(Kind.ALLERGEN) and span.words.endswith(("free", "프리"))


def read_question(spans: Sequence[Span], request: UnderstandingRequest) -> Question | None:
    """The question in the pieces of one sentence, or None."""
    kind = _kind(spans, request)
    if kind is None:
        return None
    excluded = _excluded(spans)
    spans = [span for span in spans if span not in excluded]
    menus = [code for span in spans if span.has(Kind.MENU) for code in span.senses[Kind.MENU]]
    menus = menus or _pointed_at(spans, request)
    if kind is QuestionKind.ALLERGENS:
        menus = menus or _that_item(spans, request)
    if _compares_the_named(spans, request):
        kind, menus = QuestionKind.CONTENTS, list(request.named)
    allergens = [code for span in spans if span.has(Kind.ALLERGEN) for code in span.senses[Kind.ALLERGEN]]
    return Question(
        kind,
        menus=tuple(dict.fromkeys(menus)),
        styles=tuple(span.code(Kind.STYLE) for span in spans if span.has(Kind.STYLE)),
        ingredients=_ingredients(spans, kind),
        excluded=tuple(code for span in excluded for kind in _NAMED if span.has(kind) for code in span.senses[kind])
        + (request.offered if kind is QuestionKind.RECOMMEND and request.asked == "offer" else ()),
        containing=_is_contained(spans),
        extreme="cheapest"
        if any_of_kinds(spans, Kind.CHEAPEST) or _compares(spans)
        else "dearest"
        if any_of_kinds(spans, Kind.DEAREST)
        else None,
        allergens=tuple(dict.fromkeys(allergens)) if kind in (QuestionKind.ALLERGENS, QuestionKind.RECOMMEND) else (),
        category=next((span.code(Kind.CATEGORY) for span in spans if span.has(Kind.CATEGORY)), None),
        people=next((span.value for span in spans if span.has(Kind.PEOPLE)), None),
        budget=next((span.value for span in spans if span.has(Kind.MONEY)), _below(spans, request)),
        occasion=next((span.code(Kind.OCCASION) for span in spans if span.has(Kind.OCCASION)), None),
    )


_NAMED = (Kind.MENU, Kind.CATEGORY)
_HAS = ("has", "have", "hasgot", "havegot")
"""``what has egg in it``."""
_WHAT_WAS_SAID = ("disay", "diorder", "diaskfor")


def _asks_what_was_said(spans: Sequence[Span]) -> bool:
    """``how many valentines did I say``: what is in the order, not what the menu is."""
    return any(span.has(Kind.ASK_TOTAL) and span.words.endswith(_WHAT_WAS_SAID) for span in spans)


def _compares(spans: Sequence[Span]) -> bool:
    """``is the french or the english cheaper``."""
    return any_of_kinds(spans, Kind.CHEAPER) and sum(span.has(Kind.MENU) for span in spans) > 1


def _at_styles(spans: Sequence[Span], request: UnderstandingRequest) -> bool:
    """``which is the nicest`` to the question in which style: not another dish."""
    others = (Kind.MENU, Kind.CATEGORY, Kind.MENU_WORD, Kind.OTHERS, Kind.PEOPLE, Kind.MONEY, Kind.OCCASION)
    return request.asked == "style" and any_of_kinds(spans, Kind.WHAT) and not any_of_kinds(spans, *others)


def _compares_the_named(spans: Sequence[Span], request: UnderstandingRequest) -> bool:
    """``what's the difference?`` after two menus were spoken of, and not styles."""
    bare = not any_of_kinds(spans, Kind.MENU, Kind.STYLE, Kind.STYLE_WORD, Kind.CATEGORY)
    return any_of_kinds(spans, Kind.ASK_DIFFERENCE) and bare and len(request.named) == 2 and request.asked != "style"


def _pointed_at(spans: Sequence[Span], request: UnderstandingRequest) -> list[str]:
    """``그거 얼마예요?``, ``두 번째 거는 뭐였죠?``: one of the menus that the kiosk named last."""
    if request.asked not in ("offer", "which") or not request.offered:
        return []
    last = len(request.offered) - 1
    for span in spans:
        if span.has(Kind.RANK):
            return [request.offered[min(span.value - 1, last) if span.value > 0 else last]]
    pointed = any_of_kinds(spans, Kind.THAT) and (request.asked == "offer" or last == 0)
    return [request.offered[0]] if pointed else []


def _below(spans: Sequence[Span], request: UnderstandingRequest) -> int | None:
    """``더 싼 거 없어요?``: less than what was offered first, in won."""
    menu = request.catalogue.menu(request.offered[0]) if request.offered else None
    if menu is None and request.current is not None and request.current < len(request.items):
        menu = request.catalogue.menu(request.items[request.current].menu_code)
    return menu.price - 1 if menu is not None and any_of_kinds(spans, Kind.CHEAPER) else None


def _that_item(spans: Sequence[Span], request: UnderstandingRequest) -> list[str]:
    """``does that have dairy?``: the item that is being worked on."""
    if not any_of_kinds(spans, Kind.THAT) or request.current is None or request.current >= len(request.items):
        return []
    return [request.items[request.current].menu_code]


def any_of_kinds(spans: Sequence[Span], *kinds: Kind) -> bool:
    return any(span.has(*kinds) for span in spans)


def _ingredients(spans: Sequence[Span], kind: QuestionKind) -> tuple[str, ...]:
    """The ingredients asked about; one that names an allergen is that in a question about allergens."""
    kept = [span for span in spans if span.has(Kind.INGREDIENT)]
    if kind in (QuestionKind.ALLERGENS, QuestionKind.RECOMMEND):
        kept = [span for span in kept if not span.has(Kind.ALLERGEN)]
    return tuple(dict.fromkeys(span.code(Kind.INGREDIENT) for span in kept))


def _is_contained(spans: Sequence[Span]) -> bool:
    has = any_of_kinds(spans, Kind.WHAT) and any(span.words in _HAS for span in spans)
    if any_of_kinds(spans, Kind.WITHOUT) or not (has or any_of_kinds(spans, Kind.CONTAINING)):
        return False
    return any_of_kinds(spans, Kind.WHAT) or not any_of_kinds(spans, Kind.NO, Kind.ASK_ALLERGENS)


def _excluded(spans: Sequence[Span]) -> list[Span]:
    """``딸기 케이크 말고는 뭐 있어요?``, ``what do you have besides cake``: what is not wanted."""
    out: list[Span] = []
    for at, word in enumerate(spans):
        if not word.has(Kind.INSTEAD):
            continue
        near = spans[at + 1 :] if word.latin else spans[:at][::-1]
        out += [span for span in near if span.has(*_NAMED)][:1]
    return out


def _kind(spans: Sequence[Span], request: UnderstandingRequest) -> QuestionKind | None:
    def any_of(*kinds: Kind) -> bool:
        return any(span.has(*kinds) for span in spans)

    named = any_of(Kind.MENU, Kind.STYLE, Kind.INGREDIENT, Kind.CATEGORY)
    styled = any(span.has(Kind.STYLE) and span.latin for span in spans)
    dish = any_of(Kind.MENU, Kind.INGREDIENT, Kind.CATEGORY)
    what = any_of(Kind.WHAT, Kind.ASK_MENUS)
    that = bool(_pointed_at(spans, request))
    lists = any_of(Kind.ASK_MENUS) and any_of(Kind.CATEGORY)
    order = (
        (any_of(Kind.ASK_SAME) and any_of(Kind.MENU), QuestionKind.SAME),
        (any_of(Kind.ASK_SAME) and any_of(Kind.ALLERGEN) and not any_of(Kind.INGREDIENT), QuestionKind.ALLERGENS),
        (any_of(Kind.ASK_ALLERGENS, Kind.WHAT) and any_of(Kind.MONEY) and not named, QuestionKind.RECOMMEND),
        (any_of(Kind.ELSEWHERE) and not any_of(Kind.ALLERGEN, Kind.INGREDIENT), QuestionKind.ELSEWHERE),
        (any_of(Kind.ASK_ALLERGENS) and not any_of(Kind.RECOMMEND), QuestionKind.ALLERGENS),
        (not any_of(Kind.RECOMMEND) and _asks_allergens(spans, what=what), QuestionKind.ALLERGENS),
        (any_of(Kind.MONEY) and what and not any_of(Kind.MENU, Kind.ASK_PRICE) and not lists, QuestionKind.RECOMMEND),
        (any_of(Kind.ELSEWHERE) and not any_of(Kind.ASK_STATUS), QuestionKind.ELSEWHERE),
        (any_of(Kind.NOT_SOLD), QuestionKind.NOT_SOLD),
        (any_of(Kind.CHEAPEST, Kind.DEAREST), QuestionKind.PRICE),
        (any_of(Kind.ASK_TOTAL) and any_of(Kind.MENU) and not _asks_what_was_said(spans), QuestionKind.PRICE),
        (any_of(Kind.ASK_WAITING), QuestionKind.WAITING),
        (any_of(Kind.ASK_TOTAL) and (not named or _asks_what_was_said(spans)), QuestionKind.TOTAL),
        (_compares(spans), QuestionKind.PRICE),
        (any_of(Kind.ASK_PRICE) and not named and not that and bool(request.items), QuestionKind.TOTAL),
        (any_of(Kind.ASK_PRICE) and not any_of(Kind.ASK_EVENTS), QuestionKind.PRICE),
        (any_of(Kind.ASK_STATUS), QuestionKind.ORDER_STATUS),
        (any_of(Kind.RECOMMEND) and (any_of(Kind.STYLE_WORD) or _at_styles(spans, request)), QuestionKind.STYLES),
        (any_of(Kind.RECOMMEND), QuestionKind.RECOMMEND),
        (any_of(Kind.INSTEAD) and what, QuestionKind.MENUS),
        (any_of(Kind.OTHERS) and request.asked == "offer", QuestionKind.RECOMMEND),
        (any_of(Kind.OTHERS), QuestionKind.MENUS),
        (any_of(Kind.ASK_EVENTS), QuestionKind.EVENTS),
        (any_of(Kind.ASK_CONTENTS) and styled and not dish, QuestionKind.STYLES),
        (any_of(Kind.ASK_CONTENTS), QuestionKind.CONTENTS),
        (any_of(Kind.ASK_DIFFERENCE) and any_of(Kind.MENU) and not any_of(Kind.STYLE), QuestionKind.CONTENTS),
        (any_of(Kind.STYLE_WORD, Kind.STYLE) and (what or any_of(Kind.ASK_DIFFERENCE)), QuestionKind.STYLES),
        (any_of(Kind.ASK_DIFFERENCE), QuestionKind.STYLES),
        (any_of(Kind.FLAVOUR_WORD, Kind.COLOUR_WORD, Kind.LETTERING_WORD) and what, QuestionKind.CAKE),
        ((any_of(Kind.MENU) or that) and what, QuestionKind.CONTENTS),
        (any_of(Kind.INGREDIENT) and what, QuestionKind.CONTENTS),
        (any_of(Kind.ASK_MENUS), QuestionKind.MENUS),
        (any_of(Kind.MENU_WORD, Kind.CATEGORY) and what, QuestionKind.MENUS),
        (_names_a_budget(spans) and bool(request.items) and not any_of(Kind.CATEGORY), QuestionKind.TOTAL),
        (_names_a_budget(spans), QuestionKind.RECOMMEND),
        (any_of(Kind.CHEAPER), QuestionKind.RECOMMEND),
    )
    return next((kind for holds, kind in order if holds), None)
