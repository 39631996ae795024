"""A table of ids as hashes: which file gave which, and to what text, in 20 bytes a slot."""

from __future__ import annotations

from array import array

_FIRST = 1 << 10


class OwnedIds:
    """Whose each id is, by 64-bit hash: 1,000,000 ids take 40 MB and no string.

    An open hash table (Knuth, The Art of Computer Programming 3, 6.4, linear probing) that is never
    fuller than two thirds. That two of a million ids have one hash has a chance of 1 in 30 million:
    the later article is then taken for one of the earlier one's id, and has an id that names its
    file unless its text is the same.
    """

    def __init__(self) -> None:
        self._count = 0
        self._make(_FIRST)

    def _make(self, size: int) -> None:
        self._mask = size - 1
        self._keys = array("Q", bytes(8 * size))
        self._texts = array("q", bytes(8 * size))
        self._files = array("i", bytes(4 * size))

    def _slot(self, key: int) -> int:
        """Where the key is, or where it would be."""
        keys, mask = self._keys, self._mask
        slot = key & mask
        while (found := keys[slot]) and found != key:
            slot = (slot + 1) & mask
        return slot

    def take(self, one: str, file: int, text: int) -> tuple[int, int]:
        """Whose the id is, and of what text: ``file`` and ``text``, unless another's before.

        For the owner itself the text is what it gives now.
        """
        key = hash(one) & 0xFFFF_FFFF_FFFF_FFFF or 1
        keys, mask = self._keys, self._mask
        slot = key & mask
        while (found := keys[slot]) and found != key:
            slot = (slot + 1) & mask
        if not found:
            if self._count * 3 >= self._mask * 2:
                self._grow()
                slot = self._slot(key)
            self._count += 1
            self._keys[slot] = key
            self._files[slot] = file
        elif self._files[slot] != file:
            return self._files[slot], self._texts[slot]
        self._texts[slot] = text
        return file, text

    def text(self, one: str) -> int | None:
        """The text that the id stands for; None where nobody gave the id."""
        slot = self._slot(_key(one))
        return self._texts[slot] if self._keys[slot] else None

    def _grow(self) -> None:
        keys, texts, files = self._keys, self._texts, self._files
        self._make(2 * len(keys))
        new_keys, mask = self._keys, self._mask
        for key, text, file in zip(keys, texts, files, strict=True):
            if key:
                slot = key & mask
                while new_keys[slot]:
                    slot = (slot + 1) & mask
                new_keys[slot] = key
                self._texts[slot] = text
                self._files[slot] = file


def _key(one: str) -> int:
    return hash(one) & 0xFFFF_FFFF_FFFF_FFFF or 1
