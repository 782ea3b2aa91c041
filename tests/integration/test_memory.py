"""What the shop remembers of a customer and of a conversation, for how long, and who waits for whom."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from backend.database.interface import Database
from backend.domain.proposal import AddItem, ChangeItem, Proposal, UnderstandingRequest
from backend.domain.recommending import History
from backend.errors import Refusal
from backend.external.interfaces import EngineInfo, Enough, Glimpse, LanguageUnderstanding, Understood
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.catalogue_service import CatalogueService
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Link
from backend.services.gemini_service import GeminiService
from backend.services.housekeeping import Housekeeping
from backend.services.order_service import OrderService
from shared.orders import OrderItemDraft
from shared.voice import SessionOrderUpdate, VoiceAnalysisResponse
from tests.fakes.understanding import FakeUnderstanding
from tests.support.dialogue_files import shop

SESSION, NEXT = "session-0123456789", "session-9876543210"
MEMBER = "member-1"
KEEP = timedelta(minutes=10)
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


class Clock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def service_on(
    database: Database,
    understanding: LanguageUnderstanding | None = None,
    clock: Callable[[], datetime] | None = None,
    today: date = date(2026, 6, 1),
) -> GeminiService:
    catalogue = CatalogueService(shop(), lambda: today)
    orders = OrderService(database, catalogue, lambda: datetime.now(UTC), lambda: today)
    links: list[Link[LanguageUnderstanding]] = [Link("language", understanding or OfflineUnderstanding())]
    chain = EngineChain("understand", links, local_seconds=5.0)
    return GeminiService(chain, orders, catalogue, database, clock or (lambda: datetime.now(UTC)), keep=KEEP)


def cart(answer: VoiceAnalysisResponse) -> list[tuple[str, str, int]]:
    return [(item.menu_code, item.style, item.quantity) for item in answer.order_state.items]


async def order(service: GeminiService, words: str, member: str | None, session: str) -> VoiceAnalysisResponse:
    """Say what is wanted, leave it at that, and say yes."""
    await service.analyze_voice_input(f"{words} 그대로 주세요", member, session)
    done = await service.analyze_voice_input("네", member, session)
    assert done.order_state.order_number is not None
    return done


# what a customer ordered before


async def test_history_is_what_was_ordered_most(database: Database) -> None:
    service = service_on(database)
    await order(service, "프렌치 디너 두 개 그랜드로", MEMBER, "session-aaaaaaaaaaa")
    await order(service, "치즈 케이크 하나 그랜드로", MEMBER, "session-bbbbbbbbbbb")
    await order(service, "초콜릿 케이크 하나 심플로", "member-2", "session-ccccccccccc")
    async with database.read() as db:
        history = await service.get_user_order_history(MEMBER, db)
        nobody = await service.get_user_order_history(None, db)
        stranger = await service.get_user_order_history("member-3", db)
    assert history == History(("french", "cheese"), "grand", (2 * 53_000 + 39_000) // 2)
    assert nobody == stranger == History()


@pytest.mark.parametrize(
    "words", ["늘 드시던 걸로 주세요", "늘 먹던 걸로요", "항상 먹던 거 주세요", "the usual please"]
)
async def test_the_usual_is_ordered_again(database: Database, words: str) -> None:
    service = service_on(database)
    await order(service, "프렌치 디너 두 개 그랜드로", MEMBER, SESSION)
    answer = await service.analyze_voice_input(words, MEMBER, NEXT)
    assert cart(answer) == [("french", "grand", 1)]
    assert answer.state == "customization"


async def test_who_has_no_usual_is_asked(database: Database) -> None:
    answer = await service_on(database).analyze_voice_input("늘 먹던 걸로요", None, SESSION)
    assert cart(answer) == []
    assert answer.state == "menu_selection"
    assert answer.additional_questions


async def test_the_usual_that_is_sold_out_is_said(database: Database) -> None:
    service = service_on(database)
    await order(service, "프렌치 디너 두 개 그랜드로", MEMBER, SESSION)
    async with database.write() as db:
        await CatalogueService(shop(), lambda: date(2026, 6, 1)).set_sold_out(db, "french", True)
        await db.commit()
    answer = await service.analyze_voice_input("늘 먹던 걸로요", MEMBER, NEXT)
    assert cart(answer) == []
    assert "품절" in answer.response


@pytest.mark.parametrize(
    ("today", "running"),
    [(date(2026, 2, 10), ["valentine_week"]), (date(2026, 12, 25), ["christmas_cakes"]), (date(2026, 6, 1), [])],
)
async def test_events_are_those_of_the_day(database: Database, today: date, running: list[str]) -> None:
    service = service_on(database, today=today)
    async with database.read() as db:
        assert [event.code for event in await service.get_active_events(db)] == running


# how long a conversation is kept


async def test_ten_minutes_after_the_last_turn_a_conversation_is_over(database: Database) -> None:
    clock = Clock()
    service = service_on(database, clock=clock)
    await service.analyze_voice_input("프렌치 디너 하나 그랜드로", None, SESSION)
    clock.now += KEEP
    kept = await service.analyze_voice_input("치즈 케이크 하나 심플로 추가요", None, SESSION)
    assert cart(kept) == [("french", "grand", 1), ("cheese", "simple", 1)]
    clock.now += KEEP + timedelta(seconds=1)
    fresh = await service.analyze_voice_input("초콜릿 케이크 하나 심플로", None, SESSION)
    assert cart(fresh) == [("chocolate", "simple", 1)]
    async with database.read() as db:
        record = await db.conversations.get(SESSION)
    assert record is not None
    said, _ = record.messages
    assert said["content"] == "초콜릿 케이크 하나 심플로", "nothing of what the one before said is left"


async def test_a_yes_that_comes_too_late_places_nothing(database: Database) -> None:
    clock = Clock()
    service = service_on(database, clock=clock)
    await service.analyze_voice_input("프렌치 디너 하나 그랜드로 그대로 주세요", None, SESSION)
    clock.now += KEEP + timedelta(seconds=1)
    answer = await service.analyze_voice_input("네", None, SESSION)
    assert answer.order_state.order_number is None
    assert cart(answer) == []


async def test_a_members_conversation_is_theirs_until_it_is_over(database: Database) -> None:
    clock = Clock()
    service = service_on(database, clock=clock)
    await service.analyze_voice_input("프렌치 디너 하나 그랜드로", MEMBER, SESSION)
    with pytest.raises(Refusal):
        await service.analyze_voice_input("지금까지 얼마예요?", None, SESSION)
    clock.now += KEEP + timedelta(seconds=1)
    answer = await service.analyze_voice_input("지금까지 얼마예요?", None, SESSION)
    assert cart(answer) == []


async def test_a_touch_keeps_a_conversation_and_comes_too_late_as_well(database: Database) -> None:
    clock = Clock()
    service = service_on(database, clock=clock)
    await service.analyze_voice_input("프렌치 디너 하나 그랜드로", None, SESSION)
    clock.now += KEEP - timedelta(seconds=1)
    update = SessionOrderUpdate(items=(OrderItemDraft(menu_code="cheese", style="grand", quantity=1),))
    await service.update_order(SESSION, update, None)
    clock.now += KEEP - timedelta(seconds=1)
    assert cart(await service.analyze_voice_input("지금까지 얼마예요?", None, SESSION)) == [("cheese", "grand", 1)]


async def test_the_sweep_in_the_middle_of_a_turn_loses_no_word(database: Database) -> None:
    """A turn reads a conversation that is over; before it writes, housekeeping has deleted it."""
    clock = Clock()
    swept = asyncio.Event()

    class Sweeping(OfflineUnderstanding):
        async def understand(
            self, request: UnderstandingRequest, enough: Enough | None = None, glimpse: Glimpse | None = None
        ) -> Understood:
            if clock.now > NOON and not swept.is_set():
                swept.set()
                await Housekeeping(database, clock, KEEP).sweep()
            return await super().understand(request, enough, glimpse)

    service = service_on(database, Sweeping(), clock)
    await service.analyze_voice_input("프렌치 디너 하나 그랜드로", None, SESSION)
    clock.now += KEEP + timedelta(minutes=1)
    answer = await service.analyze_voice_input("치즈 케이크 하나 심플로", None, SESSION)
    assert swept.is_set()
    assert cart(answer) == [("cheese", "simple", 1)]


# two turns at once


class Slow:
    """Understands "add <menu>", but waits at a gate first. ``begun`` tells of each sentence that came to it."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.asked: list[UnderstandingRequest] = []
        self.begun: asyncio.Queue[str] = asyncio.Queue()

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("slow", "")

    async def understand(
        self,
        request: UnderstandingRequest,
        enough: Enough | None = None,  # noqa: ARG002 - as below
        glimpse: Glimpse | None = None,  # noqa: ARG002 - the interface has it
    ) -> Understood:
        self.asked.append(request)
        self.begun.put_nowait(request.transcript)
        await self.gate.wait()
        menu = request.transcript.removeprefix("add ")
        change = AddItem(menu, 1, "simple") if menu in ("french", "cheese") else ChangeItem(quantity_by=1)
        return Understood(Proposal("order", 1.0, "ko", changes=(change,)), self.info)


