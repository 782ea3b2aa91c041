"""A test run stays on this machine; a live one reaches the vendors that it has keys for, and nobody else."""

from __future__ import annotations

import pytest

from backend.settings import Settings
from tests.support.outside_world import OutsideWorld, stay_at_home
from tests.support.real_vendors import RealVendors, wants_live

VENDOR = ("api.example.com", 443)
FAR = ("203.0.113.7", 443)
"""An address for documentation (RFC 5737)."""


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.connect", (None, FAR)),
        ("socket.sendto", (None, FAR)),
        ("socket.getaddrinfo", ("api.example.com", 443)),
        ("socket.getaddrinfo", (b"api.example.com", 443)),
    ],
)
def test_nobody_is_reached(event: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(OutsideWorld):
        stay_at_home(())(event, arguments)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "0.0.0.0"])  # noqa: S104 - an address to recognise
def test_this_machine_is(host: str) -> None:
    guard = stay_at_home(())
    guard("socket.getaddrinfo", (host, 80))
    guard("socket.connect", (None, (host, 80)))
    guard("socket.connect", (None, "/run/a.socket"))


def test_a_live_run_reaches_its_vendors() -> None:
    guard = stay_at_home((VENDOR,))
    guard("socket.getaddrinfo", VENDOR)
    guard("socket.connect", (None, FAR))


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.getaddrinfo", ("elsewhere.example.com", 443)),
        ("socket.connect", (None, (FAR[0], 80))),
        ("socket.sendto", (None, FAR)),
    ],
)
def test_a_live_run_reaches_nobody_else(event: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(OutsideWorld):
        stay_at_home((VENDOR,))(event, arguments)


@pytest.mark.parametrize("marks", ["live", "live and not sound", " live"])
def test_a_run_that_asks_for_vendors(marks: str) -> None:
    assert wants_live(marks)


@pytest.mark.parametrize("marks", ["", "not live", "sound", "not sound", "sound or live", "alive", "lively"])
def test_a_run_that_does_not(marks: str) -> None:
    assert not wants_live(marks)


def test_without_keys_no_vendor_is_reached() -> None:
    real = RealVendors(given())
    assert real.missing == {"gemini": "GEMINI_API_KEY is not set", "openai": "OPENAI_API_KEY is not set"}
    assert real.places == frozenset()


def test_with_a_key_its_vendor_is_reached_and_the_key_is_not_told() -> None:
    real = RealVendors(given(openai_api_key="sk-secret"))
    assert real.places == {("api.openai.com", 443)}
    assert "secret" not in repr(real) + repr(vars(real))


def test_another_address_is_reached_instead() -> None:
    real = RealVendors(given(gemini_api_key="k", gemini_base_url="http://127.0.0.1:8080"))
    assert real.places == {("127.0.0.1", 8080)}


def given(**changes: str) -> Settings:
    return Settings.model_validate(changes)
