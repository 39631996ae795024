from collections.abc import Collection, Mapping

from index.kernels.morphology import Deriver

class Stems:
    def __init__(
        self,
        lists: tuple[Collection[str], ...],
        irregular: Mapping[str, str],
        standard: Mapping[str, str],
        deriver: Deriver,
    ) -> None: ...
    def of(self, word: str) -> str | None: ...
