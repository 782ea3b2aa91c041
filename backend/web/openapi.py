"""OpenAPI 3.1 from the endpoint rows: what is mounted is what is described."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from backend.web.endpoint import Access, Endpoint
from backend.web.problems import KINDS
from shared.messages import Ack, Auth, AuthOk, Heartbeat, Notification, Pong
from shared.paths import VOICE_STREAM, WS
from shared.problems import PROBLEM_MIME, Problem, ProblemCode
from shared.voice_stream import Open, StreamReply, StreamRequest

Json = dict[str, Any]
REQUEST_TIMEOUT = 408
_REFS = "#/components/schemas/{model}"
_PATH_PARAMETER = re.compile(r"{(\w+)}")
_WHO = {
    Access.OPEN: "Open; a token that is shown must be valid.",
    Access.CUSTOMER: "Needs a guest's or anybody's token.",
    Access.STAFF: "Needs the token of staff or a manager.",
    Access.MANAGER: "Needs a manager's token.",
}
_ALWAYS = (
    ProblemCode.FOREIGN_HOST,
    ProblemCode.FOREIGN_ORIGIN,
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.RATE_LIMITED,
    ProblemCode.INTERNAL,
    ProblemCode.DATABASE_UNAVAILABLE,
    ProblemCode.TIMEOUT,
)
_WITH_BODY = (
    ProblemCode.MALFORMED_JSON,
    ProblemCode.INVALID_REQUEST,
    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
    ProblemCode.PAYLOAD_TOO_LARGE,
)
_MESSAGES: tuple[tuple[type[BaseModel], JsonSchemaMode], ...] = (
    (Auth, "validation"),
    (Ack, "validation"),
    (Pong, "validation"),
    (AuthOk, "serialization"),
    (Notification, "serialization"),
    (Heartbeat, "serialization"),
    *((model, "validation") for model in (Open, *get_args(StreamRequest))),
    *((model, "serialization") for model in get_args(StreamReply)),
)


def openapi(rows: Sequence[Endpoint], version: str) -> Json:
    """The whole document, ready for JSON."""
    schemas, definitions = models_json_schema(sorted(_models(rows), key=str), ref_template=_REFS)
    paths: dict[str, Json] = defaultdict(dict)
    for row in rows:
        paths[row.path][row.method.lower()] = _operation(row, schemas, definitions.get("$defs", {}))
    paths[WS]["get"] = _websocket(schemas)
    paths[VOICE_STREAM]["get"] = _voice_stream(paths[WS]["get"], schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Mallo",
            "version": version,
            "description": "Orders by voice, touch and keys. Errors are RFC 9457 problems; money is whole won.",
        },
        "paths": dict(paths),
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


_Schemas = Mapping[Any, Json]
"""By (model, mode); pydantic's own key type is private."""


def problems_of(row: Endpoint) -> list[ProblemCode]:
    """Every problem that the call may answer, in the order of the enumeration."""
    found = {*_ALWAYS, *row.problems}
    if row.access > Access.CUSTOMER:
        found.add(ProblemCode.FORBIDDEN)
    if row.body or row.upload:
        found.update(_WITH_BODY)
    if row.query:
        found.add(ProblemCode.INVALID_REQUEST)
    if _PATH_PARAMETER.search(row.path):
        found.add(ProblemCode.NOT_FOUND)
    return [code for code in ProblemCode if code in found]


def _models(rows: Iterable[Endpoint]) -> set[tuple[type[BaseModel], JsonSchemaMode]]:
    found: set[tuple[type[BaseModel], JsonSchemaMode]] = {(Problem, "serialization"), *_MESSAGES}
    for row in rows:
        for model in (row.body, row.query):
            if model:
                found.add((model, "validation"))
        if row.answer:
            found.add((row.answer, "serialization"))
    return found


def _operation(row: Endpoint, schemas: _Schemas, definitions: Json) -> Json:
    made: Json = {
        "operationId": f"{row.method.lower()}_{re.sub(r'[^a-z0-9]+', '_', row.path.lower()).strip('_')}",
        "summary": row.summary,
        "description": _WHO[row.access],
        "tags": [row.tag or "other"],
        "security": [{"token": []}] if row.access else [{}, {"token": []}],
        "parameters": [*_path_parameters(row), *_query_parameters(row, schemas, definitions), *_headers(row)],
        "responses": {**_success(row, schemas), **_problem_answers(row, schemas)},
    }
    if row.body:
        content = {"application/json": {"schema": schemas[row.body, "validation"]}}
        made["requestBody"] = {"required": True, "content": content}
    elif row.upload:
        made["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": _upload(row)}}}
    return made


