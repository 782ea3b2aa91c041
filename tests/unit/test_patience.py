"""How long an engine that hears may be silent."""

from __future__ import annotations

import pytest

from backend.external.patience import hearing_patience


@pytest.mark.parametrize(("recording", "patience"), [(0.0, 2.5), (3.0, 2.5), (10.0, 2.5), (30.0, 4.5), (60.0, 7.5)])
def test_a_sentence_has_the_bound_and_a_speech_a_little_more(recording: float, patience: float) -> None:
    assert hearing_patience(2.5, recording) == pytest.approx(patience)
