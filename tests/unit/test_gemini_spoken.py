"""The model's own answer: a sentence of it, and nothing that only the shop may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.domain.catalogue import Catalogue
from backend.external.gemini.spoken import recites, sentences, tame
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


def test_one_sentence_is_enough(catalogue: Catalogue) -> None:
    assert tame("하나요. 둘이요. 셋이요.", catalogue) == "하나요."
    assert tame("가" * 500, catalogue) == ""
    assert tame("네. " + "가" * 500, catalogue) == "네."


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
