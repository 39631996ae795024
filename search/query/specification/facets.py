"""Source, category, place, author."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Filters", "Filter"),
    (
        Row(
            "sumber:antara",
            "source is antara",
            help=Text(
                "by source; words of its name suffice: antaranews.com, too (also `site:`)",
                "menurut sumber; sebagian katanya cukup: juga antaranews.com (juga `site:`)",
            ),
        ),
        Row(
            "kategori:ekonomi", "category is ekonomi", help=Text("by category", "menurut kategori")
        ),
        Row(
            'tempat:"Banda Aceh"',
            "place is Banda Aceh",
            help=Text(
                "by place; several words in quotation marks",
                "menurut tempat; beberapa kata dalam tanda kutip",
            ),
        ),
        Row("penulis:sari", "author is sari", help=Text("by author", "menurut penulis")),
        Row(
            "sumber:(kompas, antara)",
            "any(source is kompas, source is antara)",
            help=Text("by one of several values", "menurut salah satu dari beberapa nilai"),
        ),
        Row(
            "sumber:=kompas.com",
            "source is whole kompas.com",
            help=Text("by the whole value", "menurut nilai utuh"),
        ),
        Row('tempat:="Banda"', "place is whole Banda"),
        Row("source:antara", "source is antara"),
        Row("site:kompas.com", "source is kompas.com"),
        Row("situs:kompas.com", "source is kompas.com"),
        Row('site:"cnn indonesia"', "source is cnn indonesia"),
        Row("domain:kompas.com", "source is kompas.com"),
        Row("by:sari", "author is sari"),
        Row("inauthor:sari", "author is sari"),
        Row("oleh:sari", "author is sari"),
        Row("category:ekonomi", "category is ekonomi"),
        Row("rubrik:ekonomi", "category is ekonomi"),
        Row("lokasi:ambon", "place is ambon"),
        Row("sumber:(cnn indonesia, antara)", "any(source is cnn indonesia, source is antara)"),
        Row('sumber:("cnn indonesia" antara)', "any(source is cnn indonesia, source is antara)"),
        Row("sumber:(satu ATAU dua)", "any(source is satu, source is dua)"),
        Row("sumber:(satu judul:tiga)", "all(source is satu, title: tiga)"),
        Row("-sumber:antara gempa", "all(not(source is antara), gempa)"),
        Row(
            "gempa -sumber:(antara, kompas)",
            "all(gempa, not(any(source is antara, source is kompas)))",
        ),
        Row("sumber:antara sumber:kompas", "all(source is antara, source is kompas)"),
        Row("sumber:antara,", "source is antara"),
        Row("sumber:", "sumber", ("field-without-value@0",)),
        Row("gempa sumber:", "all(gempa, sumber)", ("field-without-value@6",)),
        Row("sumber: antara", "all(sumber, antara)", ("field-without-value@0",)),
        Row("sumber:()", "nothing", ("nothing-searchable",)),
        Row("sumber:kom*", "source is kom", ("unknown-operator@7",)),
        Row("sumber:kom*as", "source is kom as", ("unknown-operator@7",)),
        Row("sumber:kompas~1", "source is kompas", ("unknown-operator@7",)),
        Row('sumber:"a * b"', "source is a * b"),
        Row("sumber:NOT", "source is NOT"),
        Row('sumber:"=antara"', "source is =antara"),
        Row('sumber:"W/5"', "source is W/5"),
        Row("sumber:(a NEAR/5 b)", "any(source is a, source is b)", ("lone-operator@10",)),
        Row('sumber:"a b"~5', "source is a b", ("lone-operator@12",)),
        Row("sumber=antara", "maybe antara", ("unknown-filter@0",)),
        Row("+sumber:antara gempa", "all(source is antara, gempa)"),
        Row("sumber:antara OR gempa", "any(source is antara, gempa)"),
        Row("SUMBER:Antara", "source is Antara"),
        Row(
            'sumber:(kompas, "cnn indonesia", =detik.com)',
            "any(source is kompas, source is cnn indonesia, source is whole detik.com)",
        ),
        Row("sumber:(=kompas.com, antara)", "any(source is whole kompas.com, source is antara)"),
        Row(
            'sumber:(="cnn indonesia" antara)',
            "any(source is whole cnn indonesia, source is antara)",
        ),
        Row("sumber:(kompas OR =detik.com)", "any(source is kompas, source is whole detik.com)"),
        Row("sumber:=(kompas, antara)", "any(source is whole kompas, source is whole antara)"),
        Row(
            "sumber:(kompas | antara; detik)",
            "any(source is kompas, source is antara, source is detik)",
        ),
        Row("sumber:kompas,antara", "any(source is kompas, source is antara)"),
        Row(
            "-sumber:kompas,antara gempa",
            "all(not(any(source is kompas, source is antara)), gempa)",
        ),
        Row("sumber:= antara", "all(sumber, antara)", ("field-without-value@0",)),
    ),
)
