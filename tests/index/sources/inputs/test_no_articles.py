"""Files that hold no article: told, passed over, and nothing else is."""

from __future__ import annotations

import io
import pickle
import random
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import pytest

from index.sources import ProblemKind
from index.sources.inputs.filenames import Format, is_log, no_article
from index.sources.inputs.logs import is_log_text
from index.sources.inputs.magic import told_by_bytes
from tests.index.sources.archive import json_lines, kinds, packed, read, read_file

REST = bytes(range(256)) * 8


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 200)
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


def database(folder: Path) -> bytes:
    path = folder / "x"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE berita (isi TEXT)")
    connection.close()
    content = path.read_bytes()
    path.unlink()
    return content


BINARIES = {
    "PNG": b"\x89PNG\r\n\x1a\n" + REST,
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + REST,
    "GIF": b"GIF89a" + REST,
    "BMP": b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0" + REST,
    "WebP": b"RIFF\x24\x10\0\0WEBPVP8 " + REST,
    "film": b"\0\0\0\x20ftypisom" + REST,
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "RTF": b"{\\rtf1\\ansi\\deff0 Harga beras naik.}",
    "Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + REST,
    "ZIP": zipped("a.jsonl", "b.jsonl"),
    "Word": zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "PowerPoint": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "OpenDocument": zipped("mimetype").replace(
        b"x" * 46, b"application/vnd.oasis.opendocument.text"
    ),
    "7z": b"7z\xbc\xaf\x27\x1c\0\4" + REST,
    "RAR": b"Rar!\x1a\x07\x01\0" + REST,
    "tar": tarred(),
    "program": b"\x7fELF\2\1\1\0" + REST,
    "Windows": b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(64) + REST,
    "pickle": pickle.dumps([{"isi": "x" * 300}] * 4),
    "HDF5": b"\x89HDF\r\n\x1a\n" + REST,
    "NumPy": b"\x93NUMPY\1\0v\0{'descr': '<f8'}" + REST,
    "random": random.Random(7).randbytes(3000),
    "gz in gz": packed(b"{}"),
}


@pytest.mark.parametrize("what", BINARIES)
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv", "a.html"])
def test_a_binary_file_that_is_named_as_text_is_told(tmp_path: Path, what: str, name: str) -> None:
    content = packed(BINARIES[what]) if what == "gz in gz" else BINARIES[what]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.jsonl").write_bytes(json_lines({"id": "z", "isi": "Sesudah."}))
    articles, report = read(tmp_path)
    assert [article.id for article in articles] == ["z"]
    assert kinds(report) == {ProblemKind.NOT_TEXT: 1}
    assert " / " in report.examples[0].detail_in_both
    assert (report.read, report.skipped) == (1, 0)


@pytest.mark.parametrize("what", BINARIES)
def test_a_binary_file_that_is_named_alone_is_told_for_what_it_is(
    tmp_path: Path, what: str
) -> None:
    content = packed(BINARIES[what]) if what == "gz in gz" else BINARIES[what]
    articles, report = read_file(tmp_path, "unduhan", content)
    assert (articles, kinds(report)) == ([], {ProblemKind.UNKNOWN_FORMAT: 1})
    assert report.examples[0].detail


def test_a_database_is_told(tmp_path: Path) -> None:
    _, report = read_file(tmp_path, "a.csv", database(tmp_path))
    assert "basis data SQLite: ekspor" in report.examples[0].indonesian
    assert "an SQLite database: export" in report.examples[0].english


def test_a_packed_tar_is_told(tmp_path: Path) -> None:
    for name in ("a.tar.gz", "a.tgz", "a.txt.gz"):
        _, report = read_file(tmp_path, name, packed(BINARIES["tar"]))
        assert "arsip tar: bongkar dulu" in report.examples[0].indonesian


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), Format.SHEET),
        (zipped("xl/worksheets/sheet1.xml"), Format.SHEET),
        (b"PAR1\x15\x04\x15" + REST, Format.COLUMNAR),
        (b"ARROW1\0\0\xff\xff\xff\xff" + REST, Format.COLUMNAR),
    ],
)
def test_what_has_a_reader_is_told_by_its_bytes(content: bytes, format_: Format) -> None:
    assert told_by_bytes(content) is format_


