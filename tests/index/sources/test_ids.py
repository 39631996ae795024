"""The same id in two files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.build import LocalTarget, stored_articles
from index.sources import ProblemKind, ReadReport, read_articles
from index.sources.clashes import OwnedIds
from index.sources.ids import Ids
from index.sources.inputs.filenames import Format
from index.sources.inputs.files import Input
from index.sources.record import LONGEST_ID
from index.target import BuildOptions
from tests.index.sources.archive import json_lines, kinds, read

ONE = BuildOptions()


def write(path: Path, articles: dict[object, str] | list[tuple[object, str]]) -> Path:
    """A file of articles by id, whose titles are their texts."""
    pairs = articles.items() if isinstance(articles, dict) else articles
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json_lines(*({"id": one, "judul": text, "isi": text} for one, text in pairs)))
    return path


def texts(found: list[Article]) -> dict[str, str]:
    """What an index keeps: the last of each id."""
    return {article.id: article.body for article in found}


def test_two_files_that_number_from_one_do_not_overwrite_each_other(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {1: "Kopi", 2: "Teh"})
    write(tmp_path / "2024" / "b.jsonl", {1: "Beras", 2: "Gula", 3: "Garam"})
    articles, report = read(tmp_path)
    assert texts(articles) == {
        "1": "Beras",
        "2": "Gula",
        "3": "Garam",
        "a.jsonl:1": "Kopi",
        "a.jsonl:2": "Teh",
    }
    assert kinds(report) == {ProblemKind.SAME_ID: 2}
    [told] = report.examples
    assert told.file == str(tmp_path / "a.jsonl")
    assert (
        told.detail_in_both == "2 artikel: a.jsonl:1, a.jsonl:2 / 2 articles: a.jsonl:1, a.jsonl:2"
    )


@pytest.mark.parametrize("move", [False, True])
def test_an_id_that_names_its_file_stays_when_the_folder_moves(tmp_path: Path, move: bool) -> None:
    folder = tmp_path / ("tempat lain" if move else "arsip")
    write(folder / "a.jsonl", {1: "Kopi"})
    write(folder / "b.jsonl", {1: "Teh"})
    if move:
        write(folder / "c.jsonl", {1: "Gula"})
    articles, _ = read(folder)
    assert texts(articles)["b.jsonl:1"] == "Teh"


def test_a_glob_names_files_as_their_folder_does(tmp_path: Path) -> None:
    write(tmp_path / "2023" / "a.jsonl", {1: "Kopi"})
    write(tmp_path / "2024" / "a.jsonl", {1: "Teh"})
    write(tmp_path / "z.jsonl", {1: "Gula"})
    whole, _ = read(tmp_path)
    parts, _ = read(*sorted(tmp_path.iterdir()))
    assert texts(whole) == texts(parts)
    assert set(texts(whole)) == {"1", "2024/a.jsonl:1", "z.jsonl:1"}


def test_files_of_one_name_get_as_many_folders_as_tell_them_apart(tmp_path: Path) -> None:
    for name in ("x/data/a.jsonl", "y/data/a.jsonl", "z/data/a.jsonl"):
        write(tmp_path / name, {1: name})
    articles, _ = read(*(tmp_path / name / "data" for name in "xyz"))
    assert texts(articles) == {
        "1": "x/data/a.jsonl",
        "y/data/a.jsonl:1": "y/data/a.jsonl",
        "z/data/a.jsonl:1": "z/data/a.jsonl",
    }


def test_within_one_file_the_last_of_an_id_counts(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", [(1, "Kopi"), (1, "Kopi baru")])
    write(tmp_path / "b.jsonl", [(1, "Teh"), (1, "Teh baru")])
    articles, report = read(tmp_path)
    assert texts(articles) == {"1": "Kopi baru", "b.jsonl:1": "Teh baru"}
    assert kinds(report) == {ProblemKind.SAME_ID: 2}
    single, report = read(tmp_path / "a.jsonl")
    assert (texts(single), kinds(report)) == ({"1": "Kopi baru"}, {})


def test_a_repeated_article_is_kept_once_and_told(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {1: "Kopi", 2: "Teh"})
    write(tmp_path / "b.jsonl", {1: "Kopi", 2: "Gula"})
    write(tmp_path / "b-salinan.jsonl", {1: "Kopi", 2: "Gula"})
    articles, report = read(tmp_path)
    assert texts(articles) == {"1": "Kopi", "2": "Teh", "b-salinan.jsonl:2": "Gula"}
    assert kinds(report) == {ProblemKind.SAME_ID: 1, ProblemKind.REPEATED_ARTICLE: 3}
    assert "artikel yang sama lagi (2 artikel" in report.examples[-1].indonesian


def test_a_repeated_article_without_an_id_is_told(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(json_lines({"isi": "Kopi"}, {"isi": f"Hanya di {name}"}))
    articles, report = read(tmp_path)
    assert len(texts(articles)) == 3
    assert kinds(report) == {ProblemKind.REPEATED_ARTICLE: 1}


def test_a_copy_of_an_older_version_does_not_replace_the_newer(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {1: "Kopi"})
    write(tmp_path / "b.jsonl", [(1, "Teh"), (1, "Teh baru")])
    write(tmp_path / "c.jsonl", {1: "Teh"})
    articles, _ = read(tmp_path)
    assert texts(articles) == {"1": "Kopi", "b.jsonl:1": "Teh baru", "c.jsonl:1": "Teh"}


@pytest.mark.parametrize(
    "everywhere",
    [
        "https://example.com/berita/1",
        "tag:example.com,2024:1",
        "urn:berita:17",
        "123e4567-e89b-12d3-a456-426614174000",
        "507f1f77bcf86cd799439011",
        "9e107d9d372bb6826bd81d3542a419d6",
    ],
)
def test_an_id_that_means_the_same_everywhere_is_one_article(
    tmp_path: Path, everywhere: str
) -> None:
    write(tmp_path / "a.jsonl", {everywhere: "Kopi"})
    write(tmp_path / "b.jsonl", {everywhere: "Kopi, diperbarui"})
    articles, report = read(tmp_path)
    assert (texts(articles), kinds(report)) == ({everywhere: "Kopi, diperbarui"}, {})


def test_an_address_as_the_only_id_is_one_article(tmp_path: Path) -> None:
    for name, text in (("a", "Kopi"), ("b", "Teh")):
        record = {"url": "example.com/berita/1", "isi": text}
        (tmp_path / f"{name}.jsonl").write_bytes(json_lines(record))
    articles, report = read(tmp_path)
    assert (texts(articles), kinds(report)) == ({"example.com/berita/1": "Teh"}, {})


def test_an_address_within_a_site_is_not_the_same_on_another(tmp_path: Path) -> None:
    for name, text in (("a", "Kopi"), ("b", "Teh")):
        (tmp_path / f"{name}.jsonl").write_bytes(json_lines({"url": "/berita/1", "isi": text}))
    articles, _ = read(tmp_path)
    assert texts(articles) == {"/berita/1": "Kopi", "b.jsonl:/berita/1": "Teh"}


@pytest.mark.parametrize("one", [b"1", b'"1"', b"1.0", b'" 1 "', b"1e0"])
def test_a_number_is_one_id_however_it_is_written(tmp_path: Path, one: bytes) -> None:
    write(tmp_path / "a.jsonl", {1: "Kopi"})
    (tmp_path / "b.jsonl").write_bytes(b'{"id": %s, "isi": "Teh"}' % one)
    articles, _ = read(tmp_path)
    assert texts(articles) == {"1": "Kopi", "b.jsonl:1": "Teh"}


def test_formats_share_their_ids(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {1: "Kopi"})
    (tmp_path / "b.csv").write_text("id,isi\n1,Teh\n")
    (tmp_path / "c.json").write_text('[{"id": "1", "isi": "Gula"}]')
    articles, _ = read(tmp_path)
    assert texts(articles) == {"1": "Kopi", "b.csv:1": "Teh", "c.json:1": "Gula"}


def test_an_id_may_look_as_if_it_named_another_file(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {1: "Kopi", "c.jsonl:1": "Kakao"})
    write(tmp_path / "b.jsonl", {1: "Teh", "c.jsonl:1": "Sirih"})
    write(tmp_path / "c.jsonl", {1: "Gula"})
    articles, _ = read(tmp_path)
    assert sorted(texts(articles).values()) == ["Gula", "Kakao", "Kopi", "Sirih", "Teh"]


def test_names_of_files_make_ids_that_can_be_printed(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {1: "Kopi"})
    for number, name in enumerate([b"b\n\x1b[31m.jsonl", b"caf\xe9.jsonl", b"caf\xea.jsonl"]):
        write(tmp_path / os.fsdecode(name), {1: f"Teh {number}"})
    articles, _ = read(tmp_path)
    assert len(texts(articles)) == 4
    assert all(article.id.isprintable() and article.id.encode() for article in articles)


def test_ids_are_not_longer_than_the_longest(tmp_path: Path) -> None:
    deep = "/".join(["folder-yang-namanya-panjang"] * 20)
    long = "x" * LONGEST_ID
    write(tmp_path / "a.jsonl", {1: "Kopi", long: "Panjang"})
    write(tmp_path / "b" / deep / "b.jsonl", {1: "Teh", long: "Lain"})
    articles, _ = read(tmp_path)
    assert len(texts(articles)) == 4
    assert max(len(article.id) for article in articles) <= LONGEST_ID
    assert any(article.id.endswith("b.jsonl:1") for article in articles)


def contents(index: Path) -> dict[str, str]:
    return {article.id: article.body for article in stored_articles(index)}


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Rebuilds or updates an index with files, as the commands do."""
    target = LocalTarget(tmp_path / "index")

    def command(*sources: Path, update: bool = False) -> dict[str, str]:
        with target.held_articles() as held:
            articles = read_articles(sources, ReadReport(), held=held if update else None)
            (target.update if update else target.rebuild)(articles, ONE)
        return contents(tmp_path / "index")

    return command


