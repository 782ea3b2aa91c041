"""An item that is told apart by a description: ``커피 뺀 쪽에``, ``심플 먹는 사람은``, ``the ones without bacon``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from backend.domain.catalogue import Style
from backend.domain.proposal import Change, ChangeItem, RemoveItem, SplitItem, UnderstandingRequest
from backend.external.offline.understanding.vocabulary import COLOURS
from backend.external.offline.understanding.which_lines import Lines

_THING = r"(?:쪽|거|것|꺼|사람|분|손님|친구|애)"
_MARK = r"(?:은요|는요|은|는|에만|에는|에다|에|엔|만|도|한테|의)"
_EATEN = r"(?:먹는|먹을|드시는|드실|시킨|고른|스타일|로 한)"
_SO_MANY = rf"(?:짜리|인\s*{_THING})"
_OBJECT = r"(?:을|를|은|는|만|에서|말고|대신)"
_PIECE = r"(?:ones?|dinners?|cakes?)"
_AT = r"(?:은요|는요|은|는|에만|에는|에다|에|엔|만|도|을|를)"
_AT_END = re.compile(rf"{_AT}\s*$")
_HOW_MANY = r"하나|둘|셋|넷|[한두세네]\s?개|\d\s?개"
_COUNTS = {"하": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4} | {str(n): n for n in range(1, 10)}
_GLASSES = {"한": 1, "하나": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6}


@dataclass(frozen=True, slots=True)
class Described:
    """The index of the only item that fits, and the sentence without the words that describe it."""

    target: int
    rest: str


def find_described(transcript: str, request: UnderstandingRequest) -> Described | None:
    """The item that is described, where the order has several and just one of them fits."""
    if len(request.items) < 2:
        return None
    lines = Lines(request)
    for found, fitting in _candidates(transcript, request, lines):
        if len(fitting) == 1:
            return Described(fitting[0], f"{transcript[: found.start()]} {transcript[found.end() :]}".strip())
    return None


def _candidates(
    transcript: str, request: UnderstandingRequest, lines: Lines
) -> Iterable[tuple[re.Match[str], tuple[int, ...]]]:
    """Each description in the sentence, with the items that it fits."""
    text = transcript.lower()
    yield from _by_style(text, request, lines)
    yield from _by_look(text, request, lines)
    for ingredient in request.catalogue.ingredients:
        codes = [ingredient.code]
        name = "|".join(re.escape(word) for word in (ingredient.name.ko, *ingredient.spoken) if not word.isascii())
        for verbs, fitting in (
            ("뺀|없는|빠진|안 넣은|안 들어간", lines.without),
            ("추가한|더한|더 넣은|넣은|들어간|있는", lines.more_of),
        ):
            found = re.search(rf"(?:{name})(?:을|를|은|는|이|가)?\s*(?:{verbs})\s*{_THING}{_MARK}\s*", text)
            if found:
                yield found, fitting(codes)
        counted = re.search(
            rf"(?:{name})\s*(?P<count>\d|한|두|세|네|다섯|여섯)\s*(?:잔|개|줄)\s*{_SO_MANY}\s*{_MARK}?\s*", text
        )
        if counted:
            count = int(counted["count"]) if counted["count"].isdigit() else _GLASSES[counted["count"]]
            yield counted, lines.having(codes, count)
        english = re.escape(ingredient.name.en.lower()).rstrip("s")
        without = re.search(rf"\bthe (?:ones?|dinners?|cakes?) (?:without|with no)(?: the| any)? {english}s?\b", text)
        if without:
            yield without, lines.without(codes)
        more = re.search(rf"\bthe (?:ones?|dinners?|cakes?) with(?: the)? (?:extra |more )?{english}s?\b", text)
        if more:
            yield more, lines.more_of(codes) or lines.having(codes)


def _by_style(
    text: str, request: UnderstandingRequest, lines: Lines
) -> Iterable[tuple[re.Match[str], tuple[int, ...]]]:
    """``심플 쪽``, ``심플 둘 중에 하나는``, ``심플을 그랜드로``."""
    for style in request.catalogue.styles:
        name = re.escape(style.name.ko)
        korean = re.search(rf"{name}(?:로)?\s*(?:{_EATEN}\s*{_THING}|(?:쪽|사람|분|손님|친구)){_MARK}\s*", text)
        if korean:
            yield korean, lines.styled([style.code])
        among = re.search(
            rf"{name}(?:로)?\s*(?:{_HOW_MANY})?\s*중(?:에서|에)?\s*(?=(?:{_HOW_MANY})(?:은|는|만|에|엔|을|를)?\s)", text
        )
        if among:
            yield among, lines.styled([style.code])
        counted = re.search(rf"{name}\s*(?P<count>{_HOW_MANY})(?:은|는|에는|에|엔|만|다)\s+(?=\S)", text)
        if counted:
            number = _COUNTS.get(counted["count"][0], 0)
            yield counted, tuple(at for at in lines.styled([style.code]) if request.items[at].quantity == number)
        changed = _restyled(text, style, request)
        if changed:
            yield changed, lines.styled([style.code])


def _by_look(text: str, request: UnderstandingRequest, lines: Lines) -> Iterable[tuple[re.Match[str], tuple[int, ...]]]:
    """``분홍에는``, ``비싼 쪽을``."""
    for code, words in COLOURS.items():
        coloured = re.search(
            rf"(?:{'|'.join(map(re.escape, words))})(?:색)?\s*(?:케이크|케익)?\s*(?:{_THING}?\s*{_AT}|건|껀)\s+(?=\S)",
            text,
        )
        if coloured and any(item.cake is not None for item in request.items):
            yield coloured, lines.coloured(code)
    priced = re.search(rf"(?:더|제일|가장)?\s*(?P<dear>비싼|싼|저렴한)\s*(?:쪽|거|것|건|놈|메뉴){_AT}?\s+(?=\S)", text)
    if (
        priced
        and request.asked not in ("which", "offer", "style")
        and (priced["dear"] != "비싼" or _AT_END.search(priced[0]))
    ):
        yield priced, lines.by_price(dearest=priced["dear"] == "비싼")


def _restyled(text: str, style: Style, request: UnderstandingRequest) -> re.Match[str] | None:
    """``심플을 그랜드로 바꿔 주세요``, ``switch the deluxe one for grand``: the one that had that style."""
    others = [each for each in request.catalogue.styles if each is not style]
    korean = "|".join(re.escape(each.name.ko) for each in others)
    english = "|".join(re.escape(each.name.en.lower()) for each in others)
    had_ko, had_en = re.escape(style.name.ko), re.escape(style.name.en.lower())
    return (
        re.search(
            rf"{had_ko}(?:로)?\s*(?:한|된|인)?\s*(?:{_THING}\s*{_OBJECT}?|{_OBJECT})\s*(?=(?:{korean})(?:로|으로))",
            text,
        )
        or re.search(
            rf"\b(?:the )?{had_en}(?: style)?(?: {_PIECE})? (?:to|into|for|with) (?=(?:a |the )?(?:{english})\b)", text
        )
        or re.search(rf"\bthe {had_en} {_PIECE} (?=(?:{english})\b)", text)
        or re.search(rf"(?<=[a-z])\s+(?:instead of|rather than) (?:the )?{had_en}\b(?: {_PIECE})?", text)
    )


def about(target: int, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes with the item that was described, where they name none."""
    return tuple(
        replace(change, target=target)
        if isinstance(change, ChangeItem | RemoveItem | SplitItem) and change.target is None
        else change
        for change in changes
    )
