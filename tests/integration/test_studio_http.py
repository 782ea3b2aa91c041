"""The manager's pictures over real HTTP: made, changed, brought, cut, published, rolled back."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from PIL import Image

from shared import paths
from tests.fakes.vendors import Fault, Vendors
from tests.support.live import live
from tests.support.studio import CARD, Studio, manager_token, open_studio, opened, photo

MODEL = "gemini-3.1-flash-image"


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    async with open_studio(tmp_path / "data") as opened_one:
        yield opened_one


async def test_a_picture_of_a_menu_is_made_and_found(studio: Studio) -> None:
    job = await studio.generate(wish='ribbons" and <b>lace</b>')
    version = await studio.made(job)
    assert (version["kind"], version["number"], version["parent"]) == ("generate", 1, None)
    assert (version["engine"], version["aspect_ratio"], version["created_by"]) == ("resvg", "4:3", "manager")
    assert version["wish"] == "ribbons and blace/b"
    assert "strawberry" in version["prompt"]
    assert "딸기" in version["alt"]["ko"]
    content = await studio.client.get(version["content"])
    assert (len(content.content), content.headers["content-type"]) == (version["bytes"], "image/png")
    known = {"If-None-Match": content.headers["etag"]}
    assert (await studio.client.get(version["content"], headers=known)).status_code == 304
    for query, found in (({"words": "딸기"}, 1), ({"words": "lace"}, 1), ({"menu_code": "cheese"}, 0)):
        listed = (await studio.client.get(paths.STUDIO_PICTURES, params=query)).json()["versions"]
        assert len(listed) == found, query
    told = (await studio.client.get(paths.STUDIO_JOBS)).json()
    assert (told["jobs"][0]["id"], told["jobs"][0]["state"], told["spent"]) == (job["id"], "done", 0)
    # Another version of the same picture.
    second = await studio.made(await studio.generate(picture_id=version["picture_id"], aspect_ratio="1:1"))
    assert (second["picture_id"], second["number"]) == (version["picture_id"], 2)


async def test_nobody_else_may(studio: Studio) -> None:
    guest = (await studio.client.post(paths.AUTH_GUEST, json={})).json()["token"]
    for token, status in ((guest, 403), ("nobody", 401)):
        headers = {"Authorization": f"Bearer {token}"}
        for method, path in (
            ("GET", paths.STUDIO_PICTURES),
            ("GET", paths.STUDIO_CARDS),
            ("POST", paths.STUDIO_GENERATE),
            ("DELETE", paths.STUDIO_JOB.format(job_id="x")),
        ):
            assert (await studio.client.request(method, path, headers=headers)).status_code == status, path


async def test_what_cannot_be_is_told(studio: Studio) -> None:
    cases: list[tuple[str, object, str, str]] = [
        (paths.STUDIO_GENERATE, {"item": {**CARD, "menu_code": "boat"}}, "unknown_menu", "item.menu_code"),
        (paths.STUDIO_GENERATE, {"item": CARD, "wish": "x" * 5000}, "invalid_request", "wish"),
        (paths.STUDIO_GENERATE, {"item": CARD, "picture_id": "none"}, "not_found", "picture_id"),
        (paths.STUDIO_EDIT, {"version_id": "none", "wish": "warmer"}, "not_found", "version_id"),
        (paths.STUDIO_EDIT, {"version_id": "none", "wish": "   "}, "invalid_request", ""),
        (paths.STUDIO_EDIT, {"version_id": "none", "wish": "y" * 5000}, "invalid_request", "wish"),
        (paths.STUDIO_EDIT, {"version_id": "none", "quick": "lettering"}, "invalid_request", ""),
        (paths.STUDIO_CARD.format(code="boat"), {"version_id": None, "expected": 0}, "not_found", "code"),
        (paths.STUDIO_CARD.format(code="cheese"), {"version_id": "none", "expected": 0}, "not_found", "version_id"),
        (paths.STUDIO_ROLLBACK.format(code="cheese"), {"expected": 0}, "not_found", "code"),
    ]
    for path, body, code, field in cases:
        refused = (await studio.client.post(path, json=body)).json()
        assert (refused["code"], refused["params"].get("field", "")) == (code, field), body
    assert (await studio.client.get(paths.STUDIO_JOBS)).json()["jobs"] == []


async def test_an_edit_needs_something_that_the_menu_has(studio: Studio) -> None:
    version = await studio.made(await studio.generate())
    for edit, code in (
        ({"quick": "add_topping", "value": "steak"}, "unknown_ingredient"),
        ({"quick": "lettering", "value": "한" * 21}, "invalid_request"),
        ({"wish": '"""<>'}, "invalid_request"),
    ):
        wanted = {"version_id": version["id"], **edit}
        assert (await studio.client.post(paths.STUDIO_EDIT, json=wanted)).json()["code"] == code


