"""Text files of one article."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.dates import iso_date
from index.sources import ProblemKind
from tests.index.sources.archive import kinds, packed, read, read_file

PARAGRAPHS = "PHNOM PENH – Rusia dan Kamboja bersahabat. Sudah lama.\n\nDuta Besar menegaskannya.\n"


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        ("", "Rusia dan Kamboja bersahabat", None),
        ("1 Juni 2023\n", "Rusia dan Kamboja bersahabat", "2023-06-01"),
        ("\n\n 1 Juni 2023 \n\n", "Rusia dan Kamboja bersahabat", "2023-06-01"),
        ("(1/6/2023)\n", "Rusia dan Kamboja bersahabat", "2023-06-01"),
        ("Kamis, 1 Juni 2023 10.15 WIB\nJudulnya\n", "Judulnya", "2023-06-01T10:15:00+07:00"),
        ("1 Juni 2023\n\nJudulnya?\n\n", "Judulnya?", "2023-06-01"),
        ("Judulnya\n", "Judulnya", None),
        ("Judulnya\n1 Juni 2023\n", "Judulnya", "2023-06-01"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_date_and_title_are_optional(
    tmp_path: Path, head: str, title: str, date: str | None, line_end: str
) -> None:
    content = (head + PARAGRAPHS).replace("\n", line_end).encode()
    [article], report = read_file(tmp_path, "a.txt", content)
    assert article.title == title
    assert article.date == (None if date is None else article.date)
    assert (article.date and iso_date(article.date)) == date
    assert article.body == PARAGRAPHS.strip()
    assert article.place == "Phnom Penh"
    assert not report.kinds


def test_a_first_paragraph_is_no_title(tmp_path: Path) -> None:
    for first in ("Kalimat utuh.", "“Kutipan.”", "Awal,", "x" * 151, "JAKARTA – Harga naik"):
        content = f"{first}\nLanjutan."
        [article], _ = read_file(tmp_path, "a.txt", content.encode())
        assert article.body == content


def test_a_single_line_is_a_body(tmp_path: Path) -> None:
    [article], _ = read_file(tmp_path, "a.txt", b"1 Juni 2023\nHanya satu baris")
    assert (article.title, article.body) == ("Hanya satu baris", "Hanya satu baris")


def test_an_impossible_date_is_reported_and_not_part_of_the_body(tmp_path: Path) -> None:
    [article], report = read_file(tmp_path, "a.txt", b"31 Februari 2023\nIsi berita.")
    assert (article.date, article.body) == (None, "Isi berita.")
    assert kinds(report) == {ProblemKind.BAD_DATE: 1}


@pytest.mark.parametrize("content", [b"", b" \n\n", b"1 Juni 2023\n", b"\0\0"])
def test_a_file_without_a_body_is_skipped(tmp_path: Path, content: bytes) -> None:
    articles, report = read_file(tmp_path, "a.txt", content)
    assert articles == []
    assert kinds(report)[ProblemKind.EMPTY_BODY] == 1


def test_bytes_are_repaired_as_in_every_format(tmp_path: Path) -> None:
    [article], report = read_file(tmp_path, "a.txt", b"\xef\xbb\xbf1 Juni 2023\ncaf\xe9 enak\0.")
    assert article.body == "café enak."
    assert article.date is not None
    assert kinds(report) == {ProblemKind.INVALID_UTF8: 1, ProblemKind.NUL_BYTE: 1}
    assert report.repaired == 1


def test_a_text_too_long_or_cut_off_is_skipped(tmp_path: Path) -> None:
    articles, report = read_file(tmp_path, "a.txt", b"x" * (16 * 2**20 + 1))
    assert (articles, kinds(report)) == ([], {ProblemKind.LINE_TOO_LONG: 1})
    articles, report = read_file(tmp_path, "a.txt.gz", packed(PARAGRAPHS.encode())[:-20])
    assert (articles, kinds(report)) == ([], {ProblemKind.TRUNCATED_PACKED: 1})


def test_the_seed_article(data: Path) -> None:
    [article], report = read(data / "seed")
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01"
    assert (article.place, article.source) == ("Phnom Penh", None)
    assert article.title == (
        "Rusia dan Kamboja telah mempertahankan “aliansi persahabatan” untuk memperkuat hubungan…"
    )
    assert article.body.startswith("PHNOM PENH – Rusia")
    assert not report.kinds