async def test_the_second_turn_of_a_conversation_waits_for_the_first(database: Database) -> None:
    engine = Slow()
    service = service_on(database, engine)
    first = asyncio.create_task(service.analyze_voice_input("add french", None, SESSION))
    assert await engine.begun.get() == "add french"
    second = asyncio.create_task(service.analyze_voice_input("one more", None, SESSION))
    other = asyncio.create_task(service.analyze_voice_input("add cheese", None, NEXT))
    assert await engine.begun.get() == "add cheese", "others do not wait"
    assert engine.begun.empty()
    engine.gate.set()
    assert cart(await first) == [("french", "simple", 1)]
    assert cart(await second) == [("french", "simple", 2)]
    assert cart(await other) == [("cheese", "simple", 1)]
    assert [item.menu_code for item in engine.asked[-1].items] == ["french"], "it knows what the first one changed"


async def test_many_machines_at_once_lose_no_item(database: Database) -> None:
    """Who loses the race reads again and understands anew, on what the winner left."""
    machines = [service_on(database) for _ in range(4)]
    await machines[0].analyze_voice_input("프렌치 디너 하나 심플로", None, SESSION)
    said = [machine.analyze_voice_input("하나 더 주세요", None, SESSION) for machine in machines]
    await asyncio.gather(*said)
    last = await machines[0].analyze_voice_input("지금까지 얼마예요?", None, SESSION)
    assert cart(last) == [("french", "simple", 5)]


# what an engine is told


async def test_the_newest_words_reach_the_engine_and_the_oldest_go_first(database: Database) -> None:
    asked = FakeUnderstanding(lambda _: Proposal("other", 0.1, "ko"))
    service = service_on(database, asked)
    for number in range(30):
        await service.analyze_voice_input(f"{number}번째 말이에요 " + "가" * 300, None, SESSION)
    context = asked.requests[-1].context
    assert "28번째" in context
    assert "user: 0번째" not in context
