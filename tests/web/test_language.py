"""The language of the pages, and that every sentence is in both."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from web import language

WEB = Path(language.__file__).parent


def said() -> set[str | tuple[str, ...]]:
    """The sentences that templates and modules ask translations of."""
    found = extract_from_dir(
        WEB,
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        keywords={"_": None, "gettext": None, "ngettext": (1, 2)},
    )
    return {message for _, _, message, _, _ in found}


def test_every_sentence_is_translated_and_every_translation_used() -> None:
    with language.CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="id")
    translated = {
        tuple(message.id) if message.pluralizable else message.id
        for message in catalogue
        if message.id
    }
    assert translated == said()
    for message in catalogue:
        if message.id:
            assert message.string
            assert all(message.string), message.id
            assert not message.fuzzy
            assert [str(error) for error in message.check(catalogue)] == []


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        (None, "id"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("en-GB,en;q=0.9", "en"),
        ("fr", "id"),
        ("fr,en;q=0.5", "en"),
        ("*", "id"),
        ("nonsense;q=x", "id"),
    ],
)
def test_the_browser_is_asked_and_indonesian_is_the_default(
    client: FlaskClient, accepted: str | None, spoken: str
) -> None:
    headers = {} if accepted is None else {"Accept-Language": accepted}
    answer = client.get("/", headers=headers)
    assert f'<html lang="{spoken}"' in answer.text
    assert answer.headers["Content-Language"] == spoken
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    cookie = client.get("/?lang=en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    answer = client.get("/", headers={"Accept-Language": "id"})
    assert '<html lang="en"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_language_that_is_not_spoken_is_not_remembered(client: FlaskClient) -> None:
    answer = client.get("/?lang=xx")
    assert '<html lang="id"' in answer.text
    assert "Set-Cookie" not in answer.headers
