"""A text message as a server puts it on the wire (RFC 6455, section 5.2): whole, not masked, not compressed.

Without compression its bytes are the same for every WebSocket, so that what goes to many is made ready once.
"""

from __future__ import annotations

WHOLE_TEXT = 0x81
SHORT = 126
TWO_BYTES, EIGHT_BYTES = 126, 127


def text_frame(text: str) -> bytes:
    """The frame of ``text``."""
    data = text.encode()
    size = len(data)
    if size < SHORT:
        head = bytes((WHOLE_TEXT, size))
    elif size < 1 << 16:
        head = bytes((WHOLE_TEXT, TWO_BYTES)) + size.to_bytes(2, "big")
    else:
        head = bytes((WHOLE_TEXT, EIGHT_BYTES)) + size.to_bytes(8, "big")
    return head + data
