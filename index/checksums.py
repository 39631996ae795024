"""The checksum of a file, summed up as its bytes come: BLAKE2b-128 (RFC 7693), in hexadecimal.

That of a file of more than 64 KiB is ``pieces:`` and the BLAKE2b-128 of those of its pieces of
64 KiB, one after the other: a processor sums several pieces up at once. Files were summed up whole
before, which is how a checksum without that word is read.
"""

from __future__ import annotations

from index.blake2b import blake2b
from index.kernels import kernel

PIECE = 1 << 16
IN_PIECES = "pieces:"

_BYTES = 16

_kernel = kernel("pieces")


class Summing:
    """Sums bytes up.

    ``like``: a checksum to compare with, whole or in pieces as this one is to be; None: as those of
    new files are.
    """

    def __init__(self, like: str | None = None) -> None:
        whole = like is not None and not like.startswith(IN_PIECES)
        self._whole = blake2b(digest_size=_BYTES) if whole else None
        self._sums = bytearray()
        self._rest = bytearray()

    def update(self, block: bytes | memoryview) -> None:
        """Take in what comes next."""
        if self._whole is not None:
            self._whole.update(block)
            return
        view = memoryview(block)
        if self._rest:
            missing = PIECE - len(self._rest)
            self._rest += view[:missing]
            view = view[missing:]
            if len(self._rest) < PIECE:
                return
            self._sums += sums_of_pieces(memoryview(self._rest))
            self._rest = bytearray()
        pieces = len(view) - len(view) % PIECE
        if pieces:
            self._sums += sums_of_pieces(view[:pieces])
        self._rest += view[pieces:]

    def checksum(self) -> str:
        """That of all that was taken in, to which nothing is added any more."""
        if self._whole is not None:
            return self._whole.hexdigest()
        if self._rest or not self._sums:
            self._sums += _sum(self._rest)
            self._rest = bytearray()
        if len(self._sums) == _BYTES:
            return self._sums.hex()
        return IN_PIECES + _sum(self._sums).hex()


def sums_of_pieces(pieces: memoryview) -> bytes:
    """The sums of whole pieces, one after the other."""
    if _kernel is not None and _kernel.THERE:
        found: bytes = _kernel.sums(pieces, PIECE)
        return found
    return b"".join(_sum(pieces[at : at + PIECE]) for at in range(0, len(pieces), PIECE))


def _sum(data: bytes | bytearray | memoryview) -> bytes:
    return blake2b(data, digest_size=_BYTES).digest()
