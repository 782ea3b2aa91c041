"""The manager's pictures on the wire: versions, jobs, and what the menu cards show. Times are RFC 3339 in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, JsonValue, StringConstraints, model_validator

from shared import limits
from shared.base import WireModel, WireRequest
from shared.catalogue import Words
from shared.images import AspectRatio, Detail
from shared.orders import Code, OrderItemDraft

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Wish = Annotated[str, StringConstraints(max_length=limits.MAX_WISH_CHARS)]
AltText = Annotated[str, StringConstraints(max_length=limits.MAX_ALT_CHARS)]


class VersionKind(StrEnum):
    GENERATE = "generate"
    EDIT = "edit"
    UPLOAD = "upload"
    CROP = "crop"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class QuickEdit(StrEnum):
    """Edits with one press; those with a ``value`` say in ``StudioEdit`` what it is."""

    WARMER_LIGHT = "warmer_light"
    PLAIN_BACKGROUND = "plain_background"
    CLOSER = "closer"
    ADD_TOPPING = "add_topping"
    CHANGE_COLOUR = "change_colour"
    LETTERING = "lettering"


NEEDS_VALUE = frozenset({QuickEdit.ADD_TOPPING, QuickEdit.CHANGE_COLOUR, QuickEdit.LETTERING})


class StudioGenerate(WireRequest):
    """A picture of one item as it is made. ``wish`` is free, filtered, and kept apart in the version's ``wish``.

    ``picture_id``: it becomes the next version of that picture; none: a picture of its own.
    """

    item: OrderItemDraft
    aspect_ratio: AspectRatio = AspectRatio.LANDSCAPE_4_3
    detail: Detail = Detail.FINE
    wish: Wish = ""
    picture_id: Id | None = None


class StudioEdit(WireRequest):
    """A change of a version, by one press (``quick``), by words (``wish``), or by both; it becomes the next version.

    ``value`` is an ingredient's code (``add_topping``), a colour (``change_colour``) or the words (``lettering``).
    """

    version_id: Id
    quick: QuickEdit | None = None
    value: Annotated[str, StringConstraints(max_length=40)] = ""
    wish: Wish = ""
    aspect_ratio: AspectRatio | None = None
    detail: Detail = Detail.FINE

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.quick is None and not self.wish.strip():
            raise ValueError("a quick edit or a wish")
        if self.quick in NEEDS_VALUE and not self.value.strip():
            raise ValueError("this quick edit needs a value")
        return self


class StudioCrop(WireRequest):
    """The largest part of a version in ``aspect_ratio`` around (x, y), by ``zoom`` smaller."""

    aspect_ratio: AspectRatio
    x: Annotated[float, Field(ge=0, le=1)] = 0.5
    y: Annotated[float, Field(ge=0, le=1)] = 0.5
    zoom: Annotated[float, Field(ge=1, le=4)] = 1.0


class AltPatch(WireRequest):
    """What the picture shows, for those who cannot see it."""

    ko: AltText
    en: AltText = ""


class StudioVersion(WireModel):
    """One state of a picture. ``content`` is a path on the backend; ``item`` what is shown, where that is known.

    ``refused``: the engine's safety filter refused the wish, and the picture was made without it on this machine.
    """

    id: str
    picture_id: str
    number: int
    parent: str | None
    kind: VersionKind
    content: str
    mime_type: str
    width: int
    height: int
    bytes: int
    aspect_ratio: str
    prompt: str
    wish: str
    refused: bool
    engine: str
    model: str
    alt: Words
    menu_code: str | None
    item: OrderItemDraft | None
    created_by: str
    created_at: datetime


class StudioVersions(WireModel):
    versions: tuple[StudioVersion, ...]


class GalleryQuery(WireRequest):
    """The newest version of each picture: of one menu, with ``words`` in its prompt or description."""

    menu_code: Code | None = None
    words: Annotated[str, StringConstraints(max_length=100)] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 60


class StudioJob(WireModel):
    """``ahead``: jobs before it. ``expected_seconds``: what its kind took lately. ``problem``: why it failed."""

    id: str
    kind: VersionKind
    state: JobState
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    ahead: int
    expected_seconds: float
    menu_code: str | None
    wish: str
    version_id: str | None
    problem: dict[str, JsonValue] | None


class StudioJobs(WireModel):
    """``budget``: pictures that vendors may be paid for on one day, 0 where nobody is; ``spent``: today, or waiting."""

    jobs: tuple[StudioJob, ...]
    budget: int
    spent: int


class CardPublish(WireRequest):
    """``version_id`` None: the picture that the shop draws itself. ``expected`` is the last change that the manager
    saw (0: none); another one there by now refuses it. ``live_at`` None: at once."""

    version_id: Id | None
    expected: Annotated[int, Field(ge=0)]
    live_at: AwareDatetime | None = None


class CardRollback(WireRequest):
    """Back to what change ``to`` showed (0: the shop's own drawing); None: to what was live before."""

    expected: Annotated[int, Field(ge=0)]
    to: Annotated[int, Field(ge=0)] | None = None


class CardChange(WireModel):
    number: int
    version_id: str | None
    rolled_back: bool
    changed_by: str
    changed_at: datetime
    live_at: datetime
    withdrawn_by: str | None


class CardKiosk(WireModel):
    """``number``: the change that it last said it shows; 0: it has said nothing."""

    device_id: str
    connected: bool
    number: int
    at: datetime | None


class Card(WireModel):
    """``live``: the change that is shown now, None where none ever was. ``last`` is the newest number: ``expected`` of
    the next change."""

    menu_code: str
    last: int
    live: CardChange | None
    scheduled: tuple[CardChange, ...]
    history: tuple[CardChange, ...]
    kiosks: tuple[CardKiosk, ...]


class Cards(WireModel):
    cards: tuple[Card, ...]


class CardShown(WireRequest):
    """A kiosk shows change ``number`` of a card."""

    device_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    number: Annotated[int, Field(ge=0)]
