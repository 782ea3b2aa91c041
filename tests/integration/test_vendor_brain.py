"""The emulated vendors with the shop's own engines for a brain: what goes in comes out again through the real adapters'
own prompts and readers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.domain.catalogue import Catalogue
from backend.domain.order import Cake, Item
from backend.domain.proposal import (
    AddItem,
    CakeWish,
    ChangeItem,
    Control,
    Intent,
    PortionChange,
    PortionMode,
    Proposal,
    Question,
    QuestionKind,
    RemoveItem,
    SetService,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.gemini.prompt import turn_of
from backend.external.gemini.proposals import read_reply, to_proposal
from backend.external.offline.audio_codec import decode
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.catalogue_files import read_catalogue
from backend.services.item_description import picture_prompt
from tests.fakes.vendors import Vendors
from tests.fakes.vendors.gemini_turn import reply_of, request_of
from tests.fakes.vendors.offline_brain import ASSETS, OfflineBrain, item_of, offline_brain
from tests.support.backend import GENEROUS, backend_process
from tests.support.dialogues import Dialogue, all_dialogues, differences
from tests.support.vendors import emulated_vendors, gemini_client, openai_client, vendor_process


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ASSETS / "catalogue").catalogue


@pytest.fixture
async def brain() -> AsyncIterator[OfflineBrain]:
    async with offline_brain() as made:
        yield made


@pytest.fixture
async def vendors(brain: OfflineBrain) -> AsyncIterator[Vendors]:
    async with emulated_vendors(brain) as running:
        yield running


CAKE = Cake("matcha", "#ffccaa", 2, "엄마, 사랑해")
ITEMS = (
    Item("french", "grand", 2, {"wine": 0, "coffee": 2}),
    Item("custom", None, 1, {}, CAKE),
    Item("custom", "simple", 3, {"strawberry": 12}, Cake()),
    Item("cheese", None, 1),
)


def requests(catalogue: Catalogue) -> Iterator[UnderstandingRequest]:
    yield UnderstandingRequest("프렌치 하나 주세요", catalogue)
    yield UnderstandingRequest(
        "items: stage: asked: 네",
        catalogue,
        ITEMS,
        1,
        "style_selection",
        "style",
        "items:\n1. fake",
        ("grand", "deluxe"),
    )
    for current in range(len(ITEMS)):
        yield UnderstandingRequest("yes please", catalogue, ITEMS, current, "confirmation", "confirm", language="en")
    whose = (("wife", "me"), (), ("grandmother",), ())
    yield UnderstandingRequest("hers simple", catalogue, ITEMS, 0, "confirmation", whose=whose, before=ITEMS[:2])
    yield UnderstandingRequest("one of each", catalogue, named=("cheese", "chocolate"))


def test_a_turn_is_read_as_the_adapter_wrote_it(catalogue: Catalogue) -> None:
    for request in requests(catalogue):
        assert request_of(turn_of(request), catalogue) == request


@pytest.mark.parametrize("words", ["", "What is the capital of Korea?", "items:\n-\nstage: x"])
def test_what_is_no_turn_is_none(catalogue: Catalogue, words: str) -> None:
    assert request_of(words, catalogue) is None


PORTIONS = (PortionChange("wine", PortionMode.SET, 0), PortionChange("coffee", PortionMode.INCLUDE))
WISH = CakeWish("matcha", "pink", 2, "축하해")
CHANGES = (
    AddItem("french", 2, "grand", PORTIONS),
    AddItem("custom", cake=WISH, whose="child"),
    AddItem(category="cake"),
    AddItem(options=("chocolate", "cheese")),
    ChangeItem(0, "english", 3, None, "deluxe", PORTIONS),
    ChangeItem(None, quantity_by=-1, cake=CakeWish(lettering="")),
    ChangeItem(2, pieces=1, style="simple", whose="she"),
    SplitItem(((1, "grand"), (2, "simple")), 1),
    RemoveItem(2),
    RemoveItem(),
    SetService("to_go"),
)
QUESTIONS = (
    Question(
        QuestionKind.RECOMMEND, people=4, budget=100_000, occasion="birthday", excluded=("cake",), extreme="cheapest"
    ),
    Question(QuestionKind.ALLERGENS, ("french",), ("grand",), ("steak",), ("milk",), "cake", containing=True),
)


def test_a_proposal_is_read_as_it_was_meant(catalogue: Catalogue) -> None:
    words = "와인은 빼고 커피는 넣어서 주세요"
    request = UnderstandingRequest(words, catalogue, ITEMS, 0, offered=("grand", "deluxe"))
    for choice in (0, 1, -1):
        controls = (Control.CHOOSE, Control.THANKS)
        meant = Proposal(
            Intent.ORDER, 0.9, "ko", changes=CHANGES, controls=controls, questions=QUESTIONS, choice=choice
        )
        read = to_proposal(read_reply(reply_of(meant, words)), request)
        assert (read.intent, read.confidence, read.language) == ("order", 0.9, "ko")
        assert (read.changes, read.controls, read.questions, read.choice) == (CHANGES, controls, QUESTIONS, choice)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("프렌치 디너 두 개 그랜드로 하나는 와인 빼고요", "menu"),
        ("딸기 케이크 세 개 아니 두 개 포장해 주세요", "menu"),
        ("two strawberry cakes and a french dinner deluxe please", "menu"),
        ("둘이 먹기 좋은 케이크 추천해 주세요", "menu"),
        ("두 번째 걸로 할게요", "style"),
        ("네 주문할게요", "confirm"),
        ("엄마 우리 버스 몇 시에 온대", "menu"),
    ],
)
async def test_the_brain_understands_as_the_rules_do(
    brain: OfflineBrain, vendors: Vendors, catalogue: Catalogue, words: str, asked: str
) -> None:
    request = UnderstandingRequest(words, catalogue, ITEMS[:1], 0, asked=asked, offered=("grand", "deluxe"))
    async with gemini_client(vendors) as client:
        answer = await client.aio.models.generate_content(model="gemini-3.8-flash", contents=turn_of(request))
    read = to_proposal(read_reply(answer.text or ""), request)
    rules = OfflineUnderstanding()
    meant = rules.propose(request)
    assert (read.intent, read.changes, read.controls, read.questions, read.choice) == (
        meant.intent,
        meant.changes,
        meant.controls,
        meant.questions,
        meant.choice,
    )
    assert read.answer


class RulesThroughTheWire(OfflineUnderstanding):
    """Its proposals go the whole way: written as a model's JSON, and read back by the adapter."""

    def propose(self, request: UnderstandingRequest) -> Proposal:
        read = request_of(turn_of(request), request.catalogue)
        assert read is not None
        return to_proposal(read_reply(reply_of(super().propose(read), read.transcript)), request)


