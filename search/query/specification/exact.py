"""Words in the very form that is typed."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Exact forms", "Bentuk persis"),
    (
        Row(
            "=memakan",
            '"memakan"',
            help=Text(
                "only this form of the word, not makan or dimakan",
                "hanya bentuk kata ini, bukan makan atau dimakan",
            ),
        ),
        Row("harga =beras", 'all(harga, "beras")'),
        Row("-=makan nasi", 'all(not("makan"), nasi)'),
        Row("=makan OR =memakan", 'any("makan", "memakan")'),
        Row('="kereta cepat"', '"kereta cepat"'),
        Row("judul:=beras", 'title: "beras"'),
        Row("judul:=(harga beras)", 'all(title: "harga", title: "beras")'),
        Row("=judul:beras", 'title: "beras"'),
        Row("=yang", '"yang"'),
        Row("=Rusia-Ukraina", '"rusia ukraina"'),
        Row("=makan*", "makan*"),
        Row("=kata~", "kata~1"),
        Row("+=makan", '"makan"'),
        Row("=NOT", '"not"'),
        Row("=(makan OR minum)", 'any("makan", "minum")'),
        Row("=(makan -minum)", 'all("makan", not("minum"))'),
        Row("=SUMBER= gempa", "all(sumber, gempa)"),
        Row("a=b", "all(a, b)"),
        Row("= beras", "beras"),
        Row("==beras", "beras"),
    ),
)
