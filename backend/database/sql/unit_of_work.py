"""One transaction: the repositories over one connection, and the notifications that leave with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from backend.database.interface import Outgoing
from backend.database.sql.link import Link
from backend.database.sql.news import News
from backend.database.sql.rows_cards import SqlMenuCards
from backend.database.sql.rows_duty import SqlDuty, SqlPresences
from backend.database.sql.rows_help import SqlHelpCalls
from backend.database.sql.rows_log import SqlNotificationLog
from backend.database.sql.rows_orders import SqlIdempotency, SqlOrders
from backend.database.sql.rows_people import SqlAttempts, SqlTokens, SqlUsers
from backend.database.sql.rows_prints import SqlPrints
from backend.database.sql.rows_rates import SqlRates
from backend.database.sql.rows_shop import SqlAvailability, SqlConversations, SqlImages
from backend.database.sql.rows_studio import SqlImageJobs, SqlImageVersions
from backend.database.sql.rows_usage import SqlUsages


class SqlUnitOfWork:
    def __init__(self, link: Link, news: News, clock: Callable[[], datetime]) -> None:
        self._link = link
        self._news = news
        self._clock = clock
        self._outgoing: list[Outgoing] = []
        self.users = SqlUsers(link)
        self.attempts = SqlAttempts(link)
        self.tokens = SqlTokens(link)
        self.conversations = SqlConversations(link)
        self.orders = SqlOrders(link)
        self.idempotency = SqlIdempotency(link)
        self.log = SqlNotificationLog(link)
        self.duty = SqlDuty(link)
        self.presence = SqlPresences(link)
        self.help = SqlHelpCalls(link)
        self.prints = SqlPrints(link)
        self.rates = SqlRates(link)
        self.availability = SqlAvailability(link)
        self.images = SqlImages(link)
        self.versions = SqlImageVersions(link)
        self.jobs = SqlImageJobs(link)
        self.cards = SqlMenuCards(link)
        self.usage = SqlUsages(link)

    def notify(self, outgoing: Outgoing) -> None:
        self._outgoing.append(outgoing)

    async def commit(self) -> None:
        if not self._outgoing:
            await self._link.commit()
            return
        written = await self.log.append(self._outgoing, self._clock())
        self._outgoing.clear()
        try:
            await self._link.commit()
        except BaseException:
            # Cancelled, or the line broke, on the way back from a commit that may have happened: let them look.
            self._news.nudge()
            raise
        self._news.note_committed(written)
