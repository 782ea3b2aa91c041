"""Where each call lives. ``{…}`` parts are filled with ``str.format``."""

from typing import Final

VOICE_ANALYZE: Final = "/api/voice/analyze"
VOICE_TTS: Final = "/api/voice/tts"
VOICE_STT: Final = "/api/voice/stt"
VOICE_STREAM: Final = "/api/voice/stream"
VOICE_SESSION: Final = "/api/voice/sessions/{session_id}"
VOICE_SESSION_ORDER: Final = "/api/voice/sessions/{session_id}/order"

AUTH_LOGIN: Final = "/api/auth/login"
AUTH_GUEST: Final = "/api/auth/guest"
STAFF: Final = "/api/staff"

MENU: Final = "/api/menu"
MENU_ITEM: Final = "/api/menu/{code}"
EVENTS: Final = "/api/events"

ORDERS: Final = "/api/orders"
ORDERS_QUOTE: Final = "/api/orders/quote"
ORDER: Final = "/api/orders/{order_id}"

IMAGES_GENERATE: Final = "/api/images/generate"
IMAGE: Final = "/api/images/{image_id}"
IMAGE_CONTENT: Final = "/api/images/{image_id}/content"
ORDER_PICTURE: Final = "/api/orders/{order_id}/items/{index}/picture"
MENU_IMAGE: Final = "/api/images/menu/{code}"

MENU_IMAGE_SHOWN: Final = "/api/images/menu/{code}/shown"

STUDIO_GENERATE: Final = "/api/studio/generate"
STUDIO_EDIT: Final = "/api/studio/edit"
STUDIO_UPLOAD: Final = "/api/studio/upload"
STUDIO_JOBS: Final = "/api/studio/jobs"
STUDIO_JOB: Final = "/api/studio/jobs/{job_id}"
STUDIO_PICTURES: Final = "/api/studio/pictures"
STUDIO_PICTURE: Final = "/api/studio/pictures/{picture_id}"
STUDIO_VERSION: Final = "/api/studio/versions/{version_id}"
STUDIO_CONTENT: Final = "/api/studio/versions/{version_id}/content"
STUDIO_CROP: Final = "/api/studio/versions/{version_id}/crop"
STUDIO_CARDS: Final = "/api/studio/cards"
STUDIO_CARD: Final = "/api/studio/cards/{code}"
STUDIO_ROLLBACK: Final = "/api/studio/cards/{code}/rollback"
STUDIO_CHANGE: Final = "/api/studio/cards/{code}/changes/{number}"

BOARD: Final = "/api/board"

HELP: Final = "/api/help"
HELP_ANSWER: Final = "/api/help/{help_id}/answer"

WS: Final = "/api/ws"
WS_STATS: Final = "/api/ws/stats"

HEALTH: Final = "/api/health"
METRICS: Final = "/metrics"
USAGE: Final = "/api/usage"
OPENAPI: Final = "/openapi.json"
DOCS: Final = "/docs"
