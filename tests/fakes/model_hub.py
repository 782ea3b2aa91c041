"""A model hub on the loopback device that speaks Hugging Face's HTTP, with faults to order."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "mallo/faster-whisper-tiny-test"


@dataclass
class Faults:
    """After ``cut_after`` bytes the line of a large file breaks, once; ``flip``: a byte of it is not as published;
    ``stall``: it stops in the middle; ``no_ranges``: it always comes from the start; ``told_size`` is told as its size;
    ``status`` is the answer to everything.
    """

    cut_after: int | None = None
    flip: bool = False
    status: int | None = None
    stall: bool = False
    no_ranges: bool = False
    told_size: int | None = None


@dataclass
class ModelHub:
    """Serves ``files`` of one repository. ``asked`` has the path and Range header of each download."""

    files: Mapping[str, bytes]
    faults: Faults = field(default_factory=Faults)
    commit: str = COMMIT
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    url: str = ""
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def of(cls, folder: Path) -> ModelHub:
        """With the files of a model, and others that nobody needs."""
        return cls({path.name: path.read_bytes() for path in folder.iterdir()} | {"README.md": b"# no model file"})

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[ModelHub]:
        app = web.Application()
        app.router.add_get(f"/api/models/{REPOSITORY}/revision/main", self._info)
        app.router.add_get(f"/{REPOSITORY}/resolve/{{commit}}/{{name}}", self._resolve)
        app.router.add_get("/cdn/{name}", self._content)
        runner = web.AppRunner(app, shutdown_timeout=0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert runner.addresses
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self._over.set()
            await runner.cleanup()

    async def _info(self, request: web.Request) -> web.Response:
        if self.faults.status is not None:
            return web.Response(status=self.faults.status)
        assert request.query["blobs"] == "true"
        listed = [self._listed(name, content) for name, content in self.files.items()]
        return web.json_response({"sha": self.commit, "siblings": listed})

    def _listed(self, name: str, content: bytes) -> dict[str, object]:
        size = self.faults.told_size if self.faults.told_size is not None and name == "model.bin" else len(content)
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        listed: dict[str, object] = {"rfilename": name, "size": size, "blobId": blob}
        if name == "model.bin":
            listed["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": size, "pointerSize": 134}
        return listed

    async def _resolve(self, request: web.Request) -> web.Response:
        """Large files lie elsewhere, as the hub's do."""
        assert request.match_info["commit"] == self.commit
        raise web.HTTPFound(f"/cdn/{request.match_info['name']}")

    async def _content(self, request: web.Request) -> web.StreamResponse:
        name, wanted = request.match_info["name"], request.headers.get("Range")
        self.asked.append((name, wanted))
        content = self.files[name]
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and not self.faults.no_ranges else 0
        large = name == "model.bin"
        if large and self.faults.flip:
            content = bytes([content[0] ^ 1]) + content[1:]
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(content) - start
        await response.prepare(request)
        if large and self.faults.stall:
            await response.write(content[start : start + 3_000_000])
            await self._over.wait()
            return response
        if large and self.faults.cut_after is not None:
            cut, self.faults.cut_after = self.faults.cut_after, None
            await response.write(content[start : start + cut])
            assert request.transport is not None
            request.transport.close()
            return response
        await response.write(content[start:])
        return response
