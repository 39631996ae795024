"""Small valid files of every format that is read, and ways to alter them that keep their shape."""

from __future__ import annotations

import bz2
import csv
import gzip
import html
import io
import lzma
import random
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache

import openpyxl
import orjson
import pyarrow as pa
import zstandard
from pyarrow import feather, parquet

from tests.fuzz.mutating import altered
from tests.fuzz.words import ODD, altered_text

ROWS = (
    {
        "id": "k1",
        "title": "Harga beras naik \u2013 lagi",
        "body": "JAKARTA \u2013 Harga beras \u201cmedium\u201d naik 5,4 persen.\n"
        "Kata pedagang: caf\u00e9.",
        "date": "2024-02-29 10:15 WIB",
        "source": "Kabar Nusa",
        "url": "https://a.example/1?x=1&y=2",
        "author": "Sari Dewi",
    },
    {
        "id": "k2",
        "title": "Gempa & banjir",
        "body": "AMBON, KOMPAS - Gempa <b>mengguncang</b>; tidak ada korban.",
        "date": "1 Juni 2023",
        "source": "Lintas, Niaga",
        "url": "",
        "author": '["Budi", "Ani"]',
    },
    {"id": "3", "title": "", "body": "Isi tanpa judul.", "date": "", "source": "X"},
)
COLUMNS = ("id", "title", "body", "date", "source", "url", "author")

TEXT_PIECES = (
    *("\ufeff", "\0", "\r", "\r\n", "\n\n", "\t", ";", ",", '"', '""', "'", "\\", "\\u0000", "\\n"),
    *("\\ud800", "\\ud83d\\ude00", "{", "}", "[", "]", "null", "NaN", "1e999", "-0", "true", ":"),
    *("9" * 400, "[" * 60, '{"a":' * 40, "9" * 5000, "sep=;\n", "body", "title", "date", "isi"),
    *("<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&amp;"),
    *("<![CDATA[", "]]>", "<item>", "</item>", "<description>", "</body>", "<p>", "<article>"),
    *(
        "&#xD800;",
        "&#0;",
        "&#99999999999;",
        "<a b=c ",
        "<!--",
        "-->",
        "<script>",
        "<br/>",
        "&nbsp;",
    ),
    *("2023-13-45", "31/12/2023", "0000-00-00", "1e10", "-99999999999999", "10000-01-01T00:00:00Z"),
    *("2024-02-29T25:61:61+99:99", "1700000000", "20240229", "Senin, 1 Juni 2023 24:00 WIB"),
    *(
        "datetime.datetime(2023, 1, 99)",
        '{"$date": 1e400}',
        "ObjectId('x')",
        "(?i)",
        "\x1a",
        "\x0c",
    ),
    *("=?utf-8?b?", "Content-Type: multipart/related; boundary=", "Judul:", "Tanggal:", "#" * 3000),
)


def _lines() -> bytes:
    return b"\n".join(orjson.dumps(row) for row in ROWS) + b"\n"


def _array() -> bytes:
    return orjson.dumps({"status": "ok", "articles": ROWS}, option=orjson.OPT_INDENT_2)


