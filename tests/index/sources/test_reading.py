"""From sources to articles, with an account of everything."""

from __future__ import annotations

import csv
import io
import itertools
import json
import unicodedata
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.dates import WIB, iso_date
from index.errors import SourceError
from index.sources import ProblemKind, ReadReport, read_articles
from index.sources.text.cleaning import clean
from index.sources.text.markup import to_plain
from index.sources.values.notation import printed_value
from index.sources.values.placeholders import is_no_text, is_placeholder
from tests.conftest import examples
from tests.index.sources.archive import json_lines, kinds, packed, read, read_file, read_stdin

NAMES = ["a.txt", "a.jsonl", "a.json", "a.csv", "a.tsv", "a", "a.txt.gz", "a.jsonl.gz", "a.csv.gz"]


@pytest.mark.parametrize(
    ("content", "bodies"),
    [
        (b'{"isi": "a"}\n{"isi": "b"}\n', ["a", "b"]),
        (b' [{"isi": "a"}, {"isi": "b"}]', ["a", "b"]),
        (b'{\n"isi": "a"\n}', ["a"]),
        (b"judul,isi\nx,a\ny,b\n", ["a", "b"]),
        (b"judul\tisi\nx\ta\n", ["a"]),
        (
            b"1 Juni 2023\nJAKARTA - Harga naik.\nPasar ramai.",
            ["JAKARTA - Harga naik.\nPasar ramai."],
        ),
        (b"Kalimat, dengan koma.", ["Kalimat, dengan koma."]),
    ],
)
@pytest.mark.parametrize("name", ["arsip", "arsip.bak", "arsip.gz"])
def test_a_file_of_unknown_name_is_told_by_its_content(
    tmp_path: Path, name: str, content: bytes, bodies: list[str]
) -> None:
    articles, report = read_file(tmp_path, name, packed(content) if "gz" in name else content)
    assert [article.body for article in articles] == bodies
    assert not report.kinds


def test_a_picture_given_as_a_source_is_passed_over(tmp_path: Path) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
    articles, report = read_file(tmp_path, "foto.png", content)
    assert (articles, kinds(report)) == ([], {ProblemKind.UNKNOWN_FORMAT: 1})
    assert (report.read, report.skipped) == (0, 0)


def test_standard_input_is_json_lines_packed_or_not() -> None:
    content = json_lines({"id": 1, "isi": "a"}, {"id": 2, "isi": "b"})
    for given_content in (content, packed(content)):
        articles, _ = read_stdin(given_content)
        assert [article.id for article in articles] == ["1", "2"]


