"""``python -m backend users add|reset-pin|list``: members, staff and managers of the shop.

Works beside a running backend. A PIN is printed once and stored nowhere.
Exit codes: 0 done; 2 wrong words or settings; 5 the database cannot be opened.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from backend.app import open_people
from backend.database.interface import DatabaseError
from backend.domain.people import CUSTOMER, MANAGER, STAFF
from backend.errors import Refusal
from backend.services.people_service import PeopleService
from backend.settings import Settings

_TYPES = {"member": CUSTOMER, "staff": STAFF, "manager": MANAGER}
_WORDS = {kind: word for word, kind in _TYPES.items()}


def main(arguments: Sequence[str]) -> int:
    """Do what the words after ``users`` say, and answer the exit code."""
    wanted = _parser().parse_args(arguments)
    os.umask(0o077)
    given = {name: getattr(wanted, name) for name in ("data_dir", "database_url")}
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
        asyncio.run(_do(wanted, settings))
    except (Refusal, ValidationError) as error:
        return _fail(2, str(error.detail) if isinstance(error, Refusal) else "a setting is wrong")
    except OSError as error:
        return _fail(2, f"{error.filename}: {error.strerror}")
    except DatabaseError as error:
        return _fail(5, f"the database cannot be opened: {error}")
    return 0


async def _do(wanted: argparse.Namespace, settings: Settings) -> None:
    async with open_people(settings) as people:
        if wanted.what == "list":
            await _list(people)
        elif wanted.what == "add":
            pin = await people.add(wanted.user_id, _TYPES[wanted.type], wanted.name or wanted.user_id)
            _say(f"{wanted.user_id} PIN {pin}")
        else:
            _say(f"{wanted.user_id} PIN {await people.reset_pin(wanted.user_id)}")


async def _list(people: PeopleService) -> None:
    for user in await people.everybody():
        _say(f"{user.user_id}\t{_WORDS.get(user.user_type, user.user_type)}\t{user.name}")


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the answer to a command


def _fail(code: int, message: str) -> int:
    print(f"mallo users: {message}", file=sys.stderr)  # noqa: T201 - to the person who asked
    return code


def _parser() -> argparse.ArgumentParser:
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--data-dir", type=Path, help="folder for the database (MALLO_DATA_DIR)")
    where.add_argument("--database-url", help="postgresql+asyncpg://… (MALLO_DATABASE_URL)")
    parser = argparse.ArgumentParser(prog="python -m backend users", description="People who can sign in.")
    commands = parser.add_subparsers(dest="what", required=True)
    add = commands.add_parser("add", parents=[where], help="make a user; prints the PIN once")
    add.add_argument("user_id")
    add.add_argument("--type", choices=tuple(_TYPES), default="staff")
    add.add_argument("--name", help="as the windows show it (the user id)")
    reset = commands.add_parser("reset-pin", parents=[where], help="a new PIN; signs the user out everywhere")
    reset.add_argument("user_id")
    commands.add_parser("list", parents=[where], help="everybody who can sign in")
    return parser