def test_an_update_of_a_file_replaces_its_own_articles(
    tmp_path: Path, archive: Callable[..., dict[str, str]]
) -> None:
    write(tmp_path / "arsip" / "a.jsonl", {n: f"Kopi {n}" for n in range(1, 6)})
    path = write(tmp_path / "arsip" / "b.jsonl", {1: "Teh 1", 2: "Teh 2", 7: "Teh 7"})
    before = archive(tmp_path / "arsip")
    write(path, {1: "Teh 1 baru", 3: "Teh 3", 7: "Teh 7 baru", 8: "Teh 8"})
    after = archive(path, update=True)
    kept = {one: text for one, text in before.items() if text.startswith("Kopi")}
    assert kept.items() <= after.items()
    assert after["b.jsonl:1"] == "Teh 1 baru"
    assert after["b.jsonl:2"] == "Teh 2"
    assert after["b.jsonl:3"] == "Teh 3"
    assert after["8"] == "Teh 8"


def test_an_update_of_a_file_of_a_folder_finds_the_name_it_has_there(
    tmp_path: Path, archive: Callable[..., dict[str, str]]
) -> None:
    write(tmp_path / "arsip" / "2023" / "a.jsonl", {1: "Kopi"})
    path = write(tmp_path / "arsip" / "2024" / "b.jsonl", {1: "Teh"})
    archive(tmp_path / "arsip")
    write(path, {1: "Teh baru"})
    assert archive(path, update=True) == {"1": "Kopi", "2024/b.jsonl:1": "Teh baru"}
    write(path, {1: "Teh terbaru"})
    again = archive(tmp_path / "arsip", update=True)
    assert again == {"1": "Kopi", "2024/b.jsonl:1": "Teh terbaru"}


