"""A word of a cake's lettering gives way to another; what is not written on a cake is none of it."""

from __future__ import annotations

import pytest

from backend.domain.order import Cake, Item
from backend.domain.proposal import CakeWish, ChangeItem, UnderstandingRequest
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.understanding.rewording import reword
from tests.support.dialogue_files import shop

CATALOGUE = shop().catalogue


def asked(words: str, lettering: str) -> UnderstandingRequest:
    cake = Item("custom", "simple", cake=Cake(lettering=lettering))
    return UnderstandingRequest(words, CATALOGUE, (cake,), 0, "confirmation", "confirm")


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("아 민지 말고 민준이", "우리 민지 생일 축하해", "우리 민준이 생일 축하해"),
        ("환갑을 칠순으로 고쳐 줘요", "엄마 환갑 축하해요", "엄마 칠순 축하해요"),
        ("사랑해 아니고 고마워로 해 주세요", "엄마 사랑해", "엄마 고마워"),
        ("not Jane, Joan", "Happy birthday Jane", "Happy birthday Joan"),
        ("change Jane to Joan please", "Happy birthday Jane", "Happy birthday Joan"),
    ],
)
def test_the_word_gives_way(words: str, before: str, after: str) -> None:
    proposal = OfflineUnderstanding().propose(asked(words, before))
    assert proposal.changes == (ChangeItem(0, cake=CakeWish(lettering=after)),)


@pytest.mark.parametrize("words", ["딸기 말고 초콜릿 맛으로", "심플 말고 그랜드로", "two, not three"])
def test_what_is_not_written_there_is_read_as_before(words: str) -> None:
    assert reword(asked(words, "축하해")) is None
