"""A picture that the manager publishes is on the kiosk's card at once, and the kiosk says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue
from pytestqt.qtbot import QtBot

from backend.services.menu_cards import LiveCard
from shared.messages import Notification, Topic
from tests.support.customer_window import customer_window


def news(number: int) -> Notification:
    data: dict[str, JsonValue] = {"code": "strawberry", "picture": number}
    return Notification(id=number, topic=Topic.CATALOGUE_CHANGED, at=datetime(2026, 3, 2, tzinfo=UTC), data=data)


async def test_a_published_picture_is_shown_at_once_and_told(tmp_path: Path, translations: Path, qtbot: QtBot) -> None:
    async with customer_window(tmp_path, translations) as customer:
        counter, model, screen = customer.counter, customer.model, customer.screen
        asked: list[str] = []
        drawn = counter.backend.content

        async def content(path: str) -> bytes:
            asked.append(path)
            return await drawn(path)

        counter.backend.content = content  # type: ignore[method-assign] # counts, and asks as before
        assert counter.backend.reported == []
        for number in (1, 2):
            counter.backend.cards["strawberry"] = LiveCard(number, None)
            counter.services.shop.heard(news(number))
            # Awaited within the round: the number is that of it.
            await screen.until(lambda: counter.backend.reported[-1:] == [("strawberry", number)])  # noqa: B023
            card = next(row for row in model.cakes.rows if row.code == "strawberry")
            assert card.picture
        assert asked == ["/api/images/menu/strawberry?change=1", "/api/images/menu/strawberry?change=2"]
        # Told once each.
        counter.services.shop.reload()
        await screen.until(lambda: not counter.services.shop.snapshot.loading)
        assert counter.backend.reported == [("strawberry", 1), ("strawberry", 2)]
