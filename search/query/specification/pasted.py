"""Headlines and sentences, in which no sign is an operator."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Pasted text", "Teks yang ditempel"),
    (
        Row(
            "GEMPA DAN TSUNAMI DI PALU DAN DONGGALA",
            "all(gempa, maybe dan, tsunami, maybe di, palu, donggala)",
        ),
        Row(
            "PEJABAT PULANG DARI AMBON TANPA MASKER",
            "all(pejabat, pulang, maybe dari, ambon, tanpa, masker)",
            ("operator-as-word@26",),
        ),
        Row(
            "RUMAH WARGA DEKAT GUNUNG MERAPI RUSAK",
            "all(rumah, warga, dekat, gunung, merapi, rusak)",
        ),
        Row("KAFE NEAR KAMPUS VIRAL DI MEDSOS", "all(kafe, near, kampus, viral, maybe di, medsos)"),
        Row("NEAR Protocol Rilis Fitur", "all(near, protocol, rilis, fitur)"),
        Row("Prabowo: 'Kami Siap' — kata dia", "all(prabowo, kami, siap, kata, maybe dia)"),
        Row("[VIDEO] Banjir Jakarta | Kompas.com", "all(video, banjir, jakarta, kompas, com)"),
        Row("siapa presiden? apa!? wah...", "all(siapa, presiden, apa, wah)"),
        Row("Ke mana Jokowi?Direktur itu", "all(maybe ke, mana, jokowi, direktur, maybe itu)"),
        Row(
            "AMBON -Ketua Komisi Pemberantasan Korupsi (KPK) mendalami tarif",
            "all(ambon, ketua, komisi, pemberantasan, korupsi, kpk, mendalami, tarif)",
            ("excludes-nothing@6",),
        ),
        Row("Xbox Series X|S seharga US$ 500", "all(xbox, series, x, s, seharga, us, 500)"),
        Row("S&P 500 naik 1,5%", "all(s, p, 500, naik, 1,5)"),
        Row(
            "\ufb01nal liga \U0001d5ef\U0001d5ee\U0001d5fb\U0001d5f7\U0001d5f6\U0001d5ff",
            "all(final, liga, banjir)",
        ),
        Row("\ufb01nal tanggal:2023-06", "all(final, days 2023-06-01 to 2023-06-30)"),
        Row("dan/atau", "all(maybe dan, maybe atau)"),
        Row("km^2 10^6 24/7", "all(km, 2, 10, 6, 24, 7)"),
        Row("#2019gantipresiden @jokowi", "all(2019gantipresiden, jokowi)"),
        Row("redaksi@kompas.com", "all(redaksi, kompas, com)"),
        Row("Jakarta:Banjir", "all(jakarta, banjir)"),
        Row("(Hit and Run)", "all(hit, and, run)"),
        Row(
            "institute for development of economics and finance",
            "all(institute, for, development, of, economics, and, finance)",
        ),
        Row("skor 2:1 pukul 10:30", "all(skor, 2, 1, pukul, 10, 30)"),
        Row("catatan[1]", "all(catatan, 1)"),
        Row("=SUMBER=", "sumber"),
        Row("-- Jakarta", "jakarta"),
        Row(
            "harga tiket?utm_source=populer&utm_medium=x",
            "all(harga, tiket, utm, source, populer, medium, x)",
        ),
        Row("Rp5.000/kg USD1,5", "all(rp, 5.000, kg, usd, 1,5)"),
        Row("A+ C++ 1+1", "all(a, c, 1)"),
        Row("100% ~50", "all(100, 50)"),
        Row("Kompas.com - Jakarta", "all(kompas, com, jakarta)"),
    ),
)
