"""Help calls as the staff board keeps them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from pydantic import ValidationError

from shared import orders as wire
from shared.messages import Notification

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A customer who called: at which kiosk and screen, how they order (``voice``, ``touch``, ``keys`` or ""), and
    what they have chosen so far. ``escalated``: nobody came in time, and the manager has been told."""

    help_id: str
    device_id: str
    screen: str
    at: datetime
    mode: str = ""
    cart: tuple[wire.OrderItemDraft, ...] = ()
    escalated: bool = False


HelpCalls = tuple[HelpCall, ...]


def call_of(call: wire.HelpCall) -> HelpCall:
    mode = call.mode.value if call.mode else ""
    return HelpCall(call.help_id, call.device_id, call.screen, call.at, mode, call.cart, call.escalated)


def told_of(notification: Notification) -> HelpCall | None:
    """The call in a ``help.requested``; None when it is not understood."""
    known = {"mode": None, "cart": (), "screen": ""}
    try:
        told = {**known, **notification.data, "at": notification.at, "escalated": False}
        return call_of(wire.HelpCall.model_validate(told))
    except ValidationError:
        logger.warning("help call in a live message not understood")
        return None


def with_call(calls: HelpCalls, call: HelpCall) -> HelpCalls:
    """Once, however often it is told."""
    return calls if any(known.help_id == call.help_id for known in calls) else (*calls, call)


def without(calls: HelpCalls, help_id: str) -> HelpCalls:
    return tuple(call for call in calls if call.help_id != help_id)


def escalated(calls: HelpCalls, help_id: str) -> HelpCalls:
    return tuple(replace(call, escalated=True) if call.help_id == help_id else call for call in calls)
