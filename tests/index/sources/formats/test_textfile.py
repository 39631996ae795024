"""Text files of one article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import iso_date
from index.sources import ProblemKind
from index.sources.formats.textfile import read_text
from index.sources.record import Record
from index.sources.text.plain_yaml import read_plain_yaml
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


BODY = "JAKARTA - Harga beras naik. Pasar ramai."


@pytest.mark.parametrize(
    "title",
    [
        "Timnas Menang, 19 Juni 2025 21:30 WIB",
        "Jadwal Sholat 19 Juni 2025 04:30 WIB",
        "Laporan: Banjir Bandang",
    ],
)
def test_a_first_line_that_may_be_a_title_is_one(tmp_path: Path, title: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", f"{title}\n{BODY}\n".encode())
    assert (article.title, article.author) == (title, None)


def test_a_name_with_a_date_over_a_title_is_an_author(tmp_path: Path) -> None:
    head = "Rina Tan, 19 Juni 2025 21:30 WIB\nHarga beras naik"
    [article], _ = read_file(tmp_path, "a.txt", f"{head}\n{BODY}\n".encode())
    assert (article.title, article.author) == ("Harga beras naik", "Rina Tan")


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("Judul\nDiperbarui 17 Jun 2025, 17:00 WIB", {"date": "2025-06-17T17:00:00+07:00"}),
        ("Judul\n, Jurnalis-Senin, 16 Juni 2025 |15:20 WIB", {"date": "2025-06-16T15:20:00+07:00"}),
        ("Judul\n05/04/17 13:26", {"date": "2017-04-05T13:26:00+07:00"}),
        ("Judul\n19 Juni 12:34 2025", {"date": "2025-06-19T12:34:00+07:00"}),
        ("Judul\nBogor, 5 Mei 2023", {"date": "2023-05-05", "place": "Bogor"}),
        ("Bogor, 5 Mei 2023\nJudul", {"date": "2023-05-05", "place": "Bogor"}),
        (
            "Judul\nKompas.com - 19/06/2025, 09:12 WIB\nRina Tan\nPenulis\n",
            {"date": "2025-06-19T09:12:00+07:00", "source": "Kompas.com", "author": "Rina Tan"},
        ),
        (
            "Judul\nRina Tan\nPenulis\nBudi Raya\nEditor\nSenin, 19/06/2025\n12 komentar",
            {"date": "2025-06-19", "author": "Rina Tan"},
        ),
        (
            "Judul\nRina Tan - detikNews\nKamis, 19 Jun 2025 09:12 WIB",
            {"date": "2025-06-19T09:12:00+07:00", "source": "detikNews", "author": "Rina Tan"},
        ),
        ("Oleh: Rina Tan\nJudul\n1 Juni 2023", {"date": "2023-06-01", "author": "Rina Tan"}),
        ("Judul\nEditor: Budi Raya", {"author": "Budi Raya"}),
        (
            "Judul\nDiperbarui: 2 Juni 2023 11:00\nTayang: 1 Juni 2023 10:15",
            {"date": "2023-06-01T10:15:00+07:00"},
        ),
    ],
)
def test_the_head_names_date_place_source_and_author(
    tmp_path: Path, head: str, facts: dict[str, str]
) -> None:
    [article], report = read_file(tmp_path, "a.txt", f"{head}\n\n{BODY}\n".encode())
    assert (article.title, article.body) == ("Judul", BODY)
    given = {"date": article.date and iso_date(article.date), "place": article.place}
    given |= {"source": article.source, "author": article.author}
    assert given == {"date": None, "place": "Jakarta", "source": None, "author": None} | facts
    assert not report.kinds


@pytest.mark.parametrize(
    "line",
    [
        "Jakarta, 5 Mei 2023 - Presiden membuka pasar.",
        "Pada 5 Mei 2023 warga pulang.",
        "Subjudul Pendek",
        "Penulis novel itu wafat pada 5 Mei 2023",
        "12 komentar",
    ],
)
def test_what_is_not_certain_stays_in_the_body(tmp_path: Path, line: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", f"Judul\n{line}\n1 Juni 2023\n{BODY}".encode())
    assert article.title == "Judul"
    assert article.body == f"{line}\n1 Juni 2023\n{BODY}"
    assert article.date is None


def test_an_unexplained_line_over_a_date_with_a_time_stays_in_the_body(tmp_path: Path) -> None:
    content = f"Judul\nSari\nKamis, 19 Jun 2025 09:12 WIB\n\n{BODY}".encode()
    [article], _ = read_file(tmp_path, "a.txt", content)
    assert article.date is not None
    assert (article.author, article.body) == (None, f"Sari\n\n{BODY}")


def test_a_relative_date_is_told_and_not_part_of_the_body(tmp_path: Path) -> None:
    [article], report = read_file(tmp_path, "a.txt", f"Judul\n2 jam yang lalu\n{BODY}".encode())
    assert (article.date, article.body) == (None, BODY)
    assert kinds(report) == {ProblemKind.RELATIVE_DATE: 1}


def test_the_date_line_of_a_news_site(data: Path) -> None:
    [article], report = read(data / "wild" / "date-line.txt")
    assert article.date is not None
    assert iso_date(article.date) == "2025-06-19T09:12:00+07:00"
    assert (article.place, article.source, article.author) == ("Jakarta", "Kompas.com", "Rina Tan")
    assert article.title == "Harga Beras Naik Lagi di Jakarta"
    assert article.body.startswith("JAKARTA, KOMPAS.com - Harga beras naik.")
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


def test_what_stands_between_title_and_date_is_the_text_where_nothing_follows(
    tmp_path: Path,
) -> None:
    content = (
        b"Banjir besar di Jakarta\nKeterangan pendek\nSenin, 1 Juni 2023 10:15 WIB\nPenulis: Budi\n"
    )
    [article], report = read_file(tmp_path, "a.txt", content)
    assert (article.title, article.body) == ("Banjir besar di Jakarta", "Keterangan pendek")
    assert (article.author, article.date is not None) == ("Budi", True)
    assert not report.kinds


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


FRONT = """---
title: "Harga beras: naik"
date: 2023-06-01 10:15
author: Rina Tan
categories: [Ekonomi, 'Pangan']
tags:
  - beras
