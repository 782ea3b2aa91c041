"""A reply while it is being written: what kind it is as soon as that is told, and understood as soon as nothing that is
still to come can change the turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic_core import from_json

from backend.domain.opener import Begun
from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.external.gemini.proposals import read_reply, to_proposal
from backend.external.gemini.schema import ALWAYS, Reply
from backend.external.gemini.spoken import recites, sentences
from backend.external.interfaces import EngineBadResponse, Enough, Glimpse

_ANSWER = "answer"
_ALWAYS = frozenset(ALWAYS)
_CLAIMS = ("controls", "questions", "changes")


class ReplyReader:
    """``prompt`` is what the model was told and may not recite."""

    def __init__(
        self, request: UnderstandingRequest, prompt: str, enough: Enough | None, glimpse: Glimpse | None = None
    ) -> None:
        """Both None for a model that no schema holds: it may write in any order."""
        self._request = request
        self._prompt = prompt
        self._enough = enough
        self._glimpse = glimpse
        self._text = ""
        self._asked_at = -1

    def hear(self, piece: str) -> Proposal | None:
        """What the reply means, where ``enough`` says of it that the rest need not be waited for.

        ``enough`` is asked when the answer begins and again with each of its sentences that is whole. ``glimpse`` is
        told what is known until it has seen enough, or the answer begins.

        Raises:
            EngineBadResponse: as ``whole``.
        """
        self._text += piece
        self._look()
        if self._enough is None or f'"{_ANSWER}"' not in self._text:
            return None
        try:
            told = from_json(self._text, allow_partial="trailing-strings")
        except ValueError:
            return None
        # Only the last one can be half of itself. Who claims nothing may have forgotten it: that is read to its end.
        if not isinstance(told, dict) or not told.keys() >= _ALWAYS or [*told][-1] != _ANSWER:
            return None
        if not any(told.get(claim) for claim in _CLAIMS):
            return None
        answer = told[_ANSWER]
        # The last sentence may go on: "3.5" is no end, and neither is a full stop before another one.
        whole = sentences(answer)[:-1] if isinstance(answer, str) else []
        if len(whole) == self._asked_at:
            return None
        self._asked_at = len(whole)
        try:
            reply = Reply.model_validate(told | {_ANSWER: " ".join(whole)})
        except ValueError:
            return None
        proposal = self._read(reply)
        return proposal if self._enough(proposal) else None

    def whole(self) -> Proposal:
        """What all of it means.

        Raises:
            EngineBadResponse: it is no reply, or it is about nothing that is known here.
        """
        return self._read(read_reply(self._text))

    def _look(self) -> None:
        if self._glimpse is None:
            return
        try:
            told = from_json(self._text, allow_partial=True)
        except ValueError:
            return
        begun = _begun(told) if isinstance(told, dict) else None
        if begun is not None and (self._glimpse(begun) or _ANSWER in told):
            self._glimpse = None

    def _read(self, reply: Reply) -> Proposal:
        proposal = to_proposal(reply, self._request)
        if recites(proposal.answer, self._prompt):
            proposal = replace(proposal, answer="")
        claimed = reply.changes or reply.questions or reply.controls
        if claimed and not (proposal.changes or proposal.questions or proposal.controls):
            # It understood something that this shop does not have at all: another engine may understand what was said.
            raise EngineBadResponse("nothing of the reply is known here")
        return proposal


def _begun(told: dict[str, Any]) -> Begun | None:
    intent, language = told.get("intent"), told.get("language")
    if not isinstance(intent, str) or not isinstance(language, str):
        return None
    changes = told.get("changes")
    first = changes[0] if isinstance(changes, list) and changes else None
    menu = first.get("menu") if isinstance(first, dict) else None
    return Begun(
        intent,
        language,
        changes="changes" in told,
        questions=bool(told.get("questions")),
        menu=menu if isinstance(menu, str) else None,
    )
