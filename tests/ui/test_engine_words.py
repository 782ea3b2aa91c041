"""Every reason that an engine can have says why and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QCoreApplication, QMetaObject, Qt, QTranslator, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine
from pytestqt.qtbot import QtBot

from backend.external.interfaces import (
    EngineError,
    EngineRejected,
    LanguageNotServed,
    NotAPicture,
    NotAudio,
    NotOffered,
)
from backend.external.whisper.readiness import ModelMissing
from shared.health import Capability
from shared.voice import Language

WORDS = Path(__file__).parents[2] / "kiosk" / "qml" / "Mallo" / "Manager" / "EngineWords.qml"
CALLERS = (EngineRejected, NotAPicture, NotAudio, LanguageNotServed, NotOffered)
"""What a caller is to blame for leaves an engine's health as it is."""


def kinds(kind: type[EngineError] = EngineError) -> Iterator[type[EngineError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from kinds(narrower)


OWN = [kind for kind in kinds() if kind.__module__.startswith("backend.") and not issubclass(kind, CALLERS)]
REASONS = sorted({kind.reason for kind in OWN} | {ModelMissing.reason})


def say(told: Any, function: str, *texts: str) -> str:
    arguments = [Q_ARG("QString", text) for text in texts]
    return str(
        QMetaObject.invokeMethod(
            told, function, Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("QString"), *arguments
        )
    )


@pytest.fixture(params=list(Language))
def words(request: pytest.FixtureRequest, translations: Path, qtbot: QtBot) -> Iterator[Any]:
    translator = QTranslator()
    if request.param is not Language.KO:
        assert translator.load(f"mallo_{request.param}", str(translations))
        QCoreApplication.installTranslator(translator)
    engine = QQmlEngine()
    component = QQmlComponent(engine, QUrl.fromLocalFile(str(WORDS)))
    made = component.create()
    assert made is not None, component.errorString()
    made.setParent(engine)
    yield made
    QCoreApplication.removeTranslator(translator)
    engine.deleteLater()


def test_the_reasons_are_those_of_the_backend() -> None:
    assert {"no_key", "wrong_key", "quota", "region", "timeout", "model_gone", "crashed", "no_model"} <= set(REASONS)


def test_every_reason_says_why_and_what_to_do(words: Any) -> None:
    for reason in REASONS:
        why = say(words, "why", reason)
        assert why, reason
        assert f"({reason})" not in why, f"EngineWords.qml does not know {reason}"
        assert say(words, "todo", reason, "gemini", "language"), reason


def test_what_to_do_names_the_settings_own_variables(words: Any) -> None:
    assert "GEMINI_API_KEY" in say(words, "todo", "no_key", "gemini", "language")
    assert "MALLO_OPENAI_API_KEY" in say(words, "todo", "no_key", "openai", "speech_to_text")
    assert "MALLO_OPENAI_HEARING_MODELS" in say(words, "todo", "model_gone", "openai", "speech_to_text")
    assert "MALLO_GEMINI_IMAGE_MODELS" in say(words, "todo", "model_gone", "gemini", "image")


def test_every_capability_has_its_words(words: Any) -> None:
    for capability in Capability:
        assert say(words, "capability", capability.value) != capability.value
        assert say(words, "unserved", capability.value)
        assert say(words, "deaf", capability.value)


def test_days_are_told_in_the_windows_language(words: Any) -> None:
    assert say(words, "day", "2027-01-06") in {"2027년 1월 6일", "January 6, 2027"}
