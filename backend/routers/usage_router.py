"""What paid engines cost."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from backend.services.usage_report import UsageReport
from backend.web.endpoint import Access, Call, Endpoint
from shared import paths
from shared.usage import UsageResponse

_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def _iso_day(value: object) -> object:
    # pydantic alone would take "0" for the first day of 1970.
    if isinstance(value, str) and not _ISO_DAY.match(value):
        raise PydanticCustomError("date_parsing", "a day is YYYY-MM-DD")
    return value


Day = Annotated[date | None, BeforeValidator(_iso_day), WithJsonSchema({"type": "string", "format": "date"})]


class UsageQuery(BaseModel):
    """Days of the shop's calendar, both included; without them the last 30 days."""

    model_config = ConfigDict(extra="forbid")

    first: Day = Field(None, alias="from")
    last: Day = Field(None, alias="to")


class UsageRouter:
    """``GET /api/usage``."""

    def __init__(self, report: UsageReport) -> None:
        self._report = report

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "GET",
                paths.USAGE,
                self._between,
                "What paid engines were used for and what it cost",
                access=Access.MANAGER,
                query=UsageQuery,
                answer=UsageResponse,
                tag="health",
            )
        ]

    async def _between(self, call: Call[None]) -> UsageResponse:
        query = call.query if isinstance(call.query, UsageQuery) else UsageQuery.model_validate({})
        return await self._report.between(query.first, query.last)
