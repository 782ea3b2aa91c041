"""Logging of the kiosk: JSON lines on stderr, as the backend writes them; readable lines on a terminal.

An exception is told by its type and places, without its own text: that may hold what a customer said.
"""

from __future__ import annotations

import logging
import sys
import traceback

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

MAX_FRAMES = 25


def configure_logging(level: str) -> None:
    """``level``: debug, info, warning or error. Other libraries are heard from warning on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    last: Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            places_of_exception,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # httpx tells every address that it calls at info, and a session's id is part of one.
    logging.basicConfig(
        level=max(number, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )


def places_of_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace ``exc_info`` by ``error`` (types, causes after) and ``frames``."""
    found = event.pop("exc_info", None)
    current = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    kinds: list[str] = []
    frames: list[str] = []
    while isinstance(current, BaseException) and len(kinds) < 5:
        kinds.append(f"{type(current).__module__}.{type(current).__qualname__}")
        places = traceback.extract_tb(current.__traceback__)[-MAX_FRAMES:]
        frames += [f"{place.filename}:{place.lineno} {place.name}" for place in places]
        current = current.__cause__ or current.__context__
    if kinds:
        event["error"] = kinds
        event["frames"] = frames
    return event
