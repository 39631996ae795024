from collections.abc import Collection, Mapping

NAMES: tuple[str, ...]

class Deriver:
    def __init__(
        self,
        roots: frozenset[str],
        stems: frozenset[str],
        whole: frozenset[str],
        suffixes: Mapping[str, Collection[str]],
        inside: Mapping[str, Collection[str]],
        before_whole: Collection[str],
    ) -> None: ...
    def derive(self, word: str) -> tuple[str, tuple[str, ...], tuple[str, ...], bool] | None: ...