async def test_a_photograph_is_brought_without_what_it_tells_of_its_maker(studio: Studio) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Secret camera"
    brought = await studio.upload(photo(1600, 1200, exif=exif), menu_code="cheese", alt_ko=" 치즈 케이크 사진 ")
    assert brought.status_code == 201, brought.text
    version = brought.json()
    assert (version["width"], version["height"], version["aspect_ratio"]) == (1200, 1600, "3:4")
    assert (version["kind"], version["alt"]["ko"], version["menu_code"]) == ("upload", "치즈 케이크 사진", "cheese")
    content = (await studio.client.get(version["content"])).content
    assert b"Secret" not in content
    assert b"Exif" not in content
    image = opened(content)
    assert not image.getexif()
    # Turned clockwise: what was left is at the top.
    red, _, blue = image.convert("RGB").getpixel((700, 600))  # type: ignore[misc] # three numbers, for it is RGB
    assert red > blue + 80
    cut = await studio.client.post(
        paths.STUDIO_CROP.format(version_id=version["id"]), json={"aspect_ratio": "4:3", "y": 0.4}
    )
    assert cut.status_code == 201, cut.text
    assert (cut.json()["width"], cut.json()["height"], cut.json()["kind"]) == (1200, 900, "crop")
    assert (cut.json()["parent"], cut.json()["number"]) == (version["id"], 2)


async def test_cuts_keep_their_ratio_and_stay_inside(studio: Studio) -> None:
    version = (await studio.upload(photo(801, 603))).json()
    for ratio in ("1:1", "4:3", "16:9", "9:16"):
        wanted = {"aspect_ratio": ratio, "x": 1.0, "y": 0.0, "zoom": 1.7}
        cut = await studio.client.post(paths.STUDIO_CROP.format(version_id=version["id"]), json=wanted)
        assert cut.json()["aspect_ratio"] == ratio
        image = opened((await studio.client.get(cut.json()["content"])).content)
        assert image.size == (cut.json()["width"], cut.json()["height"])


