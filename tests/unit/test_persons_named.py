"""Every word for a person is known in every form in which it is found."""

from __future__ import annotations

import pytest

from backend.external.offline.understanding.persons import persons_in


@pytest.mark.parametrize("noun", ["neighbour", "neighbours", "neighbor", "neighbors", "kid", "kids", "wife", "lady"])
@pytest.mark.parametrize("sentence", ["one for my {}", "my {} wants two", "my {}'s one in grand"])
def test_a_person_is_found_in_singular_and_plural(noun: str, sentence: str) -> None:
    assert persons_in(sentence.format(noun))
