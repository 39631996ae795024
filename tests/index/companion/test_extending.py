"""A companion after updates and deletions, beside a whole index to which the same was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from index.article import Article
from index.build import LocalTarget, tiers
from index.companion import Were, extend, lighten, merging
from index.segments.merge import merge
from index.segments.segment import ArraySegment
from index.segments.toc import read_segments
from index.store.durable import link_or_copy
from index.target import BuildOptions
from search.budget import Budget
from search.local.reading.snapshot import Snapshot
from search.opensearch.companion import Companion
from tests.conftest import ARCHIVE, article, examples
from tests.index.conftest import current

FIELDS = ("title", "title_exact", "body", "body_exact")


def budget() -> Budget:
    return Budget(inf)


def built(path: Path, articles: Sequence[Article]) -> Path:
    """The directory of a generation of some articles."""
    LocalTarget(path).rebuild(articles, BuildOptions())
    return current(path)


def begun(path: Path, articles: Sequence[Article]) -> Path:
    """The companion of an index of some articles, in a directory within ``path``."""
    light = path / "light"
    light.mkdir(parents=True)
    lighten(built(path / "whole", articles), light)
    return light


def extended(
    path: Path,
    light: Path,
    articles: Sequence[Article],
    deleted: Iterable[str] = (),
    were: Were | None = None,
) -> tuple[Path, frozenset[str]]:
    """The companion that follows one, and which ids were there."""
    into = Path(mkdtemp(dir=path))
    new = built(Path(mkdtemp(dir=path)) / "new", articles) if articles else None
    return into, extend(light, new, deleted, into, were)


def counts_of(snapshot: Snapshot, field: str) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for segment in snapshot.segments:
        index = segment.fields[field]
        counts = index.document_frequencies(0, index.terms).tolist()
        for text, count in zip(index.texts(0, index.terms), counts, strict=True):
            found[text] = found.get(text, 0) + count
    return found


def titles_of(snapshot: Snapshot) -> dict[str, str]:
    everything = snapshot.columns.everything.documents.tolist()
    hits = [snapshot.hit(number) for number in everything]
    return {one["id"]: one["title"] for one in hits}


def test_what_only_grows_has_the_counts_of_one_index(tmp_path: Path) -> None:
    light = begun(tmp_path, ARCHIVE[:4])
    for start in range(4, len(ARCHIVE), 2):
        light, gone = extended(tmp_path, light, ARCHIVE[start : start + 2])
        assert not gone
    assert len(read_segments(light)) < tiers.MERGE_AT
    whole = built(tmp_path / "all", ARCHIVE).parent.parent
    one, other = Companion(light, "grown"), Snapshot(whole)
    for field in FIELDS:
        assert counts_of(one, field) == counts_of(other, field)
    assert titles_of(one) == titles_of(other)
    assert one.size == other.size
    assert sorted(one.columns.lengths("body")) == sorted(other.columns.lengths("body"))
    assert one.columns.facets.keys() == other.columns.facets.keys()
    for facet, column in one.columns.facets.items():
        assert column.counts == other.columns.facets[facet].counts
    found = one.runs.in_titles(["gempa"], "", budget())
    assert found.words == other.runs.in_titles(["gempa"], "", budget()).words == {"guncang": 2}


def test_pairs_of_words_add_up_where_segments_merge(tmp_path: Path) -> None:
    def some(first: int) -> list[Article]:
        return [
            article(number, "Judul", "Tim bulu tangkis menang.")
            for number in range(first, first + 3)
        ]

    light = begun(tmp_path, some(0))
    for first in (10, 20, 30):
        light, _ = extended(tmp_path, light, some(first))
    one = Companion(light, "merged")
    assert len(one.segments) == 1
    assert one.runs.in_bodies("bulu", "", budget()).words == {"tangkis": 12}


def test_what_would_be_merged_twice_is_merged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiers, "_SMALLEST", 1)
    done: list[int] = []
    real = merging.merged

    def counted(storage: FileStorage, segments: Sequence[ArraySegment]) -> ArraySegment:
        done.append(len(segments))
        return real(storage, segments)

    monkeypatch.setattr(merging, "merged", counted)
    some = [article(number, f"Judul {number}", "Isi.") for number in range(16)]
    light = begun(tmp_path, some[:4])
    for start, end in ((4, 8), (8, 12), (12, 13), (13, 14), (14, 15), (15, 16)):
        assert not done
        light, _ = extended(tmp_path, light, some[start:end])
    assert done == [7]
    assert len(titles_of(Companion(light, "merged"))) == 16


def test_a_replaced_article_is_found_as_it_is_now(tmp_path: Path) -> None:
    light = begun(tmp_path, ARCHIVE)
    new = article(4, "Gempa kecil saja", "AMBON – Gempa itu kecil.")
    light, gone = extended(tmp_path, light, [new], ["a5", "none"])
    assert gone == {"a4", "a5"}
    titles = titles_of(Companion(light, "next"))
    assert titles["a4"] == new.title
    assert titles.keys() == {one.id for one in ARCHIVE} - {"a5"}


def test_deleting_alone_needs_no_new_articles(tmp_path: Path) -> None:
    light, gone = extended(tmp_path, begun(tmp_path, ARCHIVE), [], ["a1"])
    assert gone == {"a1"}
    assert "a1" not in titles_of(Companion(light, "less"))


def test_the_companion_before_stays_as_it_was(tmp_path: Path) -> None:
    before = begun(tmp_path, ARCHIVE)
    content = {path.name: path.read_bytes() for path in before.iterdir()}
    light = before
    for number in range(5):
        light, _ = extended(tmp_path, light, [article(number, "Baru", "Berita baru.")], ["a7"])
    assert {path.name: path.read_bytes() for path in before.iterdir()} == content


def test_files_that_stay_are_not_copied(tmp_path: Path) -> None:
    before = begun(tmp_path, ARCHIVE)
    light, _ = extended(tmp_path, before, [article(100, "Baru", "Berita baru.")])
    for path in before.glob("*.inv"):
        assert path.samefile(light / path.name)


def test_glued_words_of_new_articles_are_told(tmp_path: Path) -> None:
    base = [
        article(number, f"Berita {number}", f"Harga beras di pasar {number}.")
        for number in range(30)
    ]
    glued = article(100, "Baru", "Kata beliau hargaberas naik.")
    light, _ = extended(tmp_path, begun(tmp_path, base), [glued])
    whole = built(tmp_path / "all", [*base, glued]).parent.parent
    assert "hargaberas" in Snapshot(whole).glued
    assert "hargaberas" in Companion(light, "glued").glued


IDS = st.integers(0, 7)
CHANGES = st.lists(
    st.tuples(
        st.lists(st.tuples(IDS, st.sampled_from(["beras", "kopi", "teh"])), max_size=3),
        st.lists(IDS, max_size=2),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=examples(15))
@given(CHANGES)
def test_after_any_changes_it_has_what_is_there(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[list[tuple[int, str]], list[int]]],
) -> None:
    path = tmp_path_factory.mktemp("changes")
    first = [article(number, "Harga beras", "Beras dan kopi.") for number in range(4)]
    light = begun(path, first)
    there = {one.id: one for one in first}
    for added, deleted in changes:
        new = [article(number, f"Harga {word}", f"Hari ini {word}.") for number, word in added]
        ids = [f"a{number}" for number in deleted]
        light, gone = extended(path, light, new, ids)
        assert gone == there.keys() & {*ids, *(one.id for one in new)}
        there = {key: one for key, one in there.items() if key not in ids}
        there |= {one.id: one for one in new}
    one = Companion(light, "changed")
    assert titles_of(one) == {key: found.title for key, found in there.items()}
    for number, found in ((one.number_of(key), found) for key, found in there.items()):
        assert number is not None
        assert one.hit(number)["title"] == found.title
    for word in ("beras", "kopi", "teh"):
        live = sum(word in found.body.lower() for found in there.values())
        assert live <= one.dictionary.document_frequency("body", word) <= one.size


@settings(max_examples=examples(15))
@given(CHANGES)
def test_where_it_is_told_what_goes_it_counts_as_an_index_directory_does(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[list[tuple[int, str]], list[int]]],
) -> None:
    path = tmp_path_factory.mktemp("changes")
    first = [article(number, "Harga beras", "Beras dan kopi.") for number in range(4)]
    light, target = begun(path, first), LocalTarget(path / "whole")
    there = {one.id: one for one in first}

    def were(ids: Sequence[str]) -> Iterable[Article]:
        return [there[one] for one in ids]

    for added, deleted in changes:
        new = {
            f"a{number}": article(number, f"Harga {word}", f"Hari ini {word} {number}.")
            for number, word in added
        }
        ids = [f"a{number}" for number in deleted]
        if new:
            light, _ = extended(path, light, list(new.values()), were=were)
            target.update(new.values(), BuildOptions())
            there |= new
        if there.keys() & ids:
            light, _ = extended(path, light, [], ids, were)
            target.delete(ids, BuildOptions())
            there = {key: one for key, one in there.items() if key not in ids}
    one, other = Companion(light, "changed"), Snapshot(path / "whole")
    assert one.size == other.size
    assert titles_of(one) == titles_of(other)
    for field in FIELDS:
        assert counts_of(one, field) == counts_of(other, field)
    for name in ("title", "body"):
        assert np.array_equal(one.columns.lengths(name), other.columns.lengths(name))


def test_what_other_articles_had_is_not_taken_off(tmp_path: Path) -> None:
    light = begun(tmp_path, ARCHIVE)
    other = article(4, ARCHIVE[3].title, "Sebuah teks yang lain, yang lebih panjang daripada itu.")
    light, gone = extended(tmp_path, light, [], ["a4"], lambda _: [other])
    one = Companion(light, "other")
    assert gone == {"a4"}
    assert counts_of(one, "body") == counts_of(Companion(tmp_path / "light", "before"), "body")
    assert one.size == len(ARCHIVE)
    assert one.number_of("a4") is None


def test_deleted_articles_that_are_known_make_room(tmp_path: Path) -> None:
    light = begun(tmp_path, ARCHIVE)
    known = {one.id: one for one in ARCHIVE}

    def were(ids: Sequence[str]) -> Iterable[Article]:
        return [known[one] for one in ids]

    some, _ = extended(tmp_path, light, [], ["a1"], were)
    assert Companion(some, "some").size == len(ARCHIVE)
    more, _ = extended(tmp_path, some, [], ["a2", "a10"], were)
    assert Companion(more, "more").size == len(ARCHIVE) - 3
    assert counts_of(Companion(more, "more"), "body").get(b"kamboja") is None


def test_segments_with_and_without_postings_are_not_merged(tmp_path: Path) -> None:
    light = begun(tmp_path, ARCHIVE[:3])
    whole = built(tmp_path / "new", ARCHIVE[3:])
    segments = []
    for directory in (light, whole):
        for one in read_segments(directory):
            segments.append(one)
            for name in one.list_files(FileStorage(str(directory))):
                link_or_copy(directory / name, tmp_path / name)
    with pytest.raises(ValueError, match=r"body.* has postings in some segments alone"):
        merge(FileStorage(str(tmp_path)), segments)
