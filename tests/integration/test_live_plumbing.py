"""``pytest -m live`` as ``make live`` runs it, with emulated vendors behind the addresses of the real ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.support.vendors import ROOT, vendor_process

SUITES = (
    "tests/contract/test_language_understanding.py::test_the_same_sentence_gives_the_same_proposal",
    "tests/contract/test_speech_to_text.py::test_hears_a_sentence_in_each_format",
    "tests/contract/test_text_to_speech.py::test_speaks_in_the_format_that_was_asked_for",
    "tests/contract/test_image_engine.py::test_draws_in_each_ratio",
)


def live(environment: Mapping[str, str], *flags: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", *SUITES, "-p", "no:cacheprovider", *flags]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_contract_is_asked_of_whoever_has_the_keys_address() -> None:
    with vendor_process("--brain", "offline") as vendors:
        run = live(vendors.environment, "-m", "live")
        asked = {(call["vendor"], call["capability"]) for call in vendors.calls() if call["finished"]}
    assert run.returncode == 0, run.stdout
    assert "skipped" not in run.stdout
    assert asked >= {("gemini", "language"), ("gemini", "stt"), ("gemini", "tts"), ("gemini", "image")}
    assert asked >= {("openai", "stt"), ("openai", "tts"), ("openai", "models"), ("gemini", "models")}
    assert f"live: 127.0.0.1:{vendors.base_url.rpartition(':')[2]} is asked" in run.stdout
    assert "together 0." in run.stdout
    for key in (vendors.gemini_key, vendors.openai_key):
        assert key not in run.stdout + run.stderr


def test_without_keys_it_says_which_are_missing() -> None:
    run = live({}, "-m", "live")
    assert run.returncode == 0, run.stdout
    assert "live: gemini is left out: GEMINI_API_KEY is not set" in run.stdout
    assert "live: openai is left out: OPENAI_API_KEY is not set" in run.stdout
    assert "passed" not in run.stdout


@pytest.mark.parametrize("marks", [(), ("-m", "not sound")])
def test_no_other_run_asks_vendors(marks: tuple[str, ...]) -> None:
    """Whatever keys its environment has."""
    run = live({"OPENAI_API_KEY": "sk-nobody", "GEMINI_API_KEY": "nobody"}, "--collect-only", "-q", *marks)
    assert run.returncode == 0, run.stdout
    assert "live" not in run.stdout
