"""The OpenAPI 3.1 document, made from the declarations that route and validate requests.

OpenAPI 3.1 takes JSON Schema 2020-12, so the schemas of answers, and those that pydantic makes of
parameters, go in as they are.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import cast

from index.bilingual import Language, Text, localised
from search.json_shapes import Json, shape
from web.api.catalogue import ENDPOINTS, JSON
from web.api.chosen import chosen_objects, chosen_schema
from web.api.endpoints import Endpoint
from web.audience import PARTIAL_TOTAL, TOTAL
from web.parameters import Parameters
from web.problems import (
    BAD_PARAMETER,
    EXPORT_UNFINISHED,
    INDEX_UNAVAILABLE,
    INTERNAL,
    KEY_NEEDED,
    KEY_UNKNOWN,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    RETRY_SECONDS,
    TOO_MANY_REQUESTS,
    ProblemDocument,
    ProblemType,
)
from web.problems import MEDIA_TYPE as PROBLEM_MEDIA_TYPE
from web.serving.bounds import LONGEST_REQUEST_LINE

_TOO_LONG = "address-too-long"
_UNAVAILABLE_OR_UNFINISHED = f"{INDEX_UNAVAILABLE.name}-or-{EXPORT_UNFINISHED.name}"


_KEY = f"{KEY_NEEDED.name}-or-{KEY_UNKNOWN.name}"
_KEY_MEANING = Text(
    "A read key, where whoever runs the server gives them: it may be needed, and may have a limit "
    "of its own.",
    "Kunci baca, bila pengelola peladen memberikannya: mungkin diperlukan, dan mungkin memiliki "
    "batas sendiri.",
)
_KEYS = {
    "bearer": {"type": "http", "scheme": "bearer", "description": _KEY_MEANING},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": _KEY_MEANING},
}
_LIMITS = {
    "X-RateLimit-Limit": Text(
        "Requests that a client may make in a window.",
        "Banyaknya permintaan tiap klien dalam satu jangka waktu.",
    ),
    "X-RateLimit-Remaining": Text("Those that are left.", "Sisanya."),
    "X-RateLimit-Reset": Text(
        "When the window ends, in seconds since 1970.",
        "Saat jangka waktu itu berakhir, dalam detik sejak 1970.",
    ),
}


@cache
def openapi(language: Language) -> Json:
    """The document with its texts in the language; not to be changed by the caller."""
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": Text("Warta: search in Indonesian news", "Warta: pencarian berita Indonesia"),
            "version": version("warta"),
            "description": Text(
                "Reads only. Every answer of the index has an ETag made from its generation; send "
                "it back in If-None-Match and an unchanged answer is confirmed with 304. An empty "
                "parameter counts as not given, an unknown one is refused. Every address, with its "
                f"method and percent-encoded, fits into {LONGEST_REQUEST_LINE} bytes.",
                "Hanya membaca. Setiap jawaban indeks memiliki ETag dari generasinya; kirimkan "
                "kembali dalam If-None-Match dan jawaban yang sama ditegaskan dengan 304. "
                "Parameter kosong dianggap tidak ada, yang tidak dikenal ditolak. Setiap alamat, "
                f"dengan metode dan pengodean persennya, muat dalam {LONGEST_REQUEST_LINE} bita.",
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {
            "schemas": _objects(),
            "securitySchemes": _KEYS,
            "headers": _headers(),
            "responses": {
                **{
                    kind.name: _problem(kind)
                    for kind in (
                        BAD_PARAMETER,
                        NOT_FOUND,
                        METHOD_NOT_ALLOWED,
                        TOO_MANY_REQUESTS,
                        INTERNAL,
                        INDEX_UNAVAILABLE,
                    )
                },
                _KEY: _problem(KEY_NEEDED, KEY_UNKNOWN),
                _UNAVAILABLE_OR_UNFINISHED: _problem(INDEX_UNAVAILABLE, EXPORT_UNFINISHED),
                _TOO_LONG: _too_long(),
            },
        },
    }
    return cast("Json", localised(document, language))


def _objects() -> Json:
    """The schemas of all objects in answers, by their names."""
    objects: Json = {}
    for answer in (
        *(endpoint.answer for endpoint in ENDPOINTS if endpoint.answer),
        ProblemDocument,
    ):
        objects |= shape(answer).objects
    return dict(sorted({**objects, **chosen_objects(objects)}.items()))


def _schema(endpoint: Endpoint) -> Json:
    if endpoint.answer and endpoint.chooses:
        schema = shape(endpoint.answer).schema
        return {"anyOf": [schema, chosen_schema(schema)]}
    if endpoint.answer:
        return shape(endpoint.answer).schema
    if endpoint.media_type == JSON:
        return {"type": "object", "additionalProperties": True}
    return {"type": "string"}


def _operation(endpoint: Endpoint) -> Json:
    counts = (TOTAL, PARTIAL_TOTAL) if endpoint.searches else ()
    responses: Json = {
        "200": {
            "description": endpoint.summary,
            "headers": _references("ETag", "Cache-Control", "Vary", *counts),
            "content": {endpoint.media_type: {"schema": _schema(endpoint)}},
        },
        "304": {
            "description": Text(
                "The answer of If-None-Match still holds.", "Jawaban If-None-Match masih berlaku."
            ),
            "headers": _references("ETag", "Cache-Control", "Vary"),
        },
    }
    kinds = [BAD_PARAMETER, METHOD_NOT_ALLOWED, TOO_MANY_REQUESTS, INTERNAL]
    if endpoint.finds_article:
        kinds.append(NOT_FOUND)
    if endpoint.reads_index:
        kinds.append(INDEX_UNAVAILABLE)
    for kind in sorted(kinds, key=lambda kind: kind.status):
        responses[str(kind.status)] = {"$ref": f"#/components/responses/{kind.name}"}
    if endpoint.exports:
        responses[str(EXPORT_UNFINISHED.status)] = {
            "$ref": f"#/components/responses/{_UNAVAILABLE_OR_UNFINISHED}"
        }
    responses[str(KEY_NEEDED.status)] = {"$ref": f"#/components/responses/{_KEY}"}
    responses["414"] = {"$ref": f"#/components/responses/{_TOO_LONG}"}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "description": endpoint.description,
        "parameters": [*_path_parameters(endpoint), *_query_parameters(endpoint.parameters)],
        "responses": dict(sorted(responses.items())),
        "security": [{}, *({name: []} for name in _KEYS)],
        "x-codeSamples": [{"lang": "HTTP", "source": f"GET {endpoint.example}"}],
    }


def _path_parameters(endpoint: Endpoint) -> list[Json]:
    if not endpoint.has_id_in_path:
        return []
    meaning = Text("The id of the article, as hits name it.", "Id artikel, seperti dalam hasil.")
    return [
        {
            "name": "id",
            "in": "path",
            "required": True,
            "description": meaning,
            "schema": {"type": "string", "minLength": 1},
        }
    ]


def _query_parameters(model: type[Parameters]) -> list[Json]:
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    parameters = []
    for name, declared in schema["properties"].items():
        meaning, values = _plain(declared, definitions)
        parameter = {"name": name, "in": "query", "description": meaning, "schema": values}
        if name in schema.get("required", ()):
            parameter["required"] = True
        if "examples" in values:
            parameter["example"] = values.pop("examples")[0]
        parameters.append(parameter)
    return parameters


def _plain(declared: Json, definitions: Json) -> tuple[Text, Json]:
    """The description, and the schema of what can be given: an absent parameter is not null."""
    schema = {key: value for key, value in declared.items() if key not in {"title", "anyOf"}}
    meaning = cast("Text", schema.pop("description"))
    for choice in declared.get("anyOf", ()):
        if choice != {"type": "null"}:
            schema.update(choice)
    if reference := schema.pop("$ref", None):
        target = definitions[reference.rsplit("/", 1)[1]]
        schema.update({key: target[key] for key in ("type", "enum")})
    if schema.get("default", "") in (None, "", [], ()):
        schema.pop("default", None)
    return meaning, schema


def _problem(*kinds: ProblemType) -> Json:
    """The answer for problems of one status."""
    headers: Json = {}
    if INDEX_UNAVAILABLE in kinds:
        headers = _references("Retry-After")
    if KEY_NEEDED in kinds:
        headers = _references("WWW-Authenticate")
    if TOO_MANY_REQUESTS in kinds:
        headers = _references("Retry-After", *_LIMITS)
    if METHOD_NOT_ALLOWED in kinds:
        headers = _references("Allow")
    return {
        "description": Text(
            "; ".join(kind.title.english for kind in kinds),
            "; ".join(kind.title.indonesian for kind in kinds),
        ),
        "headers": headers,
        "content": {PROBLEM_MEDIA_TYPE: {"schema": shape(ProblemDocument).schema}},
    }


def _too_long() -> Json:
    return {
        "description": Text(
            f"The request line is longer than {LONGEST_REQUEST_LINE} bytes; the server says so "
            "before the API is asked.",
            f"Baris permintaan lebih dari {LONGEST_REQUEST_LINE} bita; peladen menolaknya sebelum "
            "API ditanya.",
        ),
        "content": {"text/html": {"schema": {"type": "string"}}},
    }


def _references(*names: str) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _headers() -> Json:
    text = {"type": "string"}
    return {
        "ETag": {
            "description": Text(
                "Names this answer of this generation.", "Menamai jawaban ini dari generasi ini."
            ),
            "schema": text,
        },
        "Cache-Control": {
            "description": Text(
                "A copy may be kept and is confirmed before each use.",
                "Salinan boleh disimpan dan ditegaskan sebelum setiap pemakaian.",
            ),
            "schema": text,
        },
        "Vary": {
            "description": Text(
                "The request headers that the answer depends on.",
                "Header permintaan yang menentukan jawaban.",
            ),
            "schema": text,
        },
        TOTAL: {
            "description": Text("total of a search.", "total sebuah pencarian."),
            "schema": {"type": "integer", "minimum": 0},
        },
        PARTIAL_TOTAL: {
            "description": Text("partial_total of a search.", "partial_total sebuah pencarian."),
            "schema": {"type": "integer", "minimum": 0},
        },
        "WWW-Authenticate": {
            "description": Text("How to send a key.", "Cara mengirim kunci."),
            "schema": text,
        },
        **{
            name: {"description": meaning, "schema": {"type": "integer", "minimum": 0}}
            for name, meaning in _LIMITS.items()
        },
        "Allow": {
            "description": Text("The methods that are answered.", "Metode yang dijawab."),
            "schema": text,
        },
        "Retry-After": {
            "description": Text("Seconds to wait.", "Waktu tunggu dalam detik."),
            "schema": {"type": "integer", "minimum": 0},
            "example": RETRY_SECONDS,
        },
    }