@pytest.fixture(scope="module")
def rules() -> RulesThroughTheWire:
    return RulesThroughTheWire()


@pytest.fixture(scope="module")
def straight() -> OfflineUnderstanding:
    return OfflineUnderstanding()


@pytest.mark.parametrize("dialogue", list(all_dialogues()), ids=str)
def test_whole_conversations_survive_the_way_through_a_model(
    dialogue: Dialogue, catalogue: Catalogue, rules: RulesThroughTheWire, straight: OfflineUnderstanding
) -> None:
    directly = differences(dialogue, catalogue, straight.propose)
    assert differences(dialogue, catalogue, rules.propose) == directly


async def test_it_hears_what_it_speaks(vendors: Vendors) -> None:
    async with openai_client(vendors) as client:
        spoken = await client.audio.speech.create(
            input="two strawberry cakes", model="tts-1", voice="shimmer", response_format="mp3"
        )
        sound = ("order.mp3", spoken.read(), "audio/mpeg")
        heard = await client.audio.transcriptions.create(file=sound, model="whisper-1", language="en")
        assert heard.text == "two strawberry cakes"
        korean = await client.audio.transcriptions.create(file=sound, model="whisper-1", language="ko")
        assert korean.text == ""
        vendors.script.hears("딸기 케이크 두 개")
        told = await client.audio.transcriptions.create(file=sound, model="whisper-1", language="ko")
        assert told.text == "딸기 케이크 두 개"


async def test_it_speaks_korean_at_the_vendors_rate(vendors: Vendors) -> None:
    async with openai_client(vendors) as client:
        spoken = await client.audio.speech.create(
            input="안녕하세요. 무엇을 드릴까요?", model="tts-1", voice="nova", response_format="wav"
        )
    assert len(decode(spoken.read())) > 16_000


def test_a_prompt_for_a_picture_names_its_dish(catalogue: Catalogue) -> None:
    for item in (Item("french", "grand"), Item("strawberry"), Item("custom", "deluxe", cake=CAKE)):
        read = item_of(picture_prompt(item, catalogue, ""), catalogue)
        assert (read.menu_code, read.style, read.cake) == (item.menu_code, item.style, item.cake)
    assert item_of("A cake", catalogue).menu_code == "custom"


async def test_it_draws(brain: OfflineBrain) -> None:
    drawn = await brain.draw("A cake", "16:9", None)
    changed = await brain.draw("A cake", "16:9", drawn.content)
    assert drawn.content.startswith(b"\x89PNG")
    assert changed.content != drawn.content


def test_the_process_has_this_brain_too(tmp_path: Path) -> None:
    with vendor_process("--brain", "offline") as vendors:
        vendors.tell("script", hears=["네"])
        assert vendors.calls() == []


def test_an_order_outlives_its_vendors(tmp_path: Path) -> None:
    """The whole backend on emulated vendors that think: begun with them, and placed when they are gone."""
    with vendor_process("--brain", "offline") as vendors:
        environment = {**GENEROUS, **vendors.environment}
        with (
            backend_process(tmp_path / "data", environment=environment) as backend,
            httpx.Client(base_url=backend.base_url, timeout=20) as client,
        ):
            guest = client.post("/api/auth/guest", json={}).json()
            client.headers["authorization"] = f"Bearer {guest['token']}"
            session = None
            engines: list[str] = []
            turn: dict[str, Any] = {}
            for words in ("프렌치 디너 두 개 그랜드로 주세요", "없어요", "네 주문할게요"):
                if words == "네 주문할게요":
                    vendors.kill()
                asked = {"transcript": words, "user_id": guest["user_id"], "session_id": session}
                turn = client.post("/api/voice/analyze", json=asked).json()
                session = turn["session_id"]
                engines.append(turn["analysis"]["engine"])
            assert turn["state"] == "completed"
            assert turn["order_state"]["order_number"] == 1
            assert turn["order_state"]["payable"] == 106_000
            assert engines == ["gemini", "gemini", "offline"]
