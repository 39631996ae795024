"""The language of a page: which one the reader chose, and the sentences in it.

The templates hold English sentences; ``translations/id.po`` holds the Indonesian ones and is
compiled in memory, so that no compiled catalogue can fall behind the readable one.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import cast, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Request, Response
from flask.sansio.app import App

from index.bilingual import Language
from web.current import current_request
from web.headers import header, vary

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The languages that a reader can choose from, the default one first."""

PARAMETER = "lang"
"""Both the parameter that chooses a language and the cookie that remembers it."""

CATALOGUE = Path(__file__).parent / "translations" / "id.po"

_REMEMBERED_SECONDS = 365 * 24 * 60 * 60


_DECIDED = "warta.language"


def reader_language() -> Language:
    """What the address asks for, else what the cookie remembers, else what the browser accepts.

    It is decided once a request, as every sentence and number of a page asks for it.
    """
    request = current_request()
    known: Language | None = request.environ.get(_DECIDED)
    if known is None:
        known = request.environ[_DECIDED] = _decided(request)
    return known


def _decided(request: Request) -> Language:
    # What was not sent is not taken apart: most programs send neither of the two headers.
    environ = request.environ
    remembered = request.cookies.get(PARAMETER) if "HTTP_COOKIE" in environ else None
    # Asked for what is not there, the arguments make an exception first.
    given = request.args.get(PARAMETER) if PARAMETER in request.args else None
    for choice in (given, remembered):
        if choice in LANGUAGES:
            return choice
    if "HTTP_ACCEPT_LANGUAGE" not in environ:
        return LANGUAGES[0]
    accepted = request.accept_languages.best_match(LANGUAGES)
    return cast("Language", accepted or LANGUAGES[0])


@cache
def translations(language: Language) -> NullTranslations:
    """The catalogue of a language; the English one is empty, its sentences are the ids."""
    if language == "en":
        return NullTranslations()
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def gettext(message: str) -> str:
    """The English sentence in the reader's language."""
    return translations(reader_language()).ugettext(message)


def install(app: App) -> None:
    """Have the app remember a chosen language."""
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    if not header(response, "Content-Type").startswith("text/html"):
        return response
    request, language = current_request(), reader_language()
    response.headers["Content-Language"] = language
    vary(response, "Accept-Language", "Cookie")
    if PARAMETER in request.args and request.args.get(PARAMETER) == language:
        response.set_cookie(
            PARAMETER,
            language,
            max_age=_REMEMBERED_SECONDS,
            path=request.root_path or "/",
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response
