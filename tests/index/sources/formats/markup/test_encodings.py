"""The encodings of markup."""

from __future__ import annotations

import codecs
from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.formats.markup.encodings import (
    codec_of,
    decode_markup,
    page_encoding,
    xml_encoding,
)

NONE = ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "hz", "undefined"]
NONE += ["mbcs", "oem", "cp65001", "utf_8_sig", "utf-16", "utf-32", "cp037", "rot13", "zlib", "hex"]


@pytest.mark.parametrize("declared", ["", "utf-8", "UTF8", "a\0b", "\xff", "tidak-ada", *NONE])
def test_what_is_no_encoding_to_go_by_changes_nothing(declared: str) -> None:
    assert codec_of(declared) is None
    assert decode_markup(b"a\xe9\\u0041 b.c", declared) == "a\udce9\\u0041 b.c"


@pytest.mark.parametrize("declared", ["iso-8859-1", "Latin1", "us-ascii", "ISO_8859-1", "l1"])
def test_latin_1_is_windows_1252(declared: str) -> None:
    assert decode_markup(b"\x93a\x94", declared) == "“a”"


@pytest.mark.parametrize("codec", ["gbk", "big5", "shift_jis", "euc-kr", "cp1256", "iso-8859-6"])
def test_an_encoding_is_taken_at_its_word(codec: str) -> None:
    assert codec_of(codec.upper()) == codecs.lookup(codec).name


@given(
    st.sampled_from([*aliases, *aliases.values(), *NONE]), st.binary(max_size=40), st.text("\0a-")
)
def test_no_encoding_is_an_error(declared: str, data: bytes, more: str) -> None:
    decode_markup(data, declared)
    decode_markup(data, declared + more)


def test_utf_8_is_utf_8_whatever_is_declared() -> None:
    assert decode_markup("é".encode(), "iso-8859-1") == "é"


@pytest.mark.parametrize(
    ("head", "of_xml", "of_page"),
    [
        ("<?xml version='1.0' encoding='big5'?>", "big5", "big5"),
        ('<?XML version="1.0" ENCODING = "Big5"?>', "Big5", "Big5"),
        ("<meta charset=gbk>", "", "gbk"),
        ('<META http-equiv="x" content="text/html; charset=gbk">', "", "gbk"),
        ("<meta name=a>", "", ""),
    ],
)
def test_the_declared_encoding_is_found(head: str, of_xml: str, of_page: str) -> None:
    assert (xml_encoding(head), page_encoding(head)) == (of_xml, of_page)
