import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field, Lookup

def both(
    fields: list[Field | None] | Lookup, first: str, second: str
) -> list[tuple[int, int, int, int, int, int]]: ...
def beside(
    field: Field, first: int, second: int, among: NDArray[np.int64] | None = None
) -> tuple[int, int]: ...
def stand_beside(
    fields: list[Field | None] | Lookup, first: str, second: str, most: int
) -> tuple[bool, int, int]: ...
