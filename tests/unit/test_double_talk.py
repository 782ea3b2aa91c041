"""Who else makes a sound while the kiosk speaks, by levels alone."""

from __future__ import annotations

from kiosk.audio.double_talk import (
    KNOWN_WINDOWS,
    LEARNING_WINDOWS,
    LEAST_DB,
    MOST_DB,
    REMEMBERED_WINDOWS,
    USUAL_WINDOWS,
    DoubleTalk,
    EchoRest,
)


def learnt(taken: float, windows: int = LEARNING_WINDOWS + USUAL_WINDOWS) -> EchoRest:
    """A canceller that takes so much of an echo of -20 dBFS, in dB."""
    rest = EchoRest()
    for _ in range(windows):
        rest.feed(-20, -20 - taken)
    return rest


def test_until_the_canceller_knows_its_way_little_is_believed() -> None:
    rest = learnt(50, 10)
    assert rest.feed(-20, -27)
    assert not rest.feed(-20, -25)


def test_a_canceller_that_takes_much_leaves_much_of_a_customer() -> None:
    rest = learnt(55)
    assert not rest.feed(-20, -20 - MOST_DB)
    assert rest.feed(-20, -21 - MOST_DB)


def test_where_it_takes_little_an_echo_is_no_customer() -> None:
    rest = learnt(20)
    assert not rest.feed(-20, -20 - LEAST_DB)
    assert rest.feed(-20, -21 - LEAST_DB)


def test_a_customer_who_speaks_on_does_not_shut_themselves_out() -> None:
    rest = learnt(55, LEARNING_WINDOWS + REMEMBERED_WINDOWS)
    assert not any(rest.feed(-20, -30) for _ in range(REMEMBERED_WINDOWS // 3))
    assert not rest.feed(-20, -45)


def test_a_soft_echo_tells_nothing() -> None:
    rest = learnt(55)
    for _ in range(REMEMBERED_WINDOWS):
        rest.feed(-60, -62)
    assert not rest.feed(-20, -45)


def test_louder_than_its_echo_can_be() -> None:
    talk = DoubleTalk()
    assert not any(talk.feed(-10, -20) for _ in range(3)), "nobody knows yet how loud the echo is"
    talk = DoubleTalk()
    for _ in range(KNOWN_WINDOWS):
        talk.feed(-30, -20)
    assert not talk.feed(-25, -20)
    assert talk.feed(-20, -20)
    assert not talk.feed(-25, -100), "the echo of what was played dies away slowly"
    for _ in range(20):
        talk.feed(-70, -100)
    assert not talk.feed(-10, -100), "the loudspeaker is silent"
