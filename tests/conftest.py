"""For every test: no connection leaves this machine, no error is logged unseen; and the real backend as fixtures."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from backend.logging import configure_structlog
from backend.settings import Settings
from tests.support.backend import BackendProcess, backend_process, make_settings, running_app
from tests.support.outside_world import stay_at_home
from tests.support.real_vendors import RealVendors, wants_live
from tools.processes import VENDOR_VARIABLES

SLOW = (HealthCheck.too_slow,)
hypothesis_settings.register_profile("same", derandomize=True, database=None, deadline=None, suppress_health_check=SLOW)
hypothesis_settings.register_profile("search", print_blob=True, deadline=None, suppress_health_check=SLOW)
# The same examples each time: what one run finds fails in the next. HYPOTHESIS_PROFILE=search looks for new ones.
# Nothing is too slow: a busy machine is no fault of the code.
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

REAL_VENDORS = pytest.StashKey[RealVendors | None]()
"""Of a run with ``-m live``; None in every other."""


def pytest_configure(config: pytest.Config) -> None:
    # What other programs of this user have fetched is no engine of the shop under test.
    os.environ["HF_HUB_CACHE"] = os.devnull
    real = RealVendors(Settings.model_validate({})) if wants_live(config.option.markexpr) else None
    config.stash[REAL_VENDORS] = real
    for name in list(os.environ):
        if name in VENDOR_VARIABLES or name.startswith(("MALLO_GEMINI_", "MALLO_OPENAI_")):
            del os.environ[name]
    sys.addaudithook(stay_at_home(real.places if real is not None else frozenset()))
    configure_structlog()


def pytest_report_header(config: pytest.Config) -> list[str]:
    real = config.stash[REAL_VENDORS]
    if real is None:
        return []
    return [
        *(f"live: {host}:{port} is asked, which costs money" for host, port in sorted(real.places)),
        *(f"live: {vendor} is left out: {why}" for vendor, why in sorted(real.missing.items())),
    ]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks real vendors runs only where ``-m live`` says so: another ``-m`` selects what it does not name."""
    if config.stash[REAL_VENDORS] is not None:
        return
    live = [item for item in items if item.get_closest_marker("live")]
    if live:
        config.hook.pytest_deselected(items=live)
        items[:] = [item for item in items if not item.get_closest_marker("live")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    real = config.stash[REAL_VENDORS]
    if real is not None and real.meter.records:
        terminalreporter.section("what it cost")
        for line in real.bill():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def real_vendors(pytestconfig: pytest.Config) -> RealVendors:
    """For live tests."""
    real = pytestconfig.stash[REAL_VENDORS]
    assert real is not None, "only for tests marked live"
    return real


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
