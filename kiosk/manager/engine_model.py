"""The engines behind each capability, as a list model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from shared.health import Capability, EngineHealth, EngineState

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

_ORDER: Final = tuple(Capability)


@dataclass(frozen=True, slots=True)
class EngineView:
    """``in_use``: the first of its capability that is ready. ``missing``: no engine at all; ``engine`` is "" then."""

    capability: str
    engine: str
    condition: str
    languages: tuple[str, ...]
    reason: str
    in_use: bool
    missing: bool

    @property
    def key(self) -> str:
        return f"{self.capability}.{self.engine}"


def engines_of(told: Sequence[EngineHealth]) -> list[EngineView]:
    """By capability, within one in the order in which they are tried; a capability without an engine has a row too."""
    rows = []
    for capability in _ORDER:
        of_it = [engine for engine in told if engine.capability is capability]
        used = next((engine for engine in of_it if engine.state is EngineState.READY), None)
        rows += [
            EngineView(
                capability.value,
                engine.engine,
                engine.state.value,
                engine.languages,
                engine.reason,
                engine is used,
                missing=False,
            )
            for engine in of_it
        ]
        if not of_it:
            rows.append(EngineView(capability.value, "", EngineState.UNAVAILABLE.value, (), "", False, missing=True))
    return rows


@QmlElement
class EngineModel(RowList[EngineView]):
    """As ``engines_of`` lists them."""

    row_type = EngineView
    key = "key"
