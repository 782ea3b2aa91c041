"""What every LanguageUnderstanding does."""

from __future__ import annotations

import pytest

from backend.domain.catalogue import Catalogue
from backend.domain.proposal import UnderstandingRequest
from backend.external.interfaces import LanguageUnderstanding
from shared.voice import Intent

SENTENCES = ("딸기 케이크 두 개 주세요", "two french dinners please", "?!", "ㅋㅋㅋ", "a" * 1_000, "😀", "네", "\u200b")


@pytest.mark.parametrize("sentence", SENTENCES)
async def test_every_sentence_gets_a_proposal(
    understanding: LanguageUnderstanding, shop_catalogue: Catalogue, sentence: str
) -> None:
    understood = await understanding.understand(UnderstandingRequest(sentence, shop_catalogue))
    proposal = understood.proposal
    assert understood.info == understanding.info
    assert proposal.intent in list(Intent)
    assert 0 <= proposal.confidence <= 1
    assert proposal.language in ("ko", "en")
    assert all(0 <= evidence.confidence <= 1 for evidence in proposal.evidence)


async def test_the_same_sentence_gives_the_same_proposal(
    understanding: LanguageUnderstanding, shop_catalogue: Catalogue
) -> None:
    request = UnderstandingRequest("초콜릿 케이크 하나", shop_catalogue)
    assert await understanding.understand(request) == await understanding.understand(request)
