"""Faults that show only beside another look: another screen, mode, language or moment."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.support.planted import planted
from tools.barrier_free import enlarged, focus, languages, places, stillness

BAR = """
Button {{ objectName: "bar_back"; x: {x}; y: 800; text: "이전" }}
Button {{ objectName: "bar_home"; x: 200; y: 800; text: "처음" }}
Button {{ objectName: "bar_help"; x: 340; y: 800; text: "직원" }}
"""


def test_keys_that_move_from_screen_to_screen(qtbot: QtBot) -> None:
    with planted(BAR.format(x=40)) as one, planted(BAR.format(x=45), screen="cart") as other:
        assert [breach.what for breach in places.same_place([one.look, other.look])] == ["bar_back"]
        assert places.same_place([one.look, replace(one.look, screen="cart")]) == []


def test_keys_that_are_missing_on_a_screen(qtbot: QtBot) -> None:
    with planted('Label { text: "빈 화면" }') as empty:
        assert [breach.criterion for breach in places.same_place([empty.look])] == ["B24"] * 3


def test_letters_that_grow_alone(qtbot: QtBot) -> None:
    sign = 'Button {{ objectName: "go"; y: 90; width: 300; height: {height}; text: "가기"; textSize: {size} }}'
    with (
        planted(sign.format(height=90, size=44)) as normal,
        planted(sign.format(height=90, size=88), mode="large") as text_alone,
        planted(sign.format(height=180, size=60), mode="large") as target_alone,
        planted(sign.format(height=180, size=88), mode="large") as both,
    ):
        assert [b.what.split()[0] for b in enlarged.ratio([normal.look, text_alone.look])] == ["height"]
        assert [b.what.split()[0] for b in enlarged.ratio([normal.look, target_alone.look])] == ["words"]
        assert enlarged.ratio([normal.look, both.look]) == []


def test_a_language_that_lacks_a_key(qtbot: QtBot) -> None:
    with planted(BAR.format(x=40)) as korean, planted('Label { text: "Hello" }', language="en") as english:
        assert {breach.what for breach in languages.same_ways([korean.look, english.look])} == {
            "bar_back",
            "bar_home",
            "bar_help",
        }
        assert languages.same_ways([korean.look, replace(korean.look, language="en")]) == []


def test_the_ring_around_what_has_the_keys(qtbot: QtBot) -> None:
    place = 'Tappable {{ objectName: "here"; x: 150; y: 150; width: 200; height: 100; text: "여기"; {how} }}'
    found = {}
    for name, how in {
        "none": "focusPolicy: Qt.StrongFocus; Component.onCompleted: children.forEach(c => c.visible = false)",
        "thin": "background: Rectangle { border.width: 1; border.color: parent.activeFocus ? 'black' : 'white' }"
        " Component.onCompleted: data.forEach(c => { if (c.shown !== undefined) c.border.width = 0 })",
        "faint": "Component.onCompleted: data.forEach(c => { if (c.shown !== undefined) c.border.color = '#E8D5C5' })",
        "theme": "",
    }.items():
        with planted(place.format(how=how)) as fault:
            node = next(node for node in fault.look.nodes if node.name == "here")
            found[name] = [breach.measured for breach in focus.ring(fault.look, node, fault.focused("here"))]
    assert found["theme"] == []
    assert "nothing" in found["none"][0]
    assert any("mm" in measured for measured in found["thin"])
    assert any(":1" in measured for measured in found["faint"])


def test_a_screen_that_goes_on_by_itself(qtbot: QtBot) -> None:
    moving = "Rectangle { width: 50; height: 50; color: 'black'; NumberAnimation on x { to: 400; duration: 30 } }"
    with planted(moving) as fault:
        assert [breach.criterion for breach in stillness.same(fault.look, fault.later())] == ["B6"]
    with planted("Rectangle { width: 50; height: 50; color: 'black' }") as still:
        assert stillness.same(still.look, still.later()) == []


def test_flashes(qtbot: QtBot) -> None:
    with planted("Rectangle { anchors.fill: parent; color: 'black' }") as dark:
        black = dark.look.pixels
    white = black * 0 + 255
    quick = [(at * 0.1, white if at % 2 else black) for at in range(11)]
    slow = [(at * 0.1, white if at // 4 % 2 else black) for at in range(11)]
    assert [breach.criterion for breach in stillness.flashes(dark.look, quick)] == ["B29"]
    assert stillness.flashes(dark.look, slow) == []
