"""A slip as a picture of black and white dots.

Letters are drawn here and sent as dots: code pages for Korean differ from printer to printer (and many have none), dots
look the same on all of them.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from backend.external.printing import Row, Size, Slip

DOTS = {Size.SMALL: 25, Size.NORMAL: 31, Size.LARGE: 40, Size.HUGE: 128}
"""Heights at 203 dots an inch, of which nearly every receipt printer is."""
NARROW = 500
"""Paper of 58 mm has 384 dots: letters are a little smaller there."""
MARGIN = 4
RULE = 2
MOST_ROWS = 400
INK = 140
"""Of 255: what is darker becomes black. A little more than half: thin strokes would break."""
_BLACK, _WHITE = 0, 255


class Paper:
    """Draws slips ``width`` dots wide with the typeface in ``fonts`` (Pretendard, two weights)."""

    def __init__(self, fonts: Path, width: int) -> None:
        scale = 0.86 if width < NARROW else 1.0
        files = {False: fonts / "Pretendard-Medium.otf", True: fonts / "Pretendard-Bold.otf"}
        self._fonts = {
            (size, strong): ImageFont.truetype(file, round(dots * scale))
            for size, dots in DOTS.items()
            for strong, file in files.items()
        }
        self._width = width

    def draw(self, slip: Slip) -> Image.Image:
        """The whole slip, mode ``1``: white paper, black dots."""
        bands = [self._rule() if row is None else self._row(row) for row in slip[:MOST_ROWS]]
        image = Image.new("1", (self._width, max(1, sum(band.height for band in bands))), _WHITE)
        top = 0
        for band in bands:
            image.paste(band, (0, top))
            top += band.height
        return image

    def _rule(self) -> Image.Image:
        band = Image.new("1", (self._width, 24), _WHITE)
        ImageDraw.Draw(band).rectangle((MARGIN, 11, self._width - MARGIN, 11 + RULE), fill=_BLACK)
        return band

    def _row(self, row: Row) -> Image.Image:
        font = self._fonts[row.size, row.strong]
        room = self._width - 2 * MARGIN
        right, side = _plain(row.right), 0.0
        if right:
            side = font.getlength(right) + font.size * 0.6
        lines = _wrapped(_plain(row.text), font, room, min(side, room * 0.6))
        step = round(font.size * (1.28 if row.size is not Size.HUGE else 1.12))
        band = Image.new("L", (self._width, step * len(lines) + (8 if row.inverse else 0)), _WHITE)
        pen = ImageDraw.Draw(band)
        for at, line in enumerate(lines):
            x = (self._width - font.getlength(line)) / 2 if row.centred else MARGIN
            pen.text((x, at * step + step / 2), line, font=font, fill=_BLACK, anchor="lm")
        if right:
            y = (len(lines) - 1) * step + step / 2
            pen.text((self._width - MARGIN, y), right, font=font, fill=_BLACK, anchor="rm")
        dots = band.point(lambda value: _WHITE if value > INK else _BLACK).convert("1", dither=Image.Dither.NONE)
        return dots.point(lambda value: _WHITE - value) if row.inverse else dots


def _plain(text: str) -> str:
    """One line of composed letters: a customer wrote some of it."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in composed if unicodedata.category(letter)[0] != "C")


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: float, side: float) -> list[str]:
    """Lines no wider than ``room``, the last no wider than ``room - side``; broken at spaces where that is possible."""
    lines = [""]
    for word in text.split(" "):
        tried = f"{lines[-1]} {word}" if lines[-1] else word
        if font.getlength(tried) <= room:
            lines[-1] = tried
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and font.getlength(lines[-1] + letter) > room:
                lines.append("")
            lines[-1] += letter
    if side and font.getlength(lines[-1]) > room - side:
        lines.append("")
    return lines