def test_an_update_with_a_file_that_the_index_does_not_name_replaces_by_id(
    tmp_path: Path, archive: Callable[..., dict[str, str]]
) -> None:
    archive(write(tmp_path / "senin.jsonl", {1: "Kopi", 2: "Teh"}))
    after = archive(write(tmp_path / "selasa.jsonl", {2: "Teh baru", 3: "Gula"}), update=True)
    assert after == {"1": "Kopi", "2": "Teh baru", "3": "Gula"}


def test_an_update_does_not_replace_other_articles_of_the_same_numbers(
    tmp_path: Path, archive: Callable[..., dict[str, str]]
) -> None:
    before = archive(write(tmp_path / "senin.jsonl", {n: f"Kopi {n}" for n in (1, 2)}))
    path = write(tmp_path / "selasa.jsonl", {n: f"Teh {n}" for n in (1, 2, 3)})
    after = archive(path, update=True)
    new = {"selasa.jsonl:1": "Teh 1", "selasa.jsonl:2": "Teh 2", "3": "Teh 3"}
    assert after == before | new
    assert archive(path, update=True) == after
    write(path, {1: "Teh 1 baru", 3: "Teh 3 baru"})
    changed = {"selasa.jsonl:1": "Teh 1 baru", "3": "Teh 3 baru"}
    assert archive(path, update=True) == after | changed


