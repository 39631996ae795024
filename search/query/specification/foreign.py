"""What has another meaning elsewhere and none here."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Signs of other search engines", "Tanda dari mesin pencari lain"),
    (
        Row("kor%psi", "all(kor, psi)", ("unknown-operator@0",)),
        Row("kor*psi~2", "all(kor, psi)", ("unknown-operator@0",)),
        Row("korup$", "korup", ("unknown-operator@0",)),
        Row("harga^3", "harga", ("unknown-operator@0",)),
        Row("~harga", "harga", ("unknown-operator@0",)),
        Row("!harga", "harga", ("unknown-operator@0",)),
        Row("^harga", "harga", ("unknown-operator@0",)),
        Row("beras[0-3]", "all(beras, 0, 3)", ("unknown-operator@0",)),
        Row("202[0-3]", "all(202, 0, 3)", ("unknown-operator@0",)),
        Row("banjir|longsor", "all(banjir, longsor)", ("unknown-operator@0",)),
        Row("2010..12", "all(2010, 12)", ("unknown-operator@0",)),
        Row("[2010 TO 2020]", "all(2010, 2020)", ("unknown-operator@0",)),
        Row("{harga beras}", "all(harga, beras)", ("unknown-operator@0",)),
        Row("/pol.*/ harga", "all(pol, harga)", ("unknown-operator@0",)),
        Row("harga && beras", "all(+harga, +beras)", ("unknown-operator@6",)),
        Row("harga || beras", "any(harga, beras)", ("unknown-operator@6",)),
        Row("harga AND/OR beras", "any(harga, beras)", ("unknown-operator@6",)),
        Row("harga ANDNOT beras", "all(+harga, not(beras))", ("unknown-operator@6",)),
        Row("harga BUTNOT beras", "all(+harga, not(beras))", ("unknown-operator@6",)),
        Row("harga XOR beras", "all(harga, beras)", ("ignored-operator@6",)),
        Row("harga w/p beras", "all(harga, beras)", ("ignored-operator@6",)),
        Row("ATLEAST5 harga", "harga", ("ignored-operator@0",)),
        Row("atleast5 harga", "harga", ("ignored-operator@0",)),
        Row('"harga beras"^5', '"harga beras"', ("ignored-operator@13",)),
        Row('"harga beras"*', '"harga beras"', ("ignored-operator@13",)),
        Row("harga * beras", "all(harga, beras)", ("ignored-operator@6",)),
        Row("filetype:pdf harga", "all(maybe pdf, harga)", ("unknown-filter@0",)),
        Row("filetype:(pdf doc) harga", "all(all(pdf, doc), harga)", ("unknown-filter@0",)),
        Row("-filetype:pdf harga", "harga", ("unknown-filter@1",)),
        Row("inurl:kompas harga", "all(maybe kompas, harga)", ("unknown-filter@0",)),
        Row("url:kompas", "maybe kompas", ("unknown-filter@0",)),
        Row("subject:harga", "harga", ("unknown-field@0",)),
        Row("tag:banjir", "maybe banjir", ("unknown-filter@0",)),
        Row("judl:beras", "beras", ("unknown-field@0",)),
        Row("sumbr:antara", "maybe antara", ("unknown-filter@0",)),
        Row("foo:beras", "all(foo, beras)", ("unknown-operator@0",)),
        Row("kata:Beras", "all(kata, beras)", ("unknown-operator@0",)),
        Row("from:antara", "maybe antara", ("unknown-filter@0",)),
        Row("lang:id", "maybe id", ("unknown-filter@0",)),
        Row("near:ambon", "maybe ambon", ("unknown-filter@0",)),
        Row("is:baru", "maybe baru", ("unknown-filter@0",)),
    ),
)
