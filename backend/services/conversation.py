"""One customer's conversation, and how it is kept in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from backend.database.interface import ConversationRecord
from backend.domain.order_state import STAGES, OrderState

KEPT_MESSAGES = 40
USER, ASSISTANT = "user", "assistant"

_order_state: TypeAdapter[OrderState] = TypeAdapter(OrderState)


@dataclass(slots=True)
class ConversationSession:
    """What has been said and where the order stands. ``user_id`` None: anybody who knows the session's id.

    ``messages`` are ``{"role": "user" | "assistant", "content": str}``, oldest first, the last 40.
    """

    session_id: str
    user_id: str | None = None
    messages: list[dict[str, str]] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)
    order_state: OrderState = field(default_factory=OrderState)
    version: int = 0

    def add_message(self, role: str, content: str) -> None:
        """Append one message; ``role`` is ``user`` or ``assistant``."""
        if role not in (USER, ASSISTANT):
            raise ValueError(f"no such role: {role}")
        self.messages = [*self.messages, {"role": role, "content": content}][-KEPT_MESSAGES:]

    def shorten_answer(self, answer: str, said: str) -> bool:
        """Let the last answer be ``said`` where it was ``answer``; whether it was."""
        at = next((i for i in reversed(range(len(self.messages))) if self.messages[i]["role"] == ASSISTANT), None)
        if at is None or self.messages[at]["content"] != answer:
            return False
        self.messages = [*self.messages[:at], {"role": ASSISTANT, "content": said}, *self.messages[at + 1 :]]
        return True

    def get_context_summary(self) -> str:
        """What is known about the customer and the conversation, one ``key: value`` a line."""
        return "\n".join(f"{key}: {value}" for key, value in sorted(self.context.items()))

    def get_order_state_summary(self) -> str:
        """The order in codes, for an engine: stage, service, and one line an item."""
        state = self.order_state
        lines = [f"stage: {state.stage}", f"service: {state.service}", f"asked: {state.asked or '-'}"]
        for index, item in enumerate(state.items):
            counts = ", ".join(f"{code}={count}" for code, count in sorted(item.customization.items())) or "-"
            mark = "*" if index == state.current else " "
            lines.append(f"{mark}{index}: {item.menu_code} x{item.quantity} style={item.style or '-'} counts: {counts}")
        if state.order_number is not None:
            lines.append(f"placed as number {state.order_number}")
        return "\n".join(lines)

    def update_context(self, key: str, value: Any) -> None:
        """Remember a fact (a JSON value) about this conversation."""
        self.context = {**self.context, key: value}

    def update_order_state(self, **kwargs: Any) -> None:
        """Replace fields of the order state.

        Raises:
            TypeError: there is no such field.
        """
        self.order_state = replace(self.order_state, **kwargs)

    def advance_stage(self, new_stage: str) -> None:
        """Go to a stage; which stages may follow is the dialogue's business.

        Raises:
            ValueError: there is no such stage.
        """
        if new_stage not in STAGES:
            raise ValueError(f"no such stage: {new_stage}")
        self.update_order_state(stage=new_stage)

    @classmethod
    def from_record(cls, record: ConversationRecord) -> ConversationSession:
        """The conversation as it was saved; an order state of an older form begins anew."""
        messages = [{"role": str(m["role"]), "content": str(m["content"])} for m in record.messages]
        return cls(
            record.session_id, record.user_id, messages, dict(record.context), _read_state(record.order_state),
            record.version,
        )  # fmt: skip

    def to_record(self, now: datetime) -> ConversationRecord:
        return ConversationRecord(
            session_id=self.session_id,
            user_id=self.user_id,
            messages=self.messages,
            context=self.context,
            order_state=_order_state.dump_python(self.order_state, mode="json"),
            stage=self.order_state.stage,
            updated_at=now,
            version=self.version,
        )


def _read_state(saved: Mapping[str, Any]) -> OrderState:
    try:
        return _order_state.validate_python(dict(saved))
    except ValidationError:
        return OrderState()
