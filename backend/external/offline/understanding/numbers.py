"""Numbers as people say them, with what is counted: 하나, 두 판, 스무 알, 삼 인분, 2개, a couple of, twenty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_UNIT_WORDS = {
    "한": 1, "두": 2, "세": 3, "서": 3, "석": 3, "네": 4, "너": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_STANDING = {
    "하나": 1, "둘": 2, "셋": 3, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_TENS = {"열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_COUNTERS = (
    "개", "판", "세트", "셋트", "명분", "인분", "잔", "알", "병", "조각", "접시", "그릇", "장", "겹", "송이", "쪽",
    "줄", "통", "덩이", "놈", "포트", "호", "피스", "가지", "자루", "덩어리", "케이크", "그루", "묶음", "박스", "상자",
)  # fmt: skip
_TIERS = ("단", "층")
_PEOPLE = ("명", "분", "사람", "인")
_ENGLISH = {
    "zero": 0,
    "a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "ahundred": 100, "onehundred": 100, "hundred": 100, "athousand": 1000,
    "single": 1, "asingle": 1,
    "acouple": 2, "acoupleof": 2, "couple": 2, "coupleof": 2, "apair": 2, "apairof": 2, "adozen": 12, "dozen": 12,
    "halfadozen": 6,
}  # fmt: skip
_ENGLISH |= {
    f"{tens}{word}": value + _ENGLISH[word]
    for tens, value in list(_ENGLISH.items())
    if value in range(20, 100, 10)
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
}
_ENGLISH_UNITS = (
    "glassesof", "glassof", "cupsof", "cupof", "piecesof", "pieceof", "slicesof", "sliceof", "bottlesof", "bottleof",
    "glass", "cup", "bottle", "platesof", "plateof", "servingsof", "servingof", "setsof", "setof",
    "ordersof", "orderof", "glasses", "cups",
    "bottles", "ofthem", "ofthose", "ofthese", "of",
)  # fmt: skip
_ENGLISH_TIERS = ("tiers", "tier", "tiered", "layers", "storeys")
_ENGLISH_PEOPLE = ("people", "persons", "person", "guests", "ofus")


ENGLISH_NUMBERS = tuple(_ENGLISH)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a place in a sentence. ``unit`` is the counter as said, ``kind`` count, tiers, people, money, rank.

    ``weak``: an English article, which is a number only before a name.
    """

    value: int
    end: int
    kind: str = "count"
    unit: str = ""
    weak: bool = False


def _native() -> dict[str, tuple[int, bool]]:
    """Spoken form -> (value, may stand without a counter)."""
    words = {word: (value, False) for word, value in _UNIT_WORDS.items()}
    words |= {word: (value, True) for word, value in _STANDING.items()}
    words |= {"스무": (20, False), "스물": (20, True), "열": (10, True)}
    for tens, ten in _TENS.items():
        words.setdefault(tens, (ten, True))
        words |= {tens + word: (ten + value, False) for word, value in _UNIT_WORDS.items()}
        words |= {tens + word: (ten + value, True) for word, value in _STANDING.items()}
    return words


def _sino() -> dict[str, int]:
    words: dict[str, int] = dict(_SINO)
    for tens in range(1, 10):
        head = ("" if tens == 1 else "일이삼사오육칠팔구"[tens - 1]) + "십"
        words[head] = tens * 10
        words |= {head + word: tens * 10 + value for word, value in _SINO.items()}
    words |= {"백": 100, "천": 1000}
    words |= {f"{head}백": value * 100 for head, value in _SINO.items() if value > 1}
    return words


_NATIVE: Mapping[str, tuple[int, bool]] = _native()
_SINO_WORDS: Mapping[str, int] = _sino()


