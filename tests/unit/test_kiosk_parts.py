"""Small parts of the kiosk: tasks, the link, the idle watch, problems, the screen, the shop."""

from __future__ import annotations

import asyncio
import json

import pytest

from kiosk.api.link import BackendLink, LinkState
from kiosk.api.problem import error_of
from kiosk.errors import KioskError, LocalCode
from kiosk.screen import choose_screen
from kiosk.services.idle_watch import IdleSnapshot, IdleWatch
from kiosk.services.shop import Shop
from kiosk.tasks import TaskScope
from shared.catalogue import MenuResponse
from shared.messages import Notification, Topic
from shared.problems import PROBLEM_MIME, ProblemCode
from tests.fakes.flaky_backend import NOON, FlakyBackend, unreachable
from tests.support.kitchen import shop_menu
from tests.support.waiting import until


async def test_a_scope_reports_errors_cancels_groups_and_closes_twice() -> None:
    errors: list[str] = []
    scope = TaskScope("test", lambda name, error: errors.append(f"{name}: {error}"))
    gate = asyncio.Event()

    async def fail() -> None:
        raise ValueError("no")

    scope.start(fail(), "first")
    scope.start(gate.wait(), "second", group="one")
    scope.start(gate.wait(), "third", group="one")
    assert scope.running("one")
    scope.cancel("one")
    await scope.settled()
    assert errors == ["first: no"]
    scope.start(gate.wait(), "fourth")
    await scope.close()
    await scope.close()
    scope.start(gate.wait(), "fifth")
    await scope.settled()


async def test_a_task_that_swallows_a_cancellation_ends_with_its_scope_all_the_same() -> None:
    entered = asyncio.Event()
    swallowed = 0

    async def stubborn() -> None:
        nonlocal swallowed
        while swallowed < 2:
            try:
                entered.set()
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                swallowed += 1

    scope = TaskScope("test", cancel_again=0.01)
    scope.start(stubborn(), "stubborn")
    await entered.wait()
    async with asyncio.timeout(10):
        await scope.close()
    assert swallowed == 2


async def test_the_link_waits_for_the_backend_and_not_longer() -> None:
    link = BackendLink()
    waiting = asyncio.create_task(link.wait_up(20))
    await asyncio.sleep(0)
    link.up("http://127.0.0.1:1")
    assert await waiting == "http://127.0.0.1:1"
    link.down()
    link.down()
    assert (link.snapshot.state, link.snapshot.restarts) == (LinkState.DOWN, 1)
    with pytest.raises(KioskError) as raised:
        await link.wait_up(0)
    assert raised.value.code is LocalCode.BACKEND_UNREACHABLE


class Watched:
    def __init__(self) -> None:
        self.busy = False
        self.wiped = 0
        self.watch = IdleWatch(60, 30, lambda: self.busy, self._wipe)

    def _wipe(self) -> None:
        self.wiped += 1

    def seen(self) -> IdleSnapshot:
        return self.watch.snapshot


async def test_the_idle_customer_is_asked_and_then_wiped() -> None:
    watched = Watched()
    watched.watch.advance(1_000)
    assert watched.wiped == 0
    watched.watch.begin()
    watched.watch.advance(59.5)
    assert not watched.seen().asking
    watched.watch.advance(0.5)
    assert watched.seen() == IdleSnapshot(active=True, asking=True, seconds_left=30)
    watched.watch.advance(10)
    assert watched.seen().seconds_left == 20
    watched.watch.touch()
    assert watched.seen() == IdleSnapshot(active=True)
    watched.watch.advance(89)
    watched.watch.advance(1)
    assert watched.wiped == 1
    assert watched.seen() == IdleSnapshot()
    await watched.watch.close()


async def test_no_time_passes_while_an_utterance_runs() -> None:
    watched = Watched()
    watched.watch.begin()
    watched.watch.advance(70)
    watched.busy = True
    watched.watch.advance(500)
    assert not watched.seen().asking
    watched.busy = False
    watched.watch.advance(59)
    assert not watched.seen().asking
    watched.watch.finish()
    watched.watch.advance(500)
    assert watched.wiped == 0
    await watched.watch.close()


def test_problems_become_errors() -> None:
    told = {
        "type": "about:blank",
        "title": "t",
        "status": 409,
        "code": "sold_out",
        "retryable": False,
        "detail": "d",
        "params": {"menu": "cheese"},
        "request_id": "r",
    }
    error = error_of(409, f"{PROBLEM_MIME}; charset=utf-8", json.dumps(told).encode())
    assert (error.code, error.retryable, error.params) == (ProblemCode.SOLD_OUT, False, {"menu": "cheese"})
    newer = json.dumps({**told, "code": "of_next_year", "retryable": True}).encode()
    assert error_of(409, PROBLEM_MIME, newer).code is ProblemCode.INTERNAL
    assert error_of(409, PROBLEM_MIME, newer).retryable
    assert error_of(502, "text/html", b"<html>").code is LocalCode.BACKEND_UNREACHABLE
    assert error_of(404, "text/html", b"<html>").code is LocalCode.BAD_ANSWER
    assert error_of(500, PROBLEM_MIME, b"[" * 100_000).code is ProblemCode.INTERNAL


def test_the_screen_that_was_chosen_stays() -> None:
    for chosen, backend in (("offscreen", "software"), ("vnc:size=1x1", "software"), ("eglfs", None)):
        environment = {"QT_QPA_PLATFORM": chosen}
        assert choose_screen(environment, 1080, 1920, 5900, public=False) is None
        assert environment["QT_QPA_PLATFORM"] == chosen
        assert environment.get("QT_QUICK_BACKEND") == backend
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment = {name: ":0"}
        assert choose_screen(environment, 1080, 1920, 5900, public=False) is None
        assert "QT_QPA_PLATFORM" not in environment


async def test_the_shop_keeps_its_menu_when_a_later_reading_fails() -> None:
    backend = FlakyBackend()
    backend.menu_now = shop_menu()
    shop = Shop(backend)
    await shop.refresh()
    menu = shop.snapshot.menu_of("cheese")
    assert menu is not None
    assert not menu.sold_out
    assert shop.snapshot.style_of("grand") is not None
    backend.fail_next("menu", unreachable())
    await shop.refresh()
    assert shop.snapshot.menu is not None
    assert shop.snapshot.error is not None
    await shop.close()


async def test_sold_out_shows_at_once_and_the_menu_is_read_again() -> None:
    backend = FlakyBackend()
    backend.menu_now = shop_menu()
    shop = Shop(backend)
    await shop.refresh()
    told = Notification(id=1, topic=Topic.CATALOGUE_CHANGED, at=NOON, data={"code": "cheese", "sold_out": True})
    backend.menu_now = MenuResponse(menus=(), styles=(), allergens=(), version="2")
    shop.heard(told)
    menu = shop.snapshot.menu_of("cheese")
    assert menu is not None
    assert menu.sold_out
    await until(lambda: shop.snapshot.menu and shop.snapshot.menu.version == "2")
    await shop.close()


async def test_pictures_are_fetched_once() -> None:
    backend = FlakyBackend()
    shop = Shop(backend)
    assert await shop.image("/a") == await shop.image("/a") == b"/a"
    assert backend.calls.count("content") == 1
    for number in range(70):
        await shop.image(f"/{number}")
    await shop.image("/a")
    assert backend.calls.count("content") == 72
    await shop.close()
