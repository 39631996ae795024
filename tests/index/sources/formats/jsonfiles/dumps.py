"""A dump and what is right in it, for tables of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.article import Article
from tests.index.sources.archive import read_file

B1 = "Harga cabai rawit di Pasar Kramat Jati naik dua kali lipat. Pedagang mengeluh sepi pembeli."
R1 = {"judul": "Cabai naik", "isi": B1}
T1 = {"title": "Cabai naik", "body": B1}


@dataclass(frozen=True)
class Dump:
    """A file and its articles: fields that must be so, ``has`` and ``lacks`` of the body.

    ``told`` are kinds of problems that must be told; where it is ``quiet``, there must be none.
    """

    name: str
    file: str
    content: str | bytes
    articles: Sequence[Mapping[str, object]]
    told: tuple[str, ...] = ()
    quiet: bool = False


def dumps_in(name: str) -> list[Dump]:
    """The dumps of a file beside this one, one a line."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")
    return [Dump(**json.loads(line)) for line in lines if line]


def J(value: object) -> str:  # noqa: N802
    """The value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def check(folder: Path, dump: Dump) -> None:
    """The dump gives its articles and tells what it must."""
    content = dump.content
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    articles, report = read_file(folder, dump.file, data)
    told = {kind.value for kind in report.kinds}
    assert [_facts(a, e) for a, e in zip(articles, dump.articles, strict=True)] == [
        _wanted(expected) for expected in dump.articles
    ]
    assert told >= {*dump.told}
    assert not (dump.quiet and told)


def _facts(article: Article, expected: Mapping[str, object]) -> dict[str, object]:
    return {
        name: [part for part in _parts(wanted) if part in article.body]
        if name in {"has", "lacks"}
        else getattr(article, name)
        for name, wanted in expected.items()
    }


def _wanted(expected: Mapping[str, object]) -> dict[str, object]:
    wanted = dict(expected)
    if "has" in wanted:
        wanted["has"] = _parts(wanted["has"])
    if "lacks" in wanted:
        wanted["lacks"] = []
    if isinstance(date := wanted.get("date"), str):
        wanted["date"] = datetime.fromisoformat(date)
    return wanted


def _parts(wanted: object) -> list[str]:
    return [wanted] if isinstance(wanted, str) else [*wanted]  # type: ignore[misc]
