"""Zstandard frames (RFC 8878) of one text each: packed whole, and unpacked within bounds.

Every thread keeps what packs and unpacks for it: to make one takes longer than an article does, and
threads must not share one. The library is loaded with the first frame, as many commands need none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class FrameDamaged(ValueError):
    """A frame is none, or not of the text that it should be."""


class _OfThread:
    """What a thread keeps."""

    def __init__(self) -> None:
        import zstandard

        self.error = zstandard.ZstdError
        self.told = zstandard.frame_content_size
        self.unpack: Callable[..., bytes] = zstandard.ZstdDecompressor().decompress
        self.new_packing = zstandard.ZstdCompressor
        self.packing: dict[int, Callable[[bytes], bytes]] = {}


_threads = threading.local()


def _of_thread() -> _OfThread:
    try:
        found: _OfThread = _threads.found
    except AttributeError:
        found = _threads.found = _OfThread()
    return found


def load_packing() -> None:
    """Load the library ahead of the first frame."""
    _of_thread()


def packing(level: int) -> Callable[[bytes], bytes]:
    """What makes frames in this thread, as ``packed`` does."""
    own = _of_thread()
    pack = own.packing.get(level)
    if pack is None:
        pack = own.packing[level] = own.new_packing(level).compress
    return pack


def packed(text: bytes, level: int) -> bytes:
    """A text as a frame that tells its bytes and has no checksum; ``level``: 1 to 22."""
    return packing(level)(text)


def told_bytes(frame: bytes) -> int | None:
    """How many bytes the text of a frame is said to have; None where that is not said.

    Raises ``FrameDamaged``.
    """
    own = _of_thread()
    try:
        told = own.told(frame)
    except own.error as error:
        raise FrameDamaged(str(error)) from None
    return None if told < 0 else told


def unpacked(frame: Any, size: int) -> bytes:
    """The text of ``size`` bytes in a frame, which is anything that gives its bytes.

    Raises ``FrameDamaged`` for a frame of another size or one that is not told, of which nothing is
    unpacked; for a damaged one; and where something is behind it, unless it is told to be empty.
    Raises MemoryError.
    """
    own = _of_thread()
    try:
        # The library makes room for what is told before it unpacks.
        if own.told(frame) == size:
            return own.unpack(frame, allow_extra_data=False)
    except own.error as error:
        raise FrameDamaged(str(error)) from None
    raise FrameDamaged("a text has not the bytes that it should")
