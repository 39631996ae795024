"""Where sentences begin, in texts as news has them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import analysis
from index.analysis.bulk import BATCH_BYTES, Encoder

SENTENCES = {
    "a full stop": "Banjir surut.| Warga pulang.",
    "an exclamation mark": "Awas!| Jalan licin.",
    "a question mark": "Siapa dia?| Belum jelas.",
    "dots": "Ia diam…| Lalu pergi.",
    "three full stops": "Ia diam...| Lalu pergi.",
    "a mark in quotation marks": '"Kami siap."| Itu katanya.',
    "a mark in curly ones": "“Kami siap.”| Itu katanya.",
    "a mark in both": "(“Kami siap!”)| Itu katanya.",
    "quotation marks behind it": 'Ia bicara.| "kami siap," katanya.',
    "curly ones behind it": "Ia bicara.| “kami siap,” katanya.",
    "a line": "Banjir di Jakarta\n|Warga mengungsi",
    "an empty line": "Banjir di Jakarta\n\n|Warga mengungsi",
    "a line that goes on": "Banjir di\njakarta surut",
    "a blank that is none in ASCII": "Banjir surut.\u00a0|Warga pulang.",
    "a digit behind it": "Harga naik.| 12 toko tutup.",
    "a letter that is no ASCII": "Harga naik.| Édisi baru terbit.",
    "a small letter behind it": "Harga naik. dan turun lagi.",
    "no blank": "Harga naik.Toko tutup.",
    "an abbreviation": "Menurut dr. Reisa, Prof. Wiku dan Ir. Basuki di Jl. Sudirman No. 5.",
    "an abbreviation in capitals": "DR. Zakir dan H. Rhoma",
    "an initial": "Presiden B. J. Habibie dan W.R. Supratman",
    "a degree": "Budi Santoso, S.Pd. Kepala sekolah",
    "months": "Sejak 5 Des. 2020",
    "an abbreviation that asks": "Di mana Jl?| Sudirman.",
    "numbers": "Harga 1.250 rupiah, naik 2.5 persen.| Itu mahal.",
    "an address": "Dari KOMPAS.com dan detik.com Jakarta",
    "nothing behind it": "Banjir surut. ",
    "nothing before it": ". Banjir surut",
    "nothing": "",
}


@pytest.mark.parametrize("marked", SENTENCES.values(), ids=SENTENCES.keys())
def test_sentences_begin_where_readers_see_them(marked: str) -> None:
    parts = marked.split("|")
    expected = [len(analysis().tokens("".join(parts[:at]))) for at in range(1, len(parts))]
    found = Encoder().encode(["Awal. Mula", "".join(parts), "Akhir.", "Tamat"])
    assert found.sentences.tolist() == [1, len(expected), 0, 0]
    assert found.begins.tolist() == [1, *expected]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text('aB. \n!?"”(…é1', max_size=30), max_size=4), st.booleans())
def test_no_text_tells_of_another_ones_sentences(texts: list[str], far: bool) -> None:
    """Also where they are in batches of their own."""
    encoder = Encoder()
    alone = [encoder.encode([text]) for text in texts]
    padding = ["a" * BATCH_BYTES] if far else []
    together = encoder.encode([*padding, *texts])
    assert together.sentences[len(padding) :].tolist() == [
        count for one in alone for count in one.sentences.tolist()
    ]
    assert together.begins.tolist() == [at for one in alone for at in one.begins.tolist()]
    for one in alone:
        places = one.begins.tolist()
        assert places == sorted({*places})
        assert all(0 < at < one.counts[0] for at in places)
