"""The lean road gives what the whole road gives, or nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from index.sources import ReadReport
from index.sources.columns.plan import FieldNames
from index.sources.lean import LeanRoad
from index.sources.record import Record, to_article
from index.sources.text import dateline
from index.sources.text.cleaning import Faults, one_line
from index.sources.text.cuts import tell_cut
from index.sources.text.dateline import read_dateline
from index.sources.text.tidiness import is_body, is_line, is_tidy
from index.sources.values.cutlists import cut_list
from index.sources.values.placeholders import is_no_text
from index.sources.values.texts import as_text
from tests.index.sources.archive import read

SENTENCE = "Pemerintah menaikkan harga beras di pasar induk mulai hari ini, kata menteri. "
BODY = SENTENCE * 3 + "Warga menunggu."
PIECES = (
    *("Jakarta", "array(", "anak-anak", " ", "  ", "\n", "-", " - ", "–", "— ", "−", "--", "\xa0"),
    *(
        "\u2003",
        "\u3000",
        "\u200b",
        ".",
        "...",
        "…",
        "]",
        "[+12 chars]",
        '"',
        "”",
        "?",
        "é",
        "日本",
    ),
    *(
        "JAKARTA",
        "Liputan6.com, ",
        "KOMPAS.com",
        "(ANTARA)",
        "Judul tidak ditemukan",
        "nan",
        "\ud800",
    ),
    *("Baca selengkapnya", SENTENCE, "&amp;", "2023-06-01", "a"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
VALUES: tuple[object, ...] = (
    *(None, "", " ", "nan", "Kabar", "Oleh: Sari", "www.kabar.id", "2023-06-01", "2023-13-01"),
    *("1 Juni 2023 10:15", "2023-06-01T10:00:00+07:00", "kemarin", "10:15", 7, 0, -3, True, 2.0),
    *(
        [BODY],
        {"name": "Sari"},
        "h" * 600,
        "a1",
        "https://kabar.example/1",
        "Judul tidak ditemukan",
    ),
    *(BODY, BODY.replace("Pemerintah", "JAKARTA, KABAR.com - Pemerintah", 1), f"{BODY} [...]"),
)
UNCLEAN = (
    *(
        f"{BODY}\r\nâ€œYaâ€\x9d, kata dia.",
        f"{BODY} \x07 &amp; &lt;b&gt;",
        f"<p>{BODY}</p><p>Habis.</p>",
    ),
    *(
        f" {BODY} ",
        f"{BODY} \udce9 \ud800",
        f"{BODY} cafe\u0301 \u0645\u064e\u0651",
        f"{BODY} per-\nusahaan",
    ),
    *(f"['{BODY}', '{BODY}", f"{BODY} [+120 chars]", "&nbsp;" * 200, "\x07" * 200, "<p> </p>" * 30),
    *(
        "Judul tidak ditemukan &amp;",
        "nan\r\n",
        "\ufeff",
        f"\ufeff{BODY}",
        "[1, 2]",
        "Baca &amp; simak",
    ),
)
KEYS = (
    *("id", "title", "judul", "body", "isi", "url", "link", "date", "tanggal", "jam", "tahun"),
    *("source", "category", "place", "author", "metadata", "_embedded", "summary"),
)
needs_kernel = pytest.mark.skipif(kernel("tidy") is None, reason="there is no lean road without it")


@given(texts)
def test_a_line_is_clean_and_stays_as_it_is(text: str) -> None:
    if is_line(text):
        assert is_tidy(text)
        assert text
        assert one_line(text) == text


@given(texts, st.sampled_from(["", BODY]), st.sampled_from(["", BODY]))
def test_a_body_is_clean_and_whole(text: str, before: str, behind: str) -> None:
    text = before + text + behind
    if is_body(text):
        assert is_tidy(text)
        assert text.strip() == text
        assert tell_cut(text, []) == text
        assert not is_no_text(text)


@given(texts)
def test_a_tidy_text_is_no_notation(text: str) -> None:
    if is_tidy(text):
        assert as_text(text, "source") == text
        assert cut_list(text) is None


@given(texts, st.sampled_from(["", BODY]))
def test_a_dateline_is_found_whether_its_beginning_is_looked_at_or_not(
    text: str, behind: str
) -> None:
    told = read_dateline(text + behind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dateline, "_before_break", lambda _body, _longest: True)
        assert read_dateline(text + behind) == told


def test_articles_of_random_records_are_those_of_the_whole_road() -> None:
    draw = random.Random(3)
    names = FieldNames({})
    road = LeanRoad(names)
    sure = 0
    for _ in range(4000):
        keys = draw.sample(KEYS, draw.randrange(1, 7)) + ["content"] * draw.randrange(2)
        values = {key: draw.choice(VALUES) for key in keys}
        if draw.random() < 0.7:
            values["body"] = draw.choice((*VALUES[-3:], *UNCLEAN))
        faults: Faults = []
        article = road.article(Record(dict(values), 1), faults)
        if article is not None:
            sure += 1
            assert (article, faults) == to_article(Record(dict(values), 1), names)
    assert sure > 1500 or kernel("tidy") is None


@needs_kernel
@pytest.mark.parametrize(
    "values",
    [
        {"id": 7, "title": "Harga naik", "body": BODY, "date": "2023-06-01", "url": "", "jam": ""},
        {"id": "n1", "title": "", "body": BODY, "date": None, "source": "Kabar", "place": "Solo"},
        {"judul": "anak naik", "isi": BODY, "tanggal": "2023-06-01T10:00:00Z", "penulis": "Sari"},
    ],
    ids=["numbers", "no title", "Indonesian names"],
)
def test_clean_records_take_the_lean_road(values: dict[str, object]) -> None:
    assert LeanRoad(FieldNames({})).article(Record(values, 1), []) is not None


def _is_unsure(_road: LeanRoad, _record: Record, _faults: Faults) -> None:
    return None


def _account(report: ReadReport) -> list[object]:
    """All that is told of a reading."""
    columns = report.columns
    return [
        *(report.files, report.read, report.accepted, report.repaired, report.skipped),
        *(report.kinds, report.in_files, report.examples, report.places, report.bytes_read),
        *(columns.shapes, columns.names, columns.never_met),
    ]


def test_archives_give_the_same_articles_and_the_same_account_on_both_roads(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [*sorted((data / "wild").iterdir()), data / "wild", data / "news/articles-1k.jsonl"]
    lean = [(articles, _account(report)) for articles, report in map(read, files)]
    monkeypatch.setattr(LeanRoad, "article", _is_unsure)
    assert [(articles, _account(report)) for articles, report in map(read, files)] == lean
