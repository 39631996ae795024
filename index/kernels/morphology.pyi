from collections.abc import Collection, Mapping

from index.kernels.lists import Lists

NAMES: tuple[str, ...]

class Deriver:
    def __init__(
        self,
        known: Lists,
        roots: Collection[str],
        suffixes: Mapping[str, Collection[str]],
        inside: Mapping[str, Collection[str]],
        before_whole: Collection[str],
    ) -> None: ...
    def derive(self, word: str) -> tuple[str, tuple[str, ...], tuple[str, ...], bool] | None: ...
