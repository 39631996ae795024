from index.kernels.verbatim import Standing
from index.kernels.words import Word, Words

def beside(
    of: Words,
    words: tuple[Word, ...],
    phrases: tuple[tuple[Standing, tuple[str, ...]], ...],
    most: int,
) -> tuple[Word, list[int], int] | None: ...
