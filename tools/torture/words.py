"""What a process of the run says to the run: whole JSON lines on stdout, and nothing else there."""

from __future__ import annotations

import json
import logging
import os
import sys

import structlog


def say(**what: object) -> None:
    """One line that is whole or not there: a kill tears nothing."""
    os.write(1, (json.dumps(what) + "\n").encode())


def log_errors_alone() -> None:
    """Lost lines are what the run is about; only errors are told, on stderr."""
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
    )
