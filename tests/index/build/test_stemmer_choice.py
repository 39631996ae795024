"""The stemmer belongs to an index as the user's words do: kept, carried over and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import NO_WORDS, UserWords, parse_words, snowball
from index.build import LocalTarget
from index.errors import IndexDamaged, StemmerLost, WordsDiffer
from index.manifest import MANIFEST, from_bytes
from index.schema import VERSION
from index.stemming import StemmerName
from index.store import Store
from index.target import BuildOptions
from index.words_file import STEMMER, WORDS
from tests.conftest import article
from tests.index.build.test_user_words import found, words_of

SNOWBALL = BuildOptions(stemmer=StemmerName.SNOWBALL)
WORDS_OF_USER = parse_words("menangkap\n", "kata.txt")
ARTICLES = [article(0, "Menangkap ikan", "Nelayan menangkap ikan dengan penangkapan.")]


def directory(path: Path) -> Path:
    name = Store(path).current_name()
    assert name is not None
    return path / "generations" / name


@pytest.mark.parametrize("workers", [1, 2])
def test_terms_are_snowballs_stems(tmp_path: Path, workers: int) -> None:
    many = [article(n, "Kabar", "Kementerian menangkap resiko.") for n in range(2100)]
    LocalTarget(tmp_path).rebuild(many, replace(SNOWBALL, workers=workers))
    for word in ("kementerian", "menangkap", "resiko"):
        assert found(tmp_path, snowball(word)) == 2100
    assert found(tmp_path, "risiko") == found(tmp_path, "tangkap") == 0


def test_the_version_says_so(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, SNOWBALL)
    manifest = from_bytes((directory(tmp_path) / MANIFEST).read_bytes())
    assert manifest.version == f"{VERSION}, sums 2, stemmer snowball"
    target.rebuild(ARTICLES, BuildOptions(stemmer=StemmerName.WARTA))
    manifest = from_bytes((directory(tmp_path) / MANIFEST).read_bytes())
    assert manifest.version == f"{VERSION}, sums 2"
    assert not (directory(tmp_path) / STEMMER).exists()


def test_it_is_kept_until_another_is_chosen(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, SNOWBALL)
    target.update([article(1, "Baru", "Polisi menangkap pencuri.")], BuildOptions())
    target.delete([ARTICLES[0].id], BuildOptions())
    target.rebuild(target.stored_articles(), BuildOptions(words=WORDS_OF_USER))
    assert words_of(tmp_path) == UserWords(frozenset({"menangkap"}), (), StemmerName.SNOWBALL)
    assert found(tmp_path, "menangkap") == 1
    assert found(tmp_path, snowball("pencuri")) == 1
    assert target.verify() == []
    target.rebuild(target.stored_articles(), BuildOptions(stemmer=StemmerName.WARTA))
    assert words_of(tmp_path) == WORDS_OF_USER
    assert found(tmp_path, "curi") == 1


def test_an_update_with_another_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, SNOWBALL)
    before = Store(tmp_path).current_name()
    with pytest.raises(WordsDiffer, match="rebuild --from-index"):
        target.update(ARTICLES, BuildOptions(stemmer=StemmerName.WARTA))
    assert Store(tmp_path).current_name() == before


@pytest.mark.parametrize("content", ["porter\n", "", "warta\n", None])
def test_a_stemmer_that_is_lost_or_altered_is_damage(tmp_path: Path, content: str | None) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, SNOWBALL)
    file = directory(tmp_path) / STEMMER
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    with pytest.raises(IndexDamaged, match=STEMMER):
        Store(tmp_path).open_current()
    assert [damage.file for damage in target.verify()] == [STEMMER]


@pytest.mark.parametrize("content", [b"porter\n", b"\xff", None])
def test_a_rebuild_does_not_drop_a_stemmer_that_cannot_be_read(
    tmp_path: Path, content: bytes | None
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, replace(SNOWBALL, words=WORDS_OF_USER))
    file = directory(tmp_path) / STEMMER
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    for options in (BuildOptions(), BuildOptions(words=NO_WORDS)):
        with pytest.raises(StemmerLost, match="--stemmer"):
            target.rebuild(ARTICLES, options)
    target.rebuild(ARTICLES, SNOWBALL)
    assert words_of(tmp_path) == replace(WORDS_OF_USER, stemmer=StemmerName.SNOWBALL)


def test_damaged_words_leave_the_stemmer_alone(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, replace(SNOWBALL, words=WORDS_OF_USER))
    (directory(tmp_path) / WORDS).write_bytes(b"\xff\n")
    target.rebuild(ARTICLES, BuildOptions(words=NO_WORDS))
    assert words_of(tmp_path) == UserWords(stemmer=StemmerName.SNOWBALL)


def test_a_rebuild_asks_where_current_is_damaged(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, SNOWBALL)
    (tmp_path / "CURRENT").write_bytes(b"garbage\n")
    with pytest.raises(StemmerLost):
        target.rebuild(ARTICLES, BuildOptions())
    target.rebuild(ARTICLES, BuildOptions(stemmer=StemmerName.WARTA))
    assert words_of(tmp_path) == NO_WORDS


def test_a_damaged_manifest_does_not_hide_it(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARTICLES, SNOWBALL)
    (directory(tmp_path) / MANIFEST).write_bytes(b"{}")
    target.rebuild(ARTICLES, BuildOptions())
    assert words_of(tmp_path).stemmer is StemmerName.SNOWBALL
