"""A manager at the studio over real HTTP, and pictures to bring."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from shared import paths
from tests.support.backend import make_settings, running_app

PATIENCE = 60.0
CARD = {"menu_code": "strawberry", "style": "simple", "quantity": 1}


class Studio:
    """``client`` is signed in as the shop's manager."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    @property
    def base_url(self) -> str:
        return str(self.client.base_url).rstrip("/")

    async def generate(self, **more: Any) -> dict[str, Any]:
        """Ask for a picture drawn here; answers the job, ended."""
        wanted = {"item": CARD, "detail": "quick", **more}
        return await self.ended(await self.client.post(paths.STUDIO_GENERATE, json=wanted))

    async def edit(self, version_id: str, **more: Any) -> dict[str, Any]:
        """Ask for a change made here; answers the job, ended."""
        wanted = {"version_id": version_id, "detail": "quick", **more}
        return await self.ended(await self.client.post(paths.STUDIO_EDIT, json=wanted))

    async def ended(self, queued: httpx.Response) -> dict[str, Any]:
        assert queued.status_code == 202, queued.text
        return await self._past(queued.json(), "queued", "running")

    async def begun(self, job: dict[str, Any]) -> dict[str, Any]:
        """The job once somebody works on it."""
        return await self._past(job, "queued")

    async def _past(self, job: dict[str, Any], *states: str) -> dict[str, Any]:
        path = paths.STUDIO_JOB.format(job_id=job["id"])
        async with asyncio.timeout(PATIENCE):
            while True:
                told: dict[str, Any] = (await self.client.get(path)).json()
                if told["state"] not in states:
                    return told
                await asyncio.sleep(0.05)

    async def made(self, job: dict[str, Any]) -> dict[str, Any]:
        """The version that a job made."""
        assert job["state"] == "done", job
        return await self.version(job["version_id"])

    async def version(self, version_id: str) -> dict[str, Any]:
        listed = (await self.client.get(paths.STUDIO_PICTURES)).json()["versions"]
        for newest in listed:
            all_ = await self.client.get(paths.STUDIO_PICTURE.format(picture_id=newest["picture_id"]))
            for version in all_.json()["versions"]:
                if version["id"] == version_id:
                    return dict(version)
        raise AssertionError(f"no version {version_id}")

    async def upload(self, content: bytes, **fields: str) -> httpx.Response:
        files = {"file": ("cake.jpg", content, "image/jpeg")}
        return await self.client.post(paths.STUDIO_UPLOAD, files=files, data=fields)

    async def publish(self, version_id: str | None, expected: int, code: str = "strawberry", **more: Any) -> Any:
        wanted = {"version_id": version_id, "expected": expected, **more}
        return await self.client.post(paths.STUDIO_CARD.format(code=code), json=wanted)

    async def card(self, code: str = "strawberry") -> dict[str, Any]:
        cards = (await self.client.get(paths.STUDIO_CARDS)).json()["cards"]
        return next(dict(card) for card in cards if card["menu_code"] == code)

    async def menu(self, code: str = "strawberry") -> dict[str, Any]:
        """The menu as customers get it."""
        menus = (await self.client.get(paths.MENU)).json()["menus"]
        return next(dict(menu) for menu in menus if menu["code"] == code)


@asynccontextmanager
async def open_studio(data_dir: Path, **changes: Any) -> AsyncIterator[Studio]:
    """A backend, and its manager signed in."""
    async with (
        running_app(make_settings(data_dir, **changes)) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client,
    ):
        client.headers["Authorization"] = await manager_token(client, data_dir)
        yield Studio(client)


async def manager_token(client: httpx.AsyncClient, data_dir: Path) -> str:
    person = json.loads((data_dir / "first-run.json").read_text())["manager"]
    return f"Bearer {(await client.post(paths.AUTH_LOGIN, json=person)).json()['token']}"


def photo(width: int = 1200, height: int = 900, kind: str = "JPEG", **save: Any) -> bytes:
    """A picture with something to see: a red disc on a table."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    disc = Image.new("L", (width, height))
    disc.paste(255, (width // 4, height // 4, width // 2, height // 2))
    image.paste((200, 30, 60), mask=disc)
    made = io.BytesIO()
    image.save(made, kind, **save)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
