"""Any text at all gives an answer, and leaves an order that the shop can make: long, broken, mixed, meaningless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.domain.catalogue import Event
from backend.domain.dialogue import placed, respond
from backend.domain.order import bill
from backend.domain.order_state import OrderState
from backend.domain.proposal import Proposal
from backend.external.offline.understanding.engine import OfflineUnderstanding
from shared.limits import MAX_TRANSCRIPT_CHARS
from tests.support.dialogue_files import shop
from tests.support.dialogues import request_for
from tests.support.order_rules import must_follow, must_keep_the_rules

NAME = shop().catalogue.menus[0].name
CATALOGUE = replace(
    shop().catalogue,
    events=(Event("cakes", NAME, NAME, 15, frozenset({"cheese"})), Event("all", NAME, NAME, 7)),
    sold_out=frozenset({"valentine"}),
)
ENGINE = OfflineUnderstanding()

WORDS = (
    "프렌치", "디너", "딸기 케이크", "초콜렛", "치즈", "주문 제작 케이크", "발렌타인", "샴페인", "그랜드",
    "심플로", "디럭스", "하나", "두 개", "스무 개", "백 개", "0개", "하나 더", "하나 빼고", "각각", "전부", "말고",
    "아니", "그건", "두 번째", "와인", "두 잔", "커피 없이", "초 다섯", "딸기 마흔 개", "원래대로", "분홍색",
    "삼단", "말차", "생일 축하해라고 써", "네", "아니요", "됐어요", "그대로", "취소", "처음부터", "뒤로",
    "다시 말해 주세요", "직원", "늘 먹던 걸로", "그걸로", "얼마예요", "뭐가 있어요", "알레르기", "추천해 주세요",
    "포장", "먹고 갈게요", "주세요", "요", "?", ",", ".", "two", "french dinners", "cheese cake", "deluxe",
    "without wine", "no", "yes", "instead", "the second one", "more",
)  # fmt: skip
said_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
run_together = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map("".join)
any_text = st.text(max_size=200)
hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=60)
jamo = st.text(st.characters(min_codepoint=0x1100, max_codepoint=0x11FF), max_size=40)
marks = st.text(
    st.sampled_from("\x00\x07\x1b\t\r\n\u200b\u200d\u202e\u2028\ufeff\ufe0f🎂👩‍👩‍👧🇰🇷%{}<>=-'\"\\"), max_size=60
)
mixed = st.lists(st.one_of(said_words, any_text, hangul, jamo, marks), max_size=5).map("".join)
texts = st.one_of(said_words, run_together, any_text, hangul, jamo, marks, mixed)


def converse(said: list[str]) -> Iterator[tuple[OrderState, Proposal]]:
    state = OrderState()
    for words in said:
        proposal = ENGINE.propose(request_for(words, state, CATALOGUE))
        turn = respond(state, proposal, CATALOGUE)
        must_follow(state, turn)
        if turn.place:
            turn = placed(turn.state, 7, "id", bill(turn.state.items, CATALOGUE).payable)
        state = turn.state
        yield state, proposal


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6))
def test_any_conversation_keeps_the_rules(said: list[str]) -> None:
    for state, proposal in converse(said):
        assert 0 <= proposal.confidence <= 1
        assert proposal.language in ("ko", "en")
        must_keep_the_rules(state, CATALOGUE)


@settings(max_examples=60, deadline=None)
@given(texts, st.integers(2, 500))
def test_a_sentence_without_end_is_answered(words: str, times: int) -> None:
    text = (words * times)[:MAX_TRANSCRIPT_CHARS]
    for state, _ in converse(["프렌치 디너 하나 심플로", text]):
        must_keep_the_rules(state, CATALOGUE)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_same_words_mean_the_same(words: str) -> None:
    request = request_for(words, OrderState(), CATALOGUE)
    assert ENGINE.propose(request) == OfflineUnderstanding().propose(request)


@settings(max_examples=100, deadline=None)
@given(said_words)
@example("생일 축하해라고 써 프렌치 ? 얼마예요")
def test_signs_that_nobody_hears_change_nothing(words: str) -> None:
    heard = ENGINE.propose(request_for(words, OrderState(), CATALOGUE))
    marked = ENGINE.propose(request_for(f"\ufeff {words}\u200b \r\n", OrderState(), CATALOGUE))
    assert (marked.changes, marked.controls, marked.questions) == (heard.changes, heard.controls, heard.questions)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "\x00" * MAX_TRANSCRIPT_CHARS,
        "가" * MAX_TRANSCRIPT_CHARS,
        "하나 " * 333,
        "9" * MAX_TRANSCRIPT_CHARS,
        "구십구조구천구백구십구억 개",
        "-1개",
        "마이너스 세 개 주세요",
        "½개",
        "²개",
        "٣ 개",
        "ㅋㅋㅋㅋㅋㅋ",
        "ㅠㅠ",
        "😀🎂👩‍👩‍👧‍👦🇰🇷",
        "\u202eelpmis eno hcnerf",
        "프\u0301렌\u0301치",
        "ﾌﾚﾝﾁ",
        "ｆｒｅｎｃｈ　ｄｉｎｎｅｒ",
        "𝓯𝓻𝓮𝓷𝓬𝓱 dinner",
        "프렌치 디너 하나\n\n\n심플로",
        "\ud800",
        "\U0010ffff",
        "İstanbul ẞ ﬁ",
    ],
)
def test_strange_texts_are_answered(words: str) -> None:
    for state, _ in converse(["치즈 케이크 하나 심플로", words, "네", words]):
        must_keep_the_rules(state, CATALOGUE)
