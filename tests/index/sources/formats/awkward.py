"""Values that markup gives and that break what takes them for what they should be."""

from __future__ import annotations

from hypothesis import strategies as st

from index.sources.columns.plan import FieldNames
from index.sources.problems import InputProblem
from index.sources.record import Record, to_article

FRAGMENTS = [
    *(
        "http://",
        "https:",
        "//",
        "[",
        "]",
        "a.id",
        ":",
        "99999",
        "/",
        "?",
        "#",
        "@",
        "℀",
        "%",
        "..",
    ),
    *("2025", "-", "13", "45", "T", "25:61", "+99:99", "Z", "0000-00-00", "٢٠٢٥", "9" * 5000, "²"),
    *(" ", "\n", "\0", "\x0b", "\xa0", "\ud800", "\udc81", "\U00100000", "&#0;", "&#xd800;", "&#"),
    *("&quot;", "&", "<b>", "</b>", "<", ">", "<br>", "<![CDATA[", "]]>", "<!--", "-->", "<?xml "),
    *("Senin", "kemarin", "Jakarta", "|", " - ", "{", "}", "[]", "NaN", "null", "oleh ", "idna"),
]
VALUES = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join)
ENCODINGS = st.sampled_from(
    ["utf-8", "idna", "punycode", "undefined", "utf-7", "utf-16", "hex", "a\0", "cp1252", "gbk", ""]
)


def written(text: str) -> bytes:
    """The text as bytes, of which some are not UTF-8."""
    return text.encode("utf-8", "surrogatepass").replace(b"\xed\xb2\x81", b"\x81")


def to_articles(found: list[Record | InputProblem]) -> list[Record | InputProblem]:
    """The same; the records were made articles, the problems sentences."""
    for each in found:
        if isinstance(each, Record):
            to_article(each, FieldNames({}))
        else:
            assert each.english != each.indonesian
    return found