def test_an_update_from_the_same_workbook_changes_nothing(
    tmp_path: Path, archive: Callable[..., dict[str, str]]
) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, texts_there in {"Mei": ("Kopi", "Teh"), "Juni": ("Beras", "Teh")}.items():
        sheet = book.create_sheet(title)
        for row in (("id", "isi"), *enumerate(texts_there, start=1)):
            sheet.append(row)
    book.save(path)
    there = {"1": "Kopi", "2": "Teh", "a.xlsx:Juni:1": "Beras"}
    assert archive(path) == there
    assert archive(path, update=True) == there


def test_an_update_tells_what_it_keeps_apart_and_what_it_replaces(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path / "index")
    path = tmp_path / "hari-ini.jsonl"
    told = []
    for text in ("Kopi", "Teh", "Gula"):
        write(path, {1: text})
        report = ReadReport()
        with target.held_articles() as held:
            target.update(read_articles([path], report, held=held), ONE)
        told.append(kinds(report))
    kept_apart = {ProblemKind.SAME_ID: 1}
    assert told == [{}, kept_apart, kept_apart | {ProblemKind.REPLACED_OTHER: 1}]
    assert contents(tmp_path / "index") == {"1": "Kopi", "hari-ini.jsonl:1": "Gula"}


def test_an_article_under_a_new_id_can_be_deleted(
    tmp_path: Path, archive: Callable[..., dict[str, str]]
) -> None:
    write(tmp_path / "arsip" / "2023" / "a.jsonl", {1: "Kopi"})
    write(tmp_path / "arsip" / "2024" / "b.jsonl", {1: "Teh"})
    archive(tmp_path / "arsip")
    published = LocalTarget(tmp_path / "index").delete(["2024/b.jsonl:1"], ONE)
    assert (published.deleted, contents(tmp_path / "index")) == (1, {"1": "Kopi"})


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abc")), max_size=6)))
def test_no_text_is_lost_that_is_the_last_of_its_id_in_its_file(
    files: list[list[tuple[int, str]]],
) -> None:
    ids = Ids()
    kept: dict[str, str] = {}
    for number, articles in enumerate(files):
        name = f"{number}.jsonl"
        ids.begin(Input(Path("/arsip", name), name, Format.JSON_LINES, label=name))
        for one, text in articles:
            settled = ids.settle(Article(str(one), text, text))
            kept[settled.id] = text
    for articles in files:
        for one, text in dict(articles).items():
            found = {t for known, t in kept.items() if known.split(":")[-1] == str(one)}
            assert text in found
    # A text of one id is kept once, unless a file has replaced it by a later version.
    for one in range(1, 5):
        found_texts = [t for known, t in kept.items() if known.split(":")[-1] == str(one)]
        if all(len({text for n, text in articles if n == one}) < 2 for articles in files):
            assert len(found_texts) == len(set(found_texts))


@given(st.lists(st.tuples(st.text(max_size=2), st.integers(0, 3), st.integers(0, 3)), max_size=99))
def test_the_table_of_ids_agrees_with_a_dict(steps: list[tuple[str, int, int]]) -> None:
    table, twin = OwnedIds(), dict[str, tuple[int, int]]()
    for one, file, text in steps:
        if one not in twin or twin[one][0] == file:
            twin[one] = (file, text)
        assert table.take(one, file, text) == twin[one]
        assert table.text(one) == twin[one][1]


def test_the_table_of_ids_grows() -> None:
    table = OwnedIds()
    for number in range(5000):
        table.take(str(number), number % 7, number)
    assert all(table.text(str(number)) == number for number in range(5000))
    assert table.take("17", 0, 1) == (17 % 7, 17)
    assert table.text("5000") is None
