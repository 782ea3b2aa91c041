"""The dialogues of ``tests/dialogues`` as a measure: ``python -m tools.bench.dialogues [--engine offline|gemini]``.

What each figure means stands in ``docs/dialogue.md``. Gemini is asked itself, with the shop's own key
(``MALLO_GEMINI_API_KEY``): an emulated vendor would measure the emulation.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.domain.dialogue import respond
from backend.domain.order import Item
from backend.domain.order_state import Line, OrderState, stage_of
from backend.domain.proposal import Intent, Proposal, UnderstandingRequest
from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.language import CALL_SECONDS, GeminiUnderstanding
from backend.external.interfaces import EngineError
from backend.external.model_choice import ModelChoice
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.settings import Settings
from shared.limits import MAX_TRANSCRIPT_CHARS
from tests.fakes.meters import NoMeter
from tests.support.dialogue_files import shop
from tests.support.dialogue_score import (
    HELD_OUT_GOAL,
    MEDIAN_GOAL_MS,
    P99_GOAL_MS,
    RIGHT_GOAL,
    SURE,
    SURE_GOAL,
    Outcome,
    Score,
    Scored,
    median,
    p99,
    score,
)
from tests.support.dialogues import Dialogue, all_dialogues, request_for
from tests.support.heard_turns import heard_turns, scores, table

ANY_TEXTS = 400
_SCRIPTS = (
    "가나다라마바사아자차카타파하한두세네다섯개잔판주세요빼고말고더그랜드심플디럭스케이크딸기초코와인프렌치디너",
    "abcdefghijklmnopqrstuvwxyz two french dinner without wine please",
    "0123456789,.?!-#@/()\"'",
    "ㄱㄴㄷㄹㅋㅋㅎㅎㅏㅑㅓ",
    "😀🎂🍓👍🏽🇰🇷\u200d\ufe0f",
    "漢字かなカナ中文العربيةעבריתрусскийไทย",
    "\x00\x07\x1b\n\r\t\u200b\u202e\ufeff\ud7b0",
)


@dataclass(slots=True)
class Report:
    """Markdown to print, and whether every goal was met."""

    lines: list[str] = field(default_factory=list)
    met: bool = True

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def dialogue_report(engine: str = "offline", dialogues: Sequence[Dialogue] = ()) -> Report:
    """Measure this machine's rules, and Gemini where it is asked for: it costs money and minutes."""
    report = measured("offline", dialogues)
    other = (
        measured("gemini", dialogues) if engine == "gemini" else Report(["gemini: not asked; --engine gemini does."])
    )
    return Report([*report.lines, "", *other.lines], report.met and other.met)


def measured(engine: str, dialogues: Sequence[Dialogue] = ()) -> Report:
    """Measure one engine over all dialogues, or these; one that cannot be had is a sentence and misses nothing."""
    given = dialogues
    dialogues = dialogues or tuple(all_dialogues(pending=True))
    if engine == "gemini":
        environment: dict[str, Any] = {}
        settings = Settings(**environment)
        if settings.gemini_api_key is None:
            return Report(["gemini: not measured, there is no key (MALLO_GEMINI_API_KEY)."])
        result, unanswered = asyncio.run(_gemini_score(settings, dialogues))
        report = _reported(result)
        report.lines += ["", f"{unanswered} of {len(result.milliseconds)} turns were not answered by gemini."]
        return report
    rules = OfflineUnderstanding()
    rules.prepare(shop().catalogue)
    score("warm", dialogues[:20], shop().catalogue, rules.propose)
    report = _reported(score(engine, dialogues, shop().catalogue, rules.propose), _any_text_ms(rules))
    return Report([*report.lines, "", *table(scores(tuple(heard_turns(given))))], report.met)


async def _gemini_score(settings: Settings, dialogues: Sequence[Dialogue]) -> tuple[Score, int]:
    """The score, and how many turns got no answer: in the shop the rules take those over, here they count as wrong."""
    assert settings.gemini_api_key is not None
    vendor = GeminiVendor(settings.gemini_api_key, settings.gemini_base_url)
    engine = GeminiUnderstanding(
        vendor, ModelChoice(settings.gemini_language_models), NoMeter(), settings.stall_seconds
    )
    loop = asyncio.get_running_loop()
    unanswered: list[str] = []

    def propose(request: UnderstandingRequest) -> Proposal:
        try:
            call = asyncio.run_coroutine_threadsafe(engine.understand(request), loop)
            return call.result(CALL_SECONDS).proposal
        except (EngineError, TimeoutError) as error:
            unanswered.append(type(error).__name__)
            return Proposal(Intent.OTHER, 0.0, request.language)

    try:
        result = await asyncio.to_thread(score, "gemini", dialogues, shop().catalogue, propose, prose=True)
    finally:
        await vendor.close()
    return result, len(unanswered)


