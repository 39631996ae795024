"""What can be wrong with an input, and the sentences that say so."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NamedTuple

from index.bilingual import Text
from index.light_dataclass import dataclass

_LONGEST_DETAIL = 120

Detail = str | Text
"""Which or how: words in both languages, names and numbers as they are."""


class ProblemKind(StrEnum):
    """A kind of problem; its value is the name used in JSON and on the command line."""

    BROKEN_JSON = "broken-json"
    NOT_AN_OBJECT = "not-an-object"
    EMPTY_BODY = "empty-body"
    LINE_TOO_LONG = "line-too-long"
    TRUNCATED_PACKED = "truncated-packed"
    DAMAGED_PACKED = "damaged-packed"
    UNREADABLE_FILE = "unreadable-file"
    MISSING_COLUMN = "missing-column"
    BROKEN_ROW = "broken-row"
    LONG_ROW = "long-row"
    RAGGED_ROW = "ragged-row"
    NOT_A_ROW = "not-a-row"
    UNUSED_SHEET = "unused-sheet"
    OTHER_SHEET = "other-sheet"
    INVALID_UTF8 = "invalid-utf8"
    NUL_BYTE = "nul-byte"
    CONTROL_CHARACTER = "control-character"
    LONE_SURROGATE = "lone-surrogate"
    WRONG_TYPE = "wrong-type"
    BAD_DATE = "bad-date"
    BAD_TIME = "bad-time"
    RELATIVE_DATE = "relative-date"
    DATE_ORDER = "date-order"
    NO_BODY = "no-body"
    CUT_TEXT = "cut-text"
    MOJIBAKE = "mojibake"
    LINE_END_HYPHEN = "line-end-hyphen"
    UNREAD_HEAD = "unread-head"
    TOO_MUCH_TO_MEND = "too-much-to-mend"
    BARE_QUOTE = "bare-quote"
    BROKEN_XML = "broken-xml"
    LOOSE_XML = "loose-xml"
    NO_RECORD = "no-record"
    PLAIN_PAGE = "plain-page"
    NO_ARTICLE = "no-article"
    DAMAGED_FILE = "damaged-file"
    MISSING_EXTRA = "missing-extra"
    UNPACKS_TOO_FAR = "unpacks-too-far"
    SAME_ID = "same-id"
    REPEATED_ARTICLE = "repeated-article"
    REPLACED_OTHER = "replaced-other"
    UNKNOWN_FORMAT = "unknown-format"
    NOT_TEXT = "not-text"
    LOG_FILE = "log-file"
    SPECIAL_FILE = "special-file"
    LINK_LOOP = "link-loop"

    @property
    def repaired(self) -> bool:
        """The article is kept, without what was wrong."""
        return _FACTS[self].effect is _Effect.REPAIRED

    @property
    def skipped(self) -> bool:
        """An article, or all that a file still held, is not kept."""
        return _FACTS[self].effect is _Effect.SKIPPED

    @property
    def noted(self) -> bool:
        """The article is kept as it is, and whoever reads it should know."""
        return _FACTS[self].effect is _Effect.NOTED

    @property
    def remedy(self) -> Text:
        """What was done and what to do."""
        return Text(_FACTS[self].remedy, _FACTS[self].remedy_indonesian)

    @property
    def english(self) -> str:
        """What is wrong, in English."""
        return _FACTS[self].english

    @property
    def indonesian(self) -> str:
        """What is wrong, in Indonesian."""
        return _FACTS[self].indonesian


class _Effect(Enum):
    SKIPPED = "skipped"
    REPAIRED = "repaired"
    NOTED = "noted"
    """The article is kept as it is; its reader should know."""
    PASSED_OVER = "passed over"


class _Facts(NamedTuple):
    effect: _Effect
    english: str
    indonesian: str
    remedy: str
    remedy_indonesian: str


_FACTS = {
    ProblemKind.BROKEN_JSON: _Facts(
        _Effect.SKIPPED,
        "broken JSON",
        "JSON rusak",
        "skipped; correct the text there and read the file again",
        "dilewati; perbaiki teksnya lalu baca ulang berkas ini",
    ),
    ProblemKind.NOT_AN_OBJECT: _Facts(
        _Effect.SKIPPED,
        "not a JSON object",
        "bukan objek JSON",
        "skipped; an article is an object with at least a body",
        "dilewati; artikel adalah objek yang paling sedikit berisi isi",
    ),
    ProblemKind.EMPTY_BODY: _Facts(
        _Effect.SKIPPED,
        "no body text",
        "isi kosong",
        "skipped; if the text has another field name, give it with --map body=NAME",
        "dilewati; jika teksnya ada di kolom lain, sebutkan dengan --map body=NAMA",
    ),
    ProblemKind.LINE_TOO_LONG: _Facts(
        _Effect.SKIPPED,
        "longer than 16 MiB",
        "lebih panjang dari 16 MiB",
        "skipped; split it into separate articles",
        "dilewati; pecah menjadi artikel-artikel terpisah",
    ),
    ProblemKind.TRUNCATED_PACKED: _Facts(
        _Effect.SKIPPED,
        "the packed file ends too early",
        "berkas mampat terpotong",
        "what came before was read; fetch the file again for the rest",
        "bagian sebelumnya sudah dibaca; unduh ulang berkas ini untuk sisanya",
    ),
    ProblemKind.DAMAGED_PACKED: _Facts(
        _Effect.SKIPPED,
        "the packed file is damaged",
        "berkas mampat rusak",
        "what came before was read; fetch the file again for the rest",
        "bagian sebelumnya sudah dibaca; unduh ulang berkas ini untuk sisanya",
    ),
    ProblemKind.UNREADABLE_FILE: _Facts(
        _Effect.SKIPPED,
        "cannot be read",
        "tidak dapat dibaca",
        "skipped; check its permissions and the disk",
        "dilewati; periksa izin berkas dan disk",
    ),
    ProblemKind.MISSING_COLUMN: _Facts(
        _Effect.SKIPPED,
        "no column holds the body",
        "tidak ada kolom isi",
        "file skipped; name the column with --map body=NAME",
        "berkas dilewati; sebutkan kolomnya dengan --map body=NAMA",
    ),
    ProblemKind.BROKEN_ROW: _Facts(
        _Effect.SKIPPED,
        "a row that cannot be taken apart",
        "baris tabel tidak dapat diurai",
        "skipped; check the quotation marks there",
        "dilewati; periksa tanda kutip di sana",
    ),
    ProblemKind.LONG_ROW: _Facts(
        _Effect.SKIPPED,
        "more cells than the header has columns",
        "sel lebih banyak daripada kolom",
        "skipped; put cells that hold the delimiter in quotation marks",
        "dilewati; apit sel yang memuat pemisah dengan tanda kutip",
    ),
    ProblemKind.RAGGED_ROW: _Facts(
        _Effect.REPAIRED,
        "not as many cells as the header has columns",
        "jumlah sel tidak sama dengan jumlah kolom",
        "kept with what it has; check the delimiters there",
        "disimpan seadanya; periksa pemisah di sana",
    ),
    ProblemKind.NOT_A_ROW: _Facts(
        _Effect.PASSED_OVER,
        "a line that is no row: a title, a header again, a count",
        "baris yang bukan isi tabel: judul tabel, nama kolom lagi, jumlah",
        "passed over",
        "dilewatkan",
    ),
    ProblemKind.UNUSED_SHEET: _Facts(
        _Effect.PASSED_OVER,
        "a sheet in which no column holds the body",
        "lembar tanpa kolom isi",
        "passed over; name the column with --map body=NAME if there is one",
        "dilewatkan; sebutkan kolomnya dengan --map body=NAMA jika ada",
    ),
    ProblemKind.OTHER_SHEET: _Facts(
        _Effect.SKIPPED,
        "a spreadsheet in another format than .xlsx",
        "lembar kerja dengan format selain .xlsx",
        "skipped; open it and save it as .xlsx or .csv",
        "dilewati; buka lalu simpan sebagai .xlsx atau .csv",
    ),
    ProblemKind.INVALID_UTF8: _Facts(
        _Effect.REPAIRED,
        "bytes that are not UTF-8",
        "bita yang bukan UTF-8",
        "read as Windows-1252; save the file as UTF-8 to be sure",
        "dibaca sebagai Windows-1252; simpan berkas sebagai UTF-8 agar pasti",
    ),
    ProblemKind.NUL_BYTE: _Facts(
        _Effect.REPAIRED,
        "a NUL character",
        "karakter NUL",
        "removed; the article is kept",
        "dihapus; artikel tetap disimpan",
    ),
    ProblemKind.CONTROL_CHARACTER: _Facts(
        _Effect.REPAIRED,
        "a control character",
        "karakter kendali",
        "removed; the article is kept",
        "dihapus; artikel tetap disimpan",
    ),
    ProblemKind.LONE_SURROGATE: _Facts(
        _Effect.REPAIRED,
        "half of a surrogate pair",
        "separuh pasangan surrogate",
        "replaced with U+FFFD; the article is kept",
        "diganti dengan U+FFFD; artikel tetap disimpan",
    ),
    ProblemKind.WRONG_TYPE: _Facts(
        _Effect.REPAIRED,
        "a value that is no text",
        "nilai yang bukan teks",
        "left out; name another field with --map if there is one",
        "diabaikan; sebutkan kolom lain dengan --map jika ada",
    ),
    ProblemKind.BAD_DATE: _Facts(
        _Effect.REPAIRED,
        "an impossible or unknown date",
        "tanggal mustahil atau tidak dikenal",
        "the article is kept without a date",
        "artikel disimpan tanpa tanggal",
    ),
    ProblemKind.BAD_TIME: _Facts(
        _Effect.REPAIRED,
        "an impossible time of day, or one of an unknown zone",
        "jam mustahil atau dari zona waktu yang tidak dikenal",
        "the article is kept with its day alone",
        "artikel disimpan dengan harinya saja",
    ),
    ProblemKind.RELATIVE_DATE: _Facts(
        _Effect.REPAIRED,
        "a date that is relative to a day nobody knows",
        "tanggal relatif terhadap hari yang tidak diketahui",
        "the article is kept without a date",
        "artikel disimpan tanpa tanggal",
    ),
    ProblemKind.DATE_ORDER: _Facts(
        _Effect.NOTED,
        "a date whose day and month could be either",
        "tanggal yang hari dan bulannya bisa tertukar",
        "read as the other dates of its column are, else with the day first; check some of them",
        "dibaca seperti tanggal lain di kolomnya, selain itu hari di depan; periksa beberapa",
    ),
    ProblemKind.NO_BODY: _Facts(
        _Effect.NOTED,
        "no body text, only a summary or a title",
        "tidak ada isi, hanya ringkasan atau judul",
        "kept with that as its text; if the body has another name, give it with --map body=NAME",
        "disimpan dengan itu sebagai isi; jika isi ada di kolom lain, sebutkan dengan --map"
        " body=NAMA",
    ),
    ProblemKind.CUT_TEXT: _Facts(
        _Effect.NOTED,
        "a text that its source has cut",
        "teks yang dipotong sumbernya",
        "kept as far as it goes; fetch the whole article if it is wanted",
        "disimpan seadanya; ambil artikel utuhnya bila perlu",
    ),
    ProblemKind.MOJIBAKE: _Facts(
        _Effect.REPAIRED,
        "letters decoded wrongly before they came here",
        "huruf rusak karena penyandian teksnya salah dibaca",
        "restored where that is certain; save the file as UTF-8 to be sure",
        "dipulihkan bila pasti; simpan berkas sebagai UTF-8 agar pasti",
    ),
    ProblemKind.LINE_END_HYPHEN: _Facts(
        _Effect.REPAIRED,
        "words divided at line ends",
        "kata terpenggal di akhir baris",
        "joined where the whole is a known word",
        "disambung bila gabungannya kata yang dikenal",
    ),
    ProblemKind.UNREAD_HEAD: _Facts(
        _Effect.NOTED,
        "lines of a text's head that are not plain YAML",
        "baris kepala teks yang bukan YAML sederhana",
        "kept behind the text; the rest of the head is read",
        "disimpan di belakang teks; baris kepala lainnya dibaca",
    ),
    ProblemKind.TOO_MUCH_TO_MEND: _Facts(
        _Effect.NOTED,
        "more marks, broken letters or divided words than an article can have",
        "tanda, huruf rusak, atau kata terpenggal lebih banyak daripada yang mungkin pada artikel",
        "kept as it is; check what it is and split it into separate articles",
        "disimpan apa adanya; periksa apa isinya dan pecah menjadi artikel-artikel terpisah",
    ),
    ProblemKind.BARE_QUOTE: _Facts(
        _Effect.REPAIRED,
        "a bare quotation mark in a cell of a table or a text of JSON",
        "tanda kutip telanjang di sel tabel atau teks JSON",
        "read as a character of the text; check the row",
        "dibaca sebagai huruf biasa; periksa barisnya",
    ),
    ProblemKind.BROKEN_XML: _Facts(
        _Effect.SKIPPED,
        "broken XML",
        "XML rusak",
        "what could be read was kept; correct the file there and read it again",
        "yang dapat dibaca sudah disimpan; perbaiki berkas di sana lalu baca ulang",
    ),
    ProblemKind.LOOSE_XML: _Facts(
        _Effect.REPAIRED,
        "XML that breaks its own rules",
        "XML yang menyalahi aturannya sendiri",
        "read as a browser would; the article is kept",
        "dibaca seperti peramban membacanya; artikel tetap disimpan",
    ),
    ProblemKind.NO_RECORD: _Facts(
        _Effect.SKIPPED,
        "XML without an element that holds a body",
        "XML tanpa elemen yang memuat isi",
        "file skipped; name the element with --map body=NAME",
        "berkas dilewati; sebutkan elemennya dengan --map body=NAMA",
    ),
    ProblemKind.PLAIN_PAGE: _Facts(
        _Effect.NOTED,
        "a page's text taken without the page reader",
        "teks halaman diambil tanpa pembaca halaman",
        "kept; pip install 'warta[pages]' may find the text better",
        "disimpan; pip install 'warta[pages]' mungkin menemukan teksnya lebih baik",
    ),
    ProblemKind.NO_ARTICLE: _Facts(
        _Effect.PASSED_OVER,
        "no published article",
        "bukan artikel yang diterbitkan",
        "passed over",
        "dilewatkan",
    ),
    ProblemKind.DAMAGED_FILE: _Facts(
        _Effect.SKIPPED,
        "the file is damaged or not what its name says",
        "berkas rusak atau bukan seperti namanya",
        "skipped; fetch or export it again",
        "dilewati; unduh atau ekspor ulang",
    ),
    ProblemKind.MISSING_EXTRA: _Facts(
        _Effect.SKIPPED,
        "reading it takes an optional package",
        "membacanya memerlukan paket tambahan",
        "skipped; install the package and read the file again",
        "dilewati; pasang paketnya lalu baca ulang berkas ini",
    ),
    ProblemKind.UNPACKS_TOO_FAR: _Facts(
        _Effect.SKIPPED,
        "it unpacks to far more than it is",
        "isinya mengembang jauh melebihi berkasnya",
        "what came before was read; if the file is to be trusted, raise --max-unpacked or"
        " --max-ratio",
        "bagian sebelumnya sudah dibaca; bila berkas ini dapat dipercaya, naikkan --max-unpacked"
        " atau --max-ratio",
    ),
    ProblemKind.SAME_ID: _Facts(
        _Effect.NOTED,
        "an id that another file or sheet has given to another article",
        "id yang sudah dipakai berkas atau lembar lain untuk artikel lain",
        "both are kept, this one under an id with the name of its file",
        "keduanya disimpan, yang ini dengan id yang memuat nama berkasnya",
    ),
    ProblemKind.REPEATED_ARTICLE: _Facts(
        _Effect.NOTED,
        "the same article again",
        "artikel yang sama lagi",
        "kept once",
        "disimpan satu kali",
    ),
    ProblemKind.REPLACED_OTHER: _Facts(
        _Effect.NOTED,
        "it replaced another article that the same file had given its id",
        "menggantikan artikel lain yang diberi id itu oleh berkas yang sama",
        "replaced; if the earlier one is wanted, too, give the new file another name",
        "diganti; bila artikel lama masih perlu, beri berkas baru nama lain",
    ),
    ProblemKind.NOT_TEXT: _Facts(
        _Effect.PASSED_OVER,
        "not what its name says",
        "isinya bukan seperti namanya",
        "passed over; export its articles as text, CSV or JSON if it has any",
        "dilewatkan; ekspor artikelnya, bila ada, sebagai teks, CSV, atau JSON",
    ),
    ProblemKind.LOG_FILE: _Facts(
        _Effect.PASSED_OVER,
        "a program's log, no article",
        "catatan program (log), bukan artikel",
        "passed over",
        "dilewatkan",
    ),
    ProblemKind.SPECIAL_FILE: _Facts(
        _Effect.PASSED_OVER,
        "a pipe, a socket or a device, not a regular file",
        "pipa, soket, atau perangkat, bukan berkas biasa",
        "passed over; copy what it brings into a file, or give it as <(command) or -",
        "dilewatkan; salin isinya ke berkas, atau berikan sebagai <(perintah) atau -",
    ),
    ProblemKind.LINK_LOOP: _Facts(
        _Effect.PASSED_OVER,
        "reached before by another way, or a link in a circle",
        "sudah dicapai lewat jalan lain, atau tautan yang berputar",
        "read once",
        "dibaca satu kali",
    ),
    ProblemKind.UNKNOWN_FORMAT: _Facts(
        _Effect.PASSED_OVER,
        "not a format that holds articles",
        "bukan format artikel",
        "passed over; known are .txt, .jsonl, .json, .csv, .tsv, .xlsx, .parquet, .arrow, .html"
        " and .xml, each also .gz, .bz2, .xz or .zst",
        "dilewatkan; yang dikenal .txt, .jsonl, .json, .csv, .tsv, .xlsx, .parquet, .arrow, .html,"
        " dan .xml, masing-masing juga .gz, .bz2, .xz, atau .zst",
    ),
}


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One problem, at ``line`` of ``file`` where it has a line; ``detail`` says which or how.

    It may stand for ``articles`` of the file that have the same.
    """

    kind: ProblemKind
    file: str
    line: int | None
    detail: Detail = ""
    articles: int = 1

    @property
    def english(self) -> str:
        """``file:line: what is wrong (detail); what was done and what to do``."""
        facts = _FACTS[self.kind]
        return self._sentence(facts.english, self._detail.english, facts.remedy)

    @property
    def indonesian(self) -> str:
        """The same sentence in Indonesian."""
        facts = _FACTS[self.kind]
        return self._sentence(facts.indonesian, self._detail.indonesian, facts.remedy_indonesian)

    @property
    def detail_in_both(self) -> str:
        """The detail for who reads both languages side by side, Indonesian first."""
        told = self._detail
        if told.english == told.indonesian:
            return told.english
        return f"{told.indonesian} / {told.english}"

    def __str__(self) -> str:
        return self.english

    @property
    def _detail(self) -> Text:
        return self.detail if isinstance(self.detail, Text) else Text(self.detail, self.detail)

    def _sentence(self, what: str, how: str, remedy: str) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        detail = f" ({printable(how)})" if how else ""
        return f"{printable(where, len(where))}: {what}{detail}; {remedy}"


def printable(text: str, limit: int = _LONGEST_DETAIL) -> str:
    """The text without what could command a terminal or fail to be written."""
    short = text if len(text) <= limit else f"{text[:limit]}…"
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in short
    )
