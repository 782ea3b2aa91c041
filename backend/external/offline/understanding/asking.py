"""What a customer asks: about prices, contents, allergens, styles, events, waiting, and what to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import Question, QuestionKind, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_ASKING = (
    Kind.ASK_PRICE, Kind.ASK_TOTAL, Kind.ASK_CONTENTS, Kind.ASK_ALLERGENS, Kind.ASK_DIFFERENCE, Kind.ASK_MENUS,
    Kind.ASK_EVENTS, Kind.ASK_WAITING, Kind.ASK_STATUS, Kind.RECOMMEND, Kind.CHEAPEST, Kind.DEAREST, Kind.OTHERS,
    Kind.ELSEWHERE, Kind.ASK_SAME, Kind.NOT_SOLD, Kind.CHEAPER,
)  # fmt: skip


_ASKED_ABOUT = (
    Kind.RANK, Kind.THAT, Kind.STYLE_WORD, Kind.STYLE, Kind.MENU_WORD, Kind.FLAVOUR_WORD, Kind.COLOUR_WORD, Kind.MENU,
    Kind.CATEGORY, Kind.INGREDIENT, Kind.LETTERING_WORD,
)  # fmt: skip


def asks(spans: Sequence[Span]) -> bool:
    """Whether there is a question among the pieces."""
    if _leaves_out(spans):
        return False
    if any(span.has(*_ASKING) for span in spans) or _names_a_budget(spans):
        return True
    what = any(span.has(Kind.WHAT) for span in spans)
    return (what and any(span.has(*_ASKED_ABOUT) for span in spans)) or _asks_allergens(spans, what=what)


def _leaves_out(spans: Sequence[Span]) -> bool:
    """``친구가 알레르기래요 견과는 빼 주세요``: told as the reason of what is ordered, not asked."""
    others = [kind for kind in _ASKING if kind is not Kind.ASK_ALLERGENS]
    ordered = _any(spans, Kind.INGREDIENT) and _any(spans, Kind.REMOVE, Kind.WITHOUT) and _any(spans, Kind.ORDER)
    return _any(spans, Kind.ASK_ALLERGENS) and ordered and not _any(spans, Kind.WHAT, *others)


def _names_a_budget(spans: Sequence[Span]) -> bool:
    """``둘이서 10만 원 정도로 먹고 싶어요``: money and no menu asks what there is for it."""
    return (
        _any(spans, Kind.MONEY)
        and _any(spans, Kind.PEOPLE, Kind.ORDER, Kind.OCCASION)
        and not _any(spans, *_NAMED, Kind.CHANGE)
    )


def _asks_allergens(spans: Sequence[Span], *, what: bool) -> bool:
    """``계란 안 들어간 디너 있어요?``, ``which cakes contain nuts``: a question, whether or not "allergy" is said."""
    no_part = [span for span in spans if span.has(Kind.ALLERGEN) and not span.has(Kind.INGREDIENT)]
    if no_part and _any(spans, Kind.WITHOUT) and not _any(spans, Kind.MENU, Kind.ADD):
        return True
    if not _any(spans, Kind.ALLERGEN, Kind.INGREDIENT) or _any(spans, Kind.ORDER, Kind.ADD, Kind.REMOVE):
        return False
    if not _any(spans, Kind.ALLERGEN):
        return (
            _any(spans, Kind.WITHOUT, Kind.CANNOT_EAT)
            and what
            and _any(spans, Kind.CATEGORY, Kind.MENU_WORD, Kind.CANNOT_EAT)
        )
    if _any(spans, Kind.CANNOT_EAT):
        return not (_any(spans, Kind.MENU) and _any(spans, Kind.NUMBER, Kind.STYLE))
    contained = any(span.has(Kind.CONTAINING, Kind.ASK_CONTENTS) for span in spans)
    avoided = any(span.has(Kind.WITHOUT) or _is_free(span) for span in spans)
    if what and _any(spans, Kind.MENU, Kind.THAT):
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
    allergens = [code for span in spans if span.has(Kind.ALLERGEN) for code in span.senses[Kind.ALLERGEN]]
    return Question(
        kind,
        menus=tuple(dict.fromkeys(menus)),
        styles=tuple(span.code(Kind.STYLE) for span in spans if span.has(Kind.STYLE)),
        ingredients=_ingredients(spans, kind),
        excluded=tuple(code for span in excluded for kind in _NAMED if span.has(kind) for code in span.senses[kind])
        + (request.offered if kind is QuestionKind.RECOMMEND and request.asked == "offer" else ()),
        containing=_is_contained(spans),
        extreme="cheapest" if _any(spans, Kind.CHEAPEST) else "dearest" if _any(spans, Kind.DEAREST) else None,
        allergens=tuple(dict.fromkeys(allergens)) if kind in (QuestionKind.ALLERGENS, QuestionKind.RECOMMEND) else (),
        category=next((span.code(Kind.CATEGORY) for span in spans if span.has(Kind.CATEGORY)), None),
        people=next((span.value for span in spans if span.has(Kind.PEOPLE)), None),
        budget=next((span.value for span in spans if span.has(Kind.MONEY)), _below(spans, request)),
        occasion=next((span.code(Kind.OCCASION) for span in spans if span.has(Kind.OCCASION)), None),
    )


_NAMED = (Kind.MENU, Kind.CATEGORY)


def _pointed_at(spans: Sequence[Span], request: UnderstandingRequest) -> list[str]:
    """``그거 얼마예요?``, ``두 번째 거는 뭐였죠?``: one of the menus that the kiosk named last."""
    if request.asked not in ("offer", "which") or not request.offered:
        return []
    last = len(request.offered) - 1
    for span in spans:
        if span.has(Kind.RANK):
            return [request.offered[min(span.value - 1, last) if span.value > 0 else last]]
    pointed = _any(spans, Kind.THAT) and (request.asked == "offer" or last == 0)
    return [request.offered[0]] if pointed else []


def _below(spans: Sequence[Span], request: UnderstandingRequest) -> int | None:
    """``더 싼 거 없어요?``: less than what was offered first, in won."""
    menu = request.catalogue.menu(request.offered[0]) if request.offered else None
    if menu is None and request.current is not None and request.current < len(request.items):
        menu = request.catalogue.menu(request.items[request.current].menu_code)
    return menu.price - 1 if menu is not None and _any(spans, Kind.CHEAPER) else None


def _that_item(spans: Sequence[Span], request: UnderstandingRequest) -> list[str]:
    """``does that have dairy?``: the item that is being worked on."""
    if not _any(spans, Kind.THAT) or request.current is None or request.current >= len(request.items):
        return []
    return [request.items[request.current].menu_code]


def _any(spans: Sequence[Span], *kinds: Kind) -> bool:
    return any(span.has(*kinds) for span in spans)


def _ingredients(spans: Sequence[Span], kind: QuestionKind) -> tuple[str, ...]:
    """The ingredients asked about; one that names an allergen is that in a question about allergens."""
    kept = [span for span in spans if span.has(Kind.INGREDIENT)]
    if kind in (QuestionKind.ALLERGENS, QuestionKind.RECOMMEND):
        kept = [span for span in kept if not span.has(Kind.ALLERGEN)]
    return tuple(dict.fromkeys(span.code(Kind.INGREDIENT) for span in kept))


def _is_contained(spans: Sequence[Span]) -> bool:
    return _any(spans, Kind.CONTAINING) and not (
        _any(spans, Kind.WITHOUT, Kind.NO, Kind.ASK_ALLERGENS) and not _any(spans, Kind.WHAT)
    )


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
    what = any_of(Kind.WHAT, Kind.ASK_MENUS)
    that = bool(_pointed_at(spans, request))
    order = (
        (any_of(Kind.ASK_SAME) and any_of(Kind.MENU), QuestionKind.SAME),
        (any_of(Kind.ASK_ALLERGENS, Kind.WHAT) and any_of(Kind.MONEY) and not named, QuestionKind.RECOMMEND),
        (any_of(Kind.ASK_ALLERGENS) and not any_of(Kind.RECOMMEND), QuestionKind.ALLERGENS),
        (not any_of(Kind.RECOMMEND) and _asks_allergens(spans, what=what), QuestionKind.ALLERGENS),
        (any_of(Kind.ELSEWHERE), QuestionKind.ELSEWHERE),
        (any_of(Kind.NOT_SOLD), QuestionKind.NOT_SOLD),
        (any_of(Kind.CHEAPEST, Kind.DEAREST), QuestionKind.PRICE),
        (any_of(Kind.ASK_WAITING), QuestionKind.WAITING),
        (any_of(Kind.ASK_TOTAL) and not named, QuestionKind.TOTAL),
        (any_of(Kind.ASK_PRICE) and not named and not that and bool(request.items), QuestionKind.TOTAL),
        (any_of(Kind.ASK_PRICE), QuestionKind.PRICE),
        (any_of(Kind.ASK_STATUS), QuestionKind.ORDER_STATUS),
        (any_of(Kind.RECOMMEND) and any_of(Kind.STYLE_WORD) and not any_of(Kind.MENU), QuestionKind.STYLES),
        (any_of(Kind.RECOMMEND), QuestionKind.RECOMMEND),
        (any_of(Kind.INSTEAD) and what, QuestionKind.MENUS),
        (any_of(Kind.OTHERS) and request.asked == "offer", QuestionKind.RECOMMEND),
        (any_of(Kind.OTHERS), QuestionKind.MENUS),
        (any_of(Kind.ASK_EVENTS), QuestionKind.EVENTS),
        (any_of(Kind.ASK_CONTENTS), QuestionKind.CONTENTS),
        (any_of(Kind.ASK_DIFFERENCE) and any_of(Kind.MENU) and not any_of(Kind.STYLE), QuestionKind.CONTENTS),
        (any_of(Kind.STYLE_WORD, Kind.STYLE) and (what or any_of(Kind.ASK_DIFFERENCE)), QuestionKind.STYLES),
        (any_of(Kind.ASK_DIFFERENCE), QuestionKind.STYLES),
        (any_of(Kind.FLAVOUR_WORD, Kind.COLOUR_WORD, Kind.LETTERING_WORD) and what, QuestionKind.CAKE),
        ((any_of(Kind.MENU) or that) and what, QuestionKind.CONTENTS),
        (any_of(Kind.INGREDIENT) and what, QuestionKind.CONTENTS),
        (any_of(Kind.ASK_MENUS), QuestionKind.MENUS),
        (any_of(Kind.MENU_WORD, Kind.CATEGORY) and what, QuestionKind.MENUS),
        (_names_a_budget(spans), QuestionKind.RECOMMEND),
        (any_of(Kind.CHEAPER), QuestionKind.RECOMMEND),
    )
    return next((kind for holds, kind in order if holds), None)


def split_questions(
    spans: Sequence[Span], stops: frozenset[int], *, asks_by_mark: bool = False
) -> tuple[list[Span], list[Span]]:
    """The pieces of the sentences that ask, and those of the sentences that do not.

    ``asks_by_mark``: a question mark stands at the end, or a verb that asks. Spoken Korean comes without marks: what
    follows the asking verb is a sentence of its own where it orders something.
    """
    asking: list[Span] = []
    rest: list[Span] = []
    for written in _sentences(spans, stops):
        sentence = _with_inversion(_elliptic(written, asks_by_mark=asks_by_mark), stops)
        if not asks(sentence):
            rest += sentence
            continue
        if _any(sentence, Kind.ELSEWHERE, Kind.NOT_SOLD):
            for_staff, order = _apart_from_elsewhere(sentence)
            asking += for_staff
            rest += order
            continue
        cut = _end_of_question(sentence)
        asking += sentence[:cut]
        rest += sentence[cut:]
    return asking, rest


_MORE_THAN_A_NAME = (Kind.ORDER, Kind.NUMBER, Kind.STYLE, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.PLACE)


def _elliptic(spans: list[Span], *, asks_by_mark: bool) -> list[Span]:
    """``and the english?``, ``치즈 케이크는요?``: a menu and a tone of asking."""
    about_cake = _any(spans, Kind.LETTERING_WORD, Kind.FLAVOUR_WORD, Kind.COLOUR_WORD)
    if asks_by_mark and about_cake and not _any(spans, Kind.ORDER, *_ASKING, Kind.WHAT, Kind.MENU, Kind.COLOUR):
        return [*spans, Span(spans[-1].end, spans[-1].end, "", {Kind.WHAT: ()})]
    named = [span for span in spans if span.has(Kind.MENU)]
    if len(named) != 1 or _any(spans, *_MORE_THAN_A_NAME, *_ASKING, Kind.WHAT, Kind.NO, Kind.INSTEAD):
        return spans
    topic = spans[-1].has(Kind.TOPIC) and (asks_by_mark or spans[-1].words.endswith("요"))
    begins = asks_by_mark and spans[0].has(Kind.AND)
    mark = Span(spans[-1].end, spans[-1].end, "", {Kind.ASK_SAME: ()})
    return [*spans, mark] if topic or begins else spans


_INVERTED = frozenset({"is", "are", "does", "did", "was", "were", "has"})
_BEFORE_A_QUESTION = (Kind.NO, Kind.YES, Kind.WAIT, Kind.GREETING, Kind.THANKS, Kind.REPEAT, Kind.AND)


def _with_inversion(spans: list[Span], stops: frozenset[int]) -> list[Span]:
    """``does the chocolate cake have nuts``: English asks by the verb that comes first."""
    expected = max((stop for stop in stops if spans and stop <= spans[0].start), default=0)
    for at, span in enumerate(spans):
        if span.start != expected:
            return spans
        expected = span.end
        if span.words in _INVERTED and span.has(Kind.FILLER):
            return [*spans[:at], replace(span, senses={Kind.WHAT: ()}), *spans[at + 1 :]]
        if not span.has(Kind.FILLER, *_BEFORE_A_QUESTION):
            return spans
    return spans


def _apart_from_elsewhere(spans: list[Span]) -> tuple[list[Span], list[Span]]:
    """``치즈 케이크 하나랑 포크 두 개 주세요``: the cake is ordered, the forks are the staff's."""
    out: set[int] = set()
    for at, span in enumerate(spans):
        if span.has(Kind.ELSEWHERE, Kind.NOT_SOLD):
            counted = range(at - 1, max(-1, at - 3), -1) if span.latin else range(at + 1, min(len(spans), at + 3))
            out.add(at)
            out.update([n for n in counted if spans[n].has(Kind.NUMBER)][:1])
    order = [span for n, span in enumerate(spans) if n not in out]
    bare = not _any(spans, Kind.ELSEWHERE)
    if (
        _any(order, Kind.MENU, Kind.CATEGORY)
        and (bare or _any(order, Kind.ORDER, Kind.NUMBER))
        and not _any(order, Kind.WHAT)
    ):
        return [spans[n] for n in sorted(out)], order
    return spans, []


def _sentences(spans: Sequence[Span], stops: frozenset[int]) -> list[list[Span]]:
    sentences: list[list[Span]] = [[]]
    for span in spans:
        if sentences[-1] and any(sentences[-1][-1].start < stop <= span.start for stop in stops):
            sentences.append([])
        sentences[-1].append(span)
    return sentences


def _end_of_question(spans: Sequence[Span]) -> int:
    last = max((i for i, span in enumerate(spans) if span.has(*_ASKING, Kind.WHAT) and not span.latin), default=None)
    if last is None or any(span.has(*_ASKING) and span.latin for span in spans):
        return len(spans)
    tail = spans[last + 1 :]
    orders = any(span.has(Kind.MENU, Kind.CATEGORY, Kind.NUMBER, Kind.STYLE) for span in tail)
    return last + 1 if orders and any(span.has(Kind.ORDER, Kind.PLACE) for span in tail) else len(spans)
