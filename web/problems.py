"""Every error as an answer: RFC 9457 problem documents for programs, pages for people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

import orjson
from flask import Flask, Response, current_app, make_response, request
from werkzeug.exceptions import HTTPException

from index.bilingual import Text
from index.errors import (
    ClusterBusy,
    ClusterTroubled,
    IndexUnavailable,
    IndexUnreachable,
    IndexUnusable,
    MomentLost,
)
from index.light_dataclass import dataclass
from search.errors import ExportUnfinished, RequestError
from search.json_shapes import Keyword, Layout, as_json, described
from web.arguments import BadParameter, BadParameters
from web.audience import wants_problem
from web.language import reader_language
from web.templating import render
from web.work import current_work

MEDIA_TYPE = "application/problem+json"

RETRY_SECONDS = 30
"""When a client may ask again for what an absent or damaged index could not answer."""

SOON_SECONDS = 5
"""The same for what a cluster could not: most of its troubles are over when a node has left."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A type of problem: its fragment in the documentation, its title and its usual detail.

    One without a ``name`` is not documented: its status says all.
    """

    name: str | None
    status: int
    title: Text
    detail: Text


BAD_PARAMETER = ProblemType(
    "bad-parameter",
    400,
    Text("A parameter is not allowed", "Parameter tidak dapat diterima"),
    Text(
        "errors lists each parameter, what was given and what is allowed.",
        "errors memuat setiap parameter, yang diberikan, dan yang diterima.",
    ),
)
BAD_REQUEST = ProblemType(
    "bad-request",
    400,
    Text("The request is not understood", "Permintaan ini tidak dipahami"),
    Text(
        "A part of the request other than its parameters, such as its Host header, is not allowed.",
        "Bagian permintaan selain parameternya, misalnya header Host, tidak dapat diterima.",
    ),
)
NOT_FOUND = ProblemType(
    "not-found",
    404,
    Text("Not found", "Tidak ditemukan"),
    Text(
        "There is no article or page at this address.",
        "Tidak ada artikel atau halaman di alamat ini.",
    ),
)
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed",
    405,
    Text("This server only reads", "Peladen ini hanya membaca"),
    Text(
        "Only GET, HEAD and OPTIONS are answered; the index is changed by commands.",
        "Hanya GET, HEAD, dan OPTIONS yang dijawab; indeks diubah dengan perintah.",
    ),
)
KEY_NEEDED = ProblemType(
    "key-needed",
    401,
    Text("A read key is needed", "Perlu kunci baca"),
    Text(
        "Send a key in the header Authorization: Bearer KEY; whoever runs this server gives keys.",
        "Kirim kunci dalam header Authorization: Bearer KUNCI; pengelola peladen memberi kunci.",
    ),
)
KEY_UNKNOWN = ProblemType(
    "key-unknown",
    401,
    Text("The read key is not known", "Kunci baca tidak dikenal"),
    Text(
        "The key is mistyped, expired or revoked; ask whoever runs this server, or send none where "
        "none is needed.",
        "Kunci salah ketik, kedaluwarsa, atau dicabut; tanyakan kepada pengelola peladen, atau "
        "jangan kirim kunci bila tidak diperlukan.",
    ),
)
TOO_MANY_REQUESTS = ProblemType(
    "too-many-requests",
    429,
    Text("Too many requests", "Terlalu banyak permintaan"),
    Text(
        "This server answers a client only so often. Ask again after the seconds that Retry-After "
        "says; requests until then count too.",
        "Peladen ini membatasi banyaknya permintaan tiap klien. Coba lagi setelah sekian "
        "detik, sesuai Retry-After; permintaan sebelum itu ikut dihitung.",
    ),
)
INTERNAL = ProblemType(
    "internal",
    500,
    Text("Something went wrong here", "Ada yang keliru di sini"),
    Text(
        "The error was recorded. Try again, or with a simpler query.",
        "Kesalahan ini dicatat. Coba lagi, atau dengan kueri yang lebih sederhana.",
    ),
)
INDEX_UNAVAILABLE = ProblemType(
    "index-unavailable",
    503,
    Text("The index cannot be read", "Indeks tidak dapat dibaca"),
    Text(
        "The index is missing, damaged or of another version; whoever runs this server was told.",
        "Indeks tidak ada, rusak, atau berversi lain; pengelola peladen ini sudah diberi tahu.",
    ),
)
EXPORT_UNFINISHED = ProblemType(
    "export-unfinished",
    503,
    Text("Not all hits could be found in time", "Tidak semua hasil dapat ditemukan pada waktunya"),
    Text(
        "Time ran out before all hits were found. Try again, or narrow the search.",
        "Waktu habis sebelum semua hasil ditemukan. Coba lagi, atau persempit pencarian.",
    ),
)
_HEADERS_TOO_LONG = ProblemType(
    None,
    431,
    Text("The headers are too long", "Header permintaan terlalu panjang"),
    Text(
        "A header of the request has more than 8190 characters. Delete this site's cookies, or"
        " send less.",
        "Sebuah header permintaan melebihi 8190 karakter. Hapus kuki situs ini, atau kirim lebih"
        " sedikit.",
    ),
)
OVERLOADED = ProblemType(
    "overloaded",
    503,
    Text("Too many requests at once", "Terlalu banyak permintaan sekaligus"),
    Text(
        "Too many requests are being answered. Try again in a few seconds.",
        "Terlalu banyak permintaan sedang dijawab. Coba lagi dalam beberapa detik.",
    ),
)
_ON_A_CLUSTER = Text(
    "The index is on a cluster that cannot be searched; whoever runs this server was told.",
    "Indeks ada di klaster yang tidak dapat dicari; pengelola peladen ini sudah diberi tahu.",
)
_ON_A_BUSY_CLUSTER = Text(
    "The index is on a cluster that has too much to do. Try again in a few seconds.",
    "Indeks ada di klaster yang terlalu sibuk. Coba lagi dalam beberapa detik.",
)
PROBLEM_TYPES = (
    BAD_PARAMETER,
    BAD_REQUEST,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    KEY_NEEDED,
    KEY_UNKNOWN,
    TOO_MANY_REQUESTS,
    INTERNAL,
    INDEX_UNAVAILABLE,
    EXPORT_UNFINISHED,
    OVERLOADED,
)
"""Those that are documented."""

_KIND_OF_STATUS = {
    kind.status: kind
    for kind in (*PROBLEM_TYPES, _HEADERS_TOO_LONG)
    if kind not in {BAD_PARAMETER, EXPORT_UNFINISHED, KEY_UNKNOWN, OVERLOADED}
}


@described(
    "Problem",
    Text("A problem document as in RFC 9457.", "Dokumen masalah menurut RFC 9457."),
)
@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """A problem as programs get it; ``errors`` are the parameters that are not allowed.

    ``request_id`` is under what the operator finds an error of ours in the log.
    """

    type: Annotated[str, Keyword("format", "uri-reference")]
    title: Text
    status: int
    detail: Annotated[Text, Text("What went wrong, for the reader.", "Yang keliru, untuk pembaca.")]
    instance: Annotated[str, Keyword("format", "uri-reference")]
    errors: Annotated[tuple[BadParameter, ...], Layout.OMITTED_WHEN_EMPTY]
    request_id: Annotated[
        str,
        Text(
            "By which the operator finds an error of the server in its log.",
            "Yang dipakai pengelola untuk menemukan galat peladen dalam catatannya.",
        ),
        Layout.OMITTED_WHEN_EMPTY,
    ]


def install(app: Flask) -> None:
    """Answer every error that a view raises."""
    app.register_error_handler(BadParameters, _bad_parameters)
    app.register_error_handler(RequestError, _request_error)
    app.register_error_handler(IndexUnavailable, _index_error)
    app.register_error_handler(ExportUnfinished, _export_unfinished)
    app.register_error_handler(HTTPException, _http_error)


def problem(
    kind: ProblemType, detail: Text | None = None, errors: tuple[BadParameter, ...] = ()
) -> Response:
    """The answer to a request that ran into the problem, for programs or people as its path asks.

    Without ``detail`` the kind's own is used.
    """
    if wants_problem(request.path):
        response = _document(kind, detail or kind.detail, errors)
    else:
        response = _page(kind, detail or kind.detail)
    response.status_code = kind.status
    response.cache_control.no_store = True
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _document(kind: ProblemType, detail: Text, errors: tuple[BadParameter, ...]) -> Response:
    document = ProblemDocument(
        type=f"{request.root_path}/api#problem-{kind.name}" if kind.name else "about:blank",
        title=kind.title,
        status=kind.status,
        detail=detail,
        instance=quote(request.root_path + request.path, errors="replace"),
        errors=errors,
        request_id=_to_quote(kind),
    )
    written = as_json(document, reader_language())
    return Response(orjson.dumps(written), mimetype=MEDIA_TYPE)


def _page(kind: ProblemType, detail: Text) -> Response:
    language = reader_language()
    title, message = kind.title.in_language(language), detail.in_language(language)
    page = render(
        "error.html",
        status=kind.status,
        title=title,
        message=message,
        request_id=_to_quote(kind),
    )
    return make_response(page)


def _to_quote(kind: ProblemType) -> str:
    """The id of the request where the operator can find more of it in the log."""
    work = current_work()
    return work.request_id if work is not None and kind.status >= 500 else ""


def _bad_parameters(error: BadParameters) -> Response:
    return problem(BAD_PARAMETER, Text(error.english, error.indonesian), error.errors)


def _request_error(error: RequestError) -> Response:
    bad = BadParameter(error.parameter, error.given, error.allowed)
    return problem(BAD_PARAMETER, Text(error.english, error.indonesian), (bad,))


def _index_error(error: IndexUnavailable) -> Response:
    # The error's own sentence names a folder or a host, which is not the reader's business.
    current_app.logger.error("%s", error)
    detail = _ON_A_CLUSTER
    if isinstance(error, ClusterBusy):
        detail = _ON_A_BUSY_CLUSTER
    elif isinstance(error, IndexUnusable):
        detail = INDEX_UNAVAILABLE.detail
    response = problem(INDEX_UNAVAILABLE, detail)
    response.headers["Retry-After"] = str(retry_seconds(error))
    return response


def retry_seconds(error: IndexUnavailable) -> int:
    """When a client may ask again."""
    passing = isinstance(error, ClusterBusy | ClusterTroubled | IndexUnreachable | MomentLost)
    return SOON_SECONDS if passing else RETRY_SECONDS


def _export_unfinished(_: ExportUnfinished) -> Response:
    response = problem(EXPORT_UNFINISHED)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    response = problem(_KIND_OF_STATUS.get(status) or _other(status))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _other(status: int) -> ProblemType:
    phrase = Text(HTTPStatus(status).phrase, "Permintaan tidak dapat dipenuhi")
    return ProblemType(None, status, phrase, phrase)