draft: false
---

"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_head_between_lines_of_hyphens_tells_the_fields(tmp_path: Path, line_end: str) -> None:
    [article], report = read_file(tmp_path, "a.md", (FRONT + BODY).replace("\n", line_end).encode())
    assert article.title == "Harga beras: naik"
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01T10:15:00+07:00"
    assert (article.author, article.category) == ("Rina Tan", "Ekonomi, Pangan")
    assert article.body == BODY
    assert not report.kinds


def test_a_head_may_be_toml(tmp_path: Path) -> None:
    text = f"+++\ntitle = 'Harga beras'\ndate = 2023-06-01\n+++\n{BODY}"
    [article], _ = read_file(tmp_path, "a.txt", text.encode())
    assert (article.title, article.body) == ("Harga beras", BODY)


@pytest.mark.parametrize(
    "text",
    [
        f"---\nIni teks biasa.\n---\n{BODY}",
        f"---\njudul: tanpa akhir\n{BODY}",
        f"---\n{BODY}\n---",
        f"---\nPresiden: Kita harus bekerja.\nWartawan: Kapan mulai?\n---\n{BODY}",
        f"---\nBaca juga: Harga gula turun\n---\n{BODY}",
        f"+++\ntitle = tanpa tanda kutip\n+++\n{BODY}",
        f"+++\nx = {'[' * 20000}\n+++\n{BODY}",
        f"+++\ntitle = 'Harga beras'\n{'a.' * 200_000}a = 1\n+++\n{BODY}",
    ],
)
def test_lines_between_rules_that_are_no_head_are_text(tmp_path: Path, text: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", text.encode())
    for line in text.split("\n")[1:-2]:
        assert line.strip() in f"{article.title}\n{article.body}"
    assert BODY in article.body


def test_a_head_with_nothing_behind_it_is_text(tmp_path: Path) -> None:
    text = "---\nJudul: Harga beras naik\nTanggal: 1 Juni 2023\nDemikian: selesai sudah.\n---\n \n"
    [article], _ = read_file(tmp_path, "a.txt", text.encode())
    assert "Demikian: selesai sudah." in article.body


@pytest.mark.parametrize(
    ("lines", "title", "author"),
    [
        ("title: >\n  Harga beras\n  naik", "Harga beras naik", None),
        ("title: |-\n  Harga beras naik", "Harga beras naik", None),
        ("title: Harga beras\n  naik", "Harga beras naik", None),
        ('title: "Harga beras\n  naik"', "Harga beras naik", None),
        ("title: Harga beras #1", "Harga beras #1", None),
        ("title: [SALAH] Harga beras naik", "[SALAH] Harga beras naik", None),
        ('title: "Harga" beras naik', '"Harga" beras naik', None),
        ("title: @warga tanya harga", "@warga tanya harga", None),
        ("title: Harga\nauthors:\n  - name: Rina Tan\n    role: x", "Harga", "Rina Tan"),
        ("title: Harga\nauthor:\n  name: Rina Tan\n  # catatan", "Harga", "Rina Tan"),
        ("title: Harga\nauthor: {name: Rina Tan, mail: a@b.id}", "Harga", "Rina Tan"),
        ("title: Harga\nauthors:\n- Rina Tan\n- name: Budi Raya", "Harga", "Rina Tan, Budi Raya"),
        (
            "title: Harga\nauthors: [\n  Rina Tan,\n  'Budi Raya',\n]",
            "Harga",
            "Rina Tan, Budi Raya",
        ),
        (
            "title: Harga\ntags: [a, [b, {c: d}], ]\nmenu:\n  main:\n    - - 1\n      - 2",
            "Harga",
            None,
        ),
        ("metadata:\n  title: Harga\n  author: Rina Tan", "Harga", "Rina Tan"),
    ],
)
def test_what_a_head_has_nested_and_on_several_lines_is_read(
    tmp_path: Path, lines: str, title: str, author: str | None
) -> None:
    [article], report = read_file(tmp_path, "a.md", f"---\n{lines}\n---\n{BODY}".encode())
    assert (article.title, article.author, article.body) == (title, author, BODY)
    assert not report.kinds


@pytest.mark.parametrize(
    "lines",
    [
        "author: &rina Rina Tan",
        "author: *rina",
        "author:\n  name: Rina Tan\n  name: Budi",
        "author: !!str Rina Tan",
        "tags:\n  - a\n    - b\n  c",
        "title: naik",
        "menu:\n  main:\n    weight: 1\n   x: 2",
        "summary: |x\n  Harga naik.",
        "#beras #gula",
        f"x:\n{''.join(' ' * n + 'a:' + chr(10) for n in range(2, 40))}",
        f"x: {'- ' * 100}a",
    ],
)
def test_what_a_head_has_besides_is_kept_behind_the_text_and_told(
    tmp_path: Path, lines: str
) -> None:
    head = f"---\ntitle: Harga beras\n{lines}\ndate: 2023-06-01\n---\n{BODY}"
    [article], report = read_file(tmp_path, "a.md", head.encode())
    assert (article.title, article.date is None) == ("Harga beras", False)
    body = article.body.removeprefix(BODY)
    assert body != article.body
    assert [line.strip() for line in body.split("\n") if line] == [
        line.strip() for line in lines.split("\n") if line
    ]
    assert report.kinds == {ProblemKind.UNREAD_HEAD: 1}


def test_names_in_braces_of_which_one_comes_twice_are_a_text() -> None:
    content = f"---\ntitle: Harga beras\nmeta: {{a: Rina, a: Budi}}\n---\n{BODY}"
    [record] = read_text([content.encode()], "a.md")
    assert isinstance(record, Record)
    assert record.values["meta"] == "{a: Rina, a: Budi}"


@given(st.lists(st.sampled_from([*"a:[]{},-'\"#|>&\té \n", "a: ", "- ", "\n  ", "# "])))
def test_no_head_loses_its_article(pieces: list[str]) -> None:
    head = "".join(pieces)
    content = f"---\ntitle: Harga beras\n{head}\n---\n{BODY}"
    [record] = read_text([content.encode()], "a.md")
    assert isinstance(record, Record)
    assert BODY in str(record.values["body"])


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        ("title: Harga beras # catatan", {}),
        ("title: 'Harga beras'\nauthor: 'Jum''at'", {"author": "Jum'at"}),
        ('title: "Harga beras"\ncategory: ["Ekonomi, Bisnis", Pangan]', {"n": 2}),
        ("title: Harga beras\ncategory: ~\nauthor: null", {}),
        ("_id: 3\ntitle: Harga beras", {"id": "3"}),
        ('"title": "Harga beras"', {}),
        ("og:title: Harga beras", {}),
        ("# catatan\n\ntitle:\tHarga beras\nauthor:\n- Rina Tan\n", {"author": "Rina Tan"}),
    ],
)
def test_simple_values_are_read_as_they_are_meant(
    tmp_path: Path, lines: str, facts: dict[str, object]
) -> None:
    [article], _ = read_file(tmp_path, "a.md", f"---\n{lines}\n---\n{BODY}".encode())
    assert (article.title, article.body) == ("Harga beras", BODY)
    assert article.author == facts.get("author")
    assert article.category == ("Ekonomi, Bisnis, Pangan" if "n" in facts else None)
    assert article.id == facts.get("id", article.id)


