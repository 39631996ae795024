from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from index.fields import Facet
from search.response import Hit
from search.table import COLUMNS, table

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def hit(text: str) -> Hit:
    return Hit(text, text, text, text, text, NOW, dict.fromkeys(Facet, text), 1.5, (text,), 0)


def rows(*batches: list[Hit]) -> list[dict[str, str]]:
    text = b"".join(table(batches)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(st.text(alphabet="=+-@\t\r\n＝,;\"'a", min_size=1, max_size=8))
def test_no_cell_is_a_formula_and_none_is_lost(text: str) -> None:
    (row,) = rows([hit(text)])
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        assert not re.search(r"[;\t]\s*[=+@-]", cell)
    assert row["title"].replace("'", "") == text.replace("'", "")


def test_batches_follow_each_other_under_one_header() -> None:
    first, second, third = hit("satu"), hit("dua"), hit("tiga")
    pieces = list(table([[first, second], [third]]))
    assert len(pieces) == 2
    assert pieces[0].decode().splitlines()[0] == ",".join(COLUMNS)
    assert [row["id"] for row in rows([first, second], [third])] == ["satu", "dua", "tiga"]


def test_without_hits_the_table_has_its_header() -> None:
    assert b"".join(table([[]])).decode().split() == [",".join(COLUMNS)]


def test_author_url_and_missing_words_are_among_the_fields() -> None:
    found = replace(hit("a"), facets={Facet.AUTHOR: "Sari"}, url=None, missing=("lombok", "=a"))
    (row,) = rows([found])
    assert (row["author"], row["source"], row["url"]) == ("Sari", "", "")
    assert row["missing"] == "lombok | =a"


def test_chosen_columns_stand_in_their_order() -> None:
    found = replace(hit("a"), missing=("x", "y"), body="isi", score=None)
    text = b"".join(table([[found]], ("body", "missing", "score", "explanation"))).decode()
    assert text == "body,missing,score,explanation\r\nisi,x | y,,\r\n"
