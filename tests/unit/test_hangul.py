"""Composing Hangul as the two-set keyboard does."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.customer import hangul
from kiosk.customer.hangul import LEADS, TAILS, VOWELS, Syllable
from kiosk.customer.keyboard import KeyboardModel

KEYS = {jamo: jamo for jamo in (*LEADS, *VOWELS)} | {
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}


def typed(keys: str) -> str:
    done, now = "", Syllable()
    for key in keys:
        finished, now = hangul.press(now, key)
        done += finished
    return done + now.text


def keys_of(text: str) -> str:
    """The keys that a typist presses for ``text`` of whole syllables."""
    pressed = ""
    for letter in text:
        index = ord(letter) - 0xAC00
        parts = (LEADS[index // 588], VOWELS[index // 28 % 21], TAILS[index % 28])
        pressed += "".join(KEYS[part] for part in parts if part)
    return pressed


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ㄱㅏ", "가"),
        ("ㄱㅏㅂㅅ", "값"),
        ("ㄱㅏㅂㅅㅣ", "갑시"),
        ("ㄱㅏㅂㅣ", "가비"),
        ("ㄲㅗㅊ", "꽃"),
        ("ㄱㅗㅏㅇ", "광"),
        ("ㅇㅡㅣㅅㅏ", "의사"),
        ("ㄱㄱ", "ㄱㄱ"),
        ("ㅏㅣ", "ㅏㅣ"),
        ("ㄷㅏㄸㅏ", "다따"),
        ("ㅋㅔㅇㅣㅋㅡ", "케이크"),
        ("ㄷㅏㄹㄱㅑㄹ", "달걀"),
        ("ㅗㅏ", "ㅘ"),
    ],
)
def test_composing(keys: str, text: str) -> None:
    assert typed(keys) == text


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=1))
def test_every_syllable_can_be_typed(letter: str) -> None:
    assert typed(keys_of(letter)) == letter
    assert unicodedata.is_normalized("NFC", typed(keys_of(letter)))


@given(st.lists(st.sampled_from([key for key in (*LEADS, *VOWELS) if KEYS[key] == key]), max_size=8))
def test_nothing_typed_is_lost(keys: list[str]) -> None:
    """Whatever is pressed, the jamo of the result are the jamo that were pressed."""
    text = typed("".join(keys))
    back = "".join(keys_of(c) if "가" <= c <= "힣" else KEYS[c] for c in text)
    assert back == "".join(keys)


def test_erasing_takes_one_jamo_at_a_time() -> None:
    now = Syllable("ㄱ", "ㅏ", "ㅄ")
    seen = []
    while now.text:
        now = hangul.erase(now)
        seen.append(now.text)
    assert seen == ["갑", "가", "ㄱ", ""]
    assert hangul.erase(Syllable("ㄱ", "ㅘ")).text == "고"


def test_another_sign_is_refused() -> None:
    with pytest.raises(ValueError, match="a"):
        hangul.press(Syllable(), "a")


def test_keyboard_keeps_to_its_limit_and_forgets_when_closed() -> None:
    keyboard: Any = KeyboardModel()
    keyboard.open("lettering", "", 2, True)
    for key in "ㅅㅐㅇㅇㅣㄹㅊㅊ":
        keyboard.press(key)
    assert keyboard.text == "생일"
    keyboard.erase()
    assert keyboard.text == "생이"
    keyboard.switch_script()
    keyboard.erase()
    keyboard.press("A")
    assert keyboard.text == "생A"
    keyboard.close()
    assert (keyboard.text, keyboard.purpose) == ("", "")


def test_shift_lasts_for_one_key() -> None:
    keyboard: Any = KeyboardModel()
    keyboard.open("sentence", "", 100, True)
    keyboard.shift()
    assert keyboard.rows[1].startswith("ㅃㅉㄸㄲㅆ")
    keyboard.press("ㄸ")
    assert keyboard.rows[1].startswith("ㅂㅈㄷㄱㅅ")
