"""Whatever people type, in any place where they can: an answer over HTTP, whose numbers agree."""

from __future__ import annotations

import csv
import io
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.limits import MAX_PER_PAGE, MAX_QUERY_CHARACTERS
from search.query.specification import SECTIONS
from tests.conftest import examples

_SIGNS = (
    *('"', "“", "”", "(", ")", "*", "?", "~", "~1", "~5", "=", "+", "-", "--", ":", ",", "..", "/"),
    *("\\", "|", "&&", "!", "^2", "[", "]", "{", "}", "<b>", "&", "%", "#", "'", "’", "\x00", "\t"),
    *(
        "\n",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ud7ff",
        "\U0001f600",
        "é",
        "e\u0301",
        "ＡＮＤ",
        "İ",
        "ß",
    ),
    *(" OR ", " ATAU ", " AND ", " DAN ", " NOT ", " TANPA ", " NEAR/5 ", " DEKAT/3 ", " ONEAR/2 "),
    *(" W/5 ", "judul:", "isi:", "awal:", "kalimat:", "sumber:", "site:", "intitle:", "tanggal:"),
    *("sejak:", "before:", "after:", "tempat:", "penulis:", "kategori:", "tanggal:tidak-ada", "7d"),
    *("minggu lalu", "2017-05", "17 agustus 2017", "3 hari terakhir", "kemarin", "0000", "31/02"),
)
_WORDS = ("gempa", "beras", "Jakarta", "di", "KPK", "2024", "yang", "kereta cepat", "a", "*a*")
TYPED = st.one_of(
    st.lists(st.sampled_from((*_SIGNS, *_WORDS, " ", " ")), max_size=25).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from([row.query for section in SECTIONS for row in section.rows]),
).map(lambda text: text[:MAX_QUERY_CHARACTERS])
SOME = settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def got(client: FlaskClient, address: str, **asked: Any) -> Any:
    answer = client.get(address, query_string=asked)
    assert answer.status_code == 200, answer.text
    return answer


@SOME
@given(typed=TYPED)
def test_any_query_has_one_total_in_every_form(client: FlaskClient, typed: str) -> None:
    found = got(client, "/api/v1/search", q=typed, per_page=MAX_PER_PAGE).json
    assert found["query"] == typed
    complete = [hit for hit in found["hits"] if not hit["missing"]]
    assert (len(complete), len(found["hits"])) == (found["total"], found["listed"])
    assert sum(bar["count"] for bar in found["histogram"]) + found["undated"] == (
        found["total"] or found["partial_total"]
    )
    whole = [hit["id"] for hit in found["hits"] if not (found["total"] and hit["missing"])]
    lines = got(client, "/search.jsonl", q=typed, fields="id").data.splitlines()
    assert [orjson.loads(line)["id"] for line in lines] == whole
    table = got(client, "/search.csv", q=typed, fields="id").data.decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == whole
    several = got(client, "/api/v1/searches", q=[typed, "gempa"], fields="query,total").json
    assert several["answers"][0] == {
        name: found[name]
        for name in ("query", "total", *(["corrected"] if found["corrected"] else []))
    }
    got(client, "/search", q=typed)


@SOME
@given(typed=TYPED.filter(bool))
@pytest.mark.parametrize("name", ["source", "exclude_place", "facet_query"])
def test_any_value_is_looked_for(client: FlaskClient, name: str, typed: str) -> None:
    found = got(client, "/api/v1/search", **{"q": "gempa", name: typed}).json
    assert found["total"] <= got(client, "/api/v1/search", q="gempa").json["total"]
    got(client, "/search", **{"q": "gempa", name: typed})


@SOME
@given(typed=TYPED)
def test_any_text_is_completed_and_analysed(client: FlaskClient, typed: str) -> None:
    got(client, "/api/v1/suggest", q=typed)
    got(client, "/api/v1/analyze", text=typed)


@SOME
@given(typed=TYPED)
@pytest.mark.parametrize("name", ["from", "to", "year", "month", "fields", "cursor"])
def test_any_other_value_is_taken_or_refused_by_its_name(
    client: FlaskClient, name: str, typed: str
) -> None:
    answer: Any = client.get("/api/v1/search", query_string={"q": "gempa", name: typed})
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert [one["parameter"] for one in answer.json["errors"]] == [name]
