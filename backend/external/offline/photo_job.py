"""Photographs: opened, cut and changed by Pillow, in the child process (see ``worker``).

Uploads may be hostile: nothing is decoded before its format and size are known, and the child's memory has a bound.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps, UnidentifiedImageError

from backend.external.offline.job import JobError

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2048
QUALITY = 90
NEARER = 1.2
LIGHTER = 1.12
GROUND = "#fff9f2"
"""What shows through a transparent picture: the kiosk's own surface."""


def picture_open(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:  # noqa: ARG001 - a job
    """Job: an upload as payload -> ``width``, ``height`` and a JPEG: upright, sRGB pixels and nothing else.

    Fails as ``not_a_picture``, ``too_large`` (past 8 MB or 40 megapixels) and ``animated``.
    """
    if len(payload) > MAX_BYTES:
        raise JobError("too_large")
    # Our own bound counts, and it is checked before a pixel is decoded; Pillow's warning at another one would be noise.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(payload), formats=FORMATS) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise JobError("too_large")
                if getattr(image, "is_animated", False):
                    raise JobError("animated")
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                image.load()
                upright = ImageOps.exif_transpose(image)
    except MemoryError as error:
        raise JobError("too_large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, ArithmeticError) as error:
        raise JobError("not_a_picture") from error
    return jpeg(_flat(upright))


def picture_crop(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: a picture as payload; ``ratio`` (width by height), ``x``, ``y``, ``zoom`` -> as ``picture_open``."""
    with Image.open(io.BytesIO(payload), formats=FORMATS) as image:
        image.load()
        return jpeg(cut(_flat(image), request["ratio"], request["x"], request["y"], request["zoom"]))


def picture_touch(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: a photograph as payload; ``ratio``, steps of ``warmth``, ``light`` and ``zoom``, and ``blur`` -> a JPEG."""
    with Image.open(io.BytesIO(payload), formats=FORMATS) as image:
        image.load()
        flat = _flat(image)
    made = cut(flat, request["ratio"], zoom=max(1.0, NEARER ** request["zoom"]))
    if request["blur"]:
        made = _in_focus_in_the_middle(made)
    if request["warmth"]:
        made = _warmer(made, request["warmth"])
    if request["light"]:
        made = ImageEnhance.Brightness(made).enhance(LIGHTER ** request["light"])
    return jpeg(made)


def _warmer(image: Image.Image, steps: int) -> Image.Image:
    """Red up and blue down, as a lamp of lower colour temperature does; white keeps most of its light."""
    factors = (1 + 0.05 * steps, 1 + 0.012 * steps, 1 - 0.075 * steps)
    tables = [[min(255, max(0, round(value * factor))) for value in range(256)] for factor in factors]
    return image.point([value for table in tables for value in table])


def _in_focus_in_the_middle(image: Image.Image) -> Image.Image:
    """Sharp within an ellipse where a dish stands, softer and softer towards the edges."""
    width, height = image.size
    mask = Image.new("L", (256, 256))
    ImageDraw.Draw(mask).ellipse((36, 52, 220, 244), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(22)).resize(image.size, Image.Resampling.BICUBIC)
    soft = image.filter(ImageFilter.GaussianBlur(max(width, height) / 64))
    return Image.composite(image, soft, mask)


def cut(image: Image.Image, ratio: float, x: float = 0.5, y: float = 0.5, zoom: float = 1.0) -> Image.Image:
    """The largest part of ``image`` in that ratio around (x, y), ``zoom`` times smaller; never past the edge."""
    width, height = image.size
    widest = min(width, height * ratio) / zoom
    wide, high = max(1, round(widest)), max(1, min(height, round(widest / ratio)))
    left = min(max(0, round(x * width - wide / 2)), width - wide)
    top = min(max(0, round(y * height - high / 2)), height - high)
    return image.crop((left, top, left + wide, top + high))


def jpeg(image: Image.Image) -> tuple[dict[str, Any], bytes]:
    """The same pixels give the same bytes."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=QUALITY, subsampling=0, optimize=False, progressive=False)
    return {"width": image.width, "height": image.height}, made.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    """RGB; what was transparent shows the ground."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        ground = Image.new("RGB", image.size, GROUND)
        ground.paste(over, mask=over.getchannel("A"))
        return ground
    # A copy, whatever the mode: EXIF, profiles and comments hang on the object that was opened.
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain
