"""The names of fields."""

from __future__ import annotations

import pytest

from index.errors import SourceError
from index.sources.columns import SYNONYMS, FieldNames


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


def test_a_mapped_name_comes_first_and_belongs_to_its_field_alone() -> None:
    plan = FieldNames({"title": "Text"}).plan(("title", "text", "isi"))
    assert plan["title"] == ("text", "title")
    assert plan["body"] == ("isi",)


def test_an_unknown_field_in_the_mapping_is_refused() -> None:
    with pytest.raises(SourceError, match="no field judul") as caught:
        FieldNames({"judul": "title"})
    assert "tidak mempunyai kolom judul" in caught.value.indonesian


def test_plans_of_countless_records_do_not_pile_up() -> None:
    names = FieldNames({})
    for number in range(5000):
        assert names.plan((f"kunci {number}", "isi"))["body"] == ("isi",)
    assert len(names._plans) <= 1000
