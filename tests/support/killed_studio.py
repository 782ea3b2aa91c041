"""A process that keeps one version of a picture and is killed on the way: ``python -m … DATABASE FOLDER SEAM``.

``SEAM`` is where it gets SIGKILL: ``writing`` (the file is half there), ``file`` (it is kept, there is no row),
``row`` (the row is written and not committed) or ``committed``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from backend.database.sql.database import SqlDatabase
from backend.database.studio import ImageVersion
from backend.services import image_store
from backend.services.image_store import ImageStore

CONTENT = b"\x89PNG and so on" * 1000


def version(digest: str, version_id: str = "v-1", number: int = 1) -> ImageVersion:
    """A version of the picture ``p-1``."""
    return ImageVersion(
        version_id=version_id,
        picture_id="p-1",
        number=number,
        parent=None,
        kind="upload",
        sha256=digest,
        mime_type="image/png",
        width=800,
        height=600,
        bytes=len(CONTENT),
        aspect_ratio="4:3",
        prompt="",
        wish="",
        engine="upload",
        model="",
        spec={},
        alt={"ko": "케이크", "en": "cake"},
        menu_code="strawberry",
        created_by="manager",
        created_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    )


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main(url: str, folder: str, seam: str) -> None:
    database = await SqlDatabase.open(url)
    store = ImageStore(Path(folder))
    if seam == "writing":
        # The last thing before the file gets its name.
        image_store.os.fsync = lambda _: die()  # type: ignore[attr-defined] # the module's own import
    digest = await store.put(CONTENT)
    if seam == "file":
        die()
    async with database.write() as db:
        await db.versions.add(version(digest))
        if seam == "row":
            die()
        await db.commit()
    die()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
