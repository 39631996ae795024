"""Joining words that a line end divides."""

from __future__ import annotations

import time

import pytest

from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults
from index.sources.text.hyphens import join_divided


def joined(text: str) -> str:
    faults: Faults = []
    result = join_divided(text, "body", faults)
    assert faults == ([] if result == text else [(ProblemKind.LINE_END_HYPHEN, "body")])
    return result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Para pemerin-\n\n12\n\ntah hadir", "Para pemerintah hadir"),
        ("Para pemerin-\n- 12 -\ntah hadir", "Para pemerintah hadir"),
        ("Para pemerin-\nHalaman 12\n\ntah hadir", "Para pemerintah hadir"),
        ("Para pemerin-\n\ntah hadir", "Para pemerintah hadir"),
        ("Para pemerin\xac\ntah hadir", "Para pemerintah hadir"),
        ("Para pemerin\u2011\ntah hadir", "Para pemerintah hadir"),
        ("Para pemerin-\ntah hadir\ndan memba-\nhas.", "Para pemerintah hadir\ndan membahas."),
        ("PEMERIN-\nTAH", "PEMERINTAH"),
        ("Pemerin- \n  tah", "Pemerintah"),
        ("pemerin\u2010\ntah", "pemerintah"),
        ("pe-\nmerin-\ntah", "pemerintah"),
        ("Xyzab\xad\nqwer", "Xyzabqwer"),
        ("undang-un-\ndang", "undang-undang"),
        ("buku-\nnya", "bukunya"),
        ("mata-\nhari", "matahari"),
        ("di-\nbangun", "dibangun"),
        ("da-\nda", "dada"),
        ("Jakar-\nta", "Jakarta"),
        ("Suharto pergi. Su-\nharto pulang.", "Suharto pergi. Suharto pulang."),
    ],
)
def test_a_divided_word_is_joined(text: str, result: str) -> None:
    assert joined(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("anak-\nanak", "anak-anak"),
        ("undang-\nundang", "undang-undang"),
        ("anak-\nanaknya", "anak-anaknya"),
        ("sayur-\nmayur", "sayur-mayur"),
        ("ke-\n25", "ke-25"),
        ("Covid-\n19", "Covid-19"),
        ("KPK-\nnya", "KPK-nya"),
        ("se-\nIndonesia", "se-Indonesia"),
        ("non-\naktif", "non-aktif"),
        ("eks-\nmenteri", "eks-menteri"),
    ],
)
def test_a_hyphen_of_the_word_stays(text: str, result: str) -> None:
    assert joined(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "Jawa-\nBali",
        "Indonesia-\nMalaysia",
        "Su-\nharto",
        "jual-\nbeli",
        "suami-\nistri",
        "- satu\n- dua",
        "kata -\nlain",
        "Suara.com -\n\nSebanyak",
        "mem-\n\nNegara",
        "satu-\n\nnya",
        "halaman-\n12\nXV",
        "---\nnull",
        "19-\n20",
        "https://contoh.id/mem-\nbaca",
        "safari-\nKlarifikasi",
        "ke-\n25.000",
    ],
)
def test_what_is_uncertain_stays_as_it_is(text: str) -> None:
    assert joined(text) == text


def test_an_invisible_space_inside_a_known_word_goes() -> None:
    assert (
        join_divided("ban\u200bjir dan tanpa\u200bspasi", "body", [])
        == "banjir dan tanpa\u200bspasi"
    )


@pytest.mark.parametrize("text", ["a-\n", "-", "a- ", " \n", "a\u200b", "a-", "pemerin-\ntah "])
def test_long_runs_take_no_hours(text: str) -> None:
    started = time.thread_time()
    join_divided(text * 20_000 + "\nb", "body", [])
    assert time.thread_time() - started < 5


def test_more_divided_words_than_an_article_has_are_left_and_told() -> None:
    text = "pemerin-\ntah " * 100_001
    faults: Faults = []
    assert join_divided(text, "body", faults) is text
    assert [kind for kind, _ in faults] == [ProblemKind.TOO_MUCH_TO_MEND]
