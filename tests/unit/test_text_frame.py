"""Frames made ready once are what a WebSocket library would have made."""

from __future__ import annotations

import pytest
from websockets.frames import Frame, Opcode

from backend.services.text_frame import text_frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_frame_is_as_the_standard_has_it(size: int) -> None:
    text = "x" * size
    assert text_frame(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def test_its_length_is_that_of_the_bytes() -> None:
    text = "주문이 들어왔어요" * 6
    assert len(text) < 126 <= len(text.encode())
    assert text_frame(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
