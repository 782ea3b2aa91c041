"""What is understood stays understood when it is heard or typed wrongly: a floor for each language, and its rules."""

from __future__ import annotations

import random

import pytest

from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.understanding.lexicon import Lexicon
from backend.external.offline.understanding.respelling import heard
from backend.external.offline.understanding.scanner import scan
from backend.external.offline.understanding.text import read
from tests.support.dialogue_files import all_dialogues, shop
from tests.support.dialogues import is_held_out
from tests.support.heard_turns import heard_turns, scores, total
from tests.support.mishearing import ENGLISH, KOREAN, damaged

EVERY = 6
"""Of the settled dialogues, every sixth: the whole measure is a row of the bench."""
RIGHT_FLOOR = {"ko": 0.93, "en": 0.85}
WRONG_CEILING = {"ko": 0.03, "en": 0.06}
"""A slip may cost a question; how many of them may put something else into the cart."""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return OfflineUnderstanding().prepare(shop().catalogue)


def test_most_sentences_stay_right_and_few_carts_go_wrong() -> None:
    settled = [each for each in all_dialogues() if not is_held_out(each)]
    found = scores(tuple(heard_turns(settled[::EVERY])))
    for language, floor in RIGHT_FLOOR.items():
        score = total(found, language)
        assert score.turns > 200
        assert score.accuracy >= floor, score
        assert score.wrong <= WRONG_CEILING[language] * score.turns, score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("없어", "업써"),
        ("맞아", "마자"),
        ("그대로", "구대로"),
        ("읽어", "일거"),
        ("디럭스", "티럭스"),
        ("새트", "세트"),
    ],
)
def test_what_sounds_the_same_has_one_key(one: str, other: str) -> None:
    assert heard(one) == heard(other)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("더 업써요", "더없어요"), ("와이는 한 잔만", "와인은한잔만"), ("두 캐 주세요", "두개주세요"),
        ("주믄할게요", "주문할게요"), ("드 번쩨 거", "두번째거"), ("처 네 개", "초네개"), ("내", "네"),
        ("3캐요", "3개요"),
        ("frecnh dinner", "frenchdinner"), ("remoove it", "removeit"), ("with etra cream", "withextracream"),
        ("nothiing else", "nothingelse"),
    ],
)  # fmt: skip
def test_the_known_word_is_found(said: str, known: str, lexicon: Lexicon) -> None:
    assert scan(read(said), lexicon).text.raw == known


@pytest.mark.parametrize(
    "said", ["내 거는 디럭스", "저기 사과 있네", "stuff", "toffee cake", "둘이서 왔어요", "우리 강아지 이름은 콩이야"]
)
def test_other_words_are_left_alone(said: str, lexicon: Lexicon) -> None:
    assert scan(read(said), lexicon).text.raw == read(said).raw


def test_slips_are_the_same_in_every_run() -> None:
    assert damaged("두 개 주세요", "digits", KOREAN["digits"]) == "2 개 주세요"
    for kind, damage in (*KOREAN.items(), *ENGLISH.items()):
        for words in ("프렌치 디너 두 개 심플로 주세요", "Two French dinners, with the wine please", "", "ㅋㅋ"):
            heard_words = damaged(words, kind, damage)
            assert heard_words == damaged(words, kind, damage)
            assert heard_words is None or heard_words != words


def test_what_cannot_slip_does_not() -> None:
    dice = random.Random(1)  # noqa: S311 - nothing is drawn
    assert all(damage("", dice) is None for damage in (*KOREAN.values(), *ENGLISH.values()))
