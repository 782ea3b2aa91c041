"""A reply that is acted on before its end: nothing that comes after it would have changed the turn."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.dialogue import respond
from backend.domain.enough import is_enough
from backend.domain.order_state import OrderState
from backend.domain.proposal import AddItem, Control, Proposal
from backend.domain.recommending import History
from backend.external.gemini.reading import ReplyReader
from backend.external.interfaces import EngineBadResponse
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.catalogue_files import read_catalogue
from tests.support.backend import ROOT
from tests.support.dialogues import Dialogue, all_dialogues, request_for, say
from tests.support.gemini_replies import reply_of

CATALOGUE = read_catalogue(ROOT / "assets" / "catalogue").catalogue
ENGINE = OfflineUnderstanding()
NOBODY = History()
THANKS = Proposal("other", 0.9, "ko", controls=(Control.THANKS,))
AT_THE_MENU = OrderState(stage="menu_selection", asked="menu")
ANSWERS = ("네, 감사합니다. 더 말씀해 주세요.", "프렌치 디너는 1원이에요. 네. 그럼요.", "주문이 완료됐어요.")


def read(reply: str, state: OrderState, words: str, size: int) -> tuple[Proposal, int]:
    """What was acted on, and after how many letters of the reply."""
    request = request_for(words, state, CATALOGUE)
    reader = ReplyReader(request, "the prompt", lambda so_far: is_enough(state, so_far, CATALOGUE, NOBODY))
    for end in range(size, len(reply) + size, size):
        if (proposal := reader.hear(reply[end - size : end])) is not None:
            return proposal, min(end, len(reply))
    return reader.whole(), len(reply)


@pytest.mark.parametrize("dialogue", list(all_dialogues()), ids=str)
def test_the_turn_is_the_same_wherever_the_reply_was_left(dialogue: Dialogue) -> None:
    state = OrderState()
    for at, turn in enumerate(dialogue.turns):
        proposal, after = say(turn.say, state, CATALOGUE, ENGINE)
        said = replace(proposal, answer=ANSWERS[at % len(ANSWERS)])
        reply = json.dumps(reply_of(said, request_for(turn.say, state, CATALOGUE)), ensure_ascii=False)
        whole, _ = read(reply, state, turn.say, len(reply))
        for size in (1, 12):
            early, _ = read(reply, state, turn.say, size)
            assert respond(state, early, CATALOGUE, NOBODY) == respond(state, whole, CATALOGUE, NOBODY)
        state = after.state


def test_an_order_is_not_kept_waiting_by_a_sentence_that_is_not_spoken() -> None:
    order = Proposal("order", 0.9, "ko", changes=(AddItem("french", 2, "grand"),), answer="네. " * 40)
    words = "프렌치 디너 두 개 그랜드로"
    reply = json.dumps(reply_of(order, request_for(words, OrderState(), CATALOGUE)), ensure_ascii=False)
    early, letters = read(reply, OrderState(), words, 1)
    assert early.changes == order.changes
    assert letters == reply.index('"answer": "') + len('"answer": "')


def test_a_thank_you_waits_for_the_model_s_first_sentence_and_no_longer() -> None:
    thanks = replace(THANKS, answer="천만에요. 천천히 고르세요. 기다릴게요.")
    reply = json.dumps(reply_of(thanks, request_for("고마워요", AT_THE_MENU, CATALOGUE)), ensure_ascii=False)
    early, letters = read(reply, AT_THE_MENU, "고마워요", 1)
    assert early.answer == "천만에요."
    assert reply[:letters].endswith("천만에요. 천")
    assert respond(AT_THE_MENU, early, CATALOGUE, NOBODY).say.startswith("천만에요.")


def test_what_comes_in_another_order_is_read_whole() -> None:
    """A model that no schema holds may say first what it answers, and leave out what is always there."""
    order = reply_of(
        Proposal("order", 0.9, "ko", changes=(AddItem("french"),)), request_for("", OrderState(), CATALOGUE)
    )
    answer_first = {"answer": "네.", **{key: value for key, value in order.items() if key != "answer"}}
    unsure = {key: value for key, value in order.items() if key != "confidence"}
    claims_nothing = {key: value for key, value in order.items() if key != "changes"}
    for reply in map(json.dumps, (answer_first, unsure, claims_nothing)):
        _, letters = read(reply, OrderState(), "프렌치", 1)
        assert letters == len(reply)


@pytest.mark.parametrize(
    "text",
    ['{"intent": "or', "<html>", '{"answer": 7', '{"answer": {"a": "네. 네. "', "[[[[", '["answer"', '"answer": "네'],
)
def test_what_is_no_reply_is_none(text: str) -> None:
    with pytest.raises(EngineBadResponse):
        read(text, OrderState(), "네", 1)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='네요 .!?1,원\\"\n\u2028😀', max_size=80), st.integers(1, 9), st.booleans())
def test_whatever_the_answer_is_it_is_read_alike(answer: str, size: int, ascii_only: bool) -> None:
    request = request_for("고마워요", AT_THE_MENU, CATALOGUE)
    reply = json.dumps(reply_of(replace(THANKS, answer=answer), request), ensure_ascii=ascii_only)
    early, _ = read(reply, AT_THE_MENU, "고마워요", size)
    whole, _ = read(reply, AT_THE_MENU, "고마워요", len(reply))
    one, other = (respond(AT_THE_MENU, each, CATALOGUE, NOBODY).say for each in (early, whole))
    assert one == other
