"""Pictures of cakes."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from shared import limits
from shared.base import WireModel, WireRequest
from shared.catalogue import Words
from shared.orders import OrderItemDraft


class AspectRatio(StrEnum):
    SQUARE = "1:1"
    LANDSCAPE_16_9 = "16:9"
    PORTRAIT_9_16 = "9:16"
    LANDSCAPE_4_3 = "4:3"
    PORTRAIT_3_4 = "3:4"


class Detail(StrEnum):
    """``quick``: drawn here from the order's data in a moment, at no cost. ``fine``: by the engines of the chain."""

    QUICK = "quick"
    FINE = "fine"


class ImageRequest(WireRequest):
    """A picture of one item as it will be made. ``wish`` is the customer's own addition, filtered."""

    item: OrderItemDraft
    aspect_ratio: AspectRatio = AspectRatio.SQUARE
    detail: Detail = Detail.FINE
    wish: Annotated[str, StringConstraints(max_length=limits.MAX_WISH_CHARS)] = ""


class ImageResponse(WireModel):
    """``content`` is a path on the backend; ``alt`` describes the picture from the order's own data."""

    id: str
    content: str
    mime_type: str
    engine: str
    alt: Words