@pytest.mark.parametrize(
    "lines",
    [
        'title = """Harga beras"""',
        "title = 'Harga beras'\ncategory = [\n 'Ekonomi',\n]",
        "title = 'Harga beras'\n[params]\nauthor = 'Rina'",
    ],
)
def test_toml_is_read_whole(tmp_path: Path, lines: str) -> None:
    text = f"+++\ndate = 2023-06-01T10:15:00+07:00\n{lines}\n+++\n{BODY}"
    [article], _ = read_file(tmp_path, "a.md", text.encode())
    assert (article.title, article.body, article.author) == ("Harga beras", BODY, None)
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01T10:15:00+07:00"


def test_the_lines_below_a_head_are_read_as_those_of_other_texts(tmp_path: Path) -> None:
    head = "---\nsource: Antara\nauthor: Rina Tan\n---\n"
    below = f"# Harga beras naik\n\nKamis, 1 Juni 2023 10.15 WIB\nPenulis: Budi Raya\n\n{BODY}"
    [article], _ = read_file(tmp_path, "a.md", (head + below).encode())
    assert (article.title, article.body) == ("Harga beras naik", BODY)
    assert (article.source, article.author) == ("Antara", "Rina Tan")
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01T10:15:00+07:00"


@pytest.mark.parametrize(
    ("line", "stays"), [("# Harga beras", False), ("Harga beras", False), ("Pangan", True)]
)
def test_below_a_head_with_a_title_only_that_title_is_one(
    tmp_path: Path, line: str, *, stays: bool
) -> None:
    text = f"---\ntitle: Harga beras\n---\n{line}\n\n{BODY}"
    [article], _ = read_file(tmp_path, "a.md", text.encode())
    assert article.title == "Harga beras"
    assert article.body == (f"{line}\n\n{BODY}" if stays else BODY)