@pytest.mark.parametrize(
    "text",
    [
        "BMKG: gempa 5,4 guncang Ambon.\nTidak ada korban.",
        "PKS dan PAN bertemu di Jakarta.",
        "MZ, 34 tahun, ditangkap polisi.",
        "II, kapal feri, tiba di Merak.",
        "GIF bukan format video.",
        "PAR1 adalah kode proyek pelabuhan.",
        "ID3S adalah nama sandi.",
        "BZh9 adalah kode kapal.",
        "Rar! Teriak warga.",
        "%PDB turun, kata menteri.",
        "7z tidak populer.",
        "RIFF rapat di Bandung.",
        "ORC\nNaskah tentang orc.",
        "ftyp",
        "€2 juta dikorupsi.",
        "ÿØÿ bukan kata.",
        "Harga naik.\x0c\nHalaman dua.\x00",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_text_that_begins_like_a_binary_file_is_a_text(
    tmp_path: Path, text: str, encoding: str
) -> None:
    for name in ("a.txt", "a"):
        articles, report = read_file(tmp_path, name, text.encode(encoding))
        assert len(articles) == 1
        assert ProblemKind.NOT_TEXT not in report.kinds


LOGS = {
    "scrapy": "2024-01-05 10:15:00 [scrapy.core.engine] INFO: Spider opened\n"
    "2024-01-05 10:15:01 [scrapy.core.engine] DEBUG: Crawled (200) <GET https://example.com>\n"
    "{'judul': 'Harga naik'}\n"
    "2024-01-05 10:15:02 [scrapy.core.scraper] ERROR: Error processing\n"
    "Traceback (most recent call last):\n  File x\n",
    "logging": "2024-01-05 10:15:00,123 - pengambil - INFO - mulai\n"
    "2024-01-05 10:15:01,456 - pengambil - WARNING - halaman kosong\n"
    "2024-01-05 10:15:01,456 - pengambil - ERROR - gagal\n",
    "basic": "INFO:root:mulai\nWARNING:pengambil:halaman kosong\nERROR:pengambil.x:gagal\n",
    "loguru": "2024-01-05 10:15:00.123 | INFO     | __main__:main:12 - mulai\n" * 3,
    "iso": "2024-01-05T10:15:00+07:00 INFO mulai\n2024-01-05T10:15:00Z ERROR gagal\n",
    "brackets": "[2024-01-05 10:15:00] laravel.ERROR: gagal\n"
    "[2024-01-05 10:15:00] production.INFO: mulai\n",
    "level first": "[INFO] 2024-01-05 10:15:00 mulai\n[ERROR] 2024-01-05 10:15:00 gagal\n",
    "access": '10.0.0.1 - - [05/Jan/2024:10:15:00 +0700] "GET / HTTP/1.1" 200 12 "-" "x"\n' * 3,
    "nginx": "2024/01/05 10:15:00 [error] 7#7: *1 open() failed\n" * 3,
    "syslog": "Jan  5 10:15:00 server sshd[12]: masuk\nJan  5 10:15:01 server cron: jalan\n",
    "glog": "I0105 10:15:00.123456  1234 server.cc:12] mulai\n" * 3,
    "celery": "[2024-01-05 10:15:00,123: INFO/MainProcess] mulai\n" * 3,
    "one line": "2024-01-05 10:15:00 ERROR gagal membuka berkas\n",
}


@pytest.mark.parametrize("what", LOGS)
@pytest.mark.parametrize("name", ["scrapy.txt", "keluaran", "a.txt.gz"])
def test_a_log_is_told(tmp_path: Path, what: str, name: str) -> None:
    content = LOGS[what].encode()
    articles, report = read_file(tmp_path, name, packed(content) if "gz" in name else content)
    assert (articles, kinds(report)) == ([], {ProblemKind.LOG_FILE: 1})


@pytest.mark.parametrize(
    "text",
    [
        "10.15 WIB: Massa mulai berkumpul.\n10.30 WIB: Polisi menutup jalan.\n11.00 WIB: Bubar.",
        "10:15:00 Massa berkumpul.\n10:30:00 Polisi datang.\n11:00:00 Bubar.",
        "2024-01-05 10:15:00 WIB: gempa.\n2024-01-05 10:16:00 WIB: susulan.\n" * 2,
        "2024-01-05 10:15:00\nJAKARTA - Info cuaca hari ini.\nError manusia jadi sebab.",
        "INFO: Jalan ditutup.\nINFO: Jalan dibuka.\nINFO: Macet.",
        "ERROR 404, film pendek karya mahasiswa, tayang.",
        "WARNING! Jangan percaya pesan ini.\nINFO: hubungi polisi.",
        "5 Januari 2024 10:15\nKRITIS, kondisi pasien.\nDEBUG bukan masalahnya.",
        "Jan 5, 10:15 server pemilu mati.\nWarga menunggu.",
        "Contoh baris log:\n2024-01-05 10:15:00 ERROR gagal\nArtinya berkas hilang.",
        "",
    ],
)
def test_a_text_with_times_in_it_is_no_log(text: str) -> None:
    assert not is_log_text(text)


def test_telling_logs_takes_no_quadratic_time() -> None:
    for line in ("2024-01-05 10:15:00 " + "a " * 50_000, "x" * 10**6, "[" * 10**6, "- " * 10**6):
        is_log_text("\n".join([line] * 20))


@pytest.mark.parametrize(
    "name", ["scrapy.log", "error.log.1", "akses.log.2024-01-05", "x.LOG.gz", "a.log-20240105.gz"]
)
def test_a_log_is_told_by_its_name_in_a_folder(tmp_path: Path, name: str) -> None:
    assert is_log(name)
    (tmp_path / name).write_bytes(b"apa saja")
    assert kinds(read(tmp_path)[1]) == {ProblemKind.LOG_FILE: 1}


@pytest.mark.parametrize("name", ["blog.txt", "dialog.jsonl", "catalog.1", "log.txt", "a.log.csv"])
def test_other_names_are_not_those_of_logs(name: str) -> None:
    assert not is_log(name)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("a.jpg b.PNG c.webp d.svg e.ico", "gambar / an image"),
        ("a.zip b.7z c.rar d.tar e.tar.gz f.tgz g.tar.xz", "arsip: bongkar dulu"),
        ("a.pdf b.docx c.doc d.rtf e.odt f.epub", "dokumen: simpan sebagai .txt"),
        ("a.numbers b.ods", "lembar kerja"),
        ("a.db b.sqlite c.sql d.bson e.mdb", "basis data: ekspor"),
        ("a.pkl b.npy c.h5 d.pt", "data program"),
        ("a.py b.ipynb c.js d.yml e.toml f.lock", "program atau"),
        ("a.jsonl~ b.bak c.tmp d.part e.crdownload ~$data.xlsx #a.txt#", "cadangan"),
        ("Thumbs.db desktop.ini", "sistem operasi"),
        ("LICENSE LICENSE.txt requirements.txt robots.txt CITATION.txt CHANGELOG.txt", "catatan"),
    ],
)
def test_what_a_name_says_is_told_in_a_folder(tmp_path: Path, names: str, words: str) -> None:
    for name in names.split():
        (tmp_path / name).write_bytes(b"apa saja")
    articles, report = read(tmp_path)
    kind = ProblemKind.NO_ARTICLE if "LICENSE" in names else ProblemKind.UNKNOWN_FORMAT
    assert (articles, kinds(report)) == ([], {kind: len(names.split())})
    assert all(words in problem.detail_in_both for problem in report.examples)
    assert (report.read, report.skipped) == (0, 0)


