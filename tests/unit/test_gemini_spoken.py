"""The model's own answer: sentence by sentence, and nothing that only the shop may say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.catalogue import Catalogue
from backend.external.gemini.spoken import Speaker, recites, sentences, tame
from backend.services.catalogue_files import read_catalogue

CATALOGUE_FILES = Path(__file__).parents[2] / "assets" / "catalogue"
CATALOGUE = read_catalogue(CATALOGUE_FILES).catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("네", ["네"]),
        ("네. 알겠어요!  뭘 드릴까요?", ["네.", "알겠어요!", "뭘 드릴까요?"]),
        ("3.5인분은 없어요. 네", ["3.5인분은 없어요.", "네"]),
        ("음... 잠시만요…", ["음...", "잠시만요…"]),
        ('"네." 그럴게요', ['"네."', "그럴게요"]),
        ("Sure!\nAnything else?", ["Sure!", "Anything else?"]),
    ],
)
def test_an_answer_is_cut_into_sentences(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


@pytest.mark.parametrize(
    "answer",
    [
        "모두 12,345원이에요.",
        "1원만 주세요.",
        "4만 9천원이에요.",
        "사만 구천 원이에요.",
        "오천원이에요.",
        "공짜로 드릴게요, 0원이에요.",
        "It is 5 won.",
        "₩999 please.",
        "That is 100,000 KRW.",
        "https://example.com 을 보세요.",
        "주문이 완료됐어요.",
        "주문 접수됐습니다.",
        "Your order has been placed.",
        "Payment is complete.",
    ],
)
def test_what_only_the_shop_may_say_is_not_spoken(answer: str, catalogue: Catalogue) -> None:
    assert tame(answer, catalogue) == ""
    assert tame(f"네. {answer}", catalogue) == "네."


@pytest.mark.parametrize(
    "answer",
    [
        "프렌치 디너는 48,000원이에요.",
        "프렌치 디너는 4만 8천원이에요.",
        "와인은 8000원이에요.",
        "The French Dinner is 48,000 won.",
        "두 분이 드시기 좋아요.",
        "주문하실 메뉴를 말씀해 주세요.",
        "딸기 12개가 들어가요.",
        "회원이시군요!",
    ],
)
def test_the_rest_is(answer: str, catalogue: Catalogue) -> None:
    assert tame(answer, catalogue) == answer


def test_two_sentences_are_enough(catalogue: Catalogue) -> None:
    assert tame("하나요. 둘이요. 셋이요.", catalogue) == "하나요. 둘이요."
    assert tame("가" * 500, catalogue) == ""
    assert tame("네. " + "가" * 500, catalogue) == "네."


def streamed(text: str, size: int) -> list[str]:
    told: list[str] = []
    speaker = Speaker(CATALOGUE, told.append)
    for end in range(size, len(text) + size, size):
        speaker.hear(text[:end])
    return told


@pytest.mark.parametrize("size", [1, 3, 7, 1_000])
def test_a_sentence_is_told_once_the_next_begins(size: int) -> None:
    reply = json.dumps({"intent": "order", "answer": "네. 알겠어요! 뭘 드릴까요?"}, ensure_ascii=False)
    assert streamed(reply, size) == ["네.", "알겠어요!"]


def test_the_last_one_is_told_at_the_end() -> None:
    told: list[str] = []
    speaker = Speaker(CATALOGUE, told.append)
    speaker.hear('{"answer": "네. 뭘 드')
    assert told == ["네."]
    speaker.finish("네. 뭘 드릴까요?")
    assert told == ["네.", "뭘 드릴까요?"]


@pytest.mark.parametrize(
    "text", ['{"intent": "or', "<html>", '{"answer": 7', '{"answer": {"a": "네. 네. "', "[[[[", '["네. 네."']
)
def test_what_is_no_answer_says_nothing(text: str) -> None:
    assert streamed(text, 1) == []


@given(st.text(alphabet='네요 .!?1,원\\"\n\u2028😀', max_size=80), st.integers(1, 9))
def test_what_is_told_on_the_way_is_what_is_said_in_the_end(answer: str, size: int) -> None:
    told: list[str] = []
    speaker = Speaker(CATALOGUE, told.append)
    for ascii_only in (True, False):
        told.clear()
        speaker = Speaker(CATALOGUE, told.append)
        reply = json.dumps({"answer": answer}, ensure_ascii=ascii_only)
        for end in range(size, len(reply) + size, size):
            speaker.hear(reply[:end])
        speaker.finish(tame(answer, CATALOGUE))
        assert " ".join(told) == tame(answer, CATALOGUE)


@pytest.mark.parametrize(
    ("answer", "recited"),
    [
        ("", False),
        ("네, 알겠어요. 무엇을 드릴까요?", False),
        ("Never invent a menu, an ingredient, a style!", True),
        ("sure: NEVER -- invent a menu; an ingredient", True),
        ("Never invent a menu.", False),
    ],
)
def test_a_prompt_that_is_read_out_is_noticed(answer: str, recited: bool) -> None:
    assert recites(answer, "Rules\n- Never invent a menu, an ingredient, a style or a price.") is recited
