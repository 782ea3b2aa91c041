"""What a wish for another picture says, and what becomes of the picture's spec."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.order import Cake, Item, check_item
from backend.external.offline.picture_note import Setting, Shown, read_note, with_note
from backend.external.offline.wishes import changed, read_wish
from backend.services.catalogue_files import read_catalogue
from backend.services.studio_prompts import edit_prompt
from shared.studio import QuickEdit, StudioEdit

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[2] / "assets" / "catalogue").catalogue
CUSTOM = Item("custom", "grand", 1, {"strawberry": 5}, Cake("vanilla", "white", 1, ""))


def after(wish: str, item: Item = CUSTOM) -> Shown:
    return changed(Shown(item), read_wish(wish, CATALOGUE.menu(item.menu_code), CATALOGUE), CATALOGUE)


@pytest.mark.parametrize(
    ("wish", "colour"),
    [
        ("분홍색으로 바꿔 줘", "pink"),
        ("make it pink", "pink"),
        ("흰색 말고 하늘색으로", "skyblue"),
        ("from white to mint please", "mint"),
        ("보라색 케이크로", "purple"),
        ("colour #1F6B4A", "#1f6b4a"),
    ],
)
def test_colours(wish: str, colour: str) -> None:
    cake = after(wish).item.cake
    assert cake is not None
    assert cake.colour == colour


@pytest.mark.parametrize(
    ("wish", "counts"),
    [
        ("딸기 더 올려 줘", {"strawberry": 9}),
        ("more strawberries", {"strawberry": 9}),
        ("딸기 열 개로", {"strawberry": 10}),
        ("딸기 3개 더", {"strawberry": 8}),
        ("딸기 빼 줘", {}),
        ("without strawberries", {}),
        ("two fewer strawberries", {"strawberry": 3}),
        ("마카롱 세 개 올려 줘", {"strawberry": 5, "macaron": 3}),
        ("add two macarons and a flower", {"strawberry": 5, "macaron": 2, "flower": 1}),
        ("초 다섯 개", {"strawberry": 5, "candle": 5}),
        ("초 빼고 꽃 장식 추가", {"strawberry": 5, "candle": 0, "flower": 1}),
        ("no candles", {"strawberry": 5, "candle": 0}),
        ("초콜릿 맛으로", {"strawberry": 5}),
        ("딸기 백 개 더", {"strawberry": 9}),
        ("99 strawberries", {"strawberry": 40}),
        ("steak please", {"strawberry": 5}),
    ],
)
def test_toppings(wish: str, counts: dict[str, int]) -> None:
    assert dict(after(wish).item.customization) == counts


@pytest.mark.parametrize(
    ("wish", "cake"),
    [
        ("3단으로", Cake("vanilla", "white", 3)),
        ("두 단 케이크로", Cake("vanilla", "white", 2)),
        ("make it three tiers", Cake("vanilla", "white", 3)),
        ("말차 맛 2단", Cake("matcha", "white", 2)),
        ("chocolate flavour", Cake("chocolate")),
        ("생일 축하해라고 써 줘", Cake(lettering="생일 축하해")),
        ("write happy birthday on the cake", Cake(lettering="happy birthday")),
        ('글씨 "엄마 사랑해" 넣어 줘', Cake(lettering="엄마 사랑해")),
    ],
)
def test_how_a_cake_is_made(wish: str, cake: Cake) -> None:
    assert after(wish).item.cake == cake


def test_lettering_goes_and_comes() -> None:
    written = Item("custom", "grand", 1, {}, Cake(lettering="안녕"))
    for wish in ("글씨 지워 줘", "remove the lettering", "no writing"):
        cake = after(wish, written).item.cake
        assert cake is not None
        assert not cake.lettering


@pytest.mark.parametrize(
    ("wish", "setting"),
    [
        ("더 따뜻한 빛으로", Setting(warmth=1)),
        ("warmer light, a bit brighter", Setting(warmth=1, light=1)),
        ("조금 어둡게", Setting(light=-1)),
        ("더 가까이", Setting(zoom=1)),
        ("zoom out", Setting(zoom=-1)),
        ("배경을 단색으로", Setting(backdrop="plain")),
        ("plain background", Setting(backdrop="plain")),
        ("분홍색 배경으로", Setting(backdrop="pink")),
        ("a navy background", Setting(backdrop="navy")),
    ],
)
def test_how_it_is_shown(wish: str, setting: Setting) -> None:
    shown = after(wish)
    assert (shown.setting, shown.item) == (setting, after("").item)


@pytest.mark.parametrize("wish", ["분홍색으로", "3단으로", "축하해라고 써 줘", "steak", "make it nicer"])
def test_what_the_shop_does_not_make_is_not_drawn(wish: str) -> None:
    item = Item("cheese", "simple")
    assert after(wish, item) == after("", item)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (StudioEdit(version_id="v", quick=QuickEdit.WARMER_LIGHT), Shown(after("").item, Setting(warmth=1))),
        (
            StudioEdit(version_id="v", quick=QuickEdit.PLAIN_BACKGROUND),
            Shown(after("").item, Setting(backdrop="plain")),
        ),
        (StudioEdit(version_id="v", quick=QuickEdit.CLOSER), Shown(after("").item, Setting(zoom=1))),
        (StudioEdit(version_id="v", quick=QuickEdit.ADD_TOPPING, value="macaron"), after("마카롱 1개")),
        (StudioEdit(version_id="v", quick=QuickEdit.CHANGE_COLOUR, value="mint"), after("민트색")),
        (StudioEdit(version_id="v", quick=QuickEdit.CHANGE_COLOUR, value="민트색"), after("민트색")),
        (
            StudioEdit(version_id="v", quick=QuickEdit.LETTERING, value="축하해, 민지야!"),
            after('글씨 "축하해, 민지야!" 써'),
        ),
        (
            StudioEdit(version_id="v", quick=QuickEdit.WARMER_LIGHT, wish="딸기 더, 초 빼고"),
            Shown(after("딸기 더, 초 빼고").item, Setting(warmth=1)),
        ),
    ],
)
def test_each_quick_edit_is_understood(edit: StudioEdit, expected: Shown) -> None:
    prompt, _ = edit_prompt(edit, "custom", CATALOGUE)
    assert after(prompt) == expected


@given(st.text(max_size=80), st.sampled_from([menu.code for menu in CATALOGUE.menus]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_wished_can_be_ordered(wish: str, code: str) -> None:
    menu = CATALOGUE.menu(code)
    assert menu is not None
    check_item(after(wish, Item(code, menu.styles[0])).item, CATALOGUE)


PNG = b"\x89PNG\r\n\x1a\n" + bytes(25) + b"the rest"


def test_a_note_is_read_as_it_was_written() -> None:
    shown = Shown(
        Item("custom", "deluxe", 1, {"flower": 3}, Cake("matcha", "pink", 3, "축하 🎂")), Setting("plain", 1, -1, 2)
    )
    noted = with_note(PNG, shown)
    assert read_note(noted) == shown
    assert with_note(PNG, shown) == noted


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_other_note_is_none(data: bytes) -> None:
    assert read_note(data) is None
    assert read_note(PNG[:33] + len(data).to_bytes(4) + b"tEXtmallo\0" + data) is None