def _any_of(words: Mapping[str, object] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_KOREAN = re.compile(
    rf"(?P<digits>\d{{1,4}})|(?!둘[게께까래]|(?<=야)하나)(?P<native>{_any_of(_NATIVE)})|(?P<sino>{_any_of(_SINO_WORDS)})",
)
NO_NUMBER = 99
"""Three or four, half a piece: more than can be ordered of anything, so that it is asked how many."""
_VAGUE = re.compile(
    rf"(?:한두|두어|두서너|두세|서너|너댓|네댓|네다섯|대여섯|댓|여남은|반)(?P<counter>{_any_of(_COUNTERS)})"
)
_AS_HEARD = re.compile(r"(?P<number>[새내]|두|세|네|한(?=게만|게주|게요))(?P<counter>개|게)(?!살|를|은|도)")
"""``새 개``, ``내 개``, ``두 게``: vowels that nobody tells apart in speech."""
_HEARD = {"새": "세", "내": "네"}
_SINO_COUNTERS = ("개", "인분", "명분")
_COUNTED = re.compile(
    rf"(?P<age>살)|(?P<rank>번째|째|번)|(?P<tiers>{_any_of(_TIERS)})|(?!줄[여이인일])(?P<count>{_any_of(_COUNTERS)})"
    rf"|(?P<people>{_any_of(_PEOPLE)})(?=이서|인|이|끼리|용|모임|먹|식사|들|가|있|왔|안|못|은|는|만|것|거|꺼|에게|한테|빼|더|추가|취소|$)"
)
_TOGETHER = ("이서", "끼리", "이먹", "이같이", "이함께", "인데", "이라", "이니", "먹", "있")
"""``네 명이서``, ``네 명인데``: how many people there are; ``네 명이요`` is how many dishes."""
_ALL_OF_US = re.compile(r"이먹|이같이먹|이서먹|이드실|이갈|인데|이서|이라서|이거든|이왔|끼리|이니까")
"""After a bare number: so many people, not so many pieces."""
_THERE_ARE = re.compile(r"이(?:여|야|에요|예요|라|니|잖)")
"""``손주가 다섯이여``."""
_MONEY = re.compile(
    rf"(?:(?P<man>\d{{1,4}}|{_any_of(_SINO_WORDS)}|)만(?:(?P<thousand>\d|[일이삼사오육칠팔구])천)?|(?P<won>\d{{1,7}}))(?:원|won)"
)
_ENGLISH_MONEY = re.compile(
    rf"(?:(?:(?P<hundreds>\d|{_any_of(_ENGLISH)})hundred(?:and)?)?(?P<thousands>\d{{1,3}}|{_any_of(_ENGLISH)})?"
    r"(?:thousand|(?<=\d)k)|(?P<won>\d{5,7}))(?:won|bucks)?"
)
"""``forty thousand won``, ``two hundred thousand``, ``40k``, ``100000``: nobody counts dishes by the thousand."""
_RANKS = {"첫번째": 1, "첫째": 1, "첫": 1, "둘째": 2, "두번째": 2, "셋째": 3, "세번째": 3, "넷째": 4, "마지막": -1,
    "앞에거": 1, "앞에꺼": 1, "앞엣거": 1, "앞의거": 1, "뒤에거": -1, "뒤에꺼": -1, "뒤엣거": -1,
    "맨앞": 1, "맨뒤": -1, "맨마지막": -1, "맨처음거": 1,
}  # fmt: skip
"""From 1; -1 the last."""
_ENGLISH_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "latter": -1, "former": 1}
_ENGLISH_NUMBER = re.compile(rf"(?P<digits>\d{{1,4}})|(?P<word>{_any_of(_ENGLISH)})")
_ENGLISH_COUNTED = re.compile(
    rf"(?P<age>years?old)|(?P<tiers>{_any_of(_ENGLISH_TIERS)})|(?P<people>{_any_of(_ENGLISH_PEOPLE)})"
    rf"|(?P<count>(?:more(?=gla|cup|bot|pie|sli|ser|pla))?(?:{_any_of(_ENGLISH_UNITS)}))"
)


_SOUND_LIKE_NUMBERS = {"to": 2, "too": 2, "for": 4, "fore": 4, "ate": 8, "tree": 3, "free": 3}
_COUNTED_ONLY = re.compile(r"(?P<tiers>tiers|layers)|(?:glasses|cups|bottles|slices|pieces|portions|plates|pots)of")


def number_at(raw: str, starts: tuple[bool, ...], at: int) -> Number | None:
    """The number that begins at ``at``, with its counter, or None."""
    letter = raw[at]
    money = _english_money_at(raw, starts, at) if starts[at] and letter.isascii() else None
    if money is not None:
        return money
    if letter.isascii() and letter.isalpha():
        return _english_at(raw, starts, at)
    return (
        _money_at(raw, at)
        or _rank_at(raw, at)
        or _vague_at(raw, starts, at)
        or _heard_at(raw, starts, at)
        or _korean_at(raw, starts, at)
    )


def _money_at(raw: str, at: int) -> Number | None:
    found = _MONEY.match(raw, at)
    if found is None:
        return None
    if found["won"]:
        return Number(int(found["won"]), found.end(), "money")
    man = int(found["man"]) if found["man"].isdigit() else _SINO_WORDS.get(found["man"], 1)
    thousand = found["thousand"] or "0"
    value = man * 10_000 + (int(thousand) if thousand.isdigit() else _SINO[thousand]) * 1_000
    return Number(value, found.end(), "money")


def _english_money_at(raw: str, starts: tuple[bool, ...], at: int) -> Number | None:
    found = _ENGLISH_MONEY.match(raw, at)
    if found is None or not starts[found.end()]:
        return None
    if found["won"]:
        return Number(int(found["won"]), found.end(), "money")
    hundreds, thousands = (_value_of(found[part]) for part in ("hundreds", "thousands"))
    return Number((hundreds * 100 + (thousands or (0 if hundreds else 1))) * 1_000, found.end(), "money")


