"""RFC 9457 problems: what every failed call answers."""

from enum import StrEnum

from pydantic import JsonValue

from shared.base import WireModel

PROBLEM_MIME = "application/problem+json"


class ProblemCode(StrEnum):
    """The closed set of reasons. The kiosk turns each into words in the customer's language."""

    INVALID_REQUEST = "invalid_request"
    MALFORMED_JSON = "malformed_json"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    PAYLOAD_TOO_LARGE = "payload_too_large"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNAUTHENTICATED = "unauthenticated"
    WRONG_CREDENTIALS = "wrong_credentials"
    LOCKED_OUT = "locked_out"
    FORBIDDEN = "forbidden"
    FOREIGN_HOST = "foreign_host"
    FOREIGN_ORIGIN = "foreign_origin"
    RATE_LIMITED = "rate_limited"
    CONFLICT = "conflict"
    IDEMPOTENCY_KEY_MISSING = "idempotency_key_missing"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    UNKNOWN_MENU = "unknown_menu"
    UNKNOWN_INGREDIENT = "unknown_ingredient"
    STYLE_NOT_OFFERED = "style_not_offered"
    CAKE_NOT_OFFERED = "cake_not_offered"
    COUNT_OUT_OF_RANGE = "count_out_of_range"
    QUANTITY_OUT_OF_RANGE = "quantity_out_of_range"
    SOLD_OUT = "sold_out"
    EMPTY_ORDER = "empty_order"
    ILLEGAL_TRANSITION = "illegal_transition"
    NOT_AUDIO = "not_audio"
    SILENCE = "silence"
    LANGUAGE_NOT_SERVED = "language_not_served"
    NOT_A_PICTURE = "not_a_picture"
    WRONG_RATIO = "wrong_ratio"
    ALT_MISSING = "alt_missing"
    BUDGET_SPENT = "budget_spent"
    NO_SUCH_EDIT = "no_such_edit"
    ENGINE_UNAVAILABLE = "engine_unavailable"
    STORAGE_FULL = "storage_full"
    DATABASE_UNAVAILABLE = "database_unavailable"
    TIMEOUT = "timeout"
    INTERNAL = "internal"


class Problem(WireModel):
    """``application/problem+json``. ``params`` fills the words; ``detail`` is English, for developers."""

    type: str
    title: str
    status: int
    code: ProblemCode
    retryable: bool
    detail: str
    params: dict[str, JsonValue] = {}
    request_id: str
