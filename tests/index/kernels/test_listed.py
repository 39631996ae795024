"""What lists of hits show is told by the kernel as by the stored values themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from sys import getrefcount
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.article import Article
from index.clock import LATEST
from index.errors import FileDamaged
from index.fields import Facet
from index.kernels import kernel
from index.segments.container import Container, ContainerWriter
from index.segments.documents import Documents
from index.segments.records import BULK
from search.local.reading.snapshot import Snapshot, _shown
from tests.search.local.archives import write_archive

if TYPE_CHECKING:
    from index.kernels.listed import Listed

pytestmark = pytest.mark.skipif(kernel("listed") is None, reason="the kernels are not in use")

PLAIN = (
    Article("a", "Judul & <b>", "isi"),
    Article("b", "Judul", "isi", datetime(2024, 2, 29, 1, 2, 3, 4, UTC), "https://example.org/"),
    Article("c", "Judul", "isi" * 900, source="Kabar", author="Ä", derived_title=True),
)
OTHERS = (
    Article("d", "judul " * 300, "isi"),
    Article("e", "Judul \ud800", "isi"),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("listed")
    write_archive(path, [list(PLAIN), list(OTHERS)], set())
    found = Snapshot(path)
    yield found
    found.close()


def _documents(snapshot: Snapshot) -> list[Documents]:
    return [segment.documents for segment in snapshot.segments]


def test_records_of_articles_are_told(snapshot: Snapshot) -> None:
    kernel_, _ = (documents.listed for documents in _documents(snapshot))
    assert kernel_ is not None
    found = [kernel_.get(number) for number in range(len(PLAIN))]
    assert [one and one[:-1] for one in found] == [
        _shown(snapshot.hit(number))[:-1] for number in range(len(PLAIN))
    ]
    assert [one and one[-1] for one in found] == [len(one.body) for one in PLAIN]


def test_what_lists_show_is_told_with_titles_as_html_and_again(snapshot: Snapshot) -> None:
    numbers = [3, 0, 4, 1, 2]
    shown = [_shown(snapshot.hit(number))[:-1] for number in numbers]
    assert [html for _, _, html, *_ in shown] == [escape(title) for _, title, *_ in shown]
    assert [one[:-1] for one in snapshot.listed(numbers)] == shown
    assert [one[:-1] for one in snapshot.listed(numbers)] == shown


def test_bodies_are_those_of_the_articles(snapshot: Snapshot) -> None:
    numbers = list(range(len(PLAIN) + len(OTHERS)))
    found = snapshot.bodies_of(numbers, snapshot.listed(numbers))
    bodies = [snapshot.text(number, body) for number, body in zip(numbers, found, strict=True)]
    assert bodies == [one.body for one in PLAIN + OTHERS]


def test_a_body_of_which_the_size_is_wrong_is_damage(snapshot: Snapshot) -> None:
    documents, _ = _documents(snapshot)
    with pytest.raises(FileDamaged):
        documents.texts([0], [4])


def test_of_other_records_nothing_is_told(snapshot: Snapshot) -> None:
    _, kernel_ = (documents.listed for documents in _documents(snapshot))
    assert kernel_ is not None
    assert [kernel_.get(number) for number in range(len(OTHERS))] == [None, None]
    titles = [title for _, title, *_ in snapshot.listed([3, 4])]
    assert titles == [one.title for one in OTHERS]


@pytest.mark.parametrize("number", [-1, 3, 2**40])
def test_what_is_not_there_is_damage(snapshot: Snapshot, number: int) -> None:
    kernel_, _ = (documents.listed for documents in _documents(snapshot))
    assert kernel_ is not None
    with pytest.raises(FileDamaged):
        kernel_.get(number)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"[",
        b"[1, 2]",
        b"[{}, {}, {}]",
        b'[{}, {"id": "a"}]',
        b'[{}, {"id": "a", "title": 1}]',
        b'[{"date": 1}, {"id": "a", "title": "b"}]',
        b'[{"date": "2024-01-01T00:00:00+07:00"}, {"id": "a", "title": "b"}]',
        b'[{"date": "2024-01-01"}, {"id": "a", "title": "b"}]',
        b'[{"date": "9999-12-31T23:59:59"}, {"id": "a", "title": "b"}]',
        b'[{"url": "2024-01-01T00:00:00"}, {"id": "a", "title": "b"}]',
        b'[{}, {"id": "a", "title": "b", "url": 1}]',
        b'[{}, {"id": "a", "title": "b", "derived_title": 1}]',
        b'[{}, {"id": "a", "title": "b", "source": []}]',
        b'[{}, {"id": "a", "title": "b", "": [["title", 1]]}]',
        b'[{}, {"id": "a", "title": "b", "": [["body", -1]]}]',
        b'[{}, {"id": "a", "title": "b", "": [["body", 1], ["body", 1]]}]',
        b'[{},{"id":"","title":"a","body":"\xff"}]',
        b'[{},{"id":"\xff","title":"","id":""}]',
    ],
)
def test_records_that_are_none_are_left_to_who_says_so(record: bytes) -> None:
    assert listed_of(record).get(0) is None


def test_the_least_record_is_told() -> None:
    record = b'[{}, {"id": "a", "title": "b", "source": "c", "": [["body", 0]]}]'
    assert listed_of(record).get(0) == ("a", "b", "b", None, None, {"source": "c"}, 0)


@pytest.mark.parametrize(
    ("member", "size"), [('"": [["body", 7]]', 7), ('"url": null', None), ('"body": "c"', None)]
)
def test_the_size_of_a_body_is_told_where_it_is_elsewhere(member: str, size: int | None) -> None:
    found = listed_of(b'[{}, {"id": "a", "title": "b", %s}]' % member.encode()).get(0)
    assert found is not None
    assert found[-1] == size


def test_articles_with_the_same_values_of_facets_share_them() -> None:
    records = [b'[{},{"id":"%d","title":"b"%s}]' % (at, one) for at, one in enumerate(FACETS)]
    kernel_ = listed_of(*records)
    facets = [found[5] for at in range(len(FACETS)) if (found := kernel_.get(at))]
    same = {(one, other) for one in range(6) for other in range(6) if facets[one] is facets[other]}
    assert same == {(0, 1), (1, 0), *((at, at) for at in range(6))}
    a, long = Facet.SOURCE, "x" * 300
    assert facets[1:] == [{a: "A"}, {Facet.CATEGORY: "A"}, {a: "AA"}, {a: long}, {a: long}]


FACETS = (
    *(b',"source":"A"', b',"source":"A"', b',"category":"A"', b',"source":"AA"'),
    *(b',"source":"%s"' % (b"x" * 300), b',"source":"%s"' % (b"x" * 300)),
)


def test_no_reference_is_lost_of_what_all_share() -> None:
    kernel_ = listed_of(b'[{}, {"id":"a","title":"b","":[["body",5]]}]')
    before = getrefcount(True), getrefcount(False)
    for _ in range(1000):
        kernel_.get(0)
    after = getrefcount(True), getrefcount(False)
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) < 100


def listed_of(*records: bytes) -> Listed[Facet]:
    """The kernel over some records."""
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.doc", "documents")
    writer.add("stored", np.frombuffer(b"".join(records), np.uint8))
    writer.add("stored_at", np.cumsum([0, *map(len, records)], dtype=np.uint32))
    writer.finish({})
    container = Container(storage, "one.doc", "documents")
    facets = tuple((facet, facet.value) for facet in Facet)
    found: Listed[Facet] = kernel("listed").Listed(
        container["stored"], container["stored_at"], facets, BULK, LATEST
    )
    return found


def test_a_body_that_is_no_text_is_damage(snapshot: Snapshot) -> None:
    assert snapshot.text(0, b"isi") == snapshot.text(0, "isi") == "isi"
    with pytest.raises(FileDamaged):
        snapshot.text(0, b"\xff")


MEMBERS = (
    ('"id":"a"', '"title":"b"'),
    ('"title":"\u00e4 & b"', '"title":"\\u00e4"', '"title":null', '"id":"x"', '"id":true'),
    ('"url":"c"', '"url":null', '"url":true', '"url":1'),
    ('"source":"d"', '"source":null', '"author":"\u00e4"', '"place":false', '"source":"\\""'),
    ('"derived_title":true', '"derived_title":null', '"derived_title":"x"', '"date":null'),
    ('"date":"2024-01-01T00:00:00"', '"body":"e"', '"body":null', '"more":"f"', '"more":{}'),
    ('"":[["body",7]]', '"":[["body",07]]', '"":[["title",7]]', '"":null', '"more":"\x01"'),
)
"""What a record may have, blanks apart: with blanks it is read in the longer way."""


@given(
    st.lists(st.sampled_from([one for some in MEMBERS for one in some]), max_size=6),
    st.sampled_from(
        ["", '"date":"2024-02-29T01:02:03.000004"', '"date":"x"', '"date":1', '"x":""']
    ),
    st.sampled_from([b"", b"\xff", b" ", b"]", b'"', b"\\"]),
    st.integers(0, 200),
)
def test_what_is_told_soon_is_what_is_told_in_the_longer_way(
    members: list[str], moment: str, odd: bytes, at: int
) -> None:
    whole = '"id":"a","title":"b"' + "".join(f",{one}" for one in members)
    soon = f"[{{{moment}}},{{{whole}}}]".encode()
    soon = soon[:at] + odd + soon[at:]
    assert listed_of(soon).get(0) == listed_of(b"[ " + soon[1:]).get(0)


@given(st.text("ab&<>';é \u2014", max_size=40))
def test_a_title_is_told_as_html_has_it(title: str) -> None:
    told = listed_of(f'[{{}},{{"id":"a","title":"{title}"}}]'.encode()).get(0)
    assert told is not None
    assert told[1:3] == (title, escape(title))


_DAYS = ("0000-01-01", "0001-01-01", "2023-02-28", "2023-02-29", "2024-02-29", "2024-04-31")
_MORE_DAYS = ("2024-00-10", "2024-13-10", "2024-12-00", "2024-12-31", "2024/12/31", "9999-12-31")
_TIMES = ("00:00:00", "23:59:59", "24:00:00", "23:60:00", "23:59:60", "2a:00:00", "00.00.00")


@pytest.mark.parametrize("day", [*_DAYS, *_MORE_DAYS])
@pytest.mark.parametrize("time", _TIMES)
@pytest.mark.parametrize("between", ["T", " ", "x"])
def test_a_moment_is_told_soon_as_in_the_longer_way(day: str, time: str, between: str) -> None:
    record = f'{{"date":"{day}{between}{time}"}},{{"id":"a","title":"b"}}]'
    assert listed_of(f"[{record}".encode()).get(0) == listed_of(f"[ {record}".encode()).get(0)


def test_a_title_that_is_no_utf8_is_not_told_as_html() -> None:
    assert listed_of(b'[{},{"id":"a","title":"<\xff>"}]').get(0) is None
