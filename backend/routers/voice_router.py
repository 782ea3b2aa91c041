"""Conversations over HTTP: one turn, the cart as it was changed by touch, and the end."""

from __future__ import annotations

import re
from collections.abc import Mapping

from backend.domain.people import Caller
from backend.errors import Refusal
from backend.routers.turn_clock import TURN_ELAPSED, elapsed_of
from backend.services.gemini_service import GeminiService
from backend.web.endpoint import Access, Call, Endpoint
from shared import paths
from shared.problems import ProblemCode
from shared.voice import SessionOrderResponse, SessionOrderUpdate, VoiceAnalysisResponse, VoiceInputRequest

_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


class VoiceRouter:
    """``/api/voice/analyze`` and ``/api/voice/sessions/{id}``."""

    def __init__(self, conversations: GeminiService) -> None:
        self._conversations = conversations

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.VOICE_ANALYZE,
                self._analyze,
                "One sentence of a customer: what was understood, what is said, where the order stands",
                access=Access.OPEN,
                body=VoiceInputRequest,
                answer=VoiceAnalysisResponse,
                headers=(TURN_ELAPSED,),
                problems=(ProblemCode.FORBIDDEN, ProblemCode.NOT_FOUND),
                rate="voice",
                tag="voice",
            ),
            Endpoint(
                "PUT",
                paths.VOICE_SESSION_ORDER,
                self._update,
                "The whole cart of a conversation, as it was changed by touch",
                body=SessionOrderUpdate,
                answer=SessionOrderResponse,
                problems=(
                    ProblemCode.NOT_FOUND,
                    ProblemCode.UNKNOWN_MENU,
                    ProblemCode.UNKNOWN_INGREDIENT,
                    ProblemCode.STYLE_NOT_OFFERED,
                    ProblemCode.CAKE_NOT_OFFERED,
                    ProblemCode.COUNT_OUT_OF_RANGE,
                    ProblemCode.SOLD_OUT,
                ),
                tag="voice",
            ),
            Endpoint(
                "DELETE",
                paths.VOICE_SESSION,
                self._end,
                "End a conversation and forget what was said",
                status=204,
                problems=(ProblemCode.NOT_FOUND,),
                tag="voice",
            ),
        ]

    async def _analyze(self, call: Call[VoiceInputRequest]) -> VoiceAnalysisResponse:
        asked = call.body
        if asked.user_id is not None and not _is(asked.user_id, call.caller):
            raise Refusal(ProblemCode.FORBIDDEN, field="user_id")
        return await self._conversations.analyze_voice_input(
            asked.transcript,
            asked.user_id,
            asked.session_id,
            orderer=call.caller.user_id if call.caller else None,
            elapsed=elapsed_of(call.headers),
        )

    async def _update(self, call: Call[SessionOrderUpdate]) -> SessionOrderResponse:
        return await self._conversations.update_order(_session_id(call.path), call.body, call.caller)

    async def _end(self, call: Call[None]) -> None:
        await self._conversations.end_session(_session_id(call.path), call.caller)


def _is(user_id: str, caller: Caller | None) -> bool:
    return caller is not None and caller.user_id == user_id


def _session_id(path: Mapping[str, str]) -> str:
    session_id = path["session_id"]
    if not _SESSION_ID.fullmatch(session_id):
        raise Refusal(ProblemCode.NOT_FOUND, field="session_id")
    return session_id
