"""Pieces of files are summed up as ``hashlib`` does (see ``tests.index.test_checksums``)."""

from __future__ import annotations

import pytest

from index.kernels import kernel

pieces = kernel("pieces")
pytestmark = pytest.mark.skipif(pieces is None, reason="the kernels are not in use")


@pytest.mark.parametrize(("size", "piece"), [(128, 0), (128, -128), (128, 100), (200, 128)])
def test_the_kernel_refuses_what_are_no_pieces(size: int, piece: int) -> None:
    with pytest.raises(ValueError, match="whole"):
        pieces.sums(bytes(size), piece)
