"""What single sentences are understood as, and how quickly."""

from __future__ import annotations

import statistics
import time

import pytest

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.proposal import (
    AddItem,
    Change,
    ChangeItem,
    Control,
    PortionChange,
    PortionMode,
    Proposal,
    QuestionKind,
    RemoveItem,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.understanding.lettering import take_lettering
from backend.external.offline.understanding.numbers import number_at
from backend.external.offline.understanding.sounds import SoundIndex, jamo
from backend.external.offline.understanding.text import read
from backend.services.catalogue_files import read_catalogue
from tests.support.backend import ROOT

SET, ADD, REMOVE, INCLUDE = PortionMode.SET, PortionMode.ADD, PortionMode.REMOVE, PortionMode.INCLUDE


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "assets" / "catalogue").catalogue


@pytest.fixture(scope="module")
def engine() -> OfflineUnderstanding:
    return OfflineUnderstanding()


def propose(
    engine: OfflineUnderstanding, catalogue: Catalogue, words: str, *items: Item, stage: str = "", asked: str = ""
) -> Proposal:
    current = len(items) - 1 if items else None
    stage = stage or ("confirmation" if items else "greeting")
    return engine.propose(UnderstandingRequest(words, catalogue, items, current, stage, asked))


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("딸기 케이크 두 개 주세요", (AddItem("strawberry", 2),)),
        ("생크림케이크열두개요", (AddItem("strawberry", 12),)),
        ("샴페인 디너 세 세트 디럭스로", (AddItem("champagne", 3, "deluxe"),)),
        ("프렌치 디너 세 명분 주세요", (AddItem("french", 3),)),
        ("프렌치 디너 삼 인분이요", (AddItem("french", 3),)),
        ("치즈케익 한 판", (AddItem("cheese", 1),)),
        ("a couple of cheesecakes", (AddItem("cheese", 2),)),
        ("프렌치 디너 커피 없이", (AddItem("french", None, None, (PortionChange("coffee", SET, 0),)),)),
        ("프렌치 디너에 와인 한 잔 추가", (AddItem("french", None, None, (PortionChange("wine", ADD, 1),)),)),
        ("french dinner with extra wine", (AddItem("french", None, None, (PortionChange("wine", ADD, 1),)),)),
        ("케이크 두 개요", (AddItem(None, 2, category="cake"),)),
        (
            "딸기 케이크 하나랑 초콜릿 케이크 둘",
            (AddItem("strawberry", 1), AddItem("chocolate", 2)),
        ),
    ],
)
def test_new_items(engine: OfflineUnderstanding, catalogue: Catalogue, words: str, changes: tuple[Change, ...]) -> None:
    proposal = propose(engine, catalogue, words)
    assert proposal.changes == changes
    assert proposal.intent == "order"
    assert proposal.confidence > 0.8


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("세 개로 해 주세요", (ChangeItem(quantity=3),)),
        ("하나 더 주세요", (ChangeItem(quantity_by=1),)),
        ("하나 빼 주세요", (ChangeItem(quantity_by=-1),)),
        ("아니 디럭스로 바꿔 주세요", (ChangeItem(style="deluxe"),)),
        ("프렌치 디너는 빼 주세요", (RemoveItem(0),)),
        ("그거 빼 주세요", (RemoveItem(None),)),
        ("프렌치 말고 잉글리시로", (ChangeItem(0, "english"),)),
        ("english dinner instead of the french dinner", (ChangeItem(0, "english"),)),
        ("change the french dinner to an english dinner", (ChangeItem(0, "english"),)),
        (
            "커피는 빼고 와인 두 잔",
            (ChangeItem(portions=(PortionChange("coffee", SET, 0), PortionChange("wine", SET, 2))),),
        ),
        ("add two glasses of wine", (ChangeItem(portions=(PortionChange("wine", ADD, 2),)),)),
        ("하나는 그랜드로 하나는 심플로", (SplitItem(((1, "grand"), (1, "simple"))),)),
        ("프렌치 디너 하나 더요", (ChangeItem(0, quantity_by=1),)),
        ("와인 다시 넣어 주세요", (ChangeItem(portions=(PortionChange("wine", INCLUDE),)),)),
    ],
)
def test_changes_to_what_is_there(
    engine: OfflineUnderstanding, catalogue: Catalogue, words: str, changes: tuple[Change, ...]
) -> None:
    assert propose(engine, catalogue, words, Item("french", "simple", 2)).changes == changes


@pytest.mark.parametrize(
    ("words", "control"),
    [
        ("네", Control.CONFIRM),
        ("그렇게 해 주세요", Control.CONFIRM),
        ("주문할게요", Control.CONFIRM),
        ("아니요", Control.DENY),
        ("취소할게요", Control.CANCEL),
        ("처음부터 다시 할게요", Control.START_OVER),
        ("다시 한번 말해 주세요", Control.REPEAT),
        ("뒤로 가 주세요", Control.BACK),
        ("직원 불러 주세요", Control.CALL_STAFF),
        ("잠깐만요", Control.WAIT),
        ("좀 천천히 말해 주세요", Control.SLOWER),
        ("글씨 크게 해 주세요", Control.LARGER),
        ("yes please", Control.CONFIRM),
        ("say that again", Control.REPEAT),
        ("i need help", Control.CALL_STAFF),
        ("never mind", Control.CANCEL),
    ],
)
def test_words_to_the_kiosk(engine: OfflineUnderstanding, catalogue: Catalogue, words: str, control: Control) -> None:
    proposal = propose(engine, catalogue, words, Item("french", "simple"), asked="confirm")
    assert control in proposal.controls
    assert proposal.changes == ()


