"""Signs without what they need."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("What does not fit", "Yang tidak pas"),
    (
        Row("sejak:entah gempa", "all(entah, gempa)", ("bad-date@6",)),
        Row(
            " ".join(f"kata{n}" for n in range(33)),
            f"all({', '.join(f'kata{n}' for n in range(32))})",
            ("too-many-words",),
        ),
        Row('harga "beras naik', 'all(harga, "beras naik")', ("unclosed-quote@6",)),
        Row('"', "nothing", ("unclosed-quote@0", "nothing-searchable")),
        Row("(harga beras", "all(harga, beras)", ("unclosed-parenthesis@0",)),
        Row("harga) beras", "all(harga, beras)", ("unclosed-parenthesis@5",)),
        Row("((harga)", "harga", ("unclosed-parenthesis@0",)),
        Row("harga))", "harga", ("unclosed-parenthesis@5",)),
        Row(
            '(harga "beras)', 'all(harga, "beras")', ("unclosed-parenthesis@0", "unclosed-quote@7")
        ),
        Row("judul:(harga", "title: harga", ("unclosed-parenthesis@6",)),
        Row("judul:)", "judul", ("field-without-value@0", "unclosed-parenthesis@6")),
        Row("-(", "nothing", ("unclosed-parenthesis@1", "nothing-searchable")),
        Row("-( )", "nothing", ("nothing-searchable",)),
        Row("+(", "nothing", ("unclosed-parenthesis@1", "nothing-searchable")),
        Row(
            f"{'(' * 18}harga OR beras{')' * 18} pasar",
            "all(any(harga, beras), pasar)",
            ("too-deep@16",),
        ),
        Row("NOT", "nothing", ("lone-operator@0", "nothing-searchable")),
        Row("TANPA", "nothing", ("lone-operator@0", "nothing-searchable")),
        Row("NOT NOT harga", "not(harga)", ("lone-operator@0", "only-excluded")),
        Row("harga AND AND beras", "all(+harga, +beras)", ("lone-operator@10",)),
        Row(
            "AND OR NOT",
            "nothing",
            ("lone-operator@0", "lone-operator@4", "lone-operator@7", "nothing-searchable"),
        ),
        Row("...", "nothing", ("nothing-searchable",)),
        Row("?!", "nothing", ("nothing-searchable",)),
        Row('""""', "nothing", ("nothing-searchable",)),
        Row("( ) ( )", "nothing", ("nothing-searchable",)),
        Row("judul:judul:judul:", "all(judul, title: judul)", ("field-without-value@12",)),
        Row('judul:"', "nothing", ("unclosed-quote@6", "nothing-searchable")),
        Row("=", "nothing", ("nothing-searchable",)),
        Row('=""', "nothing", ("nothing-searchable",)),
        Row('"a b"~5~5', 'all("a b", 5)', ("ignored-operator@5",)),
        Row('-"', "nothing", ("unclosed-quote@1", "nothing-searchable")),
        Row("~", "nothing", ("nothing-searchable",)),
        Row("harga NEAR/", "all(harga, near)"),
        Row("a NEAR/x b", "all(a, near, x, b)"),
        Row("harga W/", "all(harga, w)"),
        Row("a W/x b", "all(a, w, x, b)"),
        Row("harga ,beras", "all(harga, beras)"),
        Row("*:*", "nothing", ("nothing-searchable",)),
    ),
)
