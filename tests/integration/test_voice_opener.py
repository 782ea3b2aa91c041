"""Said at once, while a model writes: out of what is kept, once, and only as said when it was played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.domain.opener import OPENERS, Opening
from shared import paths
from shared.voice_stream import Answer, Caption, Done, Say, Spoken, Stop, StreamReply
from tests.fakes.vendors.faults import Capability, Fault
from tests.fakes.vendors.pace import Pace
from tests.support.voice_shop import SURE, UNSURE, Shop, shop
from tests.support.voice_stream import Customer, customer

ORDER = {
    "intent": "order", "language": "ko",
    "changes": [{"words": SURE, "do": "add", "menu": "strawberry", "quantity": 1}],
    "confidence": 0.95, "answer": "딸기 케이크요.",
}  # fmt: skip
QUESTION = {
    "intent": "inquiry", "language": "ko",
    "questions": [{"words": SURE, "kind": "contents", "menus": ["french"]}],
    "confidence": 0.95, "answer": "알려 드릴게요.",
}  # fmt: skip
SLOW = Pace(first_token=0.1, whole_answer=0.9)


async def kept(here: Shop, *openings: Opening) -> None:
    """As the warmer does before the first customer."""
    async with httpx.AsyncClient(base_url=here.url, timeout=30) as http:
        for opening in openings:
            for text in OPENERS["ko", opening]:
                body = {"text": text, "voice": "nova", "format": "wav"}
                (await http.post(paths.VOICE_TTS, json=body)).raise_for_status()


def understands(here: Shop, reply: dict[str, Any]) -> None:
    here.vendors.script.answers.clear()
    here.vendors.script.says(*[reply] * 4)


async def say(one: Customer, here: Shop, turn: int, text: str = SURE) -> Done:
    here.vendors.pace = SLOW
    await one.send(Say(turn=turn, text=text))
    return await one.done(turn)


def kinds(replies: list[StreamReply]) -> list[str]:
    return [reply.type for reply in replies if isinstance(reply, (Caption, Answer))]


async def test_an_order_is_answered_at_once_and_then_by_the_shop(tmp_path: Path) -> None:
    async with shop(tmp_path, local_first=False) as here, customer(here.url) as one:
        await kept(here, Opening.TAKEN)
        understands(here, ORDER)
        before = here.asked(Capability.TTS)
        done = await say(one, here, 1)
        assert kinds(one.replies)[:2] == ["caption", "answer"], "before the order is known"
        texts = [caption.text for caption in one.of(Caption)]
        assert texts[0] == "네,"
        assert " ".join(texts) == one.of(Answer)[0].analysis.response
        assert here.asked(Capability.TTS) - before == len(texts) - 1, "the opener is paid for once"
        assert done.opener_ms > 0
        assert done.sentence_ms is not None
        assert done.sentence_ms > sum(done.spans.values()) + 200
        assert [item.menu_code for item in one.of(Answer)[0].analysis.order_state.items] == ["strawberry"]


async def test_a_question_is_not_opened_with_what_may_be_its_answer(tmp_path: Path) -> None:
    async with shop(tmp_path, local_first=False) as here, customer(here.url) as one:
        await kept(here, Opening.LOOKING)
        understands(here, QUESTION)
        for turn in (1, 2, 3):
            await say(one, here, turn)
        openers = [caption.text for caption in one.of(Caption) if caption.clip == 0]
        assert openers == ["잠시만요.", "음, 볼게요.", "잠시만요."]


async def test_what_is_not_kept_is_not_waited_for(tmp_path: Path) -> None:
    async with shop(tmp_path, local_first=False) as here, customer(here.url) as one:
        understands(here, ORDER)
        here.vendors.script.sound = bytes(24_000)
        done = await say(one, here, 1)
        assert kinds(one.replies)[0] == "answer"
        assert done.opener_ms == 0


async def test_the_rules_need_no_opener(tmp_path: Path) -> None:
    async with shop(tmp_path) as here, customer(here.url) as one:
        await kept(here, Opening.TAKEN)
        assert (await say(one, here, 1)).opener_ms == 0
        assert kinds(one.replies)[0] == "answer"


@pytest.mark.parametrize("played_ms", [0, 100])
async def test_only_what_was_played_of_it_is_remembered(tmp_path: Path, played_ms: int) -> None:
    async with shop(tmp_path, local_first=False) as here, customer(here.url) as one:
        await kept(here, Opening.TAKEN)
        understands(here, ORDER)
        await say(one, here, 1)
        whole = one.of(Answer)[0].analysis.response
        await one.send(Stop(turn=1, played_ms=played_ms))
        await say(one, here, 2, UNSURE)
        told = here.vendors.script.questions[-1].texts[-1]
        assert "[…]" in told
        assert whole.removeprefix("네,").strip() not in told


async def test_a_stop_while_it_is_thought_about_silences_opener_and_answer(tmp_path: Path) -> None:
    async with shop(tmp_path, local_first=False) as here, customer(here.url) as one:
        await kept(here, Opening.TAKEN)
        understands(here, ORDER)
        here.vendors.pace = SLOW
        await one.send(Say(turn=1, text=SURE))
        await one.until(Caption)
        await one.send(Stop(turn=1, played_ms=0))
        await one.done(1)
        assert len(one.of(Caption)) == 1
        assert not one.of(Spoken)
        assert [item.menu_code for item in one.of(Answer)[0].analysis.order_state.items] == ["strawberry"]


async def test_a_model_that_breaks_off_after_it_began_is_replaced(tmp_path: Path) -> None:
    """What was said is still true: somebody was heard."""
    async with shop(tmp_path, local_first=False) as here, customer(here.url) as one:
        await kept(here, Opening.TAKEN)
        understands(here, ORDER)
        here.vendors.order(Fault.CUT_MIDSTREAM, Capability.LANGUAGE)
        await say(one, here, 1)
        answer = one.of(Answer)[0].analysis
        assert " ".join(caption.text for caption in one.of(Caption)) == answer.response
        assert [item.menu_code for item in answer.order_state.items] == ["strawberry"]