@pytest.mark.parametrize(
    "head",
    [
        "Harga beras naik\n================\n\n1 Juni 2023",
        "Harga beras naik\n----\n1 Juni 2023",
        "# Harga beras naik\n\n*Kamis, 1 Juni 2023*",
        "## Harga beras naik ##\n\n_1 Juni 2023_",
        "**Harga beras naik**\n\n**1 Juni 2023**",
        "Tayang: 1 Juni 2023\n" + "Penulis: Rina Tan\n" * 6 + "Harga beras naik\n====",
    ],
)
def test_signs_of_markdown_are_no_part_of_a_title(tmp_path: Path, head: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", f"{head}\n\n{BODY}\n".encode())
    assert (article.title, article.body) == ("Harga beras naik", BODY)
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("#1 di Dunia", "#1 di Dunia"),
        ("# Belajar C#", "Belajar C#"),
        ("*Beras* dan *gula*", "*Beras* dan *gula*"),
        ("_Beras_ naik, harga _gula_", "_Beras_ naik, harga _gula_"),
    ],
)
def test_signs_that_are_not_those_of_a_whole_line_stay(
    tmp_path: Path, line: str, title: str
) -> None:
    [article], _ = read_file(tmp_path, "a.txt", f"{line}\n{BODY}".encode())
    assert article.title == title


