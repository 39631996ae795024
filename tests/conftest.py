"""What all tests share: the data folder, a little archive and an index of it."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Generator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from index.article import Article
from index.build import LocalTarget
from index.kernels.state import told
from index.target import BuildOptions

ROOT = Path(__file__).parent.parent

pytest_plugins = ("tests.cluster.fixtures",)

# Hundreds of processes are started here: each would compile every module again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

MEMORY = Path("/dev/shm")
_DAY = 24 * 3600
_ROOM = 2 << 30
"""Bytes that must be free there: far more than is held at once, as tests that pass leave none."""


def in_memory() -> Path | None:
    """A folder whose files are in memory, where programs may run; None where there is no room.

    An index is flushed file by file, some twenty times a test: none of them waits for a disk.
    """
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < _ROOM:
        return None
    return None if os.statvfs(MEMORY).f_flag & os.ST_NOEXEC else MEMORY


def sweep(folder: Path, prefix: str) -> None:
    """Remove what runs that were killed have left in the folder a day ago or more."""
    for left in folder.glob(f"{prefix}*"):
        with suppress(OSError):
            if time() - left.stat().st_mtime > _DAY:
                shutil.rmtree(left)


if found := in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(found))

LONG = os.environ.get("WARTA_LONG") == "1"
CLUSTER = os.environ.get("WARTA_CLUSTER", "")
"""Where tests on a cluster have theirs: tests/cluster/fixtures.py."""


def examples(usual: int) -> int:
    """How many examples a property is tried with; ten times as many in ``make test-long``."""
    return usual * 10 if LONG else usual


# No test fails because the machine has other things to do.
settings.register_profile(
    "warta",
    deadline=None,
    max_examples=examples(50),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("warta")


def pytest_report_header() -> str:
    """Which of the two roads this run tests."""
    return f"kernels: {told()}"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """20,000 tests are no garbage: else each collection of it looks at them, for half a second."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Reports that can be sent: a lone surrogate in one would end the run, and hide what failed."""
    report = yield
    report.sections = [(name, _sendable(text)) for name, text in report.sections]
    if report.longrepr is not None and _sendable(str(report.longrepr)) != str(report.longrepr):
        report.longrepr = _sendable(str(report.longrepr))
    return report


def _sendable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def article(number: int, title: str, body: str, day: str | None = None, **fields: Any) -> Article:
    """An article with an id made of its number and, if given, the midnight of a day in Jakarta."""
    date = None if day is None else datetime.fromisoformat(f"{day}T00:00:00+07:00").astimezone(UTC)
    return Article(f"a{number}", title, body, date, **fields)


