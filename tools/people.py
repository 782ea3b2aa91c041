"""What people do at the windows, step by step, for demo, benches and end-to-end tests."""

from __future__ import annotations

import json
from pathlib import Path

from tools.remote.window import RemoteWindow, Seen


async def sign_in(staff: RemoteWindow, data_dir: Path) -> None:
    """The first member of staff signs in with the PIN from ``first-run.json``."""
    first = json.loads((data_dir / "first-run.json").read_text(encoding="utf-8"))["staff"]
    await staff.wait("staffSignIn")
    await staff.tap("userField")
    await staff.type(first["user_id"])
    await staff.tap("pinField")
    await staff.type(first["pin"])
    await staff.tap("signInButton")
    await staff.wait("board")


async def order_by_touch(kiosk: RemoteWindow, menu: str = "strawberry", style: str = "grand") -> Seen:
    """From the attract screen to the order button; answers the moment of the tap on it."""
    await kiosk.tap("start")
    await put_into_cart(kiosk, menu, style)
    await kiosk.tap("toCart")
    return await kiosk.tap("place")


async def put_into_cart(kiosk: RemoteWindow, menu: str, style: str) -> None:
    """From the menu screen back to it, with one more item in the cart."""
    cakes = ("strawberry", "chocolate", "cheese", "custom")
    await kiosk.tap("tab_cake" if menu in cakes else "tab_dinner")
    await kiosk.tap(f"card_{menu}")
    await kiosk.tap(f"style_{style}")
    await kiosk.tap("addItem")


async def leave(kiosk: RemoteWindow) -> None:
    """From the placed screen to the attract screen."""
    await kiosk.tap("newOrder")
    await kiosk.wait("start")
