"""The composition root's part for the manager's studio."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backend.database.interface import Database
from backend.engine_room import EngineRoom
from backend.routers.studio_router import StudioRouter
from backend.services.catalogue_service import CatalogueService
from backend.services.image_store import ImageStore
from backend.services.menu_cards import MenuCards
from backend.services.studio_gallery import StudioGallery
from backend.services.studio_jobs import StudioEngines, StudioJobs
from backend.settings import Settings
from backend.tasks import TaskScope
from backend.web.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the studio shares with the rest of the shop. ``clock`` answers aware UTC times."""

    store: ImageStore
    catalogue: CatalogueService
    database: Database
    clock: Callable[[], datetime]


class StudioRoom:
    """The studio's calls, and what goes on behind them."""

    def __init__(
        self,
        settings: Settings,
        engines: EngineRoom,
        shelf: Shelf,
    ) -> None:
        catalogue, database, clock = shelf.catalogue, shelf.database, shelf.clock
        gallery = StudioGallery(
            store=shelf.store, bench=engines.bench, catalogue=catalogue, database=database, clock=clock
        )
        drawing = StudioEngines(engines.images, engines.sketches, settings.drawing_seconds, settings.pictures_a_day)
        self._jobs = StudioJobs(engines=drawing, gallery=gallery, catalogue=catalogue, database=database, clock=clock)
        self._cards = MenuCards(database, catalogue, clock)
        self._router = StudioRouter(gallery, self._jobs, self._cards)

    def endpoints(self) -> list[Endpoint]:
        return self._router.endpoints()

    def start(self, background: TaskScope) -> None:
        """Work on queued jobs, and tell windows of scheduled cards, until ``background`` closes."""
        background.start(self._jobs.run(), "studio jobs")
        background.start(self._cards.run(), "menu cards")