def _path_parameters(row: Endpoint) -> list[Json]:
    schema = {"type": "string", "minLength": 1, "maxLength": 200}
    names = _PATH_PARAMETER.findall(row.path)
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]


def _query_parameters(row: Endpoint, schemas: _Schemas, definitions: Json) -> list[Json]:
    if row.query is None:
        return []
    reference = schemas[row.query, "validation"]["$ref"]
    schema = definitions[str(reference).rpartition("/")[2]]
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema.get("properties", {}).items()
    ]


def _headers(row: Endpoint) -> list[Json]:
    return [
        {
            "name": header.name,
            "in": "header",
            "required": header.required,
            "description": header.description,
            "schema": {"type": "string", **({"pattern": header.pattern} if header.pattern else {})},
        }
        for header in row.headers
    ]


def _upload(row: Endpoint) -> Json:
    fields: Json = {name: {"type": "string"} for name in row.upload_fields}
    file = {"type": "string", "format": "binary"}
    return {
        "type": "object",
        "properties": {row.upload: file, **fields},
        "required": [row.upload],
        "additionalProperties": False,
    }


def _success(row: Endpoint, schemas: _Schemas) -> Json:
    content: Json = {mime: {"schema": {"type": "string", "format": "binary"}} for mime in row.content_types}
    if row.answer:
        content["application/json"] = {"schema": schemas[row.answer, "serialization"]}
    made: Json = {str(row.status): {"description": "Done", **({"content": content} if content else {})}}
    for status, meaning in row.other_answers.items():
        same = content and not 300 <= status < 400
        made[str(status)] = {"description": meaning, **({"content": content} if same else {})}
    return made


def _problem_answers(row: Endpoint, schemas: _Schemas) -> Json:
    by_status: dict[int, list[ProblemCode]] = defaultdict(list)
    for code in problems_of(row):
        by_status[KINDS[code].status].append(code)
    if row.body or row.upload:
        by_status[REQUEST_TIMEOUT].append(ProblemCode.TIMEOUT)
    content = {PROBLEM_MIME: {"schema": schemas[Problem, "serialization"]}}
    return {
        str(status): {"description": ", ".join(code.value for code in codes), "content": content}
        for status, codes in sorted(by_status.items())
    }


def _referred(schemas: _Schemas, *models: type[BaseModel]) -> list[Json]:
    return [schema for (model, _), schema in schemas.items() if model in models]


def _voice_stream(live: Json, schemas: _Schemas) -> Json:
    too_many = {PROBLEM_MIME: {"schema": schemas[Problem, "serialization"]}}
    return {
        **live,
        "operationId": "voice_stream",
        "summary": "A spoken turn over WebSocket",
        "description": "Send `open` within 5 s; then turns, sound as binary messages both ways: docs/voice.md.",
        "tags": ["voice"],
        "responses": {**live["responses"], "429": {"description": "rate_limited", "content": too_many}},
        "x-messages": {
            "client": _referred(schemas, Open, *get_args(StreamRequest)),
            "server": _referred(schemas, *get_args(StreamReply)),
        },
    }


def _websocket(schemas: _Schemas) -> Json:
    problem = {PROBLEM_MIME: {"schema": schemas[Problem, "serialization"]}}
    return {
        "operationId": "websocket",
        "summary": "Live messages over WebSocket",
        "description": "Send `auth` within 5 s; then `notification` and `heartbeat` come, and `ack` and `pong` go.",
        "tags": ["live"],
        "security": [{}],
        "parameters": [],
        "responses": {
            "101": {"description": "A WebSocket"},
            "400": {"description": "Not a WebSocket handshake", "content": problem},
            "403": {"description": "foreign_host, foreign_origin", "content": problem},
            "500": {"description": "internal", "content": problem},
        },
        "x-messages": {
            "client": _referred(schemas, Auth, Ack, Pong),
            "server": _referred(schemas, AuthOk, Notification, Heartbeat),
        },
    }
