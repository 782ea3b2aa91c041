"""The sheet of the criteria: complete, honest, and naming tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.barrier_free import sheet
from tools.barrier_free.criteria import CRITERIA, Criterion
from tools.barrier_free.look import Breach

ROOT = Path(__file__).parents[3]
ALL = [f"B{number}" for number in range(1, 36)]


def test_it_has_all_35() -> None:
    assert [criterion.number for criterion in CRITERIA] == ALL


@pytest.mark.parametrize("test", sorted({test for criterion in CRITERIA for test in criterion.tests}))
def test_a_named_test_exists(test: str) -> None:
    file, _, name = test.partition("::")
    assert re.search(rf"def {name}\(", (ROOT / file).read_text(encoding="utf-8"))


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.number)
def test_each_says_how_it_is_known(criterion: Criterion) -> None:
    assert criterion.checked or criterion.tests or criterion.missing or criterion.hardware or criterion.people


def test_a_breach_is_one_and_nothing_is_ever_certified() -> None:
    fault = Breach("B1", "cart large ko portrait", "place", "11.0 x 30.0 mm", "12 mm a side")
    written = sheet.lines([fault], 1, 1)
    assert any(line.startswith("B1") and "breach" in line for line in written)
    assert any("11.0 x 30.0 mm" in line and "place" in line for line in written)
    assert sheet.broken([fault])
    assert not any(re.search(r"\bcertified\b(?!: nothing)", line) for line in written)


def test_what_is_missing_is_a_breach_whatever_the_screens_say() -> None:
    lacking = Criterion("B1", "words", checked=True, missing="it is not there")
    assert sheet.verdict(lacking, []) == "breach"
    assert sheet.verdict(Criterion("B1", "words", checked=True), []) == "self-checked"
    assert sheet.verdict(Criterion("B1", "words", hardware="a socket"), []) == "needs hardware"
    assert sheet.verdict(Criterion("B1", "words", people="listeners"), []) == "needs people"


def test_the_manual_carries_all_criteria() -> None:
    manual = (ROOT / "docs" / "barrier_free.md").read_text(encoding="utf-8")
    assert [number for number in ALL if not re.search(rf"^\| {number} \|", manual, re.MULTILINE)] == []
