"""What the database remembers of the manager's pictures: versions, jobs, and what is on the menu cards.

Belongs to ``interface.py``. The bytes lie on disk under ``sha256``; a row is written after its file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImageVersion:
    """One state of a picture; never changed afterwards but for ``alt``.

    ``kind`` is generate, edit, upload or crop; ``number`` counts the versions of one picture from 1 up. ``wish`` is
    what the manager wrote freely, ``prompt`` all that the engine was told. ``spec`` holds the item that is shown
    (empty for an upload).
    """

    version_id: str
    picture_id: str
    number: int
    parent: str | None
    kind: str
    sha256: str
    mime_type: str
    width: int
    height: int
    bytes: int
    aspect_ratio: str
    prompt: str
    wish: str
    engine: str
    model: str
    spec: Json
    alt: Json
    menu_code: str | None
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ImageJob:
    """Work on a picture that goes on in the background.

    ``state`` is queued, running, done, failed or cancelled. ``runner`` is the process that works on it and ``seen_at``
    its last sign of life. ``paid``: a vendor's engine made it.
    """

    job_id: str
    kind: str
    state: str
    request: Json
    asked_by: str
    asked_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seen_at: datetime | None = None
    runner: str | None = None
    version_id: str | None = None
    problem: Json = field(default_factory=dict)
    paid: bool = False


@dataclass(frozen=True, slots=True)
class CardChange:
    """What the card of a menu shows from ``live_at`` on. ``number`` counts the changes of one menu from 1 up.

    ``version_id`` None: the picture that the shop draws itself. ``rolled_back``: it stood there before. ``told``: open
    windows were told that it is live. ``withdrawn_by``: it was taken back before that.
    """

    menu_code: str
    number: int
    version_id: str | None
    rolled_back: bool
    changed_by: str
    changed_at: datetime
    live_at: datetime
    told: bool = False
    withdrawn_by: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A kiosk said that it shows change ``number`` of a menu's card."""

    menu_code: str
    device_id: str
    number: int
    at: datetime


class ImageVersions(Protocol):
    async def add(self, version: ImageVersion) -> None:
        """Raises AlreadyThere: another version of that picture has the number."""
        ...

    async def get(self, version_id: str) -> ImageVersion | None: ...
    async def of_picture(self, picture_id: str) -> Sequence[ImageVersion]:
        """All of them by number."""
        ...

    async def latest(self, menu_code: str | None, words: str, limit: int) -> Sequence[ImageVersion]:
        """The newest version of each picture, newest first; of one menu, with ``words`` in prompt or description."""
        ...

    async def set_alt(self, version_id: str, alt: Json) -> None: ...
    async def hashes_in_use(self, hashes: Collection[str]) -> frozenset[str]:
        """Those of ``hashes`` that any row refers to: a version's or a customer's picture."""
        ...


class ImageJobs(Protocol):
    async def add(self, job: ImageJob) -> None: ...
    async def get(self, job_id: str) -> ImageJob | None: ...
    async def recent(self, limit: int) -> Sequence[ImageJob]:
        """Newest first."""
        ...

    async def open(self) -> Sequence[ImageJob]:
        """Queued and running ones, oldest first."""
        ...

    async def claim(self, runner: str, now: datetime, dead_before: datetime) -> ImageJob | None:
        """Make the oldest job that waits, or whose runner has been silent since ``dead_before``, this runner's."""
        ...

    async def alive(self, job_id: str, runner: str, now: datetime) -> bool:
        """A sign of life; False when the job was cancelled or taken over: the runner stops."""
        ...

    async def end(self, job: ImageJob, runner: str) -> bool:
        """Write how ``job`` ended, if it still is that runner's; answers whether it was."""
        ...

    async def cancel(self, job_id: str, now: datetime) -> bool:
        """Cancel a job that has not ended; answers whether it was this call that did."""
        ...

    async def paid_since(self, moment: datetime) -> int:
        """How many jobs since ``moment`` were paid for, or may yet be."""
        ...

    async def delete_before(self, moment: datetime) -> int:
        """Forget jobs that ended before ``moment``; their versions stay."""
        ...


class MenuCards(Protocol):
    async def add(self, change: CardChange) -> None:
        """Raises AlreadyThere: somebody else made the change of that number."""
        ...

    async def of_menu(self, menu_code: str) -> Sequence[CardChange]:
        """Newest first."""
        ...

    async def live(self, now: datetime) -> Mapping[str, CardChange]:
        """What each menu's card shows now; menus whose card was never changed are left out."""
        ...

    async def untold(self, now: datetime) -> Sequence[CardChange]:
        """Changes that are live and of which windows have not been told."""
        ...

    async def mark_told(self, menu_code: str, number: int) -> bool:
        """Answers whether it was this call that did."""
        ...

    async def withdraw(self, menu_code: str, number: int, by: str, now: datetime) -> bool:
        """Take back a change that is not live yet; answers whether it was this call that did."""
        ...

    async def saw(self, sighting: Sighting) -> None: ...
    async def sightings(self, since: datetime) -> Sequence[Sighting]: ...
    async def delete_sightings_before(self, moment: datetime) -> int: ...
