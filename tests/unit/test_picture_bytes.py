"""What the first bytes of a picture tell, and that nothing else is believed."""

from __future__ import annotations

import struct

import pytest

from backend.external.picture_bytes import MAX_BYTES, MAX_SIDE, PictureHeader, read_picture

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
APP0 = b"\xff\xe0\x00\x10JFIF\0" + bytes(9)
FRAME = bytes.fromhex("ffc2001108012001e003012200021101031101")
JPEG = b"\xff\xd8" + APP0 + FRAME + b"\xff\xd9"
LOSSY = b"RIFF\0\0\0\0WEBPVP8 " + bytes(4) + bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 320, 0x4000 | 200)
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 99 | 49 << 14) + bytes(5)
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (1023).to_bytes(3, "little") + (767).to_bytes(3, "little")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PNG, PictureHeader("image/png", 640, 480)),
        (JPEG, PictureHeader("image/jpeg", 480, 288)),
        (b"\xff\xd8" + b"\xff\xff\xff\xfe\x00\x04hi" + FRAME, PictureHeader("image/jpeg", 480, 288)),
        (b"\xff\xd8\xff\xd0" + APP0 + FRAME, PictureHeader("image/jpeg", 480, 288)),
        (LOSSY, PictureHeader("image/webp", 320, 200)),
        (LOSSLESS, PictureHeader("image/webp", 100, 50)),
        (EXTENDED, PictureHeader("image/webp", 1024, 768)),
    ],
)
def test_type_and_size_are_read(content: bytes, found: PictureHeader) -> None:
    assert read_picture(content) == found


@pytest.mark.parametrize("content", [PNG, JPEG[:-2], LOSSY, LOSSLESS, EXTENDED])
def test_what_is_cut_off_is_no_picture(content: bytes) -> None:
    end = len(content) - 13 if content.startswith(b"\xff\xd8") else len(content) - 1
    for length in range(end + 1):
        assert read_picture(content[:length]) is None, length


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + bytes(32),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        PNG.replace(b"IHDR", b"IDAT"),
        PNG[:16] + struct.pack(">II", 0, 480),
        PNG[:16] + struct.pack(">II", 480, MAX_SIDE + 1),
        PNG[:16] + struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF),
        b"\xff\xd8" + APP0 + b"\xff\xd9",
        b"\xff\xd8\xff" + b"\xff" * 5_000,
        b"\xff\xd8\xff\xc4\x00\x00" * 3,
        b"RIFF\0\0\0\0WEBPALPH" + bytes(20),
        b"RIFF\0\0\0\0WEBPVP8L" + bytes(20),
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(20),
        PNG + bytes(MAX_BYTES),
    ],
)
def test_anything_else_is_no_picture(content: bytes) -> None:
    assert read_picture(content) is None
