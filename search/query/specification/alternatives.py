"""AND, OR and parentheses."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Alternatives and groups", "Pilihan dan kelompok"),
    (
        Row(
            "banjir ATAU longsor",
            "any(banjir, longsor)",
            help=Text("one of them (also `OR`)", "salah satunya (juga `OR`)"),
        ),
        Row(
            "(banjir OR longsor) bandung",
            "all(any(banjir, longsor), bandung)",
            help=Text("parentheses group", "tanda kurung mengelompokkan"),
        ),
        Row("banjir OR longsor", "any(banjir, longsor)"),
        Row("banjir longsor OR gempa", "any(all(banjir, longsor), gempa)"),
        Row("banjir ATAU longsor gempa", "any(banjir, all(longsor, gempa))"),
        Row("banjir AND longsor", "all(+banjir, +longsor)"),
        Row("banjir DAN longsor gempa", "all(+banjir, +longsor, gempa)"),
        Row("banjir AND longsor OR gempa", "any(all(+banjir, +longsor), gempa)"),
        Row("(banjir (longsor OR (gempa)))", "all(banjir, any(longsor, gempa))"),
        Row("((banjir))", "banjir"),
        Row("banjir (longsor gempa)", "all(banjir, all(longsor, gempa))"),
        Row("banjir or longsor", "all(banjir, or, longsor)", ("lower-case-operator@7",)),
        Row("banjir dan longsor", "all(banjir, maybe dan, longsor)"),
        Row("banjir atau longsor", "all(banjir, maybe atau, longsor)"),
        Row("banjir OR banjir", "banjir"),
        Row("banjir OR", "banjir", ("lone-operator@7",)),
        Row("OR banjir", "banjir", ("lone-operator@0",)),
        Row("banjir OR OR longsor", "any(banjir, longsor)", ("lone-operator@7",)),
        Row("banjir AND", "banjir", ("lone-operator@7",)),
        Row("AND banjir", "banjir", ("lone-operator@0",)),
        Row("banjir AND OR longsor", "any(banjir, longsor)", ("lone-operator@7",)),
        Row("banjir (DAN longsor)", "all(banjir, longsor)", ("lone-operator@8",)),
        Row("(DAN)", "maybe dan"),
        Row("()", "nothing", ("nothing-searchable",)),
        Row("banjir ()", "banjir"),
        Row("BANJIR ATAU LONGSOR", "any(banjir, longsor)"),
        Row("(a OR b) (c OR d)", "all(any(a, b), any(c, d))"),
        Row("a OR (b -c)", "any(a, all(b, not(c)))"),
        Row("(satu OR dua) AND (tiga OR empat)", "all(any(+satu, +dua), any(+tiga, +empat))"),
    ),
)
