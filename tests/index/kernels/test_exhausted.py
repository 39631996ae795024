"""What memory did not suffice for leaves nothing behind that alters the next result."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from index.kernels import kernel

pytestmark = [
    pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use"),
    pytest.mark.skipif(
        "libasan" in os.environ.get("LD_PRELOAD", ""),
        reason="AddressSanitizer reserves all memory beforehand: none can be denied",
    ),
]

BOUNDED = """
import resource
from contextlib import contextmanager
from pathlib import Path
import numpy as np
from index.kernels import kernel

@contextmanager
def bounded(more):
    "So many bytes more than now, which must not suffice."
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + more, resource.RLIM_INFINITY))
    try:
        yield
    except MemoryError:
        pass
    else:
        raise SystemExit("memory sufficed")
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
"""

SEARCH = """
size = 1 << 19
scorer = kernel("scoring").Scorer(
    [(0, size)], {}, {}, None, np.zeros(65536, np.float32), (1.0,) * 4, None
)
word = scorer.row(np.arange(size, dtype=np.int32), np.full(size, 0.5))
few = np.zeros(size, bool)
few[:3] = True
ask = lambda every, mask: scorer.search(
    (word,), (word,), (), 5, complete_first=False, every=every, mask=mask
)
before = ask(2, few)[3]
with bounded(300_000):
    ask(2, None)
assert before.tolist() == ask(2, few)[3].tolist() == [0.5] * 3
assert np.unique(ask(2, None)[3]).tolist() == [0.5]
"""

SORT = """
sorter = kernel("inversion").Sorter()
ids = (np.arange(2_000_000) % 5000).astype(np.uint32)
counts = np.full(2000, 1000)
few = np.array([1, 2, 2], np.uint32)
expected = [one.tolist() for one in kernel("inversion").Sorter().sort(few, np.array([3]))]
sorter.sort(np.array([4999], np.uint32), np.array([1]))
with bounded(3_000_000):
    sorter.sort(ids, counts)
assert expected == [one.tolist() for one in sorter.sort(few, np.array([3]))]
"""

LEARN = """
from index.analysis import TextAnalysis
learner = kernel("learning").Learner(TextAnalysis().compiled)
many = [b"kata%d" % at for at in range(2_000_000)]
learner.learn([b"buku"])
with bounded(75_000_000):
    learner.learn(many)
counts, _, ids, _ = learner.learn([b"Buku", b"menulis"])
assert counts.tolist() == [1, 1]
assert [learner.stems(0)[one] for one in ids[:, 0].tolist()] == ["buku", "tulis"]
"""

CUT = """
text, having = np.full(64, 97, np.uint8), np.full(16, 3, np.uint8)
starts = np.zeros(100_000, np.int64)
ends, small = starts + 64, np.ones(100_000, np.uint8)
cut = lambda count: kernel("cutting").cuts(
    text, starts[:count], ends[:count], small[:count], having, 3, pow(3, -1, 1 << 64), 7, 4, 3, 11
)
expected = [one.tolist() for one in cut(2)]
with bounded(50_000_000):
    cut(100_000)
assert expected == [one.tolist() for one in cut(2)]
"""

SUM = """
numbers, counts = np.arange(2_000_000, dtype=np.uint64) << 43, np.ones(2_000_000, np.int64)
add = lambda count: kernel("hashing").sums([numbers[:count]] * 2, [counts[:count]] * 2)
expected = [one.tolist() for one in add(3)]
with bounded(100_000_000):
    add(2_000_000)
assert expected == [one.tolist() for one in add(3)]
"""


@pytest.mark.parametrize(
    "what", [SEARCH, SORT, LEARN, CUT, SUM], ids=["search", "sort", "learn", "cut", "sum"]
)
def test_the_next_result_is_as_if_nothing_had_been(what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED + what],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert not done.returncode, done.stderr
