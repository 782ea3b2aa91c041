"""ALSA and JACK write pages of complaints to stderr while PortAudio looks for devices.

They are given to the log (debug) instead: nothing is hidden, and stderr stays readable.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import structlog

logger = structlog.get_logger(__name__)

# Not variadic on this side: the further arguments are not read, which the C calling conventions in use allow.
_AlsaHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_JackHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace").strip()


def _log_alsa(_file: bytes | None, line: int, function: bytes | None, error: int, message: bytes | None) -> None:
    logger.debug("alsa", function=_text(function), line=line, error=error, message=_text(message))


def _log_jack(message: bytes | None) -> None:
    logger.debug("jack", message=_text(message))


# Kept here: the C side holds only a pointer.
_alsa = _AlsaHandler(_log_alsa)
_jack = _JackHandler(_log_jack)


def quieten_drivers() -> None:
    """Call once, before PortAudio is initialised. Where a library is missing there is nothing to silence."""
    _install("libasound.so.2", lambda lib: lib.snd_lib_error_set_handler(_alsa))
    _install("libjack.so.0", lambda lib: lib.jack_set_error_function(_jack))
    _install("libjack.so.0", lambda lib: lib.jack_set_info_function(_jack))


def _install(library: str, use: Callable[[ctypes.CDLL], object]) -> None:
    try:
        use(ctypes.CDLL(library))
    except (OSError, AttributeError):
        logger.debug("sound library not there", library=library)
