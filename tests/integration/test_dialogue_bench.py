"""``python -m tools.bench.dialogues --engine gemini``: the way to the vendor and back, and one that never answers."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.support.dialogues import all_dialogues
from tests.support.vendors import VendorProcess, vendor_process
from tools.bench.dialogues import measured

FEW = tuple(islice((each for each in all_dialogues() if each.group == "tourist"), 4))
TURNS = sum(len(each.turns) for each in FEW)


def use(monkeypatch: pytest.MonkeyPatch, vendors: VendorProcess) -> None:
    for name, value in vendors.environment.items():
        monkeypatch.setenv(name, value)


def test_gemini_is_measured_where_there_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with vendor_process("--brain", "offline") as vendors:
        use(monkeypatch, vendors)
        report = measured("gemini", FEW)
    assert "| gemini: what | figure | of | goal | |" in report.text
    assert "| tourist | 4 | 100.0% |" in report.text
    assert f"0 of {TURNS} turns were not answered" in report.text


def test_a_vendor_that_fails_is_told_and_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    with vendor_process("--brain", "offline") as vendors:
        use(monkeypatch, vendors)
        vendors.order("overloaded", "language")
        report = measured("gemini", FEW)
    assert f"{TURNS} of {TURNS} turns were not answered" in report.text
    assert not report.met
