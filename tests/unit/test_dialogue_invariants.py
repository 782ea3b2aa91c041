"""Whatever an engine proposes, in whatever order: the shop's rules hold, and nothing is placed without a yes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.catalogue import Event
from backend.domain.dialogue import placed, respond
from backend.domain.order import bill
from backend.domain.order_state import (
    COMPLETED,
    OrderState,
)
from backend.domain.proposal import (
    AddItem,
    CakeWish,
    ChangeItem,
    Control,
    Intent,
    PortionChange,
    PortionMode,
    Proposal,
    Question,
    QuestionKind,
    RemoveItem,
    SetService,
    SplitItem,
    UnderstandingRequest,
)
from backend.domain.recommending import History
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.catalogue_files import read_catalogue
from tests.support.backend import ROOT
from tests.support.order_rules import must_follow, must_keep_the_rules

FILES = read_catalogue(ROOT / "assets" / "catalogue")
CATALOGUE = replace(
    FILES.catalogue,
    events=(Event("cakes", FILES.catalogue.menus[0].name, FILES.catalogue.menus[0].name, 15, frozenset({"cheese"})),),
)
ENGINE = OfflineUnderstanding()

menus = st.sampled_from([menu.code for menu in CATALOGUE.menus] + ["pizza"])
styles = st.sampled_from(["simple", "grand", "deluxe", "royal"])
ingredients = st.sampled_from([i.code for i in CATALOGUE.ingredients] + ["gold"])
counts = st.integers(-3, 60)
maybe = st.none
portions = st.lists(st.builds(PortionChange, ingredients, st.sampled_from(PortionMode), counts), max_size=3).map(tuple)
wishes = st.builds(
    CakeWish,
    maybe() | st.sampled_from(["vanilla", "matcha", "mud"]),
    maybe() | st.sampled_from(["pink", "#aabbcc"]),
    maybe() | st.integers(-1, 9),
    maybe() | st.text(max_size=40),
)
targets = maybe() | st.integers(-2, 25)
changes = st.one_of(
    st.builds(
        AddItem, maybe() | menus, maybe() | counts, maybe() | styles, portions, maybe() | wishes,
        maybe() | st.sampled_from(["cake", "dinner", "soup"]), st.lists(menus, max_size=3).map(tuple),
    ),
    st.builds(
        ChangeItem, targets, maybe() | menus, maybe() | counts, maybe() | counts, maybe() | styles, portions,
        maybe() | wishes, maybe() | counts,
    ),
    st.builds(SplitItem, st.lists(st.tuples(counts, styles), max_size=4).map(tuple), targets),
    st.builds(RemoveItem, targets),
    st.builds(SetService, st.sampled_from(["eat_in", "to_go"])),
)  # fmt: skip
questions = st.builds(
    Question, st.sampled_from(QuestionKind), st.lists(menus, max_size=2).map(tuple),
    st.lists(styles, max_size=2).map(tuple), st.lists(ingredients, max_size=2).map(tuple),
    st.lists(st.sampled_from(["egg", "milk", "soot"]), max_size=2).map(tuple), maybe() | st.just("cake"),
    maybe() | st.integers(1, 9), maybe() | st.integers(0, 200_000), maybe() | st.just("birthday"),
)  # fmt: skip
proposals = st.builds(
    Proposal,
    st.sampled_from(Intent),
    st.floats(0, 1),
    st.sampled_from(["ko", "en"]),
    changes=st.lists(changes, max_size=3).map(tuple),
    controls=st.lists(st.sampled_from(Control), max_size=2).map(tuple),
    questions=st.lists(questions, max_size=1).map(tuple),
    choice=maybe() | st.integers(-1, 9),
)
likely_yes = st.just(Proposal(Intent.CONFIRM, 0.9, "ko", controls=(Control.CONFIRM,)))


@settings(max_examples=300, deadline=None)
@given(st.lists(proposals | likely_yes, max_size=8))
def test_any_proposals_keep_the_rules(said: list[Proposal]) -> None:
    state = OrderState()
    for proposal in said:
        before = state
        turn = respond(state, proposal, CATALOGUE, History(("french",), "grand", 50_000))
        must_follow(before, turn)
        state = turn.state
        if turn.place:
            assert Control.CONFIRM in proposal.controls
            assert proposal.changes == ()
            turn = placed(state, 7, "id", bill(state.items, CATALOGUE).payable)
            state = turn.state
        assert turn.say.strip()
        must_keep_the_rules(state, CATALOGUE)


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=200) | st.text("딸기케이크두세개네아니요말고빼더그랜드로 ,.?", max_size=60),
    st.sampled_from(["", "네"]),
)
def test_any_text_is_understood_somehow(words: str, tail: str) -> None:
    first = AddItem("french", 2, "grand", ())
    turn = respond(OrderState(), Proposal(Intent.ORDER, 1, "ko", changes=(first,)), CATALOGUE)
    state = turn.state
    request = UnderstandingRequest(
        words + tail, CATALOGUE, state.items, state.current, state.stage, state.asked, "", state.offered, state.language
    )
    proposal = ENGINE.propose(request)
    assert 0 <= proposal.confidence <= 1
    must_keep_the_rules(respond(state, proposal, CATALOGUE).state, CATALOGUE)


@given(st.lists(proposals, max_size=5))
def test_what_sold_out_never_stays_in_an_order(said: list[Proposal]) -> None:
    state = OrderState()
    for proposal in said:
        state = respond(state, proposal, CATALOGUE).state
    none_left = replace(CATALOGUE, sold_out=frozenset({"french", "cheese", "custom"}))
    turn = respond(state, Proposal(Intent.OTHER, 0.1, "ko"), none_left)
    if turn.state.stage != COMPLETED:
        must_keep_the_rules(turn.state, none_left)
