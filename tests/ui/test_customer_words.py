"""Every code has its words, and every word on the screen is in the customer's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QCoreApplication, QMetaObject, Qt, QTranslator, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine
from pytestqt.qtbot import QtBot

from kiosk.customer.root import CustomerModel
from kiosk.errors import LocalCode
from shared.problems import ProblemCode
from shared.voice import Language
from tests.fakes.shop_counter import counter, line

QML = Path(__file__).parents[2] / "kiosk" / "qml" / "Mallo"
CODES = [*ProblemCode, *LocalCode]
"""``internal`` is what nobody expected: it may say just that."""


def words(engine: QQmlEngine) -> Any:
    component = QQmlComponent(engine, QUrl.fromLocalFile(str(QML / "Components" / "ProblemWords.qml")))
    made = component.create()
    assert made is not None, component.errorString()
    made.setParent(engine)
    return made


def say(told: Any, function: str, code: str) -> str:
    return str(
        QMetaObject.invokeMethod(
            told, function, Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("QString"), Q_ARG("QString", code)
        )
    )


@pytest.mark.parametrize("language", list(Language))
def test_every_code_says_what_and_how(language: Language, translations: Path, qtbot: QtBot) -> None:
    translator = QTranslator()
    if language is not Language.KO:
        assert translator.load(f"mallo_{language}", str(translations))
        QCoreApplication.installTranslator(translator)
    engine = QQmlEngine()
    told = words(engine)
    unknown = say(told, "what", "no such code")
    try:
        for code in CODES:
            what, how = say(told, "what", code.value), say(told, "how", code.value)
            assert what, code
            assert how, code
            assert (what != unknown) or code is ProblemCode.INTERNAL, f"ProblemWords.qml does not know {code}"
    finally:
        QCoreApplication.removeTranslator(translator)
        engine.deleteLater()


async def test_a_kiosk_that_starts_in_english_says_all_of_an_item_in_english(tmp_path: Path, qtbot: QtBot) -> None:
    shop = counter(tmp_path, language=Language.EN)
    await shop.services.shop.refresh()
    model: Any = CustomerModel(shop.services)
    model.start()
    model.open_item("strawberry")
    item = model.item
    with qtbot.waitSignal(item.changed):
        item.choose_style("grand")
    shown = [item.name, item.line, item.allergens]
    shown += [word for row in item.styles.rows for word in (row.name, row.line, row.price)]
    shown += [word for row in item.ingredients.rows for word in (row.name, row.each, row.allergens)]
    shop.services.order.add(line("strawberry", "grand", 2))
    shown += [word for row in model.cart.lines.rows for word in (row.name, row.details, row.price)]
    assert [word for word in shown if any("가" <= letter <= "힣" for letter in word)] == []
    await model.close()
    await shop.close()
