from collections.abc import Iterable, Mapping

from index.kernels.stems import Stems

class Tokens:
    stems: Stems

    def __init__(
        self, stems: Stems, doubles: Iterable[tuple[str, str]], signs: Mapping[str, str]
    ) -> None: ...
    def terms(self, chunk: bytes) -> list[tuple[str, str]] | None: ...
