"""Figures and signs as Korean is spoken: 94,000원 is 구만 사천 원, 2개 is 두 개, 3층 is 삼 층.

Sino-Korean figures stand before won, floors, numbers and per cent; native ones (up to 99) before things that are
counted by hand. Pure functions.
"""

from __future__ import annotations

import re

from backend.domain.korean import native

_DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_SMALL_UNITS = ("", "십", "백", "천")
_LARGE_UNITS = ("", "만", "억", "조")
_LARGEST = 10**16 - 1
_BY_HAND = (
    "개",
    "잔",
    "병",
    "명",
    "분",
    "접시",
    "조각",
    "그릇",
    "가지",
    "판",
    "송이",
    "알",
    "살",
    "시",
    "번째",
    "사람",
    "쪽",
)
_MINUTES = re.compile(r"(\d+)\s*시\s*(\d+)\s*분")
_DURATION = re.compile(r"(\d+)\s*분(?=\s*(?:정도|후|뒤|쯤|이내|안|만|동안|걸|이면|이에|남))")
_FIGURE = re.compile(
    r"(?P<minus>(?<![\d\w])-)?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?\s*(?P<unit>[가-힣]+|%|℃)?"
)
_SIGNS = (("₩", ""), ("&", " 그리고 "), ("+", " 더하기 "), ("×", " 곱하기 "), ("·", ", "), ("~", "에서 "), ("℃", "도"))


def sino(number: int) -> str:
    """``number`` (0 to 10^16 - 1) in Sino-Korean, a space after each 만, 억 and 조."""
    if number == 0:
        return "영"
    groups = []
    for unit in _LARGE_UNITS:
        number, group = divmod(number, 10_000)
        if group:
            # 10,000 is 만, not 일만; 100,000,000 is 일억.
            groups.append(unit if group == 1 and unit == "만" and not number else _group(group) + unit)
    return " ".join(reversed(groups))


def _group(number: int) -> str:
    spoken = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            spoken += ("" if digit == 1 and place else _DIGITS[digit]) + _SMALL_UNITS[place]
    return spoken


def in_words(text: str) -> str:
    """``text`` with every figure and sign as it is spoken."""
    text = re.sub(r"₩\s*((?:\d{1,3}(?:,\d{3})+|\d+))", r"\1원", text)
    text = _MINUTES.sub(lambda found: f"{found[1]}시 {sino(int(found[2]))} 분", text)
    text = _DURATION.sub(lambda found: f"{sino(int(found[1]))} 분", text)
    text = _FIGURE.sub(_spoken_figure, text)
    for sign, spoken in _SIGNS:
        text = text.replace(sign, spoken)
    return re.sub(r"[ \t]+", " ", text).strip()


def _spoken_figure(found: re.Match[str]) -> str:
    digits = found["whole"].replace(",", "")
    unit = found["unit"] or ""
    number = int(digits)
    if number > _LARGEST or (digits.startswith("0") and len(digits) > 1):
        spoken = " ".join("공" if digit == "0" else _DIGITS[int(digit)] for digit in digits)
    elif found["part"] is None and 1 <= number <= 99 and _counted_by_hand(unit):
        spoken = native(number)
    else:
        spoken = sino(number)
    if found["part"] is not None:
        spoken += " 점 " + "".join("영" if digit == "0" else _DIGITS[int(digit)] for digit in found["part"])
    if found["minus"]:
        spoken = "마이너스 " + spoken
    if unit == "%":
        unit = "퍼센트"
    return f"{spoken} {unit}" if unit else _apart(spoken, found)


def _apart(spoken: str, found: re.Match[str]) -> str:
    """Keep what stood between the figure and the next word."""
    return spoken + (" " if found[0][-1:].isspace() else "")


def _counted_by_hand(unit: str) -> bool:
    # 번 counts times by hand (두 번) but numbers orders in Sino-Korean (십이 번): orders are what a kiosk calls out.
    return unit.startswith(_BY_HAND) and not unit.startswith(("분의", "분할", "병원"))