def _value_of(said: str | None) -> int:
    return 0 if said is None else int(said) if said.isdigit() else _ENGLISH[said]


def _rank_at(raw: str, at: int) -> Number | None:
    for word, value in _RANKS.items():
        if raw.startswith(word, at) and word != "첫":
            return Number(value, at + len(word), "rank")
    return None


def _vague_at(raw: str, starts: tuple[bool, ...], at: int) -> Number | None:
    found = _VAGUE.match(raw, at) if starts[at] else None
    return Number(NO_NUMBER, found.end(), "count", found["counter"]) if found is not None else None


def _heard_at(raw: str, starts: tuple[bool, ...], at: int) -> Number | None:
    found = _AS_HEARD.match(raw, at) if starts[at] else None
    if found is None or not starts[found.end("number")]:
        return None
    return Number(_UNIT_WORDS[_HEARD.get(found["number"], found["number"])], found.end(), "count", "개")


def _korean_at(raw: str, starts: tuple[bool, ...], at: int) -> Number | None:
    found = _KOREAN.match(raw, at)
    if found is None:
        return None
    word = found[0]
    digits, standing = word.isdigit(), False
    if digits:
        value = int(word)
    elif found["native"]:
        value, standing = _NATIVE[word]
    else:
        value = _SINO_WORDS[word]
    counted = _COUNTED.match(raw, found.end())
    if counted is None:
        alone = digits or standing
        if standing and value > 1 and _ALL_OF_US.match(raw, found.end()):
            return Number(value, found.end(), "people")
        if standing and value > 1 and raw[max(0, at - 1) : at] == "가" and _THERE_ARE.match(raw, found.end()):
            return Number(value, found.end(), "people")
        inside = digits and found.end() < len(raw) and not starts[found.end()] and raw[found.end()].isascii()
        return Number(value, found.end()) if alone and not inside else None
    kind = next(name for name, text in counted.groupdict().items() if text)
    if found["sino"] and kind == "count" and counted[0] not in _SINO_COUNTERS and value < len(_SINO) + 1:
        return None
    if found["sino"] and counted[0] == "개" and not starts[at]:
        return None
    if kind == "rank" and counted[0] == "번" and not digits and found["native"]:
        return None
    together = kind == "people" and raw.startswith(_TOGETHER, counted.end())
    return Number(value, counted.end(), kind, _TOGETHER[0] if together else counted[0])


def _english_at(raw: str, starts: tuple[bool, ...], at: int) -> Number | None:
    if not starts[at]:
        return None
    for word, value in _ENGLISH_RANKS.items():
        end = at + len(word)
        if raw.startswith(word, at) and starts[end]:
            glass = _ENGLISH_COUNTED.match(raw, end)
            if glass and glass["count"] and glass["count"] != "of" and starts[glass.end()]:
                return Number(value, glass.end(), "count", glass["count"])
            return Number(value, end, "rank")
    for found in _longest_first(raw, at):
        if not starts[found]:
            continue
        word = raw[at:found]
        counted = _ENGLISH_COUNTED.match(raw, found)
        if counted and starts[counted.end()]:
            kind = next(name for name, text in counted.groupdict().items() if text)
            return Number(_ENGLISH[word], counted.end(), kind, counted[0].removeprefix("more"))
        return Number(_ENGLISH[word], found, weak=word in ("a", "an"))
    return _by_sound_at(raw, starts, at)


def _by_sound_at(raw: str, starts: tuple[bool, ...], at: int) -> Number | None:
    """``with to glasses of wine``, ``for tiers``: a small word that sounds like a number, before a counter."""
    for word, value in _SOUND_LIKE_NUMBERS.items():
        end = at + len(word)
        unit = _COUNTED_ONLY.match(raw, end) if raw.startswith(word, at) and starts[end] else None
        if unit is not None and starts[unit.end()]:
            kind = "tiers" if unit["tiers"] else "count"
            return Number(value, unit.end(), kind, unit[0])
    return None


def _longest_first(raw: str, at: int) -> list[int]:
    return sorted((at + len(word) for word in _ENGLISH if raw.startswith(word, at)), reverse=True)


def digits_in_english(raw: str, starts: tuple[bool, ...], number: Number) -> Number:
    """A number in digits followed by an English unit: ``2 tiers``, ``3 glasses of``."""
    if number.unit or number.kind != "count":
        return number
    counted = _ENGLISH_COUNTED.match(raw, number.end)
    if counted is None or not starts[counted.end()]:
        return number
    kind = next(name for name, text in counted.groupdict().items() if text)
    return Number(number.value, counted.end(), kind, counted[0].removeprefix("more"))
