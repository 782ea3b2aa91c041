"""What is described is what is served: the document itself, and calls made from it by schemathesis."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared import paths
from shared.problems import ProblemCode
from tests.support.backend import BackendProcess, backend_process

SCHEMATHESIS = Path(sys.executable).with_name("st")
EXAMPLES = 8
"""Random cases a call, beside some fifty that it makes from each schema's bounds."""
NOT_OURS = (
    # A schema cannot say what the catalogue says: which menus there are, in which styles.
    "positive_data_acceptance",
    # /api/orders/quote answers PATCH as /api/orders/{order_id} does, with a 404: one template covers the other.
    "allow_header_conformance",
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    with backend_process(tmp_path_factory.mktemp("openapi") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def document(shop: BackendProcess) -> dict[str, Any]:
    read: dict[str, Any] = httpx.get(f"{shop.base_url}{paths.OPENAPI}").json()
    return read


@pytest.fixture(scope="module")
def manager(shop: BackendProcess) -> str:
    """A token that every call accepts."""
    answer = httpx.post(f"{shop.base_url}{paths.AUTH_LOGIN}", json=shop.first_run()["manager"])
    return str(answer.json()["token"])


def test_no_call_made_from_the_document_is_answered_otherwise(
    shop: BackendProcess, manager: str, tmp_path: Path
) -> None:
    run = subprocess.run(
        [
            SCHEMATHESIS, "run", f"{shop.base_url}{paths.OPENAPI}", "--header", f"Authorization: Bearer {manager}",
            "--exclude-path", paths.WS, "--exclude-path", paths.VOICE_STREAM,
            "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES),
            "--exclude-checks", ",".join(NOT_OURS), "--seed", "1", "--generation-database", "none",
            "--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure", "--no-color",
        ],
        cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_path_of_the_contract_is_described(document: dict[str, Any]) -> None:
    known = {value for name, value in vars(paths).items() if name.isupper() and isinstance(value, str)}
    assert set(document["paths"]) == known


def test_problems_are_described_for_every_call(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            assert "500" in call["responses"], (method, path)
            for status, answer in call["responses"].items():
                if status >= "400" and status not in call.get("x-not-problems", ()):
                    assert "content" in answer, (method, path, status)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    schemas = document["components"]["schemas"]
    used = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert used <= set(schemas)
    assert set(schemas) - used <= {"GalleryQuery", "OrdersQuery", "UsageQuery"}, "a type that no call uses"


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    names = [call["operationId"] for methods in document["paths"].values() for call in methods.values()]
    assert len(names) == len(set(names))


def test_the_page_shows_every_call_and_problem_and_loads_nothing(
    document: dict[str, Any], shop: BackendProcess
) -> None:
    answer = httpx.get(f"{shop.base_url}{paths.DOCS}")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    for path in document["paths"]:
        assert path in answer.text
    for code in ProblemCode:
        assert f'id="{code.value}"' in answer.text
    for foreign in ("<script", "http://", "https://", "@import", "src="):
        assert foreign not in answer.text


def test_a_problem_leads_to_its_explanation(shop: BackendProcess) -> None:
    problem = httpx.get(f"{shop.base_url}/nowhere").json()
    page, _, anchor = problem["type"].partition("#")
    assert f'id="{anchor}"' in httpx.get(f"{shop.base_url}{page}").text


def test_the_description_is_the_same_from_checkout_to_checkout(document: dict[str, Any], tmp_path: Path) -> None:
    with backend_process(tmp_path / "data") as other:
        assert httpx.get(f"{other.base_url}{paths.OPENAPI}").json() == document
