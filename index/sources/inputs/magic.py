"""Binary files told by their first bytes, whatever their names say.

The signatures are those of the formats' own documents: PNG (ISO/IEC 15948), JPEG (ITU-T T.81),
GIF89a, TIFF 6.0, RIFF, ISO/IEC 14496-12 (``ftyp``), PDF (ISO 32000), ZIP (APPNOTE.TXT), POSIX tar
(``ustar``), 7z, RAR 5.0, [MS-CFB] for old Office files, ELF, PE, the file formats of SQLite and
HDF5, Apache Parquet, Arrow and Avro, Python's ``pickle`` and NumPy's ``.npy``.
"""

from __future__ import annotations

import re

from index.bilingual import Text
from index.patterns import on_use
from index.sources.inputs.filenames import Format

_ARCHIVE = ": unpack it first", ": bongkar dulu"
_DOCUMENT = ": save it as .txt or .html", ": simpan sebagai .txt atau .html"
_EXPORT = ": export its articles as CSV or JSON", ": ekspor artikelnya sebagai CSV atau JSON"


def _text(english: str, indonesian: str, remedy: tuple[str, str] = ("", "")) -> Text:
    return Text(english + remedy[0], indonesian + remedy[1])


_PACKED_AGAIN = _text(
    "a packed file in a packed file", "berkas mampat di dalam berkas mampat", _ARCHIVE
)
_OLD_OFFICE = _text(
    "an old Office file (.doc, .xls): save it as .txt, .xlsx or .csv",
    "berkas Office lama (.doc, .xls): simpan sebagai .txt, .xlsx, atau .csv",
)
_IMAGE = Text("an image", "gambar")
_FILM = Text("sound or film", "suara atau film")
_PROGRAM = Text("a program", "program")
_PICKLE = _text("a Python pickle", "pickle Python", _EXPORT)
ZIP = _text("a ZIP archive", "arsip ZIP", _ARCHIVE)

