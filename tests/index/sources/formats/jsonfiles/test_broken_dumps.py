"""JSON as scrapers leave it gives what is certain, tells what is lost, and right JSON stays.

The cases are lines of ``broken.jsonl`` and ``right.jsonl``; those of odd bytes and sizes are here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.sources.formats.jsonfiles.dumps import B1, R1, T1, Dump, J, check, dumps_in

PARAGRAPHS = [f"Paragraf nomor {n} yang cukup panjang untuk dibaca orang." for n in range(900)]
CUT = ("['" + "', '".join(PARAGRAPHS))[:32767]

ODD = [
    Dump("UTF-16", "b.json", J([R1]).encode("utf-16"), [T1]),
    Dump(
        "Windows-1252",
        "b.json",
        J([{"judul": "Café naik", "isi": B1}]).encode("latin-1"),
        [{"title": "Café naik"}],
        told=("invalid-utf8",),
    ),
    Dump(
        "cut in a letter",
        "b.jsonl",
        J(R1).encode() + b'\n{"judul":"Caf\xc3',
        [T1],
        told=("broken-json",),
    ),
    Dump(
        "a printed list cut by a spreadsheet",
        "c.csv",
        f'judul,isi\nA,"{CUT}"\n',
        [{"title": "A", "has": [*PARAGRAPHS[:500]], "lacks": ["', '", "['"]}],
        told=("cut-text",),
    ),
    Dump("numbers", "c.json", f"[{'1,' * 5000}{J(R1)}]", [T1], told=("not-an-object",)),
    Dump("numbers with exponents", "c.json", f"[{'1.5e10 , ' * 5000}{J(R1)}]", [T1]),
    Dump("empty objects", "c.json", f"[{'{},' * 5000}{J(R1)}]", [T1], told=("empty-body",)),
    Dump(
        "empty lines",
        "c.jsonl",
        "\n" * 70_000 + "{}\n" * 3000 + "null\n" * 10 + J(R1) + "\n",
        [T1],
        told=("empty-body", "not-an-object"),
    ),
]


@pytest.mark.parametrize("dump", [*dumps_in("broken.jsonl"), *ODD], ids=lambda dump: dump.name)
def test_a_broken_dump_gives_what_is_certain(tmp_path: Path, dump: Dump) -> None:
    check(tmp_path, dump)


@pytest.mark.parametrize("dump", dumps_in("right.jsonl"), ids=lambda dump: dump.name)
def test_what_only_looks_like_something_else_stays(tmp_path: Path, dump: Dump) -> None:
    check(tmp_path, dump)
