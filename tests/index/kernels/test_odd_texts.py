"""Texts of all kinds that Python keeps, and callers that do harm: no process ends."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from index.analysis import analysis
from index.analysis.morphology import compiled, derive, deriver
from index.analysis.tokenizer import JOINERS, SEPARATORS
from index.kernels import kernel
from index.sources.text import dateline
from index.sources.text.tidiness import is_tidy
from index.stored_values import squeezed
from search.marking.work import MARKING_WORK
from tests.index.kernels.test_hostile import TERMS, _field
from tests.index.kernels.test_morphology import FEW

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

LETTERS = (
    "a",
    "-",
    "\0",
    "\x7f",
    "é",
    "\xff",
    "\u0130",
    "\u212a",
    "\u2013",
    "\u2212",
    "\ud800",
    "\udfff",
)
WIDE = ("\U0001f600", "\U0010ffff")
SIZES = (0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 100, 101, 255, 256, 257, 4097)


def texts() -> Iterator[str]:
    """Of one, two and four bytes a character, of lengths around those of blocks."""
    chance = Random(18)
    for size in SIZES:
        yield "m" * size
        for letter in (*LETTERS, *WIDE):
            yield letter * size
            yield ("m" * size)[1:] + letter
            yield letter + ("m" * size)[1:]
        for _ in range(3):
            yield "".join(chance.choices((*LETTERS, *WIDE, "e", " ", ".", "\n", "[", '"'), k=size))


TEXTS = list(dict.fromkeys(texts()))


class Text(str):
    """No kernel reads what may have methods of its own."""

    __slots__ = ()


def _finder(look: Callable[[str], Any], *, beyond: int = 0) -> Any:
    alphabet = kernel("texts").Alphabet(SEPARATORS, JOINERS)
    wanted = kernel("wanted").Wanted(
        alphabet,
        _rates(),
        kernel("looked").Looked(look, lambda chunk: [one[2:] for one in look(chunk)]),
        stems=["mama", "é"],
        prefixes=["me"],
        phrases=[("mama", "mia")],
        runs=[("mama", "mia", "mia")],
        pieces={"mia": (("mia", 0, 2, "mi"),)},
        traces=["mama", "mia", "me"],
        beyond=beyond,
    )
    return kernel("marks").Finder(wanted, set())


DASHES = (
    *(
        "-",
        "–",
        "—",
        "−",
        "--",
        " -",
        "- ",
        " - ",
        "\xa0–\xa0",
        "-\u2003",
        " -\n- ",
        "-\x1c",
        "\n- ",
    ),
    *("-\u200b", " -\u3000", "–-–", "- –"),
)
ENDS = [
    (one, other)
    for one in (
        "",
        "a",
        " a",
        "A  b",
        "é\t",
        "日本",
        "Kota.com",
        "K",
        "\ud800",
        "a\n",
        "\U0001f600",
    )
    for other in ("", "A", "a", "“", "«", "é", "(", "9", "\U0001f600", "\ud800", " ")
]


def _rates(**other: int) -> Any:
    names = ("window", "beside", "scanned", "look", "plain", "other", "mark", "near")
    return kernel("wanted").Rates(**{**dict.fromkeys(names, 7), "longest_chunk": 256, **other})


def _work(left: int = MARKING_WORK) -> Any:
    return SimpleNamespace(left=left, partial=False)


@pytest.mark.parametrize("longest", [0, 1, 5, 101, 2**40, 2**62, 2**63 - 1])
def test_what_stands_before_a_dash_is_told_of_any_text(longest: int) -> None:
    before_dash = kernel("datelines").before_dash
    told = 0
    for text in (*TEXTS, *(f"{one}{dash}{other}" for dash in DASHES for one, other in ENDS)):
        found = before_dash(text, longest)
        if found is not True:
            assert found == dateline._before_dash(text[:longest]), text
            assert dateline._without_dash(text[:longest]) is None, text
            told += found is not None
    assert bool(told) == (longest > 1)
    assert before_dash("JAKARTA – Presiden", longest) == (
        None if longest <= 10 else ("JAKARTA", 10, True)
    )


def test_words_of_any_letters_are_taken_apart_alike_or_refused() -> None:
    derived = deriver(FEW, compiled(FEW))
    assert any(derive(word, FEW) for word in ("mengirim", "ajarlah", "dipukulkan"))
    for text in (*TEXTS, *(a + b for a in TEXTS[:60] for b in ("mengirim", "ajarlah", "\0ajar"))):
        assert derived(text) == derive(text, FEW), text


@pytest.mark.parametrize(
    "word", ["é", "\ud800", "\U0001f600", "a" * 65, Text("ajar"), None, b"ajar"]
)
def test_what_is_no_word_is_refused(word: Any) -> None:
    tables = (dict.fromkeys((*kernel("morphology").NAMES[:11], "loan"), ()) for _ in range(2))
    made = kernel("morphology").Deriver(kernel("lists").Lists(()), frozenset(), *tables, ())
    with pytest.raises((ValueError, IndexError, TypeError)):
        made.derive(word)
    assert made.derive("mengajarkannya") is None


def test_tables_that_lack_a_prefix_are_refused() -> None:
    with pytest.raises(KeyError):
        kernel("morphology").Deriver(kernel("lists").Lists(()), frozenset(), {}, {}, ())


def test_bytes_are_squeezed_alike() -> None:
    for text in TEXTS:
        encoded = text.encode("utf-8", "surrogatepass")
        for cut in (encoded, encoded[1:], encoded[:-1]):
            assert kernel("squeezed").squeezed(cut) == squeezed(cut)


def test_of_no_text_with_a_lone_surrogate_it_is_told_that_it_is_tidy() -> None:
    told = [text for text in TEXTS if is_tidy(text)]
    assert told
    assert not any("\ud800" <= letter <= "\udfff" for text in told for letter in text)


def test_counts_of_any_text_are_those_of_its_bytes() -> None:
    field: Any = _field({}).compiled
    counter = kernel("counting").Counter([field, None, field])
    known = [one.decode() for one in TERMS]
    assert any(counter.count(text) for text in known)
    for text in (*known, *TEXTS):
        encoded = text.encode("utf-8", "surrogatepass")
        count = field.document_frequency(encoded)
        assert counter.count(text) == 2 * count
        beside = kernel("company").stand_beside([field], text, text, 0)
        assert beside == (count > 0, 2 * count, count)


@pytest.mark.parametrize("look", [analysis().chunk, lambda chunk: ((0, len(chunk), chunk, chunk),)])
def test_texts_of_any_kind_are_marked_within_themselves(look: Callable[[str], Any]) -> None:
    finder = _finder(look)
    marked = 0
    for text in (*TEXTS, *(f"{text} mama mia mia {text}mama" for text in TEXTS)):
        for start, end, _ in finder.marked(text, _work()):
            assert 0 <= start < end <= len(text)
            marked += 1
        for shown in (
            kernel("passages").title(finder, text, _work(), 40, every=True),
            kernel("passages").snippet(finder, text, _work(), 60, 9),
        ):
            assert shown.count("<mark>") == shown.count("</mark>")
    assert marked > len(TEXTS)


LOOKS: dict[str, Callable[[str], Any]] = {
    "nothing": lambda _: None,
    "a list": lambda chunk: [(0, 1, chunk, chunk)],
    "no tuples": lambda _: (1, 2),
    "before": lambda chunk: ((-1, 1, chunk, chunk),),
    "behind": lambda chunk: ((0, len(chunk) + 1, chunk, chunk),),
    "backwards": lambda chunk: ((1, 0, chunk, chunk),),
    "far": lambda chunk: ((0, 2**40, chunk, chunk),),
    "farther": lambda chunk: ((0, 2**70, chunk, chunk),),
    "of bytes": lambda chunk: ((0, 1, chunk.encode(), [chunk]),),
    "no surface": lambda _: ((0, 1, None, None),),
}


@pytest.mark.parametrize("look", LOOKS)
def test_tokens_that_are_none_are_refused_and_leave_nothing_behind(look: str) -> None:
    harm = True

    def looked(chunk: str) -> Any:
        return LOOKS[look](chunk) if harm else ((0, len(chunk), chunk, chunk),)

    finder = _finder(looked)
    with pytest.raises((IndexError, TypeError, AttributeError, OverflowError, SystemError)):
        finder.marked("mama-mia, mama-mia mia", _work())
    harm = False
    assert finder.marked("mama mia", _work())[0] == (0, 4, "mama")


def test_a_finder_that_is_asked_by_its_own_look_refuses() -> None:
    refused: list[str] = []

    def look(chunk: str) -> Any:
        try:
            finder.marked("mama " * 9_000, _work())
        except RuntimeError:
            refused.append(chunk)
        return ((0, len(chunk), chunk, chunk),)

    finder = _finder(look)
    assert finder.marked("mama mia", _work())[0] == (0, 4, "mama")
    assert refused == ["mama", "mia"]


@pytest.mark.parametrize("separators", [SEPARATORS.replace("\0", ""), SEPARATORS])
def test_a_zero_byte_parts_chunks(separators: str) -> None:
    with pytest.raises(ValueError, match="zero byte"):
        kernel("texts").Alphabet(separators, JOINERS + "\0")


@pytest.mark.parametrize("rate", ["window", "scanned"])
@pytest.mark.parametrize("value", [0, -1, -(2**62)])
def test_texts_are_not_divided_by_nothing(rate: str, value: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        _rates(**{rate: value})


@pytest.mark.parametrize("number", [-(2**63), -1, 0, 1, 2**62, 2**63 - 1])
def test_passages_of_any_width_are_shown(number: int) -> None:
    finder = _finder(analysis().chunk)
    text = "Satu. " * 20 + "mama mia " * 30 + "dua! " * 20
    passages = kernel("passages")
    calls: tuple[Callable[[], str], ...] = (
        lambda: passages.title(finder, text, _work(), number, every=False),
        lambda: passages.snippet(finder, text, _work(), number, 9),
        lambda: passages.snippet(finder, text, _work(), 60, number),
        lambda: passages.title(finder, text, _work(number), 60, every=False),
    )
    for call in calls:
        assert isinstance(call(), str)
    assert passages.snippet(finder, text, _work(), 60, 9).count("<mark>") > 1


class Lying(list[Any]):
    """A sequence that says that it has other items than it has."""

    def __len__(self) -> int:
        return 1


def test_values_that_are_more_than_they_say_are_refused() -> None:
    values = Lying([SimpleNamespace(x=number) for number in range(5)])
    with pytest.raises(ValueError, match="more values"):
        kernel("objects").objects(values, ("a",), ("x",), (None,), (False,), [[0]])


def test_columns_that_shrink_meanwhile_are_read_as_they_were() -> None:
    column = [[number] for number in range(9)]

    class Harm:
        @property
        def x(self) -> int:
            column.clear()
            columns.clear()
            return 1

    columns: list[Any] = [None, column]
    found = kernel("objects").objects(
        [Harm()] * 9, ("a", "b"), ("x", "y"), (None,) * 2, (False,) * 2, columns
    )
    assert found == [{"a": 1, "b": [number]} for number in range(9)]


ENTRIES: dict[str, Any] = {
    "no bytes": ["a\tb\t1\t2"],
    "too few": [b"a\tb\t1"],
    "too many": [b"a\tb\t1\t2\t3"],
    "no number": [b"a\tb\tx\t2"],
    "no UTF-8": [b"a\t\xff\t1\t2"],
    "nothing": [None],
}


@pytest.mark.parametrize("entries", ENTRIES)
def test_entries_that_are_none_are_refused(entries: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        kernel("glued").Begins(ENTRIES[entries]).holding("a")
    if isinstance(ENTRIES[entries][0], bytes):
        assert kernel("glued").Begins(ENTRIES[entries]).hold("a")
    else:
        for name in ("Begins", "surfaces"):
            with pytest.raises(TypeError):
                getattr(kernel("glued"), name)(ENTRIES[entries])


def test_entries_that_are_no_more_are_not_looked_for() -> None:
    entries = [f"{stem}\tb\t1\t2".encode() for stem in "abcdefgh"]
    begins = kernel("glued").Begins(entries)
    assert begins.holding("h") == [("b", 1, 2)]
    del entries[1:]
    assert begins.holding("h") == []
    assert begins.holding("a") == [("b", 1, 2)]
    for odd in (None, b"a", 1):
        with pytest.raises(TypeError):
            begins.holding(odd)
        with pytest.raises(TypeError):
            kernel("glued").Begins(odd)


@pytest.mark.parametrize(
    ("fields", "bases"),
    [([None], [0]), ([[]], [0, 0]), ([[None]], [0]), ([[b"x"]], [0]), ([b"x"], [0]), ([[]], ["x"])],
)
def test_documents_of_no_field_are_refused(fields: list[Any], bases: list[Any]) -> None:
    with pytest.raises(TypeError):
        kernel("counting").having(fields, bases, 40, "00")


@pytest.mark.parametrize("bases", [[], [0, 0], ["x"], [None], [-1], [41]])
def test_segments_that_do_not_fit_a_field_are_refused(bases: list[Any]) -> None:
    lookup = kernel("postings").Lookup([_field({}).compiled])
    with pytest.raises((IndexError, TypeError, ValueError)):
        kernel("counting").having([lookup], bases, 40, TERMS[0].decode())
    assert kernel("counting").having([], bases, 40, "00") == (bytearray(8), [])


def test_a_look_up_needs_fields() -> None:
    odds: tuple[Any, ...] = (b"x", 1, {})
    for odd in odds:
        with pytest.raises(TypeError):
            kernel("counting").Counter([odd])
        with pytest.raises(TypeError):
            kernel("company").both([odd], "a", "b")


def test_however_long_terms_are_a_look_up_keeps_as_much_as_it_says() -> None:
    counter = kernel("counting").Counter([_field({}).compiled])
    for size in (500, 41, 40, 2):
        tracemalloc.start()
        for number in range(9_000):
            counter.count(f"{number:0{size}}")
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert held < 1.2 * 2**21, size
