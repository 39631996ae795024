"""Plain words, stop words, numbers and questions."""

from __future__ import annotations

from index.bilingual import Text
from search.query.specification.row import Row, Section

SECTION = Section(
    Text("Words", "Kata"),
    (
        Row(
            "harga beras",
            "all(harga, beras)",
            help=Text(
                "articles with both words, in any form of their stems; exact forms first",
                "artikel dengan kedua kata, dalam bentuk apa pun; bentuk persis lebih dulu",
            ),
        ),
        Row("beras", "beras"),
        Row("Harga BERAS naik", "all(harga, beras, naik)"),
        Row("harga  harga beras", "all(harga, beras)"),
        Row("memakan", "memakan"),
        Row("dimakannya", "dimakannya"),
        Row(
            "harga di pasar",
            "all(harga, maybe di, pasar)",
            help=Text(
                "words such as “di” and “yang” need not stand in it",
                "kata seperti “di” dan “yang” tidak harus ada",
            ),
        ),
        Row("yang di", "all(maybe yang, maybe di)"),
        Row("yang", "maybe yang"),
        Row("di Jakarta", "all(maybe di, jakarta)"),
        Row(
            "siapa gubernur bali",
            "all(siapa, gubernur, bali)",
            help=Text(
                "a question; words that only ask need not stand in the article",
                "sebuah pertanyaan; kata tanyanya tidak harus ada di artikel",
            ),
        ),
        Row("Siapa nama presiden Indonesia?", "all(siapa, nama, presiden, indonesia)"),
        Row("kapan Ernest Douwes Dekker lahir", "all(kapan, ernest, douwes, dekker, lahir)"),
        Row("apa itu inflasi", "all(apa, maybe itu, inflasi)"),
        Row("covid-19", "covid-19"),
        Row(
            "covid 19",
            "all(covid, 19)",
            help=Text(
                "also “covid-19”: written apart, joined or with a hyphen",
                "juga “covid-19”: terpisah, disambung, atau dengan tanda hubung",
            ),
        ),
        Row("anak-anak", "anak-anak"),
        Row(
            "undang-undang dasar",
            "all(undang-undang, dasar)",
            help=Text(
                "doubled words are one word",
                "kata ulang adalah satu kata",
            ),
        ),
        Row(
            "Jum'at",
            "jumat",
            help=Text(
                "spelt with or without the apostrophe",
                "ditulis dengan atau tanpa apostrof",
            ),
        ),
        Row(
            "Ødegaard",
            "ødegaard",
            help=Text(
                "also “odegaard”: in letters of a plain keyboard; “m2” finds “m²”",
                "juga “odegaard”: dalam huruf papan tik biasa; “m2” menemukan “m²”",
            ),
        ),
        Row("2024", "2024"),
        Row("Rp5.000", "all(rp, 5.000)"),
        Row(
            "Rp 1,5 triliun",
            "all(rp, 1,5, triliun)",
            help=Text(
                "an amount; also where a point was typed: 1.5, and in English: 1,500,000",
                "jumlah uang; juga bila diketik dengan titik: 1.5, atau gaya Inggris: 1,500,000",
            ),
        ),
        Row("pukul 10:15", "all(pukul, 10, 15)"),
        Row("50kg", "all(50, kg)"),
        Row("KPK", "kpk"),
        Row("e-KTP", "e-ktp"),
        Row("S.Pd", "spd"),
        Row("satu, dua; tiga.", "all(satu, dua, tiga)"),
        Row("harga beras!", "all(harga, beras)"),
        Row("C++", "c"),
        Row("a/b", "all(a, b)"),
        Row("kompas.com", "all(kompas, com)"),
    ),
)
