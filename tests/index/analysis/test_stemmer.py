"""The stemmer against Snowball, gold lemmas, and its own lists."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.analysis import SnowballStemmer, Stemmer, analysis, lexicon, snowball
from index.analysis import stemmer as stemmer_module


def test_snowballs_stems_are_those_of_snowball(data: Path) -> None:
    words = (data / "stemming/snowball_voc.txt").read_text("utf-8").split()
    expected = (data / "stemming/snowball_output.txt").read_text("utf-8").split()
    assert len(words) == 64_586
    stemmer = SnowballStemmer()
    assert [stemmer.stem(word) for word in words] == expected
    assert [snowball(word) for word in words] == expected


def test_sastrawis_pairs(data: Path) -> None:
    """Sastrawi's own 173 test texts. We differ where a word lives a life of its own (``pelajar``,
    ``peserta``, ``idealisme``), where readers tell a family from its root (``peradilan``), where an
    infix is no longer felt (``kinerja``), and where one word stands for a doubled one."""
    rows = (data / "stemming/sastrawi_pairs.tsv").read_text("utf-8").splitlines()
    differing = {
        text: found
        for text, root in csv.reader(rows, delimiter="\t")
        if (found := " ".join(token.stem for token in analysis().tokens(text))) != root
    }
    assert differing == {
        "belajar": "belajar",
        "bertahan": "bertahan",
        "bolak-balik": "bolak",
        "finalisasi": "finalisasi",
        "idealis": "idealis",
        "idealisme": "idealisme",
        "keberuntunganmu": "beruntung",
        "kinerja": "kinerja",
        "lelembut": "lelembut",
        "lemigas": "lemigas",
        "memberdayakan": "pemberdayaan",
        "memperbarui": "pembaruan",
        "menyatakannya": "pernyataan",
        "pekerja": "pekerja",
        "pelabuhan": "pelabuhan",
        "pelajar": "pelajar",
        "pelaku": "pelaku",
        "pelakunyalah": "pelaku",
        "peradilan": "pengadilan",
        "perbaikan": "perbaikan",
        "peserta": "peserta",
        "sebagai": "sebagai",
        "siapakah memberdayakan pembangunan": "siapa pemberdayaan bangun",
    }


def test_stemming_a_stem_changes_nothing() -> None:
    stemmer = Stemmer()
    words = lexicon().roots | lexicon().lexicalised | lexicon().names
    assert [word for word in words if stemmer.stem(word) != word] == []


def test_irregular_forms_give_a_known_stem() -> None:
    for stemmer in (Stemmer(), Stemmer(families=True)):
        unknown = {
            form: stem for form, stem in stemmer.irregular.items() if stemmer.stem(stem) != stem
        }
        assert unknown == {}


def test_every_form_of_a_family_has_its_stem_and_would_have_another() -> None:
    families, roots = Stemmer(families=True), Stemmer()
    for form, family in lexicon().families.items():
        assert families.stem(form) == family
        assert families.stem(form + "nya") == family or "-" in form
        assert families.explain(form).text == family
    known = lexicon().roots | lexicon().lexicalised
    aside = [
        form
        for form, family in lexicon().families.items()
        if roots.stem(form) == family and form not in known
    ]
    assert aside == []


def test_a_spelling_leads_to_a_stem_in_one_step() -> None:
    known = lexicon()
    stemmer = Stemmer(families=True)
    assert [word for word in known.variants if stemmer.stem(word) != word] == []
    assert [one for one in known.variants.values() if stemmer.stem(one) != one] == []
    assert not known.variants.keys() & set(known.variants.values())


def test_the_lists_do_not_contradict_each_other() -> None:
    known = lexicon()
    assert not known.roots & known.lexicalised
    assert not known.roots & known.names
    assert not known.lexicalised & known.names
    assert not (known.roots | known.lexicalised | known.names) & set(known.exceptions)


def test_the_memo_of_stems_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stemmer_module, "_CACHE_WORDS", 3)
    stemmer = Stemmer()
    words = ["menangkap", "memilih", "berita", "penyanyi", "buku"] * 2
    assert [stemmer.stem(word) for word in words] == [
        "tangkap",
        "pilih",
        "berita",
        "nyanyi",
        "buku",
    ] * 2
    assert len(stemmer._stems) <= 3


def test_what_is_too_long_for_a_word_is_left_alone() -> None:
    for word in ("buku" + "lah" * 1000, "zzz" + "nya" * 500, "me" * 5000):
        assert Stemmer().stem(word) == word
        assert not Stemmer().known(word)


@pytest.mark.parametrize("word", ["menangkap", "xyzzy", "1990", "kpk", "é", "قرآن", "a" * 300])
def test_every_explanation_agrees_with_the_stem(word: str) -> None:
    assert Stemmer().explain(word).text == Stemmer().stem(word)


def test_the_parts_of_a_word_are_told() -> None:
    assert Stemmer().explain("penangkapannya").parts == ("peN-", "tangkap", "-an", "-nya")
    assert Stemmer().explain("dipertanyakan").parts == ("di-", "per-", "tanya", "-kan")
    assert Stemmer().explain("ketidakadilan").parts == ("ke-", "tidak-", "adil", "-an")


def test_stemming_is_safe_under_threads() -> None:
    words = [f"me{letter}baca{number}kan" for letter in "abcde" for number in range(2000)]
    shared = SnowballStemmer()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(shared.stem, words * 2))
    assert found == [snowball(word) for word in words] * 2