_STARTS: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG\r\n\x1a\n", Text("a PNG image", "gambar PNG")),
    (b"GIF87a", Text("a GIF image", "gambar GIF")),
    (b"GIF89a", Text("a GIF image", "gambar GIF")),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"\0\0\1\0", _IMAGE),
    (b"8BPS\0\1", _IMAGE),
    (b"%PDF-", _text("a PDF document", "dokumen PDF", _DOCUMENT)),
    (b"{\\rtf", _text("an RTF document", "dokumen RTF", _DOCUMENT)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"7z\xbc\xaf\x27\x1c", _text("a 7z archive", "arsip 7z", _ARCHIVE)),
    (b"Rar!\x1a\x07", _text("a RAR archive", "arsip RAR", _ARCHIVE)),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),
    (b"\x04\x22\x4d\x18", _text("a file packed with LZ4", "berkas LZ4", _ARCHIVE)),
    (b"\x1f\x9d", _text("a file packed with compress", "berkas compress", _ARCHIVE)),
    (b"\x1f\x8b\x08", _PACKED_AGAIN),
    (b"\xfd7zXZ\0", _PACKED_AGAIN),
    (b"\x28\xb5\x2f\xfd", _PACKED_AGAIN),
    (b"SQLite format 3\0", _text("an SQLite database", "basis data SQLite", _EXPORT)),
    (b"\x89HDF\r\n\x1a\n", _text("an HDF5 file", "berkas HDF5", _EXPORT)),
    (b"\x93NUMPY", _text("NumPy arrays", "larik NumPy", _EXPORT)),
    (b"Obj\1", _text("an Avro file", "berkas Avro", _EXPORT)),
    (b"\x7fELF", _PROGRAM),
    (b"\0asm", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xfe\xed\xfa\xce", _PROGRAM),
    (b"\xfe\xed\xfa\xcf", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xac\xed\0\5", _text("objects of Java", "objek Java", _EXPORT)),
    (b"OggS\0", _FILM),
    (b"fLaC\0", _FILM),
    (b"\x1aE\xdf\xa3", _FILM),
)
_SHAPES: tuple[tuple[re.Pattern[bytes], Text], ...] = (
    (on_use(rb"\xff\xd8\xff[\xc0-\xfe]"), Text("a JPEG image", "gambar JPEG")),
    (on_use(rb"BM.{4}\0\0\0\0.{2}\0\0", re.DOTALL), Text("a BMP image", "gambar BMP")),
    (on_use(rb"RIFF.{4}WEBP", re.DOTALL), Text("a WebP image", "gambar WebP")),
    (on_use(rb"RIFF.{4}(?:WAVE|AVI )", re.DOTALL), _FILM),
    (on_use(rb"\0.{3}ftyp(?:heic|heix|mif1|avif)", re.DOTALL), _IMAGE),
    (on_use(rb"\0.{3}ftyp", re.DOTALL), _FILM),
    (on_use(rb"ID3[\2-\4][\0-\x09]"), _FILM),
    (on_use(rb"MZ.{56}.*?\0{3}", re.DOTALL), _PROGRAM),
    (on_use(rb"\x80[\2-\5][\x80-\x95(\]})cXN]"), _PICKLE),
    (on_use(rb"BZh[1-9]1AY&SY"), _PACKED_AGAIN),
    (on_use(rb".{257}ustar[\0 ]", re.DOTALL), _text("a tar archive", "arsip tar", _ARCHIVE)),
)

_COLUMNAR = on_use(rb"PAR1[\0-\x1f]|ARROW1\0\0|FEA1\0\0\0\0")
_MEMBER = on_use(rb"PK\x03\x04.{26}(?P<name>[!-~]{2})", re.DOTALL)
_ZIPPED: dict[bytes, Text] = {
    b"wo": _text("a Word document", "dokumen Word", _DOCUMENT),
    b"pp": _text("a PowerPoint document", "dokumen PowerPoint", _DOCUMENT),
}
_OPEN_DOCUMENT = on_use(rb"PK\x03\x04.{26}mimetypeapplication/", re.DOTALL)
_OF_SHEETS = b"vnd.oasis.opendocument.spreadsheet"
_OTHER_SHEET = _text(
    "a spreadsheet (.ods): save it as .xlsx or .csv",
    "lembar kerja (.ods): simpan sebagai .xlsx atau .csv",
)
_OTHER_DOCUMENT = _text("OpenDocument or e-book", "OpenDocument atau buku", _DOCUMENT)
_APPLE = _text(
    "Numbers or Pages: export it as .xlsx, .csv or .txt",
    "Numbers/Pages: ekspor sebagai .xlsx, .csv, atau .txt",
)
_MEMBERS_READ = 1 << 18
_LONGEST_SIGNATURE = 600

_CONTROL = on_use(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW_CONTROLS = 3
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = Text("binary data", "data biner")
_NOTHING = Text("NUL bytes only", "hanya bita NUL")


def told_by_bytes(head: bytes) -> Format | Text | None:
    """What a file is that begins so: a format that is read, or what else; None where it is text."""
    if _COLUMNAR.match(head):
        return Format.COLUMNAR
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head[:_MEMBERS_READ])
    for start, what in _STARTS:
        if head.startswith(start):
            return what
    begin = head[:_LONGEST_SIGNATURE]
    return next((what for shape, what in _SHAPES if shape.match(begin)), None)


def _zipped(head: bytes) -> Format | Text:
    """What a ZIP archive is by the names of its first members."""
    if found := _OPEN_DOCUMENT.match(head):
        return _OTHER_SHEET if head.startswith(_OF_SHEETS, found.end()) else _OTHER_DOCUMENT
    for member in _MEMBER.finditer(head):
        if head.startswith(b"xl/", member.start("name")):
            return Format.SHEET
        if head.startswith((b"word/", b"ppt/"), member.start("name")):
            return _ZIPPED[member["name"]]
        if head.startswith(b"Index/Document.iwa", member.start("name")):
            return _APPLE
    return ZIP


def binary(head: bytes, most: float) -> Text | None:
    """What bytes are of which more than the share ``most`` are controls no text has.

    UTF-16 has a NUL in every other byte, which is none of them.
    """
    count = len(_CONTROL.findall(head))
    if count <= max(most * len(head), _FEW_CONTROLS) or is_utf16(head):
        return None
    return _NO_TEXT if head.strip(b"\0") else _NOTHING


def is_utf16(head: bytes) -> bool:
    """Whether the bytes are UTF-16: a mark, or NULs at every other byte and text between them."""
    if head.startswith(_UTF16_MARKS):
        return True
    even, odd = head[::2], head[1::2]
    for high, low in ((even, odd), (odd, even)):
        if high.count(0) > 0.4 * len(high) and low.count(0) <= 0.02 * len(low):
            return len(_CONTROL.findall(low)) <= 0.02 * len(low)
    return False
