"""Queries by chance: of the grammar, and signs of it in any order."""

from __future__ import annotations

import re
from random import Random

from hypothesis import strategies as st

SIGNS = re.split(
    " ",
    "NOT TANPA AND DAN OR ATAU and NEAR NEAR/5 DEKAT ONEAR/3 W/5 W/S near5 near5 && || | & + - − –"
    " ( ) \" “ ” « » ' * ? ~2 ~ ^2 [ ] { } / TO judul: sumber: sejak: site: awal: kalimat: inurl:"
    " allintitle: judl: foo: = = : < ! # % .. a satu yang 42 ＂ （ ： sumber:( , 2024 kata* k*ta"
    " NOTNEAR/5 /5 SENTENCE b?njir -Dua -5 Tiga nya",
)

_WORDS = (
    *("satu", "dua", "Tiga", "yang", "di", "NOT", "DAN", "near", "NEAR", "near5", "W", "5", "1,5"),
    *("Jum'at", "covid-19", "Rp5.000", "nya", "a:b", "S.Pd", "undang-undang", "\u00e9", "e-KTP"),
)
_SIGNED = (
    *("makan*", "b?njir", "*karta", "pen*kap*", "kata~", "kata~2", "=satu", "a*b", "Rusia-Ukr*"),
)
_VALUES = (
    *("antara", '"cnn indonesia"', '"a, b"', '"(a)"', "=x", '="a b"', "(a, b c)", "NEAR", "a.b/c"),
    *('"W/5"', "(satu OR dua)", '"-a"', '"=x"', "NOT", "near5"),
)
_FACETS = ("sumber:", "site:", "place:", "penulis:", "kategori:")
_SCOPES = ("judul:", "isi:", "awal:", "kalimat:", "intitle:")
_NEAR = ("NEAR/5", "DEKAT/3", "ONEAR/2", "W/S", "NEAR", "ADJ", "near5", "NOT NEAR/4", "/5")
_JOINS = (" ", " ", " AND ", " OR ", " ATAU ", " DAN ")
_SIGN = ("", "", "", "-", "+", "NOT ", "TANPA ")
_DAYS = ("sejak:2024", "sampai:2024-02-29", "sejak:kemarin")
_IN_PHRASES = (*_WORDS, "*", "keuang*", "b?njir")
_DEPTH = 3


def queries() -> st.SearchStrategy[str]:
    """Texts that the grammar gives."""
    return st.integers(0, 2**32).map(lambda seed: _query(Random(seed), 0))


def _query(chance: Random, depth: int) -> str:
    one = chance.choice
    if depth == _DEPTH or chance.random() < depth * 0.2:
        return _leaf(chance)
    inner, other = (_operand(chance, depth + 1) for _ in range(2))
    return one(
        (
            f"({inner})",
            f"{one(_SIGN)}{inner}",
            f"{inner}{one(_JOINS)}{other}",
            f"{inner}{one(_JOINS)}{other}",
            f"{inner} {one(_NEAR)} {other}",
            f"{one(_SCOPES)}({inner})",
        )
    )


def _operand(chance: Random, depth: int) -> str:
    text = _query(chance, depth)
    return f"({text})" if chance.random() < 0.3 else text


def _leaf(chance: Random) -> str:
    one = chance.choice
    words = [one(_IN_PHRASES) for _ in range(chance.randint(1, 4))]
    phrase = f'"{" ".join(words)}"{one(("", "", "~5", "~"))}'
    text = one((one(_WORDS), one(_WORDS), one(_SIGNED), phrase))
    return one((text, text, text, one(_DAYS), one(_FACETS) + one(_VALUES), one(_SCOPES) + text))
