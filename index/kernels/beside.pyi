from index.kernels.verbatim import Standing
from index.kernels.word import Word
from index.kernels.words import Words

def beside(
    of: Words,
    words: tuple[Word, ...],
    phrases: tuple[tuple[Standing, tuple[str, ...]], ...],
    most: int,
) -> tuple[Word, list[int], int] | None: ...
