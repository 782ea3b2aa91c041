"""The engines behind each capability, as a list model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from shared.health import Capability, EngineHealth, EngineState, ModelNotice
from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

_ORDER: Final = tuple(Capability)
_DOWN: Final = frozenset({EngineState.UNAVAILABLE, EngineState.MISCONFIGURED})


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A model that is retired (``instead`` is used now) or ends on ``ends`` (ISO, may be empty) in ``days_left``."""

    code: str
    model: str
    instead: str
    ends: str
    days_left: int


@dataclass(frozen=True, slots=True)
class EngineView:
    """``first``: of its capability. ``leads``: the first of it that is set up: it ought to serve. ``in_use``: the
    first of it that is ready. ``missing``: no engine at all; ``engine`` is "" then. ``instead``: who serves customers
    in the place of this one, which is down; "" when nobody does, or when it is not down. ``deaf``: nobody hears,
    speaks or understands the shop's own language.
    """

    capability: str
    engine: str
    model: str
    condition: str
    languages: tuple[str, ...]
    reason: str
    notices: tuple[NoticeView, ...]
    first: bool
    leads: bool
    in_use: bool
    missing: bool
    down: bool
    instead: str
    deaf: bool

    @property
    def key(self) -> str:
        return f"{self.capability}.{self.engine}"


def engines_of(told: Sequence[EngineHealth], today: date) -> list[EngineView]:
    """By capability, within one in the order in which they are tried; a capability without an engine has a row too."""
    rows: list[EngineView] = []
    for capability in _ORDER:
        of_it = [engine for engine in told if engine.capability is capability]
        rows += [_row(engine, of_it, today) for engine in of_it] or [_missing(capability)]
    return rows


def _row(engine: EngineHealth, of_it: Sequence[EngineHealth], today: date) -> EngineView:
    used = next((other for other in of_it if other.state is EngineState.READY), None)
    leader = next((other for other in of_it if other.state is not EngineState.OFF), None)
    down = engine.state in _DOWN
    return EngineView(
        capability=engine.capability.value,
        engine=engine.engine,
        model=engine.model,
        condition=engine.state.value,
        languages=engine.languages,
        reason=engine.reason,
        notices=tuple(_notice(notice, engine.model, today) for notice in engine.warnings),
        first=engine is of_it[0],
        leads=engine is leader,
        in_use=engine is used,
        missing=False,
        down=down,
        instead=used.engine if down and used is not None else "",
        deaf=_deaf(engine.capability, of_it),
    )


def _missing(capability: Capability) -> EngineView:
    return EngineView(
        capability=capability.value,
        engine="",
        model="",
        condition=EngineState.UNAVAILABLE.value,
        languages=(),
        reason="",
        notices=(),
        first=True,
        leads=True,
        in_use=False,
        missing=True,
        down=True,
        instead="",
        deaf=False,
    )


def _deaf(capability: Capability, of_it: Sequence[EngineHealth]) -> bool:
    """An engine that names no language is taken to know any; pictures have none."""
    ready = [engine for engine in of_it if engine.state is EngineState.READY]
    known = any(not engine.languages or Language.KO in engine.languages for engine in ready)
    return capability is not Capability.IMAGE and bool(ready) and not known


def _notice(told: ModelNotice, current: str, today: date) -> NoticeView:
    return NoticeView(
        code=told.code,
        model=told.model,
        instead=current if current != told.model else "",
        ends=told.ends.isoformat() if told.ends is not None else "",
        days_left=(told.ends - today).days if told.ends is not None else 0,
    )


@QmlElement
class EngineModel(RowList[EngineView]):
    """As ``engines_of`` lists them."""

    row_type = EngineView
    key = "key"