def _any_text_ms(rules: OfflineUnderstanding) -> list[float]:
    """Milliseconds for texts that nobody says, up to the longest that the wire takes, into an order under way."""
    dice = random.Random(4)  # noqa: S311 - the same texts at every run
    lines = (Line(Item("french", "grand", 2, {"wine": 2}), True), Line(Item("cheese", None, 1)))
    state = OrderState(lines=lines, current=1)
    state = OrderState(lines=lines, current=1, stage=stage_of(state), asked="style", offered=("simple", "grand"))
    spent: list[float] = []
    for number in range(ANY_TEXTS):
        letters = "".join(dice.sample(_SCRIPTS, dice.randint(1, len(_SCRIPTS)))) + " " * dice.randint(0, 12)
        length = MAX_TRANSCRIPT_CHARS if number % 10 == 0 else dice.randint(1, 120)
        text = "".join(dice.choice(letters) for _ in range(length))
        begin = time.perf_counter()
        respond(state, rules.propose(request_for(text, state, shop().catalogue)), shop().catalogue)
        spent.append((time.perf_counter() - begin) * 1000)
    return spent


def _reported(result: Score, any_text_ms: Sequence[float] = ()) -> Report:
    report = Report()
    _goals(report, result, any_text_ms)
    report.lines += ["", "| group | dialogues | right in whole | wrong orders | cart | question | words |"]
    report.lines += ["|---|---:|---:|---:|---:|---:|---:|"]
    for name, scored in {**result.by_group, **_named_languages(result), "all": result.scored}.items():
        report.lines.append(_group_row(name, scored))
    report.lines += ["", "| confidence | turns | said on average | right |", "|---|---:|---:|---:|"]
    for each in result.reliability:
        right = f"{each.accuracy:.1%}" if each.turns else ""
        told = f"{each.told:.2f}" if each.turns else ""
        report.lines.append(f"| over {each.low:g} to {each.high:g} | {each.turns} | {told} | {right} |")
    return report


def _goals(report: Report, result: Score, any_text_ms: Sequence[float]) -> None:
    report.lines += [f"| {result.engine}: what | figure | of | goal | |", "|---|---:|---:|---:|---|"]

    def row(name: str, figure: str, of: int, goal: str, met: bool) -> None:
        report.lines.append(f"| {name} | {figure} | {of} | {goal} | {'met' if met else 'MISSED'} |")
        report.met = report.met and met

    sure, gap = result.sure, result.held_out_gap
    right = result.accuracy
    row("dialogues right in whole", f"{right:.1%}", len(result.scored), f">= {RIGHT_GOAL:.0%}", right >= RIGHT_GOAL)
    row("wrong orders placed", str(result.wrong_orders), result.orders, "0", result.wrong_orders == 0)
    row(
        "held-out tenth, points below the rest", f"{gap * 100:.1f}", len(result.held_out),
        f"<= {HELD_OUT_GOAL * 100:g}", gap <= HELD_OUT_GOAL,
    )  # fmt: skip
    row(
        f"turns of confidence over {SURE:g} that are right", f"{sure.accuracy:.1%}", sure.turns,
        f">= {SURE_GOAL:.0%}", not sure.turns or sure.accuracy >= SURE_GOAL,
    )  # fmt: skip
    for name, spent in (("a turn", result.milliseconds), ("any text", any_text_ms)):
        if result.engine != "offline" or not spent:
            continue
        middle, slow = median(spent), p99(spent)
        row(f"{name}, median", f"{middle:.1f} ms", len(spent), f"< {MEDIAN_GOAL_MS:g} ms", middle < MEDIAN_GOAL_MS)
        row(f"{name}, p99", f"{slow:.1f} ms", len(spent), f"< {P99_GOAL_MS:g} ms", slow < P99_GOAL_MS)


def _named_languages(result: Score) -> dict[str, tuple[Scored, ...]]:
    named = {"*in Korean*": result.by_language["ko"], "*in English*": result.by_language["en"]}
    return {**named, "*held out*": result.held_out, "*not held out*": result.rest}


def _group_row(name: str, scored: Sequence[Scored]) -> str:
    counts = {outcome: sum(each.outcome is outcome for each in scored) for outcome in Outcome}
    right = f"{counts[Outcome.RIGHT] / len(scored):.1%}" if scored else ""
    kinds = (Outcome.WRONG_ORDER, Outcome.CART, Outcome.QUESTION, Outcome.WORDS)
    return f"| {name} | {len(scored)} | {right} | " + " | ".join(str(counts[kind]) for kind in kinds) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.dialogues", description=__doc__)
    parser.add_argument("--engine", choices=("offline", "gemini"), default="offline")
    report = measured(parser.parse_args(arguments).engine)
    print(report.text)
    return 0 if report.met else 1


if __name__ == "__main__":
    sys.exit(main())
