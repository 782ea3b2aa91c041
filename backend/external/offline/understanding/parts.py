"""Parts of one item: ``두 개, 하나는 디럭스로 하나는 심플로``, ``five, three simple and the rest deluxe``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.proposal import CakeWish
from backend.external.offline.understanding.drafts import Part
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

LINKS = (Kind.FILLER, Kind.STYLE_WORD, Kind.OF, Kind.PARTICLE, Kind.OBJECT)
_WHICH_PIECES = ("만", "만요", "에만", "에만요", "에는", "에는요", "엔")
_UNITS_OF_PIECES = (
    "",
    "개",
    "세트",
    "셋트",
    "인분",
    "명분",
    "판",
    "명",
    "분",
    "사람",
    "인",
    "ofthem",
    "ofthose",
    "ofthese",
    "of",
    "접시",
    "놈",
)
_GOVERN = (Kind.WITHOUT, Kind.PUT, Kind.NO, Kind.REMOVE, Kind.ADD)
_MADE = (Kind.COLOUR, Kind.FLAVOUR, Kind.TIERS)
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A part, the item it belongs to (None: the one being worked on), and the pieces of the sentence it used up."""

    part: Part
    owner: int | None
    used: tuple[int, ...]


def leads_to_name(spans: Sequence[Span], at: int, *skipped: Kind) -> bool:
    """Whether the piece at ``at`` describes the menu that is named right after it."""
    for span in spans[at + 1 :]:
        if span.has(Kind.MENU, Kind.CATEGORY):
            return True
        if not span.has(*LINKS, *skipped):
            return False
    return False


def some_of_them(spans: Sequence[Span], at: int) -> bool:
    """``하나는``, ``두 개만``, ``one of them``: so many of those that were spoken of."""
    following = spans[at + 1 : at + 2]
    if spans[at].latin:
        of_named = spans[at].unit == "of" and bool(following) and following[0].words == "the"
        without = bool(following) and (following[0].has(Kind.WITHOUT) or following[0].words in ("with", "having"))
        them = bool(following) and spans[at].words.endswith("of") and following[0].words in ("them", "those", "these")
        return spans[at].unit in ("ofthem", "ofthose", "ofthese") or of_named or without or them
    return bool(following) and (following[0].has(Kind.TOPIC) or following[0].words in _WHICH_PIECES)


def read_parts(spans: Sequence[Span], anchors: Sequence[int]) -> list[Found]:
    """The parts in a sentence; ``anchors`` are where items are named. Empty where every number counts a whole item."""
    paired = _styles_with_numbers(spans, anchors) or _halves(spans, anchors) or _one_in_each(spans, anchors)
    if paired:
        return paired
    starts = [found for at in range(len(spans)) if (found := _start(spans, at, anchors)) is not None]
    out: list[Found] = []
    for owner in dict.fromkeys(found.owner for found in starts):
        own = [found for found in starts if found.owner == owner]
        rest = _rest(spans, own[-1].part.at, anchors)
        whole = _whole(spans, own[0].part.at, owner)
        if len(own) > 1 and whole is None and rest is None and _begins_with_whole(spans, own):
            own, whole = own[1:], own[0].part.count
        if len(own) == 1 and owner is None and rest is None and _follows_whole(spans, own[0].part):
            out += own
            continue
        if len(own) == 1 and rest is None and not _has_style_before(spans, own[0].part):
            if owner is None or whole is None or not _is_part_of(own[0], whole):
                continue
        elif any(not _is_told(spans, found.part, anchors) for found in own):
            continue
        out += own
        if rest is not None:
            out.append(Found(rest[0], owner, rest[1]))
    return out


def _styles_with_numbers(spans: Sequence[Span], anchors: Sequence[int]) -> list[Found]:
    """``심플 둘 그랜드 둘``: each number stands right after its style."""
    after = [n for n in range(anchors[-1] + 1 if anchors else 0, len(spans)) if not spans[n].has(*LINKS, Kind.TO)]
    remainder = next((n for n in after if spans[n].has(Kind.REST)), len(spans))
    after = [n for n in after if n < remainder]
    while after and not spans[after[-1]].has(Kind.NUMBER):
        after.pop()
    pairs = list(zip(after[-2::-2], after[-1::-2], strict=False))
    found: list[Found] = []
    for style, number in pairs:
        if not (spans[style].has(Kind.STYLE) and spans[number].has(Kind.NUMBER)):
            break
        part = Part(style, spans[number].value, spans[style].code(Kind.STYLE))
        found.append(Found(part, _owner(anchors, style), (style, number)))
    rest = _rest(spans, found[0].part.at, anchors) if len(found) == 1 and not spans[after[-1]].latin else None
    if rest is not None:
        return [*found, Found(rest[0], found[0].owner, rest[1])]
    return found[::-1] if len(found) > 1 and len(anchors) < 2 else []


