"""The user's words belong to an index: they are kept, carried over and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh.query import Term

from index.analysis import UserWords, parse_words
from index.build import LocalTarget
from index.errors import IndexDamaged, IndexOutdated, WordsDiffer, WordsLost
from index.manifest import MANIFEST, FileEntry, file_checksum, from_bytes, to_bytes
from index.store import Store
from index.target import BuildOptions
from index.words_file import WORDS
from tests.conftest import article

WORDS_OF_USER = parse_words("menangkap\nkpk = komisi pemberantasan korupsi\n", "kata.txt")
WITH = BuildOptions(words=WORDS_OF_USER)
ARTICLES = [article(0, "Menangkap ikan", "Nelayan menangkap ikan dengan penangkapan.")]


def words_of(path: Path) -> UserWords:
    generation = Store(path).open_current()
    generation.hold.close()
    return generation.words


def found(path: Path, term: str) -> int:
    generation = Store(path).open_current()
    with generation.hold:
        index = whoosh_index.open_dir(str(generation.path), readonly=True)
        with index.searcher() as searcher:
            hits = len(searcher.search(Term("body", term), limit=None))
        index.close()
    return hits


@pytest.mark.parametrize("workers", [1, 2])
def test_protected_words_are_not_stemmed_in_the_index(tmp_path: Path, workers: int) -> None:
    many = [article(n, "Kabar", "Nelayan menangkap ikan.") for n in range(650)]
    LocalTarget(tmp_path).rebuild(many, BuildOptions(workers=workers, words=WORDS_OF_USER))
    assert found(tmp_path, "menangkap") == 650
    assert found(tmp_path, "tangkap") == 0
    assert words_of(tmp_path) == WORDS_OF_USER


def test_a_rebuild_without_words_keeps_those_of_the_index(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    target.rebuild(ARTICLES, BuildOptions())
    assert words_of(tmp_path) == WORDS_OF_USER
    target.rebuild(ARTICLES, BuildOptions(words=UserWords()))
    assert words_of(tmp_path) == UserWords()
    assert found(tmp_path, "tangkap") == 1


def test_updates_and_deletions_go_on_with_them(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.update(ARTICLES, WITH)
    target.update([article(1, "Baru", "Polisi menangkap pencuri.")], BuildOptions())
    target.update([article(2, "Lagi", "Mereka menangkap belut.")], WITH)
    assert found(tmp_path, "menangkap") == 3
    target.delete([ARTICLES[0].id], BuildOptions())
    assert words_of(tmp_path) == WORDS_OF_USER
    assert found(tmp_path, "menangkap") == 2


def test_an_update_with_other_words_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    before = Store(tmp_path).current_name()
    with pytest.raises(WordsDiffer, match="rebuild --from-index --words"):
        target.update([article(1, "Baru", "x")], BuildOptions(words=UserWords()))
    assert Store(tmp_path).current_name() == before


def test_words_that_are_lost_or_altered_are_damage(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(ARTICLES, WITH)
    name = Store(tmp_path).current_name()
    assert name is not None
    file = tmp_path / "generations" / name / WORDS
    file.write_text("gojek\n")
    with pytest.raises(IndexDamaged, match=WORDS):
        Store(tmp_path).open_current()
    assert [damage.file for damage in LocalTarget(tmp_path).verify()] == [WORDS]
    file.unlink()
    with pytest.raises(IndexDamaged, match=WORDS):
        Store(tmp_path).open_current()


def test_a_rebuild_of_a_damaged_index_keeps_its_words(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    name = Store(tmp_path).current_name()
    assert name is not None
    next((tmp_path / "generations" / name).glob("*.inv")).write_bytes(b"x")
    target.rebuild(ARTICLES, BuildOptions())
    assert words_of(tmp_path) == WORDS_OF_USER


def test_a_rebuild_does_not_drop_words_that_cannot_be_read(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    name = Store(tmp_path).current_name()
    assert name is not None
    for content in (b"bank dunia\n", b"gojek\n", b"\xff\n"):
        (tmp_path / "generations" / name / WORDS).write_bytes(content)
        with pytest.raises(WordsLost, match="--words"):
            target.rebuild(ARTICLES, BuildOptions())
    target.rebuild(ARTICLES, WITH)
    assert words_of(tmp_path) == WORDS_OF_USER


def test_a_rebuild_does_not_drop_words_that_are_no_file(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    name = Store(tmp_path).current_name()
    assert name is not None
    file = tmp_path / "generations" / name / WORDS
    file.unlink()
    file.mkdir()
    with pytest.raises(WordsLost, match="--words"):
        target.rebuild(ARTICLES, BuildOptions())
    target.rebuild(ARTICLES, WITH)
    assert words_of(tmp_path) == WORDS_OF_USER


@pytest.mark.parametrize("content", [b"", b"garbage\n", b"20990101T000000000000-00000000\n"])
def test_a_rebuild_does_not_drop_words_where_current_is_damaged(
    tmp_path: Path, content: bytes
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(WordsLost, match="--words"):
        target.rebuild(ARTICLES, BuildOptions())
    target.rebuild(ARTICLES, WITH)
    assert words_of(tmp_path) == WORDS_OF_USER


def test_words_are_kept_where_the_first_generation_was_never_put_to_use(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    (tmp_path / "CURRENT").unlink()
    target.rebuild(ARTICLES, BuildOptions())
    assert words_of(tmp_path) == WORDS_OF_USER


def test_a_damaged_current_is_repaired_where_no_generation_has_words(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, BuildOptions())
    (tmp_path / "CURRENT").write_bytes(b"garbage\n")
    target.rebuild(ARTICLES, BuildOptions())
    assert words_of(tmp_path) == UserWords()


def test_words_without_a_manifest_to_tell_of_them_are_kept_or_asked_for(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    name = Store(tmp_path).current_name()
    assert name is not None
    path = tmp_path / "generations" / name
    (path / MANIFEST).write_bytes(b"{}")
    assert Store(tmp_path).current_words() == WORDS_OF_USER
    (path / WORDS).write_bytes(b"")
    with pytest.raises(WordsLost):
        Store(tmp_path).current_words()


def test_an_index_of_another_version_gives_its_words_to_the_rebuilt_one(tmp_path: Path) -> None:
    """Also where that version wrote them in another way, and made another digest of them."""
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, WITH)
    name = Store(tmp_path).current_name()
    assert name is not None
    path = tmp_path / "generations" / name
    (path / WORDS).write_text("kpk = komisi pemberantasan korupsi\nmenangkap\n")
    manifest = from_bytes((path / MANIFEST).read_bytes())
    size = (path / WORDS).stat().st_size
    files = {**manifest.files, WORDS: FileEntry(size, file_checksum(path / WORDS))}
    older = replace(manifest, version="schema 2, analyzer older", words="0" * 16, files=files)
    (path / MANIFEST).write_bytes(to_bytes(older))
    with pytest.raises(IndexOutdated, match="--from-index"):
        Store(tmp_path).open_current()
    Store(tmp_path).open_current(any_version=True).hold.close()
    target.rebuild(ARTICLES, BuildOptions())
    assert words_of(tmp_path) == WORDS_OF_USER


def test_altered_words_are_damage_whatever_their_size(tmp_path: Path) -> None:
    many = UserWords(frozenset(f"kata{chr(97 + n % 26)}{n:020}" for n in range(50_000)))
    LocalTarget(tmp_path).rebuild(ARTICLES, BuildOptions(words=many))
    name = Store(tmp_path).current_name()
    assert name is not None
    file = tmp_path / "generations" / name / WORDS
    assert file.stat().st_size > 1 << 20
    file.write_bytes(file.read_bytes().replace(b"kata", b"ka a", 1))
    with pytest.raises(IndexDamaged, match=WORDS):
        Store(tmp_path).open_current()
