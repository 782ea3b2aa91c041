"""What of an answer is spoken when, and what counts as said; whether words look whole; figures of turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.catalogue import Catalogue
from backend.domain.proposal import UnderstandingRequest
from backend.domain.said_aloud import INTERRUPTED, Clip, clips_of, said_of
from backend.domain.utterance import look_of
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.catalogue_files import read_catalogue
from backend.services.voice_figures import TurnLog
from backend.settings import ASSETS
from shared.voice_stream import Span

CATALOGUE: Catalogue = read_catalogue(ASSETS / "catalogue").catalogue
RULES = OfflineUnderstanding()


def test_the_first_clause_comes_alone_and_kept_sentences_stay_whole() -> None:
    answer = "딸기 생크림 케이크 하나, 그랜드 스타일로 담았습니다. 더 필요하세요? 말씀해 주세요."
    assert clips_of(answer)[:2] == ["딸기 생크림 케이크 하나,", "그랜드 스타일로 담았습니다."]
    assert clips_of(answer, {"더 필요하세요? 말씀해 주세요."})[-1] == "더 필요하세요? 말씀해 주세요."
    assert clips_of("모두 38,000원입니다.") == ["모두 38,000원입니다."]
    assert clips_of("  ") == []


@given(st.text(max_size=200))
def test_clips_lose_no_word(answer: str) -> None:
    assert " ".join(clips_of(answer)).split() == answer.split()


def test_what_was_not_played_was_not_said() -> None:
    clips = [Clip("하나 둘", 1_000), Clip("셋 넷.", 1_000)]
    assert said_of(clips, 2_000, "하나 둘 셋 넷.") == "하나 둘 셋 넷."
    assert said_of(clips, 1_600, "하나 둘 셋 넷.") == f"하나 둘 셋 {INTERRUPTED}"
    assert said_of(clips, 0, "하나 둘 셋 넷.") == INTERRUPTED
    assert said_of([], 500, "하나 둘 셋 넷.") == INTERRUPTED


@pytest.mark.parametrize(
    ("words", "complete", "hanging"),
    [
        ("딸기 케이크 하나 주세요", True, False),
        ("two strawberry cakes please", True, False),
        ("네", None, False),
        ("네, 주문해 주세요", True, False),
        ("no", None, False),
        ("no thank you", True, False),
        ("딸기 케이크 음", False, True),
        ("딸기 케이크하고", False, True),
        ("a strawberry cake and", False, True),
        ("딸기 케이크…", False, True),
        ("오늘 뭔가 그래서", None, False),
        ("", None, False),
    ],
)
def test_whether_words_look_whole(words: str, complete: bool | None, hanging: bool) -> None:
    look = look_of(words, RULES.propose(UnderstandingRequest(words, CATALOGUE)), "")
    assert (look.complete, look.hanging) == (complete, hanging)


def test_figures_are_those_of_turns_that_were() -> None:
    told: list[str] = []
    turns = TurnLog(lambda span, _: told.append(span))
    assert all(span.p50 is None for span in turns.figures().spans)
    for ms in range(1, 101):
        turns.record({Span.STT: float(ms)}, local=ms > 50)
    figures = turns.figures()
    stt = next(span for span in figures.spans if span.span == "stt")
    assert (figures.turns, figures.local) == (100, 50)
    assert (stt.p50, stt.p90, stt.p99) == (50, 90, 99)
    assert told.count("total") == 100
