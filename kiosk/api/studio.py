"""What the manager's studio asks of the backend, and how it does over HTTP."""

from __future__ import annotations

from typing import Protocol

from kiosk.api.client import BackendClient
from shared import paths
from shared import studio as wire

UPLOAD_SECONDS = 60.0


class StudioBackend(Protocol):
    """Every call raises KioskError and nothing else. Managers only."""

    async def pictures(self, words: str) -> wire.StudioVersions: ...
    async def versions(self, picture_id: str) -> wire.StudioVersions: ...
    async def jobs(self) -> wire.StudioJobs: ...
    async def generate(self, wanted: wire.StudioGenerate) -> wire.StudioJob: ...
    async def edit(self, wanted: wire.StudioEdit) -> wire.StudioJob: ...
    async def cancel(self, job_id: str) -> wire.StudioJob: ...
    async def upload(self, content: bytes, menu_code: str) -> wire.StudioVersion: ...
    async def crop(self, version_id: str, wanted: wire.StudioCrop) -> wire.StudioVersion: ...
    async def describe(self, version_id: str, alt: wire.AltPatch) -> wire.StudioVersion: ...
    async def cards(self) -> wire.Cards: ...
    async def publish(self, code: str, wanted: wire.CardPublish) -> wire.Card: ...
    async def roll_back(self, code: str, wanted: wire.CardRollback) -> wire.Card: ...
    async def content(self, path: str) -> bytes: ...


class StudioClient(StudioBackend):
    """Over the window's own client: who is signed in there is signed in here."""

    def __init__(self, client: BackendClient) -> None:
        self._client = client

    async def pictures(self, words: str) -> wire.StudioVersions:
        query = {"words": words[:100]} if words else {}
        return await self._client.ask("GET", paths.STUDIO_PICTURES, wire.StudioVersions, params=query)

    async def versions(self, picture_id: str) -> wire.StudioVersions:
        path = paths.STUDIO_PICTURE.format(picture_id=picture_id)
        return await self._client.ask("GET", path, wire.StudioVersions)

    async def jobs(self) -> wire.StudioJobs:
        return await self._client.ask("GET", paths.STUDIO_JOBS, wire.StudioJobs)

    async def generate(self, wanted: wire.StudioGenerate) -> wire.StudioJob:
        return await self._client.ask("POST", paths.STUDIO_GENERATE, wire.StudioJob, json=wanted)

    async def edit(self, wanted: wire.StudioEdit) -> wire.StudioJob:
        return await self._client.ask("POST", paths.STUDIO_EDIT, wire.StudioJob, json=wanted)

    async def cancel(self, job_id: str) -> wire.StudioJob:
        return await self._client.ask("DELETE", paths.STUDIO_JOB.format(job_id=job_id), wire.StudioJob)

    async def upload(self, content: bytes, menu_code: str) -> wire.StudioVersion:
        files = {"file": ("picture", content, "application/octet-stream")}
        fields = {"menu_code": menu_code} if menu_code else {}
        return await self._client.ask(
            "POST", paths.STUDIO_UPLOAD, wire.StudioVersion, files=files, data=fields, seconds=UPLOAD_SECONDS
        )

    async def crop(self, version_id: str, wanted: wire.StudioCrop) -> wire.StudioVersion:
        path = paths.STUDIO_CROP.format(version_id=version_id)
        return await self._client.ask("POST", path, wire.StudioVersion, json=wanted)

    async def describe(self, version_id: str, alt: wire.AltPatch) -> wire.StudioVersion:
        path = paths.STUDIO_VERSION.format(version_id=version_id)
        return await self._client.ask("PATCH", path, wire.StudioVersion, json=alt)

    async def cards(self) -> wire.Cards:
        return await self._client.ask("GET", paths.STUDIO_CARDS, wire.Cards)

    async def publish(self, code: str, wanted: wire.CardPublish) -> wire.Card:
        return await self._client.ask("POST", paths.STUDIO_CARD.format(code=code), wire.Card, json=wanted)

    async def roll_back(self, code: str, wanted: wire.CardRollback) -> wire.Card:
        return await self._client.ask("POST", paths.STUDIO_ROLLBACK.format(code=code), wire.Card, json=wanted)

    async def content(self, path: str) -> bytes:
        return await self._client.content(path)
