"""The 35 criteria: what checks each, which test shows it, what is left to hardware and to people.

Numbers and thresholds are those of docs/barrier_free.md. ``tests`` are ``file::name``; a test looks that they exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Criterion:
    """``checked``: by the looks. ``missing``: what the kiosk cannot do yet, a breach whatever the looks say.
    ``hardware``, ``people``: what neither looks nor tests can tell."""

    number: str
    words: str
    checked: bool = False
    tests: tuple[str, ...] = ()
    missing: str = ""
    hardware: str = ""
    people: str = ""


_WINDOW: Final = "tests/ui/test_customer_window.py::"
_ORDER: Final = "tests/ui/test_customer_order.py::"
_TALK: Final = "tests/unit/test_talk.py::"
_GUIDE: Final = "tests/ui/test_voice_guide.py::"
_MORE: Final = "tests/ui/barrier_free/test_behaviour.py::"

CRITERIA: Final = (
    Criterion("B1", "targets of 12 mm a side and 150 mm2", checked=True, hardware="the panel's size must be set"),
    Criterion("B2", "2.5 mm between targets", checked=True),
    Criterion(
        "B3",
        "one finger, acts on release",
        tests=(_ORDER + "test_sliding_off_a_button_does_nothing",),
        hardware="the touch panel itself",
    ),
    Criterion(
        "B4",
        "a second tap within 0.5 s adds nothing",
        checked=True,
        tests=(_ORDER + "test_second_tap_within_half_a_second_adds_nothing",),
    ),
    Criterion(
        "B5",
        "no limit of time, or a warning 20 s ahead, seen and spoken, extended 10 times",
        tests=(
            _WINDOW + "test_idle_customer_is_asked_and_stays_by_one_tap",
            _MORE + "test_the_idle_question_comes_20_s_ahead_and_is_put_off_ten_times",
        ),
    ),
    Criterion("B6", "nothing changes by itself", checked=True),
    Criterion(
        "B7",
        "a spoken equivalent of all that is seen",
        checked=True,
        tests=(_GUIDE + "test_an_order_by_keys_alone_hears_every_step",),
        people="whether what is said is understood",
    ),
    Criterion("B8", "accessible name, role, state", checked=True),
    Criterion(
        "B9",
        "replay, stop, rate, volume",
        tests=(
            _TALK + "test_hush_repeat_and_announce",
            "tests/unit/test_barge_in.py::test_a_customer_stops_it_within_300_ms_and_is_answered",
            "tests/unit/test_voice_delivery.py::test_there_is_an_end_to_louder_and_slower",
        ),
        missing="rate and volume are changed by voice alone, not by touch or keys",
    ),
    Criterion(
        "B10",
        "volume is the default again after each customer",
        tests=(
            "tests/unit/test_voice_delivery.py"
            "::test_a_customer_who_asks_for_it_is_spoken_to_louder_and_the_next_one_is_not",
        ),
    ),
    Criterion(
        "B11",
        "all by keys, no trap",
        checked=True,
        tests=(_ORDER + "test_order_by_keys_alone",),
        hardware="a keypad that can be felt",
    ),
    Criterion(
        "B12",
        "focus in reading order, and back after a question",
        checked=True,
        tests=(_WINDOW + "test_keys_stay_inside_an_open_question_and_come_back_after_it",),
    ),
    Criterion("B13", "focus ring of 3:1 and 1 mm", checked=True),
    Criterion(
        "B14",
        "voice guide: one touch speaks, a double tap acts",
        tests=(_GUIDE + "test_one_touch_says_the_next_one_acts",),
        missing="the keypad's F2 turns it on; the screen has no key for it yet",
        hardware="a keypad with that key",
    ),
    Criterion("B15", "12 mm of ink (7.25 mm on panels up to 28 cm)", checked=True),
    Criterion("B16", "200 % of everything, nothing cut, one step back", checked=True),
    Criterion("B17", "contrast: text 4.5:1, edges and icons 3:1", checked=True, hardware="glare and brightness"),
    Criterion("B18", "high contrast: 7:1, one action from the first screen", checked=True),
    Criterion("B19", "told apart in grey", checked=True),
    Criterion("B20", "Korean words for every picture", checked=True, people="whether they describe the picture"),
    Criterion(
        "B21",
        "every sound is seen and the reverse",
        tests=(
            "tests/ui/test_customer_hearing.py::test_chimes_tell_that_the_microphone_is_open_and_that_the_order_stands",
            _WINDOW + "test_missing_microphone_says_what_why_and_how",
        ),
    ),
    Criterion(
        "B22",
        "voice has an equal by touch and keys; the microphone is off at first",
        tests=(
            _WINDOW + "test_nobody_is_listened_to_on_the_attract_screen",
            _MORE + "test_what_can_be_asked_of_the_kiosk_by_voice_has_its_key",
        ),
        missing="louder, quieter, slower and faster have no key",
    ),
    Criterion(
        "B23",
        "undo, cancel, start over on every screen; start over wipes",
        checked=True,
        tests=(
            _WINDOW + "test_home_asks_before_it_wipes",
            _WINDOW + "test_idle_customer_is_wiped_with_all_that_was_theirs",
        ),
        missing="the last change can be undone by voice and by its own buttons, there is no key for it",
    ),
    Criterion("B24", "previous, home, help in the same place; pages; steps shown", checked=True),
    Criterion("B25", "icons have words", checked=True, people="whether the Korean is plain"),
    Criterion(
        "B26",
        "summary and spoken total before the order is placed",
        tests=(_MORE + "test_the_total_is_spoken_before_an_order_is_placed",),
    ),
    Criterion(
        "B27",
        "an error says what, why and how to go on",
        tests=(
            _WINDOW + "test_missing_microphone_says_what_why_and_how",
            "tests/ui/test_customer_words.py::test_every_code_says_what_and_how",
        ),
    ),
    Criterion(
        "B28",
        "staff call everywhere, acknowledged, escalated after 30 s",
        checked=True,
        tests=(
            _WINDOW + "test_help_is_called_once_and_told",
            _WINDOW + "test_staff_see_the_cart_of_who_called_and_the_kiosk_says_at_once_that_they_come",
            "tests/integration/test_lookout.py::test_a_call_that_nobody_answers_is_escalated_once",
        ),
    ),
    Criterion("B29", "no flashing", checked=True),
    Criterion("B30", "low screen: controls from 400 to 1,220 mm", checked=True, hardware="the height must be set"),
    Criterion(
        "B31",
        "personal data masked, not spoken, wiped",
        tests=(
            _WINDOW + "test_idle_customer_is_wiped_with_all_that_was_theirs",
            _TALK + "test_reset_closes_the_microphone_and_forgets_every_word",
        ),
        missing="signing in as a member, with a masked keypad, is not there yet",
    ),
    Criterion("B32", "every language has the same modes and speech", checked=True),
    Criterion(
        "B33",
        "modes last through the order and end with it",
        tests=(
            _WINDOW + "test_idle_customer_is_wiped_with_all_that_was_theirs",
            _MORE + "test_modes_last_through_the_order_and_end_with_it",
        ),
    ),
    Criterion(
        "B34",
        "captions for all that is said",
        tests=(_TALK + "test_hush_repeat_and_announce", _MORE + "test_whatever_is_said_stands_as_a_caption"),
    ),
    Criterion("B35", "headphones in: the speaker is silent", hardware="a kiosk with a headphone socket"),
)
