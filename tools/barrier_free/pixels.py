"""Luminance and contrast as WCAG 2 defines them, and what a piece of a picture is made of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tools.barrier_free.look import Box, Pixels

Colour = tuple[int, int, int]
Mask = npt.NDArray[np.bool_]


def luminance(colour: Colour) -> float:
    """0 to 1 (WCAG 2.2, relative luminance)."""
    return float(luminances(np.array(colour, np.uint8).reshape(1, 3))[0])


def luminances(colours: Pixels) -> npt.NDArray[np.float64]:
    part = colours.astype(np.float64) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: Colour, other: Colour) -> float:
    """1 (alike) to 21."""
    a, b = luminance(one), luminance(other)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def piece(picture: Pixels, box: Box) -> Pixels:
    """The whole pixels of ``box`` that are in the picture; may be empty."""
    top, left = max(0, round(box.y)), max(0, round(box.x))
    return picture[top : max(top, round(box.bottom)), left : max(left, round(box.right))]


def tiles(part: Pixels, size: int) -> Iterator[Pixels]:
    """Columns of ``size`` pixels: over a picture the worst of them counts."""
    for left in range(0, max(1, part.shape[1]), max(1, size)):
        tile = part[:, left : left + size]
        if tile.shape[1] >= min(size, part.shape[1]) / 2:
            yield tile


def commonest(part: Pixels) -> Colour:
    """The colour that most pixels have, give or take a shade."""
    flat = part.reshape(-1, 3).astype(np.uint32)
    codes = (flat[:, 0] >> 2 << 16) | (flat[:, 1] >> 2 << 8) | (flat[:, 2] >> 2)
    values, index, counts = np.unique(codes, return_index=True, return_counts=True)
    del values
    red, green, blue = flat[index[counts.argmax()]]
    return int(red), int(green), int(blue)


def nearest(part: Pixels, wanted: Colour) -> Colour:
    """The pixel that is most like ``wanted``."""
    flat = part.reshape(-1, 3).astype(np.int32)
    away = np.abs(flat - np.array(wanted)).sum(axis=1)
    red, green, blue = flat[away.argmin()]
    return int(red), int(green), int(blue)


def farthest(part: Pixels, ground: Colour) -> Colour:
    """The pixel that stands out most from ``ground``."""
    flat = part.reshape(-1, 3)
    away = np.abs(luminances(flat) - luminance(ground))
    red, green, blue = flat[away.argmax()]
    return int(red), int(green), int(blue)
