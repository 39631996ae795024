"""A segment has the same bytes whether kernels or NumPy wrote it, merged ones included."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, analysis
from index.build.local import save_words
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.glued import write_glued
from index.kernels import kernel
from index.segments.reader import open_segment
from tests.conftest import ROOT, article

WORDS = (
    *("harga", "rumah", "murah", "naik", "di", "Jakarta", "mencegahstunting", "JakartaKita"),
    *("memperbaiki", "perbaikan", "buku-buku", "1.250,5", "mencegah", "stunting", "Kita."),
)


def digest(directory: Path) -> str:
    """Of the sections of segments that are built, merged and asked for glued words."""
    rng = random.Random(16)
    save_words(directory, NO_WORDS)
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 28)
    for part in range(3):
        for number in range(40):
            body = " ".join(rng.choices(WORDS, k=rng.randint(0, 60)))
            builder.add([article(1000 * part + number, " ".join(rng.choices(WORDS, k=4)), body)])
        builder.flush()
    storage = FileStorage(str(directory))
    kept, *rest = builder.segments
    rest[0].delete_document(3)
    readers = [open_segment(storage, one) for one in (kept, merged(storage, rest, NO_WORDS))]
    write_glued(directory, readers, analysis(NO_WORDS))
    found = blake2b()
    for reader in readers:
        postings = next(iter(reader.fields.values())).container
        for container in (postings, reader.documents.container, reader.derived):
            for name, section in container.sections.items():
                found.update(f"{name} {section.array.dtype.str} ".encode())
                found.update(section.all().tobytes())
    return found.hexdigest()


@pytest.mark.skipif(kernel("inversion") is None, reason="the kernels are not in use")
def test_kernels_and_numpy_write_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "numpy").mkdir()
    (tmp_path / "kernels").mkdir()
    by_numpy = subprocess.run(
        [sys.executable, "-m", "tests.index.build.test_kernels", str(tmp_path / "numpy")],
        env={**os.environ, "WARTA_KERNELS": "off"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert digest(tmp_path / "kernels") == by_numpy.stdout.strip()


if __name__ == "__main__":
    print(digest(Path(sys.argv[1])))