@pytest.mark.parametrize(
    "words", ["취소하지 마세요", "엄마 우리 버스 몇 시에 와", "네 옆집 철수네 강아지가 그랬대", "음 글쎄"]
)
def test_what_is_no_yes_and_no_cancel(engine: OfflineUnderstanding, catalogue: Catalogue, words: str) -> None:
    proposal = propose(engine, catalogue, words, Item("french", "simple"), asked="confirm")
    assert Control.CANCEL not in proposal.controls
    assert Control.CONFIRM not in proposal.controls or proposal.confidence < 0.6


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("프렌치 디너 얼마예요?", QuestionKind.PRICE),
        ("how much is the cheesecake", QuestionKind.PRICE),
        ("발렌타인 디너에 뭐 들어 있어요?", QuestionKind.CONTENTS),
        ("견과류 알레르기 있는데요", QuestionKind.ALLERGENS),
        ("스타일은 뭐가 있어요?", QuestionKind.STYLES),
        ("메뉴 뭐 있어요?", QuestionKind.MENUS),
        ("지금 할인 행사 해요?", QuestionKind.EVENTS),
        ("얼마나 걸려요?", QuestionKind.WAITING),
        ("what do you recommend", QuestionKind.RECOMMEND),
        ("생일인데 뭐가 좋을까요?", QuestionKind.RECOMMEND),
    ],
)
def test_questions_order_nothing(
    engine: OfflineUnderstanding, catalogue: Catalogue, words: str, kind: QuestionKind
) -> None:
    proposal = propose(engine, catalogue, words)
    assert [question.kind for question in proposal.questions] == [kind]
    assert proposal.changes == ()


def test_a_question_and_an_order_in_one_breath(engine: OfflineUnderstanding, catalogue: Catalogue) -> None:
    proposal = propose(engine, catalogue, "딸기 케이크 얼마예요 초콜릿 케이크 두 개 주세요")
    assert proposal.questions[0].menus == ("strawberry",)
    assert proposal.changes == (AddItem("chocolate", 2),)


@pytest.mark.parametrize(
    ("words", "lettering"),
    [
        ("'생일 축하해'라고 써 주세요", "생일 축하해"),
        ("글씨는 사랑해 엄마로 해 주세요", "사랑해 엄마"),
        ("a custom cake saying happy birthday Mina", "happy birthday Mina"),
        ('lettering "I love you" please', "I love you"),
        ("딸기 케이크 두 개 주세요", None),
        ("글씨 크게 해 주세요", None),
    ],
)
def test_lettering_is_taken_as_it_is_said(words: str, lettering: str | None) -> None:
    assert take_lettering(words)[1] == lettering


@pytest.mark.parametrize(
    ("words", "value", "kind"),
    [
        ("두 개", 2, "count"),
        ("스무 알", 20, "count"),
        ("열두개", 12, "count"),
        ("3개", 3, "count"),
        ("이 인분", 2, "count"),
        ("삼단", 3, "tiers"),
        ("5만 원", 50_000, "money"),
        ("두 번째", 2, "rank"),
        ("a dozen", 12, "count"),
        ("three tiers", 3, "tiers"),
    ],
)
def test_numbers(words: str, value: int, kind: str) -> None:
    text = read(words)
    found = number_at(text.raw, text.starts, 0)
    assert found is not None
    assert (found.value, found.kind, found.end) == (value, kind, len(text.raw))


@pytest.mark.parametrize(
    ("heard", "meant"), [("프랜치", "프렌치"), ("딸끼", "딸기"), ("초코렛", "초콜릿"), ("디럭수", "디럭스")]
)
def test_slips_are_taken_for_the_name_they_sound_like(heard: str, meant: str) -> None:
    guess = SoundIndex(["프렌치", "딸기", "초콜릿", "디럭스", "그랜드"]).nearest(heard)
    assert guess is not None
    assert guess.form == meant


@pytest.mark.parametrize("word", ["버스", "오늘", "기차", "강아지", "날씨", "computer"])
def test_ordinary_words_are_no_slips(word: str) -> None:
    assert SoundIndex(["프렌치", "딸기", "초콜릿", "디럭스", "그랜드", "champagne"]).nearest(word) is None


def test_vowels_that_sound_alike_are_the_same() -> None:
    assert jamo("축재") == jamo("축제")


def test_a_long_sentence_takes_milliseconds(engine: OfflineUnderstanding, catalogue: Catalogue) -> None:
    """Not a benchmark: a guard against a quadratic slip; 1,000 characters are the longest that may be sent."""
    longest = ("프랜치 다나 두게 딸끼 케잌 주이소 " * 60)[:1_000]
    taken = []
    for _ in range(3):
        began = time.process_time()
        propose(engine, catalogue, longest)
        taken.append(time.process_time() - began)
    assert statistics.median(taken) < 0.5
