"""What stands in quotation marks."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Phrases", "Frasa"),
    (
        Row(
            '"kereta cepat"',
            '"kereta cepat"',
            help=Text(
                "the words exactly as written, one after the other",
                "kata-kata persis seperti ditulis, berurutan",
            ),
        ),
        Row(
            '"presiden * widodo"',
            '"presiden * widodo"',
            help=Text(
                "with any one word in the place of each asterisk",
                "dengan satu kata apa saja di tempat setiap bintang",
            ),
        ),
        Row(
            '"menteri keuang*"',
            '"menteri keuang*"',
            help=Text(
                "a phrase in which a word is a pattern", "frasa yang salah satu katanya berupa pola"
            ),
        ),
        Row('"kereta"', '"kereta"'),
        Row("“kereta cepat” Bandung", 'all("kereta cepat", bandung)'),
        Row("„kereta cepat“", '"kereta cepat"'),
        Row("«kereta cepat»", '"kereta cepat"'),
        Row("‘kereta cepat’", "all(kereta, cepat)"),
        Row('"Kereta CEPAT"', '"kereta cepat"'),
        Row('"kereta cepat" "harga tiket"', 'all("kereta cepat", "harga tiket")'),
        Row('"yang di"', '"yang di"'),
        Row('"a * * b"', '"a * * b"'),
        Row('"* kereta cepat"', '"kereta cepat"', ("lone-operator@1",)),
        Row('"kereta cepat *"', '"kereta cepat"', ("lone-operator@14",)),
        Row('"*"', "nothing", ("lone-operator@1", "nothing-searchable")),
        Row('"b?njir bandang"', '"b?njir bandang"'),
        Row('"*karta pusat"', '"*karta pusat"'),
        Row('"keuang*"', "+keuang*"),
        Row('"k* cepat"', '"k cepat"', ("prefix-too-short@1",)),
        Row('""kereta cepat""', '"kereta cepat"'),
        Row('"kereta""cepat"', 'all("kereta", "cepat")'),
        Row('""', "nothing", ("nothing-searchable",)),
        Row('" "', "nothing", ("nothing-searchable",)),
        Row('"Rusia-Ukraina"', '"rusia ukraina"'),
        Row('"Rusia-Ukr*"', '"rusia ukr*"'),
        Row('"satu, dua."', '"satu dua"'),
        Row('"apa *?"', '"apa"', ("lone-operator@5",)),
        Row('tv 42" murah', "all(tv, 42, murah)"),
        Row('"harga kor%psi"', '"harga kor psi"', ("unknown-operator@7",)),
        Row('"NOT OR"', '"not or"'),
        Row('"sumber:antara"', '"sumber antara"'),
        Row('"gempa OR banjir"', '"gempa or banjir"', ("quoted-operator@7",)),
        Row('"gempa NEAR/5 ambon"', '"gempa near 5 ambon"', ("quoted-operator@7",)),
        Row('"Hit and Run"', '"hit and run"'),
        Row('"GEMPA DAN TSUNAMI"', '"gempa dan tsunami"'),
    ),
)
