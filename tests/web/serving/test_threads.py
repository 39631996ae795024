"""Eight threads of one application answer as one thread does, while generations are published."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from web.app import create_app

WORDS = (
    "beras", "harga", "presiden", "jakarta", "pemerintah", "naik", "turun", "warga", "banjir",
    "kereta", "hargaberas", "pemerintahh", "jokowi", "ekonomi", "desa", "yang", "di", "dan",
)  # fmt: skip
SHAPES = (
    "{0}", "{0} {1}", '"{0} {1}"', "{0} OR {1}", "{0} -{1}", "{0}*", "{0}~", "judul:{0} {1}",
    "({0} OR {1}) {2}", "{0} {1} {2}", "/{0}",
)  # fmt: skip
PATHS = ("/api/v1/search?q={0}", "/api/v1/suggest?q={0}", "/search.csv?q={0}", "/?q={0}")


def questions(chance: random.Random, count: int) -> list[str]:
    texts = [
        chance.choice(SHAPES).format(*chance.sample(WORDS, 3)) for _ in range(count // len(PATHS))
    ]
    return [path.format(text) for text in texts for path in PATHS]


def said(app: Flask, address: str) -> tuple[str, int, object]:
    """The generation, the status, and what does not differ from one time to the next."""
    client = app.test_client(use_cookies=False)
    with client.get(address, buffered=True) as answer:
        if answer.mimetype == "application/json":
            found = answer.get_json()
            if found.get("partial"):
                return "", 0, None
            for name in ("took_ms", "timing", "took"):
                found.pop(name, None)
            return found.pop("generation", "any"), answer.status_code, found
        return "any", answer.status_code, len(answer.data) > 0


@pytest.fixture
def quick_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("quick_turns")
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_eight_threads_answer_as_one_does(tmp_path: Path, seed: int) -> None:
    asked = questions(random.Random(seed), 48)
    states = (ARCHIVE[:7], ARCHIVE)
    expected: list[dict[str, tuple[int, object]]] = []
    for number, articles in enumerate(states):
        path = tmp_path / str(number)
        LocalTarget(path).rebuild(articles, BuildOptions())
        alone = create_app(path)
        expected.append({address: said(alone, address)[1:] for address in asked})

    path = tmp_path / "shared"
    LocalTarget(path).rebuild(states[0], BuildOptions())
    app = create_app(path)
    done = threading.Event()
    wrong: list[object] = []

    def asking(own: int) -> None:
        chance = random.Random(own)
        try:
            while not done.is_set():
                address = chance.choice(asked)
                generation, status, found = said(app, address)
                if generation and (status, found) not in [one[address] for one in expected]:
                    wrong.append((address, status, found))
                    return
        except BaseException as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=asking, args=(own,)) for own in range(8)]
    for thread in threads:
        thread.start()
    try:
        for number in range(6):
            LocalTarget(path).rebuild(states[(number + 1) % 2], BuildOptions())
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
