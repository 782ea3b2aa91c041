"""For every test: no connection leaves this machine, no error is logged unseen; and the real backend as fixtures."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.logging import configure_structlog
from tests.support.backend import BackendProcess, backend_process, make_settings, running_app
from tools.processes import VENDOR_VARIABLES


class OutsideWorld(RuntimeError):
    """A test tried to reach another machine."""


def pytest_configure() -> None:
    # What other programs of this user have fetched is no engine of the shop under test.
    os.environ["HF_HUB_CACHE"] = os.devnull
    for name in VENDOR_VARIABLES:
        os.environ.pop(name, None)
    sys.addaudithook(_stay_at_home)
    configure_structlog()


def _stay_at_home(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise OutsideWorld(f"{event} to {address}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        if host and not _is_loopback(host.decode() if isinstance(host, bytes) else str(host)):
            raise OutsideWorld(f"{event} of {host}")


def _is_loopback(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def event_of(record: logging.LogRecord) -> str:
    """The static event of a structlog record, or the message of another."""
    return str(record.msg["event"]) if isinstance(record.msg, dict) else record.getMessage()


@pytest.fixture
def expected_errors() -> set[str]:
    """Add the events of the ERROR records that the test is about."""
    return set()


@pytest.fixture(autouse=True)
def no_unexpected_errors(expected_errors: set[str]) -> Iterator[None]:
    """An ERROR record that the test did not expect fails it."""
    found = _Errors()
    root = logging.getLogger()
    root.addHandler(found)
    try:
        yield
    finally:
        root.removeHandler(found)
    unexpected = [
        f"{r.name}: {event_of(r)} {r.exc_info or ''}" for r in found.records if event_of(r) not in expected_errors
    ]
    assert not unexpected, f"logged as errors: {unexpected}"


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[BackendProcess]:
    """``python -m backend`` as a process of its own, on a fresh data folder."""
    with backend_process(tmp_path / "data") as running:
        yield running


@pytest.fixture
async def app_client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application, served inside the test's event loop on a SQLite file."""
    async with running_app(make_settings(tmp_path / "data")) as url, httpx.AsyncClient(base_url=url) as client:
        yield client
