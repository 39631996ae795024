"""What is told to be tidy no step of cleaning would alter: told beside the steps themselves."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.kernels import kernel
from index.sources.columns.plan import FieldNames
from index.sources.record import Record, to_article
from index.sources.text.cleaning import ORDINARY, Faults, clean
from index.sources.text.hyphens import join_divided
from index.sources.text.markup import to_plain
from index.sources.text.mojibake import BEFORE_BLANKS, LETTERS_AMONG_LEADS
from index.sources.text.tidiness import is_tidy
from index.sources.values.notation import STARTS

_PIECES = (
    *(
        "Jakarta",
        "pemerin",
        "tah",
        " ",
        "\n",
        "\t",
        "-",
        "- ",
        "\n\n",
        ".",
        "…",
        "“",
        "”",
        "é",
        "É",
    ),
    *(
        "\xad",
        "\u2010",
        "\u2011",
        "\xac",
        "\u200b",
        "\ufeff",
        "\r",
        "\0",
        "\x7f",
        "\x85",
        "Â",
        "Ã©",
        "Ã",
        "Γ",
        "Ç",
        "в",
        "Ђ",
        "√",
        "الله",
        "\u0651",
    ),
    *(
        "<p>",
        "</p>",
        "&amp;",
        "[…]",
        "[",
        "& ",
        "[/b]",
        "[b]",
        "[gallery]",
        "[video a=1]",
        "[video\u2003a=1]",
        "[video",
        "[vc_row]",
        "[su_x]",
        "\\",
        "\\u0041",
        "\\'",
        "n",
        "amp;",
        "\\n",
        "\ud800",
        "\udcff",
        "e\u0301",
        "ﬁ",
        "😀",
        "\ufffd",
        "ă",
    ),
    *("2023", "KPK", "anak", "a", "(", "{", "–", "日本", "\u0344", "\U0010ffff"),
)
LEADING = [code for one, last in LETTERS_AMONG_LEADS for code in range(one, last + 1)]
_texts = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join) | st.text(max_size=30)


def _cleaned(text: str, faults: Faults) -> str:
    """The text as all steps leave it, none left out."""
    return join_divided(to_plain(clean(text, "body", faults), faults), "body", faults)


@given(_texts)
@example("pemerin-\ntah")
@example("anak\xad\nanak")
@example("kereta\u200bapi")
def test_a_tidy_text_stays_as_it_is_without_a_fault(text: str) -> None:
    if is_tidy(text):
        faults: Faults = []
        assert _cleaned(text, faults) == text
        assert not faults
        assert text[:1] not in STARTS - {"a"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Presiden hadir.\nIa pulang.",
        "Harga “naik” 5 % – kata dia… ½",
        *(f"x{chr(code)}y" for one in ORDINARY for code in one if code != 0x200B),
        *(f"x{chr(code)}{behind}" for code in LEADING for behind in ("", "y", "\n", ", ")),
        *("café hadir", "Γ 1", "в Риме"),
        *(f"x\n{chr(code)}" for code in range(32, 127) if chr(code) != "<"),
        *(
            "a & b [Kabar.com] [1] &",
            "\\[video\\] [image] [b] \\",
            "x -\ny",
            "x \ny",
            "1-\ny",
            "-\ny",
            "x.\t\ny",
        ),
    ],
)
def test_ordinary_texts_are_told_to_be_tidy_by_the_kernel_alone(text: str) -> None:
    assert is_tidy(text) is (kernel("tidy") is not None)


@pytest.mark.parametrize(
    "text",
    [
        *(f"x{chr(code)}y" for code in range(32) if code not in {9, 10}),
        *(
            f"x{chr(code)}y"
            for one, last in ORDINARY
            for code in (one - 1, last + 1)
            if code not in LEADING
        ),
        *(f"x{chr(code)}{behind}" for code in LEADING for behind in ("\x80", "“", "\u0301", "é")),
        *(f"x{letter} y" for letter in BEFORE_BLANKS),
        *("x√y", "x√ ", "x├─", "x‚y"),
        *(f"{begin}x" for begin in sorted(STARTS - {"a"})),
        "array('x')",
        *(f"x{mark}y" for mark in "<&\x7f\x80\u0300\ud800\udc80\udfff\U0010ffff"),
        *(f"x{hyphen}\ny" for hyphen in "-\u2010\u2011\xac\xad"),
        *(f"x-{blanks}\ny" for blanks in (" ", "\t", " \t ")),
        *("x &lt; y", "x &#60; y", "[b]x[/b]", "x [gallery]", "& " * 100_001),
        *(f"x[video{blank}a=1]" for blank in " \t\n\xa0\u2003\u3000"),
        *(f"x\\{letter}" for letter in "unr/'\""),
    ],
    ids=ascii,
)
def test_what_a_step_may_alter_is_not_told(text: str) -> None:
    assert not is_tidy(text)


def test_articles_are_the_same_whether_it_is_told_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(16)
    names = FieldNames({})
    records = [
        {
            key: "".join(draw.choices(_PIECES, k=draw.randrange(12)))
            for key in ("id", "title", "body", "url", "source", "author", "category")
        }
        for _ in range(500)
    ]
    told = [to_article(Record(dict(values), 1), names) for values in records]
    monkeypatch.setattr("index.sources.record.is_tidy", lambda _: False)
    assert told == [to_article(Record(dict(values), 1), names) for values in records]
