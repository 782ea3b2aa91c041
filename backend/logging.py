"""Structured logs: JSON lines on stderr, readable lines on a terminal.

Everything goes through the standard library's root logger, so that libraries' records take the same form.
Tracebacks are written without the exception's own text: it may hold what a customer said, or a statement's values.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# The vendors' SDKs and their lines would write at "debug" what customers say, and at "info" every call.
_VENDOR_LIBRARIES = ("openai", "google_genai", "websockets", "httpx", "httpx2", "httpcore", "httpcore2")
QUIET_LIBRARIES = ("aiosqlite", "alembic", "asyncio", "sqlalchemy", "aiohttp", *_VENDOR_LIBRARIES)
MAX_FRAMES = 25


def configure_logging(level: str, stream: TextIO | None = None) -> None:
    """Send all records of ``level`` (debug, info, warning, error) and above to ``stream`` (stderr)."""
    out = stream or sys.stderr
    # A redirected stderr may be ASCII or a dead pipe; neither is a reason to fail a call.
    logging.raiseExceptions = False
    handler = logging.StreamHandler(out)
    handler.setFormatter(_formatter(readable=out.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    configure_structlog()


def configure_structlog() -> None:
    """Make structlog's loggers write through the standard library, whatever is attached there."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _shared() -> Sequence[Processor]:
    return (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )


def _formatter(*, readable: bool) -> logging.Formatter:
    last: Processor = (
        structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, add_frames, last],
    )


def add_frames(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace ``exc_info`` by types and places: ``error`` (outermost first, causes after) and ``frames``."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if not isinstance(error, BaseException):
        return event
    kinds: list[str] = []
    frames: list[str] = []
    current: BaseException | None = error
    while current is not None and len(kinds) < 5:
        kinds.append(_kind(current))
        for frame in traceback.extract_tb(current.__traceback__)[-MAX_FRAMES:]:
            frames.append(f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}")  # noqa: PERF401 - reads better
        current = current.__cause__ or current.__context__
    event["error"] = kinds
    event["frames"] = frames
    return event


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    # The system's own words for an error number hold nothing of a customer's.
    return f"{name}: {error.strerror}" if isinstance(error, OSError) and error.strerror else name
