"""What a dry run tells of the articles: how many, of when and of whom, and three of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from datetime import datetime

from index.article import Article
from index.cli.lines import WIDTH, cut, joined
from index.console import number
from index.dates import WIB
from index.light_dataclass import dataclass

SAMPLES = 3

_MOST_VALUES = 5
_ROOM = 50  # of a line, for the commonest values
_LONGEST_ID = 40
_MOST_KNOWN = 100_000  # distinct values that are counted
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_Facts = tuple[bool, str | None, str | None]  # whether dated, and of the two facets below
_FACETS = {"source": "sumber / sources", "category": "kategori / categories"}


@dataclass(slots=True)
class Preview:
    """The facts of the articles that would be indexed, gathered while they are read.

    An article that comes again under its id takes the place of the earlier one in all counts.
    """

    articles: int = 0
    dated: int = 0
    first: datetime | None = None
    last: datetime | None = None
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {facet: Counter() for facet in _FACETS}
    )
    samples: list[Article] = field(default_factory=list)
    repeated: int = 0
    repeated_ids: list[str] = field(default_factory=list)
    _facts: dict[_Facts, _Facts] = field(default_factory=dict)
    _held: dict[int, _Facts] = field(default_factory=dict)

    def take(self, article: Article) -> None:
        """Counts an article."""
        if article.date is not None:
            self.first = min(self.first or article.date, article.date)
            self.last = max(self.last or article.date, article.date)
        new = (article.date is not None, article.source, article.category)
        # Few articles are alone in these facts: all others share one tuple with their like.
        facts = self._facts.setdefault(new, new) if len(self._facts) < _MOST_KNOWN else new
        key = hash(article.id)
        before = self._held.get(key)
        self._held[key] = facts
        self._add(facts, 1)
        if before is None:
            if len(self.samples) < SAMPLES:
                self.samples.append(article)
            return
        self._add(before, -1)
        self.repeated += 1
        if len(self.repeated_ids) < SAMPLES and article.id not in self.repeated_ids:
            self.repeated_ids.append(article.id)

    def _add(self, facts: _Facts, count: int) -> None:
        is_dated, *values = facts
        self.articles += count
        self.dated += count * is_dated
        for counter, value in zip(self.counts.values(), values, strict=True):
            if value and (value in counter or (count > 0 and len(counter) < _MOST_KNOWN)):
                counter[value] += count
                if not counter[value]:
                    del counter[value]


def summary_lines(preview: Preview, files: int) -> Iterator[str]:
    """What would be indexed of so many files: counts, dates, commonest sources and categories."""
    if not preview.articles:
        yield "tidak ada artikel yang akan diindeks / nothing would be indexed"
        return
    of = f"akan diindeks / would be indexed: {number(preview.articles)} artikel / articles"
    of += f" · {number(files)} berkas / {'file' if files == 1 else 'files'}"
    yield of
    undated = preview.articles - preview.dated
    parts = [f"{number(preview.dated)} bertanggal / dated"]
    if undated:
        parts.append(f"{number(undated)} tanpa tanggal / undated")
    if preview.first and preview.last:
        days = dict.fromkeys((_day(preview.first), _day(preview.last)))
        parts.append(" – ".join(days))
    yield from joined("  ", parts, "    ")
    if preview.repeated:
        begin = "id berulang, yang terakhir disimpan / repeated ids, the last is kept:"
        ids = ", ".join(cut(one, _LONGEST_ID) for one in preview.repeated_ids)
        more = ", …" if preview.repeated > len(preview.repeated_ids) else ""
        yield "  " + cut(f"{begin} {number(preview.repeated)} ({ids}{more})", WIDTH - 2)
    if not any(preview.counts.values()):
        yield f"  {', '.join(_FACETS.values())}: tidak ada / none"
        return
    for facet, label in _FACETS.items():
        yield from joined(f"  {label}: ", _commonest(preview, facet), "    ")


def _commonest(preview: Preview, facet: str) -> Iterator[str]:
    """The commonest values of a facet with their counts, as many as about one line holds."""
    counter = preview.counts[facet]
    if not counter:
        yield "tidak ada / none"
        return
    room, shown = _ROOM, 0
    for value, count in counter.most_common(_MOST_VALUES):
        text = f"{cut(value, 30)} {number(count)}"
        room -= len(text) + 3
        if shown and room < 0:
            break
        yield text
        shown += 1
    if len(counter) > shown:
        yield f"{number(len(counter) - shown)} lain / others"
    without = preview.articles - counter.total()
    if without:
        yield f"{number(without)} tanpa / without"


def sample_lines(preview: Preview, most: int) -> Iterator[str]:
    """The first articles, a line each: title, date, source, first words."""
    if preview.samples:
        yield "contoh / examples:"
    for article in preview.samples[:most]:
        parts = [cut(article.title, 40)]
        parts.append(_day(article.date) if article.date else "tanpa tanggal")
        if article.source:
            parts.append(cut(article.source, 18))
        begin = f"  {' · '.join(parts)} · "
        yield begin + cut(article.body, WIDTH - len(begin))


def preview_as_json(preview: Preview) -> dict[str, object]:
    """The same facts."""
    return {
        "would_index": preview.articles,
        "dated": preview.dated,
        "undated": preview.articles - preview.dated,
        "first": preview.first and preview.first.astimezone(WIB).isoformat(),
        "last": preview.last and preview.last.astimezone(WIB).isoformat(),
        **{
            f"{facet}_counts": dict(counter.most_common(_MOST_VALUES))
            for facet, counter in preview.counts.items()
        },
        "repeated": preview.repeated,
        "repeated_ids": preview.repeated_ids,
        "samples": [
            {
                "id": article.id,
                "title": article.title,
                "date": article.date and article.date.astimezone(WIB).isoformat(),
                "source": article.source,
                "begins": cut(article.body, WIDTH),
            }
            for article in preview.samples
        ],
    }


def _day(moment: datetime) -> str:
    local = moment.astimezone(WIB)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"