@pytest.mark.parametrize(
    "name",
    [
        "a.txt",
        "lisensi.txt",
        "requirement.txt",
        "robot.txt",
        "berita.jsonl",
        "database.csv",
        "b#.txt",
    ],
)
def test_other_names_may_be_those_of_articles(name: str) -> None:
    assert no_article(name) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b""),
        ("kode.py", b"print('Harga naik')\n"),
        ("peta.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><text>Harga</text></svg>"),
        ("dump.sql", b"INSERT INTO berita VALUES (1, 'Harga naik');\n"),
        ("atur.yml", b"judul: isi\n"),
        ("a.ipynb", b'{"cells": [], "metadata": {}}'),
        ("desktop.ini", b"[.ShellClassInfo]\n"),
    ],
)
def test_a_file_that_is_named_alone_is_told_for_what_its_name_says(
    tmp_path: Path, name: str, content: bytes
) -> None:
    _, report = read_file(tmp_path, name, content)
    assert kinds(report) == {ProblemKind.UNKNOWN_FORMAT: 1}
    assert report.examples[0].detail


@pytest.mark.parametrize("name", ["a.md", "a.txt~", "a.bak", "catatan", "CHANGELOG.txt", "a.dump"])
def test_a_file_that_is_named_alone_is_read_where_it_may_be_an_article(
    tmp_path: Path, name: str
) -> None:
    content = b'{"isi": "a"}\n{"isi": "b"}\n' if name == "a.dump" else b"Harga naik."
    articles, report = read_file(tmp_path, name, content)
    assert (len(articles), kinds(report)) == (2 if name == "a.dump" else 1, {})


METADATA = {
    "dataset_info.json": b'{"builder_name": "json", "features": {}, "splits": {}}',
    "state.json": b'{"_data_files": [{"filename": "data.arrow"}], "_fingerprint": "a"}',
    "package.json": b'{"name": "x", "version": "1.0.0"}',
    "tsconfig.json": b'{\n "compilerOptions": {}\n}',
}


@pytest.mark.parametrize("name", METADATA)
def test_json_that_describes_something_is_no_bad_article(tmp_path: Path, name: str) -> None:
    for folder in (False, True):
        (tmp_path / name).write_bytes(METADATA[name])
        _, report = read(tmp_path if folder else tmp_path / name)
        assert kinds(report) == {ProblemKind.UNKNOWN_FORMAT: 1}


def test_an_article_may_have_the_name_of_metadata(tmp_path: Path) -> None:
    [article], _ = read_file(tmp_path, "state.json", b'{"isi": "Negara bagian."}')
    assert article.body == "Negara bagian."


def test_thousands_of_images_are_one_line_of_the_report(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number}.jpg").touch()
    _, report = read(tmp_path)
    assert kinds(report) == {ProblemKind.UNKNOWN_FORMAT: 2000}
    assert len(report.examples) == 10
