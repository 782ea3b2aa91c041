"""Meters for tests of adapters."""

from __future__ import annotations

from backend.external.metering import Usage


class NoMeter:
    """For tests that do not ask what a call cost."""

    def record(self, usage: Usage) -> None:
        pass


class ListMeter:
    """Keeps every record in ``records``, the oldest first."""

    def __init__(self) -> None:
        self.records: list[Usage] = []

    def record(self, usage: Usage) -> None:
        self.records.append(usage)
