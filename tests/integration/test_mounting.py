"""What every call goes through: tokens, bodies, rates, problems, headers, figures. Real server, real clients."""

from __future__ import annotations

import gzip
import logging
from collections.abc import AsyncIterator

import httpx
import pytest

from backend.web.metrics import Metrics
from tests.fakes.echo_rows import UPLOAD_LIMIT, echo_server


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with echo_server() as url, httpx.AsyncClient(base_url=url) as made:
        yield made


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_good_call(client: httpx.AsyncClient) -> None:
    answer = await client.post("/echo", json={"text": "프렌치"}, headers=_bearer("staff-token"))
    assert answer.status_code == 200
    assert answer.json() == {"text": "프렌치", "caller": "staff-1", "size": 0}


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        ("/customer", None, 401),
        ("/customer", "customer-token", 200),
        ("/customer", "staff-token", 200),
        ("/staff", "customer-token", 403),
        ("/staff", "staff-token", 200),
        ("/staff", "manager-token", 200),
        ("/manager", "staff-token", 403),
        ("/manager", "manager-token", 200),
    ],
)
async def test_who_may_call(client: httpx.AsyncClient, path: str, token: str | None, status: int) -> None:
    answer = await client.get(path, headers=_bearer(token) if token else {})
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["Basic YTpi", "Bearer", "Bearer a b", "Bearer <t>", "nonsense", "Bearer staff-tokens"]
)
async def test_a_token_that_is_none_is_refused_even_where_none_is_needed(
    client: httpx.AsyncClient, header: str
) -> None:
    answer = await client.post("/echo", json={"text": "x"}, headers=[("Authorization", header)])
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthenticated"


async def test_tokens_cannot_be_tried_out_in_quantity(client: httpx.AsyncClient) -> None:
    statuses = [(await client.get("/customer", headers=_bearer(f"guess{n}"))).status_code for n in range(5)]
    assert statuses == [401, 401, 401, 429, 429]


async def test_too_many_calls(client: httpx.AsyncClient, expected_errors: set[str]) -> None:
    expected_errors.add("unforeseen_error")
    answers = [await client.get("/items/french") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [500, 500, 429]
    last = answers[2]
    assert last.json()["retryable"] is True
    assert 1 <= int(last.headers["Retry-After"]) <= 30


async def test_an_unforeseen_error_tells_the_client_nothing_and_the_log_where(
    client: httpx.AsyncClient, expected_errors: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_errors.add("unforeseen_error")
    answer = await client.get("/items/french", headers={"X-Request-ID": "kiosk-1.turn-4"})
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "internal"
    assert "010" not in answer.text
    records = [r.msg for r in caplog.records if r.levelno == logging.ERROR]
    assert len(records) == 1
    assert isinstance(records[0], dict)
    assert records[0]["request_id"] == answer.json()["request_id"] == "kiosk-1.turn-4"


async def test_a_client_that_goes_while_it_is_answered_is_no_error(client: httpx.AsyncClient) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with pytest.raises(httpx.RemoteProtocolError):
        await client.get("/late", headers=handshake)


@pytest.mark.parametrize("given", ["", "short", "with space in it", "x" * 65, "injected\tline-break"])
async def test_a_request_id_that_is_not_sane_is_replaced(client: httpx.AsyncClient, given: str) -> None:
    answer = await client.get("/nowhere", headers={"X-Request-ID": given})
    assert answer.headers["X-Request-ID"] != given
    assert answer.headers["X-Request-ID"] == answer.json()["request_id"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_json_says_that_it_is_json(client: httpx.AsyncClient, content_type: str) -> None:
    """A web form of another site can send the other types without being asked."""
    answer = await client.post("/echo", content=b'{"text":"x"}', headers={"Content-Type": content_type})
    assert answer.status_code == 415


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_cut(client: httpx.AsyncClient, chunked: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b" " * 32 * 1024

    content = pieces() if chunked else b" " * 96 * 1024
    answer = await client.post("/echo", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["params"] == {"limit_bytes": 64 * 1024}


async def test_a_compressed_body_counts_as_what_it_becomes(client: httpx.AsyncClient) -> None:
    bomb = gzip.compress(b" " * 20 * 1024 * 1024)
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert len(bomb) < 64 * 1024
    assert (await client.post("/echo", content=bomb, headers=headers)).status_code == 413


async def test_a_body_that_cannot_be_decompressed(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = await client.post("/echo", content=b"not gzip", headers=headers)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


FORM = "multipart/form-data; boundary=b"


async def test_an_upload_comes_with_its_fields(client: httpx.AsyncClient) -> None:
    files = {"file": ("turn.wav", b"x" * 1000, "audio/wav; codecs=1")}
    answer = await client.post("/upload", files=files, data={"language": "ko"})
    assert answer.json() == {"text": "turn.wav audio/wav language=ko", "caller": None, "size": 1000}


async def test_an_upload_at_the_limit_passes_and_over_it_is_cut(client: httpx.AsyncClient) -> None:
    for size, status in ((UPLOAD_LIMIT, 200), (UPLOAD_LIMIT + 1, 413)):
        answer = await client.post("/upload", files={"file": ("a.wav", b"x" * size)})
        assert answer.status_code == status, size


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"", "multipart/form-data", 400),
        (b"no boundary at all", FORM, 400),
        (b"--b\r\nContent-Disposition: form-data; name=file\r\n\r\nabc", FORM, 400),
        (b"--b\r\nContent-Disposition: form-data; name=other\r\n\r\nabc\r\n--b--\r\n", FORM, 422),
        (b"--b\r\n\r\nabc\r\n--b--\r\n", FORM, 422),
        (b"--b--\r\n", FORM, 422),
        (b"--b\r\n" + b"X" * 20_000 + b"\r\n", FORM, 400),
        (b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--", FORM, 422),
    ],
)
async def test_a_broken_upload_is_a_problem(
    client: httpx.AsyncClient, body: bytes, content_type: str, status: int
) -> None:
    answer = await client.post("/upload", content=body, headers={"Content-Type": content_type})
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_unknown_paths_and_methods_are_problems(client: httpx.AsyncClient) -> None:
    assert (await client.get("/nowhere")).json()["code"] == "not_found"
    answer = await client.put("/echo")
    assert answer.json()["code"] == "method_not_allowed"
    assert answer.headers["Allow"] == "POST"


async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient) -> None:
    for answer in (await client.post("/echo", json={"text": "x"}), await client.get("/nowhere")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "aiohttp" not in answer.headers["Server"]


async def test_figures_by_route_template_not_by_path() -> None:
    metrics = Metrics()
    async with echo_server(metrics=metrics) as url, httpx.AsyncClient(base_url=url) as client:
        await client.post("/echo", json={"text": "x"})
        for number in range(5):
            await client.get(f"/wp-admin/{number}")
    text = metrics.exposition().decode()
    assert 'mallo_http_requests_total{method="POST",route="/echo",status="200"} 1.0' in text
    assert 'mallo_http_requests_total{method="-",route="unknown",status="404"} 5.0' in text
    assert "wp-admin" not in text
