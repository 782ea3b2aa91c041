"""What is said to the kiosk itself: yes, no, nothing more, cancel, back, repeat; and which of what was offered."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import Control, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_PLAIN = (
    (Kind.CANCEL, Control.CANCEL),
    (Kind.START_OVER, Control.START_OVER),
    (Kind.BACK, Control.BACK),
    (Kind.REPEAT, Control.REPEAT),
    (Kind.UNDO, Control.UNDO),
    (Kind.STAFF, Control.CALL_STAFF),
    (Kind.WAIT, Control.WAIT),
    (Kind.THANKS, Control.THANKS),
    (Kind.USUAL, Control.USUAL),
    (Kind.LOUDER, Control.LOUDER),
    (Kind.SLOWER, Control.SLOWER),
    (Kind.QUIETER, Control.QUIETER),
    (Kind.FASTER, Control.FASTER),
    (Kind.LARGER, Control.LARGER),
)
_NO_DECISION = ("까", "까요", "고", "구", "면", "는데", "나", "나요", "지", "해도")
"""``주문할까요``, ``주문하고 있어``, ``주문하지 마``, ``주문해도 돼?``: no order yet."""
_OPEN_ENDINGS = ("하면", "하고", "하려", "하는", "하기", "하나", "할까", "되나", "되는", "돼")
_CONTENT = (
    Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.INGREDIENT, Kind.TIERS, Kind.FLAVOUR, Kind.COLOUR, Kind.LETTERING,
)  # fmt: skip
_NOT_JUST_GOING_ON = (
    Kind.NUMBER, Kind.RANK, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.CHANGE, Kind.INSTEAD, Kind.CANCEL,
    Kind.WAIT, Kind.SERVICE, Kind.NOTHING_MORE, Kind.REPEAT, Kind.STAFF, Kind.BACK, Kind.START_OVER, Kind.MENU_WORD,
    Kind.USUAL, Kind.WHAT, Kind.MONEY, Kind.PEOPLE, Kind.ALL,
)  # fmt: skip
_BARE_ORDER = ("주문", "주문요", "주문이요", "주문해", "주문해요")
"""``됐고 주문``."""
_SPEAKS_AGAINST_YES = (Kind.CANCEL, Kind.REMOVE, Kind.CHANGE, Kind.INSTEAD, Kind.WAIT, Kind.START_OVER, Kind.BACK)
"""Whoever says one of these with a yes has not said yes to the order as it stands."""
_INSISTING = (
    "안카",
    "안캤",
    "했잖",
    "했다아",
    "그랬잖",
    "말했잖",
    "라니까",
    "이라니까",
    "다니까",
    "라고했",
    "이라고했",
    "라했",
    "이라했",
)
_CLEAR = 0.15
_MAYBE_NOT_MEANT = 0.25
_HALF = 0.5
_SAID_OF_ONE = (Kind.STYLE, Kind.INGREDIENT, Kind.TIERS, Kind.COLOUR, Kind.LETTERING)
"""What may be said about the one that was offered without it being another one."""
_BESIDE_A_STYLE = (Kind.STYLE, Kind.STYLE_WORD, Kind.FILLER, Kind.YES, Kind.TO, Kind.PARTICLE)
"""``simple please`` to "shall I take that one?": yes, in that style."""
_CHOICES = ("which", "offer", "style")


def read_controls(
    spans: Sequence[Span], request: UnderstandingRequest, *, answered: bool, unknown: float
) -> tuple[Control, ...]:
    """The controls in the pieces of the sentences that do not ask.

    ``answered``: another sentence asked something. ``unknown``: how much of what was said is not known, 0 to 1.
    """
    found = _plain(spans, request, unknown)
    if answered and Control.WAIT in found:
        found.remove(Control.WAIT)
    told = any(span.has(Kind.PAST, Kind.PHONE) for span in spans) or wonders(spans)
    if told:
        thinking = wonders(spans) and Control.WAIT not in found
        return (*found, Control.WAIT) if thinking else tuple(found)
    if answered:
        ends = any(span.has(Kind.NOTHING_MORE) for span in spans) and any(span.has(*_CONTENT) for span in spans)
        return (*found, Control.NOTHING_MORE) if ends else tuple(found)
    spans = _not_cancelled(spans, found)
    return (*found, *_answers(spans, request, unknown))


def _answers(spans: Sequence[Span], request: UnderstandingRequest, unknown: float) -> list[Control]:
    """Yes, no and nothing more, as what the kiosk asked makes of them."""
    content = any(span.has(*_CONTENT) for span in spans)
    no = any(span.has(Kind.NO) and not span.has(Kind.WITHOUT) for span in spans) or _bare_no(spans)
    yes = any(span.has(Kind.YES) for span in spans) or (request.asked == "confirm" and _as_it_stands(spans))
    place = any(span.has(Kind.PLACE) and not _is_open(spans, at) for at, span in enumerate(spans))
    going_on = not content and not no and unknown <= _CLEAR and _asks_to_go_on(spans)
    bare = any(span.has(Kind.ORDER) and span.words in _BARE_ORDER for span in spans) and not content and not no
    place = place or (request.stage == "confirmation" and request.asked != "extra" and (going_on or bare))
    if any(span.has(Kind.SOMEBODY) for span in spans):
        place = going_on = bare = False
    shrugged = any(span.words == "whatever" for span in spans)
    if shrugged or any(span.has(*_SPEAKS_AGAINST_YES) for span in spans) or _is_unclear_which(spans):
        yes = place = False
    parts = any(span.has(Kind.INGREDIENT) for span in spans)
    left = not parts and any(span.has(Kind.RESET) and span.has(Kind.NOTHING_MORE) for span in spans)
    nothing = left or any(span.has(Kind.NOTHING_MORE) and not span.has(Kind.RESET) for span in spans)
    no = no and not left
    if request.stage == "confirmation" and nothing and any(span.has(Kind.NO) for span in spans) and len(spans) > 1:
        no = no and not any(span.has(Kind.NOTHING_MORE) and not span.has(Kind.NO) for span in spans)
    if request.asked == "extra":
        nothing, yes, place = nothing or place, (yes or going_on) and not (nothing or place), False
    elif request.asked == "staff" and request.stage != "greeting" and place:
        nothing, yes, place = True, False, False
    elif request.asked == "staff":
        yes = (yes or going_on) and not nothing
    elif request.stage == "customization":
        nothing, place, yes = _at_customization(spans, yes=yes, no=no, place=place, nothing=nothing)
    told = ((Control.NOTHING_MORE, nothing), (Control.CONFIRM, yes or place), (Control.DENY, no))
    return [control for control, holds in told if holds]


def _as_it_stands(spans: Sequence[Span]) -> bool:
    """``이대로요`` to "shall I place the order?"."""
    left = [span for span in spans if not span.has(Kind.FILLER, Kind.PARTICLE, Kind.THANKS)]
    return bool(left) and all(span.words.startswith(("이대로", "그대로")) for span in left)


def _is_unclear_which(spans: Sequence[Span]) -> bool:
    """``네 두 번째 거는 빼고요``: a yes, but for one that is pointed at."""
    return any(span.has(Kind.RANK) for span in spans) and any(
        span.has(Kind.WITHOUT, Kind.ADD, Kind.PUT) for span in spans
    )


def _at_customization(
    spans: Sequence[Span], *, yes: bool, no: bool, place: bool, nothing: bool
) -> tuple[bool, bool, bool]:
    """(nothing more, place, yes): "order it" and "no, that's lovely" mean that there is nothing to add."""
    content = any(span.has(*_CONTENT) for span in spans)
    going_on = place or (yes and not content and _asks_to_go_on(spans))
    if going_on and not no:
        nothing, place = True, False
    nothing = nothing or (yes and no)
    return nothing, place, yes and not nothing


def _plain(spans: Sequence[Span], request: UnderstandingRequest, unknown: float) -> list[Control]:
    """What is said to the kiosk by a word of its own; ``음...`` alone asks for time."""
    found = [control for kind, control in _PLAIN if any(span.has(kind) for span in spans)]
    if Control.WAIT in found and any(span.has(*_CONTENT) for span in spans):
        found.remove(Control.WAIT)
    if Control.REPEAT in found and any(span.has(*_CONTENT) for span in spans) and _insists(spans):
        found.remove(Control.REPEAT)
    at_the_end = bool(spans) and spans[-1].has(Kind.CANCEL) and spans[-1].latin and unknown <= _HALF
    if Control.CANCEL in found and unknown > _MAYBE_NOT_MEANT and not at_the_end:
        found.remove(Control.CANCEL)
    if spans and not unknown and all(span.has(Kind.FILLER) for span in spans) and request.stage != "greeting":
        found.append(Control.WAIT)
    return found


def _insists(spans: Sequence[Span]) -> bool:
    """``뭐라카노 심플이라 안 카나``, ``뭐라고요 두 개라니까요``: said once more, and nothing is to be repeated."""
    return any(span.has(Kind.FILLER) and span.words.startswith(_INSISTING) for span in spans)


def wonders(spans: Sequence[Span]) -> bool:
    """``심플로 할까 디럭스로 할까``, ``do you want wine``: thinking aloud, unless it ends in a decision."""
    at = max((n for n, span in enumerate(spans) if span.has(Kind.WONDER, Kind.TABLE_TALK)), default=None)
    return at is not None and not any(span.has(Kind.ORDER, Kind.PLACE) for span in spans[at + 1 :])


def _not_cancelled(spans: Sequence[Span], found: list[Control]) -> Sequence[Span]:
    """``취소, 아니 아니에요``: a no after it takes the cancelling back."""
    if Control.CANCEL not in found:
        return spans
    last = max(n for n, span in enumerate(spans) if span.has(Kind.CANCEL))
    if spans[last].words.startswith("nevermind") and any(span.has(Kind.NOTHING_MORE) for span in spans[last + 1 :]):
        found.remove(Control.CANCEL)
        return [span for span in spans if not span.has(Kind.CANCEL)]
    if not any(span.has(Kind.NO) for span in spans[last + 1 :]):
        return spans
    found.remove(Control.CANCEL)
    return [span for span in spans if not span.has(Kind.NO)]


def _bare_no(spans: Sequence[Span]) -> bool:
    """``노`` alone: a no; before a name it means without."""
    return any(span.has(Kind.NO) and span.has(Kind.WITHOUT) for span in spans) and not any(
        span.has(Kind.INGREDIENT) for span in spans
    )


def _is_open(spans: Sequence[Span], at: int) -> bool:
    """``주문할까요``, ``주문하고 있어``, ``이렇게 주문하면 되나요``: nothing is ordered by that yet."""
    said = spans[at]
    if not said.has(Kind.PLACE) and not said.words.startswith("주문"):
        return False
    following = spans[at + 1].words if at + 1 < len(spans) and spans[at + 1].start == said.end else ""
    return said.words.endswith(_NO_DECISION) or following.startswith(_OPEN_ENDINGS)


def _asks_to_go_on(spans: Sequence[Span]) -> bool:
    """``주세요``, ``그걸로 할게요``: to "shall I place the order?" as good as yes."""
    orders = any(span.has(Kind.ORDER) and not _is_open(spans, at) for at, span in enumerate(spans))
    others = any(span.has(*_NOT_JUST_GOING_ON) for span in spans)
    return orders and not others


def _refuses(spans: Sequence[Span], at: int) -> bool:
    """``no nuts`` is no refusal of what was offered."""
    span = spans[at]
    before_part = any(each.has(Kind.INGREDIENT) for each in spans[at + 1 : at + 2])
    if span.has(Kind.NO) and (span.has(Kind.WITHOUT) or before_part):
        return False
    return span.has(Kind.REMOVE, Kind.INSTEAD, Kind.CANCEL, Kind.NO)


def read_choice(spans: Sequence[Span], request: UnderstandingRequest) -> int | None:
    """Which of what the kiosk offered: an index, -1 for the last one, or None."""
    open_kinds = _SAID_OF_ONE if request.asked == "offer" else (Kind.STYLE,) if request.asked != "style" else ()
    named = tuple(kind for kind in _CONTENT if kind not in open_kinds)
    if not request.offered or request.asked not in _CHOICES or any(span.has(*named) for span in spans):
        return None
    for at, span in enumerate(spans):
        if span.has(Kind.NUMBER) and at and spans[at - 1].has(Kind.STYLE_WORD) and request.asked == "style":
            return span.value - 1
        if span.has(Kind.RANK):
            return span.value - 1 if span.value > 0 else -1
        for kind, index in ((Kind.FORMER, 0), (Kind.MIDDLE, len(request.offered) // 2), (Kind.LATTER, -1)):
            if span.has(kind):
                return index
    if any(_refuses(spans, at) for at in range(len(spans))):
        return None
    only = len(request.offered) == 1
    if (request.asked == "offer" or only) and any(
        span.has(Kind.THAT, Kind.PLACE, Kind.ORDER, Kind.NUMBER) for span in spans
    ):
        return 0
    styled = any(span.has(Kind.STYLE) for span in spans) and all(span.has(*_BESIDE_A_STYLE) for span in spans)
    return 0 if styled and request.asked == "offer" else None
