"""What the index holds and how old it is, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from index.errors import IndexUnavailable
from search.engine import SearchEngine


class IndexCollector(Collector):
    """What the index holds, asked for when the metrics are."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[GaugeMetricFamily | InfoMetricFamily]:
        """Nothing but ``warta_index_up 0`` while the index cannot be read."""
        try:
            statistics = self._engine.statistics()
        except IndexUnavailable:
            yield _gauge("warta_index_up", "Whether the index can be read", 0)
            return
        yield _gauge("warta_index_up", "Whether the index can be read", 1)
        yield _gauge(
            "warta_index_stale",
            "Whether a generation is served that is not the published one",
            self._engine.refused() is not None,
        )
        yield _gauge("warta_index_articles", "Articles in the index", statistics.articles)
        if statistics.bytes is not None:
            yield _gauge("warta_index_bytes", "Size of the index on disk", statistics.bytes)
        published = statistics.published.timestamp()
        yield _gauge(
            "warta_index_published_timestamp_seconds",
            "When the generation was published",
            published,
        )
        age = max(datetime.now(UTC).timestamp() - published, 0)
        yield _gauge("warta_index_age_seconds", "Time since the generation was published", age)
        if statistics.rebuilt is not None:
            yield _gauge(
                "warta_index_last_rebuild_timestamp_seconds",
                "When the index was last rebuilt from scratch",
                statistics.rebuilt.timestamp(),
            )
        yield _by_kind(
            "warta_index_skipped_articles",
            "Articles that the last rebuild or update could not keep",
            statistics.skipped,
        )
        yield _by_kind(
            "warta_index_repaired_problems",
            "Problems that the last rebuild or update mended, of which an article may have several",
            statistics.repaired,
        )
        generation = InfoMetricFamily("warta_index", "The generation in use")
        generation.add_metric(
            [], {"generation": statistics.generation, "version": statistics.version}
        )
        yield generation


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value)


def _by_kind(name: str, meaning: str, counts: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=["kind"])
    for kind, count in counts.items():
        family.add_metric([kind], count)
    return family
