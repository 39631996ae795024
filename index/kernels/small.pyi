from collections.abc import Iterable

def small_words(
    words: Iterable[bytes], shortest: int, longest: int
) -> tuple[list[bytes], set[bytes]]: ...
