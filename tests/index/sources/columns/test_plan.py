"""The names of fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.columns.plan import SYNONYMS, FieldNames, why_unused
from index.sources.columns.words import Word


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("id", "id ID _id guid"),
        ("title", "title Judul HEADLINE"),
        ("body", "body isi content text konten article artikel articleBody"),
        ("date", "date tanggal published_at pubDate pub_date publishedAt datePublished tgl"),
        ("url", "url URL link tautan permalink"),
        ("source", "source sumber publisher media"),
        ("category", "category kategori section rubrik kanal"),
        ("place", "place tempat lokasi location kota"),
        ("author", "author penulis byline wartawan authors"),
    ],
)
def test_a_field_is_known_by_its_synonyms(field: str, names: str) -> None:
    for name in names.split():
        plan = FieldNames({}).plan((name,))
        assert plan[field] == (name,)
        assert sum(len(keys) for keys in plan.values()) == 1


def test_no_name_belongs_to_two_fields() -> None:
    names = [name.replace(" ", "") for synonyms in SYNONYMS.values() for name in synonyms]
    assert len(names) == len(set(names))


def test_of_several_names_the_order_of_synonyms_decides() -> None:
    assert FieldNames({}).plan(("isi", "BODY", "content"))["body"] == ("BODY", "isi", "content")


def test_of_one_name_written_twice_the_one_in_small_letters_comes_first() -> None:
    assert FieldNames({}).plan(("ID", "judul", "id"))["id"] == ("id", "ID")


def test_a_declared_name_comes_before_a_compound_and_a_vague_one_last() -> None:
    keys = ("clean_text", "berita", "maintext", "text", "html")
    assert FieldNames({}).plan(keys)["body"] == ("text", "maintext", "berita", "html", "clean_text")


def test_dates_are_those_of_publishing_then_any_then_making_then_changing() -> None:
    keys = ("jam", "updated_at", "created_at", "waktu", "scraped_at", "tanggal", "tgl_terbit")
    assert FieldNames({}).plan(keys)["date"] == (
        *("tgl_terbit", "tanggal", "waktu", "created_at", "updated_at", "jam"),
    )


@pytest.mark.parametrize("mark", ["annotation_id", "annotator", "lead_time", "annotations"])
def test_times_of_making_beside_annotations_are_those_of_labels(mark: str) -> None:
    keys = (mark, "isi", "created_at", "updated_at")
    assert FieldNames({}).plan(keys)["date"] == ()
    assert FieldNames({}).plan((*keys, "tanggal"))["date"] == ("tanggal",)
    assert why_unused("created_at", keys) is Word.LABELLED
    assert why_unused("created_at", keys[1:]) is None
    assert why_unused("tanggal_crawl", keys) is Word.CRAWLED


def test_a_mapped_name_comes_first_and_belongs_to_its_field_alone() -> None:
    plan = FieldNames({"title": "Text"}).plan(("title", "text", "isi"))
    assert plan["title"] == ("text", "title")
    assert plan["body"] == ("isi",)


@pytest.mark.parametrize("names", [("a", "b"), ("a,b",), ("a , b",), ("a", "b,c")])
def test_several_names_may_be_mapped_in_order(names: tuple[str, ...]) -> None:
    assert FieldNames({"body": names}).plan(("isi", "b", "A"))["body"] == ("A", "b", "isi")


def test_a_column_with_a_comma_in_its_name_is_mapped_as_a_whole() -> None:
    names = FieldNames({"body": ["a,b"]})
    assert names.plan(("a", "b", "A,B", "isi"))["body"] == ("A,B", "isi")


NESTED = {
    "id": 5,
    "content": {"rendered": "Isi.", "blocks": [{"text": "Satu."}, {"text": "Dua."}, {}]},
    "Authors": [{"name": "Rina"}, {"name": "Budi"}],
    "_source": {"isi": "Isi."},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("content.rendered", "Isi."),
        ("CONTENT/rendered", "Isi."),
        ("$.content.rendered", "Isi."),
        ("authors.0.name", "Rina"),
        ("authors[1].name", "Budi"),
        ("authors.name", ["Rina", "Budi"]),
        ("content.blocks.text", ["Satu.", "Dua."]),
        ("_source.isi", "Isi."),
        ("content.missing", None),
        ("authors.7.name", None),
        ("authors.99999999999.name", None),
        ("content.rendered.deeper", None),
        ("id.x", None),
    ],
)
def test_a_path_of_the_mapping_leads_into_nested_values(path: str, value: object) -> None:
    names = FieldNames({"body": [path]})
    values = names.resolved(NESTED)
    plan = names.plan(values)
    assert plan["body"][0] == path
    assert values[path] == value
    assert names.never_met() == ([("body", path)] if value is None else [])
    assert all(key in values for keys in plan.values() for key in keys)


def test_before_it_is_resolved_a_path_stands_for_the_key_where_it_begins() -> None:
    names = FieldNames({"body": ["dalam.naskah"], "author": ["dalam.oleh"]})
    plan = names.plan(("id", "dalam", "isi"))
    assert (plan["body"], plan["author"]) == (("dalam", "isi"), ("dalam",))
    assert names.plan(("id", "isi"))["body"] == ("isi",)


def test_a_column_with_dots_in_its_name_comes_before_the_path() -> None:
    names = FieldNames({"body": ["content.rendered"]})
    values = {"content": {"rendered": "dalam"}, "content.rendered": "luar"}
    assert names.resolved(values) is values
    assert names.plan(values)["body"][0] == "content.rendered"


def test_a_path_counts_also_where_its_wrapper_was_taken_off() -> None:
    names = FieldNames({"body": ["_source.naskah_x"]})
    assert names.plan(("naskah_x", "judul"))["body"] == ("naskah_x",)
    assert names.never_met() == []


def test_names_that_no_record_had_are_known_at_the_end() -> None:
    names = FieldNames({"body": ["naskah,teks", "isii"], "title": "judul"})
    names.plan(names.resolved({"teks": "Isi.", "Judul": "J"}))
    assert names.never_met() == [("body", "naskah"), ("body", "isii")]


@given(st.dictionaries(st.text(max_size=9), st.none() | st.text(max_size=5), max_size=8))
def test_every_key_of_a_plan_is_one_of_the_record(values: dict[str, object]) -> None:
    for path in ("a.b", "isi.x", "0.1", "A_B.c", "a,b.c"):
        names = FieldNames({"body": [path]})
        for record in (values, names.resolved(values)):
            held = {key for keys in names.plan(record).values() for key in keys}
            assert record.keys() >= held


def test_an_unknown_field_in_the_mapping_is_refused() -> None:
    with pytest.raises(SourceError, match="no field judul") as caught:
        FieldNames({"judul": "title"})
    assert "tidak mempunyai kolom judul" in caught.value.indonesian


def test_plans_of_countless_records_do_not_pile_up() -> None:
    names = FieldNames({})
    for number in range(5000):
        assert names.plan((f"kunci {number}", "isi"))["body"] == ("isi",)
    assert len(names._plans) <= 1000
