"""Days, months and years."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

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
        Row("since:2023-06-01", "days 2023-06-01 to ..."),
        Row("until:2023-06-30", "days ... to 2023-06-30"),
        Row("sejak:2024-02 sampai:2024-02", "all(days 2024-02-01 to ..., days ... to 2024-02-29)"),
        Row("sejak:2024", "days 2024-01-01 to ..."),
        Row("sampai:2024", "days ... to 2024-12-31"),
        Row("sejak:1/2/2024", "days 2024-02-01 to ..."),
        Row("sampai:“29 Februari 2024”", "days ... to 2024-02-29"),
        Row("sejak:2024–02–01 gempa", "all(days 2024-02-01 to ..., gempa)"),
        Row("-sejak:2024 gempa", "all(not(days 2024-01-01 to ...), gempa)"),
        Row(
            "sejak:2024-02 sampai:2024-01",
            "all(days 2024-02-01 to ..., days ... to 2024-01-31)",
            ("no-days@14",),
        ),
        Row("gempa sejak:", "all(gempa, sejak)", ("field-without-value@6",)),
    ),
)
