"""ETags and 304: as long as index and program are the same, so are the answers of one day.

The ETag is made from what decides an answer (the generation, the program, the address, the day in
Asia/Jakarta from which days in queries count, the language, cookies) and not from its body, so that
a browser's copy is confirmed without searching. It is weak, because the time taken differs between
answers that are otherwise the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import ParamSpec

from flask import Request, Response, make_response
from flask.typing import ResponseReturnValue

from index.dates import local_today
from web.current import current_request
from web.headers import header, vary
from web.language import reader_language
from web.state import current_engine, current_state

P = ParamSpec("P")

_PROGRAM = ("index", "search", "web")
_PARTS = (".py", ".html", ".po", ".css", ".js", ".txt")


_ROOT = Path(__file__).parent.parent


def program_fingerprint(root: Path = _ROOT) -> str:
    """A name for the code, templates and texts of the program in the folder ``root``.

    It is the same on every machine.
    """
    digest = blake2b(digest_size=12)
    for package in _PROGRAM:
        for file in sorted((root / package).rglob("*")):
            if file.suffix in _PARTS:
                digest.update(f"{file.relative_to(root)}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def by_generation(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """A view whose successful answers carry an ETag and are confirmed with 304 without running it.

    An answer that has a ``Cache-Control`` of its own keeps it and gets no ETag. Raises
    ``IndexUnavailable`` as the view would.
    """

    @wraps(view)
    def conditional(*args: P.args, **kwargs: P.kwargs) -> Response:
        request, engine = current_request(), current_engine()
        made_of = engine.generation(), local_today()
        etag = _etag(request, *made_of)
        # Parsing thousands of tags to find this one in them would take as long as a page.
        if f'"{etag}"' in request.environ.get("HTTP_IF_NONE_MATCH", ""):
            return _with_headers(Response(status=304), etag)
        found = view(*args, **kwargs)
        response = found if isinstance(found, Response) else make_response(found)
        settled = made_of == (engine.generation(), local_today())
        if response.status_code == 200 and settled and not header(response, "Cache-Control"):
            return _with_headers(response, etag)
        return response

    return conditional


def _etag(request: Request, generation: str, today: date) -> str:
    environ = request.environ
    facts = (
        current_state().fingerprint,
        generation,
        today.isoformat(),
        reader_language(),
        environ.get("HTTP_COOKIE", ""),
        # Where the server is, which feeds say; werkzeug decodes it for display, at some length.
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        request.path,
        environ.get("QUERY_STRING", ""),
    )
    return blake2b("\0".join(facts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _with_headers(response: Response, etag: str) -> Response:
    # Neither is there, or the answer would not get an ETag.
    response.headers.add("ETag", f'W/"{etag}"')
    response.headers.add("Cache-Control", "public, no-cache")
    vary(response, "Accept-Encoding", "Accept-Language", "Cookie")
    return response
