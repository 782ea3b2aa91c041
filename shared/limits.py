"""Bounds on everything that a client may send. Both sides use the same numbers."""

from typing import Final

MAX_TRANSCRIPT_CHARS: Final = 1_000
MAX_SPEECH_CHARS: Final = 1_000
MAX_AUDIO_BYTES: Final = 10 * 1024 * 1024
MAX_AUDIO_SECONDS: Final = 60
MAX_JSON_BYTES: Final = 64 * 1024
MAX_WS_MESSAGE_BYTES: Final = 16 * 1024
MAX_ITEMS: Final = 20
MIN_QUANTITY: Final = 1
MAX_QUANTITY: Final = 20
MAX_INGREDIENT_COUNT: Final = 40
MAX_LETTERING_CHARS: Final = 20
MAX_TIERS: Final = 3
MAX_WISH_CHARS: Final = 300
MAX_ALT_CHARS: Final = 300
MAX_UPLOAD_BYTES: Final = 8 * 1024 * 1024
MAX_UPLOAD_PIXELS: Final = 40_000_000
"""Pictures that a manager brings: PNG, JPEG or WebP."""
WS_AUTH_SECONDS: Final = 5.0
ALARM_SECONDS: Final = 10.0
PRINT_SECONDS: Final = 30.0
SPEAK_TO_US_SECONDS: Final = 60.0
"""An order that no staff window has shown for so long: alarm, receipt printer, the customer is asked to say so."""
HELP_SECONDS: Final = 30.0
"""A call for help that nobody has answered for so long is told to the manager."""
WS_HEARTBEAT_SECONDS: Final = 15.0
