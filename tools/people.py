"""What people do at the windows, step by step, for demo, benches and end-to-end tests."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tools.remote.window import RemoteError, RemoteWindow, Seen
from tools.sound_stage import SoundStage

CUSTOMERS_VOICE = "en-us"
CUSTOMERS_SPEED = 150
ANSWER_SECONDS = 25.0
START_SECONDS = 30.0
MOST_TURNS = 8
REPLIES = (
    ("Shall I place the order", "yes please"),
    ("Anything to add or leave out", "no thank you"),
    ("What shall I add or leave out", "no thank you"),
)
"""What the kiosk asks, and what a customer who wants nothing more says to it."""
PLACED = "orderNumber"
"""What a turn that placed the order shows."""


async def sign_in(staff: RemoteWindow, data_dir: Path) -> None:
    """The first member of staff signs in with the PIN from ``first-run.json``."""
    await _sign_in(staff, data_dir, "staff")
    await staff.wait("board")


async def sign_in_manager(manager: RemoteWindow, data_dir: Path) -> None:
    """The first manager does."""
    await _sign_in(manager, data_dir, "manager")
    await manager.wait("overview")


async def _sign_in(window: RemoteWindow, data_dir: Path, who: str) -> None:
    await window.wait(f"{who}SignIn")
    first = await _first_of(data_dir, who)
    await window.tap("userField")
    await window.type(first["user_id"])
    await window.tap("pinField")
    await window.type(first["pin"])
    await window.tap("signInButton")


async def _first_of(data_dir: Path, who: str) -> dict[str, str]:
    """The backend writes the file at its first start, which may still be going on. Raises TimeoutError."""
    file = data_dir / "first-run.json"
    async with asyncio.timeout(START_SECONDS):
        while not file.exists():  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.05)
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))[who]
    return found


async def order_by_touch(kiosk: RemoteWindow, menu: str = "strawberry", style: str = "grand") -> Seen:
    """From the attract screen to the order button; answers the moment of the tap on it."""
    await kiosk.tap("start")
    await put_into_cart(kiosk, menu, style)
    await kiosk.tap("toCart")
    return await kiosk.tap("place")


async def put_into_cart(kiosk: RemoteWindow, menu: str, style: str) -> None:
    """From the menu screen back to it, with one more item in the cart."""
    cakes = ("strawberry", "chocolate", "cheese", "custom")
    await kiosk.tap("tab_cake" if menu in cakes else "tab_dinner")
    await kiosk.tap(f"card_{menu}")
    await kiosk.tap(f"style_{style}")
    await kiosk.tap("addItem")


async def leave(kiosk: RemoteWindow) -> None:
    """From the placed screen to the attract screen."""
    await kiosk.tap("newOrder")
    await kiosk.wait("start")


@dataclass(frozen=True, slots=True)
class Turn:
    """``heard``: the transcript on the screen. ``answer``: the caption. ``wait_ms``: end of speech to spoken answer.

    Both texts are empty when the turn placed the order: the screen then shows the number instead.
    """

    heard: str
    answer: str
    wait_ms: float


async def speak_english(sentence: str, wav: Path) -> None:
    """A customer's voice: eSpeak NG writes ``sentence`` to ``wav``."""
    command = ("espeak-ng", "-v", CUSTOMERS_VOICE, "-s", str(CUSTOMERS_SPEED), "-w", str(wav), sentence)
    process = await asyncio.create_subprocess_exec(*command)
    if await process.wait():
        raise RuntimeError("espeak-ng could not speak")


async def say(kiosk: RemoteWindow, stage: SoundStage, wav: Path, *, press: bool = True) -> Turn:
    """Speak into the virtual microphone, which one press opens for the whole order; listen to the whole answer.

    Raises RemoteError.
    """
    if press:
        await kiosk.tap("voiceButton")
    await kiosk.wait("voiceButton", "mode", "listening")
    await asyncio.to_thread(stage.say, wav)
    over = time.monotonic()
    speaking = await kiosk.wait("voiceButton", "mode", "speaking", PLACED)
    return await _turn(kiosk, (speaking.at - over) * 1000, "listening")


async def order_by_voice(
    kiosk: RemoteWindow, stage: SoundStage, opening: str, folder: Path
) -> AsyncIterator[tuple[str, Turn]]:
    """From the menu screen on, speech alone, until the order is placed. Yields each sentence and its turn.

    The customer listens as a person does: each sentence answers what the kiosk said last, and one who was misheard
    says the same again, never what was understood before: that would order it twice. Raises RemoteError when the
    order is not placed after ``MOST_TURNS`` sentences.
    """
    wav = folder / "sentence.wav"
    sentence, said = opening, list[str]()
    for n in range(MOST_TURNS):
        await speak_english(sentence, wav)
        turn = await say(kiosk, stage, wav, press=n == 0)
        yield sentence, turn
        if not turn.answer:
            return
        said.append(f"{sentence!r} heard as {turn.heard!r}: {turn.answer!r}")
        sentence = next((reply for question, reply in REPLIES if question in turn.answer), sentence)
    raise RemoteError(f"not placed after {MOST_TURNS} sentences: {'; '.join(said)}")


async def type_sentence(kiosk: RemoteWindow, sentence: str) -> Turn:
    """Tap on the line of words, type on a keyboard, Enter; listen to the whole answer. Raises RemoteError."""
    await kiosk.tap("transcript")
    await kiosk.wait("entryField")
    begin = time.monotonic()
    await kiosk.type(sentence + "\n")
    answer = await kiosk.wait("transcript", "transcript", sentence, PLACED)
    return await _turn(kiosk, (answer.at - begin) * 1000, "idle")


async def _turn(kiosk: RemoteWindow, wait_ms: float, after: str) -> Turn:
    if (await kiosk.wait("voiceButton", "mode", after, PLACED, ANSWER_SECONDS)).instead:
        return Turn("", "", wait_ms)
    heard = await kiosk.wait("transcript", "transcript")
    answer = await kiosk.wait("caption", "text")
    return Turn(str(heard.value), str(answer.value), wait_ms)


async def cook(staff: RemoteWindow, number: str) -> None:
    """Claim and finish the ticket by keyboard alone: its number, Enter, its number, Space."""
    await staff.type(number)
    await staff.key("Return")
    await staff.wait(f"preparingColumn/ticket{number}")
    await staff.type(number)
    await staff.key("Space")
    await staff.wait(f"readyColumn/ticket{number}")


async def hand_over(staff: RemoteWindow, number: str) -> None:
    """The customer has it: the ticket leaves the board."""
    await staff.type(number)
    await staff.key("Space")
    await staff.wait(f"recallHanded{number}")
