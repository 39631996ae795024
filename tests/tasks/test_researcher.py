"""A researcher: wants everything, in a form that programs read, and the same numbers everywhere."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tasks.archive import ARTICLES, RIMBA, day, days, ids, where
from tests.tasks.reader import Page

Warta = Callable[..., str]
Ask = Callable[..., Any]

_QUERIES = ("banjir", "gempa", "korupsi", "kereta cepat")
_PATTERNS = (("banjir",), ("gempa",), ("korupsi",), ("kereta", "cepat"))


def _objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _years(*patterns: str) -> dict[str, int]:
    return dict(Counter((day(one) or "")[:4] for one in where(*patterns) if one.date))


def _counted(values: list[dict[str, Any]]) -> dict[str, int]:
    return {one["value"]: one["count"] for one in values}


def test_takes_the_texts_of_all_hits(start: Page, warta: Warta) -> None:
    """Semua artikel tentang banjir: id, tanggal, sumber, dan teksnya, satu per baris.

    All hits with their whole texts, a JSON object a line.
    """
    rows = _objects(
        warta("banjir", "--all", "--jsonl", "--fields", "id,date,source,body", "--partial", "off")
    )
    assert {one["id"]: one for one in rows} == {
        one.id: {"id": one.id, "date": day(one), "source": one.source, "body": one.body}
        for one in where("banjir")
    }
    assert list(rows[0]) == ["id", "date", "source", "body"]
    assert start.client.get(
        "/search.jsonl?q=banjir&fields=id,date,source,body&partial=off"
    ).text == (
        "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in rows)
    )


def test_counts_years_for_several_queries_at_once(ask: Ask) -> None:
    """Berapa berita per tahun untuk empat kata kunci? / Counts by year for several queries."""
    answers = ask(
        "searches", q=list(_QUERIES), fields="query,total,facets", facet_limit=100, partial="off"
    )["answers"]
    assert [one["query"] for one in answers] == list(_QUERIES)
    for answer, patterns in zip(answers, _PATTERNS, strict=True):
        assert answer["total"] == len(where(*patterns))
        assert _counted(answer["facets"]["year"]) == _years(*patterns)
        months = Counter((day(one) or "")[:7] for one in where(*patterns) if one.date)
        assert _counted(answer["facets"]["month"]) == dict(months)


def test_counts_for_the_queries_of_a_file(warta: Warta, tmp_path: Path) -> None:
    """Hal yang sama dari berkas kueri. / The same for the queries of a file, as JSON a line."""
    queries = tmp_path / "kueri.txt"
    queries.write_text("".join(f"k{n}\t{one}\n" for n, one in enumerate(_QUERIES)))
    rows = _objects(warta("--queries", str(queries), "--jsonl", "--fields", "total,facets"))
    assert [one["query_id"] for one in rows] == ["k0", "k1", "k2", "k3"]
    for row, patterns in zip(rows, _PATTERNS, strict=True):
        assert row["total"] == len(where(*patterns))
        assert _counted(row["facets"]["year"]) == _years(*patterns)


def test_tabulates_the_totals_of_a_file_of_queries(warta: Warta, tmp_path: Path) -> None:
    """Satu baris per kueri dengan totalnya, sebagai CSV. / A row a query with its total."""
    queries = tmp_path / "kueri.txt"
    queries.write_text("\n".join(_QUERIES))
    text = warta("--queries", str(queries), "--csv", "--fields", "total", "--year", "2024")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["query"]: int(row["total"]) for row in rows} == {
        query: len(where(*patterns, within="2024"))
        for query, patterns in zip(_QUERIES, _PATTERNS, strict=True)
    }
    assert "title" not in rows[0]


def test_walks_with_the_cursor(ask: Ask) -> None:
    """Ambil seluruh arsip tujuh-tujuh, tanpa ganda dan tanpa lubang. / A walk with the cursor."""
    seen: list[str] = []
    cursor = ""
    while True:
        answer = ask("search", sort="oldest", per_page=7, cursor=cursor, fields="id,next_cursor")
        seen += [one["id"] for one in answer["hits"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(ARTICLES)
    assert set(seen) == ids(ARTICLES)
    dated = {one.id: day(one) for one in ARTICLES}
    known = [dated[one] for one in seen if dated[one]]
    assert known == days(ARTICLES, newest=False)


@pytest.mark.parametrize("facet", ["source", "category", "place", "author"])
def test_reaches_every_value_of_a_facet(ask: Ask, facet: str) -> None:
    """Semua nilai faset, dua-dua. / Every value of a facet, two at a time."""
    expected = Counter(value for one in ARTICLES if (value := getattr(one, facet)))
    total = ask("search", fields="facet_totals")["facet_totals"][facet]
    assert total == len(expected)
    found: dict[str, int] = {}
    for offset in range(0, total, 2):
        answer = ask("search", fields="facets", facet_limit=2, facet_offset=offset)
        found |= _counted(answer["facets"][facet])
    assert found == dict(expected)


def test_leaves_values_out(ask: Ask, warta: Warta) -> None:
    """Tanpa kategori Ekonomi dan tanpa tahun 2023. / Without a category and without a year."""
    expected = {
        one.id
        for one in ARTICLES
        if one.category != "Ekonomi" and not (day(one) or "").startswith("2023")
    }
    answer = ask("search", exclude_category="Ekonomi", exclude_year=2023, per_page=100)
    assert {one["id"] for one in answer["hits"]} == expected
    rows = _objects(
        warta(*("--exclude-category", "ekonomi", "--exclude-year", "2023", "--all", "--jsonl"))
    )
    assert {one["id"] for one in rows} == expected


def test_gets_the_same_total_in_every_form(start: Page, ask: Ask, warta: Warta) -> None:
    """Totalnya sama di laman, API, CSV, JSONL, umpan, dan terminal. / One total, in all forms."""
    query = "(banjir OR longsor) -gundul"
    total = len(where("banjir|longsor", without="gundul"))
    page = start.search(query)
    assert page.count == total
    assert ask("search", q=query)["total"] == total
    assert ask("search", q=query, all="true", fields="id")["total"] == total
    assert ask("searches", q=query)["answers"][0]["total"] == total
    assert len(list(csv.DictReader(io.StringIO(page.fetch("(CSV)").text)))) == total
    assert len(page.fetch("(JSON)").get_json()["hits"]) == total
    assert start.client.get("/search.jsonl", query_string={"q": query}).text.count("\n") == total
    assert f"<description>{total} artikel" in page.fetch("RSS").text
    assert f"\n{total} artikel" in warta(query, "--per-page", "1")
    assert json.loads(warta(query, "--json"))["total"] == total
    assert warta(query, "--all", "--jsonl").count("\n") == total


def test_counts_only_what_has_all_words(ask: Ask) -> None:
    """Hanya yang memuat semua kata. / Only what has all of the words, and what some have beside."""
    strict = ask("search", q="beras kopi harga", partial="off")
    assert (strict["total"], strict["hits"]) == (len(where("beras", "kopi", r"\bharga")), [])
    loose = ask("search", q="beras kopi", per_page=100)
    assert {one["id"] for one in loose["hits"]} == ids(where("beras|kopi"))
    assert loose["total"] + loose["partial_total"] == len(where("beras|kopi"))


@pytest.mark.parametrize(
    ("query", "pattern"),
    [
        ("ekspor*", r"\bekspor"),
        ("*ekspor", r"ekspor\b"),
        ("b?njir", r"\bb\wnjir\b"),
        ("ke*an", r"\bke\w*an\b"),
        ("penyua*an OR suap*", r"\bpenyua\w*an\b|\bsuap"),
    ],
)
def test_searches_with_patterns(ask: Ask, query: str, pattern: str) -> None:
    """Semua bentuk kata menurut pola. / All forms of a word by a pattern."""
    found = ask("search", q=query, per_page=100)["hits"]
    assert {one["id"] for one in found} == ids(where(pattern))
    assert found


def test_searches_for_words_like_one(ask: Ask) -> None:
    """Ejaan yang meragukan: “gampa~1” menemukan gempa. / A doubtful spelling."""
    found = ask("search", q="gampa~1", per_page=100)["hits"]
    assert {one["id"] for one in found} == ids(where("gempa"))


def test_asks_where_a_score_comes_from(ask: Ask) -> None:
    """Mengapa artikel ini di atas? Jumlah bagiannya adalah skornya. / The parts of a score."""
    for hit in ask("search", q="harga beras", explain="true", partial="off")["hits"]:
        parts = sum(part["value"] for part in hit["explanation"]["parts"])
        assert hit["explanation"]["score"] == pytest.approx(hit["score"])
        assert parts * hit["explanation"]["factor"] == pytest.approx(hit["score"], rel=1e-4)


def test_knows_what_the_archive_holds(ask: Ask) -> None:
    """Apa isi arsip ini? / How many articles, of which days, of which sources?"""
    stats = ask("stats")
    assert stats["articles"] == len(ARTICLES)
    assert (stats["oldest"], stats["newest"]) == (days(ARTICLES)[-1], days(ARTICLES)[0])
    assert _counted(stats["facets"]["source"]) == dict(
        Counter(one.source for one in ARTICLES if one.source)
    )


def _process(archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "web.cli", "search", *arguments],
        env={**os.environ, "WARTA_INDEX": str(archive)},
        capture_output=True,
        text=True,
        check=True,
    )


def test_writes_a_table_of_everything_to_a_file(archive: Path, tmp_path: Path) -> None:
    """Ekspor seluruh Suara Rimba ke CSV. / A whole paper as CSV, by a process of its own."""
    done = _process(archive, "--source", RIMBA, "--all", "--csv", "--fields", "id,date,author")
    file = tmp_path / "rimba.csv"
    file.write_text(done.stdout, encoding="utf-8")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [
            (row["id"], row["date"] or None, row["author"] or None) for row in csv.DictReader(lines)
        ]
    assert sorted(rows) == sorted(
        (one.id, day(one), one.author) for one in ARTICLES if one.source == RIMBA
    )


def test_pipes_queries_into_a_process(archive: Path) -> None:
    """Kueri dari program lain lewat pipa. / Queries from another program, through a pipe."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "web.cli",
            "search",
            "--queries",
            "-",
            "--jsonl",
            "--fields",
            "total",
        ],
        input="banjir\ngempa\n",
        env={**os.environ, "WARTA_INDEX": str(archive)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [one["total"] for one in _objects(done.stdout)] == [
        len(where("banjir")),
        len(where("gempa")),
    ]


def test_sees_every_month_on_the_page(start: Page) -> None:
    """Semua bulan yang ada beritanya, lalu salah satunya. / Every month, then one of them."""
    months = Counter((day(one) or "")[:7] for one in ARTICLES if one.date)
    every = f"Per bulan ({len(months)})"
    page = start.search("").follow(every)
    said = page.text
    while page.links("Berikutnya"):
        page = page.follow("Berikutnya")
        said += page.text
    names = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    for month, count in months.items():
        assert f"{names.split()[int(month[5:]) - 1]} {month[:4]} {count}" in said, month
    chosen = start.search("").follow(every).follow("Mei 2018")
    assert len(chosen.hits) == months["2018-05"]
