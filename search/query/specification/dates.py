"""Days, months and years. Those that count from today count from 25 June 2025, a Wednesday."""

from __future__ import annotations

from datetime import date

from index.bilingual import Text
from search.query.specification.row import Row, Section

TODAY = date(2025, 6, 25)

SECTION = Section(
    Text("Dates", "Tanggal"),
    (
        Row(
            "sejak:2023-06-01",
            "days 2023-06-01 to ...",
            help=Text("from this day on", "sejak hari itu"),
        ),
        Row(
            "sampai:2023-06-30",
            "days ... to 2023-06-30",
            help=Text("until this day", "sampai hari itu"),
        ),
        Row(
            "tanggal:2023-06",
            "days 2023-06-01 to 2023-06-30",
            help=Text(
                "in this month, year (`tanggal:2023`) or on this day, however written",
                "pada bulan, tahun (`tanggal:2023`), atau hari itu, bagaimanapun ditulis",
            ),
        ),
        Row(
            "tanggal:minggu lalu",
            "days 2025-06-16 to 2025-06-22",
            ("days-meant@8",),
            help=Text(
                "counted from today; also `kemarin`, `bulan ini`, `3 hari terakhir`",
                "dihitung dari hari ini; juga `kemarin`, `bulan ini`, `3 hari terakhir`",
            ),
        ),
        Row(
            "tanggal:2023-01..2023-03",
            "days 2023-01-01 to 2023-03-31",
            help=Text(
                "from one day, month or year to another",
                "dari satu hari, bulan, atau tahun sampai yang lain",
            ),
        ),
        Row(
            "tanggal:tidak-ada",
            "undated",
            help=Text("articles without a date", "artikel tanpa tanggal"),
        ),
        Row("since:2023-06-01", "days 2023-06-01 to ..."),
        Row("until:2023-06-30", "days ... to 2023-06-30"),
        Row("sejak:2024-02 sampai:2024-02", "all(days 2024-02-01 to ..., days ... to 2024-02-29)"),
        Row("sejak:2024", "days 2024-01-01 to ..."),
        Row("sampai:2024", "days ... to 2024-12-31"),
        Row("sejak:1/2/2024", "days 2024-02-01 to ...", ("days-meant@6",)),
        Row("sampai:“29 Februari 2024”", "days ... to 2024-02-29"),
        Row("sejak:2024–02–01 gempa", "all(days 2024-02-01 to ..., gempa)"),
        Row("-sejak:2024 gempa", "all(not(days 2024-01-01 to ...), gempa)"),
        Row(
            "sejak:2024-02 sampai:2024-01",
            "all(days 2024-02-01 to ..., days ... to 2024-01-31)",
            ("no-days@14",),
        ),
        Row("gempa sejak:", "all(gempa, sejak)", ("field-without-value@6",)),
        Row("tanggal:hari ini", "days 2025-06-25 to 2025-06-25", ("days-meant@8",)),
        Row("tanggal:bulan ini", "days 2025-06-01 to 2025-06-30", ("days-meant@8",)),
        Row("tanggal:tahun lalu", "days 2024-01-01 to 2024-12-31", ("days-meant@8",)),
        Row("date:yesterday", "days 2025-06-24 to 2025-06-24", ("days-meant@5",)),
        Row("date:last week", "days 2025-06-16 to 2025-06-22", ("days-meant@5",)),
        Row("sejak:16/06/2025", "days 2025-06-16 to ...", ("days-meant@6",)),
        Row("tanggal:kuartal 1 2023", "days 2023-01-01 to 2023-03-31", ("days-meant@8",)),
        Row("tanggal:awal 2023", "days 2023-01-01 to 2023-04-30", ("days-meant@8",)),
        Row("before:2023-06-01", "days ... to 2023-06-01", ("days-meant@7",)),
        Row("sejak:juni", "juni", ("bad-date@6",)),
        Row("-tanggal:juni gempa", "gempa", ("bad-date-excluded@9",)),
        Row("tanggal:2023..2021", "days 2021-01-01 to 2023-12-31", ("days-meant@8",)),
        Row("tanggal:2023-02-30 gempa", "all(2023, 02, 30, gempa)", ("bad-date@8",)),
        Row("tanggal:99999", "99999", ("bad-date@8",)),
        Row(
            "tanggal:2021-01-01 tanggal:2023-01-01",
            "all(days 2021-01-01 to 2021-01-01, days 2023-01-01 to 2023-01-01)",
            ("no-days@19",),
        ),
        Row("tanggal:2023", "days 2023-01-01 to 2023-12-31"),
        Row("tanggal:juni-2023", "days 2023-06-01 to 2023-06-30"),
        Row('date:"June 2023"', "days 2023-06-01 to 2023-06-30"),
        Row("tanggal:juni 2023 banjir", "all(days 2023-06-01 to 2023-06-30, banjir)"),
        Row(
            "banjir tanggal:minggu lalu jakarta",
            "all(banjir, days 2025-06-16 to 2025-06-22, jakarta)",
            ("days-meant@15",),
        ),
        Row("tanggal:minggu-lalu", "days 2025-06-16 to 2025-06-22", ("days-meant@8",)),
        Row("TANGGAL:MINGGU LALU", "days 2025-06-16 to 2025-06-22", ("days-meant@8",)),
        Row(
            "sejak:3 hari terakhir korupsi",
            "all(days 2025-06-23 to ..., korupsi)",
            ("days-meant@6",),
        ),
        Row('sejak:"3 hari terakhir"', "days 2025-06-23 to ...", ("days-meant@6",)),
        Row("tanggal:17 agustus 2017 upacara", "all(days 2017-08-17 to 2017-08-17, upacara)"),
        Row(
            "tanggal:Senin, 16 Juni 2025 banjir",
            "all(days 2025-06-16 to 2025-06-16, banjir)",
            ("days-meant@8",),
        ),
        Row("tanggal:2023, banjir", "all(days 2023-01-01 to 2023-12-31, banjir)"),
        Row("tanggal:kemarin,xyz", "all(kemarin, xyz)", ("bad-date@8",)),
        Row(
            "tanggal:kemarin,2024-05-01",
            "any(days 2025-06-24 to 2025-06-24, days 2024-05-01 to 2024-05-01)",
            ("days-meant@8",),
        ),
        Row(
            "sejak:2024 sejak:2025 sampai:2023 sampai:2022",
            "all(days 2024-01-01 to ..., days 2025-01-01 to ..., days ... to 2023-12-31,"
            " days ... to 2022-12-31)",
            ("no-days@34",),
        ),
        Row("tanggal:last hour", "days 2025-06-24 to 2025-06-25", ("days-meant@8",)),
        Row("sejak:24 hr ago", "days 2025-06-24 to ...", ("days-meant@6",)),
        Row("sejak:kemarin", "days 2025-06-24 to ...", ("days-meant@6",)),
        Row("sejak:2 minggu lalu", "days 2025-06-11 to ...", ("days-meant@6",)),
        Row("sejak:2023", "days 2023-01-01 to ..."),
        Row("sampai:2023", "days ... to 2023-12-31"),
        Row(
            "after:2020 before:2021-06",
            "all(days 2020-01-01 to ..., days ... to 2021-06-30)",
            (
                "days-meant@6",
                "days-meant@18",
            ),
        ),
        Row("mulai:2020 hingga:2021", "all(days 2020-01-01 to ..., days ... to 2021-12-31)"),
        Row("year:2016", "days 2016-01-01 to 2016-12-31"),
        Row("tahun:2016 banjir", "all(days 2016-01-01 to 2016-12-31, banjir)"),
        Row("bulan:juni 2023", "days 2023-06-01 to 2023-06-30"),
        Row("daterange:20230101-20230105", "days 2023-01-01 to 2023-01-05", ("days-meant@10",)),
        Row("tanggal:2023-01-05 - 2023-01-09 x", "all(days 2023-01-05 to 2023-01-09, x)"),
        Row("date:[2020-01-01 TO *] gempa", "all(days 2020-01-01 to ..., gempa)"),
        Row("date:[2020 TO 2021]", "days 2020-01-01 to 2021-12-31"),
        Row("tanggal:>=2023-05", "days 2023-05-01 to ..."),
        Row("tanggal>=2023-05", "days 2023-05-01 to ..."),
        Row("tanggal<2023", "days ... to 2022-12-31", ("days-meant@7",)),
        Row("tanggal=2023", "days 2023-01-01 to 2023-12-31"),
        Row("tanggal:..2023", "days ... to 2023-12-31"),
        Row("sejak:2016 sampai 2019 banjir", "all(days 2016-01-01 to 2019-12-31, banjir)"),
        Row("tanggal:tidak ada banjir", "all(undated, banjir)"),
        Row("date:none", "undated"),
        Row("tanggal:kosong gempa", "all(undated, gempa)"),
        Row("tanggal:tidak\u2212ada", "undated"),
        Row("-tanggal:tidak-ada gempa", "all(not(undated), gempa)"),
        Row("tanggal:* gempa", "all(not(undated), gempa)"),
        Row("-tanggal:2023 gempa", "all(not(days 2023-01-01 to 2023-12-31), gempa)"),
        Row(
            "gempa NOT tanggal:minggu lalu",
            "all(+gempa, not(days 2025-06-16 to 2025-06-22))",
            ("days-meant@18",),
        ),
        Row(
            "tanggal:(2021 OR 2023)",
            "any(days 2021-01-01 to 2021-12-31, days 2023-01-01 to 2023-12-31)",
        ),
        Row(
            "tanggal:(2021, 2023)",
            "any(days 2021-01-01 to 2021-12-31, days 2023-01-01 to 2023-12-31)",
        ),
        Row(
            "tanggal:(2021,2023)",
            "any(days 2021-01-01 to 2021-12-31, days 2023-01-01 to 2023-12-31)",
        ),
        Row(
            "tanggal:2021,2023", "any(days 2021-01-01 to 2021-12-31, days 2023-01-01 to 2023-12-31)"
        ),
        Row(
            "tanggal:(17 agustus 2017, kemarin)",
            "any(days 2017-08-17 to 2017-08-17, days 2025-06-24 to 2025-06-24)",
            ("days-meant@26",),
        ),
        Row(
            "x -tanggal:(2021, juni 2023)",
            "all(x, not(any(days 2021-01-01 to 2021-12-31, days 2023-06-01 to 2023-06-30)))",
        ),
        Row(
            "(tanggal:kemarin OR gempa)",
            "any(days 2025-06-24 to 2025-06-24, gempa)",
            ("days-meant@9",),
        ),
        Row("judul:(banjir tanggal:2023)", "all(title: banjir, days 2023-01-01 to 2023-12-31)"),
        Row("tanggal:agustus", "agustus", ("bad-date@8",)),
        Row("gempa tanggal:2023-02-30", "all(gempa, 2023, 02, 30)", ("bad-date@14",)),
        Row("gempa -tanggal:2023-02-30", "gempa", ("bad-date-excluded@15",)),
        Row("from:2023 banjir", "all(days 2023-01-01 to ..., banjir)"),
        Row("dari:2016 sampai 2019 banjir", "all(days 2016-01-01 to 2019-12-31, banjir)"),
        Row("-from:2023 banjir", "all(not(days 2023-01-01 to ...), banjir)"),
        Row("published:2023", "days 2023-01-01 to 2023-12-31"),
        Row("from:kompas banjir", "all(maybe kompas, banjir)", ("unknown-filter@0",)),
        Row(
            "sejak:17 agutsus 2017 banjir", "all(days 2017-08-17 to ..., banjir)", ("days-meant@6",)
        ),
        Row("data:korupsi", "all(data, korupsi)", ("unknown-operator@0",)),
        Row(
            "tanggal:mei '17 banjir",
            "all(days 2017-05-01 to 2017-05-31, banjir)",
            ("days-meant@8",),
        ),
        Row("tanggal:mei-17", "all(mei, 17)", ("bad-date@8",)),
        Row("tanggal:17/5", "all(17, 5)", ("bad-date@8",)),
        Row("tanggal:June 1-5, 2023", "days 2023-06-01 to 2023-06-05", ("days-meant@8",)),
        Row("tanggal:2017/2018", "days 2017-01-01 to 2018-12-31", ("days-meant@8",)),
        Row("tanggal:minggu kedua mei 2017", "days 2017-05-08 to 2017-05-14", ("days-meant@8",)),
        Row("tanggal:senin pekan lalu", "days 2025-06-16 to 2025-06-16", ("days-meant@8",)),
        Row("tanggal:sepekan ini", "days 2025-06-19 to 2025-06-25", ("days-meant@8",)),
        Row("tanggal:sebelum mei 2017", "days ... to 2017-04-30", ("days-meant@8",)),
        Row("tanggal:setelah mei 2017", "days 2017-06-01 to ...", ("days-meant@8",)),
        Row("tanggal:17th-May-2017", "days 2017-05-17 to 2017-05-17", ("days-meant@8",)),
        Row("tanggal:2017-06 juli 2017", "all(days 2017-06-01 to 2017-06-30, juli, 2017)"),
        Row("tanggal:2023-06-01 minggu", "all(days 2023-06-01 to 2023-06-01, minggu)"),
        Row(
            "tanggal:2023 minggu lalu",
            "all(days 2023-01-01 to 2023-12-31, minggu, maybe lalu)",
        ),
        Row("sejak:17/5/2017 pukul 10.00 x", "all(days 2017-05-17 to ..., x)", ("days-meant@6",)),
        Row("tanggal:HUT RI 2017", "all(hut, ri, 2017)", ("bad-date@8",)),
    ),
)
