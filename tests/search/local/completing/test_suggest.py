"""What asking may cost, and which completions are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.build import LocalTarget
from index.target import BuildOptions
from search.budget import Work
from search.local import engine as engines
from search.local.completing import suggest
from search.local.engine import LocalEngine
from tests.conftest import article

TYPED = "judul:(kereta c"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("suggest") / "index"
    titles = ("Kereta cepat", "Kereta cantik", "Kereta api")
    articles = [article(number, title, "Isi.") for number, title in enumerate(titles)]
    LocalTarget(found).rebuild(articles, BuildOptions())
    return found


def kept(engine: LocalEngine) -> int:
    with engine._current.reading() as opened:
        return len(opened.completions._known)


def test_what_asking_was_cut_short_of_is_offered_and_not_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LocalEngine(path)
    with monkeypatch.context() as patched:
        patched.setattr(engines, "ASKING", Work(-1))
        cut = engine.suggest(TYPED, 8)
        assert kept(engine) == 0
    whole = engine.suggest(TYPED, 8)
    assert kept(engine) == 1
    assert cut == whole != []


def test_completions_are_kept_for_a_day(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = LocalEngine(path)
    for day in (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2)):
        monkeypatch.setattr(suggest, "local_today", lambda day=day: day)
        engine.suggest(TYPED, 8)
    assert kept(engine) == 2


def test_asking_keeps_no_plan(path: Path) -> None:
    engine = LocalEngine(path)
    engine.suggest(TYPED, 8)
    with engine._current.reading() as opened:
        assert opened.plans.kept.keys() == []
