"""Whole conversations of different customers, through the offline understanding and the dialogue."""

from __future__ import annotations

import pytest

from backend.domain.catalogue import Catalogue
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.catalogue_files import read_catalogue
from tests.support.backend import ROOT
from tests.support.dialogues import Dialogue, all_dialogues, differences


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "assets" / "catalogue").catalogue


@pytest.fixture(scope="module")
def engine() -> OfflineUnderstanding:
    return OfflineUnderstanding()


@pytest.mark.parametrize("dialogue", list(all_dialogues()), ids=str)
def test_the_order_is_what_the_customer_meant(
    dialogue: Dialogue, catalogue: Catalogue, engine: OfflineUnderstanding
) -> None:
    assert differences(dialogue, catalogue, engine) == []


def test_names_of_dialogues_are_unique() -> None:
    names = [str(dialogue) for dialogue in all_dialogues()]
    assert len(names) == len(set(names)) >= 60
