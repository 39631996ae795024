from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from web.app import create_app
from web.caching import program_fingerprint
from web.state import EXTENSION

CACHED = [
    "/api/v1/search?q=gempa",
    "/search.json?q=gempa",
    "/search.rss?q=gempa",
    "/search.atom?q=gempa",
    "/search.csv?q=gempa",
    "/api/v1/articles/a1",
    "/api/v1/articles/a1/similar",
    "/api/v1/articles?id=a1",
    "/api/v1/similar?id=a1",
    "/api/v1/suggest?q=k",
    "/api/v1/stats",
    "/api/v1/openapi.json",
    "/api/v1/analyze?text=membaca",
    "/api",
]

PAGES = [
    "/",
    "/search?q=gempa",
    "/search/values?facet=source&q=gempa",
    "/search/advanced?q=gempa",
    "/help",
]


@pytest.mark.parametrize("address", CACHED)
def test_a_copy_is_confirmed_by_its_etag(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    etag = first.headers["ETag"]
    assert etag.startswith('W/"')
    assert "no-cache" in first.headers["Cache-Control"]
    assert {"Accept-Language", "Accept-Encoding", "Cookie"} <= set(first.vary)
    again = client.get(address, headers={"If-None-Match": f'"another", {etag}'})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert "Content-Security-Policy" in again.headers


def test_what_decides_an_answer_decides_its_etag(client: FlaskClient) -> None:
    base = "/api/v1/search?q=gempa"
    etags = [
        client.get(base).headers["ETag"],
        client.get(f"{base}&page=2").headers["ETag"],
        client.get(base, headers={"Accept-Language": "en"}).headers["ETag"],
        client.get(base, headers={"Host": "lain.example"}).headers["ETag"],
        client.get("/search.json?q=gempa").headers["ETag"],
    ]
    assert client.get(base).headers["ETag"] == etags[0]
    client.set_cookie("theme", "dark")
    etags.append(client.get(base).headers["ETag"])
    assert len(set(etags)) == len(etags)


def test_another_program_makes_old_copies_stale(sample_index: Path) -> None:
    etags = set()
    for fingerprint in ("lama", "baru"):
        app = create_app(sample_index)
        state = app.extensions[EXTENSION]
        app.extensions[EXTENSION] = replace(state, fingerprint=fingerprint)
        etags.add(app.test_client().get("/api/v1/search?q=gempa").headers["ETag"])
    assert len(etags) == 2


def test_errors_are_not_kept_and_not_confirmed(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?page=0", headers={"If-None-Match": "*"})
    assert response.status_code == 400
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_a_new_generation_makes_old_copies_stale(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path / "index")
    target.rebuild(ARCHIVE[:3], BuildOptions())
    client = create_app(tmp_path / "index").test_client()
    first = client.get("/api/v1/search")
    target.rebuild(ARCHIVE, BuildOptions())
    second = client.get("/api/v1/search", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert [answer.json and answer.json["total"] for answer in (first, second)] == [3, 12]


@pytest.mark.parametrize("changed", ["index/a.py", "web/templates/a.html", "web/static/a.css"])
def test_the_programs_fingerprint_changes_with_any_file_of_it(tmp_path: Path, changed: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for root in (one, other):
        for name in ("index/a.py", "search/a.py", "web/templates/a.html", "web/static/a.css"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("a")
    before = program_fingerprint(one)
    assert program_fingerprint(other) == before
    (other / "data.bin").write_text("b")
    assert program_fingerprint(other) == before
    (other / changed).write_text("b")
    assert program_fingerprint(other) != before


@pytest.mark.parametrize("address", [*CACHED[:5], *PAGES, "/static/base.css"])
def test_texts_are_compressed_for_whoever_accepts_it(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=40)
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity", "br", ""])
def test_nobody_is_sent_gzip_against_their_will(client: FlaskClient, accepted: str) -> None:
    response = client.get("/api/v1/search", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in response.headers


def test_short_answers_are_left_alone(client: FlaskClient) -> None:
    response = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


def test_a_compressed_static_file_is_confirmed_too(client: FlaskClient) -> None:
    accept = {"Accept-Encoding": "gzip"}
    etag = client.get("/static/base.css", headers=accept).headers["ETag"]
    again = client.get("/static/base.css", headers={**accept, "If-None-Match": etag})
    assert again.status_code == 304
