"""What every LanguageUnderstanding does."""

from __future__ import annotations

import pytest

from backend.domain.catalogue import Catalogue
from backend.domain.proposal import AddItem, Proposal, UnderstandingRequest
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
    understanding: LanguageUnderstanding, shop_catalogue: Catalogue, live: bool
) -> None:
    request = UnderstandingRequest("초콜릿 케이크 하나", shop_catalogue)
    first, second = await understanding.understand(request), await understanding.understand(request)
    if live:
        # A model says it in other words and is not always as sure; what is ordered is the same.
        assert _ordered(first.proposal) == _ordered(second.proposal) != []
        assert first.info == second.info
    else:
        assert first == second


def _ordered(proposal: Proposal) -> list[tuple[str | None, int | None, str | None]]:
    return [(one.menu, one.quantity, one.style) for one in proposal.changes if isinstance(one, AddItem)]