def _table(delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


def _rss() -> bytes:
    items = "".join(
        f"<item><title><![CDATA[{row['title']}]]></title><link>{row['id']}</link>"
        f"<description><![CDATA[<p>{row['body']}</p>]]></description>"
        "<pubDate>Thu, 29 Feb 2024 10:15:00 +0700</pubDate></item>"
        for row in ROWS
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{items}</channel></rss>'
    ).encode()


def _atom() -> bytes:
    entries = "".join(
        f"<entry><id>{row['id']}</id><title>x</title><updated>2024-02-29T10:15:00Z</updated>"
        f'<content type="html">{html.escape(row["body"])}</content></entry>'
        for row in ROWS
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


def _page() -> bytes:
    body = "".join(f"<p>{row['body']} Kalimat yang agak panjang untuk isi.</p>" for row in ROWS * 2)
    data = orjson.dumps(
        {"@type": "NewsArticle", "headline": "Judul", "datePublished": "2024-02-29"}
    )
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>Judul - Kabar</title>'
        '<meta property="og:title" content="Judul">'
        f'<script type="application/ld+json">{data.decode()}</script></head>'
        f"<body><nav>Menu</nav><article><h1>Judul</h1>{body}</article></body></html>"
    ).encode()


def _mail() -> bytes:
    return (
        b"From: <Saved>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n" + _page().replace(b"=", b"=3D") + b"\r\n--x--\r\n"
    )


def _text() -> bytes:
    return (
        "Judul: Harga beras naik\nTanggal: 29 Februari 2024\nSumber: Kabar\n\n"
        "JAKARTA \u2013 Harga beras naik di pa-\nsar induk.\n\nParagraf kedua.\n"
    ).encode()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    for row in ROWS:
        sheet.append([row.get(name) for name in COLUMNS])
    sheet.append(["4", "T", "Isi empat.", datetime(2024, 2, 29), 1.5, True, None])
    book.create_sheet("lain").append(["a", "b"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def _rows() -> pa.Table:
    return pa.table(
        {
            **{name: [row.get(name) for row in ROWS] for name in COLUMNS if name != "date"},
            "date": pa.array(
                [datetime(2024, 2, 29, tzinfo=UTC), None, datetime(1, 1, 1, tzinfo=UTC)]
            ),
            "tags": [["a", "b"], [], None],
            "meta": [{"n": 1}, None, {"n": 2}],
            "section": pa.array(["x", "x", None]).dictionary_encode(),
        }
    )


def _parquet() -> bytes:
    out = io.BytesIO()
    parquet.write_table(_rows(), out)
    return out.getvalue()


def _feather() -> bytes:
    out = io.BytesIO()
    feather.write_feather(_rows(), out, compression="zstd")
    return out.getvalue()


def _stream() -> bytes:
    out = io.BytesIO()
    with pa.ipc.new_stream(out, _rows().schema) as writer:
        writer.write_table(_rows())
    return out.getvalue()


SEEDS: Mapping[str, Callable[[], bytes]] = {
    ".jsonl": _lines,
    ".json": _array,
    ".csv": lambda: _table(","),
    ".tsv": lambda: _table("\t"),
    ".xml": _rss,
    ".atom": _atom,
    ".html": _page,
    ".mhtml": _mail,
    ".txt": _text,
    ".xlsx": _workbook,
    ".parquet": _parquet,
    ".feather": _feather,
    ".arrow": _stream,
}
"""By the ending of the name."""

BINARY = frozenset({".xlsx", ".parquet", ".feather", ".arrow"})
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "latin-1", "utf-7")
PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    ".gz": lambda content: gzip.compress(content, 1),
    ".bz2": bz2.compress,
    ".xz": lambda content: lzma.compress(content, preset=0),
    ".zst": zstandard.compress,
}

_seed = cache(lambda ending: SEEDS[ending]())


def altered_file(ending: str, generator: random.Random) -> bytes:
    """A valid file of the format, as it is or altered as text, as a container or as bytes."""
    content: bytes = _seed(ending)
    chance = generator.random()
    if ending == ".xlsx" and chance < 0.7:
        return _altered_workbook(content, generator)
    if ending not in BINARY and chance < 0.8:
        content = _altered_as_text(content.decode(), generator)
        chance = generator.random()
    return altered(content, generator) if chance > 0.7 else content


def _altered_as_text(text: str, generator: random.Random) -> bytes:
    text = altered_text(text, generator, TEXT_PIECES)
    if generator.random() < 0.05:
        text *= generator.choice((2, 50))
    if generator.random() < 0.05:
        text = generator.choice(TEXT_PIECES) * generator.choice((1, 100, 3000))
    if generator.random() < 0.8:
        return text.encode("utf-8", "surrogatepass")
    return text.encode(generator.choice(ENCODINGS), generator.choice(("replace", "ignore")))


def _altered_workbook(content: bytes, generator: random.Random) -> bytes:
    """The workbook with one of its parts altered, lost or doubled."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as made:
        parts = archive.namelist()
        chosen = generator.choice(parts)
        for name in parts:
            part = archive.read(name)
            if name == chosen:
                if generator.random() < 0.1:
                    continue
                part = altered_text(part.decode(), generator, WORKBOOK_PIECES).encode(
                    "utf-8", "surrogatepass"
                )
            made.writestr(name, part)
    return out.getvalue()


WORKBOOK_PIECES = (
    *TEXT_PIECES[:20],
    *ODD[:20],
    *('<c r="ZZZ99999999" t="s"><v>99999</v></c>', '<c r="A1"><v>1e400</v></c>', "<v>-1</v>"),
    *('<row r="99999999999">', '<row r="-1">', "</row>", 't="s"', 't="d"', 't="e"', 's="9999"'),
    *('<c r="A2" t="inlineStr"><is><t>x</t></is></c>', '<dimension ref="A1:XFD1048576"/>'),
    *('count="-1"', "_x0000_", "_xD800_", "rId99", "../../x", 'r="XFD1048576"', "<f>A1</f>"),
)
