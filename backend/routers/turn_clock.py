"""How long a customer has been waiting already, as the kiosk tells it with each call of a turn."""

from __future__ import annotations

import re
from collections.abc import Mapping

from backend.errors import Refusal
from backend.web.endpoint import Header
from shared.headers import TURN_ELAPSED_HEADER
from shared.problems import ProblemCode

LONGEST_SECONDS = 600.0
TURN_ELAPSED = Header(
    TURN_ELAPSED_HEADER,
    "Seconds since the customer stopped speaking: vendors get what is left of the turn. None: the turn begins now.",
    pattern=r"^[0-9]{1,3}(\.[0-9]{1,3})?$",
    required=False,
)


def elapsed_of(headers: Mapping[str, str]) -> float:
    """Seconds, 0 to 600.

    Raises:
        Refusal: invalid_request, it is no such number.
    """
    text = headers.get(TURN_ELAPSED_HEADER, "0")
    if not re.fullmatch(TURN_ELAPSED.pattern, text):
        raise Refusal(ProblemCode.INVALID_REQUEST, field=TURN_ELAPSED_HEADER, reason="pattern")
    return min(float(text), LONGEST_SECONDS)
