"""The tasks of an object end with it."""

import asyncio
import logging

import pytest

from backend.tasks import TaskScope


async def test_closing_ends_what_runs_and_nothing_starts_later() -> None:
    scope = TaskScope("test")
    task = scope.start(asyncio.Event().wait(), "wait")
    await scope.close()
    await scope.close()
    assert task is not None
    assert task.cancelled()
    assert scope.start(asyncio.sleep(0), "late") is None


async def test_a_task_that_swallows_a_cancellation_is_ended_all_the_same() -> None:
    entered = asyncio.Event()

    async def stubborn() -> None:
        for _ in range(3):
            try:
                entered.set()
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                continue

    scope = TaskScope("test")
    scope.start(stubborn(), "stubborn")
    await entered.wait()
    async with asyncio.timeout(10):
        await scope.close()


async def test_an_exception_is_logged(caplog: pytest.LogCaptureFixture, expected_errors: set[str]) -> None:
    async def fail() -> None:
        raise ValueError("broken")

    expected_errors.add("task_failed")
    scope = TaskScope("test")
    task = scope.start(fail(), "fail")
    assert task is not None
    await asyncio.wait({task})
    await asyncio.sleep(0)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    await scope.close()
