"""Endings of dialects, of the old and of learners become those of the standard language; all else stays."""

from __future__ import annotations

import pytest

from backend.external.offline.understanding.dialect import in_standard


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("됐심더", "됐습니다"),
        ("맞니더", "맞습니다"),
        ("갑니더", "갑니다"),
        ("없습네다", "없습니다"),
        ("됐수다", "됐습니다"),
        ("뭐 있수과", "뭐 있습니까"),
        ("넷인디요", "넷인데요"),
        ("그거믄 돼유", "그거면 돼유"),
        ("와인 빼구 주구유", "와인 빼고 주고요"),
        ("그랜드루 해유", "그랜드로 해유"),
        ("커피두 하나 더", "커피도 하나 더"),
        ("프렌치캉 치즈캉", "프렌치하고 치즈하고"),
        ("주씨요", "주세요"),
        ("허는 김에 말혀", "하는 김에 말해"),
        ("필요 없다카이", "필요 없다니까"),
        ("심플로 하까", "심플로 할까"),
        ("하나 더 주믄 안 돼예?", "하나 더 주세요?"),
        ("주소잉", "주소"),
    ],
)
def test_an_ending_becomes_the_standard_one(said: str, standard: str) -> None:
    assert in_standard(said) == standard


@pytest.mark.parametrize(
    "said",
    [
        "와인두 잔",  # a space in the wrong place
        "블루베리 두 개",
        "모두 심플로",
        "연두색으로",
        "어디에 있어요",
        "친구랑 하루",
        "발렌타인데이",
        "언니가",
        "프렌치 디너 두 개 주세요",
        "주문할까요",
    ],
)
def test_what_only_looks_like_a_dialect_stays(said: str) -> None:
    assert in_standard(said) == said
