"""Each check finds the fault that is planted for it, and nothing in its twin: a check that cannot fail is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.support.planted import planted
from tools.barrier_free import contrasts, enlarged, focus, languages, names, places, stillness, studio, targets, text
from tools.barrier_free.look import Breach, Look, Panel

Check = Callable[[Look], list[Breach]]
Row = tuple[Check, str, str, str, dict[str, str]]

BUTTON = 'Button {{ objectName: "{name}"; x: {x}; y: {y}; text: "{text}"; kind: "primary" {more} }}'


def button(name: str = "yes", x: int = 100, y: int = 100, text: str = "네", more: str = "") -> str:
    return BUTTON.format(name=name, x=x, y=y, text=text, more="; " + more if more else "")


BAR = "".join(
    button(f"bar_{name}", 60, 100 + 130 * at, word)
    for at, (name, word) in enumerate((("back", "이전"), ("home", "처음으로"), ("help", "직원"), ("large", "크게")))
)
STEPS = 'Item { objectName: "steps"; width: 10; height: 10 }'

ROWS: list[Row] = [
    (targets.size, "B1", button(more="width: 30; height: 30"), button(), {}),
    (targets.size, "B1", button(more="width: 400; height: 36"), button(more="width: 400"), {}),
    (targets.distance, "B2", button() + button("no", 100, 195), button() + button("no", 100, 215), {}),
    (targets.steadiness, "B4", button("addItem"), button("addItem", more="steady: true"), {}),
    (
        stillness.restless,
        "B6",
        "Rectangle { width: 50; height: 50; NumberAnimation on x { from: 0; to: 90; loops: Animation.Infinite } }",
        "Rectangle { width: 50; height: 50 }",
        {},
    ),
    (
        stillness.restless,
        "B6",
        "Timer { interval: 4000; repeat: true; running: true }",
        "Timer { interval: 4000; repeat: true }",
        {},
    ),
    (names.names, "B8", button(more='Accessible.name: ""'), button(), {}),
    (names.names, "B8", button(more='Accessible.name: "아니요"'), button(more='Accessible.name: "네, 주세요"'), {}),
    (names.names, "B8", button(more="Accessible.role: Accessible.Client"), button(), {}),
    (
        names.states,
        "B8",
        button(more="Accessible.role: Accessible.RadioButton"),
        button(more="Accessible.role: Accessible.RadioButton; checkable: true"),
        {},
    ),
    (
        names.spoken,
        "B7",
        'Label { text: "품절"; Accessible.ignored: true }',
        'Label { text: "품절" }',
        {},
    ),
    (
        names.pictures,
        "B20",
        "Picture { width: 90; height: 60 }",
        'Picture { width: 90; height: 60; words: "케이크" }',
        {},
    ),
    (
        names.pictures,
        "B20",
        'Picture { width: 90; height: 60; words: "cake" }',
        'Picture { width: 90; height: 60; words: "케이크 그림" }',
        {},
    ),
    (names.icons, "B25", button(text="", more='glyph: "plus"'), button(more='glyph: "plus"'), {}),
    (focus.reached, "B11", button() + button("no", 100, 300, more="activeFocusOnTab: false"), button(), {}),
    (
        focus.order,
        "B12",
        button("a", 100, 500) + button("b", 100, 100),
        button("a", 100, 100) + button("b", 100, 500),
        {},
    ),
    (text.ink, "B15", 'Label { text: "작아요"; font.pixelSize: 40 }', 'Label { text: "커요" }', {}),
    (text.ink, "B15", 'Label { text: "작아요"; scale: 0.8 }', 'Label { text: "커요" }', {}),
    (
        text.whole,
        "B16",
        'Label { text: "잘려요 여기가 잘려요"; width: 90; elide: Text.ElideRight; wrapMode: Text.NoWrap }',
        'Label { text: "다 보여요"; width: 300 }',
        {},
    ),
    (text.whole, "B16", 'Label { x: 500; text: "바깥으로 나가요" }', 'Label { text: "안에 있어요" }', {}),
    (
        text.whole,
        "B16",
        'Item { clip: true; width: 60; height: 90; Label { text: "가려져요" } }',
        'Item { clip: true; width: 300; height: 90; Label { text: "보여요" } }',
        {},
    ),
    (
        text.whole,
        "B16",
        button(more="width: 90; height: 90; textSize: 60", text="넘쳐요넘쳐요"),
        button(more="width: 400; height: 90", text="들어가요"),
        {},
    ),
    (
        text.apart,
        "B16",
        'Label { text: "위에" } Label { x: 10; y: 12; text: "겹쳐요" }',
        'Label { text: "위에" } Label { y: 90; text: "아래에" }',
        {},
    ),
    (text.apart, "B16", 'Label { x: 110; y: 120; text: "덮여요" }' + button(), button(), {}),
    (enlarged.one_step_back, "B16", button(), BAR, {"mode": "large"}),
    (contrasts.text, "B17", 'Label { text: "흐려요"; color: "#B0A090" }', 'Label { text: "또렷해요" }', {}),
    (
        contrasts.text,
        "B17",
        "Rectangle { width: 400; height: 90; gradient: Gradient { orientation: Gradient.Horizontal;"
        ' GradientStop { position: 0; color: "white" } GradientStop { position: 1; color: "#2B1A12" } }'
        ' Label { text: "그림 위의 글씨" } }',
        'Rectangle { width: 400; height: 90; color: "white"; Label { text: "흰 바탕의 글씨" } }',
        {},
    ),
    (
        contrasts.text,
        "B18",
        'Label { text: "회색"; color: "#767676" }',
        'Label { text: "검정"; color: "#000000" }',
        {"mode": "contrast"},
    ),
    (
        contrasts.icons,
        "B17",
        'Icon { name: "home"; size: 90; color: "#DCC6B3" }',
        'Icon { name: "home"; size: 90 }',
        {},
    ),
    (
        contrasts.edges,
        "B17",
        'Tappable { objectName: "a"; x: 90; y: 90; width: 99; height: 99; background: Rectangle { color: "#F3E6DA" } }',
        'Tappable { objectName: "a"; x: 90; y: 90; width: 99; height: 99; background: Rectangle { color: "#A91D3A" } }',
        {},
    ),
    (
        contrasts.grey,
        "B19",
        'Row { OptionChip { name: "가"; checked: true; background: Rectangle { color: "#B00000" } }'
        ' OptionChip { name: "나"; checkable: true; background: Rectangle { color: "#006400" } } }',
        'Row { OptionChip { name: "가"; checked: true; chosen: true } OptionChip { name: "나"; checkable: true } }',
        {},
    ),
    (places.way_out, "B23", button("bar_home"), BAR, {}),
    (places.no_scrolling, "B24", "Flickable { width: 90; height: 90 }", "Item { width: 90; height: 90 }", {}),
    (places.steps, "B24", button(), STEPS, {}),
    (places.help_everywhere, "B28", button("bar_help", more="enabled: false"), button("bar_help"), {}),
    (places.reach, "B30", button(), button(y=500), {"mode": "low"}),
    (languages.own_words, "B32", button(text="네"), button(text="Yes"), {"language": "en"}),
]


@pytest.mark.parametrize(
    "row",
    ROWS,
    ids=[f"{row[1]}-{row[0].__name__}-{at}" for at, row in enumerate(ROWS)],
)
def test_the_fault_is_found_and_its_twin_is_clean(row: Row, qtbot: QtBot) -> None:
    check, criterion, faulty, mended, how = row
    with planted(faulty, **how) as fault:
        found = check(fault.look)
    assert [breach.criterion for breach in found][:1] == [criterion]
    assert found[0].measured
    assert found[0].wanted
    with planted(mended, **how) as twin:
        assert check(twin.look) == []


def test_a_panel_that_hangs_too_high_is_found(qtbot: QtBot) -> None:
    with planted('Label { text: "읽어요" }', mode="low") as fault:
        assert places.reach(fault.look) == []
        assert places.reach(replace(fault.look, panel=Panel(540, 960, 13.5, 1150)))


def test_every_check_has_a_planted_fault() -> None:
    together = {places.same_place, enlarged.ratio, languages.same_ways}
    assert set(studio.EACH) == {row[0] for row in ROWS}
    assert set(studio.TOGETHER) == together, "plant a fault for it in test_planted_comparisons.py"
