"""Conversations: a sentence becomes a proposal, the dialogue decides, and order and conversation are saved as one."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from backend.database.interface import Database, StaleVersion, UnitOfWork
from backend.domain import order as rules
from backend.domain.catalogue import Catalogue, Event
from backend.domain.dialogue import Turn, engine_down, not_placed, placed, respond
from backend.domain.enough import is_enough
from backend.domain.opener import Begun, opening_of
from backend.domain.order_state import OrderState, settled_by_touch
from backend.domain.people import Caller
from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.domain.recommending import History
from backend.domain.utterance import Look, look_of
from backend.errors import Refusal
from backend.external.interfaces import EngineError, EngineInfo, LanguageUnderstanding, Understood
from backend.services.catalogue_service import CatalogueService
from backend.services.conversation import ASSISTANT, USER, ConversationSession
from backend.services.conversation_prompt import build_prompt
from backend.services.engine_chain import TURN_SECONDS, EngineChain
from backend.services.local_first import Rules, is_sure
from backend.services.opening import Openable
from backend.services.order_history import history_of
from backend.services.order_service import OrderService
from backend.services.session_locks import SessionLocks
from backend.services.thinking_ahead import AheadBudget, Thought
from backend.services.voice_answer import answer_of, state_to_wire
from backend.services.wire import draft_to_item
from backend.timing import Step, gathered, note, timed
from shared.problems import ProblemCode
from shared.voice import SessionOrderResponse, SessionOrderUpdate, Stage, VoiceAnalysisResponse

HISTORY_ORDERS = 50
KEPT = timedelta(minutes=10)
NOBODY = EngineInfo("none", "")
ATTEMPTS = 5
"""Turns of one session on several machines: who loses the race reads again and understands anew."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

