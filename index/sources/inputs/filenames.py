"""What the name of a file says: its format, whether it is packed, or that no article is in it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from index.bilingual import Text
from index.patterns import on_use


class Format(StrEnum):
    """What a file's name says of its content."""

    TEXT = "text"
    JSON_LINES = "json-lines"
    JSON = "json"
    TABLE = "table"
    FEED = "feed"
    PAGE = "page"
    SHEET = "sheet"
    COLUMNAR = "columnar"
    UNKNOWN = "unknown"


_BY_ENDING = {
    ".txt": Format.TEXT,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
    ".xml": Format.FEED,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".rdf": Format.FEED,
    ".wxr": Format.FEED,
    ".sgml": Format.FEED,
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
    ".xhtml": Format.PAGE,
    ".mht": Format.PAGE,
    ".mhtml": Format.PAGE,
    ".xlsx": Format.SHEET,
    ".xlsm": Format.SHEET,
    ".xls": Format.SHEET,
    ".parquet": Format.COLUMNAR,
    ".arrow": Format.COLUMNAR,
    ".feather": Format.COLUMNAR,
}

PACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})
"""Endings of packed files; they stand behind the one that tells the format."""

_NO_ARTICLES = {
    Text("an image", "gambar"): "jpg jpeg png gif webp svg bmp ico tif tiff heic avif psd",
    Text("sound or film", "suara atau film"): "mp3 mp4 m4a wav ogg webm mkv avi mov flv",
    Text("an archive: unpack it first", "arsip: bongkar dulu"): (
        "zip 7z rar tar tgz tbz2 txz tzst lz lz4 lzma br z cab iso warc"
    ),
    Text(
        "a document: save it as .txt or .html", "dokumen: simpan sebagai .txt atau .html"
    ): "pdf doc docx odt rtf epub mobi ppt pptx odp djvu pages",
    Text(
        "a spreadsheet: save it as .xlsx or .csv", "lembar kerja: simpan sebagai .xlsx atau .csv"
    ): "xlsb ods numbers",
    Text(
        "a database: export its articles as CSV or JSON",
        "basis data: ekspor artikelnya sebagai CSV atau JSON",
    ): "db sqlite sqlite3 db3 mdb accdb sql dump bson frm ibd rdb dta sav rds",
    Text(
        "data of a program: export its articles as CSV or JSON",
        "data program: ekspor artikelnya sebagai CSV atau JSON",
    ): "pkl pickle npy npz h5 hdf5 joblib pt pth bin safetensors model onnx msgpack avro orc",
    Text("a program or its settings", "program atau pengaturannya"): (
        "py pyc ipynb js ts css scss php rb go java class jar c h sh bat exe dll so r rmd"
        " yml yaml toml ini cfg conf env lock"
    ),
    Text("a backup or an unfinished file", "cadangan atau berkas belum jadi"): (
        "bak old orig tmp temp part partial crdownload download swp swo"
    ),
    Text("notes about the files", "catatan tentang berkas"): "md rst",
}
_BY_NO_ARTICLES = {
    f".{ending}": what for what, endings in _NO_ARTICLES.items() for ending in endings.split()
}
_PROGRAM = _BY_NO_ARTICLES[".py"]
_BACKUP = _BY_NO_ARTICLES[".bak"]
_OF_THE_SYSTEM = Text("a file of the operating system", "berkas milik sistem operasi")
_ABOUT_THE_FILES = _BY_NO_ARTICLES[".md"]
_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_ABOUT = on_use(
    r"(?:README|LICEN[CS]E|COPYING|CITATION|CHANGELOG|CONTRIBUTING)"
    r"(?:\.(?:txt|md|rst|html?|cff))?(?:\.(?:gz|bz2|xz|zst))?"
    r"|requirements(?:[-_.][a-z]+)?\.txt|(?:robots|humans|(?:app-)?ads)\.txt",
    re.IGNORECASE,
)
_LOG = on_use(r"\.log(?:[.\-_]?\d[\d\-_.]*)?(?:\.(?:gz|bz2|xz|zst))?$", re.IGNORECASE)

METADATA: dict[str, tuple[bytes, ...]] = {
    "dataset_info.json": (b'"features"', b'"splits"', b'"builder_name"'),
    "dataset_infos.json": (b'"features"', b'"splits"'),
    "dataset_dict.json": (b'"splits"',),
    "state.json": (b'"_data_files"', b'"_fingerprint"'),
    "package.json": (b'"dependencies"', b'"scripts"', b'"devDependencies"', b'"version"'),
    "package-lock.json": (b'"lockfileVersion"',),
    "composer.json": (b'"require"', b'"autoload"'),
    "tsconfig.json": (b'"compilerOptions"',),
    "datapackage.json": (b'"resources"',),
    "schema.json": (b'"$schema"', b'"properties"'),
    "settings.json": (b'"editor.', b'"python.'),
}
"""JSON files that describe data or programs, each with keys of which one must be in them."""


def told_by_name(path: PurePath) -> tuple[Format, bool]:
    """The format, and whether the name promises that the file is packed."""
    packed = path.suffix.lower() in PACKED
    ending = PurePath(path.stem).suffix if packed else path.suffix
    return _BY_ENDING.get(ending.lower(), Format.UNKNOWN), packed


def is_log(name: str) -> bool:
    """Whether the name is one of a program's log: ``scrapy.log``, ``error.log.2.gz``."""
    return _LOG.search(name) is not None


def is_about(name: str) -> bool:
    """Whether the name is one of a text that tells people about the files beside it."""
    return _ABOUT.fullmatch(name) is not None


def no_article(name: str) -> Text | None:
    """What a file is in whose name no article is to be expected; None where one may be."""
    if name.lower() in _SYSTEM_NAMES:
        return _OF_THE_SYSTEM
    if is_about(name):
        return _ABOUT_THE_FILES
    if name.startswith(("~$", ".~lock.")) or name.endswith("~") or name[:1] == name[-1:] == "#":
        return _BACKUP
    path = PurePath(name)
    if path.suffix.lower() in PACKED:
        path = PurePath(path.stem)
    return _BY_NO_ARTICLES.get(path.suffix.lower())


def may_be_text(what: Text) -> bool:
    """Whether a file of this kind is read where a user names it: a backup, notes."""
    return what in {_BACKUP, _ABOUT_THE_FILES}


def has_no_articles(what: Text) -> bool:
    """Whether no file of this kind holds articles, whatever its bytes look like."""
    return what in {_PROGRAM, _OF_THE_SYSTEM}
