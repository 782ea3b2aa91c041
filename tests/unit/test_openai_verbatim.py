"""A voice says what it was given, or it is not heard."""

from __future__ import annotations

import pytest

from backend.external.openai.verbatim import is_verbatim

KOREAN = "딸기 생크림 케이크 두 개, 모두 칠만 육천 원이에요. 더 필요하신 게 있으세요?"
ENGLISH = "Two strawberry cakes, 76,000 won in all. Is there anything else?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (KOREAN, KOREAN),
        (KOREAN, "딸기 생크림 케이크 2개 모두 76,000원이에요 더 필요하신게 있으세요"),
        ("딸기 생크림 케이크 2개, 모두 76,000원이에요.", "딸기 생크림 케이크 두 개, 모두 칠만 육천원이에요."),
        ("프렌치 디너 하나 담았어요.", "프렌치 디너 하나 담았어요!"),
        ("네", "네."),
        (ENGLISH, ENGLISH),
        (ENGLISH, "two strawberry cakes seventy-six thousand won in all is there anything else"),
        ("Your number is 105.", "Your number is one hundred and five."),
        ("Tea and 2 cakes", "Tea and two cakes"),
        ("Two, three or four?", "2, 3 or 4?"),
        ("₩48,000", "forty-eight thousand won"),
    ],
)
def test_the_same_words_however_they_are_written(text: str, said: str) -> None:
    assert is_verbatim(said, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (KOREAN, ""),
        (KOREAN, "물론이죠! 무엇을 도와드릴까요?"),
        (KOREAN, KOREAN.replace("두 개", "세 개")),
        (KOREAN, KOREAN.replace("칠만 육천", "칠만 오천")),
        (KOREAN, KOREAN.replace("칠만 육천 원", "67,000원")),
        (KOREAN, KOREAN.replace("두 개, ", "")),
        (KOREAN, f"네, {KOREAN} 감사합니다, 즐거운 하루 보내세요."),
        (KOREAN, KOREAN.partition("더")[0]),
        ("프렌치 디너 하나 담았어요.", "프렌치 디너 둘 담았어요."),
        ("네", "아니요"),
        (ENGLISH, ENGLISH.replace("76,000", "67,000")),
        (ENGLISH, ENGLISH.replace("Two", "Ten")),
        (ENGLISH, ENGLISH.replace("Two", "Two hundred")),
        (ENGLISH, "Sure, how can I help you?"),
        (ENGLISH, "딸기 케이크 두 개입니다"),
    ],
)
def test_other_words_and_other_figures(text: str, said: str) -> None:
    assert not is_verbatim(said, text)