def test_standard_input_stands_among_other_sources(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Dari berkas.")
    articles, _ = read(path, "-", stdin=BytesIO(json_lines({"isi": "Dari pipa."})))
    assert [article.body for article in articles] == ["Dari berkas.", "Dari pipa."]


def test_a_mapping_names_fields_in_every_format(tmp_path: Path) -> None:
    mapping = {"title": "kepala", "body": "Naskah"}
    for name, content in {
        "a.jsonl": b'{"KEPALA": "t", "naskah": "b"}',
        "b.json": b'[{"kepala": "t", "Naskah": "b"}]',
        "c.csv": b"kepala,naskah\nt,b\n",
    }.items():
        [article], _ = read_file(tmp_path, name, content, mapping=mapping)
        assert (article.title, article.body) == ("t", "b")


def test_a_mapping_of_an_unknown_field_is_refused_at_once() -> None:
    with pytest.raises(SourceError, match="no field naskah"):
        read_articles(["-"], ReadReport(), mapping={"naskah": "isi"})


def test_repeated_ids_are_all_handed_on() -> None:
    articles, report = read_stdin(json_lines({"id": 1, "isi": "a"}, {"id": 1, "isi": "b"}))
    assert [(article.id, article.body) for article in articles] == [("1", "a"), ("1", "b")]
    assert not report.kinds


def test_an_article_with_two_repairs_is_repaired_once() -> None:
    _, report = read_stdin(json_lines({"isi": "a\0", "tanggal": "entah"}))
    assert kinds(report) == {ProblemKind.NUL_BYTE: 1, ProblemKind.BAD_DATE: 1}
    assert (report.read, report.accepted, report.repaired, report.skipped) == (1, 1, 1, 0)


def test_the_account_is_up_to_date_while_reading() -> None:
    report = ReadReport()
    content = json_lines(*({"isi": f"Isi {n}"} for n in range(3)))
    for number, _ in enumerate(read_articles(["-"], report, stdin=BytesIO(content)), start=1):
        assert (report.read, report.accepted) == (number, number)


@pytest.mark.parametrize(
    "bad", [b"rusak", b'{"isi": ""}', b'{"isi": "a\\u0000"}', b'{"isi": "a", "tanggal": "x"}']
)
def test_strict_stops_at_the_first_problem(bad: bytes) -> None:
    content = b'{"isi": "baik"}\n' + bad + b'\n{"isi": "tak sampai"}\n'
    reading = read_articles(["-"], ReadReport(), strict=True, stdin=BytesIO(content))
    assert next(reading).body == "baik"
    with pytest.raises(SourceError, match=r"^stdin:2: ") as caught:
        next(reading)
    assert caught.value.indonesian.startswith("stdin:2: ")


def test_strict_lets_pass_what_loses_no_article(tmp_path: Path) -> None:
    (tmp_path / "catatan.md").write_text("Bukan artikel.")
    (tmp_path / "a.txt").write_text("Artikel.")
    articles, _ = read(tmp_path, strict=True)
    assert len(articles) == 1


def test_a_line_of_fifty_megabytes_is_not_held_in_memory() -> None:
    class Endless(io.RawIOBase):
        """One long line of a GiB, then an article."""

        left = 2**30

        def read(self, size: int = -1) -> bytes:
            if self.left > 0:
                self.left -= size
                return b"x" * size
            article, self.article = self.article, b""
            return article

        article = b'\n{"isi": "akhir"}'

    articles, report = read("-", stdin=Endless())
    assert [article.body for article in articles] == ["akhir"]
    assert kinds(report) == {ProblemKind.LINE_TOO_LONG: 1}


def test_a_corpus_of_every_trouble_is_accounted_for(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'{"isi": "satu"}\n{"isi": \n{"isi": ""}\n{"isi": "dua \xe9"}\n'
        b'{"isi": "' + b"x" * 17 * 2**20 + b'"}\n{"isi": "nul \\u0000"}\n'
    )
    (tmp_path / "b.jsonl.gz").write_bytes(packed(json_lines({"isi": "tiga"}))[:-9])
    (tmp_path / "c.csv").write_text("judul,gambar\na,b\n")
    (tmp_path / "d.txt").write_text("")
    (tmp_path / "e.jsonl").symlink_to(tmp_path / "tidak-ada")
    articles, report = read(tmp_path)
    assert [article.body for article in articles] == ["satu", "dua é", "nul", "tiga"]
    assert kinds(report) == {
        ProblemKind.BROKEN_JSON: 1,
        ProblemKind.EMPTY_BODY: 2,
        ProblemKind.INVALID_UTF8: 1,
        ProblemKind.LINE_TOO_LONG: 1,
        ProblemKind.NUL_BYTE: 1,
        ProblemKind.TRUNCATED_PACKED: 1,
        ProblemKind.MISSING_COLUMN: 1,
        ProblemKind.UNREADABLE_FILE: 1,
    }
    assert (report.read, report.repaired, report.skipped) == (11, 2, 7)


def is_a_value(text: str) -> bool:
    """Scrapers write nothing of the kind where they have no value."""
    return not (is_placeholder(text) or is_no_text(text)) and printed_value(text) is None


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff"),
    min_size=1,
).map(lambda text: to_plain(clean(text, "body", [])))
PLAIN = PLAIN.filter(bool)
LINE = PLAIN.map(lambda text: " ".join(text.split())).filter(bool).filter(is_a_value)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=LINE.filter(lambda text: len(text) <= 500),
        title=LINE,
        body=PLAIN.map(str.strip).filter(bool).filter(is_a_value),
        date=st.none()
        | st.datetimes(datetime(1500, 1, 2), datetime(2200, 12, 30)).map(
            lambda moment: moment.replace(tzinfo=WIB)
        ),
        url=st.none() | LINE,
        source=LINE,
        category=st.none() | LINE,
        place=LINE,
        author=st.none() | LINE,
    ),
    max_size=5,
)


def fields(article: Article) -> dict[str, str | None]:
    """The article as an archive would write it."""
    date = None if article.date is None else iso_date(article.date)
    return {
        "id": article.id,
        "judul": article.title,
        "isi": article.body,
        "tanggal": date,
        "tautan": article.url,
        "sumber": article.source,
        "kategori": article.category,
        "lokasi": article.place,
        "penulis": article.author,
    }


def as_csv(articles: list[Article]) -> bytes:
    out = io.StringIO()
    names = list(fields(Article("", "", "")))
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(map(fields, articles))
    return out.getvalue().encode()


def as_json(articles: list[Article]) -> bytes:
    return json.dumps([fields(article) for article in articles]).encode()


