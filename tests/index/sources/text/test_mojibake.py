"""Restoring letters that were decoded wrongly."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.problems import ProblemKind
from index.sources.text import mojibake
from index.sources.text.cleaning import Faults, clean
from index.sources.text.mojibake import MOST_BROKEN, beyond_ascii, may_be_broken, restored


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("â€œbanjirâ€\x9d", "“banjir”"),
        ("â\x80\x9cbanjirâ\x80\x9d", "“banjir”"),
        ("Presidenâ€™s visit cafÃ©", "Presiden’s visit café"),
        ("2 â€“ 3 â€” 4â€¦ â€¢ lima", "2 – 3 — 4… • lima"),
        ("â€˜banjirâ€™", "‘banjir’"),
        ("El NiÃ±o di SÃ£o Paulo", "El Niño di São Paulo"),
        ("25Â°C, 10 mÂ²", "25°C, 10 m²"),
        ("Istana Ã‰lysÃ©e", "Istana Élysée"),
        ("ðŸ˜€ senang", "😀 senang"),
        ("Ø§Ù„Ø³Ù„Ø§Ù…", "السلام"),
        ("Ã¢â‚¬Å“banjirÃ¢â‚¬Â\x9d", "“banjir”"),
        ("ï¿½ tegas dia", "\ufffd tegas dia"),
        ("â‚¬3 juta", "€3 juta"),
        ("‚Äúbanjir‚Äù", "“banjir”"),
        ("вЂњbanjirвЂќ", "“banjir”"),
        ("ΓÇ£banjirΓÇ¥", "“banjir”"),
        ("\x93banjir\x94 \x96 \x85", "“banjir” – …"),
    ],
)
def test_a_text_that_was_decoded_wrongly_is_restored(text: str, result: str) -> None:
    assert restored(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("â€œbanjirâ€ surut", "“banjir” surut"),
        ("â€œbanjirâ€.", "“banjir”."),
        ("â€œbanjirâ€\ufffd surut", "“banjir” surut"),
        ("â€œBanjir,â€ kata dia", "“Banjir,” kata dia"),
        ("Ã¢â‚¬Å“banjirÃ¢â‚¬Â surut", "“banjir” surut"),
        ("EmasÂ Naik", "Emas Naik"),
        ("kata dia. Â Lalu", "kata dia.  Lalu"),
        ("Peopleâ€ ™ s Republic", "People’ s Republic"),
        ("dÃ©jÃ  vu", "déjà vu"),
        ("selesai â\x9c @akun", "selesai \ufffd @akun"),
    ],
)
def test_what_was_lost_on_top_is_made_good_where_one_reading_is_left(
    text: str, result: str
) -> None:
    assert restored(text) == result


def test_a_broken_part_leaves_the_right_one_alone() -> None:
    text = "“Benar”, São Paulo – é.\n\nâ€œSalahâ€\x9d, SÃ£o Paulo"
    assert restored(text) == "“Benar”, São Paulo – é.\n\n“Salah”, São Paulo"
    assert restored("“benar” dan â€œsalahâ€\x9d") == "“benar” dan “salah”"


RIGHT = """
São Paulo|SÃO PAULO|Ângela Merkel|ÂNGELA “baik”|âge d’or|château|pâté “enak”|Élysée|“CAFÉ”|CAFÉ™
Beyoncé”|Việt Nam|Nguyễn Phú Trọng|Đà Nẵng – Huế|Phạm Minh Chính|ÂM THỰC|Ấn Độ|Recep Tayyip Erdoğan
İstanbul|Şanlıurfa|Çanakkale’de|Ürümqi|Özil|ØRSTED|Malmö|Åland|Å, desa|Ångström|naïve|Citroën|Škoda
Ibrahimović|Modrić’|Łódź|Gdańsk|Răzvan Lucescu|MAÇÃ|IRMÃ de|manhã|coração|Mañana|¿Qué?|¡Olé!|Müller
groß|Ægir|Þór|Reykjavík|Bjørn|Сочи|Владимир Путин|Вячеслав «Газпром»|Ελλάδα|Γιώργος|مكة المكرمة|北京
東京|Abū Bakr ‘Umar|Nahḍatul ‘Ulamā’|‘Abd al-‘Azīz|Rp1.000–Rp2.000|“Kutip” ‘satu’ – dua — tiga…
m² dan m³|½ jam|±5%|3×4|√9 = 3|√(x)|€3,1 juta|©2020 Kompas™|Nestlé®|•satu •dua|à la carte|À bientôt
Ô Canada|ÑANDÚ|ÀÁÂÃÄÅ|huruf Â dan Ê|huruf Ã dipakai|├── folder|│ └─ file|Señor “Peña”|Curaçao
FRANÇOIS “HOLLANDE”|Él dijo: «Sí»|Champs-Élysées|Besançon’s|Vinícius Júnior|Rúben Dias|João Félix
Ødegaard|Gündoğan|Çalhanoğlu|Guðmundsson|Szczęsny|Dvořák|Kroos – Müller|L’Île|Ã|â|Â|Hargaâ€naik
"""


@pytest.mark.parametrize("text", RIGHT.replace("\n", "|").strip("|").split("|"))
def test_a_right_text_is_the_same_object(text: str) -> None:
    assert restored(text) is text


@given(
    st.lists(
        st.sampled_from(["“banjir”", "café", "Élysée", "–", "São", "25°C", "Rp10…", "Qur’an", "€3"])
    )
)
def test_utf8_read_as_latin_1_comes_back_and_right_text_stays(words: list[str]) -> None:
    text = " ".join(words)
    assert restored(text) is text
    assert restored(text.encode().decode("latin-1")) == text


@given(st.lists(st.sampled_from([*"ÂÃâéóđ‚ΓÔÇвЂ√├─€™œ\x80\x9d\xa0\u0102“ a\n", "  "])).map("".join))
def test_what_is_to_be_restored_is_seen_without_its_ascii(text: str) -> None:
    if mojibake._SUSPECT.search(text) or mojibake._QUOTES.search(text):
        assert may_be_broken(beyond_ascii(text))
    if not may_be_broken(beyond_ascii(text)):
        assert restored(text) is text


def test_it_is_told_once_an_article() -> None:
    faults: Faults = []
    assert clean("cafÃ©", "title", faults) == "café"
    assert clean("ï»¿cafÃ©\nsatu\x9b", "body", faults) == "café\nsatu"
    assert faults == [(ProblemKind.MOJIBAKE, "title"), (ProblemKind.CONTROL_CHARACTER, "body")]


@pytest.mark.parametrize("text", ["Ã©", "â€", "\x80", "í\xa0\x80", "Â ", "â€ ", "‚Ä", "├"])
def test_long_runs_take_no_hours(text: str) -> None:
    started = time.thread_time()
    restored(text * 50_000)
    assert time.thread_time() - started < 5


def test_more_broken_places_than_an_article_has_are_left_and_told() -> None:
    text = "â€œ banjir\n" * (MOST_BROKEN + 1)
    faults: Faults = []
    assert clean(text, "body", faults) == text
    assert [kind for kind, _ in faults] == [ProblemKind.TOO_MUCH_TO_MEND]
