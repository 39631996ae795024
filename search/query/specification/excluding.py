"""What must not match, and what must."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Excluding and insisting", "Mengecualikan dan mewajibkan"),
    (
        Row(
            "gempa -ambon",
            "all(gempa, not(ambon))",
            help=Text("without a word", "tanpa sebuah kata"),
        ),
        Row(
            "gempa TANPA ambon",
            "all(+gempa, not(ambon))",
            help=Text("the same (also `NOT`, `BUKAN`)", "sama (juga `NOT`, `BUKAN`)"),
        ),
        Row(
            "+banjir longsor",
            "all(+banjir, longsor)",
            help=Text(
                "both words, and never an article that has only “longsor”",
                "kedua kata, dan tidak pernah artikel yang hanya memuat “longsor”",
            ),
        ),
        Row("gempa NOT ambon", "all(+gempa, not(ambon))"),
        Row("gempa BUKAN ambon", "all(+gempa, not(ambon))"),
        Row("gempa AND NOT ambon", "all(+gempa, not(ambon))"),
        Row("gempa DAN BUKAN ambon", "all(+gempa, not(ambon))"),
        Row("gempa -(ambon maluku)", "all(gempa, not(all(ambon, maluku)))"),
        Row('gempa -"ambon maluku"', 'all(gempa, not("ambon maluku"))'),
        Row("gempa NOT (ambon OR maluku)", "all(+gempa, not(any(ambon, maluku)))"),
        Row("gempa NOT judul:ambon maluku", "all(+gempa, not(title: ambon), maluku)"),
        Row("gempa -Maluku Tengah", "all(gempa, not(maluku), tengah)", ("excludes-part@6",)),
        Row("gempa TANPA Maluku Tengah", "all(+gempa, not(maluku), tengah)", ("excludes-part@6",)),
        Row(
            "gempa -Maluku Tengah -Seram Barat",
            "all(gempa, not(maluku), tengah, not(seram), barat)",
            ("excludes-part@6",),
        ),
        Row(
            "gempa -judul:Maluku Tengah",
            "all(gempa, not(title: maluku), tengah)",
            ("excludes-part@6",),
        ),
        Row("gempa -Maluku, Seram", "all(gempa, not(maluku), seram)"),
        Row("gempa -sumber:antara", "all(gempa, not(source is antara))"),
        Row("-gempa", "not(gempa)", ("only-excluded",)),
        Row("-gempa -banjir", "all(not(gempa), not(banjir))", ("only-excluded",)),
        Row("gempa -gempa", "gempa", ("doubled-word@6",)),
        Row("gempa NOT gempa", "all(+gempa, not(gempa))", ("asked-and-excluded@6",)),
        Row("gempa bumi -gempa", "all(gempa, bumi, not(gempa))", ("asked-and-excluded@11",)),
        Row("makan -makanan", "all(makan, not(makanan))", ("asked-and-excluded@6",)),
        Row("siapa presiden -siapa", "all(siapa, presiden, not(siapa))"),
        Row("gempa NOT -ambon", "all(+gempa, not(ambon))"),
        Row("gempa -(-ambon)", "all(gempa, ambon)"),
        Row("tanpa gempa bukan banjir", "all(tanpa, gempa, bukan, banjir)"),
        Row("gempa not ambon", "all(gempa, not, ambon)", ("lower-case-operator@6",)),
        Row("hati -hati", "hati", ("doubled-word@5",)),
        Row("rumah -nya", "all(rumah, maybe nya)"),
        Row("gempa -2019", "all(gempa, not(2019))"),
        Row("gempa -5", "all(gempa, 5)", ("excludes-nothing@6",)),
        Row("suhu -2½", "all(suhu, 2½)", ("excludes-nothing@5",)),
        Row("suhu -1,5%", "all(suhu, 1,5)", ("excludes-nothing@5",)),
        Row(
            "gempa -Ambon -Maluku -Seram -Buru -Palu",
            "all(gempa, not(ambon), not(maluku), not(seram), not(buru), not(palu))",
            ("excludes-several@6",),
        ),
        Row(
            "KOMPAS.com -Warga desa lereng gunung mengungsi -Polisi",
            "all(kompas, com, warga, desa, lereng, gunung, mengungsi, polisi)",
            ("excludes-nothing@11",),
        ),
        Row("gempa - ambon", "all(gempa, ambon)"),
        Row("gempa −ambon", "all(gempa, not(ambon))"),
        Row("gempa –ambon", "all(gempa, not(ambon))"),
        Row("++banjir", "+banjir"),
        Row("+(banjir longsor)", "all(+banjir, +longsor)"),
        Row("banjir+longsor", "all(banjir, longsor)"),
        Row("+yang harga", "all(+yang, harga)"),
        Row("+", "nothing", ("nothing-searchable",)),
        Row("-", "nothing", ("nothing-searchable",)),
        Row("gempa ATAU BUKAN ambon", "any(gempa, not(ambon))"),
        Row("-yang gempa", "all(not(yang), gempa)"),
    ),
)
