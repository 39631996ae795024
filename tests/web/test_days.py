"""Days in addresses and on the pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from index.clock import microseconds
from index.dates import WIB, local_today
from search.cursor import Cursor
from search.request import Sort
from tests.web.test_pages import links, text
from web import caching
from web.parameters import search_request


def get(client: FlaskClient, **parameters: str) -> Any:
    return client.get(f"/api/v1/search?{urlencode(parameters)}").json


@pytest.mark.parametrize(
    ("parameters", "first", "last"),
    [
        ({"from": "2023", "to": "2023"}, date(2023, 1, 1), date(2023, 12, 31)),
        ({"from": "juni 2023"}, date(2023, 6, 1), None),
        ({"to": "2023-06"}, None, date(2023, 6, 30)),
        ({"from": "1/6/2023", "to": "1-5 juni 2023"}, date(2023, 6, 1), date(2023, 6, 5)),
        ({"from": "sejak 2023"}, date(2023, 1, 1), None),
    ],
)
def test_the_ends_of_days_in_an_address_are_as_wide_as_in_queries(
    parameters: dict[str, str], first: date | None, last: date | None
) -> None:
    asked = search_request(MultiDict(parameters))
    assert (asked.date_from, asked.date_to) == (first, last)


def test_days_that_may_be_read_otherwise_are_said(client: FlaskClient) -> None:
    found = get(client, q="gempa", **{"from": "10/1/2024", "to": "2024"})
    assert [note["message"] for note in found["notes"]] == ["“10/1/2024”: sejak 10 Januari 2024."]
    assert "sejak 10 Januari 2024" in text(client.get("/search?q=gempa&from=10/1/2024").text)
    assert get(client, q="gempa", **{"from": "2024-01-10"})["notes"] == []


@pytest.mark.parametrize("month", ["2024-01", "januari 2024", "January 2024", "1/2024"])
def test_months_in_an_address_are_named_as_in_queries(client: FlaskClient, month: str) -> None:
    assert search_request(MultiDict({"month": month})).months == ("2024-01",)
    assert get(client, q="gempa", month=month)["total"] == 3
    assert get(client, q="gempa", exclude_month=month)["total"] == 0


def test_days_in_an_address_count_from_today() -> None:
    before = local_today()
    asked = search_request(MultiDict({"from": "7d", "to": "kemarin"}))
    assert asked.today in {before, local_today()}
    assert (asked.date_from, asked.date_to) == (
        asked.today - timedelta(days=6),
        asked.today - timedelta(days=1),
    )


def test_with_a_cursor_they_count_from_the_day_of_its_first_page() -> None:
    begun = datetime(2024, 1, 12, 23, 59, tzinfo=WIB)
    cursor = Cursor(Sort.RELEVANCE, 2, 1.0, 0, 0, microseconds(begun)).encode()
    asked = search_request(MultiDict({"from": "kemarin", "cursor": cursor}))
    assert asked.today == date(2024, 1, 12)
    assert asked.date_from == date(2024, 1, 11)


@pytest.mark.parametrize("value", ["agustus", "2023-02-30", "tidak-ada", "..2023", "7x", "\u0000"])
def test_what_names_no_day_to_begin_with_is_refused_with_what_is_allowed(
    client: FlaskClient, value: str
) -> None:
    answer: Any = client.get(f"/api/v1/search?{urlencode({'from': value})}")
    assert answer.status_code == 400
    assert "minggu lalu" in answer.json["errors"][0]["allowed"]


def test_the_api_tells_and_offers_days(client: FlaskClient) -> None:
    found = get(client, q="gempa tanggal:2024-01")
    assert found["total"] == 3
    assert found["notes"] == []
    assert found["understood"][1]["text"] == "Januari 2024"
    told = get(client, q="gempa tanggal:16/06/2025")["notes"]
    assert told[0]["message"] == "“16/06/2025”: 16 Juni 2025."
    assert get(client, q="gempa januari 2024")["offers"] == [
        {"label": "Hanya Januari 2024", "query": "gempa tanggal:2024-01"}
    ]
    english = get(client, q="gempa januari 2024", lang="en")["offers"]
    assert english[0]["label"] == "Only January 2024"


def test_a_page_offers_days_that_stand_among_words(client: FlaskClient) -> None:
    page = client.get("/search?q=gempa+januari+2024").text
    assert "Hanya Januari 2024" in text(page)
    assert "/search?q=gempa+tanggal%3A2024-01" in [link.replace(":", "%3A") for link in links(page)]
    assert "offers" not in client.get("/search?q=gempa").text


@pytest.mark.parametrize("query", ["", "perpustakaan", "perpustakaan OR gempa", '"perpustakaan'])
def test_the_undated_are_counted_beside_the_histogram_and_led_to(
    client: FlaskClient, query: str
) -> None:
    page = client.get(f"/search?{urlencode({'q': query})}").text
    (link,) = (one for one in links(page) if "tidak-ada" in one)
    undated = get(client, q=query)["undated"]
    assert f"tanpa tanggal: {undated}" in text(page)
    assert get(client, q=parse_qs(urlsplit(link).query)["q"][0])["total"] == undated


def test_days_of_the_form_stay_as_the_browser_gives_them(client: FlaskClient) -> None:
    page = client.get("/search?q=gempa&from=januari+2024&to=2024").text
    assert 'type="date" form="search-form" value="2024-01-01"' in page
    assert 'type="date" form="search-form" value="2024-12-31"' in page


def test_days_in_the_wrong_order_are_swapped_however_they_are_written(client: FlaskClient) -> None:
    page = client.get("/search?q=gempa&from=2025&to=januari+2024").text
    assert "ditukar" in text(page)
    assert 'value="2024-01-01"' in page
    assert 'value="2025-12-31"' in page


def test_a_feed_stays_as_relative_as_its_query(client: FlaskClient) -> None:
    feed = client.get("/search.rss?q=gempa+tanggal:minggu-lalu").text
    assert "tanggal%3Aminggu-lalu" in feed or "tanggal:minggu-lalu" in feed


@pytest.mark.parametrize("query", ["from=3000+hari+terakhir", "to=tahun+lalu", "from=3000d"])
def test_days_that_count_from_today_go_on_counting_in_all_links(
    client: FlaskClient, query: str
) -> None:
    page = client.get(f"/search?q=gempa&{query}").text
    name, _, value = query.partition("=")
    led = [parse_qs(urlsplit(link).query) for link in links(page) if "q=gempa" in link]
    kept = [one[name] for one in led if name in one and len(one.keys() & {"from", "to"}) == 1]
    assert [value.replace("+", " ")] in kept
    bars = [one for one in led if one.keys() >= {"from", "to"}]
    assert all(one[name] != [value.replace("+", " ")] for one in bars)
    assert value in client.get(f"/search.rss?q=gempa&{query}").text.replace("%20", "+")


def test_an_answer_tells_which_days_a_filter_meant(client: FlaskClient) -> None:
    last = local_today().year - 1
    told = get(client, q="gempa", **{"from": "2023", "to": "tahun lalu"})["notes"]
    assert [one["message"] for one in told] == [f"“tahun lalu”: sampai 31 Desember {last}."]


def test_days_without_a_count_have_one_address(client: FlaskClient) -> None:
    page = client.get("/search?q=gempa&from=1/6/2023").text
    assert "from=2023-06-01" in page
    assert "from=1/6/2023" not in page.replace("%2F", "/").split("</main>")[0].split("<main")[1]


def test_a_part_is_taken_out_and_the_rest_goes_on_counting(client: FlaskClient) -> None:
    parts = get(client, q="gempa sejak:3000 hari terakhir bali")["understood"]
    assert [one["query"] for one in parts] == [
        'sejak:"3000 hari terakhir" bali',
        "gempa bali",
        'gempa sejak:"3000 hari terakhir"',
    ]


@pytest.mark.parametrize("address", ["/search.rss", "/api/v1/search"])
def test_a_copy_of_an_answer_is_confirmed_until_midnight(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def asked(day: date, etag: str = "") -> Any:
        monkeypatch.setattr(caching, "local_today", lambda: day)
        return client.get(f"{address}?q=sejak:7d+OR+gempa", headers={"If-None-Match": etag})

    today = local_today()
    copy = asked(today).headers["ETag"]
    assert asked(today, copy).status_code == 304
    tomorrow = asked(today + timedelta(days=1), copy)
    assert tomorrow.status_code == 200
    assert tomorrow.headers["ETag"] != copy
