"""Signing in, on both databases."""

from __future__ import annotations

import asyncio
import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from backend.database.interface import UserRecord
from backend.database.sql.database import SqlDatabase
from backend.domain.people import Caller
from backend.errors import Refusal
from backend.services.first_run import FILE_NAME
from backend.services.pins import token_digest
from shared.auth import LoginRequest, UserType
from shared.problems import ProblemCode
from tests.support.databases import OpenDatabase
from tests.support.shop import START, Shop

WRONG = "0000000"  # seven digits: never a PIN of ours


@pytest.fixture
async def shop(database: SqlDatabase) -> Shop:
    return Shop(database)


async def _first_people(shop: Shop, folder: Path) -> dict[str, dict[str, str]]:
    await shop.auth.ensure_first_users(folder)
    people: dict[str, dict[str, str]] = json.loads((folder / FILE_NAME).read_text())
    return people


def _login(user_id: str, pin: str) -> LoginRequest:
    return LoginRequest.model_validate({"user_id": user_id, "pin": pin})


async def _answer(shop: Shop, user_id: str, pin: str = WRONG) -> ProblemCode | None:
    try:
        await shop.auth.login(_login(user_id, pin))
    except Refusal as refusal:
        return refusal.code
    return None


async def test_the_first_people_can_sign_in_with_what_the_file_says(shop: Shop, tmp_path: Path) -> None:
    people = await _first_people(shop, tmp_path)
    assert people.keys() == {"manager", "staff"}
    assert {p["user_id"] for p in people.values()} == {"manager", "staff-1"}
    for kind, person in people.items():
        assert len(person["pin"]) == 6
        signed_in = await shop.auth.login(LoginRequest.model_validate(person))
        assert signed_in.user_type is UserType(kind)
        assert signed_in.expires_at == START + timedelta(hours=12)
        assert await shop.auth.caller_of(signed_in.token) == Caller(person["user_id"], kind)


async def test_the_file_is_the_owners_alone_and_written_once(shop: Shop, tmp_path: Path) -> None:
    people = await _first_people(shop, tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert await _first_people(shop, tmp_path) == people
    (tmp_path / FILE_NAME).unlink()
    await shop.auth.ensure_first_users(tmp_path)
    assert not (tmp_path / FILE_NAME).exists(), "people who are there are not made anew"
    assert not (tmp_path / FILE_NAME).with_suffix(".part").exists()


async def test_nobody_is_made_when_the_file_cannot_be_written(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(FileExistsError):
        await shop.auth.ensure_first_users(tmp_path / "taken")
    await _first_people(shop, tmp_path)


async def test_backends_that_start_at_once_make_one_set_of_people(
    shop: Shop, open_database: OpenDatabase, tmp_path: Path
) -> None:
    others = [Shop(await open_database()) for _ in range(2)]
    folders = [tmp_path / str(n) for n in range(3)]
    await asyncio.gather(*(s.auth.ensure_first_users(f) for s, f in zip([shop, *others], folders, strict=True)))
    written = [json.loads((f / FILE_NAME).read_text()) for f in folders if (f / FILE_NAME).exists()]
    assert len(written) == 1
    assert await _answer(shop, "manager", written[0]["manager"]["pin"]) is None


async def test_a_token_is_stored_as_its_digest_and_ends(shop: Shop) -> None:
    guest = await shop.auth.guest()
    async with shop.database.read() as db:
        assert await db.tokens.get(guest.token) is None
        assert await db.tokens.get(token_digest(guest.token)) is not None
    assert await shop.auth.caller_of(guest.token) == Caller(guest.user_id, "customer")
    assert await shop.auth.expiry_of(guest.token) == guest.expires_at
    shop.later(hours=12)
    assert await shop.auth.caller_of(guest.token) is None
    assert await shop.auth.expiry_of(guest.token) is None


async def test_a_token_that_nobody_has(shop: Shop) -> None:
    assert await shop.auth.caller_of("no-such-token") is None


async def test_five_wrong_pins_lock_the_name_and_the_lock_grows(shop: Shop, tmp_path: Path) -> None:
    people = await _first_people(shop, tmp_path)
    pin = people["manager"]["pin"]
    answers = [await _answer(shop, "manager") for _ in range(6)]
    assert answers == [ProblemCode.WRONG_CREDENTIALS] * 5 + [ProblemCode.LOCKED_OUT]
    assert await _answer(shop, "manager", pin) is ProblemCode.LOCKED_OUT, "the right PIN waits as well"

    shop.later(seconds=31)
    assert await _answer(shop, "manager") is ProblemCode.WRONG_CREDENTIALS
    with pytest.raises(Refusal) as locked:
        await shop.auth.login(_login("manager", pin))
    assert locked.value.params["retry_after_seconds"] == 60

    shop.later(seconds=61)
    assert await _answer(shop, "manager", pin) is None
    assert [await _answer(shop, "manager") for _ in range(4)] == [ProblemCode.WRONG_CREDENTIALS] * 4
    assert await _answer(shop, "manager", pin) is None, "signing in forgets the wrong ones"


async def test_guesses_at_once_get_no_further_than_in_a_row(shop: Shop, tmp_path: Path) -> None:
    await _first_people(shop, tmp_path)
    answers = await asyncio.gather(*(_answer(shop, "staff-1") for _ in range(12)))
    assert sorted(filter(None, answers)) == [ProblemCode.LOCKED_OUT] * 7 + [ProblemCode.WRONG_CREDENTIALS] * 5


async def test_a_name_that_nobody_has_answers_the_same(shop: Shop, tmp_path: Path) -> None:
    await _first_people(shop, tmp_path)
    known = [await _answer(shop, "manager") for _ in range(7)]
    unknown = [await _answer(shop, "nobody") for _ in range(7)]
    assert known == unknown


async def test_guests_and_people_without_a_pin_cannot_sign_in(shop: Shop) -> None:
    guest = await shop.auth.guest()
    async with shop.database.write() as db:
        await db.users.add(UserRecord("new", "staff", "새 직원", None, START))
        await db.commit()
    assert await _answer(shop, guest.user_id) is ProblemCode.WRONG_CREDENTIALS
    assert await _answer(shop, "new") is ProblemCode.WRONG_CREDENTIALS


async def test_tokens_outlive_a_restart(shop: Shop, open_database: OpenDatabase) -> None:
    guest = await shop.auth.guest()
    await shop.database.close()
    again = Shop(await open_database())
    assert await again.auth.caller_of(guest.token) == Caller(guest.user_id, "customer")
