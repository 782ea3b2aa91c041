"""What sounds the same is told apart by what stands beside it, and stays where it was meant."""

from __future__ import annotations

import pytest

from backend.external.offline.understanding.homophones import with_homophones_meant


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("and know wine in either", "and no wine in either"),
        ("know, ten more", "no, ten more"),
        ("cancel that won", "cancel that one"),
        ("won glass will do", "one glass will do"),
        ("to more english", "two more english"),
        ("a blueberry on too of them", "a blueberry on two of them"),
        ("free wines in total", "three wines in total"),
        ("a fresh, an english", "a french, an english"),
        ("just symbol please", "just simple please"),
        ("ok for of those, simple", "ok four of those, simple"),
        ("let us say ate", "let us say eight"),
        ("a sham pain feast", "a champagne feast"),
    ],
)
def test_another_word_was_said(heard: str, meant: str) -> None:
    assert with_homophones_meant(heard) == meant


@pytest.mark.parametrize(
    "said",
    [
        "i dont know",
        "do you know what is in it",
        "you know what, make it two",
        "i have 40000 won",
        "forty thousand won",
        "how many won is that",
        "make it grand too",
        "those too please",
        "put candles on too",
        "me too, french",
        "to go please",
        "change it to english",
        "is it gluten free",
        "i ate already",
        "a cake for four",
        "is the cream fresh",
        "strawberry cake with fresh cream",
        "one for me",
    ],
)
def test_what_was_meant_stays(said: str) -> None:
    assert with_homophones_meant(said) == said
