from numpy import uint64
from numpy.typing import NDArray

HASHES: bool

def squeezed(text: bytes) -> bytes: ...
def hashes(texts: list[bytes]) -> NDArray[uint64]: ...
