"""From nested values to the text of a field."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.values.date_objects import as_moment_value
from index.sources.values.texts import as_text

TOKENS = ["Harga", "beras", "naik", "2", ",", "5", "persen", "."]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"rendered": "Judul"}, "Judul"),
        ({"_cdata": "Judul"}, "Judul"),
        ({"#text": "Judul", "@lang": "id"}, "Judul"),
        ({"$": "Judul"}, "Judul"),
        ({"$t": "Judul"}, "Judul"),
        ({"@type": "Headline", "@value": "Judul"}, "Judul"),
        ({"value": "Judul"}, "Judul"),
        ({"main": "Judul", "kicker": None}, "Judul"),
        ({"en": "Title", "id_ID": "Judul"}, "Judul"),
        ({"en": "Title", "id": "Judul"}, "Judul"),
        ({"en": "Title"}, "Title"),
        ({"html": "<b>Judul</b>", "plain": "Judul"}, "Judul"),
        ([{"lang": "en", "text": "Title"}, {"lang": "id", "text": "Judul"}], "Judul"),
        (["Judul"], "Judul"),
        ("['Judul']", "Judul"),
        ('["Judul"]', "Judul"),
        ({"panjang": 3}, None),
        ({"id": 5}, None),
        ("[FOTO] Banjir di Bali", "[FOTO] Banjir di Bali"),
        ("[UPDATE]", "[UPDATE]"),
        ("[1]", "[1]"),
        ("['Judul", "['Judul"),
        ('("Judul")', '("Judul")'),
        ("{Judul}", "{Judul}"),
        ("array tak bertepi", "array tak bertepi"),
    ],
)
def test_a_title_is_the_text_in_it(value: object, text: str | None) -> None:
    assert as_text(value, "title") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"name": "Rina"}, "Rina"),
        ({"id": 3, "nama": "Rina"}, "Rina"),
        ({"display_name": "Rina"}, "Rina"),
        ({"firstName": "Rina", "lastName": "Tan"}, "Rina Tan"),
        ({"@type": "Person", "name": "Rina"}, "Rina"),
        ([{"name": "Rina"}, {"name": "Budi"}], "Rina, Budi"),
        ([["Rina"], ["Budi"]], "Rina, Budi"),
        ({"0": {"name": "Rina"}, "1": {"name": "Budi"}}, "Rina, Budi"),
        ("[{'name': 'Rina'}, {'name': \"O'Neil\"}]", "Rina, O'Neil"),
        ("{'Rina'}", "Rina"),
        ("('Rina', 'Budi')", "Rina, Budi"),
        ("array(['Rina', 'Budi'], dtype=object)", "Rina, Budi"),
        ("['Rina' 'Budi']", "Rina, Budi"),
        ("['Rina'\n 'Budi']", "Rina, Budi"),
        (["Rina", None, ""], "Rina"),
        ("[]", ""),
        ("[2, 4]", ""),
        ([2, 4], ""),
        (3, ""),
        ({"$numberInt": "3"}, ""),
        ([{"id": 2, "name": "Ekonomi"}, {"id": 4, "name": "Pasar"}], "Ekonomi, Pasar"),
        ([{"term": "Ekonomi"}], "Ekonomi"),
        ([{"slug": "ekonomi"}], "ekonomi"),
        (True, None),
    ],
)
def test_names_are_those_in_it(value: object, text: str | None) -> None:
    assert as_text(value, "author") == text
    assert as_text(value, "category") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["Satu.", "", None, "Dua."], "Satu.\n\nDua."),
        ("['Satu.', \"Dua\"]", "Satu.\n\nDua"),
        ("['Ia bilang \\'ya\\'.\\n', 'Dua.']", "Ia bilang 'ya'.\n\n\nDua."),
        ([["Satu.", "Dua."], ["Tiga."]], "Satu. Dua.\n\nTiga."),
        ([[TOKENS], [["Pasar", "ramai", "."]]], "Harga beras naik 2,5 persen.\n\nPasar ramai."),
        ([TOKENS, ["Pasar", "ramai", "."]], "Harga beras naik 2,5 persen. Pasar ramai."),
        (
            [[*TOKENS, "Pasar", "ramai", "."], ["Selesai", "."]],
            "Harga beras naik 2,5 persen. Pasar ramai.\n\nSelesai.",
        ),
        (TOKENS, "Harga beras naik 2,5 persen."),
        ([{"text": "Satu."}, {"text": "Dua."}], "Satu.\n\nDua."),
        ([{"type": "p", "content": "Satu."}, {"type": "image", "url": "x"}], "Satu."),
        ([{"heading": "Awal", "text": "Satu."}], "Awal\n\nSatu."),
        ({"0": "Satu.", "1": "Dua."}, "Satu.\n\nDua."),
        ({"paragraphs": ["Satu.", "Dua."]}, "Satu.\n\nDua."),
        ({"html": "<p>Satu.</p>", "text": "Satu."}, "Satu."),
        (
            {
                "time": 1,
                "blocks": [
                    {"type": "header", "data": {"text": "Awal", "level": 2}},
                    {"type": "paragraph", "data": {"text": "Satu."}},
                    {"type": "list", "data": {"style": "ordered", "items": ["a", "b"]}},
                    {"type": "image", "data": {"caption": "Foto"}},
                ],
            },
            "Awal\n\nSatu.\n\na\n\nb",
        ),
        (
            {"blocks": [{"key": "a", "type": "unstyled", "text": "Satu."}], "entityMap": {}},
            "Satu.",
        ),
        (
            {
                "type": "doc",
                "content": [
                    {
                        "type": "paragraph",
                        "content": [
                            {"type": "text", "text": "Harga "},
                            {"type": "text", "text": "naik", "marks": [{"type": "bold"}]},
                            {"type": "hardBreak"},
                            {"type": "text", "text": "lagi."},
                        ],
                    },
                    {"type": "paragraph"},
                    {"type": "paragraph", "content": [{"type": "text", "text": "Dua."}]},
                ],
            },
            "Harga naik\nlagi.\n\nDua.",
        ),
        (
            [
                {"type": "paragraph", "children": [{"text": "Harga "}, {"text": "naik.", "b": 1}]},
                {"_type": "block", "children": [{"_type": "span", "text": "Dua."}]},
            ],
            "Harga naik.\n\nDua.",
        ),
        (
            {
                "root": {
                    "children": [
                        {"type": "paragraph", "children": [{"type": "text", "text": "Satu."}]}
                    ]
                }
            },
            "Satu.",
        ),
        (
            {
                "nodeType": "document",
                "content": [
                    {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "Satu."}]}
                ],
            },
            "Satu.",
        ),
        (
            {"ops": [{"insert": "Satu.\nDua"}, {"insert": "."}, {"insert": {"image": "x"}}]},
            "Satu.\n\nDua.",
        ),
        (
            [{"blockName": "core/paragraph", "innerHTML": "<p>Satu.</p>", "attrs": {}}],
            "<p>Satu.</p>",
        ),
        ({"panjang": 3}, None),
    ],
)
def test_a_body_is_paragraphs(value: object, text: str | None) -> None:
    assert as_text(value, "body") == text
    assert as_text(value, "summary") == text


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("url", {"href": "https://contoh.example/1"}, "https://contoh.example/1"),
        ("url", [{"rel": "self", "href": "a"}, {"rel": "x", "href": "b"}], "a"),
        ("url", "['a', 'b']", "a"),
        ("id", {"$oid": "64a"}, "64a"),
        ("id", {"$numberLong": "5"}, "5"),
        ("id", {"$uuid": "64a"}, "64a"),
        ("id", {"rendered": "https://contoh.example/?p=5"}, "https://contoh.example/?p=5"),
        ("id", "ObjectId('64a')", "ObjectId('64a')"),
        ("place", {"name": "Bogor", "lat": 1}, "Bogor"),
        ("place", {"city": "Bogor"}, "Bogor"),
        ("place", {"lat": 1.5, "lon": 2.5}, None),
        ("source", {"id": "contoh", "name": "Contoh"}, "Contoh"),
    ],
)
def test_other_fields_take_what_suits_them(field: str, value: object, text: str | None) -> None:
    assert as_text(value, field) == text


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("1 Juni 2023", "1 Juni 2023"),
        ({"$date": "2023-06-01T03:00:00Z"}, "2023-06-01T03:00:00Z"),
        ({"$date": 1685588400000}, "2023-06-01T03:00:00+00:00"),
        ({"$date": {"$numberLong": "1685588400000"}}, "2023-06-01T03:00:00+00:00"),
        ({"$date": {"$numberLong": "-86400000"}}, "1969-12-31T00:00:00+00:00"),
        ({"$timestamp": {"t": 1685588400, "i": 1}}, 1685588400),
        ({"seconds": 1685588400, "nanoseconds": 0}, "2023-06-01T03:00:00+00:00"),
        ({"_seconds": 1685588400, "_nanoseconds": 0}, "2023-06-01T03:00:00+00:00"),
        (
            {"date": "2023-06-01 10:00:00.000000", "timezone_type": 3, "timezone": "Asia/Jakarta"},
            "2023-06-01 10:00:00.000000+07:00",
        ),
        ({"date": "2023-06-01 03:00:00", "timezone": "UTC"}, "2023-06-01 03:00:00+00:00"),
        ({"date": "2023-06-01", "time": "10:00 WIB"}, "2023-06-01 10:00 WIB"),
        ([2023, 6, 1], "2023-06-01"),
        ([2023, 6, 1, 10, 0], "2023-06-01T10:00:00"),
        ({"year": 2023, "month": 6, "day": 1}, "2023-06-01"),
        ({"__type": "Date", "iso": "2023-06-01T03:00:00.000Z"}, "2023-06-01T03:00:00.000Z"),
        ({"year": 2023, "month": 6, "day": 1, "minute": 5}, "2023-06-01"),
        ({"year": 2023, "month": 6, "day": 1, "hour": 10}, "2023-06-01T10:00:00"),
        ({"year": 2023, "month": 6, "hour": 10}, None),
        ({"year": 2023, "month": 6}, None),
        ({"date": "2023-06-01 03:00:00", "timezone": "Etc/GMT-7"}, "2023-06-01T03:00:00+07:00"),
        ({"date": "2023-06-01 03:00:00", "timezone": "asia/makassar"}, "2023-06-01 03:00:00+08:00"),
        ("['1 Juni 2023']", "1 Juni 2023"),
        ('{"$date": "2023-06-01T03:00:00Z"}', "2023-06-01T03:00:00Z"),
        (["1 Juni 2023", "10.00 WIB"], "1 Juni 2023 10.00 WIB"),
        (["1 Juni 2023", "2 Juni 2023"], None),
        ({"rendered": "1 Juni 2023"}, "1 Juni 2023"),
        ({}, None),
        (True, None),
        ([2023, 6], None),
    ],
)
def test_a_moment_is_one_text_or_number(value: object, moment: object) -> None:
    assert as_moment_value(value) == moment


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["text", "name", "content", "children", "type", "$date", "id", "0", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(NESTED, st.sampled_from(["id", "title", "body", "url", "author", "source", "summary"]))
def test_any_value_gives_a_text_or_none(value: object, field: str) -> None:
    assert isinstance(as_text(value, field), (str, type(None)))
    assert isinstance(as_moment_value(value), (str, int, float, type(None)))


@given(st.lists(st.text(max_size=9), min_size=1, max_size=4))
def test_a_list_that_python_printed_is_that_list(parts: list[str]) -> None:
    assert as_text(repr(parts), "author") == as_text(parts, "author")
    assert as_text(repr((*parts, "Rina")), "author") == as_text([*parts, "Rina"], "author")
    assert as_text(repr({"name": parts}), "author") == as_text({"name": parts}, "author")


@pytest.mark.parametrize(
    "unit", ["['a', ", "{'a': ", "[", "('a', ", "'", "\\", "array([", "[1, ", "new ", "[new "]
)
def test_hostile_notation_ends_soon(unit: str) -> None:
    started = time.thread_time()
    text = "['" + unit * (2**20 // len(unit)) + "]"
    assert as_text(text, "title") == text
    deep: object = "a"
    for _ in range(500):
        deep = [deep] if unit == "[" else {"content": [deep]}
    as_text(deep, "body")
    as_text(deep, "author")
    assert time.thread_time() - started < 5


@pytest.mark.parametrize("inside", ["", '"a"'])
def test_a_text_of_brackets_as_deep_as_json_goes_is_left(inside: str) -> None:
    text = "[" * 1000 + inside + "]" * 1000
    for field in ("title", "body", "url", "id"):
        assert as_text(text, field) == text


def test_what_is_no_name_of_a_language_parts_no_texts() -> None:
    deep: object = []
    for _ in range(1000):
        deep = [deep]
    items = [{"lang": deep, "text": "Satu"}, {"lang": "id", "text": "Dua"}]
    assert as_text(items, "title") == "Satu, Dua"
