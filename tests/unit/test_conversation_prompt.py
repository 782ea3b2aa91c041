"""What an engine that reads prose is told of a conversation: within a budget, the oldest words dropped first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.order import Cake, Item
from backend.domain.order_state import Line, OrderState
from backend.domain.recommending import History
from backend.services.conversation import ASSISTANT, USER, ConversationSession
from backend.services.conversation_prompt import FENCE, TOKEN_BUDGET, build_prompt, tokens
from tests.support.dialogue_files import shop

EVENTS = tuple(dated.event for dated in shop().events)


def context_of(session: ConversationSession) -> str:
    return build_prompt("member-1", History(("french",), "grand", 53_000), EVENTS, session)


def full_cart() -> OrderState:
    """Twenty lines of everything."""
    counts = {portion.ingredient.code: 9 for portion in shop().catalogue.menus[-1].portions}
    item = Item("custom", "deluxe", 20, counts, Cake("matcha", "#aabbcc", 3, "생일 축하해 " * 3))
    return OrderState(lines=tuple(Line(item) for _ in range(20)), current=19)


def test_who_they_are_and_what_stands() -> None:
    session = ConversationSession("session-0123456789", "member-1")
    session.order_state = OrderState(lines=(Line(Item("french", "grand", 2, {"wine": 2})),), current=0)
    session.add_message(USER, "프렌치 둘 그랜드로 와인 두 잔")
    session.add_message(ASSISTANT, "네.")
    session.update_context("language", "ko")
    context = context_of(session)
    for part in (
        "a member",
        "often orders: french; style: grand; average: 53000 won",
        "valentine_week: 10% off",
        "language: ko",
        "french x2 style=grand counts: wine=2",
        "user: 프렌치 둘 그랜드로 와인 두 잔",
    ):
        assert part in context
    assert "member-1" not in context, "whose order it is, is no model's business"


def test_the_newest_words_that_fit_are_told_in_their_order() -> None:
    session = ConversationSession("session-0123456789")
    for number in range(20):
        session.add_message(USER, f"<{number}> " + "가" * 200)
    told = [number for number in range(20) if f"<{number}>" in context_of(session)]
    assert told == list(range(told[0], 20))
    assert 2 <= len(told) < 20
    context = context_of(session)
    assert context.index(f"<{told[0]}>") < context.index("<19>")


def test_short_words_are_all_told() -> None:
    session = ConversationSession("session-0123456789")
    for number in range(40):
        session.add_message(USER, f"<{number}> 네")
    assert all(f"<{number}>" in context_of(session) for number in range(40))


@given(st.lists(st.text(max_size=1_200), max_size=40), st.booleans(), st.text(max_size=2_000))
def test_it_is_bounded_and_nobody_leaves_the_fence(words: list[str], full: bool, fact: str) -> None:
    session = ConversationSession("session-0123456789")
    session.order_state = full_cart() if full else OrderState()
    for number, said in enumerate(words):
        session.add_message(USER if number % 2 else ASSISTANT, said)
    session.update_context("fact", fact)
    context = context_of(session)
    fences = 4 * tokens(FENCE)
    order = tokens(session.get_order_state_summary())
    assert tokens(context) <= max(TOKEN_BUDGET, order + 400) + fences
    assert context.count(FENCE) == 2
    inside = context.split(FENCE)[1]
    assert all(line == "-" or line.startswith(("user: ", "assistant: ")) for line in inside.strip("\n").split("\n"))


def test_tokens_are_counted_with_room_to_spare() -> None:
    assert tokens("") == 0
    assert tokens("프렌치 디너") == 6
    assert tokens("french dinner") == 5
