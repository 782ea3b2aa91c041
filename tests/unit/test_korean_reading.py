"""Figures as Korean is spoken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.external.korean_reading import in_words, sino
from backend.external.spoken_text import language_of, speakable


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("94,000원", "구만 사천 원"),
        ("10,000원", "만 원"),
        ("110,000원", "십일만 원"),
        ("1,234,567원", "백이십삼만 사천오백육십칠 원"),
        ("100,000,000원", "일억 원"),
        ("₩38,000", "삼만 팔천 원"),
        ("0원", "영 원"),
        ("딸기 2개, 커피 3잔", "딸기 두 개, 커피 세 잔"),
        ("20개", "스무 개"),
        ("3층", "삼 층"),
        ("주문번호 12번", "주문번호 십이 번"),
        ("10% 할인", "십 퍼센트 할인"),
        ("약 15분 정도", "약 십오 분 정도"),
        ("3분이세요?", "세 분이세요?"),
        ("2시 30분", "두 시 삼십 분"),
        ("1.5배", "일 점 오 배"),
        ("010", "공 일 공"),
        ("케이크", "케이크"),
    ],
)
def test_figures_are_read_as_people_say_them(written: str, spoken: str) -> None:
    assert in_words(written) == spoken


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_korean_keeps_no_ascii_figure(text: str) -> None:
    assert not any(letter in "0123456789" for letter in in_words(text))


@given(st.integers(0, 10**16 - 1))
def test_every_number_has_a_reading_of_its_own(number: int) -> None:
    assert sino(number)
    assert sino(number) != sino(number + 1)


def test_the_language_is_told_from_the_letters() -> None:
    assert language_of("French Dinner 하나") == "ko"
    assert language_of("two cakes") == "en"
    assert speakable("A cake\x00 for ₩38,000 🎂", "en") == "A cake for 38,000 won"