def _bomb(width: int, height: int, rows: int | None = None) -> bytes:
    """A PNG of one colour: a few kilobytes that unfold to a gigabyte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((width // 8 + 1) * (rows or height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


async def test_what_is_no_picture_is_refused_and_the_next_is_taken(studio: Studio, tmp_path: Path) -> None:
    for content, reason in (
        (b"not a picture at all", "not_decodable"),
        (b"", "not_decodable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_decodable"),
        (photo()[:5000], "not_decodable"),
        (photo(kind="GIF"), "not_decodable"),
        (_bomb(13_000, 13_000), "too_large"),
        (_bomb(60_000, 60_000, rows=10), "too_large"),
    ):
        refused = await studio.upload(content)
        assert (refused.status_code, refused.json()["code"]) == (415, "not_a_picture"), content[:20]
        assert refused.json()["params"]["reason"] == reason, content[:20]
    assert not (tmp_path / "data" / "images").exists()
    assert (await studio.upload(photo(64, 48, "WEBP"))).status_code == 201


async def test_an_upload_that_moves_or_is_too_long_is_refused(studio: Studio) -> None:
    moving = photo(64, 48, "PNG", save_all=True, append_images=[Image.new("RGB", (64, 48))])
    assert (await studio.upload(moving)).json()["params"]["reason"] == "animated"
    assert (await studio.upload(bytes(8 * 1024 * 1024 + 1))).json()["code"] == "payload_too_large"
    assert (await studio.upload(photo(), menu_code="boat")).json()["code"] == "unknown_menu"


async def test_a_card_is_published_seen_and_rolled_back(studio: Studio) -> None:
    drawn = await studio.client.get((await studio.menu())["image"])
    guest = (await studio.client.post(paths.AUTH_GUEST, json={})).json()
    version = (await studio.upload(photo(1200, 900))).json()
    async with live(studio.base_url, guest["user_id"], guest["token"]) as window:
        refused = await studio.publish(version["id"], 0)
        assert (refused.status_code, refused.json()["code"]) == (422, "alt_missing")
        path = paths.STUDIO_VERSION.format(version_id=version["id"])
        assert (await studio.client.patch(path, json={"ko": "  "})).status_code == 200
        assert (await studio.publish(version["id"], 0)).json()["code"] == "alt_missing"
        await studio.client.patch(path, json={"ko": "딸기 케이크 사진"})
        published = await studio.publish(version["id"], 0)
        assert published.status_code == 201, published.text
        heard = await window.next()
        assert (heard.topic.value, heard.data) == ("catalogue.changed", {"code": "strawberry", "picture": 1})

        menu = await studio.menu()
        assert (menu["image_number"], menu["image_alt"]["ko"]) == (1, "딸기 케이크 사진")
        shown = await studio.client.get(menu["image"])
        assert (shown.content, shown.headers["content-type"]) == (
            (await studio.client.get(version["content"])).content,
            "image/jpeg",
        )

        kiosk = {"Authorization": f"Bearer {guest['token']}"}
        told = paths.MENU_IMAGE_SHOWN.format(code="strawberry")
        saw = await studio.client.put(told, json={"device_id": "kiosk-7", "number": 1}, headers=kiosk)
        assert saw.status_code == 204, saw.text
        lie = await studio.client.put(told, json={"device_id": "kiosk-7", "number": 9}, headers=kiosk)
        assert lie.status_code == 404
        kiosks = {one["device_id"]: one["number"] for one in (await studio.card())["kiosks"]}
        assert kiosks["kiosk-7"] == 1

        back = await studio.client.post(paths.STUDIO_ROLLBACK.format(code="strawberry"), json={"expected": 1})
        assert back.status_code == 201, back.text
        live_now = back.json()["live"]
        assert (live_now["number"], live_now["rolled_back"], live_now["version_id"]) == (2, True, None)
        assert (await window.next()).data == {"code": "strawberry", "picture": 2}
        again = await studio.client.get((await studio.menu())["image"])
        assert again.content == drawn.content
        assert [change["number"] for change in (await studio.card())["history"]] == [2, 1]
        # And forward again, to a change by its number.
        wanted = {"expected": 2, "to": 1}
        forth = await studio.client.post(paths.STUDIO_ROLLBACK.format(code="strawberry"), json=wanted)
        assert forth.json()["live"]["version_id"] == version["id"]


async def test_a_picture_of_another_ratio_does_not_fit_a_card(studio: Studio) -> None:
    version = (await studio.upload(photo(900, 900), alt_ko="정사각형")).json()
    refused = (await studio.publish(version["id"], 0)).json()
    assert (refused["code"], refused["params"]) == ("wrong_ratio", {"has": "1:1", "needs": "4:3"})


async def test_what_is_scheduled_goes_live_by_itself_unless_it_is_withdrawn(studio: Studio) -> None:
    version = (await studio.upload(photo(), alt_ko="케이크")).json()
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    assert (await studio.publish(version["id"], 0, live_at=past)).json()["params"]["field"] == "live_at"
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    waiting = (await studio.publish(version["id"], 0, live_at=later)).json()
    assert (waiting["live"], [one["number"] for one in waiting["scheduled"]]) == (None, [1])
    assert (await studio.menu())["image_number"] == 0
    path = paths.STUDIO_CHANGE.format(code="strawberry", number=1)
    assert (await studio.client.delete(path)).json()["scheduled"] == []
    assert (await studio.client.delete(path)).json()["code"] == "conflict"

    guest = (await studio.client.post(paths.AUTH_GUEST, json={})).json()
    async with live(studio.base_url, guest["user_id"], guest["token"]) as window:
        soon = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
        assert (await studio.publish(version["id"], 1, live_at=soon)).status_code == 201
        assert (await window.next()).data == {"code": "strawberry", "picture": 2}
    assert (await studio.menu())["image_number"] == 2


async def test_of_two_managers_one_wins_and_the_other_is_told_who(tmp_path: Path, database_url: str) -> None:
    async with open_studio(tmp_path / "data", database_url=database_url) as studio:
        version = (await studio.upload(photo(400, 300), alt_ko="케이크")).json()
        answers = await asyncio.gather(*(studio.publish(version["id"], 0) for _ in range(6)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
        lost = next(answer.json() for answer in answers if answer.status_code == 409)
        assert (lost["code"], lost["params"]["by"], lost["params"]["number"]) == ("conflict", "manager", 1)
        assert (await studio.card())["last"] == 1
        job = await studio.generate(wish="따뜻한 빛")
        assert (await studio.made(job))["wish"] == "따뜻한 빛"


async def test_a_vendors_refusal_is_told_and_the_budget_is_kept(tmp_path: Path, vendors: Vendors) -> None:
    vendors.models.serve("gemini", MODEL)
    keys = {"gemini_api_key": vendors.gemini_key, "gemini_base_url": vendors.gemini_url}
    async with open_studio(tmp_path / "data", pictures_a_day=1, **keys) as studio:
        vendors.order(Fault.SAFETY, "image", times=1, model=MODEL)
        refused = await studio.made(await studio.generate(detail="fine", wish="something bad"))
        assert (refused["refused"], refused["engine"]) == (True, "resvg")
        made = await studio.made(await studio.generate(detail="fine"))
        assert (made["refused"], made["engine"]) == (False, "gemini")
        spent = await studio.client.post(paths.STUDIO_GENERATE, json={"item": CARD, "detail": "fine"})
        assert (spent.status_code, spent.json()["code"]) == (429, "budget_spent")
        assert (await studio.client.get(paths.STUDIO_JOBS)).json()["spent"] == 1
        # What costs nothing is not held back.
        assert (await studio.generate())["state"] == "done"


async def test_a_full_disk_is_told_and_nothing_is_lost(
    tmp_path: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = (await studio.upload(photo(), alt_ko="케이크")).json()
    folder = tmp_path / "data" / "images"
    kept = sorted(path.name for path in folder.rglob("*"))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("backend.services.image_store.tempfile.mkstemp", full)
    assert (await studio.upload(photo(640, 480))).json()["code"] == "storage_full"
    assert (await studio.generate())["problem"]["code"] == "storage_full"
    monkeypatch.undo()
    listed = (await studio.client.get(paths.STUDIO_PICTURES)).json()["versions"]
    assert [one["id"] for one in listed] == [version["id"]]
    assert sorted(path.name for path in folder.rglob("*") if path.name in kept) == kept
    assert (await studio.generate())["state"] == "done"


async def test_jobs_outlive_a_restart_and_cancelled_ones_make_nothing(tmp_path: Path, vendors: Vendors) -> None:
    vendors.models.serve("gemini", MODEL)
    keys = {"gemini_api_key": vendors.gemini_key, "gemini_base_url": vendors.gemini_url}
    wanted = {"item": CARD, "detail": "fine"}
    async with open_studio(tmp_path / "data", **keys) as studio:
        vendors.order(Fault.NO_ANSWER, "image", times=1)
        running = (await studio.client.post(paths.STUDIO_GENERATE, json=wanted)).json()
        waiting = [(await studio.client.post(paths.STUDIO_GENERATE, json=wanted)).json() for _ in range(2)]
        await studio.begun(running)
        assert waiting[1]["ahead"] in (1, 2)
        gone = await studio.client.delete(paths.STUDIO_JOB.format(job_id=waiting[0]["id"]))
        assert gone.json()["state"] == "cancelled"
    # Stopped in the middle of one job, with another in the queue.
    vendors.heal()
    async with open_studio(tmp_path / "data", **keys) as studio:
        for job in (running, waiting[1]):
            ended = await studio.ended(httpx.Response(202, json=job))
            assert ended["state"] == "done", ended
        told = (await studio.client.get(paths.STUDIO_JOBS)).json()["jobs"]
        assert sorted(job["state"] for job in told) == ["cancelled", "done", "done"]
        assert len((await studio.client.get(paths.STUDIO_PICTURES)).json()["versions"]) == 2

        # One that is being worked on stops at once.
        vendors.order(Fault.NO_ANSWER, "image", times=1)
        running = (await studio.client.post(paths.STUDIO_GENERATE, json=wanted)).json()
        await studio.begun(running)
        path = paths.STUDIO_JOB.format(job_id=running["id"])
        assert (await studio.client.delete(path)).json()["state"] == "cancelled"
        vendors.heal()
        # The next one does not wait for it.
        assert (await studio.generate())["state"] == "done"
        assert len((await studio.client.get(paths.STUDIO_PICTURES)).json()["versions"]) == 3


async def test_a_second_manager_is_told_whose_change_it_was(studio: Studio, tmp_path: Path) -> None:
    assert (await studio.publish(None, 0)).json()["last"] == 1
    async with httpx.AsyncClient(base_url=studio.base_url) as other:
        other.headers["Authorization"] = await manager_token(other, tmp_path / "data")
        late = await Studio(other).publish(None, 0)
    assert (late.status_code, late.json()["params"]) == (409, {"field": "expected", "by": "manager", "number": 1})
