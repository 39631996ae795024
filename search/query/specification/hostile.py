"""Full-width signs, invisible ones, and other scripts."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Signs of all scripts", "Tanda dari segala aksara"),
    (
        Row("\uff02harga\uff02 \uff08beras\uff09 \uff0dgempa", 'all("harga", beras, not(gempa))'),
        Row(
            "\uff48\uff41\uff52\uff47\uff41\u3000\uff2e\uff2f\uff34 \uff42\uff45\uff52\uff41\uff53",
            "all(+harga, not(beras))",
        ),
        Row("\ufeffjudul:harga \u200e-beras", "all(title: harga, not(beras))"),
        Row("harga NOT\u200b beras", "all(+harga, not(beras))"),
        Row("har\xadga", "harga"),
        Row("İstanbul", "i\u0307stanbul"),
        Row("Ca\u0301fe", "c\xe1fe"),
        Row("\u65e5\u672c \u8a9e", "all(\u65e5\u672c, \u8a9e)"),
        Row("\U0001f600 gempa", "gempa"),
        Row("\u202eharga", "harga"),
        Row("\ufb01nal", "final"),
        Row("a\x00b", "all(a, b)"),
        Row("harga\tberas\nnaik", "all(harga, beras, naik)"),
        Row("\u200b", "nothing", ("nothing-searchable",)),
        Row("\u0646\u0635 \u0639\u0631\u0628\u064a", "all(\u0646\u0635, \u0639\u0631\u0628\u064a)"),
        Row(
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ),
        Row("-\u200bgempa", "gempa"),
        Row("“harga beras”~5", 'near 5("harga", "beras")'),
        Row("\uff1dharga", '"harga"'),
        Row("harga\uff0a", "harga*"),
        Row("\uff2e\uff25\uff21\uff32/5", "nothing", ("lone-operator@0", "nothing-searchable")),
        Row("a \uff2e\uff25\uff21\uff32/5 b", "near 5(a, b)"),
        Row("judul\uff1aberas", "title: beras"),
        Row("kata\uff5e", "kata~1"),
    ),
)
