"""What the menu cards show: published by the manager, at once or at a time, rolled back, and seen by the kiosks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from backend.database.interface import AlreadyThere, Database, DatabaseError, Outgoing, UnitOfWork
from backend.database.studio import CardChange, ImageVersion, Sighting
from backend.domain.people import Caller
from backend.errors import Refusal
from backend.services.catalogue_service import CatalogueService
from backend.services.live_figures import GONE_AFTER
from shared import studio as wire
from shared.auth import UserType
from shared.catalogue import Words
from shared.images import AspectRatio
from shared.messages import Topic
from shared.problems import ProblemCode

CARD_RATIO = AspectRatio.LANDSCAPE_4_3
LOOK_SECONDS = 1.0
FURTHEST_SCHEDULE = timedelta(days=400)
KEEP_SIGHTING = timedelta(days=1)
HISTORY = 30

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LiveCard:
    """Change ``number`` of a card; ``version`` None: the picture that the shop draws itself."""

    number: int
    version: ImageVersion | None

    @property
    def alt(self) -> Words | None:
        """What the picture shows; None: as the catalogue says. English falls back on Korean."""
        if self.version is None:
            return None
        ko = str(self.version.alt.get("ko", ""))
        return Words(ko=ko, en=str(self.version.alt.get("en", "")) or ko)


async def live_cards(db: UnitOfWork, now: datetime) -> Mapping[str, LiveCard]:
    """Cards whose picture the manager has changed, as they are at ``now``."""
    found: dict[str, LiveCard] = {}
    for code, change in (await db.cards.live(now)).items():
        version = await db.versions.get(change.version_id) if change.version_id else None
        found[code] = LiveCard(change.number, version)
    return found


class MenuCards:
    """``clock`` answers aware UTC times."""

    def __init__(self, database: Database, catalogue: CatalogueService, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._catalogue = catalogue
        self._clock = clock

    async def publish(self, code: str, wanted: wire.CardPublish, caller: Caller) -> wire.Card:
        """Show a version on the card of menu ``code``, at once or from ``live_at`` on.

        Raises:
            Refusal: not_found; alt_missing; wrong_ratio; invalid_request (``live_at`` is past or too far);
                conflict with ``by`` and ``number`` (somebody else changed the card first).
        """
        now = self._clock()
        live_at = wanted.live_at or now
        if wanted.live_at is not None and not now < live_at <= now + FURTHEST_SCHEDULE:
            raise Refusal(ProblemCode.INVALID_REQUEST, field="live_at", reason="not_ahead")
        if wanted.version_id is not None:
            await self._check(wanted.version_id)
        change = CardChange(
            code, wanted.expected + 1, wanted.version_id, False, caller.user_id, now, live_at, wanted.live_at is None
        )
        return await self._add(change)

    async def roll_back(self, code: str, wanted: wire.CardRollback, caller: Caller) -> wire.Card:
        """Show again what change ``to`` showed, or what was live before: as a new change, at once.

        Raises:
            Refusal: not_found (no such change, or nothing to go back to); conflict as above.
        """
        now = self._clock()
        async with self._database.read() as db:
            changes = await db.cards.of_menu(code)
        shown = sorted((one for one in changes if _was_live(one, now)), key=lambda one: (one.live_at, one.number))
        if wanted.to is None:
            if not shown:
                raise Refusal(ProblemCode.NOT_FOUND, "The card was never changed.", field="code")
            version_id = shown[-2].version_id if len(shown) > 1 else None
        else:
            found = next((one for one in shown if one.number == wanted.to), None)
            if found is None and wanted.to:
                raise Refusal(ProblemCode.NOT_FOUND, field="to")
            version_id = found.version_id if found else None
        return await self._add(
            CardChange(code, wanted.expected + 1, version_id, True, caller.user_id, now, now, told=True)
        )

    async def withdraw(self, code: str, number: int, caller: Caller) -> wire.Card:
        """Take back a change that is not live yet. Raises Refusal not_found, conflict (live, or withdrawn by now)."""
        async with self._database.write() as db:
            change = next((one for one in await db.cards.of_menu(code) if one.number == number), None)
            if change is None:
                raise Refusal(ProblemCode.NOT_FOUND, field="number")
            if not await db.cards.withdraw(code, number, caller.user_id, self._clock()):
                raise Refusal(ProblemCode.CONFLICT, by=change.withdrawn_by or change.changed_by, number=number)
            await db.commit()
        return await self._card(code)

    async def cards(self) -> wire.Cards:
        """All menus in the catalogue's order."""
        async with self._database.read() as db:
            codes = [menu.code for menu in (await self._catalogue.current(db)).menus]
            return wire.Cards(cards=tuple([await self._read(db, code) for code in codes]))

    async def saw(self, code: str, shown: wire.CardShown) -> None:
        """A kiosk shows change ``number`` of a card. Raises Refusal not_found."""
        now = self._clock()
        async with self._database.write() as db:
            await self._check_menu(db, code)
            changes = await db.cards.of_menu(code)
            if shown.number > (changes[0].number if changes else 0):
                raise Refusal(ProblemCode.NOT_FOUND, field="number")
            await db.cards.saw(Sighting(code, shown.device_id, shown.number, now))
            await db.commit()

    async def run(self) -> None:
        """Tell open windows of changes whose time has come, until cancelled."""
        while True:
            try:
                await self.tell()
            except DatabaseError as error:
                log.warning("cards_not_told", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def tell(self) -> None:
        """Tell of what has become live since the last time. Raises DatabaseError."""
        now = self._clock()
        async with self._database.read() as db:
            due = await db.cards.untold(now)
        if not due:
            return
        async with self._database.write() as db:
            for change in due:
                # Of several backends one tells.
                if await db.cards.mark_told(change.menu_code, change.number):
                    db.notify(_news(change))
            await db.commit()

    async def _add(self, change: CardChange) -> wire.Card:
        try:
            async with self._database.write() as db:
                await self._check_menu(db, change.menu_code)
                latest = next(iter(await db.cards.of_menu(change.menu_code)), None)
                if (latest.number if latest else 0) != change.number - 1:
                    raise _lost_to(latest)
                await db.cards.add(change)
                if change.told:
                    db.notify(_news(change))
                await db.commit()
        except AlreadyThere:
            # PostgreSQL lets two look at once; the primary key lets one write.
            async with self._database.read() as db:
                latest = next(iter(await db.cards.of_menu(change.menu_code)), None)
            raise _lost_to(latest) from None
        return await self._card(change.menu_code)

    async def _check(self, version_id: str) -> None:
        async with self._database.read() as db:
            version = await db.versions.get(version_id)
        if version is None:
            raise Refusal(ProblemCode.NOT_FOUND, field="version_id")
        if not str(version.alt.get("ko", "")).strip():
            raise Refusal(ProblemCode.ALT_MISSING, field="alt.ko")
        if version.aspect_ratio != CARD_RATIO.value:
            raise Refusal(ProblemCode.WRONG_RATIO, has=version.aspect_ratio, needs=CARD_RATIO.value)

    async def _check_menu(self, db: UnitOfWork, code: str) -> None:
        if (await self._catalogue.current(db)).menu(code) is None:
            raise Refusal(ProblemCode.NOT_FOUND, field="code")

    async def _card(self, code: str) -> wire.Card:
        async with self._database.read() as db:
            return await self._read(db, code)

    async def _read(self, db: UnitOfWork, code: str) -> wire.Card:
        now = self._clock()
        changes = await db.cards.of_menu(code)
        live = (await db.cards.live(now)).get(code)
        return wire.Card(
            menu_code=code,
            last=changes[0].number if changes else 0,
            live=_to_wire(live) if live else None,
            scheduled=tuple(_to_wire(one) for one in changes if one.live_at > now and one.withdrawn_by is None),
            history=tuple(_to_wire(one) for one in changes[:HISTORY]),
            kiosks=await _kiosks(db, code, now),
        )


async def _kiosks(db: UnitOfWork, code: str, now: datetime) -> tuple[wire.CardKiosk, ...]:
    """Kiosks that are open now, and those that said something today."""
    said = {one.device_id: one for one in await db.cards.sightings(now - KEEP_SIGHTING) if one.menu_code == code}
    here = {
        str(one["device_id"])
        for record in await db.presence.since(now - GONE_AFTER)
        for one in record.connections
        if one.get("user_type") == UserType.CUSTOMER.value
    }
    return tuple(
        wire.CardKiosk(
            device_id=device,
            connected=device in here,
            number=said[device].number if device in said else 0,
            at=said[device].at if device in said else None,
        )
        for device in sorted(here | set(said))
    )


def _was_live(change: CardChange, now: datetime) -> bool:
    return change.withdrawn_by is None and change.live_at <= now


def _news(change: CardChange) -> Outgoing:
    return Outgoing(Topic.CATALOGUE_CHANGED.value, {"code": change.menu_code, "picture": change.number})


def _lost_to(latest: CardChange | None) -> Refusal:
    if latest is None:
        return Refusal(ProblemCode.CONFLICT, field="expected", number=0)
    return Refusal(ProblemCode.CONFLICT, field="expected", by=latest.changed_by, number=latest.number)


def _to_wire(change: CardChange) -> wire.CardChange:
    return wire.CardChange(
        number=change.number,
        version_id=change.version_id,
        rolled_back=change.rolled_back,
        changed_by=change.changed_by,
        changed_at=change.changed_at,
        live_at=change.live_at,
        withdrawn_by=change.withdrawn_by,
    )
