"""What a kiosk follows whoever stands before it, over a line in the test's hand."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import JsonValue

from kiosk.api.event_stream import StreamEnd
from kiosk.api.link import BackendLink
from kiosk.services import frontage
from kiosk.services.frontage import Frontage
from shared.auth import UserType
from shared.messages import Notification, Topic
from shared.orders import BoardResponse
from tests.fakes.flaky_backend import NOON, FlakyBackend, unreachable
from tests.fakes.live_line import FakeLiveMessages
from tests.support.waiting import until


class Street:
    def __init__(self) -> None:
        self.backend = FlakyBackend()
        self.live = FakeLiveMessages()
        self.also: list[Notification] = []
        self.missed = 0
        link = BackendLink("http://127.0.0.1:1")
        self.front = Frontage(self.backend, link, self.live, also=self.also.append, missed=self._miss)

    def _miss(self) -> None:
        self.missed += 1

    def tell(self, topic: Topic, **data: JsonValue) -> None:
        self.live.send(Notification(id=1, topic=topic, at=NOON, data=data))

    def moved(self, number: int, status: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        self.tell(Topic.BOARD_CHANGED, order_number=number, status=status)
        return self.front.snapshot.preparing, self.front.snapshot.ready


@pytest.fixture
async def street(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Street]:
    monkeypatch.setattr(frontage, "PAUSE_SECONDS", 0.0)
    street = Street()
    street.backend.numbers = BoardResponse(preparing=(5, 6), ready=(3,), top=7, epoch="e")
    street.front.open()
    yield street
    await street.front.close()


async def test_numbers_follow_every_order_of_the_shop(street: Street) -> None:
    await street.live.live.wait()
    assert street.live.credentials[0].user_type is UserType.CUSTOMER
    assert (street.front.snapshot.preparing, street.front.snapshot.ready) == ((5, 6), (3,))
    assert street.front.snapshot.live
    assert street.moved(7, "received") == ((5, 6, 7), (3,))
    assert street.moved(6, "preparing") == ((5, 6, 7), (3,))
    assert street.moved(5, "ready") == ((6, 7), (3, 5))
    assert street.moved(3, "completed") == ((6, 7), (5,))
    assert street.moved(5, "preparing") == ((6, 7, 5), ())
    assert street.moved(7, "cancelled") == ((6, 5), ())


async def test_what_was_missed_is_read_and_the_catalogue_too(street: Street) -> None:
    await street.live.live.wait()
    assert street.missed == 1
    street.backend.numbers = BoardResponse(preparing=(), ready=(5,), top=9, epoch="e")
    await street.live.break_and_return()
    assert (street.front.snapshot.ready, street.missed) == ((5,), 2)


async def test_answered_calls_and_every_message_are_passed_on(street: Street) -> None:
    await street.live.live.wait()
    street.tell(Topic.HELP_ANSWERED, help_id="h1", by="staff-1")
    street.tell(Topic.CATALOGUE_CHANGED, code="cheese", sold_out=True)
    assert street.front.snapshot.answered == ("h1",)
    assert [message.topic for message in street.also] == [Topic.HELP_ANSWERED, Topic.CATALOGUE_CHANGED]


async def test_a_token_that_ran_out_is_replaced_without_anybody(street: Street) -> None:
    street.backend.fail_next("guest", unreachable())
    await street.live.live.wait()
    street.live.live.clear()
    street.live.end(StreamEnd.TOKEN_EXPIRED)
    await until(street.live.live.is_set)
    assert len({known.token for known in street.live.credentials}) == 2
    assert street.front.snapshot.live