__all__ = ["ConversationSession", "GeminiService"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One sentence, whose it is, and until when (monotonic) vendors may think about it."""

    transcript: str
    user_id: str | None
    session_id: str
    orderer: str | None
    give_up_at: float
    local_first: bool = False
    ahead: Awaitable[Thought | None] | None = None
    openable: Openable | None = None


class GeminiService:
    """The conversation service. Which engine understands is decided at the composition root.

    No transaction is open while the engine thinks: a turn reads, understands, and writes on the version that it read.
    """

    def __init__(
        self,
        understanding: EngineChain[LanguageUnderstanding],
        orders: OrderService,
        catalogue: CatalogueService,
        database: Database,
        clock: Callable[[], datetime],
        *,
        turn_seconds: float = TURN_SECONDS,
        keep: timedelta = KEPT,
        told_by_model: Callable[[str], None] | None = None,
        rules: Rules | None = None,
        ahead: AheadBudget | None = None,
    ) -> None:
        """``turn_seconds``: what vendors have for a whole turn, hearing included; then this machine answers.

        ``keep``: a conversation that nobody has touched for so long is over, also before housekeeping deletes it: who
        comes next to a kiosk that kept its ``session_id`` finds an empty cart.
        ``rules`` answer what they are sure of where a caller asks for that (``local_first``).
        ``ahead`` bounds what models are asked before a turn has ended.
        ``told_by_model`` hears of each answer in which a model's own words stand: they may repeat the customer's.
        """
        self._keep = keep
        self._told_by_model = told_by_model
        self._rules = rules
        self._ahead = ahead or AheadBudget()
        self._understanding = understanding
        self._orders = orders
        self._catalogue = catalogue
        self._database = database
        self._clock = clock
        self._turn_seconds = turn_seconds
        self._locks = SessionLocks()

    async def analyze_voice_input(
        self,
        transcript: str,
        user_id: str | None,
        session_id: str | None,
        db: Database | None = None,
        *,
        orderer: str | None = None,
        elapsed: float = 0.0,
        local_first: bool = False,
        ahead: Awaitable[Thought | None] | None = None,
        openable: Openable | None = None,
    ) -> VoiceAnalysisResponse:
        """One turn. ``session_id`` None, or one that is not known, begins a conversation.

        ``user_id`` is the member whose conversation it is; ``orderer`` the user to whom an order belongs that this
        turn places (None: ``user_id``). ``db`` is the store, the service's own by default. ``elapsed`` is how long ago
        the customer stopped speaking, in seconds. ``local_first``: no model is asked where the rules are sure.
        ``ahead`` is what ``think_ahead`` makes of the same sentence; where it does not fit it is not used.
        ``openable`` is decided where something may be said while a model still writes.

        Raises:
            Refusal: not_found, the session is another user's.
            DatabaseError: nothing was saved, nothing was placed.
        """
        asked = _Asked(
            transcript,
            user_id,
            session_id or secrets.token_urlsafe(24),
            orderer or user_id,
            time.monotonic() + self._turn_seconds - elapsed,
            local_first,
            ahead,
            openable,
        )
        async with self._locks.hold(asked.session_id):
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return await self._turn(db or self._database, asked)
                except StaleVersion:
                    log.info("turn_raced", attempt=attempt)
                    if attempt == ATTEMPTS:
                        raise
        raise AssertionError("unreachable")

    async def get_user_order_history(self, user_id: str | None, db: UnitOfWork) -> History:
        """What this user orders: up to three menus, most frequent first; the usual style; won an order on average."""
        if user_id is None:
            return History()
        orders = [o for o in await db.orders.list_of_user(user_id, HISTORY_ORDERS) if o.status != rules.CANCELLED]
        return history_of(orders)

    async def get_active_events(self, db: UnitOfWork) -> tuple[Event, ...]:
        """The events that run today."""
        return (await self._catalogue.current(db)).events

    def build_conversation_context(
        self, user_id: str | None, history: History, events: Sequence[Event], session: ConversationSession
    ) -> str:
        """User, history, events, earlier messages and order state as a prompt."""
        return build_prompt(user_id, history, events, session)

    async def update_order(
        self, session_id: str, update: SessionOrderUpdate, caller: Caller | None
    ) -> SessionOrderResponse:
        """Take the whole cart as it was changed by touch; a session that is not known is created.

        Raises:
            Refusal: not_found, the session is another user's.
            OrderRuleError: an item breaks a rule of the shop; nothing was changed.
        """
        async with self._locks.hold(session_id):
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return await self._replace_order(session_id, update, caller)
                except StaleVersion:
                    if attempt == ATTEMPTS:
                        raise
        raise AssertionError("unreachable")

    async def end_session(self, session_id: str, caller: Caller | None) -> None:
        """Forget the conversation with all that was said; one that is not there is forgotten already.

        Raises:
            Refusal: not_found, the session is another user's.
        """
        async with self._locks.hold(session_id), self._database.write() as db:
            record = await db.conversations.get(session_id)
            if record is not None:
                _must_be_theirs(record.user_id, caller.user_id if caller else None)
                await db.conversations.delete(session_id)
                await db.commit()

    async def think_ahead(
        self,
        transcript: str,
        user_id: str | None,
        session_id: str,
        *,
        orderer: str | None = None,
        elapsed: float = 0.0,
        local_first: bool = False,
        openable: Openable | None = None,
    ) -> Thought:
        """What ``transcript`` would be taken for now, for an ``analyze_voice_input`` that may follow. Saves nothing.

        Raises:
            Refusal: not_found, the session is another user's.
            DatabaseError
        """
        give_up_at = time.monotonic() + self._turn_seconds - elapsed
        owner = orderer or user_id
        asked = _Asked(transcript, user_id, session_id, owner, give_up_at, local_first, openable=openable)
        with gathered() as steps:
            session, catalogue, history = await self._read(self._database, asked)
            request = self._request_of(asked, session, catalogue, history)
            understood = self._by_rules(asked, request, session, history)
            by_model = understood is None and self._ahead.take()
            if by_model:
                understood = await self._by_engines(asked, request, session, history)
            noted = tuple(step for step in steps if step.engine)
            return Thought(transcript, session.version, understood, noted, by_model)

    async def look_at(self, transcript: str, session_id: str) -> Look:
        """Whether ``transcript`` looks like all that will be said in this conversation; changes nothing.

        Raises:
            DatabaseError
        """
        if self._rules is None:
            return Look(None, hanging=False)
        async with self._database.read() as db:
            record = await db.conversations.get(session_id)
            catalogue = await self._catalogue.current(db)
        state = ConversationSession.from_record(record).order_state if record else OrderState()
        return look_of(transcript, self._rules.propose(_request(transcript, state, catalogue)), state.asked)

    async def shorten_answer(self, session_id: str, answer: str, said: str) -> None:
        """Of the last answer ``answer`` only ``said`` was spoken; nothing happens where another one came since.

        Raises:
            DatabaseError: it is remembered whole.
        """
        async with self._locks.hold(session_id), self._database.write() as db:
            record = await db.conversations.get(session_id)
            if record is None:
                return
            session = ConversationSession.from_record(record)
            if session.shorten_answer(answer, said):
                await db.conversations.save(session.to_record(self._clock()))
                await db.commit()

    async def _turn(self, database: Database, asked: _Asked) -> VoiceAnalysisResponse:
        session, catalogue, history = await self._read(database, asked)
        thought = await asked.ahead if asked.ahead is not None else None
        if thought is not None and thought.fits(asked.transcript, session.version):
            understood = thought.understood
            if thought.by_model:
                self._ahead.used()
            for step in thought.steps:
                note(step)
        else:
            understood = await self._understand(asked, session, catalogue, history)
        proposal = understood.proposal if understood else None
        with timed("save"):
            async with database.write() as db:
                catalogue = await self._catalogue.current(db)
                before = session.order_state
                turn = respond(before, proposal, catalogue, history) if proposal else engine_down(before)
                if turn.place:
                    turn = await self._place(db, turn, catalogue, asked.orderer)
                session.order_state = turn.state
                session.add_message(USER, asked.transcript)
                session.add_message(ASSISTANT, turn.say)
                session.update_context("language", turn.state.language)
                await db.conversations.save(session.to_record(self._clock()))
                await db.commit()
        if self._told_by_model and proposal and proposal.answer and proposal.answer in turn.say:
            self._told_by_model(turn.say)
        return answer_of(asked.session_id, turn, proposal, catalogue, understood.info if understood else NOBODY)

    async def _read(self, database: Database, asked: _Asked) -> tuple[ConversationSession, Catalogue, History]:
        with timed("read"):
            async with database.read() as db:
                session = await self._session(db, asked.session_id, asked.user_id, asked.orderer)
                catalogue = await self._catalogue.current(db)
                return session, catalogue, await self.get_user_order_history(asked.user_id, db)

    async def _session(
        self, db: UnitOfWork, session_id: str, user_id: str | None, shown: str | None
    ) -> ConversationSession:
        """The conversation of ``user_id``, where it is new; ``shown`` is who showed a token, if anybody."""
        record = await db.conversations.get(session_id)
        if record is None:
            return ConversationSession(session_id, user_id)
        if self._clock() - record.updated_at > self._keep:
            return ConversationSession(session_id, user_id, version=record.version)
        _must_be_theirs(record.user_id, user_id or shown)
        return ConversationSession.from_record(record)

    async def _understand(
        self, asked: _Asked, session: ConversationSession, catalogue: Catalogue, history: History
    ) -> Understood | None:
        """What was meant, or None where every engine failed: the conversation goes on by asking again."""
        request = self._request_of(asked, session, catalogue, history)
        by_rules = self._by_rules(asked, request, session, history)
        return by_rules or await self._by_engines(asked, request, session, history)

    def _request_of(
        self, asked: _Asked, session: ConversationSession, catalogue: Catalogue, history: History
    ) -> UnderstandingRequest:
        context = self.build_conversation_context(session.user_id, history, catalogue.events, session)
        return _request(asked.transcript, session.order_state, catalogue, context)

    def _by_rules(
        self, asked: _Asked, request: UnderstandingRequest, session: ConversationSession, history: History
    ) -> Understood | None:
        """None where they are not sure, or not to be asked first."""
        if not asked.local_first or self._rules is None:
            return None
        began = time.perf_counter()
        proposal = self._rules.propose(request)
        if not is_sure(proposal, session.order_state, request, history):
            return None
        info = self._rules.info
        note(Step("understand", time.perf_counter() - began, info.engine, info.model))
        return Understood(proposal, info)

    async def _by_engines(
        self, asked: _Asked, request: UnderstandingRequest, session: ConversationSession, history: History
    ) -> Understood | None:
        catalogue = request.catalogue

        def enough(so_far: Proposal) -> bool:
            return is_enough(session.order_state, so_far, catalogue, history)

        def glimpse(begun: Begun) -> bool:
            kind = opening_of(begun, session.order_state, catalogue)
            if kind is not None and asked.openable is not None:
                asked.openable.decide(kind, begun.language)
            return kind is not None

        watching = glimpse if asked.openable is not None else None
        seconds = asked.give_up_at - time.monotonic()
        try:
            return await self._understanding.ask(lambda engine: engine.understand(request, enough, watching), seconds)
        except EngineError as error:
            log.warning("understanding_failed", error=type(error).__name__)
            return None

    async def _place(self, db: UnitOfWork, turn: Turn, catalogue: Catalogue, orderer: str | None) -> Turn:
        """Place within the turn's transaction: order, notification and conversation are saved together or none is."""
        state = turn.state
        try:
            order = await self._orders.place_in(db, state.items, state.service, orderer)
        except rules.OrderRuleError:
            return not_placed(state, catalogue)
        return placed(state, order.order_number, order.id, order.payable)

    async def _replace_order(
        self, session_id: str, update: SessionOrderUpdate, caller: Caller | None
    ) -> SessionOrderResponse:
        async with self._database.write() as db:
            # A cart does not say whose it is: only a sentence with a user_id binds a session.
            session = await self._session(db, session_id, None, caller.user_id if caller else None)
            catalogue = await self._catalogue.current(db)
            items = tuple(rules.normalise(draft_to_item(draft), catalogue) for draft in update.items)
            rules.bill(items, catalogue)
            session.order_state = settled_by_touch(items, update.service.value, session.order_state)
            await db.conversations.save(session.to_record(self._clock()))
            await db.commit()
        return _order_response(session_id, session.order_state, catalogue)


def _request(transcript: str, state: OrderState, catalogue: Catalogue, context: str = "") -> UnderstandingRequest:
    return UnderstandingRequest(
        transcript=transcript,
        catalogue=catalogue,
        items=state.items,
        current=state.current,
        stage=state.stage,
        asked=state.asked,
        context=context,
        offered=state.offered,
        language=state.language,
        about=state.about,
        counted=state.counted,
        priced=state.priced,
        whose=state.whose,
        before=state.items_before,
        named=state.named,
    )


def _order_response(session_id: str, state: OrderState, catalogue: Catalogue) -> SessionOrderResponse:
    return SessionOrderResponse(
        session_id=session_id, order_state=state_to_wire(state, catalogue), state=Stage(state.stage)
    )


def _must_be_theirs(owner: str | None, user_id: str | None) -> None:
    if owner is not None and owner != user_id:
        raise Refusal(ProblemCode.NOT_FOUND, field="session_id")