ARCHIVE: Sequence[Article] = (
    article(
        1,
        "Rusia dan Kamboja perkuat hubungan",
        "PHNOM PENH – Rusia dan Kamboja mempertahankan aliansi persahabatan.\nHubungan kedua negara"
        " telah berjalan 67 tahun.",
        "2023-06-01",
        source="Kabar Nusa",
        category="Politik",
        place="Phnom Penh",
        author="Sari Dewi",
        url="https://example.com/rusia-kamboja",
    ),
    article(
        2,
        "Harga beras naik menjelang panen",
        "JAKARTA – Harga beras naik di pasar induk. Pedagang menunggu panen raya bulan depan.",
        "2023-06-15",
        source="Lintas Niaga",
        category="Ekonomi",
        place="Jakarta",
        author="Budi Santosa",
        url="https://example.com/harga-beras",
    ),
    article(
        3,
        "Panen raya dimulai di Karawang",
        "KARAWANG – Petani memanen padi. Harga gabah turun, harga beras diharapkan menyusul.",
        "2023-07-20",
        source="Lintas Niaga",
        category="ekonomi",
        place="Karawang",
        author="Budi Santosa",
    ),
    article(
        4,
        "Gempa guncang Ambon",
        "AMBON – Gempa berkekuatan 5,4 mengguncang Ambon. Tidak ada korban jiwa.",
        "2024-01-10",
        source="Kabar Nusa",
        category="Peristiwa",
        place="Ambon",
    ),
    article(
        5,
        "Warga Ambon kembali ke rumah",
        "AMBON – Warga yang mengungsi karena gempa kembali ke rumah masing-masing.",
        "2024-01-12",
        source="Suara Rimba",
        category="Peristiwa",
        place="Ambon",
    ),
    article(
        6,
        "Kereta cepat melayani penumpang",
        "BANDUNG – Kereta cepat melayani dua ribu penumpang sehari. Kereta itu tepat waktu.",
        "2024-02-01",
        source="Pelita Kota",
        category="Ekonomi",
        place="Bandung",
    ),
    article(
        7,
        "Kereta barang lambat, kata pedagang",
        "SURABAYA – Kereta barang yang tidak cepat merugikan pedagang beras.",
        "2024-02-03",
        source="Pelita Kota",
        category="Ekonomi",
        place="Surabaya",
    ),
    article(
        8,
        "Pebulu tangkis muda juara di Pontianak",
        "PONTIANAK – Pebulu tangkis berusia 15 tahun menjuarai turnamen kampung.",
        "2025-08-17",
        source="Harian Samudra",
        category="Olahraga",
        place="Pontianak",
    ),
    article(
        9,
        "Gempa guncang Ambon, warga diminta tenang",
        "AMBON – Gempa berkekuatan 5,4 mengguncang Ambon. Tidak ada korban jiwa.",
        "2024-01-10",
        source="Harian Samudra",
        category="Peristiwa",
        place="Ambon",
    ),
    article(10, "Catatan tanpa tanggal", "Sebuah catatan tentang perpustakaan keliling."),
    article(
        11,
        "Perpustakaan keliling tiba di Wamena",
        "WAMENA – Perpustakaan keliling membawa buku-buku bacaan anak.",
        "2025-09-01",
        source="Suara Rimba",
        category="Pendidikan",
        place="Wamena",
        author="Sari Dewi",
    ),
    article(
        12,
        "Perundingan dagang di Hanoi",
        "HANOI – Menteri perdagangan berunding tentang beras dan kopi.",
        "2022-11-05",
        source="Lintas Niaga",
        category="Ekonomi",
        place="Hanoi",
        url="javascript:alert(1)",
    ),
)


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index directory with ``ARCHIVE``; tests must not change it."""
    path = tmp_path_factory.mktemp("sample") / "index"
    LocalTarget(path).rebuild(ARCHIVE, BuildOptions())
    return path


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real articles; a test skips where it is absent, and fails in CI."""
    path = Path(os.environ.get("WARTA_DATA", ROOT.parent / "shared" / "data"))
    if not (path / "README.md").is_file():
        reason = "no test data: set WARTA_DATA to the folder that has news/ and seed/"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


CASES_ON_A_CLUSTER = 4
"""So many cases of a table are asked of a cluster, unless all are asked for: one takes a second."""

SLOW_ON_A_CLUSTER = frozenset(
    {
        "test_an_export_from_any_page_knows_how_much_is_left",
        "test_what_is_published_meanwhile_changes_nothing",
    }
)


def _spare_the_cluster(items: list[pytest.Item]) -> None:
    """Of the contract's large tables every so manyth case runs on a cluster."""
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("cluster") and "/contract/" in item.nodeid:
            tables.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for name, cases in tables.items():
        step = -(-len(cases) // CASES_ON_A_CLUSTER)
        slow = name.rpartition("::")[2] in SLOW_ON_A_CLUSTER
        for place, item in enumerate(cases):
            if slow or place % step:
                why = "a case of many: all run with make test-cluster-long"
                item.add_marker(pytest.mark.skip(reason=why))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests, and those on a cluster, run only where they are asked for."""
    if CLUSTER and not LONG:
        _spare_the_cluster(items)
    for kind, asked_for in (("long", LONG), ("cluster", CLUSTER)):
        if not asked_for:
            for item in items:
                if item.get_closest_marker(kind):
                    item.add_marker(pytest.mark.skip(reason=f"{kind}: run with make test-{kind}"))
