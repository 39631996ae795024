"""Query words among options: what a line of the terminal is read as."""

from __future__ import annotations

import shlex

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cli.command_line import read_command_line

OPTIONS = {"--sort": True, "--source": True, "--from": True, "--all": False, "-h": False}


@pytest.mark.parametrize(
    ("typed", "query", "options"),
    [
        ("gempa -ambon", "gempa -ambon", ""),
        ("-ambon gempa --sort newest", "-ambon gempa", "--sort newest"),
        ("gempa --sort newest -ambon", "gempa -ambon", "--sort newest"),
        ("gempa --sort=newest -ambon", "gempa -ambon", "--sort=newest"),
        ("--all gempa -ambon", "gempa -ambon", "--all"),
        ("gempa -sumber:kompas", "gempa -sumber:kompas", ""),
        ("gempa +bmkg -cianjur -lombok", "gempa +bmkg -cianjur -lombok", ""),
        ("gempa -h", "gempa", "-h"),
        ("--sort newest -- gempa --all", "gempa --all", "--sort newest"),
        ("gempa -- -h", "gempa -h", ""),
        ("--source -x gempa", "gempa", "--source -x"),
        ("--source --all gempa", "gempa", "--source --all"),
        ("--srot newest gempa", "newest gempa", "--srot"),
        ("gempa - ambon", "gempa - ambon", ""),
        ("covid-19", "covid-19", ""),
        ('"kereta cepat" bandung', "kereta cepat bandung", ""),
        ("'\"kereta cepat\"' bandung", '"kereta cepat" bandung', ""),
        ('kereta -"kereta cepat"', 'kereta -"kereta cepat"', ""),
        ('kereta +"kereta cepat"', 'kereta +"kereta cepat"', ""),
        ('judul:"kereta cepat" whoosh', 'judul:"kereta cepat" whoosh', ""),
        ('gempa -sumber:"kabar nusa"', 'gempa -sumber:"kabar nusa"', ""),
        ('gempa sumber:="kabar nusa"', 'gempa sumber:="kabar nusa"', ""),
        ('gempa -"(ambon OR lombok)"', "gempa -(ambon OR lombok)", ""),
        ("gempa -'\"kereta cepat\"'", 'gempa -"kereta cepat"', ""),
        ('"sumber:kompas banjir"', "sumber:kompas banjir", ""),
        ('"-ambon gempa"', "-ambon gempa", ""),
        ('gempa "catatan: dua warga"', "gempa catatan: dua warga", ""),
        ('gempa "https://a.id/x y"', "gempa https://a.id/x y", ""),
        ("", "", ""),
    ],
)
def test_a_line_is_told_apart(typed: str, query: str, options: str) -> None:
    line = read_command_line(shlex.split(typed), OPTIONS)
    assert " ".join(line.words) == query
    assert list(line.options) == shlex.split(options)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gempa -n 5", "-n is read as part of the query"),
        ("gempa -n5", "-n5 is read as part of the query"),
        ("gempa —sort newest", "the option is --sort"),
        ("gempa –all", "the option is --all"),
        ("gempa -sort newest", "the option is --sort"),
        ('kereta -"kereta cepat"', 'read as: kereta -"kereta cepat"'),
        ('judul:"kereta cepat" x', 'read as: judul:"kereta cepat" x'),
        ('"kereta cepat" bandung', "read as: kereta cepat bandung"),
        ("'banjir OR gempa' -ambon", "read as: banjir OR gempa -ambon"),
        ('judul:"harga beras"', "with a phrase: 'judul:\"harga beras\"'"),
        ('awal:"harga beras"', "with a phrase: 'awal:\"harga beras\"'"),
        ('+intitle:"harga beras"', "with a phrase: '+intitle:\"harga beras\"'"),
        ('-"kereta cepat"', "with a phrase: '-\"kereta cepat\"'"),
        ("gempa '-a\x1b b'", 'read as: gempa -"a\N{REPLACEMENT CHARACTER} b"'),
    ],
)
def test_what_may_have_been_meant_otherwise_is_said(typed: str, said: str) -> None:
    (remark,) = read_command_line(shlex.split(typed), OPTIONS).remarks
    assert said in remark.english


@pytest.mark.parametrize(
    "typed",
    [
        "gempa -ambon",
        "-ambon",
        '"kereta cepat"',
        '"sumber:kompas banjir"',
        "'judul:\"harga beras\"'",
        "'judul:(harga beras) naik'",
        "' gempa ' ambon",
        "gempa -h",
        "a - b",
        "a — b",
        "a –ambon",
    ],
)
def test_of_the_rest_nothing_is_said(typed: str) -> None:
    assert not read_command_line(shlex.split(typed), OPTIONS).remarks


def test_an_option_without_its_value_takes_no_word_for_it() -> None:
    with pytest.raises(click.BadOptionUsage):
        read_command_line(["gempa", "--source"], OPTIONS)


@given(st.lists(st.text(alphabet="-ab:\" '+", max_size=6), max_size=6))
def test_whatever_stands_after_two_hyphens_is_a_word(words: list[str]) -> None:
    line = read_command_line(["--all", "--", *words], OPTIONS)
    assert line.options == ("--all",)
    assert len(line.words) == len(words)
    assert [one.replace('"', "").split() for one in line.words] == [
        one.replace('"', "").split() for one in words
    ]
