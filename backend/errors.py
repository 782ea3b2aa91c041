"""What services raise when a call cannot be served. ``backend/web/problems.py`` makes problems of it.

Refusal                  the caller has to change something; carries a problem code and parameters
backend.domain.order.OrderRuleError, backend.external.interfaces.EngineError and
backend.database.interface.DatabaseError pass through services as they are and are mapped there too.
"""

from __future__ import annotations

from pydantic import JsonValue

from shared.problems import ProblemCode


class Refusal(Exception):
    """``code`` is the reason, ``detail`` is English for developers, ``params`` fill the customer's words.

    ``params["field"]``, where given, names the field that is wrong.
    """

    def __init__(self, code: ProblemCode, detail: str = "", **params: JsonValue) -> None:
        super().__init__(detail or code.value)
        self.code = code
        self.detail = detail
        self.params = params