def as_json_lines(articles: list[Article]) -> bytes:
    return json_lines(*map(fields, articles))


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.jsonl", as_json_lines), ("a.json.gz", as_json), ("a.csv", as_csv)],
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(articles=ARTICLES)
def test_articles_come_back_as_they_were_written(
    tmp_path: Path, name: str, write: Callable[[list[Article]], bytes], articles: list[Article]
) -> None:
    content = write(articles)
    read_back, report = read_file(tmp_path, name, packed(content) if "gz" in name else content)
    nfc = [json.loads(json.dumps(fields(article))) for article in read_back]
    assert not report.kinds
    assert [normal(fields(article)) for article in articles] == nfc


def normal(values: dict[str, str | None]) -> dict[str, str | None]:
    """The fields in the form in which every article is kept."""
    author = values["penulis"]
    if author is not None:
        values = {**values, "penulis": author.replace(" ,", ",")}  # as scrapers join names
    return {
        name: None if value is None else unicodedata.normalize("NFC", value)
        for name, value in values.items()
    }


PIECES = st.sampled_from(
    [
        *(b'{"isi": "a"}', b'{"body": "', b'"}', b"[", b"]", b"{", b"}", b",", b"\n", b"\r\n"),
        *(b'"', b";", b"\t", b"isi,judul\n", b"judul;isi;tanggal\n", b"\xef\xbb\xbf", b"\0"),
        *(b"1 Juni 2023\n", b"JAKARTA \xe2\x80\x93 ", b"\xe9", b"\\ud800", b"\\u0000", b"NaN"),
        *(b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\xff", b"1e999", b'"id": 1e30', b'"date": 99,'),
    ]
)


@pytest.mark.parametrize("name", NAMES)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=examples(40),
)
@given(content=st.lists(PIECES | st.binary(max_size=9)).map(b"".join), pack=st.booleans())
def test_any_bytes_in_any_format_are_accounted_for(
    tmp_path: Path, name: str, content: bytes, pack: bool
) -> None:
    articles, report = read_file(tmp_path, name, packed(content) if pack else content)
    again, _ = read(tmp_path / name)
    assert articles == again
    for article in articles:
        assert article.body.strip()
        assert article.title
        assert 0 < len(article.id) <= 500
        assert article.id.isprintable() or not any(c < " " for c in article.id)
        assert repr(article).encode()
    for problem in report.examples:
        assert str(problem).encode()
        assert problem.indonesian.encode()


def test_every_real_article_is_accepted(data: Path) -> None:
    """All 27,091, of which only wrong letters are repaired, with ids that stay the same."""
    path = data / "news" / "articles-27k.jsonl.gz"
    articles, report = read(path)
    assert (report.read, report.skipped) == (27_091, 0)
    assert set(report.kinds) <= {ProblemKind.MOJIBAKE}
    assert report.bytes_read == path.stat().st_size
    assert len({article.id for article in articles}) == 27_091
    assert all(article.title for article in articles)
    again = read_articles([path], ReadReport())
    assert [a.id for a in itertools.islice(again, 1000)] == [a.id for a in articles[:1000]]


@pytest.mark.parametrize("line", ["Berita utama", "Artikel", "Isi", "Berita utama, 5 Mei 2020"])
def test_a_text_of_no_known_ending_may_begin_with_the_name_of_a_field(
    tmp_path: Path, line: str
) -> None:
    content = f"{line}\nHarga beras naik di pasar, kata pedagang.\nPembeli mengeluh.\n".encode()
    (article,), _ = read_file(tmp_path, "catatan", content)
    assert article.body.endswith("Pembeli mengeluh.")


@pytest.mark.parametrize("deep", ["[" * 1000 + "]" * 1000, "[" + "new " * 3000 + "]"])
def test_a_text_of_brackets_ends_no_reading(tmp_path: Path, deep: str) -> None:
    title, body = {"judul": deep, "isi": "a"}, {"judul": "a", "isi": deep}
    others = {"judul": "a", "isi": "b", "penulis": deep, "tanggal": deep}
    articles, _ = read_file(tmp_path, "a.jsonl", json_lines(title, body, others))
    assert len(articles) == 3
    articles, _ = read_file(tmp_path, "a.csv", f'judul,isi\n"{deep}",a\nb,"{deep}"\n'.encode())
    assert len(articles) == 2
    almost = f'{{"isi": "a"}}\n{{"isi": "b", "x": {deep}}}\n'.encode()
    articles, _ = read_file(tmp_path, "b.jsonl", almost)
    assert articles[0].body == "a"
