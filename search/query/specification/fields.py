"""Title, body, opening, sentence."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Where it stands", "Letaknya dalam artikel"),
    (
        Row("judul:beras", "title: beras", help=Text("in the title", "di judul")),
        Row("isi:beras", "body: beras", help=Text("in the body", "di isi")),
        Row(
            "awal:banjir",
            "opening(body: banjir)",
            help=Text("among the first 64 words of the body", "di antara 64 kata pertama isi"),
        ),
        Row(
            "kalimat:(banjir jakarta)",
            "sentence(body: banjir, body: jakarta)",
            help=Text("all of it in one sentence", "semuanya dalam satu kalimat"),
        ),
        Row(
            "judul:(harga beras)",
            "all(title: harga, title: beras)",
            help=Text("all of a group in the title", "seluruh kelompok di judul"),
        ),
        Row("title:beras", "title: beras"),
        Row("intitle:beras", "title: beras"),
        Row("headline:beras", "title: beras"),
        Row("intext:beras", "body: beras"),
        Row("inbody:beras", "body: beras"),
        Row("body:beras", "body: beras"),
        Row("JUDUL:beras", "title: beras"),
        Row("judul:harga beras", "all(title: harga, beras)"),
        Row('judul:"harga beras"', 'title: "harga beras"'),
        Row("judul:(harga OR beras)", "any(title: harga, title: beras)"),
        Row("judul:(harga -beras)", "all(title: harga, not(title: beras))"),
        Row("-judul:beras harga", "all(not(title: beras), harga)"),
        Row("judul:yang", "title: yang"),
        Row("judul:isi:beras", "all(judul, body: beras)", ("field-without-value@0",)),
        Row("judul:(harga isi:beras)", "all(title: harga, body: beras)", ("near-apart@0",)),
        Row("judul:beras*", "title: beras*"),
        Row("judul:b?ras", "title: b?ras"),
        Row("judul:beras~", "title: beras~1"),
        Row("allintitle:harga beras naik", "all(title: harga, title: beras, title: naik)"),
        Row(
            "allintitle:harga beras site:kompas",
            "all(title: harga, title: beras, source is kompas)",
        ),
        Row(
            "allintitle:harga beras OR jagung",
            "any(all(title: harga, title: beras), title: jagung)",
        ),
        Row("(allintitle:harga beras) naik", "all(title: harga, title: beras, naik)"),
        Row("allintext:harga beras", "all(body: harga, body: beras)"),
        Row("awal:(banjir OR longsor)", "opening(any(body: banjir, body: longsor))"),
        Row("awal:(banjir longsor)", "all(opening(body: banjir), opening(body: longsor))"),
        Row('awal:"banjir bandang"', 'opening(body: "banjir bandang")'),
        Row("opening:banjir", "opening(body: banjir)"),
        Row("awal:banjir*", "opening(body: banjir*)"),
        Row("awal:(banjir -longsor)", "all(opening(body: banjir), not(opening(body: longsor)))"),
        Row(
            "awal:(judul:beras harga)",
            "all(title: beras, opening(body: harga))",
            ("near-apart@0",),
        ),
        Row(
            "awal:(banjir sumber:antara)",
            "all(opening(body: banjir), source is antara)",
            ("near-apart@0",),
        ),
        Row(
            "awal:(banjir OR judul:longsor)",
            "any(opening(body: banjir), title: longsor)",
            ("near-apart@0",),
        ),
        Row("judul:(awal:banjir)", "opening(body: banjir)", ("near-apart@0",)),
        Row("judul:(isi:banjir)", "body: banjir", ("near-apart@0",)),
        Row("judul:(sumber:antara banjir)", "all(source is antara, title: banjir)"),
        Row("awal:(banjir NEAR/3 jakarta)", "opening(body: near 3(body: banjir, body: jakarta))"),
        Row("awal:awal:banjir", "all(awal, opening(body: banjir))", ("field-without-value@0",)),
        Row("-awal:banjir longsor", "all(not(opening(body: banjir)), longsor)"),
        Row("sentence:(banjir jakarta)", "sentence(body: banjir, body: jakarta)"),
        Row('kalimat:"banjir bandang"', 'sentence(body: "banjir bandang")'),
        Row("kalimat:banjir", "body: banjir"),
        Row(
            'kalimat:"banjir jakarta"~5', 'sentence(body: near 5(body: "banjir", body: "jakarta"))'
        ),
        Row("kalimat:(banjir OR longsor)", "any(body: banjir, body: longsor)"),
        Row(
            "kalimat:((banjir OR longsor) jakarta)",
            "sentence(any(body: banjir, body: longsor), body: jakarta)",
        ),
        Row(
            "kalimat:((banjir bandang) OR longsor)",
            "any(sentence(body: banjir, body: bandang), body: longsor)",
        ),
        Row(
            "kalimat:(banjir -jakarta)", "all(body: banjir, not(body: jakarta))", ("near-apart@0",)
        ),
        Row(
            "kalimat:(banjir sumber:antara)",
            "all(body: banjir, source is antara)",
            ("near-apart@0",),
        ),
        Row(
            "kalimat:(judul:banjir jakarta longsor)",
            "all(sentence(body: jakarta, body: longsor), title: banjir)",
            ("near-apart@0",),
        ),
        Row(
            "kalimat:(banjir NEAR/5 jakarta hujan)",
            "sentence(body: near 5(body: banjir, body: jakarta), body: hujan)",
        ),
        Row("kalimat:(kalimat:(a b) c)", "sentence(body: a, body: b, body: c)"),
        Row("judul: beras", "all(judul, beras)", ("field-without-value@0",)),
        Row("judul:", "judul", ("field-without-value@0",)),
        Row("judul:-beras", "all(judul, not(beras))", ("field-without-value@0",)),
        Row("awal: banjir", "all(awal, banjir)", ("field-without-value@0",)),
        Row("judul:NOT beras", "all(title: not, beras)"),
        Row("judul=beras", "beras", ("unknown-field@0",)),
        Row("pukul:10", "all(pukul, 10)"),
        Row("judul:beras,", "title: beras"),
        Row("lead:banjir", "opening(body: banjir)"),
        Row("intitle: beras", "title: beras"),
        Row("allintitle: harga beras", "all(title: harga, title: beras)"),
        Row("INTITLE: beras", "title: beras"),
        Row("inauthor: sari", "author is sari"),
        Row(
            "judul: beras intitle:",
            "all(judul, beras, intitle)",
            (
                "field-without-value@0",
                "field-without-value@13",
            ),
        ),
    ),
)
