"""A logged exception says what and where, and nothing that a customer said."""

from __future__ import annotations

import io
import json
import logging

import structlog

from backend.logging import add_frames, configure_logging, configure_structlog

SECRET = "010-1234-5678"


def _fails() -> None:
    raise ValueError(SECRET)


def _chained() -> BaseException:
    error = RuntimeError(f"about {SECRET}")
    try:
        _fails()
    except ValueError as inner:
        error.__cause__ = inner
    return error


def test_types_and_places_without_the_words() -> None:
    event = add_frames(None, "error", {"event": "unforeseen_error", "exc_info": _chained()})
    assert event["error"] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert any("_fails" in frame for frame in event["frames"])
    assert SECRET not in json.dumps(event)


def test_the_systems_own_words_stay() -> None:
    event = add_frames(None, "error", {"event": "x", "exc_info": OSError(28, "No space left on device")})
    assert event["error"] == ["builtins.OSError: No space left on device"]


def test_libraries_and_our_own_records_are_json_lines() -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    try:
        configure_logging("info", stream)
        structlog.get_logger("backend.x").info("order_placed", order_number=7)
        logging.getLogger("backend.y").warning("from a library", exc_info=_chained())
        structlog.get_logger("backend.x").debug("too_quiet")
    finally:
        root.handlers[:], level = before
        root.setLevel(level)
        configure_structlog()
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["event"], first["order_number"], first["level"]) == ("order_placed", 7, "info")
    assert (second["event"], second["level"]) == ("from a library", "warning")
    assert SECRET not in stream.getvalue()