@pytest.mark.parametrize(
    "head",
    [
        "https://kompas.com/a\nHarga beras naik\n1 Juni 2023",
        "Harga beras naik\nhttps://kompas.com/a\n1 Juni 2023",
        "Harga beras naik\n1 Juni 2023\n\nhttps://kompas.com/a",
    ],
)
def test_a_line_of_the_head_may_be_the_address(tmp_path: Path, head: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", f"{head}\n\n{BODY}\n".encode())
    assert (article.url, article.title) == ("https://kompas.com/a", "Harga beras naik")
    assert article.body == BODY
    assert article.date is not None


def test_an_address_alone_is_the_text(tmp_path: Path) -> None:
    [article], _ = read_file(tmp_path, "a.txt", b"https://kompas.com/a\n")
    assert article.body == "https://kompas.com/a"


def test_an_address_is_no_id(tmp_path: Path) -> None:
    for name, body in (("a.txt", BODY), ("b.txt", f"Lain sama sekali. {BODY}")):
        text = f"Harga beras naik\nhttps://kompas.com/beras\n{body}"
        [article], _ = read_file(tmp_path, name, text.encode())
        assert (article.url, article.body) == ("https://kompas.com/beras", body)
        assert article.id.startswith("h-")


@pytest.mark.parametrize(
    "addresses",
    [
        ["https://www.kompas.com/"],
        ["https://www.kompas.com"],
        ["https://www.youtube.com/watch?v=abc"],
        ["https://youtu.be/abc"],
        ["https://kompas.com/a", "https://kompas.com/b"],
    ],
)
def test_an_address_that_may_be_another_pages_is_text(tmp_path: Path, addresses: list[str]) -> None:
    text = "\n".join(["Harga beras naik", *addresses, BODY])
    [article], _ = read_file(tmp_path, "a.txt", text.encode())
    assert (article.url, article.title) == (None, "Harga beras naik")
    assert article.body == "\n".join([*addresses, BODY])


@pytest.mark.parametrize(
    "line",
    [
        "Kamis, 1 Juni 2023 M / 12 Dzulkaidah 1444 H",
        "12 Zulkaidah 1444 H / 1 Juni 2023 M",
        "1 Juni 2023 / 12 Dzulqa'dah 1444 Hijriah",
        "Kamis Pahing, 1/VI/2023",
    ],
)
def test_a_line_with_the_day_in_two_calendars_is_its_date(tmp_path: Path, line: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", f"Harga beras\n{line}\n\n{BODY}".encode())
    assert (article.title, article.body) == ("Harga beras", BODY)
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01"


@pytest.mark.parametrize(
    "above", ["---\n---", "---\n\n---", "---", "----", "===", "+++\n+++", "---\n# tajuk\n---"]
)
def test_a_rule_or_an_empty_head_is_no_title(tmp_path: Path, above: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", f"{above}\nHarga beras naik\n\n{BODY}".encode())
    assert article.title == "Harga beras naik"
    assert not article.body.startswith("-")


def test_a_text_of_a_head_keeps_its_blank_lines() -> None:
    text = "---\ntitle: Beras\nringkasan: |\n  Satu.\n\n  Dua.\nbody: |\n  A.\n\n  B.\n---\nX."
    assert read_plain_yaml(text.split("\n")[1:-2]).values["body"] == "A.\n\nB."


def test_a_list_or_a_line_below_a_rule_alone_is_no_head(tmp_path: Path) -> None:
    for lines in ("- Harga naik.\n- Stok turun.", "  Harga beras naik tinggi"):
        [article], report = read_file(tmp_path, "a.txt", f"---\n{lines}\n\n{BODY}".encode())
        assert article.body.endswith(BODY)
        assert not report.kinds


def test_a_remark_alone_in_a_head_is_not_lost(tmp_path: Path) -> None:
    text = f"---\n# Harga gula\n---\nHarga beras naik\n\n{BODY}"
    [article], report = read_file(tmp_path, "a.txt", text.encode())
    assert (article.title, article.body) == ("Harga beras naik", f"{BODY}\n\n# Harga gula")
    assert report.kinds == {ProblemKind.UNREAD_HEAD: 1}


def test_a_head_that_names_a_body_is_read_as_lines_with_names(tmp_path: Path) -> None:
    text = f"---\nJudul: Harga beras\nIsi: Pendek.\n---\n{BODY}"
    [article], _ = read_file(tmp_path, "a.txt", text.encode())
    assert article.title == "Harga beras"
    assert article.body.startswith("Pendek.")
    assert article.body.endswith(BODY)


def test_blank_lines_in_a_text_without_a_header_are_no_letters() -> None:
    values = read_plain_yaml(
        ["ringkasan: naik: >", "  Satu.", "", "  Dua.", "x: |", "  A\0", "  B"]
    )
    assert values.values == {"ringkasan": "naik: > Satu. Dua.", "x": "A\0\nB"}


def test_a_list_is_a_head_only_between_two_rules(tmp_path: Path) -> None:
    lines = "- Apa kabar?\n- Baik."
    [article], _ = read_file(tmp_path, "a.txt", f"---\n{lines}\n\n{BODY}".encode())
    assert f"{article.title}\n{article.body}" == f"{lines}\n\n{BODY}"
    [article], _ = read_file(tmp_path, "a.txt", f"---\n{lines}\n---\n{BODY}".encode())
    assert article.body == f"{BODY}\n\n{lines}"


def test_a_line_of_a_text_that_ends_with_a_nul_is_kept() -> None:
    lines = ["title: |", "  Harga\0", "", "  naik"]
    assert read_plain_yaml(lines).values["title"] == "Harga\0\n\nnaik"
