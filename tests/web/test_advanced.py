"""The advanced form: what it is filled with, and where it leads."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient


def _filled(page: str) -> dict[str, str]:
    """The fields of the form that are filled in, by name."""
    form = page.partition('<div class="advanced">')[2]
    fields = dict(re.findall(r'<input id="(\w+)" name="\w+" value="([^"]+)"', form))
    chosen = re.findall(r'<select[^>]* name="(\w+)".*?value="([^"]*)" selected', form, re.DOTALL)
    return fields | dict(chosen)


def test_the_form_is_filled_with_the_search_that_led_to_it(client: FlaskClient) -> None:
    page = client.get(
        "/search/advanced?q=judul:(harga+beras)+-suap&source=Lintas+Niaga&exclude_source=a,b"
        "&from=2023-01-01&sort=newest"
    ).text
    assert _filled(page) == {
        "words": "harga beras",
        "none": "suap",
        "where": "judul",
        "distance": "5",
        "source": "Lintas Niaga, -&#34;a,b&#34;",
        "since": "2023-01-01",
        "sort": "newest",
    }


def test_results_lead_to_the_form_with_their_filters(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&source=Lintas+Niaga&page=2&per_page=1").text
    assert 'href="/search/advanced?q=beras&amp;source=Lintas+Niaga&amp;per_page=1"' in page


@pytest.mark.parametrize("distance", ["7", "100"])
def test_any_distance_of_a_query_stays(client: FlaskClient, distance: str) -> None:
    page = client.get(f"/search/advanced?q=a+NEAR/{distance}+b").text
    assert _filled(page)["distance"] == distance
    sent = client.get(f"/search/advanced?words=&near=a+b&distance={distance}")
    assert dict(parse_qsl(urlsplit(sent.location).query))["q"] == f"a NEAR/{distance} b"


@pytest.mark.parametrize(
    "arguments", ["q=%00", "page=x&q=beras", "distance=-1&words=%22", "year=x"]
)
def test_a_form_comes_of_any_address(client: FlaskClient, arguments: str) -> None:
    assert client.get(f"/search/advanced?{arguments}").status_code == 200


def test_what_is_sent_leads_to_its_results_in_their_order(client: FlaskClient) -> None:
    sent = client.get("/search/advanced?words=harga&none=beras&source=Lintas+Niaga&sort=newest")
    assert sent.status_code == 302
    asked = urlsplit(sent.location)
    assert asked.path == "/search"
    assert dict(parse_qsl(asked.query)) == {
        "q": 'harga -beras sumber:"Lintas Niaga"',
        "sort": "newest",
    }
    assert client.get(sent.location).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"), [("id", "Kueri terlalu panjang"), ("en", "The query is too long")]
)
def test_what_is_too_long_to_send_stays_in_the_form(
    client: FlaskClient, language: str, said: str
) -> None:
    words = " ".join(f"kata{number}" for number in range(300))
    response = client.get(
        "/search/advanced",
        query_string={"words": words, "none": "ambon", "sort": "oldest", "lang": language},
    )
    assert response.status_code == 200
    assert said in response.text
    filled = _filled(response.text)
    assert (filled["words"], filled["none"], filled["sort"]) == (words, "ambon", "oldest")


def test_an_empty_form_that_is_sent_stays(client: FlaskClient) -> None:
    assert "Pencarian lanjutan" in client.get("/search/advanced?words=").text


def test_what_is_typed_stands_escaped_in_the_form(client: FlaskClient) -> None:
    page = client.get("/search/advanced", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
