"""Waking those who wait for the log."""

import asyncio

from backend.database.sql.news import News


async def test_who_is_behind_does_not_wait() -> None:
    news = News(3)
    async with asyncio.timeout(1):
        await news.wait(2, 60)


async def test_a_commit_wakes_everybody() -> None:
    news = News(0)
    async with asyncio.timeout(1), asyncio.TaskGroup() as tasks:
        for _ in range(5):
            tasks.create_task(news.wait(0, 60))
        await asyncio.sleep(0)
        news.note(1, committed_here=True)
    assert (news.top, news.committed_here) == (1, 1)


async def test_old_news_neither_wakes_nor_goes_back() -> None:
    news = News(5)
    waiting = asyncio.ensure_future(news.wait(5, 60))
    await asyncio.sleep(0)
    news.note(4)
    await asyncio.sleep(0)
    assert not waiting.done()
    assert (news.top, news.committed_here) == (5, 0)
    news.nudge()
    await waiting


async def test_waiting_ends_by_itself_and_leaves_nothing_behind() -> None:
    news = News(0)
    await news.wait(0, 0)
    waiting = asyncio.ensure_future(news.wait(0, 60))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    news.note(1)