def _one_in_each(spans: Sequence[Span], anchors: Sequence[int]) -> list[Found]:
    """``심플하고 그랜드 하나씩``: styles that are linked, and so many in each."""
    styles = [n for n, span in enumerate(spans) if span.has(Kind.STYLE) and not span.latin]
    if len(styles) < 2 or len({spans[n].code(Kind.STYLE) for n in styles}) < len(styles):
        return []
    between = [span for n, span in enumerate(spans[styles[0] : styles[-1]], styles[0]) if n not in styles]
    after = [span for span in spans[styles[-1] + 1 :] if not span.has(*LINKS, Kind.TO)][:2]
    number = after[0].value if after and after[0].has(Kind.NUMBER) else 1
    each = any(span.has(Kind.EACH) for span in after[:2])
    if not each or not between or not all(span.has(Kind.AND) for span in between) or len(anchors) > 1:
        return []
    counted = next((n for n in range(styles[-1], len(spans)) if spans[n].has(Kind.NUMBER)), styles[-1])
    return [Found(Part(n, number, spans[n].code(Kind.STYLE)), _owner(anchors, n), (n, counted)) for n in styles]


def _halves(spans: Sequence[Span], anchors: Sequence[int]) -> list[Found]:
    """``네 개 반은 심플 반은 디럭스로``, ``six, half simple half grand``."""
    total = next((span.value for span in spans if span.has(Kind.NUMBER)), 0)
    halves = [n for n, span in enumerate(spans[:-1]) if span.has(Kind.HALF)]
    if len(halves) != 2 or not total or total % 2:
        return []
    out: list[Found] = []
    for at in halves:
        style = next((n for n in range(at + 1, min(at + _NEAR, len(spans))) if spans[n].has(Kind.STYLE)), None)
        if style is None:
            return []
        part = Part(at, total // 2, spans[style].code(Kind.STYLE))
        out.append(Found(part, _owner(anchors, at), (at, style)))
    return out


def _owner(anchors: Sequence[int], at: int) -> int | None:
    before = [anchor for anchor in anchors if anchor < at]
    return before[-1] if before else None


def _start(spans: Sequence[Span], at: int, anchors: Sequence[int]) -> Found | None:
    """A number of pieces with a style of its own, or one that is set apart from the others."""
    span = spans[at]
    if not span.has(Kind.NUMBER) or span.weak or span.unit not in _UNITS_OF_PIECES:
        return None
    if leads_to_name(spans, at, Kind.STYLE) or counts_ingredient(spans, at):
        return None
    following = [n for n in range(at + 1, min(at + _NEAR, len(spans))) if not spans[n].has(*LINKS, Kind.TOPIC)][:1]
    if following and spans[following[0]].has(Kind.STYLE):
        style = spans[following[0]].code(Kind.STYLE)
        extra = at > 0 and spans[at - 1].has(Kind.AND)
        return Found(Part(at, span.value, style, extra), _owner(anchors, at), (at, following[0]))
    wish, used = wish_for(spans, following, anchors)
    if wish is not None and (some_of_them(spans, at) or _follows_another(spans, at)):
        return Found(Part(at, span.value, cake=wish), _owner(anchors, at), (at, *used))
    apart = some_of_them(spans, at) or (
        span.latin and bool(following) and spans[following[0]].has(*_GOVERN) and not spans[following[0]].has(Kind.TO)
    )
    if not apart or not _has_content(spans, at, anchors):
        return None
    return Found(Part(at, span.value), _owner(anchors, at), (at,))


def _is_told(spans: Sequence[Span], part: Part, anchors: Sequence[int]) -> bool:
    """Whether it is said in what these pieces are different."""
    return part.style is not None or part.cake is not None or _has_content(spans, part.at, anchors)


def _follows_another(spans: Sequence[Span], at: int) -> bool:
    """``두 개 하나 분홍 하나 초록``, ``two, one pink and one green``: not the first number."""
    return any(span.has(Kind.NUMBER) and not span.weak for span in spans[:at])


def wish_for(
    spans: Sequence[Span], following: Sequence[int], anchors: Sequence[int]
) -> tuple[CakeWish | None, tuple[int, ...]]:
    """``하나는 분홍 말차 맛 2단으로``: how these pieces of a custom cake are made, and the pieces that say so."""
    first = following[0] if following else len(spans)
    if first >= len(spans) or not spans[first].has(*_MADE):
        return None, ()
    wish, used = CakeWish(), []
    for n in range(first, len(spans)):
        span = spans[n]
        if n in anchors or span.has(Kind.NUMBER, Kind.REST, Kind.STYLE, Kind.INGREDIENT):
            break
        if span.has(*_MADE):
            used.append(n)
            wish = CakeWish(
                span.code(Kind.FLAVOUR) if span.has(Kind.FLAVOUR) else wish.flavour,
                span.code(Kind.COLOUR) if span.has(Kind.COLOUR) else wish.colour,
                span.value if span.has(Kind.TIERS) else wish.tiers,
            )
    return wish, tuple(used)


def counts_ingredient(spans: Sequence[Span], at: int) -> bool:
    """Whether the number at ``at`` counts an ingredient: right after its name in Korean, right before it in English."""
    if spans[at].latin:
        near = next((s for s in spans[at + 1 : at + 4] if not s.has(Kind.FILLER, Kind.OF, Kind.ADD)), None)
    else:
        soft = (Kind.FILLER, Kind.PARTICLE, Kind.OBJECT, Kind.TOPIC, Kind.ALSO, Kind.ADD)
        near = next((s for s in reversed(spans[max(0, at - 3) : at]) if not s.has(*soft)), None)
    return near is not None and near.has(Kind.INGREDIENT)


def _has_content(spans: Sequence[Span], at: int, anchors: Sequence[int]) -> bool:
    """Whether an ingredient is spoken of before the next number or name."""
    for n in range(at + 1, len(spans)):
        if spans[n].has(Kind.INGREDIENT):
            return True
        counts_pieces = spans[n].has(Kind.NUMBER) and not spans[n].weak and not counts_ingredient(spans, n)
        if n in anchors or counts_pieces:
            return False
    return False


def _whole(spans: Sequence[Span], first: int, owner: int | None) -> int | None:
    """How many there are of the item altogether, where that was said."""
    if owner is None:
        return None
    counted = (
        n
        for n in range(first - 1, -1, -1)
        if spans[n].has(Kind.NUMBER) and not counts_ingredient(spans, n) and (n > owner or _describes(spans, n, owner))
    )
    found = next(counted, None)
    return spans[found].value if found is not None else None


def _describes(spans: Sequence[Span], at: int, owner: int) -> bool:
    between = spans[at:owner]
    return at < owner and leads_to_name(spans, at, Kind.STYLE) and not any(span.has(Kind.MENU) for span in between)


def _begins_with_whole(spans: Sequence[Span], own: Sequence[Found]) -> bool:
    """``네 개 심플인데 두 개는 스테이크 추가``: the first number is that of all."""
    first, *others = own
    apart = all(some_of_them(spans, found.part.at) for found in others) and not some_of_them(spans, first.part.at)
    return apart and (first.part.count or 0) >= sum(found.part.count or 0 for found in others)


def _follows_whole(spans: Sequence[Span], part: Part) -> bool:
    """``two, and one without wine``: of those that are there now."""
    before = [n for n in range(part.at) if spans[n].has(Kind.NUMBER) and not spans[n].weak]
    if len(before) != 1 or not spans[part.at].latin or spans[before[0]].unit or counts_ingredient(spans, before[0]):
        return False
    between = spans[before[0] + 1 : part.at]
    return spans[before[0]].value > (part.count or 0) and all(span.has(Kind.AND, Kind.FILLER) for span in between)


def _has_style_before(spans: Sequence[Span], part: Part) -> bool:
    """``grand, but two of them simple``: all in one style, and some in another."""
    before = [span for span in spans[: part.at] if not span.has(Kind.FILLER, Kind.ORDER, Kind.THANKS)]
    styled = bool(before) and before[0].has(Kind.STYLE) and not any(span.has(Kind.MENU) for span in before)
    return styled and part.style is not None and some_of_them(spans, part.at)


def _is_part_of(found: Found, whole: int) -> bool:
    """One number after that of all: some of them, or ``two simple and one deluxe``: on top of them."""
    part = found.part
    if part.extra and part.style is not None:
        return True
    part.extra = False
    return (part.count or 0) < whole


def _rest(spans: Sequence[Span], last: int, anchors: Sequence[int]) -> tuple[Part, tuple[int, ...]] | None:
    """``나머지는 심플로``, ``the rest deluxe``."""
    at = next((n for n in range(last + 1, len(spans)) if spans[n].has(Kind.REST)), None)
    if at is None or any(last < anchor < at for anchor in anchors):
        return None
    following = [n for n in range(at + 1, min(at + _NEAR, len(spans))) if not spans[n].has(*LINKS, Kind.TOPIC)][:1]
    wish, used = wish_for(spans, following, anchors)
    if wish is not None:
        return Part(at, None, cake=wish), (at, *used)
    style = next((n for n in range(at + 1, min(at + _NEAR, len(spans))) if spans[n].has(Kind.STYLE)), None)
    if style is not None:
        return Part(at, None, spans[style].code(Kind.STYLE)), (at, style)
    return (Part(at, None), (at,)) if _has_content(spans, at, anchors) else None
